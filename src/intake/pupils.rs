//! The children of one row: several in one cell, or each in columns of their own.
//!
//! Only a semicolon or a new line divides a cell. "Smith, Jo" is one child, and so may "Amir and Ali" be for all
//! that a program knows; the DSL sees the name as it was written and can link it to two.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::NaiveDate;

use super::dates::{self, Order, Said};
use super::form::Cell;
use super::unknown::Unknown;
use crate::domain::concern::NamedChild;
use crate::domain::field::ChildField;
use crate::domain::text::Text;

/// The cells of each place that the form has for a child.
#[derive(Default)]
pub(super) struct Pupils<'c>(BTreeMap<usize, BTreeMap<ChildField, Cell<'c>>>);

impl<'c> Pupils<'c> {
    pub(super) fn put(&mut self, place: usize, field: ChildField, cell: Cell<'c>, unknown: &mut Unknown) {
        match self.0.entry(place).or_default().entry(field) {
            Entry::Vacant(empty) => {
                empty.insert(cell);
            }
            Entry::Occupied(_) => cell.keep_in(unknown),
        }
    }

    pub(super) fn finish(self, unknown: &mut Unknown) -> Vec<NamedChild> {
        self.0.into_values().flat_map(|cells| children(cells, unknown)).collect()
    }
}

fn children(mut cells: BTreeMap<ChildField, Cell<'_>>, unknown: &mut Unknown) -> Vec<NamedChild> {
    let names = cells.remove(&ChildField::Name).map(|cell| parts(cell.text)).unwrap_or_default();
    let count = names.len();
    let mut births = each(cells.remove(&ChildField::DateOfBirth), count, birthday, unknown);
    let mut forms = each(cells.remove(&ChildField::Form), count, text, unknown);
    let mut schools = each(cells.remove(&ChildField::School), count, text, unknown);
    let child = |name| NamedChild {
        name: Text::new(name),
        date_of_birth: births.next(),
        form: forms.next(),
        school: schools.next(),
    };
    names.into_iter().map(child).collect()
}

/// One answer for each child, or none at all: with two names and one birthday, whose is it?
fn each<T>(
    cell: Option<Cell<'_>>,
    children: usize,
    read: fn(&str) -> Option<T>,
    unknown: &mut Unknown,
) -> std::vec::IntoIter<T> {
    let Some(cell) = cell else { return Vec::new().into_iter() };
    let answers = if children == 1 { vec![cell.text.trim()] } else { parts(cell.text) };
    let answers: Vec<T> = answers.into_iter().map_while(read).collect();
    if answers.len() == children {
        return answers.into_iter();
    }
    cell.keep_in(unknown);
    Vec::new().into_iter()
}

fn parts(text: &str) -> Vec<&str> {
    text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn birthday(text: &str) -> Option<NaiveDate> {
    match dates::read(text, Order::DayFirst) {
        Said::Exactly(moment) => Some(moment.date()),
        Said::Partly(_) | Said::Nothing => None,
    }
}

/// Boxing what cannot fail lets every field of a child be read in one way.
#[expect(clippy::unnecessary_wraps, reason = "the same shape as `birthday`")]
fn text(text: &str) -> Option<Text> {
    Some(Text::new(text))
}

#[cfg(test)]
mod tests {
    use super::Pupils;
    use crate::domain::concern::NamedChild;
    use crate::domain::field::ChildField;
    use crate::intake::form::Cell;
    use crate::intake::unknown::Unknown;

    /// What stands over such a column.
    fn heading(field: ChildField) -> &'static str {
        match field {
            ChildField::Name => "Name",
            ChildField::DateOfBirth => "Birth",
            ChildField::Form => "Form",
            ChildField::School => "School",
        }
    }

    fn read(cells: &[(usize, ChildField, &str)]) -> (Vec<NamedChild>, Vec<String>) {
        let mut pupils = Pupils::default();
        let mut unknown = Unknown::default();
        for (place, field, text) in cells {
            pupils.put(*place, *field, Cell { label: heading(*field).to_owned(), text }, &mut unknown);
        }
        let children = pupils.finish(&mut unknown);
        (children, unknown.into_map().unwrap().into_keys().collect())
    }

    fn names(cell: &str) -> Vec<String> {
        read(&[(0, ChildField::Name, cell)]).0.iter().map(|child| child.name.to_string()).collect()
    }

    #[test]
    fn only_semicolons_and_lines_divide_names() {
        assert_eq!(names("Kiran Solanki; Meera Solanki;"), ["Kiran Solanki", "Meera Solanki"]);
        assert_eq!(names("Kiran Solanki\nMeera Solanki"), ["Kiran Solanki", "Meera Solanki"]);
        assert_eq!(names("Smith, Jo"), ["Smith, Jo"]);
        assert_eq!(names("Ada Lamb and Finch"), ["Ada Lamb and Finch"]);
    }

    #[test]
    fn answers_go_to_the_child_in_the_same_place() {
        let (children, kept) = read(&[
            (0, ChildField::Name, "A; B"),
            (0, ChildField::DateOfBirth, "1/2/2013; 2013-03-04"),
            (0, ChildField::Form, "7B; 8C"),
        ]);
        assert_eq!(children[1].date_of_birth.unwrap().to_string(), "2013-03-04");
        assert_eq!(children[0].form.as_deref(), Some("7B"));
        assert!(kept.is_empty());
    }

    #[test]
    fn one_birthday_for_two_is_nobodys_and_kept() {
        let (children, kept) =
            read(&[(0, ChildField::Name, "A; B"), (0, ChildField::DateOfBirth, "1/2/2013")]);
        assert!(children.iter().all(|child| child.date_of_birth.is_none()));
        assert_eq!(kept, ["Birth"]);
    }

    #[test]
    fn a_birthday_that_cannot_be_read_is_kept() {
        let (children, kept) = read(&[(0, ChildField::Name, "A"), (0, ChildField::DateOfBirth, "about ten")]);
        assert_eq!((children[0].date_of_birth, kept), (None, vec!["Birth".to_owned()]));
    }

    #[test]
    fn places_without_a_name_are_no_children() {
        let (children, kept) = read(&[(0, ChildField::Name, "A"), (1, ChildField::Form, "7B")]);
        assert_eq!((children.len(), kept), (1, vec!["Form".to_owned()]));
    }
}
