//! List types: grounds, measures and terms of a severe list, each with its basis and the days on which it holds.

use domain::{
    ground::{Comparison, CountKind},
    record::{PenaltyKind, Sector},
};
use serde::Deserialize;
use time::Date;

use crate::{
    law::{Figure, Law, Measured, Rank},
    measures::Measures,
};

/// One ground of a list type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub cites: String,
    /// Law that does not carry the list but says the same.
    #[serde(default)]
    pub like: Option<String>,
    /// Where the ground counts: it is met where one of these is.
    #[serde(default)]
    pub rule: Vec<GroundRule>,
}

/// One way in which a counting ground is met.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundRule {
    pub counts: CountKind,
    pub comparison: Comparison,
    /// Times, percent of a fleet, or yuan.
    pub threshold: Figure,
    /// How long before the base document counts, in months or years; none of a fine.
    #[serde(default)]
    pub window: Option<Figure>,
    /// A kind of penalty that one of the counted documents has to carry.
    #[serde(default)]
    pub with_penalty: Option<PenaltyKind>,
}

impl GroundRule {
    /// Whether what it counts fits what it is compared with.
    fn fits(&self) -> bool {
        let unit = match self.counts {
            CountKind::Penalties => Measured::Time,
            CountKind::Vehicles => Measured::Percent,
            CountKind::Fine => Measured::Yuan,
        };
        let window = self.window.as_ref().map(|window| window.months().is_some());
        self.threshold.unit == unit && window == (self.counts != CountKind::Fine).then_some(true)
    }
}

/// One list type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListType {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// Instruments that carry the list; all have to be in force.
    pub basis: Vec<String>,
    /// Setting that says whether the basis was confirmed, where that is not certain.
    #[serde(default)]
    pub confirmed_by: Option<String>,
    /// The list's own term; the rulebook's where it has none.
    #[serde(default)]
    pub years: Option<Figure>,
    pub measures: Vec<String>,
    /// The sector whose unit is asked for its opinion before an entry is confirmed; which office that is, the offices say.
    #[serde(default)]
    pub opinion_of: Option<Sector>,
    /// Setting that says whether the party may ask for a hearing.
    pub hearing: String,
    /// Setting that says whether the upper level has to agree.
    pub upper_consent: String,
    pub ground: Vec<Ground>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    list_type: Vec<ListType>,
}

/// All list types.
#[derive(Clone, Debug)]
pub struct ListTypes(Vec<ListType>);

impl From<File> for ListTypes {
    fn from(file: File) -> Self {
        Self(file.list_type)
    }
}

impl ListTypes {
    /// What is wrong with their words, checked against law, settings and measures.
    pub fn faults(&self, law: &Law, measures: &Measures) -> Vec<String> {
        let mut faults = Vec::new();
        for list_type in &self.0 {
            let mut wrong = |what: String| faults.push(format!("{}: {what}", list_type.key));
            let cited = list_type.basis.iter().chain(list_type.ground.iter().map(|ground| &ground.cites));
            for cite in cited.chain(list_type.ground.iter().filter_map(|ground| ground.like.as_ref())) {
                if let Err(fault) = law.sources().exists(cite) {
                    wrong(fault.to_string());
                }
            }
            for (ground, rule) in list_type.ground.iter().flat_map(|ground| ground.rule.iter().map(move |rule| (ground, rule))) {
                if !rule.fits() {
                    wrong(format!("{}: times, percent and yuan; a window in months or years, of a fine none", ground.key));
                }
                for figure in [Some(&rule.threshold), rule.window.as_ref()].into_iter().flatten() {
                    if let Err(fault) = law.sources().exists(&figure.cites) {
                        wrong(fault.to_string());
                    }
                }
            }
            if let Some(years) = &list_type.years {
                let grade = law.rulebooks().last().and_then(|book| book.listing_grade());
                let bound = |figure: Option<&Figure>| figure.and_then(Figure::months);
                let (least, most) = grade.map_or((None, None), |grade| (bound(grade.min.as_ref()), bound(grade.max.as_ref())));
                let instrument = years.cites.split('/').next().and_then(|key| law.sources().get(key));
                let is_law = instrument.is_some_and(|source| matches!(source.rank, Rank::Law | Rank::AdministrativeRegulation));
                match years.months() {
                    _ if years.unit != Measured::Year => wrong("years: whole years are needed".to_owned()),
                    months if months < least => wrong("years: under the legal minimum of a severe list".to_owned()),
                    months if most.is_some() && months > most && !is_law => wrong(
                        "years: over the legal maximum of a severe list, which needs a law or an administrative regulation".to_owned(),
                    ),
                    _ => {}
                }
                if let Err(fault) = law.sources().exists(&years.cites) {
                    wrong(fault.to_string());
                }
            }
            for setting in [&list_type.hearing, &list_type.upper_consent].into_iter().chain(&list_type.confirmed_by) {
                if law.settings().get(setting).is_none() {
                    wrong(format!("unknown setting “{setting}”; allowed: {}", law.settings().keys()));
                }
            }
            for measure in list_type.measures.iter().filter(|measure| measures.get(measure).is_none()) {
                wrong(format!("unknown measure “{measure}”; allowed: {}", measures.keys().join(", ")));
            }
            if list_type.basis.is_empty() || list_type.ground.is_empty() {
                wrong("needs a basis and a ground".to_owned());
            }
        }
        faults
    }

    pub fn get(&self, key: &str) -> Option<&ListType> {
        self.0.iter().find(|list_type| list_type.key == key)
    }

    pub fn all(&self) -> &[ListType] {
        &self.0
    }

    pub fn keys(&self) -> Vec<&str> {
        self.0.iter().map(|list_type| list_type.key.as_str()).collect()
    }
}

impl ListType {
    /// Whether every instrument of the basis is in force on a day; `setting` reads settings as they stand.
    pub fn holds_on(&self, law: &Law, day: Date, setting: impl Fn(&str) -> Option<String>) -> bool {
        let confirmed = self.confirmed_by.as_ref().is_none_or(|key| setting(key).as_deref() == Some("true"));
        confirmed && self.basis.iter().all(|cite| law.sources().check(cite, day).is_ok())
    }

    pub fn ground(&self, key: &str) -> Option<&Ground> {
        self.ground.iter().find(|ground| ground.key == key)
    }

    /// Months on the list: those that are given, else the list type's own, else the maximum of the grade by the law of a day.
    pub fn months(&self, law: &Law, years: Option<u32>, on: Date) -> Option<u32> {
        let given = years.map(|years| years.saturating_mul(12));
        given.or_else(|| self.years.as_ref()?.months()).or_else(|| law.rulebook_on(on)?.listing_grade()?.max.as_ref()?.months())
    }
}
