//! What goes into the ledger comes out again, and can be proven without this program's own code.

use std::collections::BTreeMap;

use dsl_desk::cabinet::keys::{CabinetKeys, PersonFile, Work};
use dsl_desk::cabinet::{Cabinet, Error, ledger, verify};
use dsl_desk::domain::child::{ChildDetails, LinkHow};
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::entry::{Entry, NoteKind, Source, Subject};
use dsl_desk::domain::field::CorrectedField;
use dsl_desk::domain::ids::{ChildId, ConcernId, ContactId, PersonId, Seq};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Outcome, Parents, Received, Section, Signature,
};
use dsl_desk::domain::person::{Person, RecoveryKey, Right};
use dsl_desk::domain::text::Text;
use dsl_desk::domain::triage::Urgency;
use dsl_desk::domain::upn::Upn;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{World, amina, moment, now, part1, passphrase};

/// A cabinet without a desk around it.
fn cabinet() -> (Cabinet, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let (file, identity) =
        PersonFile::make(&"Amina Khan".into(), &"DSL".into(), passphrase(), Work::Token).unwrap();
    let keys = CabinetKeys::generate().unwrap();
    let signer = identity.signer(amina());
    let cabinet =
        Cabinet::create(&dir.path().join("a.db"), &keys, signer, &file.person(&amina(), Right::Lead), now())
            .unwrap();
    (cabinet, dir)
}

/// Every kind of text that has ever gone wrong somewhere.
const ODD: &str = "Zoë e\u{301} 👩‍👧 ક્ષ \u{1b}[2J \u{202e}abc \u{0} \\ \" / \u{2028} \t\nשלום ﷽ \u{10ffff}";

fn odd() -> Text {
    Text::from(ODD)
}

fn unknown() -> BTreeMap<String, Value> {
    let nested = json!({ "z": [1, 2.5, -0.1, 1e-7, { "b": null, "a": true }], "a": { "ü": ODD } });
    let numbers =
        json!([u64::MAX, i64::MIN, 0.1, 1.797_693_134_862_315_7e308, 5e-324, 33.333_333_333_333_336]);
    BTreeMap::from([("house".to_owned(), nested), ("Größe".to_owned(), numbers), (String::new(), json!(""))])
}

fn every_section() -> Vec<Section> {
    let at = moment("2026-11-20T14:10");
    vec![
        Section::Received(Received { at, from: odd() }),
        Section::Advice(Advice {
            at: moment("2026-11-20"),
            name: odd(),
            role: odd(),
            organisation: odd(),
            advice: odd(),
            contact: Some(ContactId(1)),
        }),
        Section::Action(Action { at, what: odd(), reasons: odd(), shared_with: odd() }),
        Section::Parents(Parents { reasons: odd(), ..Parents::default() }),
        Section::Outcome(Outcome { at, from: odd(), text: odd() }),
        Section::FurtherInformation(FurtherInformation { text: odd() }),
        Section::FileCommenced(FileCommenced { commence: true, why: odd() }),
        Section::Signed(Signature { name: odd(), role: odd() }),
    ]
}

fn person() -> Person {
    Person {
        person: PersonId("joy-osei".to_owned()),
        name: odd(),
        role: odd(),
        signing_key: "00".to_owned(),
        recipient: Some("age1x".to_owned()),
        right: Right::Reader,
    }
}

/// Who opens the desk, and what they look at.
fn of_people() -> [Entry; 5] {
    let key = RecoveryKey { recipient: "age1x".to_owned(), signing_key: "00".to_owned() };
    [
        Entry::PersonAdmitted(person()),
        Entry::PersonRemoved { person: person().person, reason: odd() },
        Entry::RecoveryKeyMade(key),
        Entry::Seen { subject: Subject::Concern(ConcernId(1)) },
        Entry::Seen { subject: Subject::Child(ChildId(1)) },
    ]
}

