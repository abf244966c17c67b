//! Accounts, seats, deputies, erasure.

use super::{Brings, Deed, Field, PLAIN};

const RANK: Field = Field::new("rank", ("岗位", "Seat"), Brings::Word("Rank")).needed();
const OFFICE: Field =
    Field::new("office", ("单位", "Office"), Brings::Office).help("管理员、审计员不填", "none for administrators and auditors");

pub(super) const DEEDS: &[Deed] = &[
    Deed {
        mutation: "addAccount",
        title: ("开立账号", "Add an account"),
        help: Some((
            "管理员、单位负责人、局领导的岗位须由另一名管理员确认后生效",
            "A seat of an administrator, a head or a leader counts only after another administrator has confirmed it",
        )),
        arguments: "input: AddAccountInput!",
        fields: &[
            Field::new("login", ("用户名", "Sign-in name"), Brings::Text).needed(),
            Field::new("name", ("姓名", "Name of the person"), Brings::Text).needed(),
            Field::new("password", ("初始密码", "First password"), Brings::Password)
                .needed()
                .help("至少12个字符；请本人首次登录后修改", "at least 12 characters; the holder changes it after the first sign-in"),
            Field::new("email", ("电子邮箱", "E-mail"), Brings::Text).help("不填则不发邮件", "no letters are sent where there is none"),
            Field::new("language", ("通知语言", "Language of letters"), Brings::Word("Language")),
            Field::new("seats", ("岗位", "Seats"), Brings::Rows(&[RANK, OFFICE])),
        ],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "disableAccount",
        title: ("停用账号", "Disable the account"),
        help: Some((
            "立即退出登录，不能再登录，已认领的事项退回单位；岗位保留，需要收回的另行撤销",
            "It is signed out at once and cannot sign in, and what it has claimed goes back to the office; its seats stay: revoke those that shall end",
        )),
        arguments: "account: String!",
        fields: &[Field::given("account")],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "enableAccount",
        title: ("恢复账号", "Enable the account"),
        help: Some(("可以重新登录，所持岗位继续有效", "It signs in again, and its seats count again")),
        arguments: "account: String!",
        fields: &[Field::given("account")],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "grantRole",
        title: ("授予岗位", "Grant a seat"),
        help: Some((
            "管理员、单位负责人、局领导的岗位须由另一名管理员确认后生效",
            "A seat of an administrator, a head or a leader counts only after another administrator has confirmed it",
        )),
        arguments: "account: String!, rank: Rank!, office: String",
        fields: &[Field::given("account"), RANK, OFFICE],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "confirmRole",
        title: ("确认岗位", "Confirm the seat"),
        arguments: "seat: ID!",
        fields: &[Field::given("seat")],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "revokeRole",
        title: ("撤销岗位", "Revoke the seat"),
        arguments: "seat: ID!",
        fields: &[Field::given("seat")],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "linkIdentity",
        title: ("关联统一身份", "Link an identity"),
        help: Some((
            "先核对是本人；编号由本人在统一身份登录未关联时的页面上抄下",
            "Make sure first that it is the holder's; the holder reads the number on the page that says that the identity is not linked",
        )),
        arguments: "account: String!, subject: String!",
        fields: &[Field::given("account"), Field::new("subject", ("统一身份编号", "Number of the identity"), Brings::Text).needed()],
        page: "/people",
        ..PLAIN
    },
    Deed {
        mutation: "unlinkIdentity",
        title: ("解除关联", "Unlink"),
        arguments: "account: String!, link: ID!",
        fields: &[Field::given("account"), Field::given("link")],
        page: "/me",
        ..PLAIN
    },
    Deed {
        mutation: "appointDeputy",
        title: ("指定代理人", "Appoint a deputy"),
        help: Some((
            "代理人在所定期间内代行该岗位；四眼原则仍按人计算",
            "The deputy acts in the seat for these days; four eyes still count human beings",
        )),
        arguments: "input: AppointDeputyInput!",
        fields: &[
            Field::given("principal"),
            Field::new("deputy", ("代理人", "Deputy"), Brings::Person).needed(),
            RANK,
            OFFICE,
            Field::new("fromDay", ("自", "From"), Brings::Date).needed(),
            Field::new("until", ("至", "Until"), Brings::Date).needed().help("含当日", "that day is counted"),
        ],
        page: "/me",
        ..PLAIN
    },
    Deed {
        mutation: "chooseReminders",
        title: ("期限提醒方式", "How deadlines are told"),
        help: Some(("不选则按系统设置", "as the house's setting says where none is chosen")),
        arguments: "reminders: Reminders",
        fields: &[Field::new("reminders", ("方式", "Way"), Brings::Word("Reminders"))],
        page: "/me",
        ..PLAIN
    },
    Deed {
        mutation: "erasePersonalValues",
        title: ("删除个人信息", "Erase personal values"),
        help: Some((
            "删除后无法恢复；审计日志中的密文随密钥一并失效，条目仍可核验",
            "It cannot be undone; the sealed values lose their key, and the entries can still be proved",
        )),
        arguments: "input: ErasePersonalValuesInput!",
        fields: &[Field::given("account"), Field::new("ground", ("删除事由", "Ground"), Brings::Word("ErasureGround")).needed()],
        last: true,
        page: "/people",
        ..PLAIN
    },
];
