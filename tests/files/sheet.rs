//! Reading, marking and writing tables, without a house.

use api::{
    files::penalties::LAYOUT,
    sheets::{self, Limits, Read},
};
use rust_xlsxwriter::{ExcelDateTime, Format};

use super::tables::{HEADERS, csv, good, workbook, xlsx};

fn read(bytes: &[u8]) -> Read {
    sheets::read(bytes, &LAYOUT, &Limits::default(), |_, _| {}).expect("a table")
}

fn as_found(read: &Read) -> sheets::Found<'_> {
    sheets::Found { faults: &read.faults, warnings: &read.warnings, sheets: &read.sheets }
}

fn codes(read: &Read) -> Vec<(String, u32, String)> {
    read.faults.iter().map(|fault| (fault.code.clone(), fault.row, fault.column.clone())).collect()
}

#[test]
fn the_same_table_reads_the_same_in_every_form() {
    let rows = [good(1), good(2)];
    let text = csv(&HEADERS, &rows);
    let gbk = encoding_rs::GBK.encode(&text).0.into_owned();
    let forms = [
        xlsx(&HEADERS, &rows),
        text.clone().into_bytes(),
        [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        gbk,
        text.replace(',', "\t").into_bytes(),
    ];
    for (number, form) in forms.iter().enumerate() {
        let read = read(form);
        assert!(read.faults.is_empty(), "form {number}: {:?}", read.faults);
        assert_eq!(read.rows.len(), 2, "form {number}");
        assert_eq!(read.rows[1].text("subjectName"), Some("雁江示例00002运输有限公司"), "form {number}");
        assert_eq!(read.rows[1].cents("fine"), Some(1_000_000));
        assert_eq!(read.rows[1].number, 3);
    }
}

#[test]
fn titles_stars_brackets_field_codes_and_blank_rows_do_not_matter() {
    let mut headers = HEADERS;
    headers[0] = "行政相对人名称 *";
    headers[9] = "罚款金额(万元)：";
    headers[3] = "CF_WSH";
    let text = format!("2026年行政处罚信息公示表\r\n\r\n{}", csv(&headers, &[good(1)]).replacen("雁江示例", "\r\n雁江示例", 1));
    let read = read(text.as_bytes());
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    assert_eq!((read.rows.len(), read.rows[0].number), (1, 5), "blank lines count as rows of the sheet");
}

#[test]
fn codes_that_became_numbers_are_refused_with_an_explanation() {
    let book = workbook(|book| {
        let sheet = book.add_worksheet();
        for (column, (header, cell)) in (0_u16..).zip(HEADERS.iter().zip(good(1))) {
            sheet.write_string(0, column, *header).unwrap();
            sheet.write_string(1, column, &cell).unwrap();
        }
        sheet.write_number(1, 2, 915_120_021_234_567_800_f64).unwrap();
    });
    let found = read(&book);
    assert_eq!(codes(&found), [("CELL_NUMBER_NOT_TEXT".to_owned(), 2, "C".to_owned())]);
    assert!(found.faults[0].zh.contains("文本格式") && found.faults[0].en.contains("format the column as text"));
    let mut row = good(1);
    row[2] = "9.15E+17".to_owned();
    assert_eq!(codes(&read(csv(&HEADERS, &[row]).as_bytes())), [("CELL_NUMBER_NOT_TEXT".to_owned(), 2, "C".to_owned())]);
}

#[test]
fn every_way_to_write_a_day_is_read_and_impossible_days_are_refused() {
    for text in ["2026-03-20", "2026/3/20", "2026年3月20日", "20260320", "2026.03.20", "2026-03-20 00:00:00"] {
        let mut row = good(1);
        row[10] = text.to_owned();
        let read = read(csv(&HEADERS, &[row]).as_bytes());
        assert_eq!(
            read.rows[0].date("decisionDate").map(|day| day.to_string()),
            Some("2026-03-20".to_owned()),
            "{text}: {:?}",
            read.faults
        );
    }
    for text in ["2026-02-30", "46101", "去年", "2026-13-01"] {
        let mut row = good(1);
        row[10] = text.to_owned();
        assert_eq!(codes(&read(csv(&HEADERS, &[row]).as_bytes())), [("CELL_NO_DATE".to_owned(), 2, "K".to_owned())], "{text}");
    }
}

#[test]
fn real_date_cells_and_amounts_are_read_exactly() {
    let book = workbook(|book| {
        let sheet = book.add_worksheet();
        for (column, (header, cell)) in (0_u16..).zip(HEADERS.iter().zip(good(1))) {
            sheet.write_string(0, column, *header).unwrap();
            sheet.write_string(1, column, &cell).unwrap();
        }
        let day = ExcelDateTime::from_ymd(2026, 3, 20).unwrap();
        sheet.write_datetime_with_format(1, 10, &day, &Format::new().set_num_format("yyyy/m/d")).unwrap();
        sheet.write_number(1, 9, 0.123_456).unwrap();
    });
    let read = read(&book);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    assert_eq!(read.rows[0].date("decisionDate").map(|day| day.to_string()), Some("2026-03-20".to_owned()));
    assert_eq!(read.rows[0].cents("fine"), Some(123_456), "six decimals of 10,000 yuan are whole cents");
    let mut row = good(1);
    row[9] = "0.0000001".to_owned();
    assert_eq!(codes(&self::read(csv(&HEADERS, &[row]).as_bytes()))[0].0, "CELL_NO_AMOUNT");
}

#[test]
fn each_fault_stands_at_its_sheet_row_and_column() {
    let mut rows = [good(1), good(2), good(3)];
    rows[0][1] = "公司".to_owned();
    rows[1][0] = String::new();
    rows[2][7] = "罚款、扣分".to_owned();
    let expected = [("CELL_NOT_ON_LIST", 2, "B"), ("CELL_EMPTY", 3, "A"), ("CELL_NOT_ON_LIST", 4, "H")];
    let expected: Vec<_> = expected.iter().map(|(code, row, column)| ((*code).to_owned(), *row, (*column).to_owned())).collect();
    assert_eq!(codes(&read(&xlsx(&HEADERS, &rows))), expected);
    let few: Vec<_> = HEADERS.iter().copied().filter(|header| *header != "处罚程序").collect();
    assert!(codes(&read(&xlsx(&few, &[good(1)]))).contains(&("COLUMN_MISSING".to_owned(), 1, "Q".to_owned())));
    assert_eq!(codes(&read(&xlsx(&["甲", "乙"], &[good(1)])))[0].0, "HEADER_NOT_FOUND");
    assert_eq!(codes(&read(&xlsx(&HEADERS, &[])))[0].0, "NO_ROWS");
}

#[test]
fn the_marked_workbook_can_be_mended_and_sent_again() {
    let mut rows = vec![good(1), good(2)];
    rows[1][1] = "公司".to_owned();
    rows[1].truncate(16);
    for sent in [xlsx(&HEADERS, &rows), csv(&HEADERS, &rows).into_bytes()] {
        let found = read(&sent);
        assert_eq!(found.faults.len(), 2);
        let marked = sheets::mark(&sent, &LAYOUT, &as_found(&found), &Limits::default()).expect("a marked workbook");
        let again = read(&marked);
        assert_eq!(codes(&again), codes(&found), "the same cells are wrong at the same places");
        assert_eq!(again.rows[0].text("uscc"), found.rows[0].text("uscc"));
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(&marked)).unwrap();
        let list = calamine::Reader::worksheet_range(&mut book, "问题 Problems").expect("the list of problems");
        let codes: Vec<_> =
            (1..list.height()).filter_map(|row| list.get((row, 4)).map(ToString::to_string)).filter(|code| !code.is_empty()).collect();
        assert_eq!(codes, ["CELL_NOT_ON_LIST", "CELL_EMPTY"], "every fault is listed once");
        assert_eq!(list.get((1, 2)).map(ToString::to_string).as_deref(), Some("B"));
    }
}

