//! Each pattern where it applies, where it does not, and at its edge; and what holds of all of them.

use chrono::Days;
use proptest::prelude::*;

use super::*;

/// Friday.
fn today() -> NaiveDate {
    day("2026-11-20")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn row(seq: i64, on: &str, what: What) -> Noticeable {
    Noticeable { seq: Seq(seq), happened: day(on), what }
}

fn concern(seq: i64, on: &str) -> Noticeable {
    row(seq, on, What::Concern(Noted::default()))
}

fn of(seq: i64, on: &str, category: &str) -> Noticeable {
    row(seq, on, What::Concern(Noted { categories: vec![category.into()], ..Noted::default() }))
}

fn concerns(days: &[&str]) -> Vec<Noticeable> {
    (1..).zip(days).map(|(seq, on)| concern(seq, on)).collect()
}

fn found(kind: PatternKind, rows: &[Noticeable]) -> Option<Pattern> {
    notice(rows, &[], today()).into_iter().find(|pattern| pattern.kind == kind)
}

/// What is said, and the rows that were counted.
fn said(kind: PatternKind, rows: &[Noticeable]) -> Option<(String, Vec<i64>)> {
    found(kind, rows).map(|found| (found.says, found.rows.iter().map(|seq| seq.0).collect()))
}

#[test]
fn three_concerns_in_a_month_whichever_months_they_are_in() {
    let month = |days: &[&str]| said(PatternKind::Month, &concerns(days));
    assert_eq!(
        month(&["2026-10-20", "2026-11-02", "2026-11-18"]),
        Some(("3 concerns in 30 days: 20 Oct to 18 Nov 2026".to_owned(), vec![1, 2, 3]))
    );
    assert!(month(&["2026-10-19", "2026-11-02", "2026-11-18"]).is_some(), "thirty days later");
    assert_eq!(month(&["2026-10-18", "2026-11-02", "2026-11-18"]), None);
    assert_eq!(month(&["2026-11-02", "2026-11-18"]), None);
    assert_eq!(
        month(&["2025-12-30", "2026-01-04", "2026-01-05", "2026-06-01"]).unwrap().0,
        "3 concerns in 7 days: 30 Dec 2025 to 5 Jan 2026"
    );
    assert_eq!(month(&["2026-11-18"; 3]).unwrap().0, "3 concerns on one day: 18 Nov 2026");
}

#[test]
fn what_is_over_a_year_old_is_no_month_of_now() {
    assert_eq!(said(PatternKind::Month, &concerns(&["2025-11-01", "2025-11-02", "2025-11-03"])), None);
}

#[test]
fn more_than_half_on_one_weekday() {
    let weekday = |days: &[&str]| said(PatternKind::Weekday, &concerns(days));
    let mondays = ["2026-09-07", "2026-09-14", "2026-10-05"];
    assert_eq!(weekday(&mondays), None, "three may be chance");
    assert_eq!(
        weekday(&[mondays[0], mondays[1], mondays[2], "2026-10-06"]),
        Some(("3 of 4 concerns since 7 Sep 2026 were on a Monday".to_owned(), vec![1, 2, 3]))
    );
    assert_eq!(
        weekday(&[mondays[0], mondays[1], "2026-10-06", "2026-10-07"]),
        None,
        "half is not more than half"
    );
}

#[test]
fn most_concerns_soon_after_contact_visits() {
    let visit = |seq, on| row(seq, on, What::ContactVisit);
    let mut rows = concerns(&["2026-10-05", "2026-10-19", "2026-11-12"]);
    rows.extend([visit(10, "2026-10-03"), visit(11, "2026-10-17")]);
    assert_eq!(
        said(PatternKind::AfterContact, &rows),
        Some((
            "2 of 3 concerns since 3 Oct 2026 came within three days after a contact visit".to_owned(),
            vec![10, 1, 11, 2]
        ))
    );
    rows[1].happened = day("2026-10-21");
    assert_eq!(said(PatternKind::AfterContact, &rows), None, "four days after");
    rows[1].happened = day("2026-10-17");
    assert_eq!(said(PatternKind::AfterContact, &rows), None, "on the same day, perhaps before");
    rows.truncate(3);
    assert_eq!(said(PatternKind::AfterContact, &rows), None);
}

#[test]
fn where_there_is_contact_every_other_day_it_is_no_wonder() {
    let days = (0..20).map(|n| today().checked_sub_days(Days::new(2 * n)).unwrap());
    let mut rows: Vec<Noticeable> = days
        .zip(100..)
        .map(|(happened, seq)| Noticeable { seq: Seq(seq), happened, what: What::ContactVisit })
        .collect();
    rows.extend(concerns(&["2026-11-01", "2026-11-05", "2026-11-12"]));
    assert_eq!(said(PatternKind::AfterContact, &rows), None);
}

#[test]
fn a_category_that_every_quarter_has_more_of() {
    let days = ["2026-04-01", "2026-06-01", "2026-07-01", "2026-09-01", "2026-10-01", "2026-11-01"];
    let neglect: Vec<Noticeable> = (1..).zip(days).map(|(seq, on)| of(seq, on, "neglect")).collect();
    assert_eq!(
        said(PatternKind::Category, &neglect),
        Some((
            "Neglect: 1, 2, 3 concerns in the last three quarters of a year".to_owned(),
            vec![1, 2, 3, 4, 5, 6]
        ))
    );
    assert_eq!(said(PatternKind::Category, &neglect[..5]), None, "1, 2, 2");
    assert_eq!(said(PatternKind::Category, &[&neglect[1..3], &neglect[3..5]].concat()), None, "0, 2, 2");
    let mut named = neglect.clone();
    named[5] = of(6, days[5], "NEGLECT");
    assert!(said(PatternKind::Category, &named).is_some(), "by its name");
    named[5] = of(6, days[5], "bullying");
    assert_eq!(said(PatternKind::Category, &named), None);
}

#[test]
fn low_level_concerns_add_up_since_the_last_referral() {
    let mut rows = concerns(&["2022-01-10", "2023-03-01", "2025-05-05", "2026-07-01"]);
    assert_eq!(said(PatternKind::Together, &rows[..3]), None);
    let says = "4 concerns without a level and no referral: together they may need one";
    assert_eq!(said(PatternKind::Together, &rows), Some((says.to_owned(), vec![1, 2, 3, 4])));
    rows.push(row(9, "2022-01-10", What::Referral));
    assert_eq!(said(PatternKind::Together, &rows), None, "the first was referred");
    rows.push(row(10, "2026-11-01", What::Concern(Noted { level: Some(2), ..Noted::default() })));
    assert_eq!(
        said(PatternKind::Together, &rows).unwrap().0,
        "4 concerns of level 1 or 2 or without one since referral on 10 Jan 2022: they may need one"
    );
    rows.pop();
    rows.push(row(10, "2026-11-01", What::Concern(Noted { level: Some(3), ..Noted::default() })));
    assert_eq!(said(PatternKind::Together, &rows), None, "level 3 stands for itself");
}

#[test]
fn the_same_adult_across_children() {
    let named = |seq, on, adult: &str| {
        row(seq, on, What::Concern(Noted { adults: vec![adult.into()], ..Noted::default() }))
    };
    let rows = [named(1, "2026-02-01", "Darren Cole"), named(2, "2026-05-01", "DARREN COLE")];
    let other = |seq, child, adult: &str| NamedElsewhere {
        adult: adult.into(),
        child: ChildId(child),
        concern: ConcernId(seq),
        seq: Seq(seq),
    };
    let across = |others: &[NamedElsewhere]| {
        notice(&rows, others, today()).into_iter().find(|found| found.kind == PatternKind::Adult)
    };
    let found =
        across(&[other(20, 5, "Darren Cole"), other(21, 6, "Darren Cole"), other(22, 6, "Ruth Berg")]);
    let found = found.unwrap();
    assert_eq!(
        found.says,
        "The name Darren Cole stands in 2 concerns here, and in concerns of 2 other children"
    );
    assert_eq!(found.rows, [Seq(1), Seq(2), Seq(20), Seq(21)]);
    assert!(across(&[other(22, 6, "Ruth Berg")]).is_none() && across(&[]).is_none());
}

#[test]
fn what_has_not_happened_yet_counts_for_nothing() {
    assert_eq!(notice(&concerns(&["2027-01-01"; 5]), &[], today()), []);
}

fn any_rows() -> impl Strategy<Value = Vec<Noticeable>> {
    let noted = (0u8..6, 0usize..3, any::<bool>()).prop_map(|(level, category, named)| Noted {
        level: (level < 5).then_some(level),
        categories: vec![["neglect", "bullying", "Something else"][category].into()],
        adults: named.then(|| "Darren Cole".into()).into_iter().collect(),
    });
    let what = prop_oneof![
        6 => noted.prop_map(What::Concern),
        1 => Just(What::Referral),
        2 => Just(What::ContactVisit),
    ];
    let dated = (0u64..500, what).prop_map(|(ago, what)| (day("2026-12-20") - Days::new(ago), what));
    prop::collection::vec(dated, 0..40).prop_map(|rows| {
        (1..).map(Seq).zip(rows).map(|(seq, (happened, what))| Noticeable { seq, happened, what }).collect()
    })
}

proptest! {
    #[test]
    fn what_was_counted_was_given_and_their_order_does_not_matter(
        (rows, shuffled) in any_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        others in prop::collection::vec((2i64..5, 900i64..905), 0..4),
    ) {
        let elsewhere: Vec<NamedElsewhere> = others
            .into_iter()
            .map(|(child, seq)| NamedElsewhere {
                adult: "Darren Cole".into(),
                child: ChildId(child),
                concern: ConcernId(seq),
                seq: Seq(seq),
            })
            .collect();
        let found = notice(&rows, &elsewhere, today());
        for pattern in &found {
            prop_assert!(!pattern.rows.is_empty() && !pattern.says.ends_with('.') && !pattern.source.is_empty());
            for seq in &pattern.rows {
                let given = rows.iter().any(|row| row.seq == *seq && row.happened <= today())
                    || pattern.kind == PatternKind::Adult && elsewhere.iter().any(|other| other.seq == *seq);
                prop_assert!(given, "{pattern:?}");
            }
            let each_once: std::collections::BTreeSet<&Seq> = pattern.rows.iter().collect();
            prop_assert_eq!(each_once.len(), pattern.rows.len());
        }
        prop_assert_eq!(notice(&shuffled, &elsewhere, today()), found);
    }
}
