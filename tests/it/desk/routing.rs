//! Whom to ring, against the policies: the cases of `routing.txt`, which are read from the policies and not from the
//! program, and what must hold at any minute.

mod data;
mod own;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dsl_desk::desk::shipped;
use dsl_desk::domain::area::Area;
use dsl_desk::domain::contact::ContactDetails;
use dsl_desk::domain::hours::Standing;
use dsl_desk::domain::ids::ContactId;
use dsl_desk::domain::routing::{About, Purpose, Question, Route, Step, Whom, route};
use proptest::prelude::*;

use crate::support::minute;

const TABLE: &str = include_str!("routing.txt");
const LADO: &str = "Ring the designated officer (LADO) before you speak to the person it is about.";

fn book() -> Vec<(ContactId, &'static ContactDetails)> {
    (1..).map(ContactId).zip(shipped::contacts()).collect()
}

fn by_word<T: Copy>(all: &[T], word_of: fn(T) -> &'static str, word: &str) -> T {
    *all.iter().find(|one| word_of(**one) == word).unwrap_or_else(|| panic!("there is no {word}"))
}

/// One line of the table.
struct Case {
    line: usize,
    question: Question,
    first: String,
    second: String,
    closed: String,
    why: String,
}

impl Case {
    fn read(line: usize, text: &str) -> Self {
        let columns: Vec<&str> = text.split('|').map(str::trim).collect();
        let [area, about, purpose, danger, at, first, second, closed, why] = columns[..] else {
            panic!("line {line} has {} columns", columns.len());
        };
        let question = Question {
            danger: danger == "danger",
            area: (area != "-").then(|| Area::by_id(area).unwrap().clone()),
            about: by_word(&About::ALL, About::word, about),
            purpose: by_word(&Purpose::ALL, Purpose::word, purpose),
            ..Question::at(minute(at))
        };
        let [first, second, closed, why] = [first, second, closed, why].map(str::to_owned);
        Self { line, question, first, second, closed, why }
    }

    fn all() -> Vec<Self> {
        let lines = TABLE.lines().enumerate().filter(|(_, text)| !text.is_empty() && !text.starts_with('#'));
        lines.map(|(place, text)| Self::read(place + 1, text)).collect()
    }
}

fn key(step: &Step, book: &[(ContactId, &ContactDetails)]) -> String {
    match step.whom {
        Whom::Emergency => "999".to_owned(),
        Whom::Contact(id) => book.iter().find(|(known, _)| *known == id).unwrap().1.key.to_string(),
    }
}

/// As the table writes it.
fn answer(step: &Step, question: &Question, book: &[(ContactId, &ContactDetails)]) -> String {
    let number = step.number.as_ref().map_or("no number", |number| number.as_str());
    format!("{}, {number}, {}", key(step, book), step.standing.words(question.at))
}

