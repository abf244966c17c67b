//! `law check|diff|load|simulate|move` and `calendar load`: law files, without and with effect.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use domain::{admin::AdminAct, command::Actor, refusal::Refusal};
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;
use workflows::{
    engine::{Rules, decide::moves, recounted_from},
    law::{Difference, Kind, RulesFault, diff},
};

use super::{
    args::PlaceArgs,
    law_args::Law,
    law_show,
    run::{open, place, say},
};
use crate::{
    app::{App, law_of},
    door::Answer,
    law::{
        moved::{self, MovedDeadline},
        review::{self, Found},
        simulate::{self, Change, Trial},
    },
    store::{counting, entities},
    work::moving,
};

/// Runs a command about law files; exit code 1 where a file is faulty or an act is refused.
pub(super) async fn law(args: &PlaceArgs, law: Law) -> Result<ExitCode> {
    match law {
        Law::Due(_) | Law::Assess(_) | Law::Id => Ok(ExitCode::SUCCESS),
        Law::Show { citation } => law_show::show(args, citation.as_deref()).await,
        Law::Check { files } => check(args, &files).await,
        Law::Diff { old, new } => compare(args, &old, &new).await,
        Law::Load { files, commit } => load(args, read(&files)?, commit).await,
        Law::Simulate { files, as_of } => try_out(args, &files, &as_of).await,
        Law::Review => look_back(args).await,
        Law::Move { number } => move_case(args, &number).await,
    }
}

/// A year's calendar: what would move, and with `commit` it moves.
pub(super) async fn calendar(args: &PlaceArgs, file: &Path, commit: bool) -> Result<ExitCode> {
    let given = read(&[file.to_owned()])?;
    if !given[0].1.trim_start().starts_with('{') {
        bail!("{} is no calendar in the form of holiday-cn", file.display());
    }
    load(args, given, commit).await
}

pub(super) fn read(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let one = |path: &PathBuf| {
        Ok((path.display().to_string(), std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?))
    };
    files.iter().map(one).collect()
}

pub(super) fn faulty(args: &PlaceArgs, fault: &RulesFault) -> ExitCode {
    say(args, &json!({ "faults": fault.0 }), &fault.to_string());
    ExitCode::FAILURE
}

async fn check(args: &PlaceArgs, files: &[PathBuf]) -> Result<ExitCode> {
    let given = read(files)?;
    let (rules, paths) = match law_of(&place(args)?).await?.over(&given) {
        Ok(found) => found,
        Err(fault) => return Ok(faulty(args, &fault)),
    };
    let kind = |path: &str| Kind::of_path(path).map_or(("", ""), Kind::title);
    let lines: Vec<_> =
        given.iter().zip(&paths).map(|((name, _), path)| format!("good: {name} is {path} ({} {})", kind(path).0, kind(path).1)).collect();
    let list: Vec<_> = given.iter().zip(&paths).map(|((name, _), path)| json!({ "file": name, "path": path })).collect();
    let warnings = warnings(&rules, &given);
    let lines = lines.into_iter().chain(warned(&warnings)).collect::<Vec<_>>();
    say(args, &json!({ "files": list, "faults": [], "warnings": warnings }), &lines.join("\n"));
    Ok(ExitCode::SUCCESS)
}

/// What looks wrong in the calendars among the files, and holds nothing up.
fn warnings(rules: &Rules, given: &[(String, String)]) -> Vec<String> {
    let calendars = given.iter().filter(|(_, text)| text.trim_start().starts_with('{'));
    calendars.flat_map(|(name, text)| rules.law.calendar_warnings(text).into_iter().map(move |words| format!("{name}: {words}"))).collect()
}

fn warned(warnings: &[String]) -> impl Iterator<Item = String> {
    warnings.iter().map(|words| format!("注意 warning: {words}"))
}

async fn compare(args: &PlaceArgs, old: &str, new: &str) -> Result<ExitCode> {
    let rules = law_of(&place(args)?).await?;
    let text = |name: &str| match rules.files().get(name) {
        Some(text) if !Path::new(name).exists() => Ok(text.to_owned()),
        _ => std::fs::read_to_string(name).with_context(|| format!("there is neither a file nor a law file {name}")),
    };
    match diff([old, new], [&text(old)?, &text(new)?]) {
        Ok(found) => say(args, &json!(found), &differences(&found)),
        Err(fault) => return Ok(faulty(args, &RulesFault(vec![fault]))),
    }
    Ok(ExitCode::SUCCESS)
}

fn differences(found: &[Difference]) -> String {
    if found.is_empty() {
        return "没有变化。Nothing changes.".to_owned();
    }
    found.iter().map(|one| format!("{}。\n  {}.", one.zh, one.en)).collect::<Vec<_>>().join("\n")
}

