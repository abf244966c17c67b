//! Grounds that count: what a filing says of them, and what was counted.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    ground::{Comparison, CountKind, GroundCount, GroundFacts, NotCounted, RuleCount},
    record::PenaltyKind,
    rows::Case,
};
use time::Date;
use workflows::{
    engine::{self, Claim},
    grounds,
    list_types::GroundRule,
};

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, find, input::Intake, node, shown::Citation, viewer::signed_in, words::Words, yuan::Yuan},
    store::load::{self, Wanted},
};

/// What whoever files says of one counting ground. The base document is always among the records.
#[derive(Clone, Debug, InputObject)]
pub struct GroundFactsInput {
    /// Key of the ground, as `listTypes` shows it; not free text.
    pub ground: String,
    /// Numbers of the subject's records whose penalties are of this breach, by the same vehicle or driver where the ground asks it.
    #[graphql(default)]
    pub records: Vec<String>,
    /// Goods vehicles of the subject; evidence has to show it.
    pub fleet: Option<u32>,
    /// Those of them that offended in the window; likewise.
    pub overloaded: Option<u32>,
}

/// One way in which a counting ground is met; it is met where one of them is.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "GroundRule")]
pub struct GroundRuleShown {
    /// What is counted: penalties, a share of the fleet, or a fine.
    pub counts: EnumOf<CountKind>,
    /// Whether the threshold itself is enough.
    pub comparison: EnumOf<Comparison>,
    /// Times, or percent of the goods vehicles; none of a fine.
    pub threshold: Option<u32>,
    /// The fine with which the base document is compared; none of what is counted otherwise.
    pub threshold_sum: Option<Yuan>,
    /// Months before the base document that count; the matching day itself does not. None of a fine.
    pub window_months: Option<u32>,
    /// A kind of penalty that one of the counted documents has to carry.
    pub with_penalty: Option<EnumOf<PenaltyKind>>,
    /// The article that sets the threshold.
    pub article: Citation,
}

/// One record as a count looked at it.
#[derive(Clone, Debug, SimpleObject)]
pub struct CountedRecord {
    /// Number under which the penalty is registered.
    pub number: String,
    /// Day of the decision; none where the subject has no such record.
    pub day: Option<Date>,
    /// Whether its penalty counts.
    pub counted: bool,
    /// Why it does not count; none where it does.
    pub not_counted: Option<EnumOf<NotCounted>>,
}

/// One rule of a ground, counted.
#[derive(Clone, Debug)]
pub struct RuleCountShown(RuleCount);

/// One rule of a ground, counted over the register as it stands.
#[Object(name = "RuleCount")]
impl RuleCountShown {
    /// What is counted: penalties, a share of the fleet, or a fine.
    async fn counts(&self) -> EnumOf<CountKind> {
        EnumOf(self.0.counts)
    }

    /// Whether the threshold itself is enough.
    async fn comparison(&self) -> EnumOf<Comparison> {
        EnumOf(self.0.comparison)
    }

    /// Times, or percent of the goods vehicles; none of a fine.
    async fn threshold(&self) -> Option<u32> {
        number(self.0.counts, self.0.threshold)
    }

    /// The fine with which the base document is compared; none of what is counted otherwise.
    async fn threshold_sum(&self) -> Option<Yuan> {
        sum(self.0.counts, self.0.threshold)
    }

    /// First day that counts; none of a fine.
    async fn first_day(&self) -> Option<Date> {
        self.0.first_day
    }

    /// Last day that counts: that of the base document.
    async fn last_day(&self) -> Date {
        self.0.last_day
    }

    /// Times, or vehicles; none of a fine, and where a fact is missing.
    async fn found(&self) -> Option<u64> {
        self.0.found.filter(|_| self.0.counts != CountKind::Fine)
    }

    /// The fine of the base document; none where times or vehicles are counted.
    async fn found_sum(&self) -> Option<Yuan> {
        let cents = self.0.found.filter(|_| self.0.counts == CountKind::Fine)?;
        i64::try_from(cents).ok().map(Yuan)
    }

    /// The goods vehicles, where it is a share of them.
    async fn of(&self) -> Option<u64> {
        self.0.of
    }

    /// A kind of penalty that one of the counted documents has to carry; none where any will do.
    async fn with_penalty(&self) -> Option<EnumOf<PenaltyKind>> {
        self.0.with_penalty.map(EnumOf)
    }

    /// Whether what was found is enough.
    async fn met(&self) -> bool {
        self.0.met
    }

    /// The articles that say what counts, over which time and how often.
    async fn articles(&self, ctx: &Context<'_>) -> Result<Vec<Citation>> {
        let rules = &ctx.data::<App>()?.rules();
        Ok(self.0.articles.iter().map(|key| Citation::of(rules, key)).collect())
    }

    /// Every penalty of the subject and every number that was named, by day.
    async fn records(&self) -> Vec<CountedRecord> {
        let shown = |record: &domain::ground::CountedRecord| CountedRecord {
            number: record.number.clone(),
            day: record.day,
            counted: record.not_counted.is_none(),
            not_counted: record.not_counted.map(EnumOf),
        };
        self.0.records.iter().map(shown).collect()
    }
}

