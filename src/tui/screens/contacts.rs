//! The book, under the one number that no book can change.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::Layer;
use super::browse::{Browse, Browsing, Head, Lack, Listing, Rest, draw_note};
use super::cells::{self, Cell};
use super::contact::{CHECKED, ContactScreen, on_contact, view};
use crate::cabinet::table::contact::Contact;
use crate::desk::request::{Shelf, Window};
use crate::desk::{Reply, Request};
use crate::domain::area::{self, Area};
use crate::domain::contact::ContactDetails;
use crate::domain::emergency;
use crate::domain::hours::Standing;
use crate::domain::ids::ContactId;
use crate::domain::number::read_aloud;
use crate::search::Query;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// From here on the selected contact stands whole beside the list.
const WIDE: u16 = 120;
/// Room for a number as it is written, with its area code.
const NUMBER: usize = 18;
/// `! unchecked`.
const STATE: usize = 11;
/// `national`, and the beginning of two councils.
const AREA: usize = 8;
/// An organisation in fewer columns says nothing.
const ORGANISATION: usize = 10;
/// The rows under the list: number and hours, and the caution in two.
const FOOT: u16 = 3;

pub struct Contacts {
    list: Browse<Shelf>,
}

impl Listing for Shelf {
    type Row = Contact;
    type Id = ContactId;

    fn id(contact: &Contact) -> ContactId {
        contact.id
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Contacts { shelf: *self, narrow, window }
    }
}

impl Default for Contacts {
    fn default() -> Self {
        Self { list: Browse::new(Shelf::All, Rest::First) }
    }
}

impl Contacts {
    fn open(&self) -> Effects {
        let layer = self.list.selected().map(|contact| Layer::Contact(ContactScreen::new(contact.id)));
        layer.map(Layer::open).into_iter().collect()
    }

    fn other_shelf(&mut self) -> Effects {
        self.list.turn_to(match self.list.listing() {
            Shelf::All => Shelf::Doubtful,
            Shelf::Doubtful => Shelf::All,
        })
    }

    /// What is asked of the desk about a contact is answered in its turn.
    fn on_selected(&mut self, cx: &Cx, action: Action) -> Effects {
        let several = self.list.selected().is_some_and(|contact| contact.details.dialled().nth(1).is_some());
        if action == Action::Check && several {
            let mut effects = self.open();
            effects.push(Effect::Say("There are several numbers here: press the key once more.".to_owned()));
            return effects;
        }
        let effects = on_contact(self.list.selected(), action, cx);
        let in_turn = |effect| match effect {
            Effect::Ask(request) => self.list.ask_beside(request),
            effect => effect,
        };
        effects.into_iter().map(in_turn).collect()
    }

    fn instead(&self, lack: Lack, cx: &Cx) -> String {
        match lack {
            Lack::Empty if *self.list.listing() == Shelf::Doubtful => {
                "No number is stale, and no sources disagree. Tab shows the whole book.".to_owned()
            }
            Lack::Waiting => "One moment …".to_owned(),
            Lack::Narrowed => "No contact is called that. Press Esc to see all.".to_owned(),
            Lack::Empty => {
                let key = cx.keymap.chord(&[Scope::Contacts], Action::Add);
                let key = key.map(|key| format!(" Press {key} to add a contact.")).unwrap_or_default();
                format!("The book is empty.{key}")
            }
        }
    }
}

impl Surface for Contacts {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Contacts, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        match self.list.listing() {
            Shelf::All => "Contacts".to_owned(),
            Shelf::Doubtful => "Contacts: stale or disputed".to_owned(),
        }
    }

    fn browsing(&mut self) -> Option<&mut dyn Browsing> {
        Some(&mut self.list)
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        self.list.act(action).unwrap_or_else(|| match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            Action::Pile => self.other_shelf(),
            action => self.on_selected(cx, action),
        })
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Contacts(page) => self.list.arrived(page),
            Reply::Saved(_) => {
                self.list.arrived_beside();
                let mut effects = self.list.refresh();
                effects.push(Effect::Say(CHECKED.to_owned()));
                effects
            }
            Reply::Failed(sentence) => self.list.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let purpose = wrap(emergency::PURPOSE, area.width.into());
        // On a very low screen the number alone stays.
        let purpose_height = if area.height > 12 { u16::try_from(purpose.len()).unwrap_or(0) } else { 0 };
        let heights = [Constraint::Length(1), Constraint::Length(purpose_height), Constraint::Min(0)];
        let [number, why, book] = Layout::vertical(heights).areas(area);
        let line = format!(" {}  {}", emergency::NUMBER, emergency::SERVICE);
        write(&line, number, frame.buffer_mut(), cx.theme.danger);
        for (row, line) in why.rows().zip(&purpose) {
            frame.buffer_mut().set_line(row.x, row.y, line, row.width);
        }
        self.draw_book(cx, frame, book);
    }
}

