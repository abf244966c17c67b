//! One act on many cases: each is decided alone, with its own key, entry and answer, in the order in which they were given.

use std::collections::BTreeSet;

use async_graphql::{Context, Error, ID, InputObject, SimpleObject, Value};
use domain::{
    command::Target,
    ids::{AccountId, CaseId},
    process::Verb,
};
use futures_util::future::join_all;
use uuid::Uuid;

use crate::{
    app::App,
    door::{Answer, DoorFault},
    graphql::core::{
        act::{Done, Submission, done},
        fault,
        input::Intake,
        loaders::{Batch, CaseKey},
        node,
        words::Words,
    },
    people::Viewer,
    receipts,
};

/// The setting that bounds how many cases one request may act on.
const MOST: &str = "bulk_acts_most";

/// One case of many on which the same act is done.
#[derive(Clone, Debug, InputObject)]
pub struct BulkItem {
    /// Global id of the case.
    pub id: ID,
    /// The version that the caller has read; another one gives the fault CONFLICT of this item alone.
    pub expected_version: Option<i64>,
    /// Of this item alone: a repeat with the same key returns its first answer.
    pub idempotency_key: Uuid,
}

/// Why one item of many got no lawful answer; the others stand for themselves.
#[derive(Clone, Debug, SimpleObject)]
pub struct BulkFault {
    /// The code that the same act alone would give: `NOT_FOUND`, `CONFLICT`, `BAD_USER_INPUT`, `UNAVAILABLE`, `INTERNAL_SERVER_ERROR`.
    pub code: String,
    /// The cause, and what to do.
    pub words: Words,
    /// The input field that is wrong, where one is.
    pub field: Option<String>,
    /// The version at which the case is, where another one was expected.
    pub current_version: Option<i64>,
}

impl BulkFault {
    fn of(fault: &Error) -> Self {
        let said = |name: &str| fault.extensions.as_ref().and_then(|extensions| extensions.get(name));
        let text = |name: &str| match said(name) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        let current_version = match said("currentVersion") {
            Some(Value::Number(number)) => number.as_i64(),
            _ => None,
        };
        let part = |name: &str| match said("words") {
            Some(Value::Object(words)) => {
                words.get(name).and_then(|text| if let Value::String(text) = text { Some(text.clone()) } else { None })
            }
            _ => None,
        };
        // A fault without words of its own was not made for people.
        let words = part("zh").zip(part("en")).map_or_else(|| ("系统错误", "Internal error").into(), Words::from);
        let code = text("code").unwrap_or_else(|| "INTERNAL_SERVER_ERROR".to_owned());
        Self { code, words, field: text("field"), current_version }
    }
}

/// The answer to one item: what was done or lawfully refused, or why there is no answer.
#[derive(Debug)]
pub struct Answered {
    pub id: ID,
    pub key: Uuid,
    pub done: Result<Done, BulkFault>,
}

/// Hands the same act on many cases to the door, all at once so that it writes them together.
///
/// # Errors
/// Where nobody is signed in, or where the list is empty or longer than the house allows; everything else is the item's own.
pub async fn on_cases(ctx: &Context<'_>, items: Vec<BulkItem>, verb: Verb, intake: Intake) -> Result<Vec<Answered>, Error> {
    let (app, viewer, batch) = (ctx.data::<App>()?, ctx.data::<Viewer>()?, ctx.data::<Batch>()?);
    let account = viewer.account.ok_or_else(fault::unauthenticated)?;
    bounded(app, items.len()).await?;
    let cases: Vec<Option<CaseId>> = items.iter().map(|item| node::case_id(&item.id)).collect();
    batch.forget();
    let seen = batch.many(cases.iter().flatten().copied().map(CaseKey)).await?;
    if app.rules().catalogue.hands_over(verb) {
        let offices: BTreeSet<_> = seen.values().map(|case| case.office.clone()).collect();
        for office in offices {
            receipts::ready(app, &office).await.map_err(|fault| fault::internal(&fault))?;
        }
    }
    let one = |(item, case): (BulkItem, Option<CaseId>)| {
        let (intake, visible) = (intake.clone(), case.is_some_and(|id| seen.contains_key(&CaseKey(id))));
        async move {
            let answer = match case {
                Some(case) => submitted(app, viewer, account, case, visible, &item, verb, intake).await,
                None => Err(fault::not_found()),
            };
            (item, answer)
        }
    };
    let answers = join_all(items.into_iter().zip(cases).map(one)).await;
    told(ctx, answers).await
}

async fn bounded(app: &App, count: usize) -> Result<(), Error> {
    let most = app.setting_number(MOST).await.map_err(|fault| fault::internal(&fault))?;
    if count > 0 && u32::try_from(count).is_ok_and(|count| count <= most) {
        return Ok(());
    }
    let words = (format!("一次须办理一件至{most}件"), format!("One request acts on at least one case and at most {most}"));
    Err(fault::bad_input("input.items", words))
}

