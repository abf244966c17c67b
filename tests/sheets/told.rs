//! What a spreadsheet shows is what is read, and what is not read is told.

use rust_xlsxwriter::{ExcelDateTime, Format};
use time::macros::date;

use super::*;

const DATED: Layout = Layout {
    key: "dated",
    zh: "决定",
    en: "Decisions",
    columns: &[
        Column::new("code", "编号", "Code", &[], CellKind::Code(18), true),
        Column::new("day", "处罚期限届满日", "Last day", &[], CellKind::Date, false),
        Column::new("who", "法定代表人", "Representative", &[], CellKind::Text(100), false),
        Column::new("fine", "罚款金额（万元）", "Fine", &[], CellKind::Money { cents_per_unit: 1_000_000 }, false),
    ],
};
const NAMED: [&str; 4] = ["编号", "处罚期限届满日", "法定代表人", "罚款金额（万元）"];

fn dated(bytes: &[u8]) -> Read {
    sheets::read(bytes, &DATED, &Limits::default(), |_, _| {}).unwrap()
}

fn warned(read: &Read) -> Vec<(u32, &str, &str)> {
    read.warnings.iter().map(|fault| (fault.row, fault.column.as_str(), fault.code.as_str())).collect()
}

/// Four columns and three good codes, with what `fill` adds.
fn book(headers: [&str; 4], fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("数据").unwrap();
    page.write_row(0, 0, headers).unwrap();
    for row in 1..4 {
        page.write_string(row, 0, format!("9151200{row}MA0000000{row}")).unwrap();
    }
    fill(page);
    book.save_to_buffer().unwrap()
}

fn csv_of(headers: &str, row: &str) -> Vec<u8> {
    format!("{headers}\r\n{row}\r\n").into_bytes()
}

#[test]
fn a_filled_column_with_a_header_almost_right_is_named_with_the_right_one() {
    for near in ["处罚期限届满日期", "处罚期限", "处罚期届满日", "期限届满日"] {
        let read = dated(&book([NAMED[0], near, NAMED[2], NAMED[3]], |page| {
            page.write_string(2, 1, "2027-03-01").unwrap();
        }));
        assert_eq!(faults(&read), [(1, "B", "COLUMN_UNKNOWN")], "{near}");
        assert!(read.faults[0].zh.contains("处罚期限届满日") && read.faults[0].header == near, "{:?}", read.faults);
    }
    for near in ["罚款金额（元）", "罚款金额", "罚款金额（单位：万元）"] {
        let read = dated(&book([NAMED[0], NAMED[1], NAMED[2], near], |page| {
            page.write_number(1, 3, 1.0).unwrap();
        }));
        assert_eq!(faults(&read), [(1, "D", "COLUMN_UNKNOWN")], "{near}: another unit is another column");
    }
    let empty = dated(&book([NAMED[0], "处罚期限", NAMED[2], NAMED[3]], |_| {}));
    assert!(empty.faults.is_empty() && empty.warnings.is_empty(), "an empty column harms nothing: {empty:?}");
    let far = dated(&book([NAMED[0], NAMED[1], NAMED[2], "经办人电话"], |page| {
        page.write_string(1, 3, "028-0000-0000").unwrap();
    }));
    assert_eq!((faults(&far), warned(&far)), (vec![], vec![(1, "D", "COLUMN_NOT_READ")]));
    let skipped = &far.sheets[0].skipped;
    assert_eq!((far.sheets[0].header_row, far.sheets[0].rows, skipped.len(), skipped[0].place.as_str()), (Some(1), 3, 1, "D"));
    let none = dated(&book([NAMED[0], NAMED[1], NAMED[2], ""], |page| {
        page.write_string(1, 3, "什么").unwrap();
    }));
    assert_eq!(warned(&none), [(1, "D", "COLUMN_NOT_READ")], "a column without any header");
    let counted = dated(&book([NAMED[0], NAMED[1], NAMED[2], "序号"], |page| {
        page.write_number(1, 3, 1.0).unwrap();
    }));
    assert!(counted.faults.is_empty() && counted.warnings.is_empty(), "a counter of rows says nothing");
    let twice = dated(&book([NAMED[0], NAMED[1], NAMED[2], "法定代表人*"], |page| {
        page.write_string(1, 3, "甲").unwrap();
    }));
    assert_eq!(faults(&twice), [(1, "D", "COLUMN_TWICE")]);
}

