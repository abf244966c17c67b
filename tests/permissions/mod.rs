//! Who may do, ask and read what: every mutation, every root field and every field of a case, role by role, as the tables
//! beside this file say it. A line that is missing there, or an answer that differs, fails.

mod acts;
mod doors;
mod fields;
mod questions;
pub mod sdl;

use serde_json::Value;

use crate::support::world::{On, World};

/// The columns of the tables: who asks, and the account that stands for them where the road transport centre's matters
/// are concerned; for a county's proposals the second account.
const ROLES: [(&str, Option<&str>, Option<&str>); 16] = [
    ("public", None, None),
    ("party", Some("company"), Some("company")),
    ("stranger", Some("stranger"), Some("stranger")),
    ("registered", Some("newcomer"), Some("newcomer")),
    ("counter", Some("counter"), Some("counter")),
    ("platform", Some("platform"), Some("platform")),
    ("officer", Some("road"), Some("yanjiang")),
    ("head", Some("road-head"), Some("yanjiang-head")),
    ("other officer", Some("anyue"), Some("anyue")),
    ("other head", Some("anyue-head"), Some("anyue-head")),
    ("asked unit", Some("lezhi"), Some("road")),
    ("policy", Some("policy"), Some("policy")),
    ("policy head", Some("policy-head"), Some("policy-head")),
    ("leader", Some("leader"), Some("leader")),
    ("administrator", Some("admin"), Some("admin")),
    ("auditor", Some("auditor"), Some("auditor")),
];

/// Sends a document as somebody; the data or the code of the fault.
async fn sent(world: &World, login: Option<&str>, query: &str, variables: Value) -> Result<Value, String> {
    let token = match login {
        Some(login) => Some(world.token(login).await),
        None => None,
    };
    let answer = world.ask(token.as_deref(), query, variables).await;
    let fault = &answer["errors"][0];
    // Whoever names an office that is not theirs is told so at the field.
    if fault["message"].as_str().is_some_and(|words| words.starts_with("不是您的单位") || words.starts_with("您没有任何单位"))
    {
        return Err("FORBIDDEN".to_owned());
    }
    match fault["extensions"]["code"].as_str() {
        None if answer.get("errors").is_none() => Ok(answer["data"].clone()),
        // Whoever may send letters again is told that none was given up.
        Some("BAD_USER_INPUT") if query.contains("resendLetters") => Ok(Value::Null),
        Some(code @ ("UNAUTHENTICATED" | "NOT_FOUND" | "FORBIDDEN")) => Err(code.to_owned()),
        _ => panic!("{login:?} {query}: {answer}"),
    }
}

/// What a fault means in a table.
fn word(code: &str) -> &'static str {
    match code {
        "UNAUTHENTICATED" => "sign in",
        "NOT_FOUND" => "hidden",
        _ => "no",
    }
}

/// One table: its file, and its lines as they are found.
struct Grid {
    file: &'static str,
    kept: &'static str,
    heads: &'static [&'static str],
    lines: Vec<Vec<String>>,
}

impl Grid {
    fn line(text: &[String]) -> String {
        format!("| {} |", text.join(" | "))
    }

    /// Compares with the file, line by line.
    fn check(self, on: On) {
        let roles = ROLES.iter().map(|(role, ..)| (*role).to_owned());
        let heads: Vec<_> = self.heads.iter().map(|head| (*head).to_owned()).chain(roles).collect();
        let rule = Self::line(&vec!["---".to_owned(); heads.len()]);
        let found: Vec<_> = [Self::line(&heads), rule].into_iter().chain(self.lines.iter().map(|text| Self::line(text))).collect();
        let kept: Vec<_> = self.kept.lines().filter(|text| text.starts_with('|')).collect();
        let out = std::env::temp_dir().join(self.file);
        std::fs::write(&out, found.join("\n") + "\n").expect("a temporary file");
        let more: Vec<_> = found.iter().filter(|text| !kept.contains(&text.as_str())).collect();
        let less: Vec<_> = kept.iter().filter(|text| !found.iter().any(|one| one == *text)).collect();
        assert!(
            more.is_empty() && less.is_empty(),
            "on {on:?} tests/permissions/{} differs; it is so: {more:#?}, and not so: {less:#?}; the whole is in {}",
            self.file,
            out.display()
        );
    }
}
