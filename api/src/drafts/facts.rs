//! What a template may say. A fact that is not known stands as a gap, which the paper shows and names.

use std::collections::BTreeMap;

use minijinja::Value;
use time::Date;

/// What a gap begins and ends with: characters of no script, which no text of others keeps.
pub(super) const GAP: (char, char) = ('\u{e000}', '\u{e001}');

/// What may be missing, as its place says it and as it is told to the reader, in Chinese and English.
const GAPS: [(&str, &str, &str); 28] = [
    ("body", "发文机关，由管理员在“单位”中填写", "the issuing body: an administrator enters it with the office"),
    ("review", "行政复议机关，由管理员在“单位”中填写", "the authority of review: an administrator enters it with the office"),
    ("court", "管辖法院，由管理员在“单位”中填写", "the court: an administrator enters it with the office"),
    ("address", "办理地址，由管理员在“单位”中填写", "the address: an administrator enters it with the office"),
    ("telephone", "联系电话，由管理员在“单位”中填写", "the telephone: an administrator enters it with the office"),
    ("party", "当事人名称", "the name of the party"),
    ("code", "当事人代码", "the code of the party"),
    ("facts", "事实和理由", "facts and reasons"),
    ("reason", "理由，由决定人填写", "the reason: the decider gives it"),
    ("outcome", "处理结果，由决定人确定", "the outcome: the decider settles it"),
    ("base_number", "依据文书文号", "the number of the base document"),
    ("base_body", "依据文书制发机关", "the body that made the base document"),
    ("base_day", "依据文书日期", "the day of the base document"),
    ("measures", "惩戒措施", "the measures"),
    ("term", "期限", "the term"),
    ("basis", "依据条款", "the articles"),
    ("review_within", "申请行政复议的期限", "the time for a review"),
    ("suit_within", "提起行政诉讼的期限", "the time for a suit"),
    ("office", "办理单位", "the office"),
    ("list_type", "名单类型", "the list type"),
    ("list_basis", "名单依据", "what the list rests on"),
    ("min_term", "最短公示期", "the minimum term"),
    ("acceptance_days", "受理期限", "the days of acceptance"),
    ("result_days", "决定期限", "the days of the decision"),
    ("answer_days", "答复期限", "the days of the answer"),
    ("defence_days", "陈述申辩期限", "the days of the defence"),
    ("hearing_days", "申请听证期限", "the days in which a hearing may be asked for"),
    ("falsity_cites", "虚假情形的依据", "the article on falsity"),
];

/// (zh, en) of a gap; the key itself where the list does not know it.
pub(super) fn gap_title(key: &str) -> (String, String) {
    let known = GAPS.iter().find(|(known, _, _)| *known == key);
    known.map_or_else(|| (key.to_owned(), key.to_owned()), |(_, zh, en)| ((*zh).to_owned(), (*en).to_owned()))
}

/// Strangers' words on one line of a paper: no control characters, nothing that hides or turns text, no mark of a template.
pub(super) fn line(text: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}');
    let plain: String = text
        .chars()
        .filter(|c| !hidden(*c))
        .map(|c| match c {
            '|' => '｜',
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
            c => c,
        })
        .collect();
    // A full blank is part of the text: it keeps words of a form apart.
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The facts under the names by which templates know them.
#[derive(Clone, Debug, Default)]
pub struct Facts(BTreeMap<&'static str, Value>);

impl Facts {
    /// A fact that the paper needs: a gap where it is not known.
    pub fn needed(&mut self, key: &'static str, text: Option<impl AsRef<str>>) {
        let known = text.map(|text| line(text.as_ref())).filter(|text| !text.is_empty());
        self.0.insert(key, Value::from(known.unwrap_or_else(|| format!("{}{key}{}", GAP.0, GAP.1))));
    }

    /// A fact that the paper does without.
    pub fn may(&mut self, key: &'static str, text: Option<impl AsRef<str>>) {
        let known = text.map(|text| line(text.as_ref())).filter(|text| !text.is_empty());
        self.0.insert(key, known.map_or(Value::from(()), Value::from));
    }

    pub fn day(&mut self, key: &'static str, day: Option<Date>) {
        self.needed(key, day.map(domain::day::chinese));
    }

    pub fn may_day(&mut self, key: &'static str, day: Option<Date>) {
        self.may(key, day.map(domain::day::chinese));
    }

    pub fn yes(&mut self, key: &'static str, yes: bool) {
        self.0.insert(key, Value::from(yes));
    }

    /// Lines of a list.
    pub fn list(&mut self, key: &'static str, lines: impl IntoIterator<Item = String>) {
        self.0.insert(key, lines.into_iter().map(|text| line(&text)).collect::<Vec<_>>().into());
    }

    /// Rows of a table.
    pub fn rows(&mut self, key: &'static str, rows: Vec<Vec<String>>) {
        let clean = |row: Vec<String>| row.iter().map(|cell| line(cell)).collect::<Vec<_>>();
        self.0.insert(key, rows.into_iter().map(clean).collect::<Vec<_>>().into());
    }

    pub fn value(&self) -> Value {
        Value::from_object(self.0.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<BTreeMap<String, Value>>())
    }

    /// A fact as text, where it is one.
    pub fn text(&self, key: &str) -> Option<String> {
        self.0.get(key).and_then(|value| value.as_str().map(str::to_owned))
    }
}
