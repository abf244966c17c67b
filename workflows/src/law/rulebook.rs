//! One instrument's substance and times: its grades with their terms, what falls into which, its time limits.

use std::collections::BTreeMap;

use domain::record::{FineSize, PenaltyKind, PenaltyProcedure, RecordClass, Sector};
use serde::Deserialize;
use time::Date;

use super::{
    figure::{Figure, Mark},
    sources::Source,
};

/// A grade of adverse information and its terms from the finding. Without terms it is not published.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// The class of Order 36 that it is; none in books that know no classes.
    #[serde(default)]
    pub class: Option<RecordClass>,
    #[serde(default)]
    pub min: Option<Figure>,
    #[serde(default)]
    pub max: Option<Figure>,
    /// How long it may be published where that was found necessary.
    #[serde(default)]
    pub necessity: Option<Figure>,
}

impl Grade {
    pub const fn published(&self) -> bool {
        self.max.is_some()
    }
}

/// Which grade a penalty falls into. Of the rules that fit the first counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Kinds of penalty; any where none is named.
    #[serde(default)]
    pub kinds: Vec<PenaltyKind>,
    #[serde(default)]
    pub procedure: Option<PenaltyProcedure>,
    #[serde(default)]
    pub size: Option<FineSize>,
    /// The rule is about entry on a severe list.
    #[serde(default)]
    pub listing: bool,
    #[serde(default)]
    pub grade: Option<String>,
    /// Where the law leaves it open: what is asked, and the grade that each answer leads to.
    #[serde(default)]
    pub asks: Option<String>,
    #[serde(default)]
    pub answers: BTreeMap<RecordClass, String>,
    pub cites: String,
    pub mark: Mark,
}

impl Rule {
    fn fits(&self, kind: PenaltyKind, procedure: PenaltyProcedure, size: Option<FineSize>) -> bool {
        !self.listing
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && self.procedure.is_none_or(|wanted| wanted == procedure)
            && (self.size.is_none() || self.size == size)
    }
}

/// A longer minimum for some sectors.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Special {
    pub sectors: Vec<Sector>,
    pub min: Figure,
}

/// A time limit that the instrument sets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub figure: Figure,
}

/// Articles that hold for every record of a book with terms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct General {
    /// How terms run.
    pub terms: String,
    /// Several penalties, a penalty's own period, natural persons.
    pub several: String,
    /// Severe lists.
    pub listing: String,
}

/// One instrument.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    pub key: String,
    pub instrument: String,
    #[serde(deserialize_with = "super::dates::day")]
    pub in_force_from: Date,
    #[serde(default, deserialize_with = "super::dates::optional")]
    pub in_force_to: Option<Date>,
    /// From the least grave to the gravest; none in books of procedure only.
    #[serde(default)]
    pub grade: Vec<Grade>,
    #[serde(default)]
    pub rule: Vec<Rule>,
    #[serde(default)]
    pub special: Option<Special>,
    #[serde(default)]
    pub limit: Vec<TimeLimit>,
    #[serde(default)]
    pub general: Option<General>,
    /// Instruments that the book brings along: its own, where the list of sources does not have it yet.
    #[serde(default)]
    pub source: Vec<Source>,
    /// Why it may come into force before the day on which it is loaded.
    #[serde(default)]
    pub retroactive: Option<String>,
}

/// The tables of a book, each read by itself where the whole cannot be read.
#[derive(Deserialize)]
pub(super) struct Parts {
    #[serde(default, rename = "grade")]
    _grade: Vec<Grade>,
    #[serde(default, rename = "rule")]
    _rule: Vec<Rule>,
    #[serde(default, rename = "limit")]
    _limit: Vec<TimeLimit>,
    #[serde(default, rename = "source")]
    _source: Vec<Source>,
}

impl Rulebook {
    /// Whether it says what is published and for how long.
    pub fn has_terms(&self) -> bool {
        !self.grade.is_empty()
    }

    pub fn place(&self, key: &str) -> Option<usize> {
        self.grade.iter().position(|grade| grade.key == key)
    }

    /// The rule for a penalty.
    pub fn rule_of(&self, kind: PenaltyKind, procedure: PenaltyProcedure, size: Option<FineSize>) -> Option<&Rule> {
        self.rule.iter().find(|rule| rule.fits(kind, procedure, size))
    }

    /// The rule for entry on a severe list.
    pub fn rule_of_listing(&self) -> Option<&Rule> {
        self.rule.iter().find(|rule| rule.listing)
    }

    /// The grade that entry on a severe list falls into; none in books that leave it open.
    pub fn listing_grade(&self) -> Option<&Grade> {
        let key = self.rule_of_listing()?.grade.as_ref()?;
        self.grade.get(self.place(key)?)
    }

    /// The minimum term of a grade in a sector; none where it is not published.
    pub fn min<'a>(&'a self, grade: &'a Grade, sector: Option<Sector>) -> Option<&'a Figure> {
        let special = self.special.as_ref().filter(|special| sector.is_some_and(|sector| special.sectors.contains(&sector)));
        grade.min.as_ref().map(|min| special.map_or(min, |special| &special.min))
    }

    /// How long what is not published otherwise may be, where that was found necessary.
    pub fn necessity(&self) -> Option<&Figure> {
        self.grade.iter().find_map(|grade| grade.necessity.as_ref())
    }

    pub fn limit(&self, key: &str) -> Option<&Figure> {
        self.limit.iter().find(|limit| limit.key == key).map(|limit| &limit.figure)
    }

    /// What the book says wrongly of itself.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for rule in &self.rule {
            let named = rule.grade.iter().chain(rule.answers.values());
            faults.extend(named.filter(|key| self.place(key).is_none()).map(|key| format!("unknown grade “{key}”")));
            let open = rule.asks.is_some() && rule.answers.len() == RecordClass::ALL.len();
            let closed = rule.asks.is_none() && rule.answers.is_empty();
            if rule.grade.is_some() != closed || (!open && !closed) {
                faults.push(format!("{}: a rule names one grade, or what it asks with a grade for every answer", rule.cites));
            }
        }
        for grade in &self.grade {
            let terms = [&grade.min, &grade.max, &grade.necessity].into_iter().flatten();
            if grade.min.is_some() != grade.max.is_some() || terms.into_iter().any(|figure| figure.months().is_none()) {
                faults.push(format!("grade {}: needs both terms or neither, in months or years", grade.key));
            }
        }
        let sizes = FineSize::ALL.iter().copied().map(Some).chain([None]);
        let every = sizes.flat_map(|size| PenaltyKind::ALL.iter().map(move |kind| (*kind, size)));
        let fits = |(kind, size)| PenaltyProcedure::ALL.iter().all(|procedure| self.rule_of(kind, *procedure, size).is_some());
        if self.has_terms() && (self.rule_of_listing().is_none() || !every.into_iter().all(fits)) {
            faults.push("a penalty, or a listing, falls under no rule".to_owned());
        }
        faults
    }

    /// Every figure of the book.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let terms = self.grade.iter().flat_map(|grade| [&grade.min, &grade.max, &grade.necessity]).flatten();
        terms.chain(self.special.iter().map(|special| &special.min)).chain(self.limit.iter().map(|limit| &limit.figure))
    }

    /// Every citation of the book.
    pub(super) fn citations(&self) -> impl Iterator<Item = &str> {
        self.figures()
            .map(|figure| figure.cites.as_str())
            .chain(self.rule.iter().map(|rule| rule.cites.as_str()))
            .chain(self.general.iter().flat_map(|general| [general.terms.as_str(), &general.several, &general.listing]))
    }
}
