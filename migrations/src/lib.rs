//! HISTORY: every schema the database ever had, in order: the baseline, and what came after it. A migration that was released
//! is never edited.

use include_dir::{Dir, include_dir};
use sea_orm_migration::{prelude::*, sea_orm};

mod m20261129_baseline;
mod m20261129_guards;
mod m20261129_tables;

static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src");

/// Every file that makes the tables, by its name without the ending: a house keeps their digests, so that a build whose
/// tables are others does not open it.
pub fn sources() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let named = |file: &'static include_dir::File<'static>| Some((file.path().file_stem()?.to_str()?, file.contents()));
    SOURCES.files().filter_map(named).filter(|(name, _)| name.starts_with('m'))
}

/// The triggers by which a database itself refuses what would break the trail.
pub fn guard_names(backend: sea_orm::DbBackend) -> Vec<String> {
    m20261129_guards::names(backend)
}

/// All migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261129_baseline::Migration)]
    }
}