fn every_entry() -> Vec<Entry> {
    let concern = ConcernId(1);
    let child = ChildId(1);
    let report = Part1 {
        about: About::Staff,
        staff: Some(NamedStaff { name: odd(), job_title: Some(odd()), is_dsl: Some(false) }),
        told: vec![odd(), Text::default()],
        unknown: unknown(),
        ..part1(ODD, Some("2014-02-28"))
    };
    let source = Source::File { name: odd(), sha256: "00".repeat(32), row: Some(7) };
    let mut entries = vec![
        Entry::CabinetOpened { organisation: odd(), cabinet: "general".to_owned() },
        Entry::ConcernReceived { concern, source, urgency: Urgency::Danger, part1: Box::new(report) },
        Entry::ConcernReceived {
            concern: ConcernId(2),
            source: Source::Typed,
            urgency: Urgency::Soon,
            part1: Box::default(),
        },
    ];
    entries.extend(of_children());
    entries.extend([
        Entry::ChildLinked { concern, position: 0, child, how: LinkHow::Chosen, reason: odd() },
        Entry::Corrected {
            concern,
            corrects: Seq(3),
            field: CorrectedField::Unknown(odd()),
            instead: odd(),
            reason: odd(),
            happened_at: None,
            urgency: Some(Urgency::Danger),
        },
        Entry::ChronologyNoted {
            child,
            note: NoteKind::Event,
            happened_at: moment("1999-12-31"),
            text: odd(),
        },
        Entry::NoteCorrected {
            child,
            corrects: Seq(9),
            instead: odd(),
            reason: odd(),
            happened_at: Some(moment("2026-11-19")),
        },
    ]);
    entries.extend(of_people());
    entries.extend(every_section().into_iter().map(|section| Entry::Part2 { concern, section }));
    entries.extend([Some("00".repeat(32)), None].map(went_back));
    entries.extend(of_the_book());
    entries
}

fn of_children() -> [Entry; 9] {
    let child = ChildId(1);
    let details =
        ChildDetails { name: odd(), date_of_birth: "2014-02-28".parse().ok(), ..ChildDetails::default() };
    let fuller =
        ChildDetails { other_names: vec![odd(), odd()], upn: Upn::read("D820123415001"), ..details.clone() };
    [
        Entry::ChildAdded { child, details },
        Entry::ChildCorrected { child, details: fuller, reason: odd() },
        Entry::RollTaken { file: odd(), school: odd(), children: vec![child] },
        Entry::ChildLeft { child, on: "2026-07-17".parse().unwrap(), reason: odd() },
        Entry::ChildReturned { child, on: "2026-09-01".parse().unwrap(), reason: odd() },
        Entry::ChildAdded { child: ChildId(2), details: ChildDetails::default() },
        Entry::ChildrenMerged { child: ChildId(2), into: child, reason: odd() },
        Entry::ChildrenParted { child: ChildId(2), from: child, reason: odd() },
        Entry::ChildrenToldApart { child, other: ChildId(2), reason: odd() },
    ]
}

fn of_the_book() -> [Entry; 3] {
    let contact = ContactId(1);
    let book = Box::new(ContactDetails {
        service: odd(),
        numbers: vec![Number { number: "0116 000 0000".into(), note: odd(), ..Number::default() }],
        ..ContactDetails::default()
    });
    [
        Entry::ContactAdded { contact, details: book.clone() },
        Entry::ContactCorrected { contact, details: book, reason: odd() },
        Entry::ContactRetired { contact, reason: odd() },
    ]
}

fn went_back(seen_head: Option<String>) -> Entry {
    let seen_entries = seen_head.as_ref().map(|_| 120);
    Entry::RecordWentBack { seen_entries, seen_head, found_entries: 97, reason: odd() }
}

#[test]
fn every_entry_comes_out_as_it_went_in() {
    let (mut cabinet, _dir) = cabinet();
    for entry in every_entry() {
        let seq = cabinet.record(now(), |writer| writer.append(&entry)).unwrap();
        let line = ledger::line(cabinet.db(), seq).unwrap();
        assert!(line.entry().unwrap() == entry, "{} came out otherwise", line.kind);
    }
}

