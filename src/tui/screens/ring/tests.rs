//! The ring screen as a person sees it and works it.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::Act;
use crate::desk::act::Saved;
use crate::desk::shipped;
use crate::domain::area::Area;
use crate::domain::call::{Call, Tried};
use crate::domain::contact::ContactDetails;
use crate::domain::hours::Standing;
use crate::domain::ids::ConcernId;
use crate::domain::moment::Moment;
use crate::domain::routing::{About, Purpose, route};
use crate::tui::keymap::config;
use crate::tui::screens::form::FormKind;
use crate::tui::screens::testing::{asked, cx, drawn, now, press, sizes};

/// The shipped book, as the desk has it.
fn routed(question: Question) -> Ringing {
    let book: Vec<(ContactId, &ContactDetails)> = (1..).map(ContactId).zip(shipped::contacts()).collect();
    Ringing {
        route: route(&question, &book),
        question,
        whom: "Zoë Marsh".into(),
        tried: Vec::new(),
        doubts: Vec::new(),
    }
}

fn over_concern(area: Option<&str>) -> Ring {
    let mut ring = Ring::new(Some(Subject::Concern(ConcernId(7))));
    ring.refresh(&cx());
    let area = area.and_then(Area::read);
    ring.reply(&cx(), Reply::Ringing(Box::new(routed(Question { area, ..Question::at(now()) }))));
    ring
}

/// The desk's answer to what the screen asked.
fn answered(ring: &mut Ring, effects: Effects) {
    for request in asked(effects) {
        if let Request::Ring(question) = request {
            let route = routed((*question).clone()).route;
            ring.reply(&cx(), Reply::Route(Box::new((*question, route))));
        }
    }
}

#[test]
fn it_knows_whom_it_is_about_and_shows_the_number_large() {
    let mut ring = over_concern(Some("rutland"));
    // A Sunday.
    for (width, height) in [(80, 22), (200, 58)] {
        let shown = drawn(&mut ring, width, height);
        for words in [
            "Whom to ring: Zoë Marsh",
            "a Rutland  b a child",
            "┏━┓   ╻",
            "First Response Children's Duty Team",
            "Always open.",
            "In place of Children's duty team, which is closed.",
            "0116 305 0005",
            "0808 800 5000",
            "999",
        ] {
            assert!(shown.contains(words), "{words}\n{shown}");
        }
    }
}

#[test]
fn an_area_that_is_not_known_is_asked_for_first_in_one_key() {
    let mut ring = over_concern(None);
    let shown = drawn(&mut ring, 80, 22);
    assert!(shown.contains("Where does the child") && !shown.contains("0116"), "{shown}");
    for key in
        [KeyCode::Enter, KeyCode::Char('n'), KeyCode::Char('v'), KeyCode::Char('c'), KeyCode::Char('o')]
    {
        assert!(matches!(press(&mut ring, key)[..], [Effect::Say(_)]), "nobody is rung yet");
    }
    let effects = press(&mut ring, KeyCode::Char('3'));
    answered(&mut ring, effects);
    assert!(drawn(&mut ring, 80, 22).contains("a Rutland"));
}

#[test]
fn where_nobody_knows_everybody_is_listed() {
    let mut ring = over_concern(None);
    let effects = press(&mut ring, KeyCode::Char('0'));
    answered(&mut ring, effects);
    let shown = drawn(&mut ring, 80, 40);
    for number in ["0116 454 1004", "0116 305 0005", "is not known"] {
        assert!(shown.contains(number), "{number}\n{shown}");
    }
}

#[test]
fn danger_is_one_key_and_comes_before_every_question() {
    let mut ring = over_concern(None);
    let effects = press(&mut ring, KeyCode::Char('d'));
    answered(&mut ring, effects);
    let shown = drawn(&mut ring, 80, 22);
    assert!(
        shown.contains("danger now") && shown.contains("Say that it is a child safeguarding matter"),
        "{shown}"
    );
    assert_eq!(ring.step().map(|step| step.whom), Some(Whom::Emergency));
    assert!(matches!(press(&mut ring, KeyCode::Enter)[..], [Effect::Open(_)]));
}

