//! What every paper reads of a case: the party, the office that acts, the base document, the authorities of remedies.

use domain::{
    office::OfficeKind,
    personal::{Sealed, Words},
    process::{CaseData, Verb},
    record::SubjectKind,
    rows::{Case, CreditSubject, Deadline, Office},
    sheet::SheetKind,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use workflows::{
    engine::Rules,
    law::{Figure, numeral},
};

use super::{
    facts::Facts,
    offer::{Offer, issued_by},
};
use crate::{
    app::App,
    people::sealing,
    store::{StoreFault, counting, entities},
};

/// The rows that a paper of a case speaks of.
pub(super) struct Known {
    subject: Option<CreditSubject>,
    office: Option<Office>,
    /// Stands for an office that has said nothing of where it is found.
    policy: Option<Office>,
    record: Option<Case>,
    /// The commitment whose finding an objection challenges.
    commitment: Option<Case>,
}

/// A sealed text, opened; none where it was erased.
pub(super) async fn text(app: &App, sealed: Option<&Sealed>) -> Result<Option<String>, StoreFault> {
    match sealed {
        Some(sealed) => sealing::unseal(app, sealed).await,
        None => Ok(None),
    }
}

/// The name of a subject, and its code as papers print it: (what the code is called, the code).
pub(super) async fn named(app: &App, subject: &CreditSubject) -> Result<(Option<String>, &'static str, Option<String>), StoreFault> {
    let name = match &subject.name {
        Some(name) => Some(name.clone()),
        None => text(app, subject.sealed_name.as_ref().map(|name| &name.0)).await?,
    };
    if let Some(code) = &subject.uscc {
        return Ok((name, "统一社会信用代码", Some(code.clone())));
    }
    let masked = match &subject.id_number {
        Some(number) => sealing::masked(app, &number.0).await?,
        None => None,
    };
    Ok((name, "身份证件号码", masked))
}

/// The number of a figure with its unit, as papers write it.
pub(super) fn length(figure: &Figure) -> Option<String> {
    Some(format!("{}{}", figure.value, figure.unit.time()?.title().0))
}

/// Months as papers write them: in years where they are whole years.
pub(super) fn months(months: u32) -> String {
    if months > 0 && months.is_multiple_of(12) { format!("{}年", months / 12) } else { format!("{months}个月") }
}

/// Articles as people cite them, with commas between.
pub(super) fn articles<'a>(rules: &Rules, cites: impl IntoIterator<Item = &'a String>) -> Option<String> {
    let mut titles: Vec<String> = Vec::new();
    for cite in cites {
        let title = rules.law.sources().title(cite).0;
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    (!titles.is_empty()).then(|| titles.join("、"))
}

/// The articles that an act of these verbs would rest on in the case's own table.
fn drafted_cites(rules: &Rules, case: &Case, verbs: &[Verb]) -> Vec<String> {
    let Some(version) = rules.catalogue.of_case(case) else { return Vec::new() };
    let Some(verb) = verbs.first().copied() else { return Vec::new() };
    let here = version.definition.transition(&case.state, verb).map(|row| row.cites.clone());
    here.or_else(|| version.definition.rows_of(verb).next().map(|row| row.cites.clone())).unwrap_or_default()
}

impl Known {
    /// # Errors
    /// When the database fails.
    pub(super) async fn read(app: &App, case: &Case) -> Result<Self, StoreFault> {
        let pool = app.database.pool();
        let subject = match case.subject {
            Some(id) => entities::credit_subject::Entity::find_by_id(id.to_string()).one(pool).await?,
            None => None,
        };
        let offices = entities::office::Entity::find().all(pool).await?;
        let offices = offices.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<Vec<Office>, _>>()?;
        let acting = case.finding_office.as_ref().unwrap_or(&case.office);
        let record = match case.record {
            Some(id) => counting::case(id.to_string()).one(pool).await?,
            None => None,
        };
        let parent = match case.parent.filter(|_| matches!(case.data.0, CaseData::Objection(_)) && case.record.is_none()) {
            Some(id) => counting::case(id.to_string()).one(pool).await?,
            None => None,
        };
        let parent: Option<Case> = parent.map(|row| row.row().map_err(StoreFault::broken)).transpose()?;
        Ok(Self {
            commitment: parent.filter(|parent| parent.data.0.commitment().is_some()),
            subject: subject.map(|row| row.row().map_err(StoreFault::broken)).transpose()?,
            office: offices.iter().find(|office| office.id == *acting).cloned(),
            policy: offices.into_iter().find(|office| office.kind == OfficeKind::PolicyOffice),
            record: record.map(|row| row.row().map_err(StoreFault::broken)).transpose()?,
        })
    }

    /// Who issues, and where it is found.
    fn office(&self, facts: &mut Facts) {
        let office = self.office.as_ref();
        facts.needed("body", office.and_then(|office| office.body_zh.as_ref()));
        facts.needed("office", office.map(|office| &office.zh));
        facts.needed("review", office.and_then(|office| office.review_zh.as_ref()));
        facts.needed("court", office.and_then(|office| office.court_zh.as_ref()));
        let found = |office: &&Office| office.address_zh.is_some() || office.telephone.is_some();
        let found = office.filter(found).or(self.policy.as_ref());
        facts.needed("address", found.and_then(|office| office.address_zh.as_ref()));
        facts.needed("telephone", found.and_then(|office| office.telephone.as_ref()));
        facts.may("hours", found.and_then(|office| office.hours_zh.as_ref()));
    }

    /// The base document, as its record tells of it.
    async fn base(&self, app: &App, facts: &mut Facts) -> Result<(), StoreFault> {
        if let Some(breach) = self.commitment.as_ref().and_then(|case| case.data.0.commitment()?.breach.as_ref()) {
            facts.needed("base_number", Some(&breach.number));
            facts.needed("base_body", self.office.as_ref().and_then(|office| office.body_zh.as_ref()));
            facts.day("base_day", Some(breach.on));
            facts.may("finding", Some("违诺认定"));
            return Ok(());
        }
        facts.may("finding", None::<&str>);
        let data = self.record.as_ref().and_then(|record| record.data.0.record());
        facts.needed("base_number", data.map(|data| &data.form.decision_number));
        facts.needed("base_body", data.map(|data| &data.form.body_name));
        facts.day("base_day", data.map(|data| data.form.facts.finding_date));
        let violation = match data.map(|data| &data.form.violation) {
            Some(Words::Plain(words)) => Some(words.clone()),
            Some(Words::Sealed(sealed)) => text(app, Some(sealed)).await?,
            None => None,
        };
        facts.may("violation", violation);
        Ok(())
    }

    /// What every template may say.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn facts(&self, app: &App, case: &Case, offer: &Offer) -> Result<Facts, StoreFault> {
        let rules = app.rules();
        let on = offer.issued.as_ref().map_or_else(|| app.clock.today(), |issued| issued.on);
        let mut facts = Facts::default();
        let (name, code_title, code) = match &self.subject {
            Some(subject) => named(app, subject).await?,
            None => (None, "统一社会信用代码", None),
        };
        facts.needed("party", name);
        facts.needed("code", code);
        facts.may("code_title", Some(code_title));
        let natural = self.subject.as_ref().is_some_and(|subject| subject.kind == SubjectKind::NaturalPerson);
        facts.may("you", Some(if natural { "你" } else { "你单位" }));
        facts.may("case_number", Some(&case.number));
        facts.may("process", Some(rules.catalogue.title(case.process).0));
        facts.may_day("received", Some(case.received_on));
        self.office(&mut facts);
        self.base(app, &mut facts).await?;
        self.number(offer, on, &mut facts);
        let cites = match &offer.issued {
            Some(issued) => issued.cites.clone(),
            None => drafted_cites(&rules, case, offer.verb().as_slice().first().map_or(issued_by(offer.kind), std::slice::from_ref)),
        };
        facts.needed("basis", articles(&rules, &cites));
        let limit = |key: &str| rules.law.time_limit(key, on).and_then(length);
        facts.needed("review_within", limit("application"));
        facts.needed("suit_within", limit("suit"));
        let sealed = offer.issued.as_ref().and_then(|issued| issued.reason.as_ref());
        let typed = offer.proposed.as_ref().and_then(|proposed| proposed.reason.clone());
        facts.needed("reason", typed.or(text(app, sealed).await?));
        facts.yes("falsity", matches!(&case.data.0, CaseData::RepairApplication(data) if data.falsity));
        facts.yes("issued", offer.issued.is_some());
        Ok(facts)
    }

    fn number(&self, offer: &Offer, on: Date, facts: &mut Facts) {
        let given = offer.issued.as_ref().and_then(|issued| issued.number.clone());
        let word = self.office.as_ref().map(|office| office.number_word.as_str()).unwrap_or_default();
        let blank = || offer.kind.series().map(|series| series.blank(word, on.year()));
        facts.may("number", if offer.kind == SheetKind::ServiceReturn { given } else { given.or_else(blank) });
    }
}

/// The last day of a deadline that acts of these verbs began; none where it has none.
///
/// # Errors
/// When the database fails.
pub(super) async fn due(app: &App, case: &Case, key: &str, verbs: &[Verb]) -> Result<Option<Date>, StoreFault> {
    use entities::deadline::{Column, Entity};
    let query = Entity::find().filter(Column::CaseId.eq(case.id.to_string())).filter(Column::Key.eq(key)).order_by_desc(Column::Id);
    for row in query.all(app.database.pool()).await? {
        let row: Deadline = row.row().map_err(StoreFault::broken)?;
        if verbs.iter().any(|verb| verb.key() == row.start_verb) {
            return Ok(row.due_on);
        }
    }
    Ok(None)
}

/// （一）, （二） and so on before the lines of a list.
pub(super) fn counted(lines: Vec<String>) -> Vec<String> {
    let count = |(place, line): (usize, String)| format!("（{}）{line}", numeral(u32::try_from(place + 1).unwrap_or_default()));
    lines.into_iter().enumerate().map(count).collect()
}
