//! Objection (异议申诉) to a record, or to the answer to a repair application.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes},
    ids::AccountId,
    paper::FormDate,
    personal::Sealed,
    process::{Fields, options, titled},
};

titled! {
    /// By which way it came; each has clocks of its own.
    Route {
        /// To the bureau directly (Sichuan Regulation art. 49, and Order 36 art. 18).
        Direct = "DIRECT" "直接提出" "directly",
        /// Through Credit China (Order 36 art. 18).
        Platform = "PLATFORM" "经“信用中国”" "through Credit China",
    }
}

titled! {
    /// What is objected to (Order 36 art. 18; Sichuan Regulation art. 49).
    ObjectionGround {
        ContentWrong = "CONTENT_WRONG" "内容有误" "the content is wrong",
        TermWrong = "TERM_WRONG" "公示期限有误" "the term is wrong",
        NotAccepted = "NOT_ACCEPTED" "不予受理有误" "refusing to accept was wrong",
        RepairRefused = "REPAIR_REFUSED" "不予修复有误" "refusing the repair was wrong",
        RightsInfringed = "RIGHTS_INFRINGED" "侵犯合法权益" "rights are infringed",
    }
}

titled! {
    /// How an objection was answered.
    ObjectionOutcome {
        Corrected = "CORRECTED" "已更正" "corrected",
        Retracted = "RETRACTED" "已撤回" "retracted",
        Reopened = "REOPENED" "已重新办理" "reopened",
        Rejected = "REJECTED" "异议不成立" "rejected",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionForm {
    pub route: Route,
    pub ground: ObjectionGround,
    pub statement: Sealed,
    pub contact_email: Option<Sealed>,
    /// Credit China's own number of the objection.
    pub external_number: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionData {
    pub form: ObjectionForm,
    pub objector: Option<AccountId>,
    pub outcome: Option<ObjectionOutcome>,
    /// Upheld only in part.
    pub partial: bool,
    /// 文号 of the answer.
    pub answer_number: Option<String>,
    pub answered_on: Option<Date>,
    pub served_on: Option<Date>,
}

impl Fields for ObjectionForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("objection");
    const DRAWN: &'static [Field] = &[
        Field::new("ground", ("异议事由", "ground of the objection"), Takes::Of(options::<ObjectionGround>)).needed(),
        Field::new("statement", ("事实和理由", "facts and reasons"), Takes::LongText).needed(),
        Field::new("contactEmail", ("电子邮箱", "e-mail"), Takes::Text).help((
            "没有账号绑定该主体时，信件发往此邮箱；已绑定的，只发给绑定的账号",
            "letters go there only where no account is bound to the subject; else they go to the bound accounts",
        )),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
