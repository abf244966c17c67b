//! The bytes of an entry are those that the canonicalizer of RFC 8785 writes: here of random entries, in `support::observed` of
//! every entry of every scenario.

use domain::{
    entry::Entry,
    ids::{AccountId, CaseId, PersonId, SubjectId},
    moment::Micros,
};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// The greatest integer that every reader of JSON keeps.
const GREATEST: i64 = (1 << 53) - 1;

fn value() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-GREATEST..=GREATEST).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    plain.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from), object(inner).prop_map(Value::from)]
    })
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map("[ -~]{0,8}|[一-龥]{1,4}", inner, 0..5).prop_map(|map| map.into_iter().collect())
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(any::<String>())
}

fn list() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(value(), 0..4)
}

/// Entries with every field filled or absent.
fn entries() -> impl Strategy<Value = Entry> {
    let ids = prop::option::of(any::<u128>().prop_map(uuid::Uuid::from_u128));
    let whole = || 0..=GREATEST.unsigned_abs();
    let texts =
        (text(), text(), any::<String>(), prop::collection::vec(any::<String>(), 0..4), prop::option::of(any::<(String, String)>()));
    let numbers = (whole(), prop::option::of(whole()), prop::option::of(0..=GREATEST), 0..=GREATEST, 0..40_000_i64, any::<bool>());
    let parts = (object(value()), object(value()), value(), value(), list(), list(), list());
    (texts, numbers, parts, prop::array::uniform7(ids)).prop_map(|(texts, numbers, parts, ids)| {
        let (process, office, verb, cites, definition) = texts;
        let (index, cause, version, at, day, simulated) = numbers;
        let (law, facts, input, outcome, changes, notices, skipped) = parts;
        let [case, actor, person, acting_for, principal, for_subject, authority] = ids;
        Entry {
            index,
            process,
            case: case.map(CaseId),
            version,
            cause,
            verb,
            actor: actor.map(AccountId),
            person: person.map(PersonId),
            acting_for: acting_for.map(AccountId),
            principal: principal.map(PersonId),
            for_subject: for_subject.map(SubjectId),
            authority: authority.map(CaseId),
            office,
            effective_on: time::Date::from_julian_day(i32::try_from(2_440_588 + day).expect("a day")).expect("a day"),
            recorded_at: Micros(at),
            simulated,
            clock: simulated.then_some(domain::entry::MachineClock { known: Micros(at), says: Micros(at / 2) }),
            outcome,
            definition,
            law,
            input,
            facts,
            changes,
            notices,
            skipped,
            cites,
        }
    })
}

proptest! {
    #[test]
    fn an_entry_is_written_as_the_canonicalizer_writes_it(entry in entries()) {
        let bytes = entry.to_bytes().expect("bytes");
        let theirs = serde_json_canonicalizer::to_vec(&entry).expect("bytes");
        prop_assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&theirs));
        prop_assert_eq!(Entry::from_bytes(&bytes).expect("an entry"), entry);
    }
}
