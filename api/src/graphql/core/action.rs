//! An act that may be open to the viewer, with everything that a client needs to show it and to draw its form: it knows
//! nothing of the process.

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::{
    office::Role,
    process::{Phase, Verb},
    refusal::Reason,
};
use workflows::{
    definition::{
        Definition, Version,
        file::{Rest, Transition},
        mutations,
        words::{Ask, Effect},
    },
    engine,
};

use super::{
    asks::{self, AskShown},
    enums::EnumOf,
    forms, known,
    shown::{Citation, ReasonShown},
    words::Words,
};
use crate::app::App;

/// Which way an act leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Weight {
    /// On, towards the decision or its carrying out.
    Forward,
    /// Back to somebody who had it before.
    Back,
    /// Beside the way: the case stays where it is.
    Side,
    /// To a state in which nobody has to act any more, and which is not the one that the process is for.
    End,
}

/// A letter that the act sends, and to whom.
#[derive(Clone, Debug, SimpleObject)]
pub struct Tells {
    /// Who gets it.
    pub to: Words,
    /// Title of the letter, as it stands in its subject line.
    pub letter: Words,
}

/// The state that an act leads to.
#[derive(Clone, Debug, SimpleObject)]
pub struct TargetState {
    /// The state's key in the process's table.
    pub key: String,
    /// The state in the law's own words.
    pub title: Words,
}

/// The state of a case that is not opened yet, as the tables call it.
const NEW: &str = "new";

/// An act that may be open to the viewer now, or to be opened about a record or a subject.
#[derive(Clone, Debug)]
pub struct Action {
    pub version: Arc<Version>,
    /// The state of the case; `new` where the act opens one.
    pub state: String,
    pub verb: Verb,
    pub reasons: Vec<Reason>,
    /// Of an act that opens a case: what would hold up a later step today.
    pub ahead: Vec<Reason>,
}

/// Those that a mutation does; all where none is named.
pub fn of_mutation(all: Vec<Action>, mutation: Option<&str>) -> Vec<Action> {
    all.into_iter().filter(|action| mutation.is_none_or(|name| action.version.definition.mutation(action.verb) == name)).collect()
}

impl From<engine::Opened> for Action {
    fn from(opened: engine::Opened) -> Self {
        let engine::Opened { version, verb, reasons, ahead } = opened;
        Self { version, state: NEW.to_owned(), verb, reasons, ahead }
    }
}

impl Action {
    /// Whether the mutation opens its case in one of several states.
    fn begins_by_facts(&self) -> bool {
        let definition = &self.version.definition;
        let mutation = definition.mutation(self.verb);
        let opens = definition.transition.iter().filter(|row| row.opens_a_case() && row.by_a_person());
        let states: BTreeSet<&str> = opens.filter(|row| definition.mutation(row.verb) == mutation).map(|row| row.to.as_str()).collect();
        self.state == NEW && states.len() > 1
    }

    /// The row of the table: out of the case's state, else the first that the verb has.
    fn row(&self) -> Option<&Transition> {
        let definition = &self.version.definition;
        definition.transition(&self.state, self.verb).map(|row| &**row).or_else(|| definition.rows_of(self.verb).next())
    }
}

/// Which way a row leads out of a state.
pub fn weight(definition: &Definition, from: &str, row: &Transition) -> Weight {
    if row.to == "same" {
        return Weight::Side;
    }
    // What rests in effect has not ended: a record that is published, a company that is listed.
    match definition.state(&row.to) {
        Some(state) if state.rest == Rest::Settled && state.phase == Phase::InEffect => return Weight::Forward,
        Some(state) if state.rest != Rest::Open => return Weight::End,
        _ => {}
    }
    let place = |key: &str| definition.state.iter().position(|state| state.key == key);
    if from != NEW && place(&row.to) < place(from) { Weight::Back } else { Weight::Forward }
}

/// The letters that a row sends.
pub fn tells(row: &Transition) -> Vec<Tells> {
    let letters = row.effects.iter().filter_map(|effect| match effect {
        Effect::Notify(notify) => {
            let letter = (notify.letter.title_zh(), notify.letter.title_en()).into();
            Some(Tells { to: notify.to.title().into(), letter })
        }
        _ => None,
    });
    letters.collect()
}

