//! The law as it is loaded: its files with their digests, the calendars and how far they reach.

use async_graphql::{Context, Object, Result, SimpleObject};
use sea_orm::EntityTrait;
use time::Date;
use workflows::law::{Kind, sha256};

use crate::{
    app::App,
    graphql::core::{fault, viewer::for_keepers, words::Words},
    store::entities,
};

/// The working days of a year, as they were read.
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarYear {
    /// Which year it is of, such as 2026.
    pub year: i32,
    /// SHA-256 of its file; deadlines name it where they counted with it.
    pub digest: String,
    /// Notices of the State Council from which its days come, as links.
    pub notices: Vec<String>,
    /// What looks wrong in it without being against the Holiday Measures; empty where nothing does.
    pub doubts: Vec<String>,
}

/// The calendars by which working days are counted.
#[derive(Clone, Debug, SimpleObject)]
pub struct Calendars {
    /// Every loaded year, the earliest first.
    pub years: Vec<CalendarYear>,
    /// The last day that no notice yet to come is expected to change; a deadline past it is provisional.
    pub horizon: Date,
}

/// A text file with rules as data: a table of a process, a calendar, sources.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "LawFile")]
pub struct LawFileShown {
    /// Where it stands among the files, such as `calendar/2026.json`.
    pub path: String,
    /// What it holds.
    pub kind: Words,
    /// SHA-256 of its text.
    pub digest: String,
    /// The day on which it was loaded while the house ran; none of a file that came with the program.
    pub since: Option<Date>,
}

/// Queries about the law that is loaded.
#[derive(Debug, Default)]
pub struct LawQueries;

#[Object]
impl LawQueries {
    /// The years whose working days are known, from which notices, and how far deadlines are certain; for everybody.
    async fn calendars(&self, ctx: &Context<'_>) -> Result<Calendars> {
        let rules = ctx.data::<App>()?.rules();
        let calendars = rules.law.calendars();
        let years = calendars.digests().iter().map(|(year, digest)| CalendarYear {
            year: *year,
            digest: digest.to_string(),
            notices: calendars.papers(*year).to_vec(),
            doubts: rules.files().get(&format!("calendar/{year}.json")).map(|text| rules.law.calendar_warnings(text)).unwrap_or_default(),
        });
        Ok(Calendars { years: years.collect(), horizon: calendars.horizon() })
    }

    /// Every file of the law that is in use, with its digest and since when; for administrators, auditors and the policy
    /// office.
    async fn law_files(&self, ctx: &Context<'_>) -> Result<Option<Vec<LawFileShown>>> {
        let app = ctx.data::<App>()?;
        for_keepers(ctx)?;
        let rows = entities::law_file::Entity::find().all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
        let since = |path: &str| rows.iter().find(|row| row.id == path).and_then(|row| domain::day::parse(&row.loaded_on));
        let rules = app.rules();
        let shown = |(path, text): (&str, &str)| LawFileShown {
            path: path.to_owned(),
            kind: Kind::of_path(path).map(|kind| kind.title().into()).unwrap_or_default(),
            digest: sha256(text),
            since: since(path),
        };
        Ok(Some(rules.files().iter().map(shown).collect()))
    }
}
