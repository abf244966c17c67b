//! The checked-in schema is the one that is served.

#[test]
fn the_schema_in_the_repository_is_current() {
    let kept = include_str!("../../api/schema.graphql");
    let built = api::graphql::schema::schema().sdl();
    let differs = kept.trim().lines().zip(built.trim().lines()).position(|(kept, built)| kept != built);
    assert!(kept.trim() == built.trim(), "run `make generate`; first difference at line {:?}", differs.map(|line| line + 1));
}
