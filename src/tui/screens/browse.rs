//! A list that comes by windows: what has arrived of it, what is selected, and the letters that narrow it.
//!
//! Shared by the screens that are lists. It knows no request and no reply: it says which window to ask for, and is
//! given the page that came. An answer to what is no longer wanted is dropped.

use std::collections::VecDeque;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::desk::answer::Page;
use crate::desk::request::Window;
use crate::search::Query;
use crate::tui::keymap::Action;
use crate::tui::layer::Cx;
use crate::tui::widgets::list::{self, GUTTER, ListState, Move, Present};
use crate::tui::widgets::narrowing::{Narrowed, Narrowing};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// Rows that are asked for beyond the screen on both sides, so that a page up or down is there already.
const MARGIN: u64 = 64;
/// Rows of the windows in which one row is looked for.
const STRIDE: u64 = 1000;

/// A row that can be known again when the list has changed.
pub trait Row {
    type Id: Copy + PartialEq;

    fn id(&self) -> Self::Id;
}

/// Where a list is opened, and where it returns to when it is narrowed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    First,
    Last,
}

pub struct Browse<T: Row> {
    list: ListState,
    page: Page<T>,
    narrowing: Narrowing,
    rest: Rest,
    goal: Goal<T::Id>,
    /// As it was last drawn.
    height: usize,
    /// Changes with whatever the list is narrowed by.
    edition: u32,
    /// The edition of the page that is here.
    shown: u32,
    /// What was asked and not answered, in the order in which answers come.
    asked: VecDeque<(u32, Window)>,
}

/// What the next page is for.
#[derive(Clone, Copy)]
enum Goal<Id> {
    /// The selected row stays selected.
    Stay,
    Rest,
    Find(Id),
}

/// What became of a key.
pub enum Taken {
    No,
    /// It was for the list; perhaps a window is to be asked for.
    Yes(Option<Window>),
}

impl<T: Row> Browse<T> {
    pub fn new(rest: Rest) -> Self {
        Self {
            list: ListState::default(),
            page: Page::default(),
            narrowing: Narrowing::default(),
            rest,
            goal: Goal::Rest,
            height: 0,
            edition: 0,
            shown: 0,
            asked: VecDeque::new(),
        }
    }

    /// Opened at one row, wherever in the list that is.
    pub fn at(rest: Rest, row: T::Id) -> Self {
        Self { goal: Goal::Find(row), ..Self::new(rest) }
    }

    /// The letters that narrow the list.
    pub fn narrow(&self) -> String {
        self.narrowing.text().to_owned()
    }

    pub fn query(&self) -> Query {
        Query::parse(self.narrowing.text())
    }

    /// None while the list on the screen is not the one that was asked for: a key that is faster than the desk
    /// must not meet a row of the list before.
    pub fn selected(&self) -> Option<&T> {
        self.marked().filter(|_| self.shown == self.edition)
    }

    fn marked(&self) -> Option<&T> {
        self.row(self.list.selected()?)
    }

    pub fn total(&self) -> usize {
        self.list.total()
    }

    /// `12 of 240`.
    pub fn position(&self) -> String {
        self.list.position()
    }

    /// Nothing has come yet that the list could be judged by.
    pub fn is_waiting(&self) -> bool {
        self.list.total() == 0 && !self.asked.is_empty()
    }

    /// Nothing is hidden by letters.
    pub fn shows_all(&self) -> bool {
        self.narrowing.text().is_empty()
    }

    fn row(&self, place: usize) -> Option<&T> {
        let offset = usize::try_from(self.page.offset).ok()?;
        self.page.rows.get(place.checked_sub(offset)?)
    }
}

/// Asking and being answered.
impl<T: Row> Browse<T> {
    /// The window to ask for when the screen opens or the record has changed.
    pub fn refresh(&mut self) -> Window {
        let window = match self.goal {
            Goal::Find(_) => Window { offset: 0, limit: STRIDE },
            Goal::Stay | Goal::Rest => self.around(),
        };
        self.ask(window)
    }

    /// The list is another one now: narrowed otherwise, or of another kind. Where all is shown again, the row that
    /// was found stays selected, among its neighbours.
    pub fn restart(&mut self) -> Window {
        let found = self.marked().map(Row::id).filter(|_| self.shows_all());
        self.edition += 1;
        self.goal = found.map_or(Goal::Rest, Goal::Find);
        self.list.select(0);
        self.refresh()
    }

    fn ask(&mut self, window: Window) -> Window {
        self.asked.push_back((self.edition, window));
        window
    }

    /// What is on the screen and some more.
    fn around(&mut self) -> Window {
        let shown = self.list.window(self.height);
        let height = self.height.max(shown.len()) as u64;
        Window { offset: (shown.start as u64).saturating_sub(MARGIN), limit: height + 2 * MARGIN }
    }

    /// The window to ask for where the screen shows rows that have neither come nor been asked for.
    pub fn missing(&mut self) -> Option<Window> {
        let shown = self.list.window(self.height);
        let has = |window: Window| {
            let (start, end) = (shown.start as u64, shown.end as u64);
            window.offset <= start && end <= window.offset.saturating_add(window.limit)
        };
        let here = Window { offset: self.page.offset, limit: self.page.rows.len() as u64 };
        let coming = self.asked.iter().any(|(edition, window)| *edition == self.edition && has(*window));
        if has(here) || coming {
            return None;
        }
        let window = self.around();
        Some(self.ask(window))
    }

