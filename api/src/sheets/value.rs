//! A cell as the value of its column.

use rust_decimal::{Decimal, prelude::{FromPrimitive, ToPrimitive}};
use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

use super::{fault::ValueFault, layout::{CellKind, Column}, raw::Raw};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Date(Date),
    /// Yuan cents.
    Cents(i64),
    /// A key of the column's closed list.
    Key(&'static str),
    Keys(Vec<&'static str>),
}

/// Decimal places that a column of amounts may have: 万元 with six are whole cents.
const PLACES: u32 = 6;

/// The value; none where the cell is empty.
pub(super) fn value(cell: &Raw, column: &Column) -> Result<Option<Value>, ValueFault> {
    let Some(text) = text(cell, column)? else { return Ok(None) };
    let value = match column.kind {
        CellKind::Text(longest) | CellKind::Code(longest) => line(text, longest, column).map(Value::Text),
        CellKind::Date => date(cell, &text).map(Value::Date),
        CellKind::Money { cents_per_unit } => cents(cell, &text, cents_per_unit).map(Value::Cents),
        CellKind::Choice(list) => choice(&text, list).map(Value::Key),
        CellKind::Choices(list) => choices(&text, list).map(Value::Keys),
    };
    value.map(Some)
}

/// The cell as trimmed text; codes that came as numbers are refused here, whatever the number looks like.
fn text(cell: &Raw, column: &Column) -> Result<Option<String>, ValueFault> {
    match cell {
        Raw::Empty => Ok(None),
        Raw::Text(text) => {
            let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
            let text = text.strip_prefix('\'').unwrap_or(text);
            if matches!(column.kind, CellKind::Code(_)) && looks_scientific(text) {
                return Err(number_not_text(text));
            }
            Ok((!text.is_empty()).then(|| text.to_owned()))
        }
        Raw::Number(number) if matches!(column.kind, CellKind::Code(_)) => Err(number_not_text(&number.to_string())),
        Raw::Number(number) => Ok(Some(number.to_string())),
        Raw::Date(date) => match column.kind {
            CellKind::Date => Ok(Some(date.to_string())),
            _ => Err(ValueFault::new("CELL_DATE_NOT_TEXT", "表格软件把内容变成了日期，请将该列设为文本格式后重新填写", "the spreadsheet turned the content into a date; format the column as text and type it again")),
        },
        Raw::Error(error) => Err(ValueFault::new("CELL_ERROR", format!("单元格为错误值{error}，请改正公式或直接填写"), format!("the cell holds the error {error}; mend the formula or type the value"))),
    }
}

/// `9.15E+17`: what a spreadsheet shows, and saves to CSV, for a long code that it took for a number.
fn looks_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = exponent.strip_prefix('+').unwrap_or(exponent);
    exponent.starts_with('+')
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit())
        && !mantissa.is_empty()
        && mantissa.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn number_not_text(shown: &str) -> ValueFault {
    ValueFault::new(
        "CELL_NUMBER_NOT_TEXT",
        format!("表格软件把代码或号码变成了数字（{shown}），末尾几位可能已经丢失；请将该列设为文本格式，对照原件重新填写"),
        format!("the spreadsheet turned the code into a number ({shown}), and its last digits may be lost; format the column as text and type it again from the original"),
    )
}

fn line(text: String, longest: usize, column: &Column) -> Result<String, ValueFault> {
    let plain = text.replace(['\n', '\r', '\t'], " ");
    if domain::name::is_safe_line(&plain, longest) {
        return Ok(text);
    }
    Err(ValueFault::new(
        "CELL_TEXT_NOT_ALLOWED",
        format!("{}不得超过{longest}字，不得含控制字符", column.zh),
        format!("{}: at most {longest} characters and no control characters", column.en),
    ))
}

const DATES: [&[BorrowedFormatItem<'_>]; 5] = [
    format_description!("[year]-[month padding:none]-[day padding:none]"),
    format_description!("[year]/[month padding:none]/[day padding:none]"),
    format_description!("[year].[month padding:none].[day padding:none]"),
    format_description!("[year]年[month padding:none]月[day padding:none]日"),
    format_description!("[year][month][day]"),
];

fn date(cell: &Raw, text: &str) -> Result<Date, ValueFault> {
    if let Raw::Date(date) = cell {
        return Ok(*date);
    }
    // A time of day after the date is what some systems export; it says nothing about the day.
    let day = text.split_whitespace().next().unwrap_or(text);
    let plain = matches!(cell, Raw::Text(_)) || text.len() == 8;
    let found = plain.then(|| DATES.iter().find_map(|format| Date::parse(day, format).ok())).flatten();
    found.ok_or_else(|| {
        ValueFault::new(
            "CELL_NO_DATE",
            format!("“{}”不是存在的日期，请填写如2026-04-01", short(text)),
            format!("“{}” is no day of the calendar; write it like 2026-04-01", short(text)),
        )
    })
}

fn cents(cell: &Raw, text: &str, cents_per_unit: i64) -> Result<i64, ValueFault> {
    let amount = match cell {
        // A float carries the noise of its binary form; six places are all that the column means.
        Raw::Number(number) => Decimal::from_f64(*number).map(|number| number.round_dp(PLACES)),
        _ => Decimal::from_str_exact(&text.replace([',', '，'], "")).ok(),
    };
    let cents = amount.and_then(|amount| amount.checked_mul(Decimal::from(cents_per_unit)));
    match cents {
        Some(cents) if cents.fract().is_zero() && !cents.is_sign_negative() => cents.to_i64().ok_or_else(|| no_amount(text)),
        _ => Err(no_amount(text)),
    }
}

fn no_amount(text: &str) -> ValueFault {
    ValueFault::new(
        "CELL_NO_AMOUNT",
        format!("“{}”不是金额，请填写不小于零的数字，最小到分", short(text)),
        format!("“{}” is no amount; write a number of zero or more, exact to the cent", short(text)),
    )
}

type List = &'static [(&'static str, &'static str)];

fn choice(text: &str, list: List) -> Result<&'static str, ValueFault> {
    let wanted = domain::name::search_key(text);
    let found = list.iter().find(|(word, key)| domain::name::search_key(word) == wanted || key.eq_ignore_ascii_case(text));
    found.map(|(_, key)| *key).ok_or_else(|| {
        let mut words: Vec<_> = list.iter().map(|(word, _)| *word).collect();
        words.dedup();
        let words = words.join("、");
        ValueFault::new(
            "CELL_NOT_ON_LIST",
            format!("“{}”不在可选范围内；可选：{words}", short(text)),
            format!("“{}” is not on the list; allowed: {words}", short(text)),
        )
    })
}

fn choices(text: &str, list: List) -> Result<Vec<&'static str>, ValueFault> {
    let parts = text.split(['、', '，', ',', ';', '；', '/', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let mut keys = parts.map(|part| choice(part, list)).collect::<Result<Vec<_>, _>>()?;
    keys.dedup();
    Ok(keys)
}

fn short(text: &str) -> String {
    text.chars().take(30).collect()
}
