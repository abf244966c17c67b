//! Foreign judges, from npm and from `PyPI`: installed once below the target folder.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Installs a judge from its files; the folder it stands in.
pub fn install(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let judges = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges");
    fs::create_dir_all(&judges).expect("the target folder can be written");
    let lock = File::create(judges.join(format!("{name}.lock"))).expect("the lock file can be written");
    lock.lock().expect("the lock is free in the end");
    let digest = files.iter().fold(Sha256::new(), |digest, (_, text)| digest.chain_update(text));
    let version = Uuid::new_v5(&Uuid::NAMESPACE_OID, &digest.finalize()).simple().to_string();
    let home = judges.join(format!("{name}-{version}"));
    let done = home.join("installed");
    if !done.exists() {
        fs::create_dir_all(&home).expect("the target folder can be written");
        for (file, text) in files {
            fs::write(home.join(file), text).expect("the target folder can be written");
        }
        let output = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&home)
            .output()
            .expect("npm starts (it must be installed)");
        assert!(output.status.success(), "npm ci: {}", String::from_utf8_lossy(&output.stderr));
        fs::write(done, "").expect("the target folder can be written");
    }
    home
}

fn run(command: &mut Command, what: &str) {
    let output = command.output().unwrap_or_else(|fault| panic!("{what} does not start ({fault}); this proof needs python3 with venv"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what} failed; this proof needs python3-venv and a package index:\n{said}");
}

/// The interpreter of a virtual environment with these pins, made once for each list of pins.
pub fn python(name: &str, pins: &str, flags: &[&str]) -> PathBuf {
    let judges = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges");
    fs::create_dir_all(&judges).expect("the target folder can be written");
    let lock = File::create(judges.join(format!("{name}.lock"))).expect("the lock file can be written");
    lock.lock().expect("the lock is free in the end");
    let version = domain::merkle::leaf_hash(pins.as_bytes()).to_string();
    let home = judges.join(format!("{name}-{}", &version[..16]));
    let (python, done) = (home.join("bin/python"), home.join("installed"));
    if !done.exists() {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home), "making a virtual environment");
        let list = home.join("requirements.txt");
        fs::write(&list, pins).expect("the target folder can be written");
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(Command::new(&python).args(install).args(flags).arg("-r").arg(&list), "installing the judge");
        fs::write(done, "").expect("the target folder can be written");
    }
    python
}
