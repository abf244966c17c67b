//! A number of a number, the percent that is shown of it, and the records that keep it from being whole.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use sha2::{Digest, Sha256};

/// How a share of nothing is shown.
pub const NO_DATA: &str = "no data";

/// So many of so many; `num` is never over `den`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub num: u64,
    pub den: u64,
}

impl Share {
    pub const fn new(num: u64, den: u64) -> Self {
        Self { num, den }
    }

    /// Counts one more; `good` ones are of the numerator too.
    pub fn count(&mut self, good: bool) {
        self.den += 1;
        self.num += u64::from(good);
    }

    /// Whether it is whole, in integers and never by the percent; a share of nothing is neither met nor missed.
    pub const fn met(self) -> Option<bool> {
        if self.den == 0 { None } else { Some(self.num == self.den) }
    }

    /// The percent with two places. It is cut and never rounded, so that only the whole is shown as 100 %.
    pub fn shown(self) -> String {
        match self {
            Self { den: 0, .. } => NO_DATA.to_owned(),
            Self { num, den } if num == den => "100 %".to_owned(),
            Self { num: 0, .. } => "0 %".to_owned(),
            Self { num, den } => match u128::from(num) * 10_000 / u128::from(den) {
                0 => "<0.01 %".to_owned(),
                hundredths => format!("{}.{:02} %", hundredths / 100, hundredths % 100),
            },
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut share = serializer.serialize_struct("Share", 3)?;
        share.serialize_field("num", &self.num)?;
        share.serialize_field("den", &self.den)?;
        share.serialize_field("shown", &self.shown())?;
        share.end()
    }
}

/// A record that is not of the numerator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failing<Rate> {
    pub key: String,
    pub reasons: Vec<String>,
    /// Where several rates are counted at once: those that it fails.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Rate>,
}

/// One rate is counted: there is nothing to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum OneRate {}

/// Failing records in the order of the bytes of their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FailingList<Rate>(Vec<Failing<Rate>>);

impl<Rate> FailingList<Rate> {
    pub fn new(mut records: Vec<Failing<Rate>>) -> Self {
        records.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        Self(records)
    }

    pub fn records(&self) -> &[Failing<Rate>] {
        &self.0
    }

    /// A line for each record: key, tab, reasons with commas between them, line feed.
    pub fn text(&self) -> String {
        self.0.iter().map(|record| format!("{}\t{}\n", record.key, record.reasons.join(","))).collect()
    }

    /// SHA-256 of that text, in hexadecimal digits.
    pub fn digest(&self) -> String {
        format!("{:x}", Sha256::digest(self.text()))
    }
}

/// What every measure answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<Rate = OneRate> {
    /// None where several rates are counted at once.
    pub share: Option<Share>,
    pub met: Option<bool>,
    /// What was looked at and is of neither number.
    pub excluded: u64,
    pub failing: FailingList<Rate>,
}

impl<Rate> Counted<Rate> {
    /// Of a single rate.
    pub fn of(share: Share, excluded: u64, failing: Vec<Failing<Rate>>) -> Self {
        Self { share: Some(share), met: share.met(), excluded, failing: FailingList::new(failing) }
    }
}

impl<Rate: Serialize> Serialize for Counted<Rate> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut counted = serializer.serialize_struct("Counted", 7)?;
        counted.serialize_field("num", &self.share.map(|share| share.num))?;
        counted.serialize_field("den", &self.share.map(|share| share.den))?;
        counted.serialize_field("shown", &self.share.map(Share::shown))?;
        counted.serialize_field("met", &self.met)?;
        counted.serialize_field("excluded", &self.excluded)?;
        counted.serialize_field("failing", &self.failing)?;
        counted.serialize_field("digest", &self.failing.digest())?;
        counted.end()
    }
}
