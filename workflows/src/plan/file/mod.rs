//! The plan as a dated file of the law: what the city asks of whom, until when, and how it is counted.
//!
//! | module | holds |
//! |---|---|
//! | `form` | what a plan file may say |
//! | `words` | its closed words: what is counted, of which kinds, with which evidence |
//! | `check` | load checks |
//! | `said` | quotas in words |

mod check;
mod form;
mod said;
mod words;

pub use form::{Duty, Measure, Plan, Points, Row, Section, Stage, Task, Watch};
pub use said::quota;
pub use words::{By, Count, Evidence, Theme};

use crate::law::{FileFault, Law, LawFiles, read};

/// Every plan, the oldest first; what is wrong goes to the list of faults.
pub(crate) fn plans(files: &LawFiles, law: &Law, faults: &mut Vec<FileFault>) -> Vec<Plan> {
    let mut plans = Vec::new();
    for (name, text) in files.under("plans/") {
        let path = format!("plans/{name}");
        match read::<Plan, form::Parts>(&path, text) {
            Ok(plan) => {
                let mut found = check::faults(&plan, law);
                if name != format!("{}.toml", plan.version()) {
                    found.push(format!("in_force_from: the file belongs to the path “plans/{}.toml”", plan.version()));
                }
                faults.extend(found.iter().map(|what| FileFault::at(&path, text, what)));
                plans.push(plan);
            }
            Err(found) => faults.extend(found),
        }
    }
    plans.sort_by_key(|plan: &Plan| (plan.in_force_from, plan.revision));
    plans
}
