//! Every date that an act, a form or a file brings has a first and a last day: a day outside is refused.

use std::collections::BTreeSet;

use api::{files::Kind, sheets::CellKind};
use domain::{
    office::Role,
    paper::{ChoiceKey, DateKey, FormDate},
    plan::TaskForm,
    process::{Form, Process, Verb},
    record::{Penalty, PenaltyKind},
    refusal::ReasonCode as Code,
};
use time::{Date, macros::date};
use workflows::definition::{
    bounds::{Ceiling, Floor},
    file::Transition,
    words::{Ask, Effect, Guard},
};

use super::{
    city::{sealed, the_rules},
    places::{Template, told},
};
use crate::permissions::sdl;

const LONG_AGO: Date = date!(1900 - 01 - 01);
const FAR_AWAY: Date = date!(2999 - 12 - 31);
/// A receipt before there was such law is told so.
const EARLY: [Code; 3] = [Code::DateOutOfOrder, Code::TooEarly, Code::NoLawInForce];
const LATE: [Code; 2] = [Code::DateInFuture, Code::DateTooLate];

fn refuses(codes: &[Code], wanted: &[Code]) -> bool {
    codes.iter().any(|code| wanted.contains(code))
}

/// What is told of a day that was long ago, and of one that is far away.
fn both(template: &Template, process: Process, row: &Transition, key: DateKey, choice: Option<&str>) -> (bool, bool) {
    let rules = the_rules();
    let outside = |day, wanted: &[Code]| {
        let mut bent = template.bent(process, row, None);
        bent.command.arguments.dates.insert(key, day);
        if let Some(word) = choice {
            bent.command.arguments.choices.insert(ChoiceKey::ShieldGround, word.to_owned());
        }
        refuses(&told(rules, &bent), wanted)
    };
    (outside(LONG_AGO, &EARLY), outside(FAR_AWAY, &LATE))
}

