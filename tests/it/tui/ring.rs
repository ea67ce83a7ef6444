//! Whom to ring, from wherever she is: the call, nobody answering, and calls that belong to nothing yet.

use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::entry::{Entry, Subject};
use dsl_desk::domain::ids::{ChildId, ConcernId, ContactId};
use dsl_desk::domain::part2::Section;

use super::user::User;
use crate::support::{ALL, Place, World};

/// A desk with one concern about Zoe Marsh, of whom it is not known where she lives.
fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

fn at(place: &Place, keys: &[&str]) -> User {
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks().press(keys);
    user
}

/// The entries of the concern that came after Part 1, without the links.
fn lines(place: &Place) -> Vec<Entry> {
    let concern = place.open().unwrap().concern(ConcernId(1)).unwrap();
    let lines = concern.lines.into_iter().map(|line| line.entry);
    lines.filter(|entry| matches!(entry, Entry::Part2 { .. } | Entry::CallTried { .. })).collect()
}

#[track_caller]
fn is_content(place: &Place) {
    assert_eq!(place.open().unwrap().verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_call_is_written_down_while_the_number_stays_in_view() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r"]);
    amina
        .sees("Where does the child")
        .press(&["3"])
        .sees("a Rutland")
        .sees("01572 758 407")
        .press(&["Enter"]);
    amina.sees("Call begun 14:10, 0 min, on 01572 758 407.").sees("Ring 01572 758 407: Children's duty team");
    amina.types("Ruth Bell").press(&["Tab"]).types("Send the form today.").waits(120);
    amina.sees("Call begun 14:10, 2 min").sees("01572 758 407").press(&["Ctrl-S"]);
    amina.sees("Concern 1: Zoe Marsh");
    drop(amina);
    let [Entry::Part2 { section: Section::Advice(advice), .. }] = &lines(&place)[..] else {
        panic!("no advice")
    };
    assert_eq!((advice.name.as_str(), advice.advice.as_str()), ("Ruth Bell", "Send the form today."));
    assert_eq!(advice.organisation.as_str(), "Rutland County Council");
    assert!(advice.contact.is_some() && advice.role.contains("duty social worker"));
    is_content(&place);
}

#[test]
fn nobody_answers_and_the_next_comes_up() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r", "3", "n"]);
    amina.sees("Recorded: No answer from").sees("no answer").sees("0808 800 5000");
    // From the form of a call, too, and the ring screen goes on.
    amina.press(&["Enter"]).sees("Call begun").press(&["Ctrl-N"]).sees("Whom to ring").sees(">  3 999");
    amina
        .press(&["Esc", "Right"])
        .sees("No answer from Children's duty team, Rutland County Council on 01572 758");
    drop(amina);
    let tried: Vec<Entry> = lines(&place);
    assert_eq!(tried.len(), 2);
    for entry in &tried {
        let Entry::CallTried { subject, call } = entry else { panic!("advice") };
        assert_eq!(*subject, Some(Subject::Concern(ConcernId(1))));
        assert!(call.contact.is_some());
    }
    let mut desk = place.open().unwrap();
    let rows = desk.chronology(ChildId(1), Kinds::Everything, "", ALL).unwrap().rows;
    assert!(rows.iter().any(|row| row.text.contains("No answer from Helpline, NSPCC")));
    assert!(desk.drafts().unwrap().is_empty());
    drop(desk);
    is_content(&place);
}

#[test]
fn what_was_said_is_not_thrown_away_as_no_answer() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r", "1", "Enter", "Tab"]);
    amina
        .types("They say wait.")
        .press(&["Ctrl-N"])
        .sees("You have written what they said.")
        .sees("They say wait.");
    drop(amina);
    assert!(lines(&place).is_empty());
}

