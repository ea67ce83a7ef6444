//! Forms as a person uses them: keys and replies in, acts and screens out.

mod cautions;
mod closing;
mod columns;
mod desk;
mod drafts;
mod ending;
mod follow_up;
mod gates;
mod restrict;
mod shapes;
mod status;

use crossterm::event::KeyCode;

use super::testing::{control, cx, press, screen, write};
use super::{Form, FormKind};
use crate::cabinet::table::contact::Contact;
use crate::desk::act::LinkTo;
use crate::desk::answer::{Finding, Found, Target};
use crate::desk::{Act, Reply, Request, Saved};
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::field::{CorrectedField, Part1Field};
use crate::domain::ids::{ChildId, ConcernId, ContactId, Seq};
use crate::domain::part2::{Ground, Section, SectionKind};
use crate::domain::text::Text;
use crate::tui::layer::{Effect, Effects, Surface as _};
use crate::tui::screens::Layer;

/// A form on the stack of a desk that has no draft for it.
pub(super) fn opened(kind: FormKind) -> Form {
    let mut form = Form::new(kind);
    form.refresh(&cx());
    form.reply(&cx(), Reply::Draft(None));
    form.reply(&cx(), Reply::Drafts(Vec::new()));
    form
}

pub(super) fn section(section: SectionKind) -> FormKind {
    FormKind::Section { concern: ConcernId(7), section }
}

pub(super) fn every_kind() -> Vec<FormKind> {
    let (concern, child, contact) = (ConcernId(7), ChildId(12), ContactId(3));
    let was: Text = "Monday".into();
    SectionKind::ALL
        .map(section)
        .into_iter()
        .chain([
            FormKind::Part1 { begun: None },
            FormKind::new_concern(cx().now),
            FormKind::Relink { concern, position: 0, to: LinkTo::Known(child), name: "Zoë Marsh".into() },
            FormKind::Restrict { concern, members: vec![restrict::member("Amina Khan")] },
            FormKind::Note { child },
            FormKind::Correct {
                concern,
                corrects: Seq(40),
                field: CorrectedField::Part1(Part1Field::When),
                was,
            },
            FormKind::CorrectNote { child, corrects: Seq(41), was: "Rang home".into() },
            FormKind::Child { child, details: Box::default() },
            FormKind::Flag { child },
            FormKind::Unflag { child, flagged: Seq(44), held: status::held() },
            FormKind::NewContact { of: None },
            FormKind::EditContact { contact, details: Box::default() },
            FormKind::RetireContact { contact, title: "First Response".into() },
        ])
        .collect()
}

/// The act that was asked for, if one was.
fn act(effects: &Effects) -> Option<&Act> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(Request::Act { act, draft: Some(_) }) => Some(act),
        _ => None,
    })
}

fn asks_a_question(effects: &Effects) -> bool {
    effects.iter().any(|effect| match effect {
        Effect::Open(layer) => matches!(layer.as_ref(), Layer::Confirm(_)),
        _ => false,
    })
}

fn found(query: &str) -> Reply {
    let target = Target::Contact(ContactId(6));
    let (name, detail) = ("First Response".into(), "0116 496 0005".into());
    let hits = vec![Found { target, name, detail, why: String::new(), score: 9 }];
    Reply::Found { query: query.to_owned(), finding: Finding { hits, ..Finding::default() } }
}

fn first_response() -> Reply {
    let details = ContactDetails {
        organisation: "Leicestershire County Council".into(),
        service: "First Response".into(),
        role: "duty social worker".into(),
        numbers: vec![Number {
            number: "0116 496 0005".into(),
            note: "day and night".into(),
            ..Number::default()
        }],
        ..ContactDetails::default()
    };
    Reply::Contact(Box::new(Contact { id: ContactId(6), details, retired: Text::default() }))
}

