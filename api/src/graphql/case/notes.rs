//! What offices write to each other in a case: notes, questions and their answers. Neither its party nor the public reads any of
//! it, and of another office nobody does.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use domain::{
    ids::{AccountId, RowId},
    process::Verb,
    rows::{Case, Deadline, DeadlineStatus, NoteKind, NoteStatus, OfficeNote},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        find::broken,
        loaders::{Batch, DeadlinesKey},
        office::{self, OfficeShown},
        person::{self, PersonShown},
    },
    people::{Viewer, sealing},
    store::entities,
};

/// What an office wrote in a case: a note, or a question to another office with its answer.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "OfficeNote", complex)]
pub struct NoteShown {
    /// Whether it is a note or a question.
    pub kind: EnumOf<NoteKind>,
    /// Whether a question waits, was answered, or needs no answer any more.
    pub status: EnumOf<NoteStatus>,
    /// What was written; none where it was erased.
    pub text: Option<String>,
    /// The day on which it was written.
    pub written_on: Date,
    /// What the office that was asked says; none before it has, and where it was erased.
    pub answer: Option<String>,
    /// The day of the answer.
    pub answered_on: Option<Date>,
    /// The last day for the answer; none of a note.
    pub due_on: Option<Date>,
    /// Working days that are left for the answer after today, the last day included; less than 0 when it has passed. Only of a
    /// question that waits.
    pub working_days_left: Option<i32>,
    /// Whether the day passed without an answer.
    pub late: bool,
    /// Whether the viewer sits in the office that was asked.
    pub mine: bool,
    #[graphql(skip)]
    office: String,
    #[graphql(skip)]
    asked: Option<String>,
    #[graphql(skip)]
    author: AccountId,
    #[graphql(skip)]
    answered_by: Option<AccountId>,
}

#[ComplexObject]
impl NoteShown {
    /// The office that wrote it.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, Some(&self.office)).await
    }

    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, Some(self.author)).await
    }

    /// The office that was asked; none of a note.
    async fn asked(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, self.asked.as_deref()).await
    }

    /// Who answered.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, self.answered_by).await
    }
}

/// Whether the viewer may read this one: whoever handles the case or looks over it, the office that wrote it, the office that
/// was asked; never who acts for the subject.
fn reads(viewer: &Viewer, case: &Case, row: &OfficeNote) -> bool {
    let own = |office: &String| viewer.offices().contains(office);
    viewer.reads_internal(case) || !viewer.is_party(case) && (own(&row.office) || row.asked.as_ref().is_some_and(own))
}

/// Every note of a case, the oldest first.
async fn rows(ctx: &Context<'_>, case: &Case) -> Result<Vec<OfficeNote>> {
    use entities::office_note::{Column, Entity};
    let query = Entity::find().filter(Column::CaseId.eq(case.id.to_string())).order_by_asc(Column::WrittenOn).order_by_asc(Column::Id);
    let rows = query.all(ctx.data::<App>()?.database.keyed()).await.map_err(|fault| fault::internal(&fault.into()))?;
    rows.into_iter().map(|row| row.row().map_err(broken)).collect()
}

/// What the viewer may not read among the notes of a case: ids, which are those of their work items, and their clocks.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    notes: Vec<RowId>,
    clocks: Vec<RowId>,
    /// Ids of every question: it waits beside the case.
    beside: Vec<RowId>,
}

impl Hidden {
    /// # Errors
    /// When the database fails.
    pub async fn of(ctx: &Context<'_>, case: &Case) -> Result<Self> {
        let viewer = ctx.data::<Viewer>()?;
        let mut hidden = Self::default();
        for row in rows(ctx, case).await? {
            hidden.beside.push(row.id);
            if !reads(viewer, case, &row) {
                hidden.notes.push(row.id);
                hidden.clocks.extend(row.deadline);
            }
        }
        Ok(hidden)
    }

    /// Whether a work item may not be told of.
    pub fn item(&self, id: RowId) -> bool {
        self.notes.contains(&id)
    }

    /// Whether a deadline may not be told of.
    pub fn clock(&self, id: RowId) -> bool {
        self.clocks.contains(&id)
    }

    /// Whether a work item is a question.
    pub fn is_question(&self, id: RowId) -> bool {
        self.beside.contains(&id)
    }
}

/// Acts of a case that the viewer is not told of.
pub fn untold(viewer: &Viewer, case: &Case) -> &'static [Verb] {
    if viewer.reads_internal(case) { &[] } else { Verb::BETWEEN_OFFICES }
}

/// The notes of a case that the viewer may read, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Context<'_>, case: &Case) -> Result<Vec<NoteShown>> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let mine: Vec<_> = rows(ctx, case).await?.into_iter().filter(|row| reads(viewer, case, row)).collect();
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let clocks = ctx.data::<Batch>()?.one(DeadlinesKey(case.id)).await?.unwrap_or_default();
    let (today, rules) = (app.clock.today(), app.rules());
    let mut shown = Vec::new();
    for row in mine.into_iter().rev() {
        let clock: Option<&Deadline> = clocks.iter().find(|clock| Some(clock.id) == row.deadline);
        let due_on = clock.and_then(|clock| clock.due_on);
        let waits = row.status == NoteStatus::Asked;
        let answer = match &row.answer {
            Some(answer) => sealing::unseal(app, &answer.0).await.map_err(|fault| fault::internal(&fault))?,
            None => None,
        };
        shown.push(NoteShown {
            kind: EnumOf(row.kind),
            status: EnumOf(row.status),
            text: sealing::unseal(app, &row.words.0).await.map_err(|fault| fault::internal(&fault))?,
            written_on: row.written_on,
            answer,
            answered_on: row.answered_on,
            due_on,
            working_days_left: due_on.filter(|_| waits).map(|due| rules.law.calendars().working_days_between(today, due)),
            late: clock.is_some_and(|clock| clock.status == DeadlineStatus::Missed) || waits && due_on.is_some_and(|due| due < today),
            mine: row.asked.as_ref().is_some_and(|office| viewer.offices().contains(office)),
            office: row.office,
            asked: row.asked,
            author: row.author,
            answered_by: row.answered_by,
        });
    }
    Ok(shown)
}
