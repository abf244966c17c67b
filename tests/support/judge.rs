//! Judges from npm: installed once into a copy below the target folder.

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