#[test]
fn an_allegation_says_what_comes_before_the_call() {
    let mut ring = over_concern(Some("leicester"));
    let effects = ring.ask(|question| {
        question.about = About::Staff;
        question.purpose = Purpose::Allegation;
    });
    answered(&mut ring, effects);
    let shown = drawn(&mut ring, 80, 22);
    assert!(shown.contains("before you speak to the person"), "{shown}");
    assert!(shown.contains("R13 · S1:240-249 · S1, 2024; KCSIE 2025"), "{shown}");
    assert!(shown.contains("The county's designated") || shown.contains("The city's designated"), "{shown}");
    assert!(shown.contains("0116 454 2440"), "{shown}");
    assert!(shown.contains("Hours not stated."), "{shown}");
}

#[test]
fn enter_begins_the_call_with_all_that_is_known() {
    let mut ring = over_concern(Some("leicestershire"));
    let [Effect::Open(layer)] = &press(&mut ring, KeyCode::Enter)[..] else { panic!("not opened") };
    let Layer::Form(form) = &**layer else { panic!("not a form") };
    let FormKind::Call { subject, calling } = &form.kind else { panic!("another form") };
    assert_eq!(*subject, Some(Subject::Concern(ConcernId(7))));
    assert_eq!(calling.number.as_str(), "0116 305 0005");
    assert_eq!(calling.begun, now());
    assert!(calling.contact.is_some());
}

#[test]
fn no_answer_is_one_key_that_records_it_and_brings_the_next() {
    let mut ring = over_concern(Some("leicestershire"));
    let first = ring.step().unwrap().clone();
    let requests = asked(press(&mut ring, KeyCode::Char('n')));
    let [Request::Act { act: Act::TryCall { subject, call }, draft: None }] = &requests[..] else {
        panic!("not recorded")
    };
    assert_eq!(*subject, Some(Subject::Concern(ConcernId(7))));
    assert_eq!((&call.number, call.at), (first.number.as_ref().unwrap(), Moment::At(now())));
    let effects = ring.reply(&cx(), Reply::Saved(Saved::default()));
    answered(&mut ring, effects);
    let second = ring.step().unwrap();
    assert_ne!((second.whom, &second.number), (first.whom, &first.number));
    let shown = drawn(&mut ring, 80, 30);
    let ladder = "No answer: ring the next. R30 · S4:172, S4:195, S3:436 · S4, 16 July 2025";
    assert!(shown.contains("no answer 14:00") && shown.contains(ladder), "{shown}");
    // Once is enough: the record keeps every one for good.
    ring.list.select(0);
    assert!(matches!(press(&mut ring, KeyCode::Char('n'))[..], [Effect::Say(_)]));
}

#[test]
fn a_number_that_is_right_is_marked_so() {
    let mut ring = over_concern(Some("leicestershire"));
    let requests = asked(press(&mut ring, KeyCode::Char('v')));
    let [Request::Act { act: Act::CheckNumber { number, .. }, .. }] = &requests[..] else {
        panic!("not marked")
    };
    assert_eq!(number.as_str(), "0116 305 0005");
}

#[test]
fn whoever_closes_while_it_is_open_is_not_shown_as_open() {
    let mut ring = over_concern(Some("rutland"));
    let mut later = cx();
    later.now = now() + TimeDelta::hours(18);
    let effects = ring.tick(&later);
    answered(&mut ring, effects);
    assert!(matches!(ring.steps()[0].standing, Standing::Always));
    later.now = now() + TimeDelta::hours(19);
    let effects = ring.tick(&later);
    answered(&mut ring, effects);
    // It is Monday morning by now: the council's own team is there, and whoever stood in for it is not listed any more.
    assert!(matches!(ring.step().unwrap().standing, Standing::Open { .. }), "{:?}", ring.step());
    assert!(ring.tick(&later).is_empty(), "once a minute");
}

#[test]
fn a_call_that_belonged_to_nothing_finds_its_place_here() {
    let mut ring = over_concern(Some("rutland"));
    assert!(matches!(press(&mut ring, KeyCode::Char('u'))[..], [Effect::Say(_)]), "none waits");
    let call = Tried { at: Moment::At(now()), contact: None, whom: "Helpline".into(), number: "101".into() };
    ring.reply(
        &cx(),
        Reply::LooseCalls(vec![LooseCall {
            seq: crate::domain::ids::Seq(9),
            recorded_at: now(),
            call: Call::Tried(call),
        }]),
    );
    assert!(matches!(press(&mut ring, KeyCode::Char('u'))[..], [Effect::Open(_)]));
    let mut nowhere = Ring::new(None);
    nowhere.reply(&cx(), Reply::Ringing(Box::new(routed(Question::at(now())))));
    assert!(matches!(press(&mut nowhere, KeyCode::Char('u'))[..], [Effect::Say(_)]));
}

