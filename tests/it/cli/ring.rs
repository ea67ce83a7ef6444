//! Whom to ring, by command: what it prints, what it takes from a concern, and whom it refuses.

use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{Passphrase, Work};
use dsl_desk::desk::Act;
use dsl_desk::desk::people::{Keeper, NewPerson};
use dsl_desk::domain::field::{CorrectedField, Part1Field};
use dsl_desk::domain::ids::{ConcernId, PersonId};
use dsl_desk::domain::person::Right;
use serde_json::{Value, json};

use super::desk::{PASSPHRASE, Said, TestDesk, concern, program, said};

const THEIRS: &str = "lantern walnut bicycle six";

/// The answer about a child in Rutland unless other arguments are given, at half past four on a Friday.
fn friday(desk: &TestDesk, args: &[&str]) -> Value {
    desk.json(&[&["ring", "--at", "2026-11-27 16:30"], args].concat())
}

fn phones(document: &Value) -> Vec<&str> {
    let answers = document["answers"].as_array().unwrap();
    answers.iter().map(|answer| answer["phone"].as_str().unwrap_or("-")).collect()
}

fn question(danger: bool, area: Option<&str>, about: &str, purpose: &str) -> Value {
    json!({ "danger": danger, "area": area, "about": about, "for": purpose })
}

