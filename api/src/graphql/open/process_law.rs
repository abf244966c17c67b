//! The law of a process, for everybody: its states, acts and time limits in sentences, its text, its versions.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::{
    calendar::Unit,
    office::Role,
    process::{Phase, Process, Verb},
};
use time::Date;
use workflows::{
    definition::{
        Version,
        common::Common,
        draw,
        file::{DeadlineRule, Rest, State, Transition},
        titles::{Reader, Said},
        words::Effect,
    },
    engine::Rules,
};

use crate::{
    app::App,
    graphql::core::{
        action::{Tells, Weight, tells, weight},
        enums::EnumOf,
        shown::Citation,
        words::Words,
    },
};

/// Whether somebody has to act in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RestOfState {
    /// Somebody must act.
    Open,
    /// Nobody must; named acts may still move it.
    Settled,
    /// Nothing moves it any more.
    Final,
}

/// A state of the process.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawState {
    pub key: String,
    /// The state in the law's own words.
    pub title: Words,
    /// What clients can code against in every process.
    pub phase: EnumOf<Phase>,
    /// The phase in words.
    pub phase_title: Words,
    /// Whether somebody has to act.
    pub rest: RestOfState,
    /// On whose desk the case lies; none where on nobody's.
    pub desk: Option<Words>,
    /// Why no day runs, or why a case at rest may still move; none where the table need not say it.
    pub why: Option<Words>,
}

/// A row of the table: an act out of one state or several.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawAct {
    /// The act, as the table names it.
    pub verb: EnumOf<Verb>,
    /// What it is called in this process.
    pub title: Words,
    /// What to bring or what follows; none where the title says all.
    pub help: Option<Words>,
    /// Keys of the states out of which it leads; `new` of an act that opens a case.
    pub from: Vec<String>,
    /// Key of the state in which the case is afterwards; none where it stays as it is.
    pub to: Option<String>,
    /// Who may do it, in words.
    pub who: Vec<Words>,
    /// Who may do it, as roles towards the case.
    pub roles: Vec<EnumOf<Role>>,
    /// What has to be brought, in sentences.
    pub asks: Vec<Words>,
    /// What has to hold, in sentences.
    pub conditions: Vec<Words>,
    /// What follows beside the change of state, in sentences.
    pub effects: Vec<Words>,
    /// The letters that it sends.
    pub tells: Vec<Tells>,
    /// The articles that it rests on; empty where it is a rule of the house.
    pub articles: Vec<Citation>,
    /// Articles that do not bind here and are followed by analogy.
    pub like: Vec<Citation>,
    /// Why the house has it where no article asks it.
    pub house_rule: Option<Words>,
    /// Whether it decides on a right of the party: a second person does it.
    pub decides: bool,
    /// Which way it leads out of the first of its states.
    pub weight: Weight,
}

/// A time limit of the process.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawDeadline {
    pub key: String,
    /// What has to be done, or what passes.
    pub title: Words,
    /// How many of `unit` it lasts; none of a day that stands on the record.
    pub count: Option<u32>,
    /// What it is counted in.
    pub unit: Option<EnumOf<Unit>>,
    /// How long it is or until when, with the article or the setting that says so.
    pub length: Vec<Words>,
    /// Who has to act; none of a term that only passes.
    pub owner: Option<Words>,
    /// What begins it, and from which day it counts.
    pub begins: Vec<Words>,
    /// What meets it.
    pub met_by: Vec<Words>,
    /// What drops it.
    pub dropped_by: Vec<Words>,
    /// The states in which it pauses.
    pub paused_in: Vec<Words>,
    /// What the system does at its end: the first act whose conditions hold.
    pub at_end: Vec<Words>,
    /// Keys of the states in which it may run.
    pub runs_in: Vec<String>,
    /// The articles that set it; empty where the house does.
    pub articles: Vec<Citation>,
    /// Why the house has it where no article sets it.
    pub house_rule: Option<Words>,
}

/// What binds every act by a person, although no row says it.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawCommon {
    /// The rule in a sentence.
    pub title: Words,
    /// The article that it rests on; none where it is a rule of the house.
    pub article: Option<Citation>,
    /// Why the house has it where no article asks it.
    pub house_rule: Option<Words>,
}

/// One text of the table of a process.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawVersion {
    /// The first day of its law and a running number.
    pub version: String,
    /// First day on which it picks cases that come in.
    pub in_force_from: Date,
    /// SHA-256 of its text.
    pub digest: String,
}

/// The law of a process, as its cases are pinned to it.
#[derive(Clone, Debug)]
pub struct ProcessLaw {
    rules: Arc<Rules>,
    found: Arc<Version>,
}

fn all(said: Vec<Said>) -> Vec<Words> {
    said.into_iter().map(Words::from).collect()
}

