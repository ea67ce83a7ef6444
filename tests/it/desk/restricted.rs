//! Concerns that only the people named on them open (R13, R16, R17).

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::act::{LinkTo, Saved};
use dsl_desk::desk::answer::{Scope, Subject, Target};
use dsl_desk::desk::request::Window;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::field::{CorrectedField, Part1Field};
use dsl_desk::domain::ids::{ChildId, ConcernId, PersonId};
use dsl_desk::domain::part2::{FurtherInformation, Section, Signature};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::text::Text;

use crate::support::{ALL, Place, World, closed, minutes, named, now, part1};

const OPEN: ConcernId = ConcernId(1);
const KEPT: ConcernId = ConcernId(2);
const ZOE: ChildId = ChildId(1);
const REFUSED: &str = "Concern 2 is restricted to the people named on it. Ask one of them.";

/// A concern about Peregrine Quillfeather, whom no other names, and two children of the desk.
fn about_staff() -> Part1 {
    let mut part1 = Part1 {
        about: About::Staff,
        staff: Some(NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() }),
        immediate_danger: Some(true),
        reasons: "He threw a xylophone".into(),
        ..part1("Zoe Marsh", Some("2013-03-01"))
    };
    part1.children.push(named("Ava Reed", Some("2013-05-05")));
    part1
}

/// Amina leads; Grace is a deputy, Kit a senior and Rosa a reader. Concern 1 names Zoe, concern 2 is about staff.
fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2013-03-01"));
    world.act(&Act::TypeIn(Box::new(about_staff())));
    let place = world.close();
    for (name, right) in
        [("Grace Osei", Right::Deputy), ("Kit Moss", Right::Senior), ("Rosa Lind", Right::Reader)]
    {
        place.admit(name, right);
    }
    place
}

fn id(name: &str) -> PersonId {
    PersonId::from_name(name)
}

fn open_as(place: &Place, name: &str) -> Desk {
    place.open_as(&id(name)).unwrap()
}

fn restricts(desk: &mut Desk, concern: ConcernId, people: &[&str], reason: &str) -> Result<Saved, Error> {
    let people = people.iter().map(|name| id(name)).collect();
    desk.act(&Act::Restrict { concern, people, reason: reason.into() }, None, minutes(9))
}

#[track_caller]
fn refused<T>(done: Result<T, Error>) {
    assert_eq!(done.err().map(|error| error.to_string()).as_deref(), Some(REFUSED));
}

fn listed(desk: &mut Desk, pile: Pile, narrow: &str) -> Vec<i64> {
    let page = desk.inbox(pile, narrow, ALL, now()).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.iter().map(|row| row.concern.0).collect()
}

fn found(desk: &mut Desk, typed: &str) -> Vec<Target> {
    let scopes = [Scope::Everything, Scope::Chronology];
    scopes.into_iter().flat_map(|scope| desk.find(typed, scope, 20).unwrap()).map(|hit| hit.target).collect()
}

fn chronology(desk: &mut Desk, child: ChildId) -> Vec<Option<ConcernId>> {
    let rows = desk.chronology(child, Kinds::Everything, "", ALL).unwrap().rows;
    rows.iter().map(|row| row.concern).collect()
}

fn section() -> Section {
    Section::FurtherInformation(FurtherInformation { text: "The blue folder, under xylophone".into() })
}