#[test]
fn in_words_each_number_has_its_reason_and_its_doubts() {
    let desk = TestDesk::new();
    let said = desk.run(["ring", "--area", "Rutland", "--about", "adult", "--at", "2026-11-27 16:30"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for expected in [
        "About an adult at risk, to report a concern; area: Rutland.",
        "1  0116 305 0005",
        "First Response Children's Duty Team, Leicestershire County Council",
        "always open",
        "In place of Adult Social Care, which is closed. (the PCC's policy, lines 230 to 236)",
        "! Ask whether they can help with an adult: this is known as the children's number.",
        "2  999",
        "3  01572 758 341",
        "closed, opens Mon 30 Nov 08:30",
        "Stale: not yet checked",
        "4  no number in the book",
    ] {
        let on_one_line = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(on_one_line.contains(&expected), "{expected}\n{}", said.out);
    }
    let bank_holiday = desk.run(["ring", "--area", "rutland", "--at", "2026-12-25 10:00"]);
    assert!(bank_holiday.out.contains("assumed closed (bank holiday), opens Tue 29 Dec 08:30"));
}

#[test]
fn before_anything_else_it_says_what_to_know_first() {
    let desk = TestDesk::new();
    let staff = desk.run(["ring", "--area", "leicester", "--about", "staff", "--at", "2026-11-27 16:30"]);
    let before = |said: &Said, first: &str, then: &str| {
        let (first, then) = (said.out.find(first), said.out.find(then));
        assert!(first.is_some() && first < then, "{}", said.out);
    };
    before(&staff, "! Ring the designated officer (LADO) before you speak to the person", "0116 454 2440");
    let nowhere = desk.run(["ring", "--at", "2026-11-27 16:30"]);
    before(&nowhere, "! Where the child lives is not known", "0116 454 1004");
    let later = desk.run(["ring", "--area", "leicester", "--at", "2028-03-01 10:00"]);
    before(&later, "! England's bank holidays are known to the end of 2028 only.", "0116 454 1004");
}

#[test]
fn as_json_it_has_the_shape_that_its_help_prints() {
    let desk = TestDesk::new();
    let document = friday(&desk, &["--area", "rutland"]);
    assert_eq!(document["at"], "2026-11-27T16:30:00+00:00");
    assert_eq!(document["question"], question(false, Some("rutland"), "child", "report"));
    assert_eq!((&document["first"], &document["warnings"]), (&json!([]), &json!([])));
    let answers = document["answers"].as_array().unwrap();
    let keys = |answer: &Value| answer.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    let always =
        "cautions contact name note number_source open organisation person phone role rules source stale why";
    let closed = "cautions contact name note number_source open opens organisation person phone role rules source stale why";
    assert_eq!(keys(&answers[0]), always);
    assert_eq!((&answers[0]["open"], &answers[0]["phone"]), (&json!(true), &json!("0116 305 0005")));
    assert_eq!(answers[0]["source"], json!(["S1:192-200", "S0:80"]));
    assert!(answers[0]["contact"].is_i64() && answers[0]["why"].as_str().unwrap().ends_with('.'));
    // No policy says when the helpline is answered.
    assert_eq!(answers[1]["open"], Value::Null);
    let emergency = answers.iter().find(|answer| answer["phone"] == "999").unwrap();
    assert_eq!((&emergency["contact"], &emergency["stale"]), (&Value::Null, &json!(false)));
    let rutland = answers.iter().find(|answer| answer["phone"] == "01572 758 407").unwrap();
    assert_eq!(keys(rutland), closed);
    assert_eq!((&rutland["open"], &rutland["opens"]), (&json!(false), &json!("2026-11-30T08:30:00+00:00")));
    assert_eq!(rutland["stale"], true);
    let before = desk.json(&["ring", "--area", "rutland", "--at", "2026-11-27 16:29"]);
    assert_eq!(before["answers"][0]["until"], "2026-11-27T16:30:00+00:00");
    let help = desk.run(["ring", "--help"]).out;
    for key in always.split(' ').chain(["until", "opens", "checked", "first", "warnings", "question"]) {
        assert!(help.contains(key), "{key}\n{help}");
    }
}

#[test]
fn danger_is_999_and_then_the_others() {
    let desk = TestDesk::new();
    let danger = friday(&desk, &["--area", "rutland", "--danger"]);
    assert_eq!(phones(&danger)[..2], ["999", "0116 305 0005"]);
    assert_eq!(danger["question"]["danger"], true);
    for about in ["child", "adult", "staff", "member", "dsl"] {
        assert_eq!(phones(&friday(&desk, &["--danger", "--about", about]))[0], "999", "{about}");
    }
}

#[test]
fn a_day_and_a_time_are_taken_as_people_say_them() {
    let desk = TestDesk::new();
    let at = |at: &str| desk.json(&["ring", "--at", at])["at"].as_str().unwrap().to_owned();
    let friday = at("fri 16:30");
    // In London half past four, whichever Friday is next.
    let wall: chrono::DateTime<chrono::Utc> = friday.parse().unwrap();
    let wall = wall.with_timezone(&chrono_tz::Europe::London);
    assert_eq!(wall.format("%a %H:%M").to_string(), "Fri 16:30");
    assert_eq!(at("2026-12-25 10:00"), "2026-12-25T10:00:00+00:00");
    assert_eq!(at("2026-07-25 10:00"), "2026-07-25T10:00:00+01:00");
}

#[test]
fn what_it_cannot_read_it_does_not_repeat() {
    let desk = TestDesk::new();
    for wrong in
        [["--area", "Okonkwo"], ["--about", "Okonkwo"], ["--for", "Okonkwo"], ["--concern", "Okonkwo"]]
    {
        let said = desk.run(["ring", wrong[0], wrong[1]]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{wrong:?}");
        assert!(!said.err.contains("Okonkwo"), "{}", said.err);
    }
    let area = desk.run(["ring", "--area", "Okonkwo"]);
    assert!(area.err.contains("leicester, leicestershire, rutland"), "{}", area.err);
    for at in ["Okonkwo", "2026-11-27", "25:00 Okonkwo"] {
        desk.run(["ring", "--at", at]).could_not("The time after --at cannot be read.");
    }
    desk.run(["ring", "--concern", "7"]).could_not("7");
}

#[test]
fn a_concern_says_itself_what_it_is_about() {
    let desk = TestDesk::with_zoe();
    let mut other = concern("Ife Oduya");
    other["area"] = json!("rutland");
    other["immediate_danger"] = json!(true);
    other["categories"] = json!(["domestic-abuse"]);
    desk.takes_in(&other);
    let zoe = friday(&desk, &["--concern", "1"]);
    assert_eq!(zoe["question"], question(false, Some("leicester"), "child", "report"));
    let ife = friday(&desk, &["--concern", "2"]);
    assert_eq!(ife["question"], question(true, Some("rutland"), "child", "domestic-abuse"));
    assert_eq!(phones(&ife)[..2], ["999", "0116 305 0005"]);
    // What is said beside it counts before what it says.
    let advice = friday(&desk, &["--concern", "1", "--area", "leicestershire", "--for", "advice"]);
    assert_eq!(advice["question"], question(false, Some("leicestershire"), "child", "advice"));
    let about = friday(&desk, &["--concern", "2", "--about", "staff"]);
    assert_eq!(about["question"], question(true, Some("rutland"), "staff", "allegation"));
    let told = desk.run(["ring", "--concern", "2"]);
    assert!(!told.out.contains("Ife") && !told.out.contains("Zoë"), "it needs no name to be rung");
}

#[test]
fn an_area_that_was_put_right_counts() {
    let desk = TestDesk::with_zoe();
    assert_eq!(phones(&friday(&desk, &["--concern", "1"]))[0], "0116 454 1004");
    let mut open = desk.open();
    let correction = Act::Correct {
        concern: ConcernId(1),
        corrects: open.concern(ConcernId(1)).unwrap().seq,
        field: CorrectedField::Part1(Part1Field::Area),
        instead: "rutland".into(),
        reason: "They have moved".into(),
        happened_at: None,
    };
    open.act(&correction, None, "2026-11-20T16:00:00Z".parse().unwrap()).unwrap();
    drop(open);
    let moved = friday(&desk, &["--concern", "1"]);
    assert_eq!(moved["question"]["area"], "rutland");
    assert_eq!(phones(&moved)[0], "0116 305 0005");
}

/// Concern 1 is about a child, concern 2 about staff. Nia Bevan may read, Grace Osei is a deputy.
fn with_others() -> TestDesk {
    let desk = TestDesk::with_zoe();
    let mut staff = concern("Zoë Okonkwo");
    staff["about"] = json!("staff");
    staff["staff"] = json!({ "name": "Peregrine Quillfeather" });
    staff["area"] = json!("rutland");
    staff["categories"] = json!(["radicalisation"]);
    desk.takes_in(&staff);
    let amina = PersonId("amina-khan".to_owned());
    let mut keeper = Keeper::open(Folder::new(desk.folder()), &amina, Passphrase::from(PASSPHRASE)).unwrap();
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    for (name, right) in [("Nia Bevan", Right::Reader), ("Grace Osei", Right::Deputy)] {
        let new = NewPerson { name: name.into(), role: "Colleague".into(), right };
        keeper.add(&new, Passphrase::from(THEIRS), Work::Token, at).unwrap();
    }
    desk
}

fn by(desk: &TestDesk, whom: &str, args: &[&str]) -> Said {
    let mut command = program();
    command.arg("--desk").arg(desk.folder()).args(["--passphrase-file", "-", "--as", whom]);
    said(command.args(args), THEIRS)
}

#[test]
fn whoever_may_read_may_ring() {
    let desk = with_others();
    for args in [&["ring", "--danger"][..], &["ring", "--concern", "1"]] {
        let said = by(&desk, "Nia Bevan", args);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.out.contains("999"));
    }
}

#[test]
fn a_restricted_concern_says_nothing_to_whom_it_does_not_name() {
    let desk = with_others();
    for whom in ["Nia Bevan", "Grace Osei"] {
        for args in [&["ring", "--concern", "2"][..], &["ring", "--concern", "2", "--json"]] {
            let said = by(&desk, whom, args);
            said.could_not("Concern 2 is restricted to the people named on it. Ask one of them.");
            assert_eq!(said.out, "");
            assert!(!said.err.contains("Quillfeather") && !said.err.contains("LADO"), "{}", said.err);
        }
    }
    let lead = ["ring", "--concern", "2", "--as", "amina-khan", "--at", "2026-11-27 16:30", "--json"];
    let hers: Value = serde_json::from_str(&desk.run(lead).out).unwrap();
    assert_eq!(hers["question"], question(false, Some("rutland"), "staff", "allegation"));
    assert!(hers["first"][0].as_str().unwrap().contains("LADO"), "whatever its categories say");
}
