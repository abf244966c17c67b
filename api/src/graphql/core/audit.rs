//! Entries of the trail.

use std::borrow::Cow;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::{
    command::{Actor, Arguments},
    entry::{Entry, EntryLine},
    ids::CaseId,
    merkle::leaf_hash,
    office::Addressee,
    paper::ReasonWord,
    process::{Process, Verb},
    refusal::{Reason, Refusal},
    rows::{Case, Table},
};
use time::Date;
use workflows::definition::words::Effect;

use crate::{
    app::App,
    graphql::core::{
        document::{self, DocumentShown},
        enums::EnumOf,
        fault, find,
        given::{self, Given},
        node,
        office::{self, OfficeShown},
        person::{self, PersonShown},
        shown::{Citation, RefusalShown},
        words::Words,
    },
    people::{Viewer, sealing},
    store::{StoreFault, trail},
    work::proofs,
};

/// A proof that an entry stands in the signed tree.
#[derive(Clone, Debug, SimpleObject)]
pub struct InclusionProof {
    /// Text of the file (C2SP tlog-proof), with the checkpoint in it.
    pub file: String,
    /// The key that the checkpoint is checked with. Take it from the log itself when it matters, not from here.
    pub verifier_key: String,
}

/// An entry of the audit trail. A subject sees the office that acted, not the officer.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    line: EntryLine,
    /// None where only its line was read.
    whole: Option<Box<Entry>>,
}

impl AuditEntry {
    /// Fields that a line does not hold.
    pub const WHOLE: [&str; 13] = [
        "leaf",
        "simulated",
        "byOperator",
        "actingFor",
        "actingForSubject",
        "authority",
        "articles",
        "bytes",
        "reason",
        "reasonCode",
        "documents",
        "given",
        "refusal",
    ];

    pub fn of(entry: Entry) -> Self {
        Self { line: EntryLine::from(&entry), whole: Some(Box::new(entry)) }
    }

    /// # Errors
    /// When the database fails.
    pub async fn read(app: &App, index: u64) -> Result<Option<Self>> {
        let found = trail::entry(&app.database, index).await.map_err(|fault| fault::internal(&fault))?;
        Ok(found.map(|(entry, _)| Self::of(entry)))
    }

    /// Entries of a case; only their lines unless `whole`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_case(app: &App, case: CaseId, part: trail::Part, whole: bool) -> Result<Vec<Self>> {
        let internal = |fault: StoreFault| fault::internal(&fault);
        if whole {
            let entries = trail::of_case(&app.database, case, part).await.map_err(internal)?;
            return Ok(entries.into_iter().map(Self::of).collect());
        }
        let lines = trail::lines_of_case(&app.database, case, part).await.map_err(internal)?;
        Ok(lines.into_iter().map(Self::of_line).collect())
    }

    /// An entry of which only its line was read.
    pub fn of_line(line: EntryLine) -> Self {
        Self { line, whole: None }
    }

    pub fn line(&self) -> &EntryLine {
        &self.line
    }

    /// The refusal that the entry records, if any.
    pub fn refusal(&self) -> Option<RefusalShown> {
        let reasons = self.whole.as_ref()?.outcome.get("refused")?.get("reasons")?.clone();
        let reasons: Vec<Reason> = serde_json::from_value(reasons).ok()?;
        Some(RefusalShown(Refusal { reasons }))
    }

    /// What was brought with the act, with its case, as far as the viewer may read it: the offices everything, everybody
    /// else what they wrote themselves and what an act said that decides on the party or is told to it.
    async fn brought(&self, ctx: &Context<'_>) -> Result<Option<(Arguments, Case)>> {
        let viewer = ctx.data::<Viewer>()?;
        let entry = self.whole(ctx).await?;
        let Some(id) = entry.case.filter(|_| viewer.account.is_some()) else { return Ok(None) };
        let Some(case) = find::case(ctx, id).await? else { return Ok(None) };
        let own = entry.actor == viewer.account || viewer.is_party(&case) && entry.for_subject == case.subject;
        let open = own || viewer.reads_internal(&case) || told(ctx.data::<App>()?, &entry);
        let arguments = serde_json::from_value(entry.input["arguments"].clone()).ok();
        Ok(arguments.filter(|_| open).map(|arguments| (arguments, case)))
    }

    async fn whole(&self, ctx: &Context<'_>) -> Result<Cow<'_, Entry>> {
        if let Some(entry) = &self.whole {
            return Ok(Cow::Borrowed(entry));
        }
        let found = trail::entry(&ctx.data::<App>()?.database, self.line.index).await.map_err(|fault| fault::internal(&fault))?;
        found.map(|(entry, _)| Cow::Owned(entry)).ok_or_else(fault::not_found)
    }
}

