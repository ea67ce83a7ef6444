//! One contact, whole.

pub(super) mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::choice::{Answer, Choice};
use super::form::{Calling, Form, FormKind};
use super::step;
use crate::cabinet::table::contact::Contact;
use crate::desk::{Act, Reply, Request};
use crate::domain::contact::{Conflict, Number};
use crate::domain::ids::ContactId;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::write;

pub struct ContactScreen {
    pub contact: ContactId,
    details: Option<Box<Contact>>,
    scroll: Scroll,
}

impl ContactScreen {
    pub fn new(contact: ContactId) -> Self {
        Self { contact, details: None, scroll: Scroll::default() }
    }
}

impl Surface for ContactScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Contacts, Scope::Reading, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Contact".to_owned()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Contact(self.contact))]
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        match (action, step(action)) {
            (Action::Back | Action::Enter, _) => vec![Effect::Close],
            (_, Some(step)) => {
                self.scroll.shift(step);
                Vec::new()
            }
            (_, None) => on_contact(self.details.as_deref(), action, cx),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Contact(contact) if contact.id == self.contact => {
                self.details = Some(contact);
                Vec::new()
            }
            Reply::Saved(_) => {
                vec![Effect::Ask(Request::Contact(self.contact)), Effect::Say(CHECKED.to_owned())]
            }
            Reply::Failed(sentence) => vec![Effect::Say(sentence)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let Some(contact) = &self.details else {
            return write("One moment …", area, frame.buffer_mut(), cx.theme.dim);
        };
        let lines = view::lines(contact, area.width.into(), cx);
        self.scroll.draw(&lines, area, frame.buffer_mut());
    }
}

/// What can be done to a contact, here and in the book.
pub(super) fn on_contact(contact: Option<&Contact>, action: Action, cx: &Cx) -> Effects {
    let open = |kind| vec![Layer::Form(Form::new(kind)).open()];
    match (action, contact) {
        (Action::Add, _) => open(FormKind::NewContact { of: None }),
        (Action::Copy, Some(contact)) => copy(contact),
        (Action::Edit | Action::Retire | Action::Call | Action::Check | Action::Settle, Some(contact))
            if !contact.retired.is_blank() =>
        {
            let key = cx.keymap.key(Scope::Contacts, Action::Add);
            vec![Effect::Say(format!("This contact is retired. Press {key} to add it anew."))]
        }
        (Action::Edit, Some(contact)) => {
            open(FormKind::EditContact { contact: contact.id, details: Box::new(contact.details.clone()) })
        }
        (Action::Retire, Some(contact)) => {
            open(FormKind::RetireContact { contact: contact.id, title: Text::from(contact.details.title()) })
        }
        (Action::Call, Some(contact)) => call(contact, cx),
        (Action::Check, Some(contact)) => check(contact),
        (Action::Settle, Some(contact)) => settle(contact),
        _ => Vec::new(),
    }
}

/// What is said when a check is in the record.
pub(super) const CHECKED: &str = "Recorded: you have rung it and reached them.";

/// A call that is about nothing yet: whatever it turns out to be about, the ring screen there gives it its place.
fn call(contact: &Contact, cx: &Cx) -> Effects {
    let form = |number: &Number| {
        let calling = Calling {
            contact: Some(contact.id),
            whom: contact.details.called(),
            number: number.number.clone(),
            begun: cx.now,
        };
        Layer::Form(Form::new(FormKind::Call { subject: None, calling })).open()
    };
    let key = cx.keymap.key(Scope::Contacts, Action::Edit);
    let none = format!("The book has no number for them. Press {key} to put one in.");
    with_number(contact, &none, "Which number do you ring?", form)
}

/// Which of the numbers was rung.
fn check(contact: &Contact) -> Effects {
    let rung = |number: &Number| {
        let act = Act::CheckNumber { contact: contact.id, number: number.number.clone() };
        Effect::Ask(Request::Act { act, draft: None })
    };
    let none = "There is no number here that could have been rung.";
    with_number(contact, none, "Which number have you rung?", rung)
}

/// What is done with a number of the contact: with the only one at once, with one of several when it is chosen.
fn with_number(contact: &Contact, none: &str, which: &str, effect: impl Fn(&Number) -> Effect) -> Effects {
    let answer = |number: &Number| Answer { text: number.number.one_line(), effect: effect(number) };
    one_of(contact.details.dialled().map(answer).collect(), none, which)
}

