//! What an act leaves with its case: documents with their days, and points of the item lists.

use domain::{
    canonical,
    paper::{DateKey, DocumentKind, ItemList},
    rows::{AsText, Document, Item, ItemStatus},
};
use time::Date;

use crate::engine::act::Act;

/// Attaches the documents that the act brought; a sealed copy bears the number that the case issued last.
pub(crate) fn attach(act: &mut Act<'_>, issued: Option<&str>) {
    for (kind, drafts) in act.command.arguments.documents.clone() {
        let number = issued.filter(|_| kind == DocumentKind::SealedCopy);
        for draft in drafts {
            let row = Document {
                id: act.draw(),
                case_id: act.case.id,
                kind,
                sha256: draft.sha256,
                size: draft.size,
                media_type: draft.media_type,
                name: AsText(draft.name),
                number: number.map(str::to_owned),
                number_key: number.map(canonical::decision_number),
                dated_on: dated_on(act, kind),
                added_on: act.today(),
                drafted: i64::from(draft.drafted.is_some()),
            };
            act.snapshot.put(row);
        }
    }
}

/// Writes the number that the house gave on those papers of these kinds that this act brought.
pub(crate) fn number_papers(act: &mut Act<'_>, kinds: &[DocumentKind], number: &str) {
    let brought = |kind| kinds.contains(&kind) && act.command.arguments.documents.contains_key(&kind);
    let papers = act.mine::<Document>().filter(|paper| paper.number.is_none() && brought(paper.kind));
    for paper in papers.cloned().collect::<Vec<_>>() {
        act.snapshot.put(Document { number: Some(number.to_owned()), number_key: Some(canonical::decision_number(number)), ..paper });
    }
}

/// The paper's own day: on which the office signed it, or on which it came in; none where nobody said.
fn dated_on(act: &Act<'_>, kind: DocumentKind) -> Option<Date> {
    let dates = &act.command.arguments.dates;
    let came = || dates.get(&DateKey::ReceivedOn).or_else(|| dates.get(&DateKey::RulingReceivedOn)).copied();
    if kind.is_issued() { Some(act.signed_on()) } else { came() }
}

fn item(act: &mut Act<'_>, list: ItemList, key: String, words: Option<domain::personal::Sealed>) {
    let row = Item {
        id: act.draw(),
        case_id: act.case.id,
        list,
        key,
        words: words.map(AsText),
        status: ItemStatus::Open,
        opened_on: act.today(),
        dated_on: act.command.arguments.dates.get(&DateKey::RulingReceivedOn).copied().or(Some(act.arrived_on())),
        settled_on: None,
    };
    act.snapshot.put(row);
}

pub(crate) fn open(act: &mut Act<'_>, list: ItemList) {
    if !list.fixed().is_empty() {
        for (key, _, _) in list.fixed() {
            item(act, list, (*key).to_owned(), None);
        }
        return;
    }
    let before = act.mine::<Item>().filter(|row| row.list == list).count();
    let choice = act.command.arguments.choices.values().next().cloned();
    let drafts = act.command.arguments.items.get(&list).cloned().unwrap_or_default();
    for (number, draft) in drafts.into_iter().enumerate() {
        let stem = choice.clone().unwrap_or_else(|| "point".to_owned());
        item(act, list, format!("{stem}_{}", before + number + 1), draft.words);
    }
}

pub(crate) fn settle(act: &mut Act<'_>, list: ItemList) {
    let named: Vec<_> = act.command.arguments.items.get(&list).into_iter().flatten().filter_map(|draft| draft.key.clone()).collect();
    for mut row in act.open_items(list) {
        if named.contains(&row.key) {
            row.status = ItemStatus::Settled;
            row.settled_on = Some(act.today());
            act.snapshot.put(row);
        }
    }
}

pub(crate) fn drop(act: &mut Act<'_>, list: ItemList) {
    for mut row in act.open_items(list) {
        row.status = ItemStatus::Dropped;
        act.snapshot.put(row);
    }
}

/// (zh, en) of points of a list.
pub(crate) fn titles(list: ItemList, keys: &[String]) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = keys.iter().map(|key| list.point_title(key)).unzip();
    if keys.is_empty() { ("–".to_owned(), "–".to_owned()) } else { (zh.join("、"), en.join(", ")) }
}
