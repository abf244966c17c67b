//! A table of an office: sent in, checked cell by cell while a page waits, and shown with all that was found.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::Typed,
    house::{House, Wanted},
    sent::Papers,
    visit::{SignedIn, Visit},
};

const SEATS: &str = include_str!("../../documents/seats.graphql");
const IMPORTS: &str = include_str!("../../documents/import.graphql");
const CHECK: &str = include_str!("../../documents/import-check.graphql");

/// Kinds of table, as the schema names them.
pub const LAYOUTS: [&str; 3] = ["PENALTY_RECORDS", "PROPOSAL_ENTRIES", "REPAIR_APPLICATIONS"];
/// Rows of an item of the catalogue: that layout, with the item behind a colon.
const REGISTER: &str = "INFORMATION:";
/// Problems, warnings and rows before that one page shows: more would be a heavy page, and the marked file has them all.
const SHOWN: usize = 40;
/// Imports that one page lists.
const LISTED: usize = 20;

/// Which table it is, whose, and what the file was called.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub layout: String,
    pub office: String,
    pub name: String,
}

impl Table {
    pub fn asked(visit: &Visit) -> Self {
        let text = |name: &str| visit.asked(name).unwrap_or_default().to_owned();
        Self { layout: text("layout"), office: text("office"), name: text("name") }
    }

    pub fn typed(typed: &Typed) -> Self {
        let text = |name: &str| typed.one(name).to_owned();
        Self { layout: text("layout"), office: text("office"), name: text("name") }
    }

    fn is_known(&self) -> bool {
        self.has_layout() && !self.office.is_empty()
    }

    fn has_layout(&self) -> bool {
        LAYOUTS.contains(&self.layout.as_str()) || self.layout.starts_with(REGISTER)
    }

    /// The layout as the schema has it, and the item of a register.
    pub fn named(&self) -> (&str, Option<&str>) {
        match self.layout.strip_prefix(REGISTER) {
            Some(item) => ("INFORMATION", Some(item)),
            None => (&self.layout, None),
        }
    }

    /// An address of the table, with what else it says.
    pub fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        let own = [("layout", self.layout.as_str()), ("office", &self.office), ("name", &self.name)];
        let said = own.iter().chain(more).filter(|(_, value)| !value.is_empty());
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in said {
            text.append_pair(name, value);
        }
        format!("{path}?{}", text.finish())
    }
}

/// Makes a page come again by itself. A header and no element: readers of the page can still go on by a link.
pub(super) fn again_soon(answer: &mut Response) {
    answer.headers_mut().insert(header::REFRESH, HeaderValue::from_static("2"));
}

/// The page of somebody who signs in first, and then finds the table as it was chosen.
fn sign_in(visit: &Visit, table: &Table) -> Response {
    let query = BTreeMap::from([("layout".to_owned(), table.layout.clone()), ("office".to_owned(), table.office.clone())]);
    Visit { query, path: "/import".to_owned(), ..visit.clone() }.sign_in().into_response()
}

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let table = Table::asked(&visit);
    drawn(&console, &visit, StatusCode::OK, &table, &Typed::default(), &[]).await
}

/// The form, and what the office imported before.
async fn drawn<H: House>(
    console: &Console<H>,
    visit: &Visit,
    status: StatusCode,
    table: &Table,
    typed: &Typed,
    wrong: &[WrongField],
) -> Response {
    match start(console, visit, table).await {
        Ok(mut data) => {
            data["wrong"] = json!(wrong);
            data["kept"] = json!({ "id": typed.one("file.upload"), "name": typed.one("file.name") });
            console.page_as(visit, status, "import.html", data).await
        }
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

async fn start<H: House>(console: &Console<H>, visit: &Visit, table: &Table) -> Result<Value, Trouble> {
    let seats = console.read(visit, SEATS, json!({})).await?;
    let me = &seats["me"];
    if me.is_null() {
        return Err(Trouble::SignIn);
    }
    let sits = me["seats"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut own: Vec<Value> = Vec::new();
    for office in sits.iter().map(|seat| &seat["office"]).filter(|office| office.is_object()) {
        if !own.contains(office) {
            own.push(office.clone());
        }
    }
    // Whoever sees every case sees what every office imported.
    let listable = if me["seesAll"] == true { seats["offices"].as_array().cloned().unwrap_or_default() } else { own.clone() };
    let known = |list: &[Value]| list.iter().any(|office| office["key"] == table.office.as_str());
    let first = own.first().or(listable.first()).and_then(|office| office["key"].as_str());
    let listed = if known(&listable) { table.office.as_str() } else { first.ok_or(Trouble::Forbidden)? };
    let before = visit.asked("after").filter(|id| id.parse::<Uuid>().is_ok());
    let mut data = console.read(visit, IMPORTS, json!({ "office": listed, "first": LISTED, "before": before })).await?;
    let imports = data["fileImports"].as_array().map(Vec::as_slice).unwrap_or_default();
    let last = imports.last().filter(|_| imports.len() == LISTED).and_then(|last| last["id"].as_str());
    let more = last.map(|id| visit.here_with(&[("after", id), ("lang", "")]));
    // What Credit China pushes is all that its clerk imports.
    let clerk = table.layout.is_empty() && sits.iter().any(|seat| seat["rank"] == "PLATFORM_CLERK");
    data["more"] = json!(more);
    data["table"] = json!({
        "layout": if clerk { "REPAIR_APPLICATIONS" } else { table.layout.as_str() },
        "office": if known(&own) { table.office.as_str() } else { "" },
    });
    data["listed"] = listed.into();
    data["own"] = own.into();
    data["listable"] = listable.into();
    data["layouts"] = json!(LAYOUTS);
    let items = data["catalogueItems"].as_array().into_iter().flatten();
    let brought: Vec<_> =
        items.filter(|item| item["byFile"] == true && item["mine"].as_array().is_some_and(|mine| !mine.is_empty())).cloned().collect();
    data["items"] = brought.into();
    Ok(data)
}

/// What is missing in the form.
fn missing(table: &Table, upload: &str) -> Vec<WrongField> {
    let all = [
        (!table.has_layout(), "layout", "请选择表格种类", "Choose the kind of table"),
        (table.office.is_empty(), "office", "请选择单位", "Choose the office"),
        (upload.is_empty(), "file", "请选择要检查的文件", "Choose the file that is to be checked"),
    ];
    all.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, field, zh, en)| WrongField::new(field, zh, en)).collect()
}

/// Takes a table in: it is kept, and its check begins on the next page.
pub async fn send<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Papers(mut typed): Papers) -> Response {
    let mut table = Table::typed(&typed);
    let mut wrong = Vec::new();
    if let Some(file) = std::mem::take(&mut typed.files).into_iter().find(|file| file.field == "file") {
        match console.house.bring(visit.visitor.clone(), file.bytes).await {
            Ok(kept) => {
                typed.set("file.upload", kept.id);
                typed.set("file.name", file.name);
            }
            Err(unkept) if unkept.status == StatusCode::UNAUTHORIZED => return sign_in(&visit, &table),
            Err(unkept) => wrong.push(WrongField { field: "file".to_owned(), words: unkept.words }),
        }
    }
    let said = missing(&table, typed.one("file.upload"));
    wrong.extend(said.into_iter().filter(|one| one.field != "file" || wrong.is_empty()).collect::<Vec<_>>());
    if !wrong.is_empty() {
        return drawn(&console, &visit, StatusCode::UNPROCESSABLE_ENTITY, &table, &typed, &wrong).await;
    }
    table.name = typed.one("file.name").to_owned();
    let path = format!("/import/{}", typed.one("file.upload"));
    Redirect::to(&table.address(&path, &[])).into_response()
}

