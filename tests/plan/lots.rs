//! The draw of inspections: worked draws, pools by chance against the outsider's program, pools that cannot stand.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use api::city::demo::invented_uscc;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use workflows::plan::lots::{Checkpoint, Pool, Seed, draw};

use crate::{
    cli::program::{Run, run},
    support::{chance::Chance, smtp::scratch},
};

const REDRAW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/plan/redraw.py");
/// A signed note: of the body alone the draw is made.
const NOTE: &str = "test.example/log\n4821\n9M7pQyVm5qTEMR0pGeC/6igxvWV34iOqLmTht5PLxhs=\n\n— test.example/log c2lnbmF0dXJl\n";

#[derive(Deserialize)]
struct Draws {
    draw: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    no: String,
    what: String,
    #[serde(default)]
    left_out: Vec<u32>,
    #[serde(default)]
    minimum: BTreeMap<String, u64>,
    #[serde(default)]
    this_year: BTreeMap<String, u64>,
    #[serde(default)]
    witness: Option<String>,
    #[serde(default)]
    outside: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    seed: String,
    #[serde(default)]
    drawn: Vec<String>,
    #[serde(default)]
    inspectors: Vec<String>,
    /// Strata of those who are drawn, where not their numbers are told.
    #[serde(default)]
    strata: Vec<String>,
    /// Others are drawn than in the first row.
    #[serde(default)]
    others: bool,
}

fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}

fn operator(number: u32) -> String {
    invented_uscc("512002", number)
}

fn stratum(number: u32) -> &'static str {
    match number {
        24 => "KEY",
        23 => "D",
        21..=22 => "C",
        15..=20 => "B",
        7..=14 => "A",
        3..=6 => "AA",
        _ => "NONE",
    }
}

/// The pool of the worked draws.
fn pool(row: &Row) -> String {
    let mut lines: Vec<_> = ["xinxiu-draw-v1", "CQ2026-000001", "ROAD_TRANSPORT", "2"].map(str::to_owned).into();
    for (key, rate, minimum) in
        [("KEY", 10_000, 0), ("D", 10_000, 0), ("C", 5_000, 1), ("B", 2_000, 0), ("A", 1_000, 0), ("AA", 200, 0), ("NONE", 2_000, 0)]
    {
        let minimum = row.minimum.get(key).copied().unwrap_or(minimum);
        let drawn = row.this_year.get(key).map(|drawn| format!("\t{drawn}")).unwrap_or_default();
        lines.push(format!("R\t{key}\t{rate}\t{minimum}{drawn}"));
    }
    let mut targets: Vec<_> = (1..=24)
        .filter(|number| !row.left_out.contains(number))
        .map(|number| format!("T\t{}\t{}", operator(number), stratum(number)))
        .collect();
    targets.sort();
    lines.extend(targets);
    lines.extend((1..=6).map(|number| format!("I\tRT-{number:02}")));
    if !row.left_out.contains(&23) {
        lines.push(format!("X\t{}\tRT-02", operator(23)));
    }
    lines.join("\n") + "\n"
}

/// Root and secrets of the worked draws come from these words.
fn note() -> String {
    format!("test.example/log\n4821\n{}\n\n", STANDARD.encode(Sha256::digest("root of the worked case")))
}

/// What the program and the outsider's program say of the same files.
fn both(folder: &Path, pool: &str, note: &str, secrets: [&str; 2], outside: &str) -> (Run, Run) {
    let (pool_file, note_file) = (folder.join("pool.txt"), folder.join("checkpoint.note"));
    fs::write(&pool_file, pool).expect("the target folder can be written");
    fs::write(&note_file, note).expect("the target folder can be written");
    let [pool, note] = [&pool_file, &note_file].map(|file| file.to_str().expect("a path"));
    let ours = run(&["plan", "draw", pool, note, "--secret", secrets[0], "--secret", secrets[1], "--outside", outside], &[], "");
    let theirs = Command::new("python3").args([REDRAW, pool, note, secrets[0], secrets[1], outside]).output().expect("python3 starts");
    let told = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (ours, Run { code: theirs.status.code().unwrap_or(-1), out: told(theirs.stdout), err: told(theirs.stderr) })
}

