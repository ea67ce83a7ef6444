//! Everything is found by a few letters, as people mishear and mistype it.

use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::Act;
use dsl_desk::desk::answer::{Found, Scope, Target};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::concern::About;
use dsl_desk::domain::contact::ContactDetails;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::part2::{FurtherInformation, Section};

use crate::support::{ALL, World, moment, now, part1, today};

fn school() -> World {
    let mut world = World::new();
    for name in ["Zoë Marsh", "Łukasz Nowak", "Aoife O'Brien", "ક્ષમા પટેલ"] {
        world.concern(name, Some("2014-03-02"));
    }
    world
}

impl World {
    fn find(&mut self, query: &str, scope: Scope) -> Vec<Found> {
        self.desk.find(query, scope, 20).unwrap()
    }

    fn note(&mut self, text: &str) {
        let (note, happened_at) = (NoteKind::Event, moment("2026-11-01"));
        self.act(&Act::Note { child: ChildId(1), note, happened_at, text: text.into() });
    }
}

#[test]
fn names_are_found_without_their_marks() {
    let mut world = school();
    for (typed, child) in [("zoe", 1), ("lukasz", 2), ("obrien", 3), ("o brien aoife", 3), ("પટેલ", 4)]
    {
        let first = world.find(typed, Scope::Everything).into_iter().next().expect(typed);
        assert_eq!(first.target, Target::Child(ChildId(child)), "{typed}");
        let narrowed = world.desk.children(typed, ALL, today()).unwrap();
        assert_eq!(narrowed.rows[0].found.target, Target::Child(ChildId(child)), "{typed} in the list");
    }
}

#[test]
fn whom_a_letter_merely_does_not_exclude_is_not_listed_among_those_who_have_it() {
    let mut world = school();
    let named = |hits: Vec<Found>| hits.into_iter().map(|hit| hit.name.to_string()).collect::<Vec<_>>();
    assert_eq!(named(world.find("z", Scope::Children)), ["Zoë Marsh"]);
    let by_name_and_letter = named(world.find("zoe x", Scope::Children));
    assert_eq!(by_name_and_letter, ["Zoë Marsh"], "the name speaks for her");
    assert!(!world.find("x", Scope::Children).is_empty(), "where nobody has it, nobody is excluded");
}

#[test]
fn what_was_recorded_after_the_first_look_is_found() {
    let mut world = school();
    assert!(world.find("hassan", Scope::Children).is_empty());
    world.concern("Hassan Ali", None);
    assert_eq!(world.find("hassan", Scope::Children).len(), 1);
}

#[test]
fn words_of_running_text_are_found_in_any_script() {
    let mut world = school();
    world.note("Her grandmother's café in Peñarth; e-mail; 10.30; “સારું લાગે છે” 👩‍👧 नमस्ते שָׁלוֹם");
    for typed in [
        "grandmothers",
        "cafe",
        "penarth",
        "email",
        "સારું",
        "નમસ્તે".replace('ન', "न").as_str(),
        "नमस्ते",
        "שלום",
        "\"",
        "*",
        "a\"b",
        "NOT",
        "👩‍👧",
    ] {
        world.find(typed, Scope::Chronology);
    }
    for typed in ["grandmothers", "cafe", "penarth", "email", "સારું", "नमस्ते", "שלום"]
    {
        let found = world.find(typed, Scope::Chronology);
        assert!(found.iter().any(|hit| matches!(hit.target, Target::Entry { .. })), "{typed}");
    }
}

#[test]
fn a_first_name_as_it_was_heard_on_the_telephone() {
    let mut world = World::new();
    for name in ["Ciarán O'Brien", "Kieran Shah", "Kit Marsh", "Philippa Quayle"] {
        world.concern(name, None);
    }
    let narrowed = |world: &mut World, typed: &str| -> Vec<String> {
        let found = world.desk.children(typed, ALL, today()).unwrap();
        found.rows.iter().map(|hit| hit.found.name.to_string()).collect()
    };
    assert_eq!(narrowed(&mut world, "keeran"), ["Kieran Shah", "Ciarán O'Brien"]);
    assert_eq!(
        narrowed(&mut world, "kieran"),
        ["Kieran Shah", "Ciarán O'Brien"],
        "what is exact comes first"
    );
    assert_eq!(narrowed(&mut world, "kieran obrien"), ["Ciarán O'Brien"]);
    // A letter off is near, as it was: `ki` begins Kieran. What a further letter may yet come to stands behind it.
    assert_eq!(narrowed(&mut world, "kit").first().map(String::as_str), Some("Kit Marsh"));
    let found = world.find("kieran", Scope::Children);
    let named: Vec<String> = found.iter().map(|hit| hit.name.to_string()).collect();
    assert_eq!(named, ["Kieran Shah", "Ciarán O'Brien"]);
    assert_eq!(found[1].why, "variant of this");
    assert_eq!(
        world.find("filipa kail", Scope::Children).first().map(|hit| hit.why.as_str()),
        Some("sounds like this")
    );
}

#[test]
fn initials_that_are_joined_by_an_and_are_one_word() {
    let mut world = school();
    for text in ["An early call about an accident", "Attended A&E with cut hand", "A & B, and E alone"] {
        world.note(text);
    }
    for typed in ["A&E", "a & e"] {
        let narrowed = world.desk.chronology(ChildId(1), Kinds::Everything, typed, ALL).unwrap();
        let texts: Vec<String> = narrowed.rows.iter().map(|row| row.text.to_string()).collect();
        assert_eq!(texts, ["Attended A&E with cut hand"], "{typed}");
        let found = world.find(typed, Scope::Everything);
        assert!(found.iter().all(|hit| hit.detail.contains("A&E")), "{typed}: {found:?}");
        assert!(found.iter().any(|hit| matches!(hit.target, Target::Entry { .. })), "{typed}");
    }
}

