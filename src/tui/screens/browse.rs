//! A list that comes by windows: what has arrived of it, what is selected, and the letters that narrow it.
//!
//! Shared by the screens that are lists. Which list it is, its [`Listing`] says; this asks for the windows that are
//! to be shown and is given the pages that come. An answer to what is no longer wanted is dropped.

mod view;

use std::collections::VecDeque;

use crossterm::event::KeyEvent;

use super::step;
use crate::desk::Request;
use crate::desk::answer::Page;
use crate::desk::request::Window;
use crate::search::Query;
use crate::tui::keymap::Action;
use crate::tui::layer::{Effect, Effects, Typed};
use crate::tui::widgets::list::{ListState, Move};
use crate::tui::widgets::narrowing::{Narrowed, Narrowing};
pub use view::{Head, Selected, draw_note};

/// Rows that are asked for beyond the screen on both sides, so that a page up or down is there already.
const MARGIN: u64 = 64;
/// Rows of the windows in which one row is looked for.
const STRIDE: u64 = 1000;

/// Which list of the desk it is.
pub trait Listing {
    type Row;
    /// By which a row is known again when the list has changed.
    type Id: Copy + PartialEq;

    fn id(row: &Self::Row) -> Self::Id;

    fn request(&self, narrow: String, window: Window) -> Request;
}

/// Where a list is opened, and where it returns to when it is narrowed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    First,
    Last,
}

pub struct Browse<L: Listing> {
    listing: L,
    list: ListState,
    page: Page<L::Row>,
    narrowing: Narrowing,
    rest: Rest,
    goal: Goal<L::Id>,
    /// As it was last drawn.
    height: usize,
    /// Changes with the list that is wanted.
    edition: u32,
    /// The edition of the page that is here; none before the first.
    shown: Option<u32>,
    /// What was asked and not answered, in the order in which answers come.
    asked: VecDeque<Asked>,
}

/// What the next page is for.
#[derive(Clone, Copy)]
enum Goal<Id> {
    /// The selected row stays selected.
    Stay,
    Rest,
    Find(Id),
}

#[derive(Clone, Copy)]
enum Asked {
    Rows {
        edition: u32,
        window: Window,
    },
    /// A question of the screen's own.
    Beside,
}

/// Answers come in the order of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Rows,
    Beside,
}

/// Why there is no row to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The list has not come yet.
    Waiting,
    /// The letters leave none.
    Narrowed,
    Empty,
}

impl<L: Listing> Browse<L> {
    pub fn new(listing: L, rest: Rest) -> Self {
        Self {
            listing,
            list: ListState::default(),
            page: Page::default(),
            narrowing: Narrowing::default(),
            rest,
            goal: Goal::Rest,
            height: 0,
            edition: 0,
            shown: None,
            asked: VecDeque::new(),
        }
    }

    /// Opened at one row, wherever in the list that is.
    pub fn at(listing: L, rest: Rest, row: L::Id) -> Self {
        Self { goal: Goal::Find(row), ..Self::new(listing, rest) }
    }

    pub fn listing(&self) -> &L {
        &self.listing
    }

    /// The letters that narrow the list.
    pub fn letters(&self) -> &str {
        self.narrowing.text()
    }

    pub fn query(&self) -> Query {
        Query::parse(self.letters())
    }

    /// None while the list on the screen is not the one that was asked for: a key that is faster than the desk
    /// must not meet a row of the list before.
    pub fn selected(&self) -> Option<&L::Row> {
        self.marked().filter(|_| self.shown == Some(self.edition))
    }

    /// The row at the mark, of whichever list is on the screen: to be drawn, and never to be acted on.
    pub fn marked(&self) -> Option<&L::Row> {
        self.row(self.list.selected()?)
    }

    pub fn total(&self) -> usize {
        self.list.total()
    }

    /// As many of the rows as have come.
    pub fn rows(&self) -> &[L::Row] {
        &self.page.rows
    }

    /// `12 of 240`.
    pub fn position(&self) -> String {
        self.list.position()
    }

