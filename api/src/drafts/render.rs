//! From template and facts to the parts of a paper. Every line of a template begins with the word of its part.

use domain::sheet::{SheetKind, SheetPart};
use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig};
use thiserror::Error;

use super::{
    facts::{Facts, GAP, gap_title},
    offer::Offer,
    sheet::{Part, Sheet},
};
use crate::store::StoreFault;

/// What marks a preview.
pub(super) const DRAFT: &str = "草稿";

/// Why a paper is not drafted.
#[derive(Debug, Error)]
pub enum DraftFault {
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A fault of this build.
    #[error("the template of {kind} does not render: {why}")]
    Template { kind: SheetKind, why: String },
}

/// The template of a kind.
const fn template(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::PriorNotice => include_str!("zh/prior_notice.txt"),
        SheetKind::ListingDecision => include_str!("zh/listing_decision.txt"),
        SheetKind::RepairGuidance => include_str!("zh/repair_guidance.txt"),
        SheetKind::FilingReceipt => include_str!("zh/filing_receipt.txt"),
        SheetKind::AcceptanceNotice => include_str!("zh/acceptance_notice.txt"),
        SheetKind::RepairGrant => include_str!("zh/repair_grant.txt"),
        SheetKind::RepairRefusal => include_str!("zh/repair_refusal.txt"),
        SheetKind::ObjectionAnswer => include_str!("zh/objection_answer.txt"),
        SheetKind::ServiceReturn => include_str!("zh/service_return.txt"),
        SheetKind::ProposalList => include_str!("zh/proposal_list.txt"),
    }
}

/// What stands at the foot of every template that speaks of remedies.
const PARTS: [(&str, &str); 2] = [("remedies", include_str!("zh/remedies.txt")), ("contact", include_str!("zh/contact.txt"))];

/// The engine with the template of one kind.
fn engine(kind: SheetKind) -> Result<Environment<'static>, minijinja::Error> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, text) in PARTS {
        engine.add_template(name, text)?;
    }
    engine.add_template("sheet", template(kind))?;
    Ok(engine)
}

/// What is wrong with the templates, kind by kind; nothing of a sound build.
pub fn template_faults() -> Vec<String> {
    let wrong = |kind: &SheetKind| engine(*kind).err().map(|fault| format!("{kind}: {fault:#}"));
    SheetKind::ALL.iter().filter_map(wrong).collect()
}

/// The part that a line of a template begins.
fn part(word: &str) -> Option<SheetPart> {
    Some(match word {
        "title" => SheetPart::Title,
        "to" => SheetPart::Addressee,
        "h" => SheetPart::Heading,
        "p" => SheetPart::Paragraph,
        "row" => SheetPart::Row,
        "cols" => SheetPart::Columns,
        "note" => SheetPart::Note,
        _ => return None,
    })
}

/// The text with its gaps in words; what is missing goes to the list, once.
fn filled(text: &str, missing: &mut Vec<(String, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(GAP.0) {
        out.push_str(before);
        let (key, after) = after.split_once(GAP.1).unwrap_or((after, ""));
        let (zh, en) = gap_title(key);
        out.push_str(&format!("〔{zh}〕"));
        if !missing.contains(&(zh.clone(), en.clone())) {
            missing.push((zh, en));
        }
        rest = after;
    }
    out + rest
}

/// The parts that a template says.
fn said(kind: SheetKind, facts: &Facts, missing: &mut Vec<(String, String)>) -> Result<Vec<Part>, DraftFault> {
    let broken = |why: String| DraftFault::Template { kind, why };
    let engine = engine(kind).map_err(|fault| broken(format!("{fault:#}")))?;
    let text = engine.get_template("sheet").and_then(|sheet| sheet.render(facts.value())).map_err(|fault| broken(format!("{fault:#}")))?;
    let mut parts = Vec::new();
    for line in text.lines().map(|line| line.trim_matches([' ', '\r'])).filter(|line| !line.is_empty()) {
        let found = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|word| (word, "")));
        let (part, words) =
            found.and_then(|(word, words)| Some((part(word)?, words))).ok_or_else(|| broken(format!("“{line}” begins no part")))?;
        let cells = match part {
            SheetPart::Row | SheetPart::Columns => words.split('|').map(|cell| filled(cell.trim_matches(' '), missing)).collect(),
            _ => vec![filled(words, missing)],
        };
        parts.push(Part { part, cells });
    }
    Ok(parts)
}

/// A paper from the facts of its case.
pub(super) fn sheet(offer: &Offer, facts: &Facts, simulated: bool) -> Result<Sheet, DraftFault> {
    let kind = offer.kind;
    let mut missing = Vec::new();
    let fact = |key: &str, missing: &mut Vec<(String, String)>| filled(&facts.text(key).unwrap_or_default(), missing);
    let draft = offer.issued.is_none();
    let number = facts.text("number");
    let mut parts = Vec::new();
    if draft {
        parts.push(Part::of(SheetPart::Mark, DRAFT));
    }
    if simulated {
        parts.push(Part::of(SheetPart::Mark, "【模拟】出自演示系统，没有任何法律效力"));
    }
    let signed = !matches!(kind, SheetKind::ServiceReturn | SheetKind::ProposalList);
    parts.push(Part::of(SheetPart::Header, fact("body", &mut missing)));
    parts.extend(number.clone().filter(|_| kind != SheetKind::ServiceReturn).map(|number| Part::of(SheetPart::Number, number)));
    let body = said(kind, facts, &mut missing)?;
    let (notes, body): (Vec<_>, Vec<_>) = body.into_iter().partition(|part| part.part == SheetPart::Note);
    let title = body.iter().find(|part| part.part == SheetPart::Title).map(Part::text).unwrap_or_default();
    parts.extend(body);
    if signed {
        parts.push(Part::of(SheetPart::Signature, fact("body", &mut missing)));
        let date = offer.issued.as_ref().map_or_else(|| "　　年　月　日".to_owned(), |issued| domain::day::chinese(issued.on));
        parts.push(Part::of(SheetPart::Date, date));
    }
    parts.extend(notes);
    if let Some(issued) = &offer.issued {
        parts.push(Part::of(SheetPart::Note, format!("审计日志第{}号条目", issued.entry)));
    }
    Ok(Sheet { kind, title, number: number.filter(|_| kind != SheetKind::ServiceReturn), draft, parts, missing })
}
