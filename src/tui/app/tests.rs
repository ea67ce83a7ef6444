//! The app with a desk that answers late, badly, or not at all: what an inline desk can never show.

use std::sync::mpsc::{self, Receiver};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::cabinet::table::concern::Concern;
use crate::desk::Saved;
use crate::desk::answer::Page;
use crate::domain::decision::{Danger, Decision};
use crate::domain::entry::Entry;
use crate::domain::ids::{ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::part2::SectionKind;
use crate::domain::text::Text;
use crate::tui::layer::Surface as _;
use crate::tui::screens::concern::ConcernScreen;
use crate::tui::screens::testing::{self, info};

/// An app at the inbox, and the questions that it puts to a desk that has not answered yet.
struct Slow {
    app: App,
    asked: Receiver<(Ticket, Request)>,
}

impl Slow {
    fn new() -> Self {
        let (requests, asked) = mpsc::channel();
        let clock = Clock::new(|| "2026-11-20T14:10:00Z".parse().unwrap());
        let app = App::new(clock, Asker::worker(requests), Keymap::default(), Theme::plain());
        let mut slow = Self { app, asked };
        slow.answer(|request| matches!(request, Request::Who).then(|| Reply::Open(Box::new(info()))));
        slow
    }

    fn press(&mut self, code: KeyCode) {
        self.app.event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn control(&mut self, letter: char) {
        self.app.event(Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)));
    }

    fn write(&mut self, text: &str) {
        text.chars().for_each(|letter| self.press(KeyCode::Char(letter)));
    }

    /// Answers what was asked so far, where there is an answer; the rest stays unanswered for good.
    fn answer(&mut self, mut reply: impl FnMut(&Request) -> Option<Reply>) {
        let asked: Vec<(Ticket, Request)> = self.asked.try_iter().collect();
        for (ticket, request) in asked {
            if let Some(reply) = reply(&request) {
                self.app.event(Event::Desk(ticket, reply));
            }
        }
    }

    fn opens(&mut self, concern: i64, section: SectionKind) {
        let concern = ConcernId(concern);
        self.app.open(Layer::Form(form::Form::new(form::FormKind::Section { concern, section })));
    }

    /// Opens a form of one field and writes in it.
    fn writes(&mut self) {
        self.opens(3, SectionKind::FurtherInformation);
        self.answer(|request| matches!(request, Request::Draft(_)).then_some(Reply::Draft(None)));
        self.write("Pupil file.");
    }
}

fn failed() -> Reply {
    Reply::Failed("The disk is full. Free some space, then save again.".to_owned())
}

fn saved() -> Reply {
    Reply::Saved(Saved { entries: vec![Seq(1)], ..Saved::default() })
}

#[test]
fn keys_after_saving_wait_for_what_becomes_of_the_form() {
    let mut slow = Slow::new();
    slow.writes();
    slow.control('s');
    slow.control('k');
    assert!(matches!(slow.app.top(), Some(Layer::Form(_))));
    slow.answer(|request| match request {
        Request::Act { .. } => Some(saved()),
        Request::KeepDraft { .. } => Some(Reply::DraftKept),
        _ => None,
    });
    assert!(matches!(slow.app.top(), Some(Layer::Finder(_))));
    slow.press(KeyCode::Esc);
    assert!(!matches!(slow.app.top(), Some(Layer::Form(_))));
}

#[test]
fn what_could_not_be_kept_when_the_desk_locked_is_kept_when_it_opens_again() {
    let mut slow = Slow::new();
    slow.writes();
    slow.app.event(Event::Tick);
    slow.app.event(Event::Key(KeyEvent::new(KeyCode::F(12), KeyModifiers::NONE)));
    assert!(matches!(slow.app.top(), Some(Layer::Unlock(_))));
    slow.answer(|request| match request {
        Request::KeepDraft { .. } => Some(failed()),
        Request::Lock => Some(Reply::Locked),
        Request::Who => Some(Reply::People(Vec::new())),
        _ => None,
    });
    slow.press(KeyCode::Esc);
    assert!(!slow.app.is_over(), "the text would have been lost");
    slow.app.event(Event::Desk(Ticket(0), Reply::Locked));
    slow.app.open(Layer::Unlock(unlock::Unlock::default()));
    slow.answer(|request| matches!(request, Request::Who).then(|| Reply::Open(Box::new(info()))));
    assert!(matches!(slow.app.top(), Some(Layer::Drafts(_))), "it is among what was left unfinished");
    let asked: Vec<Request> = slow.asked.try_iter().map(|(_, request)| request).collect();
    let place = |is: &dyn Fn(&Request) -> bool| asked.iter().position(is).unwrap();
    let kept = |request: &Request| matches!(request, Request::KeepDraft { body, .. } if body.contains("Pupil file."));
    assert!(place(&kept) < place(&|request| matches!(request, Request::Drafts)), "kept before it is listed");
}

