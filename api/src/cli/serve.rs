//! The server with its timers and its mail.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use tokio::sync::{mpsc, watch};

use super::office;
use crate::{
    app::App,
    config::Settings,
    http::{
        listening::{self, Bounds},
        server,
    },
    mail::{Invitations, Mailer, SenderAddress},
    store::StoreFault,
    work::{
        checkpoints::Signer,
        guard, invitations,
        lease::{self, Lease},
        outbox::Sender,
        post,
        rounds::Rounds,
    },
};

/// How long the loops may take to end what they are at.
const LAST_TURN: Duration = Duration::from_secs(15);
/// How long another server waits for the timers of one that stands still.
const TIMERS_LEASE: Duration = Duration::from_mins(1);
/// How soon what was answered is signed.
const SIGN_WITHIN: Duration = Duration::from_millis(400);
/// How often that time is doubled at most where signing fails.
const SLOWEST: u32 = 8;

/// Serves until it is told to stop.
///
/// # Errors
/// When the address is taken or a setting is wrong.
pub(super) async fn serve(mut app: App, settings: &Settings, data: &Path) -> Result<()> {
    app.fonts.clone_from(&settings.fonts);
    let mailer = Mailer::new(settings.mail_backend(data)?)?;
    app.open_id = settings.open_id()?.map(Arc::new);
    let invited = settings.public_address().filter(|_| settings.registration).map(|house| Invitations::new(house.to_owned()));
    let invited = invited.map(|(invitations, taken)| {
        app.registration = Some(invitations);
        taken
    });
    let sender = Sender {
        from: settings.mail_from.clone(),
        domain: SenderAddress::parse(&settings.mail_from)?.domain().to_owned(),
        per_hour: settings.mail_per_hour,
    };
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    // The words of a panic may be what a caller typed: a log gets its place.
    std::panic::set_hook(Box::new(|panic| tracing::error!(at = panic.location().map(ToString::to_string), "panic")));
    if let Some(next) = office::first_step(&app).await? {
        eprintln!("xinxiu: {next}");
    }
    let (stop, stopping) = watch::channel(false);
    if let Some(taken) = invited {
        let (app, mailer, sender) = (app.clone(), Mailer::new(settings.mail_backend(data)?)?, sender.clone());
        let stop = stopping.clone();
        tokio::spawn(async move { invitations::keep_sending(&app, &mailer, &sender, taken, stop).await });
    }
    let letters = {
        let (app, stop) = (app.clone(), stopping.clone());
        async move { post::keep_sending(&app, &mailer, &sender, stop).await }
    };
    let every = Duration::from_secs(u64::from(settings.checkpoint_minutes) * 60);
    let loops = [
        tokio::spawn(timers(app.clone(), stopping.clone())),
        tokio::spawn(letters),
        tokio::spawn(checkpoints(app.clone(), every, stopping)),
    ];
    let listener = tokio::net::TcpListener::bind(settings.listen).await.with_context(|| {
        format!("cannot listen on {}; end the program that has this port, or name another with --listen or XINXIU_LISTEN", settings.listen)
    })?;
    println!("http://{}/graphql", listener.local_addr()?);
    let bounds = Bounds { proxies: settings.proxies().unwrap_or_default().into(), ..Bounds::default() };
    let (cut, mut cuts) = watch::channel(false);
    listening::serve(listener, server::router(app), bounds, stops(stop, cut)).await;
    // What the loops hold is given back, so that the next server need not wait for it.
    tokio::select! {
        _ = tokio::time::timeout(LAST_TURN, futures_util::future::join_all(loops)) => {}
        _ = cuts.wait_for(|again| *again) => {}
    }
    Ok(())
}

/// Waits, but not beyond the word to stop.
async fn pause(time: Duration, stop: &mut watch::Receiver<bool>) {
    if !*stop.borrow() {
        let _ = tokio::time::timeout(time, stop.changed()).await;
    }
}

/// Everything that falls due; a slow relay must not hold it up.
async fn timers(app: App, mut stop: watch::Receiver<bool>) {
    let made = Rounds::default();
    let mut lease = Lease::new(lease::TIMERS, TIMERS_LEASE);
    let mut watch = guard::Watch::new(&app);
    while !*stop.borrow() {
        match guard::beat(&app).await {
            Ok(doubt) => watch.look(&app, doubt.as_ref()),
            Err(fault) => tracing::error!(fault = %fault.logged(), "clock"),
        }
        // Another process may have moved a demo's clock.
        if let Err(fault) = app.database.read_clock(&app.clock).await {
            tracing::error!(fault = %fault.logged(), "clock");
        }
        if let Err(fault) = ring(&app, &made, &mut lease).await {
            tracing::error!(fault = %fault.logged(), "timers");
        }
        pause(Duration::from_secs(1), &mut stop).await;
    }
    give_back(&app, &mut lease).await;
}

async fn ring(app: &App, made: &Rounds, lease: &mut Lease) -> Result<(), StoreFault> {
    // Law that another process loaded holds here too, whoever rings.
    app.law.notice(&app.database).await?;
    if lease.hold(&app.database).await? {
        made.make(app).await?;
    }
    Ok(())
}

/// Checkpoints as the tree grows, the last one when all else has stopped.
async fn checkpoints(app: App, every: Duration, mut stop: watch::Receiver<bool>) {
    let mut lease = Lease::new(lease::CHECKPOINTS, TIMERS_LEASE);
    let mut signer = Signer::new(every);
    let mut failed = 0;
    while !*stop.borrow() {
        // Where signing fails, it is not tried and told of several times a second.
        pause(SIGN_WITHIN * 2_u32.pow(failed), &mut stop).await;
        let turn = match lease.hold(&app.database).await {
            Ok(true) => signer.turn(&app).await,
            Ok(false) => Ok(()),
            Err(fault) => Err(fault),
        };
        failed = match turn {
            Ok(()) => 0,
            Err(fault) => {
                tracing::error!(fault = %fault.logged(), "checkpoint");
                (failed + 1).min(SLOWEST)
            }
        };
    }
    give_back(&app, &mut lease).await;
}

async fn give_back(app: &App, lease: &mut Lease) {
    if let Err(fault) = lease.release(&app.database).await {
        tracing::error!(fault = %fault.logged(), "lease");
    }
}

/// A word for every signal to stop: the first lets running requests end and stops what the house does by itself, the second
/// cuts all of it off.
fn stops(loops: watch::Sender<bool>, again: watch::Sender<bool>) -> mpsc::Receiver<()> {
    let (said, stop) = mpsc::channel(2);
    tokio::spawn(async move {
        let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else { return };
        loop {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            let first = !loops.send_replace(true);
            again.send_replace(!first);
            // Nobody listens any more once the requests have ended.
            let _ = said.send(()).await;
        }
    });
    stop
}
