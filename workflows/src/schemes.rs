//! Schemes (信易+): advantages for the trustworthy, with the conditions of each as closed words (Sichuan Social Credit
//! Regulation arts. 33, 45).

use domain::{
    benefit::{BenefitKind, EligibilityGap as Gap, SchemeKind},
    check::GRADES,
    record::{Sector, SubjectKind},
};
use serde::Deserialize;
use time::Date;

use crate::{
    collection::Items,
    grounds::before,
    law::{Law, Words},
    profile::Profile,
};

/// What a subject needs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Need {
    /// A grade of the province that is at least so good, in a field.
    Grade(GradeNeed),
    InBusiness,
    NotSeverelyListed,
    NoRecordShown,
    NotUnderKeyInspection,
    /// No commitment was found broken within so many months.
    NoBreachWithinMonths(u32),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeNeed {
    pub at_least: String,
    #[serde(rename = "in")]
    pub field: Sector,
}

/// An advantage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// What it is in law.
    #[serde(rename = "as")]
    pub of: BenefitKind,
}

/// A scheme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    pub key: String,
    pub kind: SchemeKind,
    pub zh: String,
    pub en: String,
    /// The paper that sets it up.
    pub document: Words,
    /// Whether the paper is issued; an example until then.
    pub issued: bool,
    pub office: String,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub whom: Vec<SubjectKind>,
    #[serde(deserialize_with = "crate::law::dates::day")]
    pub from: Date,
    #[serde(default, deserialize_with = "crate::law::dates::optional")]
    pub until: Option<Date>,
    /// Who takes part: banks, garages, schools.
    #[serde(default)]
    pub partners: Vec<Words>,
    pub needs: Vec<Need>,
    pub benefit: Vec<Benefit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    scheme: Vec<Scheme>,
}

/// All schemes.
#[derive(Clone, Debug)]
pub struct Schemes(Vec<Scheme>);

impl From<File> for Schemes {
    fn from(file: File) -> Self {
        Self(file.scheme)
    }
}

impl Schemes {
    pub fn all(&self) -> &[Scheme] {
        &self.0
    }

    pub fn get(&self, key: &str) -> Option<&Scheme> {
        self.0.iter().find(|one| one.key == key)
    }

    /// Whether a scheme of a kind is in force on a day.
    pub fn has(&self, kind: SchemeKind, on: Date) -> bool {
        self.0.iter().any(|one| one.kind == kind && one.is_in_force(on))
    }

    /// Everything that is wrong with the file.
    pub(crate) fn faults(&self, law: &Law, items: &Items) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, one) in self.0.iter().enumerate() {
            let mut fault = |what: String| faults.push(format!("scheme “{}”: {what}", one.key));
            if self.0[..place].iter().any(|other| other.key == one.key) {
                fault("stands twice".to_owned());
            }
            if one.benefit.is_empty() || one.whom.is_empty() {
                fault("benefit and for name at least one each".to_owned());
            }
            if one.whom.contains(&SubjectKind::NaturalPerson) {
                fault("for: no natural person: the house keeps no grade of a human being".to_owned());
            }
            if one.until.is_some_and(|until| until < one.from) {
                fault("until lies before from".to_owned());
            }
            for need in &one.needs {
                match need {
                    Need::Grade(need) if !GRADES.contains(&need.at_least.as_str()) => {
                        fault(format!("needs: no such grade: {}; allowed: {}", need.at_least, GRADES.join(", ")));
                    }
                    Need::NoBreachWithinMonths(0) => fault("needs: a time of no month".to_owned()),
                    Need::InBusiness if items.register().is_none() => fault("needs: no register says who is in business".to_owned()),
                    _ => {}
                }
            }
            // Other incentives of authorities stand in the closed list of the article.
            if let Err(found) = law.sources().exists("sichuan_credit_regulation_2023/art_33") {
                fault(found.to_string());
            }
        }
        faults
    }
}

impl Scheme {
    pub fn is_in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// (zh, en) of an advantage of it.
    pub fn benefit(&self, key: &str) -> Option<&Benefit> {
        self.benefit.iter().find(|one| one.key == key)
    }

    /// Everything that keeps a subject from using it on a day, in the order of its conditions.
    pub fn gaps(&self, profile: &Profile, on: Date) -> Vec<Gap> {
        let whom = profile.kind.is_none_or(|kind| self.whom.contains(&kind));
        let first = [(!self.is_in_force(on), Gap::NotInForce), (!whom, Gap::NotForThisKind)];
        let general = first.into_iter().filter_map(|(holds, gap)| holds.then_some(gap));
        general.chain(self.needs.iter().filter_map(|need| need.gap(profile, on))).collect()
    }
}

impl Need {
    /// Why it is not met, if it is not.
    fn gap(&self, profile: &Profile, on: Date) -> Option<Gap> {
        let (holds, gap) = match self {
            Self::Grade(need) => {
                let Some(grade) = profile.grades.get(&need.field) else { return Some(Gap::NoGrade) };
                let place = |grade: &str| GRADES.iter().position(|known| *known == grade);
                let enough = place(grade).zip(place(&need.at_least)).is_some_and(|(has, needs)| has <= needs);
                (!enough, Gap::GradeTooLow)
            }
            Self::InBusiness => (!profile.in_business, Gap::NotInBusiness),
            Self::NotSeverelyListed => (profile.is_listed(), Gap::SeverelyListed),
            Self::NoRecordShown => (profile.has_shown_record(), Gap::RecordShown),
            Self::NotUnderKeyInspection => (profile.is_under_key_inspection(), Gap::UnderKeyInspection),
            Self::NoBreachWithinMonths(months) => {
                let first = before(on, *months).and_then(Date::next_day);
                (profile.breaches.iter().any(|day| *day <= on && first.is_some_and(|first| *day >= first)), Gap::CommitmentBroken)
            }
        };
        holds.then_some(gap)
    }

    /// (zh, en) for people.
    pub fn title(&self) -> (String, String) {
        let plain = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        match self {
            Self::Grade(need) => {
                let (zh, en) = need.field.title();
                (format!("{zh}领域信用等级不低于{}", need.at_least), format!("a grade of {} or better in {en}", need.at_least))
            }
            Self::InBusiness => plain("在经营主体名录中", "in the register of operators"),
            Self::NotSeverelyListed => plain("未列入严重失信主体名单", "on no severe list"),
            Self::NoRecordShown => plain("没有公示中的失信信息", "no record is published"),
            Self::NotUnderKeyInspection => plain("未列为重点监管对象", "not under special inspection"),
            Self::NoBreachWithinMonths(months) => {
                (format!("{months}个月内没有违诺认定"), format!("no commitment found broken within {months} months"))
            }
        }
    }
}
