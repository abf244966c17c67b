//! All rates of a day, counted on what the house has collected and handed over: by field, division, kind and office, for a month and
//! for every plan that runs. The lists of failing records go with them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    calendar::Calendars,
    collection::{DecisionKind, LineOutcome, MeasureDraft, Measured, Platform},
    record::Sector,
};
use time::Date;

use super::{
    completeness::{Judged, judged},
    coverage::{Collected, Operator, coverage},
    dual_publication::{Answer, Asked, Decision, DualFault, DualPublication, Kind, Outcome, Rate, Sent, dual_publication},
    share::{Failing, FailingList, Share},
};

/// The scope of a rate of everything.
pub const ALL: &str = "all";

/// A row of collected information in its newest version, as far as rates look at it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub item: String,
    pub key: String,
    pub uscc: Option<String>,
    /// Keys of fields of transport, with blanks between them.
    pub sectors: Option<String>,
    pub division: Option<String>,
    pub decided_on: Option<Date>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub collected_on: Date,
    pub ended_on: Option<Date>,
    pub office: String,
}

/// A line that was handed to a platform, as far as rates look at it.
#[derive(Clone, Debug)]
pub struct Handed {
    pub item: String,
    pub key: String,
    pub platform: Platform,
    /// The office that handed it over.
    pub office: String,
    pub sent_on: Date,
    pub line: i64,
    pub needed: u64,
    pub filled: u64,
    pub wrong: Option<String>,
    pub outcome: Option<LineOutcome>,
    pub code: Option<String>,
    pub answered_on: Option<Date>,
}

/// What the catalogue says of an item.
#[derive(Clone, Debug)]
pub struct About {
    pub register: bool,
    pub counts: bool,
    pub decision: Option<DecisionKind>,
}

/// Everything that is counted.
#[derive(Clone, Debug)]
pub struct Everything<'a> {
    pub calendars: &'a Calendars,
    /// The setting [`DAYS`](super::dual_publication::DAYS).
    pub days: u32,
    pub items: HashMap<&'a str, About>,
    pub kept: &'a [Kept],
    pub handed: &'a [Handed],
    pub as_of: Date,
    /// First days of the periods that are counted.
    pub periods: BTreeSet<Date>,
}

/// A rate with the list of what fails it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub draft: MeasureDraft,
    /// A line for each failing record: key, tab, reasons with commas between them.
    pub list: String,
}

impl Counted {
    fn of<R>(measure: Measured, scope: &str, first: Option<Date>, (share, excluded): (Share, u64), failing: &FailingList<R>) -> Self {
        let draft = MeasureDraft {
            measure,
            scope: scope.to_owned(),
            first,
            num: share.num,
            den: share.den,
            excluded,
            failing: failing.records().len() as u64,
            list_sha256: failing.digest(),
        };
        Self { draft, list: failing.text() }
    }
}

/// A part of decisions that has a rate of its own.
enum Part<'a> {
    All,
    Kind(DecisionKind),
    Office(&'a str),
}

impl Part<'_> {
    fn scope(&self) -> String {
        match self {
            Self::All => ALL.to_owned(),
            Self::Kind(kind) => format!("kind|{}", kind.key()),
            Self::Office(office) => format!("office|{office}"),
        }
    }

    fn holds(&self, row: &Kept, kind: DecisionKind) -> bool {
        match self {
            Self::All => true,
            Self::Kind(own) => *own == kind,
            Self::Office(own) => row.office == *own,
        }
    }
}

/// The row's key with its item before it: by which lists name it.
fn named(item: &str, key: &str) -> String {
    format!("{item}|{key}")
}

