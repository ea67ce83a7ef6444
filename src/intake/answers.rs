//! A form's export becomes Part 1s, one for each row below the header.

use csv::StringRecord;

use super::dates::{self, Order, Said};
use super::form::{Cell, Form};
use super::header::{self, Column, Header, Maker, Role};
use super::labels::Field;
use super::{MAX_FIELD, MAX_FIELDS, MAX_REPORT, MAX_REPORTS, Reason, RowOutcome, table};
use crate::domain::concern::Part1;
use crate::domain::receiving::Markings;

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
        let result = report(&header, times, &row.cells);
        let markings = match &result {
            Ok(part1) => Markings::of(part1),
            Err(_) => markings(&header, times, &row.cells),
        };
        outcomes.push(RowOutcome { row: Some(row.number), result, markings });
    }
    Ok(outcomes)
}

/// How the machine wrote its own times. Its whole column is alike, so one 20/11 among them settles it for all;
/// what people typed is read day first, whoever exported it.
pub(super) fn order_of_times(text: &str, header: &Header) -> Order {
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
    if cells.as_slice().len() > MAX_REPORT {
        return Err(Reason::ReportTooLong);
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

/// Who may receive a row that cannot be taken in as it is.
fn markings(header: &Header, times: Order, cells: &StringRecord) -> Markings {
    let mut form = Form::new(times);
    for (Column { label, role }, text) in header.columns.iter().zip(cells.iter()) {
        if let Role::Field(
            Field::About | Field::StaffName | Field::StaffJob | Field::StaffIsDsl | Field::NotForDsl,
        ) = role
        {
            form.fill(*role, Cell { label: label.clone(), text });
        }
    }
    form.markings()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::domain::concern::{About, Part1};
    use crate::intake::Reason;

    fn rows(text: &str) -> Vec<(u32, Result<Part1, Reason>)> {
        read(text).unwrap().into_iter().map(|outcome| (outcome.row.unwrap(), outcome.result)).collect()
    }

    /// The report of one row under the three columns that every report needs, and one more.
    fn with(label: &str, cell: &str) -> Part1 {
        let text =
            format!("Pupil's name,What happened,Your name,{label}\nA Child,Something,A Teacher,\"{cell}\"\n");
        rows(&text).remove(0).1.unwrap()
    }

    fn kept<'p>(part1: &'p Part1, label: &str) -> Option<&'p str> {
        part1.unknown.get(label).and_then(|value| value.as_str())
    }

    #[test]
    fn a_bad_row_is_named_and_costs_no_other() {
        let rows = rows("Pupil's name,What happened,Your name\nA,b,C\n\n,b,C\nD,,F\nG,h,\nI,j,K\n");
        let reasons: Vec<_> = rows.iter().map(|(row, result)| (*row, result.as_ref().err())).collect();
        assert_eq!(
            reasons,
            [
                (2, None),
                (4, Some(&Reason::NoChild)),
                (5, Some(&Reason::NoAccount)),
                (6, Some(&Reason::NoReporter)),
                (7, None)
            ]
        );
    }

    #[test]
    fn a_row_of_fifty_one_children_is_refused() {
        let row = |many: usize| {
            rows(&format!("Pupil's name,What happened,Your name\n{},b,C\n", "A;".repeat(many))).remove(0).1
        };
        assert_eq!(row(50).unwrap().children.len(), 50);
        assert_eq!(row(51).err(), Some(Reason::TooManyChildren));
    }

    #[test]
    fn an_open_quotation_condemns_the_whole_table() {
        let text = "Pupil's name,What happened,Your name\nA,b,C\nD,\"e,F\n";
        assert_eq!(read(text).err(), Some(Reason::OpenQuote { row: 3 }));
    }

    #[test]
    fn words_of_the_account_stay_as_they_were_written() {
        let part1 = with("Child's words", " \"\"no\"\",\n  she said ");
        assert_eq!(part1.account.child_words.as_str(), " \"no\",\n  she said ");
    }

    #[test]
    fn what_looks_like_a_formula_is_text() {
        assert_eq!(with("Where", "=HYPERLINK(1)").account.place.as_str(), "=HYPERLINK(1)");
    }

    #[test]
    fn unknown_columns_are_kept_apart() {
        let part1 =
            rows("Pupil's name,What happened,Your name,Bus,Bus\nA,b,C,42,43,44\n").remove(0).1.unwrap();
        assert_eq!(kept(&part1, "Bus"), Some("42"));
        assert_eq!(kept(&part1, "Bus (2)"), Some("43"));
        assert_eq!(kept(&part1, "column 6"), Some("44"));
    }

    #[test]
    fn a_short_row_is_read_as_far_as_it_goes() {
        assert!(rows("What happened,Your name,Pupil's name,Where\nb,C,A\n").remove(0).1.is_ok());
    }

    #[test]
    fn the_second_answer_to_one_field_is_kept() {
        let part1 = with("What happened next?", "More");
        assert_eq!(part1.account.what.as_str(), "Something");
        assert_eq!(kept(&part1, "What happened next?"), Some("More"));
    }

    #[test]
    fn a_worry_is_the_account_or_else_the_reasons() {
        let text = "Pupil's name,What are you worried about?,Your name\nA,b,C\n";
        assert_eq!(rows(text).remove(0).1.unwrap().account.what.as_str(), "b");
        let beside = with("What is your concern?", "A bruise");
        assert_eq!((beside.account.what.as_str(), beside.reasons.as_str()), ("Something", "A bruise"));
        let text = "Pupil's name,What is your concern?,What happened?,Reasons for recording,Your name\n\
                    A,b,,d,C\nA,b,c,d,C\n";
        let mut rows = rows(text);
        let alone = rows.remove(0).1.unwrap();
        assert_eq!((alone.account.what.as_str(), alone.reasons.as_str()), ("b", "d"));
        let beside = rows.remove(0).1.unwrap();
        assert_eq!((beside.account.what.as_str(), beside.reasons.as_str()), ("c", "d"));
        assert_eq!(kept(&beside, "What is your concern?"), Some("b"));
    }

    #[test]
    fn neither_yes_nor_no_about_danger_is_not_said_and_kept() {
        for answer in ["Maybe", "Not sure", "maybe - he was unclear", "?", "Don't know"] {
            let part1 = with("Is the child in immediate danger?", answer);
            assert_eq!(part1.immediate_danger, None, "{answer}");
            assert_eq!(kept(&part1, "Is the child in immediate danger?"), Some(answer));
        }
    }

    #[test]
    fn whatever_is_no_no_keeps_a_report_from_the_dsl() {
        for (answer, asked) in
            [("Yes", true), ("X", true), ("I would rather the head saw this", true), ("No", false)]
        {
            let part1 = with("Should this go to somebody other than the DSL?", answer);
            assert_eq!(part1.not_for_dsl, Some(asked), "{answer}");
        }
        assert_eq!(with("Should this go to somebody other than the DSL?", "").not_for_dsl, None);
    }

    #[test]
    fn two_children_of_one_cell_are_two() {
        let text = "Pupil's name,DOB,What happened,Your name\n\
                    Seán O’Brien & Niamh O'Brien,3/4/2013,b,C\n\
                    A Smith and B Jones,3/4/2013 and 5/6/2014,b,C\n";
        let mut rows = rows(text);
        let siblings = rows.remove(0).1.unwrap();
        assert_eq!(siblings.children.len(), 2);
        assert!(siblings.children.iter().all(|child| child.date_of_birth.is_none()));
        assert_eq!(kept(&siblings, "DOB"), Some("3/4/2013"));
        let others = rows.remove(0).1.unwrap();
        assert_eq!(others.children[1].date_of_birth.unwrap().to_string(), "2014-06-05");
    }

    #[test]
    fn a_date_that_cannot_be_read_refuses_nothing() {
        let part1 = with("Date of incident", "last Tuesday");
        assert_eq!(part1.incident_at, None);
        assert_eq!(kept(&part1, "Date of incident"), Some("last Tuesday"));
    }

    #[test]
    fn a_date_with_words_is_both_read_and_kept() {
        let part1 = with("Date of incident", "20/11/2026 after lunch");
        assert_eq!(part1.incident_at.unwrap().to_string(), "Fri 20 Nov 2026");
        assert_eq!(kept(&part1, "Date of incident"), Some("20/11/2026 after lunch"));
    }

    #[test]
    fn a_date_and_its_time_in_two_columns_of_any_order() {
        let text = "Time of incident,Pupil's name,What happened,Your name,Date of incident\n2.10pm,A,b,C,20/11/2026\n";
        assert_eq!(rows(text).remove(0).1.unwrap().incident_at.unwrap().to_string(), "Fri 20 Nov 2026 14:10");
    }

    #[test]
    fn the_accounts_when_dates_the_incident_if_it_is_a_date() {
        let part1 = with("When", "20/11/2026");
        assert_eq!(part1.incident_at.unwrap().to_string(), "Fri 20 Nov 2026");
        assert_eq!(part1.account.when.as_str(), "20/11/2026");
        assert_eq!(with("When", "at lunch").incident_at, None);
    }

    #[test]
    fn a_date_alone_is_the_incidents_unless_that_has_one() {
        assert!(with("Date", "20/11/2026").incident_at.is_some());
        let text =
            "Date,Pupil's name,What happened,Your name,Date of incident\n21/11/2026,A,b,C,20/11/2026\n";
        let part1 = rows(text).remove(0).1.unwrap();
        assert_eq!(part1.written_at.unwrap().to_string(), "Sat 21 Nov 2026");
        assert_eq!(part1.incident_at.unwrap().to_string(), "Fri 20 Nov 2026");
    }

    #[test]
    fn one_telling_timestamp_settles_the_column() {
        let text = "Timestamp,Pupil's name,What happened,Your name\n11/3/2026 9:00:00,A,b,C\n11/20/2026 9:00:00,A,b,C\n";
        let written = |at: usize| rows(text).remove(at).1.unwrap().written_at.unwrap().to_string();
        assert_eq!([written(0), written(1)], ["Tue 3 Nov 2026 09:00", "Fri 20 Nov 2026 09:00"]);
    }

    #[test]
    fn no_timestamp_turns_what_people_typed() {
        let text = "Timestamp,Pupil's name,What happened,Your name,Date of incident\n11/20/2026 9:00:00,A,b,C,3/11/2026\n";
        assert_eq!(rows(text).remove(0).1.unwrap().incident_at.unwrap().to_string(), "Tue 3 Nov 2026");
    }

    #[test]
    fn staff_and_adults() {
        let staff =
            "Is this about,Member of staff concerned,What happened,Your name\nStaff,Mr V,b,C\n,Mr V,b,C\n";
        for (_, part1) in rows(staff) {
            assert_eq!(part1.unwrap().about, About::Staff);
        }
        let adult = rows("Is this about,What happened,Your name\nA parent,b,C\n").remove(0).1.unwrap();
        assert_eq!(adult.about, About::Adult);
    }

    #[test]
    fn an_adult_comes_first_of_those_who_were_involved() {
        let text = "Name of the adult,Who?,What happened,Your name,Pupil's name\nMr Marsh,,b,C,\n\
                    Mr Marsh,Zoë and Finn,b,C,\nMr Marsh,,b,C,Zoë Marsh\n";
        let part1s: Vec<Part1> = rows(text).into_iter().map(|(_, part1)| part1.unwrap()).collect();
        let [alone, among, beside] = part1s.as_slice() else { panic!("three rows") };
        assert_eq!((alone.about, alone.account.who.as_str()), (About::Adult, "Mr Marsh"));
        assert_eq!(among.account.who.as_str(), "Mr Marsh\nZoë and Finn");
        assert_eq!((beside.about, beside.children.len()), (About::Child, 1));
    }

    #[test]
    fn an_address_is_name_enough_and_anonymous_is_kept() {
        let text = "Pupil's name,What happened,Email\nA,b,c@school.example\nA,b,anonymous\n";
        let mut rows = rows(text);
        assert_eq!(rows.remove(0).1.unwrap().reporter.name.as_str(), "c@school.example");
        assert_eq!(rows.remove(0).1.err(), Some(Reason::NoReporter));
    }

    #[test]
    fn a_repeated_header_is_no_report() {
        let table = "Pupil's name,What happened,Your name\nA,b,C\n";
        assert_eq!(rows(&table.repeat(2)).len(), 2);
    }

    #[test]
    fn a_header_alone_has_no_rows() {
        assert!(rows("Pupil's name,What happened,Your name\n,,\n").is_empty());
    }

    #[test]
    fn one_endless_cell_costs_one_row() {
        let long = "x".repeat(200_001);
        let rows = rows(&format!("Pupil's name,What happened,Your name\nA,{long},C\nA,b,C\n"));
        assert_eq!(rows[0].1.as_ref().err(), Some(&Reason::TooLong));
        assert!(rows[1].1.is_ok());
    }

    #[test]
    fn more_rows_than_a_file_may_have() {
        let text = format!("Pupil's name,What happened,Your name\n{}", "A,b,C\n".repeat(10_001));
        assert_eq!(read(&text).err(), Some(Reason::TooMany));
    }
}
