//! The guards that speak of other cases, of papers and of lists.

use domain::{
    binding::{BindingCapacity, BindingForm},
    command::Target,
    data::BaseKind,
    ids::RowId,
    listing::{Issued, ListingTerms},
    office::Rank,
    paper::{ChoiceKey, DateKey, DocumentKind, ReasonWord},
    process::{CaseData, Form, Process, Verb},
    publicity::{PublicityChannel, PublicityKind},
    rows::{AsText, Document, PlanFact, PlanRun, RoleAssignment, Standing},
};
use time::Duration;
use workflows::{
    definition::words::{AppearWord, Guard, PublicationWord},
    plan::{board::counted_in, file::Count},
};

use super::{Bent, fresh, stands};
use crate::engine::{
    bring,
    city::{RUN, sealed},
};

impl Bent {
    pub(super) fn bend_further(&mut self, guard: &Guard, good: bool) {
        match guard {
            Guard::NoSuchRecordYet => {
                if let (false, Some(Form::Record(form))) = (good, self.command.arguments.form.clone()) {
                    let record = self.other(Process::PublicationRecord);
                    self.twin(record, "same record", |case| {
                        if let CaseData::PublicationRecord(data) = &mut case.data.0 {
                            (data.in_force, data.base, data.form.decision_number) = (true, BaseKind::Penalty, form.decision_number);
                        }
                    });
                }
            }
            Guard::OwnJurisdiction => {
                if !good {
                    self.foreign();
                }
            }
            Guard::NoOtherApplication => {
                if !good {
                    self.twin(self.other(Process::RepairApplication), "other application", stands("unit_review"));
                }
            }
            Guard::PapersComplete => {
                if !good {
                    self.without_letter();
                }
            }
            Guard::NoSuchBinding => {
                if !good {
                    let (account, subject) = (self.city.stranger, self.city.subjects[0].0);
                    self.twin(self.other(Process::AccountBinding), "same binding", |case| {
                        (case.state, case.subject) = ("bound".to_owned(), Some(subject));
                        if let CaseData::AccountBinding(data) = &mut case.data.0 {
                            (data.account, data.subject) = (account, subject);
                        }
                    });
                }
            }
            Guard::AuthorityShown => {
                self.command.arguments.form = Some(
                    BindingForm { capacity: if good { BindingCapacity::LegalRepresentative } else { BindingCapacity::Agent }, until: None }
                        .into(),
                );
            }
            Guard::GroundCountsMet => {
                if !good {
                    self.counting();
                }
            }
            Guard::BatchIsDraft => self.edit(self.other(Process::ProposalBatch), stands(if good { "draft" } else { "submitted" })),
            Guard::NamedUnitHasSpoken => self.mine(|case| {
                if let CaseData::ProposalEntry(data) = &mut case.data.0 {
                    data.unit_agrees = good.then_some(true);
                }
            }),
            Guard::NoSuchEntryYet => {
                if !good {
                    self.twin(self.other(Process::ProposalEntry), "same entry", stands("under_review"));
                }
            }
            Guard::NoSuchListingYet => {
                if !good {
                    self.twin(self.other(Process::ListingCase), "same listing", stands("hearing"));
                }
            }
            Guard::NotOfAListing => {
                let listing = self.other(Process::ListingCase);
                self.mine(|case| case.parent = (!good).then_some(listing));
            }
            other => self.bend_served(other, good),
        }
    }

    /// The case issued a paper last, with a number of its own and without a sealed copy; in the house or not.
    fn signed_off(&mut self, in_the_house: bool) {
        let (number, today) = ("号〔2026〕1号".to_owned(), self.today());
        let Some(id) = self.case else { return };
        let issued = Issued { number: number.clone(), on: today, terms: ListingTerms::default() };
        self.mine(|case| match &mut case.data.0 {
            CaseData::ListingCase(data) => data.decided.get_or_insert(issued).number.clone_from(&number),
            CaseData::Objection(data) => data.answer_number = Some(number.clone()),
            _ => {}
        });
        self.city.snapshot.put(Document {
            id: RowId(fresh("signed off")),
            case_id: id,
            kind: DocumentKind::PriorNotice,
            sha256: "0".repeat(64),
            size: 1,
            media_type: "application/pdf".to_owned(),
            name: AsText(sealed("paper")),
            number: Some(number),
            number_key: None,
            dated_on: Some(today),
            added_on: today,
            drafted: i64::from(in_the_house),
        });
    }

