//! When the next try is due.

use api::mail::next_try;

const MINUTE: i64 = 60_000_000;

#[test]
fn waits_grow_and_end_within_three_days() {
    let mut waits = Vec::new();
    let mut now = 0;
    for attempt in 1.. {
        let Some(next) = next_try(attempt, now) else {
            break;
        };
        waits.push((next - now) / MINUTE);
        now = next;
    }
    assert_eq!(waits[..4], [1, 5, 15, 60]);
    assert!(waits[4..].iter().all(|wait| *wait == 240));
    assert!(now <= 3 * 24 * 60 * MINUTE, "the last try is within three days");
    assert!(now + 240 * MINUTE > 3 * 24 * 60 * MINUTE, "and one more would not be");
}

#[test]
fn the_edges_do_not_overflow() {
    assert_eq!(next_try(0, 0), Some(MINUTE));
    assert_eq!(next_try(u32::MAX, 0), None);
    assert_eq!(next_try(1, i64::MAX), None);
}
