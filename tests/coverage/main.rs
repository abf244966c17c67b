//! The count at the end of a full run: every row of every process table was taken, every state reached and every guard
//! refused, by some scenario on `SQLite` and by some scenario on `PostgreSQL`. What is known to be missing stands in a list that only shrinks.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::ExitCode,
};

/// The codes with which a guard refuses; a guard that is not here fails the count.
const GUARDS: [(&str, &[&str]); 72] = [
    ("TaskFits", &["TASK_DOES_NOT_FIT"]),
    ("MeasureMet", &["MEASURE_NOT_MET", "MISSING_DOCUMENT"]),
    ("AnotherOfficeConfirms", &["OWN_OFFICES_TASK"]),
    ("LedgerComplete", &["LEDGER_INCOMPLETE", "KIND_OF_ANOTHER_OFFICE"]),
    (
        "PublicityAllowed",
        &[
            "KIND_OF_ANOTHER_OFFICE",
            "WRONG_CHANNEL",
            "NO_SHOWN_RECORD",
            "NATURAL_PERSON_NOT_PUBLISHED",
            "BASE_DOCUMENT_ANNULLED",
            "CONSENT_MISSING",
            "PRAISE_NOT_ALLOWED",
        ],
    ),
    ("Appears(", &["WRONG_CHANNEL"]),
    ("SubmissionFits", &["LINES_DO_NOT_FIT"]),
    ("Lines(", &["LINES_DO_NOT_FIT", "LINES_NOT_ANSWERED"]),
    ("AuthorityShown", &["AUTHORITY_NOT_SHOWN"]),
    ("AllSettled", &["ITEMS_OPEN"]),
    ("BaseDocumentInForce", &["BASE_DOCUMENT_ANNULLED"]),
    ("DoneBefore", &["NOT_YET_DONE"]),
    ("DutiesDone", &["DUTIES_NOT_DONE"]),
    ("DutiesNotDone", &["DUTIES_DONE"]),
    ("HasEnded", &["DEADLINE_RUNS"]),
    ("MayBePublished", &["NATURAL_PERSON_NOT_PUBLISHED"]),
    ("MeasuresAllowed", &["MEASURE_NOT_ALLOWED"]),
    ("NoFalsityBar", &["BARRED_FOR_FALSITY"]),
    ("NoOtherApplication", &["OTHER_APPLICATION_OPEN"]),
    ("NoRunningRestriction", &["RESTRICTION_RUNNING"]),
    ("NoSuchBinding", &["BINDING_EXISTS"]),
    ("NoSuchRecordYet", &["SUCH_RECORD_EXISTS"]),
    ("NotAFalsityRecord", &["FALSITY_RECORD"]),
    ("NotDoneBefore", &["ALREADY_DONE"]),
    ("NotThePersonWho", &["SAME_PERSON"]),
    ("OwnJurisdiction", &["NOT_OWN_JURISDICTION"]),
    ("PapersComplete", &["PAPERS_INCOMPLETE"]),
    ("Publication", &["PUBLICATION_NOT_DUE", "PUBLICATION_DUE", "CLASS_UNDETERMINED", "CLASS_DETERMINED"]),
    ("RecordCanBeRepaired", &["RECORD_NOT_REPAIRABLE"]),
    ("RecordMayBeRepaired", &["RECORD_NOT_REPAIRABLE"]),
    ("SettingOn", &["SETTING_OFF"]),
    ("StillRuns", &["DEADLINE_OVER"]),
    ("TermOver(Min", &["MIN_TERM_RUNS"]),
    ("TermOver(Max", &["MAX_TERM_RUNS"]),
    ("TermRuns", &["TERM_OVER"]),
    ("WasPublished", &["PUBLICATION_NOT_DUE"]),
    ("NoLaw", &["NO_LAW_IN_FORCE"]),
    ("BatchIsDraft", &["BATCH_NOT_DRAFT", "BATCH_FULL"]),
    ("Challenges(", &["NOTHING_CHALLENGED"]),
    ("CheckFits", &["CHECK_DOES_NOT_FIT"]),
    ("AnswerHolds", &["ANSWER_CHANGED"]),
    ("Outcome(", &["OUTCOME_UNFIT"]),
    ("PerformanceOver", &["DEADLINE_RUNS"]),
    ("CommitmentFits", &["COMMITMENT_DOES_NOT_FIT", "NATURAL_PERSON_NOT_PUBLISHED"]),
    ("Eligible", &["NOT_ELIGIBLE"]),
    ("ExportCoversConfirmed", &["EXPORT_STALE"]),
    ("GroundsFromListType", &["GROUND_NOT_OF_LIST_TYPE"]),
    ("GroundCountsMet", &["GROUND_NOT_MET"]),
    ("HasEntries", &["NO_ENTRIES"]),
    ("HearingDayCome", &["HEARING_NOT_YET"]),
    ("ListTypeDoesWithout", &["LIST_TYPE_NEEDS"]),
    ("ListTypeHasBasis", &["LIST_TYPE_WITHOUT_BASIS", "LIST_TYPE_UNKNOWN"]),
    ("ListTypeNeeds", &["LIST_TYPE_DOES_WITHOUT"]),
    ("ClerkBrings", &["MISSING_DOCUMENT"]),
    ("MeasuresMaySuspend", &["MEASURE_NOT_IN_FORCE"]),
    ("SectorRuleListed", &["SECTOR_RULE_NOT_LISTED", "SECTOR_RULE_ENDS"]),
    ("TermOfListAllowed", &["TERM_OVER_LEGAL_MAXIMUM", "TERM_UNDER_LEGAL_MINIMUM"]),
    ("MeasuresInListType", &["MEASURE_NOT_OF_LIST_TYPE"]),
    ("NamedUnitHasSpoken", &["OPINION_MISSING"]),
    ("NoEntryLive", &["ENTRIES_LIVE"]),
    ("NoEntryUndecided", &["ENTRIES_UNDECIDED"]),
    ("NoOtherObjection", &["OTHER_OBJECTION_OPEN"]),
    ("NoStayOrdered", &["STAY_ORDERED"]),
    ("NoSuchEntryYet", &["SUCH_ENTRY_EXISTS"]),
    ("NoSuchListingYet", &["SUCH_LISTING_EXISTS"]),
    ("NotHeavierThanNotified", &["HEAVIER_THAN_NOTIFIED", "DECISION_WITHOUT_GROUND"]),
    ("NotOfAListing", &["RECORD_OF_LISTING"]),
    ("PartyClocksOver", &["DEADLINE_RUNS"]),
    ("NotThePersonIn", &["SAME_MATTER_PERSON"]),
    ("ServedLawfully", &["SERVICE_CONSENT_MISSING", "PUBLIC_NOTICE_RUNS"]),
    ("SealedCopyKept", &["SEALED_COPY_MISSING"]),
    ("SomeEntryConfirmed", &["NO_ENTRY_CONFIRMED"]),
];

