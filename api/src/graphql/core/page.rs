//! A page of a list, read onwards (`first`, `after`) or backwards (`last`, `before`), as Relay's connections have it.

use async_graphql::{
    Error, ObjectType, OutputType, Result,
    connection::{Connection, Edge, EmptyFields},
};

use super::{
    fault,
    find::page_size_at,
    node::{self, List},
};

/// What a caller gives to say which page.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

/// Which page of which list.
#[derive(Clone, Debug)]
pub struct Page {
    list: List,
    /// Most entries of the page.
    size: u64,
    /// Key of the entry next to which the page begins; none of the first page from that side.
    pub from: Option<String>,
    /// Whether the list is read from its end.
    pub backwards: bool,
}

impl Page {
    /// # Errors
    /// `BAD_USER_INPUT` at the argument: both directions at once, a size out of range, a cursor of another list.
    pub fn of(list: List, asked: Asked) -> Result<Self> {
        let Asked { first, after, last, before } = asked;
        let both = |field: &str| {
            let words =
                ("first、after 与 last、before 不能同时使用", "first and after go with one another, last and before too; not both pairs");
            fault::bad_input(field, words)
        };
        let backwards = last.is_some() || before.is_some();
        if backwards && (first.is_some() || after.is_some()) {
            return Err(both(if last.is_some() { "last" } else { "before" }));
        }
        let (count, size, at, cursor) = if backwards { ("last", last, "before", before) } else { ("first", first, "after", after) };
        Ok(Self { list, size: page_size_at(count, size)?, from: node::cursor_at(at, list, cursor.as_deref())?, backwards })
    }

    /// Entries to read: one more than the page has, to know whether any follow.
    pub const fn read(&self) -> u64 {
        self.size + 1
    }

    /// The fault of a cursor whose key is none of the list.
    pub fn junk(&self) -> Error {
        node::junk_at(if self.backwards { "before" } else { "after" })
    }

    /// The rows of the page in the order of the list, from rows that were read in the page's direction; and whether more
    /// follow in that direction.
    pub fn cut<T>(&self, mut rows: Vec<T>) -> (Vec<T>, bool) {
        let more = rows.len() as u64 > self.size;
        rows.truncate(usize::try_from(self.size).unwrap_or(20));
        if self.backwards {
            rows.reverse();
        }
        (rows, more)
    }

    /// The connection of a page: each entry with its key.
    pub fn connection<N: OutputType, F: ObjectType>(
        &self,
        entries: impl IntoIterator<Item = (String, N)>,
        more: bool,
        fields: F,
    ) -> Connection<String, N, F, EmptyFields> {
        let (before, after) = if self.backwards { (more, self.from.is_some()) } else { (self.from.is_some(), more) };
        let mut connection = Connection::with_additional_fields(before, after, fields);
        connection.edges.extend(entries.into_iter().map(|(key, node)| Edge::new(node::cursor_of(self.list, &key), node)));
        connection
    }
}

/// Two texts of a key in one; no key holds the mark.
pub fn pair(first: &str, second: &str) -> String {
    format!("{first}|{second}")
}
