//! The fields of a form in their order, which of them has the cursor, and what stands in them.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::choice::{NO, YES};
use super::draft::CURSOR;
use super::field::{Asked, Field, Key};
use super::input::{Input, Took};
use super::moment::{Meaning, Tense};
use super::picker::Picker;
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::domain::when;

/// Why a form cannot be saved yet: the field, and what to do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) key: Key,
    pub(super) says: String,
}

impl Trouble {
    pub(super) fn new(key: Key, says: impl Into<String>) -> Self {
        Self { key, says: says.into() }
    }
}

pub(super) struct Sheet {
    fields: Vec<Field>,
    focus: usize,
}

impl Sheet {
    /// The cursor is in the first field that can be answered.
    pub(super) fn new(fields: Vec<Field>) -> Self {
        let focus = fields.iter().position(|field| field.input.is_answered_here()).unwrap_or(0);
        Self { fields, focus }
    }

    /// The form was opened: `now` is counted from here.
    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        for field in &mut self.fields {
            if let Input::Moment(input) = &mut field.input {
                input.begin(now);
            }
        }
    }

    /// The fields that are asked, with whether the cursor is there.
    pub(super) fn asked(&self) -> impl Iterator<Item = (&Field, bool)> {
        let asked = self.fields.iter().enumerate().filter(|(_, field)| self.is_asked(field));
        asked.map(|(place, field)| (field, place == self.focus))
    }

    pub(super) fn focused(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    pub(super) fn focused_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    /// The name of the field that has the cursor.
    pub(super) fn cursor(&self) -> Option<Key> {
        self.focused().map(|field| field.key)
    }

    pub(super) fn next(&mut self) {
        let after = self.focus + 1..self.fields.len();
        self.focus = self.first_stop(after).unwrap_or(self.focus);
    }

    /// To the next field that is not a button.
    pub(super) fn next_question(&mut self) -> Option<()> {
        let mut after = self.focus + 1..self.fields.len();
        let is_question = |place: &usize| {
            self.fields.get(*place).is_some_and(|field| !matches!(field.input, Input::Button(_)))
        };
        let next = std::iter::from_fn(|| self.first_stop(&mut after)).find(is_question)?;
        self.focus = next;
        Some(())
    }

    pub(super) fn previous(&mut self) {
        self.focus = self.first_stop((0..self.focus).rev()).unwrap_or(self.focus);
    }

    pub(super) fn go_to(&mut self, key: Key) {
        self.focus = self.fields.iter().position(|field| field.key == key).unwrap_or(self.focus);
    }

    /// More fields, before the one that is called `key`.
    pub(super) fn insert_before(&mut self, key: Key, more: Vec<Field>) {
        let place = self.fields.iter().position(|field| field.key == key).unwrap_or(self.fields.len());
        self.fields.splice(place..place, more);
    }

    pub(super) fn input(&self, key: Key) -> Option<&Input> {
        self.fields.iter().find(|field| field.key == key).map(|field| &field.input)
    }

    pub(super) fn input_mut(&mut self, key: Key) -> Option<&mut Input> {
        self.fields.iter_mut().find(|field| field.key == key).map(|field| &mut field.input)
    }

    /// Whether fields that hang on more than one answer are asked: those that `is_asked` names are.
    pub(super) fn ask_where(&mut self, is_asked: impl Fn(Key) -> bool) {
        for field in &mut self.fields {
            if let Asked::Ruled(asked) = &mut field.asked {
                *asked = is_asked(field.key);
            }
        }
    }

    /// How many fields have this key, whichever child they belong to.
    pub(super) fn count(&self, key: Key) -> usize {
        self.fields.iter().filter(|field| field.key.nth(0) == key).count()
    }

    fn is_asked(&self, field: &Field) -> bool {
        match field.asked {
            Asked::Always => true,
            Asked::If(key, answer) => self.word(key) == Some(answer),
            Asked::Ruled(is_asked) => is_asked,
        }
    }

    fn first_stop(&self, mut places: impl Iterator<Item = usize>) -> Option<usize> {
        places.find(|place| {
            let field = self.fields.get(*place);
            field.is_some_and(|field| field.input.is_answered_here() && self.is_asked(field))
        })
    }
}

/// What was answered.
impl Sheet {
    pub(super) fn text(&self, key: Key) -> Text {
        self.input(key).map_or_else(Text::default, |input| Text::from(input.text().trim()))
    }

    /// As it was typed, down to the spaces before it: somebody's own words.
    pub(super) fn verbatim(&self, key: Key) -> Text {
        self.input(key).map_or_else(Text::default, |input| Text::from(input.text()))
    }

    /// The text, or what to do where there is none.
    pub(super) fn needed(&self, key: Key, says: &str) -> Result<Text, Trouble> {
        let text = self.text(key);
        if text.is_blank() { Err(Trouble::new(key, says)) } else { Ok(text) }
    }

