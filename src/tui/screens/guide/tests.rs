//! The steps as a person sees and answers them.

use crossterm::event::KeyCode;

use super::*;
use crate::domain::concern::NamedChild;
use crate::domain::decision::{Categories, Danger, Decision};
use crate::domain::entry::Entry;
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::tui::keymap::config;
use crate::tui::screens::testing::{HARD_NAME, asked, concern, cx, drawn, drawn_in, line, now, press, sizes};

fn decided(seq: i64, decision: Decision) -> crate::cabinet::table::concern::ConcernLine {
    line(seq, Entry::Decided { concern: ConcernId(7), decision, urgency: None })
}

fn calm() -> Decision {
    Decision::Danger(Danger { in_danger: false, at: Moment::At(now()), said: Text::default() })
}

fn about(category: &str) -> Decision {
    Decision::Categories(Categories { categories: vec![category.into()], reason: Text::default() })
}

fn with(decisions: Vec<Decision>) -> Concern {
    let lines = decisions.into_iter().zip(21..).map(|(decision, seq)| decided(seq, decision)).collect();
    Concern { lines, ..concern() }
}

fn open(concern: Concern) -> GuideScreen {
    let mut screen = GuideScreen::new(ConcernId(7));
    screen.refresh(&cx());
    screen.reply(&cx(), Reply::Concern(Box::new(concern)));
    screen
}

fn opened(effects: Effects) -> Layer {
    match effects.into_iter().next() {
        Some(Effect::Open(layer)) => *layer,
        _ => panic!("nothing is opened"),
    }
}

fn decides(effects: Effects, wanted: DecisionKind) -> bool {
    matches!(
        opened(effects),
        Layer::Form(Form { kind: FormKind::Decision { kind, .. }, .. }) if kind == wanted
    )
}

