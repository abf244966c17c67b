//! What is wrong with a cell, a row or a file. Every text names cause and cure.

use serde::Serialize;

/// A fault at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CellFault {
    pub sheet: String,
    /// As the spreadsheet numbers it; 0 where the fault is the whole file's.
    pub row: u32,
    /// Letter of the column; empty where the fault is the whole row's.
    pub column: String,
    pub header: String,
    pub code: String,
    pub zh: String,
    pub en: String,
}

/// Why a cell does not hold what its column may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueFault {
    pub code: &'static str,
    pub zh: String,
    pub en: String,
}

impl ValueFault {
    pub(super) fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, zh: zh.into(), en: en.into() }
    }
}

/// A file that cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}。{}.", self.words().0, self.words().1)]
pub enum SheetFault {
    Empty,
    TooLarge { most: usize },
    Bomb { most: u64 },
    TooManyRows { most: usize },
    TooManyColumns { most: usize },
    TooMuchText { most: usize },
    OpenQuote { row: u32 },
    OldOrEncrypted,
    NotATable,
    OtherProgram { what: &'static str },
    SeveralTables { paths: String },
    NameTwice { path: String },
    Encoding,
    Damaged(String),
    Unwritten(String),
}

impl SheetFault {
    /// (zh, en): cause and cure.
    pub fn words(&self) -> (String, String) {
        match self {
            Self::Empty => ("文件为空".to_owned(), "The file is empty".to_owned()),
            Self::TooLarge { most } => (format!("文件超过{most}字节"), format!("The file has more than {most} bytes; split it")),
            Self::Bomb { most } => (
                format!("解压后超过{most}字节，疑似压缩炸弹"),
                format!("The file unpacks to more than {most} bytes; save it again from the spreadsheet program"),
            ),
            Self::TooManyRows { most } => (format!("行数超过{most}"), format!("The file has more than {most} rows; split it")),
            Self::TooManyColumns { most } => {
                (format!("列数超过{most}"), format!("A sheet has more than {most} columns; delete those that are not needed"))
            }
            Self::TooMuchText { most } => {
                (format!("单元格文字总量超过{most}字节"), format!("The cells hold more than {most} bytes of text; split the file"))
            }
            Self::OpenQuote { row } => (
                format!("第{row}行的双引号没有成对，其后的行会并成一格，请补上或删去"),
                format!(
                    "A double quote in row {row} is never closed and would swallow the rows after it; close or delete it, or save as .xlsx"
                ),
            ),
            Self::OldOrEncrypted => (
                "旧版或加密的Excel文件，请另存为未加密的.xlsx".to_owned(),
                "An old or encrypted Excel file; save it as .xlsx without a password".to_owned(),
            ),
            Self::NotATable => {
                ("既不是.xlsx也不是CSV".to_owned(), "Neither .xlsx nor CSV text; save the table as .xlsx or as CSV".to_owned())
            }
            Self::OtherProgram { what } => (format!("这是{what}文件，请另存为.xlsx"), format!("This is a {what} file; save it as .xlsx")),
            Self::SeveralTables { paths } => (
                format!("压缩包内有多个表格：{paths}；请只留一个，或者分开发送"),
                format!("The .zip holds several tables: {paths}; keep one of them, or send them apart"),
            ),
            Self::NameTwice { path } => (format!("压缩包内“{path}”出现两次"), format!("The .zip holds “{path}” twice; pack it again")),
            Self::Encoding => (
                "文字编码无法识别，请用UTF-8或GBK保存".to_owned(),
                "The text is neither UTF-8 nor GBK; save it again in one of them".to_owned(),
            ),
            Self::Damaged(what) => {
                (format!("文件已损坏：{what}"), "The file is damaged; open it in the spreadsheet program and save it again".to_owned())
            }
            Self::Unwritten(what) => (format!("无法生成文件：{what}"), "The file could not be made".to_owned()),
        }
    }

    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "FILE_EMPTY",
            Self::TooLarge { .. } => "FILE_TOO_LARGE",
            Self::Bomb { .. } => "FILE_UNPACKS_TOO_LARGE",
            Self::TooManyRows { .. } => "FILE_TOO_MANY_ROWS",
            Self::TooManyColumns { .. } => "FILE_TOO_MANY_COLUMNS",
            Self::TooMuchText { .. } => "FILE_TOO_MUCH_TEXT",
            Self::OpenQuote { .. } => "FILE_QUOTE_OPEN",
            Self::OldOrEncrypted => "FILE_OLD_OR_ENCRYPTED",
            Self::NotATable => "FILE_NOT_A_TABLE",
            Self::OtherProgram { .. } => "FILE_OF_ANOTHER_PROGRAM",
            Self::SeveralTables { .. } => "FILE_SEVERAL_TABLES",
            Self::NameTwice { .. } => "FILE_NAME_TWICE",
            Self::Encoding => "FILE_ENCODING",
            Self::Damaged(_) => "FILE_DAMAGED",
            Self::Unwritten(_) => "FILE_NOT_WRITTEN",
        }
    }
}

/// The letter of a column, counted from 0: A … Z, AA …
pub fn letter(column: usize) -> String {
    let mut text = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        text.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    text
}

/// The column of a letter, counted from 0; none where it is no column.
pub(super) fn place(letter: &str) -> Option<usize> {
    let value = |sum: usize, byte: u8| byte.is_ascii_uppercase().then(|| sum * 26 + usize::from(byte - b'A') + 1);
    letter.bytes().try_fold(0, value)?.checked_sub(1)
}