#[test]
fn a_merged_cell_says_the_same_in_each_of_its_rows_and_never_a_sum() {
    let plain = Format::new();
    let merged = book(NAMED, |page| {
        page.merge_range(1, 1, 3, 1, "2027-03-01", &plain).unwrap();
        page.merge_range(1, 2, 3, 2, "李四", &plain).unwrap();
    });
    let read = dated(&merged);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    for row in &read.rows {
        assert_eq!((row.date("day"), row.text("who")), (Some(date!(2027 - 03 - 01)), Some("李四")), "row {}", row.number);
    }
    let sums = dated(&book(NAMED, |page| {
        page.merge_range(1, 3, 2, 3, "1", &plain).unwrap();
    }));
    assert_eq!(faults(&sums), [(3, "D", "CELL_MERGED")], "which row's sum it is cannot be told");
    let beside = dated(&book(NAMED, |page| {
        page.merge_range(2, 1, 2, 2, "2027-03-01", &plain).unwrap();
    }));
    assert_eq!(faults(&beside), [(3, "C", "CELL_MERGED")]);
    let codes = dated(&book(NAMED, |page| {
        page.merge_range(1, 0, 2, 0, "91512001MA00000001", &plain).unwrap();
        page.write_string(2, 2, "李四").unwrap();
    }));
    assert_eq!(codes.rows[1].text("code"), Some("91512001MA00000001"));
    let blank = dated(&book(NAMED, |page| {
        page.merge_range(3, 1, 6, 1, "2027-03-01", &plain).unwrap();
    }));
    assert_eq!((blank.rows.len(), faults(&blank)), (3, vec![]), "rows with nothing of their own are no rows");
}

#[test]
fn merged_headers_and_headers_on_every_page_are_read() {
    let plain = Format::new();
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.merge_range(0, 0, 0, 3, "2026年处罚决定", &plain).unwrap();
    for (column, name) in [(0, NAMED[0]), (1, NAMED[1])] {
        page.merge_range(1, column, 2, column, name, &plain).unwrap();
    }
    page.merge_range(1, 2, 1, 3, "其他", &plain).unwrap();
    page.write_row(2, 2, [NAMED[2], NAMED[3]]).unwrap();
    for (row, code) in [(3, "91512001MA00000001"), (5, "91512002MA00000002")] {
        page.write_row(row, 0, [code, "2027-03-01", "李四", "1.5"]).unwrap();
    }
    page.write_row(4, 0, NAMED).unwrap();
    let read = dated(&book.save_to_buffer().unwrap());
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    assert_eq!(
        read.rows.iter().map(|row| (row.number, row.cents("fine"))).collect::<Vec<_>>(),
        [(4, Some(1_500_000)), (6, Some(1_500_000))]
    );
    assert!(read.sheets[0].skipped.iter().any(|one| one.place == "5"), "{:?}", read.sheets);
}

#[test]
fn what_is_hidden_is_named() {
    let bytes = book(NAMED, |page| {
        page.write_string(2, 2, "李四").unwrap();
        page.set_row_hidden(2).unwrap();
        page.set_column_hidden(2).unwrap();
    });
    let read = dated(&bytes);
    assert_eq!((read.rows.len(), warned(&read)), (3, vec![(3, "A", "ROWS_HIDDEN"), (1, "C", "COLUMN_HIDDEN")]));
    let mut book = Workbook::new();
    book.add_worksheet().write_row(0, 0, NAMED).unwrap().write_string(1, 0, CODE).unwrap();
    book.add_worksheet().set_hidden(true).write_row(0, 0, NAMED).unwrap().write_string(1, 0, CODE).unwrap();
    book.add_worksheet().set_hidden(true).write_string(0, 0, "字典").unwrap();
    let read = dated(&book.save_to_buffer().unwrap());
    assert_eq!((read.rows.len(), warned(&read)), (1, vec![(1, "A", "SHEET_HIDDEN")]));
    assert_eq!(read.sheets.iter().map(|told| told.header_row).collect::<Vec<_>>(), [Some(1), None, None]);
}