/// Whether an act decides on the party, or a letter tells the party of it.
fn told(app: &App, entry: &Entry) -> bool {
    let process = entry.process.as_deref().and_then(Process::from_key);
    let (Some(process), Some((_, digest)), Some(verb)) = (process, &entry.definition, Verb::from_key(&entry.verb)) else { return false };
    let Some(version) = app.rules().catalogue.pinned(process, digest) else { return false };
    let tells = |effect: &Effect| matches!(effect, Effect::Notify(notify) if matches!(notify.to, Addressee::Party | Addressee::Requester));
    version.definition.rows_of(verb).any(|row| row.decides || row.effects.iter().any(tells))
}

/// An entry of the trail: one act, or the refusal of one, sealed into the signed tree and never changed.
#[Object]
impl AuditEntry {
    /// Number of the entry: its position in the tree.
    async fn number(&self) -> String {
        self.line.index.to_string()
    }

    /// Word of the act: a `Verb` of a case, or the word of an act of the house.
    async fn verb(&self) -> &str {
        &self.line.verb
    }

    /// What the act is called.
    async fn title(&self, ctx: &Context<'_>) -> Result<Words> {
        Ok(ctx.data::<App>()?.rules().catalogue.entry_title(self.line.process.as_deref(), &self.line.verb).into())
    }

    /// Whether the act was done; false of a refusal.
    async fn accepted(&self) -> bool {
        self.line.accepted
    }

    /// Whether it is about what offices write to each other in a case: its party is not told of it, and it is not printed.
    async fn between_offices(&self) -> bool {
        Verb::from_key(&self.line.verb).is_some_and(Verb::is_between_offices)
    }

    /// The legal day of the act.
    async fn effective_on(&self) -> Date {
        self.line.effective_on
    }

    /// When it was recorded, RFC 3339 in Asia/Shanghai.
    async fn recorded_at(&self) -> Result<String> {
        Ok(self.line.recorded_at.shanghai().format(&time::format_description::well_known::Rfc3339)?)
    }

