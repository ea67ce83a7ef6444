//! How a form ends: recorded, left, or discarded.

use super::asked::Asked;
use super::{Form, FormKind, Notice, Pending, Stage, asking, part2};
use crate::desk::{Act, Request, Saved};
use crate::tui::keymap::{Action, Keymap, Scope};
use crate::tui::layer::{Cx, Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::confirm::{Confirm, Question};
use crate::tui::screens::twins;

impl Form {
    pub(super) fn save(&mut self, cx: &Cx) -> Effects {
        self.notice = None;
        let Some(act) = self.checked(cx) else { return Vec::new() };
        match asking::before_recording(&self.kind, &self.sheet, &self.called(), cx) {
            Some(question) => {
                let mut effects = self.keep();
                effects.push(self.question(Pending::Record, question));
                effects
            }
            None => self.record(act),
        }
    }

    /// The act that the answers make; where they make none, the cursor goes to what is missing.
    fn checked(&mut self, cx: &Cx) -> Option<Act> {
        let checked = self.kind.act(&self.sheet, cx.now);
        let checked = checked.and_then(|act| self.through_the_gates(act, cx.now));
        self.trouble = checked.as_ref().err().cloned();
        if let Some(trouble) = &self.trouble {
            self.sheet.go_to(trouble.key);
        }
        checked.ok()
    }

    /// The draft first, so that the text outlives whatever becomes of the act; the act takes the draft with it.
    fn record(&mut self, act: Act) -> Effects {
        let mut effects = self.keep();
        let draft = Some(self.keeping.slot().to_owned());
        effects.push(self.ask(Asked::Act, Request::Act { act, draft }));
        self.stage = Stage::Saving;
        effects
    }

    /// The ring screen hears what became of its call, where it lies below.
    pub(super) fn saved(&self, cx: &Cx, saved: &Saved) -> Effects {
        match (&self.stage, &self.kind) {
            (Stage::Unanswered, FormKind::Call { calling, .. }) => {
                let call = calling.unanswered();
                let said = format!("Recorded: {}", call.sentence());
                vec![Effect::Close, Effect::CallEnded { unanswered: Some(call) }, Effect::Say(said)]
            }
            (_, FormKind::Call { subject, .. }) => {
                let said = match subject {
                    Some(_) => asking::recorded(&self.kind, &self.called(), saved, cx.now),
                    None => no_place(&cx.keymap),
                };
                vec![Effect::Close, Effect::CallEnded { unanswered: None }, Effect::Say(said)]
            }
            _ => {
                let said = asking::recorded(&self.kind, &self.called(), saved, cx.now);
                let mut effects = vec![Effect::Close, Effect::Say(said)];
                effects.extend(twins::noticed(saved));
                effects
            }
        }
    }

    /// Nobody answered. What she has written is somebody's answer, and stays.
    pub(super) fn no_answer(&mut self) -> Effects {
        let FormKind::Call { subject, calling } = &self.kind else { return Vec::new() };
        if part2::is_said(&self.sheet) {
            return vec![Effect::Say(
                "You have written what they said. Save it, or clear it first.".to_owned(),
            )];
        }
        let act = Act::TryCall { subject: *subject, call: calling.unanswered() };
        self.stage = Stage::Unanswered;
        let draft = Some(self.keeping.slot().to_owned());
        vec![self.ask(Asked::Act, Request::Act { act, draft })]
    }

    /// The form closes when its text is kept, and not before: where it cannot be, she can still copy it out.
    pub(super) fn leave(&mut self) -> Effects {
        if self.stage != Stage::Writing {
            return vec![Effect::Close];
        }
        let effects = self.keep();
        if self.unanswered.holds(Asked::Keeping) {
            self.stage = Stage::Leaving;
            return effects;
        }
        self.left()
    }

    /// Everything is kept.
    fn left(&self) -> Effects {
        let mut effects = vec![Effect::Close];
        if self.keeping.is_worth_keeping(self.values()) {
            effects.push(Effect::Say(format!("Kept as a draft: {}.", self.called())));
        }
        effects
    }

    pub(super) fn discard(&mut self) -> Effects {
        if !self.keeping.is_worth_keeping(self.values()) {
            return self.leave();
        }
        vec![self.question(Pending::Discard, asking::discard(&self.called()))]
    }

    fn question(&mut self, pending: Pending, question: Question) -> Effect {
        self.pending = Some(pending);
        Layer::Confirm(Confirm::new(question)).open()
    }

    /// What was asked before was meant so.
    pub(super) fn go_on(&mut self, cx: &Cx) -> Effects {
        match self.pending.take() {
            Some(Pending::Record) => self.checked(cx).map_or_else(Vec::new, |act| self.record(act)),
            Some(Pending::Discard) => {
                self.stage = Stage::Discarding;
                let slot = self.keeping.slot().to_owned();
                vec![self.ask(Asked::Discard, Request::DiscardDraft(slot))]
            }
            None => Vec::new(),
        }
    }

    /// The desk has kept a draft, or let go of one.
    pub(super) fn kept(&mut self, asked: Option<Asked>) -> Effects {
        if asked == Some(Asked::Keeping) {
            self.keeping.answered();
        }
        match asked {
            Some(Asked::Discard) => {
                vec![Effect::Close, Effect::Say(format!("Discarded: {}.", self.called()))]
            }
            Some(Asked::Keeping)
                if self.stage == Stage::Leaving && !self.unanswered.holds(Asked::Keeping) =>
            {
                self.left()
            }
            _ => Vec::new(),
        }
    }

    /// Only what failed is undone: a search that fails lets nobody record a second time.
    pub(super) fn failed(&mut self, asked: Option<Asked>, says: String) -> Effects {
        match asked {
            Some(Asked::Draft) => {
                self.unreadable(&says);
                return Vec::new();
            }
            Some(Asked::Act | Asked::Discard) => self.stage = Stage::Writing,
            Some(Asked::Keeping) => {
                self.keeping.failed();
                // What was asked since may go better, and has all of the text.
                if self.unanswered.holds(Asked::Keeping) {
                    return Vec::new();
                }
                if self.stage == Stage::Leaving {
                    self.stage = Stage::Writing;
                }
            }
            Some(Asked::Whom | Asked::Others | Asked::Book) | None => {}
        }
        self.notice = asked.map(|of| Notice { of, says });
        Vec::new()
    }
}

/// Of a call that is about nothing yet.
fn no_place(keymap: &Keymap) -> String {
    let (ring, place) =
        (keymap.key(Scope::Everywhere, Action::Ring), keymap.key(Scope::Ring, Action::LooseCalls));
    format!("Recorded. It has no place yet: {ring} on its concern or child, and then {place}.")
}
