//! Proof files that strangers bring: checked against the keys of this house; nothing is kept.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};

use crate::{
    app::App,
    graphql::core::{fault, words::Words},
    proofs::{
        self, Checked, ProofFault,
        absence::{self, Absent},
    },
    store::trail,
};

/// Most bytes of a proof file: its longest path and the signatures of many witnesses are far shorter.
const LARGEST_PROOF: usize = 64 * 1024;
/// Most bytes of an entry.
const LARGEST_ENTRY: usize = 256 * 1024;

/// A proof file to be checked.
#[derive(Clone, Debug, InputObject)]
pub struct ProofCheckInput {
    /// The file as it was handed out: in the format `c2sp.org/tlog-proof@v1`, or a statement that nothing is published about
    /// somebody; at most 64 KiB.
    pub proof: String,
    /// The exact bytes of the entry as text; at most 256 KiB. Without it the file is checked against the entry that the house keeps.
    pub entry: Option<String>,
}

/// Against what a proof file was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ProofBasis {
    /// Against the text that was brought: the log holds exactly this text.
    Text,
    /// Against the entry that the house keeps under the file's number: nothing is said of any text.
    House,
    /// Against the published list whose root the log notes: a code and names are not on it.
    List,
}

/// Who was not on the published list, and when.
#[derive(Clone, Debug, SimpleObject)]
pub struct AbsenceSaid {
    /// The time to which the statement speaks; RFC 3339 in Asia/Shanghai.
    pub at: String,
    /// Codes that were not on it, each in its canonical form.
    pub codes: Vec<String>,
    /// Names that were not on it, each in its canonical form.
    pub names: Vec<String>,
    /// How many records the list had.
    pub rows: String,
}

/// Whether a proof holds, and what it says.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProofAnswer {
    /// Whether the entry stands in the tree that the checkpoint signs, under a key of this house.
    pub holds: bool,
    /// Against what it was checked.
    pub basis: ProofBasis,
    /// Word for what is wrong; none where it holds.
    pub reason: Option<String>,
    /// What is wrong and what to do, in sentences; none where it holds.
    pub message: Option<Words>,
    /// Name of the log; none where the proof does not hold.
    pub origin: Option<String>,
    /// Number of the entry; none where the proof does not hold.
    pub number: Option<String>,
    /// Entries of the signed tree; none where the proof does not hold.
    pub size: Option<String>,
    /// Root of the signed tree in hexadecimal digits; none where the proof does not hold.
    pub root: Option<String>,
    /// The key under which the checkpoint is signed, in the form that note verifiers read; none where the proof does not hold.
    pub verifier_key: Option<String>,
    /// What a statement about the published list says; none of another file, or where it does not hold.
    pub absence: Option<AbsenceSaid>,
}

/// What is wrong with a file, for whoever brought it.
fn words(fault: &ProofFault) -> (&'static str, &'static str) {
    match fault {
        ProofFault::Form(absence::FORMAT, _) => (
            "文件不是未公示证明，或者已残缺、被改动。请使用原样下载的文件，不要另存为其他格式",
            "The file is no statement about the published list, or a part of it is missing or was changed. Use the file as it was handed out",
        ),
        ProofFault::NoList => ("文件中的日志条目没有登记公示名单", "The entry in the file does not note a published list"),
        ProofFault::OtherTime { .. } => (
            "文件写明的时间与日志登记的时间不同：旧名单不能充作新名单",
            "The file speaks to another time than its entry: an older list is no newer one",
        ),
        ProofFault::NotAbsent(_) => (
            "文件不能证明名单中没有该代码或者名称：哈希值得不出日志登记的根值",
            "The file does not show that code and names are not on the list: its hashes do not lead to the root that the log notes",
        ),
        ProofFault::Form(..) => (
            "文件不是证明文件，或者已残缺：第一行应为 c2sp.org/tlog-proof@v1。请使用原样下载的文件，不要另存为其他格式",
            "The file is no proof file, or a part of it is missing: its first line is c2sp.org/tlog-proof@v1. Use the file as it was handed out",
        ),
        ProofFault::Signature(_) | ProofFault::Key(_) => (
            "证明文件中的检查点没有本系统的签名，或者签名之后被改动",
            "The checkpoint in the file is not signed by this house, or was changed after it was signed",
        ),
        ProofFault::Checkpoint(_) => {
            ("证明文件中签名的内容不是检查点", "What is signed in the file is no checkpoint: origin, size and root are missing")
        }
        ProofFault::Origin { .. } => ("证明文件属于另一个系统的日志", "The file is about the log of another house"),
        ProofFault::Entry(_) => (
            "条目不在签名的日志中：条目原文与证明文件不是同一条，或者其中之一被改动。原文须一字不差，末尾不得多出换行",
            "The entry does not stand in the signed log: text and file are about two entries, or one of them was changed. The text has to be exact, without a line break at its end",
        ),
        ProofFault::Fork(_) | ProofFault::Nodes(_) => ("证明不能核验，请联系管理员", "The proof cannot be checked; tell the administrator"),
    }
}

