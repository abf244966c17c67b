//! Bends a case so that a guard holds, or so that it refuses and nothing else does.

use domain::{
    command::{Actor, Command, Opening, Target},
    data::{BaseKind, RecordData},
    ids::{CaseId, PersonId, RowId},
    listing::ListingTerms,
    paper::ItemList,
    process::{CaseData, Form, Process, Verb},
    record::{FineSize, Penalty, PenaltyKind, RecordClass, SubjectKind},
    rows::{Case, Deadline, DeadlineStatus, Item, ItemStatus, Packed},
};
use time::{Date, Duration};
use uuid::Uuid;
use workflows::{
    definition::{
        file::Transition,
        words::{Guard, NeedWord, OtherCase, PublicationWord, TermWord},
    },
    engine::{Done, forwardable},
};

use super::city::{City, OFFICERS, the_rules};

mod further;
mod lines;
mod trust;

/// A case with an act that is about to be done to it.
pub struct Bent {
    pub city: City,
    pub command: Command,
    /// None for a case that the act opens.
    pub case: Option<CaseId>,
    pub row: Transition,
    pub person: Option<PersonId>,
    /// One case of every other process, to rest on or to stand in the way.
    pub others: Vec<CaseId>,
}

fn fresh(of: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, of.as_bytes())
}

/// Puts a case into a state.
pub fn stands(state: &str) -> impl FnOnce(&mut Case) + '_ {
    move |case| state.clone_into(&mut case.state)
}

impl Bent {
    fn today(&self) -> Date {
        self.city.today
    }

    pub fn get(&self, id: CaseId) -> Case {
        self.city.snapshot.rows().cases[&id.to_string()].clone()
    }

    pub fn edit(&mut self, id: CaseId, change: impl FnOnce(&mut Case)) {
        let mut case = self.get(id);
        change(&mut case);
        self.city.snapshot.put(case);
    }

    fn mine(&mut self, change: impl FnOnce(&mut Case)) {
        if let Some(id) = self.case {
            self.edit(id, change);
        }
    }

    pub fn other(&self, process: Process) -> CaseId {
        *self.others.iter().find(|id| self.get(**id).process == process).expect("one of every process")
    }

    /// The record that the case is or rests on.
    fn record_id(&self) -> CaseId {
        match (self.case.map(|id| self.get(id)), &self.command.target) {
            (Some(case), _) if case.process == Process::PublicationRecord => case.id,
            (Some(Case { record: Some(record), .. }), _) => record,
            (None, Target::New(Opening { record: Some(record), .. })) => *record,
            _ => self.other(Process::PublicationRecord),
        }
    }

    /// Changes the record as the act will find it, and as its form will make it.
    fn record(&mut self, change: impl Fn(&mut RecordData)) {
        let id = self.record_id();
        self.edit(id, |case| {
            if let CaseData::PublicationRecord(data) = &mut case.data.0 {
                change(data);
            }
        });
        if let Some(Form::Record(form)) = &mut self.command.arguments.form {
            let CaseData::PublicationRecord(mut data) = self.city.snapshot.rows().cases[&id.to_string()].data.0.clone() else { return };
            data.form = (**form).clone();
            change(&mut data);
            **form = data.form.clone();
        }
    }

    /// Puts a copy of a case beside it.
    fn twin(&mut self, of: CaseId, name: &str, change: impl FnOnce(&mut Case)) {
        let mut case = self.get(of);
        case.id = CaseId(fresh(name));
        case.number = format!("0{}", case.number);
        change(&mut case);
        self.city.snapshot.put(case);
    }

    fn did(&mut self, case: CaseId, verb: Verb, person: Option<PersonId>) {
        let on = self.today();
        self.city.snapshot.remember(case, Done { verb, person, principal: None, on });
    }

    /// The one clock of that key, due so many days from today.
    fn due(&mut self, key: &str, days: i64) {
        let Some(case) = self.case else { return };
        let old: Vec<_> = self.city.snapshot.rows().of::<Deadline>(case).filter(|row| row.key == key).cloned().collect();
        for row in old {
            self.city.snapshot.put(Deadline { status: DeadlineStatus::Void, fires_at: None, ..row });
        }
        let today = self.today();
        self.city.snapshot.put(Deadline {
            id: RowId(fresh(key)),
            case_id: case,
            key: key.to_owned(),
            owner: None,
            start_verb: String::new(),
            start_on: today,
            count: None,
            unit: None,
            parameter: None,
            article: None,
            due_on: Some(today + Duration::days(days)),
            fires_at: None,
            remind_at: None,
            status: DeadlineStatus::Open,
            provisional: 0,
            derivation: Packed::of(&()),
        });
    }

    fn settle(&mut self, case: CaseId, list: ItemList) {
        let open: Vec<_> = self
            .city
            .snapshot
            .rows()
            .of::<Item>(case)
            .filter(|item| item.list == list && item.status == ItemStatus::Open)
            .cloned()
            .collect();
        let named: Vec<_> = self.command.arguments.items.get(&list).into_iter().flatten().filter_map(|item| item.key.clone()).collect();
        for item in open.into_iter().filter(|item| !named.contains(&item.key)) {
            self.city.snapshot.put(Item { status: ItemStatus::Settled, ..item });
        }
    }

