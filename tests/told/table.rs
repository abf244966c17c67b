//! Who is told of what, as data: event, letter, and whom it names, with the accounts that stand for each in the scenes.

use std::collections::{BTreeMap, BTreeSet};

use api::{
    mail::{MailBackend, Mailer},
    store::entities,
    work::{
        outbox::{self, Sender},
        post,
    },
};
use domain::{letter::Letter, office::Addressee};
use sea_orm::EntityTrait;
use workflows::{Rules, definition::words::Effect};

use crate::support::world::World;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whom a row of a definition names.
    To(Addressee),
    /// Who holds the role that owns a deadline, and the head of that office.
    Owner,
    Head,
    Administrator,
}

/// Somebody who is told, and the accounts that stand for it in the scenes.
type Told = (Who, &'static [&'static str]);
type Line = (&'static str, &'static str, &'static [Told]);

const PARTY: Told = (Who::To(Addressee::Party), &["company"]);
const UNIT: Told = (Who::To(Addressee::FindingUnit), &["road", "road-2"]);
const COUNTY_THAT_FOUND: Told = (Who::To(Addressee::FindingUnit), &["yanjiang"]);
const POLICY: Told = (Who::To(Addressee::PolicyOffice), &["policy", "policy-2"]);
const COUNTY: Told = (Who::To(Addressee::FilingOffice), &["yanjiang"]);
const TASK_OFFICE: Told = (Who::To(Addressee::FilingOffice), &["road", "road-2"]);
const NAMED: Told = (Who::To(Addressee::NamedUnit), &["road", "road-2"]);
const ASKER: Told = (Who::To(Addressee::Requester), &["stranger"]);
const ASKED: Told = (Who::To(Addressee::AskedOffice), &["anyue"]);
const WAS_ASKED: Told = (Who::Owner, &["anyue"]);
const HEAD_OF_ASKED: Told = (Who::Head, &["anyue-head"]);
const ASKING: Told = (Who::To(Addressee::AskingOffice), &["road", "road-2"]);
const OWNER: Told = (Who::Owner, &["road", "road-2"]);
const HEAD: Told = (Who::Head, &["road-head", "road-head-2"]);
const ADMINISTRATOR: Told = (Who::Administrator, &["admin"]);

/// Event, letter, to whom.
pub const TABLE: &[Line] = &[
    ("task sent back", "task_returned", &[TASK_OFFICE]),
    ("task taken up again", "task_returned", &[TASK_OFFICE]),
    ("piece sent back", "publicity_returned", &[TASK_OFFICE]),
    ("piece appeared", "publicity_appeared", &[TASK_OFFICE]),
    ("piece taken down", "publicity_returned", &[TASK_OFFICE]),
    ("base document annulled: piece on it", "publicity_to_take_down", &[POLICY]),
    ("lines of a submission came back", "submission_returned", &[COUNTY]),
    ("commitment arrived", "commitment_received", &[PARTY]),
    ("commitment taken in", "commitment_accepted", &[PARTY]),
    ("commitment not performed yet", "commitment_incomplete", &[PARTY]),
    ("case of a commitment ended", "commitment_ended", &[PARTY]),
    ("credit check went against it", "credit_check_against", &[PARTY]),
    ("commitment to be put right", "correction_ordered", &[PARTY]),
    ("finding of a broken commitment intended", "commitment_notice", &[PARTY]),
    ("commitment found kept", "commitment_kept", &[PARTY]),
    ("commitment found broken", "commitment_broken", &[PARTY]),
    ("finding of a broken commitment annulled", "commitment_annulled", &[PARTY]),
    ("prior notice issued", "prior_notice", &[PARTY]),
    ("service of the notice corrected", "deadline_moved", &[PARTY]),
    ("defence filed", "defence_received", &[UNIT]),
    ("defence answered", "defence_answered", &[PARTY]),
    ("hearing asked for", "hearing_asked", &[UNIT]),
    ("hearing called", "hearing_called", &[PARTY]),
    ("listing cancelled", "listing_cancelled", &[PARTY]),
    ("listing decision issued", "listing_decided", &[PARTY]),
    ("defence found after the service", "unheard_found", &[PARTY]),
    ("defence found after the service", "defence_received", &[UNIT, POLICY]),
    ("request for a hearing found after the service", "unheard_found", &[PARTY]),
    ("request for a hearing found after the service", "hearing_asked", &[UNIT, POLICY]),
    ("repair of a listing granted", "listing_ended", &[PARTY]),
    ("not listed", "not_listed", &[PARTY]),
    ("refusal issued", "repair_refused", &[PARTY]),
    ("refusal for falsity issued", "repair_refused_for_falsity", &[PARTY]),
    ("refusal for falsity issued", "falsity_recorded", &[PARTY]),
    ("revocation issued", "repair_revoked", &[PARTY]),
    ("revocation issued", "falsity_recorded", &[PARTY]),
    ("revocation issued", "record_restored", &[PARTY]),
    ("repair received", "repair_received", &[PARTY]),
    ("repair received", "repair_routed", &[UNIT]),
    ("repair supplement asked", "supplement_asked", &[PARTY]),
    ("repair supplement due", "supplement_reminder", &[PARTY]),
    ("repair supplement never came", "repair_lapsed", &[PARTY]),
    ("repair supplement had come in time", "repair_reopened", &[PARTY]),
    ("repair supplement had come in time", "repair_routed", &[UNIT]),
    ("repair accepted", "repair_accepted", &[PARTY]),
    ("time for the repair extended", "repair_extended", &[PARTY]),
    ("repair not accepted", "repair_declined", &[PARTY]),
    ("repair granted", "repair_granted", &[PARTY]),
    ("release carried out", "repair_closed", &[PARTY]),
    ("repair withdrawn", "repair_withdrawn", &[PARTY, UNIT]),
    ("30 days before repair is possible", "repair_possible_soon", &[PARTY]),
    ("repair possible", "repair_possible", &[PARTY]),
    ("max term reached", "publication_ended", &[PARTY, UNIT, POLICY]),
    ("held at max", "held_at_maximum", &[PARTY, UNIT, POLICY]),
    ("record published", "record_published", &[PARTY]),
    ("record made and not published", "record_not_published", &[PARTY]),
    ("record corrected", "record_corrected", &[PARTY]),
    ("record shielded", "record_shielded", &[PARTY]),
    ("shield ended", "shield_ended", &[PARTY]),
    ("deadline in 2 working days", "deadline_near", &[OWNER, HEAD, POLICY]),
    ("deadline today", "deadline_today", &[OWNER, HEAD, POLICY]),
    ("deadline missed", "deadline_missed", &[OWNER, HEAD, POLICY]),
    ("batch submitted", "batch_received", &[COUNTY]),
    ("batch submitted", "batch_submitted", &[POLICY]),
    ("batch returned", "batch_returned", &[COUNTY, POLICY]),
    ("batch supplement asked", "entry_supplement_asked", &[COUNTY, POLICY]),
    ("batch supplement handed in", "entry_resubmitted", &[COUNTY, POLICY]),
    ("entry rejected", "entry_rejected", &[COUNTY, POLICY]),
    ("batch decided", "batch_decided", &[COUNTY, POLICY]),
    ("batch sent", "batch_sent", &[COUNTY, POLICY]),
    ("batch answered", "entry_answered", &[COUNTY, POLICY]),
    ("batch closed", "batch_closed", &[COUNTY, POLICY]),
    ("opinion asked", "opinion_asked", &[NAMED]),
    ("batch withdrawn", "batch_withdrawn", &[COUNTY, POLICY]),
    ("province accepted", "listing_to_prepare", &[COUNTY_THAT_FOUND]),
    ("objection filed", "objection_received", &[PARTY]),
    ("objection filed", "objection_filed", &[UNIT]),
    ("objection answered", "objection_answered", &[PARTY, UNIT]),
    ("objection not accepted", "objection_declined", &[PARTY, UNIT]),
    ("time for the objection extended", "objection_extended", &[PARTY]),
    ("objection withdrawn", "objection_withdrawn", &[PARTY, UNIT]),
    ("base document annulled: objection to it", "objection_moot", &[PARTY, UNIT]),
    ("base document annulled", "publication_retracted", &[PARTY]),
    ("base document annulled", "base_annulled", &[UNIT, POLICY]),
    ("base document annulled: application on it", "repair_moot", &[PARTY]),
    ("base document annulled: listing on it", "listing_annulled", &[PARTY]),
    ("base document annulled: proposal on it", "base_annulled", &[COUNTY, POLICY]),
    ("calendar missing for next year", "calendar_missing", &[ADMINISTRATOR]),
    ("binding asked for", "binding_requested", &[POLICY]),
    ("binding asked for beside another", "binding_requested", &[POLICY]),
    ("binding asked for beside another", "binding_claimed", &[PARTY]),
    ("binding declined", "binding_declined", &[ASKER]),
    ("binding approved", "binding_approved", &[ASKER]),
    ("binding ended", "binding_ended", &[ASKER]),
    ("an office is asked", "office_asked", &[ASKED]),
    ("the office that was asked answered", "office_answered", &[ASKING]),
    ("the case ended before the answer", "office_ask_fell", &[ASKED]),
    ("a comment is due in 2 working days", "deadline_near", &[WAS_ASKED, HEAD_OF_ASKED, POLICY]),
    ("a comment did not come", "deadline_missed", &[WAS_ASKED, HEAD_OF_ASKED, POLICY]),
    ("office ended: its cases pass over", "office_succeeded", &[PARTY]),
];

/// Letters that no line is about, and where it is proven whom they tell.
const ELSEWHERE: &[(Letter, &str)] = &[
    (Letter::CaseMoved, "only a newer version of a law moves a case: tests/law/loading.rs"),
    (Letter::DeskDigest, "one letter a day to each officer, by what waits at the desk: tests/told/digest.rs"),
    (Letter::ClaimsReturned, "to the head whose officer is gone, by an act about an account: tests/house/claims.rs"),
    (Letter::SeatAsked, "to whoever may confirm a seat, by an act about an account: tests/house/people.rs"),
    (Letter::SeatConfirmed, "back to whoever asked for the seat: tests/house/people.rs"),
    (Letter::SeatDeclined, "back to whoever asked for the seat: tests/house/people.rs"),
    (Letter::IdentityLinked, "to the holder of the account, by an act about it: tests/identity/certified.rs"),
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
            for (_, letter, told) in lines {
                for login in told.iter().flat_map(|(_, logins)| *logins) {
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
    let scenes = [
        include_str!("scenes.rs"),
        include_str!("rounds.rs"),
        include_str!("turns.rs"),
        include_str!("defences.rs"),
        include_str!("../house/notes.rs"),
    ]
    .concat();
    for (event, _, _) in TABLE {
        assert!(scenes.contains(&format!("\"{event}\"")), "no scenario proves “{event}”");
    }
}

/// Whether a line says that a letter goes to somebody.
fn stands(letter: Letter, who: Who) -> bool {
    TABLE.iter().any(|(_, key, told)| *key == letter.key() && told.iter().any(|(one, _)| *one == who))
}

#[test]
fn whoever_a_row_tells_stands_in_the_table() {
    let rules = Rules::embedded().expect("the law loads");
    let rows = rules.catalogue.all().flat_map(|version| version.definition.transition.iter().map(move |row| (version.definition.key, row)));
    let told = rows.flat_map(|(process, row)| row.effects.iter().map(move |effect| (process, row.verb, effect)));
    let notes: Vec<_> = told
        .filter_map(|(process, verb, effect)| match effect {
            Effect::Notify(notify) => Some((process, verb, notify.letter, notify.to)),
            _ => None,
        })
        .collect();
    let silent: BTreeSet<_> = notes
        .iter()
        .filter(|(_, _, letter, to)| !stands(*letter, Who::To(*to)))
        .map(|(process, verb, letter, to)| format!("{process} {verb}: {letter} to {to}"))
        .collect();
    assert!(silent.is_empty(), "no line of the table says: {silent:#?}");
    assert!(notes.len() > 80, "only {} letters of rows were looked for", notes.len());
}

#[test]
fn every_letter_stands_in_the_table_or_is_proven_elsewhere() {
    for letter in [Letter::DeadlineNear, Letter::DeadlineToday, Letter::DeadlineMissed] {
        for who in [Who::Owner, Who::Head, Who::To(Addressee::PolicyOffice)] {
            assert!(stands(letter, who), "{letter} goes to {who:?} when a timer rings");
        }
    }
    for letter in Letter::ALL {
        let lines = TABLE.iter().filter(|(_, key, _)| *key == letter.key()).count();
        let elsewhere = ELSEWHERE.iter().filter(|(other, _)| other == letter).count();
        assert!((lines > 0) != (elsewhere > 0), "{letter}: {lines} lines, and {elsewhere} times proven elsewhere");
    }
}
