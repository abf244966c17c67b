//! Objection (异议申诉) to a record, or to the answer to a repair application.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{ids::AccountId, personal::Sealed, process::words};

words! {
    /// By which way it came; each has clocks of its own.
    Route {
        /// To the bureau directly (Sichuan Regulation art. 49, and Order 36 art. 18).
        Direct = "DIRECT",
        /// Through Credit China (Order 36 art. 18).
        Platform = "PLATFORM",
    }
}

words! {
    /// What is objected to (Order 36 art. 18; Sichuan Regulation art. 49).
    ObjectionGround {
        ContentWrong = "CONTENT_WRONG",
        TermWrong = "TERM_WRONG",
        NotAccepted = "NOT_ACCEPTED",
        RepairRefused = "REPAIR_REFUSED",
        RightsInfringed = "RIGHTS_INFRINGED",
    }
}

words! {
    /// How an objection was answered.
    ObjectionOutcome {
        Corrected = "CORRECTED",
        Retracted = "RETRACTED",
        Reopened = "REOPENED",
        Rejected = "REJECTED",
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