#[test]
fn advice_with_a_contact_takes_seven_keys_beside_its_words() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    write(&mut form, &cx, "fir");
    form.reply(&cx, found("fir"));
    press(&mut form, &cx, KeyCode::Enter);
    form.reply(&cx, first_response());
    write(&mut form, &cx, "Jo Bloggs");
    assert!(
        screen(&mut form, 80, 22).contains("Ring 0116 496 0005 (day and night)"),
        "the number stays in view"
    );
    press(&mut form, &cx, KeyCode::Enter);
    write(&mut form, &cx, "Refer today.");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::Section { section: Section::Advice(advice), .. }) = act(&effects) else {
        panic!("nothing was saved")
    };
    assert_eq!((&*advice.name, &*advice.advice), ("Jo Bloggs", "Refer today."));
    assert_eq!(&*advice.role, "First Response, duty social worker");
    assert_eq!(&*advice.organisation, "Leicestershire County Council");
    assert_eq!(advice.contact, Some(ContactId(6)));
}

#[test]
fn picking_overwrites_nothing_that_was_typed() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    for _ in 0..4 {
        press(&mut form, &cx, KeyCode::Tab);
    }
    write(&mut form, &cx, "LADO");
    for _ in 0..4 {
        press(&mut form, &cx, KeyCode::BackTab);
    }
    write(&mut form, &cx, "fir");
    form.reply(&cx, found("fir"));
    press(&mut form, &cx, KeyCode::Enter);
    form.reply(&cx, first_response());
    let shown = screen(&mut form, 80, 40);
    assert!(shown.contains("LADO") && shown.contains("Leicestershire County Council"), "{shown}");
}