    /// One item a line.
    pub(super) fn lines(&self, key: Key) -> Vec<Text> {
        let text = self.text(key);
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Text::from).collect()
    }

    pub(super) fn word(&self, key: Key) -> Option<&str> {
        let Input::Choice(choice) = self.input(key)? else { return None };
        choice.chosen()
    }

    /// What the form itself says in a field that is only read.
    pub(super) fn shown(&self, key: Key) -> Text {
        let Some(Input::Shown(text)) = self.input(key) else { return Text::default() };
        Text::from(text.as_str())
    }

    /// The contact picker, in the form that has one.
    pub(super) fn picker(&self) -> Option<&Picker> {
        self.fields.iter().find_map(|field| {
            let Input::Contact(picker) = &field.input else { return None };
            Some(picker)
        })
    }

    pub(super) fn picker_mut(&mut self) -> Option<&mut Picker> {
        self.fields.iter_mut().find_map(|field| {
            let Input::Contact(picker) = &mut field.input else { return None };
            Some(picker)
        })
    }

    /// None where it was not said.
    pub(super) fn yes_or_no(&self, key: Key) -> Option<bool> {
        match self.word(key)? {
            YES => Some(true),
            NO => Some(false),
            _ => None,
        }
    }

    /// The same, of a question in which "not said" is an answer and no answer is none.
    pub(super) fn yes_no_or_not_said(&self, key: Key) -> Result<Option<bool>, Trouble> {
        match self.word(key) {
            Some(_) => Ok(self.yes_or_no(key)),
            None => Err(Trouble::new(key, "Answer yes, no or not said; nothing is assumed.")),
        }
    }

    /// A question that has to be answered.
    pub(super) fn answered(&self, key: Key) -> Result<bool, Trouble> {
        self.yes_or_no(key).ok_or_else(|| Trouble::new(key, "Answer yes or no; nothing is assumed."))
    }

    pub(super) fn moment(&self, key: Key, now: DateTime<Utc>) -> Result<Option<Moment>, Trouble> {
        let Some(Input::Moment(input)) = self.input(key) else { return Ok(None) };
        match input.meaning(now) {
            Meaning::Nothing => Ok(None),
            Meaning::Understood(moment) => Ok(Some(moment)),
            Meaning::NotUnderstood => Err(Trouble::new(key, NOT_A_TIME)),
        }
    }

    pub(super) fn needed_moment(&self, key: Key, now: DateTime<Utc>) -> Result<Moment, Trouble> {
        self.moment(key, now)?.ok_or_else(|| Trouble::new(key, NO_TIME))
    }

    pub(super) fn birth(&self, key: Key, now: DateTime<Utc>) -> Result<Option<NaiveDate>, Trouble> {
        let text = self.text(key);
        if text.is_blank() {
            return Ok(None);
        }
        let born = when::parse_date_of_birth(&text, Moment::At(now).date());
        born.map(Some).ok_or_else(|| Trouble::new(key, NOT_A_BIRTHDAY))
    }

    /// Of what is asked and has happened, what lies ahead, or so far back that the year may be a slip: questioned, not
    /// refused.
    pub(super) fn doubtful(&self, now: DateTime<Utc>) -> Option<Moment> {
        let mut happened = self.asked().filter(|(field, _)| match &field.input {
            Input::Moment(input) => input.tense == Tense::Happened,
            _ => false,
        });
        happened.find_map(|(field, _)| match self.moment(field.key, now) {
            Ok(Some(moment)) if when::is_future(moment, now) || when::is_long_ago(moment, now) => {
                Some(moment)
            }
            Ok(_) | Err(_) => None,
        })
    }
}

pub(super) const NOT_A_TIME: &str =
    "This is not a date or time. Write it like 20/11/2026 14:10, or yesterday 2pm.";
const NO_TIME: &str = "Say when it was; the day alone will do.";
pub(super) const NOT_A_BIRTHDAY: &str =
    "This is not a date of birth. Write it like 3/12/2014, or leave it empty.";

/// Drafts.
impl Sheet {
    pub(super) fn values(&self) -> Map<String, Value> {
        let kept = self.fields.iter().map(|field| (field.key.to_string(), field.input.value()));
        kept.filter(|(_, value)| !value.is_null()).collect()
    }

    /// Puts back what a draft holds, and says what a field then asks for. Keys that no field has are ignored.
    pub(super) fn restore(&mut self, values: &Map<String, Value>) -> Vec<Took> {
        let mut wishes = Vec::new();
        for field in &mut self.fields {
            if let Some(value) = values.get(&field.key.to_string()) {
                wishes.push(field.input.restore(value));
            }
        }
        if let Some(cursor) = values.get(CURSOR).and_then(Value::as_str) {
            let is_there = |field: &Field| field.key.to_string() == cursor && field.input.is_answered_here();
            self.focus = self.fields.iter().position(is_there).unwrap_or(self.focus);
        }
        wishes
    }
}
