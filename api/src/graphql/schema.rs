//! The schema, and how a request is run in it.

use std::sync::Arc;

use async_graphql::{
    EmptySubscription, Error, MergedObject, Pos, Request, Response, Schema, ServerError,
    parser::{
        parse_schema,
        types::{OperationType, ServiceDocument},
    },
};
use domain::process::Process;

use crate::{
    app::App,
    files::{commits::Commits, jobs::Jobs},
    graphql::{
        case::ground,
        core::{
            fault, loaders as batch,
            told::{Table, Tables, ToldBy},
        },
        office::{
            absence, accounts as house, board, cases, desk, files, identity, imports, law_change, law_data, me, numbers, offices as office,
            people, plan, queries, rates, registers, registration, reporting, seat, setting, sheets, sign_in, trail, uploads, work,
        },
        open::{calculator, column, list_types, process_law, proof, public, reasons, schemes, words},
        processes::{self, AnyCase, ProcessMutations},
        request::{
            cost::{self, Outputs},
            inputs::Inputs,
            shape,
        },
    },
    people::{Bearer, Caller, Viewer, tokens},
    work::simulations::Simulations,
};

/// Ways in. Of one part in the whole: types that are merged one by one nest too deep for the compiler.
#[derive(Debug, Default, MergedObject)]
pub struct WaysInQueries(sign_in::SignInQueries, identity::IdentityQueries, registration::RegistrationQueries);

#[derive(Debug, Default, MergedObject)]
pub struct WaysInMutations(sign_in::SignInMutations, identity::IdentityMutations, registration::RegistrationMutations);

/// What can be read. A viewer gets what it may see; the rest is none, never a fault.
#[derive(Debug, Default, MergedObject)]
pub struct Query(ForEverybody, ForStaff, ForKeepers);

/// What everybody may read.
#[derive(Debug, Default, MergedObject)]
pub struct ForEverybody(
    public::PublicQueries,
    column::ColumnQueries,
    schemes::SchemeQueries,
    list_types::ListingQueries,
    words::WordQueries,
    calculator::CalculatorQueries,
    process_law::ProcessLawQueries,
    reasons::ReasonQueries,
    proof::ProofQueries,
    setting::SettingQueries,
    office::OfficeQueries,
);

/// What those who act on cases read.
#[derive(Debug, Default, MergedObject)]
pub struct ForStaff(
    me::MeQueries,
    queries::HouseQueries,
    cases::CaseQueries,
    work::WorkQueries,
    uploads::UploadQueries,
    files::FileQueries,
    imports::ImportQueries,
    reporting::ReportingQueries,
    board::BoardQueries,
    plan::PlanQueries,
    registers::RegisterQueries,
    rates::RateQueries,
    ground::GroundQueries,
    absence::AbsenceQueries,
    sheets::SheetQueries,
    numbers::NumberQueries,
);

/// What those who keep the house or look over it read.
#[derive(Debug, Default, MergedObject)]
pub struct ForKeepers(
    trail::TrailQueries,
    people::PeopleQueries,
    law_data::LawQueries,
    law_change::LawChangeQueries,
    seat::SeatQueries,
    WaysInQueries,
);

/// Acts. Each is judged by the law of its day, written to the trail, and answered with the new state or a lawful no.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    WaysInMutations,
    house::HouseMutations,
    office::OfficeMutations,
    law_change::LawChangeMutations,
    people::PeopleMutations,
    files::FileMutations,
    imports::ImportMutations,
    desk::DeskMutations,
    plan::PlanMutations,
    rates::RateMutations,
    ProcessMutations,
);

pub type HouseSchema = Schema<Query, Mutation, EmptySubscription>;

/// What the tables of the processes say of their mutations.
struct ProcessTables;

impl Tables for ProcessTables {
    fn tables() -> Vec<Table> {
        Process::ALL.iter().map(|process| processes::told(*process)).collect()
    }
}

/// The schema without data; field suggestions are off, since they tell strangers what exists.
pub fn schema() -> HouseSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<AnyCase>()
        .register_output_type::<ToldBy<ProcessTables>>()
        .disable_suggestions()
        .limit_depth(15)
        .limit_complexity(5000)
        .finish()
}

/// Runs requests for callers.
#[derive(Clone)]
pub struct Runner {
    app: App,
    schema: HouseSchema,
    types: Arc<Types>,
    /// Checks of files that are under way.
    checks: Arc<Jobs>,
    /// Files whose rows arrive.
    imports: Arc<Commits>,
    /// New law that is tried.
    simulations: Arc<Simulations>,
}

/// The types of the schema, as documents are judged by before they run.
struct Types {
    inputs: Inputs,
    outputs: Outputs,
}

impl Runner {
    pub fn new(app: App) -> Self {
        let schema = schema();
        let text = parse_schema(schema.sdl());
        debug_assert!(text.is_ok(), "the schema is its own language");
        let text = text.unwrap_or(ServiceDocument { definitions: Vec::new() });
        let types = Types { inputs: Inputs::of(&text), outputs: Outputs::of(&text) };
        Self { app, schema, types: Arc::new(types), checks: Arc::default(), imports: Arc::default(), simulations: Arc::default() }
    }