#[test]
fn what_could_not_be_found_out_is_said() {
    let mut ring = Ring::new(None);
    ring.reply(&cx(), Reply::Failed("The book cannot be read. Try again.".to_owned()));
    assert!(drawn(&mut ring, 80, 22).contains("The book cannot be read."));
}

#[test]
fn it_can_be_drawn_at_any_size() {
    for (width, height) in sizes() {
        for area in [None, Some("rutland")] {
            let mut ring = over_concern(area);
            drawn(&mut ring, width, height);
            ring.act(&cx(), Action::Down);
            drawn(&mut ring, width, height);
        }
    }
}

#[test]
fn she_stays_with_whom_she_was_about_to_ring_when_the_rows_move() {
    let mut ring = over_concern(Some("rutland"));
    press(&mut ring, KeyCode::Down);
    let helpline = known_by(ring.step().unwrap());
    let mut later = cx();
    later.now = now() + TimeDelta::hours(19);
    let effects = ring.tick(&later);
    answered(&mut ring, effects);
    assert_eq!(known_by(ring.step().unwrap()), helpline);
}

#[test]
fn keys_wait_for_the_answer_to_the_question_as_it_is_now() {
    let mut ring = over_concern(Some("rutland"));
    assert!(ring.is_ready());
    let effects = press(&mut ring, KeyCode::Char('d'));
    assert!(!ring.is_ready(), "Enter would ring whoever stood first before");
    // The answer to an older question changes nothing.
    let older = Question { area: Area::read("leicester"), ..Question::at(now()) };
    ring.reply(&cx(), Reply::Route(Box::new((older.clone(), routed(older).route))));
    assert!(!ring.is_ready());
    answered(&mut ring, effects);
    assert!(ring.is_ready());
    assert_eq!(ring.step().map(|step| step.whom), Some(Whom::Emergency));
}

#[test]
fn that_nobody_is_in_danger_any_more_is_said_twice() {
    let mut ring = over_concern(Some("rutland"));
    let effects = press(&mut ring, KeyCode::Char('d'));
    answered(&mut ring, effects);
    assert!(matches!(press(&mut ring, KeyCode::Char('d'))[..], [Effect::Open(_)]));
    assert!(ring.question().unwrap().danger, "not before it is confirmed");
    let effects = ring.confirmed(&cx());
    answered(&mut ring, effects);
    assert!(!ring.question().unwrap().danger);
}

#[test]
fn whom_and_what_for_are_asked_here_and_esc_leaves_them_as_they_were() {
    let mut ring = over_concern(Some("leicester"));
    press(&mut ring, KeyCode::Char('b'));
    assert!(drawn(&mut ring, 80, 22).contains("3  staff or a volunteer"));
    assert!(press(&mut ring, KeyCode::Esc).is_empty(), "back to the number");
    assert_eq!(ring.question().unwrap().about, About::Child);
    press(&mut ring, KeyCode::Char('b'));
    let effects = press(&mut ring, KeyCode::Char('3'));
    answered(&mut ring, effects);
    assert_eq!(ring.question().unwrap().purpose, Purpose::Allegation);
    assert!(drawn(&mut ring, 80, 22).contains("before you speak to the person"));
}

#[test]
fn of_a_report_that_is_kept_for_few_nothing_is_recorded_here() {
    let question = Question { about: About::Staff, area: Area::read("rutland"), ..Question::at(now()) };
    let mut ring = Ring::told(Told { question: question.clone(), is_for_few: true });
    let effects = ring.reply(&cx(), Reply::Ringing(Box::new(routed(Question::at(now())))));
    answered(&mut ring, effects);
    for key in [KeyCode::Enter, KeyCode::Char('n')] {
        assert!(matches!(&press(&mut ring, key)[..], [Effect::Say(said)] if said.contains("kept for few")));
    }
}

#[test]
fn the_keys_that_sentences_name_are_those_that_work() {
    let config = "[keys]\neverywhere.ring = \"F5\"\nring.loose-calls = \"F6\"\n";
    let (keymap, problems) = config::read(config);
    assert_eq!(problems, []);
    let cx = Cx { keymap, ..cx() };
    let said = |effects: Effects| match effects.as_slice() {
        [Effect::Say(said)] => said.clone(),
        _ => panic!("nothing is said"),
    };
    let nowhere = Ring::new(None).act(&cx, Action::LooseCalls);
    assert_eq!(said(nowhere), "Press F5 on the concern or child that it belongs to, and F6 there.");
}
