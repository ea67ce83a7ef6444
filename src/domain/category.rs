//! What a concern may be about: the list of `data/categories.toml`, and of `data/signs.toml` what to look for and what
//! each asks for. Both are part of the program.
//!
//! What is asked for is said here; whether it was done is the record's.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::rule::Force;
use super::text::Text;

const SHIPPED: &str = include_str!("../../data/categories.toml");
const SIGNS: &str = include_str!("../../data/signs.toml");

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Category {
    pub id: String,
    pub name: String,
    pub group: String,
    pub note: String,
    pub urgent: bool,
    /// Document and line; empty where the row is our own.
    pub source: String,
    /// What reports call it as well.
    #[serde(default)]
    also: Vec<String>,
    /// Of the other file, by the id.
    #[serde(skip)]
    signs: Signs,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    look_for: Vec<String>,
    #[serde(default)]
    demands: Vec<Demand>,
}

/// What a kind of concern asks for beyond the usual.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    pub says: String,
    /// The number of the rule behind it, where there is one.
    #[serde(default)]
    pub rule: Option<u8>,
    /// Document and line, or a web page.
    pub source: String,
    pub edition: String,
    pub force: Force,
    /// Of one that asks.
    #[serde(default)]
    pub answered: Option<Answered>,
    /// By which phrases the record is known to speak of it, where that is its answer.
    #[serde(default)]
    pub words: Vec<String>,
    /// What the closing check then says where it does not.
    #[serde(default)]
    pub missing: String,
}

/// What answers a demand that asks, and so where the reason is asked for which it is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answered {
    /// The question of danger.
    Danger,
    /// What the rule says in the form that records it; see [`super::gate`].
    Gate,
    /// What is due until it is answered, or dropped with a reason.
    Clock,
    /// The harm threshold.
    Threshold,
    /// A word on the barring service.
    Barring,
    Referral,
    /// A part for each child that is named.
    Parts,
    /// More than one child that is named, or a word on the other.
    BothChildren,
    /// A word on it.
    Words,
}

impl Category {
    /// A few signs, each without a full stop. They are reasons to think, and prove nothing.
    pub fn look_for(&self) -> &[String] {
        &self.signs.look_for
    }

    pub fn demands(&self) -> &[Demand] {
        &self.signs.demands
    }

    /// Everything that it is called, folded.
    fn called(&self) -> Vec<String> {
        let own = [self.id.as_str(), self.name.as_str()].into_iter();
        let parts = apart_from_brackets(&self.name).into_iter().flat_map(|(before, inside)| [before, inside]);
        own.chain(parts).chain(self.also.iter().map(String::as_str)).map(folded).collect()
    }
}

impl Demand {
    /// `R28 · S3:316 · gov.uk`, for the foot of a screen.
    pub fn cited(&self) -> String {
        let rule = self.rule.map(|number| format!("R{number} · ")).unwrap_or_default();
        format!("{rule}{} · {}", self.source, self.edition)
    }
}

#[derive(Deserialize)]
struct Shipped {
    category: Vec<Category>,
}

type SignsById = BTreeMap<String, Signs>;

/// Every category, in the order of the file. A test reads the files, so that it is never empty in a release.
pub fn all() -> &'static [Category] {
    static ALL: LazyLock<Vec<Category>> = LazyLock::new(|| {
        let mut all = toml::from_str(SHIPPED).map(|shipped: Shipped| shipped.category).unwrap_or_default();
        let mut signs: SignsById = toml::from_str(SIGNS).unwrap_or_default();
        for category in &mut all {
            category.signs = signs.remove(&category.id).unwrap_or_default();
        }
        all
    });
    &ALL
}

pub fn by_id(id: &str) -> Option<&'static Category> {
    all().iter().find(|category| category.id == id)
}

/// Whether one of these, which have the name or the id, is that one.
pub fn is_among(id: &str, named: &[Text]) -> bool {
    named.iter().filter_map(|known| by_name_or_id(known)).any(|known| known.id == id)
}

/// By what stands in a report: an id, a name, or what else it is called, whatever its capitals, spaces and punctuation, with
/// or without a word in brackets behind it.
pub fn by_name_or_id(written: &str) -> Option<&'static Category> {
    static BY_WORDS: LazyLock<HashMap<String, &'static Category>> = LazyLock::new(|| {
        let words = |one: &'static Category| one.called().into_iter().map(move |called| (called, one));
        all().iter().flat_map(words).collect()
    });
    let known = |called: &str| BY_WORDS.get(&folded(called)).copied();
    known(written).or_else(|| known(apart_from_brackets(written)?.0))
}