#[test]
fn a_concern_about_staff_names_the_leads_and_the_record_says_why() {
    let place = place();
    let mut desk = place.open().unwrap();
    let restriction = desk.concern(KEPT).unwrap().restriction.unwrap();
    assert_eq!(restriction.who(), "Amina Khan");
    assert_eq!(&*restriction.reason, "It is about a member of staff.");
    assert_eq!(&*restriction.by, "Amina Khan, Designated Safeguarding Lead");
    assert!(desk.concern(OPEN).unwrap().restriction.is_none());
    assert_eq!(listed(&mut desk, Pile::Waiting, "quillfeather"), [KEPT.0]);
    assert_eq!(listed(&mut desk, Pile::Waiting, "restricted"), [KEPT.0]);
    assert_eq!(desk.standing().unwrap().in_danger, 1);
    assert_eq!(found(&mut desk, "2").first(), Some(&Target::Concern(KEPT)));
    let kinds = "SELECT group_concat(kind) FROM ledger WHERE kind LIKE 'concern-%'";
    let kinds: String = place.bare().query_row(kinds, [], |row| row.get(0)).unwrap();
    assert_eq!(kinds, "concern-received,concern-received,concern-restricted");
    assert!(desk.verify().unwrap().is_content());
}

#[test]
fn whoever_types_it_and_is_not_named_is_told_for_whom_it_is_kept() {
    let place = place();
    let mut grace = open_as(&place, "Grace Osei");
    let saved = grace.act(&Act::TypeIn(Box::new(about_staff())), None, now()).unwrap();
    assert_eq!(saved.kept_for, [Text::from("Amina Khan")]);
    assert!(matches!(grace.concern(saved.concern.unwrap()), Err(Error::Restricted(ConcernId(3)))));
    let other = grace.act(&Act::TypeIn(Box::new(part1("Zoe Marsh", None))), None, now()).unwrap();
    assert!(other.kept_for.is_empty());
}

#[test]
fn for_whoever_is_not_named_it_is_in_no_list() {
    let place = place();
    for name in ["Grace Osei", "Kit Moss", "Rosa Lind"] {
        let mut desk = open_as(&place, name);
        assert_eq!(listed(&mut desk, Pile::Waiting, ""), [OPEN.0], "{name}");
        for narrow in ["quillfeather", "xylophone", "restricted", "2"] {
            assert!(!listed(&mut desk, Pile::Waiting, narrow).contains(&KEPT.0), "{narrow}");
        }
        assert_eq!(desk.standing().unwrap().in_danger, 0);
        for typed in ["quillfeather", "xylophone", "2", "#2", "concern 2"] {
            assert!(!found(&mut desk, typed).contains(&Target::Concern(KEPT)), "{typed}");
        }
        let sheet = desk.sheet(ZOE).unwrap();
        assert_eq!((sheet.concerns, sheet.named_together), (vec![OPEN], vec![]));
        let whom = desk.whom(&[Subject::Concern(KEPT), Subject::Concern(OPEN)]).unwrap();
        assert_eq!(whom, [Text::default(), "Zoe Marsh".into()]);
        assert!(desk.verify().unwrap().is_content());
    }
    let mut amina = place.open().unwrap();
    let sheet = amina.sheet(ZOE).unwrap();
    assert_eq!((sheet.concerns, sheet.named_together.len()), (vec![KEPT, OPEN], 1), "Amina is named");
    for typed in ["quillfeather", "quilfeather", "\"threw a xylophone\""] {
        assert_eq!(found(&mut amina, typed), [Target::Concern(KEPT); 2], "{typed}");
    }
}

#[test]
fn what_is_restricted_later_is_found_by_those_who_are_named_and_by_nobody_else() {
    let place = place();
    let mut grace = open_as(&place, "Grace Osei");
    grace.act(&Act::Section { concern: OPEN, section: section() }, None, now()).unwrap();
    let mut amina = place.open().unwrap();
    let entries = |desk: &mut Desk| desk.find("blue folder", Scope::Chronology, 9).unwrap();
    assert!(matches!(entries(&mut amina)[0].target, Target::Entry { concern: Some(OPEN), .. }));
    restricts(&mut grace, OPEN, &["Kit Moss"], "Conflict").unwrap();
    for typed in ["folder", "foldr", "\"blue folder\"", "kind:further", "by:grace", "child:zoe"] {
        let found = found(&mut amina, typed);
        let tells = |target: &Target| match target {
            Target::Concern(concern) => *concern == OPEN,
            Target::Entry { concern, .. } => *concern == Some(OPEN),
            Target::Child(_) | Target::Contact(_) => false,
        };
        assert!(!found.iter().any(tells), "{typed}: {found:?}");
    }
    let mut kit = open_as(&place, "Kit Moss");
    let hits = entries(&mut kit);
    assert_eq!((hits.len(), hits[0].target), (1, Target::Concern(OPEN)));
    assert!(hits[0].detail.contains("blue folder"), "{}", hits[0].detail);
    assert!(kit.verify().unwrap().is_content());
}

