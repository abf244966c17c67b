//! The record of a penalty or other base document: its form, its class and terms, its publication.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    calendar::{DayName, Derived, Why},
    form::{Field, Known, RESIDENT_ID, Takes, USCC},
    paper::FormDate,
    personal::{Sealed, Words},
    process::{Fields, options, titled},
    record::{FineSize, PenaltyKind, PenaltyProcedure, RecordClass, RecordFacts, Sector, SubjectKind},
};

titled! {
    /// What the record rests on.
    BaseKind {
        /// 行政处罚
        Penalty = "PENALTY" "行政处罚" "administrative penalty",
        /// A severe-list decision (列入决定).
        Listing = "LISTING" "列入严重失信主体名单" "entry on a severe list",
        /// A person recorded together with a listed organisation (Sichuan Regulation art. 43).
        Related = "RELATED" "关联人员" "related person",
        /// False materials or a broken repair commitment (Order 36 art. 25).
        Falsity = "FALSITY" "虚假材料或者违反承诺" "falsity or broken commitment",
    }
}

/// The record of a penalty or other base document and its publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordData {
    pub base: BaseKind,
    pub form: RecordForm,
    /// False from the day the base document was annulled, changed or declared unlawful.
    pub in_force: bool,
    pub terms: Terms,
    pub duties_done_on: Option<Date>,
    /// First day in the published list.
    pub published_on: Option<Date>,
    /// First day on which it is no longer published.
    pub ended_on: Option<Date>,
    /// No repair before the day after this one (Order 36 art. 25).
    pub barred_until: Option<Date>,
    /// How that day was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred: Option<Derived>,
    /// A cited sector rule lets publication go on to this day although the maximum term is over (Order 36 art. 12(2)).
    pub continued_until: Option<Date>,
}

impl RecordData {
    /// The canonical key of its document's number.
    pub fn key(&self) -> String {
        crate::canonical::decision_number(&self.form.decision_number)
    }

    /// Whether two records of one subject are the same: both in force, of one kind, about one document.
    pub fn is_same(&self, other: &Self) -> bool {
        self.in_force && other.in_force && self.base == other.base && self.key() == other.key()
    }

    /// The first day of repair with how it was found: terms over, duties done, no bar for falsity (Order 36 arts. 12(2), 14,
    /// 25). None where no repair is possible or the duties alone decide and are not done. Every reader asks here.
    pub fn first_day_of_repair(&self) -> Option<Derived> {
        let never = self.base == BaseKind::Falsity || self.form.repair_barred_by.is_some() || !self.in_force;
        if never || self.terms.undetermined {
            return None;
        }
        let done = self.duties_done_on.map(|day| Derived::named(DayName::DutiesDone, day));
        let terms = match (self.terms.derived.earliest_repair.clone(), &done) {
            (Some(terms), _) => Some(terms),
            (None, None) => return None,
            // Without a minimum term repair opens with the duties, and not within a penalty's own period.
            (None, Some(_)) => {
                let until = self.form.facts.penalties.iter().filter_map(|penalty| penalty.until).max();
                until.and_then(|day| Derived::named(DayName::PenaltyUntil, day).shifted(1))
            }
        };
        let barred = self.barred.clone().and_then(|barred| barred.shifted(1));
        Derived::latest(Why::RepairOpens, terms.into_iter().chain(done).chain(barred).collect())
    }

    /// How the last lawful day of publication was found: the maximum term, or later where a sector rule continues it.
    pub fn derived_last_day(&self) -> Option<Derived> {
        let continued = self.continued_until.map(|day| Derived::named(DayName::ContinuedUntil, day));
        Derived::latest(Why::Continued, self.terms.derived.max_last_day.clone().into_iter().chain(continued).collect())
    }
}

/// Class and terms of a record with how they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub class: Option<RecordClass>,
    pub undetermined: bool,
    /// What has to be decided while undetermined.
    pub asks: Vec<String>,
    pub publication_due: bool,
    pub min_last_day: Option<Date>,
    pub earliest_repair: Option<Date>,
    pub max_last_day: Option<Date>,
    pub rulebook: String,
    pub cites: Vec<String>,
    /// The full assessment: both computations and every count.
    pub assessment: serde_json::Value,
    /// How the class and each day were found.
    #[serde(default)]
    pub derived: DerivedTerms,
}

/// How class and terms of a record were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedTerms {
    /// Every penalty and the listing with the class that it falls into by Order 36; the gravest is the record's.
    pub classes: Vec<ClassStep>,
    pub min_last_day: Option<Derived>,
    pub earliest_repair: Option<Derived>,
    pub max_last_day: Option<Derived>,
}

/// One penalty, or the listing, with the class that it falls into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassStep {
    /// Kind of penalty; none for the listing.
    pub penalty: Option<PenaltyKind>,
    pub class: Option<RecordClass>,
    /// `source/article`
    pub article: String,
}

