//! Whether two schools are the same, and whether a text names one, however the names are written.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::phrase::{Phrases, Reading};
use super::text::Text;

/// Abbey Fields is the Abbey Fields School, and Abbey Primary is not Abbey.
pub fn is_same(one: &str, other: &str) -> bool {
    names_of(one) == names_of(other)
}

/// Whether a school is this one, whose name may be that of two: Abbey Fields and The Boathouse.
pub fn is_ours(school: &str, organisation: &str) -> bool {
    let mut parts = organisation.split(" and ").chain(organisation.split(['&', '/', ',']));
    is_same(school, organisation) || parts.any(|part| is_same(school, part))
}

/// Where a child is on roll, of a text that may say as well where they are taught: "The Boathouse (on roll at Abbey Fields)".
/// The last such words count. Blank where it says of no school.
pub fn on_roll(written: &Text) -> Text {
    const SAYS: &str = "on roll at";
    let line = written.one_line();
    // Lower case of ASCII alone, so that places stay what they are.
    let lower = line.to_ascii_lowercase().replace('-', " ");
    let school = match lower.rfind(SAYS) {
        Some(found) if lower.get(..found).is_some_and(|before| before.trim_end().ends_with("not")) => "",
        Some(found) => {
            let rest = line.get(found.saturating_add(SAYS.len())..).unwrap_or_default();
            rest.split([')', ';']).next().unwrap_or_default().trim()
        }
        None => line.as_str(),
    };
    let words = words_of(school).into_iter().collect::<Vec<_>>().join(" ");
    if words.is_empty() || NOWHERE.contains(&words.as_str()) { Text::default() } else { Text::from(school) }
}

/// What people write where a child is on roll at no school or nobody knows which; words in the order of the alphabet.
const NOWHERE: [&str; 14] = [
    "a n",
    "any school",
    "at school",
    "educated electively home",
    "educated home",
    "ehe",
    "known not",
    "n a",
    "na",
    "nil",
    "no school",
    "none",
    "nowhere",
    "unknown",
];

/// Whether the text names a school.
pub fn is_named_in(text: &str, school: &str) -> bool {
    let names = names_of(school);
    !names.is_empty() && names.is_subset(&words_of(text))
}

/// Whether it denies something: "the police, not the school". Whoever reads it asks then.
pub fn denies(text: &str) -> bool {
    const DENIALS: [&str; 8] = ["not", "nobody", "never", "except", "without", "untold", "still", "instead"];
    words_of(text).iter().any(|word| DENIALS.contains(&word.as_str()) || word.ends_with("n't"))
}

/// Whether one school's name is a part of another's: Beacon of Beacon Hill.
pub fn is_part_of(school: &str, other: &str) -> bool {
    let (school, other) = (names_of(school), names_of(other));
    school.len() < other.len() && school.is_subset(&other)
}

/// Whether it speaks of the school where a child is on roll, whichever that is.
pub fn speaks_of_on_roll(text: &str) -> bool {
    static ON_ROLL: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::new([("on roll", ())]));
    let reading = Reading::new(text);
    reading.places().any(|place| ON_ROLL.is_at(&reading, place))
}

/// The words of a school's name that tell it from others; all of them where it has no others.
fn names_of(school: &str) -> BTreeSet<String> {
    const ANY: [&str; 5] = ["the", "school", "academy", "college", "community"];
    let words = words_of(school);
    let own: BTreeSet<String> = words.iter().filter(|word| !ANY.contains(&word.as_str())).cloned().collect();
    if own.is_empty() { words } else { own }
}

fn words_of(text: &str) -> BTreeSet<String> {
    let reading = Reading::new(text);
    reading.places().filter_map(|place| reading.text(place).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_named_in, is_ours, is_same, on_roll};

    #[test]
    fn a_shorter_form_is_the_same_school() {
        assert!(is_same("Abbey Fields", "The Abbey Fields School"));
        assert!(!is_same("Beacon Academy", "Abbey Fields Academy"));
        assert!(is_same("weirgate school ", "Weirgate School"));
        assert!(!is_same("Abbey", "Abbey Primary"));
        assert!(is_ours("The Boathouse", "Abbey Fields School and The Boathouse"));
        assert!(is_ours("Abbey Fields", "Abbey Fields Community School & The Boathouse"));
        assert!(!is_ours("Abbey Fields Primary", "Abbey Fields School"));
        assert!(!is_ours("The Community College", "Abbey Fields Community School and The Boathouse"));
    }

    #[test]
    fn where_a_child_is_taught_is_not_where_they_are_on_roll() {
        for (written, school) in [
            ("The Boathouse (on roll at Abbey Fields School)", "Abbey Fields School"),
            ("Hospital; on-roll at Beacon)", "Beacon"),
            ("Was on roll at Beacon until July; now on roll at Abbey", "Abbey"),
            ("The Boathouse (on roll at )", ""),
            ("Not on roll at any school", ""),
            ("on roll at on roll at", ""),
            ("n/a", ""),
            ("Home educated", ""),
            ("—", ""),
            ("On roll at Beacon; taught at the hospital", "Beacon"),
            ("Abbey Fields", "Abbey Fields"),
        ] {
            assert_eq!(on_roll(&written.into()).as_str(), school);
        }
    }

    #[test]
    fn a_school_is_named_by_what_tells_it_from_others() {
        assert!(is_named_in("Ann Lee at the beacon", "Beacon Academy"));
        assert!(!is_named_in("The academy", "Beacon Academy"));
    }
}
