//! Two hundred files that are wrong in every way somebody thought of, dropped into `incoming/` at once: each of them
//! is in the record, or beside its reason, and none is in neither place or stops the others.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::answer::{ArrivalOutcome, ArrivalResult};
use serde_json::{Value, json};

use crate::support::{ALL, World, minutes, now};

/// How many reports a dropped file has that can be taken in, were here before, or cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Given {
    accepted: usize,
    duplicate: usize,
    rejected: usize,
}

const GOOD: Given = Given { accepted: 1, duplicate: 0, rejected: 0 };
const AGAIN: Given = Given { accepted: 0, duplicate: 1, rejected: 0 };
const BAD: Given = Given { accepted: 0, duplicate: 0, rejected: 1 };

fn report(child: &str) -> Value {
    json!({
        "format": "dsl-desk.concern/1",
        "about": "child",
        "children": [{ "name": child }],
        "reporter": { "name": "Grace Osei", "job_title": "Class teacher" },
        "reasons": "No coat",
        "account": { "what": "Came without a coat" },
    })
}

fn with(path: &str, value: Value) -> Vec<u8> {
    let mut report = report("Zoe Marsh");
    *report.pointer_mut(path).unwrap() = value;
    report.to_string().into_bytes()
}

struct Dropped {
    folder: PathBuf,
    given: BTreeMap<String, Given>,
}

impl Dropped {
    fn write(&mut self, name: &str, bytes: impl AsRef<[u8]>, given: Given) {
        fs::write(self.folder.join(name), bytes).unwrap();
        self.given.insert(name.to_owned(), given);
    }

    fn place(&mut self, name: &str, given: Given) -> PathBuf {
        self.given.insert(name.to_owned(), given);
        self.folder.join(name)
    }

    /// Cut off after every so many bytes: none of them is whole.
    fn truncated(&mut self) {
        let whole = report("Zoe Marsh").to_string();
        for part in 0..60 {
            let end = part * (whole.len() - 1) / 60;
            self.write(&format!("truncated-{part:02}.json"), &whole.as_bytes()[..end], BAD);
        }
    }

    fn wrong_types(&mut self) {
        let paths = ["/format", "/about", "/children", "/reporter", "/account"];
        let values = [json!(7), json!(true), json!(2.5), json!([[1], {}]), json!(-1e300)];
        for (number, path) in paths.iter().enumerate() {
            for (other, value) in values.iter().enumerate() {
                self.write(&format!("type-{number}-{other}.json"), with(path, value.clone()), BAD);
            }
        }
        for (number, whole) in ["null", "7", "\"text\"", "[]", "{}", "[7]", "[null]"].iter().enumerate() {
            self.write(&format!("whole-{number}.json"), whole, BAD);
        }
    }

    fn not_text(&mut self) {
        for seed in 0..20 {
            let mut dice = fastrand::Rng::with_seed(seed);
            let noise: Vec<u8> = std::iter::repeat_with(|| dice.u8(..)).take(2_000).collect();
            self.write(&format!("noise-{seed:02}.json"), &noise, BAD);
            self.write(&format!("noise-{seed:02}.csv"), [b"\0\xff", noise.as_slice()].concat(), BAD);
        }
        for (number, magic) in
            [&b"PK\x03\x04"[..], b"%PDF-1.7", b"\x1f\x8b\x08", b"\x89PNG\r\n\x1a\n"].iter().enumerate()
        {
            self.write(&format!("another-{number}.csv"), [magic, &[0; 64][..]].concat(), BAD);
        }
    }

    /// Reports with something missing, of a format to come, or that say a thing twice.
    fn incomplete(&mut self) {
        for path in ["format", "children", "reporter", "account"] {
            let mut report = report("Zoe Marsh");
            report.as_object_mut().unwrap().remove(path);
            self.write(&format!("without-{path}.json"), report.to_string(), BAD);
        }
        for (number, format) in ["dsl-desk.concern/2", "dsl-desk.concern", "", "Concern"].iter().enumerate() {
            self.write(&format!("format-{number}.json"), with("/format", json!(format)), BAD);
        }
        for (number, about) in ["dog", "school", "pupils", "child?"].iter().enumerate() {
            self.write(&format!("about-{number}.json"), with("/about", json!(about)), BAD);
        }
        let whole = report("Zoe Marsh").to_string();
        self.write("twice.json", whole.replace("{\"about\"", "{\"about\":\"child\",\"about\""), BAD);
        let windows: Vec<u8> = whole.bytes().map(|byte| if byte == b'Z' { 0x8e } else { byte }).collect();
        self.write("windows.json", windows, BAD);
        self.write("after the end.json", whole + "}", BAD);
    }

    /// Tables that end inside a quotation, or whose columns nobody knows.
    fn tables(&mut self) {
        let sheet = "Child's name,What happened?,Reported by\nZoe Marsh,\"No coat, and no lunch either\",Grace Osei\n";
        let quotation = sheet.find('"').unwrap();
        for number in 0..12 {
            let end = quotation + 2 + 2 * number;
            self.write(&format!("quotation-{number:02}.csv"), &sheet[..end], BAD);
        }
        for number in 0..8 {
            let columns: Vec<String> = (0..=number).map(|column| format!("Price {column}")).collect();
            self.write(&format!("columns-{number}.csv"), columns.join(",") + "\n1,2,3\n", BAD);
        }
    }

    fn enormous(&mut self) {
        let fifty = self.place("fifty.json", BAD);
        File::create(fifty).unwrap().set_len(50 * 1024 * 1024).unwrap();
        for (number, depth) in [1_000, 100_000, 1_000_000].into_iter().enumerate() {
            self.write(&format!("deep-{number}.json"), "[".repeat(depth) + &"]".repeat(depth), BAD);
            self.write(
                &format!("deeper-{number}.json"),
                "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth),
                BAD,
            );
        }
    }