/// Drawing what is below 999.
impl Contacts {
    fn draw_book(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let [left, right] = if area.width >= WIDE {
            Layout::horizontal([Constraint::Percentage(56), Constraint::Min(0)]).spacing(2).areas(area)
        } else {
            [area, Rect::ZERO]
        };
        let foot = if right.is_empty() { FOOT.min(area.height.saturating_sub(FOOT)) } else { 0 };
        let heights = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(foot)];
        let [head, body, foot] = Layout::vertical(heights).areas(left);
        let said = match self.list.listing() {
            Shelf::All => "By title",
            Shelf::Doubtful => {
                "Where sources disagree, then stale numbers. v: you have rung it and it is right"
            }
        };
        self.list.draw_head(cx, frame, head, Head { what: said, more: "" });
        if let Some(lack) = self.list.lack() {
            return draw_note(cx, frame, body, &self.instead(lack, cx));
        }
        let query = self.list.query();
        self.list.draw(cx, frame, body, |contact, width| row(contact, width, &query, cx));
        self.draw_selected(cx, frame, foot, right);
    }

    fn draw_selected(&self, cx: &Cx, frame: &mut Frame, foot: Rect, beside: Rect) {
        let Some(contact) = self.list.marked() else { return };
        let lines = view::lines(contact, beside.width.into(), cx);
        for (row, line) in beside.rows().zip(&lines) {
            frame.buffer_mut().set_line(row.x, row.y, line, row.width);
        }
        let number = contact.details.dialled().map(|number| read_aloud(&number.number));
        let number = format!("{}  {}", listed(number), hours(contact, cx.now));
        let [caution, more] = caution(contact, foot.width.into());
        let lines = [(number, cx.theme.title), (caution, cx.theme.text), (more, cx.theme.text)];
        for (row, (text, style)) in foot.rows().zip(lines) {
            write(&text, row, frame.buffer_mut(), style);
        }
    }
}

/// The caution in two rows. What does not fit the second is cut there; the contact itself has all of it.
fn caution(contact: &Contact, width: usize) -> [String; 2] {
    let caution = &contact.details.caution;
    if caution.is_blank() {
        return Default::default();
    }
    let rows = wrap(&format!("! {}", caution.one_line()), width);
    let mut rows = rows.iter().map(ToString::to_string);
    let first = rows.next().unwrap_or_default();
    [first, rows.collect::<Vec<_>>().join(" ")]
}

fn listed(numbers: impl Iterator<Item = String>) -> String {
    let numbers: Vec<String> = numbers.collect();
    if numbers.is_empty() { "no number".to_owned() } else { numbers.join(" or ") }
}

/// Whether anybody is there, by the first number; where that is not stated, what is said in words.
fn hours(contact: &Contact, now: DateTime<Utc>) -> String {
    let first = contact.details.dialled().next();
    let standing = first.map_or(Standing::NotStated, |number| number.hours.at(now));
    match contact.details.hours.one_line() {
        said if standing == Standing::NotStated && !said.is_empty() => format!("hours: {said}"),
        _ => standing.words(now),
    }
}

/// Whose area it is in: what tells three services of one name apart.
fn area(details: &ContactDetails) -> String {
    let served = area::served(&details.areas);
    if Area::all().iter().all(|area| served.contains(area)) {
        area::all_in_short().to_owned()
    } else if area::is_national(&details.areas) {
        area::NATIONAL.to_owned()
    } else {
        served.iter().map(Area::short).collect::<Vec<_>>().join(", ")
    }
}

fn row(contact: &Contact, width: usize, query: &Query, cx: &Cx) -> Line<'static> {
    let number =
        contact.details.dialled().next().map(|number| read_aloud(&number.number)).unwrap_or_default();
    let rest = width.saturating_sub(AREA + NUMBER + STATE + 5);
    let hours_width = if width >= 100 { rest / 4 } else { 0 };
    let left = rest - hours_width;
    let organisation = if left / 3 >= ORGANISATION { left / 3 } else { 0 };
    let (called, area, hours) =
        (contact.details.called().one_line(), area(&contact.details), hours(contact, cx.now));
    let cells = [
        Cell(&called, left - organisation),
        Cell(&area, AREA),
        Cell(&number, NUMBER),
        Cell(view::state(contact, cx.now), STATE),
        Cell(&contact.details.organisation, organisation),
        Cell(&hours, hours_width),
    ];
    cells::row(&cells, query, &cx.theme)
}