#[test]
fn what_is_recorded_after_all_is_not_held_as_a_draft() {
    let mut slow = Slow::new();
    slow.writes();
    slow.control('s');
    slow.app.event(Event::Key(KeyEvent::new(KeyCode::F(12), KeyModifiers::NONE)));
    slow.answer(|request| match request {
        Request::KeepDraft { .. } => Some(failed()),
        Request::Act { .. } => Some(saved()),
        _ => None,
    });
    slow.app.one(None, Effect::Opened(info()));
    slow.app.event(Event::Tick);
    assert!(!slow.asked.try_iter().any(|(_, request)| matches!(request, Request::KeepDraft { .. })));
}

#[test]
fn what_is_typed_into_a_form_that_is_opening_outlives_a_lock() {
    let mut slow = Slow::new();
    slow.opens(3, SectionKind::FurtherInformation);
    slow.write("Pupil file.");
    slow.app.event(Event::Key(KeyEvent::new(KeyCode::F(12), KeyModifiers::NONE)));
    assert!(slow.app.is_blank());
    slow.write("somebody walks past");
    slow.answer(|request| matches!(request, Request::Draft(_)).then_some(Reply::Draft(None)));
    assert!(!slow.app.is_blank() && matches!(slow.app.top(), Some(Layer::Unlock(_))));
    let bodies: Vec<String> = slow
        .asked
        .try_iter()
        .filter_map(|(_, request)| match request {
            Request::KeepDraft { body, .. } => Some(body),
            _ => None,
        })
        .collect();
    assert!(matches!(bodies.as_slice(), [body] if body.contains("Pupil file.\"")), "{}", bodies.len());
}

#[test]
fn what_is_typed_ahead_reaches_its_form_before_the_program_stops() {
    let mut slow = Slow::new();
    slow.opens(3, SectionKind::FurtherInformation);
    slow.write("Pupil file.");
    slow.app.event(Event::Stop);
    assert!(slow.app.is_blank() && !slow.app.is_over());
    slow.answer(|request| matches!(request, Request::Draft(_)).then_some(Reply::Draft(None)));
    assert!(slow.app.is_over() && !slow.app.has_typed_ahead());
    let is_kept = |request: &Request| matches!(request, Request::KeepDraft { body, .. } if body.contains("Pupil file."));
    assert!(slow.asked.try_iter().any(|(_, request)| is_kept(&request)));
    let mut stuck = Slow::new();
    stuck.opens(3, SectionKind::FurtherInformation);
    stuck.write("Pupil file.");
    stuck.app.event(Event::Stop);
    stuck.app.event(Event::Stop);
    assert!(stuck.app.is_over() && stuck.app.has_typed_ahead(), "told twice it stops, and says what is lost");
}

#[test]
fn the_mouse_is_off_until_it_is_wanted() {
    let mut slow = Slow::new();
    assert!(slow.app.take_outbox().is_empty());
    slow.press(KeyCode::F(8));
    assert_eq!(slow.app.take_outbox(), [Tell::Mouse(Mouse::On)]);
    slow.press(KeyCode::F(8));
    assert_eq!(slow.app.take_outbox(), [Tell::Mouse(Mouse::Off)]);
}

#[test]
fn locking_while_the_desk_opens_leaves_it_locked() {
    let mut slow = Slow::new();
    slow.app.event(Event::Key(KeyEvent::new(KeyCode::F(12), KeyModifiers::NONE)));
    let asked: Vec<Request> = slow.asked.try_iter().map(|(_, request)| request).collect();
    let lock = asked.iter().position(|request| matches!(request, Request::Lock));
    let who = asked.iter().rposition(|request| matches!(request, Request::Who));
    assert!(lock < who, "the desk is closed before it is asked who may open it");
    assert!(lock.is_some() && matches!(slow.app.top(), Some(Layer::Unlock(_))));
}

