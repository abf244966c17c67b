//! Every setting with its default.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::ConfigFault;
use crate::mail::{MailBackend, MailFault, Mailer, SenderAddress, SmtpSettings, Tls, plain_stays_here};

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

/// More threads than a bureau's machine has use for.
const MOST_THREADS: u32 = 64;

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
    /// Where people open the house, as their browsers write it: `https://credit.example.gov.cn`.
    pub public_url: Option<String>,
    /// Threads that answer requests; half of the machine's cores and at least two where none are named: the database works beside
    /// them, and one that is at a long piece of work does not hold up the others.
    pub threads: Option<u32>,
    /// Minutes between checkpoints that are kept for good while the tree grows; those between replace one another.
    pub checkpoint_minutes: u32,
    /// Second place of the last checkpoint, a file or a folder on another disk or a share: compared and replaced at each
    /// signing, so that not even a copy of the whole data folder that is put back begins a second history.
    pub checkpoint_copy: Option<PathBuf>,
    /// Folder with the office fonts of papers (仿宋, 小标宋, 黑体); Noto CJK of the system stands in for those that it lacks.
    pub fonts: Option<PathBuf>,
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
    /// How long a relay may take until it is ready for a message, in seconds.
    pub smtp_timeout_seconds: u32,
    /// Provider of identities (OpenID Connect) by which people may sign in; none where it is not named.
    pub open_id_issuer: Option<String>,
    /// What the provider calls this house.
    pub open_id_client_id: Option<String>,
    /// File that holds the secret that the provider gave to this house; none where it gave none.
    pub open_id_secret_file: Option<PathBuf>,
    pub open_id_scopes: String,
    /// What people call the provider.
    pub open_id_name_zh: String,
    pub open_id_name_en: String,
    /// Certificates trusted instead of the public ones.
    pub open_id_ca_file: Option<PathBuf>,
    /// Whether companies may register an account themselves, by a link that is sent to them.
    pub registration: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: None,
            origin: "xinxiu.local/log".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            trusted_proxies: String::new(),
            public_url: None,
            threads: None,
            checkpoint_minutes: 60,
            checkpoint_copy: None,
            fonts: None,
            mail_from: "xinxiu@example.invalid".to_owned(),
            mail_per_hour: 30,
            smtp_host: None,
            smtp_port: 587,
            smtp_tls: TlsWord::Required,
            smtp_username: None,
            smtp_password_file: None,
            smtp_ca_file: None,
            smtp_timeout_seconds: 60,
            open_id_issuer: None,
            open_id_client_id: None,
            open_id_secret_file: None,
            open_id_scopes: "openid".to_owned(),
            open_id_name_zh: "统一身份认证平台".to_owned(),
            open_id_name_en: "the identity provider".to_owned(),
            open_id_ca_file: None,
            registration: false,
        }
    }
}

impl Settings {
    /// Names of all settings, as a file spells them; the environment writes them XINXIU_…
    pub const NAMES: [&'static str; 26] = [
        "database",
        "origin",
        "listen",
        "trusted_proxies",
        "public_url",
        "threads",
        "checkpoint_minutes",
        "checkpoint_copy",
        "fonts",
        "mail_from",
        "mail_per_hour",
        "smtp_host",
        "smtp_port",
        "smtp_tls",
        "smtp_username",
        "smtp_password_file",
        "smtp_ca_file",
        "smtp_timeout_seconds",
        "open_id_issuer",
        "open_id_client_id",
        "open_id_secret_file",
        "open_id_scopes",
        "open_id_name_zh",
        "open_id_name_en",
        "open_id_ca_file",
        "registration",
    ];

    /// The proxies that are believed; none where one of them is no address.
    pub fn proxies(&self) -> Option<Vec<IpAddr>> {
        self.trusted_proxies.split(',').map(str::trim).filter(|text| !text.is_empty()).map(|text| text.parse().ok()).collect()
    }

