//! The questions that once were answered worst, and fresh ones from the schema as it is: none is answered as a fault of the
//! house. `make soak` asks 220,000 of them and finds the worst anew (`SOAK_KEEP=tests/hostile/worst.jsonl make soak`).

use serde_json::json;

use crate::{
    on_both,
    repair::steps,
    support::{
        hostile::{ASKERS, Hostile, Question},
        world::{World, record},
    },
};

on_both!(no_question_is_a_fault_of_the_house);

/// Fresh questions beside the worst.
const FRESH: u64 = 400;

async fn no_question_is_a_fault_of_the_house(world: World) {
    let mut facts = Vec::new();
    for number in 1..=3 {
        facts.push(steps::registered(&world, record(number)).await);
        facts.push(record(number)["uscc"].as_str().expect("a code").to_owned());
        facts.push(format!("JL2026-{number:06}"));
    }
    // Signed in before one of the questions tries a password too often.
    for login in ASKERS.into_iter().flatten().filter(|login| *login != "!dead") {
        world.token(login).await;
    }
    let made = Hostile::default();
    let worst = include_str!("worst.jsonl").lines().map(|line| Question::from_line(line).expect("a question"));
    let mut unfair = Vec::new();
    for question in worst.chain((0..FRESH).map(|number| made.question(number))) {
        let asked = question.about(&facts);
        let token = match ASKERS[asked.asker] {
            None => None,
            Some("!dead") => Some("never-good".to_owned()),
            Some(login) => Some(world.token(login).await),
        };
        let answer = world.ask(token.as_deref(), &asked.query, asked.variables.clone()).await;
        let codes: Vec<_> = answer["errors"].as_array().into_iter().flatten().map(|error| error["extensions"]["code"].clone()).collect();
        let fair = |code: &serde_json::Value| code.is_string() && code != "INTERNAL_SERVER_ERROR" && code != "UNAVAILABLE";
        if !codes.iter().all(fair) || (codes.is_empty() && answer.get("data") == Some(&json!(null))) {
            unfair.push(format!("{codes:?} {}", question.line()));
        }
    }
    assert!(unfair.is_empty(), "{unfair:#?}");
    world.finish().await;
}
