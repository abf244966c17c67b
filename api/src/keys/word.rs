//! Texts that leave the house sealed and come back: in a link, in a cookie.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{fault::KeyFault, ring::KeyRing};

impl KeyRing {
    /// A text sealed for a use, as a word that stands in addresses and cookies.
    ///
    /// # Errors
    /// As [`KeyRing::seal`].
    pub fn seal_word(&self, path: &str, text: &str) -> Result<String, KeyFault> {
        let sealed = self.seal(path, text)?;
        Ok(URL_SAFE_NO_PAD.encode(format!("{}.{}", sealed.key_id, sealed.text)))
    }

    /// The text of such a word; none where it was not sealed by this house for this use.
    pub fn open_word(&self, path: &str, word: &str) -> Option<String> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(word).ok()?).ok()?;
        let (key, sealed) = text.split_once('.')?;
        self.open(key, path, sealed).ok()
    }
}
