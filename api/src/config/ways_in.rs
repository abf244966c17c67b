//! What settings say of ways in beside the password: the address of the house, and the provider of identities.

use super::{ConfigFault, Settings};
use crate::open_id::{Particulars, Provider, is_safe};

/// Where a browser comes back from the provider of identities.
const RETURN: &str = "/sign-in/identity/back";

impl Settings {
    /// The address of the house without a stroke at its end.
    pub fn public_address(&self) -> Option<&str> {
        self.public_url.as_deref().map(|url| url.trim_end_matches('/'))
    }

    /// The provider of identities; none where none is named.
    ///
    /// # Errors
    /// When a file cannot be read or used.
    pub fn open_id(&self) -> Result<Option<Provider>, ConfigFault> {
        let (Some(issuer), Some(client_id), Some(house)) = (&self.open_id_issuer, &self.open_id_client_id, self.public_address()) else {
            return Ok(None);
        };
        let secret = self.open_id_secret_file.as_ref().map(|file| {
            let text = std::fs::read_to_string(file)
                .map_err(|fault| ConfigFault::Wrong(format!("open_id_secret_file {}: {fault}", file.display())))?;
            Ok::<_, ConfigFault>(text.trim_end().to_owned().into())
        });
        let of = Particulars {
            issuer: issuer.clone(),
            client_id: client_id.clone(),
            secret: secret.transpose()?,
            scopes: self.open_id_scopes.clone(),
            name: (self.open_id_name_zh.clone(), self.open_id_name_en.clone()),
            ca_file: self.open_id_ca_file.clone(),
            returns_to: format!("{house}{RETURN}"),
        };
        Provider::new(of).map(Some).map_err(ConfigFault::Wrong)
    }

    /// What is wrong with them, each with its cure.
    pub(super) fn faults_of_ways_in(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, address) in [("public_url", &self.public_url), ("open_id_issuer", &self.open_id_issuer)] {
            if let Some(address) = address.as_ref().filter(|address| !is_safe(address) || address.contains(['?', '#'])) {
                faults.push(format!("{name} “{address}” must begin with https:// (http:// only on this machine) and hold no ? and #"));
            }
        }
        if self.open_id_issuer.is_some() != self.open_id_client_id.is_some() {
            faults.push("open_id_issuer and open_id_client_id belong together; give both or neither".to_owned());
        }
        if self.open_id_issuer.is_some() && self.public_url.is_none() {
            faults.push("open_id_issuer needs public_url: the provider sends people back to it".to_owned());
        }
        if !self.open_id_scopes.split(' ').any(|scope| scope == "openid") {
            faults.push("open_id_scopes must hold openid; write it like: openid profile".to_owned());
        }
        if self.registration && (self.public_url.is_none() || self.smtp_host.is_none()) {
            faults.push("registration needs public_url and smtp_host: the link goes by mail and leads back to the house".to_owned());
        }
        for (name, file) in [("open_id_secret_file", &self.open_id_secret_file), ("open_id_ca_file", &self.open_id_ca_file)] {
            if let Some(file) = file.as_ref().filter(|file| !file.is_file()) {
                faults.push(format!("{name}: there is no file {}", file.display()));
            }
        }
        for (name, text) in [("open_id_name_zh", &self.open_id_name_zh), ("open_id_name_en", &self.open_id_name_en)] {
            if text.trim().is_empty() || text.chars().count() > 40 {
                faults.push(format!("{name}: give 1 to 40 characters"));
            }
        }
        faults
    }
}
