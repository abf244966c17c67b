//! The case that a command is about: found, or opened with its subject, its office and its number.

use std::sync::Arc;

use domain::{
    command::{Command, Target},
    ids::{CaseId, IdSource, SubjectId},
    import::ImportStatus,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{AsText, Case, CaseLink, CreditSubject},
};

use crate::{
    definition::{
        Version,
        header::{Finding, Keeper},
    },
    engine::{
        Rules,
        act::{Act, numbers},
        admin::imports,
        sight::{
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
    processes::{self, Filing},
};

/// The case that the command is about: found, or sketched as it would be opened.
pub(crate) fn case_of(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    actor: &ActorView,
    ids: &mut IdSource,
) -> Result<(Case, Arc<Version>, bool), Refusal> {
    match &command.target {
        Target::Case(id) => {
            let case = snapshot.whole(*id);
            let case = case.ok_or_else(|| Refusal::from(Reason::new(Code::StateDoesNotAllow)))?;
            let version = rules.catalogue.of_case(&case).ok_or_else(|| no_law(command))?;
            Ok((case, version, false))
        }
        Target::New(opening) => {
            imports::may_arrive(snapshot, command)?;
            let received_on = received_on(command);
            let version = rules.catalogue.on(opening.process, received_on).ok_or_else(|| no_law(command))?;
            let subject = find_or_make(snapshot, opening, ids)?;
            let case = sketch(snapshot, command, opening, actor, &version, subject, ids)?;
            Ok((case, version, true))
        }
        Target::House => Err(Reason::new(Code::StateDoesNotAllow).into()),
    }
}

fn received_on(command: &Command) -> time::Date {
    command.arguments.dates.get(&domain::paper::DateKey::ReceivedOn).copied().unwrap_or(command.effective_on)
}

fn no_law(command: &Command) -> Refusal {
    Reason::new(Code::NoLawInForce).with("on", received_on(command)).into()
}

fn find_or_make(snapshot: &mut Snapshot, opening: &domain::command::Opening, ids: &mut IdSource) -> Result<Option<SubjectId>, Refusal> {
    if let Some(record) = opening.record {
        return Ok(snapshot.case(record).and_then(|case| case.subject));
    }
    let Some(draft) = &opening.new_subject else { return Ok(opening.subject) };
    for identifier in draft.identifiers() {
        snapshot.look_for(identifier);
    }
    let known = draft.identifiers().flat_map(|identifier| snapshot.rows().under::<CreditSubject>(identifier)).min_by_key(|row| row.id);
    if let Some(row) = known {
        // Who is found under a code and named otherwise is somebody else, or the code is wrong.
        if let (Some(known), Some(given), Some(name)) = (&row.name_key, &draft.name_key, &row.name)
            && known != given
        {
            return Err(Reason::new(Code::SubjectNameDiffers).with("name", name).into());
        }
        return Ok(Some(row.id));
    }
    let id = SubjectId(ids.draw());
    snapshot.put(CreditSubject {
        id,
        kind: draft.kind,
        uscc: draft.uscc.clone(),
        id_number_hash: draft.id_number_hash.clone(),
        id_number: draft.id_number.clone().map(AsText),
        name: draft.name.clone(),
        name_key: draft.name_key.clone(),
        sealed_name: draft.sealed_name.clone().map(AsText),
    });
    Ok(Some(id))
}

fn sketch(
    snapshot: &Snapshot,
    command: &Command,
    opening: &domain::command::Opening,
    actor: &ActorView,
    version: &Version,
    subject: Option<SubjectId>,
    ids: &mut IdSource,
) -> Result<Case, Refusal> {
    let definition = &version.definition;
    let missing =
        || Refusal::from(Reason::new(Code::MissingForm).titled("form", (definition.title.zh.clone(), definition.title.en.clone())));
    let filing = Filing { account: actor.account, person: actor.person, subject, verbs: &command.verbs };
    let form = command.arguments.form.as_ref().ok_or_else(missing)?;
    let data = processes::open(opening.process, form, &filing).ok_or_else(missing)?;
    let record = opening.record.and_then(|id| snapshot.case(id));
    let office = opening.office.clone().or_else(|| roles::policy_office(snapshot)).unwrap_or_default();
    let finding_office = match definition.finding {
        Finding::Own => Some(office.clone()),
        Finding::OfRecord => record.and_then(|case| case.finding_office.clone()),
        Finding::None => None,
    };
    let office = match definition.kept_by {
        Keeper::Opener => office,
        Keeper::FindingOffice => finding_office.clone().unwrap_or(office),
    };
    // A new matter about an old finding lies with the office that goes on with the work.
    let (office, finding_office) = (roles::goes_on(snapshot, &office), finding_office.map(|office| roles::goes_on(snapshot, &office)));
    Ok(Case {
        id: CaseId(ids.draw()),
        process: opening.process,
        number: String::new(),
        definition: version.definition.version(),
        definition_digest: version.digest.clone(),
        state: String::from("new"),
        phase: domain::process::Phase::Draft,
        version: 0,
        subject,
        office,
        finding_office,
        record: opening.record,
        parent: opening.parent,
        import: opening.import.as_ref().map(|row| row.import),
        received_on: received_on(command),
        stepped_on: command.effective_on,
        opened_at: command.now,
        decision_key: None,
        external_key: command.external_key(),
        data: AsText(data),
    })
}

/// Another case that the same number of Credit China has opened, in whatever state; one that arrives with a file as well.
pub(super) fn pushed_before(act: &mut Act<'_>) -> Option<Reason> {
    let key = act.command.external_key()?;
    act.snapshot.look_for(&key);
    let rows = act.snapshot.rows();
    let other = |case: &&Case| case.id != act.case.id && act.snapshot.import_of(case) != Some(ImportStatus::GivenUp);
    let first = rows.under::<Case>(&key).find(other)?;
    Some(Reason::new(Code::ExternalNumberUsed).titled("number", act.snapshot.number_of(first)))
}

/// Gives a new case its number and its links.
pub(crate) fn name_case(act: &mut Act<'_>) {
    let (process, year) = (act.case.process, act.today().year());
    let number = numbers::next_number(act, &format!("case|{process}|{year}"));
    act.case.number = format!("{}{year}-{number:06}", act.version.definition.number);
    for (kind, other) in [("record", act.case.record), ("parent", act.case.parent)] {
        let Some(to_case) = other else { continue };
        let link = CaseLink { id: act.draw(), from_case: act.case.id, kind: kind.to_owned(), to_case };
        act.snapshot.put(link);
    }
    imports::arrived(act);
}
