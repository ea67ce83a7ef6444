//! Who the children of a concern are: which of the desk is meant, and whose chronology is opened.

use super::{ConcernScreen, Part, say, view};
use crate::cabinet::table::child::Child;
use crate::cabinet::table::concern::Concern;
use crate::domain::concern::NamedChild;
use crate::tui::layer::{Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::candidates::Candidates;
use crate::tui::screens::child::ChildScreen;
use crate::tui::screens::choice::{Answer, Choice};

impl ConcernScreen {
    pub(super) fn first_unlinked(&self) -> Option<u32> {
        u32::try_from(unlinked(self.whole.as_deref()?)?).ok()
    }

    /// The child that the selection in Part 1 tells of.
    pub(super) fn selected_child(&self) -> Option<usize> {
        match self.part {
            Part::One => self.field()?.child,
            Part::Two => None,
        }
    }

    pub(super) fn link(&self) -> Effects {
        let Some(concern) = self.whole.as_deref() else { return Vec::new() };
        if concern.children.is_empty() {
            return say("This concern names no child.");
        }
        let ask = |place: usize| {
            let position = u32::try_from(place).unwrap_or(u32::MAX);
            Layer::Candidates(Candidates::new(self.concern, position)).open()
        };
        let is_open = |place: &usize| concern.children.get(*place).is_some_and(Option::is_none);
        // The question that stands above the parts is the one that is answered, unless the cursor is on another.
        if let Some(place) = self.selected_child().filter(is_open).or_else(|| unlinked(concern)) {
            return vec![ask(place)];
        }
        match concern.part1.children.as_slice() {
            [_] => vec![ask(0)],
            several => {
                let answer = |(place, child): (usize, &NamedChild)| Answer {
                    text: child.name.one_line(),
                    effect: ask(place),
                };
                let answers = several.iter().enumerate().map(answer).collect();
                vec![Layer::Choice(Choice::new("Who is another child?".to_owned(), answers)).open()]
            }
        }
    }

    pub(super) fn open_child(&self) -> Effects {
        let Some(concern) = self.whole.as_deref() else { return Vec::new() };
        let selected = self.selected_child().and_then(|place| concern.children.get(place)?.as_ref());
        let linked: Vec<&Child> = match selected {
            Some(child) => vec![child],
            None => concern.children.iter().flatten().collect(),
        };
        match linked.as_slice() {
            [] => say("It is not settled yet which child of the desk this is. Settle that first."),
            [child] => vec![chronology(child)],
            several => {
                let answer = |child: &&Child| Answer { text: view::who(child), effect: chronology(child) };
                let answers = several.iter().map(answer).collect();
                vec![Layer::Choice(Choice::new("Whose chronology?".to_owned(), answers)).open()]
            }
        }
    }
}

/// The place of the first child of whom it is not known who they are.
pub(super) fn unlinked(concern: &Concern) -> Option<usize> {
    concern.children.iter().position(Option::is_none)
}

fn chronology(child: &Child) -> Effect {
    Layer::Child(ChildScreen::new(child.id, None)).open()
}
