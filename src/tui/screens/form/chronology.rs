//! What is written by hand into a chronology (form F3): a row of its own, a correction of what stands there, and that
//! a concern belongs into another child's.

use chrono::{DateTime, Utc};

use super::choice::{Choice, NO, NOT_SAID, YES};
use super::field::{Field, Key};
use super::input::Input;
use super::part1::{ABOUTS, areas};
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::desk::act::LinkTo;
use crate::domain::caution::Place;
use crate::domain::entry::NoteKind;
use crate::domain::field::{ChildField, CorrectedField, Part1Field};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::tui::widgets::text_field::TextField;

const KIND: Key = Key::new("kind");
const HAPPENED_AT: Key = Key::new("happened_at");
const TEXT: Key = Key::new("text");
const WHOM: Key = Key::new("whom");
const WAS: Key = Key::new("was");
const INSTEAD: Key = Key::new("instead");
const REASON: Key = Key::new("reason");

pub(super) fn note_questions() -> Vec<Field> {
    vec![
        Field::choice(
            KIND,
            "A contact or an event?",
            "A contact is a call, a visit or a meeting. Everything else that happened is an event, good news too.",
            Choice::with_first(&["contact", "event"]),
        ),
        Field::moment(
            HAPPENED_AT,
            "When did it happen?",
            "As people say it: now, today 14:10, last fri, 20/11. The day alone will do. The row stands at this date, however late it is written.",
        ),
        Field::area(
            TEXT,
            "Details of the contact or event",
            "Who, what, where; facts apart from opinion. Of children, say child A and child B; do not call anybody victim or perpetrator.",
        )
        .of(Place::Facts),
    ]
}

pub(super) fn note(child: ChildId, sheet: &Sheet, now: DateTime<Utc>) -> Result<Act, Trouble> {
    let note =
        if sheet.word(KIND) == Some(NoteKind::Event.label()) { NoteKind::Event } else { NoteKind::Contact };
    Ok(Act::Note {
        child,
        note,
        happened_at: sheet.needed_moment(HAPPENED_AT, now)?,
        text: sheet.needed(TEXT, "Say what happened.")?,
    })
}

pub(super) fn relink_questions(name: &Text) -> Vec<Field> {
    vec![
        Field::shown(WHOM, "The concern is then about", name.to_string()),
        Field::area(REASON, "Why is it this child?", "How you know. Both children's chronologies say so."),
    ]
}

pub(super) fn relink(concern: ConcernId, position: u32, to: LinkTo, sheet: &Sheet) -> Result<Act, Trouble> {
    let reason = sheet.needed(REASON, "Say why it is another child.")?;
    Ok(Act::Link { concern, position, to, reason })
}

pub(super) fn correction_questions(what: &str, was: &Text, answer: Answer) -> Vec<Field> {
    let mut fields = vec![Field::shown(WAS, format!("{what}, as it stands"), was.to_string())];
    fields.extend(match answer {
        Answer::Words | Answer::DatedWords => Some(
            Field::area(
                INSTEAD,
                INSTEAD_LABEL,
                "The words as they should have been, to be changed here. The old ones are shown beside them.",
            )
            .with(was),
        ),
        Answer::OneOf(answers) => Some(Field::choice(
            INSTEAD,
            INSTEAD_LABEL,
            "The answer as it should have been. The old one is shown beside it.",
            Choice::open(answers),
        )),
        Answer::Birthday => Some(Field::new(
            INSTEAD,
            INSTEAD_LABEL,
            "Like 3/12/2014, the day first. The old date is shown beside it.",
            Input::Birth(TextField::default()),
        )),
        Answer::Moment => None,
    });
    fields.extend(match answer {
        Answer::Words | Answer::OneOf(_) | Answer::Birthday => None,
        Answer::DatedWords => Some(Field::moment(
            HAPPENED_AT,
            "When it happened, if that is wrong (may stay empty)",
            "The row then stands at this date and says where it stood.",
        )),
        Answer::Moment => Some(Field::moment(
            HAPPENED_AT,
            "When it happened",
            "The concern then stands at this date in the chronology, and says where it stood.",
        )),
    });
    fields.push(Field::area(REASON, "Why is it corrected?", "What was wrong, and how you know."));
    fields
}

const INSTEAD_LABEL: &str = "What it should say instead";

/// What kind of answer is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Words,
    /// Words and when it happened.
    DatedWords,
    /// When it happened, and nothing else.
    Moment,
    OneOf(&'static [&'static str]),
    Birthday,
}

impl Answer {
    pub(super) fn of(field: &CorrectedField) -> Self {
        match field {
            CorrectedField::Part1(Part1Field::IncidentAt) => Self::Moment,
            CorrectedField::Part1(
                Part1Field::ImmediateDanger
                | Part1Field::ToldDslInPerson
                | Part1Field::NotForDsl
                | Part1Field::StaffIsDsl,
            ) => Self::OneOf(&[YES, NO, NOT_SAID]),
            CorrectedField::Part1(Part1Field::About) => Self::OneOf(ABOUTS),
            CorrectedField::Part1(Part1Field::Area) => Self::OneOf(areas()),
            CorrectedField::Child(_, ChildField::DateOfBirth) => Self::Birthday,
            CorrectedField::Section(section) if section.has_moment() => Self::DatedWords,
            CorrectedField::Section(_)
            | CorrectedField::Part1(_)
            | CorrectedField::Child(..)
            | CorrectedField::Unknown(_) => Self::Words,
        }
    }
}

pub(super) fn correction(
    concern: ConcernId,
    corrects: Seq,
    field: &CorrectedField,
    was: &Text,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let (instead, happened_at) = corrected(Answer::of(field), was, sheet, now)?;
    let (field, reason) = (field.clone(), reason(sheet)?);
    Ok(Act::Correct { concern, corrects, field, instead, reason, happened_at })
}

pub(super) fn note_correction(
    child: ChildId,
    corrects: Seq,
    was: &Text,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let (instead, happened_at) = corrected(Answer::DatedWords, was, sheet, now)?;
    Ok(Act::CorrectNote { child, corrects, instead, reason: reason(sheet)?, happened_at })
}

/// The answer and the date as they should have been; one of them has to be another.
fn corrected(
    answer: Answer,
    was: &Text,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<(Text, Option<Moment>), Trouble> {
    let needed = || Trouble::new(INSTEAD, "Say what it should say instead.");
    let (instead, at) = match answer {
        Answer::Moment => {
            let at = sheet.needed_moment(HAPPENED_AT, now)?;
            return Ok((Text::from(at.to_string()), Some(at)));
        }
        Answer::Words => (sheet.text(INSTEAD), None),
        Answer::DatedWords => (sheet.text(INSTEAD), sheet.moment(HAPPENED_AT, now)?),
        Answer::OneOf(_) => (Text::from(sheet.word(INSTEAD).ok_or_else(needed)?), None),
        Answer::Birthday => {
            let born = sheet.birth(INSTEAD, now)?.ok_or_else(needed)?;
            (Text::from(Moment::Date(born).to_string()), None)
        }
    };
    if instead.is_blank() {
        return Err(needed());
    }
    if at.is_none() && instead.trim() == was.trim() {
        return Err(Trouble::new(INSTEAD, "That stands there already. Say what it should say instead."));
    }
    Ok((instead, at))
}

fn reason(sheet: &Sheet) -> Result<Text, Trouble> {
    sheet.needed(REASON, "Say why it is corrected.")
}
