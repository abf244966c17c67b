//! `make walk`: plays the main job against a demo city that `make run` serves, with the numbered documents and the
//! accounts that the demo prints: a county's spreadsheets, the proposed list, an objection, two listings, one of them
//! annulled with its penalty, and the repair that releases the other.
//!
//! | module | plays |
//! |---|---|
//! | `records` | penalties from the spreadsheet to the published list; the company's account |
//! | `proposal` | the proposed list, from the county over the policy office to the province |
//! | `objection` | an objection that is upheld |
//! | `listing` | notice, defence, decision, service; the annulment of a penalty and of what rested on it |
//! | `repair` | application, review, decision, release |
//! | `city` | how the walk reaches the running city |

mod city;
mod listing;
mod objection;
mod proposal;
mod records;
mod repair;

use std::process::ExitCode;

use city::{Done, Walk};

/// The record that is proposed, listed and repaired; the one whose penalty is annulled.
const LISTED: usize = 0;
const ANNULLED: usize = 2;

async fn go(walk: &mut Walk) -> Done<()> {
    let records = walk.recorded().await?;
    walk.bound().await?;
    let entries = walk.proposed().await?;
    walk.objected(&records[LISTED]).await?;
    let record = walk.listed(&entries[LISTED]).await?;
    walk.annulled(&entries[ANNULLED], &records[ANNULLED]).await?;
    let application = walk.applied(&record).await?;
    walk.released(&application, &entries[LISTED].listing).await
}

fn option(name: &str, default: &str) -> String {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).unwrap_or_else(|| default.to_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut walk = Walk::new(option("--url", "http://127.0.0.1:8080"), option("--data", "demo"));
    match go(&mut walk).await {
        Ok(()) => {
            println!("released. Now the trail:");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("the walk ended at step {}: {fault}", walk.step + 1);
            ExitCode::FAILURE
        }
    }
}
