//! Statements that nothing is published about somebody: for those who act for it, and at the counter.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    identifier::{ResidentId, Uscc},
    ids::SubjectId,
    name::is_safe_line,
    office::Rank,
    published::KeyOf,
    record::SubjectKind,
    refusal::{Reason, ReasonCode},
};

use crate::{
    app::App,
    graphql::{
        case::subject,
        core::{fault, node, shown::RefusalShown, viewer::signed_in},
    },
    people::Viewer,
    proofs::absence::Of,
    work::absence::{self, Statement, Unsaid},
};

/// Most former names of one statement.
const NAMES: usize = 10;
/// Most characters of a name.
const NAME: usize = 200;
/// Why nothing is published about natural persons.
const PERSONS: &str = "order_36_2025/art_12_3";

/// About whom a statement is asked: a subject that the account acts for; at the counter a code with its name.
#[derive(Clone, Debug, InputObject)]
pub struct AbsenceInput {
    /// A subject that the account acts for; code and name are then those of the register.
    pub subject: Option<ID>,
    /// 统一社会信用代码: unified social credit code; at the counter, where no subject is named.
    pub code: Option<String>,
    /// Registered name; at the counter, where no subject is named.
    pub name: Option<String>,
    /// Names that it had before, at most ten. The statement says nothing of a name that is not given.
    pub former_names: Option<Vec<String>>,
}

/// The statement that nothing was published about somebody. Anyone can check it with the key of the house alone.
#[derive(Clone, Debug, SimpleObject)]
pub struct AbsenceStatement {
    /// The file, as it is handed out and checked.
    pub file: String,
    /// The time to which it speaks: when the list was last noted; RFC 3339 in Asia/Shanghai.
    pub at: String,
    /// The code that is not on the list, in its canonical form; none of a subject without one.
    pub code: Option<String>,
    /// Names that are not on the list, each in its canonical form.
    pub names: Vec<String>,
    /// How many records the list had.
    pub rows: String,
    /// Root of the list in hexadecimal digits.
    pub root: String,
    /// Number of the entry that notes it.
    pub entry: String,
}

/// A statement, or why there is none.
#[derive(Clone, Debug, SimpleObject)]
pub struct AbsenceAnswer {
    /// The statement; none where it is refused.
    pub statement: Option<AbsenceStatement>,
    /// Why there is none.
    pub refusal: Option<RefusalShown>,
}

impl From<Statement> for AbsenceAnswer {
    fn from(Statement { file, says }: Statement) -> Self {
        let statement = AbsenceStatement {
            file,
            at: says.at,
            code: says.codes.into_iter().next(),
            names: says.names,
            rows: says.rows.to_string(),
            root: says.list,
            entry: says.log.index.to_string(),
        };
        Self { statement: Some(statement), refusal: None }
    }
}

impl From<Reason> for AbsenceAnswer {
    fn from(reason: Reason) -> Self {
        Self { statement: None, refusal: Some(RefusalShown(reason.into())) }
    }
}

fn of_persons() -> Reason {
    Reason::new(ReasonCode::NothingSaidOfPersons).under(Some(PERSONS))
}

fn named(field: &str, name: &str) -> Result<Of> {
    let canonical = KeyOf::Name.canonical(name);
    if canonical.is_empty() || !is_safe_line(name, NAME) {
        let words = (
            format!("名称须为一行文字，最多{NAME}字，不含控制字符"),
            format!("A name is one line of at most {NAME} characters without control characters"),
        );
        return Err(fault::bad_input(field, words));
    }
    Ok((KeyOf::Name, canonical))
}

/// Code and name of a subject that the viewer acts for; the reason where it is a natural person.
async fn own(ctx: &Context<'_>, viewer: &Viewer, id: &str) -> Result<std::result::Result<Vec<Of>, Reason>> {
    let id: Option<SubjectId> = node::parse(id).filter(|(kind, _)| kind == "Subject").and_then(|(_, key)| key.parse().ok());
    let id = id.filter(|id| viewer.subjects.contains(id)).ok_or_else(fault::not_found)?;
    let subject = subject::read(ctx, Some(id)).await?.ok_or_else(fault::not_found)?.0;
    if subject.kind == SubjectKind::NaturalPerson {
        return Ok(Err(of_persons()));
    }
    let code = subject.uscc.map(|code| (KeyOf::Code, KeyOf::Code.canonical(&code)));
    Ok(Ok(code.into_iter().chain(subject.name_key.map(|name| (KeyOf::Name, name))).collect()))
}

/// Code and name as the counter types them; the reason where the code is a natural person's number.
fn typed(app: &App, input: &AbsenceInput) -> Result<std::result::Result<Vec<Of>, Reason>> {
    let code = input.code.as_deref().unwrap_or_default();
    if ResidentId::parse(code, app.clock.today()).is_ok() {
        return Ok(Err(of_persons()));
    }
    let code = Uscc::parse(code).map_err(|fault| fault::bad_coded("input.code", fault.code, (fault.zh, fault.en)))?;
    let name = named("input.name", input.name.as_deref().unwrap_or_default())?;
    Ok(Ok(vec![(KeyOf::Code, code.as_str().to_owned()), name]))
}

/// Officers and clerks to whom parties come.
fn serves(viewer: &Viewer) -> bool {
    [Rank::Officer, Rank::Head, Rank::CounterClerk].into_iter().any(|rank| viewer.has(rank))
}

/// Queries about who is not on the published list.
#[derive(Debug, Default)]
pub struct AbsenceQueries;

#[Object]
impl AbsenceQueries {
    /// States that nothing is published about somebody, so that an outsider can check it.
    /// For accounts that act for a subject, and for officers, heads and counter clerks. It speaks to the time at which the list
    /// was noted last, and to the published list of this house alone. About a natural person nothing is ever published, and
    /// nothing is stated.
    async fn absence(&self, ctx: &Context<'_>, input: AbsenceInput) -> Result<AbsenceAnswer> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let found = match &input.subject {
            Some(id) => own(ctx, viewer, id).await?,
            None if serves(viewer) => typed(app, &input)?,
            None => {
                let words =
                    ("仅限当事人的账号为本单位出具，或者在窗口出具", "Accounts ask it of their own subject; others ask at a counter");
                return Err(fault::coded("FORBIDDEN", words));
            }
        };
        let mut of = match found {
            Ok(of) => of,
            Err(reason) => return Ok(reason.into()),
        };
        let former = input.former_names.unwrap_or_default();
        if former.len() > NAMES {
            let words = (format!("最多{NAMES}个曾用名"), format!("At most {NAMES} former names"));
            return Err(fault::bad_input("input.formerNames", words));
        }
        for (place, name) in former.iter().enumerate() {
            let one = named(&format!("input.formerNames.{place}"), name)?;
            if !of.contains(&one) {
                of.push(one);
            }
        }
        match absence::state(app, &of).await {
            Ok(statement) => Ok(statement.into()),
            Err(Unsaid::Refused(refusal)) => Ok(AbsenceAnswer { statement: None, refusal: Some(RefusalShown(refusal)) }),
            Err(Unsaid::Store(fault)) => Err(fault::internal(&fault)),
        }
    }
}
