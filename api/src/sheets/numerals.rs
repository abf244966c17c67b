//! Numbers as papers spell them: 二〇二六, 三十一, 壹万贰仟元.

/// The digit of a sign, plain or of the kind that cannot be altered.
fn digit(sign: char) -> Option<u64> {
    Some(match sign {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The size of a place within a group of four digits.
fn place(sign: char) -> Option<u64> {
    Some(match sign {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// A number of digits one after the other, as years are written: 二〇二六.
pub(super) fn year(text: &str) -> Option<u64> {
    text.chars().try_fold(0_u64, |sum, sign| sum.checked_mul(10)?.checked_add(digit(sign)?))
}

/// A whole number with its places: 三十一, 壹万贰仟, 一亿零五万.
pub(super) fn whole(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    let (mut all, mut group, mut last) = (0_u64, 0_u64, None);
    for sign in text.chars() {
        if let Some(found) = digit(sign) {
            if last.is_some_and(|last| last != 0) {
                return None;
            }
            last = Some(found);
        } else if let Some(size) = place(sign) {
            group = group.checked_add(last.take().unwrap_or(1).checked_mul(size)?)?;
        } else if matches!(sign, '万' | '亿') {
            let size = if sign == '万' { 10_000 } else { 100_000_000 };
            group = group.checked_add(last.take().unwrap_or(0))?;
            all = if sign == '亿' { all.checked_add(group)?.checked_mul(size)? } else { all.checked_add(group.checked_mul(size)?)? };
            group = 0;
        } else {
            return None;
        }
    }
    all.checked_add(group)?.checked_add(last.unwrap_or(0))
}

/// Whether a sign can stand in a spelt number.
fn is_spelt(sign: char) -> bool {
    digit(sign).is_some() || place(sign).is_some() || matches!(sign, '万' | '亿')
}

/// Every sum in yuan cents that a text names: 10000元, 1.5万元, 1,000元, 壹万元整, 伍佰元伍角.
pub fn sums(text: &str) -> Vec<i64> {
    let plain = domain::canonical::half_width(text);
    let signs: Vec<char> = plain.chars().filter(|sign| !sign.is_whitespace()).collect();
    let mut found = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        if !matches!(sign, '元' | '圆') {
            continue;
        }
        let mut from = at;
        while from > 0 && (signs[from - 1].is_ascii_digit() || matches!(signs[from - 1], '.' | ',') || is_spelt(signs[from - 1])) {
            from -= 1;
        }
        let number: String = signs[from..at].iter().filter(|sign| **sign != ',').collect();
        let rest: String = signs[at + 1..].iter().take(4).collect();
        found.extend(yuan(&number).and_then(|cents| cents.checked_add(small(&rest))));
    }
    found
}

/// Cents of `1.5万`, `10000`, `壹万`.
fn yuan(number: &str) -> Option<i64> {
    let digits = number.chars().take_while(|sign| sign.is_ascii_digit() || *sign == '.').count();
    if digits == 0 {
        return i64::try_from(whole(number)?.checked_mul(100)?).ok();
    }
    let times = match number.chars().skip(digits).collect::<String>().as_str() {
        "" => 1,
        "千" => 1_000,
        "万" => 10_000,
        "亿" => 100_000_000,
        _ => return None,
    };
    let amount = rust_decimal::Decimal::from_str_exact(&number[..digits]).ok()?;
    let cents = amount.checked_mul(rust_decimal::Decimal::from(times * 100_i64))?;
    rust_decimal::prelude::ToPrimitive::to_i64(&cents.round())
}

/// 角 and 分 that follow a sum.
fn small(rest: &str) -> i64 {
    let signs: Vec<char> = rest.chars().collect();
    let one = |sign: Option<&char>| {
        sign.and_then(|sign| digit(*sign).or_else(|| sign.to_digit(10).map(u64::from))).and_then(|digit| i64::try_from(digit).ok())
    };
    match (one(signs.first()), signs.get(1)) {
        (Some(jiao), Some('角')) => jiao * 10 + one(signs.get(2)).filter(|_| signs.get(3) == Some(&'分')).unwrap_or(0),
        _ => 0,
    }
}
