//! A child and their chronology, in the order in which it happened. What is drawn where is in [`view`]; what is noticed
//! in [`noticed`], and what is true now in [`status`].

mod noticed;
mod status;
mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::browse::{Browse, Browsing, Listing, Rest};
use super::choice::{Answer, Choice};
use super::concern::ConcernScreen;
use super::contact::{ContactScreen, one_of};
use super::form::{Form, FormKind, Verdict};
use super::reading::Reading;
use super::sightings;
use super::statuses::Statuses;
use super::twins::Twins;
use crate::cabinet::table::child::Child;
use crate::cabinet::table::chronology::{ChronologyRow, standing};
use crate::cabinet::table::contact::Contact;
use crate::desk::answer::{ChildSheet, PatternSeen, Subject};
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::chronology::Kinds;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::routing;
use crate::domain::text::Text;
use crate::search::Asking;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};

pub struct ChildScreen {
    pub child: ChildId,
    sheet: Option<Box<ChildSheet>>,
    list: Browse<Chronology>,
    /// Asked for once the sheet is there: nobody waits for it, and there is none until it comes.
    noticed: Option<Vec<PatternSeen>>,
    /// The newest entry of the sheet when a form for another row was opened over it.
    adding: Option<Seq>,
}

struct Chronology {
    child: ChildId,
    kinds: Kinds,
}

impl Listing for Chronology {
    type Row = ChronologyRow;
    type Id = Seq;

    fn id(row: &ChronologyRow) -> Seq {
        row.seq
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Chronology { child: self.child, kinds: self.kinds, narrow, window }
    }
}

impl ChildScreen {
    /// Opened at its latest row, or at the row that an entry wrote.
    pub fn new(child: ChildId, at: Option<Seq>) -> Self {
        let whole = Chronology { child, kinds: Kinds::default() };
        let list = match at {
            Some(seq) => Browse::at(whole, Rest::Last, seq),
            None => Browse::new(whole, Rest::Last),
        };
        Self { child, sheet: None, list, noticed: None, adding: None }
    }

    fn next_kind(&mut self) -> Effects {
        let kinds = self.list.listing().kinds.next();
        self.list.refine(Chronology { child: self.child, kinds })
    }

    /// The concern of the row, or the row in full.
    fn open(&self) -> Effects {
        let layer = self.list.selected().map(|row| match row.concern {
            Some(concern) => Layer::Concern(ConcernScreen::new(concern)),
            None => Layer::Reading(Reading::new(view::heading(row), view::in_full(row))),
        });
        layer.map(Layer::open).into_iter().collect()
    }

    /// A row that was added by hand is put right here; any other where it was written.
    fn correct(&self) -> Effects {
        match self.list.selected() {
            Some(row) if row.kind.is_by_hand() => vec![form(self.row_correction(row))],
            Some(ChronologyRow { concern: Some(concern), .. }) => vec![Effect::Say(format!(
                "Concern {concern} wrote this row. Enter opens it; what is wrong is put right there."
            ))],
            Some(_) => {
                vec![Effect::Say("The desk wrote this row. It says what was changed, and stays.".to_owned())]
            }
            None => Vec::new(),
        }
    }

    fn row_correction(&self, row: &ChronologyRow) -> FormKind {
        FormKind::CorrectNote { child: self.child, corrects: row.seq, was: Text::from(standing(&row.text)) }
    }

    fn details(&self) -> Effects {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        vec![form(FormKind::Child { child: self.child, details: Box::new(sheet.child.details.clone()) })]
    }

    /// Those that are there, and whom else the rules would ring for one child alone.
    fn own_contacts(&self, own: &[Contact]) -> Effect {
        let standing = own.iter().map(|contact| Answer {
            text: contact.details.called().one_line(),
            effect: Layer::Contact(ContactScreen::new(contact.id)).open(),
        });
        let more = routing::parts().iter().filter(|part| part.of_child).map(|part| Answer {
            text: format!("Add {}", part.name),
            effect: form(FormKind::NewContact { of: Some((self.child, part.key.as_str().into())) }),
        });
        let answers = standing.chain(more).collect();
        Layer::Choice(Choice::new("This child's own contacts".to_owned(), answers)).open()
    }

    /// Which of those who were merged is another child after all.
    fn part(&self) -> Effects {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        let parted = |also: &Child| {
            let names = [also.details.name.clone(), sheet.child.details.name.clone()];
            form(FormKind::Same { verdict: Verdict::Parted, children: [also.id, sheet.child.id], names })
        };
        let answer = |also: &Child| Answer { text: view::named(also), effect: parted(also) };
        one_of(
            sheet.also.iter().map(answer).collect(),
            "This child was entered once. There is nobody to part from.",
            "Who is another child after all?",
        )
    }

