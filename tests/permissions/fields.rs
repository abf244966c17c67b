//! Every field of a case, of its subject, its papers and its entries, as each role reads it beside what an auditor reads.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use workflows::definition::mutations::pascal;

use super::{Grid, ROLES, sdl, sent};
use crate::{
    on_both, repair, rooms,
    support::world::{On, World, record},
};

on_both!(who_reads_what);

/// A case of every process, and a person's record, by the type that the schema gives it.
async fn cases(world: &World) -> Vec<(String, String)> {
    let mut person = record(9);
    person["subjectKind"] = json!("NATURAL_PERSON");
    person["uscc"] = json!(null);
    person["residentId"] = json!(api::city::demo::invented_resident_id(1));
    let person = repair::steps::registered(world, person).await;
    let known = rooms::cases(world).await;
    let cases = known.into_iter().map(|(process, id)| (pascal(process.key()), id));
    cases.chain([("PublicationRecord of a person".to_owned(), person)]).collect()
}

/// What is selected of a field: itself, or the plain fields of what it leads to, which are named too.
fn selected(field: &sdl::Field) -> Option<(String, Option<String>)> {
    let kind = sdl::bare(&field.kind).to_owned();
    if sdl::fields("type", &kind).is_empty() {
        return (kind != "Case" && kind != "Node").then(|| (field.name.clone(), None));
    }
    let (call, inner) = match kind.strip_suffix("Connection") {
        Some(of) => (format!("{}(first: 50)", field.name), of.to_owned()),
        None => (field.name.clone(), kind.clone()),
    };
    // Another case is a line of its own: here only whether it is seen.
    let is_case = sdl::fields("type", &inner).iter().any(|field| field.name == "process");
    let plain = if is_case { "id".to_owned() } else { sdl::plain(&inner).join(" ") };
    let chosen = if kind.ends_with("Connection") { format!("nodes {{ {plain} }}") } else { plain.clone() };
    (!plain.is_empty()).then(|| (format!("{call} {{ {chosen} }}"), Some(plain)))
}

/// One value as a word: what the auditor reads, less, or nothing.
fn told(mine: Option<&Value>, all: &Value) -> &'static str {
    match mine {
        None => "hidden",
        Some(_) if nothing(all) => "–",
        Some(mine) if mine == all => "yes",
        Some(mine) if nothing(mine) => "nothing",
        Some(_) => "another",
    }
}

fn nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(|list| list.iter().all(nothing))
}

/// The values of one field over a list of objects, or over one.
fn column(value: &Value, field: &str) -> Value {
    match value {
        Value::Array(rows) => rows.iter().map(|row| row[field].clone()).collect(),
        Value::Object(_) if value.get("nodes").is_some() => column(&value["nodes"], field),
        other => other.get(field).cloned().unwrap_or_default(),
    }
}

async fn who_reads_what(world: World) {
    world.newcomer().await;
    let mut lines = Vec::new();
    for (name, id) in cases(&world).await {
        let kind = name.split(' ').next().unwrap_or_default();
        let proposal = kind.starts_with("Proposal") || kind == "DataSubmission";
        let fields: Vec<_> = sdl::fields("type", kind)
            .into_iter()
            .filter_map(|field| selected(&field).map(|(chosen, inner)| (field, chosen, inner)))
            .collect();
        let chosen: Vec<_> = fields.iter().map(|(_, chosen, _)| chosen.clone()).collect();
        let query = format!("query($id: ID!) {{ case(id: $id) {{ ... on {kind} {{ {} }} }} }}", chosen.join(" "));
        let mut read = BTreeMap::new();
        for (role, login, county) in ROLES {
            let login = if proposal { county } else { login };
            let answer = sent(&world, login, &query, json!({ "id": id })).await.ok();
            read.insert(role, answer.map(|data| data["case"].clone()).filter(|case| !case.is_null()));
        }
        let all = read["auditor"].clone().expect("an auditor sees every case");
        let mut groups: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        let mut add = |path: String, of: &dyn Fn(&Value) -> Value| {
            let all = of(&all);
            let each: Vec<_> = ROLES.iter().map(|(role, ..)| told(read[role].as_ref().map(of).as_ref(), &all).to_owned()).collect();
            match groups.iter_mut().find(|(words, _)| *words == each) {
                Some((_, paths)) => paths.push(path),
                None => groups.push((each, vec![path])),
            }
        };
        for (field, _, inner) in &fields {
            match inner {
                None => add(field.name.clone(), &|case| case[&field.name].clone()),
                Some(plain) => {
                    plain.split(' ').for_each(|part| add(format!("{}.{part}", field.name), &|case| column(&case[&field.name], part)));
                }
            }
        }
        lines.extend(groups.into_iter().map(|(each, paths)| [name.clone(), paths.join(", ")].into_iter().chain(each).collect::<Vec<_>>()));
    }
    let on = if world.database.starts_with("sqlite") { On::Sqlite } else { On::Postgres };
    Grid { file: "fields.md", kept: include_str!("fields.md"), heads: &["case", "what is read of it"], lines }.check(on);
    world.finish().await;
}
