//! Typed input into the arguments of a command: personal texts are sealed, uploads are resolved.

use async_graphql::{Error, InputObject};
use axum::body::Bytes;
use domain::{
    command::{Arguments, DocumentDraft, ItemDraft},
    paper::{ChoiceKey, Confirmed, DateKey, DocumentKind, Extent, ItemList, ReasonWord},
    personal::Sealed,
    process::{Form, Verb},
    proposal::Period,
};
use time::Date;
use uuid::Uuid;
use workflows::definition::header::camel;

use crate::{
    app::App,
    door::PersonalDraft,
    drafts::Proposed,
    evidence,
    forms::paper::{LONGEST, TextFault, text_fault},
    graphql::core::{enums::EnumOf, fault},
    people::Viewer,
    people::sealing,
    store::StoreFault,
};

/// A document: an uploaded file with its name, or a draft of the house that the act signs off.
#[derive(Clone, Debug, InputObject)]
pub struct DocumentInput {
    /// Id of the upload, as the upload route returned it.
    pub upload: Option<Uuid>,
    /// Name of the uploaded file, as the party or the office calls it.
    pub name: Option<String>,
    /// Digest of the drafted words that are signed off, as `draft` gave it, in place of a file. The act gives the number, and keeps
    /// these very words; where they have changed since it is refused.
    pub draft: Option<String>,
}

/// Collects what an act brings.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    pub arguments: Arguments,
    pub personal: Vec<PersonalDraft>,
    /// The input without salts, for the idempotency key.
    pub trace: String,
    /// The first field that should hold a word of a closed set and holds something else.
    wrong: Option<String>,
    documents: Vec<(DocumentKind, DocumentInput)>,
    texts: Vec<(Place, String)>,
}

/// Whether a text can be a word of a closed set.
fn fits(word: &str) -> bool {
    word.len() <= LONGEST_WORD && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

fn no_word(field: &str) -> Error {
    fault::bad_input(field, ("应为规定的代号", "It has to be a word of the closed set, in ASCII letters, digits and underscores"))
}

/// Refuses what cannot be a word of a closed set.
///
/// # Errors
/// At the field.
pub(in crate::graphql) fn word(field: &str, word: Option<&str>) -> Result<(), Error> {
    if word.is_none_or(fits) { Ok(()) } else { Err(no_word(field)) }
}

/// Last day of a reporting period.
///
/// # Errors
/// At the field.
pub(in crate::graphql) fn last_day(period: &str, field: &str) -> Result<Date, Error> {
    let wrong = || fault::bad_input(field, ("格式为 2026-05 或 2026-Q2", "It is written 2026-05 or 2026-Q2"));
    Period::parse(period).and_then(Period::last_day).ok_or_else(wrong)
}

/// The file of a document that is no draft.
fn uploaded(kind: DocumentKind, input: DocumentInput) -> Result<(Uuid, String), Error> {
    let field = format!("input.{}", camel(kind.key()));
    match (input.upload, input.name, input.draft) {
        (Some(upload), Some(name), None) => Ok((upload, name)),
        (None, None, Some(_)) => {
            let words = ("该办理不签发系统起草的文书，请上传文件", "This act signs off no draft of the house; upload the file");
            Err(fault::bad_input(&field, words))
        }
        _ => {
            let words = (
                "请上传文件并写明名称，或者签发系统起草的文书，二者选一",
                "Upload a file and name it, or sign off the draft: one of the two",
            );
            Err(fault::bad_input(&field, words))
        }
    }
}

/// A web address; none where nothing but blanks is given.
///
/// # Errors
/// At the field.
pub(in crate::graphql) fn web_address(field: &str, given: Option<String>) -> Result<Option<String>, Error> {
    let Some(text) = given.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else { return Ok(None) };
    let plain = text.len() <= LONGEST_ADDRESS && text.bytes().all(|byte| byte.is_ascii_graphic());
    let web = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).is_some_and(|rest| !rest.is_empty());
    if plain && web {
        return Ok(Some(text));
    }
    let words = ("应为以 https:// 或 http:// 开头的网址", "It has to be a web address that begins with https:// or http://");
    Err(fault::bad_input(field, words))
}

/// Longest web address, in bytes.
const LONGEST_ADDRESS: usize = 500;
/// Longest number of Credit China, in characters.
pub(super) const LONGEST_NUMBER: usize = 100;
/// Longest word of a closed set, in bytes.
const LONGEST_WORD: usize = 80;

