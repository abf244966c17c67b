//! Register files: rows of an item of the catalogue, with columns made from its fields. What a platform would send back is told as a
//! hint; what stands in the house already is written no second time.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{LazyLock, Mutex, PoisonError},
};

use domain::{
    collection::InformationDraft,
    ids::RowId,
    moment::Micros,
    record::{Sector, SubjectKind},
};
use time::Date;
use uuid::Uuid;
use workflows::{
    Rules,
    collection::{Channel, Fact, Field, FieldType, Item, Origin, Values},
    engine::admin::registers,
    law::sha256,
    plan::dual_publication::{DAYS, due},
};

use super::{check::FileFault, kind::Register};
use crate::{
    app::App,
    sheets::{CellFault, CellKind, Column, Layout, Row, Value},
    store::{StoreFault, information},
};

/// Layouts that were made, by the digest of the catalogue and the item. Each version of the catalogue is laid out once and stays, as
/// the layouts of the program do.
static LAYOUTS: LazyLock<Mutex<HashMap<(String, String), &'static Layout>>> = LazyLock::new(Mutex::default);

/// Longest text of a cell whose field says nothing of it.
const LONGEST: usize = 4_000;

/// The layout of an item's register file; none where it comes by no file.
pub(super) fn layout(rules: &Rules, key: &str) -> Option<&'static Layout> {
    let item = rules.items.get(key).filter(|item| item.channel == Channel::File)?;
    let version = sha256(rules.files().get("catalogue.toml").unwrap_or_default());
    let mut made = LAYOUTS.lock().unwrap_or_else(PoisonError::into_inner);
    Some(made.entry((version, key.to_owned())).or_insert_with(|| Box::leak(Box::new(laid_out(item)))))
}

fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn laid_out(item: &Item) -> Layout {
    let columns: Vec<_> = item.field.iter().map(|field| column(item, field)).collect();
    Layout {
        key: kept(&format!("{}{}", registers::LAYOUT, item.key)),
        zh: kept(&item.zh),
        en: kept(&item.en),
        columns: Box::leak(columns.into_boxed_slice()),
    }
}

/// Whether a row cannot do without a field: it names whom the row is about, or the day by which it counts.
fn is_needed(item: &Item, field: &Field) -> bool {
    match field.is {
        Some(Fact::Name | Fact::Kind) => true,
        Some(Fact::DecidedOn) => item.decision.is_some(),
        Some(Fact::ValidFrom | Fact::Sectors) => item.register,
        _ => false,
    }
}

fn column(item: &Item, field: &Field) -> Column {
    let longest = field.longest.and_then(|longest| usize::try_from(longest).ok()).unwrap_or(LONGEST);
    let choices = || -> &'static [(&'static str, &'static str)] {
        let own = field.option.iter().flat_map(|option| {
            let (zh, key) = (kept(&option.zh), kept(&option.key));
            if zh == key { vec![(zh, key)] } else { vec![(zh, key), (key, key)] }
        });
        Box::leak(own.collect::<Vec<_>>().into_boxed_slice())
    };
    let sectors = || -> &'static [(&'static str, &'static str)] {
        let all = Sector::ALL.iter().flat_map(|sector| [(sector.title().0, sector.key()), (sector.key(), sector.key())]);
        Box::leak(all.collect::<Vec<_>>().into_boxed_slice())
    };
    let kind = match field.holds {
        // A longer text is a fault of the row, and not of the file: completeness names it.
        FieldType::Text => CellKind::Text(longest.max(LONGEST)),
        FieldType::Code => CellKind::Code(longest.max(200)),
        FieldType::Uscc => CellKind::Code(40),
        FieldType::Date => CellKind::Date,
        FieldType::Money => CellKind::Text(40),
        FieldType::Choice => CellKind::Choice(choices()),
        FieldType::Sectors => CellKind::Choices(sectors()),
    };
    let also: &'static [&'static str] = Box::leak(Box::new([kept(&field.key)]));
    Column::new(kept(&field.key), kept(&field.zh), kept(&field.en), also, kind, is_needed(item, field))
}

/// The values of a row by the fields of its item.
fn values(item: &Item, row: &Row) -> Values {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Cents(cents) => cents.to_string(),
        Value::Key(key) => (*key).to_owned(),
        Value::Keys(keys) => keys.join(" "),
    };
    let own = item.field.iter().filter_map(|field| Some((field.key.clone(), text(row.values.get(field.key.as_str())?))));
    own.collect()
}

/// A file of an item after its rows were looked at.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Rows that say something new, in the order of the file.
    pub rows: Vec<Row>,
    pub drafts: Vec<InformationDraft>,
    /// Rows that are in the house already, word for word.
    pub same: usize,
    pub faults: Vec<CellFault>,
    pub warnings: Vec<CellFault>,
}

