//! A deadline as a client shows it: until when, who has to act, what is left, and how it was counted.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    calendar::{Derived, Unit},
    office::Role,
    process::Verb,
    rows::{Case, Deadline, DeadlineStatus},
};
use time::Date;
use workflows::{
    definition::{Version, file::DeadlineRule},
    explain,
};

use super::{enums::EnumOf, shown::Citation, words::Words};
use crate::app::App;

/// A day of a limit: counted, or passed over for a reason.
#[derive(Clone, Debug, SimpleObject)]
pub struct CountedDay {
    /// The day that was looked at, in the order of the calendar.
    pub day: Date,
    /// Whether the limit counts it.
    pub counted: bool,
    /// Why it is passed over, or counted although it is a day of the weekend; none of an ordinary day.
    pub reason: Option<Words>,
}

/// A deadline of a case under the law that the case is under.
#[derive(Clone, Debug)]
pub struct DeadlineShown {
    pub row: Deadline,
    pub case: Case,
    pub version: Option<Arc<Version>>,
}

impl DeadlineShown {
    fn rule(&self) -> Option<&DeadlineRule> {
        self.version.as_ref()?.definition.deadline(&self.row.key)
    }

    /// How the day was found; none while it is paused.
    fn found(&self) -> Option<Derived> {
        self.row.derivation.read().filter(|_| self.row.due_on.is_some())
    }
}

/// A time of a case under the law that the case is under: how long, until when, for whom, and how it was counted.
#[Object(name = "Deadline")]
impl DeadlineShown {
    /// The deadline's key in the process's table.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// What has to be done, or what passes.
    async fn title(&self) -> Words {
        self.rule().map(|rule| (rule.zh.clone(), rule.en.clone()).into()).unwrap_or_default()
    }

    /// Whether it runs, and how it ended.
    async fn status(&self) -> EnumOf<DeadlineStatus> {
        EnumOf(self.row.status)
    }

    /// Who has to act; none of a term that only passes.
    async fn owner(&self) -> Option<Words> {
        self.row.owner.as_deref().and_then(Role::from_key).map(|role| role.title().into())
    }

    /// Whether it is the time of a question between offices, which presses nobody who handles the case.
    async fn beside(&self) -> bool {
        self.rule().is_some_and(|rule| rule.each)
    }

    /// Day of the event it counts from; that day itself is not counted.
    async fn start_on(&self) -> Date {
        self.row.start_on
    }

    /// The act that started it; none where it stands on no act.
    async fn start_verb(&self) -> Option<EnumOf<Verb>> {
        Verb::from_key(&self.row.start_verb).map(EnumOf)
    }

    /// How many of `unit` it lasts; none of a day that stands in the file.
    async fn count(&self) -> Option<i64> {
        self.row.count
    }

    /// What it is counted in.
    async fn unit(&self) -> Option<EnumOf<Unit>> {
        self.row.unit.as_deref().and_then(Unit::from_key).map(EnumOf)
    }

    /// Last day; none while it is paused.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on
    }

    /// Working days that are left after today, the last day included; 0 on the last day, less when it has passed. Only of a
    /// deadline that runs.
    async fn working_days_left(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let app = ctx.data::<App>()?;
        let due = self.row.due_on.filter(|_| self.row.status == DeadlineStatus::Open);
        Ok(due.map(|due| app.rules().law.calendars().working_days_between(app.clock.today(), due)))
    }

    /// A day past the last loaded calendar was looked up: the date may still change.
    async fn provisional(&self) -> bool {
        self.row.provisional == 1
    }

    /// The article that sets it.
    async fn article(&self, ctx: &Context<'_>) -> Result<Option<Citation>> {
        let app = ctx.data::<App>()?;
        Ok(self.row.article.as_deref().map(|key| Citation::of(&app.rules(), key)))
    }

    /// Why the house has it where no article sets it.
    async fn house_reason(&self) -> Option<Words> {
        self.rule().and_then(|rule| rule.house.clone()).map(Words::from)
    }

    /// Event, articles, parameters, pauses, every day counted and skipped with its reason, digests of the calendars: enough
    /// to count it again with nothing else, as JSON text. Of a paused deadline: as it was counted before.
    async fn derivation(&self) -> &str {
        &self.row.derivation.0
    }

    /// The derivation in sentences; none while it is paused.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<Words>> {
        let app = ctx.data::<App>()?;
        Ok(self.found().map(|found| explain::of_case(&app.rules(), self.case.process, &found).into()))
    }

    /// Every day that was looked at, in their order; empty of a day that stands in the file.
    async fn counted_days(&self) -> Vec<CountedDay> {
        let Some(Derived::Counted(counted)) = self.found() else { return Vec::new() };
        let reason = |reason: &str| Some(explain::reason_words(reason).into());
        let marked = |date: &Date| counted.limit.make_up.iter().find(|mark| mark.date == *date).and_then(|mark| reason(&mark.reason));
        let counted_days = counted.limit.counted.iter().map(|day| CountedDay { day: *day, counted: true, reason: marked(day) });
        let skipped = counted.limit.skipped.iter();
        let skipped = skipped.map(|mark| CountedDay { day: mark.date, counted: false, reason: reason(&mark.reason) });
        let mut days: Vec<_> = counted_days.chain(skipped).collect();
        days.sort_by_key(|day| day.day);
        days
    }
}
