//! The list that goes to the province: confirmed entries of a batch, frozen by the digest of its files.

use axum::body::Bytes;
use domain::{ids::CaseId, rows::Case};
use sea_orm::EntityTrait;
use workflows::engine;

use super::exports::{ExportFault, Form};
use crate::{
    app::App,
    store::{
        StoreFault, counting, entities,
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

fn broken(fault: impl ToString) -> StoreFault {
    StoreFault::Broken(fault.to_string())
}

/// The entries of a batch that would be sent now, as a list.
///
/// # Errors
/// [`ExportFault`] when the database fails or a file cannot be written.
pub async fn list(app: &App, batch: &Case) -> Result<Sent, ExportFault> {
    let mut wanted = Wanted::default();
    wanted.cases.insert(batch.id.to_string());
    let entries = load::decided(&app.database, wanted, |snapshot| engine::forwardable(&app.rules(), snapshot, batch.id)).await?;
    let mut rows = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        rows.push(line(app, number + 1, entry).await?);
    }
    let mut files = Vec::new();
    for form in [Form::Xlsx, Form::Csv] {
        files.push((form, Bytes::from(form.write("失信惩戒建议名单", &COLUMNS, &rows)?)));
    }
    Ok(Sent { entries: entries.iter().map(|entry| entry.id).collect(), files })
}

async fn line(app: &App, number: usize, entry: &Case) -> Result<Vec<String>, StoreFault> {
    let Some(data) = entry.data.0.proposal() else { return Err(broken("an entry without a form")) };
    let rules = app.rules();
    let list_type = rules.list_types.get(&data.form.list_type);
    let grounds = data
        .form
        .grounds
        .iter()
        .map(|key| list_type.and_then(|list_type| list_type.ground(key)).map_or(key.clone(), |ground| ground.zh.clone()));
    let measures = data.form.measures.iter().map(|key| app.rules().measures.get(key).map_or(key.clone(), |measure| measure.zh.clone()));
    let subject = entities::credit_subject::Entity::find_by_id(entry.subject.map(|id| id.to_string()).unwrap_or_default());
    let subject = subject.one(app.database.pool()).await?.map(|row| row.row().map_err(broken)).transpose()?;
    let record = counting::case(entry.record.map(|id| id.to_string()).unwrap_or_default());
    let record = record.one(app.database.pool()).await?.map(|row| row.row().map_err(broken)).transpose()?;
    let name = match subject.as_ref().map(|row| (row.name.clone(), row.sealed_name.clone())) {
        Some((Some(name), _)) => name,
        Some((None, Some(sealed))) => app.unseal(&sealed.0).await?.unwrap_or_default(),
        _ => String::new(),
    };
    let masked = match subject.as_ref().and_then(|row| row.id_number.as_ref()) {
        Some(sealed) => app.masked(&sealed.0).await?.unwrap_or_default(),
        None => String::new(),
    };
    let office = |key: Option<String>| async move {
        let row = entities::office::Entity::find_by_id(key.unwrap_or_default()).one(app.database.pool()).await?;
        Ok::<_, StoreFault>(row.map(|row| row.zh).unwrap_or_default())
    };
    Ok(vec![
        number.to_string(),
        entry.number.clone(),
        office(Some(entry.office.clone())).await?,
        name,
        subject.as_ref().and_then(|row| row.uscc.clone()).unwrap_or_default(),
        masked,
        record.as_ref().and_then(|case| case.data.0.record()).map(|data| data.form.decision_number.clone()).unwrap_or_default(),
        office(entry.finding_office.clone()).await?,
        list_type.map_or_else(|| data.form.list_type.clone(), |list_type| list_type.zh.clone()),
        grounds.collect::<Vec<_>>().join("；"),
        measures.collect::<Vec<_>>().join("；"),
        app.clock.today().to_string(),
    ])
}