impl Everything<'_> {
    /// Every rate.
    ///
    /// # Errors
    /// Where a day in time lies past the calendar.
    pub fn rates(&self) -> Result<Vec<Counted>, DualFault> {
        let mut found = self.covered();
        for first in &self.periods {
            found.extend(self.published(*first)?);
            found.extend(self.complete(*first));
        }
        Ok(found)
    }

    fn about(&self, item: &str) -> Option<&About> {
        self.items.get(item)
    }

    fn covered(&self) -> Vec<Counted> {
        let registered = |row: &&Kept| self.about(&row.item).is_some_and(|about| about.register);
        let rows: Vec<&Kept> = self.kept.iter().filter(registered).collect();
        let known: HashSet<&str> = rows.iter().filter_map(|row| row.uscc.as_deref()).collect();
        let pieces = self.kept.iter().filter_map(|row| {
            let operator = row.uscc.as_deref().filter(|code| known.contains(code))?;
            let about = self.about(&row.item).filter(|about| !about.register)?;
            Some(Collected { operator, counts: about.counts, collected_on: row.collected_on, ended_on: row.ended_on })
        });
        let pieces: Vec<_> = pieces.collect();
        let divisions: BTreeSet<&str> = rows.iter().filter_map(|row| row.division.as_deref()).collect();
        let mut found = vec![self.coverage_of(ALL, None, &rows, &pieces)];
        found.extend(Sector::ALL.iter().map(|field| self.coverage_of(&format!("field|{}", field.key()), Some(*field), &rows, &pieces)));
        for division in divisions {
            let own: Vec<_> = rows.iter().copied().filter(|row| row.division.as_deref() == Some(division)).collect();
            let codes: HashSet<&str> = own.iter().filter_map(|row| row.uscc.as_deref()).collect();
            let pieces: Vec<_> = pieces.iter().filter(|piece| codes.contains(piece.operator)).cloned().collect();
            found.push(self.coverage_of(&format!("division|{division}"), None, &own, &pieces));
        }
        found
    }

    fn coverage_of(&self, scope: &str, field: Option<Sector>, rows: &[&Kept], pieces: &[Collected<'_>]) -> Counted {
        let operators: Vec<_> = rows.iter().map(|row| operator(row)).collect();
        // Every piece is about one of them: those of others were left out.
        match coverage(self.as_of, field, &operators, pieces) {
            Ok(counted) => {
                let share = counted.share.unwrap_or_default();
                Counted::of(Measured::Coverage, scope, None, (share, counted.excluded), &counted.failing)
            }
            Err(_) => Counted::of(Measured::Coverage, scope, None, (Share::default(), 0), &FailingList::<Rate>::new(Vec::new())),
        }
    }

    fn published(&self, first: Date) -> Result<Vec<Counted>, DualFault> {
        let in_period = |row: &&Kept| row.decided_on.is_some_and(|day| first <= day && day <= self.as_of);
        let decided: Vec<(&Kept, DecisionKind, String)> = self
            .kept
            .iter()
            .filter(in_period)
            .filter_map(|row| Some((row, self.about(&row.item)?.decision?, named(&row.item, &row.key))))
            .collect();
        let offices: BTreeSet<&str> = decided.iter().map(|(row, ..)| row.office.as_str()).collect();
        let mut parts = vec![Part::All];
        parts.extend(DecisionKind::ALL.iter().copied().map(Part::Kind));
        parts.extend(offices.into_iter().map(Part::Office));
        let mut handed: HashMap<String, Vec<&Handed>> = HashMap::new();
        for line in self.handed.iter().filter(|line| line.platform == Platform::DualPublication) {
            handed.entry(named(&line.item, &line.key)).or_default().push(line);
        }
        for lines in handed.values_mut() {
            lines.sort_by_key(|line| (line.sent_on, line.line));
        }
        let mut found = Vec::new();
        for part in &parts {
            let own: Vec<_> = decided.iter().filter(|(row, kind, _)| part.holds(row, *kind)).collect();
            let decisions: Vec<_> = own.iter().map(|(row, kind, key)| decision(row, *kind, key)).collect();
            let sent: Vec<_> =
                own.iter().flat_map(|(.., key)| handed.get(key).into_iter().flatten().map(move |line| sent(line, key))).collect();
            let asked = Asked { as_of: self.as_of, kind: None, days: self.days };
            let counted = dual_publication(self.calendars, asked, &decisions, &sent)?;
            found.extend(rates_of(&part.scope(), first, &counted));
        }
        Ok(found)
    }

    fn complete(&self, first: Date) -> Vec<Counted> {
        let mut latest: BTreeMap<String, &Handed> = BTreeMap::new();
        let of_period =
            |line: &&Handed| line.platform == Platform::ProvincialTransport && first <= line.sent_on && line.sent_on <= self.as_of;
        for line in self.handed.iter().filter(of_period) {
            let held = latest.entry(named(&line.item, &line.key)).or_insert(line);
            if (held.sent_on, held.line) <= (line.sent_on, line.line) {
                *held = line;
            }
        }
        let offices: BTreeSet<&str> = latest.values().map(|line| line.office.as_str()).collect();
        let count = |scope: &str, office: Option<&str>| {
            let own = latest.iter().filter(|(_, line)| office.is_none_or(|office| line.office == office));
            let found = judged(own.map(|(key, line)| (key.as_str(), judgement(line))));
            let share = found.counted.share.unwrap_or_default();
            Counted::of(Measured::Completeness, scope, Some(first), (share, 0), &found.counted.failing)
        };
        let mut found = vec![count(ALL, None)];
        found.extend(offices.iter().map(|office| count(&format!("office|{office}"), Some(office))));
        found
    }
}

