//! Which addresses are taken.

use api::mail::{AddressFault, check_address};

#[test]
fn plain_addresses_are_taken() {
    for address in ["a@example.org", "first.last+tag@sub.example.org", "o'neil_99@xn--fiq228c.example", "a@b.cn"] {
        assert_eq!(check_address(address), Ok(()), "{address}");
    }
}

#[test]
fn the_others_are_refused_with_their_reason() {
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long = format!("a@{}.org", ["b".repeat(60).as_str(); 5].join("."));
    let cases = [
        ("", AddressFault::Empty),
        ("a b@example.org", AddressFault::Space),
        ("a@example.org\r\nBcc: b@example.org", AddressFault::Space),
        (" a@example.org", AddressFault::Space),
        ("张三@example.org", AddressFault::NotAscii),
        ("a@例子.example", AddressFault::NotAscii),
        (long_local.as_str(), AddressFault::TooLong),
        (long.as_str(), AddressFault::TooLong),
        ("nobody", AddressFault::Malformed),
        ("@example.org", AddressFault::Malformed),
        ("a@", AddressFault::Malformed),
        ("a@b@example.org", AddressFault::Malformed),
        ("\"a\"@example.org", AddressFault::Malformed),
        ("a@[127.0.0.1]", AddressFault::Malformed),
        ("a@127.0.0.1", AddressFault::Malformed),
        ("a@example..org", AddressFault::Malformed),
        ("<a@example.org>", AddressFault::Malformed),
        (".a@example.org", AddressFault::Malformed),
        ("zhang@example", AddressFault::DomainIncomplete),
        ("root@localhost", AddressFault::DomainIncomplete),
        ("a@example.12", AddressFault::DomainIncomplete),
    ];
    for (address, fault) in cases {
        assert_eq!(check_address(address), Err(fault), "{address}");
        assert!(fault.to_string().contains(" / "), "both languages: {fault}");
        assert!(fault.code().starts_with("ADDRESS_"));
    }
}
