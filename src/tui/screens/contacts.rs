//! The book, under the one number that no book can change.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::Layer;
use super::browse::{Browse, Head, Lack, Listing, Rest, draw_note};
use super::cells::{self, Cell};
use super::contact::{ContactScreen, on_contact, view};
use crate::cabinet::table::contact::Contact;
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::emergency;
use crate::domain::ids::ContactId;
use crate::search::Query;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::ListState;
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// From here on the selected contact stands whole beside the list.
const WIDE: u16 = 120;
/// Room for a number as it is written, with its area code.
const NUMBER: usize = 18;
/// `! unchecked`.
const STATE: usize = 11;

pub struct Contacts {
    list: Browse<Book>,
}

struct Book;

impl Listing for Book {
    type Row = Contact;
    type Id = ContactId;

    fn id(contact: &Contact) -> ContactId {
        contact.id
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Contacts { narrow, window }
    }
}

impl Default for Contacts {
    fn default() -> Self {
        Self { list: Browse::new(Book, Rest::First) }
    }
}

impl Contacts {
    fn open(&self) -> Effects {
        let layer = self.list.selected().map(|contact| Layer::Contact(ContactScreen::new(contact.id)));
        layer.map(Layer::open).into_iter().collect()
    }

    fn instead(lack: Lack, cx: &Cx) -> String {
        match lack {
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
        "Contacts".to_owned()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(self.list.list_mut())
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        self.list.refresh()
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        self.list.typed(key)
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        self.list.pasted(text)
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        self.list.act(action).unwrap_or_else(|| match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            action => on_contact(self.list.selected(), action),
        })
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Contacts(page) => self.list.arrived(page),
            Reply::Failed(sentence) => self.list.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn tick(&mut self, _cx: &Cx) -> Effects {
        self.list.ask_for_missing()
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
        let foot = if right.is_empty() && area.height > 4 { 2 } else { 0 };
        let heights = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(foot)];
        let [head, body, foot] = Layout::vertical(heights).areas(left);
        self.list.draw_head(cx, frame, head, Head { what: "By title", more: "" });
        if let Some(lack) = self.list.lack() {
            return draw_note(cx, frame, body, &Self::instead(lack, cx));
        }
        let query = self.list.query();
        self.list.draw(cx, frame, body, |contact, width| row(contact, width, &query, &cx.theme));
        self.draw_selected(cx, frame, foot, right);
    }

    fn draw_selected(&self, cx: &Cx, frame: &mut Frame, foot: Rect, beside: Rect) {
        let Some(contact) = self.list.marked() else { return };
        let lines = view::lines(contact, beside.width.into(), &cx.theme);
        for (row, line) in beside.rows().zip(&lines) {
            frame.buffer_mut().set_line(row.x, row.y, line, row.width);
        }
        let number = contact.details.numbers.iter().map(|number| number.number.one_line());
        let lines = [
            (format!("{}  hours: {}", listed(number), hours(contact)), cx.theme.title),
            (contact.details.caution.one_line(), cx.theme.text),
        ];
        for (row, (text, style)) in foot.rows().zip(lines) {
            write(&text, row, frame.buffer_mut(), style);
        }
    }
}

fn listed(numbers: impl Iterator<Item = String>) -> String {
    let numbers: Vec<String> = numbers.collect();
    if numbers.is_empty() { "no number".to_owned() } else { numbers.join(" or ") }
}

fn hours(contact: &Contact) -> String {
    let hours = contact.details.hours.one_line();
    if hours.is_empty() { "not stated".to_owned() } else { hours }
}

fn row(contact: &Contact, width: usize, query: &Query, theme: &Theme) -> Line<'static> {
    let number = contact.details.numbers.first().map(|number| number.number.one_line()).unwrap_or_default();
    let rest = width.saturating_sub(NUMBER + STATE + 4);
    let hours_width = if width >= 100 { rest / 4 } else { 0 };
    let title = (rest - hours_width) * 3 / 5;
    let organisation = rest.saturating_sub(title + hours_width);
    let hours = hours(contact);
    let cells = [
        Cell(contact.details.title(), title),
        Cell(&number, NUMBER),
        Cell(view::state(contact), STATE),
        Cell(&contact.details.organisation, organisation),
        Cell(&hours, hours_width),
    ];
    cells::row(&cells, query, theme)
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::desk::answer::Page;
    use crate::domain::text::Text;
    use crate::tui::screens::contact::tests::contact;
    use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, press, sizes, type_in};

    fn screen() -> Contacts {
        let mut contacts = Contacts::default();
        contacts.refresh(&cx());
        let mut rows: Vec<Contact> = (1..=60).map(|id| contact(id, &format!("Service {id:02}"))).collect();
        rows.push(contact(61, HARD_NAME));
        rows.push(Contact { retired: Text::from("closed"), ..contact(62, "Old line") });
        contacts.reply(&cx(), Reply::Contacts(Page { total: 62, rows, offset: 0 }));
        contacts
    }

    #[test]
    fn nine_nine_nine_is_never_scrolled_away() {
        let mut contacts = screen();
        for (width, height) in [(80, 22), (60, 18), (200, 58), (40, 8)] {
            drawn(&mut contacts, width, height);
            press(&mut contacts, KeyCode::End);
            let shown = drawn(&mut contacts, width, height);
            assert!(shown.lines().next().unwrap().contains(" 999  Police"), "{shown}");
        }
        assert!(drawn(&mut Contacts::default(), 80, 22).contains("999"), "before the book has come");
        press(&mut contacts, KeyCode::Char('/'));
        type_in(&mut contacts, "zzz");
        contacts.reply(&cx(), Reply::Contacts(Page::default()));
        assert!(drawn(&mut contacts, 80, 22).contains("999"), "where nothing is found");
    }

    #[test]
    fn a_row_has_its_number_and_what_is_doubtful() {
        let mut contacts = screen();
        let shown = drawn(&mut contacts, 80, 22);
        assert!(shown.contains("> Service 01"), "{shown}");
        assert!(shown.contains("0116 305 0005"), "{shown}");
        assert!(shown.contains("! unchecked"), "{shown}");
        assert!(shown.contains("hours: not stated"), "{shown}");
        press(&mut contacts, KeyCode::End);
        assert!(drawn(&mut contacts, 80, 22).contains("retired"));
    }

    #[test]
    fn a_wide_screen_shows_the_selected_contact_whole() {
        assert!(drawn(&mut screen(), 120, 38).contains("Out of hours"));
    }

    #[test]
    fn keys_reach_the_selected_contact() {
        let mut contacts = screen();
        press(&mut contacts, KeyCode::Down);
        let [Effect::Open(layer)] = &press(&mut contacts, KeyCode::Enter)[..] else { panic!("not opened") };
        assert!(matches!(**layer, Layer::Contact(ref contact) if contact.contact == ContactId(2)));
        assert!(matches!(press(&mut contacts, KeyCode::Char('c'))[..], [Effect::Copy(_), Effect::Say(_)]));
        for key in ['+', 'e', 'x'] {
            assert!(matches!(press(&mut contacts, KeyCode::Char(key))[..], [Effect::Open(_)]), "{key}");
        }
    }

    #[test]
    fn narrowing_asks_with_every_letter() {
        let mut contacts = screen();
        press(&mut contacts, KeyCode::Char('/'));
        assert_eq!(asked(type_in(&mut contacts, "xce")).len(), 3);
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            let mut contacts = screen();
            drawn(&mut contacts, width, height);
            press(&mut contacts, KeyCode::End);
            drawn(&mut contacts, width, height);
        }
    }
}