/// Which of the disagreements is settled.
fn settle(contact: &Contact) -> Effects {
    let form = |(place, conflict): (usize, &Conflict)| {
        let (says, whose) = (conflict.says.clone(), contact.details.called());
        let effect =
            Layer::Form(Form::new(FormKind::Settle { contact: contact.id, place, says, whose })).open();
        Answer { text: conflict.says.one_line(), effect }
    };
    let conflicts = contact.details.conflicts.iter().enumerate();
    let open = conflicts.filter(|(_, conflict)| conflict.settled.is_blank()).map(form).collect();
    one_of(open, "No sources disagree here.", "What is settled?")
}

/// The only answer at once; of several, whichever is chosen.
pub(super) fn one_of(mut answers: Vec<Answer>, none: &str, which: &str) -> Effects {
    match answers.len() {
        0 => vec![Effect::Say(none.to_owned())],
        1 => answers.pop().map(|only| only.effect).into_iter().collect(),
        _ => vec![Layer::Choice(Choice::new(which.to_owned(), answers)).open()],
    }
}

fn copy(contact: &Contact) -> Effects {
    let mut numbers = contact.details.numbers.iter().map(|number| number.number.one_line());
    match numbers.find(|number| !number.is_empty()) {
        Some(number) => copied(number),
        None => vec![Effect::Say("There is no number here. Press Enter to read the contact.".to_owned())],
    }
}

/// A number goes to the clipboard, and that is said.
pub(super) fn copied(number: String) -> Effects {
    let said = format!("{number} is on the clipboard.");
    vec![Effect::Copy(number), Effect::Say(said)]
}

#[cfg(test)]
pub(super) mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::domain::contact::ContactDetails;
    use crate::tui::screens::testing::{cx, drawn, press, sizes};

    pub(in crate::tui::screens) fn contact(id: i64, service: &str) -> Contact {
        let number = Number {
            number: Text::from("0116 305 0005"),
            note: Text::from("press 2 for children"),
            ..Number::default()
        };
        let details = ContactDetails {
            organisation: Text::from("Leicestershire County Council"),
            service: Text::from(service),
            numbers: vec![number],
            hours: Text::from("not stated"),
            out_of_hours: Text::from("the same number"),
            sources: vec![Text::from("S1:186")],
            caution: Text::from("Two sources give different numbers."),
            ..ContactDetails::default()
        };
        Contact { id: ContactId(id), details, retired: Text::default() }
    }

    fn screen() -> ContactScreen {
        let mut screen = ContactScreen::new(ContactId(6));
        screen.refresh(&cx());
        screen.reply(&cx(), Reply::Contact(Box::new(contact(6, "First Response"))));
        screen
    }

    #[test]
    fn the_number_stands_as_it_was_written() {
        let shown = drawn(&mut screen(), 80, 22);
        let source = "Police and Crime Commissioner's policy, line 186 (S1:186, 2024)";
        for words in
            ["   0116 305 0005", "press 2", "not yet checked", "Two sources", "hours not stated", source]
        {
            assert!(shown.contains(words), "{words}\n{shown}");
        }
    }

    #[test]
    fn the_first_number_is_copied_and_said() {
        let effects = press(&mut screen(), KeyCode::Char('c'));
        assert!(matches!(&effects[..], [Effect::Copy(number), Effect::Say(_)] if number == "0116 305 0005"));
    }

    #[test]
    fn a_retired_contact_is_not_corrected() {
        let mut retired = contact(6, "Old line");
        retired.retired = Text::from("number withdrawn");
        assert!(matches!(on_contact(Some(&retired), Action::Edit, &cx())[..], [Effect::Say(_)]));
        assert_eq!(view::state(&retired, cx().now), "retired");
        assert!(matches!(on_contact(Some(&contact(6, "Line")), Action::Edit, &cx())[..], [Effect::Open(_)]));
    }

    #[test]
    fn an_answer_about_another_contact_is_dropped() {
        let mut screen = ContactScreen::new(ContactId(1));
        screen.reply(&cx(), Reply::Contact(Box::new(contact(6, "First Response"))));
        assert!(drawn(&mut screen, 80, 22).contains("One moment"));
    }

    #[test]
    fn it_can_be_drawn_and_scrolled_at_any_size() {
        for (width, height) in sizes() {
            let mut screen = screen();
            drawn(&mut screen, width, height);
            screen.act(&cx(), Action::Bottom);
            drawn(&mut screen, width, height);
        }
    }
}
