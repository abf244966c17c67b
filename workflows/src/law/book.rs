//! All law but the process tables, read from a set of files.

use domain::{
    calendar::{CalendarFault, Calendars, YearFile},
    paper::ReasonWord,
    refusal::ReasonCode,
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use time::Date;

use super::{
    fault::{self, FileFault, RulesFault},
    figure::Figure,
    files::{LawFiles, path_of},
    holidays::Holidays,
    refusal_checks::{self, HouseRule, RefusalCheck},
    retention::{self, Retention},
    rulebook::{self, Rulebook},
    sector_rules::{self, SectorRule},
    settings::{self, Settings},
    sources::{self, Sources},
    words::AllWords,
};

/// All law but the process tables.
#[derive(Clone, Debug)]
pub struct Law {
    sources: Sources,
    settings: Settings,
    calendars: Calendars,
    holidays: Holidays,
    rulebooks: Vec<Rulebook>,
    times: Vec<Rulebook>,
    retention: Vec<Retention>,
    sector_rules: Vec<SectorRule>,
    refusal_checks: Vec<RefusalCheck>,
    house_rules: Vec<HouseRule>,
    retention_digest: String,
    rulebooks_digest: String,
    settings_digest: String,
    calendars_digest: String,
}

fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    format!("{:x}", hash.finalize())
}

/// One of the files of which there is one; what is wrong goes to the list of faults.
pub(crate) fn single<T: DeserializeOwned, P: DeserializeOwned>(files: &LawFiles, path: &str, faults: &mut Vec<FileFault>) -> Option<T> {
    let Some(text) = files.get(path) else {
        faults.push(FileFault::at(path, "", "the law file is missing"));
        return None;
    };
    fault::read::<T, P>(path, text).map_err(|found| faults.extend(found)).ok()
}

/// Every rulebook with its path, by the day from which it is in force.
fn rulebooks(files: &LawFiles, faults: &mut Vec<FileFault>) -> Vec<(String, Rulebook)> {
    let mut books = Vec::new();
    for (name, text) in files.under("rulebooks/") {
        let path = format!("rulebooks/{name}");
        match fault::read::<Rulebook, rulebook::Parts>(&path, text) {
            Ok(book) => books.push((path, book)),
            Err(found) => faults.extend(found),
        }
    }
    books.sort_by_key(|(_, book)| book.in_force_from);
    books
}

fn calendars(files: &LawFiles, faults: &mut Vec<FileFault>) -> Option<Calendars> {
    let found = Calendars::from_files(files.under("calendar/"));
    let fault = match found {
        Ok(calendars) => return Some(calendars),
        Err(fault) => fault,
    };
    let file = match &fault {
        CalendarFault::Unreadable { file, .. }
        | CalendarFault::WrongYear { file, .. }
        | CalendarFault::BadDate { file, .. }
        | CalendarFault::NoNotice { file } => format!("calendar/{file}"),
        CalendarFault::Gap { last, .. } => format!("calendar/{last}.json"),
        CalendarFault::Empty => "calendar".to_owned(),
    };
    let text = files.get(&file).unwrap_or_default();
    faults.push(match &fault {
        CalendarFault::Unreadable { fault, .. } => FileFault::json(&file, fault),
        other => FileFault::at(&file, text, &other.to_string()),
    });
    None
}

impl Law {
    /// The law built into the program.
    ///
    /// # Errors
    /// As [`Law::from_files`].
    pub fn embedded() -> Result<Self, RulesFault> {
        Self::from_files(&LawFiles::embedded())
    }

