//! The rules by themselves: the shipped file, and those of an invented region.

use std::collections::BTreeSet;

use super::data::{self, Rules};
use super::*;
use crate::domain::contact::Number;
use crate::domain::hours::Hours;
use crate::domain::{category, emergency, source};

/// Two towns that nobody lives in.
const ELSEWHERE: &str = r#"
    category = []

    [[part]]
    key = "warden"
    name = "the warden of the house"

    [[rule]]
    about = ["child"]
    areas = ["northtown"]
    ring = ["north"]
    why = "North answers for Northtown."
    sources = ["example.org"]

    [[rule]]
    about = ["child"]
    areas = ["south-town"]
    ring = ["south"]
    why = "South answers for South Town."
    instead = "They know nothing of South Town."
    sources = ["example.org"]

    [[rule]]
    for = ["advice"]
    ring = ["warden", "gone", "999"]
    why = "The warden knows."
    sources = ["example.org"]
"#;

fn elsewhere() -> Rules {
    toml::from_str(ELSEWHERE).unwrap()
}

fn contact(key: &str, number: &str, hours: &str, instead: &str) -> ContactDetails {
    let number = Number {
        number: number.into(),
        hours: Hours::read(hours).unwrap(),
        instead: instead.into(),
        ..Number::default()
    };
    ContactDetails {
        key: key.into(),
        service: key.into(),
        numbers: vec![number],
        ..ContactDetails::default()
    }
}

/// What the invented region's book gives on Friday 27 November 2026 at 16:30, and 1 to 3 are its numbers.
fn asked(rules: &Rules, area: Option<&str>, purpose: Purpose, danger: bool) -> Route {
    let book = [
        contact("north", "1", "always", ""),
        contact("south", "2", "Mon-Fri 09:00-16:30", "north"),
        contact("warden", "3", "not stated", ""),
    ];
    let book: Vec<_> = (1..).map(ContactId).zip(&book).collect();
    let area = area.map(|id| Area::from(Text::from(id)));
    let at = "2026-11-27T16:30:00Z".parse().unwrap();
    by(rules, &Question { danger, area, purpose, ..Question::at(at) }, &book)
}

fn numbers(route: &Route) -> Vec<&str> {
    route.steps.iter().filter_map(|step| step.number.as_ref()).map(Text::as_str).collect()
}

#[test]
fn another_region_is_other_data_and_no_other_program() {
    let rules = elsewhere();
    let north = asked(&rules, Some("northtown"), Purpose::Report, false);
    assert_eq!(numbers(&north), ["1", "999"]);
    assert!(!north.needs_area && north.warnings.is_empty(), "{:?}", north.warnings);
    let south = asked(&rules, Some("south-town"), Purpose::Advice, false);
    assert_eq!(numbers(&south), ["1", "3", "999", "2"], "at half past four South is closed");
    assert_eq!(south.steps[0].cautions, [Text::from("They know nothing of South Town.")]);
    assert_eq!(south.steps[0].why, "In place of south, which is closed.");
    let anywhere = asked(&rules, None, Purpose::Report, false);
    assert_eq!(numbers(&anywhere), ["1", "999", "2"]);
    assert!(anywhere.needs_area && anywhere.warnings[0].contains("Say which area."));
    assert_eq!(anywhere.steps[0].cautions.len(), 1, "who is rung already is told of as well");
}

#[test]
fn an_area_that_no_rule_is_for_is_one_that_is_not_known() {
    let rules = elsewhere();
    let nowhere = asked(&rules, Some("no-such-place"), Purpose::Report, false);
    assert!(nowhere.needs_area && nowhere.warnings[0].starts_with("No rule is for"));
    assert_eq!(nowhere.steps, asked(&rules, None, Purpose::Report, false).steps);
}

#[test]
fn no_rules_and_no_book_take_999_away_or_put_anybody_before_it() {
    for (rules, danger) in
        [elsewhere(), Rules::default()].iter().flat_map(|rules| [(rules, true), (rules, false)])
    {
        let given = asked(rules, None, Purpose::Advice, danger);
        let places: Vec<usize> =
            (0..given.steps.len()).filter(|place| given.steps[*place].whom == Whom::Emergency).collect();
        assert_eq!(places.len(), 1, "a rule that rings \"999\" rings nobody");
        assert!(places == [0] || !danger);
    }
    let nobody = asked(&Rules::default(), Some("northtown"), Purpose::Report, true);
    assert_eq!(numbers(&nobody), ["999"]);
    assert_eq!(nobody.steps[0].why, emergency::PURPOSE);
}

