//! Load checks of a plan: every name known, no gap in its period, quotas that do not contradict one another, and a share for
//! every owner.

use std::collections::BTreeSet;

use domain::record::Sector;

use super::{
    form::{Measure, Plan, Points, Row},
    words::By,
};
use crate::{law::Law, plan::months::full_months};

/// Everything that is wrong with a plan.
pub(super) fn faults(plan: &Plan, law: &Law) -> Vec<String> {
    let mut faults = names(plan);
    if let Err(found) = law.sources().exists(&plan.source) {
        faults.push(found.to_string());
    }
    let texts = [&plan.title.zh, &plan.title.en].into_iter().chain(plan.retroactive.as_ref());
    if texts.into_iter().any(|text| text.trim().is_empty()) {
        faults.push("title: a text is empty".to_owned());
    }
    faults.extend(stages(plan));
    faults.extend(sections(plan));
    for row in &plan.row {
        let at = format!("row {} “{}”", row.no, row.zh);
        if plan.section.iter().all(|section| section.no != row.section) {
            faults.push(format!("{at}: there is no section {}", row.section));
        }
        for post in row.lead.iter().filter(|post| plan.post.iter().all(|known| known.key != **post)) {
            faults.push(format!("{at}: no such post: {post}"));
        }
        faults.extend(asked(plan, &at, &row.owners, &row.due, &row.measure, row.evidence.is_empty()));
    }
    for duty in &plan.duty {
        let at = format!("duty “{}”", duty.key);
        faults.extend(asked(plan, &at, &duty.owners, &duty.due, &duty.measure, duty.evidence.is_empty()));
    }
    for watch in &plan.watch {
        let wrong = watch.of.iter().filter(|word| !watch.count.kinds().contains(&word.as_str()));
        faults.extend(wrong.map(|word| unknown(&format!("watch “{}”", watch.key), word, watch.count.kinds())));
    }
    faults
}

fn unknown(at: &str, word: &str, allowed: &[&str]) -> String {
    let allowed = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
    format!("{at}: no such kind: {word}; allowed: {allowed}")
}

/// Keys that stand twice, and groups and fields that name no office.
fn names(plan: &Plan) -> Vec<String> {
    let lists: [(&str, Vec<&str>); 6] = [
        ("office", plan.office.iter().map(|one| one.key.as_str()).collect()),
        ("post", plan.post.iter().map(|one| one.key.as_str()).collect()),
        ("group", plan.group.iter().map(|one| one.key.as_str()).collect()),
        ("stage", plan.stage.iter().map(|one| one.key.as_str()).collect()),
        ("field", plan.field.iter().map(|one| one.key.key()).collect()),
        ("duty or watch", plan.duty.iter().map(|one| one.key.as_str()).chain(plan.watch.iter().map(|one| one.key.as_str())).collect()),
    ];
    let mut faults = Vec::new();
    for (what, keys) in lists {
        let mut seen = BTreeSet::new();
        faults.extend(keys.into_iter().filter(|key| !seen.insert(*key)).map(|key| format!("the {what} “{key}” stands twice")));
    }
    let known = |office: &str| plan.office.iter().any(|one| one.key == office);
    let grouped = plan.group.iter().flat_map(|group| group.offices.iter().map(move |office| (&group.key, office)));
    let of_fields = plan.field.iter().map(|field| &field.office);
    faults.extend(grouped.filter(|(_, office)| !known(office)).map(|(group, office)| format!("group “{group}”: no such office: {office}")));
    faults.extend(of_fields.filter(|office| !known(office)).map(|office| format!("field: no such office: “{office}”")));
    faults
}

