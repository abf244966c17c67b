//! What the tests over all processes ask of publicity.

use domain::{
    process::{Form, FormKey, Verb},
    publicity::{AppearanceForm, PublicityChannel, PublicityForm, PublicityKind, PublicityTheme},
};
use serde_json::json;

use super::steps;
use crate::{
    engine::city::sealed,
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct PublicityItem;

impl Room for PublicityItem {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "withdrawn";

    fn form(wanted: &Wanted<'_>, chance: &mut Chance) -> Form {
        if wanted.key == FormKey::Appearance {
            return Form::from(AppearanceForm { on: wanted.today, address: "https://example.invalid/".to_owned(), front_page: true });
        }
        let channel = if chance.below(2) == 0 { PublicityChannel::BureauColumn } else { PublicityChannel::ProvincialSite };
        Form::from(PublicityForm {
            kind: PublicityKind::Article,
            theme: PublicityTheme::General,
            channel,
            part: None,
            title: sealed("title"),
            text: sealed("text"),
            names_person: false,
            praised: None,
            willing: None,
        })
    }

    /// An article of the road transport centre that the column shows.
    async fn case(world: &World, _: &Known) -> String {
        let item = steps::approved(world, steps::article("BUREAU_COLUMN"), json!({})).await;
        steps::published(world, &item).await;
        item
    }
}
