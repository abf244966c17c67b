//! Which papers of a case somebody may read, and which of them were issued: a preview is for the offices of the case alone.

use domain::{
    command::Arguments,
    entry::Entry,
    ids::RowId,
    listing::ListingTerms,
    paper::DocumentKind,
    personal::Sealed,
    process::{CaseData, Phase, Process, Verb},
    rows::{Case, Document},
    sheet::SheetKind,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Date;

use crate::{
    app::App,
    people::Viewer,
    store::{StoreFault, entities, trail},
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
    /// The act that would issue it, with what somebody typed for it; none of a preview of what may come, and of what was issued.
    pub proposed: Option<Proposed>,
    /// The document that was kept when it was signed off in the house: its words are read there alone.
    pub kept: Option<RowId>,
}

/// An act that is not done yet, as far as the paper that it would sign off speaks of it.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub verb: Verb,
    /// The reasons in words.
    pub reason: Option<String>,
    /// An objection is upheld in part only.
    pub partial: bool,
    /// What a listing is decided with.
    pub terms: Option<ListingTerms>,
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
    /// The verb that issued it or would issue it; none of a preview.
    pub fn verb(&self) -> Option<Verb> {
        self.issued.as_ref().map(|issued| issued.verb).or(self.proposed.as_ref().map(|proposed| proposed.verb))
    }

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

/// The paper that an act signs off: of the kinds that it issues the one that bears a number.
pub fn signed_off_by(process: Process, verb: Verb) -> Option<SheetKind> {
    let kinds = SheetKind::of(process).iter().copied();
    kinds.filter(|kind| kind.series().is_some() && kind.document().is_some()).find(|kind| issued_by(*kind).contains(&verb))
}

/// The paper of the house that stands for a document which an act asks for: what the act issues, else the only one of the kind.
pub fn drafted_for(process: Process, verb: Verb, document: DocumentKind) -> Option<SheetKind> {
    let kinds: Vec<_> = SheetKind::of(process).iter().copied().filter(|kind| kind.document() == Some(document)).collect();
    let issued = kinds.iter().copied().find(|kind| issued_by(*kind).contains(&verb));
    issued.or(if let [only] = kinds[..] { Some(only) } else { None })
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

/// The accepted acts of a case, the newest first.
///
/// # Errors
/// When the database fails.
pub(super) async fn acts(app: &App, case: &Case) -> Result<Vec<Act>, StoreFault> {
    let part = trail::Part { after: -1, before: i64::MAX, newest_first: true, most: LOOKED_THROUGH, without: &[] };
    Ok(trail::of_case(&app.database, case.id, part).await?.into_iter().filter_map(Act::of).collect())
}

/// The papers of a case that were signed off in the house.
async fn signed_off(app: &App, case: &Case) -> Result<Vec<Document>, StoreFault> {
    use entities::document::{Column, Entity};
    let query = Entity::find().filter(Column::CaseId.eq(case.id.to_string())).filter(Column::Drafted.eq(1));
    query.all(app.database.pool()).await?.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect()
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
    let (acts, signed_off) = (acts(app, case).await?, signed_off(app, case).await?);
    let internal = viewer.reads_internal(case);
    let offer = |kind: &SheetKind| {
        let issued = issued(case, *kind, &acts);
        let number = issued.as_ref().and_then(|issued| issued.number.as_ref());
        let kept = signed_off.iter().find(|paper| Some(paper.kind) == kind.document() && paper.number.as_ref() == number);
        let readable = match (&issued, kind) {
            (Some(_), SheetKind::ServiceReturn) => internal,
            // The party gets the sealed copy.
            (Some(_), _) if kept.is_some() => internal,
            (Some(_), _) => kind.document().is_none_or(|document| viewer.reads(case, document)),
            (None, _) => internal && may_come(case, *kind, &acts),
        };
        readable.then(|| Offer { kind: *kind, issued, acts: acts.clone(), proposed: None, kept: kept.map(|paper| paper.id) })
    };
    Ok(kinds.iter().filter_map(offer).collect())
}
