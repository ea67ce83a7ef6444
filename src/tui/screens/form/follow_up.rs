//! What is due: set by hand, and what becomes of it. What the answers make is checked in the domain.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::field::{Field, Key};
use super::input::Input;
use super::line::LineInput;
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::desk::answer::{DeskInfo, Subject};
use crate::domain::clocks;
use crate::domain::deadline::{self, YOU};
use crate::domain::follow_up::{FollowUp, NotDue, Step};
use crate::domain::ids::FollowUpId;
use crate::domain::moment::{Moment, short_day};
use crate::domain::text::{Text, capital};

const WHAT: Key = Key::new("what");
const WHO: Key = Key::new("who");
const DUE: Key = Key::new("due");
const FROM: Key = Key::new("from");
const WITHIN: Key = Key::new("within");
const NOTE: Key = Key::new("note");
const BY: Key = Key::new("by");
const WHOM: Key = Key::new("whom");
const TEXT: Key = Key::new("text");
const LATEST: Key = Key::new("latest");
const TO: Key = Key::new("to");
const REASON: Key = Key::new("reason");
const AT: Key = Key::new("at");

const AHEAD: &str = "As people say it: fri 9.30, tomorrow, in 3 days, 30/11. The next one is meant, in London time; a day alone is due by its end.";
const WHEN: &str = "As people say it: now, today 14:10, yesterday. What was understood is shown beneath.";

/// What is moved, and what the form begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    pub follow_up: FollowUpId,
    pub subject: Subject,
    pub what: Text,
    /// Who must act, or whoever stands on the rung that was tried.
    pub whom: Text,
    /// Which rung of the ladder was tried; 0 where it is none.
    pub rung: u32,
    /// The last time of all, where a source has one.
    #[serde(default)]
    pub latest: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Answered,
    Tried,
    Postponed,
    Dropped,
}

impl StepKind {
    pub(super) const ALL: [Self; 4] = [Self::Answered, Self::Tried, Self::Postponed, Self::Dropped];

    /// As a slot has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Tried => "tried",
            Self::Postponed => "postponed",
            Self::Dropped => "dropped",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Answered => "the answer",
            Self::Tried => "an attempt",
            Self::Postponed => "put off",
            Self::Dropped => "due no longer",
        }
    }

    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Answered => "Who answered, and what did they say or do?",
            Self::Tried => "Whom did you try, and what came of it? It stays due.",
            Self::Postponed => "Until when, and why?",
            Self::Dropped => "Why is it due no longer?",
        }
    }
}

impl Moving {
    pub(super) fn called(&self, kind: StepKind) -> String {
        format!("{}, {}", self.what.one_line(), kind.label())
    }
}

/// Of one's own, or of a preset: what is only from memory says so.
pub(super) fn questions(preset: &Text) -> Vec<Field> {
    let mut fields = match deadline::by_id(preset) {
        Some(preset) => {
            let within = capital(&preset.within.to_string());
            vec![
                Field::shown(WHAT, "What", preset.what.clone()),
                Field::shown(WHO, "Who must do it", preset.who.clone()),
                Field::shown(WITHIN, "How long", format!("{within} ({})", preset.edition)),
                Field::now(FROM, format!("When was {}?", preset.from), WHEN),
            ]
        }
        None => vec![
            Field::line(WHAT, "What is to be done?", "On one line, for the list."),
            Field::new(
                WHO,
                "Who must do it?",
                "A role, or a name and role. \"you\" is whoever leads on safeguarding.",
                Input::Line(LineInput::offered(YOU)),
            ),
            Field::due(DUE, "By when?", AHEAD),
        ],
    };
    fields.push(Field::area(NOTE, "Why? (may stay empty)", "It is shown with what is due."));
    fields
}

pub(super) fn act(
    subject: Subject,
    preset: &Text,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let due = match deadline::by_id(preset) {
        Some(preset) => {
            let from = clocks::began(sheet.needed_moment(FROM, now)?, now);
            let set = clocks::set(preset, from);
            let why = sheet.text(NOTE);
            let note = if why.is_blank() { set.note } else { Text::from(format!("{why}\n{}", set.note)) };
            FollowUp { note, ..set }
        }
        None => FollowUp {
            what: sheet.text(WHAT),
            who: sheet.text(WHO),
            due: ahead(sheet, DUE, now)?,
            note: sheet.text(NOTE),
            ..FollowUp::default()
        },
    };
    due.check().map_err(trouble)?;
    Ok(Act::SetFollowUp { subject, due })
}