#[test]
fn formats_that_show_another_value_are_refused() {
    let number = |column: u16, value: f64, format: &str| {
        let format = Format::new().set_num_format(format);
        dated(&book(NAMED, |page| {
            page.write_number_with_format(1, column, value, &format).unwrap();
        }))
    };
    for (value, format) in
        [(0.05, "0%"), (0.05, "0.00%"), (10_000.0, "0\"元\""), (10_000.0, "#,##0.00\\元"), (1.0, "0.00\"亿元\""), (10_000.0, "#,##0,")]
    {
        assert_eq!(faults(&number(3, value, format)), [(2, "D", "CELL_SHOWN_OTHERWISE")], "{format}");
    }
    for (value, format, cents) in
        [(1.5, "0.00\"万元\"", 1_500_000), (1.5, "#,##0.00", 1_500_000), (1.5, "0.00_);(0.00)", 1_500_000), (3.0, "000", 3_000_000)]
    {
        let read = number(3, value, format);
        assert_eq!((faults(&read), read.rows[0].cents("fine")), (vec![], Some(cents)), "{format}");
    }
    assert_eq!(faults(&number(2, 12.0, "00000")), [(2, "C", "CELL_SHOWN_OTHERWISE")], "00012 is shown, 12 would be read");
    assert_eq!(faults(&number(2, 0.5, "0%")), [(2, "C", "CELL_SHOWN_OTHERWISE")]);
}

#[test]
fn a_day_is_read_however_it_is_written() {
    let day = |text: &str| {
        let read = dated(&csv_of("编号,处罚期限届满日", &format!("{CODE},{text}")));
        read.rows[0].date("day").filter(|_| read.faults.is_empty())
    };
    let written = [
        "2026-03-02",
        "2026-3-2",
        "2026/3/2",
        "2026.3.2",
        "20260302",
        "2026年3月2日",
        "2026年03月02日",
        "2026 年 3 月 2 日",
        "2026年3月2号",
        "２０２６－０３－０２",
        "２０２６年３月２日",
        "二〇二六年三月二日",
        "二○二六年三月二日",
        "2026—03—02",
        "2026‐03‐02",
        "2026-03-02 00:00:00",
        "2026/3/2 8:30",
        "2026-03-02T00:00:00",
        "2026-03-02T08:30:00+08:00",
        " 2026-03-02\u{a0}",
        "\u{feff}2026-03-02",
        "2026年3月2日10时",
        "'2026-03-02",
    ];
    for text in written {
        assert_eq!(day(text), Some(date!(2026 - 03 - 02)), "{text}");
    }
    assert_eq!(day("二〇二五年十二月三十一日"), Some(date!(2025 - 12 - 31)));
    for wrong in [
        "2026-02-30",
        "26-3-2",
        "26年3月2日",
        "3/2/2026",
        "2026年3月",
        "2026-3",
        "45000",
        "2026年13月1日",
        "明天",
        "2026-03-02至2027-03-02",
        "0",
    ] {
        assert_eq!(day(wrong), None, "{wrong}");
    }
    let typed = |fill: &dyn Fn(&mut Worksheet)| dated(&book(NAMED, |page| fill(page)));
    let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let at = ExcelDateTime::parse_from_str("2026-03-02T08:30:00").unwrap();
    let read = typed(&|page| {
        page.write_datetime_with_format(1, 1, &at, &format).unwrap();
    });
    assert_eq!((faults(&read), read.rows[0].date("day")), (vec![], Some(date!(2026 - 03 - 02))));
    let serial = typed(&|page| {
        page.write_number(1, 1, 46083.0).unwrap();
    });
    assert!(faults(&serial) == [(2, "B", "CELL_NO_DATE")] && serial.faults[0].zh.contains("日期格式"), "{:?}", serial.faults);
}