/// A draft that an act signs off.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The paper that it is in the case.
    pub document: DocumentKind,
    /// Digest of the words that were read.
    pub read: String,
    /// The act, as far as the paper speaks of it.
    pub proposed: Proposed,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// In an input field.
    Reason(&'static str),
    /// At a place of an input field.
    Item(ItemList, &'static str, usize),
}

impl Intake {
    pub fn reason(&mut self, text: String) {
        self.trace.push_str(&text);
        self.texts.push((Place::Reason("reason"), text));
    }

    /// A text between offices, by the input field `field`.
    pub fn text(&mut self, field: &'static str, text: String) {
        self.trace.push_str(&text);
        self.texts.push((Place::Reason(field), text));
    }

    /// Key of the office that the act asks.
    pub fn office(&mut self, key: String) {
        self.word("input.office", Some(&key));
        self.trace.push_str(&key);
        self.arguments.office = Some(key);
    }

    pub fn reason_code(&mut self, word: EnumOf<ReasonWord>) {
        self.trace.push_str(word.0.key());
        self.arguments.reason_code = Some(word.0);
    }

    /// A reason that may be left out.
    pub fn may_reason(&mut self, text: Option<String>) {
        if let Some(text) = text {
            self.reason(text);
        }
    }

    /// A reason code that may be left out.
    pub fn may_reason_code(&mut self, word: Option<EnumOf<ReasonWord>>) {
        if let Some(word) = word {
            self.reason_code(word);
        }
    }

    pub fn document(&mut self, kind: DocumentKind, document: DocumentInput) {
        let named = document.upload.map(|upload| upload.to_string()).or_else(|| document.draft.clone());
        self.trace.push_str(&format!("{kind}{}", named.unwrap_or_default()));
        self.documents.push((kind, document));
    }

    /// A document that the act may do without.
    pub fn may_add(&mut self, kind: DocumentKind, document: Option<DocumentInput>) {
        if let Some(document) = document {
            self.document(kind, document);
        }
    }

    /// A document that the house itself has made; it follows from the rest of the input.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn attach(&mut self, app: &App, kind: DocumentKind, bytes: Bytes, media_type: &str, name: &str) -> Result<(), Error> {
        let broken = |fault: String| fault::internal(&StoreFault::broken(fault));
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sha256 = evidence::put(app, bytes).await.map_err(|fault| broken(fault.to_string()))?;
        let (name, draft) = sealing::seal(app, kind.key(), name).map_err(|fault| broken(fault.to_string()))?;
        self.personal.push(draft);
        self.arguments.documents.entry(kind).or_default().push(DocumentDraft {
            sha256,
            size,
            media_type: media_type.to_owned(),
            name,
            drafted: None,
        });
        Ok(())
    }

    pub fn date(&mut self, key: DateKey, date: Date) {
        self.trace.push_str(&format!("{key}{date}"));
        self.arguments.dates.insert(key, date);
    }

    /// A date that may be left out.
    pub fn may_date(&mut self, key: DateKey, date: Option<Date>) {
        if let Some(date) = date {
            self.date(key, date);
        }
    }

    /// Refuses what cannot be a word of a closed set: a name typed into the wrong field must not reach the trail.
    pub fn word(&mut self, field: &str, word: Option<&String>) {
        if word.is_some_and(|word| !fits(word)) {
            self.wrong.get_or_insert_with(|| field.to_owned());
        }
    }

    /// The same of a list, at the place of the first that cannot be one.
    pub fn words<'a>(&mut self, field: &str, words: impl IntoIterator<Item = &'a String>) {
        if let Some(place) = words.into_iter().position(|word| !fits(word)) {
            self.wrong.get_or_insert_with(|| format!("{field}.{place}"));
        }
    }

    /// A word of a choice.
    pub fn choice(&mut self, key: ChoiceKey, word: &str) {
        self.trace.push_str(&format!("{key}{word}"));
        self.arguments.choices.insert(key, word.to_owned());
    }

    /// A choice that may be left out.
    pub fn may_choice(&mut self, key: ChoiceKey, word: Option<&str>) {
        if let Some(word) = word {
            self.choice(key, word);
        }
    }

    /// The confirmation that an act asks for; false is none.
    pub fn confirmed(&mut self, yes: bool) {
        if yes {
            self.choice(ChoiceKey::Confirmed, Confirmed::Yes.key());
        }
    }

    /// Key of a rule that the act rests on.
    pub fn rule(&mut self, key: Option<String>) {
        self.word("input.rule", key.as_ref());
        self.trace.push_str(&format!("{key:?}"));
        self.arguments.rule = key;
    }

    /// Keys of measures.
    pub fn measures(&mut self, keys: Option<Vec<String>>) {
        self.words("input.hinderingMeasures", keys.iter().flatten());
        self.trace.push_str(&format!("{keys:?}"));
        self.arguments.measures = keys;
    }

    /// Points that are settled, by key.
    pub fn settle(&mut self, list: ItemList, keys: Vec<String>) {
        self.words("input.points", &keys);
        self.trace.push_str(&keys.join("|"));
        let drafts = keys.into_iter().map(|key| ItemDraft { key: Some(key), words: None });
        self.arguments.items.entry(list).or_default().extend(drafts);
    }

    /// Points that are opened, in words, by the input field `field`.
    pub fn open(&mut self, field: &'static str, list: ItemList, words: Vec<String>) {
        self.trace.push_str(&words.join("|"));
        self.texts.extend(words.into_iter().enumerate().map(|(place, words)| (Place::Item(list, field, place), words)));
    }

    /// Seals a personal text.
    ///
    /// # Errors
    /// At `field`, when the text is empty, too long or holds control characters.
    pub fn seal(&mut self, app: &App, field: &str, text: &str) -> Result<Sealed, Error> {
        self.trace.push_str(text);
        match text_fault(text, LONGEST) {
            None => {}
            Some(TextFault::Empty) => return Err(fault::bad_input(field, ("不能为空", "It must not be empty"))),
            Some(TextFault::NotAllowed) => {
                return Err(fault::bad_input(
                    field,
                    (format!("不得超过{LONGEST}字或含控制字符"), format!("At most {LONGEST} characters, no control characters")),
                ));
            }
        }
        let (sealed, draft) = sealing::seal(app, field, text.trim()).map_err(|fault| fault::internal(&StoreFault::broken(fault)))?;
        self.personal.push(draft);
        Ok(sealed)
    }

    /// Takes out the draft that the act signs off, with what it says on it; none where it brings files only.
    pub fn draft(&mut self, verb: Verb) -> Option<Draft> {
        let place = self.documents.iter().position(|(_, document)| document.draft.is_some() && document.upload.is_none())?;
        let (document, input) = self.documents.remove(place);
        let reason = self.texts.iter().find(|(place, _)| matches!(place, Place::Reason(_))).map(|(_, text)| text.trim().to_owned());
        let chosen = self.arguments.choices.get(&ChoiceKey::Extent);
        let terms = match &self.arguments.form {
            Some(Form::ListingDecision(terms)) => Some((**terms).clone()),
            _ => None,
        };
        let partial = chosen.is_some_and(|word| word == Extent::Partial.key());
        Some(Draft { document, read: input.draft?, proposed: Proposed { verb, reason, partial, terms } })
    }

    /// Seals texts and resolves uploads.
    ///
    /// # Errors
    /// At the field that is wrong.
    pub async fn finish(&mut self, app: &App, viewer: &Viewer) -> Result<(), Error> {
        if let Some(field) = &self.wrong {
            return Err(no_word(field));
        }
        for (place, text) in std::mem::take(&mut self.texts) {
            match place {
                Place::Reason(field) => self.arguments.reason = Some(self.seal(app, &format!("input.{field}"), &text)?),
                Place::Item(list, field, place) => {
                    let words = Some(self.seal(app, &format!("input.{field}.{place}"), &text)?);
                    self.arguments.items.entry(list).or_default().push(ItemDraft { key: None, words });
                }
            }
        }
        let account = viewer.account.map(|account| account.to_string()).unwrap_or_default();
        for (kind, input) in std::mem::take(&mut self.documents) {
            let (id, name) = uploaded(kind, input)?;
            let upload = app.database.upload(&id.to_string(), &account).await.map_err(|fault| fault::internal(&fault))?;
            let upload = upload.ok_or_else(|| {
                fault::bad_input(
                    &format!("input.{}", camel(kind.key())),
                    ("没有此上传文件", "There is no such upload of yours; send the file to /documents first"),
                )
            })?;
            let name = self.seal(app, &format!("input.{}.name", camel(kind.key())), &name)?;
            let draft = DocumentDraft { sha256: upload.sha256, size: upload.size, media_type: upload.media_type, name, drafted: None };
            self.arguments.documents.entry(kind).or_default().push(draft);
        }
        Ok(())
    }
}
