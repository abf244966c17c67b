//! A board: what waits, what is late, what falls due, how deadlines were kept, what was decided. Cases and work can be
//! asked for as lists: `cases` takes the same words.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    office::Rank,
    process::{Phase, Process, Verb, Word},
};
use time::{Date, Duration};

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        office::{self, OfficeShown},
        viewer::signed_in,
        words::Words,
    },
    people::Viewer,
    store::tallies::{Reach, Tally},
};

/// How many days ahead what falls due is shown.
const AHEAD: i64 = 14;

/// The same day of the year before: how far back a board looks where nobody says.
fn a_year_before(day: Date) -> Date {
    day.replace_year(day.year() - 1).or_else(|_| (day - Duration::DAY).replace_year(day.year() - 1)).unwrap_or(day)
}

/// How many cases of a process are in a phase.
#[derive(Clone, Debug, SimpleObject)]
pub struct PhaseCount {
    /// Whose cases they are.
    pub process: EnumOf<Process>,
    /// How far they have come.
    pub phase: EnumOf<Phase>,
    /// How many there are.
    pub count: i64,
}

/// What waits at the desks of an office, and how it kept the deadlines that ended between the days of the board.
#[derive(Clone, Debug, SimpleObject)]
pub struct OfficeLine {
    /// Whose desks and deadlines they are.
    pub office: OfficeShown,
    /// Cases in which work waits at its desks.
    pub waiting: i64,
    /// Those of them whose last day has passed.
    pub overdue: i64,
    /// Deadlines of the office that were met.
    pub met: i64,
    /// Deadlines of the office that were missed.
    pub missed: i64,
    /// Met in percent of those that ended; none where none did.
    pub rate: Option<f64>,
}

/// How much falls due on a day.
#[derive(Clone, Debug, SimpleObject)]
pub struct DueDay {
    /// The last day of the work.
    pub day: Date,
    /// Cases in which such work waits.
    pub count: i64,
}

/// How often something was decided in a month.
#[derive(Clone, Debug, SimpleObject)]
pub struct DecidedCount {
    /// Such as `2026-08`.
    pub month: String,
    /// In which process.
    pub process: EnumOf<Process>,
    /// The act, as the table names it.
    pub verb: EnumOf<Verb>,
    /// What the act is called in the process.
    pub title: Words,
    /// How often it was done.
    pub count: i64,
}

/// How things stand in the bureau or in an office.
#[derive(Clone, Debug, SimpleObject)]
pub struct Board {
    /// The office that it is about; none of the whole bureau.
    pub office: Option<OfficeShown>,
    /// First day of what it looks back on.
    pub from: Date,
    /// Last day of what it looks back on.
    pub to: Date,
    /// Cases by process and phase; of an office those that it found or keeps.
    pub phases: Vec<PhaseCount>,
    /// Office by office, the one with most overdue first.
    pub offices: Vec<OfficeLine>,
    /// What falls due today and in the days ahead.
    pub days: Vec<DueDay>,
    /// Decisions from the first day to the last, by month.
    pub decided: Vec<DecidedCount>,
}

/// Queries about boards.
#[derive(Debug, Default)]
pub struct BoardQueries;

#[Object]
impl BoardQueries {
    /// How things stand: what waits, what is late, how deadlines were kept, what was decided. The policy office, auditors and
    /// leaders read that of the bureau and of each office; heads read that of their own.
    async fn board(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Key of an office; the bureau, or a head's own office, where none is named.")] office: Option<String>,
        #[graphql(desc = "First day of what it looks back on; a year ago where none is named.")] from: Option<Date>,
        #[graphql(desc = "Last day of it; today where none is named.")] to: Option<Date>,
    ) -> Result<Option<Board>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let today = app.clock.today();
        let to = to.unwrap_or(today);
        let from = from.unwrap_or_else(|| a_year_before(to));
        let shown = read(ctx, reach(viewer, office)?, (from, to)).await?;
        Ok(Some(shown))
    }
}

