//! The folder of `.eml` files.

use std::{fs, path::Path};

use api::mail::{MailBackend, Mailer, Outcome, OutgoingMail, Step};

use super::mail;
use crate::support::smtp::scratch;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder exists");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name")).collect()
}

#[tokio::test]
async fn a_second_try_leaves_one_file_with_the_same_bytes() {
    let folder = scratch("eml").join("made/on/the/way");
    let mailer = Mailer::new(MailBackend::Folder(folder.clone())).expect("a folder needs nothing");
    let outcome = mailer.send(&mail("party@example.org")).await;
    assert!(matches!(outcome, Outcome::Delivered { .. }), "{outcome:?}");
    let [name] = names(&folder).try_into().expect("one file, no remains");
    let first = fs::read(folder.join(&name)).expect("the file can be read");
    assert!(name.starts_with("0198c7a2-notice@xinxiu.example-"), "{name}");
    assert_eq!(Path::new(&name).extension(), Some("eml".as_ref()));

    mailer.send(&mail("party@example.org")).await;
    assert_eq!(names(&folder), [name.as_str()]);
    assert_eq!(fs::read(folder.join(&name)).expect("the file can be read"), first);

    let text = String::from_utf8(first).expect("ASCII");
    assert!(text.is_ascii());
    assert!(text.contains("Message-ID: <0198c7a2-notice@xinxiu.example>\r\n"));
    assert!(text.contains("Auto-Submitted: auto-generated\r\n"));
}

#[tokio::test]
async fn no_message_id_leads_out_of_the_folder() {
    let folder = scratch("eml");
    let mailer = Mailer::new(MailBackend::Folder(folder.join("inside"))).expect("a folder needs nothing");
    for id in ["<../../x@y>", "</etc/x@y>", "<.hidden@y>", "<a/b@y>", "<a_b@y>"] {
        let outcome = mailer.send(&OutgoingMail { message_id: id.into(), ..mail("party@example.org") }).await;
        assert!(matches!(outcome, Outcome::Delivered { .. }), "{id}: {outcome:?}");
    }
    assert_eq!(names(&folder), ["inside"]);
    let files = names(&folder.join("inside"));
    assert_eq!(files.len(), 5, "different ids, different files: {files:?}");
    assert!(files.iter().all(|name| !name.starts_with('.')));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_tried_again() {
    let file = scratch("eml").join("a-file");
    fs::write(&file, "").expect("the scratch folder can be written");
    let mailer = Mailer::new(MailBackend::Folder(file.join("below"))).expect("nothing is touched yet");
    let outcome = mailer.send(&mail("party@example.org")).await;
    assert!(matches!(&outcome, Outcome::Relay(fault) if fault.code.is_none() && fault.step == Step::House), "{outcome:?}");
}
