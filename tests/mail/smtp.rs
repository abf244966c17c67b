//! Against a real SMTP server: what arrives, and what each way of ending is called.

use std::{net::TcpListener, time::Duration};

use api::mail::{MailBackend, Mailer, Outcome, OutgoingMail, RelayFault, SmtpSettings, Step, Tls};
use secrecy::SecretString;

use super::mail;
use crate::support::smtp::SmtpServer;

fn mailer(settings: SmtpSettings) -> Mailer {
    Mailer::new(MailBackend::Smtp(settings)).expect("the settings are sound")
}

fn refusal_code(settings: SmtpSettings) -> &'static str {
    Mailer::new(MailBackend::Smtp(settings)).expect_err("the settings are unsound").code()
}

#[tokio::test]
async fn the_reader_gets_what_was_written() {
    let server = SmtpServer::start();
    let sent = mail("party@example.org");
    let outcome = server.mailer().send(&sent).await;
    assert!(matches!(&outcome, Outcome::Delivered { reply } if reply.contains("kept")), "{outcome:?}");

    let [got] = server.received().try_into().expect("one message");
    assert_eq!(got["secure"], true);
    assert_eq!(got["envelope_from"], *sent.envelope_from);
    assert_eq!(got["to"], serde_json::json!([sent.to]));
    assert_eq!(got["subject"], *sent.subject);
    assert_eq!(got["text"].as_str().map(str::trim_end), Some(sent.text.trim_end()));
    assert_eq!(got["html"].as_str().map(str::trim_end), Some(sent.html.as_str()));
    assert_eq!(got["message_id"], *sent.message_id);
    assert_eq!(got["in_reply_to"], sent.in_reply_to.clone().expect("set above"));
    assert_eq!(got["references"], serde_json::json!(sent.references));
    assert_eq!(got["from"][0]["address"], "notice@xinxiu.example");
    assert_eq!(got["from"][0]["name"], "信修 Xinxiu");
    assert_eq!(got["date"], "2026-11-24T08:00:00.000Z");
    assert_eq!(got["headers"]["auto-submitted"], "Auto-Submitted: auto-generated");

    let raw = got["raw"].as_str().expect("the bytes");
    assert!(raw.is_ascii(), "no server needs 8BITMIME or SMTPUTF8");
    let (text, html) = (raw.find("text/plain").expect("a text part"), raw.find("text/html").expect("an HTML part"));
    assert!(raw.contains("multipart/alternative") && text < html, "text first");
    assert_eq!(raw.matches("Content-Transfer-Encoding: base64").count(), 2);
}

#[tokio::test]
async fn each_protection_works_with_and_without_a_log_in() {
    let server = SmtpServer::start();
    for tls in [Tls::Required, Tls::Wrapper, Tls::PlainLoopbackOnly] {
        for login in [false, true] {
            let mut settings = server.settings(tls);
            settings.username = login.then(|| "xinxiu".into());
            settings.password = login.then(|| SecretString::from("right"));
            let outcome = mailer(settings).send(&mail("party@example.org")).await;
            assert!(matches!(outcome, Outcome::Delivered { .. }), "{tls:?} {login}: {outcome:?}");
            let last = server.received().pop().expect("a message");
            assert_eq!(last["secure"], tls != Tls::PlainLoopbackOnly);
            assert_eq!(last["user"], if login { "xinxiu".into() } else { serde_json::Value::Null });
        }
    }
}

#[tokio::test]
async fn what_concerns_the_relay_is_tried_again() {
    let server = SmtpServer::start();
    let mut wrong_password = server.settings(Tls::Required);
    wrong_password.username = Some("xinxiu".into());
    wrong_password.password = Some(SecretString::from("wrong"));
    let mut stranger = server.settings(Tls::Required);
    stranger.ca_file = None;
    let mut stranger_wrapped = server.settings(Tls::Wrapper);
    stranger_wrapped.ca_file = None;
    let mut no_starttls = server.settings(Tls::Required);
    no_starttls.port = server.plain_port;
    let mut nobody = server.settings(Tls::Required);
    nobody.port = {
        let closed = TcpListener::bind("127.0.0.1:0").expect("a free port");
        closed.local_addr().expect("it has an address").port()
    };
    let cases = [
        ("wrong password", wrong_password, Step::SignIn, Some(535)),
        ("certificate of a stranger", stranger, Step::Tls, None),
        ("certificate of a stranger, TLS first", stranger_wrapped, Step::Tls, None),
        ("no STARTTLS on offer", no_starttls, Step::Tls, None),
        ("nobody listens", nobody, Step::Connect, None),
    ];
    for (what, settings, step, expected) in cases {
        let outcome = mailer(settings).send(&mail("party@example.org")).await;
        let Outcome::Relay(fault) = &outcome else { panic!("{what}: {outcome:?}") };
        assert_eq!((fault.step, fault.code, fault.all_letters), (step, expected, true), "{what}");
    }
    assert!(server.received().is_empty(), "nothing went out unprotected");
}

