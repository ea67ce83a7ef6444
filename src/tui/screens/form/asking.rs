//! What a form says and asks around its fields: before it records, before it discards, for help, and afterwards.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;

use super::field::Field;
use super::kind::FormKind;
use super::restrict;
use super::sheet::Sheet;
use crate::desk::Saved;
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::domain::when;
use crate::tui::keymap::Scope;
use crate::tui::layer::{Cx, Effect};
use crate::tui::screens::Layer;
use crate::tui::screens::confirm::Question;
use crate::tui::screens::reading::Reading;

/// Signing is asked once more; what is still to come, or long ago, is questioned and not refused.
pub(super) fn before_recording(kind: &FormKind, sheet: &Sheet, called: &str, cx: &Cx) -> Option<Question> {
    if kind.is_signature() {
        let who = cx.desk.as_ref().map_or_else(String::new, |desk| format!("{}, {}", desk.name, desk.role));
        return Some(question(
            "Sign Part 2?".to_owned(),
            format!(
                "{called}. You sign as {who}. This closes Part 2 and cannot be taken back; whatever is added later is marked as added after signing."
            ),
            "Not yet",
            "Sign",
        ));
    }
    let me = cx.desk.as_ref().map(|desk| &desk.name);
    if let (FormKind::Restrict { members, .. }, Some(me)) = (kind, me)
        && restrict::leaves_out(me, members, sheet)
    {
        return Some(question(
            "Leave yourself out?".to_owned(),
            format!("{called}. You are not among those named, so you do not open it yourself any more."),
            "Change it",
            "Record it so",
        ));
    }
    let doubtful = sheet.doubtful(cx.now)?;
    let why = if when::is_future(doubtful, cx.now) {
        "is still to come; the record says what has happened."
    } else {
        "is long ago. If it was then, record it so."
    };
    Some(question(
        "Is the date right?".to_owned(),
        format!("{called}. {} {why}", when::describe(doubtful, cx.now)),
        "Change it",
        "Record it so",
    ))
}

pub(super) fn discard(called: &str) -> Question {
    let gone = format!("What you wrote in \"{called}\" will be gone for good.");
    question("Discard this draft?".to_owned(), gone, "Keep it", "Discard it")
}

/// What it leads to is the form's own, which hears of the answer.
fn question(heading: String, text: String, harmless: &'static str, other: &'static str) -> Question {
    Question { heading, text, harmless, other, effects: vec![Effect::Confirmed] }
}

/// What the field is for, and the keys that work in it.
pub(super) fn help(cx: &Cx, field: Option<&Field>, scopes: &[Scope]) -> Effect {
    let heading = field.map_or_else(|| "This form".to_owned(), |field| field.label.to_string());
    let mut text = field.map_or_else(String::new, |field| format!("{}\n\n", field.help));
    for row in cx.keymap.rows(scopes) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:<10} {}", row.chord, row.help);
    }
    text.push_str("Ctrl-U     Undo in a text field; Ctrl-Y does it again.");
    Effect::Open(Box::new(Layer::Reading(Reading::new(heading, text))))
}

/// What was recorded, and when.
pub(super) fn recorded(kind: &FormKind, called: &str, saved: &Saved, now: DateTime<Utc>) -> String {
    let what = match saved.concern {
        Some(concern) if kind.is_part1() => format!("concern {concern}"),
        None if kind.is_part1() => return SEALED.to_owned(),
        Some(_) | None => called.to_owned(),
    };
    let kept_for: Vec<String> = saved.kept_for.iter().map(Text::one_line).collect();
    let kept = match kept_for.join(", ") {
        names if names.is_empty() => names,
        names => format!(" It is about staff and kept for {names}."),
    };
    format!("Recorded at {}: {what}.{kept}", clock(now, now))
}

/// What was typed is for the other cabinet.
const SEALED: &str = "Sealed to whoever receives a concern about the DSL. It is not in this record.";

/// Enter alone records nothing.
pub(super) const LAST_QUESTION: &str = "That was the last question. Ctrl-S or F2 records it.";

/// Where a name is typed at a question that is answered by a choice.
pub(super) const NO_TEXT_HERE: &str = "No text is kept at this question. Left and Right choose; Tab goes on.";

/// So that nobody takes an empty Part 1 for what she has lost.
pub(super) const ANOTHER_UNFINISHED: &str = "Another new concern is not finished. It is kept: D lists it.";

/// Why a draft that is whole cannot be opened.
pub const OF_ANOTHER_EDITION: &str =
    "It is of another edition of the program. It is kept; open it with that one.";

/// What was written before is neither shown nor lost.
pub(super) fn unread(why: &str) -> String {
    format!("What you wrote here before cannot be read. {why} Ctrl-S tries again, Esc goes back.")
}

pub(super) fn restored(saved_at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    format!("Restored what you were writing at {}.", clock(saved_at, now))
}

/// The time, with the day where it is not today's.
pub fn clock(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let today = Moment::At(at).date() == Moment::At(now).date();
    at.with_timezone(&London).format(if today { "%H:%M" } else { "%H:%M on %a %-d %b" }).to_string()
}
