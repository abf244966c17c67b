//! A cell as the value of its column.

use domain::canonical;
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};
use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

use super::{
    fault::ValueFault,
    layout::{CellKind, Column},
    numerals,
    raw::{Format, Raw},
};

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

/// A number of this size has more digits than a spreadsheet keeps.
const DIGITS_LOST: f64 = 1e15;

/// Decimal places that a column of amounts may have: 万元 with six are whole cents.
const PLACES: u32 = 6;

/// The value; none where the cell is empty.
pub(super) fn value(cell: &Raw, column: &Column) -> Result<Option<Value>, ValueFault> {
    let Some(text) = text(cell, column)? else { return Ok(None) };
    let cell = cell.inner();
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
        Raw::Below(_) if matches!(column.kind, CellKind::Money { .. }) => Err(merged(column)),
        Raw::Below(value) => text(value, column),
        Raw::Beside => Err(merged(column)),
        Raw::Shown(number, format) => shown(number, *format, column),
        Raw::Text(text) => {
            let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
            if is_error(text) {
                return Err(error(text));
            }
            let text = unguarded(text);
            if matches!(column.kind, CellKind::Code(_)) && looks_scientific(text) {
                return Err(number_not_text(text));
            }
            Ok((!text.is_empty()).then(|| text.to_owned()))
        }
        Raw::Formula(_) if matches!(column.kind, CellKind::Code(_)) => Err(ValueFault::new(
            "CELL_FORMULA_IN_CODE",
            "代码或号码列里是公式，请用“选择性粘贴—数值”贴回文本格式的列并核对",
            "a formula stands in a column of codes; paste it back as values into a column formatted as text and check it",
        )),
        Raw::Formula(result) if **result == Raw::Empty => Err(ValueFault::new(
            "CELL_FORMULA_EMPTY",
            "公式没有算出的结果，请用表格软件打开并保存一次，或直接填写",
            "the formula carries no result; open and save the file in the spreadsheet program once, or type the value",
        )),
        Raw::Formula(result) => text(result, column),
        Raw::Number(number)
            if matches!(column.kind, CellKind::Code(_)) || (matches!(column.kind, CellKind::Text(_)) && number.abs() >= DIGITS_LOST) =>
        {
            Err(number_not_text(&number.to_string()))
        }
        // The noise of the binary form begins after the 15 digits that a spreadsheet shows.
        Raw::Number(number) => Ok(Some(format!("{number:.14e}").parse().unwrap_or(*number).to_string())),
        Raw::Date(date) => match column.kind {
            CellKind::Date => Ok(Some(date.to_string())),
            _ => Err(ValueFault::new(
                "CELL_DATE_NOT_TEXT",
                "表格软件把内容变成了日期，请将该列设为文本格式后重新填写",
                "the spreadsheet turned the content into a date; format the column as text and type it again",
            )),
        },
        Raw::Error(shown) => Err(error(shown)),
    }
}

fn merged(column: &Column) -> ValueFault {
    ValueFault::new(
        "CELL_MERGED",
        format!("合并单元格，无法确定本行的{}，请取消合并并逐行填写", column.zh),
        format!("a merged cell: which {} is this row's cannot be told; unmerge it and fill in every row", column.en),
    )
}

/// A number whose format shows another value than the cell holds is taken only where both say the same.
fn shown(number: &Raw, format: Format, column: &Column) -> Result<Option<String>, ValueFault> {
    let in_unit = |unit| matches!(column.kind, CellKind::Money { cents_per_unit } if unit_cents(unit) == Some(cents_per_unit));
    let (zh, en) = match format {
        Format::Unit(unit) if in_unit(unit) => return text(number, column),
        Format::Padded(_) if matches!(column.kind, CellKind::Money { .. } | CellKind::Date) => return text(number, column),
        Format::Percent => ("按百分数显示".to_owned(), "is shown as a percentage".to_owned()),
        Format::Unit(unit) => (format!("显示的单位是“{unit}”"), format!("is shown with the unit “{unit}”")),
        Format::Scaled => ("按千位缩小显示".to_owned(), "is shown divided by a thousand".to_owned()),
        Format::Padded(digits) => (format!("按{digits}位补0显示"), format!("is shown filled up to {digits} digits")),
    };
    let held = text(number, column)?.unwrap_or_default();
    Err(ValueFault::new(
        "CELL_SHOWN_OTHERWISE",
        format!("单元格存的是{held}，却{zh}；请将该列设为常规或文本格式，按本列（{}）重新填写", column.zh),
        format!("the cell holds {held} but {en}; format the column as general or text and type what the column ({}) asks for", column.en),
    ))
}

