//! The server with its timers and its mail.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};

use crate::{
    app::App,
    city::offices,
    config::{Settings, TlsWord},
    http::server,
    mail::{MailBackend, Mailer, SmtpSettings, Tls},
    work::{outbox::{self, Sender}, rounds},
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
    offices::seed(&app).await?;
    let timers = app.clone();
    tokio::spawn(async move {
        loop {
            // Another process may have moved a demo's clock.
            if let Err(fault) = timers.database.read_clock(&timers.clock).await {
                tracing::error!(%fault, "clock");
            }
            if let Err(fault) = rounds::make(&timers).await {
                tracing::error!(%fault, "timers");
            }
            if let Err(fault) = outbox::send_due(&timers, &mailer, &sender).await {
                tracing::error!(%fault, "outbox");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    let (signer, every) = (app.clone(), Duration::from_secs(u64::from(settings.checkpoint_minutes) * 60));
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(every).await;
            if let Err(fault) = signer.checkpoint_if_grown().await {
                tracing::error!(%fault, "checkpoint");
            }
        }
    });
    let listener = tokio::net::TcpListener::bind(settings.listen).await.with_context(|| format!("cannot listen on {}", settings.listen))?;
    println!("http://{}/graphql", listener.local_addr()?);
    axum::serve(listener, server::router(app)).with_graceful_shutdown(stopped()).await?;
    Ok(())
}

async fn stopped() {
    let term = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = term => {}
    }
}

