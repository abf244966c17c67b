//! A server that is killed in the middle of its work loses nothing that it acknowledged, and does nothing twice. `make soak`
//! does the same three hundred times.

use std::collections::BTreeSet;

use super::crash::Server;
use crate::{
    on_both,
    support::{
        kills,
        world::{World, record},
    },
};

on_both!(nothing_acknowledged_is_lost_or_done_twice);

const KILLS: u32 = 6;

async fn nothing_acknowledged_is_lost_or_done_twice(world: World) {
    let token = world.token("road").await;
    let tally =
        kills::killed(|| Server::parts(&world, &[]), &token, record, 1, KILLS, 13).await.unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(tally.kills == KILLS && tally.full >= KILLS / 2, "most of them meet eight acts in flight: {tally:?}");
    for (number, entry) in &tally.entries {
        let found = api::store::trail::entry(&world.app.database, *entry).await.expect("readable");
        let (entry, text) = found.unwrap_or_else(|| panic!("entry {entry} of act {number} was acknowledged and is lost"));
        assert!(entry.accepted() && entry.version == Some(1) && text.contains(&format!("资阳示例{number:03}")), "{text}");
    }
    let distinct: BTreeSet<_> = tally.entries.values().collect();
    assert_eq!(distinct.len(), tally.entries.len(), "every act has an entry of its own");
    assert_eq!(kills::registered(&world.app.database).await, tally.entries.len(), "and there is no other");
    world.finish().await;
}