/// A ground that counts: what was counted over the register as it stands, and whether that is enough.
#[derive(Clone, Debug)]
pub struct GroundCountShown(GroundCount);

/// A ground that counts: what was counted over the register as it stands, and whether that is enough.
#[Object(name = "GroundCount")]
impl GroundCountShown {
    /// Key of the ground.
    async fn ground(&self) -> &str {
        &self.0.ground
    }

    /// Whether one of its rules is met.
    async fn met(&self) -> bool {
        self.0.met
    }

    /// Each way in which the ground can be met, with what was counted.
    async fn rules(&self) -> Vec<RuleCountShown> {
        self.0.rules.iter().cloned().map(RuleCountShown).collect()
    }

    /// What was counted and what is needed, in words.
    async fn explanation(&self) -> Words {
        let ((counted_zh, counted_en), (needed_zh, needed_en)) = (grounds::counted_words(&self.0), grounds::needed_words(&self.0));
        Words { zh: format!("须{needed_zh}：{counted_zh}。"), en: format!("Needed: {needed_en}. Found: {counted_en}.") }
    }
}

/// A threshold that is no sum of money.
fn number(counts: CountKind, threshold: u32) -> Option<u32> {
    (counts != CountKind::Fine).then_some(threshold)
}

/// A threshold in whole yuan as a sum of money.
fn sum(counts: CountKind, threshold: u32) -> Option<Yuan> {
    (counts == CountKind::Fine).then_some(Yuan(i64::from(threshold) * 100))
}

/// The rules of a ground.
pub(in crate::graphql) fn rules(app: &App, rules: &[GroundRule]) -> Vec<GroundRuleShown> {
    let shown = |rule: &GroundRule| GroundRuleShown {
        counts: EnumOf(rule.counts),
        comparison: EnumOf(rule.comparison),
        threshold: number(rule.counts, rule.threshold.value),
        threshold_sum: sum(rule.counts, rule.threshold.value),
        window_months: rule.window.as_ref().and_then(workflows::law::Figure::months),
        with_penalty: rule.with_penalty.map(EnumOf),
        article: Citation::of(&app.rules(), &rule.threshold.cites),
    };
    rules.iter().map(shown).collect()
}

/// What a filing says of its counting grounds; counts that cannot be are refused at their field.
pub(in crate::graphql) fn take(intake: &mut Intake, field: &'static str, input: Option<Vec<GroundFactsInput>>) -> Result<Vec<GroundFacts>> {
    let input = input.unwrap_or_default();
    for (place, facts) in input.iter().enumerate() {
        intake.word(&format!("{field}.{place}.ground"), Some(&facts.ground));
        intake.words(&format!("{field}.{place}.records"), &facts.records);
    }
    if let Some(place) = input.iter().position(|facts| facts.fleet == Some(0) || facts.overloaded > facts.fleet.or(facts.overloaded)) {
        let words = ("车辆总数应大于零，违法车辆数不超过车辆总数", "There is at least one vehicle, and no more offended than there are");
        return Err(fault::bad_input(&format!("{field}.{place}.fleet"), words.to_owned()));
    }
    if !input.is_empty() {
        intake.trace.push_str(&format!("{input:?}"));
    }
    let facts = |facts: GroundFactsInput| GroundFacts {
        ground: facts.ground,
        records: facts.records,
        fleet: facts.fleet,
        overloaded: facts.overloaded,
    };
    Ok(input.into_iter().map(facts).collect())
}

/// The counting grounds of a case, counted over the register as it stands today.
///
/// # Errors
/// When the database fails.
pub(in crate::graphql) async fn of_case(ctx: &Context<'_>, case: &Case) -> Result<Vec<GroundCountShown>> {
    match Claim::of(case.record, &case.data.0) {
        Some(claim) => counted(ctx.data::<App>()?, claim).await,
        None => Ok(Vec::new()),
    }
}

async fn counted(app: &App, claim: Claim<'_>) -> Result<Vec<GroundCountShown>> {
    let mut wanted = Wanted::default();
    wanted.cases.insert(claim.base.to_string());
    let counts = load::decided(&app.database, wanted, |snapshot| engine::ground_counts(&app.rules(), snapshot, claim)).await;
    Ok(counts.map_err(|fault| fault::internal(&fault))?.into_iter().map(GroundCountShown).collect())
}

/// Queries about grounds that count.
#[derive(Debug, Default)]
pub struct GroundQueries;

#[Object]
impl GroundQueries {
    /// What a filing on the record of a base document would count under grounds of a list type, every penalty looked at.
    async fn ground_counts(
        &self,
        ctx: &Context<'_>,
        base: ID,
        list_type: String,
        grounds: Vec<String>,
        counts: Option<Vec<GroundFactsInput>>,
    ) -> Result<Vec<GroundCountShown>> {
        signed_in(ctx)?;
        let base = node::case_id(&base).ok_or_else(fault::not_found)?;
        let base = find::case(ctx, base).await?.ok_or_else(fault::not_found)?;
        let facts = take(&mut Intake::default(), "counts", counts)?;
        let claim = Claim { base: base.id, list_type: &list_type, grounds: &grounds, facts: &facts };
        counted(ctx.data::<App>()?, claim).await
    }
}
