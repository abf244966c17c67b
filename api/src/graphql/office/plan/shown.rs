//! What a plan and its board look like to a client.

use std::collections::BTreeMap;

use async_graphql::SimpleObject;
use domain::{
    collection::Measured,
    plan::{Light, line_key},
    record::Sector,
    rows::{MeasureLine, PlanRun},
};
use time::Date;
use workflows::plan::{
    board::{self, Asked as AskedLine, Board, Line, Share},
    file::{Plan, Section, quota},
    share,
};

use crate::graphql::{
    case::plan as counting,
    core::{enums::EnumOf, office::OfficeShown, words::Words},
    processes::{AnyCase, plan_task::PlanTask},
};

/// A plan of the city, in the version that runs or could be started.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanShown {
    /// Key and first day: by which the board of the plan is asked for.
    pub run: String,
    /// Key, date and revision of the version.
    pub version: String,
    /// What it is called.
    pub title: Words,
    /// As the city numbers it.
    pub number: String,
    /// First day of its period; only what lies in the period counts.
    pub first: Date,
    /// Last day of its period.
    pub last: Date,
    /// The day on which it was started; none of one that was not.
    pub started_on: Option<Date>,
    /// The day on which it was closed; none of one that runs or was not started.
    pub closed_on: Option<Date>,
    /// Whether startPlan would start it, or move its tasks to this version.
    pub can_start: bool,
    /// Tasks that its table opens, and those of the duties beside it.
    pub tasks: Vec<usize>,
}

/// What one office has to do with a line.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanShareShown {
    /// Whose share it is.
    pub office: OfficeShown,
    /// How it stands.
    pub light: EnumOf<Light>,
    /// What is missing of it; none where nothing is.
    pub gap: Option<Words>,
    /// The task; none where it was not opened, or the viewer may not see it.
    pub task: Option<PlanTask>,
}

/// A frozen rate behind a line of the board.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanRate {
    /// By which `rate` shows it.
    pub id: String,
    /// Which rate.
    pub measure: EnumOf<Measured>,
    /// The day for which it was frozen.
    pub as_of: Date,
    /// How its percent is shown.
    pub percent: String,
}

/// A line of the board: a row of the plan's table, or a duty beside it.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanLineShown {
    /// Number of the row, or key of the duty.
    pub key: String,
    /// Number of the row; none of a duty.
    pub no: Option<u32>,
    /// What it asks.
    pub title: Words,
    /// Last day: the end of its stage.
    pub due: Date,
    /// How it stands.
    pub light: EnumOf<Light>,
    /// How much is asked, one line a count.
    pub quota: Vec<Words>,
    /// How much counts, in the order of `quota`; `planCounted` lists it.
    pub counted: Vec<u64>,
    /// Of rates: how the percent is shown, in the order of `quota`; none of what is no rate.
    pub percent: Vec<Option<String>>,
    /// Of rates: the frozen lines that they are counted by; `rate` and `rateFailing` show each.
    pub frozen: Vec<PlanRate>,
    /// What is missing; none where nothing is.
    pub gap: Option<Words>,
    /// Points that the plan gives for it as it stands; none where the plan prints none.
    pub points: Option<u32>,
    /// Whether it is worth a bonus alone.
    pub bonus: bool,
    /// Which posts lead it.
    pub lead: Vec<Words>,
    /// Its owners; an office sees its own share alone.
    pub shares: Vec<PlanShareShown>,
}

/// A section of the plan's table.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanSectionShown {
    /// Its number.
    pub no: u32,
    /// What it is called.
    pub title: Words,
    /// Points that the plan gives it; none where the plan prints none.
    pub points: Option<u32>,
    /// Points of its rows as they stand.
    pub got: u32,
    /// Points that the plan gives several rows together and does not split.
    pub unsplit: u32,
    /// Its rows.
    pub lines: Vec<PlanLineShown>,
}

/// A number that is watched without a quota.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanWatchShown {
    /// By which the plan knows it.
    pub key: String,
    /// What is counted.
    pub title: Words,
    /// How much there is.
    pub counted: u64,
    /// Of a survey: how the percent of the satisfied is shown.
    pub percent: Option<String>,
}

/// How many lines stand how.
#[derive(Clone, Copy, Debug, Default, SimpleObject)]
pub struct PlanLights {
    /// Met.
    pub green: u32,
    /// Not met yet.
    pub amber: u32,
    /// Not met in time.
    pub red: u32,
    /// Without data.
    pub grey: u32,
}

/// A plan as it stands on a day, counted anew at each question.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanBoard {
    /// Which plan.
    pub plan: PlanShown,
    /// The day up to which things count.
    pub as_of: Date,
    /// How many rows of the table stand how.
    pub lights: PlanLights,
    /// The sections of the table with their rows.
    pub sections: Vec<PlanSectionShown>,
    /// What the text asks beside the table; never in the score.
    pub duties: Vec<PlanLineShown>,
    /// What is watched.
    pub watched: Vec<PlanWatchShown>,
}

