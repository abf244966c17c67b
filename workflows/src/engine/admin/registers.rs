//! Registers: rows of collected information that arrive with a file, and rates that are frozen.

use domain::{
    collection::{InformationDraft, MeasureDraft, Measured},
    command::Command,
    ids::{IdSource, RowId},
    import::ImportStatus,
    office::Rank,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{ImportFile, Information, MeasureLine},
};
use time::Date;

use crate::{
    collection::{Channel, Item, Origin},
    engine::{
        Rules,
        sight::{
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
    plan::{board::counted_in, file::Count},
};

/// What stands before the item's key in the layout of a register file.
pub const LAYOUT: &str = "information:";

/// Most rows of one entry.
pub const PIECE: usize = 200;

/// The item whose rows a file of this layout holds.
pub(crate) fn item_of<'r>(rules: &'r Rules, layout: &str) -> Option<&'r Item> {
    layout.strip_prefix(LAYOUT).and_then(|key| rules.items.get(key))
}

/// Why an office may not bring a register file of a layout on a day.
pub(crate) fn unfit(rules: &Rules, snapshot: &Snapshot, (layout, office): (&str, &str), on: Date) -> Result<(), Refusal> {
    let item = item_of(rules, layout);
    let title = item.map_or_else(|| ("?".to_owned(), "?".to_owned()), |item| (item.zh.clone(), item.en.clone()));
    let Some(item) = item.filter(|item| item.channel == Channel::File && item.has_basis(&rules.law, on)) else {
        return Err(Reason::new(Code::ItemWithoutBasis).titled("item", title).under(Some("sichuan_credit_regulation_2023/art_22")).into());
    };
    if snapshot.rows().offices.get(office).is_some_and(|row| item.is_sent_by(row)) {
        return Ok(());
    }
    let named = |source: &String| match source.strip_prefix('@') {
        Some(kind) => {
            domain::office::OfficeKind::from_key(kind).map(domain::office::OfficeKind::title).map(|(zh, en)| (zh.to_owned(), en.to_owned()))
        }
        None => snapshot.rows().offices.contains_key(source).then(|| roles::office_title(snapshot, source)),
    };
    let (zh, en): (Vec<_>, Vec<_>) = item.sources.iter().filter_map(named).unzip();
    let offices = (zh.join("、"), en.join(", "));
    Err(Reason::new(Code::KindOfAnotherOffice).titled("kind", title).titled("office", offices).into())
}

/// Takes rows of a register file, which follow so many that are there.
pub(crate) fn keep(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    import: RowId,
    from: i64,
    rows: &[InformationDraft],
) -> Result<(), Refusal> {
    let file = snapshot.rows().imports.get(&import.to_string()).cloned().filter(|file| file.process.is_none());
    let file = file.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    let incomplete = || Refusal::from(Reason::new(Code::ImportIncomplete).with("rows", file.rows).with("arrived", file.arrived));
    if file.status != ImportStatus::Arriving {
        return Err(Reason::new(Code::ImportOver).titled("status", file.status.title()).into());
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if file.arrived != from || rows.is_empty() || rows.len() > PIECE || from + count > file.rows {
        return Err(incomplete());
    }
    let item = item_of(rules, &file.layout).ok_or_else(|| Refusal::from(Reason::new(Code::ItemWithoutBasis).with("item", "?")))?;
    let mut ids = IdSource::new(command.seed);
    for draft in rows {
        let row = row(item, &file, command, &mut ids, draft)?;
        snapshot.put(row);
    }
    snapshot.put(ImportFile { arrived: from + count, ..file });
    Ok(())
}

fn row(item: &Item, file: &ImportFile, command: &Command, ids: &mut IdSource, draft: &InformationDraft) -> Result<Information, Refusal> {
    let origin = Origin {
        id: RowId(ids.draw()),
        import: Some(file.id),
        record: None,
        place: i64::from(draft.row),
        office: file.office.clone(),
        collected_on: command.effective_on,
        arrived_at: command.now,
    };
    item.row(&draft.values, origin).map_err(|unfit| {
        let (zh, en): (Vec<_>, Vec<_>) = unfit.into_iter().map(|one| one.why).unzip();
        let reason = Reason::new(Code::InformationUnfit).with("row", draft.row).titled("why", (zh.join("；"), en.join("; ")));
        reason.under(item.basis.first().map(String::as_str)).into()
    })
}

/// Whether the actor may freeze rates: the policy office.
pub(crate) fn may_freeze(snapshot: &Snapshot, actor: &ActorView) -> bool {
    let policy = roles::policy_office(snapshot);
    policy.is_some_and(|office| [Rank::Officer, Rank::Head].into_iter().any(|rank| actor.sits(rank, &office)))
}

/// What plans count a rate as.
const fn counted(measure: Measured) -> Count {
    match measure {
        Measured::Coverage => Count::Coverage,
        Measured::Reported | Measured::Timely | Measured::Compliant | Measured::FirstPass => Count::DualPublication,
        Measured::Completeness => Count::Completeness,
    }
}

/// Freezes rates as they stand on a day.
pub(crate) fn freeze(
    snapshot: &mut Snapshot,
    command: &Command,
    (as_of, at_size): (Date, u64),
    lines: &[MeasureDraft],
) -> Result<(), Refusal> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let unfit =
        |line: &MeasureDraft| line.num > line.den || line.failing != line.den - line.num || line.first.is_some_and(|first| first > as_of);
    if lines.is_empty() || as_of > command.effective_on || lines.iter().any(unfit) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    for line in lines {
        snapshot.put(MeasureLine {
            id: line.key(as_of, at_size),
            counted: counted_in(counted(line.measure), as_of.year()),
            measure: line.measure,
            scope: line.scope.clone(),
            first_day: line.first,
            as_of,
            at_size: number(at_size),
            num: number(line.num),
            den: number(line.den),
            excluded: number(line.excluded),
            failing: number(line.failing),
            list_sha256: line.list_sha256.clone(),
            frozen_on: command.effective_on,
        });
    }
    Ok(())
}
