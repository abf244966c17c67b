//! Numbers of cases and documents: series without gaps and without repeats.

use domain::{
    command::Drafted,
    refusal::{Reason, ReasonCode as Code},
    rows::NumberSeries,
    sheet::PaperSeries,
};

use crate::engine::act::{Act, items};

/// The next number of a series: without gaps and without repeats, since only the door gives one.
pub(crate) fn next_number(act: &mut Act<'_>, series: &str) -> i64 {
    let next = last(act, series) + 1;
    act.snapshot.put(NumberSeries { id: series.to_owned(), last: next });
    next
}

fn last(act: &mut Act<'_>, series: &str) -> i64 {
    act.snapshot.rows().series.get(series).map_or(0, |row| row.last)
}

/// The office, the row and the year of the case's numbers in a series.
fn series_of(act: &Act<'_>, series: PaperSeries) -> (String, String, i32) {
    let office = act.case.finding_office.clone().unwrap_or_else(|| act.case.office.clone());
    let word = act.snapshot.rows().offices.get(&office).map(|row| row.number_word.clone()).unwrap_or_default();
    let year = act.signed_on().year();
    (word, series.row(&office, year), year)
}

/// The next 文号 of the case's office in a series: its word, the series' word, the year, a number without gaps. Papers of the
/// series' kinds that the act brought bear it.
pub(crate) fn document_number(act: &mut Act<'_>, series: PaperSeries) -> String {
    let (word, row, year) = series_of(act, series);
    let number = next_number(act, &row);
    let text = series.number(&word, year, number);
    items::number_papers(act, series.papers(), &text);
    text
}

/// A paper of the house is signed off in the words that were read, without gaps, and with the number and the day that the act
/// gives it: its bytes were set before.
pub(crate) fn signed_off_as_read(act: &mut Act<'_>) -> Option<Reason> {
    let papers = act.command.arguments.documents.iter();
    let drafted = papers.flat_map(|(kind, papers)| papers.iter().filter_map(|paper| Some((*kind, paper.drafted.clone()?))));
    let (kind, drafted): (_, Drafted) = drafted.last()?;
    if !drafted.as_read {
        return Some(Reason::new(Code::DraftChanged));
    }
    if !drafted.complete {
        return Some(Reason::new(Code::DraftIncomplete));
    }
    let series = PaperSeries::ALL.iter().copied().find(|series| series.papers().contains(&kind));
    let next = series.map(|series| {
        let (word, row, year) = series_of(act, series);
        series.number(&word, year, last(act, &row) + 1)
    });
    let fits = next == Some(drafted.number) && drafted.on == act.signed_on();
    (!fits).then(|| Reason::new(Code::DraftOvertaken))
}
