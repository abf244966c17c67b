//! The conversation with a relay. lettre speaks the protocol; this file decides what each way of ending means.
//!
//! lettre's own timeout covers only the connect, so the whole conversation stands under one of ours; and its transport
//! hides how far it came, so its connection is driven step by step: before the message is handed over a failure means
//! "not taken", after it means "unknown".

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::ClientId,
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;

use super::{fault::MailFault, mailer::Outcome, message::Wire};

/// How long a relay may take to answer our good-bye; its answer changes nothing.
const GOODBYE: Duration = Duration::from_secs(2);
/// Longest reply kept, in characters: it becomes a log row.
const MAX_REPLY: usize = 400;

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
    /// For the whole of one try, from the connect to the answer after the message.
    pub timeout: Duration,
    /// PEM certificates trusted *instead of* the public ones, for a relay with a certificate of the house.
    pub ca_file: Option<PathBuf>,
}

/// Checked settings.
pub(super) struct Relay {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.settings.fmt(f)
    }
}

/// A failure together with the step that it belongs to.
struct Broken {
    step: &'static str,
    /// A 5xx of this step speaks about the message or its recipient, not about the relay or our account on it.
    about_the_mail: bool,
    error: Error,
}

impl Broken {
    fn relay(step: &'static str) -> impl Fn(Error) -> Self {
        move |error| Self {
            step,
            about_the_mail: false,
            error,
        }
    }

    fn mail(step: &'static str) -> impl Fn(Error) -> Self {
        move |error| Self {
            step,
            about_the_mail: true,
            error,
        }
    }
}

impl Relay {
    pub fn new(settings: SmtpSettings) -> Result<Self, MailFault> {
        if settings.timeout.is_zero() {
            return Err(MailFault::NoTimeout);
        }
        let tls = match settings.tls {
            Tls::PlainLoopbackOnly if loopback(&settings.host).is_none() => {
                return Err(MailFault::PlainNotLoopback {
                    host: settings.host,
                });
            }
            Tls::PlainLoopbackOnly => None,
            Tls::Required | Tls::Wrapper => {
                Some(trust(&settings.host, settings.ca_file.as_deref())?)
            }
        };
        let credentials = match (&settings.username, &settings.password) {
            (Some(user), Some(password)) => Some(Credentials::new(
                user.clone(),
                password.expose_secret().to_owned(),
            )),
            (None, None) => None,
            _ => return Err(MailFault::HalfCredentials),
        };
        Ok(Self {
            settings,
            tls,
            credentials,
        })
    }

    /// One try on its own connection. A kept connection that the relay has closed meanwhile would only add doubt.
    pub async fn send(&self, wire: Wire) -> Outcome {
        let handed_over = AtomicBool::new(false);
        match timeout(self.settings.timeout, self.talk(&wire, &handed_over)).await {
            Ok((outcome, connection)) => {
                if let Some(mut connection) = connection {
                    let _ = timeout(GOODBYE, connection.abort()).await;
                }
                outcome
            }
            Err(_) if handed_over.load(Ordering::Relaxed) => Outcome::Unknown {
                why: "the relay took the message and did not answer in time".into(),
            },
            Err(_) => Outcome::Deferred {
                code: None,
                reply: "the relay did not answer in time".into(),
            },
        }
    }

