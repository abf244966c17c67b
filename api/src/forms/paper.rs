//! A form while it is read: personal texts are sealed, faults are collected at their field.

use std::borrow::Cow;

use domain::{name::is_safe_line, personal::Sealed};

use crate::people::sealing;
use crate::{app::App, door::PersonalDraft, keys::KeyFault};

/// Longest free text, in characters.
pub const LONGEST: usize = 4000;
/// Longest single line such as a name or a number, in characters.
pub const LONGEST_LINE: usize = 200;

/// (zh, en) of a telephone number that is none.
pub const NO_TELEPHONE: (&str, &str) = (
    "应为电话号码：五至二十位数字，可以用空格、横线、括号、+和“转”隔开",
    "It is a telephone number: five to twenty digits, with blanks, dashes, brackets, + or ext. between them",
);

/// Why a text cannot stand in any field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    Empty,
    /// Too long, or with control characters other than line breaks.
    NotAllowed,
}

/// What is wrong with a text that may have `longest` characters, if anything is.
pub fn text_fault(text: &str, longest: usize) -> Option<TextFault> {
    let plain = text.replace(['\n', '\r', '\t'], " ");
    if plain.trim().is_empty() {
        return Some(TextFault::Empty);
    }
    (!is_safe_line(&plain, longest)).then_some(TextFault::NotAllowed)
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Path of the field inside the form as GraphQL spells it, lists by place: `penalties.0.kind`.
    pub field: Cow<'static, str>,
    pub code: &'static str,
    pub zh: String,
    pub en: String,
}

/// Collects sealed texts and faults of one form.
#[derive(Debug, Default)]
pub struct Paper {
    pub personal: Vec<PersonalDraft>,
    pub faults: Vec<FieldFault>,
    /// What does not keep the form from being used.
    pub warnings: Vec<FieldFault>,
    /// The key ring refused; nothing of the form can be used.
    pub broken: Option<KeyFault>,
}

impl Paper {
    pub fn fault(&mut self, field: impl Into<Cow<'static, str>>, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.faults.push(FieldFault { field: field.into(), code, zh: zh.into(), en: en.into() });
    }

    /// What a part of the form found wrong, at its place in a list.
    pub fn placed<T>(&mut self, place: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.faults.len();
        let found = read(self);
        for fault in &mut self.faults[known..] {
            fault.field = format!("{place}.{}", fault.field).into();
        }
        found
    }

    /// Something to look at that does not keep the form from being used.
    pub fn warn(&mut self, field: &'static str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.warnings.push(FieldFault { field: field.into(), code, zh: zh.into(), en: en.into() });
    }

    /// Whether a text can stand in `field`: not empty, not too long, no control characters except line breaks.
    pub fn admits(&mut self, field: &'static str, text: &str, longest: usize) -> bool {
        let found = text_fault(text, longest);
        match found {
            None => {}
            Some(TextFault::Empty) => self.fault(field, "EMPTY", "不能为空", "it must not be empty"),
            Some(TextFault::NotAllowed) => self.fault(
                field,
                "TEXT_NOT_ALLOWED",
                format!("不得超过{longest}字，不得含控制字符"),
                format!("at most {longest} characters and no control characters"),
            ),
        }
        found.is_none()
    }

    /// A line that is kept as it is, trimmed.
    pub fn line(&mut self, field: &'static str, text: &str) -> String {
        self.admits(field, text, LONGEST_LINE);
        text.trim().to_owned()
    }

    /// A longer text that is kept as it is, trimmed.
    pub fn text(&mut self, field: &'static str, text: &str) -> String {
        self.admits(field, text, LONGEST);
        text.trim().to_owned()
    }

    /// A personal text, sealed; none where a fault was noted.
    pub fn seal(&mut self, app: &App, field: &'static str, text: &str) -> Option<Sealed> {
        if !self.admits(field, text, LONGEST) {
            return None;
        }
        match sealing::seal(app, &format!("input.record.{field}"), text.trim()) {
            Ok((sealed, draft)) => {
                self.personal.push(draft);
                Some(sealed)
            }
            Err(fault) => {
                self.broken = Some(fault);
                None
            }
        }
    }

    /// As [`Paper::seal`], where the text may be missing.
    pub fn seal_if(&mut self, app: &App, field: &'static str, text: Option<&str>) -> Option<Sealed> {
        text.filter(|text| !text.trim().is_empty()).and_then(|text| self.seal(app, field, text))
    }
}