    /// None where there are rows.
    pub fn lack(&self) -> Option<Lack> {
        match self.shown {
            _ if self.total() > 0 => None,
            Some(shown) if shown != self.edition => Some(Lack::Waiting),
            None => Some(Lack::Waiting),
            Some(_) if self.letters().is_empty() => Some(Lack::Empty),
            Some(_) => Some(Lack::Narrowed),
        }
    }

    fn row(&self, place: usize) -> Option<&L::Row> {
        let offset = usize::try_from(self.page.offset).ok()?;
        self.page.rows.get(place.checked_sub(offset)?)
    }
}

/// What a layer that is made around a list does of itself ([`crate::tui::layer::Surface::browsing`]), whatever is listed.
pub trait Browsing {
    /// The screen opens, or the record has changed.
    fn refresh(&mut self) -> Effects;

    /// Letters for the narrowing, while it is open.
    fn typed(&mut self, key: KeyEvent) -> Typed;

    fn pasted(&mut self, text: &str) -> Effects;

    /// Asks where the screen shows rows that have neither come nor been asked for.
    fn ask_for_missing(&mut self) -> Effects;

    /// A click moves the selection as a key does.
    fn list_mut(&mut self) -> &mut ListState;
}

impl<L: Listing> Browsing for Browse<L> {
    fn refresh(&mut self) -> Effects {
        match self.goal {
            Goal::Find(_) => self.ask(Window { offset: 0, limit: STRIDE }),
            Goal::Stay | Goal::Rest => self.ask_around(),
        }
    }

    fn typed(&mut self, key: KeyEvent) -> Typed {
        match self.narrowing.on_key(key) {
            Narrowed::NotTaken => Typed::NotText,
            Narrowed::Same => Typed::Taken(Vec::new()),
            Narrowed::Changed => Typed::Taken(self.restart()),
        }
    }

    fn pasted(&mut self, text: &str) -> Effects {
        match self.narrowing.paste(text) {
            Narrowed::Changed => self.restart(),
            Narrowed::NotTaken | Narrowed::Same => Vec::new(),
        }
    }

    fn ask_for_missing(&mut self) -> Effects {
        let shown = self.list.window(self.height);
        let has = |window: Window| {
            let (start, end) = (shown.start as u64, shown.end as u64);
            window.offset <= start && end <= window.offset.saturating_add(window.limit)
        };
        let here = Window { offset: self.page.offset, limit: self.page.rows.len() as u64 };
        let is_here = self.shown == Some(self.edition) && has(here);
        let is_coming = self.asked.iter().any(|asked| match asked {
            Asked::Rows { edition, window } => *edition == self.edition && has(*window),
            Asked::Beside => false,
        });
        if is_here || is_coming { Vec::new() } else { self.ask_around() }
    }

    fn list_mut(&mut self) -> &mut ListState {
        self.goal = Goal::Stay;
        &mut self.list
    }
}

/// Asking and being answered.
impl<L: Listing> Browse<L> {
    /// The list with more or fewer of its rows. Where all are shown again, the row that was found stays selected,
    /// among its neighbours.
    pub fn refine(&mut self, listing: L) -> Effects {
        self.listing = listing;
        self.restart()
    }

    /// The list in which a row is, with nothing narrowed, and that row selected.
    pub fn find(&mut self, listing: L, row: L::Id) -> Effects {
        self.listing = listing;
        self.narrowing.clear();
        self.edition += 1;
        self.goal = Goal::Find(row);
        self.refresh()
    }

    /// Another list in its place, narrowed by the same letters.
    pub fn turn_to(&mut self, listing: L) -> Effects {
        self.listing = listing;
        (self.page, self.list) = (Page::default(), ListState::default());
        self.restart()
    }

    fn restart(&mut self) -> Effects {
        let found = self.marked().map(L::id).filter(|_| self.letters().is_empty());
        self.edition += 1;
        self.goal = found.map_or(Goal::Rest, Goal::Find);
        self.list.select(0);
        self.refresh()
    }

