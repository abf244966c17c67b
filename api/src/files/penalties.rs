//! Penalty decisions by the dual-publication template (双公示) with the few columns that class and term
//! depend on and the template does not have.

use domain::{
    canonical,
    command::{Arguments, Opening},
    process::Form,
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, Sector, SubjectKind},
};

use crate::{
    app::App,
    forms::{
        Paper,
        record::{self, RecordPaper},
    },
    sheets::{CellKind, Column, Layout, Row},
};

const KINDS: &[(&str, &str)] = &[
    ("法人及非法人组织", "LEGAL_PERSON"),
    ("法人", "LEGAL_PERSON"),
    ("非法人组织", "UNINCORPORATED_ORGANISATION"),
    ("个体工商户", "SOLE_TRADER"),
    ("自然人", "NATURAL_PERSON"),
];
const PROCEDURES: &[(&str, &str)] = &[("简易程序", "SUMMARY"), ("当场处罚", "SUMMARY"), ("普通程序", "ORDINARY"), ("一般程序", "ORDINARY")];
const SECTORS: &[(&str, &str)] = &[
    ("道路运输", "ROAD_TRANSPORT"),
    ("水路运输", "WATER_TRANSPORT"),
    ("公路建设", "HIGHWAY_CONSTRUCTION"),
    ("水运建设", "WATERWAY_CONSTRUCTION"),
    ("安全生产", "WORK_SAFETY"),
];
/// Administrative Penalty Law art. 9, and the words under which offices report them.
const PENALTIES: &[(&str, &str)] = &[
    ("警告", "WARNING"),
    ("通报批评", "PUBLIC_CRITICISM"),
    ("罚款", "FINE"),
    ("没收非法财物", "CONFISCATION_OF_ILLEGAL_PROPERTY"),
    ("没收违法所得", "CONFISCATION_OF_UNLAWFUL_GAINS"),
    ("暂扣许可证件", "LICENCE_SUSPENSION"),
    ("降低资质等级", "QUALIFICATION_DOWNGRADE"),
    ("吊销许可证件", "LICENCE_REVOCATION"),
    ("限制开展生产经营活动", "BUSINESS_RESTRICTION"),
    ("责令停产停业", "PRODUCTION_HALT"),
    ("责令关闭", "CLOSURE_ORDER"),
    ("限制从业", "OCCUPATION_BAN"),
];
const SIZES: &[(&str, &str)] = &[("较小数额", "SMALLER"), ("较大数额", "LARGER"), ("巨额", "HUGE")];
const PAPERS: &[(&str, &str)] = &[("身份证", "RESIDENT_ID"), ("居民身份证", "RESIDENT_ID")];

/// 万元: one unit is a million cents.
const TEN_THOUSAND_YUAN: CellKind = CellKind::Money { cents_per_unit: 1_000_000 };

