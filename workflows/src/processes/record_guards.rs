//! Conditions that look at the record: its class and terms, its base document, its repair.

use domain::{
    canonical,
    data::{BaseKind, RecordData},
    office::OfficeKind,
    paper::DocumentKind,
    process::{Process, Verb},
    record::{RecordClass, SubjectKind},
    refusal::{Reason, ReasonCode as Code},
    rows::{Case, Document},
};
use serde_json::json;

use crate::{
    definition::words::{PublicationWord, TermWord},
    engine::act::{Act, standing::is_open},
};

/// A condition on the record that the case is, or is about. Where there is no record nothing can be wrong with it.
pub(crate) fn of(act: &mut Act<'_>, condition: impl FnOnce(&mut Act<'_>, &RecordData) -> Option<Reason>) -> Option<Reason> {
    let record = act.record()?;
    condition(act, &record)
}

pub(crate) fn base_in_force(_: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    (!record.in_force).then(|| Reason::new(Code::BaseDocumentAnnulled))
}

pub(crate) fn may_be_published(_: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    let natural = record.form.facts.subject_kind == SubjectKind::NaturalPerson;
    natural.then(|| Reason::new(Code::NaturalPersonNotPublished).under(Some("order_36_2025/art_12_3")))
}

/// The duties are done, or they are not, as `wanted` says.
pub(crate) fn duties(act: &mut Act<'_>, record: &RecordData, wanted: bool) -> Option<Reason> {
    if !wanted {
        return record.duties_done_on.is_some().then(|| Reason::new(Code::DutiesDone));
    }
    act.facts.insert("duties_done_on".into(), json!(record.duties_done_on));
    record.duties_done_on.is_none().then(|| Reason::new(Code::DutiesNotDone).under(Some("order_36_2025/art_14_2")))
}

pub(crate) fn was_published(_: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    record.published_on.is_none().then(|| Reason::new(Code::PublicationNotDue))
}

pub(crate) fn no_falsity_record(_: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    (record.base == BaseKind::Falsity).then(|| Reason::new(Code::FalsityRecord).under(Some("order_36_2025/art_25")))
}

/// No other law rules out a repair of this record (Order 36 art. 2).
pub(crate) fn no_law_bars_repair(_: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    record.form.repair_barred_by.as_deref().map(|law| {
        Reason::new(Code::RecordNotRepairable)
            .titled("why", ("法律规定这类信息不能修复", "the law rules out a repair of such information"))
            .titled("instead", ("按该法律的规定办理", "follow what that law says"))
            .under(Some(law))
    })
}

fn undetermined(record: &RecordData) -> Reason {
    Reason::new(Code::ClassUndetermined).with("ask", record.terms.asks.join(", ")).under(Some("order_36_2025/art_11"))
}

/// The last lawful day of publication: the maximum term, or later where a sector rule continues it.
fn last_day(record: &RecordData) -> Option<time::Date> {
    record.terms.max_last_day.max(record.continued_until)
}

/// The term is over, or it runs, as `over` says.
pub(crate) fn term(act: &mut Act<'_>, word: TermWord, over: bool) -> Option<Reason> {
    of(act, |act, record| if over { term_over(act, record, word) } else { term_runs(act, record, word) })
}

fn term_over(act: &mut Act<'_>, record: &RecordData, word: TermWord) -> Option<Reason> {
    if record.terms.undetermined {
        return Some(undetermined(record));
    }
    // A decision is lawful on the day on which it is signed; publication ends on the day that it is.
    let on = if word == TermWord::MinTerm { act.paper_day() } else { act.today() };
    if word == TermWord::MinTerm && record.terms.class == Some(RecordClass::Minor) {
        return record.duties_done_on.is_none().then(|| Reason::new(Code::DutiesNotDone).under(Some("order_36_2025/art_12_1")));
    }
    let (day, code) = match word {
        TermWord::MinTerm => (record.terms.min_last_day, Code::MinTermRuns),
        TermWord::MaxTerm => (last_day(record), Code::MaxTermRuns),
    };
    act.facts.insert(format!("{word:?}"), json!(day));
    match day {
        Some(day) if on <= day => {
            let opens = if word == TermWord::MinTerm { act.opens_on(day.next_day()) } else { day.next_day() };
            Some(Reason::new(code).with("last_day", day).under(Some("order_36_2025/art_12_2")).from_day(opens))
        }
        Some(_) => None,
        // Without a term nothing passes by itself.
        None => (word == TermWord::MaxTerm).then(|| Reason::new(code).with("last_day", "–")),
    }
}

