//! What is or was true of a child for a time: what is true now first, then what is to come, then what has ended. Who said
//! so and why stands beneath, of the one that is selected.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::cells::{self, Cell};
use super::form::{Form, FormKind, Held};
use super::reading::Reading;
use super::{Layer, step};
use crate::desk::answer::{Said, Told};
use crate::desk::{Reply, Request};
use crate::domain::flag;
use crate::domain::ids::ChildId;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};
use crate::search::Query;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::list::{self, GUTTER, ListState, Present};
use crate::tui::widgets::{write, write_wrapped};

/// What is true now is marked, on whichever screen it stands.
pub(super) const MARK: &str = "■";
/// `■ to come`.
const STANDS: usize = 9;
/// `30 Jun 2026 to 30 Sep 2026`.
const DAYS: usize = 26;
/// `Education, health and care plan`.
const NAME: usize = 31;
/// Below this nobody can tell from a name who it is.
const BY: usize = 20;
/// Rows beneath the list: who said that it began, and that it ended.
const FOOT: u16 = 6;

pub struct Statuses {
    pub child: ChildId,
    /// Whose.
    name: Text,
    /// None until the desk has told.
    told: Option<Vec<Told>>,
    list: ListState,
    height: usize,
}

/// In the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Now,
    ToCome,
    Ended,
}

impl Stands {
    fn of(told: &Told, today: NaiveDate) -> Self {
        match &told.flagged {
            flagged if flagged.is_true_on(today) => Self::Now,
            flagged if today < flagged.from => Self::ToCome,
            _ => Self::Ended,
        }
    }

    fn label(self) -> String {
        match self {
            Self::Now => format!("{MARK} now"),
            Self::ToCome => "  to come".to_owned(),
            Self::Ended => "  ended".to_owned(),
        }
    }
}

impl Statuses {
    pub fn new(child: ChildId, name: Text) -> Self {
        Self { child, name, told: None, list: ListState::default(), height: 0 }
    }

    fn selected(&self) -> Option<&Told> {
        self.told.as_ref()?.get(self.list.selected()?)
    }

    /// What was selected stays so.
    fn take_in(&mut self, mut told: Vec<Told>, today: NaiveDate) {
        told.sort_by_key(|told| Stands::of(told, today));
        let seq = self.selected().map(|told| told.flagged.seq);
        self.list.resize(told.len());
        if let Some(place) = told.iter().position(|told| Some(told.flagged.seq) == seq) {
            self.list.select(place);
        }
        self.told = Some(told);
    }

    /// What it means, and everything that was said of it.
    fn read(&self) -> Effects {
        let Some(told) = self.selected() else { return Vec::new() };
        let known = flag::by_id(told.flagged.flag.trim());
        let means = known.map(|flag| format!("\n\n{}\n\nSource: {}.", flag.note, flag.source));
        let text = format!("{}{}", said_of(told), means.unwrap_or_default());
        vec![Layer::Reading(Reading::new(flag::name(&told.flagged.flag), text)).open()]
    }

    fn end(&self) -> Effects {
        match self.selected() {
            None => Vec::new(),
            Some(told) if told.flagged.to.is_some() => {
                vec![Effect::Say("That day is recorded already. Enter shows who said so.".to_owned())]
            }
            Some(Told { flagged, .. }) => {
                let held = Held::new(flagged.flag.clone(), flagged.from);
                vec![form(FormKind::Unflag { child: self.child, flagged: flagged.seq, held })]
            }
        }
    }

    fn empty(&self, cx: &Cx) -> String {
        match self.told {
            Some(_) => {
                let key = cx.keymap.key(Scope::Statuses, Action::Add);
                format!("No plan and no status of this child is recorded. {key} records one.")
            }
            None => "One moment …".to_owned(),
        }
    }
}

fn form(kind: FormKind) -> Effect {
    Layer::Form(Form::new(kind)).open()
}

/// Who said that it began, and that it ended.
fn said_of(told: &Told) -> String {
    let began = said("Began", told.flagged.from, &told.began);
    let ended = told.flagged.to.zip(told.ended.as_ref()).map(|(to, ended)| said("\nUntil", to, ended));
    format!("{began}{}", ended.unwrap_or_default())
}

fn said(what: &str, day: NaiveDate, said: &Said) -> String {
    let (day, at, by) = (Moment::Date(day), Moment::At(said.at), said.by.one_line());
    let why = if said.reason.is_blank() { String::new() } else { format!(" {}", sentence(&said.reason)) };
    format!("{what} {day}, recorded {at} by {by}.{why}")
}

fn row(told: &Told, cx: &Cx, width: usize) -> Line<'static> {
    let stands = Stands::of(told, Moment::At(cx.now).date());
    let name = (width.saturating_sub(STANDS + DAYS + 2)).min(NAME);
    let by = Some(width.saturating_sub(STANDS + DAYS + name + 3)).filter(|room| *room >= BY).unwrap_or(0);
    let who = told.ended.as_ref().unwrap_or(&told.began).by.one_line();
    let cells = [
        Cell(&stands.label(), STANDS),
        Cell(&flag::name(&told.flagged.flag), name),
        Cell(&told.flagged.days(), DAYS),
        Cell(&who, by),
    ];
    let line = cells::row(&cells, &Query::default(), &cx.theme);
    if stands == Stands::Now { line.style(cx.theme.title) } else { line }
}

impl Surface for Statuses {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Statuses, Scope::Choosing, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        format!("{}: status", self.name.one_line())
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn is_ready(&self) -> bool {
        self.told.is_some()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Statuses(self.child))]
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Enter => self.read(),
            Action::Add => vec![form(FormKind::Flag { child: self.child })],
            Action::Remove => self.end(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Statuses(told) => {
                self.take_in(told, Moment::At(cx.now).date());
                Vec::new()
            }
            Reply::Failed(sentence) => {
                self.told.get_or_insert_default();
                vec![Effect::Say(sentence)]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let area = area.intersection(frame.area());
        let told = self.told.as_deref().unwrap_or_default();
        if told.is_empty() {
            write_wrapped(&self.empty(cx), area, frame.buffer_mut(), cx.theme.dim);
            return;
        }
        let foot = FOOT.min(area.height / 2);
        let heights = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(foot)];
        let [head, body, foot] = Layout::vertical(heights).areas(area);
        let heading = "What is true now, then what has ended";
        write(heading, head, frame.buffer_mut(), cx.theme.dim);
        self.height = body.height.into();
        let window = self.list.window(self.height);
        let width = usize::from(body.width.saturating_sub(GUTTER));
        let shown = told.get(window.clone()).unwrap_or_default();
        let rows: Vec<Line> = shown.iter().map(|told| row(told, cx, width)).collect();
        let present = Present { first: window.start, rows: &rows };
        list::draw(&mut self.list, present, body, frame.buffer_mut(), &cx.theme);
        let said = self.selected().map(said_of).unwrap_or_default();
        write_wrapped(&said, foot, frame.buffer_mut(), cx.theme.text);
    }
}

#[cfg(test)]
mod tests;
