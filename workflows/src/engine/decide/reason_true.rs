//! A refusal must be true: a reason that the register contradicts is none.

use domain::{
    office::Role,
    paper::DocumentKind,
    process::{CaseData, Process, Verb},
    refusal::{Reason, ReasonCode as Code},
    rows::{Binding, Case, Document},
};
use serde_json::json;

use crate::{
    definition::{
        file::Mark,
        words::{Ask, Guard, TermWord},
    },
    engine::{
        act::{Act, standing::is_open},
        decide::guards,
        sight::roles,
    },
    law::Check,
    processes::ground_count::{Claim, ground_counts},
};

/// What the register says against a reason, in Chinese and English.
type Said = (String, String);

/// Some, since every check that uses it answers none where the reason is true.
#[expect(clippy::unnecessary_wraps, reason = "its callers answer none elsewhere")]
fn said(zh: impl Into<String>, en: impl Into<String>) -> Option<Said> {
    Some((zh.into(), en.into()))
}

/// The reason why a row that asks for a reason as a code refuses the one that it is given.
pub(crate) fn refuses(act: &mut Act<'_>) -> Option<Reason> {
    if !act.row.asks.contains(&Ask::ReasonCode) {
        return None;
    }
    let code = act.command.arguments.reason_code?;
    let known = act.rules.law.refusal_check(code)?.clone();
    let name = code.title();
    act.facts.insert("reason_check".into(), json!(code));
    if known.check == Check::HeadOnly {
        return (!by_a_head(act)).then(|| Reason::new(Code::ReasonOfTheHead).titled("reason", name));
    }
    let foreign = !known.processes.is_empty() && !known.processes.contains(&act.case.process);
    let against = if foreign { about_another_process(act) } else { contradicted(act, known.check) }?;
    let article = known.cites.first().map(String::as_str);
    Some(Reason::new(Code::ReasonNotTrue).titled("reason", name).titled("register", against).under(article))
}

fn about_another_process(act: &Act<'_>) -> Option<Said> {
    let (zh, en) = act.rules.catalogue.title(act.case.process);
    said(format!("{zh}不适用这一理由"), format!("it is no reason in a case of this kind ({en})"))
}

fn by_a_head(act: &Act<'_>) -> bool {
    let heads = [Role::UnitHead, Role::FilingHead, Role::PolicyHead, Role::BureauLeader];
    act.row.who.iter().any(|role| heads.contains(role) && roles::holds(act.snapshot, act.actor, *role, &act.case))
}

fn contradicted(act: &mut Act<'_>, check: Check) -> Option<Said> {
    match check {
        Check::MinTermRuns => min_term_over(act),
        Check::DutiesOpen => {
            let done = act.record()?.duties_done_on?;
            said(format!("义务已登记于{done}履行完毕"), format!("the duties are recorded as done on {done}"))
        }
        Check::SupplementAsked => not_asked(act),
        Check::SupplementOpen => not_asked(act).or_else(|| came(act)),
        Check::AnotherOfficeFound => own_finding(act),
        Check::RecordClosedToRepair => {
            let open = holds(act, &Guard::RecordCanBeRepaired) && holds(act, &Guard::RecordMayBeRepaired);
            open.then(|| said("该记录可以修复", "the record can be repaired")).flatten()
        }
        Check::RestrictionRuns => {
            holds(act, &Guard::NoRunningRestriction).then(|| said("处罚本身没有未满的期限", "no period of the penalty runs")).flatten()
        }
        Check::BarStands => {
            holds(act, &Guard::NoFalsityBar).then(|| said("没有因虚假而不得修复的登记", "no bar for falsity is recorded")).flatten()
        }
        Check::NoCommitment => commitment(act),
        Check::GroundsUncounted => counted(act),
        Check::DocumentAnnulled => act.record()?.in_force.then(|| said("依据文书有效", "the base document is in force")).flatten(),
        Check::SameMatter => same_matter(act),
        Check::FindingStands => (!act.record()?.in_force).then(|| said("依据文书已被撤销", "the base document was annulled")).flatten(),
        Check::Stranger => objector(act),
        Check::Judgement | Check::HeadOnly => None,
    }
}

/// Whether a guard on the record holds; nothing is said of a case without one.
fn holds(act: &mut Act<'_>, guard: &Guard) -> bool {
    act.record().is_some() && guards::refuses(act, guard).is_none()
}

