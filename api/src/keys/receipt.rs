//! Keys of offices, which sign receipts of what is handed over.

use signed_note::{Note, Signer};

use super::{
    fault::KeyFault,
    key::{KeyKind, Signing},
    ring::{KeyRing, Keys},
};

/// The newest key of a name.
fn newest<'a>(keys: &'a Keys, name: &str) -> Option<&'a Signing> {
    keys.receipt.iter().rfind(|key| key.signer.name() == name)
}

impl KeyRing {
    /// What an office's key is called: the log and the office in it.
    fn office(&self, office: &str) -> String {
        format!("{}/{office}", self.origin())
    }

    /// The verifier key that an office's receipts are checked with; made where there is none.
    ///
    /// # Errors
    /// [`KeyFault`] when the ring cannot be read or written.
    pub fn receipt_key(&self, office: &str) -> Result<String, KeyFault> {
        let name = self.office(office);
        if let Some(key) = newest(&self.keys(), &name) {
            return Ok(key.verifier.clone());
        }
        let added = Self::add_unless(self.folder(), KeyKind::Receipt, &name, |keys| newest(keys, &name).is_some())?;
        newest(&self.take(added), &name).map(|key| key.verifier.clone()).ok_or(KeyFault::UnknownKey(name))
    }

    /// A new key of an office, which signs from now on; what the older ones signed is still signed by them.
    ///
    /// # Errors
    /// [`KeyFault`] when the ring cannot be read or written.
    pub fn new_receipt_key(&self, office: &str) -> Result<String, KeyFault> {
        let name = self.office(office);
        let added = Self::add_unless(self.folder(), KeyKind::Receipt, &name, |_| false)?;
        newest(&self.take(added), &name).map(|key| key.verifier.clone()).ok_or(KeyFault::UnknownKey(name))
    }

    /// A text under the signatures of these verifier keys' owners, in the form of a signed note (C2SP signed-note). The
    /// same keys always give the same bytes.
    ///
    /// # Errors
    /// [`KeyFault::UnknownKey`] when a key is not in the ring.
    pub fn sign_receipt(&self, text: &str, verifier_keys: &[&str]) -> Result<String, KeyFault> {
        let has = |keys: &Keys, wanted: &str| keys.receipt.iter().any(|key| key.verifier == wanted);
        let mut keys = self.keys();
        if verifier_keys.iter().any(|wanted| !has(&keys, wanted)) {
            keys = self.again()?;
        }
        let unknown = |wanted: &str| KeyFault::UnknownKey(wanted.split('+').nth(1).unwrap_or_default().to_owned());
        let mut signers: Vec<&dyn Signer> = Vec::new();
        for wanted in verifier_keys {
            let key = keys.receipt.iter().find(|key| key.verifier == *wanted).ok_or_else(|| unknown(wanted))?;
            signers.push(&key.signer);
        }
        let signed = Note::new(text.as_bytes(), &[]).and_then(|mut note| note.add_sigs(&signers).map(|()| note.to_bytes()));
        signed.ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(KeyFault::Unopenable)
    }
}