    /// # Errors
    /// Everything that is wrong, with file, line and column.
    pub fn from_files(files: &LawFiles) -> Result<Self, RulesFault> {
        let mut faults = Vec::new();
        let books = rulebooks(files, &mut faults);
        let sources = single::<sources::File, sources::File>(files, "sources.toml", &mut faults);
        let settings = single::<settings::File, settings::File>(files, "settings.toml", &mut faults);
        let retention = single::<retention::File, retention::File>(files, "retention.toml", &mut faults);
        let holidays = single::<Holidays, serde::de::IgnoredAny>(files, "holidays.toml", &mut faults);
        let sector_rules = single::<sector_rules::File, sector_rules::File>(files, "sector_rules.toml", &mut faults);
        let refusal_checks = single::<refusal_checks::File, refusal_checks::File>(files, "refusal_checks.toml", &mut faults);
        let calendars = calendars(files, &mut faults);
        let (Some(sources), Some(settings), Some(retention), Some(holidays), Some(calendars), true) =
            (sources, settings, retention, holidays, calendars, faults.is_empty())
        else {
            return Err(RulesFault(faults));
        };
        let (Some(sector_rules), Some(refusal_checks)) = (sector_rules, refusal_checks) else { return Err(RulesFault(faults)) };
        let brought = books.iter().flat_map(|(_, book)| book.source.iter().cloned());
        let sources = Sources::new(sources, brought);
        let words = AllWords::read(files, sources.all(), &mut faults);
        if !faults.is_empty() {
            return Err(RulesFault(faults));
        }
        let (rulebooks, times) = books.iter().map(|(_, book)| book.clone()).partition(Rulebook::has_terms);
        let texts = |folder: &'static str| digest(files.under(folder).map(|(_, text)| text));
        let text = |path: &str| digest(files.get(path));
        let law = Self {
            sources: sources.with_words(words),
            settings: Settings::new(settings),
            calendars,
            holidays,
            rulebooks,
            times,
            retention: retention.rule,
            sector_rules: sector_rules.sector_rule,
            refusal_checks: refusal_checks.refusal_check,
            house_rules: refusal_checks.house_rule,
            retention_digest: text("retention.toml"),
            rulebooks_digest: texts("rulebooks/"),
            settings_digest: text("settings.toml"),
            calendars_digest: texts("calendar/"),
        };
        let found = law.check(files, &books);
        if found.is_empty() { Ok(law) } else { Err(RulesFault(found)) }
    }

    fn check(&self, files: &LawFiles, books: &[(String, Rulebook)]) -> Vec<FileFault> {
        let mut faults = Vec::new();
        let mut fault = |path: &str, what: &str| faults.push(FileFault::at(path, files.get(path).unwrap_or_default(), what));
        for what in self.sources.faults() {
            let brings = |path: &&String| {
                files.get(path).is_some_and(|text| {
                    what.split('“').nth(1).and_then(|rest| rest.split('”').next()).is_some_and(|key| text.contains(key))
                })
            };
            let book = books.iter().filter(|(_, book)| !book.source.is_empty()).map(|(path, _)| path).find(brings);
            fault(book.map_or("sources.toml", String::as_str), &what);
        }
        let terms: Vec<_> = books.iter().filter(|(_, book)| book.has_terms()).collect();
        for pair in terms.windows(2) {
            let ((_, old), (path, new)) = (pair[0], pair[1]);
            let adjoins = old.in_force_to.is_none_or(|last| last.next_day() == Some(new.in_force_from));
            if !adjoins || old.in_force_from >= new.in_force_from {
                fault(path, &format!("in_force_from: leaves a gap after “{}”, or overlaps with it", old.key));
            }
        }
        for (place, (path, book)) in books.iter().enumerate() {
            for what in book.faults() {
                fault(path, &what);
            }
            if books[..place].iter().any(|(_, other)| other.key == book.key) {
                fault(path, &format!("the key “{}” stands in another rulebook", book.key));
            }
            if self.sources.get(&book.instrument).is_none() {
                fault(path, &format!("“{}” names no known instrument; a rulebook may bring its own as [[source]]", book.instrument));
            }
            for cite in book.citations() {
                if let Err(found) = self.sources.check(cite, book.in_force_from) {
                    fault(path, &found.to_string());
                }
            }
        }
        for holiday in &self.holidays.holiday {
            if let Err(found) = self.sources.exists(&holiday.cites) {
                fault("holidays.toml", &found.to_string());
            }
        }
        for (name, text) in files.under("calendar/") {
            let path = format!("calendar/{name}");
            for what in YearFile::read(name, text).map(|year| self.holidays.faults(&year)).unwrap_or_default() {
                fault(&path, &what);
            }
        }
        for what in self.settings.faults(&self.sources) {
            fault("settings.toml", &what);
        }
        for what in self.sector_rules.iter().flat_map(|rule| rule.faults(self)) {
            fault("sector_rules.toml", &what);
        }
        for what in refusal_checks::faults(&self.refusal_checks, &self.house_rules, &self.sources) {
            fault("refusal_checks.toml", &what);
        }
        self.check_retention(&mut fault);
        faults
    }

