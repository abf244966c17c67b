//! Instruments that may be cited.

use serde::Deserialize;
use time::Date;

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

/// All instruments.
#[derive(Clone, Debug)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// The instruments of the list and those that rulebooks bring along.
    pub(super) fn new(file: File, more: impl IntoIterator<Item = Source>) -> Self {
        let mut all: Vec<Source> = file.source.into_iter().chain(more).collect();
        let ended: Vec<(String, Date)> = all.iter().flat_map(|source| source.replaces.iter().filter_map(|key| Some((key.clone(), source.in_force_from.previous_day()?)))).collect();
        for (key, last) in ended {
            for source in all.iter_mut().filter(|source| source.key == key) {
                source.in_force_to = Some(source.in_force_to.map_or(last, |known| known.min(last)));
            }
        }
        Self(all)
    }

    /// Keys that stand twice, and instruments replaced that are not known.
    pub(super) fn faults(&self) -> Vec<String> {
        let twice = self.0.iter().enumerate().filter(|(place, source)| self.0[..*place].iter().any(|other| other.key == source.key));
        let unknown = self.0.iter().flat_map(|source| &source.replaces).filter(|key| self.0.iter().all(|source| source.key != **key));
        twice.map(|(_, source)| format!("the instrument “{}” stands twice", source.key)).chain(unknown.map(|key| format!("“{key}” names no known instrument"))).collect()
    }

    pub fn get(&self, key: &str) -> Option<&Source> {
        self.0.iter().find(|source| source.key == key)
    }

    pub fn all(&self) -> &[Source] {
        &self.0
    }

    fn find(&self, citation: &str) -> Result<(&Source, String), CitationFault> {
        let (key, article) = citation.split_once('/').ok_or_else(|| CitationFault::Form(citation.to_owned()))?;
        let source = self.0.iter().find(|source| source.key == key);
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

    /// (zh, en) as people write it: 《…》第十二条第一款; … art. 12(1).
    pub fn title(&self, citation: &str) -> (String, String) {
        let Ok((source, article)) = self.find(citation) else { return (citation.to_owned(), citation.to_owned()) };
        let mut parts = article.split('_').skip(1);
        match (article.starts_with("art_"), parts.next(), parts.next()) {
            (true, Some(number), Some(paragraph)) => (
                format!("《{}》第{number}条第{paragraph}款（项）", source.zh),
                format!("{} art. {number}({paragraph})", source.en),
            ),
            (true, Some(number), None) => (format!("《{}》第{number}条", source.zh), format!("{} art. {number}", source.en)),
            _ => (format!("《{}》", source.zh), source.en.clone()),
        }
    }
}
