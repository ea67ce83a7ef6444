//! What is written by hand into a chronology (form F3): a row of its own, a correction of what stands there, and that
//! a concern belongs into another child's.

use chrono::{DateTime, Utc};

use super::choice::Choice;
use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::desk::act::LinkTo;
use crate::domain::entry::NoteKind;
use crate::domain::field::{CorrectedField, Part1Field};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;

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
        ),
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

pub(super) fn correction_questions(what: &str, was: &Text, dated: Dated) -> Vec<Field> {
    let mut fields = vec![Field::shown(WAS, format!("{what}, as it stands"), was.to_string())];
    if dated != Dated::Only {
        let instead = Field::area(
            INSTEAD,
            "What it should say instead",
            "The words as they should have been, to be changed here. The old ones are shown beside them.",
        );
        fields.push(instead.with(was));
    }
    fields.extend(match dated {
        Dated::No => None,
        Dated::Too => Some(Field::moment(
            HAPPENED_AT,
            "When it happened, if that is wrong (may stay empty)",
            "The row then stands at this date and says where it stood.",
        )),
        Dated::Only => Some(Field::moment(
            HAPPENED_AT,
            "When it happened",
            "The concern then stands at this date in the chronology, and says where it stood.",
        )),
    });
    fields.push(Field::area(REASON, "Why is it corrected?", "What was wrong, and how you know."));
    fields
}

/// Whether a date can be wrong in what is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    No,
    /// Words and a date.
    Too,
    /// It is a date and nothing else.
    Only,
}

impl Dated {
    pub(super) fn of(field: &CorrectedField) -> Self {
        match field {
            CorrectedField::Part1(Part1Field::IncidentAt) => Self::Only,
            CorrectedField::Section(section) if section.has_moment() => Self::Too,
            CorrectedField::Section(_)
            | CorrectedField::Part1(_)
            | CorrectedField::Child(..)
            | CorrectedField::Unknown(_) => Self::No,
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
    let (instead, happened_at) = corrected(Dated::of(field), was, sheet, now)?;
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
    let (instead, happened_at) = corrected(Dated::Too, was, sheet, now)?;
    Ok(Act::CorrectNote { child, corrects, instead, reason: reason(sheet)?, happened_at })
}

/// The words and the date as they should have been; one of them has to be another.
fn corrected(
    dated: Dated,
    was: &Text,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<(Text, Option<Moment>), Trouble> {
    if dated == Dated::Only {
        let at = sheet.needed_moment(HAPPENED_AT, now)?;
        return Ok((Text::from(at.to_string()), Some(at)));
    }
    let instead = sheet.needed(INSTEAD, "Say what it should say instead.")?;
    let at = sheet.moment(HAPPENED_AT, now)?;
    if at.is_none() && instead.trim() == was.trim() {
        return Err(Trouble::new(INSTEAD, "These are the words that stand there already. Change them."));
    }
    Ok((instead, at))
}

fn reason(sheet: &Sheet) -> Result<Text, Trouble> {
    sheet.needed(REASON, "Say why it is corrected.")
}
