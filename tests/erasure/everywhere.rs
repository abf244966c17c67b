//! Looks everywhere: every column of every table, every file below the data folder, letters as they would be read.

use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::support::world::World;

/// Where a text stands in the database or below the data folder; keys aside.
pub async fn found(world: &World, needle: &str) -> Vec<String> {
    let mut places = rows(world, needle).await;
    files(world.folder(), needle, &mut places);
    places
}

async fn text_rows(world: &World, sql: &str) -> Vec<String> {
    let db = &world.app.database;
    let rows = db.pool().query_all_raw(db.statement(sql, Vec::new())).await.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
    rows.into_iter().map(|row| row.try_get_by_index(0).expect("text")).collect()
}

async fn rows(world: &World, needle: &str) -> Vec<String> {
    let sqlite = world.app.database.backend() == DbBackend::Sqlite;
    let list = if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    } else {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
    };
    let tables = text_rows(world, list).await;
    assert!(tables.len() > 30, "{tables:?}");
    let mut places = Vec::new();
    for table in tables {
        let whole = if sqlite {
            let columns = text_rows(world, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
            columns.iter().map(|column| format!("coalesce(\"{column}\", '')")).collect::<Vec<_>>().join(" || ' ' || ")
        } else {
            "row_to_json(t)::text".to_owned()
        };
        let hits = text_rows(world, &format!("SELECT {whole} FROM {table} t WHERE {whole} LIKE '%{needle}%'")).await;
        places.extend(hits.into_iter().map(|row| format!("table {table}: {}", row.chars().take(200).collect::<String>())));
    }
    places
}

fn files(folder: &Path, needle: &str, places: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, needle, places);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        let plain = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
        let letter = path.extension().is_some_and(|ending| ending == "eml") && read(&bytes).contains(needle);
        if plain || letter {
            places.push(format!("file {}", path.display()));
        }
    }
}

/// The parts of a letter, decoded.
fn read(letter: &[u8]) -> String {
    let text = String::from_utf8_lossy(letter).replace("\r\n", "\n");
    let parts = text.split("\n\n").map(|part| part.lines().take_while(|line| !line.starts_with("--")).collect::<String>());
    parts.filter_map(|part| STANDARD.decode(part).ok()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// Every ciphertext and salt that is kept now.
pub async fn secrets(world: &World) -> Vec<String> {
    text_rows(world, "SELECT sealed FROM personal_value WHERE sealed <> '' UNION ALL SELECT salt FROM personal_value WHERE salt <> ''")
        .await
}

/// What is left of a text in the pages that the database keeps of personal values.
pub async fn in_pages(world: &World, needle: &str) -> bool {
    if world.app.database.backend() == DbBackend::Sqlite {
        let mut places = Vec::new();
        files(world.folder(), needle, &mut places);
        return !places.is_empty();
    }
    world.sql("CHECKPOINT").await.expect("a superuser of a test");
    let sql =
        format!("SELECT (position('{needle}' IN encode(pg_read_binary_file(pg_relation_filepath('personal_value')), 'escape')) > 0)::text");
    text_rows(world, &sql).await == ["true"]
}