#[test]
fn esc_keeps_the_call_and_it_comes_back() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r", "1", "Enter", "Tab"]);
    amina.types("They say wait.").press(&["Esc"]).sees("Kept as a draft").sees("Whom to ring");
    amina.press(&["Esc", "D"]).sees("call, Children's Social Care").press(&["Enter"]);
    amina.sees("They say wait.").sees("Ring 0116 454 1004").press(&["Ctrl-S"]);
    drop(amina);
    let [Entry::Part2 { section: Section::Advice(advice), .. }] = &lines(&place)[..] else {
        panic!("no advice")
    };
    assert_eq!(advice.advice.as_str(), "They say wait.");
}

#[test]
fn the_ring_screen_opens_over_a_form_and_leaves_it_as_it_was() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "t"]);
    amina
        .types("Spoke to her tutor")
        .press(&["Ctrl-R"])
        .sees("Whom to ring: Zoe Marsh")
        .press(&["1", "n", "Esc"]);
    amina.sees("Spoke to her tutor").sees("Action taken");
    drop(amina);
    assert!(matches!(lines(&place)[..], [Entry::CallTried { .. }]));
}

#[test]
fn a_report_that_is_being_typed_says_where_and_about_whom() {
    let place = place();
    let mut amina = at(&place, &["n"]);
    // In danger: yes.
    amina.press(&["y", "Ctrl-R"]).sees("danger now").sees("Police, ambulance or fire").press(&["Esc"]);
    amina.sees("New concern");
}

#[test]
fn danger_is_999_whatever_is_open() {
    let place = place();
    for keys in [&[][..], &["Enter", "Esc"], &["2"], &["3"], &["3", "Enter"], &["Enter", "Esc", "h"], &["D"]]
    {
        let mut amina = at(&place, keys);
        amina.press(&["r", "d"]).sees(">  1 999").sees("┏━┓ ┏━┓ ┏━┓").press(&["Enter"]);
        amina.sees("Ring 999: Police, ambulance or fire");
    }
}

#[test]
fn a_call_about_nothing_yet_finds_its_place_later() {
    let place = place();
    let mut amina = at(&place, &["3", "/"]);
    amina.types("duty team").press(&["Enter", "t"]).sees("Call: First Response").press(&["Tab"]);
    amina.types("Somebody rang about a girl.").press(&["Ctrl-S"]).sees("Contacts").sees("no place yet");
    // Of a contact that is rung in vain, the same.
    amina.press(&["t", "Ctrl-N"]).sees("Recorded: No answer from");
    amina
        .waits(1)
        .press(&["1"])
        .sees("2 calls have no place yet: r on its concern places it")
        .press(&["Enter", "Esc", "r", "0", "u"])
        .sees("Which call is about concern 1, Zoe Marsh?")
        .sees("Somebody rang about");
    amina
        .press(&["Down", "Enter"])
        .sees("The call is placed: concern 1, Zoe Marsh.")
        .press(&["Esc", "Right"])
        .sees("Somebody rang about a girl.");
    drop(amina);
    assert!(matches!(lines(&place)[..], [Entry::Part2 { .. }]));
    assert_eq!(place.open().unwrap().loose_calls().unwrap().len(), 1);
    is_content(&place);
}

#[test]
fn a_child_s_own_social_worker_is_rung_first_and_a_call_is_a_row_of_the_chronology() {
    let place = place();
    let mut amina = at(&place, &["2", "Enter", "o", "Enter"]);
    amina
        .sees("a child's own social worker")
        .types("Elm Council")
        .press(&["Tab", "Tab"])
        .types("social worker");
    amina.press(&["Tab", "Tab", "Tab"]).types("01632 960 123; ; Mon-Fri 09:00-17:00").press(&["Ctrl-S"]);
    amina.press(&["r", "1"]).sees("01632 960 123").sees("open until 17:00").press(&["Enter", "Tab"]);
    amina.types("She visits tomorrow.").press(&["Ctrl-S"]).sees("She visits tomorrow.");
    drop(amina);
    is_content(&place);
}

