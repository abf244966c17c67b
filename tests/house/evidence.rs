//! Evidence by plain HTTP: its kind by content, its size, how much an account may send in a day, and who may read it.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_file_is_what_its_bytes_say an_account_has_its_share_of_a_day a_document_is_read_through_its_case);

async fn sent(world: &World, login: Option<&str>, bytes: Vec<u8>) -> (u16, Value) {
    let mut request = crate::support::patience::client().post(format!("{}/documents", world.url)).body(bytes);
    if let Some(login) = login {
        request = request.bearer_auth(world.token(login).await);
    }
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn too_large(world: &World) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = world.url.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.expect("a connection");
    let head = format!(
        "POST /documents HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\r\n",
        world.token("road").await,
        21 * 1024 * 1024
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = vec![0; 64];
    let read = stream.read(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer[..read]).into_owned()
}

async fn a_file_is_what_its_bytes_say(world: World) {
    let png = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d].to_vec();
    let (status, answer) = sent(&world, Some("road"), png).await;
    assert_eq!((status, &answer["mediaType"]), (201, &json!("image/png")), "{answer}");
    let (status, answer) = sent(&world, Some("road"), b"MZ\x90\0\x03 a program".to_vec()).await;
    assert_eq!((status, &answer["error"]["code"]), (415, &json!("BAD_USER_INPUT")), "{answer}");
    let (status, answer) = sent(&world, Some("road"), Vec::new()).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!("BAD_USER_INPUT")), "{answer}");
    assert!(too_large(&world).await.starts_with("HTTP/1.1 413"), "refused by its declared length, before its bytes are read");
    assert_eq!(sent(&world, None, b"text".to_vec()).await.0, 401);
    world.finish().await;
}

async fn an_account_has_its_share_of_a_day(world: World) {
    world.setting("uploads_per_day", "2").await;
    assert_eq!(sent(&world, Some("road"), b"one".to_vec()).await.0, 201);
    assert_eq!(sent(&world, Some("road"), b"two".to_vec()).await.0, 201);
    let (status, answer) = sent(&world, Some("road"), b"three".to_vec()).await;
    assert_eq!((status, &answer["error"]["code"]), (429, &json!("RATE_LIMITED")), "{answer}");
    assert_eq!(sent(&world, Some("road-2"), b"another's".to_vec()).await.0, 201);
    world.setting("uploads_per_day", "9").await;
    world.setting("upload_mib_per_day", "1").await;
    assert_eq!(sent(&world, Some("road"), vec![b'x'; 1024 * 1024]).await.0, 429);
    assert_eq!(sent(&world, Some("road"), b"a small one".to_vec()).await.0, 201);
    world.finish().await;
}

async fn a_document_is_read_through_its_case(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let proof = world.paper("road", "履行证明").await;
    world.done("road", "recordDutiesDone", json!({ "id": id, "doneOn": "2026-04-01", "proofOfPerformance": proof })).await;
    let query = "query($id: ID!) { case(id: $id) { documents { path name kind } } }";
    let shown = world.query("road", query, json!({ "id": id })).await["case"]["documents"].clone();
    assert_eq!((&shown[0]["name"], &shown[0]["kind"]), (&json!("履行证明"), &json!("PROOF_OF_PERFORMANCE")), "{shown}");
    let path = shown[0]["path"].as_str().unwrap().to_owned();
    assert_eq!(world.get("road", &path).await, "paper 履行证明".as_bytes());
    assert_eq!(world.get("auditor", &path).await, "paper 履行证明".as_bytes());
    for login in ["anyue", "company"] {
        let answer = crate::support::patience::client()
            .get(format!("{}{path}", world.url))
            .bearer_auth(world.token(login).await)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), 404, "{login}");
    }
    world.finish().await;
}
