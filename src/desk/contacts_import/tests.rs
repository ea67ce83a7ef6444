//! What a card is to the book. Everybody is invented.

use super::{Judgement, Plan, compared};
use crate::cabinet::table::contact::Contact;
use crate::domain::contact::{Checked, ContactDetails, Number};
use crate::domain::ids::{ContactId, Seq};
use crate::intake::contacts::{Card, Cards};

/// Organisation, service, role, name, and a number with its note.
fn details(words: [&str; 4], number: &str, note: &str) -> ContactDetails {
    let [organisation, service, role, name] = words.map(Into::into);
    let mut telephone = Number { number: number.into(), ..Number::default() };
    telephone.note = note.into();
    let numbers = vec![telephone];
    ContactDetails { organisation, service, role, name, numbers, ..ContactDetails::default() }
}

fn book(of: &[ContactDetails]) -> Vec<Contact> {
    let contact = |(id, details): (i64, &ContactDetails)| Contact {
        id: ContactId(id),
        details: details.clone(),
        retired: "".into(),
    };
    (1..).zip(of).map(contact).collect()
}

fn plan(contacts: Vec<Contact>, cards: &[ContactDetails]) -> Plan {
    let card = |(place, details): (u32, &ContactDetails)| Card {
        place,
        result: Ok(details.clone()),
        lost: Vec::new(),
    };
    let cards = Cards { cards: (1..).zip(cards).map(card).collect(), lost: Vec::new() };
    compared("a.vcf".into(), cards, contacts, Seq(0))
}

/// What the only card is to a book of these, and the fields that differ.
fn beside(known: &[ContactDetails], card: &ContactDetails) -> (Judgement, Vec<&'static str>) {
    let plan = plan(book(known), std::slice::from_ref(card));
    (plan.cards[0].judgement, plan.cards[0].differences.iter().map(|one| one.field).collect())
}

fn first_response() -> ContactDetails {
    details(["County Council", "First Response", "duty worker", ""], "0116 305 0005", "day and night")
}

fn checked(mut details: ContactDetails) -> ContactDetails {
    for number in &mut details.numbers {
        number.checked = Some(Checked { on: "2026-11-20".parse().unwrap(), by: "Amina Khan".into() });
    }
    details
}

fn priya() -> ContactDetails {
    details(["Weirgate School", "", "Head", "Priya Shah"], "07700 900130", "")
}

#[test]
fn the_same_however_the_number_is_written() {
    let card = details(["COUNTY COUNCIL", "First Response", "duty worker", ""], "+44 (0)116 3050005", "");
    let (judgement, fields) = beside(&[first_response(), priya()], &card);
    assert_eq!((judgement, fields), (Judgement::Different, vec!["organisation"]));
    let card = details(["County Council", "First Response", "", ""], "01163050005", "work");
    assert_eq!(beside(&[first_response(), priya()], &card).0, Judgement::Same);
}

#[test]
fn a_shared_number_is_not_enough() {
    let night = details(["County Council", "Emergency duty team", "", ""], "0116 305 0005", "");
    assert_eq!(beside(&[first_response()], &night).0, Judgement::New);
    let other_head = details(["Weirgate School", "", "Head", "Sam Moss"], "07700 900130", "");
    assert_eq!(beside(&[priya()], &other_head).0, Judgement::New);
    let other_desk = details(["", "", "", "Priya Shah"], "01632 960130", "");
    assert_eq!(beside(&[priya()], &other_desk).0, Judgement::New);
}

#[test]
fn a_number_and_a_name_are_enough() {
    let telephone = details(["", "", "", "P Shah"], "+447700900130", "mobile");
    let (judgement, fields) = beside(&[first_response(), priya()], &telephone);
    assert_eq!((judgement, fields), (Judgement::Different, vec!["note of a number"]), "a fuller name stays");
    let fuller = details(["", "", "", "Priya Anand Shah"], "07700 900130", "");
    assert_eq!(beside(&[priya()], &fuller), (Judgement::Different, vec!["name"]));
    let sister = details(["", "", "", "Priyam Shah"], "07700 900130", "");
    assert_eq!(beside(&[priya()], &sister).0, Judgement::New);
    let as_a_person = details(["", "", "", "First Response"], "01163050005", "");
    assert_eq!(beside(&[first_response()], &as_a_person).0, Judgement::Same);
}