/// Checks a file under the house's keys, the newest first; the fault of the key that came furthest.
fn checked<T>(app: &App, check: impl Fn(&str) -> std::result::Result<T, ProofFault>) -> std::result::Result<(T, String), ProofFault> {
    let mut worst = None;
    for key in app.keys.verifier_keys() {
        match check(&key) {
            Ok(found) => return Ok((found, key)),
            Err(fault @ (ProofFault::Signature(_) | ProofFault::Origin { .. })) => worst = worst.or(Some(fault)),
            // The signature is of this key: an older one says nothing more.
            Err(fault) => return Err(fault),
        }
    }
    Err(worst.unwrap_or(ProofFault::Key(String::new())))
}

/// The number in a proof file, signed or not.
fn number(file: &str) -> Option<u64> {
    file.lines().find_map(|line| line.strip_prefix("index "))?.parse().ok()
}

/// Queries about proofs.
#[derive(Debug, Default)]
pub struct ProofQueries;

#[Object]
impl ProofQueries {
    /// Checks a proof file against the keys of this house; for everybody. Nothing is kept.
    async fn proof_check(&self, ctx: &Context<'_>, input: ProofCheckInput) -> Result<ProofAnswer> {
        let app = ctx.data::<App>()?;
        let too_long = |field: &str, kilobytes: usize| {
            fault::bad_input(field, (format!("内容过大，最多{kilobytes} KB"), format!("It is too long: at most {kilobytes} KB")))
        };
        if input.proof.len() > LARGEST_PROOF {
            return Err(too_long("input.proof", LARGEST_PROOF / 1024));
        }
        if input.entry.as_ref().is_some_and(|entry| entry.len() > LARGEST_ENTRY) {
            return Err(too_long("input.entry", LARGEST_ENTRY / 1024));
        }
        // Editors of other systems end lines in their own way; the format has line feeds alone.
        let file = input.proof.replace("\r\n", "\n");
        if absence::is_statement(&file) {
            return Ok(match checked(app, |key| absence::check(&file, key)) {
                Ok((Absent { at, codes, names, rows, log, .. }, key)) => {
                    let said = AbsenceSaid { at, codes, names, rows: rows.to_string() };
                    ProofAnswer { absence: Some(said), ..answer(ProofBasis::List, Ok((log, key))) }
                }
                Err(fault) => answer(ProofBasis::List, Err(fault)),
            });
        }
        let basis = if input.entry.is_some() { ProofBasis::Text } else { ProofBasis::House };
        let entry = match (input.entry, number(&file)) {
            (Some(entry), _) => entry,
            (None, Some(number)) => {
                let kept = trail::entry(&app.database, number).await.map_err(|fault| fault::internal(&fault))?;
                kept.map(|(_, bytes)| bytes).unwrap_or_default()
            }
            (None, None) => String::new(),
        };
        Ok(answer(basis, checked(app, |key| proofs::check(&file, entry.as_bytes(), key))))
    }

    /// The keys under which this house signs its log and signed it before, the newest first, in the form that note verifiers read;
    /// for everybody.
    async fn verifier_keys(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(ctx.data::<App>()?.keys.verifier_keys())
    }
}

fn answer(basis: ProofBasis, found: std::result::Result<(Checked, String), ProofFault>) -> ProofAnswer {
    let nothing = ProofAnswer {
        holds: false,
        basis,
        reason: None,
        message: None,
        origin: None,
        number: None,
        size: None,
        root: None,
        verifier_key: None,
        absence: None,
    };
    match found {
        Ok((checked, key)) => ProofAnswer {
            holds: true,
            origin: Some(checked.origin),
            number: Some(checked.index.to_string()),
            size: Some(checked.size.to_string()),
            root: Some(checked.root.to_string()),
            verifier_key: Some(key),
            ..nothing
        },
        Err(fault) => ProofAnswer { reason: Some(fault.code().to_owned()), message: Some(words(&fault).into()), ..nothing },
    }
}