impl ProcessLaw {
    fn reader(&self) -> Reader<'_> {
        Reader { definition: &self.found.definition, catalogue: &self.rules.catalogue, law: &self.rules.law }
    }

    fn cited(&self, keys: &[String]) -> Vec<Citation> {
        keys.iter().map(|key| Citation::of(&self.rules, key)).collect()
    }

    fn state(state: &State) -> LawState {
        LawState {
            key: state.key.clone(),
            title: (state.zh.clone(), state.en.clone()).into(),
            phase: EnumOf(state.phase),
            phase_title: state.phase.title().into(),
            rest: match state.rest {
                Rest::Open => RestOfState::Open,
                Rest::Settled => RestOfState::Settled,
                Rest::Final => RestOfState::Final,
            },
            desk: state.desk.map(|role| role.title().into()),
            why: state.why.clone().map(Words::from),
        }
    }

    fn act(&self, row: &Transition) -> LawAct {
        let definition = &self.found.definition;
        let told = self.reader().row(row);
        // Letters have a field of their own.
        let plain = row.effects.iter().zip(told.effects).filter(|(effect, _)| !matches!(effect, Effect::Notify(_)));
        LawAct {
            verb: EnumOf(row.verb),
            title: definition.act_title(row.verb).into(),
            help: definition.act_words(row.verb).and_then(|act| act.help.clone()).map(Words::from),
            from: row.from.clone(),
            to: (row.to != "same").then(|| row.to.clone()),
            who: row.who.iter().map(|role| role.title().into()).collect(),
            roles: row.who.iter().map(|role| EnumOf(*role)).collect(),
            asks: all(told.asks),
            conditions: all(told.conditions),
            effects: plain.map(|(_, said)| said.into()).collect(),
            tells: tells(row),
            articles: self.cited(&row.cites),
            like: self.cited(&row.like),
            house_rule: row.house.clone().map(Words::from),
            decides: row.decides,
            weight: weight(definition, row.from.first().map_or("new", String::as_str), row),
        }
    }

    fn deadline(&self, rule: &DeadlineRule) -> LawDeadline {
        let (told, count) = (self.reader().limit(rule), self.reader().count(rule));
        LawDeadline {
            key: rule.key.clone(),
            title: (rule.zh.clone(), rule.en.clone()).into(),
            count: count.map(|(count, _)| count),
            unit: count.map(|(_, unit)| EnumOf(unit)),
            length: all(told.length),
            owner: rule.owner.map(|role| role.title().into()),
            begins: all(told.begins),
            met_by: all(told.met_by),
            dropped_by: all(told.dropped_by),
            paused_in: all(told.paused_in),
            at_end: all(told.at_end),
            runs_in: self.found.definition.runs_in(rule).into_iter().map(str::to_owned).collect(),
            articles: self.cited(&rule.cites),
            house_rule: rule.house.clone().map(Words::from),
        }
    }
}

/// The law of a process, as its cases are pinned to it.
#[Object]
impl ProcessLaw {
    /// Whose table it is.
    async fn process(&self) -> EnumOf<Process> {
        EnumOf(self.found.definition.key)
    }

    /// What the process is called.
    async fn title(&self) -> Words {
        self.found.definition.title.clone().into()
    }

    /// Version: the first day of its law and a running number.
    async fn version(&self) -> String {
        self.found.definition.version()
    }

    /// First day on which it picks cases that come in.
    async fn in_force_from(&self) -> Date {
        self.found.definition.in_force_from
    }

    /// SHA-256 of the text.
    async fn digest(&self) -> &str {
        &self.found.digest
    }

    /// The table itself, TOML as it was loaded.
    async fn text(&self) -> &str {
        &self.found.text
    }

    /// Mermaid state diagram.
    async fn diagram(&self) -> String {
        draw::mermaid(&self.found.definition)
    }

    /// Markdown table of every transition with who may do it and its article.
    async fn transitions(&self) -> String {
        draw::table(self.reader(), false)
    }

    /// What holds of the process as a whole: whom it is about, who keeps and who sees it, what becomes of open cases.
    async fn header(&self) -> Vec<Words> {
        let definition = &self.found.definition;
        all(definition.header().into_iter().chain([definition.of_open_cases()]).collect())
    }

    /// Every state, in the order of the table.
    async fn states(&self) -> Vec<LawState> {
        self.found.definition.state.iter().map(Self::state).collect()
    }

    /// Every row of the table; of one act only where `verb` is given.
    async fn acts(&self, #[graphql(desc = "Only the rows of this act.")] verb: Option<EnumOf<Verb>>) -> Vec<LawAct> {
        let rows = self.found.definition.transition.iter().filter(|row| verb.is_none_or(|verb| verb.0 == row.verb));
        rows.map(|row| self.act(row)).collect()
    }

    /// Every time limit, in the order of the table.
    async fn deadlines(&self) -> Vec<LawDeadline> {
        self.found.definition.deadline.iter().map(|rule| self.deadline(rule)).collect()
    }

    /// What binds every act by a person, although no row says it.
    async fn common(&self) -> Vec<LawCommon> {
        let here = Common::ALL.iter().filter(|rule| rule.concerns(&self.found.definition));
        let shown = here.map(|rule| LawCommon {
            title: rule.title().into(),
            article: rule.article().map(|key| Citation::of(&self.rules, key)),
            house_rule: rule.house().map(Words::from),
        });
        shown.collect()
    }

    /// How the table is to be read: what holds of every row, and stands in none.
    async fn notes(&self) -> Vec<Words> {
        draw::NOTES.iter().map(|note| Words::from(*note)).collect()
    }

    /// Every text of this process that is loaded, the newest first; `process(on:)` shows an older one.
    async fn versions(&self) -> Vec<LawVersion> {
        let own = self.rules.catalogue.all().filter(|version| version.definition.key == self.found.definition.key);
        let mut shown: Vec<_> = own
            .map(|version| LawVersion {
                version: version.definition.version(),
                in_force_from: version.definition.in_force_from,
                digest: version.digest.clone(),
            })
            .collect();
        shown.reverse();
        shown
    }
}

/// Queries about the law of processes.
#[derive(Debug, Default)]
pub struct ProcessLawQueries;

#[Object]
impl ProcessLawQueries {
    /// The law of a process on a legal day; today where none is given.
    async fn process(&self, ctx: &Context<'_>, process: EnumOf<Process>, on: Option<Date>) -> Result<Option<ProcessLaw>> {
        let app = ctx.data::<App>()?;
        let rules = app.rules();
        let found = rules.catalogue.on(process.0, on.unwrap_or_else(|| app.clock.today()));
        Ok(found.map(|found| ProcessLaw { rules, found }))
    }
}