    /// The commitment letter of the case is taken for another paper.
    fn without_letter(&mut self) {
        let Some(id) = self.case else { return };
        let letter = |row: &&Document| row.kind == DocumentKind::CommitmentLetter;
        let letters: Vec<_> = self.city.snapshot.rows().of::<Document>(id).filter(letter).cloned().collect();
        for letter in letters {
            self.city.snapshot.put(Document { kind: DocumentKind::Evidence, ..letter });
        }
    }

    /// Guards of a listing after its notice, and of objections.
    fn bend_served(&mut self, guard: &Guard, good: bool) {
        let today = self.today();
        match guard {
            Guard::ServedLawfully => {
                self.command.arguments.choices.insert(ChoiceKey::ServiceMethod, if good { "direct" } else { "electronic" }.to_owned());
                self.command.arguments.documents.remove(&DocumentKind::ServiceConsent);
            }
            Guard::SealedCopyKept => self.signed_off(!good),
            Guard::PartyClocksOver => {
                self.due("hearing_request", -1);
                self.due("defence", if good { -1 } else { 9 });
            }
            Guard::HearingDayCome => self.mine(|case| {
                if let CaseData::ListingCase(data) = &mut case.data.0 {
                    data.hearing_on = Some(today + Duration::days(if good { -1 } else { 5 }));
                }
            }),
            Guard::NotHeavierThanNotified => {
                let terms = match &self.command.arguments.form {
                    Some(Form::ListingDecision(terms)) => (**terms).clone(),
                    _ => ListingTerms::default(),
                };
                assert!(!terms.grounds.is_empty(), "a decision names a ground");
                let noticed = ListingTerms { grounds: if good { terms.grounds.clone() } else { Vec::new() }, ..terms };
                self.mine(|case| {
                    if let CaseData::ListingCase(data) = &mut case.data.0 {
                        data.noticed = Some(Issued { number: String::new(), on: today, terms: noticed });
                    }
                });
            }
            Guard::NoOtherObjection => {
                if let (false, Target::New(opening)) = (good, self.command.target.clone()) {
                    self.twin(self.other(Process::Objection), "other objection", |case| {
                        (case.state, case.parent, case.subject) = ("verifying".to_owned(), opening.parent, opening.subject);
                    });
                }
            }
            Guard::Challenges(word) => self.challenge(*word, good),
            other => self.bend_planned(other, good),
        }
    }

    /// Guards of tasks, of the ledger and of publicity.
    fn bend_planned(&mut self, guard: &Guard, good: bool) {
        let today = self.today();
        match guard {
            Guard::TaskFits => {
                let standing = if good { Standing::Active } else { Standing::Ended };
                let run = self.city.snapshot.rows().plan_runs[RUN].clone();
                self.city.snapshot.put(PlanRun { standing, ..run });
            }
            Guard::MeasureMet => {
                let Some(case) = self.case.map(|id| self.get(id)) else { return };
                let ledger = self.other(Process::LedgerEntry);
                let facts: Vec<_> = self.city.snapshot.rows().plan_facts.values().cloned().collect();
                for fact in facts {
                    self.city.snapshot.put(PlanFact { fallen_on: Some(today), ..fact });
                }
                let fallen_on = (!good).then_some(today);
                self.city.snapshot.put(PlanFact {
                    id: RowId(fresh("counted")),
                    case_id: ledger,
                    counted: counted_in(Count::Documents, today.year()),
                    kind: Some("work_ledger".to_owned()),
                    office: case.office,
                    field: None,
                    theme: None,
                    on_day: today,
                    until: None,
                    amount: None,
                    among: None,
                    shown: 0,
                    concluded: 0,
                    fallen_on,
                });
            }
            Guard::AnotherOfficeConfirms => {
                if !good {
                    // In the policy office, and no leader.
                    self.mine(|case| "policy_office".clone_into(&mut case.office));
                    let leads: Vec<_> =
                        self.city.snapshot.rows().roles.values().filter(|role| role.rank == Rank::Leader).cloned().collect();
                    for role in leads {
                        self.city.snapshot.put(RoleAssignment { standing: Standing::Ended, ..role });
                    }
                }
            }
            Guard::LedgerComplete => {
                let paper = DocumentKind::IssuedDocument;
                self.command.arguments.documents.insert(paper, vec![bring::paper(paper)]);
                if let Some(Form::Ledger(form)) = &mut self.command.arguments.form {
                    form.number = good.then(|| "示例〔2026〕1号".to_owned());
                }
            }
            Guard::PublicityAllowed => {
                self.command.arguments.documents.remove(&DocumentKind::ConsentToPublish);
                self.mine(|case| {
                    case.record = None;
                    if let CaseData::PublicityItem(data) = &mut case.data.0 {
                        (data.form.kind, data.form.names_person) = (PublicityKind::Article, !good);
                    }
                });
            }
            Guard::Appears(word) => {
                let here = (*word == AppearWord::Here) == good;
                self.mine(|case| {
                    if let CaseData::PublicityItem(data) = &mut case.data.0 {
                        data.form.channel = if here { PublicityChannel::BureauColumn } else { PublicityChannel::ProvincialSite };
                    }
                });
            }
            other => self.bend_submission(other, good),
        }
    }

