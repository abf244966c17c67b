//! Guards of submissions, bent.

use std::collections::BTreeMap;

use domain::{
    collection::{LineOutcome, Platform},
    ids::{CaseId, RowId},
    moment::Micros,
    process::Form,
    record::SubjectKind,
    rows::{Information, Packed, SubmissionLine},
    submission::{AnswersForm, LineAnswer, LinesForm},
};
use workflows::definition::words::{Guard, LinesWord};

use super::{Bent, fresh};

impl Bent {
    /// Guards of submissions.
    pub(super) fn bend_submission(&mut self, guard: &Guard, good: bool) {
        match guard {
            Guard::SubmissionFits => {
                if let Some(Form::Submission(form)) = &mut self.command.arguments.form {
                    // The city's platform takes nothing by the catalogue.
                    form.platform = if good { Platform::DualPublication } else { Platform::CityTransport };
                }
            }
            Guard::Lines(LinesWord::Covered | LinesWord::Corrected) => {
                let rows = if good { vec![self.collected()] } else { Vec::new() };
                let Some(case) = self.case else { return };
                let returned = self.handed(case, "another row");
                self.city.snapshot.put(SubmissionLine { outcome: (!good).then_some(LineOutcome::Returned), ..returned });
                if *guard == Guard::Lines(LinesWord::Covered) && !good {
                    let strange = vec![RowId(fresh("strange"))];
                    self.command.arguments.form = Some(Form::from(LinesForm { rows: strange }));
                    return;
                }
                self.command.arguments.form = Some(Form::from(LinesForm { rows }));
            }
            Guard::Lines(word) => {
                let Some(case) = self.case else { return };
                let waits = self.handed(case, "a row that waits");
                self.city.snapshot.put(waits);
                let accepted = (*word == LinesWord::AllAccepted) == good;
                let outcome = if accepted { LineOutcome::Accepted } else { LineOutcome::Returned };
                self.command.arguments.form = Some(Form::from(AnswersForm { answers: vec![LineAnswer { line: 1, outcome, code: None }] }));
            }
            other => self.bend_trust(other, good),
        }
    }

    /// A licence that the office of the case has collected.
    fn collected(&mut self) -> RowId {
        let (id, today) = (RowId(fresh("collected")), self.today());
        let office = self.case.map_or_else(|| "yanjiang".to_owned(), |case| self.get(case).office);
        self.city.snapshot.put(Information {
            id,
            import: None,
            record: None,
            place: 1,
            item: "licence".to_owned(),
            key: "licence".to_owned(),
            uscc: None,
            name: "某公司".to_owned(),
            kind: SubjectKind::LegalPerson,
            sectors: None,
            division: None,
            decided_on: Some(today),
            valid_from: None,
            valid_to: None,
            collected_on: today,
            ended_on: None,
            office,
            arrived_at: Micros(0),
            version: "1".to_owned(),
            fields: Packed::of(&BTreeMap::<String, String>::new()),
        });
        id
    }

    /// A line that a submission has handed over.
    fn handed(&mut self, case: CaseId, key: &str) -> SubmissionLine {
        SubmissionLine {
            id: RowId(fresh("handed")),
            case_id: case,
            information: RowId(fresh("handed row")),
            version: "1".to_owned(),
            line: 1,
            item: "licence".to_owned(),
            key: key.to_owned(),
            platform: Platform::DualPublication,
            decision: None,
            decided_on: None,
            sent_on: self.today(),
            needed: 1,
            filled: 1,
            wrong: None,
            outcome: None,
            code: None,
            answered_on: None,
        }
    }
}
