//! Tables as offices make them: real workbooks and real CSV bytes.

use api::city::demo::invented_uscc;
use rust_xlsxwriter::Workbook;

/// Headers of the dual-publication template as far as the tests fill them in.
pub const HEADERS: [&str; 17] = [
    "行政相对人名称",
    "行政相对人类别",
    "统一社会信用代码",
    "行政处罚决定书文号",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚类别",
    "处罚内容",
    "罚款金额（万元）",
    "处罚决定日期",
    "处罚有效期",
    "处罚机关",
    "处罚机关统一社会信用代码",
    "数据来源单位",
    "数据来源单位统一社会信用代码",
    "处罚程序",
];

/// A good row; 9 is the amount and 10 the day.
pub fn good(number: u32) -> Vec<String> {
    let body = invented_uscc("512002", 900_001);
    let cells = [
        &format!("雁江示例{number:05}运输有限公司"),
        "法人及非法人组织",
        &invented_uscc("512002", number),
        &format!("雁交罚〔2026〕{number}号"),
        "超限运输",
        "车辆超过核定载质量",
        "《公路安全保护条例》",
        "罚款",
        "罚款壹万元",
        "1.000000",
        "2026-03-20",
        "2099-12-31",
        "雁江区交通运输局",
        &body,
        "雁江区交通运输局",
        &body,
        "普通程序",
    ];
    cells.map(str::to_owned).to_vec()
}

/// A workbook with text cells only.
pub fn xlsx(headers: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    api::sheets::write_xlsx("处罚", headers, rows).expect("a workbook")
}

/// A workbook made by hand.
pub fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().expect("a workbook")
}

/// CSV text without any care for quoting: the tests put no commas into cells.
pub fn csv(headers: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = headers.join(",") + "\r\n";
    for row in rows {
        text += &(row.join(",") + "\r\n");
    }
    text
}
