//! The calculators of the law, for everybody.

use async_graphql::{Context, Error, InputObject, Object, Result, SimpleObject};
use domain::{
    calendar::{Pause, Unit},
    record::{PenaltyProcedure, PublicationNecessity, RecordClass, RecordFacts, Sector, SevereListingFact, SubjectKind, SubstancePolicy},
};
use time::Date;
use workflows::{
    calculators::{Refused, assess, due, id},
    engine::Rules,
    explain::reason_words,
};

use crate::{
    app::App,
    graphql::{
        core::{enums::EnumOf, fault, shown::Citation, words::Words},
        processes::publication_record::PenaltyInput,
    },
};

/// Days that a limit does not count, both ends among them.
#[derive(Clone, Debug, InputObject)]
pub struct PauseInput {
    /// First day of the pause.
    pub first: Date,
    /// Last day of the pause.
    pub last: Date,
}

/// A limit to be counted.
#[derive(Clone, Debug, InputObject)]
pub struct LimitInput {
    /// Day of the event; it is not counted itself.
    pub from: Date,
    /// How many of `unit`: 1 to 3,660.
    pub count: u32,
    /// What the limit is counted in.
    pub unit: EnumOf<Unit>,
    /// Times that do not count, such as an appraisal.
    #[graphql(default)]
    pub pauses: Vec<PauseInput>,
    /// A last day that is not worked moves to the next working day (Civil Code art. 203).
    #[graphql(default)]
    pub move_to_working_day: bool,
}

/// A day with why it was not counted.
#[derive(Clone, Debug, SimpleObject)]
pub struct SkippedDay {
    /// The day that was passed over.
    pub date: Date,
    /// Word for the cause: a weekend, a holiday of a named notice, a pause.
    pub reason: String,
    /// The cause in words.
    pub why: Words,
}

/// The last day of a limit, and how it was found.
#[derive(Clone, Debug, SimpleObject)]
pub struct CountedLimit {
    /// The last day.
    pub due: Date,
    /// A day past the last loaded notice was looked up.
    pub provisional: bool,
    /// Every day that was counted, in their order.
    pub counted: Vec<Date>,
    /// Every day that was passed over, each with its cause.
    pub skipped: Vec<SkippedDay>,
    /// Enough to count it again with nothing else, as JSON text.
    pub derivation: String,
    /// How it was counted, in sentences.
    pub explanation: Words,
}

/// Entry on a severe list.
#[derive(Clone, Debug, InputObject)]
pub struct SevereListingInput {
    /// The list's own term; the rulebook's where it has none.
    pub own_term_years: Option<u32>,
    /// Over the legal maximum only by a law.
    pub law: Option<String>,
}

/// A finding that a minor record has to be published.
#[derive(Clone, Debug, InputObject)]
pub struct PublicationNecessityInput {
    /// For how many months it is published.
    pub months: u32,
    /// Why it is necessary, in words.
    pub reason: String,
}

/// Facts that class and terms follow from.
#[derive(Clone, Debug, InputObject)]
pub struct AssessmentInput {
    pub subject_kind: EnumOf<SubjectKind>,
    pub procedure: EnumOf<PenaltyProcedure>,
    /// Day of the decision: terms run from it.
    pub finding_date: Date,
    pub sector: Option<EnumOf<Sector>>,
    /// Each penalty of the decision; the gravest makes the class.
    #[graphql(default)]
    pub penalties: Vec<PenaltyInput>,
    /// Entry on a severe list; none where there is none.
    pub severe_listing: Option<SevereListingInput>,
    /// A finding that a minor record has to be published; none where there is none.
    pub publication_necessity: Option<PublicationNecessityInput>,
    pub duties_done_on: Option<Date>,
    /// FAVOURABLE where none is given.
    pub substance_policy: Option<EnumOf<SubstancePolicy>>,
    /// Whether the day of the decision is itself the first day of a term; as a rule it is not.
    #[graphql(default)]
    pub finding_date_counts: bool,
}