/// What it is about stands on top: the title has no room for it.
pub(super) fn step_questions(moving: &Moving, kind: StepKind) -> Vec<Field> {
    let mut fields = vec![Field::shown(WHAT, "What is due", moving.what.one_line())];
    fields.extend(step_asks(moving, kind));
    fields
}

fn step_asks(moving: &Moving, kind: StepKind) -> Vec<Field> {
    match kind {
        StepKind::Answered => vec![
            Field::line(BY, "Who answered, or did it?", "Name, role and organisation."),
            Field::area(TEXT, "What did they say, or what was done?", "As short as it can be said."),
            Field::now(AT, "When?", WHEN),
        ],
        StepKind::Tried => vec![
            Field::new(
                WHOM,
                "Whom did you try?",
                "Name and role, as far as you know them. The rung of the ladder is filled in.",
                Input::Line(LineInput::offered(&moving.whom)),
            )
            .by(30),
            Field::area(
                TEXT,
                "What came of it? (may stay empty)",
                "A message that was left, a promise to ring.",
            ),
            Field::now(AT, "When?", WHEN),
        ],
        StepKind::Postponed => {
            let at_most = moving.latest.map(|latest| {
                let day = short_day(Moment::At(latest).date());
                Field::shown(
                    LATEST,
                    "At the very latest",
                    format!("{day}; later is recorded as against the rule"),
                )
            });
            let asked = [Field::due(TO, "Until when?", AHEAD), Field::area(REASON, "Why?", WHY)];
            at_most.into_iter().chain(asked).collect()
        }
        StepKind::Dropped => vec![Field::area(REASON, "Why is it due no longer?", WHY)],
    }
}

const WHY: &str = "It stands in the chronology with your name.";

/// What she must do herself was done by her, unless she says otherwise.
pub(super) fn offer_me(sheet: &mut Sheet, moving: &Moving, desk: &DeskInfo) {
    if moving.whom.as_str() == YOU
        && let Some(input) = sheet.input_mut(BY)
    {
        input.offer(&format!("{}, {}", desk.name, desk.role));
    }
}

pub(super) fn step(
    moving: &Moving,
    kind: StepKind,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let step = match kind {
        StepKind::Answered => {
            Step::Answered { at: sheet.needed_moment(AT, now)?, from: sheet.text(BY), text: sheet.text(TEXT) }
        }
        StepKind::Tried => Step::Tried {
            at: sheet.needed_moment(AT, now)?,
            whom: sheet.text(WHOM),
            text: sheet.text(TEXT),
            rung: moving.rung,
        },
        StepKind::Postponed => Step::Postponed { to: ahead(sheet, TO, now)?, reason: sheet.text(REASON) },
        StepKind::Dropped => Step::Dropped { reason: sheet.text(REASON) },
    };
    step.check().map_err(trouble)?;
    Ok(Act::MoveFollowUp { follow_up: moving.follow_up, step })
}

/// A time that is still to come; of a day alone, its end.
fn ahead(sheet: &Sheet, key: Key, now: DateTime<Utc>) -> Result<DateTime<Utc>, Trouble> {
    let at = match sheet.moment(key, now)? {
        Some(Moment::At(at)) => at,
        Some(Moment::Date(day)) => clocks::end_of(day),
        None => return Err(Trouble::new(key, "Say by when; the day alone will do.")),
    };
    if at <= now { Err(Trouble::new(key, "Choose a later time: this is past.")) } else { Ok(at) }
}

fn trouble(missing: NotDue) -> Trouble {
    let key = match missing {
        NotDue::What => WHAT,
        NotDue::Who => WHO,
        NotDue::Reason => REASON,
        NotDue::Answer => TEXT,
        NotDue::From => BY,
        NotDue::Whom => WHOM,
        NotDue::Past => TO,
    };
    Trouble::new(key, missing.to_string())
}
