use std::fs;
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use chrono::{SubsecRound as _, TimeDelta, Utc};
use dsl_desk::cabinet::table::follow_up::Order;
use dsl_desk::desk::Act;
use dsl_desk::desk::request::Window;
use dsl_desk::domain::decision::{Course, CourseTaken, Decision};
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::follow_up::{FollowUp, Step};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::moment::Moment;
use serde_json::{Value, json};

use super::desk::TestDesk;

/// Referred four days ago by telephone; and something that she wrote herself.
fn desk() -> TestDesk {
    let test = TestDesk::with_zoe();
    // The record keeps whole seconds.
    let now = Utc::now().trunc_subsecs(0);
    let mut desk = test.open();
    let taken = CourseTaken {
        course: Course::Refer,
        at: Moment::At(now - TimeDelta::days(5)).writable().unwrap(),
        to: "First Response".into(),
        reasons: "It goes on.".into(),
        in_writing: false,
    };
    let concern = ConcernId(1);
    desk.act(&Act::Decide { concern, decision: Decision::Course(taken) }, None, now).unwrap();
    let due = FollowUp {
        what: "Ask Zoë Okonkwo how she sleeps".into(),
        who: "Grace Osei, tutor".into(),
        due: now + TimeDelta::days(90),
        ..FollowUp::default()
    };
    desk.act(&Act::SetFollowUp { subject: Subject::Concern(concern), due }, None, now).unwrap();
    test
}

#[test]
fn every_name_of_the_shape_is_there() {
    let due = desk().json(&["due"]);
    let rows = due.as_array().unwrap();
    assert_eq!(rows.len(), 5);
    let form = rows.iter().find(|row| row["what"] == "Referral in writing (MARF) after the call").unwrap();
    assert_eq!(
        (&form["concern"], &form["who"], &form["state"]),
        (&json!(1), &json!("you"), &json!("overdue"))
    );
    assert!(form["follow_up"].is_i64() && form.get("child").is_none(), "{form}");
    let last = rows.last().unwrap();
    assert_eq!((&last["who"], &last["state"]), (&json!("Grace Osei, tutor"), &json!("coming")));
    let at = last["due_at"].as_str().unwrap();
    assert!(at.ends_with("+00:00") || at.ends_with("+01:00"), "{at}");
    let times: Vec<i64> = rows
        .iter()
        .map(|row| chrono::DateTime::parse_from_rfc3339(row["due_at"].as_str().unwrap()).unwrap().timestamp())
        .collect();
    assert!(times.is_sorted(), "the soonest first");
}

