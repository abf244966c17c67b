//! Offices, settings, the day.

use super::{Brings, Deed, Field, PLAIN};

const ZH: Field = Field::new("zh", ("中文名称", "Chinese name"), Brings::Text).needed();
const EN: Field = Field::new("en", ("英文名称", "English name"), Brings::Text).needed();
const ADDRESS_ZH: Field = Field::new("addressZh", ("地址", "Address in Chinese"), Brings::Text);
const ADDRESS_EN: Field = Field::new("addressEn", ("英文地址", "Address in English"), Brings::Text);
const TELEPHONE: Field = Field::new("telephone", ("电话", "Telephone"), Brings::Text);
const HOURS_ZH: Field = Field::new("hoursZh", ("办公时间", "Opening hours in Chinese"), Brings::Text);
const HOURS_EN: Field = Field::new("hoursEn", ("英文办公时间", "Opening hours in English"), Brings::Text);
const REVIEW_ZH: Field = Field::new("reviewZh", ("行政复议机关", "Review authority in Chinese"), Brings::Text)
    .help("不填则为本级人民政府", "the people's government of its level where none is named");
const REVIEW_EN: Field = Field::new("reviewEn", ("行政复议机关英文名称", "Review authority in English"), Brings::Text);
const COURT_ZH: Field = Field::new("courtZh", ("行政诉讼管辖法院", "Court in Chinese"), Brings::Text)
    .help("不填则为有管辖权的人民法院", "the competent people's court where none is named");
const COURT_EN: Field = Field::new("courtEn", ("行政诉讼管辖法院英文名称", "Court in English"), Brings::Text);
const BODY_ZH: Field = Field::new("bodyZh", ("发文机关", "Issuing body in Chinese"), Brings::Text)
    .help("文书以其名义制发的法定机关全称", "the legal body in whose name its papers go out, in full");
const BODY_EN: Field = Field::new("bodyEn", ("发文机关英文名称", "Issuing body in English"), Brings::Text);

const NEW_OFFICE: &[Field] = &[
    Field::new("key", ("代号", "Key"), Brings::Text)
        .needed()
        .help("小写字母、数字、下划线，开立后不变", "small letters, digits and underscores; it never changes"),
    ZH,
    EN,
    Field::new("kind", ("类别", "Kind"), Brings::Word("OfficeKind")).needed(),
    Field::new("divisionCode", ("行政区划代码", "Division code"), Brings::Text)
        .help("县（区）局填写，六位数字", "of a county bureau, six digits"),
    Field::new("numberWord", ("机关代字", "Word of its document numbers"), Brings::Text).needed(),
    Field::new("sector", ("行业领域", "Line of transport"), Brings::Word("Sector"))
        .help("由其出具行业意见的填写", "where its opinion is asked"),
    ADDRESS_ZH,
    ADDRESS_EN,
    TELEPHONE,
    HOURS_ZH,
    HOURS_EN,
    REVIEW_ZH,
    REVIEW_EN,
    COURT_ZH,
    COURT_EN,
    BODY_ZH,
    BODY_EN,
];

