//! Proposed punishment lists of counties and units: entries for the office's draft batch.

use domain::{
    canonical,
    command::{Arguments, Opening},
    ground::GroundFacts,
    process::{Form, Process},
    proposal::EntryForm,
};
use workflows::{engine::Rules, list_types::ListType};

use super::{kind::Kind, known::Known};
use crate::{
    app::App,
    forms::Paper,
    sheets::{CellKind, Column, Layout, Row},
};

const COLUMNS: &[Column] = &[
    Column::new("subjectName", "主体名称", "Subject", &["行政相对人名称", "失信主体名称"], CellKind::Text(200), false).says(
        "仅供核对",
        "for reading only",
        "资阳示例一运输有限公司",
    ),
    Column::new("uscc", "统一社会信用代码", "Unified social credit code", &[], CellKind::Code(18), false).says(
        "组织和个体工商户必填，18位",
        "organisations and sole traders: 18 characters",
        "",
    ),
    Column::new("residentId", "证件号码", "Identity number", &["身份证号码"], CellKind::Code(18), false).says(
        "自然人必填，18位",
        "natural persons: 18 characters",
        "",
    ),
    Column::new(
        "decisionNumber",
        "依据文书文号",
        "Number of the base document",
        &["行政处罚决定书文号", "决定书文号"],
        CellKind::Text(100),
        true,
    )
    .says("须已登记的处罚决定", "a penalty decision that is recorded", "资交罚〔2026〕12号"),
    Column::new("listType", "名单类型", "List type", &["拟列入名单"], CellKind::Text(100), true).says(
        "名称或代号",
        "its name or key",
        "严重违法失信超限超载运输名单",
    ),
    Column::new("grounds", "列入情形", "Grounds", &[], CellKind::Text(1000), true).says(
        "多项以顿号或分号分隔，名称或代号",
        "names or keys, separated by 、 or ;",
        "refused_inspection",
    ),
    Column::new("measures", "建议惩戒措施", "Measures", &["惩戒措施"], CellKind::Text(1000), false).says(
        "多项以顿号或分号分隔，名称或代号",
        "names or keys, separated by 、 or ;",
        "约谈、列为重点监管对象",
    ),
    Column::new("countedRecords", "计入的记录编号", "Records that count", &[], CellKind::Text(1000), false).says(
        "计次情形：属于该情形的处罚记录编号，以顿号或分号分隔；依据文书自动计入",
        "for grounds that count: numbers of the records of this breach, separated by 、 or ;; the base document counts by itself",
        "JL2026-000001、JL2026-000002",
    ),
    Column::new("facts", "主要事实", "Facts", &["失信事实"], CellKind::Text(4000), true).says("", "", "一年内三次拒绝检查"),
    Column::new("remark", "备注", "Remark", &[], CellKind::Text(2000), false).says("", "", ""),
];

/// The layout of proposed entries.
pub const LAYOUT: Layout =
    Layout { key: "proposal_entries", zh: "失信惩戒建议名单", en: "Proposed punishment list", columns: COLUMNS };

/// What identifies a row.
pub(super) fn identity(row: &Row) -> Option<String> {
    let who = row.text("uscc").or(row.text("residentId"))?;
    let parts = [canonical::code(who), canonical::decision_number(row.text("decisionNumber")?), canonical::name(row.text("listType")?)];
    Some(parts.join("|"))
}