    fn ask(&mut self, window: Window) -> Effects {
        self.asked.push_back(Asked::Rows { edition: self.edition, window });
        vec![Effect::Ask(self.listing.request(self.letters().to_owned(), window))]
    }

    /// What is on the screen and some more.
    fn ask_around(&mut self) -> Effects {
        let shown = self.list.window(self.height);
        let height = self.height.max(shown.len()) as u64;
        let offset = (shown.start as u64).saturating_sub(MARGIN);
        self.ask(Window { offset, limit: height + 2 * MARGIN })
    }

    /// Asks something that is no window of the list. Answers come in order, so that it has its place among them.
    pub fn ask_beside(&mut self, request: Request) -> Effect {
        self.asked.push_back(Asked::Beside);
        Effect::Ask(request)
    }

    /// A page came; perhaps another is needed.
    pub fn arrived(&mut self, page: Page<L::Row>) -> Effects {
        match self.asked.pop_front() {
            Some(Asked::Rows { edition, .. }) if edition == self.edition => self.show(page),
            Some(Asked::Rows { .. } | Asked::Beside) | None => Vec::new(),
        }
    }

    /// What was asked beside the list was answered.
    pub fn arrived_beside(&mut self) {
        self.asked.pop_front();
    }

    /// What the next answer is about.
    pub fn turn(&self) -> Turn {
        match self.asked.front() {
            Some(Asked::Beside) => Turn::Beside,
            Some(Asked::Rows { .. }) | None => Turn::Rows,
        }
    }

    /// The next of the questions was not answered.
    pub fn failed(&mut self, sentence: String) -> Effects {
        self.asked.pop_front();
        vec![Effect::Say(sentence)]
    }

    fn show(&mut self, page: Page<L::Row>) -> Effects {
        let kept = self.marked().map(L::id);
        self.shown = Some(self.edition);
        self.list.resize(usize::try_from(page.total).unwrap_or(usize::MAX));
        self.page = page;
        match self.goal {
            Goal::Stay => self.stay_at(kept),
            Goal::Rest => self.settle(),
            Goal::Find(id) => return self.look_further(id),
        }
        self.ask_for_missing()
    }

    /// Where the row is no longer in sight, its place stays.
    fn stay_at(&mut self, row: Option<L::Id>) {
        if let Some(id) = row {
            self.select(id);
        }
    }

    fn settle(&mut self) {
        self.list.shift(if self.rest == Rest::First { Move::First } else { Move::Last }, 0);
        self.goal = Goal::Stay;
    }

    fn look_further(&mut self, id: L::Id) -> Effects {
        let next = self.page.offset + self.page.rows.len() as u64;
        if self.select(id) {
            self.goal = Goal::Stay;
        } else if next < self.page.total && !self.page.rows.is_empty() {
            return self.ask(Window { offset: next, limit: STRIDE });
        } else {
            self.settle();
        }
        self.ask_for_missing()
    }

    /// Whether the row is in the page that came.
    fn select(&mut self, id: L::Id) -> bool {
        let Some(place) = self.page.rows.iter().position(|row| L::id(row) == id) else { return false };
        self.list.select(usize::try_from(self.page.offset).unwrap_or(usize::MAX).saturating_add(place));
        true
    }
}

/// Keys.
impl<L: Listing> Browse<L> {
    /// What every list does: moving, narrowing, and showing all again before going back. None where the action
    /// is not for the list.
    pub fn act(&mut self, action: Action) -> Option<Effects> {
        match (action, step(action)) {
            (_, Some(step)) => {
                self.goal = Goal::Stay;
                self.list.shift(step, self.height);
                Some(self.ask_for_missing())
            }
            (Action::Narrow, None) => {
                self.narrowing.open();
                Some(Vec::new())
            }
            (Action::Back, None) if !self.narrowing.is_idle() => {
                self.narrowing.clear();
                Some(self.restart())
            }
            (_, None) => None,
        }
    }
}

#[cfg(test)]
mod tests;
