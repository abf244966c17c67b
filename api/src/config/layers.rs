//! Defaults, then the file, then the environment, then options. Unknown names are refused, with the one that was
//! probably meant.

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::Serialize;

use super::Settings;

/// Variables of the same prefix that are no settings: where to look for them, and the tests' own.
const NO_SETTINGS: [&str; 2] = ["data", "config"];
const TESTS: &str = "test_";

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    #[error("{0}: there is no such file")]
    Missing(PathBuf),
    #[error("{place}: there is no setting “{name}”{meant}; known: {}", Settings::NAMES.join(", "))]
    Unknown { place: String, name: String, meant: String },
    #[error("{0}")]
    Wrong(String),
}

/// Settings with where each came from.
#[derive(Clone, Debug)]
pub struct Layered {
    pub settings: Settings,
    /// Name, value as text, source.
    pub sources: Vec<(&'static str, String, String)>,
}

/// The settings in force.
///
/// # Errors
/// [`ConfigFault`] where a name is unknown or a value not of its kind.
pub fn layered(data: &Path, file: Option<&Path>, options: &impl Serialize) -> Result<Layered, ConfigFault> {
    let own = data.join("xinxiu.toml");
    let file = match file {
        Some(file) if !file.is_file() => return Err(ConfigFault::Missing(file.to_owned())),
        Some(file) => Some(file.to_owned()),
        None => own.is_file().then_some(own),
    };
    let mut figment = Figment::from(Serialized::defaults(Settings::default()));
    if let Some(file) = &file {
        let toml = Toml::file_exact(file);
        known(&Figment::from(Toml::file_exact(file)), &file.display().to_string(), str::to_owned)?;
        figment = figment.merge(toml);
    }
    let env = Env::prefixed("XINXIU_")
        .filter(|name| !NO_SETTINGS.iter().any(|other| name == *other) && !name.as_str().to_lowercase().starts_with(TESTS));
    known(&Figment::from(env.clone()), "the environment", |name| format!("XINXIU_{}", name.to_uppercase()))?;
    let figment = figment.merge(env).merge(Serialized::globals(options));
    let settings: Settings = figment.extract().map_err(|fault| ConfigFault::Wrong(words(&fault)))?;
    if let Some(fault) = settings.faults().into_iter().next() {
        return Err(ConfigFault::Wrong(fault));
    }
    let sources = Settings::NAMES.iter().map(|name| (*name, shown(&figment, name), source(&figment, name))).collect();
    Ok(Layered { settings, sources })
}

/// Refuses names that no setting has.
fn known(layer: &Figment, place: &str, spelled: impl Fn(&str) -> String) -> Result<(), ConfigFault> {
    let values = layer.extract::<figment::value::Dict>().map_err(|fault| ConfigFault::Wrong(format!("{place}: {}", fault.kind)))?;
    let Some(name) = values.keys().find(|name| !Settings::NAMES.contains(&name.as_str())) else { return Ok(()) };
    let near = Settings::NAMES.iter().max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
    let meant = near
        .filter(|near| strsim::jaro_winkler(near, name) > 0.8)
        .map(|near| format!(", did you mean “{}”?", spelled(near)))
        .unwrap_or_default();
    Err(ConfigFault::Unknown { place: place.to_owned(), name: spelled(name), meant })
}

fn words(fault: &figment::Error) -> String {
    let place = fault.metadata.as_ref().map(|found| found.name.to_string()).unwrap_or_default();
    format!("{}: {} ({place})", fault.path.join("."), fault.kind)
}

/// A value as text; the password of a database address stays hidden.
fn shown(figment: &Figment, name: &str) -> String {
    let Ok(value) = figment.find_value(name) else { return String::new() };
    let text = match value {
        figment::value::Value::String(_, text) => text,
        figment::value::Value::Num(_, number) => {
            number.to_i128().map_or_else(|| number.to_u128().unwrap_or_default().to_string(), |number| number.to_string())
        }
        figment::value::Value::Bool(_, yes) => yes.to_string(),
        figment::value::Value::Empty(..) => String::new(),
        other => format!("{other:?}"),
    };
    hidden(&text)
}

/// A database address without its password.
pub fn hidden(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let mut shown = match rest.rsplit_once('@') {
        Some((who, host)) => {
            let user = who.split(':').next().unwrap_or_default();
            let secret = if who.contains(':') { ":«set»" } else { "" };
            format!("{scheme}://{user}{secret}@{host}")
        }
        None => format!("{scheme}://{rest}"),
    };
    if let Some(query) = query {
        let pair = |pair: &str| if pair.starts_with("password=") { "password=«set»".to_owned() } else { pair.to_owned() };
        shown += &format!("?{}", query.split('&').map(pair).collect::<Vec<_>>().join("&"));
    }
    shown
}

/// Whether a database address carries a password.
pub fn has_password(url: &str) -> bool {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let who = base.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map_or("", |(who, _)| who);
    who.contains(':') || query.split('&').any(|pair| pair.starts_with("password="))
}

fn source(figment: &Figment, name: &str) -> String {
    let Some(found) = figment.find_metadata(name) else { return "default".to_owned() };
    let path = found.source.as_ref().map(ToString::to_string).unwrap_or_default();
    match found.name.as_ref() {
        text if text.contains("TOML") => path,
        text if text.contains("environment") => format!("XINXIU_{}", name.to_uppercase()),
        text if text.contains(std::any::type_name::<Settings>()) => "default".to_owned(),
        _ => "option".to_owned(),
    }
}
