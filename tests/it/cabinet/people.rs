//! Who may open the desk and what they may do there, and every way to be somebody whom the record does not know.

use std::fs;

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::files::{self, Folder};
use dsl_desk::cabinet::keys::{Passphrase, PersonFile, Work};
use dsl_desk::desk::answer::Subject;
use dsl_desk::desk::people::{Keeper, NewPerson, PeopleFile};
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::ids::{ConcernId, PersonId, Seq};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::text::Text;
use serde_json::{Value, json};

use crate::support::{Place, World, amina, hex, minutes, now, part1, passphrase, theirs};

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    world.close()
}

fn is_content(place: &Place) {
    assert_eq!(place.open().unwrap().verify().unwrap().problems, Vec::<String>::new());
}

fn first_bad(place: &Place) -> Option<Seq> {
    place.open().unwrap().verify().unwrap().first_bad
}

fn id(name: &str) -> PersonId {
    PersonId::from_name(name)
}

fn new(name: &str) -> NewPerson {
    NewPerson { name: name.into(), role: "Deputy lead".into(), right: Right::Deputy }
}

fn types_a_concern(desk: &mut Desk) -> Result<(), Error> {
    desk.act(&Act::TypeIn(Box::new(part1("Łukasz Nowak", None))), None, minutes(5)).map(drop)
}

/// Puts something else into a people file.
fn edit(place: &Place, person: &PersonId, field: &str, instead: &str) {
    let path = place.folder.person(person);
    let mut file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
    file.insert(field.to_owned(), toml::Value::from(instead)).unwrap();
    fs::write(&path, file.to_string()).unwrap();
}

fn field(place: &Place, person: &PersonId, field: &str) -> String {
    let file: toml::Table = fs::read_to_string(place.folder.person(person)).unwrap().parse().unwrap();
    file[field].as_str().unwrap().to_owned()
}

/// Everything in the ledger about people, as it stands there.
fn admissions(place: &Place) -> Vec<Value> {
    let db = place.bare();
    let mut bodies =
        db.prepare("SELECT body FROM ledger WHERE kind = 'person-admitted' ORDER BY seq").unwrap();
    let bodies = bodies.query_map([], |row| row.get::<_, String>(0)).unwrap();
    bodies.map(|body| serde_json::from_str(&body.unwrap()).unwrap()).collect()
}

#[test]
fn somebody_is_admitted_and_reads_and_writes() {
    let place = place();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let mut desk = place.open_as(&grace).unwrap();
    assert_eq!(desk.me().name.as_str(), "Grace Osei");
    types_a_concern(&mut desk).unwrap();
    drop(desk);
    is_content(&place);
    let admitted = admissions(&place);
    assert_eq!((&admitted[1]["right"], &admitted[1]["role"]), (&json!("deputy"), &json!("Colleague")));
    assert_eq!(admitted[1]["recipient"], field(&place, &grace, "recipient"));
    let author = "SELECT author FROM ledger WHERE kind = 'person-admitted' AND seq > 1";
    let author: String = place.bare().query_row(author, [], |row| row.get(0)).unwrap();
    assert_eq!(author, "amina-khan");
}

#[test]
fn nobody_opens_the_desk_with_anothers_passphrase() {
    let place = place();
    let grace = place.admit("Grace Osei", Right::Lead);
    let refused = Desk::open(place.folder.clone(), &grace, passphrase()).err();
    assert!(matches!(refused, Some(Error::WrongPassphrase)));
    assert!(matches!(place.open_as(&amina()).err(), Some(Error::WrongPassphrase)));
}

#[test]
fn rights_are_kept_to_at_the_desk() {
    let place = place();
    for (right, records, admits) in [
        (Right::Lead, true, true),
        (Right::Senior, true, true),
        (Right::Deputy, true, false),
        (Right::Reader, false, false),
    ] {
        let person = place.admit(&format!("Grace {}", right.label()), right);
        let mut keeper = Keeper::open(place.folder.clone(), &person, theirs()).unwrap();
        let may_add = keeper.may_add(&new("Joy Marsh"));
        assert_eq!(may_add.is_ok(), admits, "{right:?}");
        if !admits {
            let refused = keeper.add(&new("Joy Marsh"), theirs(), Work::Token, now()).err();
            assert!(matches!(refused, Some(Error::NoRight(_))), "{right:?}");
            assert!(!place.folder.person(&id("Joy Marsh")).exists());
        }
        let recorded = types_a_concern(&mut keeper.into_desk());
        assert_eq!(recorded.is_ok(), records, "{right:?}");
        if let Err(refused) = recorded {
            assert_eq!(
                refused.to_string(),
                "This is not for a reader to do, so nothing was recorded. Ask the lead to do it."
            );
        }
    }
    is_content(&place);
}

