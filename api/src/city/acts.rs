//! Administrative acts by the operator at the command line.

use domain::{
    admin::AdminAct,
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

/// Adds an account with its password and seats.
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
    let (sealed, draft) = app.seal("account.name", name)?;
    let (sealed_login, login_key, login_draft) = app.seal_login(login).await?;
    let mut personal = vec![draft, login_draft];
    let email = match email {
        Some(email) => {
            let (sealed, draft) = app.seal("account.email", email)?;
            personal.push(draft);
            Some(sealed)
        }
        None => None,
    };
    let id = AccountId(Uuid::now_v7());
    let act = AdminAct::AddAccount {
        id,
        login: sealed_login,
        login_key,
        person,
        name: sealed,
        email,
        language: "zh".to_owned(),
    };
    operate(app, act, personal).await?;
    sign_in::set_password(&app.database, &app.sign_in_clock, &app.viewers, id, password).await?;
    for (rank, office) in seats {
        let act = AdminAct::GrantRole { id: RowId(Uuid::now_v7()), account: id, rank: *rank, office: office.map(str::to_owned) };
        operate(app, act, Vec::new()).await?;
    }
    Ok(id)
}
