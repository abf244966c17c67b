//! Acts of desk and administration: each has its form, and each form becomes what its mutation takes.

use std::collections::BTreeSet;

use console::{
    deeds::{self, Brings, Field, Lists},
    form::Typed,
    view::Titles,
    visit::Language,
};
use domain::process::Process;
use serde_json::json;

use crate::support::world::{On, World};

/// Mutations that have a page of their own.
const ELSEWHERE: [&str; 14] = [
    "signIn",
    "signOut",
    "signOutElsewhere",
    "changePassword",
    "commitFile",
    "giveUpImport",
    "beginIdentitySignIn",
    "signInByIdentity",
    "beginIdentityLink",
    "linkOwnIdentity",
    "askToRegister",
    "register",
    "simulateLaw",
    "loadLaw",
];

fn type_into(fields: &[Field], prefix: &str, lists: &Lists, typed: &mut Typed) {
    for field in fields {
        let name = format!("{prefix}.{}", field.name);
        match field.brings {
            Brings::Rows(fields) => type_into(fields, &format!("{name}.0"), lists, typed),
            Brings::Word(set) => typed.put(&name, lists.titles.words(set)[0]["key"].as_str().unwrap_or_else(|| panic!("{set}")).to_owned()),
            Brings::Date => typed.put(&name, "2026-04-02".into()),
            _ => typed.put(&name, "x".into()),
        }
    }
}

/// A mutation is an act of a process, a deed with a form, or named above.
#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_has_its_page() {
    let world = World::new(On::Sqlite).await;
    let schema = world.ask(None, "{ __schema { mutationType { fields { name } } } }", json!({})).await;
    let fields = schema["data"]["__schema"]["mutationType"]["fields"].as_array().cloned().unwrap_or_default();
    let all: BTreeSet<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
    let mut known: BTreeSet<String> = deeds::all().map(|deed| deed.mutation.to_owned()).collect();
    known.extend(ELSEWHERE.map(str::to_owned));
    let rules = world.app.rules();
    for version in Process::ALL.iter().filter_map(|process| rules.catalogue.on(*process, world.app.clock.today())) {
        for row in &version.definition.transition {
            known.insert(version.definition.mutation(row.verb));
            known.extend(version.definition.bulk(row.verb).map(str::to_owned));
        }
    }
    let without: Vec<_> = all.iter().filter(|name| !known.contains(**name)).collect();
    assert!(without.is_empty(), "no page does {without:?}");
    for deed in deeds::all() {
        assert!(all.contains(deed.mutation), "{}", deed.mutation);
    }
    world.finish().await;
}

/// What is typed into the form of a deed is taken by its mutation; the house then says what is wrong with it.
#[tokio::test(flavor = "multi_thread")]
async fn every_form_is_taken() {
    let world = World::new(On::Sqlite).await;
    let token = world.token("admin").await;
    let words = world.ask(None, "{ words { name words { key title { zh en } } } }", json!({})).await;
    let lists = Lists { titles: Titles::of(&words["data"]), ..Lists::default() };
    for deed in deeds::all() {
        let mut typed = Typed::default();
        typed.put("key", "0190a5d0-0000-7000-8000-000000000000".into());
        type_into(deed.fields, deed.mutation, &lists, &mut typed);
        typed.put(&format!("{}.sure", deed.mutation), "yes".into());
        let (variables, wrong) = deed.variables(&lists, &typed);
        assert!(wrong.is_empty(), "{}: {wrong:?}", deed.mutation);
        let answer = world.ask(Some(&token), &deed.document(), variables).await;
        for fault in answer["errors"].as_array().into_iter().flatten() {
            let code = fault["extensions"]["code"].as_str().unwrap_or_default();
            assert!(["BAD_USER_INPUT", "NOT_FOUND", "FORBIDDEN"].contains(&code), "{}: {fault}", deed.mutation);
            let what = fault["message"].as_str().unwrap_or_default();
            let alien = ["Unknown", "variable", "no such field", "one of:"].iter().any(|words| what.contains(words));
            assert!(!alien, "{}: {fault}", deed.mutation);
        }
        let (_, wrong) = deed.variables(&lists, &Typed::default());
        let needed = deed.fields.iter().filter(|field| field.needed).count() + usize::from(deed.last);
        assert_eq!(wrong.len(), needed, "{}: {wrong:?}", deed.mutation);
        assert_eq!(deed.drawn(&lists, &typed, &[], Language::En)["fields"].as_array().map_or(0, Vec::len), deed.fields.len());
    }
    world.finish().await;
}
