//! The road out: letters, relays, folders, addresses, and the times of the next try.

mod address;
mod folder;
mod letter_files;
mod letters;
mod replies;
mod retry;
mod smtp;

use api::mail::OutgoingMail;

/// A message as the outbox would make it.
fn mail(to: &str) -> OutgoingMail {
    OutgoingMail {
        message_id: "<0198c7a2-notice@xinxiu.example>".into(),
        from: "信修 Xinxiu <notice@xinxiu.example>".into(),
        envelope_from: "bounce+0198c7a2@xinxiu.example".into(),
        to: to.into(),
        subject: "请补正信用修复材料 / Please complete your repair application · XF-2026-000123".into(),
        text: "某运输公司：\n\n.一行以句点开头\n.\nA line of its own\n".into(),
        html: "<!doctype html><p>某运输公司：</p>".into(),
        date_micros: 1_795_507_200_000_000,
        in_reply_to: Some("<0198c7a1-notice@xinxiu.example>".into()),
        references: vec!["<0198c7a0-notice@xinxiu.example>".into(), "<0198c7a1-notice@xinxiu.example>".into()],
    }
}
