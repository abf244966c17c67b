//! Who holds a piece of work, stepping aside, identity numbers.

use super::{Brings, Deed, Field, PLAIN};

pub(super) const DEEDS: &[Deed] = &[
    Deed {
        mutation: "claimCase",
        title: ("认领", "Claim"),
        arguments: "id: ID!, idempotencyKey: UUID!",
        fields: &[Field::given("id")],
        page: "/desk",
        ..PLAIN
    },
    Deed {
        mutation: "giveBackCase",
        title: ("退回单位", "Give back"),
        arguments: "id: ID!, idempotencyKey: UUID!",
        fields: &[Field::given("id")],
        page: "/desk",
        ..PLAIN
    },
    Deed {
        mutation: "reassignCase",
        title: ("转派", "Reassign"),
        help: Some(("由单位负责人转派给本单位其他人员", "The head of the office gives it to somebody else of the office")),
        arguments: "id: ID!, idempotencyKey: UUID!, seat: ID!",
        fields: &[Field::given("id"), Field::new("seat", ("转派给", "To"), Brings::Seat).needed()],
        page: "/desk",
        ..PLAIN
    },
    Deed {
        mutation: "stepAside",
        title: ("申请回避", "Step aside"),
        help: Some((
            "回避后不得再办理本案；所持事项退回单位，由他人承办",
            "Who steps aside acts on the case no more; what was claimed goes back to the office",
        )),
        arguments: "id: ID!, idempotencyKey: UUID!, reason: String!",
        fields: &[Field::given("id"), Field::new("reason", ("回避事由", "Reason"), Brings::LongText).needed()],
        last: true,
        page: "/desk",
        ..PLAIN
    },
    Deed {
        mutation: "readIdentityNumber",
        title: ("查看完整身份证号", "Read the full identity number"),
        help: Some(("查看本身及其事由记入审计日志", "That it was read, and why, is an entry of the trail")),
        arguments: "subject: ID!, purpose: String!",
        answer: "idNumber",
        fields: &[Field::given("subject"), Field::new("purpose", ("查看事由", "Purpose"), Brings::Text).needed()],
        page: "/desk",
        ..PLAIN
    },
];
