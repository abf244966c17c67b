//! HISTORY: every schema the database ever had, in order. A migration that was released is never edited.

use include_dir::{Dir, include_dir};
use sea_orm_migration::prelude::*;

mod m20261124_house;
mod m20261124_tables;
mod m20261125_parent;
mod m20261126_deputies;
mod m20261127_at_size;
mod m20261127_fences;
mod m20261127_told;
mod m20261127_uploads;
mod m20261128_receipts;
mod m20261129_personal;
mod m20261130_people;
mod m20261201_law_files;
mod m20261202_name_tails;
mod m20261203_mail;

static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src");

/// Every file that makes the tables, by its name without the ending: a house keeps their digests, so that a build whose
/// tables are others does not open it.
pub fn sources() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let named = |file: &'static include_dir::File<'static>| Some((file.path().file_stem()?.to_str()?, file.contents()));
    SOURCES.files().filter_map(named).filter(|(name, _)| name.starts_with('m'))
}

/// All migrations in order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_house::Migration),
            Box::new(m20261125_parent::Migration),
            Box::new(m20261126_deputies::Migration),
            Box::new(m20261127_fences::Migration),
            Box::new(m20261127_uploads::Migration),
            Box::new(m20261127_at_size::Migration),
            Box::new(m20261127_told::Migration),
            Box::new(m20261128_receipts::Migration),
            Box::new(m20261129_personal::Migration),
            Box::new(m20261130_people::Migration),
            Box::new(m20261201_law_files::Migration),
            Box::new(m20261202_name_tails::Migration),
            Box::new(m20261203_mail::Migration),
        ]
    }
}
