//! The checked-in schema is the one that is served.

#[test]
fn the_schema_in_the_repository_is_current() {
    let kept = include_str!("../../api/schema.graphql");
    let built = api::graphql::schema::schema().sdl();
    assert_eq!(kept.trim(), built.trim(), "run `make generate`");
}
