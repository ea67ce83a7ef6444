//! What a roll is to the desk. Everybody is invented.

use chrono::NaiveDate;

use super::matching::Children;
use super::{Asked, Doubt, Is, Judgement, Leavers, Plan, Wanted, compared};
use crate::cabinet::table::child::Child;
use crate::domain::child::ChildDetails;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::text::Text;
use crate::domain::upn::Upn;
use crate::intake::roll::{Kind, Pupil, Refusal, Roll, Row};

const ZOES: &str = "D820123415001";
const ANOTHER: &str = "T820123415002";
const BORN: &str = "2015-03-03";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A pupil; a blank date or UPN is none.
fn pupil(name: &str, born: &str, form: &str, upn: &str) -> Pupil {
    Pupil {
        name: name.into(),
        date_of_birth: born.parse().ok(),
        form: form.into(),
        upn: Upn::read(upn),
        ..Pupil::default()
    }
}

fn of_school(pupil: Pupil, school: &str) -> Pupil {
    Pupil { school: school.into(), ..pupil }
}

fn child(id: i64, of: &Pupil) -> Child {
    let details = ChildDetails {
        name: of.name.clone(),
        date_of_birth: of.date_of_birth,
        form: of.form.clone(),
        school: of.school.clone(),
        upn: of.upn.clone(),
        ..ChildDetails::default()
    };
    Child::new(ChildId(id), details)
}

/// The same on that school's roll.
fn on_roll(id: i64, of: &Pupil) -> Child {
    Child { roll: Some(of.school.clone()), ..child(id, of) }
}

fn rows(pupils: &[Pupil]) -> Vec<Row> {
    let row = |(place, pupil): (u32, &Pupil)| Row { place, result: Ok(pupil.clone()), lost: Vec::new() };
    (1..).zip(pupils).map(row).collect()
}

fn plan_of(kind: Kind, rows: Vec<Row>, children: Vec<Child>, wanted: Wanted) -> Plan {
    let asked = Asked {
        file: "roll.csv".into(),
        organisation: "Weirgate School".into(),
        wanted,
        today: day("2026-11-20"),
    };
    let children = Children::new(children, Vec::new());
    compared(asked, Roll { kind, rows, lost: Vec::new() }, children, Seq(0)).unwrap()
}

fn plan(pupils: &[Pupil], children: Vec<Child>) -> Plan {
    plan_of(Kind::Table, rows(pupils), children, Wanted::default())
}

fn judgements(plan: &Plan) -> Vec<Judgement> {
    plan.rows.iter().map(|row| row.judgement).collect()
}

fn fields(plan: &Plan, at: usize) -> Vec<&'static str> {
    plan.rows[at].differences.iter().map(|one| one.field).collect()
}

/// What the only row is to a desk of these.
fn beside(known: &[Pupil], row: Pupil) -> (Judgement, Vec<&'static str>) {
    let plan = plan(&[row], (1..).zip(known).map(|(id, of)| child(id, of)).collect());
    (plan.rows[0].judgement, fields(&plan, 0))
}

fn zoe() -> Pupil {
    pupil("Zoë Marsh", BORN, "7B", ZOES)
}

#[test]
fn certain_by_upn_or_by_name_and_date_of_birth() {
    assert_eq!(beside(&[zoe()], zoe()), (Judgement::Same, vec![]));
    assert_eq!(beside(&[zoe()], pupil("MARSH Zoe", BORN, "", "")), (Judgement::Same, vec![]));
    assert_eq!(
        beside(&[zoe()], pupil("Zoë Finch", BORN, "8B", ZOES)),
        (Judgement::Changed, vec!["name", "form"])
    );
    let moved = pupil("Zoë Marsh", "2015-03-05", "", ZOES);
    assert_eq!(beside(&[zoe()], moved), (Judgement::Changed, vec!["date of birth"]));
    let with_upn = pupil("Zoë Marsh", BORN, "7B", ZOES);
    assert_eq!(beside(&[pupil("Zoë Marsh", BORN, "7B", "")], with_upn), (Judgement::Changed, vec!["UPN"]));
    assert_eq!(beside(&[zoe()], pupil("Kofi Osei", BORN, "", ANOTHER)).0, Judgement::New);
    assert_eq!(beside(&[zoe()], pupil("Zoë Marsh", "2014-01-01", "", ANOTHER)).0, Judgement::New);
}

