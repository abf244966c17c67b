//! The audits of the npm package graphql-http: on the toy, and on the house with a token of staff.

use std::process::Command;

use super::toy::served;
use crate::{on_both, support::{judge, world::World}};

async fn audited(url: String, token: Option<String>) {
    let home = judge::install(
        "graphql-http",
        &[
            ("package.json", include_str!("../judges/graphql-http/package.json")),
            ("package-lock.json", include_str!("../judges/graphql-http/package-lock.json")),
            (".npmrc", include_str!("../judges/graphql-http/.npmrc")),
            ("audit.mjs", include_str!("../judges/graphql-http/audit.mjs")),
        ],
    );
    let mut node = Command::new("node");
    node.arg("audit.mjs").arg(url).args(token).current_dir(home);
    let output = tokio::task::spawn_blocking(move || node.output()).await.expect("the task ends").expect("node starts");
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && words.contains("61 of 61 ok"), "{words}{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audits_pass_on_the_toy() {
    audited(served().await, None).await;
}

on_both!(the_audits_pass_on_the_house);

async fn the_audits_pass_on_the_house(world: World) {
    let token = world.token("policy").await;
    audited(format!("{}/graphql", world.url), Some(token)).await;
    world.finish().await;
}
