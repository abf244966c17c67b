//! What becomes of a try to sign in, as the log of sign-ins says it; why an identity of another house did not open the door.

use crate::process::titled;

titled! {
    /// What became of a try to sign in.
    SignInOutcome {
        SignedIn = "signed_in" "登录成功" "signed in",
        /// By a linked identity of another house (OpenID Connect).
        SignedInByIdentity = "signed_in_by_identity" "统一身份登录成功" "signed in by a linked identity",
        /// The provider of identities vouches for a person who is linked to no account.
        NotLinked = "not_linked" "统一身份未关联账号" "identity linked to no account",
        /// What came back from the provider of identities was not genuine, was not meant for this house, or came too late.
        NotVouched = "not_vouched" "统一身份验证未通过" "identity not vouched for",
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

titled! {
    /// Why signing in or linking by OpenID Connect did not go on.
    OpenIdFault {
        /// It was not begun in this browser or by this client, or too long ago.
        NotBegun = "not_begun" "不是从这里开始的登录" "not begun here",
        /// The provider said no: the person broke off, or has no right to this house there.
        Denied = "denied" "统一身份平台未同意" "denied by the provider",
        /// The provider does not answer, or not in the way of OpenID Connect.
        Unreachable = "unreachable" "统一身份平台无法访问" "provider not reached",
        /// The code was used before or is over, or what the provider signed does not stand the checks.
        NotVouched = "not_vouched" "身份验证未通过" "identity not vouched for",
        /// No account has this identity.
        NotLinked = "not_linked" "身份未关联账号" "identity linked to no account",
        /// The account is disabled, or too many tries were made.
        NotAdmitted = "not_admitted" "账号不能登录" "account not admitted",
    }
}
