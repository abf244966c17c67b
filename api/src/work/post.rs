//! Sends what waits in the outbox: several letters at once, so that one slow answer holds up no other letter, and one
//! process of a house at a time.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::Pin,
    time::{Duration, Instant},
};

use domain::letter::Letter;
use futures_util::{StreamExt, stream::FuturesUnordered};
use serde_json::Value;
use tokio::sync::watch;

use super::{
    address::Named,
    lease::{self, Lease, Mark},
    outbox::{self, Notice, Sender},
    relay,
};
use crate::{
    app::App,
    door::crash,
    letters::{self, LetterArgs, Rendered},
    mail::{Mailer, Outcome, OutgoingMail, RelayFault, SenderAddress, Step},
    store::{StoreFault, cells::Settled},
};

/// Letters on their way to a relay at once; to a folder, which is done with one in a moment.
const AT_ONCE: usize = 8;
const TO_FOLDER: usize = 100;
/// A letter that takes longer gives its place to another, up to [`MOST`] of them.
const SLOW: Duration = Duration::from_secs(10);
const MOST: usize = 64;
/// First and longest rest after a fault of the relay that all letters share.
const REST: Duration = Duration::from_secs(15);
const LONGEST_REST: Duration = Duration::from_mins(10);
/// How long letters on their way may take when the house is told to stop.
const GRACE: Duration = Duration::from_secs(10);
const TICK: Duration = Duration::from_secs(1);

/// A try that has ended.
struct Done {
    id: String,
    letter: String,
    settled: Option<Settled>,
    fault: Option<RelayFault>,
}

type Trying<'a> = Pin<Box<dyn Future<Output = Done> + Send + 'a>>;

/// The sending of letters, with what is on its way.
struct Post<'a> {
    app: &'a App,
    mailer: &'a Mailer,
    sender: &'a Sender,
    lease: Lease,
    trying: FuturesUnordered<Trying<'a>>,
    /// Ids of letters on their way, with their accounts and when each set out.
    away: BTreeMap<String, (Option<String>, Instant)>,
    /// Faults of the relay in a row, and until when none is tried.
    faults: u32,
    rest: Option<Instant>,
    /// The relay took something since this process began; before, an older fault may stand in the table.
    clear: bool,
}

/// Tries every letter whose time has come; how many were settled one way or the other. Whoever had enough letters this
/// hour gets the next ones later; none is lost.
///
/// # Errors
/// When the database fails.
pub async fn send_due(app: &App, mailer: &Mailer, sender: &Sender) -> Result<u32, StoreFault> {
    let mut post = Post::new(app, mailer, sender);
    let done = post.until_dry().await;
    post.lease.release(&app.database).await?;
    done
}

/// Sends letters until the house is told to stop.
pub async fn keep_sending(app: &App, mailer: &Mailer, sender: &Sender, mut stop: watch::Receiver<bool>) {
    let mut post = Post::new(app, mailer, sender);
    while !*stop.borrow() {
        if let Err(fault) = post.turn(TICK, &mut stop).await {
            tracing::error!(fault = %fault.logged(), "outbox");
            tokio::time::sleep(TICK).await;
        }
    }
    let grace = Instant::now() + GRACE;
    while !post.trying.is_empty() && Instant::now() < grace {
        if let Err(fault) = post.settle_some(grace.saturating_duration_since(Instant::now())).await {
            tracing::error!(fault = %fault.logged(), "outbox");
        }
    }
    if let Err(fault) = post.lease.release(&app.database).await {
        tracing::error!(fault = %fault.logged(), "outbox");
    }
}

impl<'a> Post<'a> {
    fn new(app: &'a App, mailer: &'a Mailer, sender: &'a Sender) -> Self {
        // Longer than a relay may take until a letter is handed over, so that the next holder finds none half sent.
        let lease = Lease::new(lease::OUTBOX, mailer.patience() * 2);
        Self { app, mailer, sender, lease, trying: FuturesUnordered::new(), away: BTreeMap::new(), faults: 0, rest: None, clear: false }
    }

    async fn until_dry(&mut self) -> Result<u32, StoreFault> {
        let mut settled = 0;
        if !self.hold().await? {
            return Ok(0);
        }
        loop {
            self.fill().await?;
            if self.trying.is_empty() {
                return Ok(settled);
            }
            settled += self.settle_some(TICK).await?;
            self.hold().await?;
        }
    }

    /// Takes what is due into free places, then waits for something to end.
    async fn turn(&mut self, wait: Duration, stop: &mut watch::Receiver<bool>) -> Result<(), StoreFault> {
        if self.hold().await? {
            self.fill().await?;
        }
        if self.trying.is_empty() {
            let _ = tokio::time::timeout(wait, stop.changed()).await;
        } else {
            self.settle_some(wait).await?;
        }
        Ok(())
    }