pub(super) const DEEDS: &[Deed] = &[
    Deed {
        mutation: "addOffices",
        title: ("增设单位", "Add offices"),
        help: Some(("同时填写多个单位的，要么全部增设，要么都不增设", "All of them are added, or none")),
        arguments: "input: AddOfficesInput!",
        fields: &[Field::new("offices", ("单位", "Office"), Brings::Rows(NEW_OFFICE)).needed()],
        page: "/offices",
        ..PLAIN
    },
    Deed {
        mutation: "renameOffice",
        title: ("更名", "Rename"),
        help: Some(("已发文书和已公示信息保留当时的名称", "Letters and published entries keep the name of their day")),
        arguments: "input: RenameOfficeInput!",
        fields: &[Field::given("office"), ZH, EN],
        page: "/offices",
        ..PLAIN
    },
    Deed {
        mutation: "changeOffice",
        title: ("变更联系方式和救济机关", "Change particulars"),
        help: Some(("留空的项目不变", "What is left empty stays as it is")),
        arguments: "input: ChangeOfficeInput!",
        fields: &[
            Field::given("office"),
            ADDRESS_ZH,
            ADDRESS_EN,
            TELEPHONE,
            HOURS_ZH,
            HOURS_EN,
            REVIEW_ZH,
            REVIEW_EN,
            COURT_ZH,
            COURT_EN,
            BODY_ZH,
            BODY_EN,
        ],
        page: "/offices",
        ..PLAIN
    },
    Deed {
        mutation: "endOffice",
        title: ("撤销单位", "End the office"),
        help: Some((
            "未办结的案件转由承接单位继续办理；有未办结案件的，须写明承接单位",
            "The successor goes on with its open cases; it is needed while anything is open",
        )),
        arguments: "input: EndOfficeInput!",
        fields: &[Field::given("office"), Field::new("successor", ("承接单位", "Successor"), Brings::Office)],
        last: true,
        page: "/offices",
        ..PLAIN
    },
    Deed {
        mutation: "changeSetting",
        title: ("变更设置", "Change the setting"),
        arguments: "key: String!, value: String!",
        fields: &[Field::given("key"), Field::new("value", ("新的值", "New value"), Brings::Text).needed()],
        page: "/settings",
        ..PLAIN
    },
    Deed {
        mutation: "startPlan",
        title: ("启动方案", "Start the plan"),
        help: Some((
            "按方案新建每个责任单位的任务；已启动的，任务转入新版本",
            "Opens a task for every owner of every line; of a plan that runs, tasks go over to the newer version",
        )),
        arguments: "input: StartPlanInput!",
        fields: &[Field::given("version")],
        page: "/plan",
        ..PLAIN
    },
    Deed {
        mutation: "freezeMeasures",
        title: ("固定指标", "Freeze the rates"),
        help: Some((
            "按所选之日计算三率并固定，同时留存不合格明细；每月结束后系统自动固定上月",
            "Counts the rates as they stand on the day, with the lists of what fails them; the house freezes every month that has ended by itself",
        )),
        arguments: "input: FreezeMeasuresInput!",
        fields: &[Field::new("asOf", ("截至", "As of"), Brings::Date).needed()],
        page: "/rates",
        ..PLAIN
    },
    Deed {
        mutation: "closePlan",
        title: ("结束方案", "Close the plan"),
        help: Some(("未办结的任务随方案归档；进展仍可查看", "Its tasks are closed with it; the board can still be read")),
        arguments: "input: ClosePlanInput!",
        fields: &[Field::given("run")],
        last: true,
        page: "/plan",
        ..PLAIN
    },
    Deed {
        mutation: "resendLetters",
        title: ("重新发送", "Send again"),
        arguments: "input: ResendLettersInput!",
        fields: &[Field::new("letter", ("", ""), Brings::Given), Field::new("code", ("", ""), Brings::Given)],
        page: "/letters",
        ..PLAIN
    },
    Deed {
        mutation: "advanceDemoClock",
        title: ("推进演示日期", "Advance the demo's day"),
        help: Some(("系统会逐日办理到期事项；不能退回", "The house does day by day what falls due; there is no way back")),
        arguments: "to: Date!",
        fields: &[Field::new("to", ("推进到", "To"), Brings::Date).needed()],
        last: true,
        page: "/keeping",
        ..PLAIN
    },
    Deed {
        mutation: "confirmDay",
        title: ("确认日期无误", "Vouch for the day"),
        help: Some((
            "系统停机超过规定时间后，由管理员确认机器的日期；确认前不自动公示、停止公示或者删除",
            "After a long stop an administrator vouches that the machine shows the right day; until then the house publishes, ends and erases nothing by itself",
        )),
        arguments: "day: Date!",
        fields: &[Field::new("day", ("今天的日期", "Today's date"), Brings::Date).needed()],
        page: "/keeping",
        ..PLAIN
    },
];