#[test]
fn every_list_narrows() {
    let mut world = school();
    world.note("Sang in assembly");
    let waiting = world.desk.inbox(Pile::Waiting, "nowak", ALL, now()).unwrap();
    assert_eq!((waiting.total, waiting.rows[0].concern), (1, ConcernId(2)));
    assert_eq!(world.desk.inbox(Pile::Closed, "nowak", ALL, now()).unwrap().total, 0);
    let sung = world.desk.chronology(ChildId(1), Kinds::Everything, "assembly", ALL).unwrap();
    assert_eq!(sung.total, 1);
    let book = world.desk.contacts("nspcc", ALL).unwrap();
    assert!(book.total >= 1 && book.total < world.desk.contacts("", ALL).unwrap().total);
}

#[test]
fn a_concern_is_found_by_its_number_and_only_by_that() {
    let mut world = school();
    for typed in ["2", "#2", "concern 2", "Concern #2"] {
        assert_eq!(world.find(typed, Scope::Everything)[0].target, Target::Concern(ConcernId(2)), "{typed}");
    }
    for typed in ["year 2", "99", "concern 99", "zoe 2"] {
        let found = world.find(typed, Scope::Everything);
        assert!(!found.iter().any(|hit| hit.score == i64::MAX), "{typed}");
    }
}

#[test]
fn a_concern_that_stands_in_no_chronology_is_found_once_as_itself() {
    let mut world = World::new();
    let mut report = part1("", None);
    report.children.clear();
    report.about = About::Adult;
    report.account.who = "Mr Vale".into();
    report.account.what = "Unkind words in the minibus".into();
    let concern = world.act(&Act::TypeIn(Box::new(report))).concern.unwrap();
    let section = Section::FurtherInformation(FurtherInformation { text: "Minibus log".into() });
    world.act(&Act::Section { concern, section });
    let found = world.find("minibus", Scope::Everything);
    assert_eq!(found.iter().map(|hit| hit.target).collect::<Vec<_>>(), [Target::Concern(concern)]);
    assert_eq!(world.find("vale", Scope::Everything)[0].target, Target::Concern(concern));
}

#[test]
fn a_contact_of_one_s_own_is_offered_by_name_and_organisation() {
    let mut world = World::new();
    for (name, organisation) in [("Femi Oduya", "Elm Surgery"), ("Ruth Bell", "Mill Lane")] {
        let details = ContactDetails {
            service: "GP practice".into(),
            name: name.into(),
            organisation: organisation.into(),
            ..ContactDetails::default()
        };
        world.act(&Act::AddContact(Box::new(details)));
    }
    for typed in ["gp practice", "oduya"] {
        let found = world.find(typed, Scope::Contacts);
        let femi = found.iter().find(|hit| hit.name.as_str() == "GP practice, Femi Oduya");
        assert!(femi.is_some_and(|hit| hit.detail.contains("Elm Surgery")), "{typed}: {found:?}");
    }
}

#[test]
fn a_retired_contact_is_not_offered_and_stays_in_the_book() {
    let mut world = World::new();
    let Target::Contact(contact) = world.find("nspcc", Scope::Contacts)[0].target else { panic!() };
    let all = world.desk.contacts("", ALL).unwrap().total;
    world.act(&Act::RetireContact { contact, reason: "No longer answers".into() });
    assert!(!world.find("nspcc", Scope::Contacts).iter().any(|hit| hit.target == Target::Contact(contact)));
    let book = world.desk.contacts("", ALL).unwrap();
    assert_eq!(book.total, all);
    assert_eq!(book.rows.last().unwrap().id, contact);
}

#[test]
fn a_contact_without_a_number_says_so_where_the_number_would_be() {
    let mut world = World::new();
    let mut first = |typed| world.find(typed, Scope::Contacts).into_iter().next().unwrap();
    let dbs = first("barring referrals");
    assert_eq!(dbs.detail.as_str(), "no number in the book, Disclosure and Barring Service");
    assert!(dbs.is_without_number());
    let duty = first("first response");
    assert!(duty.detail.starts_with("0116 305 0005, ") && !duty.is_without_number(), "{}", duty.detail);
}

#[test]
fn a_date_of_birth_narrows_however_it_is_written() {
    let mut world = World::new();
    for (name, born) in [
        ("Nusrat Begum", "2012-07-22"),
        ("Mohammed Hussain", "2012-02-01"),
        ("Krishna Mistry", "2012-12-12"),
        ("Ava Reed", "2012-01-21"),
    ] {
        world.concern(name, Some(born));
    }
    for typed in ["1/2/2012", "01/02/2012", "1.2.2012", "1-2-2012", "1st feb 2012", "hussain 1/2/12"] {
        let found = world.find(typed, Scope::Children);
        assert_eq!(found[0].name.as_str(), "Mohammed Hussain", "{typed}");
    }
}

#[test]
fn what_begins_so_needs_no_other_reason() {
    let mut world = World::new();
    for name in ["Mohammed Ali", "Zoë Marsh", "Dev Solanki", "William Bell"] {
        world.concern(name, None);
    }
    let mut whys = |typed: &str| -> Vec<(String, String)> {
        let found = world.find(typed, Scope::Children).into_iter();
        found.map(|hit| (hit.name.to_string(), hit.why)).collect()
    };
    assert_eq!(whys("moh"), [("Mohammed Ali".to_owned(), String::new())]);
    assert_eq!(whys("zoe"), [("Zoë Marsh".to_owned(), String::new())], "an S alone sounds like nobody");
    assert_eq!(whys("bill bell"), [("William Bell".to_owned(), "short for this".to_owned())]);
}
