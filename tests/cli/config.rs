//! Settings: where each comes from, and what is refused.

use super::program::run;
use crate::support::smtp::scratch;

#[test]
fn options_beat_environment_beats_file_beats_default() {
    let folder = scratch("config");
    let data = folder.display().to_string();
    std::fs::write(folder.join("xinxiu.toml"), "origin = \"file.example/log\"\nsmtp_port = 2525\ncheckpoint_minutes = 5\n").unwrap();
    let shown = run(&["--data", &data, "check-config", "--json", "--origin", "option.example/log"], &[("XINXIU_SMTP_PORT", "465")], "")
        .good()
        .json();
    assert_eq!((&shown["origin"]["value"], &shown["origin"]["source"]), (&"option.example/log".into(), &"option".into()));
    assert_eq!((&shown["smtp_port"]["value"], &shown["smtp_port"]["source"]), (&"465".into(), &"XINXIU_SMTP_PORT".into()));
    assert_eq!(shown["checkpoint_minutes"]["value"], "5");
    assert!(shown["checkpoint_minutes"]["source"].as_str().unwrap().ends_with("xinxiu.toml"));
    assert_eq!((&shown["smtp_tls"]["value"], &shown["smtp_tls"]["source"]), (&"required".into(), &"default".into()));
    let secret = run(&["--data", &data, "check-config"], &[("XINXIU_DATABASE", "postgres://house:very-secret@db/house")], "").good();
    assert!(!secret.out.contains("very-secret") && secret.out.contains("postgres://house:«set»@db/house"), "{}", secret.out);
    std::fs::remove_dir_all(folder).ok();
}

#[test]
fn unknown_names_and_wrong_values_are_refused_with_what_was_meant() {
    let folder = scratch("config");
    let data = folder.display().to_string();
    let file = folder.join("xinxiu.toml");
    let refused = |text: &str, environment: &[(&str, &str)]| {
        std::fs::write(&file, text).unwrap();
        let run = run(&["--data", &data, "check-config"], environment, "");
        assert_eq!(run.code, 2, "{} {}", run.out, run.err);
        run.err
    };
    let words = refused("smtp_prot = 25\n", &[]);
    assert!(words.contains("smtp_prot") && words.contains("did you mean “smtp_port”") && words.contains("xinxiu.toml"), "{words}");
    let words = refused("", &[("XINXIU_SMTP_HSOT", "relay")]);
    assert!(words.contains("XINXIU_SMTP_HSOT") && words.contains("XINXIU_SMTP_HOST"), "{words}");
    assert!(refused("smtp_port = \"many\"\n", &[]).contains("smtp_port"));
    assert!(refused("checkpoint_minutes = 0\n", &[]).contains("checkpoint_minutes"));
    assert!(refused("mail_from = \"nobody\"\n", &[]).contains("mail_from"));
    assert!(refused("smtp_username = \"me\"\n", &[]).contains("smtp_password_file"));
    assert!(refused("this is no TOML", &[]).contains("xinxiu.toml"));
    let missing = run(&["--data", &data, "--config", "/nowhere.toml", "check-config"], &[], "");
    assert!(missing.code == 2 && missing.err.contains("/nowhere.toml"), "{}", missing.err);
    std::fs::remove_dir_all(folder).ok();
}

#[test]
fn every_command_explains_itself() {
    let help = run(&["--help"], &[], "").good();
    for command in [
        "serve",
        "migrate",
        "check-config",
        "doctor",
        "workflows",
        "import",
        "export",
        "user",
        "erase",
        "audit",
        "mail",
        "backup",
        "restore",
        "keys",
        "law",
        "sdl",
        "completions",
    ] {
        assert!(help.out.contains(command), "{command}");
        assert!(run(&[command, "--help"], &[], "").good().out.len() > 80, "{command}");
    }
    for path in every_command() {
        let words: Vec<_> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = run(&words, &[], "").good().out;
        assert!(!help.contains('`'), "{path:?}: marks of the source mean nothing on a terminal\n{help}");
        let dark = unexplained(&help);
        assert!(dark.is_empty(), "{path:?}: nothing says what “{}” is\n{help}", dark.join("”, “"));
    }
    assert_eq!(run(&["no-such-command"], &[], "").code, 2);
    let wrong = run(&["workflows", "show", "marriage"], &[], "");
    assert!(wrong.code == 1 && wrong.err.contains("repair_application"), "{}", wrong.err);
}

/// The words of every command, those above the others as well.
fn every_command() -> Vec<Vec<String>> {
    let (mut found, mut open) = (Vec::new(), vec![Vec::new()]);
    while let Some(path) = open.pop() {
        let words: Vec<_> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = run(&words, &[], "").good().out;
        let listed = help.split("\nCommands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
        let names =
            listed.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().filter(|_| !line.starts_with("   ")));
        open.extend(names.filter(|name| *name != "help").map(|name| path.iter().cloned().chain([name.to_owned()]).collect()));
        found.push(path);
    }
    assert!(found.len() > 50, "{found:?}");
    found
}

/// Arguments and options of a help that stand there without a word.
fn unexplained(help: &str) -> Vec<&str> {
    let listed =
        |line: &&str| line.starts_with("  <") || line.starts_with("  [") || line.starts_with("  -") || line.starts_with("      --");
    let mut bare = Vec::new();
    let lines: Vec<_> = help.lines().collect();
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| listed(line)) {
        let beside = line.trim_start().split("  ").skip(1).any(|words| !words.trim().is_empty());
        let below = lines.get(place + 1).is_some_and(|next| next.starts_with("          ") && !next.trim().is_empty());
        if !beside && !below {
            bare.push(*line);
        }
    }
    bare
}
