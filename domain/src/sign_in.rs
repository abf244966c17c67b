//! What becomes of a try to sign in, as the log of sign-ins says it.

use crate::process::words;

words! {
    /// What became of a try to sign in.
    SignInOutcome {
        SignedIn = "signed_in",
        /// The account exists, the password is another.
        WrongPassword = "wrong_password",
        /// There is no such login.
        Unknown = "unknown",
        /// The account is disabled.
        Disabled = "disabled",
        /// Too many tries at this account from this address.
        Locked = "locked",
        /// Too many tries from this address, or at this account from everywhere.
        Slowed = "slowed",
    }
}
