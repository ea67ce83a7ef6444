//! The invented school on a fresh desk.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone as _, Utc};
use tempfile::TempDir;

use super::{fill, material, opened_at};
use crate::cabinet::keys::{CabinetKeys, Passphrase, PersonFile, Work};
use crate::cabinet::table::concern::{Concern, Pile};
use crate::cabinet::table::{child, chronology, concern, original};
use crate::cabinet::{Cabinet, verify};
use crate::domain::area::Area;
use crate::domain::category;
use crate::domain::chronology::Kinds;
use crate::domain::concern::{About, Part1};
use crate::domain::decision::{Decision, DecisionKind};
use crate::domain::entry::Source;
use crate::domain::ids::{ChildId, ConcernId, ContactId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::person::Right;
use crate::domain::text::Text;
use crate::domain::triage::{State, Urgency};

/// A Sunday, so that days are moved back and what is due runs into the future.
pub(crate) fn sunday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 30, 0).unwrap()
}

/// An empty cabinet in a folder of its own, set up at a time.
pub(crate) fn cabinet(opened: DateTime<Utc>) -> (TempDir, Cabinet) {
    let folder = TempDir::new().unwrap();
    let (name, role) = (Text::from("Amina Khan"), Text::from("Designated Safeguarding Lead"));
    let (file, identity) =
        PersonFile::make(&name, &role, Passphrase::from("demo".to_owned()), Work::Token).unwrap();
    let person = PersonId::from_name("Amina Khan");
    let founder = file.person(&person, Right::Lead);
    let keys = CabinetKeys::generate().unwrap();
    let path = folder.path().join("general.db");
    let cabinet = Cabinet::create(&path, &keys, identity.signer(person), &founder, opened).unwrap();
    (folder, cabinet)
}

fn school() -> (TempDir, Cabinet) {
    let (folder, mut cabinet) = cabinet(opened_at(sunday()).unwrap());
    fill(&mut cabinet, sunday()).unwrap();
    (folder, cabinet)
}

pub(crate) fn children(cabinet: &Cabinet) -> Vec<child::Child> {
    child::after(cabinet.db(), ChildId(0), 1_000).unwrap()
}

pub(crate) fn recorded_at(cabinet: &Cabinet) -> Vec<String> {
    let mut statement = cabinet.db().prepare("SELECT recorded_at FROM ledger ORDER BY seq").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_whole_school_is_there_and_proves_itself() {
    let (_folder, cabinet) = school();
    let db = cabinet.db();
    let reader = cabinet.reader().unwrap();
    let children = children(&cabinet);
    let rows: u64 =
        children.iter().map(|child| chronology::count(db, child.id, Kinds::Everything).unwrap()).sum();
    let closed = concern::count(db, &reader, Pile::Closed).unwrap();
    let waiting = concern::count(db, &reader, Pile::Waiting).unwrap();
    assert_eq!((children.len(), closed + waiting), (45, 100));
    assert!(rows >= 400, "{rows} rows");
    let report = verify::verify(&cabinet).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
}

#[test]
fn no_child_appears_twice() {
    let (_folder, cabinet) = school();
    let children = children(&cabinet);
    let mut seen: Vec<_> =
        children.iter().map(|child| (&child.details.name, child.details.date_of_birth)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), children.len());
}

#[test]
fn every_state_and_urgency_is_seen_and_some_children_are_to_be_linked() {
    let (_folder, cabinet) = school();
    let rows = concern::page(cabinet.db(), &cabinet.reader().unwrap(), Pile::Waiting, 0, 200).unwrap();
    let closed = concern::page(cabinet.db(), &cabinet.reader().unwrap(), Pile::Closed, 0, 200).unwrap();
    for state in State::ALL {
        assert!(rows.iter().chain(&closed).any(|row| row.state == state), "{}", state.label());
    }
    for about in About::ALL {
        assert!(rows.iter().any(|row| row.about == about), "{}", about.label());
    }
    for urgency in Urgency::ALL {
        assert!(rows.iter().any(|row| row.urgency == urgency));
    }
    assert_eq!(rows.iter().filter(|row| row.unlinked > 0).count(), 3);
}

/// Every concern of the school, the oldest first.
fn concerns(cabinet: &Cabinet) -> Vec<Concern> {
    let reader = cabinet.reader().unwrap();
    (1..=100).map(|number| concern::get(cabinet.db(), &reader, ConcernId(number)).unwrap()).collect()
}

fn decisions(all: &[Concern]) -> impl Iterator<Item = &Decision> {
    all.iter().flat_map(Concern::decisions).map(|(_, decision)| decision)
}

#[test]
fn every_kind_of_decision_was_made_and_each_says_what_its_form_asks_for() {
    let (_folder, cabinet) = school();
    let all = concerns(&cabinet);
    let made: BTreeSet<DecisionKind> = decisions(&all).map(Decision::kind).collect();
    assert_eq!(made, DecisionKind::ALL.into());
    for decision in decisions(&all) {
        assert_eq!(decision.check(), Ok(()), "{}", decision.sentence());
    }
}

