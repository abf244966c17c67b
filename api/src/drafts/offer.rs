//! Which papers of a case somebody may read, and which of them were issued: a preview is for the offices of the case alone.

use domain::{
    command::Arguments,
    entry::Entry,
    personal::Sealed,
    process::{CaseData, Phase, Verb},
    rows::Case,
    sheet::SheetKind,
};
use time::Date;

use crate::{
    app::App,
    people::Viewer,
    store::{StoreFault, trail},
};

/// Most entries of a case that are looked through for the acts that issue its papers, the newest first.
const LOOKED_THROUGH: u64 = 500;

/// A paper that may be read.
#[derive(Clone, Debug)]
pub struct Offer {
    pub kind: SheetKind,
    /// How it was issued; none of a preview.
    pub issued: Option<Issued>,
    /// The accepted acts of the case, the newest first.
    pub acts: Vec<Act>,
}

/// How a paper was issued.
#[derive(Clone, Debug)]
pub struct Issued {
    /// 文号; none of a paper without numbers.
    pub number: Option<String>,
    pub on: Date,
    /// Number of the entry of the act.
    pub entry: u64,
    pub verb: Verb,
    pub reason: Option<Sealed>,
    /// The articles that the act rested on.
    pub cites: Vec<String>,
}

/// An accepted act of a case.
#[derive(Clone, Debug)]
pub struct Act {
    pub verb: Verb,
    pub on: Date,
    entry: u64,
    reason: Option<Sealed>,
    cites: Vec<String>,
}

impl Act {
    fn of(entry: Entry) -> Option<Self> {
        let verb = Verb::from_key(&entry.verb).filter(|_| entry.accepted())?;
        let arguments: Option<Arguments> = serde_json::from_value(entry.input["arguments"].clone()).ok();
        let reason = arguments.and_then(|arguments| arguments.reason);
        Some(Self { verb, on: entry.effective_on, entry: entry.index, reason, cites: entry.cites })
    }
}

impl Offer {
    /// Whether an act of one of these verbs was done.
    pub fn done(&self, verbs: &[Verb]) -> bool {
        self.acts.iter().any(|act| verbs.contains(&act.verb))
    }
}

/// The verbs that issue a paper of this kind.
pub const fn issued_by(kind: SheetKind) -> &'static [Verb] {
    match kind {
        SheetKind::PriorNotice => &[Verb::SignNotice],
        SheetKind::ListingDecision | SheetKind::RepairGuidance => &[Verb::DecideToList],
        SheetKind::RepairGrant => &[Verb::Grant],
        SheetKind::RepairRefusal => &[Verb::Refuse, Verb::RefuseForFalsity],
        SheetKind::ObjectionAnswer => &[Verb::UpholdByCorrecting, Verb::UpholdByRetracting, Verb::UpholdByReopening, Verb::Reject],
        SheetKind::FilingReceipt => &[Verb::Apply, Verb::Register, Verb::File],
        SheetKind::AcceptanceNotice => &[Verb::Accept],
        SheetKind::ProposalList => &[Verb::Submit],
        SheetKind::ServiceReturn => &[
            Verb::SignNotice,
            Verb::DecideToList,
            Verb::Grant,
            Verb::Refuse,
            Verb::RefuseForFalsity,
            Verb::UpholdByCorrecting,
            Verb::UpholdByRetracting,
            Verb::UpholdByReopening,
            Verb::Reject,
        ],
    }
}

