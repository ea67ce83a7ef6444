//! Everything, by a few letters, over whatever is open. What can be chosen besides records is in [`entry`].

mod entry;
mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::step;
use crate::desk::answer::{Finding, Scope as Where};
use crate::desk::{Reply, Request};
use crate::search::Completion;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cover, Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::Consumed;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::text_field::TextField;
use entry::Entry;

/// More than this nobody reads; another letter is quicker.
const MOST: usize = 50;

#[derive(Default)]
pub struct Finder {
    field: TextField,
    place: Where,
    /// The letters that found what is shown.
    shown: String,
    entries: Vec<Entry>,
    /// What the desk said beside them, and how what was typed may go on.
    notes: Vec<String>,
    completions: Vec<Completion>,
    list: ListState,
    wait: Wait,
    /// As it was last drawn.
    height: usize,
}

/// Whether what is shown was found by the letters that are in the field.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Wait {
    #[default]
    No,
    ForHits,
    /// Enter was faster than the answer: open the first of what comes, never of what was there before.
    ToOpen,
}

impl Finder {
    /// The letters or the place to look have changed.
    fn look(&mut self, cx: &Cx) -> Effects {
        self.completions.clear();
        if self.field.text().trim().is_empty() {
            self.show(cx, Finding::default());
            return Vec::new();
        }
        self.wait = Wait::ForHits;
        vec![Effect::Ask(Request::Find {
            query: self.field.text().to_owned(),
            scope: self.place,
            limit: MOST,
        })]
    }

    fn show(&mut self, cx: &Cx, finding: Finding) {
        let kept = self.selected().map(Entry::key).filter(|_| self.shown == self.field.text());
        self.shown = self.field.text().to_owned();
        self.entries = entry::all(cx, &self.shown, self.place, finding.hits);
        self.notes = finding.notes;
        self.completions = finding.completions;
        self.list = ListState::new(self.entries.len());
        self.list.select(self.entries.iter().position(|entry| Some(entry.key()) == kept).unwrap_or(0));
        self.wait = Wait::No;
    }

    fn selected(&self) -> Option<&Entry> {
        self.list.selected().and_then(|place| self.entries.get(place))
    }

    /// Goes on as the first of the completions says, where the key for that is not one of the text's.
    fn complete(&mut self, cx: &Cx, key: KeyEvent) -> Option<Effects> {
        let is_asked = cx.keymap.action(&[Scope::Finder], &key) == Some(Action::Complete);
        let first = self.completions.first().filter(|_| is_asked && self.field.is_at_end())?;
        self.field = TextField::new(&first.typed);
        Some(self.look(cx))
    }

    fn open(&mut self, cx: &Cx) -> Effects {
        if self.wait != Wait::No {
            self.wait = Wait::ToOpen;
            return Vec::new();
        }
        self.selected().map(|entry| entry.open(cx)).unwrap_or_default()
    }
}

impl Surface for Finder {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Finder]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Find".to_owned()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    /// The record may have changed while something lay over it; the letters stay.
    fn refresh(&mut self, cx: &Cx) -> Effects {
        self.look(cx)
    }

    fn typed(&mut self, cx: &Cx, key: KeyEvent) -> Typed {
        if let Some(effects) = self.complete(cx, key) {
            return Typed::Taken(effects);
        }
        let before = self.field.text().to_owned();
        match self.field.on_key(key) {
            Consumed::No => Typed::NotText,
            Consumed::Yes if self.field.text() == before => Typed::Taken(Vec::new()),
            Consumed::Yes => Typed::Taken(self.look(cx)),
        }
    }

    fn pasted(&mut self, cx: &Cx, text: &str) -> Effects {
        self.field.paste(text);
        self.look(cx)
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Kinds => {
                self.place = next(self.place);
                self.look(cx)
            }
            Action::Enter => self.open(cx),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Found { query, finding } if query == self.field.text() => {
                let opens = self.wait == Wait::ToOpen;
                self.show(cx, finding);
                if opens { self.open(cx) } else { Vec::new() }
            }
            Reply::Failed(sentence) => {
                self.show(cx, Finding::default());
                vec![Effect::Say(sentence)]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        self.draw_over(cx, frame, area);
    }

    fn cover(&self) -> Cover {
        Cover::Over
    }
}

fn next(place: Where) -> Where {
    match place {
        Where::Everything => Where::Children,
        Where::Children => Where::Contacts,
        Where::Contacts => Where::Chronology,
        Where::Chronology => Where::Everything,
    }
}

#[cfg(test)]
mod tests;
