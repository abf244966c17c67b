//! Parcels of Credit China: one table among its papers, each paper the one that is meant.

use std::io::{Cursor, Write};

use api::{
    city::demo::invented_uscc,
    files::{self, Checked, FileFault, Kind},
    sheets::SheetFault,
};
use axum::body::Bytes;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    applications::HEADERS,
    tables::{csv, xlsx},
    trouble::{account, told},
};
use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_parcel_holds_one_table papers_are_those_that_are_meant addresses_and_names_are_checked_at_their_cells);

fn row(number: u32, letter: &str) -> Vec<String> {
    let cells = [
        &format!("XYZG{number:06}"),
        &format!("资阳示例{number:03}（运输）有限公司"),
        &invented_uscc("512002", number),
        &format!("资交罚[2026]{number}"),
        "2026-04-01",
        "经办人",
        "028-0000-0000",
        "applicant@example.cn",
        "是",
        letter,
        "",
    ];
    cells.map(str::to_owned).to_vec()
}

fn parcel(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.4\n{text}").into_bytes()
}

async fn tried(world: &World, bytes: Vec<u8>) -> Result<Checked, FileFault> {
    let account = account(world, "platform").await.id;
    files::check(&world.app, Kind::RepairApplications, account, "policy_office", Bytes::from(bytes), std::sync::Arc::default()).await
}

async fn checked(world: &World, parts: &[(&str, Vec<u8>)]) -> Checked {
    tried(world, parcel(parts)).await.expect("a parcel with one table")
}

fn codes(checked: &Checked) -> (Vec<String>, Vec<String>) {
    let code = |(row, header, code): (u32, String, String)| format!("{row} {header} {code}");
    (told(&checked.faults).into_iter().map(code).collect(), told(&checked.warnings).into_iter().map(code).collect())
}

async fn a_parcel_holds_one_table(world: World) {
    steps::registered(&world, record(1)).await;
    let table = || xlsx(&HEADERS, &[row(1, "承诺书.pdf")]);
    let proof = || csv(&["日期", "金额"], &[vec!["2026-03-01".into(), "1".into()]]).into_bytes();
    for parts in [
        vec![("申请表.xlsx", table()), ("承诺书.pdf", pdf("a")), ("证明/缴款记录.csv", proof())],
        vec![("a/缴款记录.csv", proof()), ("z/申请表.xlsx", table()), ("承诺书.pdf", pdf("a"))],
    ] {
        let check = checked(&world, &parts).await;
        assert_eq!(
            codes(&check),
            (vec![], vec!["2 信用承诺书文件名 PAPERS_NOT_NAMED".to_owned()]),
            "the table is the one with its headers"
        );
    }
    let litter = [
        ("__MACOSX/._申请表.xlsx", b"x".to_vec()),
        ("深/层/申请表.csv", csv(&HEADERS, &[row(1, "承诺书.pdf")]).into_bytes()),
        ("深/~$申请表.xlsx", b"x".to_vec()),
        ("深/承诺书.pdf", pdf("a")),
        ("Thumbs.db", b"x".to_vec()),
    ];
    assert_eq!(codes(&checked(&world, &litter).await), (vec![], vec![]), "folders and what systems leave behind do not matter");
    let two = parcel(&[("1月申请表.xlsx", table()), ("2月申请表.xlsx", table()), ("承诺书.pdf", pdf("a"))]);
    match tried(&world, two).await {
        Err(FileFault::Sheet(fault @ SheetFault::SeveralTables { .. })) => {
            assert!(fault.to_string().contains("1月申请表.xlsx") && fault.to_string().contains("2月申请表.xlsx"), "{fault}");
        }
        other => panic!("two tables: {other:?}"),
    }
    assert!(matches!(tried(&world, parcel(&[("承诺书.pdf", pdf("a"))])).await, Err(FileFault::Sheet(SheetFault::NotATable))));
    world.finish().await;
}

async fn papers_are_those_that_are_meant(world: World) {
    for number in [1, 2] {
        steps::registered(&world, record(number)).await;
    }
    let table = |one: &str, two: &str| ("申请表.xlsx", xlsx(&HEADERS, &[row(1, one), row(2, two)]));
    let folders = || [("甲公司/承诺书.pdf", pdf("甲")), ("乙公司/承诺书.pdf", pdf("乙"))];
    let with = |table: (&'static str, Vec<u8>)| -> Vec<(&'static str, Vec<u8>)> { std::iter::once(table).chain(folders()).collect() };
    let check = checked(&world, &with(table("承诺书.pdf", "乙公司/承诺书.pdf"))).await;
    assert_eq!(codes(&check).0, ["2 信用承诺书文件名 PAPER_AMBIGUOUS"], "no company gets another one's paper");
    assert!(check.faults[0].zh.contains("甲公司/承诺书.pdf") && check.faults[0].zh.contains("乙公司/承诺书.pdf"), "{:?}", check.faults);
    for (one, two) in [
        ("甲公司/承诺书.pdf", "乙公司/承诺书.pdf"),
        ("甲公司\\承诺书.pdf", "./乙公司/承诺书.pdf"),
        ("甲公司／承诺书.pdf", "乙公司/承诺书.PDF"),
    ] {
        assert_eq!(codes(&checked(&world, &with(table(one, two))).await), (vec![], vec![]), "{one} {two}");
    }
    let twice = checked(&world, &with(table("甲公司/承诺书.pdf", "甲公司/承诺书.pdf"))).await;
    assert_eq!(
        codes(&twice),
        (vec![], vec!["2 信用承诺书文件名 PAPERS_NOT_NAMED".to_owned(), "3 信用承诺书文件名 PAPER_TWICE".to_owned()])
    );
    let missing = checked(&world, &with(table("丙公司/承诺书.pdf", "乙公司/承诺书.pdf"))).await;
    assert_eq!(codes(&missing).0, ["2 信用承诺书文件名 PAPER_NOT_IN_FILE"]);
    world.finish().await;
}

async fn addresses_and_names_are_checked_at_their_cells(world: World) {
    steps::registered(&world, record(1)).await;
    let check = async |place: usize, text: &str| {
        let mut row = row(1, "承诺书.pdf");
        text.clone_into(&mut row[place]);
        checked(&world, &[("申请表.xlsx", xlsx(&HEADERS, &[row])), ("承诺书.pdf", pdf("a"))]).await
    };
    for address in [
        "zhang@example.cn；li@example.cn",
        "张三@例子.公司",
        "zhang＠example.cn",
        "zhang@example..cn",
        "zhang",
        "zhang @example.cn",
        "zhang@example",
        "a@b@c.cn",
        "<zhang@example.cn>",
    ] {
        let found = check(7, address).await;
        let (faults, _) = codes(&found);
        assert!(faults.len() == 1 && faults[0].starts_with("2 电子邮箱 ADDRESS_"), "{address}: {faults:?}");
    }
    assert_eq!(codes(&check(7, "").await).0, Vec::<String>::new());
    assert_eq!(
        codes(&check(1, "别的公司").await),
        (vec![], vec!["2 信用主体名称 NAME_DIFFERS".to_owned()]),
        "what Credit China wrote is told, not refused"
    );
    assert_eq!(codes(&check(3, "资交罚（２０２６）第 1 号").await).0, Vec::<String>::new());
    world.finish().await;
}
