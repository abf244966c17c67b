//! A falsity is recorded whoever it is; of a natural person nothing is published (Order 36 art. 25 and art. 12(3)).

use domain::{
    data::BaseKind,
    process::{Process, Verb},
    rows::ListedStatus,
};
use workflows::{definition::words::Guard, engine::decide};

use super::{city::definition, places::Template};

#[test]
fn a_falsity_of_a_natural_person_is_recorded_and_not_published() {
    let rules = super::city::rules();
    let template = Template::new(&rules);
    let version = definition(&rules, Process::RepairApplication, time::macros::date!(2026 - 05 - 01));
    for verb in [Verb::RefuseForFalsity, Verb::Revoke] {
        let row = version.definition.rows_of(verb).next().expect("a row");
        for (organisation, state) in [(true, "published"), (false, "not_published")] {
            let mut bent = template.bent(Process::RepairApplication, row, None);
            bent.bend(&Guard::MayBePublished, organisation);
            let mut snapshot = bent.city.snapshot.clone();
            let told = decide(&rules, &mut snapshot, &bent.command).err();
            assert!(told.is_none(), "{verb}: {told:?}");
            let rows = snapshot.rows();
            let falsity = |base: Option<BaseKind>| base == Some(BaseKind::Falsity);
            let made: Vec<_> = rows.cases.values().filter(|case| falsity(case.data.0.record().map(|data| data.base))).collect();
            assert_eq!(made.iter().map(|case| case.state.as_str()).collect::<Vec<_>>(), [state], "{verb}");
            let data = made[0].data.0.record().expect("a record");
            assert_eq!((data.terms.publication_due, data.published_on.is_some()), (organisation, organisation));
            let shown = rows.listed.values().any(|row| row.id == made[0].id && row.status == ListedStatus::Shown);
            assert_eq!(shown, organisation, "{verb}");
        }
    }
}
