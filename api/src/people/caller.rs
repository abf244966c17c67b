//! What is known of a caller before any right is checked.

use secrecy::SecretString;
use uuid::Uuid;

/// A caller as its request shows it.
#[derive(Clone, Debug)]
pub struct Caller {
    pub bearer: Option<SecretString>,
    pub address: Address,
    pub request_id: Uuid,
}

/// The token that came with a request.
#[derive(Clone, Debug)]
pub struct Bearer(pub Option<SecretString>);

/// Where a request came from, as sign-ins are counted and logged; of an IPv6 address its network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(pub String);

impl Default for Address {
    /// Of a request that came by no connection of ours.
    fn default() -> Self {
        Self("unknown".to_owned())
    }
}