#[test]
fn templates_are_read_back_and_ask_only_for_rows() {
    for layout in [&LAYOUT, &api::files::applications::LAYOUT] {
        let bytes = sheets::template(layout).expect("a template");
        let read = sheets::read(&bytes, layout, &Limits::default(), |_, _| {}).expect("a table");
        assert_eq!(codes(&read), [("NO_ROWS".to_owned(), 2, "A".to_owned())], "{}", layout.key);
    }
}

#[test]
fn exports_hold_no_formulas() {
    let rows = vec![vec!["=1+1".to_owned(), "＠SUM(A1)".to_owned(), "-2".to_owned(), "普通".to_owned()]];
    let text = String::from_utf8(sheets::write_csv(&["a", "b", "c", "d"], &rows).unwrap()).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("'=1+1,'＠SUM(A1),'-2,普通"), "{text}");
    let bytes = sheets::write_xlsx("表", &["a", "b", "c", "d"], &rows).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(&bytes)).unwrap();
    assert!(calamine::Reader::worksheet_formula(&mut book, "表").unwrap().is_empty());
    assert_eq!(calamine::Reader::worksheet_range(&mut book, "表").unwrap().get((1, 0)).map(ToString::to_string).as_deref(), Some("=1+1"));
}

#[test]
fn ten_thousand_rows_are_read_with_progress() {
    let rows: Vec<_> = (0..10_000).map(good).collect();
    let mut heard = 0;
    let read = sheets::read(&xlsx(&HEADERS, &rows), &LAYOUT, &Limits::default(), |done, all| {
        assert_eq!((done, all), (heard + 1, 10_001));
        heard = done;
    });
    assert_eq!((read.expect("a table").rows.len(), heard), (10_000, 10_000));
}
