//! Long text is asked by words, phrases and filters, and each hit shows the line around them.

use dsl_desk::desk::answer::{Finding, Found, Scope, Target};
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, ConcernId, Seq};
use dsl_desk::domain::part2::{FurtherInformation, Section, Signature};

use crate::support::{ALL, World, moment, now, part1};

/// Zoë, Łukasz and Zofia, with a few rows each.
fn school() -> World {
    let mut world = World::new();
    for name in ["Zoë Marsh", "Łukasz Nowak", "Zofia Marsh"] {
        world.concern(name, Some("2014-03-02"));
    }
    world.on_day(1, NoteKind::Event, "2026-11-01", "A knife was found in the blue folder");
    world.on_day(2, NoteKind::Contact, "2026-10-05", "Mum rang about a folder that is blue, and a knife");
    world.on_day(3, NoteKind::Event, "2025-11-07", "He drew a knive. It was confiscated");
    world
}

impl World {
    fn on_day(&mut self, child: i64, note: NoteKind, day: &str, text: &str) -> Seq {
        let (child, happened_at) = (ChildId(child), moment(day));
        self.act(&Act::Note { child, note, happened_at, text: text.into() }).entries[0]
    }

    fn ask(&mut self, typed: &str) -> Finding {
        self.desk.look_for(typed, Scope::Chronology, 20, now()).unwrap()
    }

    /// In whose chronologies.
    fn whose(&mut self, typed: &str) -> Vec<i64> {
        whose(&self.ask(typed).hits)
    }
}

fn whose(hits: &[Found]) -> Vec<i64> {
    let child = |hit: &Found| match hit.target {
        Target::Entry { child, .. } => child.0,
        Target::Child(_) | Target::Contact(_) | Target::Concern(_) => 0,
    };
    hits.iter().map(child).collect()
}

#[test]
fn words_phrases_and_what_is_not_to_be_there() {
    let mut world = school();
    assert_eq!(world.whose("knife"), [2, 1, 3], "as it was typed, the newest first; then what is nearly so");
    assert_eq!(world.whose("\"blue folder\""), [1]);
    assert_eq!(world.whose("\"folder that is blue\""), [2]);
    assert_eq!(world.whose("folder \"knife\""), [2, 1]);
    assert_eq!(world.whose("knife -mum"), [1, 3]);
    assert_eq!(world.whose("knife -\"blue folder\""), [2, 3]);
    assert_eq!(world.whose("\"a blue folder\""), [0; 0]);
}

#[test]
fn a_single_letter_beside_other_words_comes_first_and_excludes_nothing() {
    let mut world = school();
    world.on_day(1, NoteKind::Event, "2026-11-02", "Child B said that it was a joke");
    world.on_day(2, NoteKind::Event, "2026-11-03", "Child Z laughed");
    let with_b = world.whose("child b");
    assert_eq!((with_b.first(), with_b.len()), (Some(&1), 2), "{with_b:?}");
    assert_eq!(world.whose("folder k"), world.whose("folder"), "nothing has the word k");
    assert_eq!(world.whose("laughed q"), [2]);
}

#[test]
fn filters_narrow_and_may_stand_alone() {
    let mut world = school();
    assert_eq!(world.whose("knife child:marsh"), [1, 3]);
    assert_eq!(world.whose("knife child:\"zoe m\""), [1]);
    assert_eq!(world.whose("knife child:2"), [2]);
    assert_eq!(world.whose("knife kind:event"), [1, 3]);
    assert_eq!(world.whose("kind:contact"), [2]);
    assert_eq!(world.whose("knife kind:follow-up"), [0; 0]);
    assert_eq!(world.whose("knife kind:follow-ups"), [0; 0]);
    assert_eq!(world.whose("knife from:2026-10 to:last month"), [2]);
    assert_eq!(world.whose("knife from:2026"), [2, 1]);
    assert_eq!(world.whose("knife to:2025"), [3]);
    assert_eq!(world.whose("knife by:khan"), [2, 1, 3]);
    assert_eq!(whose(&world.desk.find("knife kind:contact", Scope::Everything, 9).unwrap()), [2]);
}

#[test]
fn a_filter_that_is_not_understood_is_left_out_and_said() {
    let mut world = school();
    for typed in ["kind:zebra", "from:soonish", "child:nobody", "child:99", "by:nobody"] {
        let Finding { hits, notes, .. } = world.ask(&format!("knife {typed}"));
        assert_eq!(whose(&hits), [2, 1, 3], "{typed}");
        assert!(matches!(&notes[..], [note] if note.contains("left out")), "{typed}: {notes:?}");
    }
    let elsewhere = world.desk.look_for("zoe child:", Scope::Children, 9, now()).unwrap();
    assert!(elsewhere.notes.is_empty());
    let elsewhere = world.desk.look_for("zoe -marsh", Scope::Children, 9, now()).unwrap();
    assert_eq!(
        elsewhere.hits[0].target,
        Target::Child(ChildId(1)),
        "nobody is left out by a hyphen in a name"
    );
    assert!(world.ask("knife kind:event").notes.is_empty());
}

#[test]
fn what_is_typed_may_go_on_with_what_the_desk_knows() {
    let mut world = school();
    let mut offers = |typed: &str| -> Vec<String> {
        world.ask(typed).completions.into_iter().map(|completion| completion.typed).collect()
    };
    assert_eq!(offers("knife ki"), ["knife kind:"]);
    assert_eq!(offers("by:am"), ["by:\"Amina Khan\" "]);
    let mut marshes = offers("child:mar");
    marshes.sort();
    assert_eq!(marshes, ["child:\"Zofia Marsh\" ", "child:\"Zoë Marsh\" "]);
}

