//! Repair applications that Credit China pushes (Order 36 art. 13: "who found it, repairs it").

use domain::{
    command::{Arguments, DocumentDraft, Opening},
    paper::{DateKey, DocumentKind},
    process::Process,
    repair::{Channel, RepairFiling, RepairForm},
};

use super::{
    kind::Kind,
    known::Known,
    parcel::{Bundle, Found},
};
use crate::{
    app::App,
    evidence,
    forms::Paper,
    mail::check_address,
    sheets::{CellKind, Column, Layout, Row},
};

const YES: &[(&str, &str)] = &[("是", "YES"), ("已承诺", "YES"), ("否", "NO"), ("未承诺", "NO")];

const COLUMNS: &[Column] = &[
    Column::new("externalNumber", "申请编号", "Application number", &["修复申请编号"], CellKind::Code(100), true).says(
        "信用中国的申请编号，答复时原样返回",
        "Credit China's own number; answers carry it",
        "XYZG2026040100001",
    ),
    Column::new("subjectName", "信用主体名称", "Subject", &["申请主体名称"], CellKind::Text(200), true).says(
        "",
        "",
        "资阳示例一运输有限公司",
    ),
    Column::new("uscc", "统一社会信用代码", "Unified social credit code", &[], CellKind::Code(18), true).says("18位", "18 characters", ""),
    Column::new("decisionNumber", "行政处罚决定书文号", "Decision number", &["决定书文号"], CellKind::Text(100), true).says(
        "申请修复的信息所依据的决定",
        "of the record that repair is asked for",
        "资交罚〔2026〕12号",
    ),
    Column::new("receivedOn", "收到日期", "Received on", &["推送日期"], CellKind::Date, true).says(
        "期限自此日起算",
        "time limits count from it",
        "2026-04-01",
    ),
    Column::new("contactName", "联系人", "Contact", &[], CellKind::Text(100), true).says("", "", ""),
    Column::new("contactPhone", "联系电话", "Telephone", &[], CellKind::Code(40), true).says("文本格式", "as text", ""),
    Column::new("contactEmail", "电子邮箱", "E-mail", &["联系邮箱"], CellKind::Text(200), false).says(
        "没有账号绑定该主体时，通知发往此邮箱",
        "letters go there only where no account is bound to the subject",
        "",
    ),
    Column::new("statement", "申请理由", "Statement", &[], CellKind::Text(4000), false).says("", "", ""),
    Column::new("commitment", "是否作出信用承诺", "Commitment given", &["信用承诺"], CellKind::Choice(YES), true).says(
        "36号令第十四条第三项",
        "Order 36 art. 14(3)",
        "是",
    ),
    Column::new("commitmentLetter", "信用承诺书文件名", "File of the commitment letter", &[], CellKind::Text(200), false).says(
        "压缩包内的文件名",
        "name of the file in the .zip",
        "XYZG2026040100001-承诺书.pdf",
    ),
    Column::new("proofOfPerformance", "履行义务证明文件名", "File of the proof of performance", &[], CellKind::Text(200), false).says(
        "压缩包内的文件名",
        "name of the file in the .zip",
        "",
    ),
];

/// The layout of pushed repair applications.
pub const LAYOUT: Layout = Layout { key: "repair_applications", zh: "信用修复申请", en: "Repair applications", columns: COLUMNS };

/// What identifies a row.
pub(super) fn identity(row: &Row) -> Option<String> {
    row.text("externalNumber").map(domain::canonical::code)
}

/// The application that a whole row registers; none where `paper` notes faults.
pub(super) fn opening(app: &App, paper: &mut Paper, row: &Row, known: &Known, bundle: &Bundle) -> Option<(Opening, Arguments)> {
    let record = known.record(app, Kind::RepairApplications, paper, row);
    let arguments = arguments(app, paper, row, bundle)?;
    let opening = Opening { record: Some(record?), ..Opening::of(Process::RepairApplication, None) };
    paper.faults.is_empty().then_some((opening, arguments))
}

/// What a whole row says, whatever record it is about.
pub(super) fn arguments(app: &App, paper: &mut Paper, row: &Row, bundle: &Bundle) -> Option<Arguments> {
    let received = row.date("receivedOn")?;
    let mut arguments = Arguments::default();
    for (field, kind) in [("commitmentLetter", DocumentKind::CommitmentLetter), ("proofOfPerformance", DocumentKind::ProofOfPerformance)] {
        if let Some(name) = row.text(field) {
            arguments.documents.entry(kind).or_default().extend(document(app, paper, field, name, bundle));
        }
    }
    if let Some(wrong) = row.text("contactEmail").and_then(|address| check_address(address).err()) {
        let (zh, en) = wrong.words();
        paper.fault("contactEmail", wrong.code(), zh, en);
    }
    let (name, phone) =
        (paper.seal(app, "contactName", row.text("contactName")?), paper.seal(app, "contactPhone", row.text("contactPhone")?));
    let form = RepairForm {
        contact_name: name?,
        contact_phone: phone?,
        contact_email: paper.seal_if(app, "contactEmail", row.text("contactEmail")),
        statement: paper.seal_if(app, "statement", row.text("statement")),
        commitment: row.key("commitment") == Some("YES"),
        external_number: row.text("externalNumber").map(str::to_owned),
    };
    arguments.form = Some(RepairFiling { channel: Channel::CreditChina, form }.into());
    arguments.dates.insert(DateKey::ReceivedOn, received);
    Some(arguments)
}

fn document(app: &App, paper: &mut Paper, field: &'static str, name: &str, bundle: &Bundle) -> Option<DocumentDraft> {
    let bytes = match bundle.paper(name) {
        Found::One(bytes) => bytes,
        Found::None => {
            paper.fault(
                field,
                "PAPER_NOT_IN_FILE",
                format!("压缩包内没有“{name}”"),
                format!("there is no “{name}” in the .zip; send table and papers together"),
            );
            return None;
        }
        Found::Several(paths) => {
            let (zh, en) = (paths.join("、"), paths.join(", "));
            paper.fault(
                field,
                "PAPER_AMBIGUOUS",
                format!("压缩包内有多个“{name}”：{zh}；请写明文件夹，如“{}”", paths[0]),
                format!("there are several “{name}” in the .zip: {en}; write the folder too, as in “{}”", paths[0]),
            );
            return None;
        }
    };
    let media_type = evidence::kind(bytes).filter(|_| bytes.len() <= evidence::LARGEST);
    if media_type.is_none() {
        let (zh, en) = evidence::kind_names();
        let most = evidence::LARGEST >> 20;
        paper.fault(
            field,
            "PAPER_NOT_TAKEN",
            format!("“{name}”的种类或者大小不符合要求：每份不超过{most} MiB，种类为{zh}"),
            format!("“{name}” is too large or of a kind that is not taken: at most {most} MiB each, and one of {en}"),
        );
    }
    Some(DocumentDraft {
        sha256: evidence::digest(bytes),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        media_type: media_type?.to_owned(),
        name: paper.seal(app, field, name)?,
        drafted: None,
    })
}
