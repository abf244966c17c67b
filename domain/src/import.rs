//! A file whose rows become cases: they arrive in pieces, and count when the last one is there.

use serde::{Deserialize, Serialize};

use crate::{ids::RowId, process::titled};

titled! {
    /// Where the import of a file stands.
    ImportStatus {
        /// Rows arrive; none of them counts yet.
        Arriving = "arriving" "正在导入" "arriving",
        /// Every row is there, and each counts as a case.
        Whole = "whole" "已完成" "complete",
        /// It ended before its last row; none of its rows ever counts.
        GivenUp = "given_up" "已放弃" "given up",
    }
}

titled! {
    /// Why an import was given up.
    GivenUpWhy {
        /// A row was refused: something changed after the file was checked.
        RowRefused = "row_refused" "有一行未被接受" "a row was refused",
        /// The program that imported it ended before the last row.
        Stopped = "stopped" "导入程序中途停止" "the program ended before the last row",
        /// Somebody of the office gave it up.
        Cancelled = "cancelled" "本单位取消导入" "the office gave it up",
    }
}

/// Which row of which import a case comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedRow {
    pub import: RowId,
    /// Number of the entry that began the import.
    pub cause: u64,
    /// Position among the rows, from 0: each is taken once and in this order.
    pub place: i64,
    /// As the spreadsheet numbers it.
    pub row: u32,
}