/// Looks at the rows of a file: what keeps each from being taken, what a platform would send back, what stands already.
pub(super) async fn look(app: &App, register: Register, rows: Vec<Row>) -> Result<Looked, FileFault> {
    let rules = app.rules();
    let item = rules.items.get(register.item()).ok_or_else(|| StoreFault::broken("no such item"))?;
    let today = app.clock.today();
    let mut looked = Looked::default();
    let mut read = Vec::new();
    for row in rows {
        if !row.whole {
            continue; // its cells were told of when it was read
        }
        let values = values(item, &row);
        match item.row(&values, origin(today)) {
            Ok(made) => read.push((row, values, made)),
            Err(unfit) => {
                looked.faults.extend(unfit.into_iter().map(|one| row.fault(&one.field, "INFORMATION_UNFIT", one.why.0, one.why.1)));
            }
        }
    }
    let keys: BTreeSet<_> = read.iter().map(|(.., made)| made.key.clone()).collect();
    let held = information::newest(&app.database, &item.key, &keys.into_iter().collect::<Vec<_>>()).await?;
    let days = app.setting_number(DAYS).await?;
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (row, values, made) in read {
        if let Some(first) = seen.insert(made.key.clone(), row.number) {
            let (zh, en) = (format!("与第{first}行是同一条信息，请删去一行"), format!("it is the same as row {first}; delete one of them"));
            looked.faults.push(row.fault(item.unique.first().map_or("", String::as_str), "ROW_REPEATS", zh, en));
            continue;
        }
        let before = held.get(&made.key);
        if before.is_some_and(|before| before.version == made.version) {
            looked.same += 1;
            continue;
        }
        looked.warnings.extend(hints(item, &row, &values, made.kind));
        if let Some(before) = before {
            looked.warnings.push(changes(item, &row, &before.name, &made.name));
        }
        if let Some(decided) = made.decided_on.filter(|_| item.decision.is_some()) {
            looked.warnings.extend(late(app, item, &row, decided, days));
        }
        looked.drafts.push(InformationDraft { row: row.number, kind: made.kind, values });
        looked.rows.push(row);
    }
    Ok(looked)
}

fn origin(today: Date) -> Origin {
    Origin {
        id: RowId(Uuid::nil()),
        import: None,
        record: None,
        place: 0,
        office: String::new(),
        collected_on: today,
        arrived_at: Micros(0),
    }
}

/// What a platform would send back.
fn hints(item: &Item, row: &Row, values: &Values, kind: SubjectKind) -> Vec<CellFault> {
    let mut found = Vec::new();
    for reason in item.judge(kind, values).reasons {
        let Some((code, key)) = reason.split_once(':') else { continue };
        let named = item.field.iter().find(|field| field.key == key);
        let (zh, en) = named.map_or((key, key), |field| (field.zh.as_str(), field.en.as_str()));
        let (why_zh, why_en) = match code {
            "MISSING" => ("为空，平台会退回", "is empty: the platform sends it back"),
            "PLACEHOLDER" => ("是占位符，平台会退回", "is a placeholder: the platform sends it back"),
            _ => ("不符合要求，平台会退回", "is not of its type: the platform sends it back"),
        };
        found.push(row.fault(key, code, format!("{zh}{why_zh}"), format!("{en} {why_en}")));
    }
    if item.register && item.code(values).is_none() {
        let field = item.telling(Fact::Uscc).map_or("", |field| field.key.as_str());
        let (zh, en) = (
            "没有有效的统一社会信用代码：收入名录，计入覆盖率的分母，补正之前不计为已覆盖",
            "no valid code: it is kept and counts among the operators, and is not covered before the code is right",
        );
        found.push(row.fault(field, "NO_VALID_CODE", zh, en));
    }
    found
}

/// A row that is there already and says something else: the newer one counts.
fn changes(item: &Item, row: &Row, before: &str, now: &str) -> CellFault {
    let field = item.telling(Fact::Name).map_or("", |field| field.key.as_str());
    if before == now {
        let (zh, en) = ("与已归集的同一条信息内容不同，将以本行为准", "it differs from the same row in the house, and takes its place");
        return row.fault(field, "ROW_CHANGES", zh, en);
    }
    let (zh, en) = (
        format!("该信息原登记的名称是“{before}”，将改为“{now}”，请核对是否更名"),
        format!("it stands under the name “{before}” and would be called “{now}”; check that the name has changed"),
    );
    row.fault(field, "NAME_DIFFERS", zh, en)
}

/// A decision whose last day to be reported has passed.
fn late(app: &App, item: &Item, row: &Row, decided: Date, days: u32) -> Option<CellFault> {
    let (last, _) = due(app.rules().law.calendars(), decided, days).ok()?;
    let field = item.telling(Fact::DecidedOn).map_or("", |field| field.key.as_str());
    (last < app.clock.today()).then(|| {
        let (zh, en) = (format!("“双公示”报送期限{last}已过"), format!("its last day of dual publication, {last}, has passed"));
        row.fault(field, "LATE_ALREADY", zh, en)
    })
}