/// Its number and its own day as the case holds them; a decision that was taken back has none.
fn held(case: &Case, kind: SheetKind) -> Option<(Option<String>, Option<Date>)> {
    let numbered = |issued: &domain::listing::Issued| (Some(issued.number.clone()), Some(issued.on));
    match (&case.data.0, kind) {
        (CaseData::ListingCase(data), SheetKind::PriorNotice) => data.noticed.as_ref().map(numbered),
        (CaseData::ListingCase(data), SheetKind::ListingDecision) => data.decided.as_ref().map(numbered),
        (CaseData::ListingCase(data), SheetKind::RepairGuidance) => data.decided.as_ref().map(|issued| (None, Some(issued.on))),
        (CaseData::ListingCase(data), SheetKind::ServiceReturn) => data.decided.as_ref().or(data.noticed.as_ref()).map(numbered),
        (CaseData::RepairApplication(data), SheetKind::RepairGrant | SheetKind::RepairRefusal | SheetKind::ServiceReturn) => {
            data.decision_number.clone().map(|number| (Some(number), data.decided_on))
        }
        (CaseData::Objection(data), SheetKind::ObjectionAnswer | SheetKind::ServiceReturn) => {
            data.answer_number.clone().map(|number| (Some(number), data.answered_on))
        }
        (_, SheetKind::FilingReceipt | SheetKind::AcceptanceNotice | SheetKind::ProposalList) => Some((None, None)),
        _ => None,
    }
}

/// How a paper was issued, if it was and still stands: an application that was reopened is decided anew.
fn issued(case: &Case, kind: SheetKind, acts: &[Act]) -> Option<Issued> {
    let verbs = issued_by(kind);
    let decisions = [Verb::Grant, Verb::Refuse, Verb::RefuseForFalsity, Verb::Reopen];
    let act = match kind {
        SheetKind::RepairGrant | SheetKind::RepairRefusal => {
            acts.iter().find(|act| decisions.contains(&act.verb)).filter(|act| verbs.contains(&act.verb))?
        }
        _ => acts.iter().find(|act| verbs.contains(&act.verb))?,
    };
    let (number, on) = held(case, kind)?;
    Some(Issued {
        number,
        on: on.unwrap_or(act.on),
        entry: act.entry,
        verb: act.verb,
        reason: act.reason.clone(),
        cites: act.cites.clone(),
    })
}

/// Whether a paper that was not issued may still come of the case.
fn may_come(case: &Case, kind: SheetKind, acts: &[Act]) -> bool {
    let under_way = matches!(
        case.phase,
        Phase::Draft | Phase::Filed | Phase::Checking | Phase::WaitingForParty | Phase::WaitingForOthers | Phase::Deciding | Phase::Serving
    );
    let done = |verb: Verb| acts.iter().any(|act| act.verb == verb);
    under_way
        && match kind {
            // What was not filed has no receipt, and what was not issued is not served.
            SheetKind::FilingReceipt | SheetKind::ServiceReturn => false,
            SheetKind::AcceptanceNotice => case.phase != Phase::Draft,
            SheetKind::RepairGrant | SheetKind::RepairRefusal | SheetKind::ObjectionAnswer => done(Verb::Accept),
            _ => true,
        }
}

/// The papers of a case that the viewer may read: those that were issued, as the papers of their kind are read, and for the
/// offices of the case a preview of those that may come.
///
/// # Errors
/// When the database fails.
pub async fn offers(app: &App, viewer: &Viewer, case: &Case) -> Result<Vec<Offer>, StoreFault> {
    let kinds = SheetKind::of(case.process);
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let part = trail::Part { after: -1, before: i64::MAX, newest_first: true, most: LOOKED_THROUGH, without: &[] };
    let acts: Vec<Act> = trail::of_case(&app.database, case.id, part).await?.into_iter().filter_map(Act::of).collect();
    let internal = viewer.reads_internal(case);
    let offer = |kind: &SheetKind| {
        let issued = issued(case, *kind, &acts);
        let readable = match (&issued, kind) {
            (Some(_), SheetKind::ServiceReturn) => internal,
            (Some(_), _) => kind.document().is_none_or(|document| viewer.reads(case, document)),
            (None, _) => internal && may_come(case, *kind, &acts),
        };
        readable.then(|| Offer { kind: *kind, issued, acts: acts.clone() })
    };
    Ok(kinds.iter().filter_map(offer).collect())
}
