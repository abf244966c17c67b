//! What HTTP may carry.

use reqwest::{Client, Method, StatusCode, header};
use serde_json::{Value, json};

use super::toy::served;

async fn post(body: String, kind: &str) -> (StatusCode, Value) {
    let request = crate::support::patience::client().post(served().await).header(header::CONTENT_TYPE, kind).body(body);
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    (status, answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn only_json_is_taken() {
    let body = json!({ "query": "{ name }" }).to_string();
    assert_eq!(post(body.clone(), "application/json; charset=utf-8").await.0, StatusCode::OK);
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=gbk"] {
        assert_eq!(post(body.clone(), kind).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
}

#[tokio::test]
async fn wrong_shapes_are_refused_with_a_code() {
    let shapes = [
        "[{\"query\":\"{ name }\"}]",
        "{\"query\": 1}",
        "{}",
        "{\"query\":\"{ name }\",\"variables\":[1]}",
        "{\"query\":\"{ name }\",\"operationName\":{}}",
        "{\"query\":\"{ name }\",\"extensions\":\"x\"}",
        "not json",
    ];
    for body in shapes {
        let (status, answer) = post(body.to_owned(), "application/json").await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{body}");
    }
    let (_, answer) = post(json!({ "query": "query A { name }", "operationName": "B" }).to_string(), "application/json").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "OPERATION_RESOLUTION_FAILURE");
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let (status, _) = post(format!("{{\"query\":\"{}\"}}", "a".repeat(60_000_000)), "application/json").await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn get_runs_queries_and_never_mutations() {
    let url = served().await;
    let get = async |query: &str| {
        let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let address = format!("{url}?query={query}");
        crate::support::patience::client().get(address).send().await.expect("an answer")
    };
    assert_eq!(get("{ name }").await.json::<Value>().await.unwrap()["data"]["name"], "xinxiu");
    let answer = get("mutation { change }").await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers()[header::ALLOW], "POST");
    let put = crate::support::patience::client().request(Method::PUT, &url).send().await.expect("an answer");
    assert_eq!(put.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_no_more() {
    let url = served().await;
    let answer = crate::support::patience::client().post(&url).json(&json!({ "query": "{ panics }" })).send().await.expect("an answer");
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    assert!(answer["errors"][0]["extensions"]["requestId"].is_string());
    assert!(!answer.to_string().contains("a fault of the house"));
    let answer = crate::support::patience::client().post(&url).json(&json!({ "query": "{ name }" })).send().await.expect("it lives on");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert!(answer.headers().contains_key("x-request-id"));
}

#[tokio::test]
async fn the_media_type_is_negotiated() {
    let url = served().await;
    let ask = async |accept: &str, query: &str| {
        crate::support::patience::client().post(&url).header(header::ACCEPT, accept).json(&json!({ "query": query })).send().await.expect("an answer")
    };
    let answer = ask("application/graphql-response+json", "{ nam }").await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(answer.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/graphql-response+json"));
    assert!(answer.json::<Value>().await.unwrap().get("data").is_none());
    assert_eq!(ask("application/json", "{ nam }").await.status(), StatusCode::OK);
    assert_eq!(ask("text/html", "{ name }").await.status(), StatusCode::NOT_ACCEPTABLE);
}
