//! Every setting with its default.

use std::{net::{IpAddr, SocketAddr}, path::PathBuf};

use serde::{Deserialize, Serialize};

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum TlsWord {
    /// STARTTLS, and no mail without it.
    Required,
    /// TLS from the first byte.
    Wrapper,
    /// None; only for a relay on this machine.
    Plain,
}

/// The settings of a server. Secrets stand in files that settings name, never in settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `sqlite:FILE` or `postgres://…`; a `SQLite` file in the data folder where none is given.
    pub database: Option<String>,
    /// Name of the log in checkpoints.
    pub origin: String,
    pub listen: SocketAddr,
    /// Addresses of the proxies in front of the house, with commas between: their `X-Forwarded-For` says who asks, since
    /// sign-ins are limited by address.
    pub trusted_proxies: String,
    /// Minutes between signed checkpoints while the tree grows.
    pub checkpoint_minutes: u32,
    /// Second place of the last checkpoint, a file or a folder on another disk or a share: compared and replaced at each
    /// signing, so that not even a copy of the whole data folder that is put back begins a second history.
    pub checkpoint_copy: Option<PathBuf>,
    /// Role address that letters come from.
    pub mail_from: String,
    /// Most letters that one account gets in an hour; the others wait.
    pub mail_per_hour: u32,
    /// Relay; mail goes to the folder `mail` of the data folder where none is named.
    pub smtp_host: Option<String>,
    pub smtp_port: u16,
    pub smtp_tls: TlsWord,
    pub smtp_username: Option<String>,
    /// File that holds the relay's password.
    pub smtp_password_file: Option<PathBuf>,
    /// Certificates trusted instead of the public ones.
    pub smtp_ca_file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: None,
            origin: "xinxiu.local/log".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            trusted_proxies: String::new(),
            checkpoint_minutes: 60,
            checkpoint_copy: None,
            mail_from: "xinxiu@example.invalid".to_owned(),
            mail_per_hour: 30,
            smtp_host: None,
            smtp_port: 587,
            smtp_tls: TlsWord::Required,
            smtp_username: None,
            smtp_password_file: None,
            smtp_ca_file: None,
        }
    }
}

impl Settings {
    /// Names of all settings, as a file spells them; the environment writes them XINXIU_…
    pub const NAMES: [&'static str; 14] = [
        "database", "origin", "listen", "trusted_proxies", "checkpoint_minutes", "checkpoint_copy", "mail_from", "mail_per_hour", "smtp_host", "smtp_port", "smtp_tls", "smtp_username",
        "smtp_password_file", "smtp_ca_file",
    ];

    /// The proxies that are believed; none where one of them is no address.
    pub fn proxies(&self) -> Option<Vec<IpAddr>> {
        self.trusted_proxies.split(',').map(str::trim).filter(|text| !text.is_empty()).map(|text| text.parse().ok()).collect()
    }

    /// What is wrong with the settings as a whole, each with its cure.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.checkpoint_minutes == 0 {
            faults.push("checkpoint_minutes is 0; give at least 1".to_owned());
        }
        if self.proxies().is_none() {
            faults.push("trusted_proxies holds something that is no address; write it like 10.0.0.1, 10.0.0.2".to_owned());
        }
        if let Some(second) = self.checkpoint_copy.as_ref().filter(|second| !second.is_dir() && !second.parent().is_some_and(|above| above.as_os_str().is_empty() || above.is_dir())) {
            faults.push(format!("checkpoint_copy: the folder of {} is not there; make it, or mount its disk", second.display()));
        }
        if self.mail_per_hour == 0 {
            faults.push("mail_per_hour is 0; give at least 1".to_owned());
        }
        if self.smtp_username.is_some() != self.smtp_password_file.is_some() {
            faults.push("smtp_username and smtp_password_file belong together; give both or neither".to_owned());
        }
        for (name, file) in [("smtp_password_file", &self.smtp_password_file), ("smtp_ca_file", &self.smtp_ca_file)] {
            if let Some(file) = file.as_ref().filter(|file| !file.is_file()) {
                faults.push(format!("{name}: there is no file {}", file.display()));
            }
        }
        if let Err(fault) = self.mail_from.parse::<lettre::message::Mailbox>() {
            faults.push(format!("mail_from “{}” is no address ({fault}); write it like xinxiu@example.org", self.mail_from));
        }
        faults
    }
}
