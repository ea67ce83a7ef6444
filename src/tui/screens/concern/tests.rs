//! A concern on the screen: keys in, effects and the drawn rows out.

use crossterm::event::KeyCode;

use super::*;
use crate::cabinet::table::draft::Draft;
use crate::cabinet::table::follow_up::Due;
use crate::cabinet::table::restriction::{Named, Presence, Restriction};
use crate::domain::concern::NamedChild;
use crate::domain::decision::{Categories, Course, CourseTaken, Danger, Decision, DecisionKind, Level};
use crate::domain::entry::Entry;
use crate::domain::field::{CorrectedField, Part1Field};
use crate::domain::follow_up::FollowUp;
use crate::domain::ids::PersonId;
use crate::domain::moment::Moment;
use crate::domain::part2::{Advice, Section, Signature};
use crate::domain::triage::Urgency;
use crate::tui::screens::testing::{
    HARD_NAME, asked, child, concern, cx, drawn, line, now, press, sizes, type_in, written,
};

fn advice(text: &str) -> Section {
    Section::Advice(Advice {
        at: Moment::At(now()),
        name: Text::from("Sam Duty"),
        role: Text::default(),
        organisation: Text::from("First Response"),
        advice: Text::from(text),
        contact: None,
    })
}

fn open(concern: Concern) -> ConcernScreen {
    let mut screen = ConcernScreen::new(ConcernId(7));
    screen.reply(&cx(), Reply::Concern(Box::new(concern)));
    screen
}

fn forms(effects: Effects) -> Vec<FormKind> {
    let kind = |effect| match effect {
        Effect::Open(layer) => match *layer {
            Layer::Form(form) => Some(form.kind),
            _ => None,
        },
        _ => None,
    };
    effects.into_iter().filter_map(kind).collect()
}

