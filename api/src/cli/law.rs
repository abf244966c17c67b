//! `law`: the calculators, a line in, a line out.

use std::io::{self, BufRead, BufReader, Write};

use anyhow::Result;
use workflows::{
    calculators::{Question, answer},
    engine::Rules,
};

use super::{args::PlaceArgs, run::place};
use crate::{app::law_of, clock::Clock};

/// Answers are handed over when so much waits, and whenever no line does.
const WAITING: usize = 64 * 1024;

/// Answers standard input line by line, by the law of the house where there is one.
pub(super) async fn ask(args: &PlaceArgs, question: Question) -> Result<()> {
    let rules = law_of(&place(args)?).await?;
    stream(question, &rules, &mut BufReader::with_capacity(WAITING, io::stdin().lock()), &mut io::stdout().lock())
}

fn stream(question: Question, rules: &Rules, input: &mut BufReader<impl io::Read>, output: &mut impl Write) -> Result<()> {
    let today = Clock::real().today();
    let (mut line, mut out) = (Vec::new(), Vec::with_capacity(2 * WAITING));
    loop {
        if out.len() >= WAITING || !input.buffer().contains(&b'\n') {
            output.write_all(&out)?;
            output.flush()?;
            out.clear();
        }
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        answer(question, &rules.law, today, &line, &mut out);
    }
}
