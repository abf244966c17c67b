//! The sealed copy of a paper that was signed off in the house: what the party gets of it.

use domain::{
    paper::DocumentKind,
    refusal::{Reason, ReasonCode as Code},
    rows::Document,
};

use super::issued_number;
use crate::engine::act::Act;

/// What was signed off in the house is served as the sealed copy: the paper that the case issued last has one.
pub(crate) fn copy_kept(act: &Act<'_>) -> Option<Reason> {
    let number = issued_number(&act.case.data.0)?;
    let bears = |paper: &&Document| paper.number.as_ref() == Some(&number);
    let signed_off = act.mine::<Document>().filter(bears).any(|paper| paper.drafted == 1);
    let sealed = act.mine::<Document>().filter(bears).any(|paper| paper.kind == DocumentKind::SealedCopy);
    (signed_off && !sealed).then(|| Reason::new(Code::SealedCopyMissing).with("number", number))
}
