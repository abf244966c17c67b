//! The fields of the typed forms, as a client draws them. A test holds them against the input types.

use domain::{
    binding::BindingCapacity,
    listing::Capacity,
    objection::{ObjectionGround, Route},
    process::{Choosable, FormKey, options},
    record::{FineSize, PenaltyKind, PenaltyProcedure, Sector, SubjectKind},
    repair::Channel,
};

use super::asks::{AskKind, AskShown, option};

/// What a field takes.
enum Takes {
    Plain(AskKind),
    Of(fn() -> Vec<Choosable>),
    Rows(&'static [Field]),
}

/// Name, titles, what it takes, whether it is needed, help.
struct Field(&'static str, (&'static str, &'static str), Takes, bool, Option<(&'static str, &'static str)>);

use AskKind::{Date, Keys, LongText, Money, Number, Text, YesNo};
use Takes::{Of, Plain, Rows};

const USCC: (&str, &str) = ("统一社会信用代码", "unified social credit code");
const OF_ORGANISATIONS: Option<(&str, &str)> = Some(("单位和个体工商户填写", "for organisations and sole traders"));
const RESIDENT_ID: (&str, &str) = ("居民身份证号码", "resident identity number");
const OF_PERSONS: Option<(&str, &str)> = Some(("自然人填写", "for natural persons"));

const RECORD: &[Field] = &[
    Field("subjectKind", ("行政相对人类别", "kind of subject"), Of(options::<SubjectKind>), true, None),
    Field("subjectName", ("行政相对人名称", "name of the subject"), Plain(Text), true, None),
    Field("uscc", USCC, Plain(Text), false, OF_ORGANISATIONS),
    Field("residentId", RESIDENT_ID, Plain(Text), false, OF_PERSONS),
    Field("procedure", ("处罚程序", "procedure"), Of(options::<PenaltyProcedure>), true, None),
    Field("decisionDate", ("处罚决定日期", "day of the decision"), Plain(Date), true, None),
    Field("decisionNumber", ("行政处罚决定书文号", "number of the decision"), Plain(Text), true, None),
    Field("sector", ("所属领域", "sector"), Of(options::<Sector>), false, None),
    Field("penalties", ("处罚类别", "penalties"), Rows(PENALTY), true, None),
    Field("violation", ("违法行为类型", "kind of breach"), Plain(Text), true, None),
    Field("facts", ("违法事实", "facts of the breach"), Plain(LongText), true, None),
    Field("basis", ("处罚依据", "basis of the penalty"), Plain(LongText), true, None),
    Field("content", ("处罚内容", "content of the penalty"), Plain(LongText), true, None),
    Field("fine", ("罚款金额", "fine"), Plain(Money), false, Some(("单位为元，保留两位小数", "in yuan, with two decimals"))),
    Field(
        "confiscated",
        ("没收违法所得、没收非法财物的金额", "confiscated sum"),
        Plain(Money),
        false,
        Some(("单位为元，保留两位小数", "in yuan, with two decimals")),
    ),
    Field("licence", ("暂扣或吊销证照名称及编号", "licence that was suspended or revoked"), Plain(Text), false, None),
    Field("validUntil", ("处罚有效期", "last day on which the penalty is valid"), Plain(Date), false, None),
    Field("legalRepresentative", ("法定代表人", "legal representative"), Plain(Text), false, None),
    Field("remark", ("备注", "remark"), Plain(LongText), false, None),
    Field("bodyName", ("处罚机关", "penalising body"), Plain(Text), true, None),
    Field("bodyUscc", ("处罚机关统一社会信用代码", "code of the penalising body"), Plain(Text), true, None),
    Field("sourceName", ("数据来源单位", "source of the data"), Plain(Text), true, None),
    Field("sourceUscc", ("数据来源单位统一社会信用代码", "code of the source"), Plain(Text), true, None),
    Field("measures", ("惩戒措施", "punishment measures"), Plain(Keys), false, None),
    Field(
        "publishOn",
        ("公示起始日", "first day of publication"),
        Plain(Date),
        false,
        Some(("不填则按设置的工作日数", "the setting's working days where none is given")),
    ),
    Field("dutiesDoneOn", ("义务履行日期", "day on which the duties were done"), Plain(Date), false, None),
];

const PENALTY: &[Field] = &[
    Field("kind", ("处罚种类", "kind of penalty"), Of(options::<PenaltyKind>), true, None),
    Field("size", ("罚款数额档次", "size of the fine"), Of(options::<FineSize>), false, Some(("仅罚款填写", "only for a fine"))),
    Field("until", ("处罚期限届满日", "last day of the penalty's own period"), Plain(Date), false, None),
];

const REPAIR: &[Field] = &[
    Field("contactName", ("联系人", "contact"), Plain(Text), true, None),
    Field("contactPhone", ("联系电话", "telephone"), Plain(Text), true, None),
    Field("contactEmail", ("电子邮箱", "e-mail"), Plain(Text), false, Some(("办理进展发往此邮箱", "letters go there"))),
    Field("statement", ("申请说明", "statement"), Plain(LongText), false, None),
    Field("commitment", ("承诺材料真实并承担相应责任", "the materials are true, and responsibility is accepted"), Plain(YesNo), true, None),
];

const BINDING: &[Field] = &[
    Field("uscc", USCC, Plain(Text), true, Some(("要代表的主体", "of the subject to act for"))),
    Field("capacity", ("身份", "capacity"), Of(options::<BindingCapacity>), true, None),
    Field("authorityUntil", ("授权截止日", "last day of the authority"), Plain(Date), false, Some(("代理人必填", "an agent gives it"))),
];

const HEADING: &[Field] = &[
    Field("period", ("报送周期", "reporting period"), Plain(Text), true, Some(("2026-05 或 2026-Q2", "2026-05 or 2026-Q2"))),
    Field("remark", ("备注", "remark"), Plain(LongText), false, None),
];

const COUNTS: &[Field] = &[
    Field("ground", ("列入情形", "ground"), Plain(Text), true, None),
    Field("records", ("所依据的失信信息编号", "numbers of the records that it rests on"), Plain(Keys), false, None),
    Field("fleet", ("货运车辆总数", "goods vehicles of the subject"), Plain(Number), false, None),
    Field("overloaded", ("违法车辆数", "vehicles among them that offended"), Plain(Number), false, None),
];

const LIST_TYPE: Field =
    Field("listType", ("名单类型", "list type"), Plain(Text), true, Some(("见 listTypes", "as `listTypes` shows them")));
const GROUNDS: Field = Field("grounds", ("列入情形", "grounds"), Plain(Keys), true, None);
const COUNTED: Field = Field("counts", ("计次情形的依据", "what counting grounds rest on"), Rows(COUNTS), false, None);
const YEARS: Field = Field(
    "years",
    ("列入年限", "years on the list"),
    Plain(Number),
    false,
    Some(("不填则按名单类型", "the list type's own where none is given")),
);
const LAW: Field = Field(
    "law",
    ("准许更长期限的法律条款", "law that allows a longer term"),
    Plain(Text),
    false,
    Some(("写作 source/article", "as source/article")),
);

const ENTRY: &[Field] = &[
    LIST_TYPE,
    GROUNDS,
    Field("measures", ("建议措施", "proposed measures"), Plain(Keys), false, None),
    COUNTED,
    Field("facts", ("事实和理由", "facts and reasons"), Plain(LongText), true, None),
    Field("remark", ("备注", "remark"), Plain(LongText), false, None),
];

const RELATED: &[Field] = &[
    Field("capacity", ("身份", "capacity"), Of(options::<Capacity>), true, None),
    Field("kind", ("主体类型", "kind of subject"), Of(options::<SubjectKind>), true, None),
    Field("name", ("姓名或名称", "name"), Plain(Text), true, None),
    Field("uscc", USCC, Plain(Text), false, OF_ORGANISATIONS),
    Field("residentId", RESIDENT_ID, Plain(Text), false, OF_PERSONS),
];

const LISTING: &[Field] = &[
    LIST_TYPE,
    GROUNDS,
    Field("measures", ("惩戒措施", "measures"), Plain(Keys), true, None),
    YEARS,
    LAW,
    COUNTED,
    Field("facts", ("事实和理由", "facts and reasons"), Plain(LongText), true, None),
    Field("related", ("关联人员", "related persons"), Rows(RELATED), false, None),
];

const DECISION: &[Field] = &[GROUNDS, Field("measures", ("惩戒措施", "measures"), Plain(Keys), true, None), YEARS, LAW];

const OBJECTION: &[Field] = &[
    Field("ground", ("异议事由", "ground of the objection"), Of(options::<ObjectionGround>), true, None),
    Field("statement", ("事实和理由", "facts and reasons"), Plain(LongText), true, None),
    Field("contactEmail", ("电子邮箱", "e-mail"), Plain(Text), false, Some(("答复进展发往此邮箱", "letters go there"))),
];

const OFFICE: Field = Field("office", ("本单位", "your office"), Plain(Text), true, Some(("单位代号", "by its key")));
const EXTERNAL: Field = Field("externalNumber", ("“信用中国”编号", "number of Credit China"), Plain(Text), false, None);

/// What an act takes beside its form and its papers: the caller's office, the way by which a paper came in.
const BESIDE: &[(&str, &[Field])] = &[
    ("registerPublicationRecord", &[OFFICE]),
    ("openProposalBatch", &[OFFICE]),
    (
        "addProposalEntry",
        &[Field("batch", ("所属名单", "the list it goes into"), Plain(Text), true, Some(("草稿名单的 id", "the id of a draft list")))],
    ),
    ("registerRepairApplication", &[Field("channel", ("来件途径", "the way it came in"), Of(came_in), true, None), EXTERNAL]),
    ("registerObjection", &[Field("cameBy", ("提出途径", "the way it was raised"), Of(options::<Route>), true, None), EXTERNAL]),
];

/// The ways by which an application is registered: the party's own one opens it itself.
fn came_in() -> Vec<Choosable> {
    options::<Channel>().into_iter().filter(|(word, _)| *word != Channel::Portal.key()).collect()
}

/// What a mutation takes beside the asks of its rows.
pub fn beside(mutation: &str) -> Vec<AskShown> {
    let found = BESIDE.iter().find(|(name, _)| *name == mutation);
    found.into_iter().flat_map(|(_, fields)| fields.iter()).map(shown).collect()
}

/// The field of the input that holds a form, and its fields; no field where they stand in the input itself.
pub fn of(key: FormKey) -> (Option<&'static str>, Vec<AskShown>) {
    let (field, fields) = match key {
        FormKey::Record => (Some("record"), RECORD),
        FormKey::RepairApplication => (Some("application"), REPAIR),
        FormKey::Binding => (None, BINDING),
        FormKey::BatchHeading => (None, HEADING),
        FormKey::EntryDraft => (Some("entry"), ENTRY),
        FormKey::ListingDraft => (Some("listing"), LISTING),
        FormKey::ListingDecision => (None, DECISION),
        FormKey::Objection => (Some("objection"), OBJECTION),
    };
    (field, fields.iter().map(shown).collect())
}

fn shown(field: &Field) -> AskShown {
    let Field(name, title, takes, required, help) = field;
    let (kind, choices, form) = match takes {
        Plain(kind) => (*kind, Vec::new(), Vec::new()),
        Of(words) => (AskKind::Choice, words().into_iter().map(option).collect(), Vec::new()),
        Rows(fields) => (AskKind::Rows, Vec::new(), fields.iter().map(shown).collect()),
    };
    let help = help.map(super::words::Words::from);
    AskShown { help, options: choices, form, ..AskShown::plain(name, kind, *title, *required) }
}
