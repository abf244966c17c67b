//! A refusal must be true: for each reason that is given as a code, what the register has to say; and which refusals of guards
//! rest on a rule of this house.

use domain::{paper::ReasonWord, process::Process, refusal::ReasonCode};
use serde::Deserialize;

use super::Words;
use super::sources::Sources;

/// What has to be so where an act gives a reason as a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The minimum term of the record still runs.
    MinTermRuns,
    /// The duties of the record are not noted as done.
    DutiesOpen,
    /// What is missing was asked for in this case, once and all together.
    SupplementAsked,
    /// It was asked for and has not come.
    SupplementOpen,
    /// Another office made the finding.
    AnotherOfficeFound,
    /// The record has nothing that a repair could stop, or another law bars its repair.
    RecordClosedToRepair,
    /// A penalty's own period still runs.
    RestrictionRuns,
    /// A bar for falsity stands.
    BarStands,
    /// No commitment was given.
    NoCommitment,
    /// A counting ground is not met, or a ground is named that the register cannot count.
    GroundsUncounted,
    /// The base document was annulled.
    DocumentAnnulled,
    /// Another case about the same matter is open or was decided.
    SameMatter,
    /// The finding stands.
    FindingStands,
    /// The objector does not act for the subject of the record.
    Stranger,
    /// The register knows nothing of it: the officer's own judgement.
    Judgement,
    /// No closed reason: only a head gives one in words.
    HeadOnly,
}

impl Check {
    /// (zh, en): what has to be so, as pages print it.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::MinTermRuns => ("该信息的最短公示期未满", "the minimum term of the record runs"),
            Self::DutiesOpen => ("未登记义务履行完毕", "the duties are not recorded as done"),
            Self::SupplementAsked => ("本案已一次性告知需补正的材料", "the missing papers were asked for in this case"),
            Self::SupplementOpen => ("已告知需补正的材料，尚未收到", "the missing papers were asked for and have not come"),
            Self::AnotherOfficeFound => ("认定由其他单位作出", "another office made the finding"),
            Self::RecordClosedToRepair => {
                ("该信息的状态或者其他法律不容许修复", "the state of the record, or another law, rules a repair out")
            }
            Self::RestrictionRuns => ("处罚本身的期限未满", "a penalty’s own period runs"),
            Self::BarStands => ("因虚假登记的修复限制仍然有效", "a bar for falsity is recorded and stands"),
            Self::NoCommitment => ("没有信用承诺书或者承诺", "no commitment letter, or no commitment, was given"),
            Self::GroundsUncounted => {
                ("有计次情形未达到，或者有无法计次的情形", "a ground is not met by the register’s count, or cannot be counted")
            }
            Self::DocumentAnnulled => ("依据文书已登记失效", "the base document is recorded as annulled"),
            Self::SameMatter => ("同一事项有其他在办或者已决案件", "another case about the same matter is open or was decided"),
            Self::FindingStands => ("依据文书有效", "the base document is in force"),
            Self::Stranger => ("异议人的账号没有绑定该主体", "the objector’s account is not bound to the subject"),
            Self::Judgement => ("登记没有记载，由办理人判断", "the register says nothing; whoever acts judges"),
            Self::HeadOnly => ("仅限负责人，写明理由", "for a head alone, with reasons in words"),
        }
    }
}

/// One reason with its check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalCheck {
    pub code: ReasonWord,
    pub check: Check,
    /// Processes in which it can be a reason; every one where none is named.
    #[serde(default)]
    pub processes: Vec<Process>,
    /// Law that makes it a reason.
    pub cites: Vec<String>,
    /// Why no law is cited.
    #[serde(default)]
    pub house: Option<Words>,
}

/// A refusal of a guard that no article asks for: a rule of this house, with its reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseRule {
    pub code: ReasonCode,
    pub house: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub refusal_check: Vec<RefusalCheck>,
    #[serde(default)]
    pub house_rule: Vec<HouseRule>,
}

/// What is wrong with the tables: every code that an act gives stands once, and cites law or says why none; a rule of the
/// house stands once, and says why it is.
pub(super) fn faults(checks: &[RefusalCheck], rules: &[HouseRule], sources: &Sources) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in rules {
        if rules.iter().filter(|other| other.code == rule.code).count() != 1 {
            faults.push(format!("the house rule “{}” stands twice", rule.code));
        }
        if !rule.house.are_there() {
            faults.push(format!("the house rule “{}” says nothing in one of the languages", rule.code));
        }
    }
    for code in ReasonWord::ALL {
        let count = checks.iter().filter(|check| check.code == *code).count();
        if count != 1 {
            faults.push(format!("the reason “{code}” stands {count} times; every reason has one check"));
        }
    }
    for check in checks {
        if check.cites.is_empty() && check.house.as_ref().is_none_or(|why| !why.are_there()) {
            faults.push(format!("the reason “{}” neither cites an article nor says why there is none", check.code));
        }
        faults.extend(
            check.cites.iter().filter_map(|cite| sources.exists(cite).err()).map(|found| format!("the reason “{}”: {found}", check.code)),
        );
    }
    faults
}