#[test]
fn worked_draws() {
    let draws: Draws = toml::from_str(include_str!("draws.toml")).expect("draws.toml is a table");
    assert!(draws.draw.len() >= 6);
    let folder = scratch("draws");
    let number = |target: &str| (1..=24).find(|number| operator(*number) == target).expect("an operator");
    let (secret, witness) = (hash("secret of the office"), hash("secret of the witness"));
    let mut first = Vec::new();
    for row in &draws.draw {
        let (text, what) = (pool(row), format!("{} {}", row.no, row.what));
        let witness = row.witness.as_deref().map_or_else(|| witness.clone(), hash);
        let (pool, checkpoint) = (Pool::parse(&text).expect(&what), Checkpoint::parse(&note()).expect("a checkpoint"));
        let found = draw(&pool, &checkpoint, [&secret, &witness], &row.outside);
        let drawn: Vec<_> = found.teams.iter().map(|team| format!("{} {}", team.stratum, number(team.target))).collect();
        let strata: Vec<_> = found.teams.iter().map(|team| team.stratum).collect();
        let inspectors: Vec<_> = found.teams.iter().map(|team| team.inspectors.join(" ")).collect();
        assert!(found.pool.starts_with(&row.digest) && found.seed.to_string().starts_with(&row.seed), "{what}: {found}");
        assert!(row.drawn.is_empty() || row.drawn == drawn, "{what}: {drawn:?}");
        assert!(row.inspectors.is_empty() || row.inspectors == inspectors, "{what}: {inspectors:?}");
        assert!(row.strata.is_empty() || row.strata == strata, "{what}: {strata:?}");
        assert!(!row.others || drawn != first, "{what}: {drawn:?}");
        if first.is_empty() {
            first = drawn;
        }
        let (ours, theirs) = both(&folder, &text, &note(), [&secret, &witness], &row.outside);
        assert_eq!((ours.out.as_str(), ours.code), (theirs.out.as_str(), 0), "{what}: {} {}", ours.err, theirs.err);
        assert_eq!(ours.out, found.to_string(), "{what}");
    }
    fs::remove_dir_all(folder).ok();
}

/// D6: two of the drawn of stratum B cannot be inspected.
#[test]
fn the_next_ticket_takes_the_place() {
    let draws: Draws = toml::from_str(include_str!("draws.toml")).expect("draws.toml is a table");
    let text = pool(&draws.draw[0]);
    let (pool, checkpoint) = (Pool::parse(&text).expect("a pool"), Checkpoint::parse(&note()).expect("a checkpoint"));
    let seed = Seed::new(&pool, &checkpoint, [&hash("secret of the office"), &hash("secret of the witness")], "");
    let order = seed.order(&pool, "B");
    assert_eq!(order[..4], [17, 19, 15, 20].map(operator), "two were drawn, two take their places");
    assert_eq!(order.len(), 6);
}

/// A pool by chance, in form: keys of any letters, strata that are numbers or words, conflicts that leave enough inspectors.
fn chance_pool(chance: &mut Chance) -> String {
    let per = 1 + chance.below(3);
    let mut lines = vec!["xinxiu-draw-v1".to_owned(), format!("CQ{}", chance.below(1_000)), "水路 field".to_owned(), per.to_string()];
    let strata: Vec<_> = (0..=chance.below(6)).map(|number| format!("{number}{}", chance.one(&["", "级", " x"]))).collect();
    for stratum in &strata {
        let drawn = if chance.below(3) == 0 { format!("\t{}", chance.below(4)) } else { String::new() };
        lines.push(format!("R\t{stratum}\t{}\t{}{drawn}", chance.below(10_001), chance.below(5)));
    }
    let keys: std::collections::BTreeSet<_> = (0..=chance.below(60))
        .map(|_| format!("{}{}", chance.one(&["", "市", "é", "|", "Z"]), chance.text("0123456789abcdef", 8)))
        .collect();
    lines.extend(keys.iter().map(|key| format!("T\t{key}\t{}", strata[chance.below(strata.len())])));
    let inspectors: Vec<_> = (0..per + 1 + chance.below(5)).map(|number| format!("检{number:02}")).collect();
    lines.extend(inspectors.iter().map(|inspector| format!("I\t{inspector}")));
    for key in &keys {
        // At least as many as inspect a target stay without a conflict.
        let most = chance.below(inspectors.len() - per + 1);
        lines.extend(inspectors[..most].iter().filter(|_| chance.below(2) == 0).map(|inspector| format!("X\t{key}\t{inspector}")));
    }
    lines.join("\n") + "\n"
}

