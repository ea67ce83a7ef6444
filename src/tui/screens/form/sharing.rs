//! What was shared, or not: what the form asks, in an order in which little is asked where little is needed, and the
//! decision that the answers make (R22, R32).

use chrono::{DateTime, Utc};

use super::choice::{Choice, NO, YES};
use super::decision::{AT, Given, REASON, WHAT, WHEN, WITH, chosen};
use super::field::{Field, Key};
use super::gates;
use super::sheet::{Sheet, Trouble};
use crate::domain::caution::Place;
use crate::domain::decision::{Consent, Sharing, Told};
use crate::domain::moment::Moment;
use crate::domain::text::Text;

pub(super) const SHARED: Key = Key::new("shared");
pub(super) const PURPOSE: Key = Key::new("purpose");
const ANONYMISED: Key = Key::new("anonymised");
pub(super) const CONSENT: Key = Key::new("consent");
pub(super) const WITHOUT: Key = Key::new("without_consent");
pub(super) const TOLD: Key = Key::new("told");

pub(super) fn questions(given: &Given) -> Vec<Field> {
    vec![
        Field::choice(
            SHARED,
            "Was it shared?",
            "What you decide not to share is recorded as well. Data protection law does not stop you from sharing what keeps a child safe.",
            Choice::yes_no(),
        )
        .by(35),
        Field::area(WHAT, "What?", "Only what is relevant and accurate.")
            .with(&given.what)
            .of(Place::Action)
            .by(22),
        Field::line(WITH, "With whom?", "Names and roles. Only those who need it.").with(&given.text),
        gates::despite(13),
        Field::line(PURPOSE, "For what purpose?", "What they are to do with it."),
        Field::choice(
            ANONYMISED,
            "Without names?",
            "Advice may be asked for without saying who it is; then nobody's consent is asked either.",
            Choice::with_first(&[NO, YES]),
        )
        .only_if(SHARED, YES),
        Field::choice(
            CONSENT,
            "Was whoever it is about asked for consent?",
            "It is not needed where a child is at risk, and no law on data protection stands in the way. Where they did not agree, say why it was shared.",
            Choice::among(Consent::ALL.map(Consent::label)),
        )
        .where_ruled(),
        Field::area(
            WITHOUT,
            "Why without consent?",
            "Such as: a child is at risk; asking would raise the risk, hamper the police or lose time.",
        )
        .where_ruled()
        .of(Place::Action),
        Field::choice(
            TOLD,
            "Are they told that it was shared?",
            "They are told, openly and soon, unless that makes anybody less safe: then they are not.",
            Choice::among(Told::ALL.map(Told::label)),
        )
        .where_ruled(),
        gates::despite(3),
        gates::despite(4),
        Field::area(REASON, "Reasons", "Why it was shared, or why not.").of(Place::Action),
        Field::now(AT, "When?", WHEN),
    ]
}

/// Nobody is asked for consent where no name is given; then none was asked.
pub(super) fn shared(sheet: &Sheet, now: DateTime<Utc>, reasons: Text) -> Result<Sharing, Trouble> {
    let is_shared = sheet.answered(SHARED)?;
    let anonymised = is_shared && sheet.answered(ANONYMISED)?;
    let consent = if anonymised {
        Consent::NotAsked
    } else {
        chosen(sheet, CONSENT, Consent::ALL, |consent| consent.label())?
    };
    let at = sheet.needed_moment(AT, now)?;
    let (what, with, purpose) = (sheet.text(WHAT), sheet.text(WITH), sheet.text(PURPOSE));
    let sharing = Sharing {
        is_shared,
        at,
        what,
        with,
        purpose,
        consent,
        anonymised,
        reasons,
        without_consent: Text::default(),
        told: None,
    };
    let is_without = sharing.is_without_consent();
    Ok(Sharing {
        without_consent: if is_without { sheet.text(WITHOUT) } else { Text::default() },
        told: told(sheet).filter(|_| is_without),
        ..sharing
    })
}

fn told(sheet: &Sheet) -> Option<Told> {
    Told::ALL.into_iter().find(|told| Some(told.label()) == sheet.word(TOLD))
}

/// The questions that hang on more than one answer.
pub(super) const ASKED_WHERE: [Key; 3] = [CONSENT, WITHOUT, TOLD];

/// Whether such a question is asked.
pub(super) fn is_asked(sheet: &Sheet, key: Key) -> bool {
    let has_names = sheet.yes_or_no(SHARED) == Some(false) || sheet.yes_or_no(ANONYMISED) == Some(false);
    let is_without = || so_far(sheet).is_some_and(|sharing| sharing.is_without_consent());
    match key {
        CONSENT => has_names,
        WITHOUT | TOLD => has_names && is_without(),
        _ => false,
    }
}

/// A sharing as far as it is answered.
pub(super) fn so_far(sheet: &Sheet) -> Option<Sharing> {
    let consent = Consent::ALL.into_iter().find(|consent| Some(consent.label()) == sheet.word(CONSENT));
    Some(Sharing {
        is_shared: sheet.yes_or_no(SHARED)?,
        at: Moment::At(DateTime::UNIX_EPOCH),
        what: Text::default(),
        with: sheet.text(WITH),
        purpose: Text::default(),
        // What is not answered yet asks for nothing.
        consent: consent.unwrap_or(Consent::Given),
        anonymised: sheet.yes_or_no(ANONYMISED) == Some(true),
        reasons: Text::default(),
        without_consent: Text::default(),
        told: told(sheet),
    })
}