#[test]
fn a_cell_that_is_marked_as_a_date_is_read_as_one() {
    let marked = |text: &'static str| {
        repacked(
            &book(NAMED, |page| {
                page.write_number(1, 1, 46083.0).unwrap();
            }),
            move |_, part| part.replace("<c r=\"B2\"><v>46083</v>", &format!("<c r=\"B2\" t=\"d\"><v>{text}</v>")),
        )
    };
    for text in ["2026-03-02", "2026-03-02T00:00:00", "2026-03-02T23:59:59.999Z", "2026-03-02T00:00:00+08:00"] {
        let read = dated(&marked(text));
        assert_eq!((faults(&read), read.rows[0].date("day")), (vec![], Some(date!(2026 - 03 - 02))), "{text}");
    }
}

#[test]
fn the_calendar_of_1904_is_counted_from_1904() {
    let format = Format::new().set_num_format("yyyy-mm-dd");
    let from_1900 = book(NAMED, |page| {
        page.write_number_with_format(1, 1, 44_621.0, &format).unwrap();
    });
    assert_eq!(dated(&from_1900).rows[0].date("day"), Some(date!(2022 - 03 - 01)));
    let from_1904 =
        repacked(
            &from_1900,
            |name, part| if name == "xl/workbook.xml" { part.replace("<workbookPr", "<workbookPr date1904=\"1\"") } else { part },
        );
    assert_eq!(dated(&from_1904).rows[0].date("day"), Some(date!(2026 - 03 - 02)));
}

#[test]
fn an_amount_in_another_unit_than_its_column_is_refused() {
    let fine = |text: &str| {
        let read = dated(&csv_of("编号\t罚款金额（万元）", &format!("{CODE}\t{text}")));
        (read.rows[0].cents("fine"), read.faults.first().map(|fault| fault.code.clone()))
    };
    for same in ["1", "1.0", "1万元", "1 万元", "¥1", "￥1万元", "人民币1万元", "１", "１．００", "1万元整", "1.000000"]
    {
        assert_eq!(fine(same), (Some(1_000_000), None), "{same}");
    }
    for other in
        ["10000元", "10,000元", "10000 元", "￥10000元", "人民币10000元整", "１００００元", "10000圆", "0.0001亿元", "10千元", "10000块"]
    {
        assert_eq!(fine(other), (None, Some("CELL_OTHER_UNIT".to_owned())), "{other}");
    }
    for wrong in ["壹万元", "1.5.2", "1,5", "-1", "约1", "1+1", "5%"] {
        assert!(fine(wrong).0.is_none() && fine(wrong).1.is_some(), "{wrong}");
    }
}

#[test]
fn names_of_parts_are_read_as_every_program_reads_them() {
    let renamed = |change: &dyn Fn(&str) -> String| {
        let bytes = book(NAMED, |page| {
            page.merge_range(1, 2, 3, 2, "李四", &Format::new()).unwrap();
        });
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let mut target = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let (name, mut content) = (change(&entry.name().unwrap()), Vec::new());
            entry.read_to_end(&mut content).unwrap();
            target.start_file(name, SimpleFileOptions::default()).unwrap();
            target.write_all(&content).unwrap();
        }
        target.finish().unwrap().into_inner()
    };
    for bytes in [
        renamed(&|name| name.replace('/', "\\")),
        renamed(&|name| if name.starts_with("xl/") { name.replace("xl/workbook", "xl/Workbook") } else { name.to_owned() }),
    ] {
        let read = dated(&bytes);
        assert_eq!((faults(&read), read.rows.len(), read.rows[2].text("who")), (vec![], 3, Some("李四")));
    }
    let other = |name: &str| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for part in [name, "mimetype"] {
            zip.start_file(part, SimpleFileOptions::default()).unwrap();
            zip.write_all(b"x").unwrap();
        }
        sheets::read(&zip.finish().unwrap().into_inner(), &DATED, &Limits::default(), |_, _| {}).unwrap_err()
    };
    assert_eq!(
        (other("content.xml"), other("xl/workbook.bin")),
        (SheetFault::OtherProgram { what: ".ods" }, SheetFault::OtherProgram { what: ".xlsb" })
    );
}

