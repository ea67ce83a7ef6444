//! When things are due, against a calendar: the cases of `working-time.toml`, which are worked out by hand.

use std::collections::BTreeSet;

use chrono::Timelike as _;
use dsl_desk::domain::bank_holiday::{self, BankHoliday};
use dsl_desk::domain::moment::rfc3339;
use dsl_desk::domain::working_time::Span;
use serde::Deserialize;

use crate::support::minute;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    start: String,
    span: Span,
    due: String,
    why: String,
}

fn cases() -> Vec<Case> {
    #[derive(Deserialize)]
    struct File {
        case: Vec<Case>,
    }
    toml::from_str::<File>(include_str!("working-time.toml")).unwrap().case
}

#[test]
fn each_case_is_due_when_the_calendar_says() {
    let mut wrong = Vec::new();
    for Case { start, span, due, why } in cases() {
        let given = span.from(minute(&start));
        if given.with_second(0).unwrap() != minute(&due) {
            wrong.push(format!("{start} {span}: {due}, and not {} ({why})", rfc3339(given)));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_has_at_least_eighty_cases_none_of_them_twice() {
    let cases = cases();
    assert!(cases.len() >= 80, "{} cases", cases.len());
    let asked: BTreeSet<String> = cases.iter().map(|case| format!("{} {}", case.start, case.span)).collect();
    assert_eq!(asked.len(), cases.len(), "a case comes twice");
    assert!(cases.iter().all(|case| !case.why.is_empty()));
}

/// The corners at which such sums go wrong, each as the start or the end of some case.
#[test]
fn the_table_has_every_corner() {
    let cases = cases();
    let has =
        |corner: &str| cases.iter().any(|case| case.start.contains(corner) || case.due.contains(corner));
    for corner in
        ["24 Dec", "25 Dec", "31 Dec", "1 Jan", "29 Feb", "29 Mar 2026", "25 Oct 2026", "00:00", "23:59"]
    {
        assert!(has(corner), "{corner}");
    }
    let fridays = ["16:29", "16:30", "16:59"];
    let on_friday =
        |time: &str| cases.iter().any(|case| case.start.starts_with("Fri") && case.start.ends_with(time));
    assert!(fridays.into_iter().all(on_friday));
    let passes = |case: &Case, day: &BankHoliday| {
        let [first, last] = [&case.start, &case.due].map(|at| minute(at).date_naive());
        matches!(case.span, Span::WorkingDays(_)) && (first..=last).contains(&day.on)
    };
    let holidays: BTreeSet<&str> = bank_holiday::all().iter().map(|day| day.name.as_str()).collect();
    for name in holidays {
        let mut of_that_name = bank_holiday::all().iter().filter(|day| day.name == name);
        assert!(of_that_name.any(|day| cases.iter().any(|case| passes(case, day))), "{name}");
    }
}
