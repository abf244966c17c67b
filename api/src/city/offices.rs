//! The bureau's offices and the three counties; division codes by the national list.

use domain::{admin::AdminAct, office::OfficeKind};

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
        };
        match acts::operate(app, act, Vec::new()).await {
            Ok(_) => added += 1,
            Err(ActFault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(added)
}