/// A guard's entry in the list.
fn codes(name: &str) -> Result<(&'static str, &'static [&'static str]), String> {
    let fits = |start: &str| name == start || name.strip_prefix(start).is_some_and(|rest| rest.starts_with('(') || start.contains('('));
    let found = GUARDS.iter().find(|(start, _)| fits(start)).copied();
    found.ok_or_else(|| format!("the guard {name} has no refusal in the list of this count"))
}

/// Acts whose rows are put into the tables of several processes.
const OF_SEVERAL: [&str; 3] = ["note", "ask_office", "answer_office"];

/// Everything that has to be seen, in words, with the observations any of which shows it.
fn wanted() -> Result<BTreeMap<String, Vec<String>>, String> {
    let rules = api::app::rules().map_err(|fault| fault.to_string())?;
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for version in rules.catalogue.all() {
        let definition = &version.definition;
        for state in &definition.state {
            let process = definition.key.key();
            wanted.insert(format!("state {process}/{}", state.key), vec![format!("reached {process} {}", state.key)]);
        }
        for row in &definition.transition {
            let process = definition.key.key();
            let seen: Vec<_> = row.from.iter().map(|from| format!("taken {process} {} {from}", row.verb.key())).collect();
            // A row that stands once for several processes (`definition/notes.toml`) is seen in one of them.
            let words = if OF_SEVERAL.contains(&row.verb.key()) {
                format!("row of several processes/{}", row.verb.key())
            } else {
                format!("row {process}/{} from {}", row.verb.key(), row.from.join(" "))
            };
            wanted.entry(words).or_default().extend(seen);
            for guard in &row.guards {
                let (key, codes) = codes(&format!("{guard:?}"))?;
                wanted.insert(format!("guard {key}"), codes.iter().map(|code| format!("refused {code}")).collect());
            }
        }
    }
    Ok(wanted)
}

/// Every place where a guard stands, with the observations any of which shows it refusing just there.
fn places() -> Result<BTreeMap<String, Vec<String>>, String> {
    let rules = api::app::rules().map_err(|fault| fault.to_string())?;
    let mut places = BTreeMap::new();
    for version in rules.catalogue.all() {
        let process = version.definition.key.key();
        for row in &version.definition.transition {
            for guard in &row.guards {
                let codes = codes(&format!("{guard:?}"))?.1;
                let verb = row.verb.key();
                let seen = row
                    .from
                    .iter()
                    .flat_map(|from| codes.iter().map(move |code| format!("place {process} {verb} {from} {code}")))
                    .collect();
                places.insert(format!("{process}/{verb} from {}: {guard:?}", row.from.join(" ")), seen);
            }
        }
    }
    Ok(places)
}

fn observed(folder: &Path) -> Result<BTreeSet<String>, String> {
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(|fault| fault.to_string())?.flatten() {
        let text = std::fs::read_to_string(entry.path()).map_err(|fault| fault.to_string())?;
        seen.extend(text.lines().map(str::to_owned));
    }
    Ok(seen)
}

fn count(folder: &Path, list: &Path) -> Result<bool, String> {
    let (wanted, seen) = (wanted()?, observed(folder)?);
    let known: BTreeSet<_> = std::fs::read_to_string(list)
        .map_err(|fault| fault.to_string())?
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let mut missing = BTreeSet::new();
    for (words, shown_by) in &wanted {
        let on = |database: &str| shown_by.iter().any(|line| seen.contains(&format!("{database} {line}")));
        if !on("sqlite") || !on("postgres") {
            missing.insert(words.clone());
        }
    }
    println!("{} of {} states, rows and guards were seen on both databases", wanted.len() - missing.len(), wanted.len());
    for words in missing.difference(&known) {
        println!("never seen: {words}");
    }
    for words in known.difference(&missing) {
        println!("seen now, so take it off {}: {words}", list.display());
    }
    Ok(missing == known)
}

/// Tells in how many places a guard was seen to refuse, and, where they are asked for, the others; what a guard refuses to a
/// follow-up or a timer has no place here.
fn tell_places(folder: &Path, all: bool) -> Result<(), String> {
    let (places, seen) = (places()?, observed(folder)?);
    let shown = |lines: &[String]| lines.iter().any(|line| ["sqlite", "postgres"].iter().all(|on| seen.contains(&format!("{on} {line}"))));
    let unseen: Vec<_> = places.iter().filter(|(_, lines)| !shown(lines)).map(|(words, _)| words).collect();
    println!("guards were seen to refuse in {} of {} places", places.len() - unseen.len(), places.len());
    for words in unseen.iter().filter(|_| all) {
        println!("not seen there: {words}");
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (folder, list, all) = match arguments.as_slice() {
        [folder, list] => (folder, list, false),
        [folder, list, places] if places == "--places" => (folder, list, true),
        _ => {
            eprintln!("usage: coverage FOLDER LIST [--places]");
            return ExitCode::from(2);
        }
    };
    match tell_places(Path::new(folder), all).and_then(|()| count(Path::new(folder), Path::new(list))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
