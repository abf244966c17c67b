//! Lines of a submission: what would be handed over, what was, and what the platform says of each.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Result, SimpleObject};
use domain::{
    collection::LineOutcome,
    ids::{CaseId, RowId},
    process::{Form, Process, Verb},
    rows::{Case, Information},
    submission::{AnswersForm, LineAnswer},
};
use sha2::{Digest, Sha256};
use time::Date;

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, find, node, words::Words},
    store::{StoreFault, information},
};

/// Rows of the list that one answer shows.
const SHOWN: usize = 200;
/// Longest code of a platform, in characters.
const CODE: usize = 40;

/// A row that would be handed over.
#[derive(Clone, Debug, SimpleObject)]
pub struct LineShown {
    /// What the catalogue calls it.
    pub item: Words,
    /// Whom it is about.
    pub name: String,
    /// The code of the subject; none where it has no valid one.
    pub uscc: Option<String>,
    /// The day of the decision; none of what is none.
    pub decided_on: Option<Date>,
    /// What the platform would send it back for, as field and reason; empty where nothing is wrong.
    pub wrong: Vec<String>,
}

/// What would be handed over now.
#[derive(Clone, Debug, SimpleObject)]
pub struct LinesToHandOver {
    /// How many lines.
    pub count: usize,
    /// How many of them the platform would send back.
    pub wrong: usize,
    /// Digest of the lines in these versions: give it back to hand over these very lines.
    pub digest: String,
    /// The first 200 of them.
    pub rows: Vec<LineShown>,
}

/// A line that was handed over.
#[derive(Clone, Debug, SimpleObject)]
pub struct HandedLine {
    /// Its number in the file.
    pub line: i64,
    /// What the catalogue calls it.
    pub item: Words,
    /// What makes the row the same row.
    pub key: String,
    /// Whom it is about.
    pub name: String,
    /// The day on which it was handed over.
    pub sent_on: Date,
    /// What was wrong with it by the catalogue of that day.
    pub wrong: Vec<String>,
    /// What the platform said; none before it answered.
    pub outcome: Option<EnumOf<LineOutcome>>,
    /// The platform's code of what is wrong.
    pub code: Option<String>,
    /// The day of the answer.
    pub answered_on: Option<Date>,
}

fn failed(fault: StoreFault) -> async_graphql::Error {
    fault::internal(&fault)
}

/// (zh, en) of an item of the catalogue; its key where the catalogue has it no more.
pub(in crate::graphql) fn item_title(app: &App, key: &str) -> Words {
    let rules = app.rules();
    rules.items.get(key).map_or_else(|| (key.to_owned(), key.to_owned()).into(), |item| (item.zh.clone(), item.en.clone()).into())
}

fn reasons(wrong: Option<&str>) -> Vec<String> {
    wrong.into_iter().flat_map(|wrong| wrong.split(',')).map(str::to_owned).collect()
}

/// The lines of a submission.
///
/// # Errors
/// When the database fails.
pub async fn handed(ctx: &Context<'_>, case: CaseId) -> Result<Vec<HandedLine>> {
    let app = ctx.data::<App>()?;
    let lines = information::lines(&app.database, case).await.map_err(failed)?;
    let ids: Vec<_> = lines.iter().map(|line| line.information.to_string()).collect();
    let rows = information::by_ids(&app.database, &ids).await.map_err(failed)?;
    let one = |line: domain::rows::SubmissionLine| HandedLine {
        line: line.line,
        item: item_title(app, &line.item),
        name: rows.get(&line.information.to_string()).map(|row| row.name.clone()).unwrap_or_default(),
        key: line.key,
        sent_on: line.sent_on,
        wrong: reasons(line.wrong.as_deref()),
        outcome: line.outcome.map(EnumOf),
        code: line.code,
        answered_on: line.answered_on,
    };
    Ok(lines.into_iter().map(one).collect())
}

/// The rows that a submission would hand over as it stands: everything of a draft, what is to be corrected of one that came back.
async fn waiting(app: &App, case: &Case) -> Result<Vec<Information>> {
    let Some(data) = case.data.0.submission() else { return Ok(Vec::new()) };
    let (rules, platform) = (app.rules(), data.form.platform);
    let most = u64::from(app.setting_number("submission_lines").await.map_err(failed)?);
    if case.state != "draft" {
        return information::to_correct(&app.database, case.id, platform, most).await.map_err(failed);
    }
    let items: Vec<&str> = rules.items.of(platform).map(|item| item.key.as_str()).collect();
    information::to_hand_over(&app.database, (&case.office, platform), &items, app.clock.today(), most).await.map_err(failed)
}

fn digest(rows: &[Information]) -> String {
    let mut hash = Sha256::new();
    for row in rows {
        hash.update(format!("{}\t{}\n", row.id, row.version));
    }
    format!("{:x}", hash.finalize())
}

