//! The fields of the typed forms, as a client draws them, and what mutations take beside a form. A test holds both against the
//! input types.

use domain::{
    form::{Field, Known, Takes},
    objection::Route,
    process::{Choosable, FormKey, options},
    repair::Channel,
};

use super::{
    asks::{AskKind, AskShown, option},
    words::Words,
};

const OFFICE: Field = Field::new("office", ("本单位", "your office"), Takes::OneOf(Known::OwnOffice)).needed();
const TAKEN_BY: Field = Field::new("office", ("受理单位", "office that takes it"), Takes::OneOf(Known::AnyOffice)).needed();
const ASKED: Field = Field::new("office", ("责任单位", "office that is asked"), Takes::OneOf(Known::AnyOffice)).needed();
const RECORD_NUMBER: Field = Field::new("recordNumber", ("所依据失信信息的编号", "number of the record"), Takes::Text)
    .help(("曝光案例和惩戒案例填写", "of an exposure or a case of punishment"));
const CAMPAIGN_NUMBER: Field = Field::new("campaignNumber", ("专项治理台账编号", "number of the campaign in the ledger"), Takes::Text)
    .help(("专项治理成效填写", "of results of a campaign"));
const EXTERNAL: Field = Field::new("externalNumber", ("“信用中国”编号", "number of Credit China"), Takes::Text);
const BATCH: Field = Field::new("batch", ("所属名单", "the list it goes into"), Takes::OneOf(Known::DraftList))
    .needed()
    .help(("没有可选的草稿名单的，先新建名单", "where there is none to choose, open a list first"));
const CHANNEL: Field = Field::new("channel", ("来件途径", "the way it came in"), Takes::Of(came_in)).needed();
const CAME_BY: Field = Field::new("cameBy", ("提出途径", "the way it was raised"), Takes::Of(options::<Route>)).needed();

/// What an act takes beside its form and its papers: the caller's office, the way by which a paper came in.
const BESIDE: &[(&str, &[Field])] = &[
    ("registerPublicationRecord", &[OFFICE]),
    ("openProposalBatch", &[OFFICE]),
    ("openPlanTask", &[ASKED]),
    ("noteLedgerEntry", &[OFFICE]),
    ("openLedgerEntry", &[OFFICE]),
    ("openDataSubmission", &[OFFICE]),
    ("openCreditCheck", &[OFFICE]),
    ("noteBenefitUse", &[OFFICE]),
    ("fileCommitment", &[TAKEN_BY]),
    ("registerCommitment", &[TAKEN_BY]),
    ("openPublicityItem", &[OFFICE, RECORD_NUMBER, CAMPAIGN_NUMBER]),
    ("addProposalEntry", &[BATCH]),
    ("registerRepairApplication", &[CHANNEL, EXTERNAL]),
    ("registerObjection", &[CAME_BY, EXTERNAL]),
];

/// The ways by which an application is registered: the party's own one opens it itself.
fn came_in() -> Vec<Choosable> {
    options::<Channel>().into_iter().filter(|(word, _)| *word != Channel::Portal.key()).collect()
}

/// What a mutation takes beside the asks of its rows.
pub fn beside(mutation: &str) -> Vec<AskShown> {
    let found = BESIDE.iter().find(|(name, _)| *name == mutation);
    found.into_iter().flat_map(|(_, fields)| fields.iter()).map(shown).collect()
}

/// The field of the input that holds a form, and its fields; no field where they stand in the input itself.
pub fn of(key: FormKey) -> (Option<&'static str>, Vec<AskShown>) {
    (key.input(), key.drawn().iter().map(shown).collect())
}

fn shown(field: &Field) -> AskShown {
    let plain = |kind| AskShown { help: field.help.map(Words::from), ..AskShown::plain(field.name, kind, field.title, field.needed) };
    match field.takes {
        Takes::Text => plain(AskKind::Text),
        Takes::LongText => plain(AskKind::LongText),
        Takes::Date => plain(AskKind::Date),
        Takes::Money => plain(AskKind::Money),
        Takes::Number => plain(AskKind::Number),
        Takes::YesNo => plain(AskKind::YesNo),
        Takes::Keys => plain(AskKind::Keys),
        Takes::OneOf(list) => AskShown { known: Some(list), ..plain(AskKind::Choice) },
        Takes::SomeOf(list) => AskShown { known: Some(list), ..plain(AskKind::Keys) },
        Takes::Of(words) => AskShown { options: words().into_iter().map(option).collect(), ..plain(AskKind::Choice) },
        Takes::Several(words) => AskShown { options: words().into_iter().map(option).collect(), ..plain(AskKind::Keys) },
        Takes::Rows(fields) => AskShown { form: fields.iter().map(shown).collect(), ..plain(AskKind::Rows) },
    }
}
