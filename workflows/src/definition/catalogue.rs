//! All versions of all processes; the legal date picks one, a case stays with its own.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    admin::AdminAct,
    office::Role,
    process::{FormKey, Process, Verb},
    rows::Case,
};
use time::Date;

use super::{
    check,
    file::{Definition, Mark, OpenCases, Parts, Rest},
    header::{PartySees, Seen},
    notes,
    words::Effect,
};
use crate::law::{FileFault, Law, LawFiles, RulesFault, read, sha256};

/// The forms that acts of a process may ask for; which they are stands with the processes, above the definitions.
pub type FormsOf = fn(Process) -> &'static [FormKey];

/// A definition with the text it was read from.
#[derive(Debug)]
pub struct Version {
    pub definition: Definition,
    pub text: String,
    /// SHA-256 of the text: what a case is pinned to.
    pub digest: String,
}

/// Every version, by process and date.
#[derive(Debug)]
pub struct Catalogue {
    versions: BTreeMap<Process, Vec<Arc<Version>>>,
}

impl Catalogue {
    /// Every process table among the law files.
    ///
    /// # Errors
    /// As [`Catalogue::from_files`].
    pub fn from_law_files(files: &LawFiles, law: &Law, forms_of: FormsOf) -> Result<Self, RulesFault> {
        let files: Vec<_> = files.under("definitions/").map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        Self::from_files(&files, law, forms_of)
    }

    /// Process tables by `<process>/<version>.toml`.
    ///
    /// # Errors
    /// Which file, line and word is wrong, or which load checks fail.
    pub fn from_files(files: &[(String, String)], law: &Law, forms_of: FormsOf) -> Result<Self, RulesFault> {
        let mut versions: BTreeMap<Process, Vec<Arc<Version>>> = BTreeMap::new();
        let mut faults = Vec::new();
        for (name, text) in files {
            let path = format!("definitions/{name}");
            let mut definition = match read::<Definition, Parts>(&path, text) {
                Ok(definition) => definition,
                Err(found) => {
                    faults.extend(found);
                    continue;
                }
            };
            if let Err(fault) = notes::expand(&mut definition) {
                faults.push(FileFault::at(&path, text, &fault));
            }
            let expected = format!("{}/{}.toml", definition.key, definition.version());
            if *name != expected {
                faults.push(FileFault::at(&path, text, &format!("revision: the name must be {expected}")));
            }
            let version = Version { definition, text: text.clone(), digest: sha256(text) };
            versions.entry(version.definition.key).or_default().push(Arc::new(version));
        }
        for list in versions.values_mut() {
            list.sort_by_key(|version| (version.definition.in_force_from, version.definition.revision));
        }
        let catalogue = Self { versions };
        if faults.is_empty() {
            for (definition, what) in check::all(&catalogue, law, forms_of) {
                let name = format!("{}/{}.toml", definition.key, definition.version());
                let text = files.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
                faults.push(FileFault::at(&format!("definitions/{name}"), text, &what));
            }
        }
        if faults.is_empty() { Ok(catalogue) } else { Err(RulesFault(faults)) }
    }

    /// The version in force on a legal date; never simply the latest.
    pub fn on(&self, process: Process, day: Date) -> Option<Arc<Version>> {
        self.versions.get(&process)?.iter().rev().find(|version| version.definition.in_force_from <= day).cloned()
    }

    /// The newest version of every process, in force or not.
    pub fn newest(&self) -> impl Iterator<Item = &Arc<Version>> {
        self.versions.values().filter_map(|list| list.last())
    }

    /// The version that a case is under: its own, whatever was made since. Only an act of its own moves a case.
    pub fn of_case(&self, case: &Case) -> Option<Arc<Version>> {
        self.pinned(case.process, &case.definition_digest)
    }

    /// The version of a case of this process that is pinned to this digest.
    pub fn pinned(&self, process: Process, digest: &str) -> Option<Arc<Version>> {
        self.versions.get(&process)?.iter().find(|version| version.digest == digest).cloned()
    }

