//! The lock of a house on a database server: it lives as long as a connection, and nothing is written while that is lost.

use std::time::Duration;

use api::{
    app::{App, Place, StartFault},
    store::StoreFault,
};
use sea_orm::ConnectionTrait;

use crate::{
    repair::steps,
    support::{
        patience::until,
        world::{On, World, record},
    },
};

/// A connection of its own, past the house's.
async fn beside(world: &World) -> sea_orm::DatabaseConnection {
    sea_orm::Database::connect(&world.database).await.expect("PostgreSQL answers")
}

/// Ends the connections that hold the lock, as a restart of the database would; how many.
async fn lost(db: &sea_orm::DatabaseConnection) -> usize {
    let sql =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'xinxiu %'";
    db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await.expect("it may").len()
}

/// The process of the database's that holds the lock of the house.
async fn holder(db: &sea_orm::DatabaseConnection) -> Option<i32> {
    let sql = "SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() AND a.application_name LIKE 'xinxiu %'";
    let row = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await.expect("it may");
    row.map(|row| row.try_get_by_index(0).expect("a process"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_lock_is_taken_again() {
    let world = World::new(On::Postgres).await;
    steps::registered(&world, record(1)).await;
    let db = beside(&world).await;
    let first = holder(&db).await.expect("somebody holds it");
    assert_eq!(lost(&db).await, 1);
    until("another connection holds it: it is the same house, so it goes on", async || {
        holder(&db).await.is_some_and(|process| process != first) && !world.app.database.gate().is_closed()
    })
    .await;
    steps::registered(&world, record(2)).await;
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_house_in_its_place_is_not_written_to() {
    let world = World::new(On::Postgres).await;
    let id = steps::registered(&world, record(1)).await;
    let place =
        Place { database: world.database.clone(), folder: world.folder().to_owned(), origin: "test.example/log".into(), second: None };
    let refused = App::make(&place).await;
    assert!(matches!(refused, Err(StartFault::Lock(_))), "{refused:?}");
    let db = beside(&world).await;
    // What restore does.
    db.execute_unprepared("UPDATE house SET value = 'another' WHERE key = 'generation'").await.expect("a fact");
    assert_eq!(lost(&db).await, 1);
    until("the gate is shut", async || world.app.database.gate().is_closed()).await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(world.app.database.gate().is_closed(), "it stays shut: its rows are of another house");
    let fault = api::work::checkpoints::sign(&world.app).await;
    assert!(fault.is_err(), "{fault:?}");
    let (index, _) = api::store::write::head(&db).await.expect("a head");
    let again = App::open(&place).await.expect("whoever opens it anew works in the house that is there");
    assert_eq!(api::store::write::head(again.database.pool()).await.expect("a head").0.size(), index.size());
    assert!(!id.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_hold_every_name_is_refused() {
    let base = std::env::var("XINXIU_TEST_POSTGRES").expect("make test starts one");
    let name = format!("ascii_{}", uuid::Uuid::new_v4().simple());
    let db = sea_orm::Database::connect(format!("{base}/postgres")).await.expect("PostgreSQL answers");
    db.execute_unprepared(&format!("CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"))
        .await
        .expect("made");
    let folder = crate::support::smtp::scratch("ascii");
    let place = Place { database: format!("{base}/{name}"), folder: folder.clone(), origin: "test.example/log".into(), second: None };
    let refused = App::make(&place).await;
    assert!(matches!(&refused, Err(StartFault::Store(StoreFault::Encoding(found))) if found == "SQL_ASCII"), "{refused:?}");
    let data = folder.display().to_string();
    let doctor = crate::cli::program::run(&["--data", &data, "--database", &place.database, "doctor"], &[], "");
    assert!(doctor.code == 1 && doctor.out.contains("UTF8"), "{}", doctor.out);
    std::fs::remove_dir_all(folder).ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_of_the_database_gets_no_password_in_its_arguments() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new(On::Postgres).await;
    let bin = world.folder().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let real = std::fs::read_dir("/usr/lib/postgresql")
        .unwrap()
        .flatten()
        .map(|entry| entry.path().join("bin/pg_dump"))
        .find(|path| path.exists())
        .expect("the client programs");
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > {0}/arguments\nprintf '%s' \"$PGPASSWORD\" > {0}/password\nexec {1} \"$@\"\n",
        bin.display(),
        real.display()
    );
    std::fs::write(bin.join("pg_dump"), script).unwrap();
    std::fs::set_permissions(bin.join("pg_dump"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let url = world.database.replace("xinxiu@", "xinxiu:very%20secret@");
    assert_ne!(url, world.database);
    let (data, out) = (world.folder().display().to_string(), world.folder().join("copy").display().to_string());
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let backup = crate::cli::program::run(
        &["--data", &data, "--origin", "test.example/log", "backup", "--out", &out],
        &[("XINXIU_DATABASE", &url), ("PATH", &path)],
        "",
    );
    assert_eq!(backup.code, 0, "{}", backup.err);
    let read = |name: &str| std::fs::read_to_string(bin.join(name)).expect("the tool was called");
    assert!(!read("arguments").contains("secret") && read("arguments").contains("postgres://xinxiu@"), "{}", read("arguments"));
    assert_eq!(read("password"), "very secret");
    std::fs::remove_dir_all(&bin).unwrap();
    world.finish().await;
}
