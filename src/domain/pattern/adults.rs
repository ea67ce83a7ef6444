//! The adults whom a Part 1 names in full: the member of staff whom it is about, and whoever stands under "Who?".
//!
//! "Who?" is running text. A name is taken to be two to four words in a row that begin with a capital letter, without
//! title or relation; those of the children, of the reporter and of whoever was told are left out, and so are schools,
//! offices and streets. Better that a name is missed than that a place is taken for somebody.

use crate::domain::concern::{Part1, names_nobody};
use crate::domain::text::Text;

const MOST_WORDS: usize = 4;
/// May stand in the middle of a name.
const PARTICLES: [&str; 10] = ["de", "da", "di", "van", "von", "der", "bin", "al", "el", "ul"];
/// Stand before a name and are no part of it, however they are written.
const BEFORE: [&str; 32] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "sir",
    "prof",
    "the",
    "a",
    "an",
    "her",
    "his",
    "their",
    "and",
    "with",
    "mother",
    "father",
    "mum",
    "dad",
    "stepfather",
    "stepmother",
    "uncle",
    "aunt",
    "auntie",
    "grandmother",
    "grandfather",
    "brother",
    "sister",
    "cousin",
    "partner",
    "neighbour",
];
/// A run of words with one of these is somebody's office, or a place.
const NO_NAMES: [&str; 37] = [
    "academy",
    "assistant",
    "avenue",
    "bus",
    "care",
    "centre",
    "children",
    "class",
    "club",
    "college",
    "council",
    "county",
    "deputy",
    "form",
    "hall",
    "head",
    "hospital",
    "house",
    "lane",
    "lead",
    "office",
    "officer",
    "park",
    "police",
    "primary",
    "response",
    "road",
    "room",
    "school",
    "service",
    "services",
    "social",
    "station",
    "street",
    "teacher",
    "team",
    "year",
];

/// Each once, as they are written.
pub fn named_adults(part1: &Part1) -> Vec<Text> {
    let staff = part1.staff.iter().filter(|staff| !names_nobody(&staff.name));
    let staff = staff.filter_map(|staff| in_full(staff.name.split_whitespace()));
    let who = names_in(&part1.account.who);
    let mut found: Vec<Text> = Vec::new();
    for name in staff.chain(who) {
        let is_new = !found.iter().any(|known| key(known) == key(&name));
        if is_new && !is_of_the_report(part1, &name) {
            found.push(Text::from(name));
        }
    }
    found
}

/// A name without titles, where two words or more are left that are no initials.
fn in_full<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let is_title = |word: &str| BEFORE.contains(&word.to_lowercase().trim_end_matches('.'));
    let words: Vec<&str> = words.filter(|word| !is_title(word)).collect();
    let whole = words.iter().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
    (whole >= 2).then(|| words.join(" "))
}

/// A child of the report, who wrote it, or who was told of it.
fn is_of_the_report(part1: &Part1, name: &str) -> bool {
    let children = part1.children.iter().map(|child| &child.name);
    let words = key(name);
    let all = children.chain([&part1.reporter.name]).chain(&part1.told);
    all.into_iter().any(|known| {
        let known = key(known);
        !known.is_empty()
            && (words.iter().all(|word| known.contains(word))
                || known.iter().all(|word| words.contains(word)))
    })
}

/// The words of a name without case, in an order of their own.
fn key(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}

fn names_in(who: &str) -> Vec<String> {
    let pieces = who.split(|c: char| !(c.is_alphabetic() || c == ' ' || c == '-' || c == '\'' || c == '’'));
    pieces.flat_map(in_a_piece).collect()
}

/// Of a piece of text without any sign that would part one name from another.
fn in_a_piece(piece: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in piece.split_whitespace().chain([""]) {
        let folded = word.to_lowercase();
        let is_inside = !run.is_empty() && PARTICLES.contains(&word);
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        if (begins && !BEFORE.contains(&folded.as_str())) || is_inside {
            run.push(word);
        } else {
            names.extend(name_of(&std::mem::take(&mut run)));
        }
    }
    names
}

fn name_of(run: &[&str]) -> Option<String> {
    let is_office = run.iter().any(|word| NO_NAMES.contains(&word.to_lowercase().as_str()));
    let ends = run.last().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase));
    if !ends || is_office || run.len() > MOST_WORDS { None } else { in_full(run.iter().copied()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::concern::{About, NamedChild, NamedStaff, Reporter};

    fn named(who: &str) -> Vec<String> {
        let mut part1 = Part1 {
            children: vec![NamedChild { name: "Zoë Marsh".into(), ..NamedChild::default() }],
            reporter: Reporter { name: "Grace Osei".into(), ..Reporter::default() },
            ..Part1::default()
        };
        part1.account.who = who.into();
        named_adults(&part1).iter().map(Text::one_line).collect()
    }

    #[test]
    fn full_names_are_taken_out_of_running_text() {
        assert_eq!(named("Zoe; her stepfather, Darren Cole; a man"), ["Darren Cole"]);
        assert_eq!(
            named("Stepfather Darren Cole and Ruth van der Berg."),
            ["Darren Cole", "Ruth van der Berg"]
        );
        assert_eq!(named("Mr Darren Cole (of 4 Mill Road), Darren Cole"), ["Darren Cole"]);
    }

    #[test]
    fn neither_children_nor_reporters_nor_offices_are_adults_of_it() {
        for who in [
            "Zoë Marsh and Zoë",
            "Grace Osei saw it",
            "Social Care; First Response; Weirgate School; Year Ten",
            "Mr Cole; her uncle Dean",
            "zoe's dad darren",
            "A man of about 80",
            "",
        ] {
            assert!(named(who).is_empty(), "{who}: {:?}", named(who));
        }
    }

    #[test]
    fn the_member_of_staff_is_one_where_the_name_is_whole() {
        let staff = |name: &str| Part1 {
            about: About::Staff,
            staff: Some(NamedStaff { name: name.into(), ..NamedStaff::default() }),
            ..Part1::default()
        };
        assert_eq!(named_adults(&staff("Peregrine Quillfeather")), [Text::from("Peregrine Quillfeather")]);
        assert!(named_adults(&staff("not known")).is_empty() && named_adults(&staff("Mr Q")).is_empty());
    }
}
