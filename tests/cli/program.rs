//! Running the real program.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// The program beside the test binary.
pub fn binary() -> PathBuf {
    let own = std::env::current_exe().expect("the test knows where it is");
    let folder = own.parent().and_then(Path::parent).expect("target/<profile>/deps/<test>");
    folder.join("xinxiu")
}

/// One run of the program.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}: {} {}", self.out, self.err))
    }

    /// The run must have ended well.
    pub fn good(self) -> Self {
        assert_eq!(self.code, 0, "{} {}", self.out, self.err);
        self
    }
}

/// The offices of the demo city, as a file that `office load` takes.
pub const OFFICES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/src/city/offices.csv");

/// Runs the program with arguments, an environment and a text on standard input.
pub fn run(arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Run {
    run_bytes(arguments, environment, input.as_bytes())
}

/// The same with any bytes on standard input. What has not ended after five minutes is ended, with code 124.
pub fn run_bytes(arguments: &[&str], environment: &[(&str, &str)], input: &[u8]) -> Run {
    let mut child = Command::new("/usr/bin/timeout")
        .args(["--kill-after=5", "300"])
        .arg(binary())
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts; tests/services.sh builds it");
    let mut pipe = child.stdin.take().expect("a pipe");
    let Output { status, stdout, stderr } = std::thread::scope(|scope| {
        scope.spawn(move || pipe.write_all(input).ok()); // a long answer would fill its pipe meanwhile
        child.wait_with_output().expect("the program ends")
    });
    Run {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&stdout).into_owned(),
        err: String::from_utf8_lossy(&stderr).into_owned(),
    }
}
