//! A busy desk: 1,000 open concerns and 5,000 follow-ups, and what the inbox and the due screen ask of it.
//!
//! `cargo bench --bench due` makes it anew; that takes a minute, for each act is written durably. A window of either list
//! has to be there within a frame (5 ms), and so has a key that narrows.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::cabinet::table::follow_up::Order;
use dsl_desk::demo::Size;
use dsl_desk::demo::desks::of_size;
use dsl_desk::desk::request::Window;
use dsl_desk::desk::worker::Ready;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::concern::{NamedChild, Part1, Reporter};
use dsl_desk::domain::decision::{Course, CourseTaken, Decision};
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::follow_up::{FollowUp, Step};
use dsl_desk::domain::ids::{ConcernId, FollowUpId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::text::Text;

mod measured {
    #[expect(dead_code, reason = "this bench compares nothing and measures no memory")]
    pub(crate) mod times;
}

use measured::times::{Times, beginnings};

const CONCERNS: i64 = 1_000;
/// Of each: four that a referral sets, and one by hand.
const DUE: u64 = 5_000;
/// What a screen of sixty lines asks for.
const SCREEN: Window = Window { offset: 0, limit: 184 };
const ROUNDS: usize = 200;

fn main() {
    let home = tempfile::TempDir::with_prefix("dsl-desk-due-").expect("a folder for the desk");
    let now = Utc::now().trunc_subsecs(0);
    let small = Size::new(200, 400);
    let mut desk = of_size(Folder::new(home.path()), small, 1, now, |_, _| {}).expect("a desk");
    for nth in 0..CONCERNS {
        busy(&mut desk, nth, now);
    }
    let due = desk.due(Order::ByTime, "", SCREEN, now).expect("what is due");
    println!("{} follow-ups, {} of them late", due.page.total, due.overdue);
    assert!(due.page.total >= DUE);
    Times::print_head();
    inbox(&mut desk, now);
    for order in Order::ALL {
        windows(&mut desk, order, now);
    }
    narrowing(&mut desk, now);
}

/// A concern that was referred, some time in the last year, and what she asked herself besides.
fn busy(desk: &mut Desk, nth: i64, now: DateTime<Utc>) {
    let at = now - TimeDelta::hours(nth * 8);
    let child = NamedChild { name: Text::from(format!("Child {}", name(nth))), ..NamedChild::default() };
    let mut part1 = Part1 {
        children: vec![child],
        reporter: Reporter { name: "Grace Osei".into(), job_title: "Tutor".into(), email: None },
        reasons: Text::from(format!("Bruise seen in lesson {nth}.")),
        ..Part1::default()
    };
    part1.account.what = "A bruise above the elbow.".into();
    let saved = desk.act(&Act::TypeIn(Box::new(part1)), None, now).expect("a concern");
    let concern = saved.concern.expect("its number");
    let taken = CourseTaken {
        course: Course::Refer,
        at: Moment::At(at),
        to: "First Response".into(),
        reasons: "It goes on.".into(),
        in_writing: false,
    };
    let decision = Decision::Course(taken);
    desk.act(&Act::Decide { concern, decision }, None, now).expect("a referral");
    let due = FollowUp {
        what: Text::from(format!("Ask how lesson {nth} went")),
        who: Text::from(format!("Tutor {}", nth % 40)),
        due: now + TimeDelta::hours(nth),
        note: "She asked for it.".into(),
        ..FollowUp::default()
    };
    desk.act(&Act::SetFollowUp { subject: Subject::Concern(concern), due }, None, now).expect("due");
}

/// Told apart by letters, as names are.
fn name(nth: i64) -> String {
    let letter = |place: i64| char::from(b'a' + u8::try_from((nth / place) % 26).unwrap_or_default());
    [letter(676), letter(26), letter(1)].iter().collect()
}

fn inbox(desk: &mut Desk, now: DateTime<Utc>) {
    let mut windows = Times::default();
    for offset in (0..ROUNDS as u64).map(|round| round * 64 % 960) {
        let window = Window { offset, ..SCREEN };
        windows.take(|| desk.inbox(Pile::Waiting, "", window, now).expect("rows"));
    }
    windows.print("window of the inbox, its clocks in it");
}

fn windows(desk: &mut Desk, order: Order, now: DateTime<Utc>) {
    let mut windows = Times::default();
    for offset in (0..ROUNDS as u64).map(|round| round * 64 % (DUE - 184)) {
        let window = Window { offset, ..SCREEN };
        windows.take(|| desk.due(order, "", window, now).expect("rows"));
    }
    windows.print(&format!("window of what is due, {}", order.label()));
}

/// Before each first letter something is recorded, and the desk has had a moment in which nothing was asked.
fn narrowing(desk: &mut Desk, now: DateTime<Utc>) {
    let (mut slices, mut first, mut next) = (Times::default(), Times::default(), Times::default());
    for round in 0..20 {
        let step =
            Step::Tried { at: Moment::At(now), whom: "the duty team".into(), text: Text::default(), rung: 1 };
        desk.act(&Act::MoveFollowUp { follow_up: FollowUpId(round + 1), step }, None, now)
            .expect("an attempt");
        desk.due(Order::ByTime, "", SCREEN, now).expect("rows");
        while slices.take(|| desk.get_ready(now).expect("a slice")) == Ready::NotYet {}
        first.take(|| desk.due(Order::ByTime, "t", SCREEN, now).expect("rows"));
        for key in beginnings("tutor 12").skip(1) {
            next.take(|| desk.due(Order::ByTime, key, SCREEN, now).expect("rows"));
        }
    }
    slices.print("idle: a slice of what is due");
    first.print("first key narrowing what is due");
    next.print("key narrowing it further");
    let mut whole = Times::default();
    for concern in (1..=CONCERNS).map(ConcernId).take(ROUNDS) {
        whole.take(|| desk.concern(concern).expect("a concern"));
    }
    whole.print("a concern with its clocks");
}