    async fn hold(&mut self) -> Result<bool, StoreFault> {
        self.lease.hold(&self.app.database).await
    }

    /// Free places: one only where the relay failed lately, to see whether it is back.
    fn places(&self) -> usize {
        if self.rest.is_some_and(|until| until > Instant::now()) {
            return 0;
        }
        let at_once = match (self.faults, self.mailer.reaches_people()) {
            (0, true) => AT_ONCE,
            (0, false) => TO_FOLDER,
            _ => 1,
        };
        let quick = self.away.values().filter(|(_, since)| since.elapsed() < SLOW).count();
        let free = at_once.saturating_sub(quick).min((MOST + at_once).saturating_sub(self.away.len()));
        // Several places are filled by one reading of the outbox.
        if quick > 0 && free * 2 < at_once { 0 } else { free }
    }

    async fn fill(&mut self) -> Result<(), StoreFault> {
        let free = self.places();
        if free == 0 {
            return Ok(());
        }
        let now = self.app.clock.now().0;
        let mut waiting = outbox::due(self.app, now, TO_FOLDER + self.away.len()).await?;
        waiting.retain(|notice| !self.away.contains_key(&notice.id));
        if waiting.is_empty() {
            return Ok(());
        }
        let (mut chosen, mut later) = (Vec::new(), Vec::new());
        let mut lately = outbox::lately(self.app, now).await?;
        for account in self.away.values().filter_map(|(account, _)| account.as_ref()) {
            lately.entry(account.clone()).or_insert((0, now)).0 += 1;
        }
        for notice in waiting {
            if chosen.len() == free {
                break;
            }
            if let Some(account) = &notice.account {
                let (count, first) = lately.entry(account.clone()).or_insert((0, now));
                if *count >= i64::from(self.sender.per_hour) {
                    later.push(outbox::later(&notice, *first));
                    continue;
                }
                *count += 1;
            }
            chosen.push(notice);
        }
        outbox::postpone(self.app, &later).await?;
        self.set_out(chosen).await
    }

    async fn set_out(&mut self, chosen: Vec<Notice>) -> Result<(), StoreFault> {
        let arguments: Vec<Value> = chosen.iter().map(|notice| serde_json::from_str(&notice.arguments).unwrap_or_default()).collect();
        let naming: Vec<_> = chosen
            .iter()
            .zip(&arguments)
            .map(|(notice, arguments)| (notice.account.as_deref(), notice.address.as_deref(), arguments))
            .collect();
        let named = Named::read(self.app, &naming).await?;
        for (notice, arguments) in chosen.into_iter().zip(arguments) {
            let made = mail(self.app, self.sender, &named, &notice, &arguments).await;
            self.away.insert(notice.id.clone(), (notice.account.clone(), Instant::now()));
            let (app, mailer, lease) = (self.app, self.mailer, self.lease.mark());
            self.trying.push(Box::pin(async move { carry(app, mailer, &lease, notice, made).await }));
        }
        Ok(())
    }

    /// Waits for tries to end and records all that have; how many.
    async fn settle_some(&mut self, wait: Duration) -> Result<u32, StoreFault> {
        let Ok(Some(first)) = tokio::time::timeout(wait, self.trying.next()).await else { return Ok(0) };
        let mut ended = vec![first];
        while let Some(Some(done)) = futures_util::FutureExt::now_or_never(self.trying.next()) {
            ended.push(done);
        }
        for done in &ended {
            crash::at(&format!("carried_{}", done.letter));
        }
        let ids: BTreeSet<_> = ended.iter().map(|done| done.id.clone()).collect();
        let tried: Vec<_> = ended.iter_mut().filter_map(|done| done.settled.take()).collect();
        let stored = outbox::settle(self.app, &tried).await;
        self.away.retain(|id, _| !ids.contains(id));
        stored?;
        let faults: Vec<_> = ended.iter().filter_map(|done| done.fault.as_ref()).collect();
        let good = tried.len() - faults.len().min(tried.len());
        self.weather(&faults, good > 0).await?;
        Ok(u32::try_from(good).unwrap_or(u32::MAX))
    }

