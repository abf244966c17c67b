//! Nobody is listed unheard: whatever the days, the calendars and the order of acts, between service and decision lie the
//! full days of every clock of the party, unless the party waived; and what came in within them is always taken.

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use domain::{
    command::{Actor, Target},
    ids::CaseId,
    paper::DateKey,
    process::{Process, Verb},
    rows::Case,
};
use proptest::{prelude::*, test_runner::TestRunner};
use time::{Date, Duration, macros::date};
use workflows::engine::{Rules, decide};

use super::{bring, city::definition, places::Template, walk::Walk};
use crate::support::chance::Chance;

/// What is tried, and by how many days the dates that it brings lie before today.
type Try = (usize, i64);

const TRIED: [Verb; 15] = [
    Verb::ServeNotice,
    Verb::ServeNotice,
    Verb::FileDefence,
    Verb::WaiveDefence,
    Verb::AskForHearing,
    Verb::CallHearing,
    Verb::CloseHearing,
    Verb::AnswerDefence,
    Verb::FinishDefence,
    Verb::CorrectService,
    Verb::DecideToList,
    Verb::DecideToList,
    Verb::DecideToList,
    Verb::FileDefence,
    Verb::AnswerDefence,
];

/// The last of so many working days after a day, counted by hand.
fn last_day(rules: &Rules, from: Date, days: u32) -> Date {
    let mut day = from;
    for _ in 0..days {
        day = day.next_day().expect("a day");
        while !rules.law.calendars().day(day).working {
            day = day.next_day().expect("a day");
        }
    }
    day
}

/// A city with a listing case, made once.
static TEMPLATE: LazyLock<Template> = LazyLock::new(|| Template::new(super::city::the_rules()));
static WITH_2027: LazyLock<Rules> = LazyLock::new(|| {
    super::city::the_rules().with("law/calendar/2027.json", include_str!("../law/made_up/2027.json")).expect("a calendar")
});

struct Hearing<'r> {
    walk: Walk<'r>,
    case: CaseId,
    days: (u32, u32),
    served: Option<Date>,
    waived: bool,
    asked: bool,
}

impl Hearing<'_> {
    fn case(&self) -> Case {
        self.walk.city.snapshot.rows().cases[&self.case.to_string()].clone()
    }

    /// The last days of the defence and of the request for a hearing.
    fn last_days(&self, served: Date) -> (Date, Date) {
        (last_day(self.walk.rules, served, self.days.0), last_day(self.walk.rules, served, self.days.1))
    }

    /// Tries an act in the case; who signs the notice does not decide.
    fn attempt(&mut self, verb: Verb, before: i64) -> Result<(), TestCaseError> {
        let case = self.case();
        let version = definition(self.walk.rules, Process::ListingCase, self.walk.city.today);
        let Some(row) = version.definition.transition(&case.state, verb).cloned() else { return Ok(()) };
        let kind = self.walk.city.subjects[0].1;
        let mut brought = bring::arguments(&mut self.walk.city, &mut self.walk.chance, &row, Some(&case), kind, &case.office);
        let day = self.walk.city.today - Duration::days(before);
        for key in [DateKey::ServedOn, DateKey::ReceivedOn, DateKey::SignedOn] {
            let asked = row.asks.iter().any(|ask| format!("{ask:?}").contains(&format!("key: {key:?}")));
            if asked && (brought.dates.contains_key(&key) || before > 0) {
                brought.dates.insert(key, day);
            }
        }
        let officer = match verb {
            Verb::DecideToList => 1,
            Verb::CorrectService => 2,
            _ => 0,
        };
        let actor = Actor::Account(self.walk.city.officers[officer]);
        let command = self.walk.city.command(&mut self.walk.chance, actor, Target::Case(self.case), verb, brought);
        let given = |key| command.arguments.dates.get(&key).copied().unwrap_or(self.walk.city.today);
        let (arrived, signed) = (given(DateKey::ReceivedOn), given(DateKey::SignedOn));
        let answer = decide(self.walk.rules, &mut self.walk.city.snapshot, &command);
        self.walk.city.snapshot.settle();
        if let (Verb::FileDefence, Some(served), false, Err(refusal)) = (verb, self.served, self.waived, &answer) {
            let in_time = served <= arrived && arrived <= self.last_days(served).0 && arrived <= self.walk.city.today;
            prop_assert!(!in_time, "a defence of {arrived}, served on {served}, is refused: {refusal:?}");
        }
        if answer.is_err() {
            return Ok(());
        }
        match verb {
            Verb::ServeNotice | Verb::CorrectService => self.served = command.arguments.dates.get(&DateKey::ServedOn).copied(),
            Verb::WaiveDefence => self.waived = true,
            Verb::AskForHearing => self.asked = true,
            Verb::DecideToList => {
                let served = self.served.expect("nobody is listed without service");
                let noticed = case.data.0.listing().and_then(|data| data.noticed.as_ref()).expect("a notice").on;
                let (defence, request) = self.last_days(served);
                prop_assert!(noticed <= served, "served on {served}, signed on {noticed}");
                prop_assert!(self.waived || signed > defence, "decided on {signed}, the defence ran to {defence}");
                prop_assert!(
                    self.waived || self.asked || signed > request,
                    "decided on {signed}, a hearing could be asked for to {request}"
                );
            }
            _ => {}
        }
        Ok(())
    }
}