#[test]
fn what_a_text_holds_does_not_decide_how_a_csv_is_read() {
    let many = "a;b;c;d;e;f;g;h;i;j|k|l|m".repeat(4);
    for separator in [",", "\t", ";", "|"] {
        let (headers, quoted) = (NAMED.join(separator), format!("\"{many}\""));
        for text in [&quoted, &many.replace([';', '|'], if separator == "," { ";" } else { "," })] {
            let read = dated(&csv_of(&headers, &[CODE, "2026-03-02", text, "1"].join(separator)));
            assert_eq!((faults(&read), read.rows[0].cents("fine")), (vec![], Some(1_000_000)), "{separator:?} {text}");
        }
    }
    let said = dated(&csv_of(&format!("sep=;\r\n{}", NAMED.join(";")), &format!("{CODE};2026-03-02;甲,乙;1")));
    assert_eq!((faults(&said), said.rows[0].number, said.rows[0].text("who")), (vec![], 3, Some("甲,乙")));
    let titled = dated(&csv_of(&format!("一;二;三;四;五;六;七;八\r\n{}", NAMED.join(",")), &format!("{CODE},2026-03-02,甲,1")));
    assert_eq!((faults(&titled), titled.sheets[0].skipped[0].place.as_str()), (vec![], "1"));
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(format!("{}\r\n{CODE}\t2026-03-02\t甲\t1\r\n", NAMED.join("\t")).encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(faults(&dated(&utf16)), [], "as Excel saves Unicode text");
}

#[test]
fn a_workbook_of_another_kind_is_called_so_and_every_fault_names_a_cell() {
    let other = filled(|page| {
        page.write_string(1, 1, "甲公司").unwrap();
    });
    let read = sheets::read_among(&other, &DATED, &[&DATED, &LAYOUT], &Limits::default(), |_, _| {}).unwrap();
    assert!(read.faults[0].code == "FILE_OF_ANOTHER_KIND" && read.faults[0].zh.contains("处罚"), "{:?}", read.faults);
    let cases = [
        other,
        filled(|page| {
            page.write_string(2, 0, "1").unwrap();
        }),
        b"a,b\r\n1,2\r\n".to_vec(),
        lines(&[]),
        book(["编号", "法定代表人", "", ""], |_| {}),
        csv_of("法定代表人,罚款金额（万元）", "甲,x"),
    ];
    for bytes in cases {
        for layout in [&LAYOUT, &DATED] {
            let read = sheets::read(&bytes, layout, &Limits::default(), |_, _| {}).unwrap();
            for fault in read.faults.iter().chain(&read.warnings) {
                assert!(!fault.sheet.is_empty() && fault.row > 0 && !fault.column.is_empty(), "{fault:?}");
            }
        }
    }
}

#[test]
fn warnings_are_marked_too_and_what_was_not_read_is_listed() {
    let bytes = book([NAMED[0], NAMED[1], NAMED[2], "经办人电话"], |page| {
        page.write_string(1, 3, "028-0000-0000").unwrap();
    });
    let read = dated(&bytes);
    let marked = sheets::mark(&bytes, &DATED, &found(&read), &Limits::default()).unwrap();
    let mut again: calamine::Xlsx<_> = calamine::Reader::new(Cursor::new(&marked)).unwrap();
    let list = calamine::Reader::worksheet_range(&mut again, "问题 Problems").unwrap();
    let cells: Vec<String> = list.cells().map(|(_, _, cell)| cell.to_string()).collect();
    assert!(cells.iter().any(|cell| cell == "COLUMN_NOT_READ") && cells.iter().any(|cell| cell.contains("warning")), "{cells:?}");
    assert!(cells.iter().any(|cell| cell == "读入3行、3列") && cells.iter().any(|cell| cell.contains("不认识的列")), "{cells:?}");
    assert!(part(&marked, "xl/styles.xml").contains("FFFFEB9C"), "yellow, not red");
}
