//! Foreign judges, from npm and from `PyPI`: installed once below the target folder.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The folder of a judge, filled once for each version of what it is made from.
fn once(name: &str, version: &str, fill: impl FnOnce(&Path)) -> PathBuf {
    let judges = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges");
    fs::create_dir_all(&judges).expect("the target folder can be written");
    let lock = File::create(judges.join(format!("{name}.lock"))).expect("the lock file can be written");
    lock.lock().expect("the lock is free in the end");
    let home = judges.join(format!("{name}-{version}"));
    let done = home.join("installed");
    if !done.exists() {
        fs::create_dir_all(&home).expect("the target folder can be written");
        fill(&home);
        fs::write(done, "").expect("the target folder can be written");
    }
    home
}

/// Runs one step of filling a folder; `needs` says what has to be there for it.
fn run(command: &mut Command, what: &str, needs: &str) {
    let output = command.output().unwrap_or_else(|fault| panic!("{what} does not start ({fault}); this proof needs {needs}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} failed; this proof needs {needs} and a package index:\n{said}");
}

/// Installs a judge from its files; the folder it stands in.
pub fn install(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let digest = files.iter().fold(Sha256::new(), |digest, (_, text)| digest.chain_update(text));
    let version = Uuid::new_v5(&Uuid::NAMESPACE_OID, &digest.finalize()).simple().to_string();
    once(name, &version, |home| {
        for (file, text) in files {
            fs::write(home.join(file), text).expect("the target folder can be written");
        }
        run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(home), "npm ci", "npm");
    })
}

/// The interpreter of a virtual environment with these pins, made once for each list of pins.
pub fn python(name: &str, pins: &str, flags: &[&str]) -> PathBuf {
    let (version, needs) = (domain::merkle::leaf_hash(pins.as_bytes()).to_string(), "python3 with venv");
    let python = |home: &Path| home.join("bin/python");
    let home = once(name, &version[..16], |home| {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home), "making a virtual environment", needs);
        let list = home.join("requirements.txt");
        fs::write(&list, pins).expect("the target folder can be written");
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(Command::new(python(home)).args(install).args(flags).arg("-r").arg(&list), "installing the judge", needs);
    });
    python(&home)
}
