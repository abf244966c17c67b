//! sea-orm entities of the row tables, made from the one list of tables in `domain`.

use sea_orm::entity::prelude::*;

macro_rules! column_type {
    (text) => { String };
    (text_opt) => { Option<String> };
    (int) => { i64 };
    (int_opt) => { Option<i64> };
}

macro_rules! define_entities {
    ($($(#[$doc:meta])* $table:ident $row:ident $field:ident { id: $idty:ty => $idkind:ident, $($col:ident : $ty:ty => $kind:ident,)* })*) => {$(
        $(#[$doc])*
        pub mod $table {
            use super::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: String,
                $(pub $col: column_type!($kind),)*
            }

            #[derive(Copy, Clone, Default, Debug, DeriveEntity)]
            pub struct Entity;

            impl EntityName for Entity {
                fn table_name(&self) -> &'static str {
                    stringify!($table)
                }
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}

            impl Model {
                /// The row as the engine knows it.
                ///
                /// # Errors
                /// When a column does not hold what its type admits.
                pub fn row(self) -> Result<domain::rows::$row, serde_json::Error> {
                    serde_json::from_value(serde_json::to_value(self)?)
                }
            }
        }
    )*};
}

domain::for_each_table!(define_entities);