#[test]
fn a_hit_shows_the_line_around_the_words_and_says_what_was_bridged() {
    let mut world = school();
    let far = "Nothing of note for a long while, and then for a while longer. In the end a bag with a spanner lay there";
    world.on_day(1, NoteKind::Event, "2026-11-02", far);
    let hits = world.ask("spaner").hits;
    assert_eq!(hits[0].detail.as_str(), "2 Nov 2026 event: … bag with a spanner lay there");
    assert_eq!(hits[0].why, "spelt nearly so");
    let mut report = part1("Zoë Marsh", Some("2014-03-02"));
    report.opinion = "It may be that the lighthouse keeper saw it".into();
    world.act(&Act::TypeIn(Box::new(report)));
    let hits = world.ask("lighthouse").hits;
    assert!(hits[0].detail.ends_with(": It may be that the lighthouse keeper saw it"), "{}", hits[0].detail);
    assert_eq!(hits[0].why, "");
}

#[test]
fn of_one_day_what_is_still_open_comes_first() {
    let mut world = school();
    let log = || Section::FurtherInformation(FurtherInformation { text: "Minibus log".into() });
    for concern in [1, 2] {
        world.act(&Act::Section { concern: ConcernId(concern), section: log() });
    }
    assert_eq!(world.whose("minibus"), [2, 1]);
    let signed = Section::Signed(Signature { name: "Amina Khan".into(), role: "DSL".into() });
    world.act(&Act::Section { concern: ConcernId(2), section: signed });
    assert_eq!(world.whose("minibus"), [1, 2]);
}

#[test]
fn what_happened_on_another_day_than_was_said_is_found_under_that_day() {
    let mut world = school();
    let corrects = world.on_day(1, NoteKind::Event, "2026-11-03", "Sang in assembly");
    assert_eq!(world.whose("sang from:nov"), [1]);
    let (instead, reason) = ("Sang in assembly".into(), "Misread".into());
    let happened_at = Some(moment("2026-09-03"));
    world.act(&Act::CorrectNote { child: ChildId(1), corrects, instead, reason, happened_at });
    assert_eq!(world.whose("\"sang in assembly\" kind:event from:nov"), [0; 0]);
    assert_eq!(world.whose("sang to:sep"), [1]);
    assert!(world.desk.verify().unwrap().is_content());
}

#[test]
fn one_chronology_is_narrowed_in_the_same_words() {
    let mut world = school();
    let texts = |desk: &mut Desk, typed: &str| -> Vec<String> {
        let page = desk.chronology(ChildId(1), Kinds::Everything, typed, ALL).unwrap();
        page.rows.iter().map(|row| row.kind.label().to_owned()).collect()
    };
    let desk = &mut world.desk;
    assert_eq!(texts(desk, "kind:event"), ["event"]);
    assert_eq!(texts(desk, "\"blue folder\" knif"), ["event"]);
    assert_eq!(texts(desk, "-knife"), ["concern"]);
    assert_eq!(texts(desk, "from:2/11/2026 by:amina"), ["concern"]);
    assert_eq!(texts(desk, "to:1/11/2026"), ["event"]);
    assert_eq!(texts(desk, "by:nobody"), [""; 0]);
}

/// The newest entries wait before they go into the index: more of them than wait.
#[test]
fn what_went_into_the_index_is_found_corrected_restricted_and_compared() {
    let mut world = school();
    let first = world.on_day(1, NoteKind::Event, "2026-11-03", "Sang in assembly");
    let log = Section::FurtherInformation(FurtherInformation { text: "Minibus log".into() });
    world.act(&Act::Section { concern: ConcernId(1), section: log });
    for day in 0..520 {
        world.on_day(2, NoteKind::Event, "2026-10-01", &format!("Came late, day{day}"));
    }
    assert_eq!(world.whose("\"sang in assembly\" from:nov kind:event -late"), [1]);
    assert_eq!(world.whose("asembly"), [1]);
    assert_eq!(world.whose("day7"), world.whose("child:2 \"day7\"").repeat(11));
    let (instead, reason) = ("Sang in assembly".into(), "Misread".into());
    let happened_at = Some(moment("2026-09-03"));
    world.act(&Act::CorrectNote { child: ChildId(1), corrects: first, instead, reason, happened_at });
    assert_eq!(world.whose("sang to:sep kind:event"), [1]);
    assert_eq!(world.whose("minibus"), [1]);
    let people = vec![dsl_desk::domain::ids::PersonId::from_name("Amina Khan")];
    world.act(&Act::Restrict { concern: ConcernId(1), people, reason: "Conflict".into() });
    assert_eq!(world.ask("minibus").hits[0].target, Target::Concern(ConcernId(1)));
    assert!(world.desk.verify().unwrap().is_content());
    let place = world.close();
    let words = "SELECT count(*) FROM word WHERE word IN ('minibus', 'assembly')";
    assert_eq!(
        place.bare().query_row(words, [], |row| row.get(0)),
        Ok(1),
        "nothing of it is among the words of all"
    );
    for damage in [
        "UPDATE posting SET seqs = x'0700' WHERE place = (SELECT id << 16 FROM word WHERE word = 'assembly')",
        "DELETE FROM posting WHERE place = (SELECT id << 16 FROM word WHERE word = 'late')",
        "UPDATE word SET word = 'asembly' WHERE word = 'assembly'",
    ] {
        let db = place.bare();
        assert_eq!(db.execute(damage, []), Ok(1), "{damage}");
        drop(db);
        let problems = place.open().unwrap().verify().unwrap().problems;
        assert!(problems.iter().any(|problem| problem.contains("posting")), "{damage}: {problems:?}");
    }
}
