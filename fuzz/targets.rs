//! What is done with bytes that nobody vouches for, one target for each parser that meets such bytes.
//!
//! Each holds to three things: no panic; what was read can be written and read back, and is the same; and no more
//! memory than libFuzzer allows. Everything goes in by the doors that the program itself uses, so no parser has a
//! second, wider one for this.
//!
//! A new target is a row of [`TARGETS`], a function, and a folder `corpus/NAME` with a file or two of invented data.
//! `cargo test` replays every corpus and a few thousand seeded changes of it (`tests/it/fuzz.rs`). With a nightly
//! compiler and cargo-fuzz, libFuzzer looks further; what it finds worth keeping goes into the first folder named:
//!
//! ```sh
//! FUZZ_TARGET=csv cargo +nightly fuzz run -s none any fuzz/found/csv fuzz/corpus/csv tests/data/intake \
//!     -- -max_len=8192 -rss_limit_mb=1024 -malloc_limit_mb=256 -max_total_time=600
//! ```

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use dsl_desk::cabinet::backup::Note;
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{CabinetKeys, Identity, Passphrase, PersonFile, Work, recovery};
use dsl_desk::cabinet::sealed::Sealed;
use dsl_desk::cabinet::{Cabinet, backup};
use dsl_desk::desk::answer::Scope;
use dsl_desk::desk::request::SetUp;
use dsl_desk::desk::roll_import::Wanted;
use dsl_desk::desk::{Act, Desk, setup};
use dsl_desk::domain::concern::{NamedChild, Part1};
use dsl_desk::domain::contact::ContactDetails;
use dsl_desk::domain::headwords::{Fit, Noted};
use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::number;
use dsl_desk::domain::text::{Text, reorders_or_hides};
use dsl_desk::domain::upn::Upn;
use dsl_desk::domain::when;
use dsl_desk::intake::{self, RowOutcome, contacts, roll};
use dsl_desk::paper;
use dsl_desk::tui::keymap::{BINDINGS, config};
use dsl_desk::tui::settings::lock_after;

pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Bench, &[u8]),
}

pub(crate) const TARGETS: &[Target] = &[
    Target { name: "concern-json", run: concern_json },
    Target { name: "csv", run: csv },
    Target { name: "vcard", run: vcard },
    Target { name: "contacts-csv", run: contacts_csv },
    Target { name: "roll-csv", run: roll_csv },
    Target { name: "ctf", run: ctf },
    Target { name: "key-file", run: key_file },
    Target { name: "cabinet-keys", run: cabinet_keys },
    Target { name: "sealed-report", run: sealed_report },
    Target { name: "person-file", run: person_file },
    Target { name: "config", run: read_config },
    Target { name: "backup-note", run: backup_note },
    Target { name: "seen-note", run: seen_note },
    Target { name: "recovery-words", run: recovery_words },
    Target { name: "head-words", run: head_words },
    Target { name: "when", run: read_when },
    Target { name: "finder", run: finder },
];

const PASSPHRASE: &str = "copper kettle harbour nine";

/// A small desk that is open, and the place of each file that a target writes.
pub(crate) struct Bench {
    folder: Folder,
    /// Amina's keys as stock `age` has them, and as the desk has them.
    age: age::x25519::Identity,
    identity: Identity,
    /// The keys to which the key files of the corpus are sealed.
    recovery: Identity,
    cabinet: Cabinet,
    desk: RefCell<Desk>,
    _dir: tempfile::TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("desk"));
        let asked = SetUp {
            organisation: Text::from("Abbey Fields School"),
            name: Text::from("Amina Khan"),
            role: Text::from("Designated Safeguarding Lead"),
            receiver: None,
            passphrase: Passphrase::from(PASSPHRASE),
        };
        let mut desk = setup::set_up(folder.clone(), asked, Work::Token, now()).unwrap();
        desk.act(&Act::TypeIn(Box::new(report())), None, now()).unwrap();
        let person = PersonId("amina-khan".to_owned());
        let identity =
            PersonFile::load(&folder, &person).unwrap().unlock(Passphrase::from(PASSPHRASE)).unwrap();
        let keys = CabinetKeys::unseal(&folder.keys(), &identity).unwrap();
        let cabinet = Cabinet::open(&folder.database(), &keys, identity.signer(person.clone())).unwrap();
        let age = in_the_clear(&fs::read_to_string(folder.person(&person)).unwrap());
        let recovery = recovery::heard(&words()).unwrap();
        Self { folder, age, identity, recovery, cabinet, desk: RefCell::new(desk), _dir: dir }
    }

    fn writes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.root().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What a key file of these keys holds, by stock `age` alone.
    fn plain(&self, keys: &CabinetKeys) -> toml::Table {
        let path = self.folder.root().join("plain.keys");
        keys.seal(&path, &[self.age.to_public().to_string()]).unwrap();
        let plain = age::decrypt(&self.age, &fs::read(path).unwrap()).unwrap();
        String::from_utf8(plain).unwrap().parse().unwrap()
    }
}

