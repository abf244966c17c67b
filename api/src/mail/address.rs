//! Which e-mail addresses the house takes: the plain kind that every relay on earth carries.

use lettre::Address;
use thiserror::Error;

use super::fault::MailFault;

/// Longest address that SMTP can carry (RFC 5321 4.5.3.1.3, without the angle brackets), in bytes.
const MAX_ADDRESS: usize = 254;
/// Longest part before the `@` (RFC 5321 4.5.3.1.1), in bytes.
const MAX_LOCAL: usize = 64;

/// Why an address is refused. The text names cause and cure, Chinese first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{} / {}", self.words().0, self.words().1)]
pub enum AddressFault {
    /// Nothing was given.
    Empty,
    /// It holds a space, a line break or another control character.
    Space,
    /// It holds letters outside ASCII, which needs SMTPUTF8, and many relays have none.
    NotAscii,
    /// It is longer than SMTP can carry.
    TooLong,
    /// It is not of the form `name@domain`; quoted names and bare IP addresses are not taken either.
    Malformed,
    /// What follows the `@` is no full domain: it has no dot, so that it names no mail server outside its own network.
    DomainIncomplete,
}

impl AddressFault {
    /// (zh, en): cause and cure.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("邮箱地址为空，请填写", "the address is empty; give one"),
            Self::Space => ("邮箱地址含空格或控制字符，请删去", "the address holds a space or control character; remove it"),
            Self::NotAscii => (
                "邮箱地址含非 ASCII 字符，许多邮件服务器不能投递，请改用纯英文地址",
                "the address holds letters outside ASCII, which many mail servers cannot deliver; give an ASCII address",
            ),
            Self::TooLong => {
                ("邮箱地址过长（整体至多 254、@ 之前至多 64 个字符）", "the address is too long (254 characters, 64 before the @)")
            }
            Self::Malformed => (
                "邮箱地址应为 name@domain 的形式，不接受引号和 IP 地址",
                "the address must read name@domain, without quotes or an IP address",
            ),
            Self::DomainIncomplete => {
                ("邮箱地址 @ 之后应为完整的域名，如 example.cn", "what follows the @ must be a full domain, such as example.cn")
            }
        }
    }

    /// The stable code of this fault.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "ADDRESS_EMPTY",
            Self::Space => "ADDRESS_SPACE",
            Self::NotAscii => "ADDRESS_NOT_ASCII",
            Self::TooLong => "ADDRESS_TOO_LONG",
            Self::Malformed => "ADDRESS_MALFORMED",
            Self::DomainIncomplete => "ADDRESS_DOMAIN_INCOMPLETE",
        }
    }
}

/// Says whether mail to this address can be sent. Ask when the address is typed in, not when the mail is due.
pub fn check_address(address: &str) -> Result<(), AddressFault> {
    parse(address).map(drop)
}

/// The address as lettre's type, under the same rules as [`check_address`].
pub(super) fn parse(address: &str) -> Result<Address, AddressFault> {
    if address.is_empty() {
        return Err(AddressFault::Empty);
    }
    if address.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(AddressFault::Space);
    }
    if !address.is_ascii() {
        return Err(AddressFault::NotAscii);
    }
    let (local, domain) = address.rsplit_once('@').ok_or(AddressFault::Malformed)?;
    if address.len() > MAX_ADDRESS || local.len() > MAX_LOCAL {
        return Err(AddressFault::TooLong);
    }
    let bare = domain.trim_start_matches('[').trim_end_matches(']');
    let plain = !local.contains(['"', '\\', '(', '<', '>', ',', ';', ':', '@'])
        && domain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && bare.parse::<std::net::IpAddr>().is_err();
    if !plain {
        return Err(AddressFault::Malformed);
    }
    let parsed = Address::new(local, domain).map_err(|_| AddressFault::Malformed)?;
    // A name of one's own network (`localhost`, `mail`) or a number leads to no mail server that a relay could find.
    let full = domain.rsplit_once('.').is_some_and(|(_, top)| top.contains(|c: char| c.is_ascii_alphabetic()));
    if full { Ok(parsed) } else { Err(AddressFault::DomainIncomplete) }
}

/// Longest display name taken, in characters.
const MAX_NAME: usize = 250;

/// Who mail comes from: `name@domain`, or `Display name <name@domain>`. The display name is for the From header alone;
/// everything else takes the bare address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderAddress {
    /// Shown before the address.
    pub name: Option<String>,
    /// The bare address.
    pub address: String,
}

impl SenderAddress {
    /// Reads a sender; taken apart here because lettre's own reader ignores whatever follows the address.
    ///
    /// # Errors
    /// What is wrong with address or display name.
    pub fn parse(text: &str) -> Result<Self, MailFault> {
        let fault = |why| MailFault::Address { field: "from", why };
        let Some((name, rest)) = text.split_once('<') else {
            check_address(text).map_err(fault)?;
            return Ok(Self { name: None, address: text.to_owned() });
        };
        let bare = rest.strip_suffix('>').ok_or(fault(AddressFault::Malformed))?;
        check_address(bare).map_err(fault)?;
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        if name.is_empty() {
            return Ok(Self { name: None, address: bare.to_owned() });
        }
        let fits = name.chars().count() <= MAX_NAME
            && !name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '"' | '<' | '>'));
        if fits {
            Ok(Self { name: Some(name.to_owned()), address: bare.to_owned() })
        } else {
            Err(MailFault::HeaderText { field: "from", max: MAX_NAME })
        }
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}