fn operator(row: &Kept) -> Operator<'_> {
    Operator {
        key: row.uscc.as_deref().unwrap_or(&row.key),
        fields: row.sectors.iter().flat_map(|sectors| sectors.split(' ')).filter_map(Sector::from_key).collect(),
        from: row.valid_from.unwrap_or(Date::MIN),
        until: row.valid_to,
        valid: row.uscc.is_some(),
    }
}

fn decision<'a>(row: &Kept, kind: DecisionKind, key: &'a str) -> Decision<'a> {
    let kind = match kind {
        DecisionKind::Licence => Kind::Licence,
        DecisionKind::Penalty => Kind::Penalty,
    };
    Decision { key, kind, decided_on: row.decided_on.unwrap_or(row.collected_on), annulled_on: row.ended_on, omission: false }
}

fn sent<'a>(line: &'a Handed, key: &'a str) -> Sent<'a> {
    let outcome = |outcome: LineOutcome| match outcome {
        LineOutcome::Accepted => Outcome::Accepted,
        LineOutcome::Returned => Outcome::Returned,
    };
    let answer = line.outcome.zip(line.answered_on).map(|(word, on)| Answer { outcome: outcome(word), code: line.code.as_deref(), on });
    // The first of the own check's reasons names its field behind a colon.
    let own_check = line.wrong.as_deref().and_then(|wrong| wrong.split(',').next()?.split(':').nth(1));
    Sent { key, sent_on: line.sent_on, own_check, answer }
}

fn judgement(line: &Handed) -> Judged {
    let reasons = line.wrong.iter().flat_map(|wrong| wrong.split(',')).map(str::to_owned).collect();
    Judged { reasons, cells: Share::new(line.filled, line.needed) }
}

/// The four rates of dual publication, each with its own list.
fn rates_of(scope: &str, first: Date, counted: &DualPublication) -> Vec<Counted> {
    let rates = [
        (Measured::Reported, Rate::Reported, counted.reported),
        (Measured::Timely, Rate::Timely, counted.timely),
        (Measured::Compliant, Rate::Compliant, counted.compliant),
        (Measured::FirstPass, Rate::FirstPass, counted.first_pass),
    ];
    let of = |rate: Rate| {
        let own = counted.counted.failing.records().iter().filter(|record| record.of.contains(&rate));
        FailingList::new(own.map(|record| Failing { of: Vec::new(), ..record.clone() }).collect::<Vec<Failing<Rate>>>())
    };
    rates.into_iter().map(|(measure, rate, share)| Counted::of(measure, scope, Some(first), (share, counted.pending), &of(rate))).collect()
}
