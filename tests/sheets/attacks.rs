//! Files made to hurt: they cost little and never take the server along.

use super::*;
use crate::support::chance::Chance;

#[test]
fn a_claimed_count_of_strings_reserves_nothing() {
    // The parser reserves what the file claims, and a failed reservation ends the process: no catching helps.
    let good = filled(|_| {});
    for claim in ["99999999999", "18446744073709551615", "99999999999999999999999999", "4000000000"] {
        let lie = repacked(&good, |name, text| match name {
            "xl/sharedStrings.xml" => text.replace("<sst ", &format!("<!--{}--><sst uniqueCount = '{claim}' old-", " ".repeat(5000))),
            _ => text,
        });
        assert_eq!(refused(&lie).code(), "FILE_DAMAGED", "{claim}");
    }
    let hidden = repacked(&good, |name, text| match name {
        "xl/sharedStrings.xml" => text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\""),
        _ => text,
    });
    assert_eq!(refused(&hidden).code(), "FILE_DAMAGED", "another encoding could hide the claim");
    assert_eq!(sheet(&good).rows.len(), 1, "an honest claim is taken");
}

#[test]
fn one_long_text_named_by_many_cells_is_bounded() {
    let long = "甲".repeat(30_000);
    let file = filled(|page| {
        for row in 1..2_000 {
            page.write_string(row, 1, &long).unwrap();
        }
    });
    assert!(file.len() < 100_000, "the file itself holds the text once: {}", file.len());
    assert_eq!(refused(&file).code(), "FILE_TOO_MUCH_TEXT");
}

#[test]
fn what_unpacks_out_of_proportion_is_refused_before_it_unpacks() {
    let padded = |bytes: usize| {
        repacked(&filled(|_| {}), |name, text| match name {
            "xl/worksheets/sheet1.xml" => text.replace("<sheetData>", &format!("{}<sheetData>", " ".repeat(bytes))),
            _ => text,
        })
    };
    let bomb = padded(40 << 20);
    assert_eq!(refused(&bomb).code(), "FILE_UNPACKS_TOO_LARGE", "far within the limit of size, but a thousandfold");
    assert_eq!(sheet(&padded(1 << 20)).rows.len(), 1, "small parts may pack well");
    // The same sheet declared as 100 bytes in both of its records: what comes out counts.
    let size = u32::try_from(part(&bomb, "xl/worksheets/sheet1.xml").len()).unwrap().to_le_bytes();
    let mut lying = bomb;
    let places: Vec<usize> = lying.windows(4).enumerate().filter(|(_, four)| *four == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(matches!(refused(&lying).code(), "FILE_UNPACKS_TOO_LARGE" | "FILE_DAMAGED"));
}

#[test]
fn damaged_bytes_never_take_the_server_along() {
    let good = filled(|page| {
        page.write_row(2, 0, [CODE, "乙公司", "5"]).unwrap();
    });
    let csv = lines(&[&format!("{CODE},\"甲\",5")]);
    let mut outcomes = [0_u32; 2];
    let mut chance = Chance(400);
    for round in 0..400 {
        let mut bytes = [&good, &csv][round % 2].clone();
        for _ in 0..=chance.below(6) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        bytes.truncate(bytes.len() - if round % 5 == 0 { chance.below(bytes.len()) } else { 0 });
        let read = sheets::read(&bytes, &LAYOUT, &Limits::default(), |_, _| {});
        outcomes[usize::from(read.is_ok())] += 1;
        if let Ok(read) = read {
            sheets::mark(&bytes, &LAYOUT, &found(&read), &Limits::default()).expect("what can be read can be marked");
        }
    }
    assert!(outcomes.iter().all(|count| *count > 20), "both outcomes occur: {outcomes:?}");
}