fn term_runs(act: &mut Act<'_>, record: &RecordData, word: TermWord) -> Option<Reason> {
    let day = match word {
        TermWord::MinTerm => record.terms.min_last_day,
        TermWord::MaxTerm => last_day(record),
    };
    act.facts.insert(format!("{word:?}"), json!(day));
    match day {
        Some(day) if act.today() <= day => None,
        Some(day) => Some(Reason::new(Code::TermOver).with("last_day", day).under(Some("order_36_2025/art_12_2"))),
        None => Some(Reason::new(Code::TermOver).with("last_day", "–")),
    }
}

pub(crate) fn publication(act: &mut Act<'_>, record: &RecordData, word: PublicationWord) -> Option<Reason> {
    let terms = &record.terms;
    let over = last_day(record).is_some_and(|day| act.today() > day);
    let due = terms.publication_due && !over;
    act.facts.insert("publication_due".into(), json!(due));
    act.facts.insert("undetermined".into(), json!(terms.undetermined));
    match word {
        PublicationWord::Undetermined => (!terms.undetermined).then(|| Reason::new(Code::ClassDetermined)),
        _ if terms.undetermined => Some(undetermined(record)),
        PublicationWord::Due if record.form.facts.subject_kind == SubjectKind::NaturalPerson => {
            Some(Reason::new(Code::NaturalPersonNotPublished).under(Some("order_36_2025/art_12_3")))
        }
        PublicationWord::Due => (!due).then(|| Reason::new(Code::PublicationNotDue).under(Some("order_36_2025/art_12_1"))),
        PublicationWord::NotDue => due.then(|| Reason::new(Code::PublicationDue).under(Some("order_36_2025/art_12_1"))),
    }
}

pub(crate) fn no_such_record(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    act.snapshot
        .claims_on_subject(act.case.subject?)
        .filter(|case| case.id != act.case.id && case.process == Process::PublicationRecord)
        .find(|case| case.data.0.record().is_some_and(|data| data.is_same(record)))
        .map(|case| Reason::new(Code::SuchRecordExists).titled("number", act.snapshot.number_of(case)))
}

pub(crate) fn own_jurisdiction(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    let office = act.snapshot.rows().offices.get(&act.case.office)?;
    let cause = if act.case.process == Process::PublicationRecord {
        let foreign = office.kind == OfficeKind::CountyBureau && !canonical::same_name(&record.form.body_name, &office.zh);
        foreign.then(|| (format!("处罚机关应为{}", office.zh), format!("the penalising body has to be {} ({})", office.zh, office.en)))
    } else {
        // Who proposes or lists on a finding is the office that made it.
        let finder = act.record_case().and_then(|case| case.finding_office);
        let named = finder
            .as_ref()
            .and_then(|key| act.snapshot.rows().offices.get(key))
            .map_or(("–", "–"), |row| (row.zh.as_str(), row.en.as_str()));
        (finder.as_ref() != Some(&act.case.office))
            .then(|| (format!("认定单位是{}", named.0), format!("the finding was made by {}", named.1)))
    };
    cause.map(|cause| Reason::new(Code::NotOwnJurisdiction).titled("cause", cause))
}

pub(crate) fn measures_allowed(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    let measures = &act.rules.measures;
    record.form.measures.iter().find(|key| measures.get(key).is_none()).map(|key| {
        Reason::new(Code::MeasureNotAllowed)
            .with("measure", key)
            .titled("allowed", measures.titles(measures.all().iter().map(|rule| rule.key.as_str())))
            .under(Some("sichuan_credit_regulation_2023/art_40"))
    })
}

