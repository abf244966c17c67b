//! The demo city: everything invented, every identifier passes its check, every row written through the door.

use std::collections::BTreeMap;

use domain::{
    admin::AdminAct,
    command::{Arguments, Opening},
    identifier::{resident_id, uscc},
    moment::Micros,
    office::Rank,
    process::{Form, Verb},
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, Sector, SubjectKind},
};
use time::{Date, Duration, macros::date};

use super::{
    acts::{self, ActFault},
    offices, scenes,
    stage::{Bringing, Stage},
};
use crate::{
    app::App,
    forms::{
        Paper,
        record::{self, RecordPaper},
    },
    work::ringing,
};

/// The demo begins on this day.
const FIRST_DAY: Date = date!(2026 - 04 - 01);
/// Password of every demo account; printed, since a demo has no secrets.
pub const PASSWORD: &str = "demo-city-2026";
const OPERATORS: u32 = 200;
const RECORDS: u32 = 400;
/// Records of the last day, which still wait for their publication.
const FRESH: u32 = 8;

type Seat = (&'static str, &'static str, Rank, Option<&'static str>);

/// One account per role: login, what it is, rank, office.
pub const ACCOUNTS: [Seat; 18] = [
    ("admin", "管理员 administrator", Rank::Administrator, None),
    ("auditor", "审计员 auditor", Rank::Auditor, None),
    ("counter", "窗口人员 counter clerk", Rank::CounterClerk, Some("policy_office")),
    ("platform", "信用中国对接人 Credit China clerk", Rank::PlatformClerk, Some("policy_office")),
    ("policy", "政策法规科审核人 policy reviewer", Rank::Officer, Some("policy_office")),
    ("policy-head", "政策法规科负责人 policy head", Rank::Head, Some("policy_office")),
    ("policy-2", "政策法规科审核人 second policy reviewer", Rank::Officer, Some("policy_office")),
    ("leader", "局领导 bureau leader", Rank::Leader, Some("policy_office")),
    ("road", "道路运输中心经办人 officer", Rank::Officer, Some("road_transport_centre")),
    ("road-2", "道路运输中心经办人 second officer", Rank::Officer, Some("road_transport_centre")),
    ("road-head", "道路运输中心负责人 head", Rank::Head, Some("road_transport_centre")),
    ("road-head-2", "道路运输中心副职 second head", Rank::Head, Some("road_transport_centre")),
    ("yanjiang", "雁江区局经办人 officer", Rank::Officer, Some("yanjiang")),
    ("yanjiang-head", "雁江区局负责人 head", Rank::Head, Some("yanjiang")),
    ("anyue", "安岳县局经办人 officer", Rank::Officer, Some("anyue")),
    ("anyue-head", "安岳县局负责人 head", Rank::Head, Some("anyue")),
    ("lezhi", "乐至县局经办人 officer", Rank::Officer, Some("lezhi")),
    ("lezhi-head", "乐至县局负责人 head", Rank::Head, Some("lezhi")),
];

/// Accounts without an office: login and what they are.
pub const COMPANIES: [(&str, &str); 2] =
    [("company", "企业经办人 acts for several companies"), ("new-company", "新企业 not bound to a subject yet")];

/// An invented code of an enterprise in a division.
pub fn invented_uscc(division: &str, number: u32) -> String {
    let first = format!("91{division}MA{number:06}0");
    let first: String = first.chars().chain(std::iter::repeat('0')).take(17).collect();
    let check = uscc::check_character(&first).unwrap_or('0');
    format!("{first}{check}")
}

/// Builds the demo city in an empty database; `progress` hears of records made and in all.
///
/// # Errors
/// When the database is not empty or an act is refused.
pub async fn build(app: &App, mut progress: impl FnMut(u32, u32)) -> Result<(), ActFault> {
    let at = Micros::offices_open(FIRST_DAY);
    acts::operate(app, AdminAct::StartDemoClock { at }, Vec::new()).await?;
    offices::seed(app).await?;
    offices::invent_details(app).await?;
    let mut stage = Stage { app, accounts: BTreeMap::new() };
    for (login, name, rank, office) in ACCOUNTS {
        let address = format!("{login}@example.invalid");
        let id = acts::add_account(app, login, name, Some(&address), PASSWORD.to_owned().into(), &[(rank, office)]).await?;
        stage.accounts.insert(login, id);
    }
    for (login, name) in COMPANIES {
        let address = format!("{login}@example.invalid");
        let id = acts::add_account(app, login, name, Some(&address), PASSWORD.to_owned().into(), &[]).await?;
        stage.accounts.insert(login, id);
    }
    for number in 0..RECORDS - FRESH {
        let day = FIRST_DAY + Duration::days(i64::from(number / 3));
        let now = Micros(Micros::start_of(day).0 + 10 * 3_600_000_000 + i64::from(number % 3) * 60_000_000);
        if now > app.clock.now() {
            acts::operate(app, AdminAct::AdvanceClock { to: now }, Vec::new()).await?;
            ringing::ring_due(app).await?;
        }
        record(&stage, number).await?;
        progress(number + 1, RECORDS);
    }
    scenes::play(&stage).await?;
    for number in RECORDS - FRESH..RECORDS {
        record(&stage, number).await?;
    }
    progress(RECORDS, RECORDS);
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
            (
                PenaltyProcedure::Ordinary,
                vec![Penalty { kind: PenaltyKind::LicenceSuspension, size: None, until: Some(until) }],
                "暂扣道路运输证60日",
            )
        }
    }
}