#[test]
fn whatever_is_less_than_certain_is_unsure_and_not_recorded() {
    for row in [
        pupil("Zoë Marsh", "", "", ""),
        pupil("Zoe Mersh", BORN, "", ""),
        pupil("Zoë Marsh", "2014-01-01", "", ""),
        pupil("Zoë Marsh", BORN, "", ANOTHER),
        pupil("Kofi Osei", "2013-05-21", "", ZOES),
        pupil("Zoë Anne Marsh", "", "", ""),
    ] {
        let plan = plan(std::slice::from_ref(&row), vec![on_roll(1, &zoe())]);
        assert_eq!(judgements(&plan), [Judgement::Unsure], "{}", row.name.as_str());
        assert_eq!(plan.rows[0].candidates[0].0.id, ChildId(1));
        assert!(plan.changes_nothing(), "and whoever may be meant is not missing");
    }
    let undated = pupil("Zoë Marsh", "", "7B", "");
    assert_eq!(beside(std::slice::from_ref(&undated), zoe()).0, Judgement::Unsure);
    assert_eq!(beside(&[undated], pupil("Zoé Mersh", BORN, "", "")).0, Judgement::Unsure);
    let twice = [pupil("Zoë Marsh", BORN, "7B", ""), pupil("Zoe Marsh", BORN, "", "")];
    let plan = plan(&[zoe()], vec![child(1, &twice[0]), child(2, &twice[1])]);
    assert_eq!((judgements(&plan), plan.rows[0].candidates.len()), (vec![Judgement::Unsure], 2));
}

#[test]
fn somebody_may_say_who_an_unsure_row_is() {
    let unsure = [pupil("Zoe Mersh", BORN, "8B", "")];
    let says = |is| Wanted { rows: [(1, is)].into(), ..Wanted::default() };
    let known = || vec![child(1, &zoe()), child(5, &pupil("Kofi Osei", "", "", ""))];
    let is_zoe = plan_of(Kind::Table, rows(&unsure), known(), says(Is::Child(ChildId(1))));
    assert_eq!((judgements(&is_zoe), is_zoe.rows[0].child), (vec![Judgement::Changed], Some(ChildId(1))));
    let is_new = plan_of(Kind::Table, rows(&unsure), known(), says(Is::New));
    assert_eq!((judgements(&is_new), is_new.counts().new), (vec![Judgement::New], 1));
    let asked = |rows| Asked {
        file: "roll.csv".into(),
        organisation: Text::default(),
        wanted: Wanted { rows, ..Wanted::default() },
        today: day("2026-11-20"),
    };
    let roll = || Roll { kind: Kind::Table, rows: rows(&unsure), lost: Vec::new() };
    assert!(
        compared(
            asked([(1, Is::Child(ChildId(3)))].into()),
            roll(),
            Children::new(known(), Vec::new()),
            Seq(0)
        )
        .is_err()
    );
    assert!(
        compared(asked([(2, Is::New)].into()), roll(), Children::new(known(), Vec::new()), Seq(0)).is_err()
    );
}

#[test]
fn twins_and_two_of_one_name_are_told_apart_where_the_roll_has_both() {
    let ava = pupil("Zoa Marsh", BORN, "7B", "");
    let twins = plan(&[ava.clone(), zoe()], vec![child(1, &pupil("Zoë Marsh", BORN, "", ""))]);
    assert_eq!(judgements(&twins), [Judgement::New, Judgement::Changed]);
    let older = pupil("Zoë Marsh", "2012-12-24", "10A", "");
    let two = plan(&[older.clone(), zoe()], vec![child(1, &zoe())]);
    assert_eq!(judgements(&two), [Judgement::New, Judgement::Same]);
    let all_new = plan(&[ava, zoe(), older], Vec::new());
    assert_eq!(judgements(&all_new), [Judgement::New; 3]);
}

#[test]
fn twins_with_each_others_upn_are_not_called_by_the_others_name() {
    let niamh = pupil("Niamh O'Brien", BORN, "7A", ZOES);
    let nuala = pupil("Nuala O'Brien", BORN, "7A", ANOTHER);
    let swapped = [
        child(1, &pupil("Niamh O'Brien", BORN, "", ANOTHER)),
        child(2, &pupil("Nuala O'Brien", BORN, "", ZOES)),
    ];
    let plan = plan(&[niamh.clone(), nuala.clone()], swapped.to_vec());
    assert_eq!(judgements(&plan), [Judgement::Unsure; 2]);
    assert_eq!(plan.rows[0].candidates.len(), 2);
    let right = self::plan(&[niamh.clone(), nuala.clone()], vec![child(1, &niamh), child(2, &nuala)]);
    assert_eq!(judgements(&right), [Judgement::Same; 2]);
    let twice = self::plan(
        std::slice::from_ref(&niamh),
        vec![child(1, &niamh), child(2, &pupil("Niamh O'Brien", BORN, "", ""))],
    );
    assert_eq!(judgements(&twice), [Judgement::Same], "of two that are as like, the one with the UPN");
}

