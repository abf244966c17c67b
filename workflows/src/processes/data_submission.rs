//! Submission of credit information: which rows may be handed over, that they are frozen, and what the platform says of each.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    collection::{LineOutcome, Platform},
    ids::RowId,
    import::ImportStatus,
    paper::DateKey,
    personal::Sealed,
    process::{CaseData, Form, FormKey},
    refusal::{Reason, ReasonCode as Code},
    rows::{Information, SubmissionLine},
    submission::{LineAnswer, SubmissionData},
};
use serde_json::Value;
use time::Date;

use super::kind::{Filing, Kind, Proposed};
use crate::{
    collection::{Item, Values},
    definition::words::{KeepWord, LinesWord},
    engine::{Rules, act::Act, sight::roles},
};

pub(crate) struct DataSubmission;

impl Kind for DataSubmission {
    type Data = SubmissionData;
    const FORMS: &'static [FormKey] = &[FormKey::Submission, FormKey::Lines, FormKey::Answers];

    fn open(form: &Form, _: &Filing<'_>) -> Option<SubmissionData> {
        let Form::Submission(form) = form else { return None };
        Some(SubmissionData { form: (**form).clone(), sent_on: None, answered_on: None, lines: 0 })
    }

    fn amend(_: &Rules, data: &mut SubmissionData, form: &Form) {
        if let Form::Submission(form) = form {
            data.form = (**form).clone();
        }
    }