    /// A ground that counts, and nothing that was counted; noticed as it is decided.
    pub(super) fn counting(&mut self) {
        let grounds = vec!["vehicle_over_3".to_owned()];
        match &mut self.command.arguments.form {
            Some(Form::ListingDraft(form)) => form.terms.grounds.clone_from(&grounds),
            Some(Form::EntryDraft(form)) => form.grounds.clone_from(&grounds),
            Some(Form::ListingDecision(terms)) => terms.grounds.clone_from(&grounds),
            _ => {}
        }
        self.mine(|case| match &mut case.data.0 {
            CaseData::ListingCase(data) => {
                data.form.terms.grounds.clone_from(&grounds);
                if let Some(noticed) = &mut data.noticed {
                    noticed.terms.grounds = grounds;
                }
            }
            CaseData::ProposalEntry(data) => data.form.grounds = grounds,
            _ => {}
        });
    }

    /// Rows that fix the class take it from the form, from the choice, or from what the record says.
    pub(super) fn publication(&mut self, word: PublicationWord, good: bool) {
        let opposite = if word == PublicationWord::NotDue { PublicationWord::Due } else { PublicationWord::NotDue };
        match self.row.verb {
            Verb::DetermineForPublication | Verb::DetermineUnpublished => {
                self.class(PublicationWord::Undetermined);
                let due = (word == PublicationWord::Due) == good;
                self.command.arguments.choices.insert(ChoiceKey::RecordClass, if due { "GENERAL" } else { "MINOR" }.to_owned());
            }
            Verb::FindNecessary => {
                self.class(PublicationWord::NotDue);
                let long_ago = self.today() - Duration::days(if good { 5 } else { 400 });
                self.record(|data| data.form.facts.finding_date = long_ago);
            }
            // What goes on as it was is not assessed anew.
            Verb::ResumeScheduled => self.record(|data| (data.terms.publication_due, data.terms.undetermined) = (good, false)),
            _ => self.class(if good { word } else { opposite }),
        }
    }

    /// A finding of another county.
    pub(super) fn foreign(&mut self) {
        if let Some(Form::Record(form)) = &mut self.command.arguments.form {
            "somebody else".clone_into(&mut form.body_name);
            return;
        }
        let batch = self.other(Process::ProposalBatch);
        if let Target::New(opening) = &mut self.command.target {
            opening.office = Some(if opening.office.as_deref() == Some("anyue") { "yanjiang" } else { "anyue" }.to_owned());
            let office = opening.office.clone().expect("just set");
            self.edit(batch, |case| case.office = office);
        }
    }

    /// A form of a record says of itself what its row asks for; what is corrected after an objection is to be published.
    pub fn good_form(&mut self) {
        self.record(|data| {
            (data.in_force, data.form.repair_barred_by, data.form.publish_on) = (true, None, None);
            data.form.measures.clear();
        });
        if self.row.verb == Verb::UpholdByCorrecting {
            self.class(PublicationWord::Due);
        }
    }

    /// Dates lie where an act in good order has them.
    pub fn in_good_order(&mut self) {
        // A reason of which the register knows nothing is never untrue.
        self.command.arguments.reason_code = self.command.arguments.reason_code.map(|_| ReasonWord::EvidenceInsufficient);
        let today = self.today();
        for (key, day) in &mut self.command.arguments.dates {
            if !matches!(key, DateKey::Until | DateKey::HearingOn) {
                *day = today;
            }
        }
    }
}
