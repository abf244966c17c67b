//! From letter and arguments to subject, text and HTML.

use std::{fmt::Write as _, sync::LazyLock};

use domain::letter::Letter;
use include_dir::{Dir, include_dir};
use minijinja::{Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{
    args::LetterArgs,
    cleaning::{Language, line, quotation},
    html,
};

static ZH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/letters/zh");
static EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/letters/en");
const HTML: &str = include_str!("layout.html");

/// Longest subject line, in characters; longer ones are cut, since everything in them stands in the text as well.
const MAX_SUBJECT: usize = 200;
/// What stands between the two languages.
const BETWEEN: &str = "\n\n────────────────────────────────\n\n";

/// A letter ready to be mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line, both languages, the case number at the end.
    pub subject: String,
    /// The text part, Chinese first.
    pub text: String,
    /// The same text as HTML, without pictures, scripts or anything fetched from elsewhere.
    pub html: String,
    /// What [`template_digest`] says of the letter: which wording this is.
    pub template_digest: String,
}

/// Why a letter cannot be rendered.
#[derive(Debug, Error)]
pub enum LetterFault {
    /// An argument that every letter shows is empty.
    #[error("the letter {letter} needs {field}, and it is empty; fill it where the notice is made")]
    Empty {
        /// Which letter.
        letter: Letter,
        /// Which argument.
        field: &'static str,
    },
    /// The link is not one that a reader should follow.
    #[error(
        "the link of the letter {letter} must begin with https:// or http:// and hold no space; check the public address in the settings"
    )]
    Link {
        /// Which letter.
        letter: Letter,
    },
    /// A template is missing or broken: a fault of this build.
    #[error("the templates of {letter} do not render: {why}")]
    Template {
        /// Which letter.
        letter: Letter,
        /// What the template engine said.
        why: String,
    },
}

impl LetterFault {
    /// The stable code of this fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "LETTER_ARGUMENT_EMPTY",
            Self::Link { .. } => "LETTER_LINK",
            Self::Template { .. } => "LETTER_TEMPLATE",
        }
    }
}

/// Renders a letter: the same letter, arguments and template digest always give the same text.
pub fn render(letter: Letter, args: &LetterArgs) -> Result<Rendered, LetterFault> {
    check(letter, args)?;
    let broken = |why: String| LetterFault::Template { letter, why };
    let desk = DESK.as_ref().map_err(|why| broken(why.clone()))?;
    let subject = subject(letter, args);
    let mut texts = Vec::with_capacity(2);
    let mut halves = Vec::with_capacity(2);
    for language in [Language::Zh, Language::En] {
        let words = words(language, args).map_err(|error| broken(error.to_string()))?;
        let text = desk
            .get_template(&file(language, letter))
            .and_then(|template| template.render(words))
            .map_err(|error| broken(format!("{error:#}")))?;
        let text = tidy(&text);
        halves.push(html::half(language, &text, args.link.as_deref()));
        texts.push(text);
    }
    let html = desk
        .get_template("layout.html")
        .and_then(|template| template.render(context! { subject => subject.as_str(), halves }))
        .map_err(|error| broken(format!("{error:#}")))?;
    let text = format!("{}\n", texts.join(BETWEEN));
    Ok(Rendered { subject, text, html, template_digest: template_digest(letter) })
}

/// The HTML part of a text that no template holds.
pub(super) fn page(subject: &str, texts: [(Language, &str); 2], link: &str) -> Result<String, LetterFault> {
    let broken = |why: String| LetterFault::Template { letter: Letter::BindingRequested, why };
    let desk = DESK.as_ref().map_err(|why| broken(why.clone()))?;
    let halves = texts.map(|(language, text)| html::half(language, text, Some(link)));
    let made = desk.get_template("layout.html").and_then(|template| template.render(context! { subject, halves }));
    made.map_err(|error| broken(format!("{error:#}")))
}

/// The text part: one language after the other.
pub(super) fn both(texts: [&str; 2]) -> String {
    format!("{}\n", texts.join(BETWEEN))
}

/// SHA-256 (hex) over the five files that a letter is made from, each with its length, so that the wording a notice
/// was sent with can be named.
pub fn template_digest(letter: Letter) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    };
    add(HTML);
    for (language, folder) in [(Language::Zh, &ZH), (Language::En, &EN)] {
        for name in [format!("{}/layout.txt", language.folder()), file(language, letter)] {
            add(source(folder, &name).unwrap_or_default());
        }
    }
    digest.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The digests of all letters, in the order of [`Letter::ALL`].
pub fn template_digests() -> Vec<(Letter, String)> {
    Letter::ALL.iter().map(|&letter| (letter, template_digest(letter))).collect()
}