fn a_case<'r>(rules: &'r Rules, template: &Template, seed: u64, start: i64, days: (u32, u32)) -> Hearing<'r> {
    let version = definition(rules, Process::ListingCase, date!(2026 - 05 - 01));
    let row = version.definition.rows_of(Verb::SignNotice).next().expect("a row");
    let mut bent = template.bent(Process::ListingCase, row, None);
    bent.city.today += Duration::days(start);
    for (key, value) in [
        ("defence_days", days.0.to_string()),
        ("hearing_request_days", days.1.to_string()),
        ("listing_hearing", "true".to_owned()),
        ("listing_upper_consent", "false".to_owned()),
    ] {
        bent.city.set(key, &value);
    }
    let case = bent.case.expect("a case");
    let mut walk = Walk { rules, city: bent.city, chance: Chance(seed) };
    let mut arguments = bent.command.arguments;
    arguments.dates.clear();
    let actor = Actor::Account(walk.city.officers[0]);
    let command = walk.city.command(&mut walk.chance, actor, Target::Case(case), Verb::SignNotice, arguments);
    decide(rules, &mut walk.city.snapshot, &command).expect("the notice is signed");
    walk.city.snapshot.settle();
    Hearing { walk, case, days, served: None, waived: false, asked: false }
}

#[test]
fn nobody_is_listed_unheard() {
    let (decided, heard) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let tries = prop::collection::vec((0..TRIED.len() + 6, 0_i64..14), 1..60);
    let mut runner = TestRunner::new(ProptestConfig { cases: 400, ..ProptestConfig::default() });
    let found = runner.run(
        &(any::<u64>(), 0_i64..400, 1_u32..16, 1_u32..16, any::<bool>(), tries),
        |(seed, start, defence, request, made_up, tries)| {
            let rules = if made_up { &*WITH_2027 } else { super::city::the_rules() };
            let mut hearing = a_case(rules, &TEMPLATE, seed, start, (defence, request));
            let tries: Vec<Try> = tries;
            for (what, before) in tries {
                match TRIED.get(what) {
                    Some(verb) => hearing.attempt(*verb, if seed % 3 == 0 { 0 } else { before })?,
                    None => hearing.walk.days_pass(usize::try_from(before).expect("days")),
                }
            }
            let history = hearing.walk.city.snapshot.history(hearing.case);
            decided.fetch_add(usize::from(history.iter().any(|done| done.verb == Verb::DecideToList)), Ordering::Relaxed);
            heard.fetch_add(usize::from(history.iter().any(|done| done.verb == Verb::FileDefence)), Ordering::Relaxed);
            Ok(())
        },
    );
    assert!(found.is_ok(), "{}", found.expect_err("a counter-example"));
    let (decided, heard) = (decided.into_inner(), heard.into_inner());
    println!("{decided} of 400 were listed, {heard} were heard");
    assert!(decided > 20 && heard > 40, "only {decided} of 400 walks led to a listing, {heard} to a defence");
}
