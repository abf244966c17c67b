//! `law`: the calculators, a line in, a line out.

use anyhow::Result;
use workflows::calculators::{Question, answer};

use super::{args::PlaceArgs, lines, run::place};
use crate::{app::law_of, clock::Clock};

/// Answers standard input line by line, by the law of the house where there is one.
pub(super) async fn ask(args: &PlaceArgs, question: Question) -> Result<()> {
    let rules = law_of(&place(args)?).await?;
    let today = Clock::real().today();
    lines::each(usize::MAX, |line, out| answer(question, &rules.law, today, line.unwrap_or_default(), out))
}
