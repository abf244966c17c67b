//! A relay that says what a test wants, byte by byte: replies that no proper server gives.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use api::mail::{MailBackend, Mailer, SmtpSettings, Tls};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// Replies by step: `greeting`, `EHLO`, `MAIL`, `RCPT`, `DATA`, `message`, `QUIT`, or `RCPT local-part` for one recipient.
/// A step without one is answered as it should be; an empty one is answered by silence.
pub type Script = BTreeMap<String, Vec<u8>>;

/// A running relay on this machine, without TLS.
pub struct Relay {
    pub port: u16,
    script: Arc<Mutex<Script>>,
    /// How long the answer after a message takes.
    slowness: Arc<Mutex<Duration>>,
    taken: Arc<Mutex<Vec<String>>>,
    senders: Arc<Mutex<Vec<String>>>,
}

/// A script of a few steps.
pub fn script(steps: &[(&str, &[u8])]) -> Script {
    steps.iter().map(|(step, reply)| ((*step).to_owned(), reply.to_vec())).collect()
}

impl Relay {
    pub async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let relay = Self {
            port: listener.local_addr().expect("it has an address").port(),
            script: Arc::new(Mutex::new(script)),
            slowness: Arc::default(),
            taken: Arc::default(),
            senders: Arc::default(),
        };
        let (script, slowness, taken, senders) = (relay.script.clone(), relay.slowness.clone(), relay.taken.clone(), relay.senders.clone());
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(talk(line, script.clone(), slowness.clone(), taken.clone(), senders.clone()));
            }
        });
        relay
    }

    /// Says something else from now on.
    pub fn say(&self, script: Script) {
        *self.script.lock().expect("no test panics here") = script;
    }

    pub fn slow(&self, slowness: Duration) {
        *self.slowness.lock().expect("no test panics here") = slowness;
    }

    /// Message-IDs of what was handed over, in the order in which it came.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().expect("no test panics here").clone()
    }

    /// What each envelope says of its sender.
    pub fn senders(&self) -> Vec<String> {
        self.senders.lock().expect("no test panics here").clone()
    }

    pub fn settings(&self, timeout: Duration) -> SmtpSettings {
        SmtpSettings {
            host: "127.0.0.1".into(),
            port: self.port,
            tls: Tls::PlainLoopbackOnly,
            username: None,
            password: None,
            timeout,
            answer_timeout: timeout,
            ca_file: None,
        }
    }

    pub fn mailer(&self) -> Mailer {
        Mailer::new(MailBackend::Smtp(self.settings(Duration::from_secs(3)))).expect("the settings are sound")
    }
}

async fn answer(line: &mut BufReader<TcpStream>, script: &Mutex<Script>, steps: &[&str], proper: &[u8]) -> bool {
    let reply = {
        let script = script.lock().expect("no test panics here");
        steps.iter().find_map(|step| script.get(*step).cloned()).unwrap_or_else(|| proper.to_vec())
    };
    if reply.is_empty() {
        tokio::time::sleep(Duration::from_mins(10)).await;
    }
    line.write_all(&reply).await.is_ok() && line.flush().await.is_ok()
}

type Heard = Arc<Mutex<Vec<String>>>;

async fn talk(line: TcpStream, script: Arc<Mutex<Script>>, slowness: Arc<Mutex<Duration>>, taken: Heard, senders: Heard) {
    let mut line = BufReader::new(line);
    let mut go_on = answer(&mut line, &script, &["greeting"], b"220 relay\r\n").await;
    let mut to = String::new();
    while go_on {
        let mut command = String::new();
        if line.read_line(&mut command).await.unwrap_or(0) == 0 {
            return;
        }
        let verb = command.get(..4).unwrap_or_default().to_ascii_uppercase();
        go_on = match verb.as_str() {
            "RCPT" => {
                to = command.split(['<', '@']).nth(1).unwrap_or_default().to_owned();
                answer(&mut line, &script, &[&format!("RCPT {to}"), "RCPT"], b"250 ok\r\n").await
            }
            "DATA" => {
                if !answer(&mut line, &script, &["DATA"], b"354 go\r\n").await {
                    return;
                }
                if script.lock().expect("no test panics here").get("DATA").is_some_and(|reply| !reply.starts_with(b"354")) {
                    continue;
                }
                let Some(id) = message(&mut line).await else { return };
                taken.lock().expect("no test panics here").push(id);
                let slowness = *slowness.lock().expect("no test panics here");
                tokio::time::sleep(slowness).await;
                answer(&mut line, &script, &[&format!("message {to}"), "message"], b"250 taken\r\n").await
            }
            "MAIL" => {
                let from = command.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                senders.lock().expect("no test panics here").push(from);
                answer(&mut line, &script, &["MAIL"], b"250 ok\r\n").await
            }
            "QUIT" => {
                answer(&mut line, &script, &["QUIT"], b"221 bye\r\n").await;
                false
            }
            verb => answer(&mut line, &script, &[verb], b"250 ok\r\n").await,
        };
    }
}

/// Reads a message to its dot; its Message-ID.
async fn message(line: &mut BufReader<TcpStream>) -> Option<String> {
    let mut id = None;
    loop {
        let mut text = String::new();
        if line.read_line(&mut text).await.ok()? == 0 {
            return None;
        }
        if text == ".\r\n" {
            return id;
        }
        if let Some(found) = text.strip_prefix("Message-ID: ") {
            id = Some(found.trim().to_owned());
        }
    }
}