#[test]
fn nor_is_it_opened_or_written_on_by_its_number() {
    let place = place();
    let mut desk = open_as(&place, "Grace Osei");
    let first = place.open().unwrap().concern(KEPT).unwrap().seq;
    refused(desk.concern(KEPT));
    refused(desk.original(KEPT));
    refused(desk.seen_by(Subject::Concern(KEPT)));
    refused(desk.saw(Subject::Concern(KEPT), now()));
    refused(desk.candidates(KEPT, 0));
    refused(desk.annotate(KEPT, &[section()], &[], now()));
    let field = CorrectedField::Part1(Part1Field::Reasons);
    let (instead, reason) = (Text::from("Nothing"), Text::from("Because"));
    let acts = [
        Act::Section { concern: KEPT, section: section() },
        Act::Link { concern: KEPT, position: 0, to: LinkTo::New, reason: reason.clone() },
        Act::Restrict { concern: KEPT, people: vec![id("Grace Osei")], reason: reason.clone() },
        Act::Correct { concern: KEPT, corrects: first, field, instead, reason, happened_at: None },
    ];
    let before = desk.entries().unwrap();
    for act in acts {
        refused(desk.act(&act, None, now()));
    }
    assert_eq!(desk.entries().unwrap(), before);
    assert!(
        place.open().unwrap().act(&Act::Section { concern: KEPT, section: section() }, None, now()).is_ok()
    );
}

#[test]
fn it_stands_in_no_chronology_and_is_found_as_itself_by_those_who_open_it() {
    let place = place();
    let mut desk = place.open().unwrap();
    desk.act(&Act::Section { concern: KEPT, section: section() }, None, now()).unwrap();
    let link = |to| Act::Link { concern: KEPT, position: 1, to, reason: "She said so".into() };
    desk.act(&link(LinkTo::New), None, now()).unwrap();
    desk.act(&link(LinkTo::Known(ZOE)), None, now()).unwrap();
    assert_eq!(chronology(&mut desk, ZOE), [Some(OPEN)]);
    assert!(chronology(&mut desk, ChildId(2)).is_empty() && chronology(&mut desk, ChildId(3)).is_empty());
    for typed in ["xylophone", "quillfeather"] {
        assert_eq!(found(&mut desk, typed), [Target::Concern(KEPT); 2], "{typed}");
    }
    assert!(!found(&mut desk, "lunch").is_empty(), "a word of the other concern");
    assert!(desk.verify().unwrap().is_content());
}