/// Stages that do not fill the period from its first day to its last.
fn stages(plan: &Plan) -> Vec<String> {
    let mut faults = Vec::new();
    if plan.first > plan.last {
        faults.push("last: the period ends before it begins".to_owned());
    }
    let mut next = Some(plan.first);
    for stage in &plan.stage {
        if next != Some(stage.first) || stage.last < stage.first {
            faults.push(format!("stage “{}”: begins on {}, and not where the one before it ends", stage.key, stage.first));
        }
        next = stage.last.next_day();
    }
    if plan.stage.last().is_some_and(|stage| stage.last != plan.last) || plan.stage.is_empty() {
        faults.push("stage: the last one does not end with the period".to_owned());
    }
    faults
}

/// Numbers that do not run from 1 on, and points of a section that its rows go over.
fn sections(plan: &Plan) -> Vec<String> {
    let mut faults = Vec::new();
    let numbers: [(&str, Vec<u32>); 3] = [
        ("task", plan.task.iter().map(|one| one.no).collect()),
        ("section", plan.section.iter().map(|one| one.no).collect()),
        ("row", plan.row.iter().map(|one| one.no).collect()),
    ];
    for (what, found) in numbers {
        if !found.iter().copied().eq(1..=u32::try_from(found.len()).unwrap_or(u32::MAX)) {
            faults.push(format!("{what}: the numbers do not run from 1 on without a gap"));
        }
    }
    if plan.row.windows(2).any(|pair| pair[0].section > pair[1].section) {
        faults.push("row: the sections of the rows are out of order".to_owned());
    }
    let row = |no: &u32| plan.row.iter().find(|row| row.no == *no);
    for no in plan.unsplit.iter().flat_map(|unsplit| &unsplit.rows) {
        if row(no).is_none_or(|row| row.points.is_some()) {
            faults.push(format!("unsplit: row {no} is not there, or has points of its own"));
        }
    }
    let own = |row: &Row| match row.points {
        Some(Points::Full(points)) => points,
        Some(Points::EachField(points)) => points * u32::try_from(plan.field.len()).unwrap_or(u32::MAX),
        None => 0,
    };
    for section in plan.section.iter().filter(|section| section.points.is_some()) {
        let rows: u32 = plan.row.iter().filter(|row| row.section == section.no).map(own).sum();
        let together = plan.unsplit.iter().filter(|unsplit| unsplit.rows.iter().filter_map(row).any(|row| row.section == section.no));
        let sum = rows + together.map(|unsplit| unsplit.points).sum::<u32>();
        if section.points.is_some_and(|points| sum > points) {
            faults.push(format!("section “{}”: its rows have {sum} points together, more than its own", section.zh));
        }
    }
    faults
}

/// What is wrong with owners, day and measures of a row or a duty.
fn asked(plan: &Plan, at: &str, owners: &[String], due: &str, measures: &[Measure], bare: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, what: String| {
        if wrong {
            faults.push(format!("{at}: {what}"));
        }
    };
    fault(plan.stage(due).is_none(), format!("no such stage: {due}"));
    fault(bare, "names no evidence".to_owned());
    fault(owners.is_empty(), "has no owner".to_owned());
    fault(measures.is_empty(), "says not what is counted".to_owned());
    let offices = plan.offices(owners);
    for office in offices.iter().filter(|office| plan.office.iter().all(|known| known.key != **office)) {
        fault(true, format!("no such office or group: {office}"));
    }
    for measure in measures {
        for what in quotas(plan, measure, &offices, due).into_iter().chain(shares(plan, measure, &offices)) {
            fault(true, what);
        }
    }
    faults
}

/// Offices of which each asks its own number.
fn each<'a>(plan: &'a Plan, measure: &'a Measure, offices: &[&'a str]) -> Vec<&'a str> {
    measure.each_of.as_ref().map_or_else(|| offices.to_vec(), |group| plan.offices(std::slice::from_ref(group)))
}

