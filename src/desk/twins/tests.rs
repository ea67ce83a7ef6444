//! Which children are alike, and which are not.

use crate::domain::text::Text;
use proptest::prelude::*;

use super::{ChildDetails, ChildId, Letters, Likeness, Twins};
use crate::search::{Agreement, names_agree};

fn details(name: &str, born: &str, form: &str) -> ChildDetails {
    ChildDetails {
        name: name.into(),
        date_of_birth: born.parse().ok(),
        form: form.into(),
        ..ChildDetails::default()
    }
}

/// The pairs among these, which are numbered from 1.
fn pairs(children: &[(&str, &str, &str)]) -> Vec<(Likeness, i64, i64)> {
    let mut twins = Twins::default();
    for (id, (name, born, form)) in (1..).zip(children) {
        twins.put(ChildId(id), details(name, born, form));
    }
    twins.pairs.iter().map(|([one, other], likeness)| (*likeness, one.0, other.0)).collect()
}

fn one(a: (&str, &str, &str), b: (&str, &str, &str)) -> Option<Likeness> {
    let found = pairs(&[a, b]);
    assert_eq!(found, pairs(&[b, a]), "it is mutual");
    found.first().map(|(likeness, ..)| *likeness)
}

#[test]
fn however_it_was_written_the_same_name_and_birthday_is_the_likeliest() {
    let born = "2012-03-03";
    for (a, b) in
        [("Zoë Marsh", "zoe marsh"), ("Marsh, Zoe", "Zoë Marsh"), ("Jean-Luc Smith", "Smith Jeanluc")]
    {
        assert_eq!(one((a, born, "5B"), (b, born, "7A")), Some(Likeness::SameBirthday), "{a}");
    }
}

#[test]
fn twins_are_two_unless_their_given_names_are_near() {
    let born = "2012-03-03";
    for (a, b) in [("Amina Khan", "Hafsa Khan"), ("Jack Marsh", "Oliver Marsh"), ("Ali Khan", "Adam Khan")] {
        assert_eq!(one((a, born, "5B"), (b, born, "5B")), None, "{a} {b}");
    }
    // One letter parts them: it may be a slip as well as another child, and whoever knows tells them apart once.
    assert_eq!(one(("Ellie Marsh", born, "5B"), ("Elsie Marsh", born, "5B")), Some(Likeness::NearName));
}

#[test]
fn brothers_and_sisters_and_namesakes_are_two() {
    assert_eq!(one(("Amina Khan", "2012-03-03", "5B"), ("Hafsa Khan", "2014-08-21", "3A")), None);
    assert_eq!(one(("Mohammed Ali", "2013-11-02", "8B"), ("Mohammed Ali", "2012-06-17", "10C")), None);
    assert_eq!(one(("Amina Khan", "2012-03-03", "5B"), ("Amina Kahn", "2014-08-21", "5B")), None);
}

#[test]
fn a_slip_of_the_birthday_is_looked_at() {
    for slip in ["2012-04-03", "2012-03-14", "2011-03-04"] {
        let found = one(("Zoë Marsh", "2012-03-04", ""), ("Zoe Marsh", slip, ""));
        assert_eq!(found, Some(Likeness::SlipOfBirthday), "{slip}");
    }
    assert_eq!(one(("Zoë Marsh", "2012-03-04", ""), ("Zoe Marsh", "2013-04-05", "")), None);
    let slip = |form| one(("Zoë Marsh", "2012-03-04", "10B"), ("Zoe Marsh", "2011-03-04", form));
    assert_eq!(
        (slip("10C"), slip("11B")),
        (Some(Likeness::SlipOfBirthday), None),
        "a year apart in school as well"
    );
}

#[test]
fn without_a_birthday_the_form_speaks_for_them() {
    let zoe = ("Zoë Marsh", "2012-03-04", "5B");
    assert_eq!(one(zoe, ("Zoe Marsh", "", "5b")), Some(Likeness::SameForm));
    assert_eq!(one(zoe, ("Zoe Marsh", "", "7A")), Some(Likeness::SameName));
    assert_eq!(one(zoe, ("Zoe Marsh", "", "")), Some(Likeness::SameName));
    assert_eq!(one(zoe, ("Zoe Mrash", "", "5B")), Some(Likeness::NearNameSameForm));
    assert_eq!(one(zoe, ("Zoe Mrash", "", "7A")), None);
    assert_eq!(
        one(("Zoë Marsh", "", ""), ("Zoe Mrash", "", "")),
        None,
        "nothing but a name that is not the same"
    );
}

#[test]
fn forms_that_differ_do_not_part_the_same_name_and_birthday() {
    let found = one(("Zoë Marsh", "2012-03-04", "5B"), ("Zoe Marsh", "2012-03-04", "6C"));
    assert_eq!(found, Some(Likeness::SameBirthday), "children change forms");
}

#[test]
fn somebody_who_is_not_known_is_nobody_else() {
    assert_eq!(one(("not known", "", "5B"), ("Not known.", "", "5B")), None);
}

fn letters(name: &str) -> Letters {
    Letters::of(std::iter::once(&Text::from(name)))
}

proptest! {
    /// The glance excludes nobody whom the comparison finds alike.
    #[test]
    fn spellings_of_one_name_may_agree_at_a_glance(name in "[a-z]{3,7} [a-z]{3,9}", at in 0..9usize, put in "[a-z]{0,2}") {
        let mut other: Vec<char> = name.chars().collect();
        let at = at.min(other.len() - 1);
        other.splice(at..=at, put.chars());
        let other: String = other.into_iter().collect();
        if names_agree(&name, &other) != Agreement::Different {
            prop_assert!(letters(&name).may_agree(letters(&other)));
        }
    }
}

#[test]
fn what_was_corrected_is_compared_anew() {
    let mut twins = Twins::default();
    twins.put(ChildId(1), details("Zoë Marsh", "2012-03-04", "5B"));
    twins.put(ChildId(2), details("Hassan Ali", "2012-03-04", "5B"));
    assert!(twins.pairs.is_empty());
    twins.put(ChildId(2), details("Zoe Marsh", "2012-03-04", "5B"));
    assert_eq!(twins.pairs.len(), 1);
    twins.put(ChildId(2), details("Hassan Ali", "2012-03-04", "5B"));
    assert!(twins.pairs.is_empty());
    assert_eq!(twins.blocks.values().flatten().filter(|id| **id == ChildId(2)).count(), 3, "and stands once");
}