    /// Notes how the relay does, and rests where it fails for everybody.
    async fn weather(&mut self, faults: &[&RelayFault], good: bool) -> Result<(), StoreFault> {
        if let Some(fault) = faults.last() {
            tracing::warn!(step = ?fault.step, code = fault.code, all_letters = fault.all_letters, "relay");
            relay::note(self.app, fault).await?;
            self.clear = false;
        }
        if faults.iter().any(|fault| fault.all_letters) {
            let rest = REST.saturating_mul(2_u32.saturating_pow(self.faults)).min(LONGEST_REST);
            self.faults = (self.faults + 1).min(16);
            self.rest = Some(Instant::now() + rest);
        } else if good {
            (self.faults, self.rest) = (0, None);
            if !self.clear && faults.is_empty() {
                relay::clear(self.app).await?;
                self.clear = true;
            }
        }
        Ok(())
    }
}

/// What a notice has become: a mail, or why it cannot be one.
type Made = Result<(OutgoingMail, String), Outcome>;

/// A letter of the outbox as its reader gets it.
#[derive(Debug)]
pub struct Written {
    pub notice: Notice,
    pub letter: Letter,
    pub args: LetterArgs,
    pub rendered: Rendered,
}

/// Letters as they would leave now, newest first.
///
/// # Errors
/// When the database fails or a letter cannot be written.
pub async fn written(app: &App, notices: Vec<Notice>) -> Result<Vec<Written>, StoreFault> {
    let arguments: Vec<Value> = notices.iter().map(|notice| serde_json::from_str(&notice.arguments).unwrap_or_default()).collect();
    let naming: Vec<_> = notices
        .iter()
        .zip(&arguments)
        .map(|(notice, arguments)| (notice.account.as_deref(), notice.address.as_deref(), arguments))
        .collect();
    let named = Named::read(app, &naming).await?;
    let mut letters = Vec::new();
    for (notice, arguments) in notices.into_iter().zip(&arguments) {
        let Some(letter) = Letter::from_key(&notice.letter) else { continue };
        let (name, to) = named.recipient(app, notice.account.as_deref(), notice.address.as_deref())?;
        let name = if name.is_empty() { to.unwrap_or_else(|| "-".to_owned()) } else { name };
        let args = named.letter(app, letter, arguments, name, u64::try_from(notice.entry).unwrap_or_default()).await?;
        let rendered = letters::render(letter, &args).map_err(StoreFault::broken)?;
        letters.push(Written { notice, letter, args, rendered });
    }
    Ok(letters)
}

async fn mail(app: &App, sender: &Sender, named: &Named, notice: &Notice, arguments: &Value) -> Made {
    let refused = |code: &str, words: &str| Outcome::Refused { code: code.to_owned(), reply: words.to_owned() };
    // Keys, templates and the sender's address are the operator's: the letter waits until they are mended.
    let ours = |words: String| Outcome::Relay(RelayFault { step: Step::House, code: None, all_letters: false, reply: words });
    let (name, to) = named.recipient(app, notice.account.as_deref(), notice.address.as_deref()).map_err(|fault| ours(fault.to_string()))?;
    let to = to.ok_or_else(|| refused("ADDRESS_UNKNOWN", "no e-mail address is known for this recipient"))?;
    let letter = Letter::from_key(&notice.letter).ok_or_else(|| ours("there is no such letter in this build".to_owned()))?;
    let name = if name.is_empty() { to.clone() } else { name };
    let entry = u64::try_from(notice.entry).unwrap_or_default();
    let args = named.letter(app, letter, arguments, name, entry).await.map_err(|fault| ours(fault.to_string()))?;
    let rendered = letters::render(letter, &args).map_err(|fault| ours(format!("{}: {fault}", fault.code())))?;
    let bare = SenderAddress::parse(&sender.from).map_err(|fault| ours(format!("{}: {fault}", fault.code())))?;
    let mail = OutgoingMail {
        message_id: format!("<{}@{}>", notice.id, sender.domain),
        from: sender.from.clone(),
        envelope_from: bare.address,
        to,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        date_micros: notice.created_at,
        in_reply_to: None,
        references: Vec::new(),
    };
    Ok((mail, rendered.template_digest))
}

async fn carry(app: &App, mailer: &Mailer, lease: &Mark, notice: Notice, made: Made) -> Done {
    let (outcome, digest) = match made {
        Err(outcome) => (outcome, None),
        Ok((mail, digest)) => {
            let may = async || match outbox::hand_over(app, lease, &notice).await {
                Ok(may) => may,
                Err(fault) => {
                    tracing::error!(fault = %fault.logged(), "outbox");
                    false
                }
            };
            (mailer.send_if(&mail, may).await, Some(digest))
        }
    };
    let settled = Settled::of(app, &notice, &outcome).map(|settled| settled.worded(digest));
    let fault = if let Outcome::Relay(fault) = outcome { Some(fault) } else { None };
    Done { id: notice.id, letter: notice.letter, settled, fault }
}
