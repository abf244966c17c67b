//! The words of the cited articles as they were read: where, on which day, with their digest; or why they are not here.

use std::collections::BTreeMap;

use serde::Deserialize;
use time::Date;

use super::{
    fault::FileFault,
    figure::Mark,
    files::{LawFiles, sha256},
    sources::Source,
};

/// What a number after an article's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 款
    Paragraph,
    /// 项
    Item,
}

/// Chinese and English.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

impl Both {
    /// One after the other, as messages say it.
    pub fn said(&self) -> String {
        format!("{} {}", self.zh, self.en)
    }
}

/// The words of an article, a paragraph or an item. A paragraph stands by itself, an item behind the words that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// As printed there, a paragraph or an item a line.
    pub words: String,
    /// Where they were read.
    pub link: String,
    pub read_on: Date,
    /// Confirmed: in a full text; partly: in an excerpt or on a second-hand page.
    pub mark: Mark,
    /// SHA-256 of the words in UTF-8, as hexadecimal digits.
    pub sha256: String,
    /// What a reader must know about the text that was read.
    pub note: Option<Both>,
}

/// One cited article.
#[derive(Clone, Debug)]
pub(super) struct Article {
    /// What the second number of its key counts; none where it has no second number.
    pub part: Option<Part>,
    /// Its words, or why they are not here and what was tried.
    pub text: Result<Quote, Both>,
}

/// `words/<source>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    #[serde(default)]
    link: Option<String>,
    #[serde(deserialize_with = "super::dates::day")]
    read_on: Date,
    mark: Mark,
    #[serde(default)]
    note: Option<Both>,
    article: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: String,
    #[serde(default)]
    part: Option<Part>,
    #[serde(default)]
    words: Option<String>,
    #[serde(default)]
    sha256: Option<String>,
    #[serde(default)]
    absent: Option<Both>,
    /// Where it was read elsewhere than the rest of the file.
    #[serde(default)]
    link: Option<String>,
    #[serde(default)]
    note: Option<Both>,
}

/// The articles of a file, each read by itself where the whole cannot be read.
#[derive(Deserialize)]
struct Parts {
    #[serde(default, rename = "article")]
    _article: Vec<Row>,
}

/// The words of all instruments, by `source/article`.
#[derive(Clone, Debug, Default)]
pub(super) struct AllWords(BTreeMap<String, Article>);

impl AllWords {
    /// Reads every file of `words/`; what is wrong goes to the list of faults.
    pub fn read(files: &LawFiles, sources: &[Source], faults: &mut Vec<FileFault>) -> Self {
        let mut all = BTreeMap::new();
        for (name, text) in files.under("words/") {
            let path = format!("words/{name}");
            let file = match super::fault::read::<File, Parts>(&path, text) {
                Ok(file) => file,
                Err(found) => {
                    faults.extend(found);
                    continue;
                }
            };
            faults.extend(file.faults(name, sources).iter().map(|what| FileFault::at(&path, text, what)));
            all.extend(file.articles());
        }
        Self(all)
    }

    pub fn get(&self, citation: &str) -> Option<&Article> {
        self.0.get(citation)
    }

    /// Articles of which no file says anything, each placed in the file where it belongs or else in the list of sources.
    pub fn missing(&self, files: &LawFiles) -> Vec<FileFault> {
        let text = files.get("sources.toml").unwrap_or_default();
        let listed: Listed = toml::from_str(text).unwrap_or_default();
        let mut faults = Vec::new();
        for source in &listed.source {
            let path = format!("words/{}.toml", source.key);
            for article in source.articles.iter().filter(|article| !self.0.contains_key(&format!("{}/{article}", source.key))) {
                let what = format!("“{article}” has no entry; allowed: its words with their SHA-256, or “absent” with the reason");
                faults.push(match files.get(&path) {
                    Some(words) => FileFault::at(&path, words, &what),
                    None => FileFault::at("sources.toml", text, &format!("“{}”: the file “{path}” is missing: {what}", source.key)),
                });
            }
        }
        faults
    }
}

/// The instruments of the list alone, without those that rulebooks bring along.
#[derive(Default, Deserialize)]
struct Listed {
    #[serde(default)]
    source: Vec<Source>,
}

