//! New law by API: a file is looked over, tried over every case, loaded.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{admin::AdminAct, record::RecordClass};
use time::Date;
use uuid::Uuid;
use workflows::{engine::Rules, law::Kind};

use crate::{
    app::App,
    graphql::{
        core::{fault, viewer::for_keepers, words::Words},
        office::{
            accounts::{AdministrationPayload, administer, payload},
            people::at,
        },
    },
    law::{
        brought::{self, Brought},
        moved::MovedDeadline,
        simulate::{Change, Figure, Sum, state_title},
    },
    work::simulations::{Found, Simulation, Simulations},
};

/// Longest name of a file, in bytes.
const LONGEST_NAME: usize = 120;

/// A file of the law: a year's calendar (JSON), a process table, a rulebook, settings, lists (TOML).
#[derive(Clone, Debug, InputObject)]
pub struct LawFileInput {
    /// The name of the file; of a rulebook it is the name that it bears in the house.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What is wrong at a place of a file.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawFileFault {
    /// Which file: the one that was brought, or one of the law in use that no longer fits.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// What is wrong, and what is allowed, in English.
    pub what: String,
}

/// A law file that was looked over. Nothing was written.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawCheck {
    /// Where it belongs among the files; none where it is of no known kind.
    pub path: Option<String>,
    /// What it holds; none where it is of no known kind.
    pub kind: Option<Words>,
    /// Why it cannot be loaded; empty of a good file.
    pub faults: Vec<LawFileFault>,
    /// What looks wrong without holding it up, in both languages.
    pub warnings: Vec<String>,
    /// Path of the file in use that it was compared with; none where there is none.
    pub against: Option<String>,
    /// What changes against that file.
    pub differences: Vec<Words>,
}

impl From<Brought> for LawCheck {
    fn from(found: Brought) -> Self {
        let faults = found.faults.into_iter();
        Self {
            kind: found.path.as_deref().and_then(Kind::of_path).map(|kind| kind.title().into()),
            path: found.path,
            faults: faults.map(|one| LawFileFault { file: one.file, line: one.line, column: one.column, what: one.what }).collect(),
            warnings: found.warnings,
            against: found.against,
            differences: found.differences.into_iter().map(|one| (one.zh, one.en).into()).collect(),
        }
    }
}

/// A figure of a record that new law would fix otherwise.
#[derive(Clone, Debug, SimpleObject)]
pub struct FigureChange {
    /// Which figure.
    pub title: Words,
    /// What it is now; none where there is none.
    pub old: Option<Words>,
    /// What it would be.
    pub new: Option<Words>,
    /// Later by so many days, where both are days.
    pub days: Option<i64>,
}

/// One thing that new law would change: a deadline, the figures of a record, or the law of a case.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawChange {
    /// Number of the case.
    pub case: String,
    /// Its subject; none where it is a natural person.
    pub subject: Option<String>,
    /// The deadline that moves; none of other changes.
    pub deadline: Option<Words>,
    /// Its day, or the state that the case leaves; none of a record.
    pub old: Option<Words>,
    /// Its new day, or the state in which the case goes on.
    pub new: Option<Words>,
    /// The deadline ends later by so many days.
    pub days: Option<i64>,
    /// Whether the new day may still change with a calendar that is not loaded.
    pub provisional: bool,
    /// What of a record would be fixed otherwise if it were fixed anew.
    pub figures: Vec<FigureChange>,
}

/// Changes of one kind, added up.
#[derive(Clone, Debug, SimpleObject)]
pub struct LawChangeSum {
    /// Which deadline or figure.
    pub title: Words,
    /// How many change.
    pub count: u64,
    /// Days that they end later, in all.
    pub days_later: i64,
    /// Days that they end earlier, in all.
    pub days_earlier: i64,
}

/// A simulation as it is shown.
#[derive(Clone, Debug)]
pub struct LawSimulation(Arc<Simulation>);

impl LawSimulation {
    fn found(&self) -> Option<&Found> {
        self.0.end().flatten()
    }
}

/// New law, tried over every open case and record. Nothing is written.
#[Object]
impl LawSimulation {
    /// By which it is asked for again. Only the server at which it was begun knows it, and only until that server ends.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where the file belongs among the files of the law.
    async fn path(&self) -> &str {
        &self.0.path
    }