fn min_term_over(act: &mut Act<'_>) -> Option<Said> {
    act.record()?;
    let runs = guards::refuses(act, &Guard::TermOver(TermWord::MinTerm)).is_some_and(|reason| reason.code == Code::MinTermRuns);
    let last = act.record()?.terms.min_last_day;
    let (zh, en) = last.map_or_else(
        || ("该信息没有最短公示期".to_owned(), "the record has no minimum term".to_owned()),
        |last| (format!("最短公示期已于{last}届满"), format!("the minimum term ended on {last}")),
    );
    (!runs).then_some((zh, en))
}

fn not_asked(act: &Act<'_>) -> Option<Said> {
    let asked = act.snapshot.history(act.case.id).iter().any(|past| past.verb == Verb::AskSupplement);
    (!asked).then(|| said("没有一次性告知需补正的材料", "nobody has said what is missing")).flatten()
}

fn came(act: &Act<'_>) -> Option<Said> {
    let history = act.snapshot.history(act.case.id);
    let asked = history.iter().rposition(|past| past.verb == Verb::AskSupplement)?;
    let came = history[asked..].iter().find(|past| past.verb == Verb::Resubmit)?.on;
    said(format!("补正材料已于{came}收到"), format!("what was asked for came on {came}"))
}

fn own_finding(act: &Act<'_>) -> Option<Said> {
    let record = act.record_case()?;
    let finding = record.finding_office.as_deref().unwrap_or(&record.office);
    // Of a proposal the office that filed it is asked, of what a subject brings the office where it lies.
    let office = act.snapshot.rows().offices.get(finding).map_or_else(|| finding.to_owned(), |office| office.zh.clone());
    (finding == act.case.office).then(|| said(format!("认定单位就是{office}"), "the office of the case made the finding")).flatten()
}

fn commitment(act: &Act<'_>) -> Option<Said> {
    let CaseData::RepairApplication(data) = &act.case.data.0 else { return None };
    let paper = act.mine::<Document>().any(|row| row.kind == DocumentKind::CommitmentLetter);
    (paper && data.form.commitment).then(|| said("已提交信用承诺书", "a commitment letter was filed")).flatten()
}

/// Grounds that the register counts, all of them, and all met.
fn counted(act: &mut Act<'_>) -> Option<Said> {
    let data = act.case.data.0.clone();
    let claim = Claim::of(act.case.record, &data)?;
    let counts = ground_counts(act.rules, act.snapshot, claim);
    let met = !counts.is_empty() && counts.len() == claim.grounds.len() && counts.iter().all(|count| count.met);
    met.then(|| said("登记的处罚次数已达到列入情形", "what the register counts meets the grounds")).flatten()
}

/// Cases about the same matter that stand: open, or decided on the merits.
fn same_matter(act: &mut Act<'_>) -> Option<Said> {
    let (mine, record) = (act.case.clone(), act.case.record?);
    let list = |data: &CaseData| data.proposal().map(|data| data.form.list_type.clone());
    let own = list(&mine.data.0);
    let others: Vec<Case> =
        act.snapshot.family(record).filter(|case| case.process == mine.process && case.id != mine.id).cloned().collect();
    let same = |case: &Case| match mine.process {
        Process::RepairApplication => is_open(act.rules, case) || act.rules.catalogue.counts_as(case, Mark::Stands),
        Process::Objection => {
            case.parent == mine.parent && case.subject == mine.subject && !act.rules.catalogue.counts_as(case, Mark::Undone)
        }
        _ => list(&case.data.0) == own && !act.rules.catalogue.counts_as(case, Mark::Undone),
    };
    let found = others.iter().any(same);
    (!found).then(|| said("没有同一事项的其他案件", "no other case about the same matter stands")).flatten()
}

fn objector(act: &Act<'_>) -> Option<Said> {
    let data = act.case.data.0.objection()?;
    let (account, subject) = (data.objector?, act.case.subject?);
    let bound = act.snapshot.rows().of::<Binding>(subject).any(|row| row.account == account && roles::binds(row, act.today()));
    bound.then(|| said("异议人是该主体的绑定账号", "the objector's account is bound to the subject of the record")).flatten()
}