    fn statuses(&self) -> Effects {
        let name = self.sheet.as_ref().map(|sheet| sheet.child.details.name.clone()).unwrap_or_default();
        vec![Layer::Statuses(Statuses::new(self.child, name)).open()]
    }

    fn add_row(&mut self) -> Effects {
        self.adding = self.sheet.as_ref().map(|sheet| sheet.newest);
        vec![form(FormKind::Note { child: self.child })]
    }

    /// Whoever has added a row wants to see it, wherever it stands and whatever was shown before.
    fn loaded(&mut self, sheet: Box<ChildSheet>) -> Effects {
        let newest = sheet.newest;
        let leads_on = leads_on(self.child, &sheet);
        self.child = sheet.child.id;
        self.sheet = Some(sheet);
        let mut effects: Effects = leads_on.map(Effect::Say).into_iter().collect();
        effects.push(self.list.ask_beside(Request::Saw(Subject::Child(self.child))));
        effects.push(self.list.ask_beside(Request::Noticed(self.child)));
        if self.adding.is_some_and(|before| before < newest) {
            self.adding = None;
            let whole = Chronology { child: self.child, kinds: Kinds::default() };
            effects.extend(self.list.find(whole, newest));
        }
        effects
    }
}

/// What of the narrowing was left out, and what to do.
fn not_understood(narrow: &str, cx: &Cx) -> Option<String> {
    let asking = Asking::parse(narrow, cx.now);
    let elsewhere = (!asking.filters().children.is_empty()).then(|| {
        "This is one child's chronology, so child: was left out. Look for others in the finder.".to_owned()
    });
    asking.misunderstood().first().map(|note| format!("{note}.")).or(elsewhere)
}

/// Whoever asked for a child by a number that is not kept is told why another name stands here.
fn leads_on(asked: ChildId, sheet: &ChildSheet) -> Option<String> {
    let also = sheet.also.iter().find(|also| also.id == asked)?;
    let [also, kept] = [also, &sheet.child].map(|child| child.details.name.one_line());
    Some(format!("{also} was entered twice, and is read as {kept}: here are both histories."))
}

fn form(kind: FormKind) -> Effect {
    Layer::Form(Form::new(kind)).open()
}

impl Surface for ChildScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Child, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        self.sheet.as_ref().map_or_else(|| "Child".to_owned(), |sheet| sheet.child.details.name.one_line())
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        let mut effects = vec![self.list.ask_beside(Request::Sheet(self.child))];
        effects.extend(self.list.refresh());
        effects
    }

    fn typed(&mut self, cx: &Cx, key: KeyEvent) -> Typed {
        match self.list.typed(key) {
            Typed::Taken(mut effects) => {
                effects.extend(not_understood(self.list.letters(), cx).map(Effect::Say));
                Typed::Taken(effects)
            }
            Typed::NotText => Typed::NotText,
        }
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        self.list.pasted(text)
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        self.adding = None;
        self.list.act(action).unwrap_or_else(|| match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            Action::Kinds => self.next_kind(),
            Action::Correct => self.correct(),
            Action::SeenBy => vec![self.list.ask_beside(Request::SeenBy(Subject::Child(self.child)))],
            Action::Edit => self.details(),
            Action::OwnContacts => vec![self.list.ask_beside(Request::ContactsOf(self.child))],
            Action::AddRow => self.add_row(),
            Action::Twins => vec![Layer::Twins(Twins::of(self.child)).open()],
            Action::Part => self.part(),
            Action::Statuses => self.statuses(),
            Action::Noticed => vec![noticed::list(self.child, self.noticed.as_deref())],
            _ => Vec::new(),
        })
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Sheet(sheet) => {
                self.list.arrived_beside();
                self.loaded(sheet)
            }
            Reply::Noted => {
                self.list.arrived_beside();
                Vec::new()
            }
            Reply::Noticed(noticed) => {
                self.list.arrived_beside();
                self.noticed = Some(noticed);
                Vec::new()
            }
            Reply::SeenBy(seen) => {
                self.list.arrived_beside();
                vec![sightings("this child", &seen)]
            }
            Reply::ContactsOf(own) => {
                self.list.arrived_beside();
                vec![self.own_contacts(&own)]
            }
            Reply::Chronology(page) => self.list.arrived(page),
            Reply::Failed(sentence) => self.list.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn tick(&mut self, _cx: &Cx) -> Effects {
        self.list.ask_for_missing()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        self.draw_screen(cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
