//! Which child of the desk is meant? The likely ones, anybody by name, or somebody new.

mod view;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::step;
use crate::cabinet::table::child::Child;
use crate::cabinet::table::concern::Concern;
use crate::desk::act::LinkTo;
use crate::desk::answer::{Candidate, Found, Scope as Where, Target, born};
use crate::desk::{Act, Reply, Request};
use crate::domain::concern::NamedChild;
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::Consumed;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::narrowing::{Narrowed, Narrowing};
use crate::tui::widgets::text_field::TextField;

/// More children of one name than anybody reads through.
const MOST_FOUND: usize = 50;

pub struct Candidates {
    pub concern: ConcernId,
    pub position: u32,
    whole: Option<Box<Concern>>,
    rows: Vec<Row>,
    list: ListState,
    narrowing: Narrowing,
    state: State,
    height: usize,
}

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    to: LinkTo,
    name: String,
    detail: String,
    why: String,
}

enum State {
    Choosing,
    /// An earlier answer is changed: why?
    Reason {
        row: Row,
        field: TextField,
    },
    /// It is being recorded.
    Linking(Row),
}

impl Candidates {
    pub fn new(concern: ConcernId, position: u32) -> Self {
        Self {
            concern,
            position,
            whole: None,
            rows: Vec::new(),
            list: ListState::default(),
            narrowing: Narrowing::default(),
            state: State::Choosing,
            height: 1,
        }
    }

    fn place(&self) -> usize {
        usize::try_from(self.position).unwrap_or(usize::MAX)
    }

    /// The child as the reporter named them.
    fn named(&self) -> Option<&NamedChild> {
        self.whole.as_deref()?.part1.children.get(self.place())
    }

    /// For whom they are taken now.
    fn linked(&self) -> Option<&Child> {
        self.whole.as_deref()?.children.get(self.place())?.as_ref()
    }

    fn ask(&self) -> Effects {
        let text = self.narrowing.text();
        vec![Effect::Ask(if text.trim().is_empty() {
            Request::Candidates { concern: self.concern, position: self.position }
        } else {
            Request::Find { query: text.to_owned(), scope: Where::Children, limit: MOST_FOUND }
        })]
    }

    /// The likeliest is selected, and somebody new only where nobody is like them.
    fn offer(&mut self, known: impl Iterator<Item = Row>) -> Effects {
        self.rows = std::iter::once(self.somebody_new()).chain(known).collect();
        self.list = ListState::new(self.rows.len());
        self.list.select(1);
        Vec::new()
    }

    fn somebody_new(&self) -> Row {
        let named = self.named().map(|named| named.name.one_line()).unwrap_or_default();
        let name = format!("A new child: {named}");
        Row { to: LinkTo::New, name, detail: String::new(), why: String::new() }
    }

    /// The first row names whom the concern names.
    fn told(&mut self, concern: Box<Concern>) -> Effects {
        self.whole = Some(concern);
        let somebody_new = self.somebody_new();
        if let Some(first) = self.rows.first_mut() {
            *first = somebody_new;
        }
        Vec::new()
    }

    fn choose(&mut self) -> Effects {
        let Some(row) = self.list.selected().and_then(|row| self.rows.get(row)).cloned() else {
            return Vec::new();
        };
        match (self.linked().map(|child| child.id), row.to) {
            (Some(linked), LinkTo::Known(chosen)) if linked == chosen => closed_with(&row),
            (Some(_), LinkTo::Known(_) | LinkTo::New) => {
                self.state = State::Reason { row, field: TextField::default() };
                Vec::new()
            }
            (None, LinkTo::Known(_) | LinkTo::New) => self.link(row, Text::default()),
        }
    }

    fn link(&mut self, row: Row, reason: Text) -> Effects {
        let (concern, position, to) = (self.concern, self.position, row.to);
        self.state = State::Linking(row);
        vec![Effect::Ask(Request::Act { act: Act::Link { concern, position, to, reason }, draft: None })]
    }

