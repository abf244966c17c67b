//! Cells that a spreadsheet changed without saying so, and rows that would get lost.

use rust_xlsxwriter::Formula;

use super::*;

#[test]
fn formulas_give_their_result_but_never_a_code() {
    let formula = |column: u16, result: &str| {
        filled(|page| {
            page.write_formula(1, column, Formula::new("=A9").set_result(result)).unwrap();
        })
    };
    let read = sheet(&formula(1, "乙公司"));
    assert_eq!((faults(&read), read.rows[0].text("name")), (vec![], Some("乙公司")));
    assert_eq!(sheet(&formula(2, "12.5")).rows[0].cents("fine"), Some(1250));
    assert_eq!(faults(&sheet(&formula(0, CODE))), [(2, "A", "CELL_FORMULA_IN_CODE")]);
    assert_eq!(faults(&sheet(&formula(1, "#N/A"))), [(2, "B", "CELL_ERROR")]);
    let never = repacked(&formula(1, "x"), |_, text| text.replace("<v>x</v>", ""));
    assert_eq!(faults(&sheet(&never)), [(2, "B", "CELL_FORMULA_EMPTY")], "a file that no spreadsheet program calculated");
    // Formulas filled down to rows without data have an empty text as their result: such a row is blank.
    let down = repacked(
        &filled(|page| {
            for row in 2..5 {
                page.write_formula(row, 1, Formula::new("=A9").set_result("x")).unwrap();
            }
        }),
        |_, text| text.replace("<v>x</v>", "<v></v>"),
    );
    let read = sheet(&down);
    assert_eq!((faults(&read), read.rows.len()), (vec![], 1));
}

#[test]
fn digits_that_a_number_cell_lost_are_never_taken_as_text() {
    let number = |number: f64| {
        sheet(&filled(|page| {
            page.write_number(1, 1, number).unwrap();
        }))
    };
    assert_eq!(number(12345.0).rows[0].text("name"), Some("12345"));
    assert_eq!(number(0.1 + 0.2).rows[0].text("name"), Some("0.3"), "as the spreadsheet shows it");
    assert_eq!(faults(&number(1.2e16)), [(2, "B", "CELL_NUMBER_NOT_TEXT")]);
    for shown in ["#N/A", "#REF!", "########"] {
        assert_eq!(faults(&sheet(&lines(&[&format!("{CODE},{shown}")]))), [(2, "B", "CELL_ERROR")], "{shown}");
    }
    for bad in ["甲\u{202E}乙", "甲\u{FFFD}乙", "甲\u{200B}乙"] {
        assert_eq!(faults(&sheet(&lines(&[&format!("{CODE},{bad}")]))), [(2, "B", "CELL_TEXT_NOT_ALLOWED")], "{bad:?}");
    }
    let guarded = sheet(&lines(&[&format!("\"=\"\"{CODE}\"\"\",甲")]));
    assert_eq!((faults(&guarded), guarded.rows[0].text("code")), (vec![], Some(CODE)), "how exports keep Excel's hands off");
}

#[test]
fn commas_in_amounts_stand_between_thousands_only() {
    for (given, cents) in
        [("5,000.00", 500_000), ("￥5000", 500_000), ("5，000元", 500_000), ("１２．３４", 1_234), ("1,234,567", 123_456_700)]
    {
        let read = sheet(&lines(&[&format!("{CODE},甲,\"{given}\"")]));
        assert_eq!((faults(&read), read.rows[0].cents("fine")), (vec![], Some(cents)), "{given}");
    }
    for given in ["1,5", "10，50", "12,34,567", ",500", "1.2.3", "1e3"] {
        assert_eq!(faults(&sheet(&lines(&[&format!("{CODE},甲,\"{given}\"")]))), [(2, "C", "CELL_NO_AMOUNT")], "{given}");
    }
    assert_eq!(faults(&sheet(&lines(&[&format!("{CODE},甲,5万元")]))), [(2, "C", "CELL_OTHER_UNIT")]);
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_rows() {
    let fault = refused(&lines(&[&format!("{CODE},甲"), &format!("{CODE},\"乙"), &format!("{CODE},丙")]));
    assert_eq!(fault.code(), "FILE_QUOTE_OPEN");
    assert!(fault.to_string().contains("row 3"), "{fault}");
    assert_eq!(sheet(&lines(&[&format!("{CODE},5\" 管"), &format!("{CODE},丙")])).rows.len(), 2, "inches inside of a text harm nothing");
    assert_eq!(sheet(&lines(&[&format!("{CODE},\"乙\n丙\"")])).rows.len(), 1);
}

#[test]
fn whatever_can_be_read_can_be_marked() {
    let long = format!("{CODE},{}", "甲".repeat(40_000));
    let read = sheet(&lines(&[&long]));
    assert_eq!(faults(&read), [(2, "B", "CELL_TEXT_NOT_ALLOWED")]);
    let marked = sheets::mark(&lines(&[&long]), &LAYOUT, &found(&read), &Limits::default()).expect("cells longer than a sheet holds");
    assert_eq!(faults(&sheet(&marked)), faults(&read));
    let named = repacked(&filled(|_| {}), |name, text| match name {
        "xl/workbook.xml" => text.replace("数据", "一个长得没有任何表格程序会接受的工作表名称[2026/4]一个长得没有任何表格程序会接受"),
        _ => text,
    });
    sheets::mark(&named, &LAYOUT, &found(&Read::default()), &Limits::default()).expect("a name that no program takes");
}

#[test]
fn exports_guard_headers_and_what_hides_behind_spaces() {
    let rows = [vec![" =1+1".to_owned(), "\u{3000}＝2".to_owned(), "普通".to_owned()]];
    let csv = String::from_utf8(sheets::write_csv(&["=a", "b", "c"], &rows).unwrap()).unwrap();
    assert!(csv.contains("'=a,b,c") && csv.contains("' =1+1,'\u{3000}＝2,普通"), "{csv}");
    let book = sheets::write_xlsx("导出:2026/4", &["a", "b", "c"], &rows).expect("a name that Excel would not take");
    assert!(part(&book, "xl/styles.xml").contains("quotePrefix=\"1\""), "nor once such a cell is edited");
}
