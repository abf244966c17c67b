//! Use of a scheme (信易+): an advantage that a trustworthy subject was given (Sichuan Social Credit Regulation arts. 33, 45).

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Known, Takes},
    paper::FormDate,
    process::{Fields, options, titled},
    record::SubjectKind,
};

titled! {
    /// What a scheme is for.
    SchemeKind {
        Travel = "travel" "信易行" "travel",
        Loan = "loan" "信易贷" "loan",
        Training = "training" "信易+驾培" "driver training",
        Repair = "repair" "信易+维修" "vehicle repair",
        Taxi = "taxi" "信易+出租" "taxi",
    }
}

titled! {
    /// What an advantage is: of authorities one of a closed list (Sichuan Regulation art. 33), else the market's own (art. 45).
    BenefitKind {
        Publicity = "publicity" "宣传推介" "publicity",
        TradingPoints = "trading_points" "公共资源交易加分" "points in public trading",
        FundsPriority = "funds_priority" "财政资金优先" "priority in public funds",
        Convenience = "convenience" "优先办理、容缺办理" "priority, or papers that may follow",
        FewerInspections = "fewer_inspections" "减少检查频次" "fewer inspections",
        ByRule = "by_rule" "国家和本省规定的其他激励" "as another national or provincial rule says",
        ByMarket = "by_market" "市场主体给予的优惠" "given by the market",
    }
}

titled! {
    /// Why a subject cannot use a scheme on a day.
    EligibilityGap {
        NotInForce = "NOT_IN_FORCE" "该场景当日未施行" "the scheme is not in force on that day",
        NotForThisKind = "NOT_FOR_THIS_KIND" "该场景不适用于这类主体" "the scheme is not for subjects of this kind",
        NoGrade = "NO_GRADE" "当日没有信用等级" "there is no grade on that day",
        GradeTooLow = "GRADE_TOO_LOW" "信用等级低于要求" "the grade is too low",
        NotInBusiness = "NOT_IN_BUSINESS" "当日不在经营主体名录中" "not in the register of operators on that day",
        SeverelyListed = "SEVERELY_LISTED" "列入严重失信主体名单" "on a severe list",
        RecordShown = "RECORD_SHOWN" "有公示中的失信信息" "a record is published",
        UnderKeyInspection = "UNDER_KEY_INSPECTION" "列为重点监管对象" "under special inspection",
        CommitmentBroken = "COMMITMENT_BROKEN" "规定期间内有违诺认定" "a commitment was found broken within the time that counts",
    }
}

/// A use of an advantage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitForm {
    /// Key of the scheme in `law/schemes.toml`.
    pub scheme: String,
    /// Key of the advantage in the scheme.
    pub benefit: String,
    pub used_on: Date,
    /// Who gave it: a bank, a garage, an office.
    pub provider: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<i64>,
}

/// A use that was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitData {
    pub form: BenefitForm,
}

impl Fields for BenefitForm {
    const DATES: &'static [FormDate] = &[FormDate::UsedOn];
    const INPUT: Option<&'static str> = Some("use");
    const DRAWN: &'static [Field] = &[
        Field::new("scheme", ("“信易+”场景", "scheme"), Takes::OneOf(Known::Scheme)).needed(),
        Field::new("benefit", ("优惠", "advantage"), Takes::OneOf(Known::Benefit)).needed(),
        Field::new("subjectKind", ("主体类别", "kind of subject"), Takes::Of(options::<SubjectKind>)).needed(),
        Field::new("subjectName", ("主体名称", "name of the subject"), Takes::Text).needed(),
        Field::new("uscc", ("统一社会信用代码", "unified social credit code"), Takes::Text)
            .needed()
            .help(("单位和个体工商户；不登记自然人", "of an organisation or a sole trader; human beings are not noted")),
        Field::new("usedOn", ("使用日期", "day of the use"), Takes::Date)
            .needed()
            .help(("按该日的信用状况核对是否符合条件", "whether it could be used is asked as of that day")),
        Field::new("provider", ("提供方", "given by"), Takes::Text).needed(),
        Field::new("amount", ("金额（元）", "amount in yuan"), Takes::Money),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        vec![(FormDate::UsedOn, self.used_on)]
    }
}
