//! Sums of money: yuan with two decimals on the wire, whole cents inside.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A sum of money in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yuan(pub i64);

impl Yuan {
    /// The sum that a text names: digits, and after a point one or two more; none of anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 {
            return None;
        }
        let cents: i64 = format!("{part:0<2}").parse().ok()?;
        whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents).map(Self)
    }

    /// The sum as everybody writes it.
    pub fn text(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A sum in yuan as text with two decimals, such as "10000.00"; in input the decimals may be left out.
#[Scalar]
impl ScalarType for Yuan {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        Self::read(text).ok_or_else(|| InputValueError::custom("a sum in yuan is written as text, such as \"10000.00\""))
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(_))
    }

    fn to_value(&self) -> Value {
        Value::String(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::Yuan;

    #[test]
    fn a_sum_is_read_as_it_is_written() {
        for (text, cents) in [("0.00", 0), ("0.05", 5), ("10000.00", 1_000_000), ("92233720368547758.07", i64::MAX)] {
            assert_eq!(Yuan::read(text), Some(Yuan(cents)));
            assert_eq!(Yuan(cents).text(), text);
        }
        assert_eq!((Yuan::read("12"), Yuan::read("12.5")), (Some(Yuan(1_200)), Some(Yuan(1_250))));
        for junk in ["", ".", "1.", ".5", "-1.00", "+1.00", "1.000", "1,000.00", "1e3", " 1.00", "92233720368547758.08", "一"] {
            assert_eq!(Yuan::read(junk), None, "{junk}");
        }
    }
}
