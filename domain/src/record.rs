//! Facts of a record from which its class and terms follow (Order 36 arts. 7–12).

use serde::{Deserialize, Serialize};
use time::Date;

use crate::process::titled;

titled! {
    /// Kinds of credit subject.
    SubjectKind {
        LegalPerson = "LEGAL_PERSON" "法人" "legal person",
        UnincorporatedOrganisation = "UNINCORPORATED_ORGANISATION" "非法人组织" "unincorporated organisation",
        SoleTrader = "SOLE_TRADER" "个体工商户" "sole trader",
        NaturalPerson = "NATURAL_PERSON" "自然人" "natural person",
    }
}

titled! {
    /// How the penalty was decided (Administrative Penalty Law arts. 51, 54).
    PenaltyProcedure {
        Summary = "SUMMARY" "简易程序" "summary procedure",
        Ordinary = "ORDINARY" "普通程序" "ordinary procedure",
    }
}

titled! {
    /// The field that the breach belongs to.
    Sector {
        RoadTransport = "ROAD_TRANSPORT" "道路运输" "road transport",
        WaterTransport = "WATER_TRANSPORT" "水路运输" "water transport",
        HighwayConstruction = "HIGHWAY_CONSTRUCTION" "公路建设" "highway construction",
        WaterwayConstruction = "WATERWAY_CONSTRUCTION" "水运建设" "waterway construction",
        WorkSafety = "WORK_SAFETY" "安全生产" "work safety",
    }
}

titled! {
    /// Kinds of penalty (Administrative Penalty Law art. 9).
    PenaltyKind {
        Warning = "WARNING" "警告" "warning",
        PublicCriticism = "PUBLIC_CRITICISM" "通报批评" "public criticism",
        Fine = "FINE" "罚款" "fine",
        ConfiscationOfIllegalProperty = "CONFISCATION_OF_ILLEGAL_PROPERTY" "没收非法财物" "confiscation of illegal property",
        ConfiscationOfUnlawfulGains = "CONFISCATION_OF_UNLAWFUL_GAINS" "没收违法所得" "confiscation of unlawful gains",
        LicenceSuspension = "LICENCE_SUSPENSION" "暂扣许可证件" "suspension of a licence",
        QualificationDowngrade = "QUALIFICATION_DOWNGRADE" "降低资质等级" "downgrade of a qualification",
        LicenceRevocation = "LICENCE_REVOCATION" "吊销许可证件" "revocation of a licence",
        BusinessRestriction = "BUSINESS_RESTRICTION" "限制开展生产经营活动" "restriction of business",
        ProductionHalt = "PRODUCTION_HALT" "责令停产停业" "order to halt",
        ClosureOrder = "CLOSURE_ORDER" "责令关闭" "order to close",
        OccupationBan = "OCCUPATION_BAN" "限制从业" "occupation ban",
    }
}

titled! {
    /// The size of a fine as the sector authority defines it.
    FineSize {
        Smaller = "SMALLER" "较小数额" "smaller",
        Larger = "LARGER" "较大数额" "larger",
        Huge = "HUGE" "巨额" "huge",
    }
}

titled! {
    /// Class of adverse information (Order 36 art. 7).
    RecordClass {
        Minor = "MINOR" "轻微失信信息" "minor adverse information",
        General = "GENERAL" "一般失信信息" "general adverse information",
        Severe = "SEVERE" "严重失信信息" "severe adverse information",
    }
}

titled! {
    /// Which law's terms hold for a finding made under older law.
    SubstancePolicy {
        ByFindingDate = "BY_FINDING_DATE" "依认定时的规定" "by the law of the finding",
        CurrentRule = "CURRENT_RULE" "依现行规定" "by the current law",
        /// For each figure the shorter.
        Favourable = "FAVOURABLE" "从短" "whichever is shorter",
    }
}

/// One penalty of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    pub kind: PenaltyKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<FineSize>,
    /// Last day of a penalty that has a period of its own.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::day::optional")]
    pub until: Option<Date>,
}

/// Entry on a severe list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SevereListingFact {
    /// The list's own term; the rulebook's where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_term_years: Option<u32>,
    /// What allows a term over the rulebook's maximum.
    #[serde(default)]
    pub law: Option<String>,
}

/// A recorded finding that a minor record has to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationNecessity {
    pub months: u32,
    pub reason: String,
}

/// Everything that class and terms depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordFacts {
    pub subject_kind: SubjectKind,
    pub procedure: PenaltyProcedure,
    #[serde(with = "crate::day")]
    pub finding_date: Date,
    #[serde(default)]
    pub sector: Option<Sector>,
    #[serde(default)]
    pub penalties: Vec<Penalty>,
    #[serde(default)]
    pub severe_listing: Option<SevereListingFact>,
    #[serde(default)]
    pub publication_necessity: Option<PublicationNecessity>,
    #[serde(default, with = "crate::day::optional")]
    pub duties_done_on: Option<Date>,
    #[serde(default = "favourable")]
    pub substance_policy: SubstancePolicy,
    #[serde(default)]
    pub finding_date_counts: bool,
}

const fn favourable() -> SubstancePolicy {
    SubstancePolicy::Favourable
}

/// A fact that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactFault {
    pub code: &'static str,
    /// Path of the field as GraphQL spells it, lists by place: `penalties.0.until`.
    pub field: String,
    pub zh: String,
    pub en: String,
}

impl RecordFacts {
    /// Everything that is impossible about the facts by themselves, whatever the law says of them.
    pub fn validate(&self) -> Vec<FactFault> {
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, code, field: &str, zh: &str, en: &str| {
            if wrong {
                faults.push(FactFault { code, field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() });
            }
        };
        fault(
            self.penalties.is_empty() && self.severe_listing.is_none(),
            "NO_PENALTY",
            "penalties",
            "没有处罚，也没有列入名单",
            "there is neither a penalty nor a listing",
        );
        for (place, penalty) in self.penalties.iter().enumerate() {
            fault(
                penalty.until.is_some_and(|until| until < self.finding_date),
                "UNTIL_BEFORE_FINDING",
                &format!("penalties.{place}.until"),
                "处罚期限早于决定日期",
                "a penalty's own period ends before the finding",
            );
            fault(
                penalty.size.is_some() && penalty.kind != PenaltyKind::Fine,
                "SIZE_WITHOUT_FINE",
                &format!("penalties.{place}.size"),
                "只有罚款可以有数额档次",
                "only a fine has a size",
            );
        }
        fault(
            self.duties_done_on.is_some_and(|done| done < self.finding_date),
            "DUTIES_BEFORE_FINDING",
            "dutiesDoneOn",
            "义务履行日期早于决定日期",
            "duties were done before the finding",
        );
        if let Some(necessity) = &self.publication_necessity {
            fault(
                necessity.months == 0,
                "NECESSITY_TERM",
                "publicationNecessity.months",
                "公示的月数不能为零",
                "a publication for no months is none",
            );
            fault(
                necessity.reason.trim().is_empty(),
                "NECESSITY_WITHOUT_REASON",
                "publicationNecessity.reason",
                "未写明确有必要的理由",
                "a necessity needs its reason",
            );
        }
        if let Some(listing) = &self.severe_listing {
            fault(
                listing.own_term_years == Some(0),
                "LISTING_TERM",
                "severeListing.ownTermYears",
                "名单期限的年数不能为零",
                "a listing for no years is none",
            );
        }
        faults
    }
}
