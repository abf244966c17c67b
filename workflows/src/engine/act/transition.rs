//! One transition of one case while it is decided.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    command::Command,
    data::RecordData,
    ids::{IdSource, PersonId, RowId},
    office::{Rank, Role},
    paper::{DateKey, DocumentKind, ItemList},
    process::{CaseData, Verb},
    refusal::Reason,
    repair::RepairData,
    rows::{Case, Deadline, DeadlineStatus, Document, Item, ItemStatus, Row},
};
use serde_json::Value;
use time::Date;

use crate::{
    definition::{Version, file::Transition},
    engine::{
        Rules,
        act::notes,
        sight::{
            questions,
            roles::{self, ActorView, StandIn},
            snapshot::Snapshot,
        },
    },
};

/// Everything a guard may look at and an effect may change.
pub(crate) struct Act<'a> {
    pub rules: &'a Rules,
    pub snapshot: &'a mut Snapshot,
    pub command: &'a Command,
    pub version: Arc<Version>,
    pub row: Arc<Transition>,
    pub verb: Verb,
    pub actor: &'a ActorView,
    /// The case as the act leaves it, written back at the end.
    pub case: Case,
    /// The data the case would have if its form, class and terms were taken from this act.
    pub proposed: CaseData,
    pub ids: &'a mut IdSource,
    pub facts: BTreeMap<String, Value>,
}

