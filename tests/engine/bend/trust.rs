//! Guards of credit checks, commitments, schemes, and of what an objection challenges, bent.

use domain::{
    calendar::{DayName, Derived},
    check::{AnswerKind, AnswerLine, CheckAnswer, CheckOutcome},
    command::Target,
    ids::{RowId, SubjectId},
    process::{CaseData, Form, Process},
    record::SubjectKind,
    rows::{CreditSubject, Measure, Standing},
};
use workflows::definition::words::{ChallengeWord, Guard, OutcomeWord};

use super::{Bent, fresh};
use crate::engine::city::{in_business, sealed};

impl Bent {
    /// What an objection challenges.
    pub(super) fn challenge(&mut self, word: ChallengeWord, good: bool) {
        let (application, commitment) = (self.other(Process::RepairApplication), self.other(Process::Commitment));
        match word {
            ChallengeWord::Finding => {
                if let (false, Target::New(opening)) = (good, &mut self.command.target) {
                    (opening.record, opening.parent) = (None, Some(commitment));
                }
            }
            ChallengeWord::Record => {
                if !good {
                    self.mine(|case| (case.record, case.parent) = (None, Some(commitment)));
                }
            }
            ChallengeWord::Application => self.mine(|case| case.parent = good.then_some(application)),
        }
    }

    /// Guards of credit checks, commitments and schemes.
    pub(super) fn bend_trust(&mut self, guard: &Guard, good: bool) {
        match guard {
            Guard::CheckFits => {
                if let (false, Target::New(opening), Some(Form::Check(form))) =
                    (good, self.command.target.clone(), self.command.arguments.form.clone())
                {
                    self.twin(self.other(Process::CreditCheck), "same check", |case| {
                        (case.state, case.subject) = ("answered".to_owned(), opening.subject);
                        case.office = opening.office.expect("an office");
                        if let CaseData::CreditCheck(data) = &mut case.data.0 {
                            data.form = *form;
                        }
                    });
                }
            }
            Guard::AnswerHolds => self.known(good),
            Guard::Outcome(word) => {
                if let Some(Form::CheckOutcome(form)) = &mut self.command.arguments.form {
                    (form.outcome, form.basis) = match (word, good) {
                        (OutcomeWord::ForIt, true) => (CheckOutcome::NoEffect, None),
                        (OutcomeWord::ForIt, false) => (CheckOutcome::Refused, Some(sealed("basis"))),
                        (OutcomeWord::AgainstIt, good) => (CheckOutcome::KeyReview, good.then(|| sealed("basis"))),
                    };
                }
            }
            Guard::CommitmentFits => {
                if let (false, Some(Form::Commitment(form))) = (good, &mut self.command.arguments.form) {
                    "nothing_such".clone_into(&mut form.of);
                }
            }
            Guard::PerformanceOver => {
                let today = self.today();
                let end = if good { today.previous_day() } else { Some(today) }.expect("a day");
                self.mine(|case| {
                    if let CaseData::Commitment(data) = &mut case.data.0 {
                        data.performance_end = Some(Derived::named(DayName::PerformanceEnd, end));
                        data.correct_by = None;
                    }
                });
            }
            Guard::Eligible => {
                let subject = self.company("operator");
                let row = in_business(&subject);
                self.city.snapshot.put(row);
                if let Target::New(opening) = &mut self.command.target {
                    (opening.subject, opening.office) = (Some(subject.id), Some("road_transport_centre".to_owned()));
                }
                if let (false, Some(Form::Benefit(form))) = (good, &mut self.command.arguments.form) {
                    "nothing_such".clone_into(&mut form.scheme);
                }
            }
            other => panic!("nobody has said how {other:?} is made to refuse"),
        }
    }

    /// A company of which the city knows nothing else.
    fn company(&mut self, name: &str) -> CreditSubject {
        let subject = CreditSubject {
            id: SubjectId(fresh(name)),
            kind: SubjectKind::LegalPerson,
            uscc: Some(name.to_owned()),
            id_number_hash: None,
            id_number: None,
            name: Some(name.to_owned()),
            name_key: Some(name.to_owned()),
            sealed_name: None,
        };
        self.city.snapshot.put(subject.clone());
        subject
    }

    /// The check is about a company against which a measure is in force, as its answer says or not.
    fn known(&mut self, good: bool) {
        let Some(id) = self.case else { return };
        let (subject, today) = (self.company("measured").id, self.today());
        self.city.snapshot.put(Measure {
            id: RowId(fresh("measure")),
            case_id: id,
            subject,
            key: "talk_to".to_owned(),
            standing: Standing::Active,
            from_day: today,
            lifted_on: None,
        });
        self.mine(|case| {
            case.subject = Some(subject);
            let number = if good { case.number.clone() } else { "gone".to_owned() };
            let line = AnswerLine {
                kind: AnswerKind::Measure,
                number,
                what: Some("talk_to".to_owned()),
                sector: None,
                class: None,
                until: None,
                shown: false,
            };
            if let CaseData::CreditCheck(data) = &mut case.data.0 {
                data.answer = Some(CheckAnswer { on: today, lines: vec![line] });
            }
        });
    }
}