    fn propose(_: &Proposed<'_>, _: &mut SubmissionData) {}

    fn event_day(_: &SubmissionData) -> Option<Date> {
        None
    }

    fn contact(_: &SubmissionData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &SubmissionData) -> Option<String> {
        None
    }

    fn said(_: &SubmissionData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

fn unfit(why: (String, String), instead: (&str, &str)) -> Reason {
    Reason::new(Code::LinesDoNotFit).titled("why", why).titled("instead", instead)
}

fn owned((zh, en): (&str, &str)) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

/// The platform takes something that the office sends.
pub(crate) fn submission_fits(act: &mut Act<'_>) -> Option<Reason> {
    let platform = act.proposed.submission()?.form.platform;
    let office = roles::goes_on(act.snapshot, &act.case.office);
    let row = act.snapshot.rows().offices.get(&office)?;
    let sends = act.rules.items.of(platform).any(|item| item.is_sent_by(row));
    let why = ("该单位没有向该平台报送的目录项", "the catalogue names nothing that the office hands to this platform");
    (!sends).then(|| unfit(owned(why), ("由目录所列的单位报送", "an office that the catalogue names hands it over")))
}

/// What a submission brings, or what its answer says.
pub(crate) fn lines(act: &mut Act<'_>, word: LinesWord) -> Option<Reason> {
    match word {
        LinesWord::Covered => covered(act, false),
        LinesWord::Corrected => covered(act, true).or_else(|| corrected(act)),
        LinesWord::AllAccepted => answered(act, true),
        LinesWord::SomeReturned => answered(act, false),
    }
}

fn named(act: &Act<'_>) -> Vec<RowId> {
    match &act.command.arguments.form {
        Some(Form::Lines(form)) => form.rows.clone(),
        _ => Vec::new(),
    }
}

fn answers(act: &Act<'_>) -> Vec<LineAnswer> {
    match &act.command.arguments.form {
        Some(Form::Answers(form)) => form.answers.clone(),
        _ => Vec::new(),
    }
}

/// Every row is the office's own, goes to the platform, and is not there already in this version; at first hand-over it stands. What
/// has ended since it came back is named all the same, and handed over no more.
fn covered(act: &mut Act<'_>, again: bool) -> Option<Reason> {
    let platform = act.case.data.0.submission()?.form.platform;
    let most = act.setting_number("submission_lines").unwrap_or(0) as usize;
    let rows = named(act);
    let none = ("没有需要报送的信息", "there is nothing to hand over");
    let mut seen = BTreeSet::new();
    if rows.is_empty() && act.mine::<SubmissionLine>().next().is_none() {
        return Some(unfit(
            owned(none),
            ("先导入目录信息，或者撤回本次报送", "bring the information in first, or take the submission back"),
        ));
    }
    if rows.len() > most {
        let why = (format!("一次最多报送{most}行"), format!("one submission holds at most {most} lines"));
        return Some(unfit(why, ("分次报送，每次在上限以内", "hand them over in several submissions")));
    }
    let wrong = rows.iter().find_map(|id| {
        let twice = !seen.insert(*id);
        let found = act.snapshot.rows().information.get(&id.to_string());
        let why = if twice { Some(("同一行出现两次", "a row stands twice")) } else { row_unfit(act, found, (platform, again)) };
        why.map(|(zh, en)| {
            let name = found.map_or_else(|| "?".to_owned(), |row| row.name.clone());
            (format!("{name}：{zh}"), format!("{name}: {en}"))
        })
    });
    wrong.map(|why| unfit(why, ("重新打开报送清单", "read the list of what is to be handed over once more")))
}

/// Why a row cannot be handed to a platform.
fn row_unfit(act: &Act<'_>, row: Option<&Information>, (platform, again): (Platform, bool)) -> Option<(&'static str, &'static str)> {
    let Some(row) = row else { return Some(("没有该行信息", "there is no such row")) };
    let rows = act.snapshot.rows();
    let whole = row.import.is_none_or(|id| rows.imports.get(&id.to_string()).is_some_and(|file| file.status == ImportStatus::Whole));
    if !whole {
        return Some(("该行随文件导入，尚未生效", "it arrives with a file that is being imported"));
    }
    let item =
        act.rules.items.get(&row.item).filter(|item| item.platforms.contains(&platform) && item.has_basis(&act.rules.law, act.today()));
    if item.is_none() {
        return Some(("目录未列明向该平台报送", "the catalogue does not send it to this platform"));
    }
    if roles::goes_on(act.snapshot, &row.office) != roles::goes_on(act.snapshot, &act.case.office) {
        return Some(("不是本单位的信息", "it is another office's"));
    }
    if has_ended(act, row) {
        return (!again).then_some(("该信息已失效", "it stands no longer"));
    }
    let there = rows.submission_lines.values().any(|line| {
        let same = line.information == row.id && line.version == row.version && line.platform == platform;
        same && line.outcome != Some(LineOutcome::Returned)
    });
    there.then_some(("该版本已报送", "this version was handed over already"))
}

fn has_ended(act: &Act<'_>, row: &Information) -> bool {
    row.ended_on.is_some_and(|ended| ended <= act.today())
}

/// The newest line of each row that this submission has handed over.
fn newest<'a>(act: &'a Act<'_>) -> BTreeMap<(&'a str, &'a str), &'a SubmissionLine> {
    let mut lines: Vec<_> = act.mine::<SubmissionLine>().collect();
    lines.sort_by_key(|line| line.line);
    lines.into_iter().map(|line| ((line.item.as_str(), line.key.as_str()), line)).collect()
}

/// Every line that came back is named again: corrected, or ended since.
fn corrected(act: &mut Act<'_>) -> Option<Reason> {
    let rows = act.snapshot.rows();
    let again: BTreeSet<_> =
        named(act).iter().filter_map(|id| rows.information.get(&id.to_string())).map(|row| (row.item.clone(), row.key.clone())).collect();
    let left = newest(act)
        .into_values()
        .find(|line| line.outcome == Some(LineOutcome::Returned) && !again.contains(&(line.item.clone(), line.key.clone())));
    let number = left.map(|line| line.line)?;
    let why = (format!("第{number}行退回后未更正"), format!("line {number} came back and was not corrected"));
    Some(unfit(why, ("在名录中更正后一并报送", "correct it in its register, and hand it over with the others")))
}

/// Lines that wait for their answer.
fn waiting(act: &Act<'_>) -> Vec<SubmissionLine> {
    let mut lines: Vec<_> = act.mine::<SubmissionLine>().filter(|line| line.outcome.is_none()).cloned().collect();
    lines.sort_by_key(|line| line.line);
    lines
}

/// Every line that waits has its answer, and no other; all of them accepted, or not.
fn answered(act: &mut Act<'_>, all: bool) -> Option<Reason> {
    let given = answers(act);
    let lines: BTreeSet<i64> = waiting(act).iter().map(|line| line.line).collect();
    let mut seen = BTreeSet::new();
    let wrong = |zh: String, en: String| Some(Reason::new(Code::LinesNotAnswered).titled("why", (zh, en)));
    for answer in &given {
        let line = answer.line;
        if !lines.contains(&line) {
            return wrong(format!("没有待反馈的第{line}行"), format!("no line {line} waits for its answer"));
        }
        if !seen.insert(line) {
            return wrong(format!("第{line}行出现两次"), format!("line {line} stands twice"));
        }
    }
    if let Some(line) = lines.iter().find(|line| !seen.contains(line)) {
        return wrong(format!("缺第{line}行的反馈"), format!("the answer to line {line} is missing"));
    }
    let returned = given.iter().any(|answer| answer.outcome == LineOutcome::Returned);
    match (all, returned) {
        (true, true) => wrong("有退回的行".to_owned(), "lines came back".to_owned()),
        (false, false) => wrong("没有退回的行".to_owned(), "no line came back".to_owned()),
        _ => None,
    }
}

/// Freezes what is handed over, or marks what the platform says.
pub(crate) fn keep_lines(act: &mut Act<'_>, word: KeepWord) {
    match word {
        KeepWord::Freeze => freeze(act),
        KeepWord::Mark => mark(act),
    }
}

fn freeze(act: &mut Act<'_>) {
    let Some(data) = act.case.data.0.submission().cloned() else { return };
    let (sent_on, mut line) = (act.signed_on(), i64::from(data.lines));
    for id in named(act) {
        let Some(row) = act.snapshot.rows().information.get(&id.to_string()).cloned() else { continue };
        let rules = act.rules;
        let Some(item) = rules.items.get(&row.item).filter(|_| !has_ended(act, &row)) else { continue };
        line += 1;
        let row = frozen(act, item, &row, (data.form.platform, sent_on, line));
        act.snapshot.put(row);
    }
    if let CaseData::DataSubmission(data) = &mut act.case.data.0 {
        data.sent_on = data.sent_on.or(Some(sent_on));
        data.lines = u32::try_from(line).unwrap_or(u32::MAX);
    }
}

fn frozen(act: &mut Act<'_>, item: &Item, row: &Information, (platform, sent_on, line): (Platform, Date, i64)) -> SubmissionLine {
    let judged = item.judge(row.kind, &row.fields.read::<Values>().unwrap_or_default());
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    SubmissionLine {
        id: act.draw(),
        case_id: act.case.id,
        information: row.id,
        version: row.version.clone(),
        line,
        item: row.item.clone(),
        key: row.key.clone(),
        platform,
        decision: item.decision,
        decided_on: row.decided_on,
        sent_on,
        needed: number(judged.cells.den),
        filled: number(judged.cells.num),
        wrong: (!judged.reasons.is_empty()).then(|| judged.reasons.join(",")),
        outcome: None,
        code: None,
        answered_on: None,
    }
}

fn mark(act: &mut Act<'_>) {
    let answered_on = act.date(DateKey::KnownOn).unwrap_or(act.today());
    let given: BTreeMap<i64, LineAnswer> = answers(act).into_iter().map(|answer| (answer.line, answer)).collect();
    for line in waiting(act) {
        let Some(answer) = given.get(&line.line) else { continue };
        act.snapshot.put(SubmissionLine {
            outcome: Some(answer.outcome),
            code: answer.code.clone().filter(|_| answer.outcome == LineOutcome::Returned),
            answered_on: Some(answered_on),
            ..line
        });
    }
    if let CaseData::DataSubmission(data) = &mut act.case.data.0 {
        data.answered_on = Some(answered_on);
    }
}
