//! Rows, time limits and the header of a definition in sentences: what the pages print and the interface answers.

use domain::process::Verb;

use super::{
    file::{DeadlineRule, Definition, OpenCases, Rest, Transition},
    header::{About, Keeper, PartySees},
    titles::{Reader, Said, owned, said},
    words::{Ask, Effect, Point},
};

/// A row of the table in sentences.
#[derive(Clone, Debug)]
pub struct RowTold {
    pub asks: Vec<Said>,
    /// What has to hold; empty where nothing more than the row has to.
    pub conditions: Vec<Said>,
    /// What follows beside the change of state.
    pub effects: Vec<Said>,
}

/// A time limit in sentences.
#[derive(Clone, Debug)]
pub struct LimitTold {
    pub begins: Vec<Said>,
    pub length: Vec<Said>,
    pub met_by: Vec<Said>,
    pub dropped_by: Vec<Said>,
    pub paused_in: Vec<Said>,
    pub at_end: Vec<Said>,
}

/// A state by its title; the one before a case is opened has none of its own.
pub fn state(definition: &Definition, key: &str) -> Said {
    if key == "new" { owned(("新案", "a new case")) } else { definition.state_title(key) }
}

fn point(point: &Point) -> Said {
    let (zh, en) = point.list.point_title(&point.item);
    said(format!("“{zh}”"), format!("“{en}”"))
}

impl Reader<'_> {
    /// What a row asks, what has to hold, what follows.
    pub fn row(&self, row: &Transition) -> RowTold {
        let mut conditions: Vec<_> = row.guards.iter().map(|guard| self.guard(row, guard)).collect();
        let more = |why: &crate::law::Words| said(format!("可以多次办理：{}", why.zh), format!("more than once: {}", why.en));
        let signed = |why: &crate::law::Words| {
            said(format!("签发之日即办理之日：{}", why.zh), format!("signed on the day of its entry: {}", why.en))
        };
        conditions.extend(row.more_than_once.as_ref().map(more));
        conditions.extend(row.unsigned.as_ref().map(signed));
        RowTold {
            asks: row.asks.iter().map(|ask| self.ask(ask)).collect(),
            conditions,
            effects: row.effects.iter().map(|effect| self.effect(effect)).collect(),
        }
    }

    /// What begins, meets, drops and pauses a time limit, how long it is, and what happens at its end.
    pub fn limit(&self, rule: &DeadlineRule) -> LimitTold {
        let each = rule.each.then(|| owned(("案件终结即不再需要答复", "not needed once the case has come to its end")));
        let stays = (rule.outlives && !rule.each).then(|| owned(("案件了结也不取消", "not dropped where the case comes to rest"))).or(each);
        LimitTold {
            begins: self.begins(rule),
            length: self.length(rule),
            met_by: rule.met_by.iter().map(|verb| self.verb(*verb)).chain(rule.met_at.as_ref().map(point)).collect(),
            dropped_by: self.each(&rule.dropped_by).into_iter().chain(stays).collect(),
            paused_in: rule.paused_in.iter().map(|key| state(self.definition, key)).collect(),
            at_end: self.each(&rule.at_end),
        }
    }

    fn each(&self, verbs: &[Verb]) -> Vec<Said> {
        verbs.iter().map(|verb| self.verb(*verb)).collect()
    }

    /// What begins a time limit, where and for whom, from which day it counts, and what has it counted again.
    fn begins(&self, rule: &DeadlineRule) -> Vec<Said> {
        let mut all = self.each(&rule.starts);
        all.extend(rule.starts_at.as_ref().map(point));
        if !rule.starts_in.is_empty() {
            let (zh, en): (Vec<_>, Vec<_>) = rule.starts_in.iter().map(|key| state(self.definition, key)).unzip();
            all.push(said(format!("仅限办理后为：{}", zh.join("、")), format!("only where the case is then in: {}", en.join(", "))));
        }
        all.extend(rule.when.map(|route| {
            let (zh, en) = route.title();
            said(format!("仅限{zh}"), format!("only of what {en}"))
        }));
        if rule.length.is_some() {
            all.push(counts_from(rule));
        }
        let again = self.each(&rule.recounted_by).into_iter();
        all.extend(again.map(|(zh, en)| said(format!("“{zh}”后重新计算"), format!("counted again after “{en}”"))));
        all
    }
}