/// Quotas that contradict one another, or say nothing.
fn quotas(plan: &Plan, measure: &Measure, offices: &[&str], due: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, what: &str| {
        if wrong {
            faults.push(what.to_owned());
        }
    };
    let numbers = [measure.at_least, measure.each_owner, measure.each_month, measure.each_field, measure.each_kind];
    let named = numbers.iter().flatten().count();
    fault(measure.count.is_watched(), "is counted for the board alone and has no quota");
    fault(measure.all != measure.count.is_rate(), "all = true belongs to a rate, and to nothing else");
    fault(measure.all && named > 0, "a rate is asked whole, and has no other number");
    fault(!measure.all && named == 0, "has no quota");
    fault(numbers.contains(&Some(0)), "a quota of nothing asks nothing");
    fault(measure.each_kind.is_some() && measure.of.is_empty(), "each_kind needs the kinds that count");
    fault(measure.each_field.is_some() && plan.field.is_empty(), "each_field needs fields with their offices");
    fault(measure.each_of.is_some() && measure.each_owner.is_none(), "each_of says of whom each_owner is asked, which is not there");
    let each = each(plan, measure, offices);
    fault(each.iter().any(|office| !offices.contains(office)), "each_of names somebody who is no owner");
    let months = plan.stage(due).map_or(0, |stage| full_months(plan.first, stage.last.min(plan.last)).count());
    let parts = [
        (measure.each_owner, each.len(), "each_owner"),
        (measure.each_month, months, "each_month"),
        (measure.each_field, plan.field.len(), "each_field"),
        (measure.each_kind, measure.of.len(), "each_kind"),
    ];
    for (quota, count, word) in parts {
        if let (Some(quota), Some(least)) = (quota, measure.at_least) {
            let sum = u64::from(quota) * count as u64;
            fault(
                u64::from(least) < sum,
                &format!("contradicts itself: at_least {least} is under the {sum} that {word} asks for together"),
            );
        }
    }
    let mut seen = BTreeSet::new();
    fault(!measure.of.iter().all(|word| seen.insert(word)), "a kind stands twice");
    for word in measure.of.iter().filter(|word| !measure.count.kinds().contains(&word.as_str())) {
        faults.push(unknown("of", word, measure.count.kinds()));
    }
    faults
}

/// An owner whose share nothing says.
fn shares(plan: &Plan, measure: &Measure, offices: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, what: &str| {
        if wrong {
            faults.push(what.to_owned());
        }
    };
    let by_kind = measure.by == Some(By::Kind);
    let told = [measure.each_owner.is_some(), measure.each_field.is_some(), measure.by.is_some()];
    fault(
        offices.len() > 1 && !measure.shared && !told.contains(&true),
        "several owners, and nothing says what is each one's share; allowed: each_owner, each_field, by, shared = true",
    );
    fault(measure.shared && (told.contains(&true) || offices.len() < 2), "shared = true stands for itself, where there are several owners");
    fault(by_kind == measure.kinds.is_empty(), "by = \"kind\", and nothing else, says whose each kind is in kinds");
    fault(measure.by == Some(By::Field) && plan.field.is_empty(), "by = \"field\" needs fields with their offices");
    for (kind, owner) in &measure.kinds {
        fault(!offices.contains(&owner.as_str()), &format!("kinds: {owner} is no owner"));
        let known = measure.count.shares();
        fault(!known.contains(&kind.as_str()), &unknown("kinds", kind, known));
    }
    faults.extend(strangers(plan, measure, offices));
    faults
}

/// Fields of which somebody answers who is no owner of a row that asks something in each.
fn strangers(plan: &Plan, measure: &Measure, offices: &[&str]) -> Vec<String> {
    let by_field = measure.each_field.is_some() || measure.by == Some(By::Field);
    let fields = plan.field.iter().filter(|field| by_field && !offices.contains(&field.office.as_str()));
    let strange = fields.map(|field| format!("{} answers for {} and is no owner", field.office, field.key.key()));
    let missing = Sector::ALL.iter().filter(|sector| by_field && plan.field.iter().all(|field| field.key != **sector));
    strange.chain(missing.map(|sector| format!("nobody answers for {}", sector.key()))).collect()
}
