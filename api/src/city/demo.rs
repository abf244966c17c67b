//! The demo city: everything invented, every identifier passes its check, every row written through the door.

use domain::{
    admin::AdminAct,
    command::{Actor, Arguments, Command, Form, Opening, SubjectDraft, Target},
    data::RecordForm,
    identifier::uscc,
    ids::AccountId,
    moment::Micros,
    name::search_key,
    office::Rank,
    process::{Process, Verb},
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, RecordFacts, Sector, SubjectKind, SubstancePolicy},
};
use time::{Date, Duration, macros::date};
use uuid::Uuid;

use super::{acts::{self, ActFault}, offices};
use crate::app::App;

/// The demo begins on this day.
const FIRST_DAY: Date = date!(2026 - 04 - 01);
/// Password of every demo account; printed, since a demo has no secrets.
pub const PASSWORD: &str = "demo-city-2026";
const OPERATORS: u32 = 200;
const RECORDS: u32 = 400;

type Seat = (&'static str, &'static str, Rank, Option<&'static str>);

/// One account per role: login, what it is, rank, office.
pub const ACCOUNTS: [Seat; 13] = [
    ("admin", "管理员 administrator", Rank::Administrator, None),
    ("auditor", "审计员 auditor", Rank::Auditor, None),
    ("counter", "窗口人员 counter clerk", Rank::CounterClerk, Some("policy_office")),
    ("platform", "信用中国对接人 Credit China clerk", Rank::PlatformClerk, Some("policy_office")),
    ("policy", "政策法规科审核人 policy reviewer", Rank::Officer, Some("policy_office")),
    ("policy-head", "政策法规科负责人 policy head", Rank::Head, Some("policy_office")),
    ("road", "道路运输中心经办人 officer", Rank::Officer, Some("road_transport_centre")),
    ("road-2", "道路运输中心经办人 second officer", Rank::Officer, Some("road_transport_centre")),
    ("road-head", "道路运输中心负责人 head", Rank::Head, Some("road_transport_centre")),
    ("road-head-2", "道路运输中心副职 second head", Rank::Head, Some("road_transport_centre")),
    ("yanjiang", "雁江区局经办人 officer", Rank::Officer, Some("yanjiang")),
    ("yanjiang-head", "雁江区局负责人 head", Rank::Head, Some("yanjiang")),
    ("anyue", "安岳县局经办人 officer", Rank::Officer, Some("anyue")),
];

/// An invented code of an enterprise in a division.
pub fn invented_uscc(division: &str, number: u32) -> String {
    let first = format!("91{division}MA{number:06}0");
    let first: String = first.chars().chain(std::iter::repeat('0')).take(17).collect();
    let check = uscc::check_character(&first).unwrap_or('0');
    format!("{first}{check}")
}

/// Builds the demo city in an empty database.
///
/// # Errors
/// When the database is not empty or an act is refused.
pub async fn build(app: &App, mut progress: impl FnMut(u32, u32)) -> Result<(), ActFault> {
    let at = Micros(Micros::start_of(FIRST_DAY).0 + 9 * 3_600_000_000);
    acts::operate(app, AdminAct::StartDemoClock { at }, Vec::new()).await?;
    offices::seed(app).await?;
    let mut officers = Vec::new();
    for (login, name, rank, office) in ACCOUNTS {
        let id = acts::add_account(app, login, name, Some(&format!("{login}@example.invalid")), PASSWORD.to_owned().into(), &[(rank, office)]).await?;
        if let (Rank::Officer, Some(office)) = (rank, office) {
            officers.push((id, office));
        }
    }
    acts::add_account(app, "company", "企业经办人 company", Some("company@example.invalid"), PASSWORD.to_owned().into(), &[]).await?;
    for number in 0..RECORDS {
        let day = FIRST_DAY + Duration::days(i64::from(number / 3));
        let now = Micros(Micros::start_of(day).0 + 10 * 3_600_000_000 + i64::from(number % 3) * 60_000_000);
        if now > app.clock.now() {
            acts::operate(app, AdminAct::AdvanceClock { to: now }, Vec::new()).await?;
            app.ring_due().await?;
        }
        record(app, number, &officers).await?;
        progress(number + 1, RECORDS);
    }
    Ok(())
}

fn penalties(number: u32, decided: Date) -> (PenaltyProcedure, Vec<Penalty>, &'static str) {
    let one = |kind, size| vec![Penalty { kind, size, until: None }];
    match number % 8 {
        0 => (PenaltyProcedure::Summary, one(PenaltyKind::Warning, None), "警告"),
        1 => (PenaltyProcedure::Ordinary, one(PenaltyKind::Fine, Some(FineSize::Smaller)), "罚款500元"),
        2 | 3 => (PenaltyProcedure::Ordinary, one(PenaltyKind::Fine, Some(FineSize::Larger)), "罚款10000元"),
        4 => (PenaltyProcedure::Ordinary, one(PenaltyKind::Fine, None), "罚款3000元"),
        5 => (PenaltyProcedure::Ordinary, one(PenaltyKind::ConfiscationOfIllegalProperty, None), "没收非法改装部件"),
        6 => (PenaltyProcedure::Ordinary, one(PenaltyKind::LicenceRevocation, None), "吊销道路运输经营许可证"),
        _ => {
            let until = decided + Duration::days(60);
            (PenaltyProcedure::Ordinary, vec![Penalty { kind: PenaltyKind::LicenceSuspension, size: None, until: Some(until) }], "暂扣道路运输证60日")
        }
    }
}

async fn record(app: &App, number: u32, officers: &[(AccountId, &str)]) -> Result<(), ActFault> {
    let candidates: Vec<_> = officers.iter().filter(|(_, office)| *office != "policy_office").collect();
    let (officer, office) = candidates[number as usize % candidates.len()];
    let (division, body) = match *office {
        "yanjiang" => ("512002", "雁江区交通运输局"),
        "anyue" => ("512021", "安岳县交通运输局"),
        _ => ("512000", "资阳市交通运输局"),
    };
    let operator = number % OPERATORS;
    let name = format!("资阳示例{:03}（运输）有限公司", operator + 1);
    // Every fifth finding is older law's: the terms of both laws are computed.
    let back = if number.is_multiple_of(5) { 250 } else { 20 };
    let decided = app.clock.today() - Duration::days(back + i64::from(number % 40));
    let (procedure, penalties, content) = penalties(number, decided);
    let code = invented_uscc("512002", operator + 1);
    let (facts_text, draft) = app.seal("input.record.facts", &format!("演示事实：第{}号检查发现的违法行为", number + 1))?;
    let form = RecordForm {
        facts: RecordFacts {
            subject_kind: SubjectKind::LegalPerson,
            procedure,
            finding_date: decided,
            sector: Some(Sector::RoadTransport),
            penalties,
            severe_listing: None,
            publication_necessity: None,
            duties_done_on: number.is_multiple_of(3).then(|| decided + Duration::days(10)),
            substance_policy: SubstancePolicy::Favourable,
            finding_date_counts: false,
        },
        decision_number: format!("{body}罚〔{}〕{}号", decided.year(), number + 1),
        violation: "道路货物运输违法行为".to_owned(),
        violation_facts: facts_text,
        basis: "《中华人民共和国道路运输条例》".to_owned(),
        content: content.to_owned(),
        fine_cents: None,
        confiscated_cents: None,
        licence: None,
        valid_until: None,
        body_name: body.to_owned(),
        body_uscc: invented_uscc(division, 900_001),
        source_name: body.to_owned(),
        source_uscc: invented_uscc(division, 900_001),
        legal_representative: None,
        remark: None,
        measures: if number % 8 == 6 { vec!["key_inspection".to_owned()] } else { Vec::new() },
        publish_on: None,
        repair_barred_by: None,
    };
    let command = opening(app, *officer, office, code, name, form);
    acts::submit(app, command, vec![draft]).await?;
    Ok(())
}

fn opening(app: &App, officer: AccountId, office: &str, code: String, name: String, form: RecordForm) -> Command {
    Command {
        actor: Actor::Account(officer),
        target: Target::New(Opening {
            process: Process::PublicationRecord,
            office: Some(office.to_owned()),
            subject: None,
            new_subject: Some(SubjectDraft {
                kind: SubjectKind::LegalPerson,
                uscc: Some(code),
                id_number: None,
                id_number_hash: None,
                id_number_masked: None,
                name_key: Some(search_key(&name)),
                name: Some(name),
                sealed_name: None,
            }),
            record: None,
        }),
        verbs: vec![Verb::RecordForPublication, Verb::RecordUnpublished, Verb::RecordUndetermined],
        arguments: Arguments { form: Some(Form::Record(Box::new(form))), ..Arguments::default() },
        admin: None,
        effective_on: app.clock.today(),
        now: app.clock.now(),
        seed: Uuid::now_v7(),
        timer: None,
    }
}
