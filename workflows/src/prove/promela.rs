//! A model as Promela, for `spin`.
//!
//! One process, one loop; each option is one way of taking one row, one fact that changes, or one moment that passes.
//! `wanted` is the number of the property and `gone` that of a removed guard (0 for none); both come from the environment
//! of the compiled model (`PROVE_PROPERTY`, `PROVE_WITHOUT`), so that one compilation serves every question. For the first
//! two properties the model stops at any open situation (`hurry`) and from there goes only towards rest: a step that leaves
//! the state, brings it nearer to rest, or makes such a step possible. Where none can be taken, spin reports an invalid end.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    facts::Kind,
    model::{Actor, Model, Step},
    property::{self, Distance, Property},
};
use crate::definition::{
    file::{Rest, Transition},
    words::Effect,
};

/// The text of a model.
pub(super) fn text(model: &mut Model<'_>) -> String {
    let definition = model.definition;
    let mut writer = Writer { far: property::distances(definition, |row| model.own(row)), model, out: String::new() };
    // The loop is written first: what it asks may add facts.
    writer.steps();
    writer.skips();
    writer.changes();
    let body = std::mem::take(&mut writer.out);
    writer.head();
    writer.start();
    let mut out = writer.out;
    out += "  do\n";
    out += &body;
    out += "  :: broken -> assert(!broken)\n";
    out += "  :: next == 0 && !broken && (state == 0 || at_rest || left) -> break\n";
    out += "  od\n}\n";
    out
}

struct Writer<'w, 'a> {
    model: &'w mut Model<'a>,
    far: BTreeMap<String, Distance>,
    out: String,
}

/// `property` is the one that is asked for.
fn wanted(property: Property) -> String {
    format!("c_expr {{ wanted == {} }}", property.number())
}

fn any(states: &[&str]) -> String {
    let names: Vec<_> =
        states.iter().map(|state| if *state == "new" { "state == 0".to_owned() } else { format!("state == st_{state}") }).collect();
    if names.is_empty() { "false".to_owned() } else { format!("({})", names.join(" || ")) }
}

