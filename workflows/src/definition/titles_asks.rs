//! What an act has to bring, in sentences.

use super::{
    asked,
    bounds::DateAsk,
    titles::{Reader, Said, joined, owned, quoted, said},
    words::Ask,
};
use crate::law::Check;

impl Reader<'_> {
    /// What a person brings: between which days a date lies, what may be chosen, who may give which reason.
    pub fn ask(&self, ask: &Ask) -> Said {
        let may = |(zh, en): (&str, &str)| said(format!("{zh}（可附）"), format!("{en}, if any"));
        match ask {
            Ask::Reason => said("理由", "reasons in words"),
            Ask::ReasonCode => self.reason_code(),
            Ask::Document(kind) => owned(kind.title()),
            Ask::MayAdd(kind) => may(kind.title()),
            Ask::Date(asked) => self.dated(asked, ("", "")),
            Ask::MayDate(asked) => self.dated(asked, ("不填即办理之日；", "that of the act where none is given; ")),
            Ask::Items(list) => owned(list.title()),
            Ask::Choice(key) => {
                let ((zh, en), (all_zh, all_en)) = (key.title(), joined(key.options().into_iter().map(|(_, title)| owned(title))));
                said(format!("{zh}（{all_zh}）"), format!("{en} ({all_en})"))
            }
            Ask::Form(key) => owned(key.title()),
            Ask::MayName(key) => may(key.title()),
            Ask::Text(key) => owned(key.title()),
            Ask::Office => owned(asked::OFFICE_TITLE),
        }
    }

    fn dated(&self, asked: &DateAsk, (may_zh, may_en): (&str, &str)) -> Said {
        let ((zh, en), (days_zh, days_en)) = (asked.key.title(), self.days(asked));
        said(format!("{zh}（{may_zh}{days_zh}）"), format!("{en} ({may_en}{days_en})"))
    }

    /// A reason as a code is one that the register bears out, or the head's own.
    fn reason_code(&self) -> Said {
        let own = self.law.refusal_checks().iter().filter(|check| check.check == Check::HeadOnly);
        let (zh, en) = quoted(own.map(|check| owned(check.code.title())));
        said(
            format!("理由代号（须与登记相符；{zh}仅限负责人）"),
            format!("a reason code (one that the register bears out; {en} is the head’s alone)"),
        )
    }
}
