//! What the tests over all processes ask of listings.

use domain::{
    listing::{ListingForm, ListingTerms},
    process::{Form, FormKey, Process, Verb},
};
use serde_json::json;

use super::steps;
use crate::{
    engine::city::sealed,
    proposal,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct ListingCase;

impl Room for ListingCase {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "dropped";

    fn form(wanted: &Wanted<'_>, _: &mut Chance) -> Form {
        let terms =
            ListingTerms { grounds: vec!["refused_inspection".to_owned()], measures: vec!["talk_to".to_owned()], years: None, law: None };
        if wanted.key == FormKey::ListingDecision {
            return Form::from(terms);
        }
        Form::from(ListingForm {
            list_type: proposal::steps::LIST.to_owned(),
            terms,
            counts: Vec::new(),
            facts: sealed("facts"),
            related: Vec::new(),
        })
    }

    async fn case(world: &World, known: &Known) -> String {
        proposal::steps::basis(world).await;
        let input = json!({ "base": known[&Process::PublicationRecord], "listing": steps::form() });
        let case = world.done("road", "openListingCase", input).await["id"].as_str().expect("an id").to_owned();
        steps::noticed(world, &case).await;
        case
    }
}