#[test]
fn hours_that_cannot_be_read_are_sent_back_with_how_to_write_them() {
    let place = place();
    let mut amina = at(&place, &["3", "+"]);
    amina
        .types("Elm Council")
        .press(&["Tab", "Tab", "Tab", "Tab", "Tab"])
        .types("01632 960 123; ; nine to five");
    amina.press(&["Ctrl-S"]).sees("these hours cannot be read").sees("nine to five");
    drop(amina);
}

#[test]
fn a_number_is_checked_and_a_dispute_is_settled() {
    let place = place();
    let mut amina = at(&place, &["3", "Tab"]);
    amina.sees("Contacts: stale or disputed").sees("1 of 15").press(&["v"]).sees("you have rung it");
    amina.press(&["s"]).types("Rang them at night: they answer.").press(&["Ctrl-S"]).sees("1 of 14");
    drop(amina);
    let desk = place.open().unwrap();
    let book = (1..).map(ContactId).map_while(|id| desk.contact(id).ok());
    let city = book.into_iter().find(|contact| contact.details.key.as_str() == "leicester-adults").unwrap();
    let checked = city.details.numbers[0].checked.clone().unwrap();
    assert_eq!((checked.on.to_string().as_str(), checked.by.as_str()), ("2026-11-20", "Amina Khan"));
    assert_eq!(city.details.conflicts[0].settled.as_str(), "Rang them at night: they answer.");
    drop(desk);
    is_content(&place);
}

/// The ring screen once more over the form of a call, and what becomes of the call after that.
#[test]
fn a_call_ends_where_it_began_whatever_was_opened_over_it() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r", "1", "Enter", "Ctrl-R"]);
    amina
        .sees("Whom to ring")
        .press(&["Esc", "Ctrl-N"])
        .sees("Recorded: No answer from Children's Social Care");
    amina.press(&["Enter", "Tab"]).types("They say wait.").press(&["Ctrl-R", "Esc", "Ctrl-S"]);
    amina.sees("Concern 1: Zoe Marsh").sees("Recorded");
    drop(amina);
    assert!(matches!(lines(&place)[..], [Entry::CallTried { .. }, Entry::Part2 { .. }]));
    is_content(&place);
}

#[test]
fn a_call_that_was_only_looked_at_leaves_nothing_behind() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r", "1", "Enter", "Esc"]);
    amina.does_not_see("Kept as a draft").press(&["Enter"]).types("Ruth").press(&["Ctrl-N"]);
    amina
        .sees("You have written what they said.")
        .press(&["Esc"])
        .sees("Kept as a draft")
        .press(&["Enter"])
        .sees("Ruth");
    drop(amina);
    assert_eq!(place.open().unwrap().drafts().unwrap().len(), 1, "one draft for one number");
    assert!(lines(&place).is_empty());
}

#[test]
fn a_child_in_the_list_is_whom_the_call_is_about() {
    let place = place();
    at(&place, &["2", "r"]).sees("Whom to ring: Zoe Marsh");
}

#[test]
fn nobody_answered_is_not_recorded_over_what_somebody_said() {
    let place = place();
    let mut amina = at(&place, &["Enter", "Esc", "r", "1", "Enter", "Tab"]);
    amina.types("They say wait.").press(&["Esc", "n"]).sees("You were writing what they said.");
    drop(amina);
    assert!(lines(&place).is_empty());
}

#[test]
fn a_call_that_was_placed_here_is_known_on_the_screen() {
    let place = place();
    let mut amina = at(&place, &["3", "/"]);
    amina
        .types("duty and advice")
        .press(&["Enter", "t", "Ctrl-N", "1", "Enter", "Esc", "r", "1", "u", "Enter"]);
    amina.sees("The call is placed").sees("no answer 14:10").press(&["n"]).sees("Recorded already");
    drop(amina);
    assert!(matches!(lines(&place)[..], [Entry::CallTried { .. }]));
}
