//! The law as it is built into the program.

use domain::calendar::{CalendarFault, Calendars};
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use time::Date;

use super::{retention::{self, Retention}, rulebook::Rulebook, settings::{self, Settings}, sources::{self, CitationFault, Sources}};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/law");

/// Law that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LawFault {
    #[error("{file}: {fault}")]
    Unreadable { file: String, fault: toml::de::Error },
    #[error("law file {0} is missing")]
    Missing(&'static str),
    #[error(transparent)]
    Calendar(#[from] CalendarFault),
    #[error("{file}: {fault}")]
    Citation { file: String, fault: CitationFault },
    #[error("retention rule {rule} names the setting {setting}, which holds no number")]
    NoSetting { rule: String, setting: String },
    #[error("rulebook {book}: {fault}")]
    Rulebook { book: String, fault: String },
    #[error("rulebooks {0} and {1} leave a gap or overlap")]
    Gap(String, String),
}

/// Books that follow each other with terms, then those of procedure only.
const RULEBOOKS: [&str; 6] = [
    "rulebooks/r_527.toml",
    "rulebooks/r_58.toml",
    "rulebooks/r_36.toml",
    "rulebooks/sichuan_2023.toml",
    "rulebooks/penalty_law_2021.toml",
    "rulebooks/review_law_2023.toml",
];

/// All law but the process tables.
#[derive(Clone, Debug)]
pub struct Law {
    sources: Sources,
    settings: Settings,
    calendars: Calendars,
    rulebooks: Vec<Rulebook>,
    times: Vec<Rulebook>,
    retention: Vec<Retention>,
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

fn read<T: DeserializeOwned>(name: &'static str) -> Result<(T, &'static str), LawFault> {
    let text = FILES.get_file(name).and_then(|file| file.contents_utf8()).ok_or(LawFault::Missing(name))?;
    let value = toml::from_str(text).map_err(|fault| LawFault::Unreadable { file: name.to_owned(), fault })?;
    Ok((value, text))
}

impl Law {
    /// # Errors
    /// Which file, line and word is wrong.
    pub fn embedded() -> Result<Self, LawFault> {
        let (sources, _) = read::<sources::File>("sources.toml")?;
        let (settings, settings_text) = read::<settings::File>("settings.toml")?;
        let mut calendars: Vec<(&str, &str)> = FILES
            .get_dir("calendar")
            .into_iter()
            .flat_map(Dir::files)
            .filter(|file| file.path().extension().is_some_and(|ending| ending == "json"))
            .filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?)))
            .collect();
        calendars.sort_unstable();
        let (mut rulebooks, mut times, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for name in RULEBOOKS {
            let (book, text) = read::<Rulebook>(name)?;
            if book.has_terms() { rulebooks.push(book) } else { times.push(book) }
            texts.push(text);
        }
        let (retention, retention_text) = read::<retention::File>("retention.toml")?;
        let law = Self {
            retention: retention.rule,
            retention_digest: digest([retention_text]),
            sources: Sources::new(sources),
            settings: Settings::new(settings),
            calendars_digest: digest(calendars.iter().map(|(_, text)| *text)),
            calendars: Calendars::from_files(calendars)?,
            rulebooks_digest: digest(texts),
            settings_digest: digest([settings_text]),
            rulebooks,
            times,
        };
        law.check()?;
        Ok(law)
    }

    fn check(&self) -> Result<(), LawFault> {
        for pair in self.rulebooks.windows(2) {
            if pair[0].in_force_to.and_then(Date::next_day) != Some(pair[1].in_force_from) {
                return Err(LawFault::Gap(pair[0].key.clone(), pair[1].key.clone()));
            }
        }
        for book in self.rulebooks.iter().chain(&self.times) {
            if let Some(fault) = book.faults().into_iter().next() {
                return Err(LawFault::Rulebook { book: book.key.clone(), fault });
            }
            for cite in book.citations() {
                self.sources
                    .check(cite, book.in_force_from)
                    .map_err(|fault| LawFault::Citation { file: book.key.clone(), fault })?;
            }
        }
        self.check_retention()
    }

    fn check_retention(&self) -> Result<(), LawFault> {
        for rule in &self.retention {
            for cite in rule.cites.iter().chain([&rule.at_least.cites]) {
                self.sources.exists(cite).map_err(|fault| LawFault::Citation { file: format!("retention {}", rule.key), fault })?;
            }
            if self.settings.number(&rule.setting).is_none() {
                return Err(LawFault::NoSetting { rule: rule.key.clone(), setting: rule.setting.clone() });
            }
        }
        Ok(())
    }

    /// The rule by which something is kept.
    pub fn retention(&self, key: &str) -> Option<&Retention> {
        self.retention.iter().find(|rule| rule.key == key)
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

    /// Rulebooks with terms, oldest first.
    pub fn rulebooks(&self) -> &[Rulebook] {
        &self.rulebooks
    }

    /// The rulebook in force on a day; the oldest for days before all of them.
    pub fn rulebook_on(&self, day: Date) -> Option<&Rulebook> {
        self.rulebooks.iter().rev().find(|book| book.in_force_from <= day).or_else(|| self.rulebooks.first())
    }

    /// The rulebook without an end.
    pub fn current(&self) -> Option<&Rulebook> {
        self.rulebooks.last()
    }

    /// Instruments that set times of procedure only.
    pub fn times(&self) -> &[Rulebook] {
        &self.times
    }

    /// How long a falsity record is published and bars repair (Order 36 art. 25).
    pub fn falsity_years(&self) -> u32 {
        self.current().and_then(|book| book.limit("falsity")).map_or(0, |figure| figure.value)
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