    /// What a document asks, once it is known to be sound and not too dear; whether it was filled.
    fn judged(&self, request: &mut Request) -> Result<Judged, Error> {
        let invalid = |words: (&str, &str)| fault::coded("GRAPHQL_VALIDATION_FAILED", words);
        let mut document = request
            .parsed_query()
            .map_err(|wrong| fault::coded("GRAPHQL_VALIDATION_FAILED", ("查询不成立".to_owned(), wrong.message)))?
            .clone();
        let operation = shape::operation(&document, request.operation_name.as_deref())
            .ok_or_else(|| invalid(("没有此操作", "there is no such operation")))?;
        let root = if operation.ty == OperationType::Mutation { "Mutation" } else { "Query" };
        let asked = shape::root_fields(&document, operation);
        let sign_ins = asked.iter().filter(|name| SIGN_IN.contains(*name)).count();
        if sign_ins > 1 {
            return Err(invalid(("一次请求只能登录一次", "A request holds one signIn at most")));
        }
        let newcomers = asked.iter().all(|name| name.starts_with("__") || NEWCOMERS.contains(name));
        let only_signs_in = sign_ins == 1 && asked.len() == 1;
        let cost = self.types.outputs.cost(&document, operation, root, &request.variables);
        if cost > cost::MOST {
            return Err(fault::coded(
                "GRAPHQL_VALIDATION_FAILED",
                (
                    format!("查询过大（{cost}，上限{0}），请缩小分页或者少取字段", cost::MOST),
                    format!(
                        "The query is too dear ({cost}, at most {0}): page size times fields; ask for a smaller page or fewer fields",
                        cost::MOST
                    ),
                ),
            ));
        }
        self.types.inputs.check(operation, &request.variables).map_err(|wrong| fault::bad_input(&wrong.field, wrong.words))?;
        let filled = shape::fill(&mut document);
        if filled {
            request.set_parsed_query(document);
        }
        Ok(Judged { only_signs_in, newcomers, filled })
    }

    /// Runs a request that the gate has let through.
    pub async fn run(&self, mut request: Request, caller: Caller) -> Response {
        let judged = match self.judged(&mut request) {
            Ok(judged) => judged,
            Err(fault) => return refused(fault),
        };
        let viewer = match tokens::asking(&self.app, caller.bearer.as_ref()).await {
            Ok(Some(viewer)) => viewer,
            // Whoever signs in anew may still carry the token that has ended.
            Ok(None) if judged.only_signs_in => Viewer::default(),
            Ok(None) => return refused(fault::ended()),
            Err(fault) => return refused(fault::internal(&fault)),
        };
        if viewer.is_newcomer() && !judged.newcomers {
            let words = (
                "绑定单位之前只能查看公开信息、申请绑定",
                "Before the account is bound to a company it sees what is public, and asks for the binding",
            );
            return refused(fault::coded("FORBIDDEN", words));
        }
        let request = request.data(batch::batch(self.app.clone(), viewer.clone())).data(self.app.clone()).data(viewer);
        let mut response = self
            .schema
            .execute(
                request
                    .data(self.checks.clone())
                    .data(self.imports.clone())
                    .data(self.simulations.clone())
                    .data(Bearer(caller.bearer))
                    .data(caller.address),
            )
            .await;
        if judged.filled {
            shape::strip(&mut response.data);
        }
        response
    }
}

/// Ways to sign in, of which a request holds one.
const SIGN_IN: [&str; 5] = ["signIn", "beginIdentitySignIn", "signInByIdentity", "askToRegister", "register"];

/// What an account that registered itself may ask and do before it acts for anybody: what is public, what is about itself, and the
/// binding. Everything else is refused, also what comes to the schema later.
const NEWCOMERS: [&str; 45] = [
    "published",
    "publishedEntry",
    "column",
    "schemes",
    "commitmentTypes",
    "today",
    "calendars",
    "listTypes",
    "words",
    "settings",
    "offices",
    "limit",
    "assessment",
    "identifier",
    "process",
    "reasonCodes",
    "proofCheck",
    "verifierKeys",
    "identityProvider",
    "registrationOpen",
    "registrationLink",
    "me",
    // Of somebody without a seat it says nothing; the page of the own account asks it.
    "seats",
    "sessions",
    "signIns",
    "identities",
    "node",
    "nodes",
    "case",
    "cases",
    "openings",
    "uploadRules",
    "signIn",
    "signOut",
    "signOutElsewhere",
    "changePassword",
    "beginIdentitySignIn",
    "signInByIdentity",
    "beginIdentityLink",
    "linkOwnIdentity",
    "unlinkIdentity",
    "requestAccountBinding",
    "withdrawAccountBinding",
    "endAccountBinding",
    "askToRegister",
];

struct Judged {
    only_signs_in: bool,
    /// Whether an account that registered itself may ask all of it before it is bound.
    newcomers: bool,
    filled: bool,
}

fn refused(error: Error) -> Response {
    Response::from_errors(vec![ServerError { locations: Vec::new(), ..error.into_server_error(Pos::default()) }])
}
