//! Logins: what is taken for one. Two are the same as `domain::canonical` says.

use domain::canonical;

/// Longest login, in characters.
pub const LONGEST: usize = 64;

/// Why a new login is not taken, in Chinese and English; none where it is. Letters of one look alone: Latin letters,
/// digits, Chinese characters and a few signs.
pub fn fault(typed: &str) -> Option<(String, String)> {
    let text = canonical::login_shown(typed);
    let length = text.chars().count();
    if length == 0 || length > LONGEST || canonical::login(&text).is_empty() {
        return Some((format!("登录名为1至{LONGEST}个字符"), format!("a login has 1 to {LONGEST} characters")));
    }
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "-_.@".contains(character) || ('\u{4e00}'..='\u{9fff}').contains(&character);
    (!text.chars().all(plain)).then(|| {
        (
            "登录名只能用拉丁字母、数字、汉字和 - _ . @".to_owned(),
            "a login holds Latin letters, digits, Chinese characters and - _ . @ only".to_owned(),
        )
    })
}