#[test]
fn two_rows_of_one_child_become_one() {
    let more = pupil("Zoë Marsh", BORN, "", "");
    let twice = plan(&[more.clone(), zoe(), zoe()], Vec::new());
    assert_eq!(judgements(&twice), [Judgement::New, Judgement::Changed, Judgement::Same]);
    let like: Vec<_> = twice.rows.iter().map(|row| row.like_row).collect();
    assert_eq!((like, twice.counts().new), (vec![None, Some(1), Some(1)], 1));
    let otherwise = plan(&[zoe(), pupil("Zoë Marsh", BORN, "8C", "")], vec![child(1, &zoe())]);
    assert_eq!(judgements(&otherwise), [Judgement::Same, Judgement::Unsure]);
    let undated = plan(&[zoe(), pupil("Zoë Marsh", "", "8C", "")], Vec::new());
    assert_eq!(judgements(&undated), [Judgement::New, Judgement::Unsure]);
    assert_eq!(undated.rows[1].like_row, Some(1));
}

#[test]
fn whoever_was_admitted_again_is_here() {
    let left = Pupil { left: Some(day("2025-07-18")), ..zoe() };
    for pupils in [[left.clone(), zoe()], [zoe(), left]] {
        let plan = plan(&pupils, vec![on_roll(1, &zoe())]);
        assert_eq!((plan.counts().left, plan.rows[0].left), (0, None));
    }
}

#[test]
fn a_blank_cell_and_a_shorter_name_take_nothing_away() {
    let known = of_school(pupil("Zoë Anne Marsh", BORN, "7B", ZOES), "Weirgate School");
    assert_eq!(
        beside(std::slice::from_ref(&known), pupil("Zoë Marsh", "", "", ZOES)),
        (Judgement::Same, vec![])
    );
    let year = |year: &str| Pupil { year: year.into(), ..pupil("Zoë Marsh", BORN, "", ZOES) };
    assert_eq!(beside(std::slice::from_ref(&known), year("Year 7")), (Judgement::Same, vec![]));
    assert_eq!(beside(&[known], year("Year 8")), (Judgement::Changed, vec!["form"]));
}

#[test]
fn a_name_of_before_stays_one_by_which_the_child_is_found() {
    let plan = plan(&[pupil("Zoë Finch", BORN, "", ZOES)], vec![child(1, &zoe())]);
    let after = &plan.children.known()[0].after;
    assert_eq!((after.name.as_str(), &after.other_names), ("Zoë Finch", &vec![Text::from("Zoë Marsh")]));
    let again = Child::new(ChildId(1), after.clone());
    let legal = self::plan(&[pupil("Zoe Marsh", BORN, "", ZOES)], vec![again]);
    assert_eq!(judgements(&legal), [Judgement::Same], "known by both, whichever the list has");
}

/// So many children of a form of that school, none like another.
fn class(of: &str, form: &str, count: u32) -> Vec<Pupil> {
    let given = if form == "7A" { "Ax" } else { "Bq" };
    let named = |nth: u32| {
        let letter = char::from_u32('a' as u32 + nth).unwrap();
        let born = format!("2015-{:02}-{:02}", nth % 12 + 1, nth + 1);
        of_school(pupil(&format!("{given}{letter} Marsh"), &born, form, ""), of)
    };
    (0..count).map(named).collect()
}

fn standing(pupils: &[Pupil]) -> Vec<Child> {
    (1..).zip(pupils).map(|(id, pupil)| on_roll(id, pupil)).collect()
}

#[test]
fn whoever_is_not_named_any_more_has_left() {
    let class = class("Weirgate", "7A", 5);
    let plan = plan(&class[1..], standing(&class));
    let leavers: Vec<ChildId> = plan.leavers().map(|child| child.id).collect();
    assert_eq!((leavers, plan.counts().left), (vec![ChildId(1)], 1));
}

#[test]
fn a_child_of_a_report_of_another_school_or_who_left_before_is_not_missing() {
    let pupils = class("Weirgate", "7A", 3);
    let mut children = standing(&pupils);
    let elsewhere = of_school(pupil("Kofi Osei", "2013-05-21", "", ""), "Abbey Fields");
    children.push(child(4, &pupil("Ife Cole", "2013-05-22", "", "")));
    children.push(on_roll(5, &elsewhere));
    children
        .push(Child { left: Some(day("2026-07-17")), ..on_roll(6, &pupil("Jo Li", "2010-01-01", "", "")) });
    let plan = plan(&pupils, children);
    assert!(plan.changes_nothing() && plan.missing.is_empty());
}

