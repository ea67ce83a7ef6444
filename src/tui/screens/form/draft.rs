//! What of a form is kept before it is saved: when there is something new to keep, and what a draft holds.
//!
//! The body is JSON of field keys and values. Keys that this edition of the program does not know are kept and
//! written back, so that no draft loses anything by being opened.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::field::Key;
use crate::desk::Request;

/// The key of a draft's body under which it says where the cursor was.
pub(super) const CURSOR: &str = "cursor";

type Body = Map<String, Value>;

#[derive(Default)]
pub(super) struct Keeping {
    slot: String,
    /// The body before anything was typed: not worth a draft.
    pristine: Body,
    /// The body as the desk has it; none where that is not certain.
    kept: Option<Body>,
    /// The bodies that the desk was asked to keep and has not answered, the eldest first.
    asked: VecDeque<Body>,
    unknown: Body,
}

impl Keeping {
    /// Nothing is typed yet.
    pub(super) fn begin(slot: String, values: Body) -> Self {
        Self { slot, kept: Some(values.clone()), pristine: values, ..Self::default() }
    }

    pub(super) fn slot(&self) -> &str {
        &self.slot
    }

    /// A draft was put back; `values` is what its form now holds.
    pub(super) fn restored(&mut self, draft: Body, values: Body) {
        let is_ours = |key: &String| key == CURSOR || values.contains_key(key);
        self.unknown = draft.into_iter().filter(|(key, _)| !is_ours(key)).collect();
        self.kept = Some(self.body(values));
    }

    /// Whether anything stands in the form that was not there at the outset.
    pub(super) fn is_worth_keeping(&self, values: Body) -> bool {
        self.body(values) != self.pristine
    }

    /// What to ask of the desk so that it comes to have what the form has; none where it will. A cursor that has moved
    /// and nothing else is no news.
    pub(super) fn ask(&mut self, values: Body, cursor: Option<Key>) -> Option<Request> {
        let body = self.body(values);
        if Some(&body) == self.asked.back().or(self.kept.as_ref()) {
            return None;
        }
        self.asked.push_back(body.clone());
        Some(self.request(body, cursor))
    }

    /// What to ask before the form goes; none where the desk has said that it has all of it.
    pub(super) fn unsaved(&self, values: Body, cursor: Option<Key>) -> Option<Request> {
        let body = self.body(values);
        (Some(&body) != self.kept.as_ref() || !self.asked.is_empty()).then(|| self.request(body, cursor))
    }

    fn request(&self, mut body: Body, cursor: Option<Key>) -> Request {
        let slot = self.slot.clone();
        if body == self.pristine {
            return Request::DiscardDraft(slot);
        }
        body.extend(cursor.map(|key| (CURSOR.to_owned(), json!(key.to_string()))));
        Request::KeepDraft { slot, body: Value::Object(body).to_string() }
    }

    /// The desk has kept the eldest of what it was asked to keep.
    pub(super) fn answered(&mut self) {
        self.kept = self.asked.pop_front();
    }

    /// The desk could not keep the eldest of it: unless more was asked since, it is due again.
    pub(super) fn failed(&mut self) {
        self.asked.pop_front();
        self.kept = None;
    }

    fn body(&self, mut values: Body) -> Body {
        values.extend(self.unknown.clone());
        values
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Keeping, Key, Request};

    fn values(text: &str) -> Map<String, Value> {
        json!({ "advice": text }).as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn only_what_is_new_is_asked() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        assert!(keeping.ask(values(""), None).is_none());
        assert!(matches!(keeping.ask(values("Ring back"), None), Some(Request::KeepDraft { .. })));
        assert!(keeping.ask(values("Ring back"), None).is_none());
        keeping.failed();
        assert!(keeping.ask(values("Ring back"), None).is_some());
        keeping.answered();
        assert!(keeping.ask(values("Ring back"), None).is_none());
    }

    #[test]
    fn what_the_desk_has_not_acknowledged_is_unsaved() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        assert!(keeping.unsaved(values(""), None).is_none());
        keeping.ask(values("Ring"), None);
        keeping.ask(values("Ring back"), None);
        keeping.answered();
        assert!(keeping.unsaved(values("Ring back"), None).is_some(), "only the first was kept");
        keeping.answered();
        assert!(keeping.unsaved(values("Ring back"), None).is_none());
    }

    #[test]
    fn what_was_typed_and_taken_back_leaves_no_draft() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        keeping.ask(values("R"), None);
        assert!(matches!(keeping.ask(values(""), None), Some(Request::DiscardDraft(_))));
    }

    #[test]
    fn where_the_cursor_was_is_kept_with_the_words_and_not_without() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        let cursor = Some(Key::new("advice"));
        assert!(keeping.ask(values(""), cursor).is_none());
        let Some(Request::KeepDraft { body, .. }) = keeping.ask(values("Ring"), cursor) else {
            panic!("nothing is due")
        };
        assert!(body.contains(r#""cursor":"advice""#), "{body}");
        keeping.answered();
        assert!(keeping.unsaved(values("Ring"), Some(Key::new("name"))).is_none());
        let mut restored = Keeping::begin("part1".to_owned(), values(""));
        restored.restored(serde_json::from_str(&body).unwrap_or_default(), values("Ring"));
        assert!(restored.unsaved(values("Ring"), None).is_none());
        let Some(Request::KeepDraft { body, .. }) = restored.ask(values("Ring back"), None) else {
            panic!("nothing is due")
        };
        assert!(!body.contains("cursor"), "an old place is not written back: {body}");
    }

    #[test]
    fn what_another_edition_wrote_is_written_back() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        let mut draft = values("old");
        draft.insert("mood".to_owned(), json!("calm"));
        keeping.restored(draft, values("old"));
        let Some(Request::KeepDraft { body, .. }) = keeping.ask(values("new"), None) else {
            panic!("nothing is due")
        };
        assert!(body.contains("calm") && body.contains("new"));
    }
}
