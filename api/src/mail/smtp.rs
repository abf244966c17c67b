//! How a relay is reached: settings, addresses, TLS, and one whole try with its time limits.
//!
//! Until the message is handed over, whatever goes wrong means "not taken"; after it, what cannot be read means "unknown".

use std::{
    future::Future,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore, crypto,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};

use super::{
    fault::MailFault,
    mailer::Outcome,
    message::Wire,
    talk::{Stream, Talk},
    verdict::{self, RelayFault, Step},
};

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// STARTTLS, and nothing is sent without it (usually port 587).
    Required,
    /// TLS from the first byte (usually port 465).
    Wrapper,
    /// No TLS; only to a relay on this very machine.
    PlainLoopbackOnly,
}

/// How to reach a relay.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Name or address; the certificate must be made out to it.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// With `password`, or neither.
    pub username: Option<String>,
    /// With `username`, or neither.
    pub password: Option<SecretString>,
    /// From the connect until the relay is ready for the message.
    pub timeout: Duration,
    /// For the relay's answer after the message; RFC 5321 4.5.3.2.6 asks for ten minutes, since a client that gives up
    /// earlier sends the message twice.
    pub answer_timeout: Duration,
    /// PEM certificates trusted *instead of* the public ones, for a relay with a certificate of the house.
    pub ca_file: Option<PathBuf>,
}

impl SmtpSettings {
    /// Time limit of the answer after it.
    pub const ANSWER_TIMEOUT: Duration = Duration::from_mins(10);
}

/// Checked settings.
pub(super) struct Relay {
    settings: SmtpSettings,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.settings.fmt(f)
    }
}

impl Relay {
    pub fn new(settings: SmtpSettings) -> Result<Self, MailFault> {
        if settings.timeout.is_zero() || settings.answer_timeout.is_zero() {
            return Err(MailFault::NoTimeout);
        }
        if settings.username.is_some() != settings.password.is_some() {
            return Err(MailFault::HalfCredentials);
        }
        let tls = match settings.tls {
            Tls::PlainLoopbackOnly if loopback(&settings.host).is_none() => {
                return Err(MailFault::PlainNotLoopback { host: settings.host });
            }
            Tls::PlainLoopbackOnly => None,
            Tls::Required | Tls::Wrapper => Some(trust(&settings.host, settings.ca_file.as_deref())?),
        };
        Ok(Self { settings, tls })
    }

    /// The time limit of a try until the message is handed over.
    pub fn timeout(&self) -> Duration {
        self.settings.timeout
    }

    /// One try on its own connection: a kept connection that the relay has closed meanwhile would only add doubt.
    /// `may` is asked when the relay is ready for the message; where it says no, nothing is handed over.
    pub async fn send<F: Future<Output = bool>>(&self, wire: &Wire, may: impl FnOnce() -> F) -> Outcome {
        let until = Instant::now() + self.settings.timeout;
        let late = |step: Step, all_letters| {
            Outcome::Relay(RelayFault { step, code: None, all_letters, reply: "the relay did not answer in time".into() })
        };
        let mut talk = match self.connect(until).await {
            Ok(talk) => talk,
            Err(outcome) => return outcome,
        };
        match timeout_at(until, talk.sender(&wire.from)).await {
            Err(_) => return late(Step::Sender, true),
            Ok(Err(outcome)) => return outcome,
            Ok(Ok(())) => {}
        }
        // A relay may ask the recipient's own server first: its silence says nothing of other letters.
        match timeout_at(until, talk.recipient(&wire.to)).await {
            Err(_) => return late(Step::Recipient, false),
            Ok(Err(outcome)) => return outcome,
            Ok(Ok(())) => {}
        }
        if !may().await {
            return Outcome::Withheld;
        }
        let outcome = match timeout(self.settings.answer_timeout, talk.message(&wire.bytes)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Unknown { why: "the relay took the message and did not answer in time".into() },
        };
        talk.end().await;
        outcome
    }

