//! The list before a concern is closed: keys in, forms and the drawn rows out.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::domain::decision::{Closed, Decision};
use crate::domain::entry::Entry;
use crate::domain::field::Part1Field;
use crate::domain::moment::Moment;
use crate::domain::part2::{Advice, Section, SectionKind};
use crate::tui::screens::concern::ConcernScreen;
use crate::tui::screens::testing::{asked, concern, cx, drawn, line, press, sizes, written};

fn open(concern: Concern) -> Closing {
    let mut screen = Closing::new(ConcernId(7));
    assert!(matches!(asked(screen.refresh(&cx())).as_slice(), [Request::Concern(ConcernId(7))]));
    assert!(screen.reply(&cx(), Reply::Concern(Box::new(concern))).is_empty());
    screen
}

/// Concern 7 with advice of a day, by somebody who is only initials.
fn advised() -> Concern {
    let advice = Advice {
        at: Moment::parse("2026-11-20").unwrap(),
        name: "AB".into(),
        role: Text::default(),
        organisation: "First Response".into(),
        advice: "Refer today.".into(),
        contact: None,
    };
    Concern { lines: vec![written(21, Section::Advice(advice))], ..concern() }
}

fn closed() -> Concern {
    let review = chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
    let closed = Closed { reason: "Support is in place.".into(), review, excused: Vec::new() };
    let decision = Decision::Closed(closed);
    let mut concern = concern();
    concern.row.state = State::Closed;
    concern.lines = vec![line(30, Entry::Decided { concern: ConcernId(7), decision, urgency: None })];
    concern
}

fn forms(effects: &Effects) -> Vec<&FormKind> {
    effects.iter().filter_map(form_of).collect()
}

fn form_of(effect: &Effect) -> Option<&FormKind> {
    let Effect::Open(layer) = effect else { return None };
    match layer.as_ref() {
        Layer::Form(form) => Some(&form.kind),
        _ => None,
    }
}

/// What Enter opens on the gap that says so.
#[track_caller]
fn mends(screen: &mut Closing, says: &str) -> Effects {
    let place = screen.gaps.iter().position(|gap| gap.says.contains(says)).expect(says);
    screen.list.select(place);
    press(screen, KeyCode::Enter)
}

#[test]
fn gaps_out_of_sight_are_counted() {
    let mut screen = open(concern());
    let text = drawn(&mut screen, 80, 14);
    let below = screen.list.hidden(&view::pieces(&screen.gaps, screen.list.width(), &cx())).1;
    assert!(below > 0 && text.contains(&format!("… {below} more below")), "{text}");
    press(&mut screen, KeyCode::End);
    let text = drawn(&mut screen, 80, 14);
    assert!(text.contains(" more above") && !text.contains("below"), "{text}");
    assert!(!drawn(&mut screen, 120, 80).contains(" more "));
}