#[test]
fn the_table_says_how_each_stands() {
    let test = desk();
    let said = test.run(["due"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines[0].starts_with("No.  State"), "{}", said.out);
    assert!(lines[1].contains("overdue") && lines[1].contains("concern 1, Zoë Okonkwo"), "{}", said.out);
    let inbox = test.run(["inbox"]);
    assert!(inbox.out.contains("overdue"), "{}", inbox.out);
    let row = &test.json(&["inbox"])[0];
    assert_eq!(row["due"], test.json(&["due"])[0]["due_at"]);
    assert_eq!(row["due_what"], test.json(&["due"])[0]["what"]);
}

#[test]
fn nothing_is_an_answer() {
    let desk = TestDesk::with_zoe();
    assert_eq!(desk.run(["due"]).out, "Nothing is due.\n");
    assert_eq!(desk.json(&["due"]), json!([]));
    assert!(desk.json(&["inbox"])[0].get("due").is_none());
}

#[test]
fn a_calendar_has_the_dates_and_nobody_in_it() {
    let test = desk();
    let path = test.folder().with_file_name("due.ics");
    let name = path.to_str().unwrap();
    assert_eq!(test.json(&["due", "--ics", name])["follow_ups"], 5);
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written.matches("BEGIN:VEVENT\r\n").count(), 5, "{written}");
    assert!(written.contains("SUMMARY:Concern 1: follow-up\r\n"), "{written}");
    assert!(
        written
            .replace("\r\n ", "")
            .contains("SUMMARY:Concern 1: Local authority's decision on the referral\r\n")
    );
    for secret in ["Zoë", "Okonkwo", "Grace", "sleeps", "VALARM"] {
        assert!(!written.contains(secret), "{secret}");
    }
    #[cfg(unix)]
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let names = |calendar: &str| -> Vec<String> {
        calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    // One of an earlier day gives way, and each is still called what it was.
    assert_eq!(test.run(["due", "--ics", name]).code, 0);
    assert_eq!(names(&fs::read_to_string(&path).unwrap()), names(&written));
    let elsewhere = desk();
    assert_ne!(names(&elsewhere.run(["due", "--ics", "-"]).out), names(&written), "of another record");
}

#[test]
fn a_file_of_another_kind_stays_as_it_is() {
    let test = desk();
    for other in ["My diary\n", "BEGIN:VCALENDAR\r\nPRODID:-//somebody else//EN\r\n", ""] {
        let path = test.file("diary.ics", other);
        test.run(["due".as_ref(), "--ics".as_ref(), path.as_os_str()])
            .could_not("There is a file of that name already.");
        assert_eq!(fs::read_to_string(&path).unwrap(), other);
    }
    let Value::Object(shape) = test.json(&["due", "--ics", "-"]) else { panic!("no object") };
    assert_eq!(shape["format"], "icalendar");
    assert!(shape["text"].as_str().unwrap().starts_with("BEGIN:VCALENDAR"));
}

/// Asks for a calendar, which is not written.
#[track_caller]
fn refused(test: &TestDesk, path: &Path, why: &str) {
    test.run(["due".as_ref(), "--ics".as_ref(), path.as_os_str()]).could_not(why);
}

#[cfg(unix)]
#[test]
fn a_link_is_neither_followed_nor_replaced() {
    let test = desk();
    let calendar = test.run(["due", "--ics", "-"]).out;
    let real = test.file("shared.ics", &calendar);
    let (link, nowhere) = (real.with_file_name("due.ics"), real.with_file_name("gone.ics"));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    std::os::unix::fs::symlink("no such file", &nowhere).unwrap();
    for path in [&link, &nowhere] {
        refused(&test, path, "That name is only a link.");
        assert!(fs::symlink_metadata(path).unwrap().is_symlink());
    }
    assert_eq!(fs::read_to_string(&real).unwrap(), calendar);
    assert_eq!(test.json(&["due", "--ics", real.to_str().unwrap()])["follow_ups"], 5);
}

#[test]
fn nothing_is_written_where_the_desk_keeps_its_own() {
    let test = desk();
    let root = test.folder();
    let inside = |folder: &str| root.join(folder).join("due.ics");
    let mut paths =
        ["", "incoming", "incoming/rejected", "cabinets", "people", "backups"].map(inside).to_vec();
    paths.push(root.join("../desk/incoming/due.ics"));
    #[cfg(unix)]
    {
        let way_in = root.with_file_name("reports");
        std::os::unix::fs::symlink(root.join("incoming"), &way_in).unwrap();
        paths.push(way_in.join("due.ics"));
    }
    for path in paths {
        refused(&test, &path, "inside the desk's own folder");
        test.run(["contacts".as_ref(), "export".as_ref(), path.as_os_str()])
            .could_not("inside the desk's own folder");
        assert!(!path.exists(), "{}", path.display());
    }
    let beside = root.with_file_name("desk.ics");
    assert_eq!(test.json(&["due", "--ics", beside.to_str().unwrap()])["follow_ups"], 5);
}

#[test]
fn what_a_run_that_was_cut_off_left_behind_is_in_nobodys_way() {
    let test = desk();
    let path = test.file("due.ics", &test.run(["due", "--ics", "-"]).out);
    let left = test.file("due.ics.new", "BEGIN:VCALENDAR\r\nPRODID:-//dsl");
    let old = fs::read_to_string(&path).unwrap();
    let mut desk = test.open();
    let follow_up =
        desk.due(Order::ByTime, "", Window { offset: 0, limit: 1 }, Utc::now()).unwrap().page.rows[0].id;
    let step = Step::Dropped { reason: "It was sent.".into() };
    desk.act(&Act::MoveFollowUp { follow_up, step }, None, Utc::now()).unwrap();
    drop(desk);
    for _ in 0..2 {
        assert_eq!(test.json(&["due", "--ics", path.to_str().unwrap()])["follow_ups"], 4);
    }
    assert_ne!(fs::read_to_string(&path).unwrap(), old);
    assert!(left.exists(), "what is not known stays as it is");
    let beside = fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(beside.into_iter().all(|name| !name.to_string_lossy().starts_with(".dsl-desk-")));
}
