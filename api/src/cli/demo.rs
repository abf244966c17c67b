//! `demo` and `demo-clock`.

use std::io::IsTerminal;

use anyhow::{Context, Result};
use domain::{admin::AdminAct, moment::Micros};

use super::{
    args::PlaceArgs,
    run::{open, place},
};
use crate::{
    city::{acts, demo, handouts},
    keeping::aside::Aside,
    work::rounds,
};

/// Builds the demo city aside, puts it in place whole, and says what to do with it.
pub(super) async fn build(args: &PlaceArgs) -> Result<()> {
    let place = place(args)?;
    let (aside, app) = Aside::begin(&place).await.context("the demo city could not be built")?;
    let shown = std::io::stderr().is_terminal();
    demo::build(&app, |done, all| {
        if shown && done % 20 == 0 {
            eprint!("\r{done}/{all} records");
        }
    })
    .await
    .context("the demo city could not be built")?;
    if shown {
        eprintln!();
    }
    let (handouts, today) = (handouts::write(aside.folder(), app.clock.today())?, app.clock.today());
    let built = aside.folder().to_owned();
    aside.finish(app).await.context("the demo city was built, and could not be put in place")?;
    println!("accounts, each with the password {}:", demo::PASSWORD);
    for (login, what, _, _) in demo::ACCOUNTS {
        println!("  {login:14} {what}");
    }
    for (login, what) in demo::COMPANIES {
        println!("  {login:14} {what}");
    }
    println!("to try:");
    for path in handouts {
        println!("  {}", args.data.join(path.strip_prefix(&built).unwrap_or(&path)).display());
    }
    println!("today in the demo: {today}");
    println!("serve it with: xinxiu --data {} serve", args.data.display());
    Ok(())
}

/// Moves a demo's clock.
pub(super) async fn clock(args: &PlaceArgs, day: &str) -> Result<()> {
    let app = &open(args).await?;
    let day = domain::day::parse(day).with_context(|| format!("“{day}” is not a day like 2026-11-24"))?;
    let to = Micros::offices_open(day);
    acts::operate(app, AdminAct::AdvanceClock { to }, Vec::new()).await?;
    let rung = rounds::make(app).await?;
    println!("today in the demo: {}; {rung} timers ran", app.clock.today());
    Ok(())
}