#[tokio::test]
async fn replies_about_the_mail_are_told_apart() {
    let server = SmtpServer::start();
    let mailer = server.mailer();
    let outcome = mailer.send(&mail("greylist@example.org")).await;
    assert!(matches!(outcome, Outcome::Deferred { code: Some(451), .. }), "{outcome:?}");
    let outcome = mailer.send(&mail("greylist@example.org")).await;
    assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
    let outcome = mailer.send(&mail("full@example.org")).await;
    assert!(matches!(outcome, Outcome::Deferred { code: Some(452), .. }), "{outcome:?}");
    let outcome = mailer.send(&mail("nouser@example.org")).await;
    assert!(matches!(&outcome, Outcome::Refused { code, reply } if code == "550" && reply.contains("no such user")), "{outcome:?}");
    let outcome = mailer.send(&mail("spam@example.org")).await;
    assert!(
        matches!(
            &outcome,
            Outcome::Refused { code, .. } if code == "554"
        ),
        "{outcome:?}"
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_unknown_and_the_second_copy_can_be_seen_as_one() {
    let server = SmtpServer::start();
    let mailer = server.mailer();
    for _ in 0..2 {
        let outcome = mailer.send(&mail("drop@example.org")).await;
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    }
    let [first, second] = server.received().try_into().expect("it did arrive, twice");
    assert_eq!(first["message_id"], second["message_id"]);
    assert_eq!(first["raw"], second["raw"], "the same bytes on every try");
}

#[tokio::test]
async fn silence_ends_with_the_timeout() {
    let server = SmtpServer::start();
    let mut settings = server.settings(Tls::Required);
    (settings.timeout, settings.answer_timeout) = (Duration::from_secs(3), Duration::from_secs(3));
    let outcome = mailer(settings.clone()).send(&mail("silent@example.org")).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }), "after the message: {outcome:?}");

    let mute = TcpListener::bind("127.0.0.1:0").expect("a free port");
    settings.port = mute.local_addr().expect("it has an address").port();
    let outcome = mailer(settings).send(&mail("party@example.org")).await;
    assert!(
        matches!(&outcome, Outcome::Relay(fault) if fault.step == Step::Connect && fault.code.is_none()),
        "before the message: {outcome:?}"
    );
}

#[tokio::test]
async fn unsound_settings_are_refused_at_once() {
    let server = SmtpServer::start();
    let plain = server.settings(Tls::PlainLoopbackOnly);
    for host in ["mail.example.org", "192.0.2.1", "localhost.example.org", "0.0.0.0"] {
        assert_eq!(refusal_code(SmtpSettings { host: host.into(), ..plain.clone() }), "SMTP_PLAIN_NOT_LOOPBACK");
    }
    for host in ["localhost", "127.0.0.1", "::1"] {
        mailer(SmtpSettings { host: host.into(), ..plain.clone() });
    }
    let half = SmtpSettings { username: Some("xinxiu".into()), ..plain.clone() };
    assert_eq!(refusal_code(half), "SMTP_HALF_CREDENTIALS");
    assert_eq!(refusal_code(SmtpSettings { timeout: Duration::ZERO, ..plain }), "SMTP_NO_TIMEOUT");
    let tls = server.settings(Tls::Required);
    let missing = SmtpSettings { ca_file: Some(server.ca_file.with_file_name("none.pem")), ..tls.clone() };
    assert_eq!(refusal_code(missing), "SMTP_CA_UNREADABLE");
    let not_pem = SmtpSettings { ca_file: Some(server.ca_file.with_file_name("key.pem")), ..tls };
    assert_eq!(refusal_code(not_pem), "SMTP_TLS_SETTINGS");
}

/// Puts one unsound value into a sound message.
type Spoil = fn(&mut OutgoingMail);

#[tokio::test]
async fn no_field_smuggles_a_header() {
    let server = SmtpServer::start();
    let mailer = server.mailer();
    let hostile: [(&str, Spoil); 13] = [
        ("MAIL_HEADER_TEXT", |mail| {
            mail.subject = "a\r\nBcc: b@example.org".into();
        }),
        ("MAIL_HEADER_TEXT", |mail| {
            mail.subject = " ".into();
        }),
        ("MAIL_HEADER_TEXT", |mail| {
            mail.from = "a\nBcc: b <n@example.org>".into();
        }),
        ("ADDRESS_MALFORMED", |mail| {
            mail.from = "n <n@example.org> <".into();
        }),
        ("ADDRESS_SPACE", |mail| {
            mail.to = "a@example.org\r\nDATA".into();
        }),
        ("ADDRESS_NOT_ASCII", |mail| {
            mail.to = "张三@example.org".into();
        }),
        ("ADDRESS_EMPTY", |mail| {
            mail.envelope_from = String::new();
        }),
        ("MAIL_MESSAGE_ID", |mail| {
            mail.message_id = "<a@b>\r\nX: y".into();
        }),
        ("MAIL_MESSAGE_ID", |mail| {
            mail.message_id = "a@b".into();
        }),
        ("MAIL_MESSAGE_ID", |mail| {
            mail.in_reply_to = Some("<a b@c>".into());
        }),
        ("MAIL_MESSAGE_ID", |mail| {
            mail.references = vec!["<a@b>\n".into()];
        }),
        ("MAIL_DATE", |mail| {
            mail.date_micros = -1;
        }),
        ("MAIL_DATE", |mail| {
            mail.date_micros = i64::MAX;
        }),
    ];
    for (expected, spoil) in hostile {
        let mut spoilt = mail("party@example.org");
        spoil(&mut spoilt);
        let outcome = mailer.send(&spoilt).await;
        let named = matches!(&outcome, Outcome::Refused { reply, .. } | Outcome::Relay(RelayFault { step: Step::House, reply, .. }) if reply.starts_with(expected));
        assert!(named, "{expected}: {outcome:?}");
    }
    assert!(server.received().is_empty());
}
