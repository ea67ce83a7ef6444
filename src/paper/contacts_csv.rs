//! Contacts as a table, with a row of labels that this desk reads again. No cell is one that a spreadsheet computes.

use crate::domain::card;
use crate::domain::contact::ContactDetails;
use crate::domain::defused::row;
use crate::domain::text::Text;

/// The columns before and behind the numbers, of which every table has as many as the contact with the most of them.
const BEFORE: [&str; 4] = ["Organisation", "Service", "Role", "Name"];
const BEHIND: [&str; 8] =
    ["E-mail", "Web", "Areas", "Calls about", "For", "Hours", "Out of hours", "Caution"];
/// Whether somebody at the desk has rung the number: for whoever reads the table.
const CHECKED: &str = "Checked";
/// Between several values of one cell, as Google has it.
const SEVERAL: &str = " ::: ";

/// The table with its row of labels.
pub fn written<'c>(contacts: impl IntoIterator<Item = &'c ContactDetails>) -> String {
    let contacts: Vec<&ContactDetails> = contacts.into_iter().collect();
    let numbers = contacts.iter().map(|contact| contact.numbers.len()).max().unwrap_or_default();
    let places = (1..=numbers).flat_map(|at| [format!("Telephone {at}"), format!("Telephone {at} note")]);
    let labels: Vec<String> = BEFORE.map(str::to_owned).into_iter().chain(places).collect();
    let behind = BEHIND.into_iter().chain([CHECKED]);
    let mut out = row(labels.iter().map(String::as_str).chain(behind), b',');
    for contact in contacts {
        let cells = cells(contact, numbers);
        out.push_str(&row(cells.iter().map(String::as_str), b','));
    }
    out
}

fn cells(details: &ContactDetails, numbers: usize) -> Vec<String> {
    let before = [&details.organisation, &details.service, &details.role, &details.name];
    let mut cells: Vec<String> = before.into_iter().map(ToString::to_string).collect();
    let written =
        details.numbers.iter().flat_map(|number| [number.number.to_string(), number.note.to_string()]);
    let empty = std::iter::repeat_with(String::new);
    cells.extend(written.chain(empty).take(2 * numbers));
    let listed = |texts: &[Text]| texts.iter().map(Text::as_str).collect::<Vec<_>>().join(SEVERAL);
    let [areas, audiences] = [&details.areas, &details.audiences].map(|texts| listed(texts));
    let hours = card::hours(details);
    let behind = [&details.purpose, &hours, &details.out_of_hours, &details.caution];
    cells.extend([listed(&details.emails), details.web.to_string(), areas, audiences]);
    cells.extend(behind.into_iter().map(ToString::to_string));
    cells.push(if details.is_checked() { "yes" } else { "no" }.to_owned());
    cells
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::domain::contact::{ContactDetails, Number};

    #[test]
    fn every_row_has_as_many_cells_as_the_first() {
        let numbers =
            ["+44 1632 960123", "999"].map(|number| Number { number: number.into(), ..Number::default() });
        let one =
            ContactDetails { service: "=1+2".into(), numbers: numbers.into(), ..ContactDetails::default() };
        let other = ContactDetails { name: "Priya Shah".into(), ..ContactDetails::default() };
        let table = written([&one, &other]);
        let mut reader = csv::ReaderBuilder::new().from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!((&rows[0][1], &rows[0][4], &rows[0][6]), ("'=1+2", "'+44 1632 960123", "999"));
        assert_eq!(&rows[1][3], "Priya Shah");
    }
}