pub(crate) fn running_restriction(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    let until = record.form.facts.penalties.iter().filter_map(|penalty| penalty.until).max()?;
    act.facts.insert("own_period_until".into(), json!(until));
    (act.paper_day() <= until).then(|| {
        Reason::new(Code::RestrictionRunning)
            .with("until", until)
            .under(Some("order_36_2025/art_12_3"))
            .from_day(act.opens_on(until.next_day()))
    })
}

/// A record can be repaired where its own table lets a repair stop it.
pub(crate) fn can_be_repaired(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    let case = act.record_case()?;
    let version = act.rules.catalogue.of_case(&case)?;
    let reason = Reason::new(Code::RecordNotRepairable).under(Some("order_36_2025/art_2"));
    if record.base == BaseKind::Falsity {
        let why = ("这是弄虚作假或者违反承诺的记录", "it records a falsity or a broken commitment");
        return Some(
            reason.titled("why", why).titled("instead", ("公示期满自动停止", "its publication ends by itself when its term is over")),
        );
    }
    let definition = &version.definition;
    definition.transition(&case.state, Verb::StopByRepair).is_none().then(|| {
        let open = definition.rows_of(Verb::StopByRepair).flat_map(|row| row.from.iter());
        let (zh, en): (Vec<_>, Vec<_>) = open.map(|key| definition.state_title(key)).unzip();
        let (state_zh, state_en) = definition.state_title(&case.state);
        reason
            .titled("why", (format!("其状态为“{state_zh}”"), format!("its state is “{state_en}”")))
            .titled("instead", (format!("可以修复的状态：{}", zh.join("、")), format!("possible in: {}", en.join(", "))))
    })
}

pub(crate) fn other_application(act: &mut Act<'_>, _: &RecordData) -> Option<Reason> {
    let record = act.case.record?;
    let (own, rules) = (act.case.id, act.rules);
    let other = |case: &&Case| case.process == Process::RepairApplication && case.record == Some(record) && case.id != own;
    let open = act.snapshot.claims_on(record).filter(other).find(|case| is_open(rules, case)).cloned()?;
    Some(Reason::new(Code::OtherApplicationOpen).titled("number", act.snapshot.number_of(&open)))
}

pub(crate) fn falsity_bar(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    let until = record.barred_until?;
    act.facts.insert("barred_until".into(), json!(until));
    (act.paper_day() <= until).then(|| {
        Reason::new(Code::BarredForFalsity)
            .with("until", until)
            .under(Some("order_36_2025/art_25"))
            .from_day(act.opens_on(until.next_day()))
    })
}

pub(crate) fn papers_complete(act: &mut Act<'_>, record: &RecordData) -> Option<Reason> {
    act.case.data.0.repair()?;
    let has = |kinds: &[DocumentKind]| act.mine::<Document>().any(|row| kinds.contains(&row.kind));
    let mut missing = Vec::new();
    // The signed letter is the commitment; whoever files here is asked to say so as well.
    if !has(&[DocumentKind::CommitmentLetter]) {
        let (zh, en) = DocumentKind::CommitmentLetter.title();
        missing.push((zh.to_owned(), en.to_owned()));
    }
    let proofs = [DocumentKind::ProofOfCorrection, DocumentKind::ProofOfPerformance];
    if record.duties_done_on.is_none() && !has(&proofs) {
        let (zh, en): (Vec<_>, Vec<_>) = proofs.iter().map(|kind| kind.title()).unzip();
        missing.push((zh.join("或者"), en.join(" or ")));
    }
    let (zh, en): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
    act.facts.insert("missing_papers".into(), json!(zh));
    (!zh.is_empty())
        .then(|| Reason::new(Code::PapersIncomplete).titled("missing", (zh.join("、"), en.join(", "))).under(Some("order_36_2025/art_15")))
}
