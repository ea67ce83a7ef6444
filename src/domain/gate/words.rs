//! What the gates read off words: who gave advice, and that somebody was spoken to. The lists of `data/gates.toml`, which
//! are part of the program.
//!
//! No word that is looked for stands here, and no rule.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::part2::Advice;
use crate::domain::phrase::{Phrases, Reading};

const SHIPPED: &str = include_str!("../../../data/gates.toml");

/// How far before words a denial is looked for.
const NEAR: usize = 6;
/// The longest beginning of what is meant otherwise.
const LEAD: usize = 3;
/// What stands for the person.
const PERSON: &str = "@";
const TITLES: &str = "mr|mrs|ms|miss|mx|dr|sir?";
/// Shorter words of a name are initials.
const WHOLE_WORD: usize = 2;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advisers: Advisers,
    spoken: Spoken,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Advisers {
    social_care: Vec<String>,
    police: Vec<String>,
    lado: Vec<String>,
    not: Vec<String>,
    denied: Vec<String>,
    related: Vec<String>,
    for_them: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spoken {
    called: Vec<String>,
    words: Vec<String>,
    not: Vec<String>,
}

/// A test reads the file, so that it is never empty in a release.
fn shipped() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());
    &FILE
}

fn phrases<'p>(written: impl IntoIterator<Item = &'p String>) -> Phrases<()> {
    Phrases::new(written.into_iter().map(|phrase| (&**phrase, ())))
}

/// Whether advice is that of children's social care or the police (R3).
pub(super) fn is_of_social_care_or_police(advice: &Advice) -> bool {
    static WHO: LazyLock<Phrases<()>> =
        LazyLock::new(|| phrases(shipped().advisers.social_care.iter().chain(&shipped().advisers.police)));
    is_of(advice, &WHO)
}

/// Whether it is that of the designated officer (R13).
pub fn is_of_lado(advice: &Advice) -> bool {
    static WHO: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.lado));
    is_of(advice, &WHO)
}

/// They have to be it: a parent who is one as well, or somebody who speaks of one, advises as nobody's.
fn is_of(advice: &Advice, who: &Phrases<()>) -> bool {
    static NOT: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.not));
    static DENIED: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.denied));
    let [name, role, organisation] =
        [&advice.name, &advice.role, &advice.organisation].map(|text| Reading::new(text));
    if [&name, &role, &organisation].into_iter().any(is_related) {
        return false;
    }
    [role, organisation].iter().any(|reading| {
        let is_otherwise = |place: usize| {
            let mut starts = place.saturating_sub(LEAD)..=place;
            starts.any(|start| NOT.at(reading, start).any(|(end, ())| end > place))
        };
        let is_them = |place: usize| who.is_at(reading, place) && !is_otherwise(place);
        reading.places().any(|place| is_them(place) && !is_denied(reading, place, &DENIED))
    })
}

/// Whether it is somebody from around the child: not who is there for them.
fn is_related(reading: &Reading) -> bool {
    static RELATED: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.related));
    static FOR_THEM: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.for_them));
    let is_for = |place: usize| {
        let mut starts = place.saturating_sub(LEAD)..place;
        starts.any(|start| FOR_THEM.at(reading, start).any(|(end, ())| end == place))
    };
    reading.places().any(|place| RELATED.is_at(reading, place) && !is_for(place))
}

/// Whether a text names somebody from around the child, and not who is there for them.
pub(super) fn is_of_the_family(text: &str) -> bool {
    is_related(&Reading::new(text))
}

/// Whether one of these, or a short not, stands a little before in the same sentence.
fn is_denied(reading: &Reading, place: usize, by: &Phrases<()>) -> bool {
    let near = (place.saturating_sub(NEAR)..place).rev();
    let mut same = near.take_while(|before| reading.is_one_sentence(*before, place));
    same.any(|before| {
        by.is_at(reading, before) || reading.text(before).is_some_and(|word| word.ends_with("n't"))
    })
}

/// Somebody who is looked for in a text, by any of their names.
pub(super) struct Person {
    names: Phrases<()>,
    spoken: Phrases<()>,
}

impl Person {
    pub(super) fn of(name: &str) -> Self {
        let reading = Reading::new(name);
        let words = reading.places().filter_map(|place| reading.text(place));
        let names: Vec<&str> = words
            .filter(|word| word.chars().count() >= WHOLE_WORD)
            .filter(|word| !TITLES.split(['|', '?']).any(|title| title == *word))
            .collect();
        let by_name = (!names.is_empty()).then(|| format!("{TITLES} {}", names.join("|")));
        let Spoken { called, words, .. } = &shipped().spoken;
        let all: Vec<String> = by_name.into_iter().chain(called.iter().cloned()).collect();
        let spoken = words.iter().flat_map(|words| all.iter().map(move |one| words.replace(PERSON, one)));
        Self { spoken: phrases(&spoken.collect::<Vec<_>>()), names: phrases(&all) }
    }

