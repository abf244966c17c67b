//! A row of the catalogue: read out of its values, and judged by its fields.

use std::collections::BTreeMap;

use domain::{
    canonical,
    identifier::Uscc,
    ids::{CaseId, RowId},
    moment::Micros,
    record::{Sector, SubjectKind},
    rows::{Information, Packed},
};
use sha2::{Digest, Sha256};
use time::Date;

use super::file::{Asked, Fact, Field, FieldType, Item, line_kind};
use crate::plan::{
    cells::CellType,
    completeness::{self, Judged, Line, Required},
};

/// Values of a row by the keys of its fields.
pub type Values = BTreeMap<String, String>;

/// Why values make no row of the item: the field, and what is wrong with it (zh, en).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    pub field: String,
    pub why: (String, String),
}

/// Where a row comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub id: RowId,
    pub import: Option<RowId>,
    pub record: Option<CaseId>,
    pub place: i64,
    pub office: String,
    pub collected_on: Date,
    pub arrived_at: Micros,
}

impl Item {
    /// The field that tells a fact.
    pub fn telling(&self, fact: Fact) -> Option<&Field> {
        self.field.iter().find(|field| field.is == Some(fact))
    }

    pub(crate) fn told<'a>(&self, values: &'a Values, fact: Fact) -> Option<&'a str> {
        values.get(&self.telling(fact)?.key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    fn day(&self, values: &Values, fact: Fact) -> Option<Date> {
        self.told(values, fact).and_then(domain::day::parse)
    }

    /// The code of the subject, where it is a valid one.
    pub fn code(&self, values: &Values) -> Option<String> {
        Uscc::parse(self.told(values, Fact::Uscc)?).ok().map(|code| code.to_string())
    }

    /// What makes the row the same row. A subject without a valid code is known by its name alone.
    pub fn key_of(&self, values: &Values) -> String {
        if self.register {
            return self.code(values).unwrap_or_else(|| self.told(values, Fact::Name).map(canonical::name).unwrap_or_default());
        }
        let parts = self.unique.iter().map(|key| values.get(key).map(|value| canonical::decision_number(value)).unwrap_or_default());
        parts.collect::<Vec<_>>().join("|")
    }

    /// The row of these values, or everything that keeps them from being one. What the platform would send back is no reason: a
    /// register says what is known, and completeness says what is missing.
    ///
    /// # Errors
    /// The name or the kind is missing, the subject is a natural person, a day is none or lies before another one.
    pub fn row(&self, values: &Values, origin: Origin) -> Result<Information, Vec<Unfit>> {
        let mut unfit = Vec::new();
        let mut wrong = |fact: Fact, zh: &str, en: &str| {
            let field = self.telling(fact).map(|field| field.key.clone()).unwrap_or_default();
            unfit.push(Unfit { field, why: (zh.to_owned(), en.to_owned()) });
        };
        let name = self.told(values, Fact::Name).unwrap_or_default().to_owned();
        if name.is_empty() {
            wrong(Fact::Name, "没有主体名称", "it names no subject");
        }
        let kind = self.told(values, Fact::Kind).and_then(SubjectKind::from_key);
        match kind {
            None => wrong(Fact::Kind, "没有主体类别", "it names no kind of subject"),
            Some(SubjectKind::NaturalPerson) => {
                wrong(Fact::Kind, "本名录不收自然人", "natural persons are not kept in it");
            }
            Some(_) => {}
        }
        for fact in [Fact::DecidedOn, Fact::ValidFrom, Fact::ValidTo, Fact::EndedOn] {
            if self.told(values, fact).is_some_and(|value| domain::day::parse(value).is_none()) {
                wrong(fact, "不是日期", "is no day");
            }
        }
        let needed = match (self.register, self.decision) {
            (true, _) => Some(Fact::ValidFrom),
            (false, Some(_)) => Some(Fact::DecidedOn),
            (false, None) => None,
        };
        if let Some(fact) = needed.filter(|fact| self.told(values, *fact).is_none()) {
            wrong(fact, "没有日期", "the day is missing");
        }
        let (from, to) = (self.day(values, Fact::ValidFrom), self.day(values, Fact::ValidTo));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            wrong(Fact::ValidTo, "截止日早于起始日", "it ends before it begins");
        }
        if self.day(values, Fact::DecidedOn).is_some_and(|day| day > origin.collected_on) {
            wrong(Fact::DecidedOn, "决定日期在未来", "the decision lies in the future");
        }
        let sectors = self.sectors(values);
        if self.register && sectors.is_empty() {
            wrong(Fact::Sectors, "没有所属领域", "it names no field of transport");
        }
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let Origin { id, import, record, place, office, collected_on, arrived_at } = origin;
        Ok(Information {
            id,
            import,
            record,
            place,
            item: self.key.clone(),
            key: self.key_of(values),
            uscc: self.code(values),
            name,
            kind: kind.unwrap_or(SubjectKind::LegalPerson),
            sectors: (!sectors.is_empty()).then(|| sectors.iter().map(|sector| sector.key()).collect::<Vec<_>>().join(" ")),
            division: self.told(values, Fact::Division).map(str::to_owned),
            decided_on: self.day(values, Fact::DecidedOn),
            valid_from: from,
            valid_to: to,
            collected_on,
            ended_on: self.day(values, Fact::EndedOn),
            office,
            arrived_at,
            version: self.version(values),
            fields: Packed::of(&values),
        })
    }

    fn sectors(&self, values: &Values) -> Vec<Sector> {
        let told = self.told(values, Fact::Sectors).unwrap_or_default();
        told.split([' ', '、', '，', ',', ';', '；', '/']).filter_map(Sector::from_key).collect()
    }

    /// The digest of a row's values: the same values are the same version.
    pub fn version(&self, values: &Values) -> String {
        let mut hash = Sha256::new();
        for field in &self.field {
            hash.update(values.get(&field.key).map_or("", String::as_str));
            hash.update("\n");
        }
        format!("{:x}", hash.finalize())
    }

    /// What is wrong with a row by the fields of its item, and how many cells it needs.
    pub fn judge(&self, kind: SubjectKind, values: &Values) -> Judged {
        let fields: Vec<_> = self.field.iter().map(|field| self.asked(field)).collect();
        let values = self.field.iter().map(|field| values.get(&field.key).map_or("", String::as_str)).collect();
        completeness::judge(&fields, &Line { key: "", kind: line_kind(kind), values })
    }

    /// A field as completeness asks for it.
    pub fn asked<'a>(&'a self, field: &'a Field) -> completeness::Field<'a> {
        let cell = match field.holds {
            FieldType::Text | FieldType::Sectors => CellType::Text(field.longest),
            FieldType::Code => CellType::Code(field.longest),
            FieldType::Uscc => CellType::Uscc,
            FieldType::Date => CellType::Date,
            FieldType::Money => CellType::Money,
            FieldType::Choice => CellType::Choice(field.option.iter().map(|option| option.key.as_str()).collect()),
        };
        let place = |key: &String| self.field.iter().position(|field| field.key == *key);
        let required = match &field.required {
            None => Required::Never,
            Some(Asked::Word(_)) => Required::Always,
            Some(Asked::Kinds { kinds }) => Required::Kinds(kinds.iter().map(|kind| kind.line()).collect()),
            Some(Asked::With { with }) => place(with).map_or(Required::Never, Required::With),
        };
        completeness::Field { key: &field.key, cell, required }
    }
}