/// What one law would say by itself.
#[derive(Clone, Debug, SimpleObject)]
pub struct AssessmentAlternative {
    /// Key of the set of rules.
    pub rulebook: String,
    /// What the instrument is called.
    pub title: Words,
    /// Whether an open question of this law would change a day.
    pub undetermined: bool,
    /// Whether this law has it published.
    pub published: bool,
    /// Last day of its minimum term; none where it has none.
    pub min_last_day: Option<Date>,
    /// Its last lawful day of publication; none where it has none.
    pub max_last_day: Option<Date>,
}

/// Class and terms; days are none where there is no such term.
#[derive(Clone, Debug, SimpleObject)]
pub struct AssessmentAnswer {
    /// By Order 36; none where an open question would change it.
    pub class: Option<EnumOf<RecordClass>>,
    /// An open question would change a day.
    pub undetermined: bool,
    /// Keys of the open questions that a person has to settle.
    pub asks: Vec<String>,
    /// The open questions in words.
    pub open_questions: Vec<Words>,
    /// Whether it has to be published.
    pub published: bool,
    pub min_last_day: Option<Date>,
    pub earliest_repair: Option<Date>,
    pub max_last_day: Option<Date>,
    /// First day without publication.
    pub auto_stop: Option<Date>,
    /// Key of the set of rules that was used.
    pub rulebook: String,
    /// What each law would say by itself, where two are in force.
    pub alternatives: Vec<AssessmentAlternative>,
    pub cites: Vec<Citation>,
    /// How each day was found.
    pub explanations: AssessmentExplanations,
}

/// How the days of an assessment were found, in sentences; none where there is no such day.
#[derive(Clone, Debug, SimpleObject)]
pub struct AssessmentExplanations {
    /// Of the last day of the minimum term.
    pub min_last_day: Option<Words>,
    /// Of the first day of repair.
    pub earliest_repair: Option<Words>,
    /// Of the last lawful day of publication.
    pub max_last_day: Option<Words>,
}

/// What the instrument of a set of rules is called.
fn titled(rules: &Rules, rulebook: &str) -> Words {
    let book = rules.law.rulebooks().iter().find(|book| book.key == rulebook);
    let source = book.and_then(|book| rules.law.sources().get(&book.instrument));
    source.map_or_else(|| (rulebook, rulebook).into(), |source| (format!("《{}》", source.zh), source.en.clone()).into())
}

/// An open question in words; its key where it has none.
fn question(key: &str) -> Words {
    match key {
        "fine_size" => ("罚款属于哪一数额档次", "of which size the fine is").into(),
        "class_of_unlawful_gains" => ("没收违法所得属于哪一类别", "to which class the confiscation of unlawful gains belongs").into(),
        other => (other, other).into(),
    }
}

/// Kinds of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
pub enum IdentifierKind {
    /// 统一社会信用代码: unified social credit code, 18 characters (GB 32100).
    Uscc,
    /// 公民身份号码: citizen identity number, 18 characters (GB 11643).
    ResidentId,
}

/// Whether an identifier is right; if not, why and where.
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct IdentifierAnswer {
    /// Whether form, check character and date are right.
    pub ok: bool,
    /// As it is kept: capital letters, half-width signs, without blanks; none where it is wrong.
    pub normalised: Option<String>,
    /// Word for what is wrong; none where it is right.
    pub reason: Option<String>,
    /// What is wrong, in sentences; none where it is right.
    pub message: Option<Words>,
    /// The wrong character, counted from 1.
    pub position: Option<usize>,
}

fn refused(refused: Refused) -> Error {
    // The calculators name a place in a list as JSON tools do: `pauses[0].last`.
    let dotted = |field: String| field.replace('[', ".").replace(']', "");
    let path = refused.field.map_or_else(|| "input".to_owned(), |field| format!("input.{}", dotted(field)));
    fault::bad_coded(&path, refused.code, refused.words)
}

/// Queries of the calculators.
#[derive(Debug, Default)]
pub struct CalculatorQueries;

