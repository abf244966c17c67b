//! The calculators of the law: their state stands in the address, so an answer can be sent on; nothing is kept. A number of a
//! person belongs in no address: identifiers are sent in a form.

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};

use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::{Typed, fields, input},
    house::House,
    sent::Words,
    view::Titles,
    visit::Visit,
};

const LIMIT: &str = include_str!("../../documents/calculator-limit.graphql");
const TERMS: &str = include_str!("../../documents/calculator-terms.graphql");
const CODE: &str = include_str!("../../documents/calculator-code.graphql");

/// A field of a calculator.
fn ask(field: &str, kind: &str, zh: &str, en: &str, required: bool) -> Value {
    let none = json!([]);
    json!({
        "field": field, "kind": kind, "title": { "zh": zh, "en": en }, "help": null, "required": required,
        "options": none, "accept": none, "form": none,
    })
}

fn helped(mut ask: Value, zh: &str, en: &str) -> Value {
    ask["help"] = json!({ "zh": zh, "en": en });
    ask
}

fn chosen(mut ask: Value, options: &Value) -> Value {
    ask["options"] = options.clone();
    ask
}

fn formed(mut ask: Value, form: Value) -> Value {
    ask["form"] = form;
    ask
}

/// What a limit is counted from.
fn limit_asks(titles: &Titles) -> Value {
    json!([
        helped(
            ask("from", "DATE", "从哪天起算", "Counted from", true),
            "收到、送达、作出之日；这一天本身不计入",
            "the day on which it came, was served or was done; it is not counted itself"
        ),
        ask("count", "NUMBER", "多少", "How many", true),
        chosen(ask("unit", "CHOICE", "单位", "Of what", true), &titles.words("Unit")),
        formed(
            helped(
                ask("pauses", "ROWS", "不计入的期间", "Times that do not count", false),
                "例如检测、鉴定、听证的期间；没有的不填",
                "such as an appraisal; leave it out where there is none"
            ),
            json!([ask("first", "DATE", "第一天", "First day", true), ask("last", "DATE", "最后一天", "Last day", true)])
        ),
        helped(
            ask("moveToWorkingDay", "YES_NO", "最后一天逢休息日的，顺延至下一个工作日", "A last day that is not worked moves on", false),
            "当事人的期限顺延；不选的不顺延",
            "so with the time of a party; not where nothing is chosen"
        ),
    ])
}

/// What class and terms follow from.
fn terms_asks(titles: &Titles) -> Value {
    json!([
        chosen(ask("subjectKind", "CHOICE", "当事人是", "The party is", true), &titles.words("SubjectKind")),
        chosen(ask("procedure", "CHOICE", "处罚程序", "Procedure", true), &titles.words("PenaltyProcedure")),
        ask("findingDate", "DATE", "决定日期", "Day of the decision", true),
        chosen(
            helped(ask("sector", "CHOICE", "业务领域", "Field", false), "不属于所列领域的不选", "leave it open where none fits"),
            &titles.words("Sector")
        ),
        formed(
            ask("penalties", "ROWS", "处罚", "Penalties", true),
            json!([
                chosen(ask("kind", "CHOICE", "种类", "Kind", true), &titles.words("PenaltyKind")),
                chosen(
                    helped(ask("size", "CHOICE", "罚款档次", "Size of the fine", false), "只有罚款才选", "of a fine only"),
                    &titles.words("FineSize")
                ),
                helped(
                    ask("until", "DATE", "处罚本身的期限至", "The penalty itself lasts to", false),
                    "暂扣、限制等有期限的才填",
                    "of a suspension or a restriction with an end"
                ),
            ])
        ),
        helped(
            ask("dutiesDoneOn", "DATE", "义务履行完毕之日", "Duties done on", false),
            "尚未履行完毕的不填",
            "leave it out while they are not"
        ),
    ])
}

/// What an identifier is checked by.
fn code_asks() -> Value {
    let kinds = json!([
        { "key": "USCC", "title": { "zh": "统一社会信用代码", "en": "unified social credit code" } },
        { "key": "RESIDENT_ID", "title": { "zh": "公民身份号码", "en": "citizen identity number" } },
    ]);
    json!([
        chosen(ask("kind", "CHOICE", "种类", "Kind", true), &kinds),
        helped(
            ask("value", "TEXT", "代码或者号码", "Code or number", true),
            "空格、全角字符、小写字母都可以",
            "blanks, wide characters and small letters do not matter"
        ),
    ])
}

/// A calculator: which it is, what it asks, its document.
#[derive(Clone, Debug)]
struct Calculator {
    which: &'static str,
    asks: Value,
    document: &'static str,
}

impl Calculator {
    /// The page, with the answer where everything that it needs was typed.
    async fn answered<H: House>(&self, console: &Console<H>, visit: &Visit, typed: &Typed) -> Response {
        let fields: Vec<_> = self.asks.as_array().into_iter().flatten().filter_map(|ask| ask["field"].as_str()).collect();
        let begun = fields.iter().any(|name| !typed.one(name).is_empty() || !typed.rows(name).is_empty());
        if !begun || !typed.one("more").is_empty() {
            return self.page(console, visit, typed, &[], Value::Null).await;
        }
        let (mut given, mut wrong) = (Map::new(), Vec::new());
        input::of(&self.asks, "", typed, &mut given, &mut wrong);
        if !wrong.is_empty() {
            return self.page(console, visit, typed, &wrong, Value::Null).await;
        }
        let variables = if self.which == "code" { Value::Object(given) } else { json!({ "input": given }) };
        match console.read(visit, self.document, variables).await {
            Ok(data) => self.page(console, visit, typed, &[], data["answer"].clone()).await,
            Err(Trouble::Wrong(wrong)) => self.page(console, visit, typed, &wrong, Value::Null).await,
            Err(trouble) => console.trouble(visit, trouble).await,
        }
    }

    async fn page<H: House>(&self, console: &Console<H>, visit: &Visit, typed: &Typed, wrong: &[WrongField], answer: Value) -> Response {
        let points = Value::Null;
        let around = fields::Around { typed, wrong, language: visit.language, points: &points };
        let drawn = fields::of(&self.asks, "", around);
        let data = json!({ "which": self.which, "fields": drawn, "wrong": fields::named(&self.asks, "", wrong), "answer": answer });
        let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        console.page_as(visit, status, "calculator.html", data).await
    }
}

pub async fn limit<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let asks = limit_asks(&console.titles().await);
    let typed = Typed::from_query(&visit.query);
    Calculator { which: "limit", asks, document: LIMIT }.answered(&console, &visit, &typed).await
}

pub async fn terms<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let asks = terms_asks(&console.titles().await);
    let typed = Typed::from_query(&visit.query);
    Calculator { which: "terms", asks, document: TERMS }.answered(&console, &visit, &typed).await
}

pub async fn code<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    Calculator { which: "code", asks: code_asks(), document: CODE }.answered(&console, &visit, &Typed::default()).await
}

pub async fn check_code<H: House>(State(console): State<Console<H>>, visit: Visit, Words(typed): Words) -> Response {
    Calculator { which: "code", asks: code_asks(), document: CODE }.answered(&console, &visit, &typed).await
}
