//! All the law that decisions are made under, built from a set of files and checked as a whole.

use std::{collections::BTreeMap, sync::Arc};

use domain::rows::LawFile;

use crate::{
    collection::{self, Items},
    commitment_types::{self, CommitmentTypes},
    definition::{Catalogue, check_carried},
    law::{FileFault, Kind, Law, LawFiles, RulesFault, path_of, sha256, single},
    ledger_kinds::{self, LedgerKinds},
    list_types::{self, ListTypes},
    measures::Measures,
    plan::file::{Plan, plans},
    processes::forms_of,
    schemes::{self, Schemes},
};

/// Where the kinds of ledger entries stand.
const LEDGER: &str = "ledger_kinds.toml";
/// Where the catalogue of credit information stands.
const ITEMS: &str = "catalogue.toml";
/// Where the types of commitments stand.
const COMMITMENTS: &str = "commitment_types.toml";
/// Where the schemes stand.
const SCHEMES: &str = "schemes.toml";

/// All the law that decisions are made under.
#[derive(Debug)]
pub struct Rules {
    pub law: Law,
    pub catalogue: Catalogue,
    pub measures: Measures,
    pub list_types: ListTypes,
    pub ledger_kinds: LedgerKinds,
    /// What may be collected: the city's catalogue of credit information.
    pub items: Items,
    pub commitment_types: CommitmentTypes,
    pub schemes: Schemes,
    /// The city's plans, the oldest first.
    pub plans: Vec<Plan>,
    files: Arc<LawFiles>,
    /// Files that were loaded beside those of the program: path and SHA-256.
    loaded: BTreeMap<String, String>,
}

impl Rules {
    /// The law built into the program.
    ///
    /// # Errors
    /// Everything that is wrong, with file, line and column.
    pub fn embedded() -> Result<Self, RulesFault> {
        Self::from_files(LawFiles::embedded())?.with_all_words()
    }

    /// The same law, if every cited article has its words or says why not.
    fn with_all_words(self) -> Result<Self, RulesFault> {
        let missing = self.law.without_words(&self.files);
        if missing.is_empty() { Ok(self) } else { Err(RulesFault(missing)) }
    }

    /// # Errors
    /// Everything that is wrong, with file, line and column.
    pub fn from_files(files: LawFiles) -> Result<Self, RulesFault> {
        let law = Law::from_files(&files)?;
        let catalogue = Catalogue::from_law_files(&files, &law, forms_of)?;
        let mut faults = Vec::new();
        let measures = single::<Measures, Measures>(&files, "measures.toml", &mut faults);
        let list_types = single::<list_types::File, list_types::File>(&files, "list_types.toml", &mut faults).map(ListTypes::from);
        let ledger_kinds = single::<ledger_kinds::File, ledger_kinds::File>(&files, LEDGER, &mut faults).map(LedgerKinds::from);
        let items = single::<collection::File, collection::File>(&files, ITEMS, &mut faults).map(Items::from);
        let commitment_types =
            single::<commitment_types::File, commitment_types::File>(&files, COMMITMENTS, &mut faults).map(CommitmentTypes::from);
        let schemes = single::<schemes::File, schemes::File>(&files, SCHEMES, &mut faults).map(Schemes::from);
        let (Some(measures), Some(list_types), Some(ledger_kinds), Some(items), Some(commitment_types), Some(schemes)) =
            (measures, list_types, ledger_kinds, items, commitment_types, schemes)
        else {
            return Err(RulesFault(faults));
        };
        for cite in measures.all().iter().flat_map(|measure| &measure.cites) {
            if let Err(fault) = law.sources().exists(cite) {
                faults.push(FileFault::at("measures.toml", files.get("measures.toml").unwrap_or_default(), &fault.to_string()));
            }
        }
        for what in list_types.faults(&law, &measures) {
            faults.push(FileFault::at("list_types.toml", files.get("list_types.toml").unwrap_or_default(), &what));
        }
        for what in ledger_kinds.faults(&law) {
            faults.push(FileFault::at(LEDGER, files.get(LEDGER).unwrap_or_default(), &what));
        }
        let wrong = [(ITEMS, items.faults(&law)), (COMMITMENTS, commitment_types.faults(&law)), (SCHEMES, schemes.faults(&law, &items))];
        for (path, found) in wrong {
            faults.extend(found.iter().map(|what| FileFault::at(path, files.get(path).unwrap_or_default(), what)));
        }
        let plans = plans(&files, &law, &mut faults);
        if faults.is_empty() {
            let (files, loaded) = (Arc::new(files), BTreeMap::new());
            Ok(Self { law, catalogue, measures, list_types, ledger_kinds, items, commitment_types, schemes, plans, files, loaded })
        } else {
            Err(RulesFault(faults))
        }
    }