/// Of a recovery key that opens nothing else.
fn words() -> String {
    format!("{} {}", ["apricot"; 16].join(" "), "stadium")
}

fn now() -> DateTime<Utc> {
    "2026-11-20T15:30:00Z".parse().unwrap()
}

fn report() -> Part1 {
    let mut part1 = Part1::default();
    part1.children.push(NamedChild { name: "Zoë Marsh".into(), ..NamedChild::default() });
    part1.account.what = "No coat and no lunch for the third day".into();
    part1.reporter.name = "Grace Osei".into();
    part1
}

fn in_the_clear(person_file: &str) -> age::x25519::Identity {
    let file: toml::Table = person_file.parse().unwrap();
    let passphrase = age::scrypt::Identity::new(Passphrase::from(PASSPHRASE));
    let plain = age::decrypt(&passphrase, file["sealed"].as_str().unwrap().as_bytes()).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    plain.lines().find_map(|line| line.parse().ok()).unwrap()
}

/// As a file that says it is one; and sealed, so that whatever is dropped comes out again.
fn sealed_report(bench: &Bench, bytes: &[u8]) {
    let keys = CabinetKeys::unseal(&bench.folder.keys(), &bench.identity).unwrap();
    if let Some(sealed) = Sealed::read(bytes) {
        let again = Sealed::read(&sealed.to_file().unwrap()).unwrap();
        assert_eq!(sealed.open(&keys).is_ok(), again.open(&keys).is_ok());
    }
    let file = Sealed::seal(&keys.intake_key().unwrap(), bytes).unwrap().to_file().unwrap();
    assert_eq!(Sealed::read(&file).unwrap().open(&keys).unwrap().as_slice(), bytes);
}

fn concern_json(_: &Bench, bytes: &[u8]) {
    reports(bytes, "a.json");
}

fn csv(_: &Bench, bytes: &[u8]) {
    reports(bytes, "a.csv");
}

fn vcard(_: &Bench, bytes: &[u8]) {
    // Where nothing says otherwise, a file begins with a card.
    cards(bytes, "a.vcf");
    cards(&[b"BEGIN:VCARD\nVERSION:2.1\n", bytes, b"\nEND:VCARD\n"].concat(), "a.vcf");
}

fn contacts_csv(_: &Bench, bytes: &[u8]) {
    cards(bytes, "a.csv");
}

/// A card is kept as it was read; and written out and read again, it says who it is.
fn cards(bytes: &[u8], name: &str) {
    let Ok(read) = contacts::read(bytes, name) else { return };
    read.lost.iter().for_each(|lost| shows_nothing_hidden(lost));
    for card in &read.cards {
        card.lost.iter().for_each(|lost| shows_nothing_hidden(lost));
        let Ok(details) = &card.result else { continue };
        details.check().unwrap();
        let body = serde_json::to_string(details).unwrap();
        shows_nothing_hidden(&body);
        assert!(serde_json::from_str::<ContactDetails>(&body).unwrap() == *details, "kept as it was read");
        for number in &details.numbers {
            let line = number::line(&number.number);
            assert!(number::line(line.as_str()) == line, "normalised once and for all");
        }
        comes_back(details);
    }
}

fn comes_back(details: &ContactDetails) {
    for version in [paper::vcard::Version::Three, paper::vcard::Version::Four] {
        let written = paper::vcard::written([details], version);
        shows_nothing_hidden(&written.replace('\r', ""));
        let again = contacts::read(written.as_bytes(), "a.vcf").unwrap();
        assert_eq!(again.cards.len(), 1);
        let again = again.cards[0].result.as_ref().unwrap();
        assert_eq!(again.numbers.len(), details.numbers.len());
        assert!(!again.title().is_empty());
    }
}