    fn check_retention(&self, fault: &mut impl FnMut(&str, &str)) {
        for rule in &self.retention {
            for cite in rule.cites.iter().chain([&rule.at_least.cites]) {
                if let Err(found) = self.sources.exists(cite) {
                    fault("retention.toml", &format!("{}: {found}", rule.key));
                }
            }
            match self.settings.get(&rule.setting).and_then(|setting| setting.min) {
                None => fault("settings.toml", &format!("retention rule {} needs a number in “{}”", rule.key, rule.setting)),
                Some(least) if least < rule.at_least.value => {
                    fault(
                        "settings.toml",
                        &format!(
                            "the setting “{}”: its min is under the {} that retention rule {} asks for",
                            rule.setting, rule.at_least.value, rule.key
                        ),
                    );
                }
                Some(_) => {}
            }
        }
    }

    /// Articles of the list of sources of which no file gives the words, nor says why they are absent. No fault of the law: a list
    /// is loaded before the words of what is new in it.
    pub fn without_words(&self, files: &LawFiles) -> Vec<FileFault> {
        self.sources.without_words(files)
    }

    /// The rule by which something is kept.
    pub fn retention(&self, key: &str) -> Option<&Retention> {
        self.retention.iter().find(|rule| rule.key == key)
    }

    /// Rules by which publication goes on after its maximum term.
    pub fn sector_rules(&self) -> &[SectorRule] {
        &self.sector_rules
    }

    /// Every reason that is given as a code, with its check.
    pub fn refusal_checks(&self) -> &[RefusalCheck] {
        &self.refusal_checks
    }

    /// What has to be so for a reason that is given as a code.
    pub fn refusal_check(&self, code: ReasonWord) -> Option<&RefusalCheck> {
        self.refusal_checks.iter().find(|check| check.code == code)
    }

    /// The rule of this house by which a guard refuses with this code; none where an article asks it.
    pub fn house_rule(&self, code: ReasonCode) -> Option<&HouseRule> {
        self.house_rules.iter().find(|rule| rule.code == code)
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn calendars(&self) -> &Calendars {
        &self.calendars
    }

    /// What looks wrong in a year's calendar and is not against the Holiday Measures; nothing for another file.
    pub fn calendar_warnings(&self, text: &str) -> Vec<String> {
        // A file may be called anything outside; what it is stands in it.
        let path = path_of("", text).unwrap_or_default();
        let year = path.strip_prefix("calendar/").and_then(|name| YearFile::read(name, text).ok());
        year.map(|year| self.holidays.warnings(&year)).unwrap_or_default()
    }

    /// Rulebooks with terms, oldest first.
    pub fn rulebooks(&self) -> &[Rulebook] {
        &self.rulebooks
    }

    /// The rulebook in force on a day; the oldest for days before all of them.
    pub fn rulebook_on(&self, day: Date) -> Option<&Rulebook> {
        self.rulebooks.iter().rev().find(|book| book.in_force_from <= day).or_else(|| self.rulebooks.first())
    }

    /// Instruments that set times of procedure only.
    pub fn times(&self) -> &[Rulebook] {
        &self.times
    }

    /// A time or sum that an instrument of procedure sets, by its key, as it was in force on a day; none where none was read.
    pub fn time_limit(&self, key: &str, day: Date) -> Option<&Figure> {
        let in_force = |book: &&Rulebook| book.in_force_from <= day && book.limit(key).is_some();
        self.times.iter().filter(in_force).max_by_key(|book| book.in_force_from)?.limit(key)
    }

    /// How long a falsity record is published and bars repair, by the rulebook of a day (Order 36 art. 25).
    pub fn falsity(&self, day: Date) -> Option<&Figure> {
        self.rulebook_on(day)?.limit("falsity")
    }

    /// Digests of what a decision was made under, for its entry.
    pub fn digests(&self) -> [(&'static str, &str); 4] {
        [
            ("calendars", &self.calendars_digest),
            ("retention", &self.retention_digest),
            ("rulebooks", &self.rulebooks_digest),
            ("settings", &self.settings_digest),
        ]
    }
}
