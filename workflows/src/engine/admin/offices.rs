//! Offices: added by the operator's list, changed by an administrator.

use domain::{
    admin::AdminAct,
    office::OfficeDetails,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::Office,
};

use crate::engine::sight::snapshot::Snapshot;

fn known(details: &OfficeDetails) -> Result<(), Refusal> {
    details.fault().map_or(Ok(()), |field| Err(Reason::new(Code::OfficeDetailUnfit).with("field", field).into()))
}

/// Adds an office.
pub(crate) fn add(snapshot: &mut Snapshot, act: &AdminAct) -> Result<(), Refusal> {
    let AdminAct::AddOffice { key, zh, en, kind, division_code, number_word, details } = act else { return Ok(()) };
    if snapshot.rows().offices.contains_key(key) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    known(details)?;
    let row = Office::new(key, (zh, en), *kind, division_code.as_deref(), number_word);
    snapshot.put(row.with_details(OfficeDetails::default().changed_by(details)));
    Ok(())
}

/// Changes where an office is found and who reviews its acts.
pub(crate) fn change(snapshot: &mut Snapshot, key: &str, details: &OfficeDetails) -> Result<(), Refusal> {
    known(details)?;
    let Some(row) = snapshot.rows().offices.get(key).cloned() else {
        let offices: Vec<_> = snapshot.rows().offices.keys().cloned().collect();
        return Err(Reason::new(Code::UnknownOffice).with("office", key).with("allowed", offices.join(", ")).into());
    };
    let new = row.clone().with_details(row.details().changed_by(details));
    if new == row {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(new);
    Ok(())
}
