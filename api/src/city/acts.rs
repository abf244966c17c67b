//! Administrative acts by the operator at the command line.

use domain::{
    admin::{AdminAct, SeatDraft},
    command::{Actor, Command},
    ids::{AccountId, PersonId, RowId},
    office::Rank,
    refusal::Refusal,
};
use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    app::App,
    door::{Accepted, Answer, DoorFault, PersonalDraft},
    keys::KeyFault,
    mail::check_address,
    people::sealing,
    people::sign_in,
    store::StoreFault,
};

/// Why an act of the operator did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActFault {
    #[error("{}", words(.0))]
    Refused(Refusal),
    #[error(transparent)]
    Door(#[from] DoorFault),
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error(transparent)]
    Keys(#[from] KeyFault),
    #[error("{0}")]
    Other(String),
}

fn words(refusal: &Refusal) -> String {
    let lines: Vec<_> = refusal
        .reasons
        .iter()
        .map(|reason| {
            let ((zh, en), (_, remedy)) = (reason.message(), reason.remedy());
            format!("{}: {zh}。{en}; {remedy}.", reason.code)
        })
        .collect();
    lines.join("\n")
}

/// Hands any command to the door; a refusal is an error here.
///
/// # Errors
/// [`ActFault`] when the act is refused or the door gives no answer.
pub async fn submit(app: &App, command: Command, personal: Vec<PersonalDraft>) -> Result<Accepted, ActFault> {
    match app.submit(command, None, None, personal, false).await? {
        Answer::Accepted(accepted) => Ok(accepted),
        Answer::Refused { refusal, .. } => Err(ActFault::Refused(refusal)),
        Answer::Nothing => Err(ActFault::Other("nothing happened".to_owned())),
    }
}

/// One administrative act.
///
/// # Errors
/// As [`submit`].
pub async fn operate(app: &App, act: AdminAct, personal: Vec<PersonalDraft>) -> Result<Accepted, ActFault> {
    let command = app.about_the_house(Actor::Operator, act);
    submit(app, command, personal).await
}

/// Adds an account with its password and seats, all of it or nothing.
///
/// # Errors
/// As [`submit`].
pub async fn add_account(
    app: &App,
    login: &str,
    name: &str,
    email: Option<&str>,
    password: SecretString,
    seats: &[(Rank, Option<&str>)],
) -> Result<AccountId, ActFault> {
    add_account_of(app, PersonId(Uuid::now_v7()), login, name, email, password, seats).await
}

/// One more account of a person.
///
/// # Errors
/// As [`submit`].
pub async fn add_account_of(
    app: &App,
    person: PersonId,
    login: &str,
    name: &str,
    email: Option<&str>,
    password: SecretString,
    seats: &[(Rank, Option<&str>)],
) -> Result<AccountId, ActFault> {
    let id = AccountId(Uuid::now_v7());
    let Made { act, personal } = made(app, id, person, NewAccount { login, name, email, language: "zh" }, seats).await?;
    let credential = sign_in::hashed(app, id, password).await?;
    match app.submit_with_password(app.about_the_house(Actor::Operator, act), personal, credential, false).await? {
        Answer::Accepted(_) => Ok(id),
        Answer::Refused { refusal, .. } => Err(ActFault::Refused(refusal)),
        Answer::Nothing => Err(ActFault::Other("nothing happened".to_owned())),
    }
}

/// What an account is made from, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    pub login: &'a str,
    pub name: &'a str,
    pub email: Option<&'a str>,
    /// zh or en
    pub language: &'a str,
}

/// The act that adds an account, and the personal values that go with it.
#[derive(Debug)]
pub struct Made {
    pub act: AdminAct,
    pub personal: Vec<PersonalDraft>,
}

/// Seals what an account is made from.
///
/// # Errors
/// When the cipher or the database refuses.
pub async fn made(
    app: &App,
    id: AccountId,
    person: PersonId,
    account: NewAccount<'_>,
    seats: &[(Rank, Option<&str>)],
) -> Result<Made, ActFault> {
    let (name, draft) = sealing::seal(app, "account.name", account.name)?;
    let (login, login_key, login_draft) = sealing::seal_login(app, account.login).await?;
    let mut personal = vec![draft, login_draft];
    let email = match account.email {
        Some(email) => {
            check_address(email).map_err(|why| ActFault::Other(format!("{}: {why}", why.code())))?;
            let (sealed, draft) = sealing::seal(app, "account.email", email)?;
            personal.push(draft);
            Some(sealed)
        }
        None => None,
    };
    let seats = seats
        .iter()
        .map(|(rank, office)| SeatDraft { id: RowId(Uuid::now_v7()), rank: *rank, office: office.map(str::to_owned) })
        .collect();
    Ok(Made {
        act: AdminAct::AddAccount { id, login, login_key, person, name, email, language: account.language.to_owned(), seats },
        personal,
    })
}

/// Sets an account's password, by the operator; its tokens end with it.
///
/// # Errors
/// As [`submit`].
pub async fn reset_password(app: &App, id: AccountId, password: SecretString) -> Result<(), ActFault> {
    let credential = sign_in::hashed(app, id, password).await?;
    let command = app.about_the_house(Actor::Operator, AdminAct::NotePasswordReset { id });
    match app.submit_with_password(command, Vec::new(), credential, false).await? {
        Answer::Refused { refusal, .. } => Err(ActFault::Refused(refusal)),
        Answer::Accepted(_) | Answer::Nothing => Ok(()),
    }
}
