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

/// A text as a change leaves it.
fn changed(old: Option<String>, new: Option<&String>) -> Option<String> {
    match new {
        None => old,
        Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

fn with(row: Office, details: &OfficeDetails) -> Office {
    Office {
        address_zh: changed(row.address_zh, details.address_zh.as_ref()),
        address_en: changed(row.address_en, details.address_en.as_ref()),
        telephone: changed(row.telephone, details.telephone.as_ref()),
        hours_zh: changed(row.hours_zh, details.hours_zh.as_ref()),
        hours_en: changed(row.hours_en, details.hours_en.as_ref()),
        review_zh: changed(row.review_zh, details.review_zh.as_ref()),
        review_en: changed(row.review_en, details.review_en.as_ref()),
        court_zh: changed(row.court_zh, details.court_zh.as_ref()),
        court_en: changed(row.court_en, details.court_en.as_ref()),
        ..row
    }
}

/// Adds an office.
pub(crate) fn add(snapshot: &mut Snapshot, act: &AdminAct) -> Result<(), Refusal> {
    let AdminAct::AddOffice { key, zh, en, kind, division_code, number_word, details } = act else { return Ok(()) };
    if snapshot.rows().offices.contains_key(key) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    known(details)?;
    let row = Office::new(key, (zh, en), *kind, division_code.as_deref(), number_word);
    snapshot.put(with(row, details));
    Ok(())
}

/// Changes where an office is found and who reviews its acts.
pub(crate) fn change(snapshot: &mut Snapshot, key: &str, details: &OfficeDetails) -> Result<(), Refusal> {
    known(details)?;
    let Some(row) = snapshot.rows().offices.get(key).cloned() else {
        let offices: Vec<_> = snapshot.rows().offices.keys().cloned().collect();
        return Err(Reason::new(Code::UnknownOffice).with("office", key).with("allowed", offices.join(", ")).into());
    };
    let new = with(row.clone(), details);
    if new == row {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(new);
    Ok(())
}