fn error(shown: &str) -> ValueFault {
    ValueFault::new(
        "CELL_ERROR",
        format!("单元格为错误值{}，请改正公式、加宽列或直接填写", short(shown)),
        format!("the cell holds the error {}; mend the formula, widen the column or type the value", short(shown)),
    )
}

/// `#N/A` and its kin, and the hash signs of a column too narrow, as a CSV carries them.
fn is_error(text: &str) -> bool {
    matches!(text, "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!")
        || (text.len() > 2 && text.bytes().all(|byte| byte == b'#'))
}

/// Without what exports put around a text so that no spreadsheet program calculates: an apostrophe, or `="…"`.
fn unguarded(text: &str) -> &str {
    let inside = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).filter(|inside| !inside.contains('"'));
    inside.or_else(|| text.strip_prefix('\'')).unwrap_or(text).trim()
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
        format!(
            "the spreadsheet turned the code into a number ({shown}), and its last digits may be lost; format the column as text and type it again from the original"
        ),
    )
}

fn line(text: String, longest: usize, column: &Column) -> Result<String, ValueFault> {
    let plain = text.replace(['\n', '\r', '\t'], " ");
    if domain::name::is_safe_line(&plain, longest) && !plain.contains(is_unseen) {
        return Ok(text);
    }
    Err(ValueFault::new(
        "CELL_TEXT_NOT_ALLOWED",
        format!("{}不得超过{longest}字，不得含控制字符", column.zh),
        format!("{}: at most {longest} characters and no control characters", column.en),
    ))
}

/// Characters without width, those that turn the reading direction, and the mark of a character that got lost.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}')
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
    let plain = matches!(cell, Raw::Text(_)) || text.len() == 8;
    let found = plain.then(|| written_date(text)).flatten();
    let serial = matches!(cell, Raw::Number(_)) && !plain;
    found.ok_or_else(|| {
        let (zh, en) = if serial {
            ("；若是表格软件的日期序号，请将该列设为日期格式", "; if it is a spreadsheet's number of a day, format the column as a date")
        } else {
            ("", "")
        };
        ValueFault::new(
            "CELL_NO_DATE",
            format!("“{}”不是存在的日期，请填写如2026-04-01{zh}", short(text)),
            format!("“{}” is no day of the calendar; write it like 2026-04-01{en}", short(text)),
        )
    })
}

/// A day as people and systems write it: any width and dash, 年月日 with either kind of numerals, a time of day after it.
fn written_date(text: &str) -> Option<Date> {
    let plain = canonical::half_width(text);
    let plain = plain.trim();
    // Within 年月日 white space is decoration; elsewhere a time of day follows it, which says nothing about the day.
    if let Some((year, rest)) = plain.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        let (day, after) = rest.split_once(['日', '号'])?;
        let is_time = after.trim().chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ':' | '.' | '时' | '分' | '秒' | ' '));
        let number = |text: &str| text.parse::<u64>().ok().or_else(|| numerals::whole(text));
        let year = year.trim();
        let year = if year.len() == 4 { year.parse::<u64>().ok() } else { numerals::year(year).filter(|_| year.chars().count() == 4) };
        let month = time::Month::try_from(u8::try_from(number(month.trim())?).ok()?).ok()?;
        let day = u8::try_from(number(day.trim())?).ok()?;
        return Date::from_calendar_date(i32::try_from(year?).ok()?, month, day).ok().filter(|_| is_time);
    }
    let day = plain.split(|sign: char| sign.is_whitespace() || sign == 'T').next().unwrap_or(plain);
    DATES.iter().find_map(|format| Date::parse(day, format).ok())
}