/// The check of a table, while it runs and when it has ended.
pub async fn check<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(upload): Path<String>) -> Response {
    let table = Table::asked(&visit);
    let tried = json!({ "nothing": visit.asked("again").is_some() });
    checked(&console, &visit, StatusCode::OK, &table, &upload, tried).await
}

/// The page of a check, with what a commit that was tried has to say.
pub(super) async fn checked<H: House>(
    console: &Console<H>,
    visit: &Visit,
    status: StatusCode,
    table: &Table,
    upload: &str,
    tried: Value,
) -> Response {
    if !table.is_known() || upload.parse::<Uuid>().is_err() {
        return console.trouble(visit, Trouble::Missing).await;
    }
    let (layout, item) = table.named();
    let asked = json!({ "layout": layout, "item": item, "office": table.office, "upload": upload, "first": SHOWN });
    match console.read(visit, CHECK, asked).await {
        Ok(data) => {
            // What a commit had to say would be lost by a page that comes again.
            let runs = data["fileCheck"]["ended"] == false && status == StatusCode::OK;
            let mut answer = console.page_as(visit, status, "import-check.html", page(data, table, upload, &tried)).await;
            if runs {
                again_soon(&mut answer);
            }
            answer
        }
        // The file cannot be read, or is none of the visitor's: another one can be sent at once.
        Err(Trouble::Wrong(mut wrong)) => {
            for one in wrong.iter_mut().filter(|one| one.field == "upload") {
                "file".clone_into(&mut one.field);
            }
            drawn(console, visit, StatusCode::UNPROCESSABLE_ENTITY, table, &Typed::default(), &wrong).await
        }
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

fn page(mut data: Value, table: &Table, upload: &str, tried: &Value) -> Value {
    let check = &mut data["fileCheck"];
    let repeats = check["repeats"].as_array().map_or(0, Vec::len);
    if let Some(repeats) = check["repeats"].as_array_mut() {
        repeats.truncate(SHOWN);
    }
    let sheets = check["sheets"].as_array().map_or(0, Vec::len);
    let path = format!("/import/{upload}");
    json!({
        "check": check, "tried": tried, "repeats": repeats, "several": sheets > 1, "shown": SHOWN, "key": Uuid::now_v7().to_string(),
        "layout": table.layout, "office": table.office, "name": table.name,
        "place": data["offices"].as_array().into_iter().flatten().find(|office| office["key"] == table.office.as_str()),
        "here": table.address(&path, &[]), "commit": format!("{path}/commit"), "marked": table.address(&format!("{path}/marked"), &[]),
        "other": table.address("/import", &[]),
    })
}

/// The table that was sent, with its faults marked.
pub async fn marked<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(upload): Path<String>) -> Response {
    let Table { layout, office, .. } = Table::asked(&visit);
    // The house's own files name their layouts in small letters.
    let wanted = Wanted::Marked { upload, layout: layout.to_lowercase(), office };
    given(&console, &visit, wanted).await
}

/// A file of the house as a download, or the page that says why not.
pub(super) async fn given<H: House>(console: &Console<H>, visit: &Visit, wanted: Wanted) -> Response {
    let file = console.house.file(visit.visitor.clone(), wanted).await;
    console.download(visit, file).await
}
