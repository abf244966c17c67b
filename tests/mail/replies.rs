//! What a relay says is decided by its three digits, and whose fault it is by where it says it.

use api::mail::{Outcome, Step};

use super::mail;
use crate::support::relay::{Relay, Script, script};

async fn outcome(said: Script) -> Outcome {
    Relay::start(said).await.mailer().send(&mail("party@example.org")).await
}

/// “已接收” and “邮箱不存在” as a relay of GBK writes them.
const TAKEN_GBK: &[u8] = b"250 \xd2\xd1\xbd\xd3\xca\xd5\r\n";
const NO_BOX_GBK: &[u8] = b"550 \xd3\xca\xcf\xe4\xb2\xbb\xb4\xe6\xd4\xda\r\n";

#[tokio::test]
async fn words_decide_nothing() {
    let taken: [&[(&str, &[u8])]; 9] = [
        &[("message", TAKEN_GBK)],
        &[
            ("greeting", b"220 \xbb\xb6\xd3\xad\r\n"),
            ("EHLO", b"250-\xc4\xe3\xba\xc3\r\n250 8BITMIME\r\n"),
            ("MAIL", TAKEN_GBK),
            ("RCPT", TAKEN_GBK),
            ("DATA", b"354 \xc7\xeb\r\n"),
        ],
        &[("message", b"250-first\r\n250-\xff\xfe\x00\r\n250 last\r\n")],
        &[("message", b"250-half\r\n550-odd\r\n250 done\r\n")],
        &[("message", b"250-two lines of\r\nwhich one has no digits\r\n250 done\r\n")],
        &[("message", b"250\r\n")],
        &[("message", b"250 taken\n")],
        &[("message", b"252 who knows\r\n")],
        &[("RCPT", b"251 it is forwarded\r\n"), ("QUIT", b"garbage\r\n")],
    ];
    for said in taken {
        let got = outcome(script(said)).await;
        assert!(matches!(&got, Outcome::Delivered { .. }), "{said:?}: {got:?}");
    }
    let refused: [&[(&str, &[u8])]; 4] = [
        &[("RCPT", NO_BOX_GBK)],
        &[("RCPT", b"250-yes\r\n550 no\r\n")],
        &[("RCPT", b"550 5.1.1 250 ok\r\n")],
        &[("message", b"554-\xb2\xbb\r\n554 no\r\n")],
    ];
    for said in refused {
        let got = outcome(script(said)).await;
        assert!(matches!(&got, Outcome::Refused { code, .. } if code.starts_with("55")), "{said:?}: {got:?}");
    }
}

/// Where it is said, what is said, whether all letters meet it.
#[tokio::test]
async fn the_operators_faults_are_no_letters_faults() {
    type Said<'a> = (&'a str, &'a [u8], Step, Option<u16>, bool);
    let cases: [Said<'_>; 19] = [
        ("greeting", b"554 no service\r\n", Step::Connect, Some(554), true),
        ("greeting", b"421 later\r\n", Step::Connect, Some(421), true),
        ("greeting", b"SSH-2.0-OpenSSH\r\n", Step::Connect, None, true),
        ("greeting", b"+OK POP3\r\n", Step::Connect, None, true),
        ("greeting", b"", Step::Connect, None, true),
        ("EHLO", b"502 what\r\n", Step::Connect, Some(502), true),
        ("MAIL", b"553 5.7.1 not owned by you\r\n", Step::Sender, Some(553), true),
        ("MAIL", b"550 sender unknown\r\n", Step::Sender, Some(550), true),
        ("MAIL", b"501 syntax\r\n", Step::Sender, Some(501), true),
        ("MAIL", b"530 sign in first\r\n", Step::Sender, Some(530), true),
        ("MAIL", b"451 busy\r\n", Step::Sender, Some(451), true),
        ("RCPT", b"530 5.7.0 Authentication required\r\n", Step::Recipient, Some(530), true),
        ("RCPT", b"550 5.1.8 Sender address rejected: Domain not found\r\n", Step::Recipient, Some(550), true),
        ("RCPT", b"554 5.7.1 Relay access denied\r\n", Step::Recipient, Some(554), false),
        ("RCPT", b"454 4.7.1 Relay access denied\r\n", Step::Recipient, Some(454), true),
        ("RCPT", b"503 bad sequence\r\n", Step::Recipient, Some(503), false),
        ("RCPT", b"421 closing\r\n", Step::Recipient, Some(421), true),
        ("message", b"550 5.7.26 unauthenticated sender\r\n", Step::Message, Some(550), false),
        ("DATA", b"250 not now\r\n", Step::Message, Some(250), false),
    ];
    for (at, said, step, code, all) in cases {
        let got = outcome(script(&[(at, said)])).await;
        let case = format!("{at} {}", String::from_utf8_lossy(said));
        if at == "DATA" {
            assert!(!matches!(got, Outcome::Delivered { .. } | Outcome::Refused { .. }), "{case}: {got:?}");
            continue;
        }
        let Outcome::Relay(fault) = &got else { panic!("{case}: {got:?}") };
        assert_eq!((fault.step, fault.code, fault.all_letters), (step, code, all), "{case}");
    }
}

#[tokio::test]
async fn no_reply_carries_an_address_into_a_row() {
    for said in [&b"550 <party@example.org>: no such user\r\n"[..], b"550 other.alias@example.org is gone\r\n"] {
        let Outcome::Refused { reply, .. } = outcome(script(&[("RCPT", said)])).await else { panic!("refused") };
        assert!(!reply.contains('@') && reply.contains("‹address›"), "{reply}");
    }
}

#[tokio::test]
async fn nothing_is_handed_over_where_the_word_is_taken_back() {
    let relay = Relay::start(Script::new()).await;
    let got = relay.mailer().send_if(&mail("party@example.org"), async || false).await;
    assert_eq!(got, Outcome::Withheld);
    assert!(relay.taken().is_empty());
}
