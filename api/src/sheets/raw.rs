//! A file as cells, before any meaning.

use time::Date;

use super::{csv, fault::SheetFault, layout::Layout, xlsx};

/// What a file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub bytes: usize,
    /// Of everything in an .xlsx together.
    pub unpacked: u64,
    /// Of all sheets together.
    pub rows: usize,
    pub columns: usize,
    /// Bytes of text held for all cells together: a workbook may name one long text a million times.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 20 * 1024 * 1024, unpacked: 200 * 1024 * 1024, rows: 20_000, columns: 200, text: 64 * 1024 * 1024 }
    }
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Raw {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Date(Date),
    /// #N/A and its kin.
    Error(String),
    /// A formula with its last result; empty where no program ever calculated it.
    Formula(Box<Raw>),
    /// Covered by the merged cell above it, whose value it shows.
    Below(Box<Raw>),
    /// Covered by a merged cell of another column.
    Beside,
    /// A number that its format shows otherwise than the cell holds it.
    Shown(Box<Raw>, Format),
}

impl Raw {
    /// The value itself, without where it comes from.
    pub fn inner(&self) -> &Self {
        match self {
            Self::Formula(value) | Self::Below(value) | Self::Shown(value, _) => value.inner(),
            value => value,
        }
    }
}

/// How a number format shows another value than the cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Percent,
    /// Ends in a unit of money.
    Unit(&'static str),
    /// Divided by a thousand or more.
    Scaled,
    /// Filled up with zeros to so many digits.
    Padded(usize),
}

/// A row with its number as the spreadsheet shows it.
#[derive(Clone, Debug)]
pub(super) struct RawRow {
    pub number: u32,
    pub cells: Vec<Raw>,
}

impl RawRow {
    pub fn is_blank(&self) -> bool {
        // Formulas are filled down to rows without data, with an empty text as their result.
        self.cells.iter().all(|cell| match cell {
            Raw::Empty => true,
            Raw::Text(text) => text.trim().is_empty(),
            Raw::Formula(result) => matches!(&**result, Raw::Text(text) if text.trim().is_empty()),
            Raw::Below(_) | Raw::Beside => true,
            _ => false,
        })
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct RawSheet {
    pub name: String,
    pub rows: Vec<RawRow>,
    /// A sheet that nobody sees; only its first rows are here.
    pub hidden: bool,
    /// Numbers of rows that are hidden or filtered out, as the spreadsheet shows them.
    pub hidden_rows: Vec<u32>,
    /// Columns that are hidden, counted from 0.
    pub hidden_columns: Vec<usize>,
}

/// The sheets of a file, by its content and not by its name.
pub(super) fn sheets(bytes: &[u8], layout: &Layout, limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    if bytes.is_empty() {
        return Err(SheetFault::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(SheetFault::TooLarge { most: limits.bytes });
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx::sheets(bytes, limits),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(SheetFault::OldOrEncrypted),
        _ => csv::sheet(bytes, layout, limits).map(|sheet| vec![sheet]),
    }
}