    /// The law of the program with the files that were loaded since.
    ///
    /// # Errors
    /// As [`Rules::from_files`]; what was loaded was checked then, so that only another program finds a fault.
    pub fn with_rows(rows: &BTreeMap<String, LawFile>) -> Result<Self, RulesFault> {
        if let Some(row) = rows.values().find(|row| sha256(&row.text) != row.sha256) {
            return Err(RulesFault(vec![FileFault::at(&row.id, &row.text, "is not the text that was loaded: its SHA-256 differs")]));
        }
        let files = rows.values().fold(LawFiles::embedded(), |files, row| files.with(&row.id, &row.text));
        Ok(Self { loaded: loaded(rows), ..Self::from_files(files)? })
    }

    /// The same law with one more file, checked as a whole.
    ///
    /// # Errors
    /// As [`Rules::from_files`].
    pub fn with(&self, path: &str, text: &str) -> Result<Self, RulesFault> {
        let mut loaded = self.loaded.clone();
        loaded.insert(path.to_owned(), sha256(text));
        Ok(Self { loaded, ..Self::from_files((*self.files).clone().with(path, text))? })
    }

    /// The same law with more files, known by their content and checked together; each with the path where it belongs.
    ///
    /// # Errors
    /// Everything that is wrong; a fault that lies in one of the files names it as it was given.
    pub fn over(&self, given: &[(String, String)]) -> Result<(Self, Vec<String>), RulesFault> {
        let (mut files, mut loaded, mut paths, mut faults) = ((*self.files).clone(), self.loaded.clone(), Vec::new(), Vec::new());
        for (name, text) in given {
            match path_of(name, text) {
                Ok(path) => {
                    let released = Kind::of_path(&path).is_some_and(Kind::is_dated);
                    if released && files.get(&path).is_some_and(|known| known != text) {
                        faults.push(FileFault::at(
                            name,
                            text,
                            &format!("revision: “{path}” is released and never changed; allowed: a new date, revision or name"),
                        ));
                    }
                    files = files.with(&path, text);
                    loaded.insert(path.clone(), sha256(text));
                    paths.push(path);
                }
                Err(fault) => faults.push(fault),
            }
        }
        match Self::from_files(files).and_then(Self::with_all_words).and_then(|rules| rules.carried(&paths)) {
            Ok(rules) if faults.is_empty() => return Ok((Self { loaded, ..rules }, paths)),
            Ok(_) => {}
            Err(found) => faults.extend(found.0),
        }
        for fault in &mut faults {
            let named = given.iter().find(|(name, text)| path_of(name, text).is_ok_and(|path| path == fault.file));
            if let Some((name, _)) = named {
                fault.file.clone_from(name);
            }
        }
        Err(RulesFault(faults))
    }

    /// The same law, if the inputs of the program carry what its definitions at these paths ask.
    fn carried(self, paths: &[String]) -> Result<Self, RulesFault> {
        let own = Self::embedded()?.catalogue;
        let mut faults = Vec::new();
        for version in self.catalogue.all() {
            let path = format!("definitions/{}/{}.toml", version.definition.key, version.definition.version());
            if paths.contains(&path) {
                let found = check_carried::faults(&own, &version.definition);
                faults.extend(found.iter().map(|what| FileFault::at(&path, &version.text, what)));
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(RulesFault(faults)) }
    }

    /// The plan of a version.
    pub fn plan(&self, version: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.version() == version)
    }

    pub fn files(&self) -> &LawFiles {
        &self.files
    }

    /// Whether it was built from exactly these loaded files.
    pub fn stands_on(&self, rows: &BTreeMap<String, LawFile>) -> bool {
        self.loaded == loaded(rows)
    }

    /// Paths and digests of the files that were loaded.
    pub fn loaded(&self) -> &BTreeMap<String, String> {
        &self.loaded
    }
}

fn loaded(rows: &BTreeMap<String, LawFile>) -> BTreeMap<String, String> {
    rows.values().map(|row| (row.id.clone(), row.sha256.clone())).collect()
}