#[Object]
impl CalculatorQueries {
    /// The last day of a limit; for everybody.
    async fn limit(&self, ctx: &Context<'_>, input: LimitInput) -> Result<CountedLimit> {
        let asked = due::Asked {
            from: input.from,
            count: input.count,
            unit: input.unit.0,
            pauses: input.pauses.iter().map(|pause| Pause { first: pause.first, last: pause.last }).collect(),
            move_to_working_day: input.move_to_working_day,
        };
        let due::Explained { answer, derivation, explanation } =
            due::explained(&ctx.data::<App>()?.rules().law, &asked).map_err(refused)?;
        let skipped = answer
            .skipped
            .iter()
            .map(|mark| SkippedDay { date: mark.date, reason: mark.reason.to_string(), why: reason_words(&mark.reason).into() })
            .collect();
        Ok(CountedLimit {
            due: answer.due,
            provisional: answer.provisional,
            counted: answer.counted,
            skipped,
            derivation: serde_json::to_string(&derivation).map_err(crate::graphql::core::find::broken)?,
            explanation: explanation.into(),
        })
    }

    /// Class and terms that follow from facts; for everybody, and nothing is recorded.
    async fn assessment(&self, ctx: &Context<'_>, input: AssessmentInput) -> Result<AssessmentAnswer> {
        let app = ctx.data::<App>()?;
        let rules = &app.rules();
        let assess::Explained { assessment: found, explanations, .. } =
            assess::explained(&rules.law, &input.into(), app.clock.today()).map_err(refused)?;
        let explanations = AssessmentExplanations {
            min_last_day: explanations.min_last_day.map(Words::from),
            earliest_repair: explanations.earliest_repair.map(Words::from),
            max_last_day: explanations.max_last_day.map(Words::from),
        };
        let alternatives = found.alternatives.into_iter().map(|said| AssessmentAlternative {
            title: titled(rules, &said.rulebook),
            rulebook: said.rulebook,
            undetermined: said.undetermined,
            published: said.published,
            min_last_day: said.min_last_day,
            max_last_day: said.max_last_day,
        });
        Ok(AssessmentAnswer {
            class: found.class.map(EnumOf),
            undetermined: found.undetermined,
            open_questions: found.asks.iter().map(|key| question(key)).collect(),
            asks: found.asks,
            published: found.published,
            min_last_day: found.min_last_day,
            earliest_repair: found.earliest_repair,
            max_last_day: found.max_last_day,
            auto_stop: found.auto_stop,
            rulebook: found.rulebook,
            alternatives: alternatives.collect(),
            cites: found.cites.iter().map(|cite| Citation::of(rules, cite)).collect(),
            explanations,
        })
    }

    /// Checks a unified social credit code or a citizen identity number; for everybody, and nothing is kept.
    async fn identifier(&self, ctx: &Context<'_>, kind: IdentifierKind, value: String) -> Result<IdentifierAnswer> {
        let kind = match kind {
            IdentifierKind::Uscc => id::Kind::Uscc,
            IdentifierKind::ResidentId => id::Kind::ResidentId,
        };
        Ok(match id::checked(&id::Asked { kind, value }, ctx.data::<App>()?.clock.today()) {
            Ok(normalised) => IdentifierAnswer { ok: true, normalised: Some(normalised), ..Default::default() },
            Err(wrong) => IdentifierAnswer {
                reason: Some(wrong.code.to_owned()),
                message: Some((wrong.zh, wrong.en).into()),
                position: wrong.position,
                ..Default::default()
            },
        })
    }
}

impl From<AssessmentInput> for RecordFacts {
    fn from(input: AssessmentInput) -> Self {
        Self {
            subject_kind: input.subject_kind.0,
            procedure: input.procedure.0,
            finding_date: input.finding_date,
            sector: input.sector.map(|sector| sector.0),
            penalties: input.penalties.into_iter().map(Into::into).collect(),
            severe_listing: input
                .severe_listing
                .map(|listing| SevereListingFact { own_term_years: listing.own_term_years, law: listing.law }),
            publication_necessity: input
                .publication_necessity
                .map(|found| PublicationNecessity { months: found.months, reason: found.reason }),
            duties_done_on: input.duties_done_on,
            substance_policy: input.substance_policy.map_or(SubstancePolicy::Favourable, |policy| policy.0),
            finding_date_counts: input.finding_date_counts,
        }
    }
}