    /// Where letters go: to the relay, or into a folder of the house.
    ///
    /// # Errors
    /// When the password cannot be read.
    pub fn mail_backend(&self, data: &Path) -> Result<MailBackend, ConfigFault> {
        let Some(host) = &self.smtp_host else { return Ok(MailBackend::Folder(data.join("mail"))) };
        let password = self.smtp_password_file.as_ref().map(|file| {
            let text = std::fs::read_to_string(file)
                .map_err(|fault| ConfigFault::Wrong(format!("smtp_password_file {}: {fault}", file.display())))?;
            Ok::<_, ConfigFault>(text.trim_end().to_owned().into())
        });
        Ok(MailBackend::Smtp(SmtpSettings {
            host: host.clone(),
            port: self.smtp_port,
            tls: match self.smtp_tls {
                TlsWord::Required => Tls::Required,
                TlsWord::Wrapper => Tls::Wrapper,
                TlsWord::Plain => Tls::PlainLoopbackOnly,
            },
            username: self.smtp_username.clone(),
            password: password.transpose()?,
            timeout: Duration::from_secs(u64::from(self.smtp_timeout_seconds)),
            answer_timeout: SmtpSettings::ANSWER_TIMEOUT,
            ca_file: self.smtp_ca_file.clone(),
        }))
    }

    /// Whether letters could be sent with these settings, as the sending itself would find; nothing is contacted.
    ///
    /// # Errors
    /// What is wrong, with its cure.
    pub fn can_send(&self, data: &Path) -> Result<(), ConfigFault> {
        Mailer::new(self.mail_backend(data)?).map(drop).map_err(|fault| ConfigFault::Wrong(fault.to_string()))
    }

    /// What is wrong with the settings as a whole, each with its cure.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.checkpoint_minutes == 0 {
            faults.push("checkpoint_minutes is 0; give at least 1".to_owned());
        }
        if self.threads.is_some_and(|threads| !(1..=MOST_THREADS).contains(&threads)) {
            faults.push(format!("threads: give a whole number from 1 to {MOST_THREADS}"));
        }
        if self.proxies().is_none() {
            faults.push("trusted_proxies holds something that is no address; write it like 10.0.0.1, 10.0.0.2".to_owned());
        }
        if let Some(second) = self
            .checkpoint_copy
            .as_ref()
            .filter(|second| !second.is_dir() && !second.parent().is_some_and(|above| above.as_os_str().is_empty() || above.is_dir()))
        {
            faults.push(format!("checkpoint_copy: the folder of {} is not there; make it, or mount its disk", second.display()));
        }
        if let Some(folder) = self.fonts.as_ref().filter(|folder| !folder.is_dir()) {
            faults.push(format!("fonts: there is no folder {}", folder.display()));
        }
        faults.extend(self.faults_of_ways_in());
        if self.mail_per_hour == 0 {
            faults.push("mail_per_hour is 0; give at least 1".to_owned());
        }
        if !(1..=600).contains(&self.smtp_timeout_seconds) {
            faults.push(format!("smtp_timeout_seconds is {}; give 1 to 600", self.smtp_timeout_seconds));
        }
        if self.smtp_username.is_some() != self.smtp_password_file.is_some() {
            faults.push("smtp_username and smtp_password_file belong together; give both or neither".to_owned());
        }
        for (name, file) in [("smtp_password_file", &self.smtp_password_file), ("smtp_ca_file", &self.smtp_ca_file)] {
            if let Some(file) = file.as_ref().filter(|file| !file.is_file()) {
                faults.push(format!("{name}: there is no file {}", file.display()));
            }
        }
        if let Err(fault) = SenderAddress::parse(&self.mail_from) {
            faults.push(format!(
                "mail_from “{}” cannot send ({fault}); write it like xinxiu@example.org or 信修 <xinxiu@example.org>",
                self.mail_from
            ));
        }
        if let Some(host) = self.smtp_host.as_ref().filter(|host| self.smtp_tls == TlsWord::Plain && !plain_stays_here(host)) {
            faults.push(MailFault::PlainNotLoopback { host: host.clone() }.to_string());
        }
        faults
    }
}