#[test]
fn whom_the_rules_name_and_the_book_lacks_is_said() {
    let given = asked(&elsewhere(), None, Purpose::Advice, false);
    assert!(
        given
            .warnings
            .iter()
            .any(|warning| warning.contains("or that were retired: ") && warning.contains("gone"))
    );
    assert!(!given.warnings.iter().any(|warning| warning.contains("warden")), "a part may be nobody's");
}

#[test]
fn what_the_file_may_not_say_is_refused() {
    let rule = "why = \"W.\"\nsources = []\nring = []\n";
    for wrong in [
        format!("part = []\ncategory = []\n[[rule]]\n{rule}colour = \"blue\"\n"),
        format!("part = []\ncategory = []\n[[rule]]\n{rule}about = [\"pupil\"]\n"),
        format!("part = []\ncategory = []\n[[rule]]\n{rule}for = [\"a chat\"]\n"),
        "part = []\ncategory = []\n[[rule]]\nring = []\nsources = []\n".to_owned(),
        "rule = []\ncategory = []\n[[part]]\nkey = \"k\"\nname = \"n\"\nof_childs = true\n".to_owned(),
        "rule = []\npart = []\n[[category]]\nid = \"fgm\"\nfor = \"fgm\"\nwhy = \"\"\n".to_owned(),
        "rule = []\npart = []\ncategory = []\nareas = []\n".to_owned(),
    ] {
        assert!(toml::from_str::<Rules>(&wrong).is_err(), "{wrong}");
    }
    assert!(toml::from_str::<Rules>(&format!("part = []\ncategory = []\n[[rule]]\n{rule}")).is_ok());
}

// The shipped file, whatever region's it is.

#[test]
fn the_shipped_file_is_read_whole() {
    // One that cannot be read has none.
    assert!(!data::shipped().rule.is_empty());
}

#[test]
fn every_rule_says_why_and_where_that_was_read() {
    let is_sentence = |text: &str| text.is_empty() || text.ends_with('.');
    for rule in &data::shipped().rule {
        let why = &rule.why;
        assert!(!rule.ring.is_empty() && !rule.sources.is_empty() && !why.is_empty(), "{why}");
        for text in [why, &rule.first, rule.instead.as_str()] {
            assert!(is_sentence(text), "{text}");
        }
        for read_in in &rule.sources {
            let is_page = read_in.contains('.') && source::document(read_in).is_none();
            assert!(is_page || source::is_inside(read_in), "{why}: {read_in}");
        }
    }
}

#[test]
fn every_area_is_one_of_the_areas_and_each_has_its_rules() {
    let rules = &data::shipped().rule;
    let named: BTreeSet<&str> = rules.iter().flat_map(|rule| &rule.areas).map(String::as_str).collect();
    let known: BTreeSet<&str> = Area::all().iter().map(Area::id).collect();
    assert_eq!(named, known);
    for area in known {
        for about in [About::Child, About::Adult, About::Staff] {
            let is_theirs = |rule: &&Rule| {
                rule.areas.iter().any(|named| named == area)
                    && (rule.about.is_empty() || rule.about.contains(&about))
            };
            assert!(rules.iter().any(|rule| is_theirs(&rule)), "{area} has nobody for {about:?}");
        }
    }
}

#[test]
fn every_category_is_one_of_the_categories_and_decides_once() {
    let rows = &data::shipped().category;
    for row in rows {
        assert!(category::by_id(&row.id).is_some(), "{}", row.id);
        assert!(data::purpose_of(&[Text::new(&row.id)]).is_some());
    }
    assert_eq!(rows.iter().map(|row| &row.id).collect::<BTreeSet<_>>().len(), rows.len());
}

#[test]
fn every_part_is_rung_and_999_is_nobodys_to_ring() {
    let rung: BTreeSet<&str> =
        data::shipped().rule.iter().flat_map(|rule| &rule.ring).map(String::as_str).collect();
    let parts: BTreeSet<&str> = parts().iter().map(|part| part.key.as_str()).collect();
    assert_eq!(parts.len(), super::parts().len(), "each has a key of its own");
    assert_eq!(parts.difference(&rung).next(), None);
    for key in rung.iter().chain(&parts) {
        assert!(!key.contains(emergency::NUMBER) && !key.trim().is_empty(), "{key}");
    }
}
