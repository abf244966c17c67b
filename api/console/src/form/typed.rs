//! What a browser sent: texts by name, and files.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::{Bytes, to_bytes},
    extract::Request,
    http::header,
};

/// The most bytes of a form with its files.
pub const LARGEST: usize = 48 * 1024 * 1024;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct TypedFile {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    texts: BTreeMap<String, Vec<String>>,
    pub files: Vec<TypedFile>,
}

/// A form that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no form of ours, or its sign is wrong.
    Foreign,
    TooLarge,
}

impl From<multer::Error> for Unread {
    fn from(fault: multer::Error) -> Self {
        let large = matches!(fault, multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. });
        if large { Self::TooLarge } else { Self::Foreign }
    }
}

impl Typed {
    /// Reads a form as browsers send it. The sign stands first in every form: without the right one no file is read.
    ///
    /// # Errors
    /// [`Unread`], also of a form that is too large or whose sign is wrong.
    pub async fn read(request: Request, most: usize, sign: impl Fn(&str) -> bool) -> Result<Self, Unread> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        if let Ok(boundary) = multer::parse_boundary(&kind) {
            return Self::parts(request, boundary, most, sign).await;
        }
        let body = to_bytes(request.into_body(), most).await.map_err(|_| Unread::TooLarge)?;
        let mut typed = Self::default();
        for (name, value) in form_urlencoded::parse(&body).into_owned() {
            typed.put(&name, value);
        }
        if sign(typed.one("sign")) { Ok(typed) } else { Err(Unread::Foreign) }
    }

    async fn parts(request: Request, boundary: String, most: usize, sign: impl Fn(&str) -> bool) -> Result<Self, Unread> {
        let limits = multer::SizeLimit::new().whole_stream(most as u64);
        let limits = multer::Constraints::new().size_limit(limits);
        let mut parts = multer::Multipart::with_constraints(request.into_body().into_data_stream(), boundary, limits);
        let mut typed = Self::default();
        let first = parts.next_field().await?.ok_or(Unread::Foreign)?;
        if first.name() != Some("sign") || !sign(first.text().await?.trim()) {
            return Err(Unread::Foreign);
        }
        while let Some(part) = parts.next_field().await? {
            let Some(field) = part.name().map(str::to_owned) else { continue };
            match part.file_name().map(str::to_owned) {
                None => typed.put(&field, part.text().await?),
                Some(name) => {
                    let bytes = part.bytes().await?;
                    if !name.is_empty() || !bytes.is_empty() {
                        typed.files.push(TypedFile { field, name, bytes });
                    }
                }
            }
        }
        Ok(typed)
    }

    /// What an address brings into a form, as if it was typed.
    pub fn from_query(query: &BTreeMap<String, String>) -> Self {
        let mut typed = Self::default();
        // What an act carries unseen is never brought by a link.
        let unseen = |name: &str| {
            let own = ["lang", "key", "version", "sign", "step", "confirmed"];
            own.contains(&name) || name.rsplit_once('.').is_some_and(|(_, part)| matches!(part, "upload" | "name" | "draft"))
        };
        for (name, value) in query.iter().filter(|(name, _)| !unseen(name)) {
            typed.put(name, value.clone());
        }
        typed
    }

    /// Adds a value under a name.
    pub fn put(&mut self, name: &str, value: String) {
        self.texts.entry(name.to_owned()).or_default().push(value.replace("\r\n", "\n"));
    }

    /// Puts one value in the place of all others.
    pub fn set(&mut self, name: &str, value: String) {
        self.texts.insert(name.to_owned(), vec![value]);
    }

    /// The same for the text of a file, whose every byte counts.
    pub fn set_exact(&mut self, name: &str, text: String) {
        self.texts.insert(name.to_owned(), vec![text]);
    }

    /// The last value of a name, with the white space around it; empty where there is none.
    pub fn exact(&self, name: &str) -> &str {
        self.texts.get(name).and_then(|values| values.last()).map_or("", String::as_str)
    }

    pub fn remove(&mut self, name: &str) {
        self.texts.remove(name);
    }

    /// The last value of a name, without white space around it; empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.texts.get(name).and_then(|values| values.last()).map_or("", |value| value.trim())
    }

    /// All values of a name that are not empty.
    pub fn many(&self, name: &str) -> Vec<&str> {
        let values = self.texts.get(name).into_iter().flatten();
        values.map(|value| value.trim()).filter(|value| !value.is_empty()).collect()
    }

    /// The rows of a list that were typed: the numbers that stand behind its name.
    pub fn rows(&self, name: &str) -> BTreeSet<usize> {
        let prefix = format!("{name}.");
        let behind = self.texts.keys().filter_map(|key| key.strip_prefix(&prefix)?.split('.').next()?.parse().ok());
        behind.filter(|row| *row < 100).collect()
    }

    /// Everything typed into fields of the act, to be carried in hidden fields.
    pub fn carried(&self) -> Vec<(String, String)> {
        let own = ["sign", "step", "more", "confirmed"];
        let all = self.texts.iter().filter(|(name, _)| !own.contains(&name.as_str()));
        all.flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone()))).collect()
    }
}