/// An act that may be open to the viewer now, with everything that a client needs to show it and to draw its form.
#[Object]
impl Action {
    /// The act, as the table names it.
    async fn verb(&self) -> EnumOf<Verb> {
        EnumOf(self.verb)
    }

    /// What the act is called in this process.
    async fn title(&self) -> Words {
        self.version.definition.act_title(self.verb).into()
    }

    /// What to bring or what follows; none where the title says all.
    async fn help(&self) -> Option<Words> {
        self.version.definition.act_words(self.verb).and_then(|act| act.help.clone()).map(Words::from)
    }

    /// Whether the viewer may do it now.
    async fn allowed(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Why not; empty exactly when the act is allowed.
    async fn reasons(&self) -> Vec<ReasonShown> {
        self.reasons.iter().cloned().map(ReasonShown).collect()
    }

    /// What would hold up a later step of the case that the act opens, each with the day from which it no longer does: an
    /// application may be written before the term is over, and is accepted from that day on. Empty of an act on a case.
    async fn ahead(&self) -> Vec<ReasonShown> {
        self.ahead.iter().cloned().map(ReasonShown).collect()
    }

    /// The input field that takes the id of what the act is done to: the case, or what a new case is about; none where a new
    /// case is about no record.
    async fn target(&self) -> Option<String> {
        if self.state != NEW {
            return Some("id".to_owned());
        }
        self.version.definition.target(self.verb).map(str::to_owned)
    }

    /// Name of the mutation that does it.
    async fn mutation(&self) -> String {
        self.version.definition.mutation(self.verb)
    }

    /// Name of the mutation that does it on many cases at once; none where officers do one at a time.
    async fn bulk_mutation(&self) -> Option<&str> {
        self.version.definition.bulk(self.verb)
    }

    /// Name of the input type that the mutation takes.
    async fn input_type(&self) -> String {
        mutations::input_type(&self.version.definition.mutation(self.verb))
    }

    /// The state that the case is in afterwards; none where it stays as it is, and of an act that opens a case where the facts say
    /// in which it begins.
    async fn to(&self) -> Option<TargetState> {
        let row = self.row().filter(|row| row.to != "same" && !self.begins_by_facts())?;
        Some(TargetState { key: row.to.clone(), title: self.version.definition.state_title(&row.to).into() })
    }

    /// Whether it decides on a right of the party: a second person does it, and a client shows what is decided before it is sent.
    async fn decides(&self) -> bool {
        self.row().is_some_and(|row| row.decides)
    }

    /// Who may do it, as roles towards the case.
    async fn who(&self) -> Vec<Words> {
        let who = self.row().into_iter().flat_map(|row| &row.who).filter(|role| **role != Role::System);
        who.map(|role| role.title().into()).collect()
    }

    /// The articles that it rests on; none of a rule of the house.
    async fn articles(&self, ctx: &Context<'_>) -> Result<Vec<Citation>> {
        let rules = ctx.data::<App>()?.rules();
        Ok(self.row().into_iter().flat_map(|row| &row.cites).map(|cite| Citation::of(&rules, cite)).collect())
    }

    /// The letters that it sends.
    async fn tells(&self) -> Vec<Tells> {
        self.row().map(tells).unwrap_or_default()
    }

    /// Which way it leads.
    async fn weight(&self) -> Weight {
        self.row().map_or(Weight::Side, |row| weight(&self.version.definition, &self.state, row))
    }

    /// What it has to bring, in the order of the form; of its own version of the law.
    async fn asks(&self, ctx: &Context<'_>) -> Result<Vec<AskShown>> {
        let app = ctx.data::<App>()?;
        let Some(row) = self.row() else { return Ok(Vec::new()) };
        let all = row.asks.iter().filter(|ask| !matches!(ask, Ask::Document(kind) if kind.is_made_by_the_house()));
        let beside = forms::beside(&self.version.definition.mutation(self.verb));
        let drawn = all.flat_map(|ask| asks::of(app, &self.version.definition, row, ask)).chain(beside).collect();
        known::filled(ctx, drawn).await
    }
}
