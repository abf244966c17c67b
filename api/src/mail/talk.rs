//! The conversation with a relay, step by step (RFC 5321; STARTTLS: RFC 3207; AUTH: RFC 4954).

use std::{net::IpAddr, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    time::timeout,
};

use super::{
    mailer::Outcome,
    reply::{self, Reply, ReplyFault},
    verdict::{self, Step},
};

/// How long a relay may take to answer our good-bye; its answer changes nothing.
const GOODBYE: Duration = Duration::from_secs(2);

/// A line to a relay, with or without TLS.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A conversation after the greeting.
pub(super) struct Talk {
    line: BufReader<Box<dyn Stream>>,
    /// What the relay offers, in capitals.
    offers: Vec<String>,
}

impl Talk {
    /// Waits for the greeting, then says hello.
    pub async fn greeted(line: Box<dyn Stream>, own: IpAddr) -> Result<Self, Outcome> {
        let mut talk = Self { line: BufReader::new(line), offers: Vec::new() };
        talk.expect(Step::Connect, 220).await?;
        talk.ehlo(own).await?;
        Ok(talk)
    }

    /// Says hello on a line that was greeted before TLS.
    pub async fn hello(line: Box<dyn Stream>, own: IpAddr) -> Result<Self, Outcome> {
        let mut talk = Self { line: BufReader::new(line), offers: Vec::new() };
        talk.ehlo(own).await?;
        Ok(talk)
    }

    async fn ehlo(&mut self, own: IpAddr) -> Result<(), Outcome> {
        let name = host_name().unwrap_or_else(|| match own {
            IpAddr::V4(own) => format!("[{own}]"),
            IpAddr::V6(own) => format!("[IPv6:{own}]"),
        });
        let reply = self.say(Step::Connect, &format!("EHLO {name}"), 250).await?;
        self.offers = reply.lines.iter().skip(1).map(|line| line.to_ascii_uppercase()).collect();
        Ok(())
    }

    /// Asks for TLS; the bare line, on which nothing may lie that came before TLS.
    pub async fn start_tls(mut self) -> Result<Box<dyn Stream>, Outcome> {
        if !self.offers.iter().any(|offer| offer == "STARTTLS") {
            return Err(verdict::relay(Step::Tls, None, "the relay offers no STARTTLS"));
        }
        self.say(Step::Tls, "STARTTLS", 220).await?;
        if self.line.buffer().is_empty() {
            Ok(self.line.into_inner())
        } else {
            Err(verdict::relay(Step::Tls, None, "the relay spoke before TLS"))
        }
    }

    pub async fn sign_in(&mut self, user: &str, password: &SecretString) -> Result<(), Outcome> {
        let knows = |mechanism: &str| {
            self.offers.iter().any(|offer| offer.starts_with("AUTH") && offer.split([' ', '=']).any(|word| word == mechanism))
        };
        let secret = |text: &str| STANDARD.encode(text);
        if knows("PLAIN") {
            let both = secret(&format!("\0{user}\0{}", password.expose_secret()));
            self.say(Step::SignIn, &format!("AUTH PLAIN {both}"), 235).await?;
        } else if knows("LOGIN") {
            self.say(Step::SignIn, "AUTH LOGIN", 334).await?;
            self.say(Step::SignIn, &secret(user), 334).await?;
            self.say(Step::SignIn, &secret(password.expose_secret()), 235).await?;
        } else {
            return Err(verdict::relay(Step::SignIn, None, "the relay offers neither AUTH PLAIN nor AUTH LOGIN"));
        }
        Ok(())
    }

    /// Names the sender.
    pub async fn sender(&mut self, from: &str) -> Result<(), Outcome> {
        self.say(Step::Sender, &format!("MAIL FROM:<{from}>"), 250).await.map(drop)
    }

    /// Names the recipient, up to the relay's "go ahead" for the message.
    pub async fn recipient(&mut self, to: &str) -> Result<(), Outcome> {
        // Any 2xx will do: 251 says that it is forwarded, 252 that it was not looked up.
        self.say(Step::Recipient, &format!("RCPT TO:<{to}>"), 250).await?;
        self.say(Step::Message, "DATA", 354).await.map(drop)
    }

    /// Hands the message over and waits for the answer.
    pub async fn message(&mut self, bytes: &[u8]) -> Outcome {
        let body = stuffed(bytes);
        let sent = async {
            self.line.write_all(&body).await?;
            self.line.flush().await
        };
        if let Err(fault) = sent.await {
            return verdict::of_fault(Step::Message, true, &ReplyFault::Lost(fault));
        }
        match reply::read(&mut self.line).await {
            Ok(reply) if (200..300).contains(&reply.code) => Outcome::Delivered { reply: reply.words() },
            Ok(reply) => verdict::of_reply(Step::Message, &reply),
            Err(fault) => verdict::of_fault(Step::Message, true, &fault),
        }
    }

    /// Says good-bye.
    pub async fn end(mut self) {
        let quit = async {
            self.line.write_all(b"QUIT\r\n").await?;
            self.line.flush().await?;
            reply::read(&mut self.line).await.ok();
            self.line.shutdown().await
        };
        let _ = timeout(GOODBYE, quit).await;
    }

    async fn say(&mut self, step: Step, command: &str, wanted: u16) -> Result<Reply, Outcome> {
        self.write(step, command).await?;
        self.expect(step, wanted).await
    }

    async fn write(&mut self, step: Step, command: &str) -> Result<(), Outcome> {
        let write = async {
            self.line.write_all(format!("{command}\r\n").as_bytes()).await?;
            self.line.flush().await
        };
        write.await.map_err(|fault| verdict::of_fault(step, false, &ReplyFault::Lost(fault)))
    }

    async fn expect(&mut self, step: Step, wanted: u16) -> Result<Reply, Outcome> {
        let reply = reply::read(&mut self.line).await.map_err(|fault| verdict::of_fault(step, false, &fault))?;
        // Only the first digit decides what is wanted (RFC 5321 4.2.1), but 334 and 354 ask for different things.
        let good = if wanted < 300 { reply.code / 100 == 2 } else { reply.code == wanted };
        if good { Ok(reply) } else { Err(verdict::of_reply(step, &reply)) }
    }
}

/// The message as it goes over the line: dots at line beginnings doubled, one dot at its end (RFC 5321 4.5.2).
fn stuffed(bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(bytes.len() + 64);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            body.push(b'.');
        }
        body.extend_from_slice(line);
    }
    if !body.ends_with(b"\r\n") {
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b".\r\n");
    body
}

/// The machine's full name, where it has one.
fn host_name() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    let name = name.trim();
    let plain = name.contains('.') && name.len() < 250 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    plain.then(|| name.to_owned())
}
