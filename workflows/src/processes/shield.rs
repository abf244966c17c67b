//! Shielding and continuing a publication: measures that wait for a plan, grounds and the articles they rest on, sector rules.

use domain::{
    paper::{ChoiceKey, DateKey, ItemList, ShieldGround},
    refusal::{Reason, ReasonCode as Code},
    rows::{Measure, Standing},
};
use serde_json::json;

use crate::{definition::words::Effect, engine::act::Act};

/// Whether measures wait under the ground of this key.
fn of_a_plan(key: &str) -> bool {
    ShieldGround::from_key(key).is_some_and(ShieldGround::suspends_measures)
}

/// Publication goes on after its maximum only by a sector rule (Order 36 art. 12(2)), and no longer than that rule lets it.
pub(crate) fn sector_rule(act: &mut Act<'_>) -> Option<Reason> {
    let (record, today) = (act.record()?, act.today());
    let rules = act.rules.law.sector_rules().iter().filter(|rule| rule.holds(&act.rules.law, today, record.form.facts.sector));
    let named = act.command.arguments.rule.as_deref();
    let Some(rule) = rules.clone().find(|rule| Some(rule.key.as_str()) == named) else {
        let known: Vec<_> = rules.map(|rule| rule.key.as_str()).collect();
        let allowed = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
        let reason = Reason::new(Code::SectorRuleNotListed).with("rule", named.unwrap_or("–")).with("allowed", allowed);
        return Some(reason.under(Some("order_36_2025/art_12_2")));
    };
    let last = rule.last_day(&act.rules.law, record.terms.max_last_day?)?;
    let (until, cites) = (act.command.arguments.dates.get(&DateKey::Until).copied(), rule.cites.clone());
    act.facts.insert("sector_rule_to".into(), json!(last));
    (until > Some(last)).then(|| Reason::new(Code::SectorRuleEnds).with("last_day", last).under(Some(&cites)))
}

/// Measures of the record that are in force.
fn active(act: &Act<'_>) -> Vec<Measure> {
    act.mine::<Measure>().filter(|row| row.standing == Standing::Active).cloned().collect()
}

/// The measures that are named are in force, and the ground suspends measures.
pub(crate) fn may_suspend(act: &Act<'_>) -> Option<Reason> {
    let named = act.command.arguments.measures.as_ref()?;
    let plan = act.command.arguments.choices.get(&ChoiceKey::ShieldGround).is_some_and(|ground| of_a_plan(ground));
    let known: Vec<_> = if plan { active(act).into_iter().map(|row| row.key).collect() } else { Vec::new() };
    let wrong = named.iter().find(|key| !known.contains(key))?;
    let why = if plan {
        ("该记录没有执行中的此项措施", "the record has no such measure in force")
    } else {
        ("停止执行不解除惩戒措施", "a stay lifts no measures")
    };
    let allowed = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
    let article = if plan { "order_36_2025/art_20" } else { "order_36_2025/art_19" };
    Some(Reason::new(Code::MeasureNotInForce).with("measure", wrong).titled("why", why).with("allowed", allowed).under(Some(article)))
}

/// What a sector rule continued because duties were undone goes on no longer.
pub(crate) fn end_continuation(act: &mut Act<'_>) {
    if let Some(record) = act.record_data_mut() {
        record.continued_until = None;
    }
}

/// Measures that hinder a plan wait (Order 36 art. 20).
pub(crate) fn suspend(act: &mut Act<'_>) {
    let ground = act.command.arguments.choices.get(&ChoiceKey::ShieldGround).cloned().unwrap_or_default();
    if !of_a_plan(&ground) {
        return;
    }
    let named = act.command.arguments.measures.clone();
    for mut row in active(act) {
        if named.as_ref().is_none_or(|named| named.contains(&row.key)) {
            row.standing = Standing::Suspended;
            act.snapshot.put(row);
        }
    }
}

/// They come back when no such ground stands any more.
pub(crate) fn resume(act: &mut Act<'_>) {
    let plan = act.open_items(ItemList::ShieldGrounds).iter().any(|item| of_a_plan(stem(&item.key)));
    let waiting: Vec<_> = act.mine::<Measure>().filter(|row| row.standing == Standing::Suspended && !plan).cloned().collect();
    for mut row in waiting {
        row.standing = Standing::Active;
        act.snapshot.put(row);
    }
}

/// The ground that a point of shielding stands for: `court_stay_2` is a `court_stay`.
fn stem(key: &str) -> &str {
    key.rsplit_once('_').map_or(key, |(stem, _)| stem)
}

/// The articles of an act: of the ground that it is about where the row tells grounds apart, else the row's.
pub(crate) fn cites(act: &Act<'_>) -> Vec<String> {
    let row = &act.row;
    if row.cites_by.is_empty() {
        return row.cites.clone();
    }
    let given = act.command.arguments.choices.get(&ChoiceKey::ShieldGround).cloned();
    let grounds = given.map_or_else(|| ended(act), |ground| vec![ground]);
    let mut cites: Vec<String> = grounds.iter().filter_map(|ground| row.cites_by.get(ground)).flatten().cloned().collect();
    cites.dedup();
    if cites.is_empty() { row.cites.clone() } else { cites }
}

/// Grounds whose points this act names.
fn ended(act: &Act<'_>) -> Vec<String> {
    let named = act.command.arguments.items.get(&ItemList::ShieldGrounds).into_iter().flatten();
    let mut found: Vec<_> = named.filter_map(|draft| draft.key.as_deref()).map(|key| stem(key).to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

/// The one ground that this act ends, for what follows from its end; none where it ends several.
pub(crate) fn ended_ground(act: &Act<'_>) -> Option<(ChoiceKey, String)> {
    match ended(act).as_slice() {
        [ground] if act.row.effects.contains(&Effect::ResumeMeasures) => Some((ChoiceKey::ShieldGround, ground.clone())),
        _ => None,
    }
}
