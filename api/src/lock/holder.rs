//! Who holds a lock, in words for whoever is refused.

use std::{fmt, sync::OnceLock};

use domain::moment::Micros;
use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;

use crate::clock::Clock;

static COMMAND: OnceLock<(&'static str, Micros)> = OnceLock::new();

/// Says which command this process runs, and that it begins now; the first word stands.
pub fn this_is(command: &'static str) {
    let _ = COMMAND.set((command, Clock::real().now()));
}

/// A process that holds a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Holder {
    /// `serve`, `restore` …
    pub command: String,
    pub process: u32,
    /// When the process began, to the second (RFC 3339).
    pub since: String,
    pub host: String,
}

impl Holder {
    /// This very process.
    pub fn here() -> Self {
        let (command, since) = COMMAND.get_or_init(|| ("program", Clock::real().now()));
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").ok().or_else(|| std::env::var("HOSTNAME").ok());
        let host = host.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let since = since.shanghai().replace_nanosecond(0).ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
        Self { command: (*command).to_owned(), process: std::process::id(), since, host: host.unwrap_or_else(|| "unknown".to_owned()) }
    }

    /// One word for a database, which cuts it at 63 bytes: the name of the host comes last.
    pub fn line(&self) -> String {
        format!("xinxiu {} {} {} {}", self.command, self.process, self.since, self.host)
    }

    /// The holder of such a line.
    pub fn of_line(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("xinxiu ")?.splitn(4, ' ');
        let (command, process, since) = (words.next()?.to_owned(), words.next()?.parse().ok()?, words.next()?.to_owned());
        Some(Self { command, process, since, host: words.next().unwrap_or_default().to_owned() })
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`xinxiu {}` (process {} on {}, since {})", self.command, self.process, self.host, self.since)
    }
}

/// This process in one line, for others who find what it holds.
pub fn line() -> String {
    Holder::here().line()
}

/// Such a line in words.
pub fn told(line: &str) -> String {
    Holder::of_line(line).map_or_else(|| all(&[]), |holder| holder.to_string())
}

/// All of them in one line.
pub(super) fn all(holders: &[Holder]) -> String {
    match holders {
        [] => "a process that does not say who it is".to_owned(),
        some => some.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}
