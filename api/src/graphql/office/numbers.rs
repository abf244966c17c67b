//! The register of document numbers (发文登记簿): every number of a series as used, void or missing.

use std::collections::BTreeMap;

use async_graphql::{
    Context, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    canonical,
    ids::CaseId,
    paper::DocumentKind,
    process::CaseData,
    rows::{Case, Document, Office},
    sheet::{NumberState, PaperSeries},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        node::List,
        office::OfficeShown,
        page::{Asked, Page},
        viewer::signed_in,
        words::Words,
    },
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// A series of numbers of one office in one year.
#[derive(Clone, Debug, SimpleObject)]
pub struct NumberSeries {
    /// By which `issuedNumbers` knows it.
    pub key: String,
    /// What it numbers.
    pub series: EnumOf<PaperSeries>,
    /// What its papers are called.
    pub title: Words,
    /// The office whose papers it numbers.
    pub office: OfficeShown,
    /// The year in which it counts.
    pub year: i32,
    /// The last number that was given.
    pub last: i64,
}

/// A paper that bears a number.
#[derive(Clone, Debug, SimpleObject)]
pub struct NumberedPaper {
    /// What the paper is called.
    pub title: Words,
    /// Number of the case that issued it.
    pub case_number: String,
    /// The day on which it was signed; none where nobody said.
    pub dated_on: Option<Date>,
}

/// A number of a series.
#[derive(Clone, Debug, SimpleObject)]
pub struct IssuedNumber {
    /// The number as papers bear it.
    pub number: String,
    /// Its place in the series, from 1.
    pub place: i64,
    /// How it stands.
    pub state: EnumOf<NumberState>,
    /// Why it is void, or what is wrong with it; none of a number that is used.
    pub reason: Option<Words>,
    /// The papers that bear it.
    pub papers: Vec<NumberedPaper>,
}

/// A series as its row says, with its office.
struct Series {
    key: String,
    kind: PaperSeries,
    year: i32,
    last: i64,
    office: Office,
}

/// Whether the viewer may read the register of an office: its own people, and whoever sees every case.
fn reads(viewer: &Viewer, office: &str) -> bool {
    viewer.sees_all() || viewer.offices().iter().any(|own| own == office)
}

fn for_staff<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = signed_in(ctx)?;
    if viewer.is_staff() {
        return Ok(viewer);
    }
    Err(fault::coded("FORBIDDEN", ("仅工作人员可用", "Only staff may read this")))
}

/// The series that the viewer may read, by office, year and what they number.
async fn series(app: &App, viewer: &Viewer) -> Result<Vec<Series>, StoreFault> {
    let pool = app.database.pool();
    let mut offices = BTreeMap::new();
    for row in entities::office::Entity::find().all(pool).await? {
        let office: Office = row.row().map_err(StoreFault::broken)?;
        offices.insert(office.id.clone(), office);
    }
    let rows = entities::number_series::Entity::find().order_by_asc(entities::number_series::Column::Id).all(pool).await?;
    let known = rows.into_iter().filter_map(|row| {
        let (kind, office, year) = PaperSeries::of_row(&row.id)?;
        let office = offices.get(office).filter(|office| reads(viewer, &office.id))?.clone();
        Some(Series { key: row.id.clone(), kind, year, last: row.last, office })
    });
    let mut found: Vec<_> = known.collect();
    found.sort_by(|one, other| (&one.office.id, -one.year, one.kind).cmp(&(&other.office.id, -other.year, other.kind)));
    Ok(found)
}

/// Papers that bear numbers, with their cases, by number.
type Bearers = BTreeMap<String, Vec<(Case, Document)>>;

impl Series {
    fn number(&self, place: i64) -> String {
        self.kind.number(&self.office.number_word, self.year, place)
    }

    /// Who bears these numbers: papers of the series' kinds in cases of the office.
    async fn bearers(&self, app: &App, numbers: &[String]) -> Result<Bearers, StoreFault> {
        use entities::document::{Column, Entity};
        let pool = app.database.pool();
        let kinds = self.kind.papers().iter().map(|kind: &DocumentKind| kind.key());
        let keys = numbers.iter().map(|number| canonical::decision_number(number));
        let query = Entity::find().filter(Column::NumberKey.is_in(keys)).filter(Column::Kind.is_in(kinds)).order_by_asc(Column::Id);
        let mut papers: Vec<Document> = Vec::new();
        for row in query.all(pool).await? {
            papers.push(row.row().map_err(StoreFault::broken)?);
        }
        let cases = self.cases(app, papers.iter().map(|paper| paper.case_id.to_string()).collect()).await?;
        let mut found = Bearers::new();
        for paper in papers {
            let Some(case) = cases.get(&paper.case_id) else { continue };
            let number = paper.number.clone().unwrap_or_default();
            found.entry(number).or_default().push((case.clone(), paper));
        }
        Ok(found)
    }