impl Act<'_> {
    pub fn today(&self) -> Date {
        self.command.effective_on
    }

    pub fn date(&self, key: DateKey) -> Option<Date> {
        self.command.arguments.dates.get(&key).copied()
    }

    /// The day on which the paper of the act was signed; the act's own where none is given.
    pub fn signed_on(&self) -> Date {
        self.date(DateKey::SignedOn).unwrap_or(self.today())
    }

    /// The day that the act's own paper has: of its signature where the row asks for one, else that of the act.
    pub fn paper_day(&self) -> Date {
        if self.row.asks_date(DateKey::SignedOn) { self.signed_on() } else { self.today() }
    }

    /// The first day on which the act becomes possible; none where it says on which day it was signed, since waiting moves
    /// that one no more.
    pub fn opens_on(&self, day: Option<Date>) -> Option<Date> {
        day.filter(|_| self.date(DateKey::SignedOn).is_none())
    }

    /// The day on which what the act brings came in; the act's own where none is given.
    pub fn arrived_on(&self) -> Date {
        self.date(DateKey::ReceivedOn).unwrap_or(self.today())
    }

    /// Whom the actor stands in for in this act; none where any of its roles is the actor's own.
    pub fn principal(&self) -> Option<StandIn> {
        let mut found = None;
        let held = |role: &&Role| match role {
            Role::AskedOffice => self.seat_asked().is_some(),
            role => roles::holds(self.snapshot, self.actor, **role, &self.case),
        };
        for role in self.row.who.iter().filter(held) {
            let (rank, office) =
                if *role == Role::AskedOffice { self.seat_asked()? } else { roles::seat(self.snapshot, *role, &self.case)? };
            found = Some(self.actor.stands_in(rank, office.as_deref())?.clone());
        }
        found
    }

    /// The seat in which the actor answers a question, also when the act has answered it.
    fn seat_asked(&self) -> Option<(Rank, Option<String>)> {
        match notes::answered(self) {
            Some(question) => questions::seat(self.snapshot, self.actor, question),
            None => questions::of_actor(self.snapshot, self.actor, self.case.id).map(|(_, seat)| seat),
        }
    }

    /// The office on whose behalf the actor acts in this role.
    pub fn office_for(&self, role: Role) -> Option<String> {
        if role == Role::AskedOffice {
            return self.seat_asked().and_then(|(_, office)| office);
        }
        self.actor.office_for(self.snapshot, role, &self.case)
    }

    /// The persons whose act it is: the actor, and whoever is stood in for.
    pub fn persons(&self) -> Vec<PersonId> {
        self.actor.person.into_iter().chain(self.principal().map(|seat| seat.person)).collect()
    }

    /// What an act of this process is called.
    pub fn title_of(&self, verb: Verb) -> (String, String) {
        self.version.definition.act_title(verb)
    }

    /// A reason with the article that asks it: its own, else the row's first; none where a rule of the house asks it.
    pub fn cited(&self, reason: Reason) -> Reason {
        let house = self.rules.law.house_rule(reason.code).is_some();
        if house { reason } else { reason.under(self.row.article()) }
    }

    pub fn draw(&mut self) -> RowId {
        RowId(self.ids.draw())
    }

    /// The record that the case is, or is about.
    pub fn record(&self) -> Option<RecordData> {
        if let CaseData::PublicationRecord(data) = &self.proposed {
            return Some((**data).clone());
        }
        self.record_case().and_then(|case| case.data.0.record().cloned())
    }

    /// The record's case: this one, or the one the application is about.
    pub fn record_case(&self) -> Option<Case> {
        match self.case.record {
            Some(id) => self.snapshot.rows().cases.get(&id.to_string()).cloned(),
            None => matches!(self.case.data.0, CaseData::PublicationRecord(_)).then(|| self.case.clone()),
        }
    }

    pub fn record_data_mut(&mut self) -> Option<&mut RecordData> {
        match &mut self.case.data.0 {
            CaseData::PublicationRecord(data) => Some(data),
            _ => None,
        }
    }

    pub fn repair_data_mut(&mut self) -> Option<&mut RepairData> {
        match &mut self.case.data.0 {
            CaseData::RepairApplication(data) => Some(data),
            _ => None,
        }
    }

    /// The case's own rows of a table.
    pub fn mine<R: Row>(&self) -> impl Iterator<Item = &R> {
        self.snapshot.rows().of(self.case.id)
    }

    /// Whether the act brings a paper of a kind.
    pub fn brings(&self, kind: DocumentKind) -> bool {
        self.command.arguments.documents.get(&kind).is_some_and(|papers| !papers.is_empty())
    }

    /// Whether the act brings a paper of a kind, or the case has one.
    pub fn has_paper(&self, kind: DocumentKind) -> bool {
        self.brings(kind) || self.mine::<Document>().any(|paper| paper.kind == kind)
    }

    /// Open points of a list in this case.
    pub fn open_items(&self, list: ItemList) -> Vec<Item> {
        self.mine::<Item>().filter(|item| item.list == list && item.status == ItemStatus::Open).cloned().collect()
    }

    /// The deadline of that key that counts: running or paused, else the last one.
    pub fn deadline(&self, key: &str) -> Option<Deadline> {
        let mut mine: Vec<_> = self.mine::<Deadline>().filter(|row| row.key == key && row.status != DeadlineStatus::Void).collect();
        mine.sort_by_key(|row| (matches!(row.status, DeadlineStatus::Open | DeadlineStatus::Paused), row.start_on));
        mine.last().map(|row| (*row).clone())
    }

    /// The number a parameter holds: from the file, or from the setting it names.
    pub fn parameter(&self, key: &str) -> Option<u32> {
        let parameter = self.version.definition.parameter(key)?;
        parameter.value.or_else(|| self.setting_number(parameter.setting.as_deref()?))
    }

    pub fn setting_number(&self, key: &str) -> Option<u32> {
        setting_number(self.rules, self.snapshot, key)
    }

    pub fn setting(&self, key: &str) -> Option<String> {
        setting(self.rules, self.snapshot, key)
    }
}

/// A setting as it stands: changed by an administrator, else as the settings file has it.
pub(crate) fn setting(rules: &Rules, snapshot: &Snapshot, key: &str) -> Option<String> {
    match snapshot.rows().settings.get(key) {
        Some(row) => Some(row.value.clone()),
        None => rules.law.settings().text(key),
    }
}

pub(crate) fn setting_number(rules: &Rules, snapshot: &Snapshot, key: &str) -> Option<u32> {
    setting(rules, snapshot, key)?.parse().ok()
}