#[test]
fn pools_by_chance_are_drawn_as_the_outsider_draws_them() {
    let mut chance = Chance(2016);
    let folder = scratch("pools");
    let (mut drawn, mut nothing) = (0, 0);
    for _ in 0..60 {
        let text = chance_pool(&mut chance);
        let secrets = [chance.text("0123456789abcdef", 64), chance.one(&["", "a secret of another writing"]).to_owned()];
        let (ours, theirs) = both(&folder, &text, NOTE, [&secrets[0], &secrets[1]], chance.one(&["", "3D 2026271 482", "外部值"]));
        assert_eq!((ours.out.as_str(), ours.code, theirs.code), (theirs.out.as_str(), 0, 0), "{text}{} {}", ours.err, theirs.err);
        let lines = ours.out.lines().count() - 3;
        drawn += lines;
        nothing += usize::from(lines == 0);
    }
    assert!(drawn > 300 && nothing < 20, "{drawn} drawn, {nothing} times nobody");
    fs::remove_dir_all(folder).ok();
}

/// Pools that cannot stand: what is changed in a good one, and the number of the line that is named.
const WRONG: [(&str, &str, usize); 19] = [
    ("xinxiu-draw-v1", "xinxiu-draw-v2", 1),
    ("CQ1", "", 2),
    ("ROAD", "RO\tAD", 3),
    ("\n2\n", "\n0\n", 4),
    ("\n2\n", "\n02\n", 4),
    ("R\tA\t5000\t1", "R\tA\t10001\t1", 5),
    ("R\tA\t5000\t1", "R\tA\t5000", 5),
    ("R\tA\t5000\t1", "R\tB\t5000\t1", 6),
    ("R\tB\t0\t0", "T\ta\tA", 7),
    ("T\ta\tA", "T\td\tA", 8),
    ("T\tb\tA", "T\ta\tB", 8),
    ("T\tb\tA", "T\tb\tC", 8),
    ("T\tb\tA", "T\tb\u{7}\tA", 8),
    ("T\tb\tA", "T\t\tA", 8),
    ("I\tone", "J\tone", 9),
    ("X\ta\tone", "X\tc\tone", 12),
    ("X\ta\tone", "X\ta\tfour", 12),
    ("X\ta\tone", "X\ta\tone\nX\ta\ttwo", 7),
    ("X\ta\tone\n", "X\ta\tone", 12),
];

#[test]
fn a_pool_that_cannot_stand_is_named_by_its_line() {
    let good = "xinxiu-draw-v1\nCQ1\nROAD\n2\nR\tA\t5000\t1\nR\tB\t0\t0\nT\ta\tA\nT\tb\tA\nI\tone\nI\tthree\nI\ttwo\nX\ta\tone\n";
    assert_eq!(Pool::parse(good).expect("a good pool").targets.len(), 2);
    let folder = scratch("faults");
    for (old, new, line) in WRONG {
        assert!(good.contains(old), "{old}");
        let text = good.replacen(old, new, 1);
        let found = Pool::parse(&text).expect_err(&text);
        assert_eq!(found.line, line, "{old} → {new}: {found}");
    }
    let (file, note) = (folder.join("pool.txt"), folder.join("note"));
    let asked = |pool: &[u8], checkpoint: &str, more: &[&str]| {
        fs::write(&file, pool).expect("the target folder can be written");
        fs::write(&note, checkpoint).expect("the target folder can be written");
        let files = ["plan", "draw", file.to_str().expect("a path"), note.to_str().expect("a path")];
        run(&[&files[..], more].concat(), &[], "")
    };
    let secrets = ["--secret", "one", "--secret", "two"];
    assert_eq!(asked(good.as_bytes(), NOTE, &secrets).good().out.lines().count(), 4);
    let wrong = good.replace("X\ta\tone", "X\ta\tone\nX\ta\ttwo");
    let size = NOTE.replace("4821", "+4821");
    let root = NOTE.replace("s=\n", "t=\n");
    let cases: [(&[u8], &str, &[&str], &str); 8] = [
        (wrong.as_bytes(), NOTE, &secrets, "pool.txt, line 7: "),
        (b"xinxiu-draw-v1\n\xff\n", NOTE, &secrets, "pool.txt, line 2: "),
        (b"", NOTE, &secrets, "pool.txt, line 1: "),
        (good.as_bytes(), &size, &secrets, "note, line 2: "),
        (good.as_bytes(), &root, &secrets, "note, line 3: "),
        (good.as_bytes(), "log\n4821\n", &secrets, "note, line 3: "),
        (good.as_bytes(), NOTE, &secrets[..2], "--secret is needed twice"),
        (good.as_bytes(), NOTE, &["--secret", "a\nb", "--secret", "c"], "one line"),
    ];
    for (pool, checkpoint, more, said) in cases {
        let found = asked(pool, checkpoint, more);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{said}");
        assert!(found.err.contains(said), "{said}: {}", found.err);
    }
    fs::remove_dir_all(folder).ok();
}