    /// The day whose law counts.
    async fn as_of(&self) -> Date {
        self.0.as_of
    }

    /// When it was begun, RFC 3339 in Asia/Shanghai.
    async fn begun_at(&self) -> Result<String> {
        at(self.0.begun.0)
    }

    /// Whether it has come to its end.
    async fn ended(&self) -> bool {
        self.0.end().is_some()
    }

    /// Whether a fault of the house ended it: then it is begun anew.
    async fn broken_off(&self) -> bool {
        matches!(self.0.end(), Some(None))
    }

    /// Rows looked at so far.
    async fn looked(&self) -> u64 {
        self.0.looked()
    }

    /// Cases that were looked at; none while it runs.
    async fn cases(&self) -> Option<u64> {
        self.found().map(|found| found.totals.cases)
    }

    /// Deadlines whose day would change; none while it runs.
    async fn deadlines_moved(&self) -> Option<u64> {
        self.found().map(|found| found.totals.deadlines_moved)
    }

    /// Deadlines that keep their day and are provisional no more; none while it runs.
    async fn marks_lifted(&self) -> Option<u64> {
        self.found().map(|found| found.totals.marks_lifted)
    }

    /// Records of which a figure would be fixed otherwise; none while it runs.
    async fn records_changed(&self) -> Option<u64> {
        self.found().map(|found| found.totals.records_changed)
    }

    /// Open cases that would go over to the new law; none while it runs.
    async fn cases_moved(&self) -> Option<u64> {
        self.found().map(|found| found.totals.cases_moved)
    }

    /// All changes added up, by deadline and figure.
    async fn sums(&self, ctx: &Context<'_>) -> Result<Vec<LawChangeSum>> {
        let rules = ctx.data::<App>()?.rules();
        let all = self.found().into_iter().flat_map(|found| &found.totals.by_figure);
        Ok(all.map(|(key, sum)| summed(&rules, key, sum)).collect())
    }

    /// The first changes, two hundred at most.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<LawChange>> {
        let rules = ctx.data::<App>()?.rules();
        Ok(self.found().into_iter().flat_map(|found| &found.changes).map(|change| shown(&rules, change)).collect())
    }
}

fn summed(rules: &Rules, key: &str, sum: &Sum) -> LawChangeSum {
    let deadline =
        || rules.catalogue.all().find_map(|version| version.definition.deadline(key)).map(|one| (one.zh.clone(), one.en.clone()).into());
    let title = Figure::title(key).map(Into::into).or_else(deadline).unwrap_or_default();
    LawChangeSum { title, count: sum.count, days_later: sum.days_later, days_earlier: sum.days_earlier }
}

fn same(text: String) -> Words {
    (text.clone(), text).into()
}

fn figure(one: &Figure) -> FigureChange {
    let said = |word: &String| match (one.figure, word.as_str()) {
        ("published", "true") => ("是", "yes").into(),
        ("published", _) => ("否", "no").into(),
        ("class", word) => RecordClass::from_key(word).map_or_else(|| same(word.to_owned()), |class| class.title().into()),
        (_, day) => same(day.to_owned()),
    };
    FigureChange {
        title: Figure::title(one.figure).map(Into::into).unwrap_or_default(),
        old: one.old.as_ref().map(said),
        new: one.new.as_ref().map(said),
        days: one.days,
    }
}

fn deadline(one: &MovedDeadline) -> LawChange {
    let day = |day: Option<Date>| day.map(|day| same(day.to_string()));
    LawChange {
        case: one.case.clone(),
        subject: one.subject.clone(),
        deadline: Some((one.zh.clone(), one.en.clone()).into()),
        old: day(one.old),
        new: day(one.new),
        days: Some(one.days),
        provisional: one.provisional,
        figures: Vec::new(),
    }
}