impl File {
    fn faults(&self, name: &str, sources: &[Source]) -> Vec<String> {
        let mut faults = Vec::new();
        if name.strip_suffix(".toml") != Some(&self.source) {
            faults.push(format!("source: “{}” belongs to the file “{}.toml”", self.source, self.source));
        }
        let Some(source) = sources.iter().find(|source| source.key == self.source) else {
            faults.push(format!("source: “{}” names no known instrument", self.source));
            return faults;
        };
        for (place, row) in self.article.iter().enumerate() {
            let twice = self.article[..place].iter().any(|other| other.key == row.key);
            let found = if twice {
                Some("stands twice".to_owned())
            } else if source.articles.contains(&row.key) {
                row.fault(self)
            } else {
                Some("is no article that sources.toml lists".to_owned())
            };
            faults.extend(found.map(|what| format!("“{}” {what}", row.key)));
        }
        faults
    }

    fn articles(self) -> Vec<(String, Article)> {
        let of = |row: Row| {
            let link = row.link.or_else(|| self.link.clone()).unwrap_or_default();
            let note = row.note.or_else(|| self.note.clone());
            let quote = |words| Quote { words, link, read_on: self.read_on, mark: self.mark, sha256: row.sha256.unwrap_or_default(), note };
            let absent = row.absent.unwrap_or_else(|| Both { zh: String::new(), en: String::new() });
            (format!("{}/{}", self.source, row.key), Article { part: row.part, text: row.words.map(quote).ok_or(absent) })
        };
        self.article.into_iter().map(of).collect()
    }
}

impl Row {
    /// What is wrong with it by itself.
    fn fault(&self, file: &File) -> Option<String> {
        let (number, second) = numbers(&self.key).unzip();
        if second.flatten().is_some() != self.part.is_some() {
            return Some("needs “part” where its key has a second number, and only there; allowed: paragraph, item".to_owned());
        }
        let (words, digest) = match (&self.words, &self.sha256, &self.absent) {
            (Some(words), Some(digest), None) => (words, digest),
            (None, None, Some(why)) if why.zh.trim().is_empty() || why.en.trim().is_empty() => {
                return Some("is absent without a reason in both languages".to_owned());
            }
            (None, None, Some(_)) => return None,
            _ => return Some("needs its words with their SHA-256, or “absent” with the reason, and not both".to_owned()),
        };
        let actual = sha256(words);
        if actual != *digest {
            return Some(format!("has other words than its digest says: their SHA-256 is {actual}"));
        }
        if words.trim() != words || words.is_empty() {
            return Some("has words that begin or end with white space, or none".to_owned());
        }
        if !self.link.as_ref().or(file.link.as_ref()).is_some_and(|link| link.starts_with("https://") || link.starts_with("http://")) {
            return Some("needs a link to where it was read".to_owned());
        }
        let (Some(number), second) = (number, second.flatten()) else { return None };
        self.wrong_article(words, number, second)
    }

    /// Whether the words are those of another article: they must begin with its number, and an item must be there.
    fn wrong_article(&self, words: &str, number: u32, second: Option<u32>) -> Option<String> {
        let begins = words.starts_with(&format!("第{}条", numeral(number)));
        match (self.part, second) {
            (Some(Part::Item), Some(item)) if !words.lines().any(|line| line.starts_with(&format!("（{}）", numeral(item)))) => {
                Some(format!("lacks its item （{}）", numeral(item)))
            }
            (Some(Part::Paragraph), Some(place)) if place > 1 => {
                begins.then(|| "begins like the whole article, though it is a later paragraph".to_owned())
            }
            _ => (!begins).then(|| format!("does not begin with 第{}条", numeral(number))),
        }
    }
}

/// Number of an article and, where the key has one, of its paragraph or item; none where the key is no article's.
pub(super) fn numbers(key: &str) -> Option<(u32, Option<u32>)> {
    let mut parts = key.strip_prefix("art_")?.split('_').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next().flatten()))
}

/// A number below ten thousand as the articles of a law are numbered: 十二, 一百零一, 一千二百五十九.
pub fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut text = String::new();
    for (value, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / value % 10;
        if digit > 0 {
            text.push_str(DIGITS[digit as usize]);
            text.push_str(unit);
        } else if !text.is_empty() && !text.ends_with('零') {
            text.push('零');
        }
    }
    let text = text.trim_end_matches('零');
    text.strip_prefix("一十").map_or_else(|| text.to_owned(), |rest| format!("十{rest}"))
}
