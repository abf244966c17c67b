//! Which e-mail addresses the house takes: the plain kind that every relay on earth carries.

use lettre::Address;
use thiserror::Error;

/// Longest address that SMTP can carry (RFC 5321 4.5.3.1.3, without the angle brackets), in bytes.
const MAX_ADDRESS: usize = 254;
/// Longest part before the `@` (RFC 5321 4.5.3.1.1), in bytes.
const MAX_LOCAL: usize = 64;

/// Why an address is refused. The text names cause and cure, Chinese first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressFault {
    /// Nothing was given.
    #[error("邮箱地址为空，请填写 / the address is empty; give one")]
    Empty,
    /// It holds a space, a line break or another control character.
    #[error(
        "邮箱地址含空格或控制字符，请删去 / the address holds a space or control character; remove it"
    )]
    Space,
    /// It holds letters outside ASCII, which needs SMTPUTF8, and many relays have none.
    #[error(
        "邮箱地址含非 ASCII 字符，许多邮件服务器不能投递，请改用纯英文地址 / the address holds letters outside ASCII, which many mail servers cannot deliver; give an ASCII address"
    )]
    NotAscii,
    /// It is longer than SMTP can carry.
    #[error(
        "邮箱地址过长（整体至多 254、@ 之前至多 64 个字符） / the address is too long (254 characters, 64 before the @)"
    )]
    TooLong,
    /// It is not of the form `name@domain`; quoted names and bare IP addresses are not taken either.
    #[error(
        "邮箱地址应为 name@domain 的形式，不接受引号和 IP 地址 / the address must read name@domain, without quotes or an IP address"
    )]
    Malformed,
}

impl AddressFault {
    /// The stable code of this fault.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "ADDRESS_EMPTY",
            Self::Space => "ADDRESS_SPACE",
            Self::NotAscii => "ADDRESS_NOT_ASCII",
            Self::TooLong => "ADDRESS_TOO_LONG",
            Self::Malformed => "ADDRESS_MALFORMED",
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
        && domain
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && bare.parse::<std::net::IpAddr>().is_err();
    if !plain {
        return Err(AddressFault::Malformed);
    }
    Address::new(local, domain).map_err(|_| AddressFault::Malformed)
}
