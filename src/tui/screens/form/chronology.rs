//! What is written by hand into a chronology (form F3): a row of its own, a correction of what stands there, and that
//! a concern belongs into another child's.

use chrono::{DateTime, Utc};

use super::choice::Choice;
use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::desk::act::LinkTo;
use crate::domain::entry::NoteKind;
use crate::domain::field::CorrectedField;
use crate::domain::ids::{ChildId, ConcernId, Seq};
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

pub(super) fn correction_questions(what: &str, was: &Text) -> Vec<Field> {
    vec![
        Field::shown(WAS, format!("{what}, as it stands"), was.to_string()),
        Field::area(
            INSTEAD,
            "What it should say instead",
            "The words as they should have been. The old ones are shown beside them.",
        ),
        Field::area(REASON, "Why is it corrected?", "What was wrong, and how you know."),
    ]
}

pub(super) fn correction(
    concern: ConcernId,
    corrects: Seq,
    field: &CorrectedField,
    sheet: &Sheet,
) -> Result<Act, Trouble> {
    Ok(Act::Correct {
        concern,
        corrects,
        field: field.clone(),
        instead: instead(sheet)?,
        reason: reason(sheet)?,
    })
}

pub(super) fn note_correction(child: ChildId, corrects: Seq, sheet: &Sheet) -> Result<Act, Trouble> {
    Ok(Act::CorrectNote { child, corrects, instead: instead(sheet)?, reason: reason(sheet)? })
}

fn instead(sheet: &Sheet) -> Result<Text, Trouble> {
    sheet.needed(INSTEAD, "Say what it should say instead.")
}

fn reason(sheet: &Sheet) -> Result<Text, Trouble> {
    sheet.needed(REASON, "Say why it is corrected.")
}
