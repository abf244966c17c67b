//! Publicity: articles, cases, exposures and pieces of the bureau's column.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    command::Opening,
    identifier::{resident_id::ResidentId, uscc::Uscc},
    ids::CaseId,
    paper::DocumentKind,
    process::{Form, Process, Verb},
    publicity::{AppearanceForm, ColumnPart, PublicityChannel, PublicityForm, PublicityKind, PublicityTheme},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        case::written,
        core::{
            act,
            enums::EnumOf,
            fault, find,
            input::{DocumentInput, Intake, web_address},
        },
    },
};

pub use acts::{PublicityItemActs, TOLD};

/// Number of a case that the viewer may see; none where it rests on none.
async fn number(ctx: &Context<'_>, id: Option<CaseId>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(find::case(ctx, id).await?.map(|case| case.number))
}

crate::case_object! {
    /// A piece of publicity: an article, a case, an exposure, or a piece of the bureau's column.
    PublicityItem, PublicityItem, {
        /// What kind of piece it is.
        async fn kind(&self) -> Option<EnumOf<PublicityKind>> {
            self.0.data.0.publicity().map(|data| EnumOf(data.form.kind))
        }

        /// What it is about.
        async fn theme(&self) -> Option<EnumOf<PublicityTheme>> {
            self.0.data.0.publicity().map(|data| EnumOf(data.form.theme))
        }

        /// Where it appears.
        async fn channel(&self) -> Option<EnumOf<PublicityChannel>> {
            self.0.data.0.publicity().map(|data| EnumOf(data.form.channel))
        }

        /// The part of the column that it belongs to; none of other kinds.
        async fn part(&self) -> Option<EnumOf<ColumnPart>> {
            self.0.data.0.publicity().and_then(|data| data.form.part).map(EnumOf)
        }

        /// What it is called.
        async fn title(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.publicity().map(|data| &data.form.title)).await
        }

        /// What it says.
        async fn text(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.publicity().map(|data| &data.form.text)).await
        }

        /// Whether a human being is named in it.
        async fn names_person(&self) -> Option<bool> {
            self.0.data.0.publicity().map(|data| data.form.names_person)
        }

        /// Code of the organisation that it praises.
        async fn praised(&self) -> Option<&str> {
            self.0.data.0.publicity().and_then(|data| data.form.praised.as_deref())
        }

        /// Of praise: whether the praised agrees to be named.
        async fn willing(&self) -> Option<bool> {
            self.0.data.0.publicity().and_then(|data| data.form.willing)
        }

        /// Number of the record that it rests on; none where it rests on none.
        async fn record_number(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            number(ctx, self.0.record).await
        }

        /// Number of the campaign in the ledger that it is about.
        async fn campaign_number(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            number(ctx, self.0.parent).await
        }

        /// The day on which it was sent elsewhere; none of what appears here.
        async fn sent_on(&self) -> Option<time::Date> {
            self.0.data.0.publicity().and_then(|data| data.sent_on)
        }

        /// The day on which it appeared; none before.
        async fn appeared_on(&self) -> Option<time::Date> {
            self.0.data.0.publicity().and_then(|data| Some(data.appeared.as_ref()?.on))
        }

        /// Where it can be read on the web.
        async fn address(&self) -> Option<&str> {
            self.0.data.0.publicity().and_then(|data| Some(data.appeared.as_ref()?.address.as_str()))
        }

        /// Whether it stood on the front page.
        async fn front_page(&self) -> Option<bool> {
            self.0.data.0.publicity().and_then(|data| Some(data.appeared.as_ref()?.front_page))
        }
    }
}

/// What is to appear.
#[derive(Clone, Debug, InputObject)]
pub struct PublicityInput {
    /// What kind of piece it is.
    pub kind: EnumOf<PublicityKind>,
    /// What it is about.
    pub theme: EnumOf<PublicityTheme>,
    /// Where it appears.
    pub channel: EnumOf<PublicityChannel>,
    /// Of a piece of the column: which of its eight parts.
    pub part: Option<EnumOf<ColumnPart>>,
    /// What it is called. Shown to the public, so that it holds no identity number.
    pub title: String,
    /// What it says. Shown to the public, so that it holds no identity number.
    pub text: String,
    /// Whether a human being is named: then handing it in needs the own consent.
    pub names_person: bool,
    /// Unified social credit code of the organisation that is praised.
    pub praised: Option<String>,
    /// Of praise: whether the praised agrees to be named.
    pub willing: Option<bool>,
}

/// Where and when a piece appeared.
#[derive(Clone, Debug, InputObject)]
pub struct AppearanceInput {
    /// The day on which it appeared.
    pub appeared_on: Date,
    /// Where it can be read on the web: https or http.
    pub address: String,
    /// Whether it stood on the front page.
    pub front_page: bool,
}

