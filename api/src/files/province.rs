//! The list that goes to the province: confirmed entries of a batch, frozen by the digest of its files.

use axum::body::Bytes;
use domain::{ids::CaseId, rows::Case};
use workflows::engine;

use super::{
    beside::Beside,
    exports::{ExportFault, Form},
};
use crate::{
    app::App,
    store::{
        StoreFault,
        load::{self, Wanted},
    },
};

const COLUMNS: [&str; 12] = [
    "序号",
    "条目编号",
    "报送单位",
    "主体名称",
    "统一社会信用代码",
    "证件号码（遮蔽）",
    "依据文书文号",
    "认定单位",
    "名单类型",
    "列入情形",
    "建议惩戒措施",
    "报送日期",
];

/// A list as it is sent: its entries, and the same rows in both forms.
#[derive(Debug)]
pub struct Sent {
    pub entries: Vec<CaseId>,
    pub files: Vec<(Form, Bytes)>,
}

/// The entries of a batch that would be sent now, as a list.
///
/// # Errors
/// [`ExportFault`] when the database fails or a file cannot be written.
pub async fn list(app: &App, batch: &Case) -> Result<Sent, ExportFault> {
    let mut wanted = Wanted::default();
    wanted.cases.insert(batch.id.to_string());
    let entries = load::decided(&app.database, wanted, |snapshot| engine::forwardable(&app.rules(), snapshot, batch.id)).await?;
    let cases: Vec<&Case> = entries.iter().collect();
    let beside = Beside::read(app, &cases).await?;
    let rows = entries.iter().enumerate().map(|(number, entry)| line(app, &beside, number + 1, entry)).collect::<Result<Vec<_>, _>>()?;
    let mut files = Vec::new();
    for form in [Form::Xlsx, Form::Csv] {
        files.push((form, Bytes::from(form.write("失信惩戒建议名单", &COLUMNS, &rows)?)));
    }
    Ok(Sent { entries: entries.iter().map(|entry| entry.id).collect(), files })
}

fn line(app: &App, beside: &Beside, number: usize, entry: &Case) -> Result<Vec<String>, StoreFault> {
    let Some(data) = entry.data.0.proposal() else { return Err(StoreFault::broken("an entry without a form")) };
    let rules = app.rules();
    let list_type = rules.list_types.get(&data.form.list_type);
    let grounds = data
        .form
        .grounds
        .iter()
        .map(|key| list_type.and_then(|list_type| list_type.ground(key)).map_or(key.clone(), |ground| ground.zh.clone()));
    let measures = data.form.measures.iter().map(|key| rules.measures.get(key).map_or(key.clone(), |measure| measure.zh.clone()));
    Ok(vec![
        number.to_string(),
        entry.number.clone(),
        beside.office(Some(&entry.office)),
        beside.name(entry),
        beside.code(entry),
        beside.masked(app, entry),
        beside.decision_number(entry),
        beside.office(entry.finding_office.as_deref()),
        list_type.map_or_else(|| data.form.list_type.clone(), |list_type| list_type.zh.clone()),
        grounds.collect::<Vec<_>>().join("；"),
        measures.collect::<Vec<_>>().join("；"),
        app.clock.today().to_string(),
    ])
}
