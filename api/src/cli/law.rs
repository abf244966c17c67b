//! `law`: the calculators, a line in, a line out.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};

use anyhow::Result;
use workflows::calculators::{Question, answer};

use super::args::{Explain, Law};
use crate::{app, clock::Clock};

/// Answers are handed over when so much waits, and whenever no line does.
const WAITING: usize = 64 * 1024;

/// Answers standard input line by line.
pub(super) fn law(word: Law) -> Result<()> {
    let question = match word {
        Law::Due(Explain { explain: false }) => Question::Due,
        Law::Due(Explain { explain: true }) => Question::DueExplained,
        Law::Assess(Explain { explain: false }) => Question::Assess,
        Law::Assess(Explain { explain: true }) => Question::AssessExplained,
        Law::Id => Question::Id,
    };
    match stream(question, &mut BufReader::with_capacity(WAITING, io::stdin().lock()), &mut io::stdout().lock()) {
        Err(fault) if fault.downcast_ref::<io::Error>().is_some_and(|fault| fault.kind() == ErrorKind::BrokenPipe) => Ok(()),
        ended => ended,
    }
}

fn stream(question: Question, input: &mut BufReader<impl io::Read>, output: &mut impl Write) -> Result<()> {
    let rules = app::rules()?;
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