#[test]
fn what_is_restricted_later_leaves_every_list() {
    let place = place();
    let (mut grace, mut amina) = (open_as(&place, "Grace Osei"), place.open().unwrap());
    grace.act(&Act::TypeIn(Box::new(part1("Ava Reed", Some("2013-05-05")))), None, now()).unwrap();
    // Lists that are kept in memory know it already.
    assert_eq!(listed(&mut amina, Pile::Waiting, "marsh"), [KEPT.0, OPEN.0]);
    assert!(!found(&mut amina, "coat zoe").is_empty());
    let saved = restricts(&mut grace, OPEN, &["Grace Osei", "Kit Moss"], "Amina's neighbour").unwrap();
    assert_eq!(saved.entries.len(), 1);
    assert_eq!(listed(&mut amina, Pile::Waiting, "marsh"), [KEPT.0]);
    assert_eq!(listed(&mut amina, Pile::Waiting, ""), [KEPT.0, 3]);
    assert!(amina.concern(OPEN).is_err() && chronology(&mut amina, ZOE).is_empty());
    let still = found(&mut amina, "coat zoe");
    // The names of services are no secret.
    let is_hers = |target: &Target| matches!(target, Target::Contact(_)) || *target == Target::Concern(KEPT);
    assert!(still.iter().all(is_hers), "{still:?}");
    assert_eq!(amina.sheet(ZOE).unwrap().concerns, [KEPT]);
    let mut kit = open_as(&place, "Kit Moss");
    assert_eq!(listed(&mut kit, Pile::Waiting, ""), [OPEN.0, 3]);
    let restriction = kit.concern(OPEN).unwrap().restriction.unwrap();
    assert_eq!(
        (restriction.who().as_str(), &*restriction.reason),
        ("Grace Osei, Kit Moss", "Amina's neighbour")
    );
    let known = |word: &str| -> bool {
        let asked = "SELECT EXISTS (SELECT 1 FROM loose_words
            WHERE concern IS NULL AND instr(char(10) || terms || char(10), char(10) || ?1 || char(10)) > 0)";
        place.bare().query_row(asked, [word], |row| row.get(0)).unwrap()
    };
    assert!(known("coat") && !known("zoe"), "words that another entry holds stay");
    assert!(grace.verify().unwrap().is_content());
}