#[test]
fn a_part_of_the_roll_makes_nobody_a_leaver() {
    let (first, second) = (class("Weirgate", "7A", 9), class("Weirgate", "7B", 8));
    let all = [first.clone(), second].concat();
    let doubts = |pupils: &[Pupil], leavers| {
        let wanted = Wanted { leavers, ..Wanted::default() };
        let plan = plan_of(Kind::Table, rows(pupils), standing(&all), wanted);
        (plan.missing.iter().map(|missing| missing.doubt).collect::<Vec<_>>(), plan.counts().left)
    };
    let whole = Leavers::WhereItIsWhole;
    assert_eq!(doubts(&first[..4], whole), (vec![Some(Doubt::TooMany)], 0));
    assert_eq!(doubts(&first, whole), (vec![Some(Doubt::OtherForms)], 0), "a class of two");
    assert_eq!(doubts(&first, Leavers::Mark), (vec![None], 8));
    assert_eq!(doubts(&all[1..], Leavers::Leave), (vec![Some(Doubt::Asked)], 0));
    assert_eq!(doubts(&all[1..], whole), (vec![None], 1));
    let mut with_unread = rows(&all[1..]);
    with_unread.push(Row { place: 99, result: Err(Refusal::NoName), lost: Vec::new() });
    let plan = plan_of(Kind::Table, with_unread, standing(&all), Wanted::default());
    assert_eq!(plan.missing[0].doubt, Some(Doubt::Unread));
}

#[test]
fn a_file_that_does_not_say_whose_roll_it_is_is_of_the_one_on_which_its_children_stand() {
    let named = class("Weirgate", "7A", 5);
    let unnamed: Vec<Pupil> = named[1..].iter().map(|pupil| of_school(pupil.clone(), "")).collect();
    let plan = plan(&unnamed, standing(&named));
    assert_eq!((plan.counts().left, plan.counts().enrolled), (1, 0));
}

#[test]
fn a_leaving_date_marks_that_day_and_one_to_come_does_not() {
    let on_the_day = |left: &str| Pupil { left: Some(day(left)), ..zoe() };
    let left = plan(&[on_the_day("2026-07-17")], vec![on_roll(1, &zoe())]);
    assert_eq!(
        (judgements(&left), left.children.known()[0].leaves()),
        (vec![Judgement::Left], Some(day("2026-07-17")))
    );
    let gone = || Child { left: Some(day("2026-07-17")), ..on_roll(1, &zoe()) };
    assert!(plan(&[on_the_day("2026-07-17")], vec![gone()]).changes_nothing());
    let later = plan(&[on_the_day("2026-07-20")], vec![gone()]);
    assert_eq!(judgements(&later), [Judgement::Left], "the day is put right");
    let to_come = plan(&[on_the_day("2027-07-20")], vec![on_roll(1, &zoe())]);
    assert_eq!((judgements(&to_come), to_come.rows[0].lost.len()), (vec![Judgement::Same], 1));
    let back = plan(&[zoe()], vec![gone()]);
    assert_eq!((judgements(&back), back.counts().returned), (vec![Judgement::Returned], 1));
}

fn transfer(to: Option<&str>, is_partial: bool) -> Kind {
    Kind::Transfer { from: "Abbey Fields".into(), to: to.map(Text::from), is_partial }
}

#[test]
fn a_transfer_to_a_school_brings_children_and_takes_none_away() {
    let known = class("Abbey Fields", "7A", 5);
    let coming = Pupil { left: Some(day("2026-07-17")), ..zoe() };
    let plan = plan_of(transfer(Some("Weirgate School"), false), rows(&[coming]), vec![], Wanted::default());
    assert_eq!((judgements(&plan), plan.rows[0].left), (vec![Judgement::New], None));
    assert_eq!(plan.rows[0].pupil.school.as_str(), "Weirgate School");
    let own =
        plan_of(transfer(Some("Elsewhere"), false), rows(&known[1..]), standing(&known), Wanted::default());
    assert_eq!(own.counts().left, 1, "it is the roll of the school that sent it");
    let partial = plan_of(transfer(None, true), rows(&known[1..]), standing(&known), Wanted::default());
    assert_eq!(partial.missing[0].doubt, Some(Doubt::Partial));
}
