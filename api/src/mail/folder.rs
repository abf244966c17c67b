//! A folder of `.eml` files: what a small installation uses before it has a relay, and what the walk of a demo shows.

use std::{
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncWriteExt as _};
use uuid::Uuid;

use super::{
    mailer::Outcome,
    verdict::{self, Step},
};

/// Characters of the Message-ID that the file name keeps for the eye.
const READABLE: usize = 80;

/// Writes the message beside its place and moves it there: a reader sees all of it or nothing. A second try of the same
/// notice replaces the file with the same bytes.
pub(super) async fn put(folder: &Path, message_id: &str, bytes: &[u8]) -> Outcome {
    let name = file_name(message_id);
    match write(folder, &name, bytes).await {
        Ok(()) => Outcome::Delivered { reply: format!("written to {name}") },
        Err(error) => verdict::relay(Step::House, None, &format!("the mail folder cannot be written: {error}")),
    }
}

async fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let beside: PathBuf = folder.join(format!(".{name}.{}.tmp", Uuid::new_v4().simple()));
    let written = async {
        let mut file = fs::File::create_new(&beside).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        fs::rename(&beside, folder.join(name)).await?;
        // The name itself must survive a power cut too.
        fs::File::open(folder).await?.sync_all().await
    }
    .await;
    if written.is_err() {
        let _ = fs::remove_file(&beside).await;
    }
    written
}

/// A name that no Message-ID can turn into another folder, a hidden file or another message's file.
fn file_name(message_id: &str) -> String {
    let mut name: String = message_id
        .trim_matches(['<', '>', '.'])
        .chars()
        .take(READABLE)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@') { c } else { '_' })
        .collect();
    name.push('-');
    for byte in Sha256::digest(message_id.as_bytes()).iter().take(6) {
        let _ = write!(name, "{byte:02x}");
    }
    name.push_str(".eml");
    name
}
