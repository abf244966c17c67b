//! Instruments that may be cited.

use std::sync::Arc;

use serde::Deserialize;
use time::Date;

use super::{
    fault::FileFault,
    files::LawFiles,
    words::{AllWords, Both, Part, Quote, numbers, numeral},
};

/// What kind of instrument it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    Law,
    AdministrativeRegulation,
    LocalRegulation,
    DepartmentRule,
    /// A notice, plan or opinion.
    #[default]
    Document,
}

/// One instrument.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub number: String,
    #[serde(deserialize_with = "super::dates::day")]
    pub in_force_from: Date,
    #[serde(default, deserialize_with = "super::dates::optional")]
    pub in_force_to: Option<Date>,
    #[serde(default)]
    pub rank: Rank,
    /// confirmed, partly, `general_knowledge`
    pub mark: String,
    pub articles: Vec<String>,
    /// Instruments that end the day before this one comes into force.
    #[serde(default)]
    pub replaces: Vec<String>,
}

/// A citation that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CitationFault {
    #[error("“{0}” is no citation: write source/article")]
    Form(String),
    #[error("“{0}” names no known instrument")]
    Source(String),
    #[error("“{0}” names an article that sources.toml does not list")]
    Article(String),
    #[error("“{citation}” was not in force on {on}")]
    NotInForce { citation: String, on: Date },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub source: Vec<Source>,
}

/// All instruments, and the words of their articles.
#[derive(Clone, Debug)]
pub struct Sources {
    all: Vec<Source>,
    words: Arc<AllWords>,
}

impl Sources {
    /// The instruments of the list and those that rulebooks bring along, without words yet.
    pub(super) fn new(file: File, more: impl IntoIterator<Item = Source>) -> Self {
        let mut all: Vec<Source> = file.source.into_iter().chain(more).collect();
        let ended: Vec<(String, Date)> = all
            .iter()
            .flat_map(|source| source.replaces.iter().filter_map(|key| Some((key.clone(), source.in_force_from.previous_day()?))))
            .collect();
        for (key, last) in ended {
            for source in all.iter_mut().filter(|source| source.key == key) {
                source.in_force_to = Some(source.in_force_to.map_or(last, |known| known.min(last)));
            }
        }
        Self { all, words: Arc::default() }
    }

    /// The same instruments with the words of their articles.
    pub(super) fn with_words(self, words: AllWords) -> Self {
        Self { words: Arc::new(words), ..self }
    }

    /// Keys that stand twice, and instruments replaced that are not known.
    pub(super) fn faults(&self) -> Vec<String> {
        let twice = self.all.iter().enumerate().filter(|(place, source)| self.all[..*place].iter().any(|other| other.key == source.key));
        let unknown = self.all.iter().flat_map(|source| &source.replaces).filter(|key| self.all.iter().all(|source| source.key != **key));
        twice
            .map(|(_, source)| format!("the instrument “{}” stands twice", source.key))
            .chain(unknown.map(|key| format!("“{key}” names no known instrument")))
            .collect()
    }

    pub fn get(&self, key: &str) -> Option<&Source> {
        self.all.iter().find(|source| source.key == key)
    }

    pub fn all(&self) -> &[Source] {
        &self.all
    }

    /// The words of a cited article.
    pub fn quote(&self, citation: &str) -> Option<&Quote> {
        self.words.get(citation)?.text.as_ref().ok()
    }

    /// Why the words of a cited article are not here; none exactly where [`Sources::quote`] has them. Nothing is said of the articles
    /// of an instrument that a rulebook brought along.
    pub fn absent(&self, citation: &str) -> Option<Both> {
        let unsaid = || Both {
            zh: "该依据随实体规则载入，其条文尚未载入".to_owned(),
            en: "The instrument came with a rulebook; the words of its articles were not loaded".to_owned(),
        };
        match self.words.get(citation).map(|article| &article.text) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(why.clone()),
            None => Some(unsaid()),
        }
    }

    pub(super) fn without_words(&self, files: &LawFiles) -> Vec<FileFault> {
        self.words.missing(files)
    }

    fn find(&self, citation: &str) -> Result<(&Source, String), CitationFault> {
        let (key, article) = citation.split_once('/').ok_or_else(|| CitationFault::Form(citation.to_owned()))?;
        let source = self.all.iter().find(|source| source.key == key);
        let source = source.ok_or_else(|| CitationFault::Source(citation.to_owned()))?;
        if !source.articles.iter().any(|known| known == article) {
            return Err(CitationFault::Article(citation.to_owned()));
        }
        Ok((source, article.to_owned()))
    }

    /// Whether the citation exists.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn exists(&self, citation: &str) -> Result<(), CitationFault> {
        self.find(citation).map(|_| ())
    }

    /// Whether the citation exists and was in force on a day.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, citation: &str, on: Date) -> Result<(), CitationFault> {
        let (source, _) = self.find(citation)?;
        let over = source.in_force_to.is_some_and(|last| on > last);
        if on < source.in_force_from || over {
            return Err(CitationFault::NotInForce { citation: citation.to_owned(), on });
        }
        Ok(())
    }

    /// Whether the citation is of a law or an administrative regulation that was in force on a day: only these go before
    /// Order 36 (art. 12(3)).
    pub fn is_law(&self, citation: &str, on: Date) -> bool {
        let rank = self.find(citation).ok().map(|(source, _)| source.rank);
        matches!(rank, Some(Rank::Law | Rank::AdministrativeRegulation)) && self.check(citation, on).is_ok()
    }

    /// (zh, en) as people write it: 《…》第十二条第一款; … art. 12(1). An item: 第十四条第二项; art. 14 item 2. A point: （六）; point 6.
    pub fn title(&self, citation: &str) -> (String, String) {
        let Ok((source, article)) = self.find(citation) else { return (citation.to_owned(), citation.to_owned()) };
        let Some((number, second)) = numbers(&article) else {
            let place = |prefix: &str| article.strip_prefix(prefix).and_then(|number| number.parse::<u32>().ok());
            return match (place("point_"), place("task_")) {
                (Some(point), _) => (format!("《{}》（{}）", source.zh, numeral(point)), format!("{} point {point}", source.en)),
                (_, Some(task)) => (format!("《{}》任务{task}", source.zh), format!("{} task {task}", source.en)),
                _ => (format!("《{}》", source.zh), source.en.clone()),
            };
        };
        let (zh, en) = (format!("《{}》第{}条", source.zh, numeral(number)), format!("{} art. {number}", source.en));
        match (second, self.words.get(citation).and_then(|article| article.part)) {
            (Some(second), Some(Part::Item)) => (format!("{zh}第{}项", numeral(second)), format!("{en} item {second}")),
            (Some(second), _) => (format!("{zh}第{}款", numeral(second)), format!("{en}({second})")),
            (None, _) => (zh, en),
        }
    }
}
