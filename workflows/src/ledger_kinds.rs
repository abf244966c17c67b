//! Kinds of ledger entries: what each needs, which papers show it, who keeps it, and what a plan counts by it.

use domain::{
    ledger::{LedgerForm, LedgerKind, LedgerMatter},
    paper::DocumentKind,
};
use serde::Deserialize;

use crate::{
    law::{Law, Words},
    plan::file::Count,
};

/// Who keeps a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// The policy office alone.
    Policy,
    /// Every office for itself.
    Any,
}

/// A field of the form that a kind may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Until,
    Number,
    Address,
    Person,
    Outcome,
    Participants,
    Satisfied,
    Hours,
    Works,
    Voluntary,
    Period,
    Score,
}

impl Need {
    /// (zh, en) of the field.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Until => ("截止日", "last day"),
            Self::Number => ("文号", "number of the document"),
            Self::Address => ("网址", "web address"),
            Self::Person => ("负责人员", "person"),
            Self::Outcome => ("结果", "outcome"),
            Self::Participants => ("参加人数", "participants"),
            Self::Satisfied => ("满意人数", "satisfied"),
            Self::Hours => ("学时", "hours"),
            Self::Works => ("链接是否有效", "whether the link works"),
            Self::Voluntary => ("企业自愿参加", "that companies took part of their own will"),
            Self::Period => ("报送周期", "reporting period"),
            Self::Score => ("得分", "score"),
        }
    }

    /// Whether a form says it. That companies took part of their own will has to be so, and not only said.
    const fn is_met(self, form: &LedgerForm) -> bool {
        match self {
            Self::Until => form.until.is_some(),
            Self::Number => form.number.is_some(),
            Self::Address => form.address.is_some(),
            Self::Person => form.person.is_some(),
            Self::Outcome => form.outcome.is_some(),
            Self::Participants => form.participants.is_some(),
            Self::Satisfied => form.satisfied.is_some(),
            Self::Hours => form.hours.is_some(),
            Self::Works => form.works.is_some(),
            Self::Voluntary => matches!(form.voluntary, Some(true)),
            Self::Period => form.period_last_day.is_some(),
            Self::Score => form.score.is_some(),
        }
    }
}

/// One kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    pub key: LedgerKind,
    pub matters: Vec<LedgerMatter>,
    /// Whether one entry may be about several of them.
    #[serde(default)]
    pub several: bool,
    pub needs: Vec<Need>,
    /// One of these shows it; nothing has to where the list is empty.
    pub papers: Vec<DocumentKind>,
    pub kept_by: KeptBy,
    /// Begun first, concluded with its results.
    #[serde(default)]
    pub draft: bool,
    /// What a plan counts by it; nothing where it only belongs to other things that are counted.
    #[serde(default)]
    pub counts: Option<Count>,
    /// Rows of the plan of 2022 that it fills.
    #[expect(dead_code, reason = "for the readers of the file")]
    rows: Vec<u32>,
}

/// What a matter needs besides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatterRule {
    matters: Vec<LedgerMatter>,
    needs: Vec<Need>,
    #[expect(dead_code, reason = "for the readers of the file")]
    why: Words,
    #[serde(default)]
    cites: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    ledger_kind: Vec<KindRule>,
    #[serde(default)]
    ledger_need: Vec<MatterRule>,
}

/// All kinds.
#[derive(Clone, Debug)]
pub struct LedgerKinds {
    kinds: Vec<KindRule>,
    needs: Vec<MatterRule>,
}

impl From<File> for LedgerKinds {
    fn from(file: File) -> Self {
        Self { kinds: file.ledger_kind, needs: file.ledger_need }
    }
}

impl LedgerKinds {
    pub fn all(&self) -> &[KindRule] {
        &self.kinds
    }

    pub fn get(&self, key: LedgerKind) -> Option<&KindRule> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// What a form lacks; its papers are asked for elsewhere.
    pub fn lacks(&self, form: &LedgerForm) -> Vec<Need> {
        let of_kind = self.get(form.kind).into_iter().flat_map(|kind| &kind.needs);
        let of_matters = self.needs.iter().filter(|rule| rule.matters.iter().any(|matter| form.matters.contains(matter)));
        let all = of_kind.chain(of_matters.flat_map(|rule| &rule.needs));
        let mut lacking: Vec<Need> = Vec::new();
        for need in all.filter(|need| !need.is_met(form)) {
            if !lacking.contains(need) {
                lacking.push(*need);
            }
        }
        lacking
    }

    /// The article that asks for what a matter needs; none where the house does.
    pub fn article(&self, form: &LedgerForm, need: Need) -> Option<&str> {
        let asks = |rule: &&MatterRule| rule.needs.contains(&need) && rule.matters.iter().any(|matter| form.matters.contains(matter));
        self.needs.iter().find(asks).and_then(|rule| rule.cites.first()).map(String::as_str)
    }

    /// What is wrong with the file.
    pub(crate) fn faults(&self, law: &Law) -> Vec<String> {
        let mut faults = Vec::new();
        for key in LedgerKind::ALL {
            if self.kinds.iter().filter(|kind| kind.key == *key).count() != 1 {
                faults.push(format!("ledger_kind: {key} has to stand exactly once"));
            }
        }
        for kind in &self.kinds {
            let known: Option<&[&str]> = kind.counts.map(Count::kinds);
            if kind.matters.is_empty() {
                faults.push(format!("{}: names no matter", kind.key));
            }
            for matter in &kind.matters {
                let word = matter.key().to_lowercase();
                // A count without kinds takes every matter.
                if known.is_some_and(|known| !known.is_empty() && !known.contains(&word.as_str())) {
                    faults.push(format!("{}: plans do not count {word}", kind.key));
                }
            }
        }
        for cite in self.needs.iter().flat_map(|rule| &rule.cites) {
            if let Err(fault) = law.sources().exists(cite) {
                faults.push(format!("ledger_need: {fault}"));
            }
        }
        faults
    }
}