#[test]
fn something_was_shared_with_consent_something_without_and_something_kept_back() {
    let (_folder, cabinet) = school();
    let ways: BTreeSet<(bool, bool)> = decisions(&concerns(&cabinet))
        .filter_map(|decision| match decision {
            Decision::Sharing(sharing) => Some((sharing.is_shared, sharing.is_without_consent())),
            _ => None,
        })
        .collect();
    assert_eq!(ways, [(false, false), (true, false), (true, true)].into());
}

#[test]
fn what_was_reopened_waits_again() {
    let (_folder, cabinet) = school();
    let mut all = concerns(&cabinet);
    let was = |concern: &Concern, kind| concern.decisions().any(|(_, decision)| decision.kind() == kind);
    all.retain(|concern| was(concern, DecisionKind::Reopened));
    let [reopened] = all.as_slice() else { panic!("{} were reopened", all.len()) };
    assert_eq!((reopened.row.state, was(reopened, DecisionKind::Closed)), (State::Signed, true));
}

#[test]
fn what_was_decided_against_advice_says_what_was_advised() {
    let (_folder, cabinet) = school();
    let all = concerns(&cabinet);
    let against = decisions(&all).find_map(|decision| match decision {
        Decision::Overridden(overridden) => Some(overridden),
        _ => None,
    });
    let against = against.unwrap();
    assert_eq!(against.rule.as_str(), "R4");
    assert!(against.advised.contains("do not contact them"), "{}", against.advised);
}

#[test]
fn some_reports_came_as_files_that_still_say_what_was_taken_in() {
    let (_folder, cabinet) = school();
    let mut files = 0;
    for number in 1..=100 {
        let concern = concern::get(cabinet.db(), &cabinet.reader().unwrap(), ConcernId(number)).unwrap();
        let Source::File { sha256, .. } = concern.source else { continue };
        files += 1;
        let bytes = original::get(cabinet.db(), &sha256).unwrap().unwrap();
        let mut read: Part1 = serde_json::from_slice(&bytes).unwrap();
        read.unknown.clear();
        assert!(read == concern.part1, "concern {number}");
        read.check().unwrap();
    }
    assert!(files >= 6, "{files} files");
}

#[test]
fn the_story_runs_forward_and_ends_before_now() {
    let (_folder, cabinet) = school();
    let recorded = recorded_at(&cabinet);
    assert!(recorded.is_sorted());
    assert!(recorded.last().unwrap().as_str() < sunday().to_rfc3339().as_str());
    for child in children(&cabinet) {
        for row in chronology::page(cabinet.db(), child.id, Kinds::Everything, 0, 500).unwrap() {
            assert!(row.happened_at.sort_key() < sunday().timestamp());
            assert!(row.happened_at.sort_key() <= row.recorded_at.timestamp());
        }
    }
}

#[test]
fn the_minutes_of_part_2_follow_the_report() {
    let (_folder, cabinet) = school();
    for number in 1..=100 {
        let concern = concern::get(cabinet.db(), &cabinet.reader().unwrap(), ConcernId(number)).unwrap();
        let mut told: Vec<_> =
            concern.sections().filter_map(|(_, section)| section.happened()).map(Moment::sort_key).collect();
        let as_recorded = told.clone();
        told.sort_unstable();
        assert_eq!(told, as_recorded, "concern {number}");
        assert!(concern.sections().all(|(_, section)| section.check().is_ok()), "concern {number}");
    }
}

#[test]
fn every_category_occurs_and_no_other() {
    let material = material::Material::read().unwrap();
    let used: BTreeSet<&str> =
        material.concerns.iter().flat_map(|concern| &concern.categories).map(Text::as_str).collect();
    let known: BTreeSet<&str> = category::all().iter().map(|category| category.id.as_str()).collect();
    assert_eq!(used, known);
}

#[test]
fn every_area_is_one_of_the_data() {
    let material = material::Material::read().unwrap();
    let of_children = material.children.values().filter_map(|details| details.area.as_ref());
    let of_concerns = material.concerns.iter().filter_map(|concern| concern.area.as_ref());
    let unknown = of_children.chain(of_concerns).find(|area| !Area::all().contains(area));
    assert_eq!(unknown.map(Area::id), None);
}

#[test]
fn advice_names_the_shipped_contact_who_was_rung() {
    let material = material::Material::read().unwrap();
    assert_eq!(material.contacts.get("police-non-emergency"), Some(&ContactId(1)));
    let rung = material.concerns.iter().filter_map(|concern| concern.part2.as_ref());
    for advice in rung.flat_map(|part2| &part2.advice) {
        assert!(advice.contact.is_empty() || material.contacts.contains_key(&advice.contact));
    }
}