#[test]
fn who_may_say_so_and_how() {
    let place = place();
    let mut grace = open_as(&place, "Grace Osei");
    for (people, reason, why) in [
        (&["Grace Osei"][..], " ", "Say why"),
        (&[], "Conflict", "Nobody would open it."),
        (&["Nobody Here"], "Conflict", "not a person of this desk"),
        (&["Grace Osei"], "Mine", "No lead or senior would open it."),
    ] {
        let error = restricts(&mut grace, OPEN, people, reason).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let mut rosa = open_as(&place, "Rosa Lind");
    assert!(matches!(restricts(&mut rosa, OPEN, &["Rosa Lind"], "Mine"), Err(Error::NoRight("reader"))));
    let mut amina = place.open().unwrap();
    restricts(&mut amina, KEPT, &["Grace Osei", "Grace Osei"], "I know him").unwrap();
    refused(restricts(&mut amina, KEPT, &["Amina Khan"], "I do not"));
    assert_eq!(grace.concern(KEPT).unwrap().restriction.unwrap().who(), "Grace Osei");
    assert!(grace.verify().unwrap().is_content());
}

#[test]
fn where_everybody_named_has_left_the_leads_open_it() {
    let place = place();
    let mut desk = place.open().unwrap();
    restricts(&mut desk, KEPT, &["Grace Osei"], "I know him").unwrap();
    refused(desk.concern(KEPT));
    drop(desk);
    drop(place.keeper().remove(&id("Grace Osei"), &"Left the school".into(), minutes(10)).unwrap());
    let mut desk = place.open().unwrap();
    let restriction = desk.concern(KEPT).unwrap().restriction.unwrap();
    assert_eq!(restriction.who(), "the leads, as nobody else is left: Grace Osei (left)");
    assert_eq!(listed(&mut desk, Pile::Waiting, ""), [KEPT.0, OPEN.0]);
    refused(open_as(&place, "Kit Moss").concern(KEPT));
    drop(desk);
    place.admit("Grace Osei", Right::Deputy);
    refused(open_as(&place, "Grace Osei").concern(KEPT));
    assert!(place.open().unwrap().verify().unwrap().is_content());
}

#[test]
fn a_concern_that_turns_out_to_be_about_staff_is_restricted_then() {
    let place = place();
    let mut grace = open_as(&place, "Grace Osei");
    let corrects = grace.concern(OPEN).unwrap().seq;
    let correct = |instead: &str| Act::Correct {
        concern: OPEN,
        corrects,
        field: CorrectedField::Part1(Part1Field::About),
        instead: instead.into(),
        reason: "Misread".into(),
        happened_at: None,
    };
    assert!(grace.act(&correct("adult"), None, now()).unwrap().kept_for.is_empty());
    assert_eq!(chronology(&mut grace, ZOE).len(), 2);
    let saved = grace.act(&correct("staff"), None, now()).unwrap();
    // The correction, the clock of the designated officer (D13), and the restriction.
    assert_eq!((saved.entries.len(), saved.kept_for), (3, vec![Text::from("Amina Khan")]));
    assert!(grace.concern(OPEN).is_err() && chronology(&mut grace, ZOE).is_empty());
    let mut desk = place.open().unwrap();
    assert_eq!(desk.act(&correct("staff"), None, now()).unwrap().entries.len(), 1, "it is already");
    assert!(desk.verify().unwrap().is_content());
}

#[test]
fn a_file_that_holds_a_restricted_report_beside_others_is_not_shown() {
    let mut world = World::new();
    let report = |name: &str| {
        let part1 = serde_json::to_value(part1(name, None)).unwrap();
        let mut report = part1.as_object().unwrap().clone();
        report.insert("format".to_owned(), "dsl-desk.concern/1".into());
        report
    };
    let mut staff = report("Zoe Marsh");
    staff.insert("about".to_owned(), "staff".into());
    staff.insert("staff".to_owned(), serde_json::json!({ "name": "Peregrine Quillfeather" }));
    let file = |reports: &[_]| serde_json::to_string(reports).unwrap();
    world.import("first.json", &file(&[staff.clone()]));
    let later = world.import("export.json", &file(&[report("Ava Reed"), staff]));
    assert_eq!(later.len(), 2);
    world.import("another.json", &file(&[report("Ali Raza"), report("Sam Hill")]));
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    let grace = open_as(&place, "Grace Osei");
    let error = grace.original(ConcernId(2)).unwrap_err().to_string();
    assert!(error.contains("concern 1 among them is restricted"), "{error}");
    assert!(grace.original(ConcernId(3)).is_ok());
    let (_, text) = place.open().unwrap().original(ConcernId(2)).unwrap();
    assert!(text.contains("Quillfeather"));
}

#[test]
fn windows_of_a_pile_step_over_what_is_hidden() {
    let mut world = World::new();
    for nth in 0..9 {
        world.concern("Zoe Marsh", Some("2013-03-01"));
        let mut staff = about_staff();
        // Some stand above the others, and some among them.
        staff.immediate_danger = Some(nth % 2 == 0);
        staff.categories = Vec::new();
        world.act(&Act::TypeIn(Box::new(staff)));
    }
    for concern in [1, 2, 3, 4, 5, 6].map(ConcernId) {
        let (name, role) = ("Amina Khan".into(), "Designated Safeguarding Lead".into());
        world.act(&Act::Section { concern, section: Section::Signed(Signature { name, role }) });
        let act = closed(&world.desk, concern);
        world.act(&act);
    }
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    for (mut desk, waiting, signed) in [(open_as(&place, "Grace Osei"), 6, 3), (place.open().unwrap(), 12, 6)]
    {
        for (pile, expected) in [(Pile::Waiting, waiting), (Pile::Closed, signed)] {
            let all = listed(&mut desk, pile, "");
            assert_eq!(all.len(), expected);
            for (above, most) in (0..14).flat_map(|above| (1..14).map(move |most| (above, most))) {
                let window = Window { offset: above as u64, limit: most as u64 };
                let page = desk.inbox(pile, "", window, now()).unwrap();
                let rows: Vec<_> = page.rows.iter().map(|row| row.concern.0).collect();
                let wanted: Vec<_> = all.iter().copied().skip(above).take(most).collect();
                assert_eq!((page.total, rows), (expected as u64, wanted), "{window:?}");
            }
        }
    }
}