#[test]
fn nobody_leaves_before_what_was_typed_is_kept() {
    let mut slow = Slow::new();
    slow.writes();
    slow.app.leave();
    assert!(!slow.app.is_over());
    slow.answer(|request| matches!(request, Request::KeepDraft { .. }).then(failed));
    assert!(!slow.app.is_over(), "the text would have been lost");
    assert!(slow.app.said.as_deref().is_some_and(|said| said.contains("The disk is full")));
    slow.app.leave();
    slow.answer(|request| matches!(request, Request::KeepDraft { .. }).then_some(Reply::DraftKept));
    assert!(slow.app.is_over());
}

#[test]
fn what_fails_after_its_layer_has_closed_is_told() {
    let mut slow = Slow::new();
    slow.press(KeyCode::Char('2'));
    slow.press(KeyCode::Char('1'));
    slow.answer(|request| match request {
        Request::Children { .. } => Some(failed()),
        Request::Inbox { .. } => Some(Reply::Inbox(Page::default())),
        _ => None,
    });
    assert!(slow.app.said.as_deref().is_some_and(|said| said.contains("The disk is full")));
}

/// A concern of which it is answered that nobody is in danger.
fn calm() -> Reply {
    let at = Moment::At(testing::now());
    let decision = Decision::Danger(Danger { in_danger: false, at, said: Text::default() });
    let line = testing::line(21, Entry::Decided { concern: ConcernId(7), decision, urgency: None });
    Reply::Concern(Box::new(Concern { lines: vec![line], ..testing::concern() }))
}

#[test]
fn a_key_that_is_faster_than_the_desk_waits_for_it() {
    let mut slow = Slow::new();
    slow.app.open(Layer::Concern(ConcernScreen::new(ConcernId(7))));
    slow.press(KeyCode::Char('a'));
    assert!(matches!(slow.app.top(), Some(Layer::Concern(_))));
    slow.answer(|request| matches!(request, Request::Concern(_)).then(calm));
    assert!(matches!(slow.app.top(), Some(Layer::Form(_))));
}

#[test]
fn keys_typed_ahead_of_the_question_about_danger_do_not_reach_the_concern() {
    let mut slow = Slow::new();
    slow.app.open(Layer::Concern(ConcernScreen::new(ConcernId(7))));
    slow.press(KeyCode::Char('a'));
    slow.answer(|request| {
        matches!(request, Request::Concern(_)).then(|| Reply::Concern(Box::new(testing::concern())))
    });
    assert!(matches!(slow.app.top(), Some(Layer::Danger(_))));
}

#[test]
fn a_paste_waits_behind_the_keys_before_it() {
    let mut slow = Slow::new();
    slow.app.open(Layer::Concern(ConcernScreen::new(ConcernId(7))));
    slow.press(KeyCode::Char('i'));
    slow.app.event(Event::Paste("Pupil file.".to_owned()));
    slow.answer(|request| matches!(request, Request::Concern(_)).then(calm));
    slow.answer(|request| matches!(request, Request::Draft(_)).then_some(Reply::Draft(None)));
    let Some(Layer::Form(form)) = slow.app.top() else { panic!("no form") };
    let Some(Request::KeepDraft { body, .. }) = form.unsaved() else { panic!("the paste is lost") };
    assert!(body.contains("Pupil file."), "{body}");
}

#[test]
fn a_form_that_lies_open_is_brought_up_and_not_opened_twice() {
    let mut slow = Slow::new();
    slow.writes();
    slow.control('k');
    slow.opens(4, SectionKind::FurtherInformation);
    let layers = slow.app.stack.len();
    slow.opens(3, SectionKind::FurtherInformation);
    assert_eq!(slow.app.stack.len(), layers);
    let Some(Layer::Form(form)) = slow.app.top() else { panic!("no form") };
    let Some(Request::KeepDraft { slot, body }) = form.unsaved() else { panic!("another editor") };
    assert!(slot.contains("/3/") && body.contains("Pupil file."));
}

#[test]
fn a_form_records_what_was_confirmed_and_closes_by_its_answer() {
    let mut slow = Slow::new();
    slow.opens(3, SectionKind::Signed);
    slow.answer(|request| matches!(request, Request::Draft(_)).then_some(Reply::Draft(None)));
    slow.control('s');
    slow.press(KeyCode::Tab);
    slow.press(KeyCode::Enter);
    assert!(matches!(slow.app.top(), Some(Layer::Form(_))), "not before the desk has answered");
    slow.answer(|request| matches!(request, Request::Act { .. }).then(saved));
    assert!(!matches!(slow.app.top(), Some(Layer::Form(_))));
}