fn shown(rules: &Rules, change: &Change) -> LawChange {
    let state = |key: &str| Some(state_title(rules, key).map_or_else(|| same(key.to_owned()), Into::into));
    let bare = |case: &str, subject: &Option<String>| LawChange {
        case: case.to_owned(),
        subject: subject.clone(),
        deadline: None,
        old: None,
        new: None,
        days: None,
        provisional: false,
        figures: Vec::new(),
    };
    match change {
        Change::Deadline(one) => deadline(one),
        Change::Record { case, subject, figures } => LawChange { figures: figures.iter().map(figure).collect(), ..bare(case, subject) },
        Change::Case { case, subject, old_state, new_state, .. } => {
            LawChange { old: state(old_state), new: state(new_state), ..bare(case, subject) }
        }
    }
}

/// Refuses what cannot be the name of a file.
fn named(file: &LawFileInput) -> Result<()> {
    let good = (1..=LONGEST_NAME).contains(&file.name.len())
        && file.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if good {
        return Ok(());
    }
    let words = ("文件名只用字母、数字、点、横线和下划线", "A file's name has letters, digits, dots, hyphens and underscores alone");
    Err(fault::bad_input("file.name", words))
}

/// Queries about new law.
#[derive(Debug, Default)]
pub struct LawChangeQueries;

#[Object]
impl LawChangeQueries {
    /// Looks a file over with all other law: what is wrong with it, what it changes; for administrators, auditors and the
    /// policy office.
    async fn law_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file that is brought.")] file: LawFileInput,
    ) -> Result<Option<LawCheck>> {
        let app = ctx.data::<App>()?;
        for_keepers(ctx)?;
        named(&file)?;
        let rules = app.rules();
        let look = move || brought::look(&rules, &file.name, &file.text);
        let found = tokio::task::spawn_blocking(look).await.map_err(|fault| fault::internal(&crate::store::StoreFault::broken(fault)))?;
        Ok(Some(found.into()))
    }

    /// A simulation that the viewer began; none where this server does not know it.
    async fn law_simulation(&self, ctx: &Context<'_>, id: ID) -> Result<Option<LawSimulation>> {
        let account = for_keepers(ctx)?.account.ok_or_else(fault::unauthenticated)?;
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        Ok(ctx.data::<Arc<Simulations>>()?.of(account, id).map(LawSimulation))
    }
}

/// Acts with new law.
#[derive(Debug, Default)]
pub struct LawChangeMutations;

#[Object]
impl LawChangeMutations {
    /// Begins to try a file over every open case and record, as if it held on a day; for administrators, auditors and the policy
    /// office. It writes nothing; lawSimulation tells how far it is.
    async fn simulate_law(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file that is brought.")] file: LawFileInput,
        #[graphql(desc = "The day whose law counts.")] as_of: Date,
    ) -> Result<LawSimulation> {
        let app = ctx.data::<App>()?;
        let account = for_keepers(ctx)?.account.ok_or_else(fault::unauthenticated)?;
        named(&file)?;
        let (rules, given) = (app.rules(), vec![(file.name, file.text)]);
        let over = tokio::task::spawn_blocking(move || rules.over(&given)).await;
        let over = over.map_err(|fault| fault::internal(&crate::store::StoreFault::broken(fault)))?;
        let faulty = || fault::bad_input("file.text", ("文件有误，请先核对", "The file is faulty; lawCheck says where"));
        let (new, paths) = over.map_err(|_| faulty())?;
        let path = paths.into_iter().next().ok_or_else(faulty)?;
        let begun = ctx.data::<Arc<Simulations>>()?.begin(app, account, new, path, as_of);
        let busy = || fault::coded("UNAVAILABLE", ("正在进行的试算过多，请稍后再试", "Too many simulations run; try again later"));
        begun.map(LawSimulation).ok_or_else(busy)
    }

    /// Loads a file of the law, by an administrator: it holds from now on, or from the day that it names. Deadlines are counted again
    /// where a calendar changes them, and open cases go over where the file says so.
    async fn load_law(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file that is brought.")] file: LawFileInput,
    ) -> Result<AdministrationPayload> {
        named(&file)?;
        // A file of no known kind is refused by the engine, at its place.
        let path = workflows::law::path_of(&file.name, &file.text).unwrap_or_else(|_| file.name.clone());
        Ok(payload(administer(ctx, AdminAct::LoadLaw { path, text: file.text }, Vec::new()).await?, None))
    }
}
