//! What becomes of a try to sign in, as the log of sign-ins says it.

use crate::process::titled;

titled! {
    /// What became of a try to sign in.
    SignInOutcome {
        SignedIn = "signed_in" "登录成功" "signed in",
        /// The account exists, the password is another.
        WrongPassword = "wrong_password" "密码错误" "wrong password",
        /// There is no such login.
        Unknown = "unknown" "无此账号" "no such login",
        /// The account is disabled.
        Disabled = "disabled" "账号已停用" "disabled account",
        /// Too many tries at this account from this address.
        Locked = "locked" "尝试过多，暂时锁定" "locked for too many tries",
        /// Too many tries from this address, or at this account from everywhere.
        Slowed = "slowed" "尝试过多，请稍后" "slowed for too many tries",
    }
}
