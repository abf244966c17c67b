//! The days by which the urgency of what waits is measured.

use domain::digest::Urgency;
use time::Date;

use crate::app::App;

#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    today: Date,
    /// The working day after today: what ends before it ends today.
    next: Date,
    /// The last day that is near.
    near: Date,
}

impl Days {
    /// `near` is in working days.
    pub fn of(app: &App, today: Date, near: u32) -> Self {
        let rules = app.rules();
        let calendars = rules.law.calendars();
        let after =
            |day: Date| std::iter::successors(day.next_day(), |day| day.next_day()).find(|day| calendars.day(*day).working).unwrap_or(day);
        Self { today, next: after(today), near: (0..near).fold(today, |day, _| after(day)) }
    }

    pub fn urgency(&self, due_on: Option<Date>) -> Urgency {
        match due_on {
            Some(due) if due < self.today => Urgency::Overdue,
            Some(due) if due < self.next => Urgency::Today,
            Some(due) if due <= self.near => Urgency::Near,
            _ => Urgency::Waiting,
        }
    }

    /// The last day on which something that hurries can end.
    pub fn soon(&self) -> Date {
        self.next.previous_day().map_or(self.near, |last| last.max(self.near))
    }
}
