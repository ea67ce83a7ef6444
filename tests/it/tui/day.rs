//! A day at the desk, from the first run to the signature, and what is there on the next morning. It happens twice:
//! in process, and through the real program in a pseudo-terminal.

use std::fs;

use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::Desk;
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::part2::Section;
use dsl_desk::domain::triage::State;
use serde_json::json;

use super::pty::Terminal;
use super::user::{User, friday};
use crate::support::{ALL, PASSPHRASE, Place};

/// What somebody at the desk does, whatever the desk runs in.
pub(super) trait Hands {
    /// Presses keys as the README writes them: `Ctrl-S`, `Tab`, `a`.
    fn press(&mut self, keys: &[&str]) -> &mut Self;

    /// Types text letter by letter.
    fn types(&mut self, text: &str) -> &mut Self;

    /// Looks until something is on the screen.
    fn sees(&mut self, text: &str) -> &mut Self;

    /// Looks until something is no longer on the screen.
    fn does_not_see(&mut self, text: &str) -> &mut Self;

    /// Two seconds pass: as long as an arrival may take.
    fn waits(&mut self) -> &mut Self;

    /// Looks until the title bar says so, and nothing after it: no form lies over that screen.
    fn is_at(&mut self, title: &str) -> &mut Self;
}

#[test]
fn a_day_with_keys() {
    let place = Place::empty();
    let mut amina = User::at(place.folder.root(), 120, 40);
    sets_up(&mut amina);
    a_day(&mut amina, &place);
    amina.press(&["q"]);
    assert!(amina.has_left());
    drop(amina);
    the_next_morning(&mut User::at(place.folder.root(), 120, 40));
    the_record_has_it(place.open().unwrap());
}

#[test]
fn a_day_in_a_terminal() {
    let place = Place::empty();
    let (mut amina, _) = Terminal::open(place.folder.root());
    sets_up(&mut amina);
    a_day(&mut amina, &place);
    amina.press(&["q"]).ends();
    the_next_morning(&mut Terminal::open(place.folder.root()).0);
    the_record_has_it(place.open().unwrap());
}

/// The first run asks its questions, shows the recovery key and hands the keyboard over, both of which can wait, and
/// ends with the inbox.
fn sets_up(amina: &mut impl Hands) {
    amina.sees("Organisation").types("Abbey Fields School").press(&["Enter"]);
    amina.types("Amina Khan").press(&["Enter"]);
    // The role is suggested.
    amina.press(&["Enter"]);
    amina.types("Fiona Grant").press(&["Enter", "Enter"]);
    amina.types(PASSPHRASE).press(&["Enter"]).types(PASSPHRASE).press(&["Enter"]);
    amina.is_at("Recovery key").sees("press Enter: two of them").press(&["Esc"]);
    puts_the_passphrase_off(amina);
}

/// Whoever receives a concern about the lead is not here yet.
fn puts_the_passphrase_off(amina: &mut impl Hands) {
    amina.is_at("Their passphrase").sees("Hand the keyboard to Fiona Grant.").press(&["Esc"]).is_at("Inbox");
}

fn a_day(amina: &mut impl Hands, place: &Place) {
    two_reports_arrive(place);
    amina.waits().sees("Zoe Okonkwo").sees("Leo Marsh");
    // The inbox narrows to the one that is meant.
    amina.press(&["/"]).types("okonkwo").press(&["Enter"]).does_not_see("Leo Marsh");
    let zoe = format!("Concern {}", number_of(place, "Zoe Okonkwo"));
    // Whether she is in danger is asked first, with what was reported.
    amina.press(&["Enter"]).is_at(&format!("{zoe}: in danger now?")).sees("Asked for bread at break");
    amina.press(&["n"]).sees("In danger: no");
    amina.is_at(&zoe);
    advice_is_sought(amina, &zoe);
    the_rest_of_part_2(amina, &zoe);
    it_is_signed(amina, &zoe);
    // The chronology has its rows.
    amina.press(&["h"]).is_at("Zoe Okonkwo");
    amina.sees("Hungry for the third week").sees("Jo Bloggs").sees("Breakfast club").sees("help agreed");
}

fn two_reports_arrive(place: &Place) {
    let concern = json!({
        "format": "dsl-desk.concern/1",
        "about": "child",
        "children": [{ "name": "Zoe Okonkwo", "date_of_birth": "2013-04-02", "form": "8B" }],
        "area": "leicester",
        "immediate_danger": false,
        "told_dsl_in_person": true,
        "incident_at": "2026-11-20T09:10",
        "written_at": "2026-11-20T10:00",
        "reporter": { "name": "Kathleen O'Brien", "job_title": "Form tutor" },
        "reasons": "Hungry for the third week",
        "account": { "what": "Asked for bread at break", "child_words": "There's none left at ours" },
    });
    let form = "Pupil's name,Date of birth,Reported by,Job title,Reason for recording the incident,What?\n\
                Leo Marsh,2014-02-03,Grace Osei,Midday supervisor,Left alone at the gate,Nobody came until five\n";
    fs::write(place.folder.incoming().join("report.json"), concern.to_string()).unwrap();
    fs::write(place.folder.incoming().join("forms.csv"), form).unwrap();
}