#[test]
fn what_the_card_does_not_have_stays() {
    let mut card = details(["Weirgate School", "", "", "Priya Shah"], "01632 960131 (office)", "");
    card.emails = vec!["head@weirgate.example".into()];
    let known = ContactDetails { purpose: "Ask first.".into(), ..checked(priya()) };
    let plan = plan(book(&[known]), &[card]);
    let after = &plan.book.known()[0].after;
    assert_eq!((after.role.as_str(), after.purpose.as_str(), after.numbers.len()), ("Head", "Ask first.", 2));
    assert_eq!(after.numbers[0].number.as_str(), "07700 900130");
    assert!(after.numbers[0].checked.is_some());
    assert!(after.numbers[1].checked.is_none(), "nobody has rung the new number");
    let fields: Vec<_> = plan.cards[0].differences.iter().map(|one| one.field).collect();
    assert_eq!(fields, ["e-mail", "number"]);
}

#[test]
fn a_note_of_the_book_is_worth_more_than_a_kind_of_number() {
    let card = details(["County Council", "First Response", "duty worker", ""], "0116 305 0005", "work");
    assert_eq!(beside(&[first_response()], &card), (Judgement::Same, vec![]));
    let card =
        details(["County Council", "First Response", "duty worker", ""], "0116 305 0005", "office hours");
    assert_eq!(beside(&[first_response()], &card), (Judgement::Different, vec!["note of a number"]));
}

#[test]
fn a_retired_contact_is_left_alone() {
    let mut contacts = book(&[priya()]);
    contacts[0].retired = "Has left".into();
    let plan = plan(contacts, &[details(["Weirgate School", "", "Head", "Priya Shah"], "01632 960132", "")]);
    assert_eq!(plan.cards[0].judgement, Judgement::Rejected);
    assert!(plan.cards[0].reason.as_ref().unwrap().starts_with("The contact is retired"));
    assert!(plan.changes_nothing());
}

#[test]
fn where_nobody_can_tell_nothing_is_guessed() {
    let head = details(["Weirgate School", "", "SENCO", "Priya Shah"], "01632 960133", "");
    let card = details(["Weirgate School", "", "Deputy", "Priya Shah"], "01632 960134", "");
    assert_eq!(beside(&[priya(), head], &card).0, Judgement::Rejected);
    assert_eq!(
        beside(&[priya(), priya()], &priya()).0,
        Judgement::Same,
        "which of two like ones makes no difference"
    );
}

#[test]
fn cards_that_are_of_one_contact_become_one() {
    let mobile = details(["Weirgate School", "", "", "Sam Moss"], "07700 900135", "");
    let office = details(["Weirgate School", "", "Caretaker", "Sam Moss"], "01632 960135", "");
    let plan = plan(Vec::new(), &[mobile.clone(), office, mobile]);
    let judgements: Vec<_> = plan.cards.iter().map(|card| (card.judgement, card.like_card)).collect();
    assert_eq!(
        judgements,
        [(Judgement::New, None), (Judgement::Different, Some(1)), (Judgement::Same, Some(1))]
    );
    assert_eq!((plan.counts(), plan.book.known()[0].after.numbers.len()), ((1, 0), 2));
}

#[test]
fn a_person_at_a_shared_number_keeps_their_name() {
    let firm = details(["Shah", "", "", ""], "01632 960136", "");
    let person = details(["", "", "", "Priya Shah"], "01632 960136", "");
    assert_eq!(beside(&[firm], &person), (Judgement::Different, vec!["name"]));
}
