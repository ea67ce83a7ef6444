//! How phrases are written and found, and that those of the data can be found at all.

use super::{Phrases, Reading};

/// What a phrase is found over in a text, first to last.
fn found<'t>(phrase: &str, text: &'t str) -> Vec<&'t str> {
    let phrases = Phrases::new([(phrase, ())]);
    let reading = Reading::new(text);
    let ends = reading
        .places()
        .flat_map(|place| phrases.at(&reading, place).map(move |(end, ())| place..end).collect::<Vec<_>>());
    ends.map(|places| text.get(reading.range(&places)).unwrap()).collect()
}

#[test]
fn a_phrase_is_found_as_it_is_written() {
    for (phrase, text, wanted) in [
        ("one", "One, two. ONE", vec!["One", "ONE"]),
        ("one|two", "two and one", vec!["two", "one"]),
        ("one the? two", "one two, one the two", vec!["one two", "one the two"]),
        ("the? two", "two, the two", vec!["two", "the two", "two"]),
        ("one .. two", "one a b c two", vec!["one a b c two"]),
        ("one .. two", "one a b c d two", vec![]),
        ("one .. two", "one. Two", vec![]),
        ("asked ^", "asked Zoë, asked her", vec!["asked Zoë"]),
        ("asked her|^", "asked Zoë, asked her, asked him", vec!["asked Zoë", "asked her"]),
        ("child's", "the child’s and the Child's", vec!["child’s", "Child's"]),
        ("cross examined", "cross-examined", vec!["cross-examined"]),
        ("a&e", "in A&E", vec!["A&E"]),
        ("at 14", "at 14.10", vec!["at 14"]),
    ] {
        assert_eq!(found(phrase, text), wanted, "{phrase} in {text}");
    }
}

#[test]
fn what_is_quoted_is_told_from_apostrophes() {
    for (text, quoted) in [
        ("she said \"he did\" and left", "he did"),
        ("she said “he did” and left", "he did"),
        ("she said 'he did' and left", "he did"),
        ("she said ‘he didn’t’ and left", "he didn’t"),
        ("the boys' room and the child's", ""),
        ("she said \"he did\nand left", "he did"),
    ] {
        let reading = Reading::new(text);
        let words = reading.places().filter_map(|place| reading.word(place)).filter(|word| word.is_quoted);
        assert_eq!(
            words.map(|word| text.get(word.at.clone()).unwrap()).collect::<Vec<_>>().join(" "),
            quoted,
            "{text}"
        );
    }
}

#[test]
fn letters_of_any_length_keep_their_place() {
    let text = "İpek ẞ 👩\u{200d}👧 Zoë said \u{1e9e} one";
    assert_eq!(found("zoë said", text), ["Zoë said"]);
    assert_eq!(found("one", text), ["one"]);
}

/// The lists of a data file that hold phrases, wherever they stand.
fn lists<'v>(value: &'v toml::Value, names: &[&str], found: &mut Vec<&'v str>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                match value.as_array() {
                    Some(list) if names.contains(&name.as_str()) => {
                        found.extend(list.iter().filter_map(toml::Value::as_str));
                    }
                    Some(_) | None => lists(value, names, found),
                }
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|value| lists(value, names, found)),
        _ => {}
    }
}

#[test]
fn every_phrase_of_the_data_can_be_found() {
    for (file, names, least) in [
        (
            include_str!("../../../data/cautions.toml"),
            ["words", "unless", "not", "turns", "others"].as_slice(),
            150,
        ),
        (include_str!("../../../data/clarity.toml"), ["opinion", "no_opinion"].as_slice(), 70),
    ] {
        let file = toml::from_str(file).unwrap();
        let mut phrases = Vec::new();
        lists(&file, names, &mut phrases);
        assert!(phrases.len() > least, "{}", phrases.len());
        for phrase in phrases {
            assert!(!phrase.starts_with("..") && !phrase.starts_with('^'), "{phrase} begins with no word");
            for slot in phrase.split_whitespace().filter(|slot| *slot != "..") {
                let words = slot.strip_suffix('?').unwrap_or(slot).split('|');
                // What is no word of a text never lies under one.
                let is_word = |word: &str| {
                    let reading = Reading::new(word);
                    word == "^" || reading.places().len() == 1 && reading.text(0) == Some(word)
                };
                words.for_each(|word| assert!(is_word(word), "{word} of {phrase}"));
            }
        }
    }
}