    async fn talk(
        &self,
        wire: &Wire,
        handed_over: &AtomicBool,
    ) -> (Outcome, Option<AsyncSmtpConnection>) {
        let mut connection = match self.connect().await {
            Ok(connection) => connection,
            Err(broken) => return (broken.outcome(), None),
        };
        let outcome = if let Err(broken) = self.introduce(&mut connection, wire).await {
            broken.outcome()
        } else {
            handed_over.store(true, Ordering::Relaxed);
            after_message(connection.message(&wire.bytes).await)
        };
        (outcome, Some(connection))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Broken> {
        let SmtpSettings {
            host,
            port,
            timeout,
            ..
        } = &self.settings;
        let broken = Broken::relay("connect");
        let hello = ClientId::default();
        match self.settings.tls {
            Tls::PlainLoopbackOnly => {
                // Never by name: a name server could point "localhost" elsewhere.
                let here: Vec<SocketAddr> = loopback(host)
                    .into_iter()
                    .flatten()
                    .map(|ip| SocketAddr::new(ip, *port))
                    .collect();
                AsyncSmtpConnection::connect_tokio1(
                    here.as_slice(),
                    Some(*timeout),
                    &hello,
                    None,
                    None,
                )
                .await
                .map_err(broken)
            }
            Tls::Wrapper => {
                let there = (host.as_str(), *port);
                AsyncSmtpConnection::connect_tokio1(
                    there,
                    Some(*timeout),
                    &hello,
                    self.tls.clone(),
                    None,
                )
                .await
                .map_err(broken)
            }
            Tls::Required => {
                let there = (host.as_str(), *port);
                let mut connection =
                    AsyncSmtpConnection::connect_tokio1(there, Some(*timeout), &hello, None, None)
                        .await
                        .map_err(broken)?;
                if let Some(tls) = self.tls.clone() {
                    connection
                        .starttls(tls, &hello)
                        .await
                        .map_err(Broken::relay("STARTTLS"))?;
                }
                Ok(connection)
            }
        }
    }

    /// Everything up to the relay's "go ahead".
    async fn introduce(
        &self,
        connection: &mut AsyncSmtpConnection,
        wire: &Wire,
    ) -> Result<(), Broken> {
        if let Some(credentials) = &self.credentials {
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], credentials)
                .await
                .map_err(Broken::relay("AUTH"))?;
        }
        let from = Mail::new(wire.envelope.from().cloned(), vec![]);
        connection
            .command(from)
            .await
            .map_err(Broken::mail("MAIL"))?;
        for to in wire.envelope.to() {
            connection
                .command(Rcpt::new(to.clone(), vec![]))
                .await
                .map_err(Broken::mail("RCPT"))?;
        }
        connection
            .command(Data)
            .await
            .map_err(Broken::mail("DATA"))?;
        Ok(())
    }
}

impl Broken {
    fn outcome(&self) -> Outcome {
        let reply = one_line(&format!("{}: {}", self.step, self.error));
        let code = self.error.status().map(u16::from);
        // 530 asks for a log-in whatever the step, so it too speaks about our settings.
        if self.about_the_mail && self.error.is_permanent() && code != Some(530) {
            Outcome::Refused { code, reply }
        } else {
            Outcome::Deferred { code, reply }
        }
    }
}

fn after_message(answer: Result<lettre::transport::smtp::response::Response, Error>) -> Outcome {
    match answer {
        Ok(response) => {
            let words: Vec<&str> = response.message().collect();
            Outcome::Delivered {
                reply: one_line(&format!("{} {}", response.code(), words.join(" "))),
            }
        }
        Err(error) if error.status().is_some() => Broken::mail("message")(error).outcome(),
        Err(error) => Outcome::Unknown {
            why: one_line(&format!(
                "the relay's answer after the message was lost: {error}"
            )),
        },
    }
}

/// The addresses of a host that names this very machine.
fn loopback(host: &str) -> Option<Vec<IpAddr>> {
    if host.eq_ignore_ascii_case("localhost") {
        return Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let ip: IpAddr = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .ok()?;
    ip.is_loopback().then(|| vec![ip])
}

fn trust(host: &str, ca_file: Option<&Path>) -> Result<TlsParameters, MailFault> {
    let unfit = |error: Error| MailFault::Tls {
        why: error.to_string(),
    };
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca_file {
        let pem = std::fs::read(path).map_err(|error| MailFault::CaUnreadable {
            path: path.to_owned(),
            why: error.to_string(),
        })?;
        if !pem
            .windows(b"BEGIN CERTIFICATE".len())
            .any(|bytes| bytes == b"BEGIN CERTIFICATE")
        {
            return Err(MailFault::Tls {
                why: "ca_file holds no PEM certificate".into(),
            });
        }
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(Certificate::from_pem(&pem).map_err(unfit)?);
    }
    builder.build().map_err(unfit)
}

/// A stranger's words, made fit for a log row.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MAX_REPLY)
        .collect()
}
