//! What a fault of the machine needs, said once: its place and its cure.

use crate::{app::StartFault, city::acts::ActFault, door::DoorFault, keeping::KeepingFault, store::StoreFault};

fn in_store<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a StoreFault> {
    if let Some(fault) = cause.downcast_ref::<StoreFault>() {
        return Some(fault);
    }
    match cause.downcast_ref::<DoorFault>() {
        Some(DoorFault::Store(fault)) => return Some(fault),
        Some(_) => return None,
        None => {}
    }
    match cause.downcast_ref::<ActFault>() {
        Some(ActFault::Store(fault)) => return Some(fault),
        Some(ActFault::Door(DoorFault::Store(fault))) => return Some(fault),
        _ => {}
    }
    match (cause.downcast_ref::<StartFault>(), cause.downcast_ref::<KeepingFault>()) {
        (Some(StartFault::Store(fault)), _) | (_, Some(KeepingFault::Store(fault))) => Some(fault),
        _ => None,
    }
}

/// The fault in one line; where the database is away, full or takes no write, with its place.
pub(super) fn line(fault: &anyhow::Error, database: &str) -> String {
    let away = fault.chain().filter_map(in_store).any(StoreFault::is_away);
    if away {
        format!("{fault:#}; look at {database}: its disk may be full or read-only, or the database does not answer")
    } else {
        format!("{fault:#}")
    }
}
