//! Repair applications: what is filed, and what the house notes.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes},
    ids::AccountId,
    paper::FormDate,
    personal::Sealed,
    process::{Fields, titled},
};

titled! {
    /// Where a repair application came in.
    Channel {
        /// By the subject through the bureau.
        Portal = "PORTAL" "网上" "online",
        /// On paper at the counter.
        Counter = "COUNTER" "窗口" "at the counter",
        /// Pushed by Credit China as a file.
        CreditChina = "CREDIT_CHINA" "“信用中国”" "Credit China",
    }
}

/// What an application says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairForm {
    pub contact_name: Sealed,
    pub contact_phone: Sealed,
    pub contact_email: Option<Sealed>,
    pub statement: Option<Sealed>,
    /// The commitment of Order 36 art. 14(3): materials are true, responsibility accepted.
    pub commitment: bool,
    /// Credit China's own number of the application.
    pub external_number: Option<String>,
}

titled! {
    /// What Credit China is told of an application that it pushed (Order 36 arts. 13, 16, 17, 25).
    PlatformAnswer {
        Declined = "DECLINED" "不予受理" "not accepted",
        Granted = "GRANTED" "准予修复" "repair granted",
        Refused = "REFUSED" "不予修复" "repair refused",
        Lapsed = "LAPSED" "逾期未补正终止" "lapsed",
        Withdrawn = "WITHDRAWN" "申请人撤回" "withdrawn",
        Revoked = "REVOKED" "撤销修复" "repair revoked",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairData {
    pub channel: Channel,
    pub form: RepairForm,
    pub applicant: Option<AccountId>,
    /// 文号 of the decision.
    pub decision_number: Option<String>,
    pub decided_on: Option<Date>,
    pub falsity: bool,
}

/// An application with the way by which it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairFiling {
    pub channel: Channel,
    pub form: RepairForm,
}

impl Fields for RepairFiling {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("application");
    const DRAWN: &'static [Field] = &[
        Field::new("contactName", ("联系人", "contact"), Takes::Text).needed(),
        Field::new("contactPhone", ("联系电话", "telephone"), Takes::Text).needed(),
        Field::new("contactEmail", ("电子邮箱", "e-mail"), Takes::Text).help((
            "没有账号绑定该主体时，信件发往此邮箱；已绑定的，只发给绑定的账号",
            "letters go there only where no account is bound to the subject; else they go to the bound accounts",
        )),
        Field::new("statement", ("申请说明", "statement"), Takes::LongText),
        Field::new("commitment", ("承诺材料真实并承担相应责任", "the materials are true, and responsibility is accepted"), Takes::YesNo)
            .needed(),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
