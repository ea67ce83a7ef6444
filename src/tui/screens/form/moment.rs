//! A date and time as people say it, with what was understood.
//!
//! `now` and `yesterday` are counted from when they were typed, not from when they are saved: a call of twenty minutes
//! began when the form was opened, and a draft of yesterday keeps its day.

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use serde_json::{Value, json};

use crate::domain::moment::{Moment, rfc3339};
use crate::domain::when;
use crate::tui::widgets::Consumed;
use crate::tui::widgets::text_field::TextField;

#[derive(Clone, Default)]
pub(super) struct MomentInput {
    pub(super) field: TextField,
    typed_at: Option<DateTime<Utc>>,
    standing: Standing,
}

/// Whose words stand in the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// The form's: the first letter takes their place.
    Prefilled,
    /// Somebody's who typed them, or went into the others to change them.
    #[default]
    Typed,
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
        Self { field: TextField::new("now"), typed_at: None, standing: Standing::Prefilled }
    }

    /// From here on the words are counted from `now`.
    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        self.typed_at = Some(now);
    }

    pub(super) fn on_key(&mut self, now: DateTime<Utc>, key: KeyEvent) -> Consumed {
        if self.standing == Standing::Prefilled && is_letter(key) {
            self.field = TextField::default();
        }
        let before = self.field.text().to_owned();
        let consumed = self.field.on_key(key);
        if consumed == Consumed::Yes {
            self.standing = Standing::Typed;
        }
        if before != self.field.text() {
            self.begin(now);
        }
        consumed
    }

    pub(super) fn paste(&mut self, now: DateTime<Utc>, text: &str) {
        if self.standing == Standing::Prefilled {
            self.field = TextField::default();
        }
        self.field.paste(text);
        self.standing = Standing::Typed;
        self.begin(now);
    }

    pub(super) fn meaning(&self, now: DateTime<Utc>) -> Meaning {
        let text = self.field.text();
        if text.trim().is_empty() {
            return Meaning::Nothing;
        }
        when::parse(text, self.typed_at.unwrap_or(now)).map_or(Meaning::NotUnderstood, Meaning::Understood)
    }

    /// For the draft: the words, and when they were typed.
    pub(super) fn value(&self) -> Value {
        json!({ "text": self.field.text(), "typed_at": self.typed_at.map(rfc3339) })
    }

    pub(super) fn restore(&mut self, value: &Value) {
        let Some(text) = value.get("text").and_then(Value::as_str) else { return };
        if text != self.field.text() {
            self.standing = Standing::Typed;
        }
        self.field = TextField::new(text);
        let typed_at = value.get("typed_at").and_then(Value::as_str);
        if let Some(at) = typed_at.and_then(|at| DateTime::parse_from_rfc3339(at).ok()) {
            self.typed_at = Some(at.with_timezone(&Utc));
        }
    }
}

/// Whether a key puts something into an empty field.
fn is_letter(key: KeyEvent) -> bool {
    let mut empty = TextField::default();
    empty.on_key(key);
    !empty.text().is_empty()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use crossterm::event::{KeyCode, KeyEvent};

    use super::{Meaning, Moment, MomentInput};

    fn press(input: &mut MomentInput, code: KeyCode) {
        input.on_key(ten_past_two(), KeyEvent::from(code));
    }

    fn type_in(input: &mut MomentInput, text: &str) {
        text.chars().for_each(|letter| press(input, KeyCode::Char(letter)));
    }

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
    fn what_is_typed_takes_the_place_of_what_the_form_put_there() {
        let mut input = MomentInput::now();
        type_in(&mut input, "yesterday");
        assert_eq!(input.field.text(), "yesterday");
        let mut pasted = MomentInput::now();
        pasted.paste(ten_past_two(), "20/11");
        type_in(&mut pasted, " 9am");
        assert_eq!(pasted.field.text(), "20/11 9am");
    }

    #[test]
    fn whoever_goes_into_the_words_keeps_them() {
        for (key, left) in [(KeyCode::Left, "no!w"), (KeyCode::Backspace, "no!"), (KeyCode::End, "now!")] {
            let mut input = MomentInput::now();
            press(&mut input, key);
            type_in(&mut input, "!");
            assert_eq!(input.field.text(), left);
        }
        let mut passed = MomentInput::now();
        press(&mut passed, KeyCode::Enter);
        assert_eq!(passed.field.text(), "now");
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