#[test]
fn the_next_step_is_selected_and_the_rest_say_how_they_stand() {
    let mut screen = open(with(vec![calm()]));
    assert_eq!(screen.selected().unwrap().opens, Opens::Section(SectionKind::Received));
    let text = drawn(&mut screen, 80, 22);
    for words in [
        "What next? 1 of 15 answered. Concern 7: Zoë Smith 10B",
        "  done    d  Is a child in danger now?",
        "no, Sun 22 Nov 2026 14:00",
        "> now     e  When did it reach you, and from whom?",
        "later   u  Still concerned? What is done about it?",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// The screen as one line, without what the frame adds.
fn in_a_line(text: &str) -> String {
    text.replace('"', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn steps_out_of_sight_are_counted_above_and_below() {
    let mut screen = open(with(vec![calm(), about("hazing")]));
    let total = screen.steps.len();
    let text = drawn(&mut screen, 80, 20);
    let shown = text.lines().filter(|line| line.contains("later ") || line.contains("now ")).count() + 2;
    assert!(text.contains(&format!("… {} more below", total - shown)), "{shown} of {total}\n{text}");
    press(&mut screen, KeyCode::End);
    let text = drawn(&mut screen, 80, 20);
    assert!(text.contains(&format!("… {} more above", total - shown)), "{text}");
    for (width, height) in [(80, 40), (200, 58)] {
        let text = drawn(&mut screen, width, height);
        assert!(!text.contains("more above") && !text.contains("more below"), "{text}");
    }
}

#[test]
fn what_a_row_has_no_room_for_is_said_beneath() {
    let mut screen = open(with(vec![calm()]));
    press(&mut screen, KeyCode::Char('u'));
    let course = screen.steps.iter().position(|step| step.opens == Opens::Decision(DecisionKind::Course));
    screen.list.select(course.unwrap());
    let text = drawn(&mut screen, 80, 22);
    assert!(text.contains(" first: what it is about,… "), "no word is cut\n{text}");
    assert!(in_a_line(&text).contains("First: what it is about, how serious it is"), "{text}");
    let wide = drawn(&mut screen, 200, 58);
    assert!(!wide.contains("First: what it is"), "it stands in the row\n{wide}");
}

#[test]
fn what_is_written_and_not_recorded_is_marked() {
    let mut screen = open(with(vec![calm()]));
    let draft = |kind, position| {
        let given = super::super::form::Given { position, ..Default::default() };
        let form = FormKind::Decision { concern: ConcernId(7), kind, given: given.clone() };
        let body = serde_json::json!({ "target": given, "reason": "secret" }).to_string();
        crate::cabinet::table::draft::Draft { slot: form.slot(), body: body.into(), saved_at: now() }
    };
    let advice = crate::cabinet::table::draft::Draft {
        slot: "part2/7/advice".to_owned(),
        body: "{}".into(),
        saved_at: now(),
    };
    screen.reply(&cx(), Reply::Drafts(vec![draft(DecisionKind::Level, 0), advice]));
    let text = drawn(&mut screen, 110, 40);
    let of = |asks: &str| text.lines().find(|line| line.contains(asks)).unwrap_or_default();
    assert!(of("How serious is it?").contains("draft kept at 14:00"), "{text}");
    assert!(of("Whom did you ask").contains("draft kept at 14:00"), "{text}");
    assert_eq!(text.matches("draft kept").count(), 2, "{text}");
    assert!(!text.contains("secret"));
    screen.reply(&cx(), Reply::Drafts(vec![draft(DecisionKind::Closed, 0)]));
    let text = drawn(&mut screen, 110, 40);
    let close = text.lines().find(|line| line.contains("Close it.")).unwrap();
    assert!(close.contains("draft kept at 14:00 · first: Part 2 is signed"), "{text}");
}

#[test]
fn beneath_stand_the_reason_the_source_and_what_the_kind_of_concern_asks_for() {
    let mut screen = open(with(vec![calm(), about("domestic-abuse")]));
    press(&mut screen, KeyCode::Down);
    for (width, height) in [(100, 40), (200, 58)] {
        let text = drawn(&mut screen, width, height);
        for words in
            ["Choose the categories", "R29 · S3:151-179", "! Never ask about it", "R26 · S2:555", "Look for:"]
        {
            assert!(text.contains(words), "{words}\n{text}");
        }
    }
    assert!(drawn(&mut screen, 80, 22).contains("Tab reads on"));
    let Layer::Reading(mut reading) = opened(press(&mut screen, KeyCode::Tab)) else { panic!("not read") };
    assert!(drawn(&mut reading, 80, 40).contains("DASH"));
}

#[test]
fn enter_answers_the_selected_step_and_each_has_the_key_of_the_concern() {
    let mut screen = open(concern());
    assert!(matches!(opened(press(&mut screen, KeyCode::Enter)), Layer::Danger(_)));
    let mut screen = open(with(vec![calm()]));
    let received = opened(press(&mut screen, KeyCode::Enter));
    let Layer::Form(form) = received else { panic!("no form") };
    assert!(matches!(form.kind, FormKind::Section { section: SectionKind::Received, .. }));
    for (key, kind) in [
        ('C', DecisionKind::Categories),
        ('L', DecisionKind::Level),
        ('u', DecisionKind::Course),
        ('S', DecisionKind::Sharing),
        ('y', DecisionKind::Replied),
    ] {
        assert!(decides(press(&mut screen, KeyCode::Char(key)), kind), "{key}");
    }
    // What is empty is named before the signature.
    assert!(matches!(opened(press(&mut screen, KeyCode::Char('s'))), Layer::Confirm(_)));
}

#[test]
fn a_key_that_was_moved_is_shown_and_works_where_it_is() {
    let (keymap, problems) = config::read("[keys]\nconcern.level = \"F7\"\n");
    assert_eq!(problems, []);
    let cx = Cx { keymap, ..cx() };
    let mut screen = open(with(vec![calm()]));
    assert!(drawn_in(&mut screen, &cx, 100, 40).contains("F7 How serious is it?"));
    let Typed::Taken(effects) = screen.typed(&cx, KeyEvent::from(KeyCode::F(7))) else { panic!("not taken") };
    assert!(decides(effects, DecisionKind::Level));
}

#[test]
fn what_is_answered_is_followed_by_the_next_and_what_is_not_stays() {
    let mut screen = open(with(vec![calm()]));
    press(&mut screen, KeyCode::Char('C'));
    screen.reply(&cx(), Reply::Concern(Box::new(with(vec![calm()]))));
    assert_eq!(screen.selected().unwrap().opens, Opens::Decision(DecisionKind::Categories));
    let asked = asked(screen.refresh(&cx()));
    assert!(matches!(asked.as_slice(), [Request::Concern(ConcernId(7)), Request::Drafts]));
    screen.reply(&cx(), Reply::Concern(Box::new(with(vec![calm(), about("neglect")]))));
    assert_eq!(screen.selected().unwrap().opens, Opens::Section(SectionKind::Received));
}

#[test]
fn each_child_has_a_step_and_the_key_goes_to_the_first_without_a_part() {
    let mut two = with(vec![calm(), about("hazing")]);
    two.part1.children.push(NamedChild { name: Text::from("Ava Reed"), ..NamedChild::default() });
    two.children.push(None);
    let part = crate::domain::child_part::ChildPart::SawOrHeardIt;
    let said = crate::domain::decision::PartOfChild { position: 0, part, reason: Text::default() };
    two.lines.push(decided(25, Decision::PartOfChild(said)));
    let mut screen = open(two);
    assert!(drawn(&mut screen, 100, 40).contains("What is the part of Ava Reed in it?"));
    let Layer::Form(form) = opened(press(&mut screen, KeyCode::Char('b'))) else { panic!("no form") };
    assert!(matches!(form.kind, FormKind::Decision { ref given, .. } if given.position == 1));
}

#[test]
fn what_is_restricted_meanwhile_leaves_the_screen() {
    let mut screen = open(concern());
    let sentences = "Concern 7 is restricted to the people named on it. Ask one of them.".to_owned();
    screen.reply(&cx(), Reply::Restricted { concern: ConcernId(7), sentences });
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("is restricted") && !shown.contains("Zoë"), "{shown}");
    assert!(press(&mut screen, KeyCode::Enter).is_empty());
}

#[test]
fn it_can_be_drawn_and_walked_at_any_size() {
    let mut hard = with(vec![calm(), about("hazing")]);
    hard.row.named = Text::from(HARD_NAME);
    hard.part1.children = vec![NamedChild { name: Text::from(HARD_NAME), ..NamedChild::default() }; 3];
    hard.children = vec![None; 3];
    let mut screen = open(hard);
    for (width, height) in sizes() {
        for key in [KeyCode::Down, KeyCode::End, KeyCode::Up, KeyCode::Home] {
            press(&mut screen, key);
            drawn(&mut screen, width, height);
        }
    }
}

#[test]
fn a_school_is_told_of_its_own_pupil() {
    let mut two = with(vec![calm()]);
    let adam = NamedChild { name: "Adam Frost".into(), ..NamedChild::default() };
    two.part1.children.push(NamedChild { school: Some("Beacon School".into()), ..adam });
    two.part1.children[0].school = Some("The Boathouse (on roll at Abbey Fields)".into());
    two.children = vec![None, None];
    let mut screen = open(two);
    for (place, with, what) in [
        (0, "Safeguarding lead, Abbey Fields", "The concern about Zoë Smith."),
        (1, "Safeguarding lead, Beacon School", "The concern about Adam Frost."),
    ] {
        let step = screen.steps.iter().position(|step| step.opens == Opens::OnRollSchool(place));
        screen.list.select(step.unwrap());
        let Layer::Form(form) = opened(press(&mut screen, KeyCode::Enter)) else { panic!("no form") };
        let FormKind::Decision { given, .. } = &form.kind else { panic!("another form") };
        assert_eq!((given.text.as_str(), given.what.as_str()), (with, what));
    }
}