    /// A page came; perhaps another is needed.
    pub fn arrived(&mut self, page: Page<T>) -> Option<Window> {
        let edition = self.asked.pop_front().map_or(self.edition, |(edition, _)| edition);
        if edition != self.edition {
            return None;
        }
        let kept = self.marked().map(Row::id);
        self.shown = edition;
        self.list.resize(usize::try_from(page.total).unwrap_or(usize::MAX));
        self.page = page;
        match self.goal {
            Goal::Stay => self.stay_at(kept),
            Goal::Rest => self.settle(),
            Goal::Find(id) => return self.look_further(id),
        }
        self.missing()
    }

    /// A question was not answered.
    pub fn failed(&mut self) {
        self.asked.pop_front();
    }

    /// Where the row is no longer in sight, its place stays.
    fn stay_at(&mut self, row: Option<T::Id>) {
        if let Some(id) = row {
            self.select(id);
        }
    }

    fn settle(&mut self) {
        self.list.shift(if self.rest == Rest::First { Move::First } else { Move::Last }, 0);
        self.goal = Goal::Stay;
    }

    fn look_further(&mut self, id: T::Id) -> Option<Window> {
        let next = self.page.offset + self.page.rows.len() as u64;
        if self.select(id) {
            self.goal = Goal::Stay;
        } else if next < self.page.total && !self.page.rows.is_empty() {
            return Some(self.ask(Window { offset: next, limit: STRIDE }));
        } else {
            self.settle();
        }
        self.missing()
    }

    /// Whether the row is in the page that came.
    fn select(&mut self, id: T::Id) -> bool {
        let Some(place) = self.page.rows.iter().position(|row| row.id() == id) else { return false };
        self.list.select(usize::try_from(self.page.offset).unwrap_or(usize::MAX).saturating_add(place));
        true
    }
}

/// Keys.
impl<T: Row> Browse<T> {
    /// Letters for the narrowing, while it is open.
    pub fn typed(&mut self, key: KeyEvent) -> Taken {
        let narrowed = self.narrowing.on_key(key);
        self.narrowed(narrowed)
    }

    pub fn pasted(&mut self, text: &str) -> Option<Window> {
        match self.narrowing.paste(text) {
            Narrowed::Changed => Some(self.restart()),
            Narrowed::NotTaken | Narrowed::Same => None,
        }
    }

    fn narrowed(&mut self, narrowed: Narrowed) -> Taken {
        match narrowed {
            Narrowed::NotTaken => Taken::No,
            Narrowed::Same => Taken::Yes(None),
            Narrowed::Changed => Taken::Yes(Some(self.restart())),
        }
    }

    /// What every list does: moving, narrowing, and showing all again before going back.
    pub fn act(&mut self, action: Action) -> Taken {
        let step = match action {
            Action::Up => Move::Up,
            Action::Down => Move::Down,
            Action::PageUp => Move::PageUp,
            Action::PageDown => Move::PageDown,
            Action::Top => Move::First,
            Action::Bottom => Move::Last,
            Action::Narrow => {
                self.narrowing.open();
                return Taken::Yes(None);
            }
            Action::Back if !self.narrowing.is_idle() => {
                self.narrowing.clear();
                return Taken::Yes(Some(self.restart()));
            }
            _ => return Taken::No,
        };
        self.goal = Goal::Stay;
        self.list.shift(step, self.height);
        Taken::Yes(self.missing())
    }
}

/// Drawing.
impl<T: Row> Browse<T> {
    /// The line above the list: what it shows (`idle`) or what narrows it, and the position.
    pub fn draw_head(&self, cx: &Cx, frame: &mut Frame, area: Rect, idle: &str) {
        let idling = self.narrowing.is_idle();
        let position = if idling { self.position() } else { format!("{idle}, {}", self.position()) };
        let room = u16::try_from(position.len()).unwrap_or(u16::MAX);
        let [left, right] =
            Layout::horizontal([Constraint::Min(0), Constraint::Length(room)]).spacing(1).areas(area);
        write(&position, right, frame.buffer_mut(), cx.theme.dim);
        if idling {
            write(idle, left, frame.buffer_mut(), cx.theme.dim);
        } else if let Some(cursor) = self.narrowing.draw(left, frame.buffer_mut(), &cx.theme) {
            frame.set_cursor_position(cursor);
        }
    }

    /// The rows, one line each; `line` is told the columns that it has.
    pub fn draw(
        &mut self,
        cx: &Cx,
        frame: &mut Frame,
        area: Rect,
        line: impl Fn(&T, usize) -> Line<'static>,
    ) {
        let shown = self.window(area.height.into());
        let width = usize::from(area.width.saturating_sub(GUTTER));
        let first = shown.clone().find(|place| self.row(*place).is_some()).unwrap_or(shown.start);
        let rows: Vec<Line> =
            (first..shown.end).map_while(|place| self.row(place)).map(|row| line(row, width)).collect();
        list::draw(&self.list, Present { first, rows: &rows }, area, frame.buffer_mut(), &cx.theme);
    }

    /// The places in the list that so many lines show.
    pub fn window(&mut self, height: usize) -> std::ops::Range<usize> {
        self.height = height;
        self.list.window(height)
    }

    /// What stands in a place of the list, as far as it has come, and whether it is the selected one.
    pub fn place(&self, place: usize) -> (Option<&T>, Selected) {
        let selected = if self.list.selected() == Some(place) { Selected::Yes } else { Selected::No };
        (self.row(place), selected)
    }
}

/// What stands where a list would, in as many lines as it takes.
pub fn draw_note(cx: &Cx, frame: &mut Frame, area: Rect, text: &str) {
    let rows = area.intersection(frame.area()).rows();
    for (row, line) in rows.zip(wrap(text, area.width.into())) {
        frame.buffer_mut().set_line(row.x, row.y, &line.style(cx.theme.dim), row.width);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    Yes,
    No,
}

#[cfg(test)]
mod tests;