/// Which of the two came first is the disk's to say.
fn number_of(place: &Place, child: &str) -> ConcernId {
    let inbox = place.open().unwrap().inbox(Pile::Waiting, "", ALL, friday()).unwrap();
    inbox.rows.iter().find(|row| row.named.as_str() == child).unwrap().concern
}

/// What the title bar says of a form on the concern about Zoe.
fn form(concern: &str, section: &str) -> String {
    format!("{concern}, Zoe Okonkwo: {section}")
}

/// The contact is found by a few letters, and the number stays in view during the call.
fn advice_is_sought(amina: &mut impl Hands, concern: &str) {
    amina.press(&["a"]).is_at(&form(concern, "Advice sought"));
    amina.types("duty team").sees("First Response").press(&["Enter"]).sees("Ring 0116 305 0005");
    amina.types("Jo Bloggs").press(&["Enter"]).types("Refer today.").press(&["Ctrl-S"]);
    amina.is_at(concern);
}

fn the_rest_of_part_2(amina: &mut impl Hands, concern: &str) {
    amina.press(&["t"]).is_at(&form(concern, "Action taken"));
    amina.types("Breakfast club from Monday.").press(&["Tab"]).types("She is hungry.").press(&["Ctrl-S"]);
    amina.is_at(concern).press(&["p"]).is_at(&form(concern, "Parents informed"));
    // Yes or no cannot be saved without the reasons.
    amina.press(&["y", "Ctrl-S"]).is_at(&form(concern, "Parents informed"));
    amina.press(&["n", "Ctrl-S"]).is_at(&form(concern, "Parents informed"));
    amina.types("They asked for help themselves.").press(&["Ctrl-S"]);
    amina.is_at(concern).press(&["o"]).is_at(&form(concern, "Outcome"));
    amina.types("First Response").press(&["Enter"]).types("Early help agreed.").press(&["Ctrl-S"]);
    amina.is_at(concern);
}

/// What is empty is named first, and the signature is asked for once more; Enter alone signs nothing.
fn it_is_signed(amina: &mut impl Hands, concern: &str) {
    amina.press(&["s"]).sees("Further information").press(&["Enter"]).is_at(concern);
    amina.press(&["s"]).sees("File commenced").press(&["Right", "Enter"]);
    amina.is_at(&form(concern, "Signed")).press(&["Ctrl-S"]).sees("You sign as Amina Khan");
    amina.press(&["Enter"]).is_at(&form(concern, "Signed"));
    amina.press(&["Ctrl-S"]).sees("You sign as Amina Khan").press(&["Right", "Enter"]).is_at(concern);
}

fn the_next_morning(amina: &mut impl Hands) {
    amina.sees("Amina Khan").types(PASSPHRASE).press(&["Enter"]);
    puts_the_passphrase_off(amina);
    amina.is_at("Inbox").sees("Leo Marsh").sees("Zoe Okonkwo").press(&["G", "Enter"]);
    // The preview beside the inbox shows Part 1 only.
    amina.sees("Jo Bloggs").press(&["h"]).is_at("Zoe Okonkwo");
    amina.sees("Hungry for the third week").sees("Jo Bloggs").sees("Breakfast club").sees("help agreed");
}

fn the_record_has_it(mut desk: Desk) {
    assert_eq!(desk.verify().unwrap().problems, Vec::<String>::new());
    let inbox = desk.inbox(Pile::Waiting, "", ALL, friday()).unwrap().rows;
    let signed = inbox.last().unwrap();
    assert_eq!((inbox.len(), signed.state), (2, State::Signed));
    let concern = desk.concern(signed.concern).unwrap();
    let advice = concern.sections().find_map(|(_, section)| match section {
        Section::Advice(advice) => Some(advice.clone()),
        _ => None,
    });
    let advice = advice.unwrap();
    assert_eq!((advice.name.as_str(), advice.advice.as_str()), ("Jo Bloggs", "Refer today."));
    assert!(advice.contact.is_some() && advice.organisation.contains("Leicestershire"));
    assert!(desk.drafts().unwrap().is_empty());
    let child: ChildId = concern.children[0].as_ref().unwrap().id;
    let mut kinds: Vec<RowKind> =
        desk.chronology(child, Kinds::default(), "", ALL).unwrap().rows.iter().map(|row| row.kind).collect();
    kinds.sort_unstable();
    let rows = [
        RowKind::Concern,
        RowKind::Advice,
        RowKind::Action,
        RowKind::Parents,
        RowKind::Outcome,
        RowKind::Signed,
        RowKind::Decision,
    ];
    assert_eq!(kinds, rows);
}