async fn load(args: &PlaceArgs, given: Vec<(String, String)>, commit: bool) -> Result<ExitCode> {
    let app = open(args).await?;
    let old = app.rules();
    let (new, paths) = match old.over(&given) {
        Ok(found) => found,
        Err(fault) => return Ok(faulty(args, &fault)),
    };
    let warnings = warnings(&new, &given);
    let mut acts: Vec<_> = paths.into_iter().zip(given).map(|(path, (_, text))| AdminAct::LoadLaw { path, text }).collect();
    // New articles stand in the list before their words are loaded.
    acts.sort_by_key(|act| !matches!(act, AdminAct::LoadLaw { path, .. } if path == "sources.toml"));
    let mut moved: Vec<MovedDeadline> = Vec::new();
    if let Some(from) = acts.iter().filter_map(|act| recounted_from(&old, act)).min() {
        moved::each(&app.database, &new, from, |deadline| moved.push(deadline), |_| {}).await?;
    }
    let mut entries = Vec::new();
    let mut told = 0;
    if commit {
        for act in acts.iter().cloned() {
            let command = app.about_the_house(Actor::Operator, act);
            match app.submit(command, None, None, Vec::new(), false).await? {
                Answer::Accepted(done) => {
                    told += done.follow_ups.len();
                    entries.push(done.entry);
                }
                Answer::Refused { refusal, .. } => return Ok(refused(args, &refusal)),
                Answer::Nothing => {}
            }
        }
    }
    let cases = if commit { moving::all(&app).await? } else { 0 };
    let paths: Vec<_> = acts.iter().filter_map(|act| if let AdminAct::LoadLaw { path, .. } = act { Some(path) } else { None }).collect();
    // Changed days first; deadlines whose mark alone changes come after them, under a heading of their own.
    moved.sort_by_key(|one| (one.days == 0, std::cmp::Reverse(one.days.abs())));
    let days = moved.iter().filter(|one| one.days != 0).count();
    let mut lines: Vec<_> = warned(&warnings).chain(moved[..days].iter().map(line)).collect();
    if days < moved.len() {
        lines.push("同日，仅标记变化 the same day, only the mark changes:".to_owned());
        lines.extend(moved[days..].iter().map(mark));
    }
    lines.extend(paths.iter().map(|path| if commit { format!("{path} holds") } else { format!("{path} would hold") }));
    lines.push(format!(
        "{days} deadlines {} their day, {} only their mark",
        if commit { "changed" } else { "would change" },
        moved.len() - days
    ));
    lines.push(if commit {
        format!("{told} cases were counted again, {cases} moved to new law; entries {entries:?}")
    } else {
        "nothing was written; --commit does it".to_owned()
    });
    say(
        args,
        &json!({ "committed": commit, "files": paths, "warnings": warnings, "deadlines": moved, "entries": entries, "casesMoved": cases }),
        &lines.join("\n"),
    );
    Ok(ExitCode::SUCCESS)
}

fn line(one: &MovedDeadline) -> String {
    let day = |day: Option<time::Date>| day.map_or("–".to_owned(), |day| day.to_string());
    let mark = if one.provisional {
        "，暂定 provisional"
    } else if one.was_provisional {
        "，不再暂定 provisional no more"
    } else {
        ""
    };
    format!("{} {} {}: {} → {}{mark}", one.case, one.zh, one.en, day(one.old), day(one.new))
}

/// A deadline whose day stays.
fn mark(one: &MovedDeadline) -> String {
    let day = one.new.map_or("–".to_owned(), |day| day.to_string());
    let mark = if one.provisional { "暂定 provisional" } else { "不再暂定 provisional no more" };
    format!("  {} {} {}: {day}，{mark}", one.case, one.zh, one.en)
}

pub(super) fn refused(args: &PlaceArgs, refusal: &Refusal) -> ExitCode {
    let line = |reason: &domain::refusal::Reason| {
        let ((zh, en), (do_zh, do_en)) = (reason.message(), reason.remedy());
        format!("{}: {zh}。{en}\n  {do_zh}。{do_en}", reason.code)
    };
    let lines: Vec<_> = refusal.reasons.iter().map(line).collect();
    say(args, &json!({ "refusal": refusal }), &lines.join("\n"));
    ExitCode::FAILURE
}

async fn move_case(args: &PlaceArgs, number: &str) -> Result<ExitCode> {
    let app = open(args).await?;
    let found = counting::cases().filter(entities::cases::Column::Number.eq(number)).one(app.database.pool()).await?;
    let case = found.with_context(|| format!("there is no case {number}"))?.row()?;
    let command = moves::command(Actor::Operator, case.id, app.clock.today(), app.clock.now(), uuid::Uuid::now_v7());
    match app.submit(command, None, None, Vec::new(), false).await? {
        Answer::Refused { refusal, .. } => Ok(refused(args, &refusal)),
        Answer::Accepted(done) => {
            say(
                args,
                &json!({ "case": number, "entry": done.entry }),
                &format!("{number} goes on under the new law: entry {}", done.entry),
            );
            Ok(ExitCode::SUCCESS)
        }
        Answer::Nothing => Ok(ExitCode::SUCCESS),
    }
}