    fn open_item(&mut self, case: CaseId, list: ItemList, key: &str) {
        let opened_on = self.today();
        self.city.snapshot.put(Item {
            id: RowId(fresh(&format!("{case}{key}"))),
            case_id: case,
            list,
            key: key.to_owned(),
            words: None,
            status: ItemStatus::Open,
            opened_on,
            dated_on: None,
            settled_on: None,
        });
    }

    fn terms(&mut self, word: TermWord, last: i64) {
        let day = self.today() + Duration::days(last);
        self.record(|data| {
            (data.terms.undetermined, data.terms.class, data.continued_until) = (false, Some(RecordClass::General), None);
            match word {
                TermWord::MinTerm => data.terms.min_last_day = Some(day),
                TermWord::MaxTerm => data.terms.max_last_day = Some(day),
            }
        });
    }

    /// Facts of a record that is, is not, or may be to be published.
    fn class(&mut self, word: PublicationWord) {
        let today = self.today();
        let (kind, size) = match word {
            PublicationWord::Due => (PenaltyKind::Fine, Some(FineSize::Larger)),
            PublicationWord::NotDue => (PenaltyKind::Warning, None),
            PublicationWord::Undetermined => (PenaltyKind::Fine, None),
        };
        self.record(|data| {
            data.form.facts.penalties = vec![Penalty { kind, size, until: None }];
            (data.form.facts.finding_date, data.form.facts.duties_done_on) = (today - Duration::days(5), None);
        });
    }

    /// What a listing or an entry says of its list, in its form or in the case.
    fn list(&mut self, change: impl Fn(&mut String, &mut ListingTerms)) {
        match &mut self.command.arguments.form {
            Some(Form::ListingDraft(form)) => return change(&mut form.list_type, &mut form.terms),
            Some(Form::ListingDecision(terms)) => return change(&mut String::new(), terms),
            Some(Form::EntryDraft(form)) => {
                let mut terms = ListingTerms { grounds: form.grounds.clone(), measures: form.measures.clone(), years: None, law: None };
                change(&mut form.list_type, &mut terms);
                (form.grounds, form.measures) = (terms.grounds, terms.measures);
                return;
            }
            _ => {}
        }
        self.mine(|case| match &mut case.data.0 {
            CaseData::ListingCase(data) => {
                change(&mut data.form.list_type, &mut data.form.terms);
                if let Some(decided) = &mut data.decided {
                    change(&mut String::new(), &mut decided.terms);
                }
            }
            CaseData::ProposalEntry(data) => change(&mut data.form.list_type, &mut ListingTerms::default()),
            _ => {}
        });
    }

    /// The batch's only entry in a state.
    fn entry(&mut self, state: &str) {
        let (entry, batch) = (self.other(Process::ProposalEntry), self.other(Process::ProposalBatch));
        self.edit(entry, |case| (case.state, case.parent) = (state.to_owned(), Some(batch)));
    }

    /// Names the entries that would go to the province.
    pub fn name_entries(&mut self) {
        let batch = self.other(Process::ProposalBatch);
        self.command.arguments.cases = forwardable(the_rules(), &mut self.city.snapshot, batch).into_iter().map(|case| case.id).collect();
    }

    fn matter(&self, named: OtherCase) -> CaseId {
        match named {
            OtherCase::Batch => self.other(Process::ProposalBatch),
            OtherCase::Challenged => self.record_id(),
            OtherCase::Repairs => self.other(Process::RepairApplication),
        }
    }

    fn need(&mut self, need: NeedWord, wanted: bool) {
        let word = if wanted { "true" } else { "false" };
        match need {
            NeedWord::Hearing => self.city.set("listing_hearing", word),
            NeedWord::UpperConsent => self.city.set("listing_upper_consent", word),
            NeedWord::UnitOpinion => self.list(|list_type, _| if wanted { "overloading" } else { "transport_2018" }.clone_into(list_type)),
        }
    }

