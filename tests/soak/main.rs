//! `make soak`: hostile questions by the hundred thousand against a served demo city. Fails where one of them is answered as a
//! fault of the house, or where one in a thousand takes longer than a tenth of a second, sign-ins aside. Then the server is
//! killed again and again with acts in flight.

#[path = "../support/chance.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod chance;
#[path = "../support/hostile.rs"]
mod hostile;

#[path = "../support/kills.rs"]
mod killing;
mod kills;
mod queries;
#[path = "../support/question.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod question;

use std::process::ExitCode;

/// What the command line says: `--url URL`, `--queries N`, `--from N`, `--keep FILE` for the worst; `--kills N --program FILE
/// --data FOLDER`.
#[derive(Debug)]
pub struct Asked {
    pub url: String,
    pub queries: u64,
    pub from: u64,
    pub keep: Option<std::path::PathBuf>,
    /// Instead of questions: so many kills of this program on this house.
    pub kills: u32,
    pub program: std::path::PathBuf,
    pub data: std::path::PathBuf,
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked {
        url: "http://127.0.0.1:8080/graphql".to_owned(),
        queries: 220_000,
        from: 0,
        keep: None,
        kills: 0,
        program: "xinxiu".into(),
        data: "demo".into(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse().map_err(|_| format!("{word} {value}: not a number"));
        match word.as_str() {
            "--url" => asked.url = value,
            "--queries" => asked.queries = number()?,
            "--from" => asked.from = number()?,
            "--keep" => asked.keep = Some(value.into()),
            "--kills" => asked.kills = u32::try_from(number()?).map_err(|_| format!("{word} {value}: too many"))?,
            "--program" => asked.program = value.into(),
            "--data" => asked.data = value.into(),
            _ => return Err(format!("{word}: known are --url, --queries, --from, --keep, --kills, --program, --data")),
        }
    }
    Ok(asked)
}

#[tokio::main]
async fn main() -> ExitCode {
    let found = match asked() {
        Ok(asked) if asked.kills > 0 => kills::run(&asked.program, &asked.data, asked.kills).await,
        Ok(asked) => queries::run(&asked).await,
        Err(words) => Err(words),
    };
    match found {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(words) => {
            eprintln!("soak: {words}");
            ExitCode::FAILURE
        }
    }
}