#[test]
fn another_right_holds_from_the_next_entry_and_the_keys_stay() {
    let place = place();
    let grace = place.admit("Grace Osei", Right::Reader);
    let mut desk = place.open_as(&grace).unwrap();
    assert!(types_a_concern(&mut desk).is_err());
    let file = fs::read(place.folder.person(&grace)).unwrap();
    let reason: Text = "Has taken over".into();
    let mut lead = place.open().unwrap();
    lead.change_right(&grace, Right::Deputy, &reason, minutes(7)).unwrap();
    types_a_concern(&mut desk).unwrap();
    let listed = desk.members().unwrap();
    assert_eq!((listed[1].person.right, listed[1].file), (Right::Deputy, PeopleFile::AsAdmitted));
    assert_eq!(listed[1].since, now(), "they were admitted before");
    let refused = desk.change_right(&amina(), Right::Reader, &reason, minutes(8)).err();
    assert!(matches!(refused, Some(Error::NoRight("deputy"))));
    for (person, right, reason) in [
        (&amina(), Right::Deputy, "Tired"),
        (&grace, Right::Senior, "Promoted"),
        (&grace, Right::Reader, " "),
    ] {
        let refused = lead.change_right(person, right, &reason.into(), minutes(9)).err();
        assert!(matches!(refused, Some(Error::Refused(_))), "{person} {right:?}");
    }
    assert_eq!(fs::read(place.folder.person(&grace)).unwrap(), file);
    drop((desk, lead));
    is_content(&place);
    let body = "SELECT body FROM ledger WHERE kind = 'right-changed'";
    let body: String = place.bare().query_row(body, [], |row| row.get(0)).unwrap();
    assert_eq!(body, r#"{"person":"grace-osei","reason":"Has taken over","right":"deputy"}"#);
}

#[test]
fn a_right_that_somebody_gave_themselves_is_named() {
    let place = place();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let key = place.signing_key(&grace, theirs());
    let body = json!({ "person": "grace-osei", "reason": "I said so", "right": "lead" });
    let seq = place.forge(&grace, "right-changed", &body, &key);
    assert_eq!(first_bad(&place), Some(Seq(seq)));
}

#[test]
fn a_reader_leaves_what_arrives_to_others() {
    let place = place();
    let reader = place.admit("Grace Osei", Right::Reader);
    let report = "Child's name,What happened?,Reported by\nAda Byrne,No coat,Kit Moss\n";
    let arrived = place.folder.incoming().join("report.csv");
    fs::write(&arrived, report).unwrap();
    let mut desk = place.open_as(&reader).unwrap();
    for later in 0..3 {
        let looked = desk.look(minutes(later)).unwrap();
        assert!(looked.arrived.is_empty() && looked.trouble.is_none());
    }
    assert!(arrived.exists());
    assert_eq!(desk.concern(ConcernId(1)).unwrap().row.concern.0, 1, "it reads");
}

#[test]
fn what_a_reader_opens_is_in_the_record_all_the_same() {
    let place = place();
    let reader = place.admit("Grace Osei", Right::Reader);
    let concern = Subject::Concern(ConcernId(1));
    place.open_as(&reader).unwrap().saw(concern, minutes(1)).unwrap();
    let seen = place.open().unwrap().seen_by(concern).unwrap();
    assert_eq!(seen[0].by.as_str(), "Grace Osei, Colleague");
    is_content(&place);
}

#[test]
fn a_second_person_of_the_same_name_is_refused() {
    let place = place();
    place.admit("Grace Osei", Right::Deputy);
    let before = fs::read(place.folder.person(&id("Grace Osei"))).unwrap();
    for name in ["Grace Osei", "grace  OSEI", "Amina Khan"] {
        let refused = place.keeper().add(&new(name), theirs(), Work::Token, now()).err().unwrap().to_string();
        assert!(refused.contains("Give a longer name"), "{refused}");
    }
    assert_eq!(fs::read(place.folder.person(&id("Grace Osei"))).unwrap(), before);
    assert!(place.open().is_ok());
}

#[test]
fn initials_and_blanks_are_nobody() {
    let place = place();
    for (name, role) in [("", "Deputy"), ("G. O.", "Deputy"), ("Grace Osei", " ")] {
        let new = NewPerson { name: name.into(), role: role.into(), right: Right::Deputy };
        assert!(place.keeper().add(&new, theirs(), Work::Token, now()).is_err(), "{name}");
    }
    assert_eq!(fs::read_dir(place.folder.people()).unwrap().count(), 1);
}

#[test]
fn an_admission_that_was_cut_off_opens_nothing_and_is_done_again() {
    let place = place();
    // A kill before the last step leaves a file of hers, and the cabinet's keys sealed to it.
    let other = self::place();
    let grace = other.admit("Grace Osei", Right::Deputy);
    fs::copy(other.folder.person(&grace), place.folder.person(&grace)).unwrap();
    assert!(matches!(place.open_as(&grace).err(), Some(Error::NotAMember)));
    let raw = sealed_to(&place, &[&amina(), &grace]);
    fs::write(place.folder.keys(), raw).unwrap();
    assert!(matches!(place.open_as(&grace).err(), Some(Error::NotKnown)), "the ledger does not know her");
    is_content(&place);
    assert_eq!(place.admit("Grace Osei", Right::Deputy), grace);
    assert!(place.open_as(&grace).is_ok());
    is_content(&place);
}

/// The cabinet's keys as somebody who may open them can seal them to anybody.
fn sealed_to(place: &Place, people: &[&PersonId]) -> Vec<u8> {
    let plain = place.keys_in_the_clear();
    let recipients: Vec<age::x25519::Recipient> =
        people.iter().map(|person| field(place, person, "recipient").parse().unwrap()).collect();
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let mut sealed = Vec::new();
    let mut writer = age::Encryptor::with_recipients(recipients).unwrap().wrap_output(&mut sealed).unwrap();
    std::io::Write::write_all(&mut writer, plain.as_bytes()).unwrap();
    writer.finish().unwrap();
    sealed
}

#[test]
fn a_person_file_under_another_name_is_nobody() {
    let place = place();
    let reader = place.admit("Grace Osei", Right::Reader);
    // The reader puts her own file in the lead's place, or gives it a name of its own.
    fs::copy(place.folder.person(&reader), place.person_file()).unwrap();
    assert!(matches!(place.open_as(&amina()).err(), Some(Error::NotKnown)));
    let nobody = id("Joy Marsh");
    fs::copy(place.folder.person(&reader), place.folder.person(&nobody)).unwrap();
    assert!(matches!(place.open_as(&nobody).err(), Some(Error::NotKnown)));
}

#[test]
fn a_name_and_a_role_in_an_edited_file_change_nothing() {
    let place = place();
    let reader = place.admit("Grace Osei", Right::Deputy);
    edit(&place, &reader, "name", "Amina Khan");
    edit(&place, &reader, "role", "Head");
    edit(&place, &reader, "signing_key", &field(&place, &amina(), "signing_key"));
    let mut desk = place.open_as(&reader).unwrap();
    assert_eq!((desk.me().name.as_str(), desk.me().role.as_str()), ("Grace Osei", "Colleague"));
    types_a_concern(&mut desk).unwrap();
    let listed = desk.members().unwrap();
    let files: Vec<_> = listed.iter().map(|listed| listed.file).collect();
    assert_eq!(files, [PeopleFile::AsAdmitted, PeopleFile::Differs]);
    drop(desk);
    is_content(&place);
}

#[test]
fn a_recipient_in_an_edited_file_is_never_sealed_to() {
    let place = place();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let stranger = age::x25519::Identity::generate();
    for person in [&amina(), &grace] {
        edit(&place, person, "recipient", &stranger.to_public().to_string());
    }
    // A file that the ledger does not know at all.
    let (planted, identity) =
        PersonFile::make(&"Kit Moss".into(), &"DSL".into(), theirs(), Work::Token).unwrap();
    planted.save(&place.folder, &id("Kit Moss")).unwrap();
    place.admit("Joy Marsh", Right::Reader);
    let keys = fs::read(place.folder.keys()).unwrap();
    assert!(matches!(age::decrypt(&stranger, &keys), Err(age::DecryptError::NoMatchingKeys)));
    let unsealed = dsl_desk::cabinet::keys::CabinetKeys::unseal(&place.folder.keys(), &identity);
    assert!(matches!(unsealed.err(), Some(Error::NotAMember)));
    assert!(place.open().is_ok() && place.open_as(&grace).is_ok());
}

#[test]
fn keys_of_another_cabinet_open_nothing() {
    let place = place();
    let other = self::place();
    fs::copy(other.folder.keys(), place.folder.keys()).unwrap();
    assert!(matches!(place.open().err(), Some(Error::NotAMember)));
    fs::copy(other.person_file(), place.person_file()).unwrap();
    assert!(matches!(place.open().err(), Some(Error::NotACabinet)));
}

#[test]
fn a_line_of_somebody_without_the_right_is_named() {
    let concern_note = json!({ "child": 1, "happened_at": "2026-11-01", "note": "event", "text": "Sang" });
    for (right, kind, fits) in [
        (Right::Deputy, "chronology-noted", true),
        (Right::Reader, "chronology-noted", false),
        (Right::Deputy, "person-admitted", false),
        (Right::Reader, "person-admitted", false),
    ] {
        let place = place();
        let grace = place.admit("Grace Osei", right);
        let body = match kind {
            "person-admitted" => admissions(&place)[1].clone(),
            _ => concern_note.clone(),
        };
        let key = place.signing_key(&grace, theirs());
        let seq = place.forge(&grace, kind, &body, &key);
        assert_eq!(first_bad(&place), (!fits).then_some(Seq(seq)), "{right:?} {kind}");
    }
}

#[test]
fn a_line_in_anothers_name_is_named() {
    let place = place();
    let grace = place.admit("Grace Osei", Right::Lead);
    let key = place.signing_key(&grace, theirs());
    let body = admissions(&place)[0].clone();
    assert_eq!(first_bad(&place), None);
    let seq = place.forge(&amina(), "person-admitted", &body, &key);
    assert_eq!(first_bad(&place), Some(Seq(seq)));
}

#[test]
fn somebody_whom_nobody_admitted_is_named() {
    let place = place();
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let mut body = admissions(&place)[0].clone();
    let key = hex(stranger.verifying_key().as_bytes());
    body["signing_key"] = json!(key);
    body["person"] = json!("kit-moss");
    let seq = place.forge(&id("Kit Moss"), "person-admitted", &body, &stranger);
    assert_eq!(first_bad(&place), Some(Seq(seq)));
}

#[test]
fn a_passphrase_is_changed_and_nothing_else() {
    let place = place();
    place.admit("Grace Osei", Right::Deputy);
    let files =
        || [place.folder.keys(), place.folder.person(&id("Grace Osei"))].map(|f| fs::read(f).unwrap());
    let before = files();
    let fields = || ["name", "role", "recipient", "signing_key"].map(|name| field(&place, &amina(), name));
    let public = fields();
    let mine = || Passphrase::from("thistle orbit marzipan two");
    place.keeper().change_passphrase(mine(), Work::Token).unwrap();
    assert!(matches!(place.open().err(), Some(Error::WrongPassphrase)));
    let desk = Desk::open(place.folder.clone(), &amina(), mine()).unwrap();
    assert_eq!(desk.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!((files(), fields()), (before, public));
}

#[test]
fn one_changes_people_at_a_time() {
    let place = place();
    let _somebody_else = files::lock(&place.folder.people_lock()).unwrap().unwrap();
    let refused = place.keeper().add(&new("Grace Osei"), theirs(), Work::Token, now()).err();
    assert!(matches!(refused, Some(Error::PeopleBusy)));
    let refused = place.keeper().change_passphrase(theirs(), Work::Token).err();
    assert!(matches!(refused, Some(Error::PeopleBusy)));
}

#[test]
fn a_desk_that_is_not_there_is_said_to_be_away() {
    let folder = Folder::new(tempfile::tempdir().unwrap().path());
    assert!(matches!(Keeper::open(folder, &amina(), theirs()).err(), Some(Error::NoDesk(_))));
}
