//! The schema, and how a request is run in it.

use async_graphql::{EmptySubscription, MergedObject, Request, Response, Schema};

use super::{batch, binding, calculator, desk, files, ground, house, listing, objection, proposal, public, queries, record, repair, reporting, seat, setting};
use crate::{
    app::App,
    http::{Bearer, Caller, Execute},
};

#[derive(Debug, Default, MergedObject)]
pub struct Query(
    public::PublicQueries,
    queries::HouseQueries,
    files::FileQueries,
    reporting::ReportingQueries,
    listing::ListingQueries,
    setting::SettingQueries,
    seat::SeatQueries,
    calculator::CalculatorQueries,
    ground::GroundQueries,
);

#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    house::HouseMutations,
    files::FileMutations,
    desk::DeskMutations,
    record::RecordForms,
    record::RecordMutations,
    repair::RepairForms,
    repair::RepairMutations,
    binding::BindingForms,
    binding::BindingMutations,
    proposal::ProposalForms,
    proposal::BatchMutations,
    proposal::EntryMutations,
    listing::ListingForms,
    listing::ListingMutations,
    objection::ObjectionForms,
    objection::ObjectionMutations,
);

pub type HouseSchema = Schema<Query, Mutation, EmptySubscription>;

/// The schema without data; field suggestions are off, since they tell strangers what exists.
pub fn schema() -> HouseSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<super::case::AnyCase>()
        .disable_suggestions()
        .limit_depth(15)
        .limit_complexity(5000)
        .finish()
}

/// Runs requests for callers.
#[derive(Clone)]
pub struct Runner {
    pub app: App,
    pub schema: HouseSchema,
}

impl Execute for Runner {
    async fn execute(&self, request: Request, caller: Caller) -> Response {
        match self.app.viewer(caller.bearer.as_ref()).await {
            Ok(viewer) => {
                let request = request.data(batch::batch(self.app.clone(), viewer.clone())).data(self.app.clone()).data(viewer).data(Bearer(caller.bearer));
                self.schema.execute(request).await
            }
            Err(fault) => Response::from_errors(vec![super::fault::internal(&fault).into_server_error(async_graphql::Pos::default())]),
        }
    }
}
