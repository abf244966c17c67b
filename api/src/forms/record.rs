//! The dual-publication template of a penalty record (双公示), as filled in.

use domain::{
    canonical,
    command::SubjectDraft,
    data::RecordForm,
    identifier::{ResidentId, Uscc},
    personal::Words,
    record::{Penalty, PenaltyKind, PenaltyProcedure, RecordFacts, Sector, SubjectKind, SubstancePolicy},
};
use time::Date;

use super::paper::Paper;
use crate::app::App;

/// The template's fields as a person or a file gives them.
#[derive(Clone, Debug)]
pub struct RecordPaper {
    pub subject_kind: SubjectKind,
    pub subject_name: String,
    pub uscc: Option<String>,
    pub resident_id: Option<String>,
    pub legal_representative: Option<String>,
    pub procedure: PenaltyProcedure,
    pub decision_date: Date,
    pub decision_number: String,
    pub sector: Option<Sector>,
    pub penalties: Vec<Penalty>,
    pub violation: String,
    pub facts: String,
    pub basis: String,
    pub content: String,
    pub fine_cents: Option<i64>,
    pub confiscated_cents: Option<i64>,
    pub licence: Option<String>,
    pub valid_until: Option<Date>,
    pub body_name: String,
    pub body_uscc: String,
    pub source_name: String,
    pub source_uscc: String,
    pub measures: Vec<String>,
    pub publish_on: Option<Date>,
    pub duties_done_on: Option<Date>,
    pub remark: Option<String>,
}

/// The subject and the form of a record; none where the paper notes faults.
pub fn read(app: &App, paper: &mut Paper, input: &RecordPaper) -> Option<(SubjectDraft, RecordForm)> {
    if input.subject_kind == SubjectKind::NaturalPerson && input.legal_representative.is_some() {
        not_for_persons(paper, "legalRepresentative");
    }
    let named = Named {
        kind: input.subject_kind,
        name: &input.subject_name,
        uscc: input.uscc.as_deref(),
        resident_id: input.resident_id.as_deref(),
    };
    let subject = subject(app, paper, &named);
    let (body_uscc, source_uscc) = (code(paper, "bodyUscc", &input.body_uscc), code(paper, "sourceUscc", &input.source_uscc));
    let facts = facts(app, paper, input);
    sums(paper, input);
    kinds(app, paper, input);
    let sealed = paper.seal(app, "facts", &input.facts);
    let form = RecordForm {
        facts,
        decision_number: paper.line("decisionNumber", &input.decision_number),
        violation: words(app, paper, input, "violation", &input.violation)?,
        violation_facts: sealed?,
        basis: paper.text("basis", &input.basis),
        content: words(app, paper, input, "content", &input.content)?,
        fine_cents: input.fine_cents,
        confiscated_cents: input.confiscated_cents,
        licence: match input.licence.as_deref() {
            Some(licence) => Some(words(app, paper, input, "licence", licence)?),
            None => None,
        },
        valid_until: input.valid_until,
        body_name: paper.line("bodyName", &input.body_name),
        body_uscc: body_uscc.unwrap_or_default(),
        source_name: paper.line("sourceName", &input.source_name),
        source_uscc: source_uscc.unwrap_or_default(),
        legal_representative: paper.seal_if(app, "legalRepresentative", input.legal_representative.as_deref()),
        remark: paper.seal_if(app, "remark", input.remark.as_deref()),
        measures: input.measures.clone(),
        publish_on: input.publish_on,
        repair_barred_by: None,
    };
    if paper.faults.is_empty() && paper.broken.is_none() { Some((subject?, form)) } else { None }
}

/// What a decision says of an organisation is published as it stands; of a human being it is personal.
fn words(app: &App, paper: &mut Paper, input: &RecordPaper, field: &'static str, text: &str) -> Option<Words> {
    match input.subject_kind {
        SubjectKind::NaturalPerson => paper.seal(app, field, text).map(Words::Sealed),
        _ => {
            if ResidentId::stands_in(text, app.clock.today()) {
                paper.fault(
                    field,
                    "PERSONAL_NUMBER",
                    "这段文字将向公众公示，不得写入居民身份证号码",
                    "this text is shown to the public: it must hold no identity number",
                );
            }
            Some(Words::Plain(paper.text(field, text)))
        }
    }
}

/// A unified social credit code in its normal form; none where it is wrong.
fn code(paper: &mut Paper, field: &'static str, text: &str) -> Option<String> {
    match Uscc::parse(text) {
        Ok(code) => Some(code.to_string()),
        Err(wrong) => {
            paper.fault(field, wrong.code, wrong.zh, wrong.en);
            None
        }
    }
}

/// A subject as a paper names it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    pub kind: SubjectKind,
    pub name: &'a str,
    pub uscc: Option<&'a str>,
    pub resident_id: Option<&'a str>,
}

fn not_for_persons(paper: &mut Paper, field: &'static str) {
    paper.fault(field, "NOT_FOR_PERSONS", "自然人不填此项", "it stays empty for natural persons");
}

