//! A form's export becomes Part 1s, one for each row below the header.

use csv::StringRecord;

use super::dates::{self, Order, Said};
use super::form::{Cell, Form};
use super::header::{self, Column, Header, Maker, Role};
use super::labels::Field;
use super::{MAX_FIELD, MAX_FIELDS, MAX_REPORTS, Reason, RowOutcome, table};
use crate::domain::concern::Part1;

pub(super) fn read(text: &str) -> Result<Vec<RowOutcome>, Reason> {
    let text = table::with_plain_lines(text);
    let header = header::find(&text)?;
    let times = order_of_times(&text, &header);
    let mut outcomes = Vec::new();
    for row in table::rows(&text, header.delimiter) {
        let row = row?;
        if row.number <= header.row || header.is_repeated_by(&row.cells) {
            continue;
        }
        if outcomes.len() == MAX_REPORTS {
            return Err(Reason::TooMany);
        }
        outcomes.push(RowOutcome { row: Some(row.number), result: report(&header, times, &row.cells) });
    }
    Ok(outcomes)
}

/// How the machine wrote its own times. Its whole column is alike, so one 20/11 among them settles it for all;
/// what people typed is read day first, whoever exported it.
fn order_of_times(text: &str, header: &Header) -> Order {
    let (usual, other) = match header.maker {
        Maker::Microsoft => (Order::MonthFirst, Order::DayFirst),
        Maker::Other => (Order::DayFirst, Order::MonthFirst),
    };
    let Some(column) = header.columns.iter().position(|column| column.role == Role::Field(Field::SentAt))
    else {
        return usual;
    };
    let mut misread = [0_usize; 2];
    for row in table::rows(text, header.delimiter).map_while(Result::ok).filter(|row| row.number > header.row)
    {
        let cell = row.cells.get(column).unwrap_or_default();
        for (count, order) in misread.iter_mut().zip([usual, other]) {
            *count += usize::from(dates::read(cell, order) == Said::Nothing);
        }
    }
    let [by_usual, by_other] = misread;
    if by_other < by_usual { other } else { usual }
}

fn report(header: &Header, times: Order, cells: &StringRecord) -> Result<Part1, Reason> {
    if cells.len() > MAX_FIELDS {
        return Err(Reason::TooManyFields);
    }
    if cells.iter().any(|cell| cell.len() > MAX_FIELD && cell.chars().count() > MAX_FIELD) {
        return Err(Reason::TooLong);
    }
    let mut form = Form::new(times);
    for (at, text) in cells.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        match header.columns.get(at) {
            Some(Column { label, role }) => form.fill(*role, Cell { label: label.clone(), text }),
            None => form.fill(Role::Kept, Cell { label: header::unnamed(at), text }),
        }
    }
    let part1 = form.finish()?;
    part1.check()?;
    Ok(part1)
}