const COLUMNS: &[Column] = &[
    Column::new("subjectName", "行政相对人名称", "Counterparty name", &["CF_XDR_MC"], CellKind::Text(200), true).says(
        "与证照一致的全称",
        "the full name as on the licence",
        "资阳示例一运输有限公司",
    ),
    Column::new("subjectKind", "行政相对人类别", "Counterparty kind", &["CF_XDR_LB"], CellKind::Choice(KINDS), true).says(
        "法人及非法人组织、自然人或个体工商户",
        "organisation, natural person or sole trader",
        "法人及非法人组织",
    ),
    Column::new(
        "uscc",
        "统一社会信用代码",
        "Unified social credit code",
        &["CF_XDR_SHXYM", "行政相对人代码_1（统一社会信用代码）", "行政相对人代码_1(统一社会信用代码)"],
        CellKind::Code(18),
        false,
    )
    .says("组织和个体工商户必填，18位", "organisations and sole traders: 18 characters", ""),
    Column::new("legalRepresentative", "法定代表人", "Legal representative", &["CF_FRDB", "法定代表人姓名"], CellKind::Text(100), false)
        .says("自然人不填", "leave empty for natural persons", ""),
    Column::new("idKind", "证件类型", "Kind of identity document", &["CF_XDR_ZJLX"], CellKind::Choice(PAPERS), false).says(
        "自然人填身份证",
        "for natural persons: resident identity card",
        "",
    ),
    Column::new("residentId", "证件号码", "Identity number", &["CF_XDR_ZJHM"], CellKind::Code(18), false).says(
        "自然人必填，18位",
        "natural persons: 18 characters",
        "",
    ),
    Column::new("decisionNumber", "行政处罚决定书文号", "Decision number", &["CF_WSH", "决定书文号"], CellKind::Code(100), true).says(
        "与决定书一致",
        "as on the decision",
        "资交罚〔2026〕12号",
    ),
    Column::new("violation", "违法行为类型", "Kind of breach", &["CF_WFXW"], CellKind::Text(2000), true).says("", "", "超限运输"),
    Column::new("facts", "违法事实", "Facts", &["CF_SY"], CellKind::Text(4000), true).says("", "", "当事人车辆超过核定载质量行驶"),
    Column::new("basis", "处罚依据", "Legal basis", &["CF_YJ"], CellKind::Text(2000), true).says(
        "法规名称和条款",
        "instrument and article",
        "《中华人民共和国道路运输条例》",
    ),
    Column::new("penalties", "处罚类别", "Kinds of penalty", &["CF_CFLB"], CellKind::Choices(PENALTIES), true).says(
        "多项以顿号分隔（行政处罚法第九条）",
        "several are separated by 、 (Administrative Penalty Law art. 9)",
        "罚款、没收违法所得",
    ),
    Column::new("content", "处罚内容", "Content of the penalty", &["CF_NR"], CellKind::Text(4000), true).says("", "", "罚款人民币壹万元"),
    Column::new("fine", "罚款金额（万元）", "Fine (10,000 yuan)", &["CF_NR_FK"], TEN_THOUSAND_YUAN, false).says(
        "单位万元，最多六位小数",
        "in 10,000 yuan, at most six decimals",
        "1.000000",
    ),
    Column::new(
        "confiscated",
        "没收金额（万元）",
        "Confiscated sum (10,000 yuan)",
        &["CF_NR_WFFF", "没收违法所得、没收非法财物的金额（万元）"],
        TEN_THOUSAND_YUAN,
        false,
    )
    .says("单位万元，最多六位小数", "in 10,000 yuan, at most six decimals", ""),
    Column::new("licence", "暂扣或吊销证照名称及编号", "Licence suspended or revoked", &["CF_NR_ZKDX"], CellKind::Text(200), false)
        .says("", "", ""),
    Column::new("decisionDate", "处罚决定日期", "Decision date", &["CF_JDRQ"], CellKind::Date, true).says("", "", "2026-04-01"),
    Column::new("validUntil", "处罚有效期", "Penalty valid until", &["CF_YXQ"], CellKind::Date, true).says(
        "没有期限的填2099-12-31",
        "2099-12-31 where it has no end",
        "2099-12-31",
    ),
    Column::new("bodyName", "处罚机关", "Penalising body", &["CF_CFJG"], CellKind::Text(200), true).says("", "", "资阳市交通运输局"),
    Column::new("bodyUscc", "处罚机关统一社会信用代码", "Code of the penalising body", &["CF_CFJGDM"], CellKind::Code(18), true)
        .says("", "", ""),
    Column::new("sourceName", "数据来源单位", "Source unit", &["CF_SJLY"], CellKind::Text(200), true).says("", "", "资阳市交通运输局"),
    Column::new("sourceUscc", "数据来源单位统一社会信用代码", "Code of the source unit", &["CF_SJLYDM"], CellKind::Code(18), true)
        .says("", "", ""),
    Column::new("remark", "备注", "Remark", &["BZ"], CellKind::Text(4000), false).says("", "", ""),
    Column::new("procedure", "处罚程序", "Procedure", &["决定程序"], CellKind::Choice(PROCEDURES), true).says(
        "类别取决于程序（36号令第八条）",
        "the class depends on it (Order 36 art. 8)",
        "普通程序",
    ),
    Column::new("fineSize", "罚款档次", "Size of the fine", &[], CellKind::Choice(SIZES), false).says(
        "行业主管部门确定的数额档次；不填则由负责人另行定类",
        "as the sector authority sets it; left empty, the head determines the class",
        "较大数额",
    ),
    Column::new("sector", "所属领域", "Sector", &[], CellKind::Choice(SECTORS), false).says("", "", "道路运输"),
    Column::new("penaltyUntil", "处罚期限届满日", "Last day of the penalty's own period", &[], CellKind::Date, false).says(
        "仅限暂扣、限制、停产停业、限制从业等有期限的处罚",
        "only for penalties with a period: suspension, restriction, halt, ban",
        "",
    ),
    Column::new("publishOn", "公示起始日", "First day of publication", &[], CellKind::Date, false).says(
        "不填则按设置的时限公示",
        "left empty, the setting decides",
        "",
    ),
    Column::new("dutiesDoneOn", "义务履行日期", "Duties done on", &[], CellKind::Date, false).says(
        "已全部履行的填写",
        "where every duty has been done",
        "",
    ),
];

