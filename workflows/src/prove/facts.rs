//! What a model remembers of the world, and which guard reads which fact.

use std::collections::BTreeMap;

use domain::process::Verb;

use crate::definition::{
    file::Definition,
    words::{ChallengeWord, Done, Effect, Guard, NeedWord, OtherCase, PublicationWord, TermWord},
};

/// How a fact may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Chosen before the first act, then as it is.
    Fixed,
    /// True until it falls, at any moment and for good.
    Falls,
    /// False until it rises, at any moment; an act may take it back.
    Rises,
    /// Chosen before the first act, then raised by an act only.
    Raised,
    /// True until an act of the case lets it fall.
    Stands,
    /// Changed by acts only.
    Mark,
}

/// One fact of the model, with its (zh, en) words.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub kind: Kind,
    pub words: (String, String),
}

/// What a guard comes to in one way of doing an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Never refuses this way.
    Always,
    /// May refuse at any time and may hold at any time: an act that is refused is an act that is not done.
    Perhaps,
    /// Holds where this expression does.
    When(String),
}

/// One way of doing an act.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// By the watched person.
    pub watched: bool,
    /// Every open point is brought.
    pub all: bool,
    /// What is served is served lawfully.
    pub lawful: bool,
}

/// The facts that the guards of a definition read.
pub(super) struct Facts<'a> {
    definition: &'a Definition,
    pub all: BTreeMap<String, Fact>,
}

impl<'a> Facts<'a> {
    pub fn new(definition: &'a Definition) -> Self {
        Self { definition, all: BTreeMap::new() }
    }

    /// Adds a fact and gives its name.
    pub fn add(&mut self, name: &str, kind: Kind, zh: &str, en: &str) -> String {
        let fact = Fact { kind, words: (zh.to_owned(), en.to_owned()) };
        self.all.entry(name.to_owned()).or_insert(fact);
        name.to_owned()
    }

