//! The children of one row: several in one cell, or each in columns of their own.
//!
//! A semicolon or a new line divides a cell, and so does what joins whole names (`names`). What is left undivided stays
//! as it was written: the DSL sees it and can link it to two.

mod names;

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
    let names: Vec<String> = cells
        .remove(&ChildField::Name)
        .map(|cell| parts(cell.text).into_iter().flat_map(names::apart).collect())
        .unwrap_or_default();
    let count = names.len();
    let mut births = each(cells.remove(&ChildField::DateOfBirth), count, birthday, unknown);
    let mut forms = each(cells.remove(&ChildField::Form), count, text, unknown);
    let mut schools = each(cells.remove(&ChildField::School), count, text, unknown);
    let child = |name: String| NamedChild {
        name: Text::new(&name),
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
    let answers = match children {
        1 => read(cell.text.trim()).map(|answer| vec![answer]),
        _ => divided(cell.text, children)
            .and_then(|answers| answers.iter().map(|answer| read(answer)).collect()),
    };
    if answers.is_none() {
        cell.keep_in(unknown);
    }
    answers.unwrap_or_default().into_iter()
}

/// As many answers as there are children, by whatever divides the cell into them.
fn divided(text: &str, children: usize) -> Option<Vec<String>> {
    let at_lines = parts(text).into_iter().map(str::to_owned).collect();
    let ways: [Vec<String>; 2] = [at_lines, names::at_joints(text, &['&', '+'])];
    ways.into_iter().find(|answers| answers.len() == children)
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
    fn semicolons_lines_and_what_joins_whole_names_divide_them() {
        assert_eq!(names("Kiran Solanki; Meera Solanki;"), ["Kiran Solanki", "Meera Solanki"]);
        assert_eq!(names("Kiran Solanki\nMeera Solanki"), ["Kiran Solanki", "Meera Solanki"]);
        assert_eq!(names("A Smith & B Jones; Cher"), ["A Smith", "B Jones", "Cher"]);
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
        let (children, kept) = read(&[
            (0, ChildField::Name, "A Smith and B Jones"),
            (0, ChildField::DateOfBirth, "1/2/2013 & 2013-03-04"),
            (0, ChildField::Form, "7B and 8C"),
            (0, ChildField::School, "Abbey Fields"),
        ]);
        assert_eq!(children[0].date_of_birth.unwrap().to_string(), "2013-02-01");
        assert_eq!(children[1].form.as_deref(), Some("8C"));
        assert_eq!(kept, ["School"]);
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