/// What the same act alone would get; a stranger to a case is told that there is none, whatever is wrong.
#[expect(clippy::too_many_arguments, reason = "one act in its parts, borrowed from the list")]
async fn submitted(
    app: &App,
    viewer: &Viewer,
    account: AccountId,
    case: CaseId,
    visible: bool,
    item: &BulkItem,
    verb: Verb,
    mut intake: Intake,
) -> Result<Answer, Error> {
    if let Err(wrong) = intake.finish(app, viewer).await {
        return Err(if visible { wrong } else { fault::not_found() });
    }
    let submission = Submission::of(app, account, Target::Case(case), vec![verb], item.expected_version, item.idempotency_key, intake);
    match submission.submit(app, visible).await {
        Ok(Answer::Refused { .. }) | Err(DoorFault::Conflict { .. }) if !visible => Err(fault::not_found()),
        Ok(answer) => Ok(answer),
        Err(fault) => Err(fault::door(fault)),
    }
}

/// Reads what the door wrote. Every `done` forgets what was read before it, so that the cases are kept after the last one.
async fn told(ctx: &Context<'_>, answers: Vec<(BulkItem, Result<Answer, Error>)>) -> Result<Vec<Answered>, Error> {
    let (mut told, mut rows) = (Vec::with_capacity(answers.len()), Vec::new());
    for (item, answer) in answers {
        if let Ok(Answer::Accepted(accepted)) = &answer {
            rows.extend(accepted.row.as_deref().cloned());
        }
        let done = match answer {
            Ok(answer) => done(ctx, answer).await.map_err(|fault| BulkFault::of(&fault)),
            Err(fault) => Err(BulkFault::of(&fault)),
        };
        told.push(Answered { id: item.id, key: item.idempotency_key, done });
    }
    let batch = ctx.data::<Batch>()?;
    for row in rows {
        batch.keep(row).await;
    }
    Ok(told)
}

/// The answer to an act on many cases: one result an item.
#[macro_export]
macro_rules! bulk_payload {
    ($input:ident, $payload:ident, $result:ident, $case:ident, $case_field:ident, { $( $(#[$told:meta])* $field:ident : $ty:ty ),* }) => {
        /// Input of the mutation of the same name: the cases, and what the act brings to each of them.
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $input {
            /// The cases, each with a key of its own; at most as many as the setting `bulk_acts_most` says.
            pub items: Vec<$crate::graphql::core::bulk::BulkItem>,
            $($(#[$told])* pub $field: $ty,)*
        }

        /// One result an item, in the order of the input.
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $payload {
            /// As many as there were items; one that is refused or wrong holds up none of the others.
            pub results: Vec<$result>,
        }

        /// What became of one item: the case after the act with its entry, the refusal, or the fault.
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $result {
            /// Global id of the case, as the item named it.
            pub id: async_graphql::ID,
            /// The key that the item gave.
            pub idempotency_key: uuid::Uuid,
            /// The case as the act left it, for those who may see it.
            pub $case_field: Option<$case>,
            /// The entry of the act or of its refusal in the trail.
            pub entry: Option<$crate::graphql::core::audit::AuditEntry>,
            /// The lawful no; then nothing has changed in this case.
            pub refusal: Option<$crate::graphql::core::shown::RefusalShown>,
            /// Why there is no lawful answer.
            pub fault: Option<$crate::graphql::core::bulk::BulkFault>,
        }

        impl $payload {
            async fn of(
                ctx: &async_graphql::Context<'_>,
                answered: Vec<$crate::graphql::core::bulk::Answered>,
            ) -> async_graphql::Result<Self> {
                use $crate::graphql::core::loaders::{Batch, CaseKey};
                let touched: Vec<_> = answered.iter().filter_map(|one| one.done.as_ref().ok()?.case.map(CaseKey)).collect();
                // Those that an act has just left are kept; the others are one read.
                ctx.data::<Batch>()?.many(touched).await?;
                let mut results = Vec::with_capacity(answered.len());
                for one in answered {
                    let (id, idempotency_key) = (one.id, one.key);
                    results.push(match one.done {
                        Ok(done) => $result {
                            id,
                            idempotency_key,
                            $case_field: $case::read(ctx, done.case).await?,
                            entry: done.entry,
                            refusal: done.refusal,
                            fault: None,
                        },
                        Err(fault) => {
                            $result { id, idempotency_key, $case_field: None, entry: None, refusal: None, fault: Some(fault) }
                        }
                    });
                }
                Ok(Self { results })
            }
        }
    };
}
