//! The lines of a plan with their lights, points and watched numbers.

use domain::plan::Light;
use time::Date;

use super::{
    facts::Facts,
    quota::{self, Counted, Of, Part},
};
use crate::{
    law::Words,
    plan::{
        file::{Count, Measure, Plan, Points, Watch},
        share,
    },
};

/// What a line asks: a row of the table or a duty beside it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Number of the row, or key of the duty.
    pub key: &'a str,
    pub no: Option<u32>,
    pub zh: &'a str,
    pub en: &'a str,
    pub owners: &'a [String],
    pub stage: &'a str,
    pub measure: &'a [Measure],
    pub points: Option<Points>,
    pub bonus: bool,
}

/// One owner's share of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub office: String,
    pub met: Option<bool>,
    pub light: Light,
    /// Parts that are asked of it and are not there.
    pub missing: Vec<(Count, Part)>,
}

/// A line as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: String,
    pub due: Date,
    pub light: Light,
    pub met: Option<bool>,
    pub measures: Vec<Counted>,
    pub shares: Vec<Share>,
    /// What the plan gives for it as it stands; none where the plan prints no points.
    pub points: Option<u32>,
}

/// Points of a section, or of rows that share them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    pub section: u32,
    pub got: u32,
    /// Points that the plan gives several rows together and does not split.
    pub unsplit: u32,
}

/// A number that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    pub key: String,
    pub have: u64,
    /// Of what was asked: satisfied of those who answered, points in hundredths.
    pub share: Option<share::Share>,
}

/// A plan as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub lines: Vec<Line>,
    pub scored: Vec<Scored>,
    pub watched: Vec<Watched>,
}

impl Plan {
    /// Its lines: the rows of the table, then the duties beside it. `numbers` holds the rows' numbers as text.
    pub fn lines(&self) -> impl Iterator<Item = (String, Asked<'_>)> {
        let rows = self.row.iter().map(|row| {
            let key = row.no.to_string();
            let asked = Asked {
                key: "",
                no: Some(row.no),
                zh: &row.zh,
                en: &row.en,
                owners: &row.owners,
                stage: &row.due,
                measure: &row.measure,
                points: row.points,
                bonus: row.bonus,
            };
            (key, asked)
        });
        let duties = self.duty.iter().map(|duty| {
            let asked = Asked {
                key: &duty.key,
                no: None,
                zh: &duty.zh,
                en: &duty.en,
                owners: &duty.owners,
                stage: &duty.due,
                measure: &duty.measure,
                points: None,
                bonus: false,
            };
            (duty.key.clone(), asked)
        });
        rows.chain(duties)
    }

    /// The line of a key.
    pub fn line(&self, key: &str) -> Option<Asked<'_>> {
        self.lines().find(|(known, _)| known == key).map(|(_, asked)| asked)
    }

    /// (zh, en) of a line.
    pub fn line_title(&self, key: &str) -> Option<Words> {
        self.line(key).map(|asked| Words { zh: asked.zh.to_owned(), en: asked.en.to_owned() })
    }

    /// The last day of a line: the end of its stage.
    pub fn due(&self, asked: &Asked<'_>) -> Date {
        self.stage(asked.stage).map_or(self.last, |stage| stage.last)
    }
}

/// The whole plan.
pub fn board(facts: &Facts<'_>) -> Board {
    let lines: Vec<_> = facts.plan.lines().map(|(key, asked)| line(facts, &key, &asked)).collect();
    let scored = facts.plan.section.iter().map(|section| scored(facts.plan, section.no, &lines)).collect();
    Board { lines, scored, watched: facts.plan.watch.iter().map(|watch| watched(facts, watch)).collect() }
}

