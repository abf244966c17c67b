//! Who is told of what, as data: event, letter, and the accounts that stand for each addressee it names.

use std::collections::BTreeMap;

use api::{
    mail::{MailBackend, Mailer},
    store::entities,
    work::{
        outbox::{self, Sender},
        post,
    },
};
use sea_orm::EntityTrait;

use crate::support::world::World;

type Line = (&'static str, &'static str, &'static [&'static str]);

/// The subject or applicant; the unit that made the finding; the policy office; the county that filed.
const PARTY: &[&str] = &["company"];
const UNIT_AND_POLICY: &[&str] = &["road", "road-2", "policy", "policy-2"];
const PARTY_UNIT_AND_POLICY: &[&str] = &["company", "road", "road-2", "policy", "policy-2"];
const OWNER_HEAD_AND_POLICY: &[&str] = &["road", "road-2", "road-head", "road-head-2", "policy", "policy-2"];
const COUNTY_AND_POLICY: &[&str] = &["yanjiang", "policy", "policy-2"];

/// Event, letter, to whom.
pub const TABLE: &[Line] = &[
    ("prior notice issued", "prior_notice", PARTY),
    ("listing decision issued", "listing_decided", PARTY),
    ("not listed", "not_listed", PARTY),
    ("refusal issued", "repair_refused", PARTY),
    ("refusal for falsity issued", "repair_refused_for_falsity", PARTY),
    ("revocation issued", "repair_revoked", PARTY),
    ("repair received", "repair_received", PARTY),
    ("repair supplement asked", "supplement_asked", PARTY),
    ("repair accepted", "repair_accepted", PARTY),
    ("repair not accepted", "repair_declined", PARTY),
    ("repair granted", "repair_granted", PARTY),
    ("30 days before repair is possible", "repair_possible_soon", PARTY),
    ("repair possible", "repair_possible", PARTY),
    ("max term reached", "publication_ended", PARTY_UNIT_AND_POLICY),
    ("held at max", "held_at_maximum", PARTY_UNIT_AND_POLICY),
    ("deadline in 2 working days", "deadline_near", OWNER_HEAD_AND_POLICY),
    ("deadline today", "deadline_today", OWNER_HEAD_AND_POLICY),
    ("deadline missed", "deadline_missed", OWNER_HEAD_AND_POLICY),
    ("batch submitted", "batch_received", &["yanjiang"]),
    ("batch submitted", "batch_submitted", &["policy", "policy-2"]),
    ("batch returned", "batch_returned", COUNTY_AND_POLICY),
    ("batch supplement asked", "entry_supplement_asked", COUNTY_AND_POLICY),
    ("batch supplement handed in", "entry_resubmitted", COUNTY_AND_POLICY),
    ("entry rejected", "entry_rejected", COUNTY_AND_POLICY),
    ("batch decided", "batch_decided", COUNTY_AND_POLICY),
    ("batch sent", "batch_sent", COUNTY_AND_POLICY),
    ("batch answered", "entry_answered", COUNTY_AND_POLICY),
    ("batch closed", "batch_closed", COUNTY_AND_POLICY),
    ("objection filed", "objection_received", PARTY),
    ("objection filed", "objection_filed", &["road", "road-2"]),
    ("objection answered", "objection_answered", &["company", "road", "road-2"]),
    ("objection not accepted", "objection_declined", &["company", "road", "road-2"]),
    ("base document annulled", "publication_retracted", PARTY),
    ("base document annulled", "base_annulled", UNIT_AND_POLICY),
    ("base document annulled: application on it", "repair_moot", PARTY),
    ("base document annulled: listing on it", "listing_annulled", PARTY),
    ("base document annulled: proposal on it", "base_annulled", COUNTY_AND_POLICY),
    ("calendar missing for next year", "calendar_missing", &["admin"]),
];

/// Letters by (letter, login): how many.
pub type Sent = BTreeMap<(String, String), usize>;

/// Every letter that the outbox ever held, by letter and the login of its account.
pub async fn sent(world: &World) -> Sent {
    let accounts = entities::account::Entity::find().all(world.app.database.pool()).await.expect("accounts");
    let mut logins = BTreeMap::new();
    for row in accounts {
        let row = row.row().expect("an account");
        logins.insert(
            row.id.to_string(),
            api::people::sealing::unseal(&world.app, &row.login.0).await.expect("it opens").unwrap_or_default(),
        );
    }
    let mut sent = Sent::new();
    for notice in outbox::list(&world.app, None, 100_000).await.expect("the outbox") {
        let login = notice.account.and_then(|id| logins.get(&id).cloned()).unwrap_or_default();
        *sent.entry((notice.letter, login)).or_default() += 1;
    }
    sent
}

/// Remembers what was sent, so that an event can be told from what came before it.
pub struct Watch(Sent);

impl Watch {
    pub async fn new(world: &World) -> Self {
        Self(sent(world).await)
    }

    /// The lines of the table for these events: each addressee got exactly one new letter since the last look.
    pub async fn told(&mut self, world: &World, events: &[&str]) {
        let now = sent(world).await;
        for event in events {
            let lines: Vec<_> = TABLE.iter().filter(|(known, _, _)| known == event).collect();
            assert!(!lines.is_empty(), "the table has no event “{event}”");
            for (_, letter, logins) in lines {
                for login in *logins {
                    let key = ((*letter).to_owned(), (*login).to_owned());
                    let count = |sent: &Sent| sent.get(&key).copied().unwrap_or_default();
                    assert!(count(&now) > count(&self.0), "{event}: {letter} did not go to {login}; sent: {now:#?}");
                }
            }
        }
        self.0 = now;
    }

    /// No letter of this kind since the last look.
    pub async fn silent(&self, world: &World, letter: &str) {
        let of = |sent: &Sent| sent.iter().filter(|((known, _), _)| known == letter).map(|(_, count)| count).sum::<usize>();
        assert_eq!(of(&sent(world).await), of(&self.0), "{letter} was sent");
    }
}

/// Sends everything into a folder; every letter must render and leave.
pub async fn all_leave(world: &World) -> Vec<String> {
    let folder = world.folder().join("mail");
    let mailer = Mailer::new(MailBackend::Folder(folder.clone())).expect("a folder");
    let sender = Sender { from: "xinxiu@example.invalid".into(), domain: "example.invalid".into(), per_hour: 10_000 };
    while post::send_due(&world.app, &mailer, &sender).await.expect("the outbox") > 0 {}
    let dead = outbox::list(&world.app, Some("dead"), 10).await.expect("the outbox");
    assert!(dead.is_empty(), "{dead:?}");
    crate::support::letters::all_are_right(&world.app).await;
    let files = std::fs::read_dir(folder).expect("the mail folder");
    files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a letter")).collect()
}

/// A line that no scenario proves is no promise.
#[test]
fn every_line_is_proven() {
    let scenes = [include_str!("scenes.rs"), include_str!("rounds.rs")].concat();
    for (event, _, _) in TABLE {
        assert!(scenes.contains(&format!("\"{event}\"")), "no scenario proves “{event}”");
    }
}