fn chain(route: &Route, question: &Question, book: &[(ContactId, &ContactDetails)]) -> String {
    let line = |(place, step): (usize, &Step)| {
        format!("  {}. {} ({})", place + 1, answer(step, question, book), step.why)
    };
    route.steps.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn is_closed(step: &Step) -> bool {
    step.standing.is_open() == Some(false)
}

#[test]
fn each_case_is_answered_as_the_policies_say() {
    let book = book();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let given = route(&case.question, &book);
        let answers: Vec<String> =
            given.steps.iter().map(|step| answer(step, &case.question, &book)).collect();
        let standing =
            |step: &Step| format!("{}, {}", key(step, &book), step.standing.words(case.question.at));
        let closed: Vec<String> = given.steps.iter().filter(|step| is_closed(step)).map(standing).collect();
        let closed = if closed.is_empty() { "-".to_owned() } else { closed.join("; ") };
        if answers[..2] != [case.first.clone(), case.second.clone()] || closed != case.closed {
            wrong.push(format!(
                "routing.txt:{}: {}\n  expected: {}\n      then: {}\n    closed: {}\n{}",
                case.line,
                case.why,
                case.first,
                case.second,
                case.closed,
                chain(&given, &case.question, &book)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

/// What a case rests on: a line of a document, such as `S1:196`.
fn has_a_source(why: &str) -> bool {
    let is_place = |word: &str| {
        let (code, line) = word.trim_start_matches('(').split_once(':').unwrap_or_default();
        shipped_codes().any(|known| known == code) && line.starts_with(|c: char| c.is_ascii_digit())
    };
    why.split_whitespace().any(is_place)
}

fn shipped_codes() -> impl Iterator<Item = &'static str> {
    dsl_desk::domain::source::all().iter().map(|document| document.code.as_str())
}

#[test]
fn the_table_has_every_corner_once() {
    let cases = Case::all();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    let mut questions = BTreeSet::new();
    for case in &cases {
        assert!(has_a_source(&case.why), "line {} says nothing of its source", case.line);
        let question = &case.question;
        let area = question.area.as_ref().map(|area| area.id().to_owned());
        let asked = (area, question.about, question.purpose, question.danger, question.at);
        assert!(questions.insert(asked), "line {} asks again", case.line);
    }
    let has = |fits: &dyn Fn(&Question) -> bool| cases.iter().any(|case| fits(&case.question));
    for about in About::ALL {
        assert!(has(&|question| question.about == about && question.danger), "{about:?} in danger");
        assert!(has(&|question| question.about == about && question.area.is_none()), "{about:?} anywhere");
        for purpose in Purpose::ALL {
            assert!(
                has(&|question| question.about == about && question.purpose == purpose),
                "{about:?} {purpose:?}"
            );
        }
        for area in Area::all() {
            assert!(
                has(&|question| question.about == about && question.area.as_ref() == Some(area)),
                "{about:?} {area:?}"
            );
        }
    }
}

#[test]
fn before_the_person_is_spoken_to_the_designated_officer_is_rung_and_it_is_said() {
    let book = book();
    for about in [About::Staff, About::Member, About::Dsl] {
        for purpose in [Purpose::Report, Purpose::Advice, Purpose::Allegation, Purpose::Crime] {
            for area in Area::all() {
                let at = minute("Mon 23 Nov 2026 10:00");
                let question = Question { area: Some(area.clone()), about, purpose, ..Question::at(at) };
                let given = route(&question, &book);
                let said = given.first.iter().any(|said| said == LADO);
                assert!(said, "{about:?} {purpose:?}\n{}", chain(&given, &question, &book));
                let rung = given.steps.iter().any(|step| key(step, &book).starts_with("lado-"));
                assert!(rung, "{about:?} {purpose:?}\n{}", chain(&given, &question, &book));
            }
        }
    }
}

/// Where the sources disagree (H4 to H8, H11, H12): the case, the number, and what must stand beside it.
const BESIDE: [(&str, &str, &str, &str, &str, &str); 8] = [
    ("leicestershire", "staff", "allegation", "Mon 23 Nov 2026 10:00", "0116 305 4141", "0116 305 7597"),
    ("rutland", "staff", "allegation", "Mon 23 Nov 2026 10:00", "01572 720 454", "01572 720 913"),
    ("leicestershire", "adult", "report", "Sat 28 Nov 2026 10:00", "0116 255 1606", "may be the City's"),
    ("leicestershire", "adult", "report", "Sat 28 Nov 2026 10:00", "0116 305 0888", "Sources disagree"),
    ("leicester", "adult", "report", "Sat 28 Nov 2026 10:00", "0116 454 1004", "may not answer at night"),
    ("rutland", "adult", "report", "Sat 28 Nov 2026 10:00", "0116 305 0005", "can help with an adult"),
    ("leicester", "child", "advice", "Sat 28 Nov 2026 10:00", "0116 248 5500", "Not for a first report"),
    ("leicester", "child", "report", "Sat 28 Nov 2026 10:00", "0808 800 5000", "Not the whistleblowing line"),
];

#[test]
fn what_is_doubtful_about_a_number_stands_beside_it() {
    let book = book();
    for (area, about, purpose, at, number, caution) in BESIDE {
        let case = Case::read(0, &format!("{area}|{about}|{purpose}|-|{at}|-|-|-|-"));
        let given = route(&case.question, &book);
        let is_it = |step: &&Step| step.number.as_ref().is_some_and(|known| known.as_str() == number);
        let step = given.steps.iter().find(is_it).expect(number);
        assert!(step.cautions.iter().any(|said| said.contains(caution)), "{number}: {:?}", step.cautions);
        assert!(!step.freshness.as_ref().unwrap().badge().is_empty(), "{number} was rung by nobody");
    }
}

/// What is said beside one number of one service is not said beside another's.
#[test]
fn a_caution_about_adults_is_not_said_of_children() {
    let book = book();
    for (about, purpose) in [("child", "report"), ("staff", "allegation")] {
        let case =
            Case::read(0, &format!("leicestershire|{about}|{purpose}|-|Sat 28 Nov 2026 10:00|-|-|-|-"));
        let given = route(&case.question, &book);
        assert_eq!(given.steps[0].number, Some("0116 305 0005".into()));
        assert!(given.steps[0].cautions.is_empty(), "{:?}", given.steps[0].cautions);
    }
}

#[test]
fn an_area_that_is_not_known_is_asked_for() {
    let book = book();
    for case in Case::all() {
        let given = route(&case.question, &book);
        let is_asked = given.warnings.iter().any(|warning| warning.contains("Say which area."));
        assert_eq!(given.needs_area, is_asked);
        // Who blows the whistle about colleagues rings the same line everywhere.
        let is_everywhere = case.question.purpose == Purpose::Whistleblowing
            && !matches!(case.question.about, About::Child | About::Adult);
        assert_eq!(is_asked, case.question.area.is_none() && !is_everywhere, "line {}", case.line);
    }
}

#[test]
fn an_area_that_the_rules_do_not_know_is_one_that_is_not_known() {
    let book = book();
    let at = minute("Mon 23 Nov 2026 10:00");
    let elsewhere = Some(Area::from(dsl_desk::domain::text::Text::from("no-such-place")));
    let given = route(&Question { area: elsewhere, ..Question::at(at) }, &book);
    let nowhere = route(&Question::at(at), &book);
    assert!(given.needs_area);
    assert_eq!(given.steps, nowhere.steps);
}

fn any_minute() -> impl Strategy<Value = DateTime<Utc>> {
    let [first, last] =
        ["2024-01-01T00:00:00Z", "2028-12-31T23:59:00Z"].map(|at| at.parse::<DateTime<Utc>>().unwrap());
    (0..=(last - first).num_minutes()).prop_map(move |minutes| first + chrono::Duration::minutes(minutes))
}

fn any_question() -> impl Strategy<Value = Question> {
    let areas: Vec<Option<Area>> = Area::all().iter().cloned().map(Some).chain([None]).collect();
    let about = proptest::sample::select(About::ALL.to_vec());
    let purpose = proptest::sample::select(Purpose::ALL.to_vec());
    let parts = (any::<bool>(), proptest::sample::select(areas), about, purpose, any_minute());
    parts.prop_map(|(danger, area, about, purpose, at)| Question {
        danger,
        area,
        about,
        purpose,
        ..Question::at(at)
    })
}

/// What must hold for whatever is asked, of any book that has the shipped one in it.
fn holds(
    question: &Question,
    given: &Route,
    book: &[(ContactId, &ContactDetails)],
) -> Result<(), TestCaseError> {
    let steps = &given.steps;
    prop_assert!(!steps.is_empty());
    // The first answer is open, or says plainly that its hours are not stated.
    let first = &steps[0];
    let words = first.standing.words(question.at);
    prop_assert!(!is_closed(first) && first.number.is_some());
    prop_assert!(first.standing.is_open() == Some(true) || words == "hours not stated", "{words}");
    // Danger is 999, and 999 is there once, whatever is asked.
    let emergency: Vec<usize> =
        (0..steps.len()).filter(|place| steps[*place].whom == Whom::Emergency).collect();
    prop_assert_eq!(emergency.len(), 1);
    prop_assert!(!question.danger || emergency[0] == 0);
    prop_assert!(steps[emergency[0]].number.as_ref().unwrap().as_str() == "999");
    // Nobody comes twice with one number.
    let told: BTreeSet<_> =
        steps.iter().map(|step| (step.whom, step.number.as_ref().map(ToString::to_string))).collect();
    prop_assert_eq!(told.len(), steps.len());
    // Whoever is there, then 999, then the closed, then those without a number.
    let rank = |step: &Step| match (step.number.is_some(), is_closed(step)) {
        (true, false) => 0,
        (true, true) => 1,
        (false, _) => 2,
    };
    prop_assert!(steps.iter().map(rank).is_sorted());
    prop_assert!(question.danger || steps[..emergency[0]].iter().all(|step| rank(step) == 0));
    prop_assert!(question.danger || steps[emergency[0] + 1..].iter().all(|step| rank(step) > 0));
    for (place, step) in steps.iter().enumerate() {
        prop_assert!(step.why.ends_with('.') && !step.read_in.is_empty());
        if is_closed(step) {
            stand_in_is_before(step, &steps[..place], question, book)?;
        }
    }
    Ok(())
}

/// Whom the book says to ring instead is listed before, where they are there.
fn stand_in_is_before(
    step: &Step,
    before: &[Step],
    question: &Question,
    book: &[(ContactId, &ContactDetails)],
) -> Result<(), TestCaseError> {
    let Whom::Contact(id) = step.whom else { return Err(TestCaseError::fail("999 is closed")) };
    let details = book.iter().find(|(known, _)| *known == id).unwrap().1;
    for number in details.dialled().filter(|number| Some(&number.number) == step.number.as_ref()) {
        let is_meant = |(id, other): &&(ContactId, &ContactDetails)| {
            other.key == number.instead || id.to_string() == number.instead.as_str()
        };
        let Some((other, stand_in)) = book.iter().find(is_meant) else { continue };
        let is_there = |known: &&dsl_desk::domain::contact::Number| {
            !matches!(known.hours.at(question.at), Standing::Closed { .. })
        };
        if stand_in.dialled().filter(|known| !known.aside).any(|known| is_there(&known)) {
            prop_assert!(before.iter().any(|step| step.whom == Whom::Contact(*other) && !is_closed(step)));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn at_any_minute_somebody_is_rung_and_in_danger_it_is_999(question in any_question()) {
        let book = book();
        holds(&question, &route(&question, &book), &book)?;
    }

    /// Whatever the book has become, an import included: 999 is in no book, and no book takes it away.
    #[test]
    fn whatever_is_in_the_book_danger_is_999(question in any_question(), kept in proptest::collection::vec(any::<bool>(), 40)) {
        let book: Vec<_> =
            book().into_iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(contact, _)| contact).collect();
        let given = route(&question, &book);
        let emergency: Vec<bool> = given.steps.iter().map(|step| step.whom == Whom::Emergency).collect();
        prop_assert_eq!(emergency.iter().filter(|is_it| **is_it).count(), 1);
        prop_assert!(emergency[0] || !question.danger);
    }
}

/// Each combination, so that none hangs on chance: at noon and at night, on a working day and on Christmas Day.
#[test]
fn every_question_is_answered() {
    let book = book();
    let areas = || Area::all().iter().cloned().map(Some).chain([None]);
    for at in ["Mon 23 Nov 2026 12:00", "Mon 23 Nov 2026 03:00", "Fri 25 Dec 2026 12:00"].map(minute) {
        for (about, purpose) in
            About::ALL.into_iter().flat_map(|about| Purpose::ALL.map(|purpose| (about, purpose)))
        {
            for (area, danger) in areas().flat_map(|area| [false, true].map(|danger| (area.clone(), danger)))
            {
                let question = Question { danger, area, about, purpose, ..Question::at(at) };
                let given = route(&question, &book);
                if let Err(wrong) = holds(&question, &given, &book) {
                    panic!("{question:?}: {wrong}\n{}", chain(&given, &question, &book));
                }
            }
        }
    }
}