/// Small words are left out: "fabricated/induced" is "fabricated or induced".
fn folded(called: &str) -> String {
    let plain = called.to_lowercase().replace(['\'', '’'], "");
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !["or", "and", "the", "a"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// What stands before a bracket at the end, and in it.
fn apart_from_brackets(called: &str) -> Option<(&str, &str)> {
    called.trim().strip_suffix(')')?.rsplit_once('(')
}

/// The categories of an answer that may name several. Names have commas, so a comma parts only what is not known whole,
/// and where one of its parts is known.
pub fn parted(answer: &str) -> Vec<Text> {
    let pieces = answer.split([';', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.flat_map(parted_at_commas).collect()
}

fn parted_at_commas(piece: &str) -> Vec<Text> {
    let parts: Vec<&str> = piece.split(',').collect();
    if by_name_or_id(piece).is_some() || !parts.iter().any(|part| by_name_or_id(part).is_some()) {
        return vec![Text::from(piece)];
    }
    let mut rest = parts.as_slice();
    let mut parted = Vec::new();
    while !rest.is_empty() {
        let is_known = |length: &usize| by_name_or_id(&joined(rest, *length)).is_some();
        let length = (1..=rest.len()).rev().find(is_known).unwrap_or(1);
        parted.push(Text::from(joined(rest, length).trim()));
        rest = rest.get(length..).unwrap_or_default();
    }
    parted.retain(|part| !part.is_blank());
    parted
}

/// The first parts as they were written.
fn joined(parts: &[&str], length: usize) -> String {
    parts.iter().take(length).copied().collect::<Vec<_>>().join(",")
}

/// The names of categories given by their ids; what is no id of ours stays as it was written.
pub fn names(given: &[Text]) -> String {
    let name = |text: &Text| by_id(text.trim()).map_or_else(|| text.one_line(), |known| known.name.clone());
    given.iter().map(name).collect::<Vec<_>>().join("; ")
}

/// Whether a category, given by its id or its name, is one that cannot wait. Unknown ones are not.
pub fn is_urgent(category: &Text) -> bool {
    by_name_or_id(category).is_some_and(|known| known.urgent)
}

/// What these categories ask for, the hardest first, and none of it twice.
pub fn demands_of(given: &[Text]) -> Vec<&'static Demand> {
    let all = given.iter().filter_map(|text| by_name_or_id(text)).flat_map(Category::demands);
    let mut asked: Vec<&Demand> = Vec::new();
    for demand in all {
        if !asked.contains(&demand) {
            asked.push(demand);
        }
    }
    asked.sort_by_key(|demand| Reverse(demand.force));
    asked
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::{rule, source};

    #[test]
    fn every_category_has_a_name_and_an_id_of_its_own() {
        assert!(all().len() > 50, "the file was not read");
        let ids: BTreeSet<&str> = all().iter().map(|category| category.id.as_str()).collect();
        assert_eq!(ids.len(), all().len());
        assert!(all().iter().all(|category| !category.name.is_empty()));
        assert_eq!(by_id("neglect").unwrap().name, "Neglect");
    }

    #[test]
    fn every_issue_that_the_template_is_alert_to_has_a_category() {
        // Section 25 of the template, an issue a line.
        for line in 152..=179 {
            let cited = format!("S3:{line}");
            assert!(all().iter().any(|category| category.source == cited), "{cited}");
        }
    }

    #[test]
    fn what_the_file_marks_is_urgent_by_id_or_by_name() {
        assert!(is_urgent(&"fgm".into()));
        assert!(is_urgent(&by_id("fgm").unwrap().name.to_uppercase().into()));
        assert!(!is_urgent(&"young-carer".into()));
        assert!(!is_urgent(&"something else".into()));
    }

    #[test]
    fn no_two_are_called_the_same() {
        let mut called = BTreeMap::new();
        for category in all() {
            for words in category.called() {
                assert!(!words.is_empty(), "{}", category.id);
                let other = called.insert(words.clone(), &category.id);
                assert!(other.is_none_or(|other| *other == category.id), "{words}");
            }
        }
    }

    #[test]
    fn one_is_known_however_it_is_written() {
        for written in [
            "fabricated-illness",
            "FII",
            "fii",
            "Fabricated or induced illness (FII)",
            "Fabricated/induced illness",
            "Fabricated or  induced illness",
            " fabricated OR induced illness. ",
        ] {
            assert_eq!(by_name_or_id(written).unwrap().id, "fabricated-illness", "{written}");
        }
        for written in ["FGM", "Female genital mutilation", "female genital mutilation (FGM)", "FGM (known)"]
        {
            assert_eq!(by_name_or_id(written).unwrap().id, "fgm", "{written}");
        }
        assert_eq!(
            by_name_or_id("The child’s own use of drugs, alcohol or vapes").unwrap().id,
            "substance-misuse"
        );
        for written in ["", "()", "illness", "a", "Bullying at lunch"] {
            assert!(by_name_or_id(written).is_none(), "{written}");
        }
    }

    #[test]
    fn an_answer_that_names_several_is_parted() {
        let parted = |answer: &str| parted(answer).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            parted("neglect; fabricated or induced illness;"),
            ["neglect", "fabricated or induced illness"]
        );
        assert_eq!(parted("Neglect, FII"), ["Neglect", "FII"]);
        let whole = "Forced marriage, or any marriage before 18";
        assert_eq!(parted(whole), [whole]);
        assert_eq!(parted(&format!("{whole}, Neglect, so they say")), [whole, "Neglect", "so they say"]);
        assert_eq!(parted("Bullying at lunch, and after"), ["Bullying at lunch, and after"]);
        assert!(parted(" ;\n").is_empty());
    }

    #[test]
    fn categories_are_named_in_words() {
        assert_eq!(names(&["neglect".into(), "Bullying at lunch".into()]), "Neglect; Bullying at lunch");
    }

    #[test]
    fn each_says_what_to_look_for_and_no_sign_is_of_an_unknown_one() {
        let signs: SignsById = toml::from_str(SIGNS).unwrap();
        for id in signs.keys() {
            assert!(by_id(id).is_some(), "{id} is no category");
        }
        for category in all() {
            let look_for = category.look_for();
            assert!((2..=6).contains(&look_for.len()), "{}", category.id);
            assert!(look_for.iter().all(|sign| !sign.ends_with('.') && sign.len() < 100), "{}", category.id);
        }
    }

    #[test]
    fn every_demand_is_a_sentence_of_a_source_that_exists() {
        for demand in all().iter().flat_map(Category::demands) {
            assert!(demand.says.ends_with('.') && !demand.edition.is_empty(), "{}", demand.says);
            let is_page = demand.source.contains('.');
            assert!(is_page || source::is_inside(&demand.source), "{}", demand.cited());
        }
    }

    #[test]
    fn a_demand_is_never_harder_than_its_rule() {
        for demand in all().iter().flat_map(Category::demands) {
            let rule = demand.rule.map(|number| rule::get(number).unwrap());
            let hardest = rule.map_or(Force::Advises, |rule| rule.force);
            assert!(demand.force <= hardest, "{}", demand.says);
        }
    }

    #[test]
    fn a_demand_that_asks_says_what_answers_it_and_no_other_does() {
        for demand in all().iter().flat_map(Category::demands) {
            assert_eq!(demand.answered.is_some(), demand.force == Force::AsksForAReason, "{}", demand.says);
            let has_words = matches!(demand.answered, Some(Answered::Words | Answered::BothChildren));
            assert_eq!(!demand.words.is_empty(), has_words, "{}", demand.says);
            assert_eq!(demand.missing.ends_with('.'), has_words, "{}", demand.says);
        }
    }

    #[test]
    fn the_hardest_demand_comes_first_and_none_comes_twice() {
        let of = |given: &[&str]| {
            let given: Vec<Text> = given.iter().copied().map(Text::from).collect();
            demands_of(&given).into_iter().map(|demand| (demand.rule, demand.force)).collect::<Vec<_>>()
        };
        assert_eq!(
            of(&["sexual-harassment", "Initiations and hazing", "fabricated-illness"]),
            [(Some(3), Force::Blocks), (Some(25), Force::AsksForAReason)]
        );
        assert_eq!(of(&["neglect", "Bullying at lunch"]), []);
    }

    #[test]
    fn a_demand_is_cited_with_its_rule_where_there_is_one() {
        let cited = |id: &str| by_id(id).unwrap().demands()[0].cited();
        assert_eq!(cited("fabricated-illness"), "R3 · S1:163 · S1, 2024");
        assert_eq!(cited("upskirting"), "S3:179 · S3, 2023-2024, not confirmed");
    }
}