    pub fn has(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    fn does(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.definition.transition.iter().flat_map(|row| &row.effects).any(wanted)
    }

    /// What `guard` comes to.
    pub fn holds(&mut self, guard: &Guard, way: Way) -> Holds {
        let fixed = |facts: &mut Self, name, zh, en| facts.add(name, Kind::Fixed, zh, en);
        let expression = match guard {
            Guard::NotThePersonWho(verbs) => {
                let did: Vec<_> = verbs.iter().map(|verb| self.watched_did(*verb)).collect();
                return if way.watched { Holds::When(format!("!({})", did.join(" || "))) } else { Holds::Always };
            }
            Guard::NotThePersonIn(named) => {
                let name = self.watched_elsewhere(named.case);
                return if way.watched { Holds::When(format!("!{name}")) } else { Holds::Always };
            }
            Guard::NotDoneBefore(verb) => format!("{} == 0", self.done(Done { verb: *verb, since: None })),
            Guard::DoneBefore(done) => format!("{} == 2", self.done(*done)),
            Guard::StillRuns(key) => format!("(run_{key} == 2 || (run_{key} == 1 && !over_{key}))"),
            Guard::HasEnded(key) => format!("(run_{key} != 0 && run_{key} != 2 && over_{key})"),
            Guard::AllSettled(list) => {
                let open = self.add(&format!("open_{list}"), Kind::Mark, "", "");
                if way.all {
                    return Holds::Always;
                }
                format!("!{open}")
            }
            Guard::TermOver(TermWord::MaxTerm) => self.term_over(),
            Guard::TermRuns(TermWord::MaxTerm) => format!("!{}", self.term_over()),
            Guard::Publication(PublicationWord::Due) | Guard::MayBePublished => format!("!{}", self.natural()),
            Guard::BaseDocumentInForce => self.base(),
            Guard::DutiesDone => self.duties(),
            Guard::DutiesNotDone => format!("!{}", self.duties()),
            Guard::WasPublished => self.published(),
            Guard::NotAFalsityRecord => format!("!{}", fixed(self, "falsity", "记录系虚假或违诺信息", "the record is one of falsity")),
            Guard::RecordMayBeRepaired => format!("!{}", fixed(self, "barred_by_law", "其他法律不许修复", "another law bars the repair")),
            Guard::NotOfAListing => format!("!{}", fixed(self, "of_a_listing", "记录由列入决定产生", "the record was made by a listing")),
            Guard::Challenges(ChallengeWord::Finding) => return Holds::Always,
            Guard::Challenges(ChallengeWord::Record) => {
                fixed(self, "challenges_record", "异议针对失信信息", "the objection challenges a record")
            }
            Guard::Challenges(ChallengeWord::Application) => {
                fixed(self, "challenges_application", "异议针对修复申请", "the objection challenges an application")
            }
            Guard::ListTypeNeeds(need) => self.needs(*need),
            Guard::ListTypeDoesWithout(need) => format!("!{}", self.needs(*need)),
            Guard::ServedLawfully if way.lawful => return Holds::Always,
            Guard::ServedLawfully => "false".to_owned(),
            _ => return Holds::Perhaps,
        };
        Holds::When(expression)
    }

    /// Whether the watched person did `verb` in this case.
    pub fn watched_did(&mut self, verb: Verb) -> String {
        self.add(&format!("x_{verb}"), Kind::Mark, "", "")
    }

    /// Whether the watched person acted in the other case that four eyes look at.
    pub fn watched_elsewhere(&mut self, case: OtherCase) -> String {
        match case {
            OtherCase::Batch => self.add("x_in_batch", Kind::Fixed, "受关注人员报送了该批次", "the watched person filed the batch"),
            OtherCase::Challenged => {
                self.add("x_in_challenged", Kind::Fixed, "受关注人员办理了被异议的事项", "the watched person decided what is challenged")
            }
            OtherCase::Repairs => {
                self.add("x_in_repairs", Kind::Fixed, "受关注人员认定了虚假", "the watched person found the falsity in an application")
            }
        }
    }

    /// 0: not done; 1: due again; 2: done.
    fn done(&mut self, done: Done) -> String {
        let since = done.since.map_or_else(String::new, |since| format!("_since_{since}"));
        self.add(&format!("done_{}{since}", done.verb), Kind::Mark, "", "")
    }

    fn term_over(&mut self) -> String {
        self.add("max_term_over", Kind::Rises, "最长公示期届满", "the maximum term is over")
    }

    pub fn natural(&mut self) -> String {
        self.add("natural_person", Kind::Fixed, "记录主体系自然人", "the record is of a natural person")
    }

    /// A record's own document falls by its own act; that of another case at any moment.
    pub fn base(&mut self) -> String {
        let kind = if self.does(|effect| *effect == Effect::MarkBaseAnnulled) { Kind::Stands } else { Kind::Falls };
        self.add("base_in_force", kind, "依据文书有效", "the base document is in force")
    }

    fn duties(&mut self) -> String {
        let kind = if self.does(|effect| *effect == Effect::MarkDutiesDone) { Kind::Raised } else { Kind::Rises };
        self.add("duties_done", kind, "义务已履行", "the duties are done")
    }

    fn published(&mut self) -> String {
        let kind = if self.does(|effect| *effect == Effect::StartPublication) { Kind::Mark } else { Kind::Fixed };
        self.add("was_published", kind, "曾经公示", "the record was published")
    }

    fn needs(&mut self, need: NeedWord) -> String {
        let (zh, en) = need.title();
        let name = format!("needs_{need:?}").to_lowercase();
        self.add(&name, Kind::Fixed, &format!("名单类型要求{zh}"), &format!("the list type asks for {en}"))
    }

    /// The two facts of an expiry under Order 36 art. 12(2): the term is over and the duties are done.
    pub fn expiry(&mut self) -> String {
        let (over, done) = (self.term_over(), self.duties());
        format!("({over} && {done})")
    }
}