/// Every template, compiled once.
static DESK: LazyLock<Result<Environment<'static>, String>> = LazyLock::new(|| {
    let mut desk = Environment::new();
    desk.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    desk.set_syntax(syntax.map_err(|error| format!("{error:#}"))?);
    desk.add_template("layout.html", HTML).map_err(|error| format!("{error:#}"))?;
    for (language, folder) in [(Language::Zh, &ZH), (Language::En, &EN)] {
        let names = Letter::ALL.iter().map(|&letter| file(language, letter));
        for name in names.chain([format!("{}/layout.txt", language.folder())]) {
            let text = source(folder, &name).ok_or_else(|| format!("{name} is missing"))?;
            desk.add_template_owned(name, text).map_err(|error| format!("{error:#}"))?;
        }
    }
    Ok(desk)
});

fn file(language: Language, letter: Letter) -> String {
    format!("{}/{}.txt", language.folder(), letter.key())
}

fn source(folder: &'static Dir<'_>, name: &str) -> Option<&'static str> {
    let (_, inside) = name.split_once('/')?;
    folder.get_file(inside)?.contents_utf8()
}

fn check(letter: Letter, args: &LetterArgs) -> Result<(), LetterFault> {
    let needed = [
        ("recipient_name", &args.recipient_name),
        ("case_number", &args.case_number),
        ("process_title_zh", &args.process_title_zh),
        ("process_title_en", &args.process_title_en),
        ("office_zh", &args.office_zh),
        ("office_en", &args.office_en),
    ];
    let subject = letter.needs_subject().then_some(("subject_name", &args.subject_name));
    for (field, text) in needed.into_iter().chain(subject) {
        if line(text).is_empty() {
            return Err(LetterFault::Empty { letter, field });
        }
    }
    let followable = |link: &String| {
        (link.starts_with("https://") || link.starts_with("http://")) && !link.chars().any(|c| c.is_whitespace() || c.is_control())
    };
    if !args.link.as_ref().is_none_or(followable) {
        return Err(LetterFault::Link { letter });
    }
    Ok(())
}

fn subject(letter: Letter, args: &LetterArgs) -> String {
    let mark = if args.simulated { "[模拟 SIMULATED] " } else { "" };
    let (zh, en) = (letter.title_zh(), letter.title_en());
    let whole = line(&format!("{mark}{zh} / {en} · {}", args.case_number));
    whole.chars().take(MAX_SUBJECT).collect()
}

/// The arguments as one language sees them.
fn words(language: Language, args: &LetterArgs) -> Result<Value, time::error::Format> {
    let optional = |text: &Option<String>| text.as_deref().map(line).filter(|text| !text.is_empty());
    let record_number = optional(&args.record_number);
    let commitment_number = optional(&args.commitment_number);
    let record = match (&record_number, &commitment_number) {
        (Some(number), _) => language.of("失信信息（记录编号 #）", "record #").replace('#', number),
        (None, Some(number)) => language.of("违诺认定（承诺编号 #）", "the finding that commitment # was broken").replace('#', number),
        (None, None) => language.of("失信信息", "the record").to_owned(),
    };
    let dates = args
        .dates
        .iter()
        .map(|(zh, en, on)| Ok(context! { label => line(language.of(zh, en)), on => language.date(*on)? }))
        .collect::<Result<Vec<_>, time::error::Format>>()?;
    let sections: Vec<Value> = args
        .sections
        .iter()
        .map(|section| {
            let lines: Vec<String> = section.lines.iter().map(|(zh, en)| line(language.of(zh, en))).collect();
            context! { title => line(language.of(&section.title.0, &section.title.1)), lines }
        })
        .collect();
    let both = |list: &[(String, String)]| list.iter().map(|(zh, en)| line(language.of(zh, en))).collect::<Vec<_>>();
    let facts: Vec<Value> = args
        .facts
        .iter()
        .map(|fact| context! { label => line(language.of(&fact.label.0, &fact.label.1)), text => line(language.of(&fact.text.0, &fact.text.1)) })
        .collect();
    let known = |text: &str| Some(line(text)).filter(|text| !text.is_empty());
    let contact = &args.contact;
    Ok(context! {
        recipient_name => line(&args.recipient_name),
        case_number => line(&args.case_number),
        process_title => line(language.of(&args.process_title_zh, &args.process_title_en)),
        office => line(language.of(&args.office_zh, &args.office_en)),
        reason => args.reason.as_deref().map(quotation).filter(|text| !text.is_empty()),
        items => args.items.iter().map(|item| line(item)).collect::<Vec<_>>(),
        due => args.due_on.map(|day| language.date(day)).transpose()?,
        effective_on => language.date(args.effective_on)?,
        document_number => optional(&args.document_number),
        due_provisional => args.due_provisional,
        entry_number => args.entry_number,
        link => args.link.as_deref(),
        simulated => args.simulated,
        subject => line(&args.subject_name),
        record,
        record_number,
        commitment_number,
        sections,
        dates,
        facts,
        citations => both(&args.citations),
        analogies => both(&args.analogies),
        remedies => both(&args.remedies),
        address => known(language.of(&contact.address.0, &contact.address.1)),
        telephone => known(&contact.telephone),
        hours => known(language.of(&contact.hours.0, &contact.hours.1)),
    })
}

/// No blanks at line ends, no runs of empty lines: what optional parts leave behind.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.trim_end().to_owned()
}
