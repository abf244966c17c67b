//! Models checked by Debian's `spin`: written to a folder of their own, compiled once, asked many times.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use workflows::prove::{Property, Script};

/// Why nothing could be proved.
#[derive(Debug, thiserror::Error)]
pub enum SpinFault {
    #[error("{tool} 未安装 {tool} is not installed: apt-get install {package}")]
    Missing { tool: &'static str, package: &'static str },
    #[error("{tool}: {said}")]
    Refused { tool: &'static str, said: String },
    #[error("the model cannot be written: {0}")]
    Folder(#[from] io::Error),
    #[error("pan said nothing that can be read: {0}")]
    Unreadable(String),
}

/// What a model answered to one question.
#[derive(Debug)]
pub struct Answer {
    /// States that were looked at.
    pub states: u64,
    /// The shortest way to break the property, as the model replays it; none where it holds.
    pub broken: Option<String>,
}

/// A compiled model; its folder goes with it.
#[derive(Debug)]
pub struct Checker {
    folder: PathBuf,
}

impl Drop for Checker {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder); // a leftover in the temporary folder harms nobody
    }
}

fn run(tool: &'static str, package: &'static str, command: &mut Command) -> Result<Output, SpinFault> {
    match command.output() {
        Ok(output) => Ok(output),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Err(SpinFault::Missing { tool, package }),
        Err(fault) => Err(fault.into()),
    }
}

fn good(tool: &'static str, output: Output) -> Result<(), SpinFault> {
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(SpinFault::Refused { tool, said: String::from_utf8_lossy(&said).trim().to_owned() })
}

const MODEL: &str = "model.pml";

impl Checker {
    /// Writes and compiles a model; breadth first, so that what it finds is short.
    ///
    /// # Errors
    /// Where `spin` or `cc` is missing or does not take the model.
    pub fn compile(script: &Script<'_>) -> Result<Self, SpinFault> {
        let name = format!("xinxiu-prove-{}", uuid::Uuid::new_v4().simple());
        let checker = Self { folder: std::env::temp_dir().join(name) };
        std::fs::create_dir_all(&checker.folder)?;
        std::fs::write(checker.folder.join(MODEL), &script.text)?;
        good("spin", run("spin", "spin", checker.here("spin").args(["-a", MODEL]))?)?;
        let flags = ["-O1", "-w", "-DBFS", "-DSAFETY", "-DNOFAIR", "-o", "pan", "pan.c"];
        good("cc", run("cc", "gcc libc6-dev", checker.here("cc").args(flags))?)?;
        Ok(checker)
    }

    fn here(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder);
        command
    }

    /// Asks for one property, without one of the guards or with all of them.
    ///
    /// # Errors
    /// Where the model does not run or its answer cannot be read.
    pub fn ask(&self, property: Property, without: Option<usize>) -> Result<Answer, SpinFault> {
        let pan = self.folder.join("pan");
        // The table of states starts small: most models have a few thousand.
        let asked = |argument: &str| self.here(&pan).args(["-w17", argument]).envs(Script::question(property, without)).output();
        let output = asked("-n")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let unreadable = || SpinFault::Unreadable(said.clone());
        let number = |before: &str, after: &str| {
            let line = said.lines().find(|line| line.contains(before) && line.contains(after))?;
            let words: Vec<_> = line.split_whitespace().collect();
            let at = words.iter().position(|word| *word == before.split_whitespace().last().unwrap_or_default())?;
            if after.is_empty() { words.get(at + 1)?.parse().ok() } else { words.get(at.checked_sub(1)?)?.parse().ok() }
        };
        let errors: u64 = number("errors:", "").ok_or_else(unreadable)?;
        let states = number("states,", "stored").ok_or_else(unreadable)?;
        if said.contains("search incomplete") || said.contains("max search depth too small") {
            return Err(unreadable());
        }
        let broken = if errors == 0 {
            None
        } else {
            let replay = asked("-r")?;
            Some(String::from_utf8_lossy(&replay.stdout).into_owned())
        };
        Ok(Answer { states, broken })
    }
}

/// Keeps a model for readers.
///
/// # Errors
/// Where the folder cannot be written.
pub fn keep(script: &Script<'_>, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(format!("{}.pml", script.definition.key)), &script.text)
}