/// The day from which a length counts.
fn counts_from(rule: &DeadlineRule) -> Said {
    let why = rule.counts_from_act.as_ref().map_or_else(Said::default, |why| said(format!("（{}）", why.zh), format!(" ({})", why.en)));
    match (rule.counts_from, rule.counts_from_receipt) {
        (Some(key), _) => {
            let (zh, en) = key.title();
            said(format!("自{zh}起算，未填写的自办理之日"), format!("from {en}, or from the act where none is given"))
        }
        (None, true) => owned(("自案件收到之日起算", "from the day of receipt of the case")),
        (None, false) => said(format!("自办理之日起算{}", why.0), format!("from the day of the act{}", why.1)),
    }
}

impl Definition {
    /// The states in which a time limit may run: from where it begins, along the acts that neither meet nor drop it.
    pub fn runs_in(&self, rule: &DeadlineRule) -> Vec<&str> {
        let begins = |row: &&Transition| {
            let settles = |point: &Point| row.effects.contains(&Effect::SettleItems(point.list));
            rule.starts.contains(&row.verb) || rule.starts_at.as_ref().is_some_and(settles)
        };
        // Coming to rest drops what does not outlive it, also what the same act has begun.
        let lasts = |to: &str| rule.outlives || self.state(to).is_some_and(|state| state.rest == Rest::Open);
        let mut found: Vec<&str> = Vec::new();
        for row in self.transition.iter().filter(begins) {
            let here = targets(row).filter(|to| rule.starts_in.is_empty() || rule.starts_in.iter().any(|one| one == to));
            found.extend(here.filter(|to| row.to == "same" || lasts(to)));
        }
        let mut seen = 0;
        while let Some(here) = found.get(seen).copied() {
            seen += 1;
            if found[..seen - 1].contains(&here) {
                continue;
            }
            let leaves = self.transition.iter().filter(|row| row.from.iter().any(|from| from == here));
            for row in leaves.filter(|row| !rule.met_by.contains(&row.verb) && !rule.dropped_by.contains(&row.verb)) {
                if row.to != "same" && lasts(&row.to) && !found.contains(&row.to.as_str()) {
                    found.push(&row.to);
                }
            }
        }
        self.state.iter().map(|state| state.key.as_str()).filter(|key| found.contains(key)).collect()
    }

    /// What the header says of the process as a whole, in sentences.
    pub fn header(&self) -> Vec<Said> {
        let about = match self.about {
            About::Record => ("针对一条失信信息", "about one publication record"),
            About::Subject => ("针对一个信用主体", "about a credit subject"),
            About::None => ("不针对单个主体", "about no single subject"),
        };
        let kept = match self.kept_by {
            Keeper::Opener => ("由提出的单位办理", "kept by the office that opens it"),
            Keeper::FindingOffice => ("由作出认定的单位办理", "kept by the office that made the finding"),
        };
        let sees = match &self.party_sees {
            PartySees::All => owned(("当事人可见", "its subject sees it")),
            PartySees::Never => owned(("当事人不可见", "its subject does not see it")),
            PartySees::AllBut(states) => {
                let (zh, en): (Vec<_>, Vec<_>) = states.iter().map(|key| state(self, key)).unzip();
                said(format!("除下列状态外当事人可见：{}", zh.join("、")), format!("its subject sees it but in: {}", en.join(", ")))
            }
        };
        let asks_papers = |row: &Transition| row.opens_a_case() && row.asks.iter().any(|ask| matches!(ask, Ask::Document(_)));
        let imported = self.imported_by.map(|rank| {
            let (zh, en) = rank.title();
            let later = if self.transition.iter().any(asks_papers) {
                ("；文件中缺少的文书不影响建案，随后补正", "; papers that a file lacks are asked for in the case")
            } else {
                ("", "")
            };
            said(format!("可由{zh}以文件导入{}", later.0), format!("opened by files of: {en}{}", later.1))
        });
        let number = said(format!("案号以 {} 开头", self.number), format!("case numbers begin with {}", self.number));
        [number, owned(about), owned(kept), sees].into_iter().chain(imported).collect()
    }

    /// What becomes of open cases when a newer text comes.
    pub fn of_open_cases(&self) -> Said {
        owned(match self.open_cases {
            OpenCases::Stay => ("未结案件仍适用原文本", "open cases stay under the text that they began under"),
            OpenCases::MayMove => ("未结案件可以转入新文本", "open cases may move to a newer text"),
            OpenCases::AllMove => ("未结案件随新文本转入", "open cases move to a newer text with it"),
        })
    }
}

/// The states that a row leads to; where it keeps the state, all those that it leaves.
fn targets(row: &Transition) -> impl Iterator<Item = &str> {
    let same = row.to == "same";
    let kept = row.from.iter().filter(move |_| same).map(String::as_str);
    kept.chain(Some(row.to.as_str()).filter(|_| !same))
}
