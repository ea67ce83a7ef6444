//! What of a child's details a row of a roll changes. A blank cell, and a name that says no more, take nothing away.

use crate::domain::child::ChildDetails;
use crate::domain::text::Text;
use crate::intake::roll::Pupil;
use crate::search::fold;

/// Something that the roll has otherwise than the desk, or that only the roll has.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: &'static str,
    /// Blank where the desk has nothing.
    pub desk: Text,
    pub roll: Text,
}

impl Difference {
    /// Whether something else stood there.
    pub(super) fn replaces(&self) -> bool {
        !self.desk.is_blank()
    }
}

/// The child with what the row says, and what that changes.
pub(super) fn merged(known: &ChildDetails, pupil: &Pupil) -> (ChildDetails, Vec<Difference>) {
    let mut after = known.clone();
    let mut differences = Vec::new();
    let mut differs = |field, desk: Text, roll: Text| differences.push(Difference { field, desk, roll });
    if is_another_name(known, &pupil.name) {
        differs("name", known.name.clone(), pupil.name.clone());
        let before = std::mem::replace(&mut after.name, pupil.name.clone());
        // Somebody may still ask for them by it.
        if !before.is_blank() && after.names().all(|name| fold(name) != fold(&before)) {
            after.other_names.push(before);
        }
    }
    for name in &pupil.other_names {
        if after.names().all(|known| fold(known) != fold(name)) {
            differs("other name", Text::default(), name.clone());
            after.other_names.push(name.clone());
        }
    }
    if pupil.date_of_birth.is_some() && pupil.date_of_birth != known.date_of_birth {
        let told = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        differs("date of birth", told(known.date_of_birth).into(), told(pupil.date_of_birth).into());
        after.date_of_birth = pupil.date_of_birth;
    }
    let form = if pupil.form.is_blank() { year_instead(known, &pupil.year) } else { pupil.form.clone() };
    for (field, text, theirs) in
        [("form", &mut after.form, &form), ("school", &mut after.school, &pupil.school)]
    {
        if !theirs.is_blank() && fold(theirs) != fold(text) {
            differs(field, std::mem::replace(text, theirs.clone()), theirs.clone());
        }
    }
    if pupil.upn.is_some() && pupil.upn != known.upn {
        let told = |details: &Option<_>| details.as_ref().map(told_upn).unwrap_or_default();
        differs("UPN", told(&known.upn), told(&pupil.upn));
        after.upn.clone_from(&pupil.upn);
    }
    (after, differences)
}

fn told_upn(upn: &crate::domain::upn::Upn) -> Text {
    Text::from(upn.as_str())
}

/// Whether the child would be called what nobody calls them yet. Where the roll leaves a name out, the fuller one stays.
fn is_another_name(known: &ChildDetails, name: &Text) -> bool {
    let says_no_more = |known: &Text| {
        let known = fold(known);
        let mut known: Vec<&str> = known.split(' ').collect();
        fold(name).split(' ').all(|word| {
            let at = known.iter().position(|known| *known == word);
            at.map(|at| known.remove(at)).is_some()
        })
    };
    let is_the_same = |known: &Text| fold(known).replace(' ', "") == fold(name).replace(' ', "");
    !known.names().any(|known| is_the_same(known) || says_no_more(known))
}

/// A year group, where it says what the form does not.
fn year_instead(known: &ChildDetails, year: &Text) -> Text {
    let number = |text: &str| -> Option<u32> {
        let digits = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit);
        digits.collect::<String>().parse().ok()
    };
    let is_newer = match (number(&known.form), number(year)) {
        (Some(form), Some(year)) => form != year,
        (None, _) | (_, None) => known.form.is_blank(),
    };
    if is_newer { year.clone() } else { Text::default() }
}
