//! Entry of a proposed list: what may be proposed, who has to be heard, what the province answered.

use domain::{
    ids::CaseId,
    paper::{ChoiceKey, DateKey, ItemList, Opinion},
    personal::Sealed,
    process::{CaseData, Form, FormKey, Process, Verb},
    proposal::{EntryData, ProvinceAnswer},
    refusal::{Reason, ReasonCode as Code},
    rows::{Case, Item, ItemStatus},
};
use serde_json::Value;
use time::Date;

use super::{
    kind::{Filing, Kind, Proposed},
    list_type,
};
use crate::{
    definition::file::Mark,
    engine::{Rules, Snapshot, act::Act, sight::roles},
};

pub(crate) struct ProposalEntry;

impl Kind for ProposalEntry {
    type Data = EntryData;
    const FORMS: &'static [FormKey] = &[FormKey::EntryDraft];

    fn open(form: &Form, _: &Filing<'_>) -> Option<EntryData> {
        let Form::EntryDraft(form) = form else { return None };
        Some(EntryData { form: (**form).clone(), opinion_of: None, unit_agrees: None, forwarded_on: None, answer: None, answered_on: None })
    }

    fn amend(rules: &Rules, data: &mut EntryData, form: &Form) {
        if let Form::EntryDraft(form) = form {
            data.form = (**form).clone();
            data.opinion_of = rules.list_types.get(&form.list_type).and_then(|list_type| list_type.opinion_of);
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut EntryData) {}

    fn event_day(_: &EntryData) -> Option<Date> {
        None
    }

    fn contact(_: &EntryData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &EntryData) -> Option<String> {
        None
    }

    fn said(_: &EntryData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// A draft of the same filing office that has room.
pub(crate) fn batch_is_draft(act: &mut Act<'_>) -> Option<Reason> {
    let batch = act.snapshot.whole(act.case.parent?)?;
    let title = act.rules.catalogue.of_case(&batch)?.definition.state_title(&batch.state);
    if !act.rules.catalogue.counts_as(&batch, Mark::Draft) || batch.office != act.case.office {
        return Some(Reason::new(Code::BatchNotDraft).titled("state", title));
    }
    let most = act.setting_number("batch_most_entries")?;
    let held = act.snapshot.claims_on(batch.id).filter(|case| case.process == Process::ProposalEntry).count();
    (held >= most as usize).then(|| Reason::new(Code::BatchFull).with("most", most))
}

/// The unit that the list type names has given its opinion.
pub(crate) fn named_unit_has_spoken(act: &Act<'_>) -> Option<Reason> {
    let sector = list_type::of(act)?.opinion_of?;
    let spoken = act.case.data.0.proposal().and_then(|data| data.unit_agrees).is_some();
    let office = roles::unit_of(act.snapshot, sector).and_then(|unit| act.snapshot.rows().offices.get(&unit));
    let title = sector.title();
    let name = office.map_or((title.0.to_owned(), title.1.to_owned()), |office| (office.zh.clone(), office.en.clone()));
    (!spoken).then(|| Reason::new(Code::OpinionMissing).titled("unit", name))
}

/// No other entry about the same record and list type stands.
pub(crate) fn no_such_entry(act: &mut Act<'_>) -> Option<Reason> {
    let record = act.case.record?;
    let CaseData::ProposalEntry(mine) = act.proposed.clone() else { return None };
    let (own, list_type) = (act.case.id, &mine.form.list_type);
    let rules = act.rules;
    let others = |case: &&Case| case.id != own && !rules.catalogue.counts_as(case, Mark::Over);
    let same_list = |case: &&Case| case.data.0.proposal().is_some_and(|data| data.form.list_type == *list_type);
    let same = act.snapshot.claims_on(record).filter(others).find(same_list).cloned()?;
    // Of two entries that stand at once the older one goes on.
    let older = act.case.version == 0 || same.number < act.case.number;
    older.then(|| Reason::new(Code::SuchEntryExists).titled("number", act.snapshot.number_of(&same)))
}

/// Whether a review body or a court has stayed the document: a review that was merely filed changes nothing.
pub(crate) fn stayed(snapshot: &Snapshot, record: CaseId) -> bool {
    snapshot.rows().of::<Item>(record).any(|item| {
        item.list == ItemList::ShieldGrounds
            && item.status == ItemStatus::Open
            && (item.key.starts_with("review_stay") || item.key.starts_with("court_stay"))
    })
}

/// No stay of the base document is ordered.
pub(crate) fn no_stay_ordered(act: &mut Act<'_>) -> Option<Reason> {
    let record = act.snapshot.whole(act.case.record?)?;
    stayed(act.snapshot, record.id).then(|| Reason::new(Code::StayOrdered).under(Some("order_36_2025/art_19")))
}

/// The entry went to the province, on the day of its cover letter.
pub(crate) fn mark_forwarded(act: &mut Act<'_>) {
    let sent_on = act.signed_on();
    edit(act, |data| data.forwarded_on = Some(sent_on));
}

pub(crate) fn mark_opinion(act: &mut Act<'_>) {
    let agrees = act.command.arguments.choices.get(&ChoiceKey::Opinion).map(|word| word == Opinion::Agree.key());
    edit(act, |data| data.unit_agrees = agrees);
}

pub(crate) fn mark_answer(act: &mut Act<'_>) {
    let answered_on = act.command.arguments.dates.get(&DateKey::AnsweredOn).copied();
    let answer = match act.verb {
        Verb::RecordAcceptance => ProvinceAnswer::Accepted,
        Verb::RecordRejection => ProvinceAnswer::Rejected,
        _ => ProvinceAnswer::Returned,
    };
    edit(act, |data| (data.answered_on, data.answer) = (answered_on, Some(answer)));
}

fn edit(act: &mut Act<'_>, change: impl FnOnce(&mut EntryData)) {
    if let CaseData::ProposalEntry(data) = &mut act.case.data.0 {
        change(data);
    }
}