/// The entry that a whole row opens; none where `paper` notes faults.
pub(super) fn opening(app: &App, paper: &mut Paper, row: &Row, known: &Known, office: &str) -> Option<(Opening, Arguments)> {
    let record = known.record(app, Kind::ProposalEntries, paper, row);
    let batch = match known.batches.as_slice() {
        [batch] => Some(*batch),
        found => {
            paper.fault(
                "",
                "DRAFT_BATCH",
                format!("条目须放入本单位唯一的草稿名单，现有{}个；没有的先开设，多余的先撤回", found.len()),
                format!(
                    "the entries go into the one draft list of the office; it has {}: open one, or withdraw those that are not needed",
                    found.len()
                ),
            );
            None
        }
    };
    let rules = app.rules();
    let list_type = list_type(&rules, paper, row.text("listType")?);
    let facts = paper.seal(app, "facts", row.text("facts")?);
    let remark = paper.seal_if(app, "remark", row.text("remark"));
    let (list_type, record, batch) = (list_type?, record?, batch?);
    let grounds = grounds(list_type, row.text("grounds")?);
    let measures = measures(&rules, row.text("measures").unwrap_or_default());
    let records = words(row.text("countedRecords").unwrap_or_default(), |_| None);
    let counting = grounds.iter().filter(|key| list_type.ground(key).is_some_and(|ground| !ground.rule.is_empty()));
    // A share of a fleet needs a paper, which a table cannot bring.
    let counts =
        counting.map(|ground| GroundFacts { ground: ground.clone(), records: records.clone(), ..GroundFacts::default() }).collect();
    let form = EntryForm { list_type: list_type.key.clone(), grounds, measures, counts, facts: facts?, remark };
    let opening = Opening { record: Some(record), parent: Some(batch), ..Opening::of(Process::ProposalEntry, Some(office.to_owned())) };
    let arguments = Arguments { form: Some(Form::EntryDraft(Box::new(form))), ..Arguments::default() };
    paper.faults.is_empty().then_some((opening, arguments))
}

fn is_named(word: &str, names: [&str; 3]) -> bool {
    names.into_iter().any(|name| canonical::same_name(word, name))
}

/// Keys of the grounds that a cell names.
pub fn grounds(list_type: &ListType, cell: &str) -> Vec<String> {
    let key = |word: &str| {
        list_type.ground.iter().find(|ground| is_named(word, [&ground.zh, &ground.en, &ground.key])).map(|ground| ground.key.clone())
    };
    words(cell, key)
}

/// Keys of the measures that a cell names.
pub fn measures(rules: &Rules, cell: &str) -> Vec<String> {
    let key = |word: &str| {
        rules
            .measures
            .all()
            .iter()
            .find(|measure| is_named(word, [&measure.zh, &measure.en, &measure.key]))
            .map(|measure| measure.key.clone())
    };
    words(cell, key)
}

/// What separates the words of a cell.
const SEPARATORS: [char; 7] = ['、', ';', '；', '，', ',', '\n', '\r'];

/// Most parts of one name that separators part.
const PARTS: usize = 5;

/// The words of a cell by their keys, those that name nothing as they stand. A name may hold a separator itself: at each
/// place the longest run that names something is taken.
fn words(text: &str, key: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let ends: Vec<usize> = text.match_indices(SEPARATORS).map(|(at, _)| at).chain([text.len()]).collect();
    let (mut found, mut from, mut place) = (Vec::new(), 0, 0);
    while place < ends.len() {
        let longest = (place..ends.len().min(place + PARTS)).rev().find_map(|last| Some((last, key(text[from..ends[last]].trim())?)));
        let (last, word) = longest.unwrap_or_else(|| (place, text[from..ends[place]].trim().to_owned()));
        if !word.is_empty() && !found.contains(&word) {
            found.push(word);
        }
        from = ends[last] + text[ends[last]..].chars().next().map_or(0, char::len_utf8);
        place = last + 1;
    }
    found
}

fn list_type<'a>(rules: &'a Rules, paper: &mut Paper, named: &str) -> Option<&'a ListType> {
    let all = rules.list_types.all();
    let found = all
        .iter()
        .find(|list_type| [&list_type.key, &list_type.zh, &list_type.en].into_iter().any(|name| canonical::same_name(named, name)));
    if found.is_none() {
        let known: Vec<_> = all.iter().map(|list_type| list_type.zh.as_str()).collect();
        paper.fault(
            "listType",
            "LIST_TYPE_UNKNOWN",
            format!("没有此名单类型；可选：{}", known.join("、")),
            format!("there is no such list type; known: {}", known.join(", ")),
        );
    }
    found
}