    /// Written on a demo clock.
    async fn simulated(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.whole(ctx).await?.simulated)
    }

    /// Done by the operator at the command line, who answers for it alone.
    async fn by_operator(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.whole(ctx).await?.input["actor"] == Actor::Operator.word())
    }

    /// The office for which somebody acted; none of the party's own acts and of the house's.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, self.line.office.as_deref()).await
    }

    /// Who acted; only for staff. None where the house acted by itself or by its operator.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, self.line.actor).await
    }

    /// Who the actor stood in for as a deputy; only for staff.
    async fn acting_for(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        let principal = self.whole(ctx).await?.acting_for;
        person::read(ctx, principal).await
    }

    /// The subject that the actor spoke for.
    async fn acting_for_subject(&self, ctx: &Context<'_>) -> Result<Option<ID>> {
        Ok(self.whole(ctx).await?.for_subject.map(|subject| node::global("Subject", &subject.to_string())))
    }

    /// The binding with which the actor's authority to speak for the subject is kept.
    async fn authority(&self, ctx: &Context<'_>) -> Result<Option<ID>> {
        Ok(self.whole(ctx).await?.authority.map(|case| node::global("Case", &case.to_string())))
    }

    /// Version of the case after the act; none of an act about no case.
    async fn version(&self) -> Option<i64> {
        self.line.version
    }

    /// Number of the entry that caused this one.
    async fn cause(&self) -> Option<String> {
        self.line.cause.map(|cause| cause.to_string())
    }

    /// The articles that the act rests on; empty where it is a rule of the house.
    async fn articles(&self, ctx: &Context<'_>) -> Result<Vec<Citation>> {
        let app = ctx.data::<App>()?;
        Ok(self.whole(ctx).await?.cites.iter().map(|key| Citation::of(&app.rules(), key)).collect())
    }

    /// Global id of the case that it is about; none of an act of the house.
    async fn case(&self) -> Option<ID> {
        self.line.case.map(|case| node::global("Case", &case.to_string()))
    }

    /// The hash under which it stands in the tree (RFC 6962 leaf hash of `bytes`), as hexadecimal digits.
    async fn leaf(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let bytes = self.whole(ctx).await?.to_bytes().ok();
        Ok(bytes.map(|bytes| leaf_hash(&bytes).to_string()))
    }

    /// The proof that it stands in the signed tree, as `xinxiu audit prove` writes it; none before a checkpoint was signed
    /// over it. Who checks it needs `bytes` and the log's public key.
    async fn proof(&self, ctx: &Context<'_>) -> Result<Option<InclusionProof>> {
        let found = proofs::prove_signed(ctx.data::<App>()?, self.line.index).await.map_err(|fault| fault::internal(&fault))?;
        Ok(found.map(|proof| InclusionProof { file: proof.file, verifier_key: proof.verifier_key }))
    }

    /// Why it was refused, reason by reason; none of an act that was done.
    #[graphql(name = "refusal")]
    async fn why_refused(&self, ctx: &Context<'_>) -> Result<Option<RefusalShown>> {
        if self.line.accepted {
            return Ok(None);
        }
        let entry = self.whole(ctx).await?.into_owned();
        Ok(Self::of(entry).refusal())
    }

    /// The reasons in words that were given with the act; none where none were given, where they were erased, and for a party
    /// where the act neither decides on it nor is told to it.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(reason) = self.brought(ctx).await?.and_then(|(arguments, _)| arguments.reason) else { return Ok(None) };
        sealing::unseal(ctx.data::<App>()?, &reason).await.map_err(|fault| fault::internal(&fault))
    }

    /// The reason as a word of the closed set; read by whoever reads `reason`.
    async fn reason_code(&self, ctx: &Context<'_>) -> Result<Option<EnumOf<ReasonWord>>> {
        Ok(self.brought(ctx).await?.and_then(|(arguments, _)| arguments.reason_code).map(EnumOf))
    }

    /// Documents that the act attached, as far as the viewer may read them.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<DocumentShown>> {
        let Some((_, case)) = self.brought(ctx).await? else { return Ok(Vec::new()) };
        let entry = self.whole(ctx).await?;
        let added = |shown: &DocumentShown| {
            let keys = entry.changes.iter().filter(|change| change["table"] == Table::Document.name());
            keys.filter_map(|change| change["key"].as_str()).any(|key| shown.path.ends_with(key))
        };
        Ok(document::of_case(ctx, &case).await?.into_iter().filter(added).collect())
    }

    /// Days, choices and points that were given with the act; none for whoever may not read its reason.
    async fn given(&self, ctx: &Context<'_>) -> Result<Option<Given>> {
        match self.brought(ctx).await? {
            Some((arguments, _)) => given::of(ctx.data::<App>()?, &arguments).await.map(Some),
            None => Ok(None),
        }
    }

    /// The exact bytes that are hashed; only for staff.
    async fn bytes(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let staff = ctx.data::<Viewer>()?.is_staff();
        let bytes = self.whole(ctx).await?.to_bytes().ok().filter(|_| staff);
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    }
}
