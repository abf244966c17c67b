//! What a relay says: three digits decide, whatever words and in whatever encoding they come with.

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _};

/// Longest line taken, in bytes; RFC 5321 4.5.3.1.5 allows 512.
const MAX_LINE: usize = 4096;
/// Most lines of one reply.
const MAX_LINES: usize = 256;
/// Longest words kept, in characters: they become a log row.
const MAX_WORDS: usize = 400;

/// One reply of a relay (RFC 5321 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// The three digits of its last line.
    pub code: u16,
    /// The enhanced status code (RFC 3463) of its last line, where it has one: class, subject, detail.
    pub enhanced: Option<(u16, u16, u16)>,
    /// The words of each line, read as UTF-8 where they are and with marks where they are not.
    pub lines: Vec<String>,
}

/// Why no reply could be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReplyFault {
    #[error("the connection was lost: {0}")]
    Lost(std::io::Error),
    #[error("the relay closed the connection")]
    Closed,
    #[error("the relay does not speak SMTP: its reply has no three digits, or no end")]
    NotSmtp,
}

impl Reply {
    /// One line for a log row, without any address: a relay names those that it refuses.
    pub fn words(&self) -> String {
        plain(&format!("{} {}", self.code, self.lines.join(" ")))
    }
}

/// A stranger's words as one line without control characters and addresses.
pub(super) fn plain(text: &str) -> String {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let unnamed = one_line.split_whitespace().map(|word| if word.contains(['@', '＠']) { "‹address›" } else { word });
    unnamed.collect::<Vec<_>>().join(" ").chars().take(MAX_WORDS).collect()
}

/// Reads one reply. A line without three digits inside a reply of several lines is taken for more words of it.
pub(super) async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> Result<Reply, ReplyFault> {
    let mut lines = Vec::new();
    while lines.len() < MAX_LINES {
        let bytes = line(stream).await?;
        match code(&bytes) {
            Some(code) => {
                let words = String::from_utf8_lossy(bytes.get(4..).unwrap_or_default()).trim().to_owned();
                let enhanced = enhanced(&words);
                lines.push(words);
                // A hyphen says that more comes; a blank, an end of line, or anything else that it does not.
                if bytes.get(3) != Some(&b'-') {
                    return Ok(Reply { code, enhanced, lines });
                }
            }
            None if lines.is_empty() => return Err(ReplyFault::NotSmtp),
            None => lines.push(String::from_utf8_lossy(&bytes).trim().to_owned()),
        }
    }
    Err(ReplyFault::NotSmtp)
}

async fn line(stream: &mut (impl AsyncBufRead + Unpin)) -> Result<Vec<u8>, ReplyFault> {
    let mut line = Vec::new();
    loop {
        let seen = stream.fill_buf().await.map_err(ReplyFault::Lost)?;
        if seen.is_empty() {
            return Err(ReplyFault::Closed);
        }
        let end = seen.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(seen.len(), |end| end + 1);
        line.extend_from_slice(&seen[..taken]);
        stream.consume(taken);
        if line.len() > MAX_LINE {
            return Err(ReplyFault::NotSmtp);
        }
        if end.is_some() {
            while line.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
                line.pop();
            }
            return Ok(line);
        }
    }
}

fn code(line: &[u8]) -> Option<u16> {
    let digits = line.get(..3).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
    let code = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (200..600).contains(&code).then_some(code)
}

fn enhanced(words: &str) -> Option<(u16, u16, u16)> {
    let mut parts = words.split_whitespace().next()?.split('.').map(str::parse);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Ok(class @ (2 | 4 | 5))), Some(Ok(subject)), Some(Ok(detail)), None) => Some((class, subject, detail)),
        _ => None,
    }
}
