//! What of a form is kept before it is saved: when there is something new to keep, and what a draft holds.
//!
//! The body is JSON of field keys and values. Keys that this edition of the program does not know are kept and
//! written back, so that no draft loses anything by being opened.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::desk::Request;

#[derive(Default)]
pub(super) struct Keeping {
    slot: String,
    /// The body before anything was typed: not worth a draft.
    pristine: String,
    /// The body as the desk has it.
    kept: String,
    /// The bodies that the desk was asked to keep and has not answered, the eldest first.
    asked: VecDeque<String>,
    unknown: Map<String, Value>,
}

impl Keeping {
    /// Nothing is typed yet.
    pub(super) fn begin(slot: String, values: Map<String, Value>) -> Self {
        let pristine = Value::Object(values).to_string();
        Self { slot, kept: pristine.clone(), pristine, ..Self::default() }
    }

    pub(super) fn slot(&self) -> &str {
        &self.slot
    }

    /// A draft was put back; `values` is what its form now holds.
    pub(super) fn restored(&mut self, draft: Map<String, Value>, values: Map<String, Value>) {
        self.unknown = draft.into_iter().filter(|(key, _)| !values.contains_key(key)).collect();
        self.kept = self.body(values);
    }

    /// Whether anything stands in the form that was not there at the outset.
    pub(super) fn is_worth_keeping(&self, values: Map<String, Value>) -> bool {
        self.body(values) != self.pristine
    }

    /// What to ask of the desk so that it comes to have what the form has; none where it will.
    pub(super) fn ask(&mut self, values: Map<String, Value>) -> Option<Request> {
        let body = self.body(values);
        if body == *self.asked.back().unwrap_or(&self.kept) {
            return None;
        }
        self.asked.push_back(body.clone());
        Some(self.request(body))
    }

    /// What to ask before the form goes; none where the desk has said that it has all of it.
    pub(super) fn unsaved(&self, values: Map<String, Value>) -> Option<Request> {
        let body = self.body(values);
        (body != self.kept || !self.asked.is_empty()).then(|| self.request(body))
    }

    fn request(&self, body: String) -> Request {
        let slot = self.slot.clone();
        if body == self.pristine { Request::DiscardDraft(slot) } else { Request::KeepDraft { slot, body } }
    }

    /// The desk has kept the eldest of what it was asked to keep.
    pub(super) fn answered(&mut self) {
        self.kept = self.asked.pop_front().unwrap_or_default();
    }

    /// The desk could not keep the eldest of it: unless more was asked since, it is due again.
    pub(super) fn failed(&mut self) {
        self.asked.pop_front();
        self.kept.clear();
    }

    fn body(&self, mut values: Map<String, Value>) -> String {
        values.extend(self.unknown.clone());
        Value::Object(values).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Keeping, Request};

    fn values(text: &str) -> Map<String, Value> {
        json!({ "advice": text }).as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn only_what_is_new_is_asked() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        assert!(keeping.ask(values("")).is_none());
        assert!(matches!(keeping.ask(values("Ring back")), Some(Request::KeepDraft { .. })));
        assert!(keeping.ask(values("Ring back")).is_none());
        keeping.failed();
        assert!(keeping.ask(values("Ring back")).is_some());
        keeping.answered();
        assert!(keeping.ask(values("Ring back")).is_none());
    }

    #[test]
    fn what_the_desk_has_not_acknowledged_is_unsaved() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        assert!(keeping.unsaved(values("")).is_none());
        keeping.ask(values("Ring"));
        keeping.ask(values("Ring back"));
        keeping.answered();
        assert!(keeping.unsaved(values("Ring back")).is_some(), "only the first was kept");
        keeping.answered();
        assert!(keeping.unsaved(values("Ring back")).is_none());
    }

    #[test]
    fn what_was_typed_and_taken_back_leaves_no_draft() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        keeping.ask(values("R"));
        assert!(matches!(keeping.ask(values("")), Some(Request::DiscardDraft(_))));
    }

    #[test]
    fn what_another_edition_wrote_is_written_back() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        let mut draft = values("old");
        draft.insert("mood".to_owned(), json!("calm"));
        keeping.restored(draft, values("old"));
        let Some(Request::KeepDraft { body, .. }) = keeping.ask(values("new")) else {
            panic!("nothing is due")
        };
        assert!(body.contains("calm") && body.contains("new"));
    }
}
