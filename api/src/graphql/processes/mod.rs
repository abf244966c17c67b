//! The processes: types, forms, acts; and a case of any of them.

pub mod any;
pub mod binding;
pub mod entry_form;
pub mod listing;
pub mod objection;
pub mod proposal;
pub mod record;
pub mod repair;
pub mod sent;
