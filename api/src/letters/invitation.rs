//! The mail with a link to register. It is no letter of a case: there is no entry that it could name.

use super::{LetterFault, cleaning::Language, render};

/// Subject, text and HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The mail with a link that is good for some minutes.
///
/// # Errors
/// When the layout of letters is broken: a fault of this build.
pub fn invitation(link: &str, minutes: u32, simulated: bool) -> Result<Invited, LetterFault> {
    let mark = if simulated { "[模拟 SIMULATED] " } else { "" };
    let warning = |text: &str| if simulated { format!("{text}\n\n") } else { String::new() };
    let zh = format!(
        "{}您好：\n\n有人用这个邮箱在信用修复系统申请注册账号。是您本人的，请在{minutes}分钟内打开下面的链接，填写用户名和密码：\n\n{link}\n\n\
         不是您本人的，不需要做任何事：打开链接之前，系统没有保存任何信息。请不要把链接转给他人。",
        warning("【模拟】本邮件出自演示系统，没有任何法律效力。")
    );
    let en = format!(
        "{}Hello,\n\nsomebody asked to register an account at the credit repair system with this address. If it was you, open this link \
         within {minutes} minutes and choose a user name and a password:\n\n{link}\n\nIf it was not you, nothing need be done: nothing is \
         stored before the link is opened. Do not pass the link on.",
        warning("[SIMULATED] This mail comes from a demonstration and has no legal effect.")
    );
    let subject = format!("{mark}注册账号 / Register an account");
    let html = render::page(&subject, [(Language::Zh, &zh), (Language::En, &en)], link)?;
    Ok(Invited { subject, text: render::both([&zh, &en]), html })
}
