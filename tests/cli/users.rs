//! Accounts at the command line: logins that nobody can take for another, passwords that nobody guesses, and never half an account.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use api::store::Database;
use sea_orm::ConnectionTrait;

use super::program::{OFFICES, Run, binary, run};

const PASSWORD: &str = "four words nobody thinks of";

fn house(name: &str) -> (PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("xinxiu-{name}-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let data = folder.display().to_string();
    run(&["--data", &data, "migrate"], &[], "").good();
    run(&["--data", &data, "office", "load", OFFICES, "--commit"], &[], "").good();
    (folder, data)
}

fn add(data: &str, login: &str, password: &str, seat: &str) -> Run {
    run(&["--data", data, "user", "add", login, "--name", "张三", "--seat", seat], &[], password)
}

/// trouble/20.
#[test]
fn look_alikes_and_weak_passwords_are_refused() {
    let (folder, data) = house("logins");
    add(&data, "yanjiang", PASSWORD, "officer@yanjiang").good();
    for twin in ["Yanjiang", "yanjiang ", "ｙanjiang"] {
        let refused = add(&data, twin, PASSWORD, "officer@yanjiang");
        assert!(refused.code == 1 && refused.err.contains("LOGIN_TAKEN"), "{twin:?}: {} {}", refused.code, refused.err);
    }
    let long = "长".repeat(300);
    for wrong in ["yan\u{200b}jiang", "", "   ", "уanjiang", &long] {
        let refused = add(&data, wrong, PASSWORD, "officer@yanjiang");
        assert!(refused.code == 1 && refused.err.contains("the login is not taken"), "{wrong:?}: {} {}", refused.code, refused.err);
    }
    let weak = add(&data, "anyue", "password1234", "officer@anyue");
    assert!(weak.code == 1 && weak.err.contains("the password is not taken"), "{}", weak.err);
    let unknown = add(&data, "anyue", PASSWORD, "officer@nowhere");
    assert!(unknown.code == 1 && unknown.err.contains("UNKNOWN_OFFICE"), "{}", unknown.err);
    add(&data, "anyue", PASSWORD, "officer@anyue").good();
    run(&["--data", &data, "user", "reset", "ANYUE"], &[], "five words nobody thinks of").good();
    let missing = run(&["--data", &data, "user", "reset", "nobody"], &[], PASSWORD);
    assert!(missing.code == 1 && missing.err.contains("there is no account"), "{}", missing.err);
    std::fs::remove_dir_all(folder).ok();
}

/// Killed at any instant, an account is there with its password and its seat, or not at all.
#[tokio::test]
async fn a_killed_command_leaves_no_half_account() {
    let (folder, data) = house("killed");
    let database = Database::open(&format!("sqlite:{data}/xinxiu.sqlite")).await.expect("the house");
    let count = async |sql: &str| -> i64 {
        let row = database.pool().query_one_raw(database.statement(sql, Vec::new())).await.expect("it counts").expect("a row");
        row.try_get_by_index(0).expect("a number")
    };
    for (number, wait) in (0..16_u64).map(|number| (number, number * 25)) {
        let login = format!("officer-{number}");
        let mut child = Command::new(binary())
            .args(["--data", &data, "user", "add", &login, "--name", "张三", "--seat", "officer@yanjiang"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(PASSWORD.as_bytes()).expect("typed");
        tokio::time::sleep(Duration::from_millis(wait)).await;
        child.kill().expect("SIGKILL");
        child.wait().expect("it is dead");
        let (accounts, passwords, seats) = (
            count("SELECT count(*) FROM account").await,
            count("SELECT count(*) FROM credential c JOIN account a ON a.id = c.account").await,
            count("SELECT count(*) FROM role_assignment r JOIN account a ON a.id = r.account").await,
        );
        assert_eq!((passwords, seats), (accounts, accounts), "killed after {wait} ms");
        let again = add(&data, &login, PASSWORD, "officer@yanjiang");
        assert!(again.code == 0 || again.err.contains("LOGIN_TAKEN"), "{}", again.err);
    }
    assert_eq!(count("SELECT count(*) FROM account").await, 16);
    std::fs::remove_dir_all(folder).ok();
}
