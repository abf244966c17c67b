//! What a value of each scalar type has to be, in words: for whoever sent another one.

use super::words::Words;

/// (zh, en) what a value of a scalar type has to be; none of other types.
pub fn words(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "Int" => ("整数，写成数字，并且不过小、不过大", "a whole number in digits, neither too small nor too large for its field"),
        "Float" => ("数，写成数字", "a number in digits"),
        "Boolean" => ("true或者false，不加引号", "true or false, without quotes"),
        "String" => ("文字", "a text"),
        "ID" => ("本系统给出的标识，写成文字", "an id as this system gave it, as text"),
        "UUID" => ("UUID，即以连字符分为五组的32位十六进制数字", "a UUID: 32 hexadecimal digits in five groups with hyphens"),
        "Yuan" => (
            "以元为单位的金额，写成文字，小数不超过两位，如“10000.00”",
            "a sum in yuan, written as text with at most two decimals, such as “10000.00”",
        ),
        "Date" => ("存在的日期，格式为YYYY-MM-DD", "a day that exists, as YYYY-MM-DD"),
        _ => return None,
    })
}

/// The sentence that asks for a value of the right kind.
pub fn has_to_be(zh: &str, en: &str) -> Words {
    Words { zh: format!("应为{zh}"), en: format!("It has to be {en}") }
}

/// Our own words for a value that the library could not read; none of what it says of other things.
pub fn of_fault(message: &str) -> Option<Words> {
    let begins = ["Failed to parse \"", "Expected input type \""];
    let rest = begins.into_iter().find_map(|begin| message.strip_prefix(begin))?;
    let name = rest.split('"').next().unwrap_or_default();
    let (zh, en) = words(name).unwrap_or(("接口说明中所列的值", "one of the values that the schema names here"));
    Some(has_to_be(zh, en))
}