    /// What is no file, or may not be read.
    fn no_files(&mut self, outside: &Path) {
        for number in 0..8 {
            fs::create_dir(self.place(&format!("folder-{number}.json"), BAD)).unwrap();
            symlink(outside, self.place(&format!("link-{number}.json"), BAD)).unwrap();
            symlink("/nowhere/at/all", self.place(&format!("dangling-{number}.json"), BAD)).unwrap();
            let pipe = self.place(&format!("pipe-{number}.json"), BAD);
            assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
        }
        let forbidden = self.place("forbidden.json", BAD);
        fs::write(&forbidden, report("Forbidden Marsh").to_string()).unwrap();
        fs::set_permissions(&forbidden, Permissions::from_mode(0o000)).unwrap();
        // Whoever may read everything may read this too; `cli::import` is somebody who may not.
        if fs::read(&forbidden).is_ok() {
            self.given.insert("forbidden.json".to_owned(), GOOD);
        }
    }

    /// Good reports among them: whole, twice, in an array, and in a table half of which is bad.
    fn good_ones(&mut self) {
        for number in 0..10 {
            self.write(&format!("good-{number}.json"), report(&format!("Child {number}")).to_string(), GOOD);
        }
        for number in 0..10 {
            let same = report("Child 3").to_string();
            self.write(&format!("the same-{number}.json"), same, AGAIN);
        }
        for number in 0..10 {
            let header = "Child's name,What happened?,Reported by\n";
            let rows = format!(
                "Ali {number},No coat,Grace Osei\n,,Grace Osei\nMia {number},No lunch,Grace Osei\n,,Grace Osei\n"
            );
            let half = Given { accepted: 2, duplicate: 0, rejected: 2 };
            self.write(&format!("half-{number}.csv"), header.to_owned() + &rows, half);
        }
        let some = json!([report("Leo Marsh"), 7, report("Ida Marsh"), { "format": "another/9" }]);
        self.write("some.json", some.to_string(), Given { accepted: 2, duplicate: 0, rejected: 2 });
    }
}

#[test]
fn two_hundred_broken_files() {
    let mut world = World::new();
    let outside = world.at.folder.root().join("outside.json");
    fs::write(&outside, report("Outside Marsh").to_string()).unwrap();
    let mut dropped = Dropped { folder: world.at.folder.incoming(), given: BTreeMap::new() };
    dropped.truncated();
    dropped.wrong_types();
    dropped.not_text();
    dropped.incomplete();
    dropped.tables();
    dropped.enormous();
    dropped.no_files(&outside);
    dropped.good_ones();
    let broken = dropped.given.values().filter(|given| **given == BAD).count();
    assert!(broken >= 200, "{broken}");
    let came = looks(&mut world);
    let told = told(&came);
    let otherwise: Vec<_> =
        dropped.given.iter().filter(|(name, given)| told.get(*name) != Some(given)).collect();
    assert!(otherwise.is_empty() && told.len() == dropped.given.len(), "{otherwise:?}");
    everything_is_somewhere(&mut world, &dropped, &came);
    assert_eq!(world.problems(), Vec::<String>::new());
    assert!(fs::exists(outside).unwrap(), "what a link leads to is nobody's arrival");
}

/// Looks once a second, for as long as it takes: what looks cut short is given time, and a look takes in a few
/// reports at most.
fn looks(world: &mut World) -> Vec<ArrivalOutcome> {
    let second = |n| minutes(0) + chrono::Duration::seconds(n);
    (0..180).flat_map(|n| world.desk.look(second(n)).unwrap().arrived).collect()
}

/// What was said of each file; which of several that are the same came first is the disk's to say.
fn told(came: &[ArrivalOutcome]) -> BTreeMap<String, Given> {
    let mut told: BTreeMap<String, Given> = BTreeMap::new();
    for outcome in came {
        let file = told.entry(outcome.file.to_string()).or_default();
        match outcome.result {
            ArrivalResult::Accepted(_) => file.accepted += 1,
            ArrivalResult::DuplicateOf(_) => file.duplicate += 1,
            ArrivalResult::Rejected(_) => file.rejected += 1,
        }
    }
    told
}

/// Accepted reports are concerns, and their files are gone; anything else lies beside its reason, as it came.
fn everything_is_somewhere(world: &mut World, dropped: &Dropped, came: &[ArrivalOutcome]) {
    let accepted = came.iter().filter(|one| matches!(one.result, ArrivalResult::Accepted(_))).count();
    let concerns = world.desk.inbox(Pile::Waiting, "", ALL, now()).unwrap().total;
    assert_eq!(concerns, accepted as u64);
    let left: Vec<_> =
        fs::read_dir(&dropped.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["rejected"]);
    let rejected = dropped.folder.join("rejected");
    for (name, given) in &dropped.given {
        let (file, reason) = (rejected.join(name), rejected.join(format!("{name}.reason.txt")));
        let is_bad = given.rejected > 0;
        assert_eq!(file.symlink_metadata().is_ok(), is_bad, "{name}");
        let said = fs::read_to_string(&reason).unwrap_or_default();
        assert_eq!(!said.trim().is_empty(), is_bad, "{name}");
        for row in
            came.iter().filter(|one| one.file.as_str() == name && is_rejected(one)).filter_map(|one| one.row)
        {
            assert!(said.contains(&format!("Row {row}: ")), "{name}: {said}");
        }
    }
}

fn is_rejected(outcome: &ArrivalOutcome) -> bool {
    matches!(outcome.result, ArrivalResult::Rejected(_))
}