    /// Makes the guard hold (`good`), or refuse.
    pub fn bend(&mut self, guard: &Guard, good: bool) {
        match guard {
            Guard::NotThePersonWho(verbs) => {
                if let (false, Some(case)) = (good, self.case) {
                    self.did(case, verbs[0], self.person);
                }
            }
            Guard::NotThePersonIn(named) => {
                if !good {
                    let matter = self.matter(named.case);
                    if named.case == OtherCase::Repairs {
                        let record = self.case;
                        self.edit(matter, |case| case.record = record);
                    }
                    self.did(matter, named.verbs[0], self.person);
                }
            }
            Guard::NotDoneBefore(verb) => {
                if let (false, Some(case)) = (good, self.case) {
                    self.did(case, *verb, None);
                }
            }
            Guard::DoneBefore(done) => {
                if let (true, Some(case)) = (good, self.case) {
                    if let Some(since) = done.since {
                        self.did(case, since, None);
                    }
                    self.did(case, done.verb, None);
                }
            }
            Guard::StillRuns(key) => self.due(key, if good { 9 } else { -1 }),
            Guard::HasEnded(key) => self.due(key, if good { -1 } else { 9 }),
            Guard::TermOver(word) => self.terms(*word, if good { -1 } else { 9 }),
            Guard::TermRuns(word) => self.terms(*word, if good { 9 } else { -1 }),
            Guard::AllSettled(list) => match (self.case, good) {
                (Some(case), true) => self.settle(case, *list),
                (Some(case), false) => self.open_item(case, *list, "left_open"),
                _ => {}
            },
            Guard::SettingOn(key) => self.city.set(key, if good { "true" } else { "false" }),
            Guard::Publication(word) => self.publication(*word, good),
            Guard::ListTypeHasBasis => self.city.set("list_basis_overloading", if good { "true" } else { "false" }),
            Guard::ListTypeNeeds(need) => self.need(*need, good),
            Guard::ListTypeDoesWithout(need) => self.need(*need, !good),
            Guard::GroundsFromListType => {
                if !good {
                    self.list(|_, terms| terms.grounds = vec!["no_such_ground".to_owned()]);
                }
            }
            Guard::MeasuresInListType => {
                if !good {
                    self.list(|_, terms| terms.measures = vec!["no_such_measure".to_owned()]);
                }
            }
            Guard::ClerkBrings(kind) => {
                if !good {
                    let clerk = self.city.officers[OFFICERS - 1];
                    self.command.actor = Actor::Account(clerk);
                    self.person = Some(self.city.snapshot.rows().accounts[&clerk.to_string()].person);
                    self.command.arguments.documents.remove(kind);
                }
            }
            Guard::MeasuresMaySuspend => self.command.arguments.measures = (!good).then(|| vec!["no_such_measure".to_owned()]),
            Guard::SectorRuleListed => self.command.arguments.rule = good.then(|| super::city::SECTOR_RULE.to_owned()),
            other => self.bend_record(other, good),
        }
    }

    /// Guards that speak of the record, and of the entries of a batch.
    fn bend_record(&mut self, guard: &Guard, good: bool) {
        let today = self.today();
        let later = |days: i64| today + Duration::days(days);
        match guard {
            Guard::TermOfListAllowed => {
                if !good {
                    self.list(|_, terms| terms.years = Some(5));
                    // What was notified was as long, so that the decision is not heavier.
                    self.mine(|case| {
                        if let CaseData::ListingCase(data) = &mut case.data.0
                            && let Some(noticed) = &mut data.noticed
                        {
                            noticed.terms.years = Some(5);
                        }
                    });
                }
            }
            Guard::BaseDocumentInForce => self.record(|data| data.in_force = good),
            Guard::MeasuresAllowed => {
                self.record(|data| data.form.measures = if good { Vec::new() } else { vec!["no_such_measure".to_owned()] });
            }
            Guard::MayBePublished => {
                self.record(|data| data.form.facts.subject_kind = if good { SubjectKind::LegalPerson } else { SubjectKind::NaturalPerson });
            }
            Guard::DutiesDone => self.record(|data| data.duties_done_on = good.then_some(today)),
            Guard::DutiesNotDone => self.record(|data| data.duties_done_on = (!good).then_some(today)),
            Guard::NoRunningRestriction => self.record(|data| {
                data.form.facts.penalties =
                    vec![Penalty { kind: PenaltyKind::LicenceSuspension, size: None, until: (!good).then(|| later(9)) }];
            }),
            Guard::WasPublished => self.record(|data| data.published_on = good.then_some(today)),
            Guard::NotAFalsityRecord => self.record(|data| data.base = if good { BaseKind::Penalty } else { BaseKind::Falsity }),
            Guard::RecordMayBeRepaired => {
                self.record(|data| data.form.repair_barred_by = (!good).then(|| "order_36_2025/art_2".to_owned()));
            }
            Guard::NoFalsityBar => self.record(|data| data.barred_until = (!good).then(|| later(9))),
            Guard::RecordCanBeRepaired => self.edit(self.record_id(), stands(if good { "published" } else { "retracted" })),
            Guard::HasEntries => self.entry(if good { "draft" } else { "withdrawn" }),
            Guard::NoEntryUndecided => {
                if !good {
                    let entry = self.other(Process::ProposalEntry);
                    self.twin(entry, "undecided", stands("under_review"));
                }
            }
            Guard::SomeEntryConfirmed => self.entry(if good { "confirmed" } else { "rejected" }),
            Guard::NoEntryLive => self.entry(if good { "rejected" } else { "forwarded" }),
            Guard::ExportCoversConfirmed => {
                if good {
                    self.name_entries();
                } else {
                    self.command.arguments.cases.clear();
                }
            }
            Guard::NoStayOrdered => {
                if !good {
                    let record = self.record_id();
                    self.open_item(record, ItemList::ShieldGrounds, "court_stay_1");
                }
            }
            other => self.bend_further(other, good),
        }
    }

    /// A point for the act to settle.
    pub fn open(&mut self, case: CaseId, list: ItemList) {
        self.open_item(case, list, "to_settle");
    }
}