/// The subject that a paper names, under the identifier of its kind.
pub fn subject(app: &App, paper: &mut Paper, input: &Named<'_>) -> Option<SubjectDraft> {
    let mut draft = SubjectDraft {
        kind: input.kind,
        uscc: None,
        id_number: None,
        id_number_hash: None,
        older_hashes: Vec::new(),
        name: None,
        name_key: None,
        sealed_name: None,
    };
    if input.kind == SubjectKind::NaturalPerson {
        // The dual-publication check: a person has an identity number, and neither code nor representative.
        if input.uscc.is_some() {
            not_for_persons(paper, "uscc");
        }
        let number = match ResidentId::parse(input.resident_id.unwrap_or_default(), app.clock.today()) {
            Ok(number) => number,
            Err(wrong) => {
                paper.fault("residentId", wrong.code, wrong.zh, wrong.en);
                return None;
            }
        };
        let mut hashes = app.keys.keyed_hashes(number.expose());
        draft.older_hashes = hashes.split_off(1);
        draft.id_number_hash = hashes.pop();
        draft.id_number = Some(paper.seal(app, "residentId", number.expose())?);
        draft.sealed_name = Some(paper.seal(app, "subjectName", input.name)?);
    } else {
        if input.resident_id.is_some_and(|number| !number.trim().is_empty()) {
            let words = ("居民身份证号码只用于自然人", "An identity number is of natural persons only");
            paper.fault("residentId", "NOT_FOR_THIS_KIND", words.0, words.1);
        }
        let name = paper.line("subjectName", input.name);
        draft.uscc = Some(code(paper, "uscc", input.uscc.unwrap_or_default())?);
        draft.name_key = Some(canonical::name(&name));
        draft.name = Some(name);
    }
    Some(draft)
}

fn facts(app: &App, paper: &mut Paper, input: &RecordPaper) -> RecordFacts {
    let facts = RecordFacts {
        subject_kind: input.subject_kind,
        procedure: input.procedure,
        finding_date: input.decision_date,
        sector: input.sector,
        penalties: input.penalties.clone(),
        severe_listing: None,
        publication_necessity: None,
        duties_done_on: input.duties_done_on,
        substance_policy: SubstancePolicy::Favourable,
        finding_date_counts: false,
    };
    for wrong in facts.validate() {
        paper.fault(wrong.field, wrong.code, wrong.zh, wrong.en);
    }
    let today = app.clock.today();
    if input.decision_date > today {
        paper.fault("decisionDate", "DATE_IN_FUTURE", "决定日期晚于今日", "the decision date lies in the future");
    }
    if input.duties_done_on.is_some_and(|done| done > today) {
        paper.fault("dutiesDoneOn", "DATE_IN_FUTURE", "义务履行日期晚于今日", "the day on which duties were done lies in the future");
    }
    facts
}

/// What the sums and the procedure say must fit the kinds of penalty (Penalty Law art. 51).
fn kinds(app: &App, paper: &mut Paper, input: &RecordPaper) {
    let of = |kinds: &[PenaltyKind]| input.penalties.iter().any(|penalty| kinds.contains(&penalty.kind));
    let taken = [PenaltyKind::ConfiscationOfIllegalProperty, PenaltyKind::ConfiscationOfUnlawfulGains];
    let fine = input.fine_cents.unwrap_or_default();
    if fine > 0 && !of(&[PenaltyKind::Fine]) {
        paper.fault(
            "fine",
            "SUM_WITHOUT_FINE",
            "填写了罚款金额，处罚类别中却没有罚款",
            "a sum of a fine is given, yet no penalty is a fine",
        );
    }
    if input.confiscated_cents.is_some_and(|sum| sum > 0) && !of(&taken) {
        paper.fault(
            "confiscated",
            "SUM_WITHOUT_CONFISCATION",
            "填写了没收金额，处罚类别中却没有没收",
            "a confiscated sum is given, yet no penalty is a confiscation",
        );
    }
    if input.procedure != PenaltyProcedure::Summary {
        return;
    }
    if input.penalties.iter().any(|penalty| !matches!(penalty.kind, PenaltyKind::Warning | PenaltyKind::Fine)) {
        paper.fault(
            "procedure",
            "SUMMARY_PENALTY",
            "简易程序只能作出警告或者罚款（行政处罚法第五十一条）",
            "the summary procedure knows only a warning or a fine (Administrative Penalty Law art. 51)",
        );
    }
    let person = input.subject_kind == SubjectKind::NaturalPerson;
    let key = if person { "summary_fine_person" } else { "summary_fine_organisation" };
    let rules = app.rules();
    let most = rules.law.time_limit(key, input.decision_date).map(|most| most.value);
    if let Some(most) = most.filter(|most| fine > i64::from(*most) * 100) {
        let (zh, en) = (
            format!("简易程序的罚款不得超过{most}元（行政处罚法第五十一条）"),
            format!("a fine in the summary procedure is at most {most} yuan (Administrative Penalty Law art. 51)"),
        );
        paper.fault("fine", "SUMMARY_FINE", zh, en);
    }
}

fn sums(paper: &mut Paper, input: &RecordPaper) {
    for (field, sum) in [("fine", input.fine_cents), ("confiscated", input.confiscated_cents)] {
        if sum.is_some_and(|sum| sum < 0) {
            paper.fault(field, "SUM_NEGATIVE", "金额不能为负数", "a sum cannot be negative");
        }
    }
    if input.valid_until.is_some_and(|until| until < input.decision_date) {
        paper.fault("validUntil", "UNTIL_BEFORE_FINDING", "处罚有效期早于决定日期", "the penalty's validity ends before the decision");
    }
}
