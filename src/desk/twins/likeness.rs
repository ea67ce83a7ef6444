//! How alike two children of the desk are, and why somebody should look.

use chrono::{Datelike as _, NaiveDate};

use crate::domain::child::ChildDetails;
use crate::search::{Agreement, fold, names_agree};

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
        let form = fold(&one.form);
        let same_form = !form.is_empty() && form == fold(&other.form);
        match (names_agree(&one.name, &other.name), births) {
            (Agreement::Same, Births::Same) => Some(Self::SameBirthday),
            (Agreement::Near, Births::Same) => Some(Self::NearName),
            (Agreement::Same, Births::Slip) => Some(Self::SlipOfBirthday),
            (Agreement::Same, Births::NotKnown) if same_form => Some(Self::SameForm),
            (Agreement::Same, Births::NotKnown) => Some(Self::SameName),
            (Agreement::Near, Births::NotKnown) if same_form => Some(Self::NearNameSameForm),
            (Agreement::Near, Births::Slip | Births::Others | Births::NotKnown)
            | (Agreement::Same, Births::Others)
            | (Agreement::Different, _) => None,
        }
    }

    pub(in crate::desk) fn why(self) -> &'static str {
        match self {
            Self::SameUpn => "same unique pupil number",
            Self::SameBirthday => "same name and date of birth",
            Self::NearName => "nearly the same name, same date of birth",
            Self::SlipOfBirthday => "same name, nearly the same date of birth",
            Self::SameForm => "same name and form, a date of birth is missing",
            Self::SameName => "same name, a date of birth is missing",
            Self::NearNameSameForm => "nearly the same name, same form, a date of birth is missing",
        }
    }
}

/// Whether one date may have been written for the other.
fn is_slip(one: NaiveDate, other: NaiveDate) -> bool {
    let exchanged = (one.year(), one.month(), one.day()) == (other.year(), other.day(), other.month());
    let digits = |date: NaiveDate| date.format("%Y%m%d").to_string().into_bytes();
    let off = digits(one).iter().zip(&digits(other)).filter(|(a, b)| a != b).count();
    exchanged || off == 1
}
