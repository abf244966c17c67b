//! Numbers of cases and documents: series without gaps and without repeats.

use domain::{rows::NumberSeries, sheet::PaperSeries};

use crate::engine::act::{Act, items};

/// The next number of a series: without gaps and without repeats, since only the door gives one.
pub(crate) fn next_number(act: &mut Act<'_>, series: &str) -> i64 {
    let last = act.snapshot.rows().series.get(series).map_or(0, |row| row.last);
    act.snapshot.put(NumberSeries { id: series.to_owned(), last: last + 1 });
    last + 1
}

/// The next 文号 of the case's office in a series: its word, the series' word, the year, a number without gaps. Papers of the
/// series' kinds that the act brought bear it.
pub(crate) fn document_number(act: &mut Act<'_>, series: PaperSeries) -> String {
    let office = act.case.finding_office.clone().unwrap_or_else(|| act.case.office.clone());
    let word = act.snapshot.rows().offices.get(&office).map(|row| row.number_word.clone()).unwrap_or_default();
    let year = act.signed_on().year();
    let number = next_number(act, &series.row(&office, year));
    let text = series.number(&word, year, number);
    items::number_papers(act, series.papers(), &text);
    text
}
