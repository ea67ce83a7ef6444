//! A date and time as people say it, with what was understood.
//!
//! What is due lies ahead, and is read so: `fri` is the next one.
//!
//! `now` and `yesterday` are counted from when they were typed, not from when they are saved: a call of twenty minutes
//! began when the form was opened, and a draft of yesterday keeps its day.

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use serde_json::{Value, json};

use super::line::LineInput;
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::when;
use crate::tui::widgets::Consumed;

#[derive(Clone, Default)]
pub(super) struct MomentInput {
    pub(super) line: LineInput,
    typed_at: Option<DateTime<Utc>>,
    pub(super) tense: Tense,
}

/// Which way the words are read where they may mean two days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tense {
    #[default]
    Happened,
    Due,
}

/// What the text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Nothing,
    Understood(Moment),
    NotUnderstood,
}

impl MomentInput {
    pub(super) fn now() -> Self {
        Self { line: LineInput::offered("now"), ..Self::default() }
    }

    pub(super) fn due() -> Self {
        Self { tense: Tense::Due, ..Self::default() }
    }

    /// From here on the words are counted from `now`.
    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        self.typed_at = Some(now);
    }

    pub(super) fn on_key(&mut self, now: DateTime<Utc>, key: KeyEvent) -> Consumed {
        let before = self.line.text().to_owned();
        let consumed = self.line.on_key(key);
        if before != self.line.text() {
            self.begin(now);
        }
        consumed
    }

    pub(super) fn paste(&mut self, now: DateTime<Utc>, text: &str) {
        self.line.paste(text);
        self.begin(now);
    }

    pub(super) fn meaning(&self, now: DateTime<Utc>) -> Meaning {
        let text = self.line.text();
        if text.trim().is_empty() {
            return Meaning::Nothing;
        }
        let typed_at = self.typed_at.unwrap_or(now);
        let read = match self.tense {
            Tense::Happened => when::parse(text, typed_at),
            Tense::Due => when::parse_due(text, typed_at),
        };
        read.map_or(Meaning::NotUnderstood, Meaning::Understood)
    }

    /// For the draft: the words, and when they were typed.
    pub(super) fn value(&self) -> Value {
        json!({ "text": self.line.text(), "typed_at": self.typed_at.map(rfc3339) })
    }

    pub(super) fn restore(&mut self, value: &Value) {
        let Some(text) = value.get("text").and_then(Value::as_str) else { return };
        if text != self.line.text() {
            self.line = LineInput::new(text);
        }
        let typed_at = value.get("typed_at").and_then(Value::as_str);
        if let Some(at) = typed_at.and_then(|at| DateTime::parse_from_rfc3339(at).ok()) {
            self.typed_at = Some(at.with_timezone(&Utc));
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{Meaning, Moment, MomentInput};

    fn ten_past_two() -> DateTime<Utc> {
        "2026-11-20T14:10:00Z".parse().unwrap()
    }

    #[test]
    fn now_is_when_it_was_typed_however_late_it_is_saved() {
        let mut input = MomentInput::now();
        input.begin(ten_past_two());
        let later = ten_past_two() + TimeDelta::minutes(20);
        assert_eq!(input.meaning(later), Meaning::Understood(Moment::At(ten_past_two())));
    }

    #[test]
    fn what_is_due_on_a_weekday_is_due_on_the_next() {
        let days = [MomentInput::default(), MomentInput::due()].map(|mut input| {
            input.paste(ten_past_two(), "mon");
            input.meaning(ten_past_two())
        });
        let day = |text| Meaning::Understood(Moment::parse(text).unwrap());
        assert_eq!(days, [day("2026-11-16"), day("2026-11-23")]);
    }

    #[test]
    fn a_draft_of_yesterday_keeps_its_day() {
        let mut input = MomentInput::now();
        input.begin(ten_past_two());
        let mut restored = MomentInput::default();
        restored.restore(&input.value());
        let tomorrow = ten_past_two() + TimeDelta::days(1);
        assert_eq!(restored.meaning(tomorrow), Meaning::Understood(Moment::At(ten_past_two())));
    }
}
