//! The offices of the demo city: a bureau and three counties; division codes by the national list.

use domain::{
    admin::AdminAct,
    office::{OfficeDetails, OfficeDraft, OfficeKind},
};

use super::acts::{self, ActFault};
use crate::{app::App, files};

/// The offices of the demo, as `office load` reads them.
const FILE: &str = include_str!("offices.csv");

fn drafts() -> Result<Vec<OfficeDraft>, ActFault> {
    files::offices::read("offices.csv", FILE).map_err(|faults| ActFault::Other(format!("the demo's offices: {faults:?}")))
}

/// Adds the offices of the demo, one by one; those that are there already stay.
///
/// # Errors
/// When the door gives no answer.
pub async fn seed(app: &App) -> Result<u32, ActFault> {
    let mut added = 0;
    for draft in drafts()? {
        match acts::operate(app, AdminAct::AddOffices { offices: vec![draft] }, Vec::new()).await {
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
    for (number, OfficeDraft { key, kind, zh, en, .. }) in drafts()?.into_iter().enumerate() {
        let seat = match key.as_str() {
            "yanjiang" => ("雁江区", "Yanjiang District"),
            "anyue" => ("安岳县", "Anyue County"),
            "lezhi" => ("乐至县", "Lezhi County"),
            _ => ("资阳市", "Ziyang City"),
        };
        let court = if kind == OfficeKind::CountyBureau { seat } else { ("雁江区", "Yanjiang District") };
        let inside = matches!(kind, OfficeKind::PolicyOffice | OfficeKind::Section);
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
            // Sections sign under the bureau's name; centres and county bureaux are bodies of their own.
            body_zh: Some(if inside { "资阳市交通运输局".to_owned() } else { zh }),
            body_en: Some(if inside { "Ziyang Municipal Transport Bureau".to_owned() } else { en }),
        };
        acts::operate(app, AdminAct::ChangeOffice { key, details }, Vec::new()).await?;
    }
    Ok(())
}
