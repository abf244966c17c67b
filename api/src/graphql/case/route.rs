//! The route of a case: what was done, what comes next, who does it and until when.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use domain::{
    office::Role,
    process::{RouteAt, Verb},
    rows::Case,
};
use time::Date;
use workflows::{
    definition::{Definition, Version},
    engine::{
        Rules,
        ahead::{Branch, Step},
    },
};

use crate::{
    app::App,
    graphql::{
        case::parts::{StateShown, state_of},
        core::{
            enums::EnumOf,
            loaders::{Batch, RouteKey},
            office::{self, OfficeShown},
            shown::Citation,
            words::Words,
        },
    },
};

/// A step of a case's route: an act that was done, that comes next, or that comes later along the ordinary way of the law.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct RouteStep {
    /// Whether it is done, is the next one, or comes later.
    pub at: EnumOf<RouteAt>,
    /// The act; none where the case rests and nobody has to act.
    pub verb: Option<EnumOf<Verb>>,
    /// What the act is called; where there is none, the state in which the case rests.
    pub title: Words,
    /// The state in which the act is done; none of the act that opened the case.
    pub state: Option<StateShown>,
    /// The state that the act leads to; none where the case stays in its state.
    pub leads_to: Option<StateShown>,
    /// The role that the law gives the act to, the first where it gives it to several; none of what was done, and where the
    /// house does it by itself.
    pub role: Option<EnumOf<Role>>,
    /// Who acts, for people: the role, or the system where the house does it by itself.
    pub who: Option<Words>,
    #[graphql(skip)]
    office: Option<String>,
    /// Of what was done, the legal day of the act. Ahead, the last day if nobody is late: counted with the calendars from the
    /// deadlines that run and those that the steps before it start. None where no deadline presses. A day in the past is overdue.
    pub last_day: Option<Date>,
    /// A day past the last loaded calendar was looked up: lastDay may still change.
    pub provisional: bool,
    /// Articles that bind the act.
    pub articles: Vec<Citation>,
    /// Why this house does it so, where no article binds; of a case at rest, why it may still move.
    pub house: Option<Words>,
    /// What the law lets happen at this step instead of it or beside it: the other decision, a withdrawal, an extension.
    pub alternatives: Vec<RouteBranch>,
}

/// What may happen at a step of a route instead of it or beside it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct RouteBranch {
    /// The act that would be done.
    pub verb: EnumOf<Verb>,
    /// What that act is called.
    pub title: Words,
    /// The state that it leads to; none where the case stays in its state, so that the step is still to be done.
    pub leads_to: Option<StateShown>,
    /// The role that the law gives the act to; none where the house does it by itself.
    pub role: Option<EnumOf<Role>>,
    /// Who would act, for people: the role, or the system.
    pub who: Words,
    #[graphql(skip)]
    office: Option<String>,
    /// Articles that bind the act.
    pub articles: Vec<Citation>,
}

#[ComplexObject]
impl RouteStep {
    /// The office that did it, or that has to: never a person. None of the party, and where any counter may do it.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, self.office.as_deref()).await
    }
}

#[ComplexObject]
impl RouteBranch {
    /// The office that would act; none of the party, and where any counter may do it.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, self.office.as_deref()).await
    }
}

/// What the steps of a case are told with.
struct Teller<'a> {
    app: &'a App,
    rules: &'a Rules,
    case: &'a Case,
    definition: &'a Definition,
}

/// The steps of a case, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Context<'_>, case: &Case) -> Result<Vec<RouteStep>> {
    let app = ctx.data::<App>()?;
    let rules = app.rules();
    let (Some(found), Some(version)) = (ctx.data::<Batch>()?.one(RouteKey(case.id)).await?, rules.catalogue.of_case(case)) else {
        return Ok(Vec::new());
    };
    let Version { definition, .. } = version.as_ref();
    let teller = Teller { app, rules: &rules, case, definition };
    Ok(found.steps.iter().map(|step| teller.step(step)).collect())
}

impl Teller<'_> {
    fn step(&self, step: &Step) -> RouteStep {
        let title = match step.verb {
            Some(verb) => self.definition.act_title(verb),
            None => self.definition.state_title(&step.state),
        };
        let acts = step.at != RouteAt::Done && step.verb.is_some();
        RouteStep {
            at: EnumOf(step.at),
            verb: step.verb.map(EnumOf),
            title: title.into(),
            state: self.definition.state(&step.state).map(|state| self.state(&state.key)),
            leads_to: step.leads_to.as_deref().map(|key| self.state(key)),
            role: step.role.map(EnumOf),
            who: acts.then(|| who(step.role)),
            office: step.office.clone(),
            last_day: step.day,
            provisional: step.provisional,
            articles: self.articles(&step.cites),
            house: step.house.clone().map(Words::from),
            alternatives: step.branches.iter().map(|branch| self.branch(branch)).collect(),
        }
    }

    fn branch(&self, branch: &Branch) -> RouteBranch {
        RouteBranch {
            verb: EnumOf(branch.verb),
            title: self.definition.act_title(branch.verb).into(),
            leads_to: branch.leads_to.as_deref().map(|key| self.state(key)),
            role: branch.role.map(EnumOf),
            who: who(branch.role),
            office: branch.office.clone(),
            articles: self.articles(&branch.cites),
        }
    }

    fn state(&self, key: &str) -> StateShown {
        state_of(self.app, self.case.process, &self.case.definition_digest, key)
    }

    fn articles(&self, cites: &[String]) -> Vec<Citation> {
        cites.iter().map(|cite| Citation::of(self.rules, cite)).collect()
    }
}

fn who(role: Option<Role>) -> Words {
    role.unwrap_or(Role::System).title().into()
}