fn roll_csv(bench: &Bench, bytes: &[u8]) {
    pupils(bench, bytes, "a.csv");
}

fn ctf(bench: &Bench, bytes: &[u8]) {
    pupils(bench, bytes, "a.xml");
    // Where nothing says otherwise, a file begins with a pupil.
    let pupil = [b"<CTfile><Pupils><Pupil>", bytes, b"</Pupil></Pupils></CTfile>"].concat();
    pupils(bench, &pupil, "a.xml");
    if roll::read(&pupil).is_ok_and(|read| matches!(read.kind, roll::Kind::Transfer { .. })) {
        assert!(roll::read(&pupil[..pupil.len() - 1]).is_err(), "a file that was cut short is refused");
    }
}

/// Every child of a roll has a name and shows nothing hidden; and laid beside the desk, each row comes to something.
fn pupils(bench: &Bench, bytes: &[u8], name: &str) {
    let Ok(read) = roll::read(bytes) else { return };
    read.lost.iter().for_each(|lost| shows_nothing_hidden(lost));
    for pupil in read.rows.iter().filter_map(|row| row.result.as_ref().ok()) {
        assert!(!pupil.name.is_blank());
        for text in
            [&pupil.name, &pupil.form, &pupil.year, &pupil.school].into_iter().chain(&pupil.other_names)
        {
            shows_nothing_hidden(text);
        }
        let upn = pupil.upn.as_ref().map(|upn| Upn::read(upn.as_str()));
        assert!(upn.is_none_or(|again| again == pupil.upn), "normalised once and for all");
    }
    let path = bench.writes(name, bytes);
    let plan = bench.desk.borrow().read_roll(&path, Wanted::default(), now()).unwrap();
    assert_eq!(plan.rows.len(), read.rows.len());
    assert_eq!(plan.leavers().count(), 0, "nobody was on a roll");
}

/// What was taken in is kept as it was read, and what is left of a file is read as it was in the file.
fn reports(bytes: &[u8], name: &str) {
    let Ok(reading) = intake::read(bytes, name) else { return };
    for part1 in reading.rows.iter().filter_map(|row| row.result.as_ref().ok()) {
        let body = serde_json::to_string(part1).unwrap();
        assert!(serde_json::from_str::<Part1>(&body).unwrap() == *part1, "kept as it was read");
        part1.check().unwrap();
        shows_nothing_hidden(&part1.gist());
    }
    let rows: Vec<u32> = reading.rows.iter().filter_map(|row| row.row).collect();
    is_left_as_it_was(bytes, name, &rows, &reading.rows);
    for (row, one) in rows.iter().zip(&reading.rows).take(2) {
        is_left_as_it_was(bytes, name, &[*row], std::slice::from_ref(one));
    }
}

fn is_left_as_it_was(bytes: &[u8], name: &str, rows: &[u32], before: &[RowOutcome]) {
    let Some(left) = intake::only(bytes, name, rows) else { return };
    let again = intake::read(left.as_bytes(), name).expect("what is left can be read");
    assert_eq!(again.rows.len(), before.len());
    for (again, before) in again.rows.iter().zip(before) {
        assert!(is_the_same(again, before), "row {:?} is read as it was", before.row);
    }
}

/// The numbers of the rows are those of the file, and may be others in another file.
fn is_the_same(one: &RowOutcome, other: &RowOutcome) -> bool {
    one.markings == other.markings
        && match (&one.result, &other.result) {
            (Ok(one), Ok(other)) => one == other,
            (Err(one), Err(other)) => one == other,
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
        }
}

fn key_file(bench: &Bench, bytes: &[u8]) {
    let path = bench.writes("a.keys", bytes);
    let Ok(keys) = CabinetKeys::unseal(&path, &bench.recovery) else { return };
    keys.seal(&path, &[bench.recovery.recovery_key().recipient]).unwrap();
    let again = CabinetKeys::unseal(&path, &bench.recovery).unwrap();
    assert_eq!(bench.plain(&again), bench.plain(&keys));
}