#[test]
fn every_gap_stands_there_with_its_rule_and_what_opens() {
    let mut screen = open(advised());
    let text = drawn(&mut screen, 120, 80);
    for expected in [
        "Concern 7, Zoë Smith:",
        "things that an inspector would find missing",
        "Nothing is written under \"Action taken\".",
        "Part 2: Action taken · F2 · S3:514-554",
        "Nothing says where the original notes are kept",
        "R12 · S1:161, S2:364 · S1, 2024",
        "Initials stand for a name under \"Advice sought\": AB.",
        "U refers again. R21 · S3:422-425",
        "x closes it all the same",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn enter_opens_the_part_of_the_child_that_has_none() {
    let mut concern = concern();
    concern.part1.categories = vec!["child-on-child".into()];
    let mut screen = open(concern);
    let effects = mends(&mut screen, "The part of child 1");
    let [FormKind::Decision { kind: DecisionKind::PartOfChild, given, .. }] = forms(&effects)[..] else {
        panic!("another form")
    };
    assert_eq!((given.position, given.text.as_str()), (0, "Zoë Smith"));
    assert!(drawn(&mut screen, 120, 80).contains("A child's part in it · R25 · S3:269 · S3, 2023-2024"));
}

#[test]
fn enter_opens_what_mends_it() {
    let mut screen = open(advised());
    for (says, section) in [
        ("\"Action taken\"", SectionKind::Action),
        ("original notes", SectionKind::FurtherInformation),
        ("not signed", SectionKind::Signed),
    ] {
        let effects = mends(&mut screen, says);
        assert!(
            matches!(forms(&effects).as_slice(), [FormKind::Section { section: of, .. }] if *of == section),
            "{says}"
        );
    }
    for (says, kind) in [
        ("No level", DecisionKind::Level),
        ("no category", DecisionKind::Categories),
        ("not decided, with reasons", DecisionKind::Course),
        ("has had no answer", DecisionKind::Replied),
    ] {
        let effects = mends(&mut screen, says);
        assert!(
            matches!(forms(&effects).as_slice(), [FormKind::Decision { kind: of, .. }] if *of == kind),
            "{says}"
        );
    }
}

#[test]
fn what_is_written_is_corrected_as_it_stands() {
    let mut screen = open(advised());
    let effects = mends(&mut screen, "Initials");
    let [FormKind::Correct { corrects, field, was, .. }] = forms(&effects)[..] else { panic!("no form") };
    assert_eq!((corrects.0, field), (21, &CorrectedField::Section(SectionKind::Advice)));
    assert_eq!(was.as_str(), "Advice sought from AB, First Response: Refer today.");
    let effects = mends(&mut screen, "When the incident was");
    let [FormKind::Correct { corrects, field, .. }] = forms(&effects)[..] else { panic!("no form") };
    assert_eq!((corrects.0, field), (20, &CorrectedField::Part1(Part1Field::IncidentAt)));
}

#[test]
fn the_reporter_is_filled_in_and_the_school_is_told() {
    let mut other = advised();
    other.part1.children[0].school = Some("Beacon Academy".into());
    let mut screen = open(other);
    for (says, text) in
        [("has had no answer", "Tom Reed, Tutor"), ("Beacon Academy", "Safeguarding lead, Beacon Academy")]
    {
        let effects = mends(&mut screen, says);
        let [FormKind::Decision { given, .. }] = forms(&effects)[..] else { panic!("{says}") };
        assert_eq!(given.text.as_str(), text);
    }
}

#[test]
fn what_was_mended_is_gone_when_the_list_is_back() {
    let mut screen = open(concern());
    let before = screen.gaps.len();
    mends(&mut screen, "\"Advice sought\"");
    assert!(matches!(asked(screen.refresh(&cx())).as_slice(), [Request::Concern(_)]));
    let mut mended = advised();
    if let Entry::Part2 { section: Section::Advice(advice), .. } = &mut mended.lines[0].entry {
        (advice.name, advice.at) = ("Ava Brown".into(), Moment::At(cx().now));
    }
    screen.reply(&cx(), Reply::Concern(Box::new(mended)));
    assert_eq!(screen.gaps.len(), before - 1);
}

#[test]
fn the_form_asks_about_each_that_is_left() {
    let mut screen = open(advised());
    let says: Vec<String> = screen.gaps.iter().map(|gap| gap.says.clone()).collect();
    let save = KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL);
    let action = cx().keymap.action(screen.scopes(), &save).unwrap();
    for effects in [press(&mut screen, KeyCode::Char('x')), screen.act(&cx(), action)] {
        let [FormKind::Decision { kind: DecisionKind::Closed, given, .. }] = forms(&effects)[..] else {
            panic!("no form")
        };
        assert_eq!(given.missing.iter().map(Text::as_str).collect::<Vec<_>>(), says);
    }
}

#[test]
fn it_closes_when_the_concern_is_closed_here_or_elsewhere() {
    let mut screen = open(advised());
    let effects = screen.reply(&cx(), Reply::Concern(Box::new(closed())));
    assert!(matches!(effects.as_slice(), [Effect::Close]));
}

#[test]
fn what_is_for_others_from_now_on_is_gone_from_it() {
    let mut screen = open(advised());
    let sentences = "Concern 7 is restricted to the people named on it. Ask one of them.".to_owned();
    screen.reply(&cx(), Reply::Restricted { concern: ConcernId(7), sentences });
    let text = drawn(&mut screen, 80, 22);
    assert!(text.contains("is restricted") && !text.contains("Zoë"), "{text}");
    assert!(
        press(&mut screen, KeyCode::Enter).is_empty() && press(&mut screen, KeyCode::Char('x')).is_empty()
    );
}

#[test]
fn x_on_the_concern_lists_what_is_missing_and_reopens_what_is_closed() {
    let mut screen = ConcernScreen::new(ConcernId(7));
    screen.reply(&cx(), Reply::Concern(Box::new(advised())));
    let effects = press(&mut screen, KeyCode::Char('x'));
    assert!(matches!(effects.as_slice(), [Effect::Open(layer)] if matches!(**layer, Layer::Closing(_))));
    screen.reply(&cx(), Reply::Concern(Box::new(closed())));
    let effects = press(&mut screen, KeyCode::Char('x'));
    assert!(matches!(forms(&effects)[..], [FormKind::Decision { kind: DecisionKind::Reopened, .. }]));
    let text = drawn(&mut screen, 80, 22);
    assert!(text.contains("Closed Sun 22 Nov 2026; looked at again Mon 4 Jan 2027; x reopens it."), "{text}");
}

#[test]
fn one_key_refers_again_and_says_what_that_does_to_a_closed_concern() {
    for (whole, said) in [(advised(), 1), (closed(), 2)] {
        let mut screen = ConcernScreen::new(ConcernId(7));
        screen.reply(&cx(), Reply::Concern(Box::new(whole)));
        let effects = press(&mut screen, KeyCode::Char('U'));
        let [FormKind::Decision { kind: DecisionKind::Course, given, .. }] = forms(&effects)[..] else {
            panic!("no form")
        };
        assert_eq!((given.text.as_str(), effects.len()), ("refer to children's social care", said));
    }
    let effects = press(&mut open(advised()), KeyCode::Char('U'));
    assert!(matches!(forms(&effects)[..], [FormKind::Decision { kind: DecisionKind::Course, .. }]));
}

#[test]
fn it_can_be_walked_and_drawn_at_any_size() {
    for (width, height) in sizes() {
        let mut screen = open(advised());
        drawn(&mut screen, width, height);
        for key in [KeyCode::Down, KeyCode::End, KeyCode::PageUp, KeyCode::Home, KeyCode::Up] {
            press(&mut screen, key);
            drawn(&mut screen, width, height);
        }
    }
}
