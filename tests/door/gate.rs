//! Nothing unbounded gets past the gate, and the server lives on.

use serde_json::{Value, json};

use super::toy::served;

async fn ask(url: &str, query: &str) -> Value {
    let answer = reqwest::Client::new().post(url).json(&json!({ "query": query })).send().await.expect("an answer");
    answer.json().await.expect("JSON")
}

async fn refused(query: &str, code: &str) {
    let url = served().await;
    let answer = ask(&url, query).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{:.200}", answer.to_string());
    assert!(answer.get("data").is_none());
    assert_eq!(ask(&url, "{ name }").await["data"]["name"], "xinxiu", "the server lives on");
}

#[tokio::test]
async fn nested_lists_do_not_abort() {
    refused(&format!("{{ list(values: {}{}) }}", "[".repeat(2000), "]".repeat(2000)), "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn doubling_fragments_do_not_stall() {
    let mut query = String::from("query { ...a0 }");
    for number in 0..24 {
        query.push_str(&format!(" fragment a{number} on Query {{ ...a{0} ...a{0} }}", number + 1));
    }
    query.push_str(" fragment a24 on Query { name }");
    assert!(query.len() < 1200);
    refused(&query, "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn circular_fragments_are_refused() {
    refused("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn aliases_directives_and_fields_are_bounded() {
    let aliases: String = (0..31).map(|number| format!("a{number}: name ")).collect();
    refused(&format!("{{ {aliases} }}"), "GRAPHQL_VALIDATION_FAILED").await;
    refused(&format!("{{ name {} }}", "@skip(if: false) ".repeat(21)), "GRAPHQL_VALIDATION_FAILED").await;
    refused(&format!("{{ {} }}", "name ".repeat(1001)), "GRAPHQL_VALIDATION_FAILED").await;
    let many: String = (0..200_000).map(|number| format!("a{number}:name ")).collect::<String>().chars().take(250_000).collect();
    refused(&format!("{{ {many} }}"), "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn depth_is_bounded_also_through_a_fragment_named_schema() {
    refused(&format!("{{ {} name {} }}", "again { ".repeat(70), "}".repeat(70)), "GRAPHQL_VALIDATION_FAILED").await;
    let deep = format!("{{ ...__schema }} fragment __schema on Query {{ {} name {} }}", "again { ".repeat(70), "}".repeat(70));
    refused(&deep, "GRAPHQL_VALIDATION_FAILED").await;
}

#[tokio::test]
async fn schemas_are_not_documents() {
    refused("type A { a: Int }", "GRAPHQL_PARSE_FAILED").await;
    refused("{ name", "GRAPHQL_PARSE_FAILED").await;
}

#[tokio::test]
async fn a_wrong_field_brings_no_suggestion() {
    let url = served().await;
    let answer = ask(&url, "{ nam }").await.to_string();
    assert!(answer.contains("GRAPHQL_VALIDATION_FAILED") && !answer.contains("Did you mean"), "{answer}");
}
