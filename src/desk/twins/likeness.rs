//! How alike two children of the desk are, and why somebody should look.

use chrono::NaiveDate;

use crate::desk::linking;
use crate::domain::child::{ChildDetails, is_slip};
use crate::domain::text::Text;
use crate::search::{Agreement, fold};

/// The likeliest first.
///
/// Twins share a date of birth and a surname, and brothers and sisters a surname: they are not alike unless their given
/// names are as near as two spellings of one. Two of one name who were born on different days are two, unless one of the
/// dates may be a slip for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::desk) enum Likeness {
    SameUpn,
    SameBirthday,
    NearName,
    /// A digit of the date of birth is another, or day and month are exchanged.
    SlipOfBirthday,
    SameForm,
    SameName,
    NearNameSameForm,
}

enum Births {
    Same,
    Slip,
    Others,
    NotKnown,
}

impl Births {
    fn of(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Self {
        match one.zip(other) {
            None => Self::NotKnown,
            Some((one, other)) if one == other => Self::Same,
            Some((one, other)) if is_slip(one, other) => Self::Slip,
            Some(_) => Self::Others,
        }
    }
}

impl Likeness {
    pub(in crate::desk) fn of(one: &ChildDetails, other: &ChildDetails) -> Option<Self> {
        let upns = one.upn.as_ref().zip(other.upn.as_ref()).map(|(one, other)| one == other);
        if upns == Some(true) {
            return Some(Self::SameUpn);
        }
        let births = Births::of(one.date_of_birth, other.date_of_birth);
        let same_form = || {
            let form = fold(&one.form);
            !form.is_empty() && form == fold(&other.form)
        };
        match (agreement(one, other), births) {
            (Agreement::Same, Births::Same) => Some(Self::SameBirthday),
            (Agreement::Near, Births::Same) => Some(Self::NearName),
            (Agreement::Same, Births::Slip) if !are_years_apart(one, other) => Some(Self::SlipOfBirthday),
            (Agreement::Same, Births::NotKnown) if same_form() => Some(Self::SameForm),
            (Agreement::Same, Births::NotKnown) => Some(Self::SameName),
            (Agreement::Near, Births::NotKnown) if same_form() => Some(Self::NearNameSameForm),
            (Agreement::Near, Births::Slip | Births::Others | Births::NotKnown)
            | (Agreement::Same, Births::Slip | Births::Others)
            | (Agreement::Different, _) => None,
        }
    }

    pub(in crate::desk) fn why(self) -> &'static str {
        match self {
            Self::SameUpn => "same unique pupil number",
            Self::SameBirthday => "same name and date of birth",
            Self::NearName => "nearly the same name, born the same day",
            Self::SlipOfBirthday => "same name, date of birth a slip apart",
            Self::SameForm => "same name and form, birth date missing",
            Self::SameName => "same name, birth date missing",
            Self::NearNameSameForm => "near name, same form, birth date missing",
        }
    }
}

/// By whichever of their names agree best.
fn agreement(one: &ChildDetails, other: &ChildDetails) -> Agreement {
    other.names().map(|name| linking::agreement(one, name)).min().unwrap_or(Agreement::Different)
}

/// Whether their forms are of two years: then it was no slip that parts their dates of birth.
fn are_years_apart(one: &ChildDetails, other: &ChildDetails) -> bool {
    let year = |details: &ChildDetails| -> String {
        fold(&details.form).chars().take_while(char::is_ascii_digit).collect()
    };
    let (one, other) = (year(one), year(other));
    !one.is_empty() && !other.is_empty() && one != other
}

/// The letters of a name, to see at a glance that two names cannot be spellings of one: comparing them word by word
/// costs a hundred times as much, and most who were born on one day have nothing else in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters(u32);

impl Letters {
    /// Two spellings differ in more letters only where both have letters that the other has not.
    const MOST_OTHERS: u32 = 2;

    /// Of all names together: somebody with two may agree by either.
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n Text>) -> Self {
        // Letters of other alphabets share bits: that excludes nobody who should not be.
        let bit = |letter: char| 1 << (u32::from(letter) % u32::BITS);
        let letters =
            |name: &Text| fold(name).chars().filter(|letter| *letter != ' ').fold(0, |all, l| all | bit(l));
        Self(names.map(letters).fold(0, |all, letters| all | letters))
    }

    pub(super) fn may_agree(self, other: Self) -> bool {
        let [mine, theirs] = [self.0 & !other.0, other.0 & !self.0].map(u32::count_ones);
        mine.min(theirs) <= Self::MOST_OTHERS
    }
}
