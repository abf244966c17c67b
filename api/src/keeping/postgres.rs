//! `pg_dump` and `pg_restore`: the database's own tools know best how to copy it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::KeepingFault;

/// The tool on the path, or where Debian keeps it.
fn tool(name: &'static str) -> PathBuf {
    let debian = Path::new("/usr/lib/postgresql");
    let mut versions: Vec<_> =
        std::fs::read_dir(debian).into_iter().flatten().flatten().map(|entry| entry.path().join("bin").join(name)).collect();
    versions.sort();
    let on_path = std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()));
    if on_path {
        PathBuf::from(name)
    } else {
        versions.into_iter().rev().find(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(name))
    }
}

/// An address without its password, and the password: arguments are there for every user of the machine to read.
fn parts(url: &str) -> (String, Option<String>) {
    let (base, query) = url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let mut password = None;
    let mut bare = base.to_owned();
    if let Some((scheme, rest)) = base.split_once("://")
        && let Some((who, host)) = rest.rsplit_once('@')
        && let Some((user, secret)) = who.split_once(':')
    {
        bare = format!("{scheme}://{user}@{host}");
        password = Some(secret.to_owned());
    }
    let mut kept = Vec::new();
    for pair in query.into_iter().flat_map(|query| query.split('&')) {
        match pair.split_once('=') {
            Some(("password", secret)) => password = Some(secret.to_owned()),
            _ => kept.push(pair),
        }
    }
    if !kept.is_empty() {
        bare = format!("{bare}?{}", kept.join("&"));
    }
    let plain = |secret: String| {
        form_urlencoded::parse(format!("p={}", secret.replace('+', "%2B")).as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    (bare, password.and_then(plain))
}

fn run(name: &'static str, arguments: &[&std::ffi::OsStr], url: &str) -> Result<(), KeepingFault> {
    let failed = |why: String| KeepingFault::Tool { tool: name, why };
    let (bare, password) = parts(url);
    let mut command = Command::new(tool(name));
    command.args(arguments).arg("--dbname").arg(bare);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let done = command.output().map_err(|fault| failed(format!("{fault}; install the PostgreSQL client programs")))?;
    if done.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&done.stderr);
    Err(failed(crate::config::hidden(words.lines().next().unwrap_or("no reason was given"))))
}

/// Writes a dump in the custom form.
pub(super) fn dump(url: &str, out: &Path) -> Result<(), KeepingFault> {
    run(
        "pg_dump",
        &["--format=custom".as_ref(), "--no-owner".as_ref(), "--no-privileges".as_ref(), "--file".as_ref(), out.as_os_str()],
        url,
    )
}

/// Brings a dump into an empty database, in one transaction.
pub(super) fn load(url: &str, dump: &Path) -> Result<(), KeepingFault> {
    run(
        "pg_restore",
        &["--single-transaction".as_ref(), "--exit-on-error".as_ref(), "--no-owner".as_ref(), "--no-privileges".as_ref(), dump.as_os_str()],
        url,
    )
}