    /// The addresses of the host, each tried in its own time, until one greets.
    async fn connect(&self, until: Instant) -> Result<Talk, Outcome> {
        let host = self.settings.host.as_str();
        let there: Vec<SocketAddr> = match loopback(host) {
            // Never by name: a name server could point "localhost" elsewhere.
            Some(here) => here.into_iter().map(|ip| SocketAddr::new(ip, self.settings.port)).collect(),
            None => match timeout_at(until, tokio::net::lookup_host((host.trim_matches(['[', ']']), self.settings.port))).await {
                Err(_) => return Err(verdict::relay(Step::Connect, None, "the name servers did not answer in time")),
                Ok(found) => {
                    found.map_err(|fault| verdict::relay(Step::Connect, None, &format!("the host has no address: {fault}")))?.collect()
                }
            },
        };
        let mut last = verdict::relay(Step::Connect, None, "the host has no address");
        let count = there.len();
        for (place, address) in there.into_iter().enumerate() {
            // A silent address must not use up the time of the others.
            let left = until.saturating_duration_since(Instant::now());
            let share = left / u32::try_from(count - place).unwrap_or(u32::MAX);
            match timeout(share, self.greet(address)).await {
                Ok(Ok(talk)) => return Ok(talk),
                Ok(Err(outcome)) => last = outcome,
                Err(_) => last = verdict::relay(Step::Connect, None, "the relay did not answer in time"),
            }
        }
        Err(last)
    }

    /// Connects to one address, up to and with its greeting, TLS and the sign-in.
    async fn greet(&self, address: SocketAddr) -> Result<Talk, Outcome> {
        let unreachable = |fault: std::io::Error| verdict::relay(Step::Connect, None, &fault.to_string());
        let line = TcpStream::connect(address).await.map_err(unreachable)?;
        let _ = line.set_nodelay(true);
        let own = line.local_addr().map_err(unreachable)?.ip();
        let mut talk = match (&self.tls, self.settings.tls) {
            (Some(_), Tls::Wrapper) => Talk::greeted(self.protect(Box::new(line)).await?, own).await?,
            _ => Talk::greeted(Box::new(line), own).await?,
        };
        if self.settings.tls == Tls::Required {
            let line = talk.start_tls().await?;
            talk = Talk::hello(self.protect(line).await?, own).await?;
        }
        if let (Some(user), Some(password)) = (&self.settings.username, &self.settings.password) {
            talk.sign_in(user, password).await?;
        }
        Ok(talk)
    }

    async fn protect(&self, line: Box<dyn Stream>) -> Result<Box<dyn Stream>, Outcome> {
        let Some((connector, name)) = &self.tls else { return Err(verdict::relay(Step::Tls, None, "no TLS is set up")) };
        let line = connector.connect(name.clone(), line).await.map_err(|fault| verdict::relay(Step::Tls, None, &fault.to_string()))?;
        Ok(Box::new(line))
    }
}

/// The addresses of a host that names this very machine.
fn loopback(host: &str) -> Option<Vec<IpAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let ip: IpAddr = host.trim_matches(['[', ']']).parse().ok()?;
    ip.is_loopback().then(|| vec![ip])
}

fn trust(host: &str, ca_file: Option<&Path>) -> Result<(TlsConnector, ServerName<'static>), MailFault> {
    let unfit = |why: String| MailFault::Tls { why };
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(|fault| unfit(fault.to_string()))?;
    let mut roots = RootCertStore::empty();
    match ca_file {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let pem = std::fs::read(path).map_err(|error| MailFault::CaUnreadable { path: path.to_owned(), why: error.to_string() })?;
            for certificate in CertificateDer::pem_slice_iter(&pem) {
                let certificate = certificate.map_err(|fault| unfit(fault.to_string()))?;
                roots.add(certificate).map_err(|fault| unfit(fault.to_string()))?;
            }
            if roots.is_empty() {
                return Err(unfit("ca_file holds no PEM certificate".into()));
            }
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|fault| unfit(fault.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok((TlsConnector::from(Arc::new(config)), name))
}

/// Whether plain SMTP to this host stays on this machine.
pub fn plain_stays_here(host: &str) -> bool {
    loopback(host).is_some()
}
