//! Nothing unbounded gets past the gate, and the server lives on.

use serde_json::{Value, json};

use super::toy::served;

async fn ask(url: &str, query: &str) -> Value {
    let answer = crate::support::patience::client().post(url).json(&json!({ "query": query })).send().await.expect("an answer");
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

#[tokio::test]
async fn a_syntax_error_has_its_place() {
    let url = served().await;
    let answer = ask(&url, "{\n  name\n  list(values: [1, }\n}").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_PARSE_FAILED", "{answer}");
    assert_eq!(answer["errors"][0]["locations"][0]["line"], 3, "{answer}");
    assert!(answer["errors"][0]["locations"][0]["column"].as_u64().is_some_and(|column| column > 1), "{answer}");
    let answer = ask(&url, "{ name }\ntype A { a: Int }").await;
    assert_eq!(answer["errors"][0]["locations"], json!([{ "line": 2, "column": 1 }]), "{answer}");
}

#[tokio::test]
async fn nul_is_refused_wherever_it_stands() {
    let url = served().await;
    let post = async |body: Value| -> Value { crate::support::patience::client().post(&url).json(&body).send().await.expect("an answer").json().await.expect("JSON") };
    let wrong = [
        (json!({ "query": "{ echo(text: \"a\\u0000b\") }" }), "query"),
        (json!({ "query": "{ echo(text: \"a\\u{0}b\") }" }), "query"),
        (json!({ "query": "{ name } # \u{0}" }), "query"),
        (json!({ "query": "query($text: String!) { echo(text: $text) }", "variables": { "text": "a\u{0}b" } }), "text"),
        (json!({ "query": "query($text: String!) { echo(text: $text) }", "variables": { "text": { "in": ["a", "\u{0}"] } } }), "text.in.1"),
    ];
    for (body, field) in wrong {
        let answer = post(body.clone()).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{body}: {answer}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{body}: {answer}");
    }
    for right in ["{ echo(text: \"a\\\\u0000b\") }", "{ echo(text: \"\"\"a\\u0000b\"\"\") }", "{ echo(text: \"\\u00e9\") }"] {
        assert!(post(json!({ "query": right })).await["data"]["echo"].is_string(), "{right}");
    }
    // Escapes that no text has are a syntax error, and the server lives on.
    for odd in ["{ echo(text: \"\\ud800\") }", "{ echo(text: \"\\u{110000}\") }", "{ echo(text: \"\\u{\") }", "{ echo(text: \"\\u12\") }"] {
        let code = post(json!({ "query": odd })).await["errors"][0]["extensions"]["code"].clone();
        assert_eq!(code, "GRAPHQL_PARSE_FAILED", "{odd}");
    }
}

#[tokio::test]
async fn an_answer_has_a_most() {
    let url = served().await;
    let answer = ask(&url, "{ long(characters: 9000000) }").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{:.200}", answer.to_string());
    assert!(answer.get("data").is_none());
    assert!(ask(&url, "{ long(characters: 8000000) }").await["data"]["long"].is_string());
}

/// A fault that carries no code is told by what it is: a value of the document by its path, an error of another layer by nothing.
#[tokio::test]
async fn faults_are_told_by_their_kind() {
    let url = served().await;
    let answer = ask(&url, "{ again { day(on: \"2026-13-45\") } }").await;
    let fault = &answer["errors"][0]["extensions"];
    assert_eq!((&fault["code"], &fault["field"]), (&json!("BAD_USER_INPUT"), &json!("again.day")), "{answer}");
    let answer = ask(&url, "{ fails }").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{answer}");
    assert!(!answer.to_string().contains("Failed to parse"), "nothing of the inside, whatever its words: {answer}");
}
