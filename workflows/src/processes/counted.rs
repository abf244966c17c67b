//! What cases show that plans count: one row a thing, with its day and whose it is. A plan that comes later counts it too.

use domain::{
    benefit::SchemeKind,
    commitment::CommitmentData,
    data::BaseKind,
    ledger::{LedgerForm, LedgerKind, LedgerMatter},
    process::{CaseData, Phase},
    proposal::Period,
    publicity::{ColumnPart, PublicityChannel, PublicityData, PublicityKind},
    record::Sector,
    rows::PlanFact,
};
use time::Date;

use crate::{
    definition::words::CountWord,
    engine::act::Act,
    plan::{board::counted_in, file::Count},
};

/// A thing before it has its row.
#[derive(Clone, Debug, Default)]
struct Thing {
    kind: Option<String>,
    field: Option<Sector>,
    until: Option<Date>,
    amount: Option<i64>,
    among: Option<i64>,
    theme: Option<String>,
    shown: bool,
    concluded: bool,
}

/// What the case shows counts from its day on, or no longer.
pub(crate) fn run(act: &mut Act<'_>, word: CountWord) {
    match word {
        CountWord::Start => {
            let things = things(act);
            // A list that comes again counts by its first hand-over.
            if matches!(act.case.data.0, CaseData::ProposalBatch(_)) && act.mine::<PlanFact>().next().is_some() {
                return;
            }
            end(act);
            for (count, on_day, thing) in things {
                put(act, count, on_day, thing);
            }
        }
        CountWord::End => end(act),
    }
}

fn end(act: &mut Act<'_>) {
    fall(act, |_| true);
}

/// What is shown no longer fills no part of the column.
pub(super) fn leaves_the_column(act: &mut Act<'_>) {
    fall(act, |fact| fact.counted.starts_with(Count::ColumnParts.key()));
}

fn fall(act: &mut Act<'_>, which: impl Fn(&PlanFact) -> bool) {
    let standing: Vec<_> = act.mine::<PlanFact>().filter(|fact| fact.fallen_on.is_none() && which(fact)).cloned().collect();
    let today = act.today();
    for fact in standing {
        act.snapshot.put(PlanFact { fallen_on: Some(today), ..fact });
    }
}

fn put(act: &mut Act<'_>, count: Count, on_day: Date, thing: Thing) {
    let Thing { kind, field, until, amount, among, theme, shown, concluded } = thing;
    let office = act.case.finding_office.clone().unwrap_or_else(|| act.case.office.clone());
    let row = PlanFact {
        id: act.draw(),
        case_id: act.case.id,
        counted: counted_in(count, on_day.year()),
        kind,
        office,
        field,
        theme,
        on_day,
        until,
        amount,
        among,
        shown: i64::from(shown),
        concluded: i64::from(concluded),
        fallen_on: None,
    };
    act.snapshot.put(row);
}

/// Everything that plans count of the case as it stands.
fn things(act: &Act<'_>) -> Vec<(Count, Date, Thing)> {
    match &act.case.data.0 {
        CaseData::LedgerEntry(data) => {
            let count = act.rules.ledger_kinds.get(data.form.kind).and_then(|kind| kind.counts);
            let mut found = count.map(|count| noted(&data.form, count, act.today())).unwrap_or_default();
            found.extend(schemes(act, &data.form));
            found
        }
        CaseData::RepairApplication(_) => {
            let record = act.record();
            let listed = record.as_ref().is_some_and(|record| record.base == BaseKind::Listing);
            let field = record.and_then(|record| record.form.facts.sector);
            let kind = Some(if listed { "listed" } else { "other" }.to_owned());
            vec![(Count::Repairs, act.signed_on(), Thing { kind, field, ..Thing::default() })]
        }
        CaseData::ProposalBatch(data) => {
            let until = Some(data.form.period_last_day);
            let kind = Some("list".to_owned());
            vec![(Count::ProposalsOnTime, act.today(), Thing { kind, until, amount: months(&data.form.period), ..Thing::default() })]
        }
        CaseData::PublicityItem(data) => appeared(act, data),
        CaseData::CreditCheck(data) => {
            let kind = Some(data.form.purpose.key().to_lowercase());
            vec![(Count::CreditUses, act.today(), Thing { kind, field: Some(data.form.sector), ..Thing::default() })]
        }
        CaseData::Commitment(data) => given(act, data),
        CaseData::BenefitUse(data) => {
            let kind = act.rules.schemes.get(&data.form.scheme).map(|scheme| scheme.kind.key().to_owned());
            vec![(Count::BenefitUses, data.form.used_on, Thing { kind, amount: data.form.amount_cents, ..Thing::default() })]
        }
        CaseData::DataSubmission(data) => {
            let kind = Some(data.form.platform.key().to_lowercase());
            let on = data.sent_on.unwrap_or(act.today());
            vec![(Count::Submissions, on, Thing { kind, field: data.form.sector, ..Thing::default() })]
        }
        _ => Vec::new(),
    }
}