    /// A change is not recorded without its reason.
    fn give_reason(&mut self) -> Effects {
        let State::Reason { row, field } = &self.state else { return Vec::new() };
        let (row, reason) = (row.clone(), Text::new(field.text().trim()));
        if reason.is_blank() {
            return vec![Effect::Say(
                "Say why it is another child; the reason is kept in both chronologies.".to_owned(),
            )];
        }
        self.link(row, reason)
    }

    /// Keys while the reason is typed. Esc goes back to the choice.
    fn type_reason(&mut self, key: KeyEvent) -> Typed {
        let State::Reason { field, .. } = &mut self.state else { return Typed::NotText };
        match key.code {
            KeyCode::Enter => Typed::Taken(self.give_reason()),
            KeyCode::Esc => {
                self.state = State::Choosing;
                Typed::Taken(Vec::new())
            }
            _ if field.on_key(key) == Consumed::Yes => Typed::Taken(Vec::new()),
            _ => Typed::NotText,
        }
    }

    fn saved(&mut self) -> Effects {
        match &self.state {
            State::Linking(row) => closed_with(row),
            State::Choosing | State::Reason { .. } => Vec::new(),
        }
    }

    fn failed(&mut self, sentence: String) -> Effects {
        self.state = State::Choosing;
        vec![Effect::Say(sentence)]
    }

    fn back(&mut self) -> Effects {
        if self.narrowing.is_idle() {
            return vec![Effect::Close];
        }
        self.narrowing.clear();
        self.ask()
    }
}

fn closed_with(row: &Row) -> Effects {
    vec![Effect::Close, Effect::Say(format!("Linked: {}.", row.name))]
}

fn likely(candidate: Candidate) -> Row {
    let Candidate { child, why } = candidate;
    let form = child.details.form.one_line();
    let form = if form.is_empty() { form } else { format!("{form}, ") };
    Row {
        to: LinkTo::Known(child.id),
        name: child.details.name.one_line(),
        detail: format!("{form}{}", born(child.details.date_of_birth)),
        why,
    }
}

fn found(hit: &Found) -> Option<Row> {
    let row = |child: ChildId| Row {
        to: LinkTo::Known(child),
        name: hit.name.one_line(),
        detail: hit.detail.one_line(),
        why: hit.why.clone(),
    };
    match hit.target {
        Target::Child(child) => Some(row(child)),
        Target::Contact(_) | Target::Concern(_) | Target::Entry { .. } => None,
    }
}

impl Surface for Candidates {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Which child?".to_owned()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        let mut effects = vec![Effect::Ask(Request::Concern(self.concern))];
        effects.extend(self.ask());
        effects
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        if let State::Reason { .. } = self.state {
            return self.type_reason(key);
        }
        match self.narrowing.on_key(key) {
            Narrowed::NotTaken => Typed::NotText,
            Narrowed::Same => Typed::Taken(Vec::new()),
            Narrowed::Changed => Typed::Taken(self.ask()),
        }
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        if let State::Reason { field, .. } = &mut self.state {
            field.paste(text);
            return Vec::new();
        }
        match self.narrowing.paste(text) {
            Narrowed::Changed => self.ask(),
            Narrowed::NotTaken | Narrowed::Same => Vec::new(),
        }
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if !matches!(self.state, State::Choosing) {
            return Vec::new();
        }
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Enter => self.choose(),
            Action::Narrow => {
                self.narrowing.open();
                Vec::new()
            }
            Action::Back => self.back(),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Concern(concern) if concern.row.concern == self.concern => self.told(concern),
            Reply::Candidates { position, likely: children }
                if position == self.position && self.narrowing.text().trim().is_empty() =>
            {
                self.offer(children.into_iter().map(likely))
            }
            Reply::Found { query, hits } if query == self.narrowing.text() => {
                self.offer(hits.iter().filter_map(found))
            }
            Reply::Saved(_) => self.saved(),
            Reply::Failed(sentence) => self.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