#[test]
fn parents_are_neither_informed_nor_not_until_somebody_says_so() {
    let (mut form, cx) = (opened(section(SectionKind::Parents)), cx());
    assert!(act(&control(&mut form, &cx, 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Answer yes or no"));
    write(&mut form, &cx, "n");
    assert!(act(&control(&mut form, &cx, 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Choose the ground"));
    write(&mut form, &cx, " ");
    assert!(act(&control(&mut form, &cx, 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Give the reasons"));
    write(&mut form, &cx, "At risk if they knew.");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::Section { section: Section::Parents(parents), .. }) = act(&effects) else {
        panic!("the cursor was not where the reasons are missing")
    };
    assert!(!parents.informed && parents.at.is_none());
    assert_eq!((parents.ground, parents.parent_is_concern), (Some(Ground::Harm), None));
}

#[test]
fn when_the_parents_were_told_is_asked_only_if_they_were() {
    let (mut form, cx) = (opened(section(SectionKind::Parents)), cx());
    write(&mut form, &cx, "y");
    assert!(screen(&mut form, 80, 22).contains("When were they told?"));
    form.sheet.next();
    write(&mut form, &cx, "n");
    form.sheet.next();
    write(&mut form, &cx, "At risk if they knew.");
    form.sheet.next();
    write(&mut form, &cx, "no such time");
    for _ in 0..3 {
        form.sheet.previous();
    }
    write(&mut form, &cx, "n");
    form.sheet.next();
    write(&mut form, &cx, " ");
    assert!(!screen(&mut form, 80, 22).contains("When were they told?"));
    let effects = control(&mut form, &cx, 's');
    let Some(Act::Section { section: Section::Parents(parents), .. }) = act(&effects) else {
        panic!("a time is wanted that nobody asks for")
    };
    assert!(!parents.informed && parents.at.is_none());
}

#[test]
fn a_date_to_come_is_questioned_and_not_refused() {
    let (mut form, cx) = (opened(section(SectionKind::Received)), cx());
    form.pasted(&cx, " + ");
    for _ in 0..9 {
        press(&mut form, &cx, KeyCode::Backspace);
    }
    write(&mut form, &cx, "tomorrow 9am");
    assert!(screen(&mut form, 80, 22).contains("= Sat 21 Nov 2026 09:00"));
    press(&mut form, &cx, KeyCode::Enter);
    write(&mut form, &cx, "Mr Osei, tutor");
    let effects = control(&mut form, &cx, 's');
    assert!(asks_a_question(&effects) && act(&effects).is_none());
}

#[test]
fn signing_names_who_signs_and_asks_once_more() {
    let (mut form, cx) = (opened(section(SectionKind::Signed)), cx());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Amina Khan") && shown.contains("Designated Safeguarding Lead"));
    let effects = control(&mut form, &cx, 's');
    assert!(asks_a_question(&effects) && act(&effects).is_none());
}

#[test]
fn initials_do_not_sign() {
    let mut cx = cx();
    if let Some(desk) = cx.desk.as_mut() {
        desk.name = "A. K.".into();
    }
    let mut form = Form::new(section(SectionKind::Signed));
    form.refresh(&cx);
    form.reply(&cx, Reply::Draft(None));
    assert!(!asks_a_question(&control(&mut form, &cx, 's')));
    assert!(screen(&mut form, 80, 22).contains("not initials"));
}

#[test]
fn eight_children_are_in_one_report() {
    let (mut form, cx) = (opened(FormKind::new_concern(cx().now)), cx());
    form.sheet.next();
    form.sheet.next();
    for nth in 1..=8 {
        write(&mut form, &cx, &format!("Child {nth}"));
        for _ in 0..4 {
            press(&mut form, &cx, KeyCode::Tab);
        }
        press(&mut form, &cx, KeyCode::Enter);
    }
    for (missing, answer) in [("! Answer yes, no or not said", "s"), ("! Answer yes, no or not said", "y")] {
        control(&mut form, &cx, 's');
        assert!(screen(&mut form, 80, 22).contains(missing), "nothing is assumed");
        write(&mut form, &cx, answer);
    }
    control(&mut form, &cx, 's');
    assert!(screen(&mut form, 80, 22).contains("! Say at least who, what, where or when."));
    write(&mut form, &cx, "They were out at midnight.");
    control(&mut form, &cx, 's');
    write(&mut form, &cx, "Mr Osei");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::TypeIn(part1)) = act(&effects) else { panic!("{}", screen(&mut form, 80, 22)) };
    let names: Vec<&str> = part1.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!((names.len(), names.first(), names.last()), (8, Some(&"Child 1"), Some(&"Child 8")));
    assert_eq!(part1.immediate_danger, None, "what was not said stays so");
}

#[test]
fn a_failure_keeps_the_text_and_says_why() {
    let (mut form, cx) = (opened(section(SectionKind::FurtherInformation)), cx());
    write(&mut form, &cx, "In the pupil file.");
    assert!(act(&control(&mut form, &cx, 's')).is_some());
    form.reply(&cx, Reply::DraftKept);
    form.reply(&cx, Reply::Failed("The disk is full. Make room and save again.".to_owned()));
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("The disk is full.") && shown.contains("In the pupil file."), "{shown}");
    assert!(act(&control(&mut form, &cx, 's')).is_some(), "and it can be saved again");
}

#[test]
fn what_was_recorded_is_said() {
    let mut form = opened(FormKind::new_concern(cx().now));
    let saved = Saved { concern: Some(ConcernId(43)), ..Saved::default() };
    let effects = form.reply(&cx(), Reply::Saved(saved));
    let [Effect::Close, Effect::Say(said)] = effects.as_slice() else { panic!("the form stays open") };
    assert_eq!(said, "Recorded at 14:10: concern 43.");
}

#[test]
fn whoever_types_in_what_is_kept_for_others_is_told_for_whom() {
    let mut form = opened(FormKind::new_concern(cx().now));
    let kept_for = vec!["Grace Osei".into(), "Kit Moss".into()];
    let saved = Saved { concern: Some(ConcernId(43)), kept_for, ..Saved::default() };
    let effects = form.reply(&cx(), Reply::Saved(saved));
    let [Effect::Close, Effect::Say(said)] = effects.as_slice() else { panic!("the form stays open") };
    assert_eq!(said, "Recorded at 14:10: concern 43. It is about staff and kept for Grace Osei, Kit Moss.");
}
