//! The bureau's offices and the three counties; division codes by the national list.

use domain::{
    admin::AdminAct,
    office::{OfficeDetails, OfficeKind},
};

use super::acts::{self, ActFault};
use crate::app::App;

type Line = (&'static str, &'static str, &'static str, OfficeKind, Option<&'static str>, &'static str);

const OFFICES: [Line; 10] = [
    ("policy_office", "局办公室（政策法规科）", "Policy Office", OfficeKind::PolicyOffice, Some("512000"), "资交"),
    ("licensing_section", "局行政审批科", "Licensing Section", OfficeKind::Section, None, "资交审"),
    ("enforcement_section", "局执法监督科", "Enforcement Supervision Section", OfficeKind::Section, None, "资交执"),
    ("construction_section", "局建管科", "Construction Section", OfficeKind::Section, None, "资交建"),
    ("safety_section", "局安全监督科", "Safety Section", OfficeKind::Section, None, "资交安"),
    ("road_transport_centre", "市道路运输发展中心", "Road Transport Centre", OfficeKind::Centre, None, "资道运"),
    ("waterway_centre", "市航务海事发展中心", "Waterway Centre", OfficeKind::Centre, None, "资航务"),
    ("yanjiang", "雁江区交通运输局", "Yanjiang County Bureau", OfficeKind::CountyBureau, Some("512002"), "雁交"),
    ("anyue", "安岳县交通运输局", "Anyue County Bureau", OfficeKind::CountyBureau, Some("512021"), "安交"),
    ("lezhi", "乐至县交通运输局", "Lezhi County Bureau", OfficeKind::CountyBureau, Some("512022"), "乐交"),
];

/// Adds the offices that are not there yet; how many.
///
/// # Errors
/// When the door gives no answer.
pub async fn seed(app: &App) -> Result<u32, ActFault> {
    let mut added = 0;
    for (key, zh, en, kind, division, word) in OFFICES {
        let act = AdminAct::AddOffice {
            key: key.to_owned(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            kind,
            division_code: division.map(str::to_owned),
            number_word: word.to_owned(),
            details: OfficeDetails::default(),
        };
        match acts::operate(app, act, Vec::new()).await {
            Ok(_) => added += 1,
            Err(ActFault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(added)
}

/// Invented addresses and telephones, so that a demo's letters look as those of a house do.
///
/// # Errors
/// When the door gives no answer or refuses.
pub async fn invent_details(app: &App) -> Result<(), ActFault> {
    let text = |text: &str| Some(text.to_owned());
    for (number, (key, _, _, kind, _, _)) in OFFICES.into_iter().enumerate() {
        let seat = match key {
            "yanjiang" => ("雁江区", "Yanjiang District"),
            "anyue" => ("安岳县", "Anyue County"),
            "lezhi" => ("乐至县", "Lezhi County"),
            _ => ("资阳市", "Ziyang City"),
        };
        let court = if kind == OfficeKind::CountyBureau { seat } else { ("雁江区", "Yanjiang District") };
        let details = OfficeDetails {
            address_zh: Some(format!("{}示例路{}号", seat.0, number + 1)),
            address_en: Some(format!("{} Example Road, {}", number + 1, seat.1)),
            telephone: Some(format!("028-0000-00{:02}", number + 1)),
            hours_zh: text("工作日 9:00–12:00、13:00–17:00"),
            hours_en: text("working days 9:00–12:00 and 13:00–17:00"),
            review_zh: Some(format!("{}人民政府", seat.0)),
            review_en: Some(format!("People's Government of {}", seat.1)),
            court_zh: Some(format!("{}人民法院", court.0)),
            court_en: Some(format!("People's Court of {}", court.1)),
        };
        acts::operate(app, AdminAct::ChangeOffice { key: key.to_owned(), details }, Vec::new()).await?;
    }
    Ok(())
}
