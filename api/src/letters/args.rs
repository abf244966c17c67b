//! What a letter is made from: the row of the outbox keeps exactly this, so that a letter can be rendered again.

use serde::{Deserialize, Serialize};
use time::Date;

/// The arguments of every letter. What a letter does not use it leaves out, and what is empty leaves no trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterArgs {
    /// How the reader is addressed: a person, an organisation or an office.
    pub recipient_name: String,
    /// Public number of the case. For `calendar_missing` the year whose calendar is missing.
    pub case_number: String,
    /// Name of the process, or of the matter where there is no process.
    pub process_title_zh: String,
    /// The same in English.
    pub process_title_en: String,
    /// The credit subject; may be empty only in letters about a deadline or a calendar.
    pub subject_name: String,
    /// Public number of the record.
    pub record_number: Option<String>,
    /// Public number of the commitment whose finding an objection challenges.
    pub commitment_number: Option<String>,
    /// The office that acted, or that the deadline belongs to; never an officer.
    pub office_zh: String,
    /// The same in English.
    pub office_en: String,
    /// The reason as it was written, in its own language; shown as a quotation.
    pub reason: Option<String>,
    /// What a digest lists, under its headings.
    pub sections: Vec<Section>,
    /// Missing papers, corrected contents, measures: what the letter lists.
    pub items: Vec<String>,
    /// The day that matters to the reader; which day that is [`due_means`](domain::letter::Letter::due_means) says for each letter.
    pub due_on: Option<Date>,
    /// `due_on` runs into a year whose holidays are not announced.
    pub due_provisional: bool,
    /// Further dates: label in Chinese, label in English, day.
    pub dates: Vec<(String, String, Date)>,
    /// What the letter says of a record or a listing: label and text, each in Chinese and in English.
    pub facts: Vec<Fact>,
    /// The articles that the act rests on, in Chinese and in English.
    pub citations: Vec<(String, String)>,
    /// Articles that it follows by analogy.
    pub analogies: Vec<(String, String)>,
    /// What is open to the party against the act, with authority and days.
    pub remedies: Vec<(String, String)>,
    /// Where the office is found; a text that is empty is not known.
    pub contact: Contact,
    /// Number of the audit entry of the act.
    pub entry_number: u64,
    /// The day from which the act has effect.
    pub effective_on: Date,
    /// Where the case can be seen after log-in (`https://…`, or `http://…` on one machine).
    pub link: Option<String>,
    /// Number of the document that the act produced or rests on.
    pub document_number: Option<String>,
    /// The case belongs to a demonstration database.
    pub simulated: bool,
}

/// A fact of a record: label and text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub label: (String, String),
    pub text: (String, String),
}

/// Where an office is found, in Chinese and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub address: (String, String),
    pub telephone: String,
    pub hours: (String, String),
}

/// A heading with its lines, each in Chinese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: (String, String),
    pub lines: Vec<(String, String)>,
}