/// A thing that counts.
#[derive(Clone, Debug, SimpleObject)]
pub struct PlanCounted {
    /// The day on which it counts.
    pub on: Date,
    /// Which of its kind; none where it has no kinds.
    pub kind: Option<Words>,
    /// The office whose share it is.
    pub office: OfficeShown,
    /// The line of transport that it is about; none where it is about none.
    pub field: Option<EnumOf<Sector>>,
    /// Number of the case that shows it.
    pub number: String,
    /// The case; none where the viewer may not see it.
    pub case: Option<AnyCase>,
}

fn titled(zh: &str, en: &str) -> Words {
    (zh, en).into()
}

impl PlanShown {
    pub(super) fn of(plan: &Plan, row: Option<&PlanRun>, can_start: bool) -> Self {
        let (rows, duties) = plan.opens();
        Self {
            run: plan.run(),
            version: plan.version(),
            title: plan.title.clone().into(),
            number: plan.number.clone(),
            first: plan.first,
            last: plan.last,
            started_on: row.map(|row| row.started_on),
            closed_on: row.and_then(|row| row.closed_on),
            can_start,
            tasks: vec![rows, duties],
        }
    }
}

fn frozen(line: &MeasureLine) -> PlanRate {
    let share = share::Share::new(line.num.unsigned_abs(), line.den.unsigned_abs());
    PlanRate { id: line.id.clone(), measure: EnumOf(line.measure), as_of: line.as_of, percent: share.shown() }
}

/// What lines are drawn from.
pub(super) struct Drawing<'a> {
    pub plan: &'a Plan,
    pub run: &'a str,
    pub tasks: BTreeMap<String, PlanTask>,
    pub offices: BTreeMap<String, OfficeShown>,
    /// Offices whose shares the viewer sees; none where it sees all.
    pub own: Option<Vec<String>>,
}

impl Drawing<'_> {
    fn line(&self, asked: &AskedLine<'_>, line: &Line) -> PlanLineShown {
        let missing =
            line.measures.iter().flat_map(|one| one.parts.iter().filter(|part| !part.met()).map(|part| (one.count, part.clone())));
        let missing: Vec<_> = missing.collect();
        let gap = board::gap(self.plan, &missing);
        let row = asked.no.and_then(|no| self.plan.row.iter().find(|row| row.no == no));
        let lead = row.into_iter().flat_map(|row| &row.lead).filter_map(|key| self.plan.post.iter().find(|post| post.key == *key));
        PlanLineShown {
            key: line.key.clone(),
            no: asked.no,
            title: titled(asked.zh, asked.en),
            due: line.due,
            light: EnumOf(line.light),
            quota: asked.measure.iter().map(|measure| quota(measure).into()).collect(),
            counted: line.measures.iter().map(|one| one.have).collect(),
            percent: line.measures.iter().map(|one| one.share.map(share::Share::shown)).collect(),
            frozen: line.measures.iter().flat_map(|one| &one.frozen).map(frozen).collect(),
            gap: (!gap.0.is_empty()).then(|| gap.into()),
            points: line.points,
            bonus: asked.bonus,
            lead: lead.map(|post| titled(&post.zh, &post.en)).collect(),
            shares: line.shares.iter().filter_map(|share| self.share(&line.key, share)).collect(),
        }
    }

    fn share(&self, line: &str, share: &Share) -> Option<PlanShareShown> {
        if self.own.as_ref().is_some_and(|own| !own.contains(&share.office)) {
            return None;
        }
        Some(PlanShareShown {
            office: self.offices.get(&share.office)?.clone(),
            light: EnumOf(share.light),
            gap: counting::gap(self.plan, share),
            task: self.tasks.get(&line_key(self.run, line, &share.office)).cloned(),
        })
    }

    pub(super) fn board(&self, shown: PlanShown, as_of: Date, found: &Board) -> PlanBoard {
        let mut lights = PlanLights::default();
        let all: BTreeMap<_, _> = self.plan.lines().collect();
        let line = |line: &Line| all.get(&line.key).map(|asked| self.line(asked, line));
        let is_row = |line: &&Line| all.get(&line.key).is_some_and(|asked| asked.no.is_some());
        for line in found.lines.iter().filter(is_row) {
            *match line.light {
                Light::Green => &mut lights.green,
                Light::Amber => &mut lights.amber,
                Light::Red => &mut lights.red,
                Light::Grey => &mut lights.grey,
            } += 1;
        }
        let section = |section: &Section| {
            let of_section = |line: &&Line| self.plan.row.iter().any(|row| row.section == section.no && row.no.to_string() == line.key);
            let scored = found.scored.iter().find(|scored| scored.section == section.no);
            PlanSectionShown {
                no: section.no,
                title: titled(&section.zh, &section.en),
                points: section.points,
                got: scored.map_or(0, |scored| scored.got),
                unsplit: scored.map_or(0, |scored| scored.unsplit),
                lines: found.lines.iter().filter(of_section).filter_map(line).collect(),
            }
        };
        let watched = self.plan.watch.iter().zip(&found.watched).map(|(watch, found)| PlanWatchShown {
            key: watch.key.clone(),
            title: titled(&watch.zh, &watch.en),
            counted: found.have,
            percent: found.share.map(share::Share::shown),
        });
        PlanBoard {
            plan: shown,
            as_of,
            lights,
            sections: self.plan.section.iter().map(section).collect(),
            duties: found.lines.iter().filter(|line| !is_row(line)).filter_map(line).collect(),
            watched: watched.collect(),
        }
    }
}