/// Who files record `number`: login, office, division, name of the body.
const FILERS: [(&str, &str, &str, &str); 4] = [
    ("road", "road_transport_centre", "512000", "资阳市交通运输局"),
    ("yanjiang", "yanjiang", "512002", "雁江区交通运输局"),
    ("anyue", "anyue", "512021", "安岳县交通运输局"),
    ("lezhi", "lezhi", "512022", "乐至县交通运输局"),
];

async fn record(stage: &Stage<'_>, number: u32) -> Result<(), ActFault> {
    let (login, office, division, body) = FILERS[number as usize / 8 % FILERS.len()];
    let input = paper_of(stage.app, number, division, body);
    let mut paper = Paper::default();
    let Some((subject, form)) = record::read(stage.app, &mut paper, &input) else {
        return Err(ActFault::Other(format!("the demo's record {number} is wrong: {:?}", paper.faults)));
    };
    let opening = Opening::record(office, subject);
    let arguments = Arguments { form: Some(Form::Record(Box::new(form))), ..Arguments::default() };
    stage.open(login, opening, Verb::RECORD, Bringing { arguments, personal: paper.personal }).await?;
    Ok(())
}

/// The template as the bureau would fill it in. Operators 0–179 are companies, 180–189 sole traders, 190–194
/// cooperatives, 195–199 drivers.
fn paper_of(app: &App, number: u32, division: &str, body: &str) -> RecordPaper {
    let operator = number % OPERATORS;
    let (kind, name) = match operator {
        195.. => (SubjectKind::NaturalPerson, format!("示例驾驶员{:03}", operator + 1)),
        190.. => (SubjectKind::UnincorporatedOrganisation, format!("资阳示例{:03}运输合作社", operator + 1)),
        180.. => (SubjectKind::SoleTrader, format!("资阳示例{:03}汽车维修部", operator + 1)),
        _ => (SubjectKind::LegalPerson, format!("资阳示例{:03}（运输）有限公司", operator + 1)),
    };
    let person = kind == SubjectKind::NaturalPerson;
    // Every fifth finding is older law's: the terms of both laws are computed.
    let back = if number.is_multiple_of(5) { 250 } else { 20 };
    let decided = app.clock.today() - Duration::days(back + i64::from(number % 40));
    let (procedure, penalties, content) = penalties(number, decided);
    let office_code = invented_uscc(division, 900_001);
    RecordPaper {
        subject_kind: kind,
        subject_name: name,
        uscc: (!person).then(|| invented_uscc("512002", operator + 1)),
        resident_id: person.then(|| invented_resident_id(operator)),
        legal_representative: None,
        procedure,
        decision_date: decided,
        decision_number: format!("{body}罚〔{}〕{}号", decided.year(), number + 1),
        sector: Some(Sector::RoadTransport),
        penalties,
        violation: "道路货物运输违法行为".to_owned(),
        facts: format!("演示事实：第{}号检查发现的违法行为", number + 1),
        basis: "《中华人民共和国道路运输条例》".to_owned(),
        content: content.to_owned(),
        fine_cents: None,
        confiscated_cents: None,
        licence: None,
        valid_until: None,
        body_name: body.to_owned(),
        body_uscc: office_code.clone(),
        source_name: body.to_owned(),
        source_uscc: office_code,
        measures: if number % 8 == 6 { vec!["key_inspection".to_owned()] } else { Vec::new() },
        publish_on: None,
        duties_done_on: number.is_multiple_of(3).then(|| decided + Duration::days(10)),
        remark: None,
    }
}

/// An invented identity number that passes the check: nobody was born on the first of January 1900 plus so many days.
pub fn invented_resident_id(number: u32) -> String {
    let first = format!("512002190001{:02}000", number % 28 + 1);
    let check = resident_id::check_character(&first).unwrap_or('0');
    format!("{first}{check}")
}
