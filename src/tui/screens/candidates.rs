//! Which child of the desk is meant? The likely ones, anybody by name, or somebody new. Where an earlier answer is
//! changed, a form asks why.

mod view;

use std::collections::VecDeque;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::confirm::{Confirm, Question};
use super::form::{Form, FormKind};
use super::{Layer, step, twins};
use crate::cabinet::table::child::Child;
use crate::cabinet::table::concern::Concern;
use crate::desk::act::LinkTo;
use crate::desk::answer::{Candidate, Found, Scope as Where, Target, born};
use crate::desk::{Act, Reply, Request, Saved};
use crate::domain::concern::NamedChild;
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::narrowing::{Narrowed, Narrowing};

/// More children of one name than anybody reads through.
const MOST_FOUND: usize = 50;

pub struct Candidates {
    pub concern: ConcernId,
    pub position: u32,
    whole: Option<Box<Concern>>,
    rows: Vec<Row>,
    /// The letters by which the rows were found; none before the first have come.
    shown: Option<String>,
    list: ListState,
    narrowing: Narrowing,
    state: State,
    /// What is not answered yet, in the order in which answers come.
    asked: VecDeque<Asked>,
    height: usize,
}

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    to: LinkTo,
    name: String,
    detail: String,
    why: String,
    likely: Likely,
}

/// Whether what was reported speaks for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likely {
    Yes,
    /// She looked for them by name herself.
    No,
}

enum State {
    Choosing,
    /// It is asked whether this one is meant.
    Sure(Row),
    /// It is being recorded.
    Linking(Row),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Concern,
    Rows,
    Link,
}

