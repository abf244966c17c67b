//! How often the database is asked does not grow with the rows of a file.

use std::sync::Arc;

use api::files::{self, Kind, ended, holding::Holding};
use axum::body::Bytes;
use uuid::Uuid;

use super::{
    applications::{committed as pushed, push, row},
    arriving::{committed, died, drivers, import},
    penalties::sent,
    trouble::account,
};
use crate::{
    on_both,
    repair::steps,
    support::{
        patience::until,
        world::{World, record},
    },
};

on_both!(
    as_many_questions_for_many_rows_as_for_few
    as_many_to_take_many_rows_away_as_few
);

/// How many statements a check of a file takes.
async fn questions(world: &World, kind: Kind, login: &str, office: &str, bytes: Vec<u8>) -> u64 {
    let (database, id) = (&world.app.database, account(world, login).await.id);
    let asked = || database.pool().asked() + database.keyed().asked();
    let before = asked();
    files::check(&world.app, kind, id, office, Bytes::from(bytes), Arc::default()).await.expect("it can be read");
    asked() - before
}

async fn as_many_questions_for_many_rows_as_for_few(world: World) {
    // Human beings, whose names are sealed, and pushes that came before: both are compared with what is kept.
    let upload = sent(&world, "yanjiang", drivers(12)).await;
    let done = committed(&world, &upload, Uuid::new_v4()).await;
    assert_eq!(done["opened"], 12, "{done}");
    for number in 1..=6 {
        steps::registered(&world, record(number)).await;
    }
    world.on("2026-06-22").await;
    let rows: Vec<_> = (1..=6).map(row).collect();
    let upload = sent(&world, "platform", push(&rows)).await;
    assert_eq!(pushed(&world, &upload).await["opened"], 6);
    let of = async |kind, login, office, few: Vec<u8>, many| {
        questions(&world, kind, login, office, few.clone()).await; // what is read once and kept is read by now
        (questions(&world, kind, login, office, few).await, questions(&world, kind, login, office, many).await)
    };
    let (few, many) = of(Kind::PenaltyRecords, "yanjiang", "yanjiang", drivers(2), drivers(12)).await;
    assert_eq!(few, many, "records of human beings");
    let (few, many) = of(Kind::RepairApplications, "platform", "policy_office", push(&rows[..1]), push(&rows)).await;
    assert_eq!(few, many, "pushes that came before");
    world.finish().await;
}

/// How many statements it takes to clear what an import of so many rows has left.
async fn to_clear(world: &World, rows: u32) -> u64 {
    let upload = sent(world, "yanjiang", drivers(rows)).await;
    died(world, &upload, "import_arrived").await;
    let id = import(&world.app).await.id;
    until("the lock of a program that died is free", async || Holding::nobody(&world.app, id).await.expect("it looks")).await;
    let asked = || world.app.database.pool().asked();
    let before = asked();
    assert_eq!(ended::tidy(&world.app).await.expect("it is tidied"), 1);
    asked() - before
}

async fn as_many_to_take_many_rows_away_as_few(world: World) {
    to_clear(&world, 2).await; // what is read once and kept is read by now
    let (few, many) = (to_clear(&world, 3).await, to_clear(&world, 40).await);
    assert_eq!(few, many, "cases and subjects of a piece are read together");
    world.finish().await;
}
