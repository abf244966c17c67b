//! A real SMTP server with scripted faults (`tests/judges/smtp/server.mjs`), one per test.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use api::mail::{MailBackend, Mailer, SmtpSettings, Tls};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::Value;
use uuid::Uuid;

use super::judge;

/// A running server; it ends, and its folder goes, when this is dropped. Faults are asked for by the recipient's local
/// part (`nouser@`, `greylist@`, `full@`, `spam@`, `silent@`, `drop@`); user `xinxiu` with password `right` may log in.
pub struct SmtpServer {
    /// Speaks plain at first and offers STARTTLS.
    pub port: u16,
    /// Speaks TLS from the first byte.
    pub wrapper_port: u16,
    /// Offers no TLS at all.
    pub plain_port: u16,
    /// The authority (PEM) behind the server's certificate, which is made out to `localhost` and `127.0.0.1`.
    pub ca_file: PathBuf,
    folder: PathBuf,
    child: Child,
}

impl SmtpServer {
    /// Starts a server on free ports of this machine. The first start installs its packages below the target folder.
    pub fn start() -> Self {
        let home = install();
        let folder = scratch("smtp");
        let ca_file = write_certificates(&folder);
        let mut child = Command::new("node")
            .arg("server.mjs")
            .arg(&folder)
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts (it must be installed, version 20 or later)");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("stdout is piped")).read_line(&mut line).expect("the server speaks");
        let ports: Value = serde_json::from_str(&line).expect("the server names its ports");
        let port = |name: &str| ports[name].as_u64().and_then(|port| port.try_into().ok()).expect("a port");
        Self { port: port("starttls"), wrapper_port: port("wrapper"), plain_port: port("plain"), ca_file, folder, child }
    }

    /// Settings that reach this server with the given protection, without a log-in.
    pub fn settings(&self, tls: Tls) -> SmtpSettings {
        SmtpSettings {
            host: "127.0.0.1".into(),
            port: match tls {
                Tls::Required => self.port,
                Tls::Wrapper => self.wrapper_port,
                Tls::PlainLoopbackOnly => self.plain_port,
            },
            tls,
            username: None,
            password: None,
            timeout: Duration::from_secs(30),
            answer_timeout: Duration::from_secs(30),
            ca_file: Some(self.ca_file.clone()),
        }
    }

    /// A mailer that reaches this server by STARTTLS.
    pub fn mailer(&self) -> Mailer {
        Mailer::new(MailBackend::Smtp(self.settings(Tls::Required))).expect("the settings are sound")
    }

    /// Every message the server took so far, oldest first, as its parser understood it: `envelope_from`, `to`,
    /// `secure`, `user`, `message_id`, `in_reply_to`, `references`, `from`, `subject`, `date`, `text`, `html`,
    /// `headers` (by lower-case name, whole lines) and `raw`. A message is here before the client has its answer.
    pub fn received(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.folder.join("received.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// An empty folder of its own below the target folder.
pub fn scratch(what: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{what}-{}", Uuid::new_v4()));
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// Copies the judge below the target folder and runs `npm ci` there, once for every version of its files.
fn install() -> PathBuf {
    judge::install(
        "smtp",
        &[
            ("package.json", include_str!("../judges/smtp/package.json")),
            ("package-lock.json", include_str!("../judges/smtp/package-lock.json")),
            (".npmrc", include_str!("../judges/smtp/.npmrc")),
            ("server.mjs", include_str!("../judges/smtp/server.mjs")),
        ],
    )
}

/// A certificate for this machine, signed by an authority made for the occasion.
fn write_certificates(folder: &Path) -> PathBuf {
    let authority_key = KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::new(Vec::new()).expect("no names");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_pem = authority.self_signed(&authority_key).expect("a certificate").pem();
    let key = KeyPair::generate().expect("a key");
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)
        .and_then(|params| params.signed_by(&key, &Issuer::from_params(&authority, &authority_key)))
        .expect("a certificate");
    let ca_file = folder.join("ca.pem");
    fs::write(&ca_file, authority_pem).expect("the folder can be written");
    fs::write(folder.join("cert.pem"), certificate.pem()).expect("the folder can be written");
    fs::write(folder.join("key.pem"), key.serialize_pem()).expect("the folder can be written");
    ca_file
}
