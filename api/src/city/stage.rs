//! The people of the demo city, acting through the same door as real ones.

use std::collections::BTreeMap;

use axum::body::Bytes;
use domain::{
    command::{Actor, Arguments, Command, DocumentDraft, ItemDraft, Opening, Target},
    ids::{AccountId, CaseId},
    paper::{DocumentKind, ItemList},
    process::Verb,
};
use uuid::Uuid;

use super::acts::{self, ActFault};
use crate::people::sealing;
use crate::{app::App, door::PersonalDraft, evidence};

/// The demo's accounts by login.
pub(super) struct Stage<'a> {
    pub app: &'a App,
    pub accounts: BTreeMap<&'static str, AccountId>,
}

/// What an act brings, put together piece by piece.
#[derive(Default)]
pub(super) struct Bringing {
    pub arguments: Arguments,
    pub personal: Vec<PersonalDraft>,
}

impl Stage<'_> {
    /// One act by an account; the case it was about.
    pub async fn act(&self, login: &str, target: Target, verbs: &[Verb], with: Bringing) -> Result<CaseId, ActFault> {
        let account = self.accounts.get(login).copied().ok_or_else(|| ActFault::Other(format!("the demo has no account {login}")))?;
        let now = self.app.clock.now();
        let command = Command {
            actor: Actor::Account(account),
            target,
            verbs: verbs.to_vec(),
            arguments: with.arguments,
            admin: None,
            effective_on: now.day(),
            now,
            seed: Uuid::now_v7(),
            timer: None,
        };
        let accepted = acts::submit(self.app, command, with.personal).await?;
        accepted.case.ok_or_else(|| ActFault::Other("the act was about no case".to_owned()))
    }

    /// One act on a case.
    pub async fn on(&self, login: &str, case: CaseId, verb: Verb, with: Bringing) -> Result<(), ActFault> {
        self.act(login, Target::Case(case), &[verb], with).await.map(|_| ())
    }

    /// Opens a case.
    pub async fn open(&self, login: &str, opening: Opening, verbs: &[Verb], with: Bringing) -> Result<CaseId, ActFault> {
        self.act(login, Target::New(opening), verbs, with).await
    }

    /// Adds a one-page paper.
    pub async fn paper(&self, mut with: Bringing, kind: DocumentKind, name: &str) -> Result<Bringing, ActFault> {
        let bytes = Bytes::from(format!("演示文书 demo paper\n{name}\n"));
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sha256 = evidence::put(self.app, bytes).await.map_err(|fault| ActFault::Other(fault.to_string()))?;
        let (sealed, draft) = sealing::seal(self.app, "demo.paper.name", name)?;
        with.personal.push(draft);
        let document = DocumentDraft { sha256, size, media_type: "text/plain".to_owned(), name: sealed, drafted: None };
        with.arguments.documents.entry(kind).or_default().push(document);
        Ok(with)
    }

    /// Adds a reason.
    pub fn reason(&self, mut with: Bringing, text: &str) -> Result<Bringing, ActFault> {
        let (sealed, draft) = sealing::seal(self.app, "demo.reason", text)?;
        with.personal.push(draft);
        with.arguments.reason = Some(sealed);
        Ok(with)
    }

    /// Opens a point in words.
    pub fn point(&self, mut with: Bringing, list: ItemList, words: &str) -> Result<Bringing, ActFault> {
        let (sealed, draft) = sealing::seal(self.app, "demo.point", words)?;
        with.personal.push(draft);
        with.arguments.items.entry(list).or_default().push(ItemDraft { key: None, words: Some(sealed) });
        Ok(with)
    }

    /// Settles every fixed point of a list.
    pub fn settle(mut with: Bringing, list: ItemList) -> Bringing {
        let drafts = list.fixed().iter().map(|(key, _, _)| ItemDraft { key: Some((*key).to_owned()), words: None });
        with.arguments.items.entry(list).or_default().extend(drafts);
        with
    }
}