/// One line.
pub fn line(facts: &Facts<'_>, key: &str, asked: &Asked<'_>) -> Line {
    let (due, owners) = (facts.plan.due(asked), facts.plan.offices(asked.owners));
    let measures: Vec<_> = asked.measure.iter().map(|measure| quota::of(facts, measure, &owners, due)).collect();
    let met = all(measures.iter().map(|measure| measure.met));
    let gone = measures.iter().flat_map(|measure| &measure.parts).any(|part| part.gone);
    let shares = owners.iter().map(|office| share(facts, asked, office, &measures, owners.len(), due)).collect();
    Line {
        key: key.to_owned(),
        due,
        light: light(met, facts.as_of > due || gone),
        met,
        shares,
        points: points(asked, &measures, met),
        measures,
    }
}

fn light(met: Option<bool>, late: bool) -> Light {
    match (met, late) {
        (Some(true), _) => Light::Green,
        (None, _) => Light::Grey,
        (Some(false), true) => Light::Red,
        (Some(false), false) => Light::Amber,
    }
}

/// Whether all hold; none where one is not known and none is missing.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => known = None,
            Some(true) => {}
        }
    }
    known
}

/// What is asked of one owner: its own number where the measure says one, the whole of what is shared; of the policy office
/// among others, the total.
fn share(facts: &Facts<'_>, asked: &Asked<'_>, office: &str, measures: &[Counted], owners: usize, due: Date) -> Share {
    let total = owners == 1 || office == facts.lead;
    let mut missing = Vec::new();
    let mut known = Vec::new();
    for (measure, counted) in asked.measure.iter().zip(measures) {
        let own: Vec<_> = counted.parts.iter().filter(|part| total || measure.shared || is_of(facts, &part.of, office)).collect();
        let lacking: Vec<_> = own.iter().filter(|part| !part.met()).map(|part| (counted.count, (*part).clone())).collect();
        known.push(match counted.met {
            // Nothing of the measure is this owner's own: it is asked for the whole.
            Some(met) if own.is_empty() => Some(met),
            Some(_) => Some(lacking.is_empty()),
            None => None,
        });
        missing.extend(lacking);
    }
    let met = all(known.into_iter());
    let gone = missing.iter().any(|(_, part)| part.gone);
    Share { office: office.to_owned(), met, light: light(met, facts.as_of > due || gone), missing }
}

/// Whether a part of a quota is asked of this office.
fn is_of(facts: &Facts<'_>, of: &Of, office: &str) -> bool {
    match of {
        Of::Office(own) => own == office,
        Of::Field(field) => facts.plan.field.iter().any(|known| known.key == *field && known.office == office),
        Of::All | Of::Month(_) | Of::Kind(_) => false,
    }
}

fn points(asked: &Asked<'_>, measures: &[Counted], met: Option<bool>) -> Option<u32> {
    match asked.points? {
        Points::Full(full) => Some(if met == Some(true) { full } else { 0 }),
        Points::EachField(each) => {
            let fields = measures.iter().flat_map(|measure| &measure.parts).filter(|part| matches!(part.of, Of::Field(_)) && part.met());
            Some(each * u32::try_from(fields.count()).unwrap_or(0))
        }
    }
}

fn scored(plan: &Plan, section: u32, lines: &[Line]) -> Scored {
    let of_section = |no: u32| plan.row.iter().any(|row| row.no == no && row.section == section);
    let own = lines.iter().filter(|line| line.key.parse().is_ok_and(of_section));
    let unsplit = plan.unsplit.iter().filter(|unsplit| unsplit.rows.iter().all(|no| of_section(*no)));
    Scored { section, got: own.filter_map(|line| line.points).sum(), unsplit: unsplit.map(|unsplit| unsplit.points).sum() }
}

fn watched(facts: &Facts<'_>, watch: &Watch) -> Watched {
    let found = facts.watched(watch.count, &watch.of);
    let sum =
        |part: fn(&domain::rows::PlanFact) -> Option<i64>| -> u64 { found.iter().filter_map(|fact| u64::try_from(part(fact)?).ok()).sum() };
    let share = (watch.count == Count::Surveys).then(|| share::Share::new(sum(|fact| fact.amount), sum(|fact| fact.among)));
    Watched { key: watch.key.clone(), have: found.len() as u64, share }
}
