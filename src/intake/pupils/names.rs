//! Names that are joined: `Seán O’Brien & Niamh O'Brien`, `A Smith, B Jones and C Brown`, `Ali Khan/Amir Khan`.
//!
//! A wrong division makes children whom nobody has seen. So every part must be a whole name, of two words or more:
//! "Amir and Ali" and "Ada Lamb and Finch" stay as they are, and so do a mother, a friend and a class. Where it is not
//! certain, nothing is divided: "Mary Ann and John Paul Smith" may be two Smiths.

use std::collections::BTreeSet;

/// The names of a line without semicolons.
pub(super) fn apart(line: &str) -> Vec<String> {
    let names = listed(at_joints(line, &['&', '+', '/']));
    let divided = names.len() > 1
        && names.iter().all(|name| is_whole(name) && is_one(name))
        && !is_one_twice(&names)
        && !lacks_a_surname(&names);
    if divided { names } else { vec![line.to_owned()] }
}

/// What stands between the marks and the word "and".
pub(super) fn at_joints(text: &str, marks: &[char]) -> Vec<String> {
    let spaced = text.replace(marks, " & ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words
        .split(|word| *word == "&" || word.eq_ignore_ascii_case("and"))
        .map(|part| part.join(" ").trim_matches([',', ' ']).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// `A Smith, B Jones` before the last of several; `Smith, Jo` is one of them.
fn listed(names: Vec<String>) -> Vec<String> {
    let Some((last, others)) = names.split_last().filter(|(last, _)| !last.contains(',')) else {
        return names;
    };
    let others = others.iter().flat_map(|name| name.split(','));
    let pieces: Vec<String> = others.chain([last.as_str()]).map(|name| name.trim().to_owned()).collect();
    if pieces.iter().all(|name| is_whole(name)) { pieces } else { names }
}

/// Words of somebody other than a second child, or of nobody in particular.
const NOT_OF_A_NAME: [&str; 25] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "mum", "dad", "his", "her", "their", "the", "two", "other",
    "others", "another", "brother", "sister", "sibling", "siblings", "friend", "friends", "class", "unknown",
];

fn is_whole(name: &str) -> bool {
    let words = words(name);
    words.len() > 1
        && !name.starts_with(char::is_lowercase)
        && !name.contains(char::is_numeric)
        && !words.iter().any(|word| NOT_OF_A_NAME.contains(&word.to_lowercase().as_str()))
}

fn words(name: &str) -> Vec<&str> {
    name.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect()
}

/// `Smith, Jo` and `Smith, Jo Ann`; a comma between two whole names may stand between two children.
fn is_one(name: &str) -> bool {
    let sides: Vec<usize> = name.split(',').map(|side| words(side).len()).collect();
    sides.len() == 1 || sides.len() == 2 && sides.contains(&1)
}

/// Beside a longer name, two words may be the given names of somebody with the same surname; an initial and a word
/// are not.
fn lacks_a_surname(names: &[String]) -> bool {
    let counted =
        |name: &str| words(name).into_iter().filter(|word| !word.starts_with(char::is_lowercase)).count();
    let may_be_given = |name: &String| {
        !name.contains(',') && counted(name) == 2 && words(name).iter().all(|word| word.chars().count() > 1)
    };
    names.iter().any(may_be_given) && names.iter().any(|name| counted(name) > 2)
}

/// `Zoë Marsh/Zoë Finch` is known by two surnames. An initial may be anybody's.
fn is_one_twice(names: &[String]) -> bool {
    let first = |name: &String| name.split([' ', '.']).next().map(str::to_lowercase);
    let firsts: Vec<String> =
        names.iter().filter_map(first).filter(|word| word.chars().count() > 1).collect();
    firsts.iter().collect::<BTreeSet<_>>().len() < firsts.len()
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn whole_names_are_told_apart() {
        for (line, names) in [
            ("Seán O’Brien & Niamh O'Brien", ["Seán O’Brien", "Niamh O'Brien"].as_slice()),
            ("A Smith and B Jones", &["A Smith", "B Jones"]),
            ("A. Smith AND A. Jones", &["A. Smith", "A. Jones"]),
            ("Ali Khan/Amir Khan", &["Ali Khan", "Amir Khan"]),
            ("Ali Khan + Amir Khan", &["Ali Khan", "Amir Khan"]),
            ("Smith, Jo and Brown, Amy", &["Smith, Jo", "Brown, Amy"]),
            ("A Smith, B Jones, and C Brown", &["A Smith", "B Jones", "C Brown"]),
            ("A Smith and B Jones & C Brown", &["A Smith", "B Jones", "C Brown"]),
            ("Smith, Jo Ann and Brown, Amy", &["Smith, Jo Ann", "Brown, Amy"]),
            ("J. Smith and Mary Ann Jones", &["J. Smith", "Mary Ann Jones"]),
            ("Mary Ann Jones and John Paul Smith", &["Mary Ann Jones", "John Paul Smith"]),
            ("Leila bint Omar and Zoë Marlowe-Finch", &["Leila bint Omar", "Zoë Marlowe-Finch"]),
            ("ياسمين علي & عمر علي", &["ياسمين علي", "عمر علي"]),
        ] {
            assert_eq!(apart(line), names, "{line}");
        }
    }

    #[test]
    fn what_may_be_one_child_is_one() {
        for line in [
            "Zoë Marlowe-Finch",
            "Anderson Sandy",
            "Smith, Jo",
            "Kiran Solanki, Meera Solanki",
            "Ada Lamb and Finch",
            "Amir and Ali",
            "Amir & Ali Khan",
            "Ali Khan/Hussain",
            "Zoë Marsh/Zoë Finch",
            "Zoë Marsh and her brother",
            "Zoë Marsh and a friend",
            "Zoë Marsh & A Friend",
            "Zoë Marsh and Mrs Marsh",
            "Zoë Marsh and Her Mum",
            "Zoë Marsh and Class 4B",
            "Zoë Marsh (Year 7/8)",
            "Amy Lee & Ben Lee, Cal Lee",
            "Smith Jones, Jo Ann and Brown Lee, Amy May",
            "Mary Ann and John Paul Smith",
            "John Paul Smith and Mary Ann",
            "not known / not given",
            "N/A",
            "& B Jones",
            "and",
        ] {
            assert_eq!(apart(line), [line]);
        }
    }
}
