//! Columns of a file.

/// What the cells of a column may hold.
#[derive(Clone, Copy, Debug)]
pub enum CellKind {
    /// Text of at most so many characters.
    Text(usize),
    /// A code: text only, since a spreadsheet that takes it for a number loses its last digits.
    Code(usize),
    Date,
    /// An amount; how many yuan cents one unit of the column is.
    Money {
        cents_per_unit: i64,
    },
    /// One of a closed list: (as it stands in the cell, key).
    Choice(&'static [(&'static str, &'static str)]),
    /// Several of a closed list, separated by 、 ， ; or /.
    Choices(&'static [(&'static str, &'static str)]),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name of the field that it fills, as GraphQL spells it.
    pub key: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// Other headers under which offices send it, such as the template's field code.
    pub also: &'static [&'static str],
    pub kind: CellKind,
    pub required: bool,
    pub note_zh: &'static str,
    pub note_en: &'static str,
    pub example: &'static str,
}

/// A kind of file.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub key: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub columns: &'static [Column],
}

impl Layout {
    /// The column that a header names, whatever its widths, brackets, stars and spaces.
    pub fn column(&self, header: &str) -> Option<&'static Column> {
        let wanted = plain(header);
        let names = |column: &&Column| [column.zh, column.en, column.key].iter().chain(column.also).any(|name| plain(name) == wanted);
        if wanted.is_empty() { None } else { self.columns.iter().find(names) }
    }
}

impl Layout {
    /// The column whose name comes nearest to a header that names none, among those that `absent` admits.
    pub fn nearest(&self, header: &str, absent: impl Fn(&Column) -> bool) -> Option<&'static Column> {
        let wanted = plain(header);
        let likeness = |column: &Column| {
            let names = [column.zh, column.en, column.key].into_iter().chain(column.also.iter().copied());
            names.map(|name| likeness(&wanted, &plain(name))).fold(0.0, f64::max)
        };
        let near = self.columns.iter().filter(|column| absent(column)).map(|column| (likeness(column), column));
        near.filter(|(likeness, _)| *likeness >= NEAR).max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, column)| column)
    }

    /// How many of the cells name a column.
    pub fn named<'a>(&self, cells: impl Iterator<Item = &'a str>) -> usize {
        let found: std::collections::BTreeSet<_> = cells.filter_map(|cell| self.column(cell)).map(|column| column.key).collect();
        found.len()
    }
}

/// From this likeness on a header is taken for another way of writing a column's name.
const NEAR: f64 = 0.6;

/// Shared characters of two names over all of theirs (Dice), 1 where they are the same.
fn likeness(one: &str, other: &str) -> f64 {
    let mut left: Vec<char> = other.chars().collect();
    let (mut shared, mut all) = (0_u32, u32::try_from(left.len()).unwrap_or(u32::MAX));
    for sign in one.chars() {
        all = all.saturating_add(1);
        if let Some(at) = left.iter().position(|found| *found == sign) {
            left.swap_remove(at);
            shared += 2;
        }
    }
    if all == 0 { 0.0 } else { f64::from(shared) / f64::from(all) }
}

fn plain(header: &str) -> String {
    let key = domain::canonical::name(header);
    key.trim_matches(|character| matches!(character, '*' | ':' | '：' | '.')).to_owned()
}

impl Column {
    /// A column without notes.
    pub const fn new(
        key: &'static str,
        zh: &'static str,
        en: &'static str,
        also: &'static [&'static str],
        kind: CellKind,
        required: bool,
    ) -> Self {
        Self { key, zh, en, also, kind, required, note_zh: "", note_en: "", example: "" }
    }

    /// What helps whoever fills it in.
    #[must_use]
    pub const fn says(mut self, zh: &'static str, en: &'static str, example: &'static str) -> Self {
        (self.note_zh, self.note_en, self.example) = (zh, en, example);
        self
    }

    /// The header of templates: Chinese, with a star where a value is required.
    pub fn header(&self) -> String {
        format!("{}{}", self.zh, if self.required { "*" } else { "" })
    }
}