impl Writer<'_, '_> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
    }

    fn head(&mut self) {
        let definition = self.model.definition;
        self.line(&format!("/* {} {}: {} {} */", definition.key, definition.version(), definition.title.zh, definition.title.en));
        for property in Property::ALL.iter().filter(|property| property.speaks_of(definition)) {
            self.line(&format!("/* PROVE_PROPERTY={}: {} {} */", property.number(), property.title().0, property.title().1));
        }
        for (number, place) in self.model.places.iter().enumerate() {
            let row = &definition.transition[place.row];
            let words = super::words::guard(&row.guards[place.guard]);
            let _ = writeln!(self.out, "/* PROVE_WITHOUT={}: {} from {}: {words} */", number + 1, row.verb, row.from.join(" "));
        }
        self.line("c_decl {\n\\#include <stdlib.h>\nstatic int wanted, gone;\n}");
        for (number, state) in definition.state.iter().enumerate() {
            self.line(&format!("#define st_{} {}", state.key, number + 1));
        }
        let rest: Vec<_> = definition.state.iter().filter(|state| state.rest != Rest::Open).map(|state| state.key.as_str()).collect();
        self.line(&format!("#define at_rest {}", any(&rest)));
        self.line("byte state = 0, next = 0;\nbit broken = 0, hurry = 0, left = 0;");
        let facts: Vec<_> = self.model.facts.all.iter().map(|(name, fact)| (name.clone(), fact.kind)).collect();
        for (name, kind) in facts {
            let size = if name.starts_with("done_") { "byte" } else { "bit" };
            self.line(&format!("{size} {name} = {};", i32::from(matches!(kind, Kind::Falls | Kind::Stands))));
        }
        for rule in self.model.deadlines() {
            let key = &rule.key;
            let _ = writeln!(self.out, "byte run_{key} = 0; /* 1 runs, 2 paused, 3 met */");
            if self.model.read(rule) {
                let _ = writeln!(self.out, "bit over_{key} = 0; /* its end has passed */");
            }
        }
    }

    fn start(&mut self) {
        self.line("\nactive proctype case_of() {");
        self.line("  c_code { char *p = getenv(\"PROVE_PROPERTY\"), *g = getenv(\"PROVE_WITHOUT\"); wanted = p ? atoi(p) : 0; gone = g ? atoi(g) : 0; };");
        let chosen: Vec<_> = self
            .model
            .facts
            .all
            .iter()
            .filter(|(_, fact)| matches!(fact.kind, Kind::Fixed | Kind::Raised))
            .map(|(name, _)| name.clone())
            .collect();
        for name in chosen {
            // What only ever closes a row opens no way to break the other properties.
            let asked = match name.as_str() {
                x if x.starts_with("x_") => format!("{} -> ", wanted(Property::FilerDoesNotDecide)),
                "falsity" | "barred_by_law" | "of_a_listing" => {
                    format!("c_expr {{ wanted <= {} }} -> ", Property::EveryOpenCaseCanEnd.number())
                }
                _ => String::new(),
            };
            self.line(&format!("  if :: {name} = 0 :: {asked}{name} = 1; printf(\"@start {name}\\n\") fi;"));
        }
    }

    fn steps(&mut self) {
        for number in 0..self.model.steps.len() {
            let step = self.model.steps[number].clone();
            let row = &self.model.definition.transition[step.row];
            let mut conditions = vec![self.moment(&step)];
            let from: Vec<_> = row.from.iter().map(String::as_str).collect();
            conditions.push(any(&from));
            conditions.extend(self.in_a_hurry(&step, row));
            if step.way.watched {
                conditions.push(wanted(Property::FilerDoesNotDecide));
            }
            conditions.extend(self.model.guards(step.row, step.way).0);
            self.line(&format!("  :: d_step {{ {} ->", conditions.join(" && ")));
            self.line(&format!("       printf(\"@step {number}\\n\"); /* {} */", row.verb));
            let sent = step.actor == Actor::OtherCase;
            for (property, expression) in property::breaks(self.model.definition, row, step.way.watched, sent, &mut self.model.facts) {
                self.line(&format!("       if :: {} && {expression} -> broken = 1 :: else fi;", wanted(property)));
            }
            self.left(row);
            self.marks(&step, row);
            self.clocks(row);
            self.arrives(&step, row);
            self.line("     }");
        }
    }

    /// When the step comes: between acts, after the act it follows, or when the deadline has passed.
    fn moment(&mut self, step: &Step) -> String {
        if let Some((number, place)) = step.answers {
            let verbs = self.model.own_follow_ups[number].1[..place].to_vec();
            return format!("next == {} && !broken{}", number + 1, self.none_of(&verbs));
        }
        let Actor::Timer(key) = &step.actor else { return "next == 0 && !broken && !left".to_owned() };
        let verb = self.model.definition.transition[step.row].verb;
        let rule = self.model.definition.deadline(key);
        // Where nothing but the timer looks at it, it passes as it rings.
        let over = if rule.is_some_and(|rule| self.model.read(rule)) { format!(" && over_{key}") } else { String::new() };
        let before: Vec<_> = rule.into_iter().flat_map(|rule| &rule.at_end).copied().take_while(|other| *other != verb).collect();
        format!("next == 0 && !broken && !left && run_{key} == 1{over}{}", self.none_of(&before))
    }

    /// That the earlier verbs of a list cannot be taken, as far as that is certain.
    fn none_of(&mut self, verbs: &[domain::process::Verb]) -> String {
        let mut out = String::new();
        let rows: Vec<_> = verbs.iter().flat_map(|verb| self.model.rows_of(*verb)).collect();
        for row in rows {
            let (mut expressions, perhaps) = self.model.guards(row, super::facts::Way::default());
            if perhaps {
                continue;
            }
            let from: Vec<_> = self.model.definition.transition[row].from.iter().map(String::as_str).collect();
            expressions.push(any(&from));
            let _ = write!(out, " && !({})", expressions.join(" && "));
        }
        out
    }

    /// In a hurry only what leads out is done.
    fn in_a_hurry(&mut self, step: &Step, row: &Transition) -> Option<String> {
        if step.actor == Actor::FollowUp {
            return None;
        }
        let sent = step.actor == Actor::OtherCase;
        let leaves = |from: &&&str| row.to != "same" && row.to != **from;
        let may_wait = |from: &&&str| !sent || self.far.get(**from).is_some_and(|at| !at.own);
        let steps = |state: &str| self.far.get(state).and_then(|at| at.steps);
        let nearer = |from: &&&str| matches!((steps(from), steps(&row.to)), (Some(here), Some(there)) if there < here);
        let from: Vec<&str> = row.from.iter().map(String::as_str).collect();
        let leaving: Vec<&str> = from.iter().filter(leaves).filter(may_wait).copied().collect();
        let nearing: Vec<&str> = from.iter().filter(nearer).filter(may_wait).copied().collect();
        let mut ways = vec!["!hurry".to_owned()];
        ways.push(format!("{} && {}", wanted(Property::NoDeadEnd), any(&leaving)));
        ways.push(format!("{} && {}", wanted(Property::EveryOpenCaseCanEnd), any(&nearing)));
        if row.to == "same" && !sent {
            ways.extend(self.helps(step, row));
        }
        Some(format!("({})", ways.join(" || ")))
    }

    /// A step that keeps the state helps while it changes what a guard reads.
    fn helps(&self, step: &Step, row: &Transition) -> Vec<String> {
        let facts = self.model.facts.all.keys();
        let verb = row.verb.key();
        let mut ways: Vec<_> = facts
            .filter(|name| *name == &format!("done_{verb}") || name.starts_with(&format!("done_{verb}_since_")))
            .map(|name| format!("{name} < 2"))
            .collect();
        for effect in &row.effects {
            match effect {
                Effect::SettleItems(list) if step.way.all => ways.push(format!("open_{list}")),
                Effect::MarkDutiesDone if self.model.facts.has("duties_done") => ways.push("!duties_done".to_owned()),
                _ => {}
            }
        }
        ways
    }

    fn left(&mut self, row: &Transition) {
        if row.to == "same" {
            return;
        }
        self.line(&format!("       if :: hurry && {} && state != st_{} -> left = 1 :: else fi;", wanted(Property::NoDeadEnd), row.to));
    }

    /// What the act leaves in the facts.
    fn marks(&mut self, step: &Step, row: &Transition) {
        let verb = row.verb.key();
        let mut set: Vec<(String, &str)> = Vec::new();
        for name in self.model.facts.all.keys() {
            if let Some((done, since)) = name.strip_prefix("done_").map(|rest| rest.split_once("_since_").unwrap_or((rest, ""))) {
                if since == verb {
                    set.push((name.clone(), if done == verb { "2" } else { "1" }));
                } else if done == verb {
                    set.push((name.clone(), if since.is_empty() { "2" } else { "(since -> 2 : 0)" }));
                }
            }
        }
        if step.way.watched {
            set.push((format!("x_{verb}"), "1"));
        }
        for effect in &row.effects {
            match effect {
                Effect::OpenItems(list) => set.push((format!("open_{list}"), "1")),
                Effect::SettleItems(list) if step.way.all => set.push((format!("open_{list}"), "0")),
                Effect::DropItems(list) => set.push((format!("open_{list}"), "0")),
                Effect::FixClassAndTerms | Effect::ContinuePublication => set.push(("max_term_over".to_owned(), "0")),
                Effect::MarkDutiesDone => set.push(("duties_done".to_owned(), "1")),
                Effect::MarkBaseAnnulled => set.push(("base_in_force".to_owned(), "0")),
                Effect::StartPublication => set.push(("was_published".to_owned(), "1")),
                Effect::MarkNoticeServed if step.way.lawful => set.push(("notice_served".to_owned(), "1")),
                _ => {}
            }
            if *effect == Effect::OpenItems(domain::paper::ItemList::MissingPapers) {
                set.push(("supplement_asked".to_owned(), "1"));
            }
        }
        if row.verb == domain::process::Verb::WaiveDefence {
            set.push(("defence_waived".to_owned(), "1"));
        }
        for (name, value) in set {
            if self.model.facts.has(&name) {
                let value = if value.starts_with('(') { format!("({name} > 0 -> 2 : 0)") } else { value.to_owned() };
                self.line(&format!("       {name} = {value};"));
            }
        }
    }

    /// What the act does to the clocks, in the order of the engine.
    fn clocks(&mut self, row: &Transition) {
        for rule in self.model.deadlines() {
            let key = &rule.key;
            let again = if self.model.read(rule) { format!("; over_{key} = 0") } else { String::new() };
            // Whether it was met or dropped matters only where somebody asks.
            let met = if self.model.read(rule) { 3 } else { 0 };
            let (starts, meets) = (rule.starts_with(row.verb, &row.to), rule.met_by.contains(&row.verb));
            if meets && !starts {
                self.line(&format!("       if :: run_{key} == 1 || run_{key} == 2 -> run_{key} = {met} :: else fi;"));
            }
            if rule.dropped_by.contains(&row.verb) {
                self.line(&format!("       if :: run_{key} == 1 || run_{key} == 2 -> run_{key} = 0 :: else fi;"));
            }
            if starts {
                self.line(&format!("       run_{key} = {}{again};", if meets { met } else { 1 }));
            }
            let extends = row.effects.iter().any(|effect| matches!(effect, Effect::Extend(extension) if extension.deadline == *key));
            if extends && self.model.read(rule) {
                self.line(&format!("       if :: run_{key} == 1 -> over_{key} = 0 :: else fi;"));
            }
            if row.to == "same" {
                continue;
            }
            if !rule.outlives && self.model.definition.state(&row.to).is_some_and(|state| state.rest != Rest::Open) {
                self.line(&format!(
                    "       if :: (run_{key} == 1 || run_{key} == 2) && state != st_{} -> run_{key} = 0 :: else fi;",
                    row.to
                ));
            }
            if rule.paused_in.contains(&row.to) {
                self.line(&format!("       if :: run_{key} == 1 -> run_{key} = 2 :: else fi;"));
            } else if !rule.paused_in.is_empty() {
                self.line(&format!("       if :: run_{key} == 2 -> run_{key} = 1{again} :: else fi;"));
            }
        }
    }

    fn arrives(&mut self, step: &Step, row: &Transition) {
        if row.to != "same" {
            self.line(&format!("       state = st_{};", row.to));
        }
        let sends = self.model.own_follow_ups.iter().position(|(sender, _)| *sender == step.row);
        match (sends, step.answers) {
            (Some(number), _) => self.line(&format!("       next = {};", number + 1)),
            (None, Some((number, _))) => self.line(&format!("       next = {};", self.after(number))),
            (None, None) => {}
        }
    }

    /// The follow-up that the same row sends after this one; 0 where there is none.
    fn after(&self, number: usize) -> usize {
        let all = &self.model.own_follow_ups;
        if all.get(number + 1).is_some_and(|(sender, _)| *sender == all[number].0) { number + 2 } else { 0 }
    }

    /// A follow-up that may be refused, and is.
    fn skips(&mut self) {
        for number in 0..self.model.own_follow_ups.len() {
            let verbs = self.model.own_follow_ups[number].1.clone();
            let refused = self.none_of(&verbs);
            let after = self.after(number);
            self.line(&format!("  :: d_step {{ next == {} && !broken{refused} -> next = {after} }}", number + 1));
        }
    }

    /// Facts that change and moments that pass.
    fn changes(&mut self) {
        let facts: Vec<_> = self.model.facts.all.iter().map(|(name, fact)| (name.clone(), fact.kind)).collect();
        for (name, kind) in facts {
            match kind {
                Kind::Falls => self.line(&format!(
                    "  :: d_step {{ next == 0 && !broken && !hurry && {name} -> {name} = 0; printf(\"@falls {name}\\n\") }}"
                )),
                Kind::Rises => self.line(&format!(
                    "  :: d_step {{ next == 0 && !broken && !left && !{name} -> {name} = 1; printf(\"@rises {name}\\n\") }}"
                )),
                Kind::Fixed | Kind::Raised | Kind::Stands | Kind::Mark => {}
            }
        }
        for rule in self.model.deadlines().into_iter().filter(|rule| self.model.read(rule)) {
            let key = &rule.key;
            let _ = writeln!(
                self.out,
                "  :: d_step {{ next == 0 && !broken && !left && (run_{key} == 1 || run_{key} == 3) && !over_{key} -> over_{key} = 1; printf(\"@passes {key}\\n\") }}"
            );
        }
        let hurries = Property::EveryOpenCaseCanEnd.number();
        self.line(&format!("  :: d_step {{ next == 0 && !broken && !hurry && state != 0 && !at_rest && c_expr {{ wanted <= {hurries} }} -> hurry = 1; printf(\"@hurry\\n\") }}"));
    }
}