#[test]
fn every_date_of_every_act_has_a_first_and_a_last_day() {
    let rules = the_rules();
    let template = Template::new(rules);
    let (mut faults, mut tried) = (Vec::new(), 0);
    for version in rules.catalogue.all() {
        for row in &version.definition.transition {
            for asked in row.asks.iter().filter_map(|ask| match ask {
                Ask::Date(asked) | Ask::MayDate(asked) => Some(asked),
                _ => None,
            }) {
                let ways: Vec<(Option<&str>, &Floor)> = match &asked.from {
                    Floor::Chosen(words) => words.iter().map(|(word, floor)| (Some(word.as_str()), floor)).collect(),
                    floor => vec![(None, floor)],
                };
                for (word, floor) in ways {
                    tried += 1;
                    // The last day of a continued publication is that of its sector rule, which a guard asks for.
                    let by_a_rule = asked.to == Ceiling::SectorRule;
                    assert!(
                        !by_a_rule || row.guards.contains(&Guard::SectorRuleListed),
                        "{}: nobody asks how far the sector rule reaches",
                        row.verb
                    );
                    let wanted = (!matches!(floor, Floor::None(_)), !by_a_rule);
                    if both(&template, version.definition.key, row, asked.key, word) != wanted {
                        faults.push(format!("{} {} {} {word:?}", version.definition.key, row.verb, asked.key));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "a day outside is taken: {faults:#?}");
    assert!(tried > 30, "only {tried} dates were tried");
}

/// Puts a day into the form.
fn put(form: &mut Form, key: FormDate, day: Date) {
    match (form, key) {
        (Form::Record(form), FormDate::DecisionDate) => form.facts.finding_date = day,
        (Form::Record(form), FormDate::ValidUntil) => form.valid_until = Some(day),
        (Form::Record(form), FormDate::PublishOn) => form.publish_on = Some(day),
        (Form::Record(form), FormDate::DutiesDoneOn) => form.facts.duties_done_on = Some(day),
        (Form::Record(form), FormDate::PenaltyUntil) => {
            form.facts.penalties = vec![Penalty { kind: PenaltyKind::LicenceSuspension, size: None, until: Some(day) }];
        }
        (Form::Binding(form), FormDate::AuthorityUntil) => form.until = Some(day),
        (Form::BatchHeading(form), FormDate::Period) => form.period_last_day = day,
        (Form::Ledger(form), FormDate::HeldOn) => form.on = day,
        (Form::Ledger(form), FormDate::HeldUntil) => form.until = Some(day),
        (Form::Appearance(form), FormDate::AppearedOn) => form.on = day,
        (Form::Task(form), FormDate::TaskDue) => **form = TaskForm::Meeting { title: sealed("title"), due: day },
        (Form::Submission(form), FormDate::HandOverBy) => form.due = day,
        (Form::Commitment(form), FormDate::GivenOn) => form.given_on = day,
        (Form::Commitment(form), FormDate::PerformBy) => form.until = Some(day),
        (Form::Benefit(form), FormDate::UsedOn) => form.used_on = day,
        (form, key) => panic!("{form:?} has no {key}"),
    }
}

#[test]
fn every_date_of_every_form_has_a_first_and_a_last_day() {
    let rules = the_rules();
    let template = Template::new(rules);
    let (mut faults, mut tried) = (Vec::new(), BTreeSet::new());
    for version in rules.catalogue.all() {
        let process = version.definition.key;
        for row in &version.definition.transition {
            let keys = row.asks.iter().filter_map(|ask| if let Ask::Form(form) = ask { Some(*form) } else { None });
            for key in keys.filter(|form| form.home() == process).flat_map(domain::process::FormKey::dates) {
                let rule = version.definition.form_date.iter().find(|rule| rule.key == *key).expect("its days");
                for (day, wanted) in [(LONG_AGO, EARLY.as_slice()), (FAR_AWAY, LATE.as_slice())] {
                    if day == LONG_AGO && matches!(rule.from, Floor::None(_)) {
                        continue; // the table says why it may be as early as anybody likes
                    }
                    let mut bent = template.bent(process, row, None);
                    put(bent.command.arguments.form.as_mut().expect("a form"), *key, day);
                    if !refuses(&told(rules, &bent), wanted) {
                        faults.push(format!("{process} {} takes {day} as {key}", row.verb));
                    }
                    tried.insert(*key);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(tried, FormDate::ALL.iter().copied().collect(), "every date of a form was tried");
}

/// Dates of inputs that are neither an act's nor a form's, and why they need no days of their own.
const OTHERS: [(&str, &str, &str); 21] = [
    ("FreezeMeasuresInput", "asOf", "a day that has come: the input says so itself"),
    ("AuditFilter", "from", "a question: nothing of it is kept"),
    ("AuditFilter", "to", "a question: nothing of it is kept"),
    ("CaseFilter", "receivedFrom", "a question: nothing of it is kept"),
    ("CaseFilter", "receivedTo", "a question: nothing of it is kept"),
    ("CaseFilter", "dueFrom", "a question: nothing of it is kept"),
    ("CaseFilter", "dueTo", "a question: nothing of it is kept"),
    ("PublishedFilter", "shownFrom", "a question: nothing of it is kept"),
    ("PublishedFilter", "shownTo", "a question: nothing of it is kept"),
    ("AppointDeputyInput", "fromDay", "checked with the longest time of a deputy: DEPUTY_DAYS"),
    ("AppointDeputyInput", "until", "checked with the longest time of a deputy: DEPUTY_DAYS"),
    ("PenaltyInput", "until", "a form's: penaltyUntil"),
    ("AssessmentInput", "findingDate", "a calculator answers for any day and keeps nothing"),
    ("LimitInput", "from", "a calculator answers for any day and keeps nothing"),
    ("PauseInput", "first", "a calculator answers for any day and keeps nothing"),
    ("PauseInput", "last", "a calculator answers for any day and keeps nothing"),
    ("", "on", "a question about the law of any day"),
    ("", "asOf", "a simulation tries the law of any day and keeps nothing"),
    ("", "day", "confirmDay takes the day alone that the machine shows"),
    ("", "to", "a demo's clock, which moves forward only: CLOCK_ONLY_FORWARD; the last day of a board, which keeps nothing"),
    ("", "from", "a board looks back from any day and keeps nothing"),
];

fn camel(key: DateKey) -> String {
    let mut words = key.key().split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| format!("{name}{}{}", word[..1].to_uppercase(), &word[1..]))
}

/// Names under which a date is checked by the table of its process.
fn checked() -> BTreeSet<String> {
    DateKey::ALL.iter().map(|key| camel(*key)).chain(FormDate::ALL.iter().map(|key| key.key().to_owned())).collect()
}

#[test]
fn every_date_of_the_schema_and_of_every_file_is_checked_by_a_table_or_says_why_not() {
    let names = checked();
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for (input, field) in sdl::inputs_of("Date") {
        let other = OTHERS.iter().find(|(of, name, _)| *of == input && *name == field);
        used.extend(other.map(|(of, name, _)| (*of, *name)));
        if other.is_none() && !names.contains(&field) {
            faults.push(format!("{input}.{field}"));
        }
    }
    for kind in Kind::OF_CASES {
        faults.extend(
            kind.layout()
                .columns
                .iter()
                .filter(|column| matches!(column.kind, CellKind::Date) && !names.contains(column.key))
                .map(|column| format!("column {}", column.key)),
        );
    }
    assert!(faults.is_empty(), "nobody says between which days these lie: {faults:#?}");
    let idle: Vec<_> = OTHERS.iter().filter(|(of, name, _)| !of.is_empty() && !used.contains(&(*of, *name))).collect();
    assert!(idle.is_empty(), "no such input: {idle:?}");
}

#[test]
fn a_definition_that_asks_for_a_date_without_its_days_is_not_loaded() {
    let text = include_str!("../../workflows/definitions/listing_case/2026-04-01.1.toml");
    let good = "{ date = { key = \"served_on\", from = \"notice\", to = \"today\" } }";
    let broken = [
        ("{ date = { key = \"served_on\", to = \"today\" } }", "from"),
        ("{ date = { key = \"served_on\", from = \"notice\" } }", "to"),
        ("{ date = { key = \"served_on\", from = { none = { zh = \"无\", en = \" \" } }, to = \"today\" } }", "gives no reason"),
        ("{ date = { key = \"served_on\", from = \"forward\", to = \"today\" } }", "no case knows the first day"),
        ("{ date = { key = \"served_on\", from = \"notice\", to = { end_of = \"nothing\" } } }", "no case knows the last day"),
        ("{ date = { key = \"served_on\", from = \"tomorrow\", to = \"today\" } }", "lies in the future"),
    ];
    for (bad, words) in broken {
        let text = text.replace(good, bad).replace("revision = 1", "revision = 2");
        let told =
            the_rules().with("definitions/listing_case/2026-04-01.2.toml", &text).err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(told.contains(words), "{bad}: {told}");
    }
    let unsigned = text
        .replace(", { may_date = { key = \"signed_on\", from = \"step_before\", to = \"today\" } }", "")
        .replace("revision = 1", "revision = 2");
    let told =
        the_rules().with("definitions/listing_case/2026-04-01.2.toml", &unsigned).err().map(|fault| fault.to_string()).unwrap_or_default();
    assert!(told.contains("when it was signed"), "{told}");
}

/// A person decides, refuses for a reason that has a code, issues a paper or sends something on.
fn is_signed(row: &Transition) -> bool {
    let forwards =
        [Effect::MarkForwarded, Effect::IssueNotice, Effect::IssueDecision, Effect::IssueAnswer, Effect::NumberDecision, Effect::MarkSent];
    let issues = row.asks.iter().any(|ask| *ask == Ask::ReasonCode || matches!(ask, Ask::Document(kind) if kind.is_issued()));
    row.by_a_person() && (row.decides || issues || row.effects.iter().any(|effect| forwards.contains(effect)))
}

fn brings(row: &Transition, key: DateKey) -> bool {
    row.asks.iter().any(|ask| matches!(ask, Ask::Date(asked) | Ask::MayDate(asked) if asked.key == key))
}

#[test]
fn whoever_signs_may_say_on_which_day() {
    let rows: Vec<_> = the_rules()
        .catalogue
        .all()
        .flat_map(|version| version.definition.transition.iter().map(|row| (version.definition.key, row)))
        .filter(|(_, row)| is_signed(row))
        .collect();
    let silent: Vec<_> =
        rows.iter().filter(|(_, row)| !brings(row, DateKey::SignedOn)).map(|(process, row)| format!("{process} {}", row.verb)).collect();
    assert!(silent.is_empty(), "{silent:?}");
    assert!(rows.len() > 30, "only {} rows are signed", rows.len());
    for verb in [Verb::SendToProvince, Verb::SendSupplement, Verb::Decline, Verb::Confirm, Verb::Annul, Verb::Approve] {
        assert!(rows.iter().any(|(_, row)| row.verb == verb), "{verb} is signed");
    }
}

/// What the paper that starts a clock says of its day, for the office as for the party.
#[test]
fn a_clock_that_a_paper_starts_counts_from_its_day() {
    let rules = the_rules();
    let mut counted = 0;
    for version in rules.catalogue.all() {
        for rule in version.definition.deadline.iter().filter(|rule| rule.due_on.is_none() && rule.counts_from_act.is_none()) {
            for row in version.definition.transition.iter().filter(|row| rule.starts.contains(&row.verb) && row.who != [Role::System]) {
                for key in [DateKey::ReceivedOn, DateKey::SignedOn].into_iter().filter(|key| brings(row, *key)) {
                    counted += 1;
                    let by_receipt = key == DateKey::ReceivedOn && rule.counts_from_receipt;
                    assert!(
                        by_receipt || rule.counts_from.is_some_and(|from| brings(row, from)),
                        "{} {}: {} brings {key}",
                        version.definition.key,
                        rule.key,
                        row.verb
                    );
                }
            }
        }
    }
    assert!(counted > 15, "only {counted}");
    let broken = [
        (
            "objection",
            "counts_from_receipt = true\nlength = \"accept_days\"",
            "length = \"accept_days\"",
            "deadline acceptance: register starts it and brings received_on",
        ),
        (
            "listing_case",
            "counts_from = \"signed_on\"\nlength = \"serve_days\"",
            "length = \"serve_days\"",
            "sign_notice starts it and brings signed_on",
        ),
        ("publication_record", ", cites = [\"penalty_law_1996/art_64\"]", "", "neither cites an article nor says why"),
        ("publication_record", "penalty_law_1996/art_64", "penalty_law_2021/art_48", "was not in force on 1996-10-01"),
        (
            "objection",
            "house = { zh = \"答复前，异议人可以撤回异议\"",
            "house = { zh = \" \"",
            "withdraw: house says nothing in one of the languages",
        ),
    ];
    for (process, good, bad, words) in broken {
        let text = rules.catalogue.all().find(|version| version.definition.key.key() == process).expect("a definition").text.clone();
        assert!(text.contains(good), "{process}: {good}");
        let text = text.replace(good, bad).replace("revision = 1", "revision = 2");
        let told =
            rules.with(&format!("definitions/{process}/2026-04-01.2.toml"), &text).err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(told.contains(words), "{bad}: {told}");
    }
}