/// The office whose board a viewer may read: as named, or its own.
fn reach(viewer: &Viewer, named: Option<String>) -> Result<Option<String>> {
    if viewer.sees_all() || viewer.has(Rank::Leader) {
        return Ok(named);
    }
    let heads: Vec<&String> =
        viewer.seats.iter().filter(|(rank, _)| *rank == Rank::Head).filter_map(|(_, office)| office.as_ref()).collect();
    let own = match &named {
        Some(named) => heads.iter().find(|own| **own == named),
        None => heads.first(),
    };
    own.map(|own| Some((*own).clone())).ok_or_else(|| {
        let words = (
            "仅政策法规科、局领导、审计员可用；单位负责人可以查看本单位的",
            "For the policy office, leaders and auditors; a head reads that of the own office",
        );
        fault::coded("FORBIDDEN", words)
    })
}

async fn read(ctx: &Context<'_>, named: Option<String>, (from, to): (Date, Date)) -> Result<Board> {
    let app = ctx.data::<App>()?;
    let (db, today) = (&app.database, app.clock.today());
    let reach = Reach { office: named.as_deref() };
    let failed = |fault| fault::internal(&fault);
    let verbs = deciding(app);
    let keys: Vec<&str> = verbs.iter().map(|verb| verb.key()).collect();
    let desks = reach.desks(db, today).await.map_err(failed)?;
    let clocks = reach.clocks(db, from, to).await.map_err(failed)?;
    let days = reach.days(db, today, today + Duration::days(AHEAD)).await.map_err(failed)?;
    let acts = reach.acts(db, &keys, from, to).await.map_err(failed)?;
    Ok(Board {
        office: office::read(ctx, named.as_deref()).await?,
        from,
        to,
        phases: phases(&reach.phases(db).await.map_err(failed)?),
        offices: lines(ctx, &desks, &clocks).await?,
        days: days.iter().filter_map(|one| Some(DueDay { day: domain::day::parse(word(one, 0)?)?, count: one.count })).collect(),
        decided: acts.iter().filter_map(|one| decided(app, one)).collect(),
    })
}

/// Acts that decide on a right of a party in any process in force today.
fn deciding(app: &App) -> BTreeSet<Verb> {
    let rules = app.rules();
    let tables = Process::ALL.iter().filter_map(|process| rules.catalogue.on(*process, app.clock.today()));
    let all = tables.flat_map(|table| table.definition.transition.iter().filter(|row| row.decides).map(|row| row.verb).collect::<Vec<_>>());
    all.collect()
}

fn word(tally: &Tally, at: usize) -> Option<&str> {
    tally.of.get(at)?.as_deref()
}

/// The word of a closed set that stands at a place.
fn known<T: Word>(tally: &Tally, at: usize) -> Option<T> {
    let text = word(tally, at)?;
    T::all().iter().copied().find(|one| one.word() == text)
}

fn phases(found: &[Tally]) -> Vec<PhaseCount> {
    let mut all: Vec<(Process, Phase, i64)> = found.iter().filter_map(|one| Some((known(one, 0)?, known(one, 1)?, one.count))).collect();
    all.sort_unstable();
    all.into_iter().map(|(process, phase, count)| PhaseCount { process: EnumOf(process), phase: EnumOf(phase), count }).collect()
}

fn decided(app: &App, one: &Tally) -> Option<DecidedCount> {
    let (process, verb) = (known(one, 1)?, known(one, 2)?);
    let title = app.rules().catalogue.act_title(process, verb).into();
    Some(DecidedCount { month: word(one, 0)?.to_owned(), process: EnumOf(process), verb: EnumOf(verb), title, count: one.count })
}

async fn lines(ctx: &Context<'_>, desks: &[Tally], clocks: &[Tally]) -> Result<Vec<OfficeLine>> {
    let mut of: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for one in desks.iter().chain(clocks) {
        if let (Some(office), Some(what)) = (word(one, 0), word(one, 1)) {
            *of.entry(office).or_default().entry(what).or_default() += one.count;
        }
    }
    let mut all = Vec::new();
    for (key, counts) in of {
        let count = |what: &str| counts.get(what).copied().unwrap_or_default();
        let (overdue, met, missed) = (count("late"), count("met"), count("missed"));
        let Some(office) = office::read(ctx, Some(key)).await? else { continue };
        let ended = met + missed;
        let rate = (ended > 0).then(|| i32::try_from(met * 1000 / ended).map_or(0.0, f64::from) / 10.0);
        all.push(OfficeLine { office, waiting: count("waiting"), overdue, met, missed, rate });
    }
    all.sort_by_key(|line| (-line.overdue, -line.waiting));
    Ok(all)
}