#[test]
fn part_1_is_shown_under_its_own_labels_and_said_to_be_sealed() {
    let mut screen = open(concern());
    let text = drawn(&mut screen, 80, 60);
    for expected in [
        "sealed",
        "Pupil's name: Zoë Smith",
        "The facts, as they were reported",
        "In the child's own words: I fell, innit",
        "Professional opinion: She seemed afraid.",
        "Immediate danger: not said",
        "typed at this desk",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn a_child_who_is_not_linked_is_asked_about() {
    let mut screen = ConcernScreen::new(ConcernId(7));
    let requests = asked(screen.reply(&cx(), Reply::Concern(Box::new(concern()))));
    assert!(matches!(
        requests.as_slice(),
        [Request::Saw(Subject::Concern(_)), Request::Candidates { position: 0, .. }]
    ));
    let candidate = Candidate { child: child(3, "Zoe Smyth"), why: String::new() };
    screen.reply(&cx(), Reply::Candidates { position: 0, likely: vec![candidate] });
    let text = drawn(&mut screen, 80, 22);
    assert!(text.contains("Is \"Zoë Smith\" Zoe Smyth, 10B, b. 4 Mar 2011? l answers."), "{text}");
    let effects = press(&mut screen, KeyCode::Char('l'));
    assert!(matches!(effects.as_slice(), [Effect::Open(layer)] if matches!(**layer, Layer::Candidates(_))));
}

#[test]
fn a_late_answer_about_another_child_is_not_shown_as_this_ones() {
    let mut two = concern();
    two.part1.children.push(NamedChild { name: Text::from("Ava Reed"), ..NamedChild::default() });
    two.children.push(None);
    let mut screen = ConcernScreen::new(ConcernId(7));
    screen.reply(&cx(), Reply::Concern(Box::new(two.clone())));
    two.children[0] = Some(child(3, "Zoe Smyth"));
    screen.reply(&cx(), Reply::Concern(Box::new(two)));
    let candidate = Candidate { child: child(4, "Zoe Smithers"), why: String::new() };
    screen.reply(&cx(), Reply::Candidates { position: 0, likely: vec![candidate] });
    assert!(!drawn(&mut screen, 80, 22).contains("Smithers"));
}

#[test]
fn a_section_says_that_a_draft_of_it_is_kept() {
    let mut screen = open(concern());
    let draft = |slot: &str| Draft { slot: slot.to_owned(), body: "{}".into(), saved_at: now() };
    let asked = asked(screen.refresh(&cx()));
    assert!(asked.iter().any(|request| matches!(request, Request::Drafts)));
    screen.reply(&cx(), Reply::Drafts(vec![draft("part2/8/advice"), draft("part1")]));
    press(&mut screen, KeyCode::Tab);
    assert!(!drawn(&mut screen, 80, 40).contains("draft kept"), "of another concern");
    screen.reply(&cx(), Reply::Drafts(vec![draft("part2/7/advice")]));
    let text = drawn(&mut screen, 80, 40);
    assert_eq!(text.matches("draft kept at 14:00").count(), 1, "{text}");
    screen.reply(&cx(), Reply::Drafts(Vec::new()));
    assert!(!drawn(&mut screen, 80, 40).contains("draft kept"));
}

#[test]
fn danger_says_999_first() {
    let mut concern = concern();
    concern.row.urgency = Urgency::Danger;
    assert!(drawn(&mut open(concern), 80, 22).contains("ring 999 first"));
}

fn decided(seq: i64, decision: Decision) -> ConcernLine {
    line(seq, Entry::Decided { concern: ConcernId(7), decision, urgency: None })
}

fn danger(in_danger: bool) -> Decision {
    Decision::Danger(Danger { in_danger, at: Moment::At(now()), said: Text::default() })
}

fn asks_about_danger(effects: &Effects) -> bool {
    let is_danger =
        |effect: &Effect| matches!(effect, Effect::Open(layer) if matches!(**layer, Layer::Danger(_)));
    effects.iter().any(is_danger)
}

#[test]
fn whether_a_child_is_in_danger_is_asked_once_when_it_is_opened_and_whenever_she_likes() {
    let mut screen = ConcernScreen::new(ConcernId(7));
    assert!(asks_about_danger(&screen.reply(&cx(), Reply::Concern(Box::new(concern())))));
    // It was put off.
    assert!(!asks_about_danger(&screen.reply(&cx(), Reply::Concern(Box::new(concern())))));
    assert!(drawn(&mut screen, 80, 22).contains("Is a child in danger now? Not answered yet. d answers."));
    assert!(asks_about_danger(&press(&mut screen, KeyCode::Char('d'))));
}

#[test]
fn nobody_is_asked_of_danger_where_it_is_answered_or_closed_or_they_only_read() {
    let first = |concern: Concern, cx: &Cx| {
        asks_about_danger(&ConcernScreen::new(ConcernId(7)).reply(cx, Reply::Concern(Box::new(concern))))
    };
    assert!(!first(Concern { lines: vec![decided(21, danger(false))], ..concern() }, &cx()));
    let mut closed = concern();
    closed.row.state = State::Closed;
    assert!(!first(closed, &cx()));
    let mut reader = cx();
    reader.desk.as_mut().unwrap().may_record = false;
    assert!(!first(concern(), &reader));
}

#[test]
fn a_draft_of_a_decision_stands_under_the_decisions_by_its_name() {
    let mut screen = open(concern());
    let draft = |slot: &str, target: &str| Draft {
        slot: slot.to_owned(),
        body: format!(r#"{{"target":{target},"reason":"secret"}}"#).into(),
        saved_at: now(),
    };
    let level = draft("decision/7/level/0", "{}");
    let own = draft("due/concern-7/own", r#"[{"concern":7},""]"#);
    let elsewhere = draft("decision/8/course/0", "{}");
    screen.reply(&cx(), Reply::Drafts(vec![level, own, elsewhere]));
    press(&mut screen, KeyCode::Tab);
    press(&mut screen, KeyCode::End);
    let text = drawn(&mut screen, 80, 40);
    let under = text.split("Decisions and what is due").nth(1).unwrap();
    assert!(under.contains("draft kept at 14:00: Level"), "{text}");
    assert!(under.contains("draft kept at 14:00: something due"), "{text}");
    assert_eq!(text.matches("draft kept").count(), 2, "{text}");
    assert!(!text.contains("secret"));
}

#[test]
fn where_there_is_room_the_head_says_what_the_level_means() {
    let level = Decision::Level(Level { level: 3, reason: Text::from("Again.") });
    let lines = vec![decided(21, danger(false)), decided(22, level)];
    let mut screen = open(Concern { lines, ..concern() });
    let means = format!("Level 3: {}", crate::domain::level::by_id(3).unwrap().means);
    assert!(drawn(&mut screen, 120, 38).contains(&means));
    assert!(!drawn(&mut screen, 80, 22).contains(&means), "what was reported needs the room");
}

#[test]
fn the_head_says_how_it_stands() {
    let level = Decision::Level(Level { level: 3, reason: Text::from("Again.") });
    let about = Categories { categories: vec!["neglect".into()], reason: Text::default() };
    let course = CourseTaken {
        course: Course::Refer,
        at: Moment::At(now()),
        to: Text::from("First Response"),
        reasons: Text::from("Third time."),
        in_writing: true,
    };
    let decisions = [danger(false), level, Decision::Categories(about), Decision::Course(course)];
    let lines = (21..).zip(decisions).map(|(seq, decision)| decided(seq, decision)).collect();
    let set = FollowUp {
        what: Text::from("Local authority's decision"),
        who: Text::from("local authority"),
        due: now() + chrono::Duration::days(8),
        deadline: Text::from("la-decision"),
        ..FollowUp::default()
    };
    let due = Due {
        id: crate::domain::ids::FollowUpId(1),
        seq: Seq(30),
        subject: Subject::Concern(ConcernId(7)),
        named: Text::from("Zoë Smith"),
        due: set.due,
        set,
        tried: 0,
        tried_at: None,
        rung: 0,
        is_settled: false,
    };
    let mut screen = open(Concern { lines, due: vec![due], ..concern() });
    let text = drawn(&mut screen, 200, 22);
    for words in [
        "In danger: no, Sun 22 Nov 2026 14:00 · Level 3 · refer to children's social care",
        " · due Mon 30 Nov 14:00: Local authority's decision",
        "About: Neglect",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let urgent = Concern { lines: vec![decided(21, danger(true))], ..concern() };
    let text = drawn(&mut open(urgent), 80, 22);
    assert!(
        text.contains("In danger: yes, Sun 22 Nov 2026 14:00. Ring 999 first; d when it is over."),
        "{text}"
    );
}

#[test]
fn every_decision_and_what_is_due_stands_under_part_2_with_who_and_when_and_is_read_in_full() {
    let level = Decision::Level(Level { level: 2, reason: Text::from("It happened again.") });
    let mut screen = open(Concern { lines: vec![decided(21, level)], ..concern() });
    press(&mut screen, KeyCode::Tab);
    press(&mut screen, KeyCode::End);
    let text = drawn(&mut screen, 100, 60);
    for words in ["Level 2. Reason: It happened again.", "Written by Amina Khan"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let mut effects = press(&mut screen, KeyCode::Enter);
    let [Effect::Open(layer)] = effects.as_mut_slice() else { panic!("nothing was opened") };
    assert!(drawn(layer.surface_mut(), 80, 22).contains("Level 2. Reason: It happened again."));
    assert!(
        matches!(press(&mut screen, KeyCode::Char('c')).as_slice(), [Effect::Say(said)] if said.contains("decided anew"))
    );
}

#[test]
fn each_decision_has_its_key_and_begins_with_what_is_known() {
    let mut reported = concern();
    reported.part1.categories = vec!["Neglect".into()];
    let given = |key: char| match forms(press(&mut open(reported.clone()), KeyCode::Char(key))).pop() {
        Some(FormKind::Decision { kind, given, .. }) => (kind, given.text.to_string()),
        _ => panic!("{key} opens no form"),
    };
    assert_eq!(given('C'), (DecisionKind::Categories, "neglect".to_owned()));
    assert_eq!(given('y'), (DecisionKind::Replied, "Tom Reed, Tutor".to_owned()));
    assert_eq!(given('b'), (DecisionKind::PartOfChild, "Zoë Smith".to_owned()));
    for (key, kind) in [('L', DecisionKind::Level), ('u', DecisionKind::Course), ('S', DecisionKind::Sharing)]
    {
        assert_eq!(given(key).0, kind, "{key}");
    }
    for key in ['H', 'A'] {
        assert!(matches!(press(&mut open(concern()), KeyCode::Char(key)).as_slice(), [Effect::Say(_)]));
    }
    let mut staff = concern();
    staff.part1.about = crate::domain::concern::About::Staff;
    assert_eq!(forms(press(&mut open(staff.clone()), KeyCode::Char('H'))).len(), 1);
    assert!(
        matches!(press(&mut open(staff), KeyCode::Char('w')).as_slice(), [Effect::Open(layer)] if matches!(**layer, Layer::Guide(_)))
    );
}

#[test]
fn the_outline_says_what_is_missing_and_who_wrote_what() {
    let mut late = written(21, advice("Refer today."));
    late.added_after_signing = true;
    let mut screen = open(Concern { lines: vec![late], ..concern() });
    press(&mut screen, KeyCode::Tab);
    let text = drawn(&mut screen, 80, 40);
    for expected in [
        "Part 2. 1 of 7 sections written in, not signed.",
        "Still empty: Received, Action taken, Parents informed",
        "w Decisions and what is due: nothing yet",
        "e Received: nothing yet",
        "When did this reach you",
        "Advice sought from Sam Duty, First Response: Refer today.",
        "Written by Amina Khan, Designated Safeguarding Lead, Sun 22 Nov 2026",
        "added after signing",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn each_section_has_its_key_and_enter_opens_the_selected_one() {
    for (key, section) in "eatpoif".chars().zip(SectionKind::ALL) {
        let opened = forms(press(&mut open(concern()), KeyCode::Char(key)));
        assert!(
            matches!(opened.as_slice(), [FormKind::Section { section: s, .. }] if *s == section),
            "{key}"
        );
    }
    let mut screen = open(concern());
    drawn(&mut screen, 80, 22);
    press(&mut screen, KeyCode::Right);
    press(&mut screen, KeyCode::Down);
    let opened = forms(press(&mut screen, KeyCode::Enter));
    assert!(matches!(opened.as_slice(), [FormKind::Section { section: SectionKind::Advice, .. }]));
}

#[test]
fn enter_on_an_entry_reads_it_in_full() {
    let mut screen = open(Concern { lines: vec![written(21, advice("Refer today."))], ..concern() });
    screen.part = Part::Two;
    screen.two.select(2);
    let mut effects = press(&mut screen, KeyCode::Enter);
    let [Effect::Open(layer)] = effects.as_mut_slice() else { panic!("nothing was opened") };
    let Layer::Reading(reading) = &mut **layer else { panic!("not for reading") };
    let text = drawn(reading, 80, 22);
    assert!(text.contains("\"Advice given ") && text.contains("\"  Refer today. "), "{text}");
}

#[test]
fn before_signing_the_empty_sections_are_named() {
    let mut effects = press(&mut open(concern()), KeyCode::Char('s'));
    let [Effect::Open(layer)] = effects.as_mut_slice() else { panic!("nothing was opened") };
    let text = drawn(layer.surface_mut(), 120, 38);
    assert!(matches!(**layer, Layer::Confirm(_)));
    assert!(text.contains("Parents informed") && text.contains("Zoë Smith"), "{text}");
    let mut signed = concern();
    signed.lines.push(written(21, Section::Signed(signature())));
    assert!(matches!(press(&mut open(signed), KeyCode::Char('s')).as_slice(), [Effect::Say(_)]));
}

#[test]
fn a_correction_is_asked_for_what_stands_there_now_and_both_are_shown() {
    let field = CorrectedField::Part1(Part1Field::Reasons);
    let (instead, reason) = (Text::from("A mark on her leg."), Text::from("Misread"));
    let entry = Entry::Corrected {
        concern: ConcernId(7),
        corrects: Seq(20),
        field,
        instead,
        reason,
        happened_at: None,
        urgency: None,
    };
    let mut screen = open(Concern { lines: vec![line(21, entry)], ..concern() });
    let text = drawn(&mut screen, 80, 60);
    assert!(text.contains("A mark on her arm.") && text.contains("Corrected: A mark on her leg."), "{text}");
    while screen.field().unwrap().label != "Reason for recording" {
        press(&mut screen, KeyCode::Down);
    }
    let opened = forms(press(&mut screen, KeyCode::Char('c')));
    let [FormKind::Correct { corrects, was, .. }] = opened.as_slice() else { panic!("no correction") };
    assert_eq!((*corrects, &**was), (Seq(20), "A mark on her leg."));
}

#[test]
fn several_children_are_a_choice_and_one_is_none() {
    let mut several = concern();
    several.part1.children.push(NamedChild { name: Text::from("Ava Reed"), ..NamedChild::default() });
    several.children = vec![Some(child(1, "Zoë Smith")), Some(child(2, "Ava Reed"))];
    let mut screen = open(several);
    press(&mut screen, KeyCode::Tab);
    let effects = press(&mut screen, KeyCode::Char('h'));
    assert!(matches!(effects.as_slice(), [Effect::Open(layer)] if matches!(**layer, Layer::Choice(_))));
    press(&mut screen, KeyCode::Tab);
    let effects = press(&mut screen, KeyCode::Char('h'));
    let [Effect::Open(layer)] = effects.as_slice() else { panic!("nothing was opened") };
    assert!(matches!(&**layer, Layer::Child(opened) if opened.child.0 == 1), "the selected field's child");
}

#[test]
fn the_selected_entry_stays_selected_when_another_is_written_above_it() {
    let concern_with = |lines| Concern { lines, ..concern() };
    let mut screen = open(concern_with(vec![written(30, advice("Later."))]));
    screen.two.select(2);
    let lines = vec![written(25, advice("Earlier.")), written(30, advice("Later."))];
    screen.reply(&cx(), Reply::Concern(Box::new(concern_with(lines))));
    assert_eq!(screen.pick(), Some(Pick::Entry(Seq(30))));
}

#[test]
fn another_concern_that_comes_late_is_ignored() {
    let mut screen = open(concern());
    let mut other = concern();
    other.row.concern = ConcernId(8);
    other.part1.reasons = Text::from("Something else");
    screen.reply(&cx(), Reply::Concern(Box::new(other)));
    assert!(!drawn(&mut screen, 80, 60).contains("Something else"));
}

#[test]
fn the_original_is_asked_for_where_there_is_one() {
    let mut screen = open(concern());
    assert!(matches!(press(&mut screen, KeyCode::Char('v')).as_slice(), [Effect::Say(_)]));
    let source = Source::File { name: Text::from("a.json"), sha256: String::new(), row: None };
    let mut screen = open(Concern { source, ..concern() });
    assert!(matches!(
        asked(press(&mut screen, KeyCode::Char('v'))).as_slice(),
        [Request::Original(ConcernId(7))]
    ));
}

fn restriction(people: &[&str]) -> Restriction {
    let named = |name: &&str| Named {
        person: PersonId::from_name(name),
        name: Text::from(*name),
        presence: Presence::Here,
    };
    Restriction {
        people: people.iter().map(named).collect(),
        reason: Text::from("It is about a member of staff."),
        by: Text::from("Amina Khan, DSL"),
        at: now(),
    }
}

#[test]
fn a_restricted_concern_says_who_opens_it_and_why() {
    let mut screen =
        open(Concern { restriction: Some(restriction(&["Amina Khan", "Kit Moss"])), ..concern() });
    let shown = drawn(&mut screen, 80, 90);
    assert!(shown.contains("Restricted to Amina Khan, Kit Moss. It is about a member of staff."), "{shown}");
    assert!(shown.contains("Recorded Sun 22 Nov 2026 14:00 by Amina Khan, DSL"), "{shown}");
    assert!(!drawn(&mut open(concern()), 80, 60).contains("Restricted"));
    assert!(matches!(asked(press(&mut screen, KeyCode::Char('R'))).as_slice(), [Request::Colleagues]));
}

#[test]
fn what_is_restricted_meanwhile_leaves_the_screen() {
    let mut screen = open(concern());
    let sentences = "Concern 7 is restricted to the people named on it. Ask one of them.".to_owned();
    screen.reply(&cx(), Reply::Restricted { concern: ConcernId(7), sentences });
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("is restricted to the people named") && !shown.contains("Zoë"), "{shown}");
    assert!(press(&mut screen, KeyCode::Enter).is_empty());
}

#[test]
fn it_can_be_drawn_and_walked_at_any_size() {
    let mut hard = concern();
    hard.row.named = Text::from(HARD_NAME);
    hard.part1.account.what = Text::from(format!("{HARD_NAME}\n\n").repeat(30));
    hard.lines = vec![written(21, advice(HARD_NAME)), written(22, Section::Signed(signature()))];
    hard.restriction = Some(restriction(&["Amina Khan", HARD_NAME]));
    let mut screen = open(hard);
    for (width, height) in sizes() {
        for key in
            [KeyCode::Down, KeyCode::PageDown, KeyCode::Tab, KeyCode::End, KeyCode::Up, KeyCode::PageUp]
        {
            press(&mut screen, key);
            drawn(&mut screen, width, height);
        }
    }
    type_in(&mut screen, "jkgG");
    assert!(drawn(&mut screen, 120, 38).contains("Part 2"), "both parts beside each other");
    assert!(drawn(&mut screen, 120, 38).contains("Part 1"));
}

fn signature() -> Signature {
    Signature { name: Text::from("Amina Khan"), role: Text::from("DSL") }
}
