//! A line in, a line out.

use std::io::{self, BufRead, BufReader, Read, Write};

use anyhow::Result;

/// Answers are handed over when so much waits, and whenever no line does.
const WAITING: usize = 64 * 1024;

/// Answers standard input line by line. `answer` adds to what is printed; it gets none for a line of more than `most` bytes,
/// which is skipped and never held in memory.
pub(super) fn each(most: usize, answer: impl FnMut(Option<&[u8]>, &mut Vec<u8>)) -> Result<()> {
    stream(most, answer, &mut BufReader::with_capacity(WAITING, io::stdin().lock()), &mut io::stdout().lock())
}

fn stream(
    most: usize,
    mut answer: impl FnMut(Option<&[u8]>, &mut Vec<u8>),
    input: &mut BufReader<impl io::Read>,
    output: &mut impl Write,
) -> Result<()> {
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let (mut line, mut out) = (Vec::new(), Vec::with_capacity(2 * WAITING));
    loop {
        if out.len() >= WAITING || !input.buffer().contains(&b'\n') {
            output.write_all(&out)?;
            output.flush()?;
            out.clear();
        }
        line.clear();
        if input.by_ref().take(bound).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.len() > most && line.last() != Some(&b'\n') {
            skip_line(input)?;
            answer(None, &mut out);
        } else {
            answer(Some(&line), &mut out);
        }
    }
}

/// Reads on to the end of a line and keeps nothing of it.
fn skip_line(input: &mut BufReader<impl io::Read>) -> io::Result<()> {
    loop {
        let held = input.fill_buf()?;
        if held.is_empty() {
            return Ok(());
        }
        let end = held.iter().position(|byte| *byte == b'\n');
        let read = end.map_or(held.len(), |end| end + 1);
        input.consume(read);
        if end.is_some() {
            return Ok(());
        }
    }
}