/// The dual-publication template's fields of a penalty record, amounts in yuan cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordForm {
    pub facts: RecordFacts,
    pub decision_number: String,
    pub violation: Words,
    /// 违法事实: free text.
    pub violation_facts: Sealed,
    pub basis: String,
    pub content: Words,
    pub fine_cents: Option<i64>,
    pub confiscated_cents: Option<i64>,
    pub licence: Option<Words>,
    pub valid_until: Option<Date>,
    pub body_name: String,
    pub body_uscc: String,
    pub source_name: String,
    pub source_uscc: String,
    pub legal_representative: Option<Sealed>,
    pub remark: Option<Sealed>,
    /// Keys of measures on the list that the decision puts in force.
    pub measures: Vec<String>,
    /// The day from which it is to be published; the setting's number of working days where none is given.
    pub publish_on: Option<Date>,
    /// Law that bars repair of this record, if any (Order 36 art. 2).
    pub repair_barred_by: Option<String>,
}

const IN_YUAN: (&str, &str) = ("单位为元，保留两位小数", "in yuan, with two decimals");

/// The fields of one penalty.
const PENALTY: &[Field] = &[
    Field::new("kind", ("处罚种类", "kind of penalty"), Takes::Of(options::<PenaltyKind>)).needed(),
    Field::new("size", ("罚款数额档次", "size of the fine"), Takes::Of(options::<FineSize>)).help(("仅罚款填写", "only for a fine")),
    Field::new("until", ("处罚期限届满日", "last day of the penalty's own period"), Takes::Date),
];

impl Fields for RecordForm {
    const DATES: &'static [FormDate] =
        &[FormDate::DecisionDate, FormDate::ValidUntil, FormDate::PenaltyUntil, FormDate::PublishOn, FormDate::DutiesDoneOn];
    const INPUT: Option<&'static str> = Some("record");
    const DRAWN: &'static [Field] = &[
        Field::new("subjectKind", ("行政相对人类别", "kind of subject"), Takes::Of(options::<SubjectKind>)).needed(),
        Field::new("subjectName", ("行政相对人名称", "name of the subject"), Takes::Text).needed(),
        USCC,
        RESIDENT_ID,
        Field::new("procedure", ("处罚程序", "procedure"), Takes::Of(options::<PenaltyProcedure>)).needed(),
        Field::new("decisionDate", ("处罚决定日期", "day of the decision"), Takes::Date).needed(),
        Field::new("decisionNumber", ("行政处罚决定书文号", "number of the decision"), Takes::Text).needed(),
        Field::new("sector", ("所属领域", "sector"), Takes::Of(options::<Sector>)),
        Field::new("penalties", ("处罚类别", "penalties"), Takes::Rows(PENALTY)).needed(),
        Field::new("violation", ("违法行为类型", "kind of breach"), Takes::Text).needed(),
        Field::new("facts", ("违法事实", "facts of the breach"), Takes::LongText).needed(),
        Field::new("basis", ("处罚依据", "basis of the penalty"), Takes::LongText).needed(),
        Field::new("content", ("处罚内容", "content of the penalty"), Takes::LongText).needed(),
        Field::new("fine", ("罚款金额", "fine"), Takes::Money).help(IN_YUAN),
        Field::new("confiscated", ("没收违法所得、没收非法财物的金额", "confiscated sum"), Takes::Money).help(IN_YUAN),
        Field::new("licence", ("暂扣或吊销证照名称及编号", "licence that was suspended or revoked"), Takes::Text),
        Field::new("validUntil", ("处罚有效期", "last day on which the penalty is valid"), Takes::Date),
        Field::new("legalRepresentative", ("法定代表人", "legal representative"), Takes::Text),
        Field::new("remark", ("备注", "remark"), Takes::LongText),
        Field::new("bodyName", ("处罚机关", "penalising body"), Takes::Text).needed(),
        Field::new("bodyUscc", ("处罚机关统一社会信用代码", "code of the penalising body"), Takes::Text).needed(),
        Field::new("sourceName", ("数据来源单位", "source of the data"), Takes::Text).needed(),
        Field::new("sourceUscc", ("数据来源单位统一社会信用代码", "code of the source"), Takes::Text).needed(),
        Field::new("measures", ("惩戒措施", "punishment measures"), Takes::SomeOf(Known::Measure)),
        Field::new("publishOn", ("公示起始日", "first day of publication"), Takes::Date)
            .help(("不填则按设置的工作日数", "the setting's working days where none is given")),
        Field::new("dutiesDoneOn", ("义务履行日期", "day on which the duties were done"), Takes::Date),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        let facts = &self.facts;
        let single = [
            (FormDate::DecisionDate, Some(facts.finding_date)),
            (FormDate::ValidUntil, self.valid_until),
            (FormDate::PublishOn, self.publish_on),
            (FormDate::DutiesDoneOn, facts.duties_done_on),
        ];
        let own = facts.penalties.iter().map(|penalty| (FormDate::PenaltyUntil, penalty.until));
        single.into_iter().chain(own).filter_map(|(key, date)| Some((key, date?))).collect()
    }
}