/// What lies under the seal: somebody who knows a member's public key can write it.
fn cabinet_keys(bench: &Bench, bytes: &[u8]) {
    let path = bench.writes("a.keys", &age::encrypt(&bench.age.to_public(), bytes).unwrap());
    let Ok(keys) = CabinetKeys::unseal(&path, &bench.identity) else { return };
    let written: toml::Table = std::str::from_utf8(bytes).unwrap().parse().unwrap();
    for (field, value) in bench.plain(&keys) {
        assert_eq!(Some(&value), written.get(&field), "{field}");
    }
}

fn person_file(bench: &Bench, bytes: &[u8]) {
    let person = PersonId("somebody-else".to_owned());
    fs::write(bench.folder.person(&person), bytes).unwrap();
    let Ok(read) = PersonFile::load(&bench.folder, &person) else { return };
    shows_nothing_hidden(&read.name);
    shows_nothing_hidden(&read.role);
    read.save(&bench.folder, &person).unwrap();
    let again = PersonFile::load(&bench.folder, &person).unwrap();
    let text = |file: &PersonFile| toml::to_string(file).unwrap();
    assert_eq!(text(&again), text(&read));
}

/// Whatever is in it, the desk can be blanked and left, and locks by itself.
fn read_config(_: &Bench, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (keymap, problems) = config::read(&text);
    for problem in problems {
        assert!((1..=text.split('\n').count()).contains(&problem.line));
        shows_nothing_hidden(&problem.to_string());
    }
    for row in BINDINGS.iter().filter(|row| row.scope == dsl_desk::tui::keymap::Scope::Always) {
        assert!(keymap.chord(&[row.scope], row.action).is_some());
    }
    let (after, wrong) = lock_after(&text);
    assert!((1..=120).contains(&after.num_minutes()));
    shows_nothing_hidden(&wrong.unwrap_or_default());
}

fn backup_note(bench: &Bench, bytes: &[u8]) {
    bench.writes("backup.toml", bytes);
    let Some(note) = Note::read(bench.folder.root()) else { return };
    assert!(!note.name().is_empty() && backup::kept(bench.folder.root()).is_empty());
    bench.writes("backup.toml", toml::to_string(&note).unwrap().as_bytes());
    assert_eq!(Note::read(bench.folder.root()), Some(note));
}

/// It is a warning, and never a reason not to open the desk.
fn seen_note(bench: &Bench, bytes: &[u8]) {
    fs::write(bench.folder.database().with_extension("seen"), bytes).unwrap();
    let told = bench.cabinet.last_seen().unwrap();
    shows_nothing_hidden(&told.sentences().unwrap_or_default());
    assert_eq!(bench.cabinet.last_seen().unwrap(), told);
}

fn recovery_words(_: &Bench, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match recovery::heard(&text) {
        Ok(key) => {
            let words: Vec<&str> =
                text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
            assert_eq!(words.len(), recovery::WORDS);
            let again = recovery::heard(&words.join("\n").to_lowercase()).unwrap();
            assert_eq!(again.recovery_key(), key.recovery_key());
        }
        Err(error) => shows_nothing_hidden(&error.to_string()),
    }
}

fn head_words(_: &Bench, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    match Noted::parse(&[&text]) {
        Ok(noted) => {
            if noted.fit(hash) == Fit::Whole {
                assert_eq!(noted.unknown(), None);
            }
            let pieces: Vec<&str> = text.split(' ').collect();
            assert_eq!(Noted::parse(&pieces), Ok(noted), "in one piece or in several");
        }
        Err(error) => shows_nothing_hidden(&error.to_string()),
    }
}

fn read_when(_: &Bench, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let typed =
        [when::parse(&text, now()).ok(), when::parse_due(&text, now()).ok(), Moment::parse(&text).ok()];
    for moment in typed.into_iter().flatten() {
        shows_nothing_hidden(&when::describe(moment, now()));
        let kept = serde_json::to_string(&moment).unwrap();
        assert_eq!(serde_json::from_str::<Moment>(&kept).unwrap(), moment);
    }
    when::parse_date_of_birth(&text, now().date_naive());
}

fn finder(bench: &Bench, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for hit in bench.desk.borrow_mut().find(&text, Scope::Everything, 20).unwrap() {
        shows_nothing_hidden(&hit.name);
    }
}

/// Nothing in it moves a terminal or reads otherwise than it is written (T8, T10).
fn shows_nothing_hidden(text: &str) {
    let moves = |c: char| (c.is_control() && c != '\n' && c != '\t') || reorders_or_hides(c);
    assert!(!text.contains(moves), "something hidden is shown");
}
