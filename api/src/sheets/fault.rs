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
pub enum SheetFault {
    #[error("文件为空。The file is empty.")]
    Empty,
    #[error("文件超过{most}字节。The file has more than {most} bytes; split it.")]
    TooLarge { most: usize },
    #[error("解压后超过{most}字节，疑似压缩炸弹。The file unpacks to more than {most} bytes; save it again from the spreadsheet program.")]
    Bomb { most: u64 },
    #[error("行数超过{most}。The file has more than {most} rows; split it.")]
    TooManyRows { most: usize },
    #[error("列数超过{most}。A sheet has more than {most} columns; delete those that are not needed.")]
    TooManyColumns { most: usize },
    #[error("单元格文字总量超过{most}字节。The cells hold more than {most} bytes of text; split the file.")]
    TooMuchText { most: usize },
    #[error(
        "第{row}行的双引号没有成对，其后的行会并成一格，请补上或删去。A double quote in row {row} is never closed and would swallow the rows after it; close or delete it, or save as .xlsx."
    )]
    OpenQuote { row: u32 },
    #[error("旧版或加密的Excel文件，请另存为未加密的.xlsx。An old or encrypted Excel file; save it as .xlsx without a password.")]
    OldOrEncrypted,
    #[error("既不是.xlsx也不是CSV。Neither .xlsx nor CSV text; save the table as .xlsx or as CSV.")]
    NotATable,
    #[error("这是{what}文件，请另存为.xlsx。This is a {what} file; save it as .xlsx.")]
    OtherProgram { what: &'static str },
    #[error(
        "压缩包内有多个表格：{paths}；请只留一个，或者分开发送。The .zip holds several tables: {paths}; keep one of them, or send them apart."
    )]
    SeveralTables { paths: String },
    #[error("压缩包内“{path}”出现两次。The .zip holds “{path}” twice; pack it again.")]
    NameTwice { path: String },
    #[error("文字编码无法识别，请用UTF-8或GBK保存。The text is neither UTF-8 nor GBK; save it again in one of them.")]
    Encoding,
    #[error("文件已损坏：{0}。The file is damaged; open it in the spreadsheet program and save it again.")]
    Damaged(String),
    #[error("无法生成文件：{0}。The file could not be made.")]
    Unwritten(String),
}

impl SheetFault {
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