/// A commitment by its type, on the day of its receipt; one that is given in public also fills its part of the column.
fn given(act: &Act<'_>, data: &CommitmentData) -> Vec<(Count, Date, Thing)> {
    let field = Some(data.form.sector);
    let mut found = Vec::new();
    // One without the number of its matter is of no use that a plan counts.
    if data.form.matter.is_some() {
        let thing = Thing { kind: Some(data.form.of.clone()), field, ..Thing::default() };
        found.push((Count::Commitments, act.case.received_on, thing));
    }
    if data.form.headline.is_some() {
        let kind = Some(ColumnPart::Commitments.key().to_lowercase());
        found.push((Count::ColumnParts, act.today(), Thing { kind, shown: true, ..Thing::default() }));
    }
    found
}

/// A piece by its kind: a case for the province on the day on which it was sent, all others when they have appeared.
fn appeared(act: &Act<'_>, data: &PublicityData) -> Vec<(Count, Date, Thing)> {
    let form = &data.form;
    let channel = form.channel.key().to_lowercase();
    let campaign = act.case.parent.and_then(|id| act.snapshot.rows().cases.get(&id.to_string()));
    let thing = |kind: String| Thing {
        kind: Some(kind),
        theme: Some(form.theme.key().to_lowercase()),
        shown: form.channel.is_here(),
        concluded: campaign.is_some_and(|case| case.phase == Phase::InEffect),
        ..Thing::default()
    };
    if form.kind == PublicityKind::TypicalCase {
        let sent = data.sent_on.filter(|_| form.channel == PublicityChannel::ProvincialDepartment);
        return sent.map(|on| (Count::TypicalCases, on, thing(channel))).into_iter().collect();
    }
    let Some(appeared) = &data.appeared else { return Vec::new() };
    // On the provincial site the front page alone counts.
    if form.channel == PublicityChannel::ProvincialSite && !appeared.front_page && form.kind == PublicityKind::Article {
        return Vec::new();
    }
    let (count, kind) = match form.kind {
        PublicityKind::Article => (Count::Articles, channel),
        PublicityKind::LeaderArticle => (Count::LeaderArticles, channel),
        PublicityKind::IntegrityCase => (Count::IntegrityCases, if form.names_person { "person" } else { "company" }.to_owned()),
        PublicityKind::Exposure => (Count::Exposures, channel),
        PublicityKind::ColumnItem => (Count::ColumnParts, form.part.map(|part| part.key().to_lowercase()).unwrap_or_default()),
        PublicityKind::MediaPiece => (Count::MediaPieces, channel),
        PublicityKind::TypicalCase => return Vec::new(),
    };
    vec![(count, appeared.on, thing(kind))]
}

/// The paper of a scheme that is in force is the scheme that plans ask for.
fn schemes(act: &Act<'_>, form: &LedgerForm) -> Vec<(Count, Date, Thing)> {
    let of = |matter: &LedgerMatter| {
        Some(match matter {
            LedgerMatter::SchemeTravel => SchemeKind::Travel,
            LedgerMatter::SchemeLoan => SchemeKind::Loan,
            LedgerMatter::SchemeTraining => SchemeKind::Training,
            LedgerMatter::SchemeRepair => SchemeKind::Repair,
            LedgerMatter::SchemeTaxi => SchemeKind::Taxi,
            _ => return None,
        })
    };
    let kinds = form.matters.iter().filter_map(of).filter(|kind| act.rules.schemes.has(*kind, act.today()));
    kinds.map(|kind| (Count::Schemes, form.on, Thing { kind: Some(kind.key().to_owned()), ..Thing::default() })).collect()
}

/// One thing for each matter of an entry.
fn noted(form: &LedgerForm, count: Count, today: Date) -> Vec<(Count, Date, Thing)> {
    let number = |count: Option<u32>| count.map(i64::from);
    let of = |kind: String| {
        let plain = Thing { kind: Some(kind), until: form.until, shown: form.address.is_some(), ..Thing::default() };
        match form.kind {
            LedgerKind::LinkCheck => (form.on, Thing { amount: Some(i64::from(form.works == Some(true))), ..plain }),
            // An office hands it over by noting it, as it hands over a list: that day counts.
            LedgerKind::NilReport => {
                let months = form.period.as_deref().and_then(months);
                (today, Thing { until: form.period_last_day, amount: months, ..plain })
            }
            LedgerKind::Survey => (form.on, Thing { amount: number(form.satisfied), among: number(form.participants), ..plain }),
            LedgerKind::Evaluation => (form.on, Thing { amount: form.score, ..plain }),
            _ => (form.on, Thing { amount: number(form.participants), ..plain }),
        }
    };
    form.matters
        .iter()
        .map(|matter| {
            let (on_day, thing) = of(matter.key().to_lowercase());
            (count, on_day, thing)
        })
        .collect()
}

/// How many months a reporting period has.
fn months(period: &str) -> Option<i64> {
    Some(match Period::parse(period)? {
        Period::Month(..) => 1,
        Period::Quarter(..) => 3,
    })
}
