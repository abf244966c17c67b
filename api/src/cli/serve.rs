//! The server with its timers and its mail.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};
use tokio::sync::mpsc;

use crate::{
    app::App,
    city::offices,
    config::{Settings, TlsWord},
    http::{listening::{self, Bounds}, server},
    mail::{MailBackend, Mailer, SmtpSettings, Tls},
    work::{guard, outbox::{self, Sender}, rounds},
};

fn mailer(args: &Settings, data: &Path) -> Result<Mailer> {
    let backend = match &args.smtp_host {
        None => MailBackend::Folder(data.join("mail")),
        Some(host) => {
            let password = match &args.smtp_password_file {
                Some(file) => {
                    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
                    Some(text.trim_end().to_owned().into())
                }
                None => None,
            };
            MailBackend::Smtp(SmtpSettings {
                host: host.clone(),
                port: args.smtp_port,
                tls: match args.smtp_tls {
                    TlsWord::Required => Tls::Required,
                    TlsWord::Wrapper => Tls::Wrapper,
                    TlsWord::Plain => Tls::PlainLoopbackOnly,
                },
                username: args.smtp_username.clone(),
                password,
                timeout: Duration::from_mins(1),
                ca_file: args.smtp_ca_file.clone(),
            })
        }
    };
    Ok(Mailer::new(backend)?)
}

/// Serves until it is told to stop.
///
/// # Errors
/// When the address is taken or a setting is wrong.
pub(super) async fn serve(app: App, settings: &Settings, data: &Path) -> Result<()> {
    let mailer = mailer(settings, data)?;
    let domain = settings.mail_from.rsplit('@').next().unwrap_or_default().trim_end_matches('>').to_owned();
    let sender = Sender { from: settings.mail_from.clone(), domain, per_hour: settings.mail_per_hour };
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    // The words of a panic may be what a caller typed: a log gets its place.
    std::panic::set_hook(Box::new(|panic| tracing::error!(at = panic.location().map(ToString::to_string), "panic")));
    offices::seed(&app).await?;
    tokio::spawn(timers(app.clone()));
    tokio::spawn(letters(app.clone(), mailer, sender));
    tokio::spawn(checkpoints(app.clone(), Duration::from_secs(u64::from(settings.checkpoint_minutes) * 60)));
    let listener = tokio::net::TcpListener::bind(settings.listen).await.with_context(|| format!("cannot listen on {}; end the program that has this port, or name another with --listen or XINXIU_LISTEN", settings.listen))?;
    println!("http://{}/graphql", listener.local_addr()?);
    let bounds = Bounds { proxies: settings.proxies().unwrap_or_default().into(), ..Bounds::default() };
    listening::serve(listener, server::router(app), bounds, stops()).await;
    Ok(())
}

/// Everything that falls due; a slow relay must not hold it up.
async fn timers(app: App) {
    let mut watch = guard::Watch::new(&app);
    loop {
        match guard::beat(&app).await {
            Ok(doubt) => watch.look(&app, doubt.as_ref()),
            Err(fault) => tracing::error!(fault = %fault.logged(), "clock"),
        }
        // Another process may have moved a demo's clock.
        if let Err(fault) = app.database.read_clock(&app.clock).await {
            tracing::error!(fault = %fault.logged(), "clock");
        }
        if let Err(fault) = rounds::make(&app).await {
            tracing::error!(fault = %fault.logged(), "timers");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn letters(app: App, mailer: Mailer, sender: Sender) {
    loop {
        match outbox::send_due(&app, &mailer, &sender).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(fault) => tracing::error!(fault = %fault.logged(), "outbox"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn checkpoints(app: App, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        if let Err(fault) = app.checkpoint_if_grown().await {
            tracing::error!(fault = %fault.logged(), "checkpoint");
        }
    }
}

/// A word for every signal to stop: the first lets running requests end, the second does not.
fn stops() -> mpsc::Receiver<()> {
    let (said, stop) = mpsc::channel(2);
    tokio::spawn(async move {
        let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else { return };
        loop {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            if said.send(()).await.is_err() {
                return;
            }
        }
    });
    stop
}