#[test]
fn bodies_are_canonical_json() {
    let (mut cabinet, _dir) = cabinet();
    for entry in every_entry() {
        let seq = cabinet.record(now(), |writer| writer.append(&entry)).unwrap();
        let body = ledger::line(cabinet.db(), seq).unwrap().body;
        let value: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(written(&value), body);
    }
}

/// Canonical JSON once more, on its own: keys sorted by their bytes, nothing between the tokens.
fn written(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            let fields: Vec<String> = keys
                .iter()
                .map(|key| format!("{}:{}", Value::from(key.as_str()), written(&map[key.as_str()])))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
}

#[test]
fn what_is_written_is_not_changed_by_sql() {
    let mut world = World::new();
    let file =
        world.import("note.csv", "Child's name,What happened?,Reported by\nZoë Marsh,No coat,Grace Osei\n");
    assert_eq!(file.len(), 1);
    let place = world.close();
    let db = place.bare();
    for (sql, said) in [
        ("UPDATE ledger SET body = '{}' WHERE seq = 1", "only added to"),
        ("DELETE FROM ledger WHERE seq = 1", "only added to"),
        ("DELETE FROM ledger", "only added to"),
        ("UPDATE original SET bytes = x'00'", "only added to"),
        ("DELETE FROM original", "only added to"),
        ("INSERT INTO ledger VALUES (9000, '', '', '', '', '', '', '')", "no gaps"),
        ("INSERT INTO ledger VALUES (1, '', '', '', '', '', '', '')", "no gaps"),
        ("INSERT OR REPLACE INTO ledger VALUES (1, '', '', '', '', '', '', '')", "no gaps"),
    ] {
        let refusal = db.execute(sql, []).expect_err(sql).to_string();
        assert!(refusal.contains(said), "{sql}: {refusal}");
    }
    let replaced = db.execute("INSERT OR REPLACE INTO original SELECT sha256, x'00' FROM original", []);
    assert!(replaced.is_err(), "an original was replaced");
}

#[test]
fn a_failed_act_leaves_nothing() {
    let (mut cabinet, _dir) = cabinet();
    let before = ledger::head(cabinet.db()).unwrap();
    let failed: Result<(), Error> = cabinet.record(now(), |writer| {
        writer.append(&Entry::ChildAdded { child: ChildId(1), details: ChildDetails::default() })?;
        writer.append(&Entry::ChildAdded { child: ChildId(1), details: ChildDetails::default() })?;
        Ok(())
    });
    assert!(failed.is_err());
    assert_eq!(ledger::head(cabinet.db()).unwrap(), before);
    assert!(verify::verify(&cabinet).unwrap().is_content());
}

#[test]
fn what_would_not_read_back_as_it_was_is_not_recorded() {
    let (mut cabinet, _dir) = cabinet();
    let before = ledger::head(cabinet.db()).unwrap();
    for at in ["2026-11-20T14:10:00.5Z", "0800-01-01T00:00:00Z"] {
        let happened_at = Moment::At(at.parse().unwrap());
        let note = NoteKind::Event;
        let entry = Entry::ChronologyNoted { child: ChildId(1), note, happened_at, text: odd() };
        assert!(matches!(cabinet.record(now(), |writer| writer.append(&entry)), Err(Error::NotKept)));
    }
    assert_eq!(ledger::head(cabinet.db()).unwrap(), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_replayed_as_it_was_recorded(text in any::<String>(), number in any::<f64>()) {
        let (mut cabinet, _dir) = cabinet();
        let unknown = BTreeMap::from([(format!("x{text}"), json!([number, text]))]);
        let report = Part1 { unknown, reasons: text.as_str().into(), ..part1(&text, None) };
        let concern = ConcernId(1);
        let entry = Entry::ConcernReceived {
            concern,
            source: Source::Typed,
            urgency: Urgency::Routine,
            part1: Box::new(report),
        };
        let seq = cabinet.record(now(), |writer| writer.append(&entry)).unwrap();
        prop_assert!(ledger::line(cabinet.db(), seq).unwrap().entry().unwrap() == entry);
        prop_assert_eq!(verify::verify(&cabinet).unwrap().problems, Vec::<String>::new());
    }
}