/// The layout of penalty decisions.
pub const LAYOUT: Layout = Layout { key: "penalty_records", zh: "行政处罚信息", en: "Penalty decisions", columns: COLUMNS };

/// Penalties that run for a time of their own (Order 36 art. 12: publication lasts at least as long).
const WITH_PERIOD: [PenaltyKind; 4] =
    [PenaltyKind::LicenceSuspension, PenaltyKind::BusinessRestriction, PenaltyKind::ProductionHalt, PenaltyKind::OccupationBan];

/// The paper that a whole row fills in.
fn paper(row: &Row) -> Option<RecordPaper> {
    let text = |key: &str| row.text(key).map(str::to_owned);
    let size = row.key("fineSize").and_then(FineSize::from_key);
    let until = row.date("penaltyUntil");
    let penalty = |key: &&'static str| {
        let kind = PenaltyKind::from_key(key)?;
        Some(Penalty { kind, size: size.filter(|_| kind == PenaltyKind::Fine), until: until.filter(|_| WITH_PERIOD.contains(&kind)) })
    };
    Some(RecordPaper {
        subject_kind: SubjectKind::from_key(row.key("subjectKind")?)?,
        subject_name: text("subjectName")?,
        uscc: text("uscc"),
        resident_id: text("residentId"),
        legal_representative: text("legalRepresentative"),
        procedure: PenaltyProcedure::from_key(row.key("procedure")?)?,
        decision_date: row.date("decisionDate")?,
        decision_number: text("decisionNumber")?,
        sector: row.key("sector").and_then(Sector::from_key),
        penalties: row.keys("penalties").iter().filter_map(penalty).collect(),
        violation: text("violation")?,
        facts: text("facts")?,
        basis: text("basis")?,
        content: text("content")?,
        fine_cents: row.cents("fine"),
        confiscated_cents: row.cents("confiscated"),
        licence: text("licence"),
        valid_until: row.date("validUntil"),
        body_name: text("bodyName")?,
        body_uscc: text("bodyUscc")?,
        source_name: text("sourceName")?,
        source_uscc: text("sourceUscc")?,
        measures: Vec::new(),
        publish_on: row.date("publishOn"),
        duties_done_on: row.date("dutiesDoneOn"),
        remark: text("remark"),
    })
}

/// What identifies a row: no other row of the file may have it.
pub(super) fn identity(row: &Row) -> Option<String> {
    let who = row.text("uscc").or(row.text("residentId"))?;
    Some(format!("{}|{}", canonical::code(who), canonical::decision_number(row.text("decisionNumber")?)))
}

/// The record that a whole row opens; none where `paper` notes faults.
pub(super) fn opening(app: &App, paper_of_row: &mut Paper, row: &Row, office: &str) -> Option<(Opening, Arguments)> {
    let input = paper(row)?;
    if input.penalties.iter().any(|penalty| penalty.kind == PenaltyKind::Fine) && input.fine_cents.is_none() && !row.is_misnamed("fine") {
        paper_of_row.fault("fine", "FINE_WITHOUT_SUM", "处罚类别含罚款，须填写罚款金额", "there is a fine; its sum is required");
    }
    let (subject, form) = record::read(app, paper_of_row, &input)?;
    let opening = Opening::record(office, subject);
    paper_of_row.faults.is_empty().then(|| (opening, Arguments { form: Some(Form::Record(Box::new(form))), ..Arguments::default() }))
}