impl Candidates {
    pub fn new(concern: ConcernId, position: u32) -> Self {
        Self {
            concern,
            position,
            whole: None,
            rows: Vec::new(),
            shown: None,
            list: ListState::default(),
            narrowing: Narrowing::default(),
            state: State::Choosing,
            asked: VecDeque::new(),
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

    fn ask(&mut self, asked: Asked, request: Request) -> Effect {
        self.asked.push_back(asked);
        Effect::Ask(request)
    }

    /// The letters have changed, or the record.
    fn ask_for_rows(&mut self) -> Effects {
        let text = self.narrowing.text();
        let request = if text.trim().is_empty() {
            Request::Candidates { concern: self.concern, position: self.position }
        } else {
            Request::Find { query: text.to_owned(), scope: Where::Children, limit: MOST_FOUND }
        };
        vec![self.ask(Asked::Rows, request)]
    }

    /// The likeliest is selected, and somebody new only where nobody is like them. Whoever was selected stays so
    /// while the letters are the same: the record may change under her hand.
    fn offer(&mut self, known: impl Iterator<Item = Row>) -> Effects {
        let kept = self.selected().map(|row| row.to);
        self.rows = std::iter::once(self.somebody_new()).chain(known).collect();
        self.shown = Some(self.narrowing.text().to_owned());
        self.list = ListState::new(self.rows.len());
        self.list.select(self.rows.iter().position(|row| Some(row.to) == kept).unwrap_or(1));
        Vec::new()
    }

    /// None while the rows of other letters are still on the screen.
    fn selected(&self) -> Option<&Row> {
        let shown = self.shown.as_deref() == Some(self.narrowing.text());
        self.rows.get(self.list.selected()?).filter(|_| shown)
    }

    fn somebody_new(&self) -> Row {
        let named = self.named().map(|named| named.name.one_line()).unwrap_or_default();
        let name = format!("A new child: {named}");
        Row { to: LinkTo::New, name, detail: String::new(), why: String::new(), likely: Likely::Yes }
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
        let Some(row) = self.selected().cloned() else { return Vec::new() };
        match (self.linked().map(|child| child.id), row.to) {
            (Some(linked), LinkTo::Known(chosen)) if linked == chosen => closed_with(&row),
            (Some(_), LinkTo::Known(_) | LinkTo::New) => vec![self.ask_why(&row)],
            (None, LinkTo::Known(_)) if row.likely == Likely::No => vec![self.ask_whether_sure(row)],
            (None, LinkTo::Known(_) | LinkTo::New) => self.link(row),
        }
    }

    /// Nothing that was reported speaks for this child: a slip of the finger would go into the wrong chronology.
    fn ask_whether_sure(&mut self, row: Row) -> Effect {
        let named = self.named().map(named_as).unwrap_or_default();
        let text = format!(
            "Concern {} names {named}. You chose {}, {}. The concern then stands in that child's chronology.",
            self.concern, row.name, row.detail
        );
        self.state = State::Sure(row);
        Layer::Confirm(Confirm::new(Question {
            heading: "Is that the child?".to_owned(),
            text,
            harmless: "Choose again",
            other: "It is this child",
            effects: vec![Effect::Confirmed],
        }))
        .open()
    }

    /// A change is not recorded without its reason.
    fn ask_why(&self, row: &Row) -> Effect {
        let (concern, position, to) = (self.concern, self.position, row.to);
        let name = Text::from(row.name.as_str());
        Effect::Replace(Box::new(Layer::Form(Form::new(FormKind::Relink { concern, position, to, name }))))
    }

    fn link(&mut self, row: Row) -> Effects {
        let (concern, position, to, reason) = (self.concern, self.position, row.to, Text::default());
        self.state = State::Linking(row);
        let act = Act::Link { concern, position, to, reason };
        vec![self.ask(Asked::Link, Request::Act { act, draft: None })]
    }

    fn saved(&mut self, saved: &Saved) -> Effects {
        match &self.state {
            State::Linking(row) => closed_with(row).into_iter().chain(twins::noticed(saved)).collect(),
            State::Choosing | State::Sure(_) => Vec::new(),
        }
    }

    fn failed(&mut self, asked: Option<Asked>, sentence: String) -> Effects {
        if asked == Some(Asked::Link) {
            self.state = State::Choosing;
        }
        vec![Effect::Say(sentence)]
    }

    fn back(&mut self) -> Effects {
        if self.narrowing.is_idle() {
            return vec![Effect::Close];
        }
        self.narrowing.clear();
        self.ask_for_rows()
    }
}

fn closed_with(row: &Row) -> Effects {
    vec![Effect::Close, Effect::Say(format!("Taken for: {}.", row.name))]
}

/// `"Zoë Smith", 10B, b. 4 Mar 2011`: a child as the reporter named them.
fn named_as(named: &NamedChild) -> String {
    let mut parts = vec![format!("\"{}\"", named.name.one_line())];
    parts.extend(named.form.as_ref().map(Text::one_line).filter(|form| !form.is_empty()));
    parts.push(born(named.date_of_birth));
    parts.join(", ")
}

/// `10B, b. 4 Mar 2011`: what tells a child of the desk from others of the name.
pub(super) fn detail(child: &Child) -> String {
    let form = child.details.form.one_line();
    let form = if form.is_empty() { form } else { format!("{form}, ") };
    let left = child.left_in_words().map(|left| format!(", {left}")).unwrap_or_default();
    format!("{form}{}{left}", born(child.details.date_of_birth))
}

fn likely(candidate: Candidate) -> Row {
    let Candidate { child, why } = candidate;
    Row {
        to: LinkTo::Known(child.id),
        name: child.details.name.one_line(),
        detail: detail(&child),
        why,
        likely: Likely::Yes,
    }
}

fn found(hit: &Found) -> Option<Row> {
    let row = |child: ChildId| Row {
        to: LinkTo::Known(child),
        name: hit.name.one_line(),
        detail: hit.detail.one_line(),
        why: hit.why.clone(),
        likely: Likely::No,
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

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        let mut effects = vec![self.ask(Asked::Concern, Request::Concern(self.concern))];
        effects.extend(self.ask_for_rows());
        effects
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        match self.narrowing.on_key(key) {
            Narrowed::NotTaken => Typed::NotText,
            Narrowed::Same => Typed::Taken(Vec::new()),
            Narrowed::Changed => Typed::Taken(self.ask_for_rows()),
        }
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        match self.narrowing.paste(text) {
            Narrowed::Changed => self.ask_for_rows(),
            Narrowed::NotTaken | Narrowed::Same => Vec::new(),
        }
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match self.state {
            State::Linking(_) => return Vec::new(),
            // The question was answered with no.
            State::Sure(_) => self.state = State::Choosing,
            State::Choosing => {}
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

    fn confirmed(&mut self, _cx: &Cx) -> Effects {
        match std::mem::replace(&mut self.state, State::Choosing) {
            State::Sure(row) => self.link(row),
            State::Choosing | State::Linking(_) => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        let asked = self.asked.pop_front();
        match reply {
            Reply::Concern(concern) if concern.row.concern == self.concern => self.told(concern),
            Reply::Candidates { position, likely: children }
                if position == self.position && self.narrowing.text().trim().is_empty() =>
            {
                self.offer(children.into_iter().map(likely))
            }
            Reply::Found { query, finding } if query == self.narrowing.text() => {
                self.offer(finding.hits.iter().filter_map(found))
            }
            Reply::Saved(saved) => self.saved(&saved),
            Reply::Failed(sentence) | Reply::Restricted { sentences: sentence, .. } => {
                self.failed(asked, sentence)
            }
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