    /// Cases by their ids, as far as they are of the office.
    async fn cases(&self, app: &App, ids: Vec<String>) -> Result<BTreeMap<CaseId, Case>, StoreFault> {
        let mut found = BTreeMap::new();
        let own = Condition::any()
            .add(entities::cases::Column::FindingOffice.eq(&self.office.id))
            .add(entities::cases::Column::Office.eq(&self.office.id));
        let query = counting::cases().filter(entities::cases::Column::Id.is_in(ids)).filter(own);
        for row in query.all(app.database.pool()).await? {
            let case: Case = row.row().map_err(StoreFault::broken)?;
            let acting = case.finding_office.as_ref().unwrap_or(&case.office);
            if *acting == self.office.id {
                found.insert(case.id, case);
            }
        }
        Ok(found)
    }

    /// A number with everything that is known of it.
    fn shown(&self, place: i64, bearers: &Bearers) -> IssuedNumber {
        let number = self.number(place);
        let borne = bearers.get(&number).map(Vec::as_slice).unwrap_or_default();
        let papers = borne.iter().map(|(case, paper)| NumberedPaper {
            title: paper.kind.title().into(),
            case_number: case.number.clone(),
            dated_on: paper.dated_on,
        });
        let (state, reason) = self.state(&number, borne);
        IssuedNumber { state: EnumOf(state), reason: reason.map(Words::from), papers: papers.collect(), place, number }
    }

    fn state(&self, number: &str, borne: &[(Case, Document)]) -> (NumberState, Option<(&'static str, &'static str)>) {
        let Some((first, _)) = borne.first() else {
            return (NumberState::Hole, Some(("没有文书使用此号，请查明原因", "no paper bears it: find out why")));
        };
        if borne.iter().any(|(case, _)| case.id != first.id) {
            return (NumberState::Twice, Some(("两个以上案件使用此号，请查明原因", "papers of several cases bear it: find out why")));
        }
        let withdrawn = match (&first.data.0, self.kind) {
            (CaseData::ListingCase(data), PaperSeries::Listing) => data.decided.as_ref().is_none_or(|decided| decided.number != number),
            _ => false,
        };
        if withdrawn {
            let why =
                ("决定在送达前撤回，听取当事人意见后另行决定", "the decision was taken back before its service, and the party is heard");
            return (NumberState::Void, Some(why));
        }
        (NumberState::Used, None)
    }
}

/// Queries about numbers.
#[derive(Debug, Default)]
pub struct NumberQueries;

#[Object]
impl NumberQueries {
    /// Series of document numbers: those of the viewer's offices; auditors and the policy office see every office's. Staff only.
    async fn number_series(&self, ctx: &Context<'_>) -> Result<Option<Vec<NumberSeries>>> {
        let (app, viewer) = (ctx.data::<App>()?, for_staff(ctx)?);
        let found = series(app, viewer).await.map_err(|fault| fault::internal(&fault))?;
        let shown = found.into_iter().map(|found| NumberSeries {
            series: EnumOf(found.kind),
            title: found.kind.title().into(),
            office: found.office.into(),
            year: found.year,
            last: found.last,
            key: found.key,
        });
        Ok(Some(shown.collect()))
    }

    /// Every number of a series that was given, the last first: who bears it, and what is wrong with one that nobody or more than
    /// one case bears. None where the viewer may not read the series.
    async fn issued_numbers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Key of the series, as `numberSeries` shows it.")] series: String,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Option<Connection<String, IssuedNumber, EmptyFields, EmptyFields>>> {
        let (app, viewer) = (ctx.data::<App>()?, for_staff(ctx)?);
        let page = Page::of(List::Numbers, Asked { first, after, ..Asked::default() })?;
        let all = self::series(app, viewer).await.map_err(|fault| fault::internal(&fault))?;
        let Some(found) = all.into_iter().find(|one| one.key == series) else { return Ok(None) };
        let before: i64 = match page.from.as_deref() {
            Some(place) => place.parse().map_err(|_| page.junk())?,
            None => found.last + 1,
        };
        let most = i64::try_from(page.read()).unwrap_or(i64::MAX);
        let places: Vec<i64> = (1..before.min(found.last + 1)).rev().take(usize::try_from(most).unwrap_or_default()).collect();
        let (places, more) = page.cut(places);
        let numbers: Vec<String> = places.iter().map(|place| found.number(*place)).collect();
        let bearers = found.bearers(app, &numbers).await.map_err(|fault| fault::internal(&fault))?;
        let shown = places.into_iter().map(|place| (place.to_string(), found.shown(place, &bearers)));
        Ok(Some(page.connection(shown, more, EmptyFields)))
    }
}
