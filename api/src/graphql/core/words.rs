//! Words for people: Chinese and English apart, made where they are written.

use async_graphql::SimpleObject;

/// A text in both languages of the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, SimpleObject)]
pub struct Words {
    /// 简体中文: in simplified Chinese; this is the text that counts.
    pub zh: String,
    /// The same in English; where a proper name has none, the Chinese one.
    pub en: String,
}

impl From<(String, String)> for Words {
    fn from((zh, en): (String, String)) -> Self {
        Self { zh, en }
    }
}

impl From<(&str, &str)> for Words {
    fn from((zh, en): (&str, &str)) -> Self {
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }
}

impl From<workflows::law::Words> for Words {
    fn from(words: workflows::law::Words) -> Self {
        Self { zh: words.zh, en: words.en }
    }
}

impl From<workflows::explain::Said> for Words {
    fn from(said: workflows::explain::Said) -> Self {
        Self { zh: said.zh, en: said.en }
    }
}
