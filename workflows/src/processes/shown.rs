//! What the bureau's own pages show of a case: a piece of publicity, a commitment that is given in public.

use domain::{
    personal::Sealed,
    process::{CaseData, Process},
    publicity::{ColumnPart, PublicityChannel, PublicityKind},
    rows::{AsText, ListedStatus, Shown},
};

use super::counted;
use crate::{definition::words::CountWord, engine::act::Act};

/// A piece before it has its row.
struct Piece {
    kind: PublicityKind,
    channel: PublicityChannel,
    part: Option<ColumnPart>,
    title: Sealed,
    words: Sealed,
}

/// What the case shows; none where it appears elsewhere or is not public.
fn piece(act: &Act<'_>) -> Option<Piece> {
    match &act.case.data.0 {
        CaseData::PublicityItem(data) if data.form.channel.is_here() => Some(Piece {
            kind: data.form.kind,
            channel: data.form.channel,
            part: data.form.part,
            title: data.form.title.clone(),
            words: data.form.text.clone(),
        }),
        CaseData::Commitment(data) => Some(Piece {
            kind: PublicityKind::ColumnItem,
            channel: PublicityChannel::BureauColumn,
            part: Some(ColumnPart::Commitments),
            title: data.form.headline.clone()?,
            words: data.form.words.clone(),
        }),
        _ => None,
    }
}

/// Shows it on the bureau's own pages, or takes it off.
pub(crate) fn run(act: &mut Act<'_>, word: CountWord) {
    let (today, id) = (act.today(), act.case.id);
    if word == CountWord::End {
        if let Some(row) = act.snapshot.rows().shown.get(&id.to_string()).cloned() {
            act.snapshot.put(Shown { status: ListedStatus::Hidden, ended_on: Some(today), ..row });
        }
        if act.case.process == Process::Commitment {
            counted::leaves_the_column(act);
        }
        return;
    }
    let Some(piece) = piece(act) else { return };
    let office = act.snapshot.rows().offices.get(&act.case.office);
    let row = Shown {
        id,
        number: act.case.number.clone(),
        kind: piece.kind.key().to_owned(),
        channel: piece.channel.key().to_owned(),
        part: piece.part.map(|part| part.key().to_owned()),
        record: act.case.record,
        office_zh: office.map(|row| row.zh.clone()).unwrap_or_default(),
        office_en: office.map(|row| row.en.clone()).unwrap_or_default(),
        title: AsText(piece.title),
        words: AsText(piece.words),
        shown_from: today,
        ended_on: None,
        status: ListedStatus::Shown,
    };
    act.snapshot.put(row);
}
