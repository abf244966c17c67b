//! `law show`: what may be cited, and the words of it.

use std::{fmt::Write, process::ExitCode};

use anyhow::{Result, bail};
use serde_json::{Value, json};
use workflows::law::{CitationFault, Mark, Source, Sources};

use super::{
    args::PlaceArgs,
    run::{place, say},
};
use crate::app::law_of;

/// Shows one article, all cited articles of an instrument, or every instrument.
pub(super) async fn show(args: &PlaceArgs, asked: Option<&str>) -> Result<ExitCode> {
    let rules = law_of(&place(args)?).await?;
    let sources = rules.law.sources();
    match asked.map(str::trim).map(|asked| (asked, asked.split_once('/'))) {
        None => {
            let list: Vec<_> = sources.all().iter().map(|source| heading(sources, source)).collect();
            let lines: Vec<_> = sources.all().iter().map(|source| line(sources, source)).collect();
            say(args, &json!(list), &lines.join("\n"));
        }
        Some((citation, Some((key, _)))) => {
            if let Err(fault) = sources.exists(citation) {
                bail!("{fault}{}", allowed(sources, key, &fault));
            }
            say(args, &article(sources, citation), &told(sources, citation));
        }
        Some((key, None)) => {
            let Some(source) = sources.get(key) else {
                let fault = CitationFault::Source(key.to_owned());
                bail!("{fault}{}", allowed(sources, key, &fault));
            };
            let citations = || source.articles.iter().map(|article| format!("{key}/{article}"));
            let mut value = heading(sources, source);
            value["articles"] = citations().map(|citation| article(sources, &citation)).collect();
            let texts: Vec<_> = citations().map(|citation| told(sources, &citation)).collect();
            say(args, &value, &format!("{}\n\n{}", line(sources, source), texts.join("\n\n")));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What may be written instead.
fn allowed(sources: &Sources, key: &str, fault: &CitationFault) -> String {
    let keys: Vec<&str> = match (fault, sources.get(key)) {
        (CitationFault::Article(_), Some(source)) => source.articles.iter().map(String::as_str).collect(),
        _ => sources.all().iter().map(|source| source.key.as_str()).collect(),
    };
    format!("; allowed: {}", keys.join(", "))
}

/// How many of an instrument's cited articles have their words here.
fn with_words(sources: &Sources, source: &Source) -> usize {
    source.articles.iter().filter(|article| sources.quote(&format!("{}/{article}", source.key)).is_some()).count()
}

fn heading(sources: &Sources, source: &Source) -> Value {
    json!({
        "key": source.key, "zh": source.zh, "en": source.en, "number": source.number,
        "inForceFrom": source.in_force_from.to_string(), "inForceTo": source.in_force_to.map(|day| day.to_string()),
        "cited": source.articles.len(), "withWords": with_words(sources, source),
    })
}

fn line(sources: &Sources, source: &Source) -> String {
    let to = source.in_force_to.map_or_else(String::new, |day| day.to_string());
    let number = if source.number.is_empty() { String::new() } else { format!(" {}", source.number) };
    format!(
        "{}  《{}》{number} {}  {}–{to}  条文 words {}/{}",
        source.key,
        source.zh,
        source.en,
        source.in_force_from,
        with_words(sources, source),
        source.articles.len()
    )
}

fn article(sources: &Sources, citation: &str) -> Value {
    let (zh, en) = sources.title(citation);
    let quote = sources.quote(citation);
    let both = |both: &workflows::law::Both| json!({ "zh": both.zh, "en": both.en });
    json!({
        "citation": citation, "zh": zh, "en": en,
        "words": quote.map(|quote| &quote.words), "link": quote.map(|quote| &quote.link), "readOn": quote.map(|quote| quote.read_on.to_string()),
        "readInFull": quote.map(|quote| quote.mark == Mark::Confirmed), "digest": quote.map(|quote| &quote.sha256),
        "note": quote.and_then(|quote| quote.note.as_ref()).map(both), "absent": sources.absent(citation).as_ref().map(both),
    })
}

fn told(sources: &Sources, citation: &str) -> String {
    let (zh, en) = sources.title(citation);
    let mut text = format!("{citation}\n{zh}\n{en}\n");
    if let Some(quote) = sources.quote(citation) {
        let extent = if quote.mark == Mark::Confirmed { "全文 in a full text" } else { "节录或转载 in an excerpt or second hand" };
        let _ = write!(text, "\n{}\n\n来源 read on {}, {extent}: {}\nSHA-256 {}", quote.words, quote.read_on, quote.link, quote.sha256);
        if let Some(note) = &quote.note {
            let _ = write!(text, "\n{}\n{}", note.zh, note.en);
        }
    }
    if let Some(why) = sources.absent(citation) {
        let _ = write!(text, "\n没有条文 no words: {}\n{}", why.zh, why.en);
    }
    text
}