/// What would be handed over now; none where nothing would be, or the submission waits for its answer.
///
/// # Errors
/// When the database fails.
pub async fn to_hand_over(ctx: &Context<'_>, case: &Case) -> Result<Option<LinesToHandOver>> {
    if !["draft", "to_correct"].contains(&case.state.as_str()) {
        return Ok(None);
    }
    let app = ctx.data::<App>()?;
    let rows = waiting(app, case).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let rules = app.rules();
    let wrong = |row: &Information| {
        let item = rules.items.get(&row.item);
        item.map(|item| item.judge(row.kind, &row.fields.read().unwrap_or_default()).reasons).unwrap_or_default()
    };
    let shown = rows.iter().take(SHOWN).map(|row| LineShown {
        item: item_title(app, &row.item),
        name: row.name.clone(),
        uscc: row.uscc.clone(),
        decided_on: row.decided_on,
        wrong: wrong(row),
    });
    let shown = shown.collect();
    let wrong = rows.iter().filter(|row| !wrong(row).is_empty()).count();
    Ok(Some(LinesToHandOver { count: rows.len(), wrong, digest: digest(&rows), rows: shown }))
}

async fn submission(ctx: &Context<'_>, id: &ID) -> Result<Case> {
    let case = node::case_id(id).ok_or_else(fault::not_found)?;
    let found = find::case(ctx, case).await?.filter(|case| case.process == Process::DataSubmission);
    found.ok_or_else(fault::not_found)
}

/// The rows that are handed over, if they are those that the caller has read.
///
/// # Errors
/// At the digest, where they are others by now.
pub async fn named(ctx: &Context<'_>, id: &ID, read: Option<&str>) -> Result<Vec<RowId>> {
    let case = submission(ctx, id).await?;
    let rows = waiting(ctx.data::<App>()?, &case).await?;
    let read = read.map(str::trim).filter(|read| !read.is_empty());
    if read.is_some_and(|read| read != digest(&rows)) {
        let words = ("报送内容已有变化，请重新核对清单", "the lines are others by now: read the list once more");
        return Err(fault::bad_coded("input.digest", "LINES_CHANGED", words));
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The answers of a text, a line each, and the act that notes them.
///
/// # Errors
/// At the answers, where a line is none.
pub async fn answers(ctx: &Context<'_>, id: &ID, text: &str) -> Result<(Verb, Form)> {
    let case = submission(ctx, id).await?;
    let lines = information::lines(&ctx.data::<App>()?.database, case.id).await.map_err(failed)?;
    let open: Vec<i64> = lines.iter().filter(|line| line.outcome.is_none()).map(|line| line.line).collect();
    let (mut found, mut others) = (BTreeMap::new(), None);
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (number, outcome, code) = read(line).ok_or_else(|| wrong(place + 1))?;
        match number {
            Some(number) if found.insert(number, (outcome, code)).is_some() => return Err(wrong(place + 1)),
            Some(_) => {}
            None if others.replace(outcome).is_some() => return Err(wrong(place + 1)),
            None => {}
        }
    }
    if let Some(outcome) = others {
        for line in open {
            found.entry(line).or_insert((outcome, None));
        }
    }
    let answers: Vec<_> = found.into_iter().map(|(line, (outcome, code))| LineAnswer { line, outcome, code }).collect();
    let returned = answers.iter().any(|answer| answer.outcome == LineOutcome::Returned);
    let verb = if returned { Verb::RecordReturn } else { Verb::RecordAcceptance };
    Ok((verb, AnswersForm { answers }.into()))
}

type Answer = (Option<i64>, LineOutcome, Option<String>);

/// Number, outcome and code of a line; no number where it speaks of all others.
fn read(line: &str) -> Option<Answer> {
    let mut parts =
        line.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | '，' | ';' | '；')).filter(|part| !part.is_empty());
    let number = match parts.next()? {
        "其余" | "OTHERS" | "others" => None,
        text => Some(text.parse().ok().filter(|number| *number > 0)?),
    };
    let outcome = match parts.next()? {
        "入库" | "ACCEPTED" | "accepted" => LineOutcome::Accepted,
        "退回" | "RETURNED" | "returned" => LineOutcome::Returned,
        _ => return None,
    };
    let code = parts.next().map(str::to_owned);
    let plain = |code: &String| code.chars().count() <= CODE && code.bytes().all(|byte| byte.is_ascii_graphic());
    (parts.next().is_none() && code.as_ref().is_none_or(plain)).then_some((number, outcome, code))
}

fn wrong(line: usize) -> async_graphql::Error {
    let words = (
        format!("第{line}行不能识别：应为行号、入库或者退回、退回代码；一行不能出现两次"),
        format!("line {line} cannot be read: a number, ACCEPTED or RETURNED, and a code; no number stands twice"),
    );
    fault::bad_input("input.answers", words)
}
