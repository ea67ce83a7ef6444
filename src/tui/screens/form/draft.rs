//! What of a form is kept before it is saved: when there is something new to keep, and what a draft holds.
//!
//! The body is JSON of field keys and values. Keys that this edition of the program does not know are kept and
//! written back, so that no draft loses anything by being opened.

use serde_json::{Map, Value};

use crate::desk::Request;

#[derive(Default)]
pub(super) struct Keeping {
    slot: String,
    /// The body before anything was typed: not worth a draft.
    pristine: String,
    /// The body as the desk has it.
    kept: String,
    unknown: Map<String, Value>,
}

impl Keeping {
    /// Nothing is typed yet.
    pub(super) fn begin(slot: String, values: Map<String, Value>) -> Self {
        let pristine = Value::Object(values).to_string();
        Self { slot, kept: pristine.clone(), pristine, unknown: Map::new() }
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

    /// What to ask of the desk so that it has what the form has; none where it has it.
    pub(super) fn due(&self, values: Map<String, Value>) -> Option<Request> {
        let body = self.body(values);
        if body == self.kept {
            None
        } else if body == self.pristine {
            Some(Request::DiscardDraft(self.slot.clone()))
        } else {
            Some(Request::KeepDraft { slot: self.slot.clone(), body })
        }
    }

    /// The desk was asked to keep this.
    pub(super) fn asked(&mut self, values: Map<String, Value>) {
        self.kept = self.body(values);
    }

    /// The desk could not keep it: it is due again.
    pub(super) fn failed(&mut self) {
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
    fn only_what_is_new_is_due() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        assert!(keeping.due(values("")).is_none());
        assert!(matches!(keeping.due(values("Ring back")), Some(Request::KeepDraft { .. })));
        keeping.asked(values("Ring back"));
        assert!(keeping.due(values("Ring back")).is_none());
        keeping.failed();
        assert!(keeping.due(values("Ring back")).is_some());
    }

    #[test]
    fn what_was_typed_and_taken_back_leaves_no_draft() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        keeping.asked(values("R"));
        assert!(matches!(keeping.due(values("")), Some(Request::DiscardDraft(_))));
    }

    #[test]
    fn what_another_edition_wrote_is_written_back() {
        let mut keeping = Keeping::begin("part1".to_owned(), values(""));
        let mut draft = values("old");
        draft.insert("mood".to_owned(), json!("calm"));
        keeping.restored(draft, values("old"));
        let Some(Request::KeepDraft { body, .. }) = keeping.due(values("new")) else {
            panic!("nothing is due")
        };
        assert!(body.contains("calm") && body.contains("new"));
    }
}
