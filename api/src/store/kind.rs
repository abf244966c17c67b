//! What kind of fault a database answered with, by its codes: never by the words of its message, which may hold what somebody
//! typed.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlxError, sqlx::error::ErrorKind};

use super::StoreFault;

/// `SQLite`'s primary codes: busy, locked, read-only, disk fault, full, cannot open, locking protocol.
const SQLITE_AWAY: [u32; 7] = [5, 6, 8, 10, 13, 14, 15];
/// `PostgreSQL`'s classes: connection, resources, operator's intervention, system; and not-now of a single lock or server.
const POSTGRES_AWAY: [&str; 4] = ["08", "53", "57", "58"];
const POSTGRES_NOT_NOW: [&str; 3] = ["55P03", "25006", "40P01"];

/// Kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The database is away, locked, full, or takes no write: the same request may succeed later.
    Away,
    /// A column that must hold something would hold nothing.
    NotNull,
    /// What may be there once is there already.
    Taken,
    /// Anything else: a fault of the house.
    Broken,
}

/// The database's own error, where the fault is one.
fn sqlx(fault: &DbErr) -> Option<&SqlxError> {
    match fault {
        DbErr::Conn(RuntimeErr::SqlxError(fault))
        | DbErr::Exec(RuntimeErr::SqlxError(fault))
        | DbErr::Query(RuntimeErr::SqlxError(fault)) => Some(fault),
        _ => None,
    }
}

/// The kind of a database's fault.
pub fn of(fault: &DbErr) -> FaultKind {
    let Some(inner) = sqlx(fault) else {
        let away = matches!(fault, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout | ConnAcquireErr::ConnectionClosed) | DbErr::Conn(_));
        return if away { FaultKind::Away } else { FaultKind::Broken };
    };
    match inner {
        SqlxError::Io(_) | SqlxError::Tls(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed => {
            FaultKind::Away
        }
        SqlxError::Database(answer) => match (answer.kind(), answer.code()) {
            (ErrorKind::NotNullViolation, _) => FaultKind::NotNull,
            (ErrorKind::UniqueViolation, _) => FaultKind::Taken,
            (_, Some(code)) if away(&code) => FaultKind::Away,
            _ => FaultKind::Broken,
        },
        _ => FaultKind::Broken,
    }
}

/// Whether a code says that the database cannot answer now: five characters are `PostgreSQL`'s, a number is `SQLite`'s.
fn away(code: &str) -> bool {
    if code.len() == 5 {
        return POSTGRES_NOT_NOW.contains(&code) || POSTGRES_AWAY.iter().any(|class| code.starts_with(class));
    }
    code.parse::<u32>().is_ok_and(|number| SQLITE_AWAY.contains(&(number & 0xff)))
}

impl StoreFault {
    /// Whether the database is away, locked or full: the same request may succeed later.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Db(fault) => of(fault) == FaultKind::Away,
            Self::LockLost => true,
            _ => false,
        }
    }

    /// Whether something that may be there once is there already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Db(fault) if of(fault) == FaultKind::Taken)
    }

    /// What a log may say of it: the kind and the database's code, and of words nothing that stands in quotes, since that may
    /// be what somebody typed.
    pub fn logged(&self) -> String {
        match self {
            Self::Db(fault) => {
                let code = sqlx(fault)
                    .and_then(|inner| inner.as_database_error())
                    .and_then(|answer| answer.code().map(std::borrow::Cow::into_owned));
                format!("database fault, code {}, {:?}", code.as_deref().unwrap_or("none"), of(fault))
            }
            other => without_quotes(&other.to_string()),
        }
    }
}

/// Words without anything that is quoted in them, cut to a line.
pub fn without_quotes(words: &str) -> String {
    const LONGEST: usize = 300;
    let mut kept = String::new();
    let mut until: Option<char> = None;
    for character in words.chars().take(LONGEST) {
        let closes = match character {
            '"' => Some('"'),
            '`' => Some('`'),
            '“' => Some('”'),
            '«' => Some('»'),
            _ => None,
        };
        match (until, closes) {
            (Some(end), _) if character == end => until = None,
            (Some(_), _) => {}
            (None, Some(end)) => {
                kept.push('…');
                until = Some(end);
            }
            (None, None) => kept.push(if character.is_control() { ' ' } else { character }),
        }
    }
    kept
}