fn cents(cell: &Raw, text: &str, cents_per_unit: i64) -> Result<i64, ValueFault> {
    let amount = match cell {
        // A float carries the noise of its binary form; six places are all that the column means.
        Raw::Number(number) => Decimal::from_f64(*number).map(|number| number.round_dp(PLACES)),
        _ => {
            let plain = canonical::half_width(text);
            let (amount, unit) = stated_unit(plain.trim());
            if let Some(unit) = unit.filter(|unit| unit_cents(unit) != Some(cents_per_unit)) {
                return Err(other_unit(text, unit, cents_per_unit));
            }
            digits(amount).and_then(|text| Decimal::from_str_exact(&text).ok())
        }
    };
    let cents = amount.and_then(|amount| amount.checked_mul(Decimal::from(cents_per_unit)));
    match cents {
        Some(cents) if cents.fract().is_zero() && !cents.is_sign_negative() => cents.to_i64().ok_or_else(|| no_amount(text)),
        _ => Err(no_amount(text)),
    }
}

/// Yuan cents of a unit of money.
fn unit_cents(unit: &str) -> Option<i64> {
    Some(match unit {
        "元" | "圆" | "块" | "yuan" => 100,
        "千元" | "千" => 100_000,
        "万元" | "万" => 1_000_000,
        "亿元" | "亿" => 10_000_000_000,
        _ => return None,
    })
}

/// The unit that an amount in common widths states, and the amount before it.
fn stated_unit(text: &str) -> (&str, Option<&'static str>) {
    let text = text.trim_end_matches(['整', '正']).trim_end();
    let units = ["亿元", "万元", "千元", "元", "圆", "块", "亿", "万", "千", "yuan"];
    let found = units.into_iter().find_map(|unit| Some((text.strip_suffix(unit)?.trim_end(), Some(unit))));
    found.unwrap_or((text, None))
}

/// An amount without its sign of currency and its commas, which stand between thousands only: `1,5` is no 15.
fn digits(amount: &str) -> Option<String> {
    let narrow = ["人民币", "RMB", "CNY", "¥", "￥"].into_iter().find_map(|sign| amount.strip_prefix(sign)).unwrap_or(amount).trim();
    let (whole, fraction) = narrow.split_once('.').map_or((narrow, None), |(whole, fraction)| (whole, Some(fraction)));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1 || (matches!(groups[0].len(), 1..=3) && groups[1..].iter().all(|group| group.len() == 3));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (grouped && groups.iter().all(|group| plain(group)) && fraction.is_none_or(plain))
        .then(|| fraction.map_or_else(|| groups.concat(), |fraction| format!("{}.{fraction}", groups.concat())))
}

/// A unit in the cell that is not the column's: ten thousand times too much, or too little.
fn other_unit(text: &str, unit: &str, cents_per_unit: i64) -> ValueFault {
    let column = ["元", "千元", "万元", "亿元"].into_iter().find(|unit| unit_cents(unit) == Some(cents_per_unit)).unwrap_or_default();
    ValueFault::new(
        "CELL_OTHER_UNIT",
        format!("“{}”的单位是{unit}，本列的单位是{column}；请换算后只填数字", short(text)),
        format!("“{}” is in {unit}, but the column is in {column}; convert it and write the number alone", short(text)),
    )
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
    let found = list.iter().find(|(word, key)| canonical::same_name(word, text) || canonical::same_code(key, text));
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
    let mut keys = Vec::new();
    for part in parts {
        let key = choice(part, list)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

fn short(text: &str) -> String {
    text.chars().take(30).collect()
}
