//! What is true of a child for a time (D24): that it began, and that it has ended.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::choice::Choice;
use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::domain::flag;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;

const FLAG: Key = Key::new("flag");
const WRITTEN: Key = Key::new("written");
const FROM: Key = Key::new("from");
const TO: Key = Key::new("to");
const REASON: Key = Key::new("reason");

/// What none of the flags says.
const ANOTHER: &str = "something else";
const WHEN: &str =
    "As people say it: today, 1 sept, last monday, 20/11. What was understood is shown beneath.";

/// What is ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    flag: Text,
    from: NaiveDate,
}

impl Held {
    pub fn new(flag: Text, from: NaiveDate) -> Self {
        Self { flag, from }
    }

    pub(super) fn name(&self) -> String {
        flag::name(&self.flag)
    }
}

pub(super) fn flag_questions() -> Vec<Field> {
    let names = flag::all().iter().map(|flag| flag.name.as_str());
    vec![
        Field::choice(
            FLAG,
            "What is true of the child?",
            "The most serious come first. Several may be true at once: record each by itself.",
            Choice::among(names.chain([ANOTHER])),
        ),
        Field::line(
            WRITTEN,
            "What is it, in a few words?",
            "It is read wherever the status of this child stands.",
        )
        .only_if(FLAG, ANOTHER),
        Field::moment(FROM, "From which day?", WHEN),
        Field::area(
            REASON,
            "How do you know? (may stay empty)",
            "Who told you and what was decided. It stands in the chronology with your name.",
        ),
    ]
}

pub(super) fn flag(child: ChildId, sheet: &Sheet, now: DateTime<Utc>) -> Result<Act, Trouble> {
    let flag = match sheet.word(FLAG) {
        Some(ANOTHER) => sheet.needed(WRITTEN, "Say what it is.")?,
        Some(name) => flag::recorded(&Text::from(name)),
        None => {
            return Err(Trouble::new(FLAG, "Choose one of the answers: the arrows or Space change it."));
        }
    };
    let from = sheet.needed_moment(FROM, now)?.date();
    Ok(Act::Flag { child, flag, from, reason: sheet.text(REASON) })
}

pub(super) fn unflag_questions(held: &Held) -> Vec<Field> {
    vec![
        Field::shown(FLAG, "What has ended", format!("{} from {}", held.name(), Moment::Date(held.from))),
        Field::moment(TO, "Until which day?", WHEN),
        Field::area(
            REASON,
            "Why has it ended?",
            "Who told you and what was decided. It stands in the chronology with your name.",
        ),
    ]
}

pub(super) fn unflag(
    child: ChildId,
    flagged: Seq,
    held: &Held,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let to = sheet.needed_moment(TO, now)?.date();
    if to < held.from {
        return Err(Trouble::new(TO, "Choose a later day: it would end before it began."));
    }
    Ok(Act::Unflag { child, flagged, to, reason: sheet.needed(REASON, "Say why it has ended.")? })
}