    /// Whether a text says that they were spoken to: not that they were not, or will be.
    pub(super) fn is_spoken_to_in(&self, text: &str) -> bool {
        said(&self.spoken, text)
    }

    /// Whether they stand in a list of people.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        said(&self.names, text)
    }
}

fn said(what: &Phrases<()>, text: &str) -> bool {
    static NOT: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().spoken.not));
    let reading = Reading::new(text);
    reading.places().any(|place| what.is_at(&reading, place) && !is_denied(&reading, place, &NOT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::text::Text;

    fn advice(role: &str, organisation: &str) -> Advice {
        Advice {
            at: Moment::parse("2026-11-20").unwrap(),
            name: Text::from("Jo Constable"),
            role: role.into(),
            organisation: organisation.into(),
            advice: "Wait.".into(),
            contact: None,
        }
    }

    #[test]
    fn the_file_is_read_whole() {
        let file: File = toml::from_str(SHIPPED).unwrap();
        assert!(file.spoken.words.iter().all(|words| words.contains(PERSON) || words == "shared with @"));
        assert!(!file.advisers.lado.is_empty() && !file.spoken.called.is_empty());
    }

    #[test]
    fn whose_advice_it_is_stands_in_the_role_or_the_organisation() {
        for (role, organisation) in [
            ("duty social worker", "the county"),
            ("", "Children's Services"),
            ("Duty worker", "First Response"),
            ("DC", "Police"),
            ("child abuse investigation unit", ""),
            ("mother's social worker", ""),
            ("Social worker for the mother, name not given", "the city"),
            ("duty worker; would not say more", "MASH"),
            ("PC 1234", "Leicestershire Police"),
        ] {
            assert!(is_of_social_care_or_police(&advice(role, organisation)), "{role} of {organisation}");
        }
        for (role, organisation) in [
            ("", ""),
            ("consultant paediatrician", "the hospital"),
            ("retired police officer", "chair of governors"),
            ("school social worker", "the school"),
            ("duty worker", "Adult Social Care"),
            ("LADO", "the county"),
            ("Parent; not social worker", ""),
            ("Parent, not a social worker", ""),
            ("no social worker", "the school"),
            ("isn't police", ""),
            ("mother", "Police"),
            ("police officer and father of the child", ""),
            ("friend of the mother, who works for the police", ""),
            ("head teacher, quoting the duty social worker", "the school"),
            ("nurse; has spoken to social care", "the surgery"),
            ("head teacher", "social care not involved yet"),
            ("used to be a social worker", ""),
        ] {
            assert!(!is_of_social_care_or_police(&advice(role, organisation)), "{role} of {organisation}");
        }
    }

    #[test]
    fn a_parent_is_a_parent_by_name_too() {
        let by = |name: &str| Advice { name: name.into(), ..advice("social worker", "") };
        assert!(is_of_social_care_or_police(&by("Jo Constable")));
        for name in ["Zoe's mother", "the child's father, Tom"] {
            assert!(!is_of_social_care_or_police(&by(name)), "{name}");
        }
    }

    #[test]
    fn the_designated_officer_is_not_a_designated_safeguarding_officer() {
        for (role, organisation) in
            [("LADO", ""), ("Local Authority Designated Officer", "the city"), ("duty", "Allegations Line")]
        {
            assert!(is_of_lado(&advice(role, organisation)), "{role} of {organisation}");
        }
        for role in ["Designated Safeguarding Officer", "duty social worker", "former LADO"] {
            assert!(!is_of_lado(&advice(role, "")), "{role}");
        }
    }

    #[test]
    fn somebody_was_spoken_to_where_it_says_so_of_them() {
        let person = Person::of("Peregrine Quillfeather");
        for text in [
            "Spoke to Mr Quillfeather in the office.",
            "The head had a quiet word with Peregrine.",
            "Mr Quillfeather was told at three.",
            "The member of staff was suspended.",
            "Quillfeather told by the head, a colleague beside him.",
            "Rang Peregrine Quillfeather at home",
        ] {
            assert!(person.is_spoken_to_in(text), "{text}");
        }
        for text in [
            "",
            "Nobody has spoken to Mr Quillfeather.",
            "Rang the LADO before anybody spoke to Mr Quillfeather.",
            "Spoke to him and to her mother.",
            "Mr Quillfeather told the class to wait.",
            "We will speak to Mr Quillfeather on Monday.",
            "Spoke to Mr Osei.",
        ] {
            assert!(!person.is_spoken_to_in(text), "{text}");
        }
    }

    #[test]
    fn a_name_without_words_is_found_nowhere() {
        assert!(!Person::of("Mr").is_named_in("Mr Osei, Mr Marsh"));
        assert!(Person::of("Mr Osei").is_named_in("the head; Mr Osei"));
    }
}