    /// The newest version in force on a day that takes over cases of an older one: all of them, or where `asked` also
    /// those that may move. None for a case in a final state.
    pub fn move_of(&self, process: Process, digest: &str, state: &str, day: Date, asked: bool) -> Option<Arc<Version>> {
        let list = self.versions.get(&process)?;
        let own = list.iter().position(|version| version.digest == digest)?;
        let takes = |version: &Arc<Version>| match version.definition.open_cases {
            OpenCases::AllMove => version.definition.in_force_from <= day,
            OpenCases::MayMove => asked && version.definition.in_force_from <= day,
            OpenCases::Stay => false,
        };
        let lives = list[own].definition.state(state).is_some_and(|state| state.rest != Rest::Final);
        list[own + 1..].iter().rfind(|version| takes(version)).filter(|_| lives).cloned()
    }

    /// The versions of a process that are older than one of them.
    pub fn older(&self, than: &Definition) -> impl Iterator<Item = &Arc<Version>> {
        let age = (than.in_force_from, than.revision);
        self.versions
            .get(&than.key)
            .into_iter()
            .flatten()
            .filter(move |version| (version.definition.in_force_from, version.definition.revision) < age)
    }

    /// Whether a case is in a state that counts as this; not where its law is not here.
    pub fn counts_as(&self, case: &Case, mark: Mark) -> bool {
        self.of_case(case).is_some_and(|version| version.definition.counts_as(&case.state, mark))
    }

    /// The states of all versions of a process that count as this.
    pub fn states_as(&self, process: Process, mark: Mark) -> Vec<String> {
        let versions = self.versions.get(&process).into_iter().flatten();
        let states = versions.flat_map(|version| &version.definition.state).filter(|state| state.marks.contains(&mark));
        states.map(|state| state.key.clone()).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// What subjects may know of, process by process: a state that one version hides is hidden.
    pub fn seen(&self) -> Seen {
        let of = |list: &Vec<Arc<Version>>| list.iter().fold(PartySees::All, |seen, version| seen.and(&version.definition.party_sees));
        let served = |list: &Vec<Arc<Version>>| {
            let mut rows = list.iter().flat_map(|version| &version.definition.transition);
            rows.any(|row| row.who.contains(&Role::CounterClerk))
        };
        let by_counter = self.versions.iter().filter(|(_, list)| served(list));
        Seen {
            by_party: self.versions.iter().map(|(process, list)| (*process, of(list))).collect(),
            by_counter: by_counter.map(|(process, list)| (*process, of(list))).collect(),
        }
    }

    /// What an act is called in the newest version of a process that has it; its key where none has.
    pub fn act_title(&self, process: Process, verb: Verb) -> (String, String) {
        let of_house = || verb.title_of_the_house().map(|(zh, en)| (zh.to_owned(), en.to_owned()));
        let named = self.newest_with(process, verb).map(|version| version.definition.act_title(verb));
        named.or_else(of_house).unwrap_or_else(|| (verb.key().to_owned(), verb.key().to_owned()))
    }

    /// Whether some version of a process has an act.
    pub fn has(&self, process: Process, verb: Verb) -> bool {
        self.newest_with(process, verb).is_some()
    }

    fn newest_with(&self, process: Process, verb: Verb) -> Option<&Arc<Version>> {
        self.versions.get(&process)?.iter().rev().find(|version| version.definition.act_words(verb).is_some())
    }

    /// What an entry records: an act of its process, or one of the house.
    pub fn entry_title(&self, process: Option<&str>, verb: &str) -> (String, String) {
        let of_case = process.and_then(Process::from_key).zip(Verb::from_key(verb)).map(|(process, verb)| self.act_title(process, verb));
        let of_house = || AdminAct::title(verb).map(|(zh, en)| (zh.to_owned(), en.to_owned()));
        of_case.or_else(of_house).unwrap_or_else(|| (verb.to_owned(), verb.to_owned()))
    }

    /// What a process is called.
    pub fn title(&self, process: Process) -> (String, String) {
        let newest = self.versions.get(&process).and_then(|list| list.last());
        newest.map_or_else(
            || (process.key().to_owned(), process.key().to_owned()),
            |version| {
                let title = &version.definition.title;
                (title.zh.clone(), title.en.clone())
            },
        )
    }

    /// Whether some process hands something over to another office with this verb.
    pub fn hands_over(&self, verb: Verb) -> bool {
        self.all().any(|version| {
            version.definition.rows_of(verb).any(|row| row.effects.iter().any(|effect| matches!(effect, Effect::HandOver(_))))
        })
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<Version>> {
        self.versions.values().flatten()
    }
}