async fn look_back(args: &PlaceArgs) -> Result<ExitCode> {
    let app = open(args).await?;
    let rules = app.rules();
    let mut lines = Vec::new();
    let totals = review::run(&app.database, &rules, |found| {
        lines.push(if args.json { json!(found).to_string() } else { past(&rules, &found) });
    })
    .await?;
    for line in lines {
        println!("{line}");
    }
    let (acts, found) = (totals.acts, totals.found);
    let words = format!(
        "共查 {acts} 项办理，其中 {found} 项按现行规则不能办理。没有写入任何内容。\n{acts} acts looked at; {found} would be refused today. Nothing was written."
    );
    println!("{}", if args.json { json!({ "totals": totals }).to_string() } else { words });
    Ok(ExitCode::SUCCESS)
}

/// An act that would be refused, in words.
fn past(rules: &Rules, found: &Found) -> String {
    let verb = rules.catalogue.entry_title(found.process.as_deref(), &found.verb);
    let mut lines =
        vec![format!("{} {} {} {}（条目 entry {}）", found.case.as_deref().unwrap_or("–"), found.on, verb.0, verb.1, found.entry)];
    for reason in &found.reasons {
        let ((zh, en), article) = (reason.message(), reason.article.as_ref().map(|article| rules.law.sources().title(article)));
        let (cited_zh, cited_en) = article.unwrap_or_else(|| ("–".to_owned(), "–".to_owned()));
        lines.push(format!("  {}: {zh}（{cited_zh}）。{en} ({cited_en})", reason.code));
    }
    lines.join("\n")
}

async fn try_out(args: &PlaceArgs, files: &[PathBuf], as_of: &str) -> Result<ExitCode> {
    let given = read(files)?;
    let as_of = domain::day::parse(as_of).with_context(|| format!("“{as_of}” is not a day like 2027-07-01"))?;
    let app: App = open(args).await?;
    let old = app.rules();
    let (new, paths) = match old.over(&given) {
        Ok(found) => found,
        Err(fault) => return Ok(faulty(args, &fault)),
    };
    let settings = app.database.settings().await?;
    let trial = Trial { old: &old, new: &new, paths: &paths, as_of, settings: &settings };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let shown = std::io::stderr().is_terminal();
    let mut failed = None;
    let told = |change: Change| {
        let written = if args.json {
            serde_json::to_string(&change).map_err(Into::into).and_then(|text| writeln!(out, "{text}"))
        } else {
            writeln!(out, "{}", words(&new, &change))
        };
        failed = failed.take().or(written.err());
    };
    let totals = simulate::run(&app.database, &trial, told, |rows| {
        if shown {
            eprint!("\r{rows} rows");
        }
    })
    .await?;
    if shown {
        eprintln!();
    }
    if let Some(fault) = failed {
        return Err(fault.into());
    }
    if args.json {
        writeln!(out, "{}", json!({ "totals": totals, "asOf": as_of.to_string() }))?;
    } else {
        writeln!(out, "{}", sums(&totals))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn words(rules: &Rules, change: &Change) -> String {
    let name = |subject: &Option<String>| subject.clone().unwrap_or_else(|| "（自然人 natural person）".to_owned());
    match change {
        Change::Deadline(one) => format!("{} {}", line(one), name(&one.subject)),
        Change::Record { case, subject, figures } => {
            let figure = |one: &simulate::Figure| {
                let days = one.days.map(|days| format!(" ({days:+} 日 days)")).unwrap_or_default();
                let (zh, en) = simulate::Figure::title(one.figure).unwrap_or_default();
                format!("{zh} {en}: {} → {}{days}", one.old.as_deref().unwrap_or("–"), one.new.as_deref().unwrap_or("–"))
            };
            format!("{case} {}；重新确定时 if fixed anew: {}", name(subject), figures.iter().map(figure).collect::<Vec<_>>().join("; "))
        }
        Change::Case { case, subject, from, to, old_state, new_state } => {
            let title = simulate::state_title(rules, new_state).map(|(zh, en)| format!("{zh} {en}")).unwrap_or_default();
            format!("{case} {}: 转入 moves {from} → {to}, {old_state} → {new_state} {title}", name(subject))
        }
    }
}

fn sums(totals: &simulate::Totals) -> String {
    let mut lines = vec![format!(
        "共查 {} 件案件、{} 个期限；变更：期限 {}，记录 {}，转入新规则 {}。\n{} cases and {} deadlines looked at; changed: {} deadlines, {} records, {} cases moved; {} marks lifted.",
        totals.cases,
        totals.deadlines,
        totals.deadlines_moved,
        totals.records_changed,
        totals.cases_moved,
        totals.cases,
        totals.deadlines,
        totals.deadlines_moved,
        totals.records_changed,
        totals.cases_moved,
        totals.marks_lifted,
    )];
    for (figure, sum) in &totals.by_figure {
        lines.push(format!("  {figure}: {}, +{} / -{} 日 days", sum.count, sum.days_later, sum.days_earlier));
    }
    lines.push("没有写入任何内容。Nothing was written.".to_owned());
    lines.join("\n")
}
