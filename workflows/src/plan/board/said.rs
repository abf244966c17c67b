//! What is missing, in words.

use super::quota::{Of, Part};
use crate::plan::file::{Count, Plan};

/// (zh, en) of parts that are not there, each with how much of it there is; empty where nothing is missing.
pub fn gap<'a>(plan: &Plan, missing: impl IntoIterator<Item = &'a (Count, Part)>) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = missing.into_iter().map(|(count, part)| one(plan, *count, part)).unzip();
    (zh.join("；"), en.join("; "))
}

fn one(plan: &Plan, count: Count, part: &Part) -> (String, String) {
    let ((of_zh, of_en), (zh, en)) = (whose(plan, count, &part.of), count.title());
    let Part { have, need, gone, .. } = part;
    let (late_zh, late_en) = if *gone { ("，该月已过", ", and the month is over") } else { ("", "") };
    (format!("{of_zh}{zh} {have}/{need}{late_zh}"), format!("{of_en}{en} {have} of {need}{late_en}"))
}

fn whose(plan: &Plan, count: Count, of: &Of) -> (String, String) {
    match of {
        Of::All => (String::new(), String::new()),
        Of::Office(key) => {
            let (zh, en) = plan.office(key);
            (format!("{zh}："), format!("{en}: "))
        }
        Of::Month(month) => (format!("{month}："), format!("{month}: ")),
        Of::Field(field) => {
            let (zh, en) = field.title();
            (format!("{zh}："), format!("{en}: "))
        }
        Of::Kind(kind) => {
            let (zh, en) = count.kind_title(kind);
            (format!("{zh}："), format!("{en}: "))
        }
    }
}