/// Input of openPublicityItem.
#[derive(Debug, InputObject)]
pub struct OpenPublicityItemInput {
    /// The caller's office.
    pub office: String,
    /// What is to appear.
    pub publicity: PublicityInput,
    /// Number of the record that an exposure or a case of punishment rests on.
    pub record_number: Option<String>,
    /// Number of the campaign in the ledger that it is about.
    pub campaign_number: Option<String>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of amendPublicityItem.
#[derive(Debug, InputObject)]
pub struct AmendPublicityItemInput {
    /// Global id of the draft.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// The piece as it should read.
    pub publicity: PublicityInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of publishPublicityItem.
#[derive(Debug, InputObject)]
pub struct PublishPublicityItemInput {
    /// Global id of the piece.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// Where it stands.
    pub appearance: AppearanceInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of recordPublicityAppearance.
#[derive(Debug, InputObject)]
pub struct RecordPublicityAppearanceInput {
    /// Global id of the piece.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// Where it appeared.
    pub appearance: AppearanceInput,
    /// 网页截图: what the page showed; the id of an upload.
    pub screenshot: Option<DocumentInput>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

crate::case_payload!(PublicityItemPayload, PublicityItem, publicity_item);

/// A text that the public reads: sealed as every text, and without an identity number.
fn public(app: &App, intake: &mut Intake, field: &str, text: &str) -> Result<domain::personal::Sealed> {
    let path = format!("input.publicity.{field}");
    if ResidentId::stands_in(text, app.clock.today()) {
        let words = ("这段文字将向公众公示，不得写入居民身份证号码", "this text is shown to the public: it must hold no identity number");
        return Err(fault::bad_coded(&path, "PERSONAL_NUMBER", words));
    }
    intake.seal(app, &path, text)
}

fn take(app: &App, intake: &mut Intake, input: PublicityInput) -> Result<Form> {
    intake.trace.push_str(&format!("{input:?}"));
    let praised = input.praised.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
    let wrong = || fault::bad_input("input.publicity.praised", ("不是有效的统一社会信用代码", "It is no valid unified social credit code"));
    let praised = praised.map(|code| Uscc::parse(&code).map(|code| code.to_string()).map_err(|_| wrong())).transpose()?;
    let form = PublicityForm {
        kind: input.kind.0,
        theme: input.theme.0,
        channel: input.channel.0,
        part: input.part.map(|part| part.0),
        title: public(app, intake, "title", &input.title)?,
        text: public(app, intake, "text", &input.text)?,
        names_person: input.names_person,
        praised,
        willing: input.willing,
    };
    Ok(form.into())
}

fn appearance(intake: &mut Intake, input: AppearanceInput) -> Result<Form> {
    intake.trace.push_str(&format!("{input:?}"));
    let field = "input.appearance.address";
    let missing = || fault::bad_input(field, ("不能为空", "It must not be empty"));
    let address = web_address(field, Some(input.address))?.ok_or_else(missing)?;
    Ok(AppearanceForm { on: input.appeared_on, address, front_page: input.front_page }.into())
}

/// A case of a process by its number, as far as the viewer may see it.
async fn named(ctx: &Context<'_>, field: &str, number: Option<String>, process: Process) -> Result<Option<CaseId>> {
    let Some(number) = number.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty()) else { return Ok(None) };
    let found = find::numbered(ctx, &number).await?.filter(|case| case.process == process);
    let wrong = || fault::bad_input(field, ("没有此编号的案件", "There is no such case that you may see"));
    found.map(|case| Some(case.id)).ok_or_else(wrong)
}

/// Beginning, changing, publishing, noting the appearance.
#[derive(Debug, Default)]
pub struct PublicityItemForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl PublicityItemForms {
    /// Begins a piece of publicity.
    async fn open_publicity_item(&self, ctx: &Context<'_>, input: OpenPublicityItemInput) -> Result<PublicityItemPayload> {
        let record = named(ctx, "input.recordNumber", input.record_number, Process::PublicationRecord).await?;
        let parent = named(ctx, "input.campaignNumber", input.campaign_number, Process::LedgerEntry).await?;
        let mut intake = Intake::default();
        intake.trace.push_str(&format!("{record:?}{parent:?}"));
        intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input.publicity)?);
        let opening = Opening { record, parent, ..Opening::of(Process::PublicityItem, Some(input.office)) };
        PublicityItemPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes a draft.
    async fn amend_publicity_item(&self, ctx: &Context<'_>, input: AmendPublicityItemInput) -> Result<PublicityItemPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input.publicity)?);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Amend, intake).await?;
        PublicityItemPayload::of(ctx, done).await
    }

    /// Publishes a piece on the bureau's own pages.
    async fn publish_publicity_item(&self, ctx: &Context<'_>, input: PublishPublicityItemInput) -> Result<PublicityItemPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(appearance(&mut intake, input.appearance)?);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Publish, intake).await?;
        PublicityItemPayload::of(ctx, done).await
    }

    /// Notes that a piece has appeared elsewhere.
    async fn record_publicity_appearance(&self, ctx: &Context<'_>, input: RecordPublicityAppearanceInput) -> Result<PublicityItemPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(appearance(&mut intake, input.appearance)?);
        intake.may_add(DocumentKind::Screenshot, input.screenshot);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::RecordAppearance, intake).await?;
        PublicityItemPayload::of(ctx, done).await
    }
}
