//! Words that survive a telephone, and notes that were written in every hand.

use std::collections::BTreeSet;

use super::{Fit, HOW_MANY, NotNoted, Noted, byte_of, for_byte, list, of, word};

/// The bytes 0 to 31.
fn hash() -> String {
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f".to_owned()
}

#[test]
fn there_is_one_plain_word_for_every_byte() {
    let words = list();
    let different: BTreeSet<&str> = words.iter().copied().collect();
    assert_eq!((words.len(), different.len()), (256, 256));
    let plain = |word: &&str| (4..=9).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    assert!(words.iter().all(plain));
}

/// How many letters must be changed, added or left out to make one of the other.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.bytes().enumerate() {
            let least = (row[j] + 1).min(row[j + 1] + 1).min(corner + usize::from(x != y));
            corner = std::mem::replace(&mut row[j + 1], least);
        }
    }
    row[b.len()]
}

/// What is left of a word on a bad line: its consonants, those that differ only in the voice as one, and that there
/// was a vowel between them.
fn heard(word: &str) -> String {
    let spellings = [
        ("tch", "ch"),
        ("sch", "sk"),
        ("ph", "f"),
        ("gh", ""),
        ("ck", "k"),
        ("qu", "kw"),
        ("wh", "w"),
        ("kn", "n"),
        ("wr", "r"),
        ("rh", "r"),
        ("ch", "1"),
        ("sh", "1"),
        ("th", "t"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "sy"),
        ("ge", "je"),
        ("gi", "ji"),
        ("gy", "jy"),
        ("dg", "j"),
        ("c", "k"),
        ("x", "ks"),
        ("mb", "m"),
    ];
    let word = spellings.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let word = word.strip_suffix('e').unwrap_or(&word);
    let mut heard: Vec<char> = word.chars().map(alike).collect();
    heard.dedup();
    heard.into_iter().collect()
}

fn alike(letter: char) -> char {
    match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'a',
        'b' => 'p',
        'd' => 't',
        'g' | 'q' => 'k',
        'v' => 'f',
        'z' => 's',
        'j' => '1',
        'm' => 'n',
        other => other,
    }
}

#[test]
fn no_two_words_sound_alike_or_differ_by_one_letter() {
    assert_eq!((heard("beech"), heard("goat")), (heard("beach"), heard("coat")), "the ear of this test");
    let words = list();
    for (place, word) in words.iter().enumerate() {
        for other in &words[place + 1..] {
            assert!(distance(word, other) > 1, "{word} is read as {other}");
            assert!(distance(&heard(word), &heard(other)) > 1, "{word} is heard as {other}");
        }
    }
}

#[test]
fn eight_bytes_are_eight_words_and_each_byte_counts() {
    assert_eq!(of(&"00".repeat(32)), ["acorn"; HOW_MANY].join(" "));
    assert_eq!(of(&hash()).split(' ').count(), HOW_MANY);
    for place in 0..HOW_MANY {
        let mut other = hash();
        other.replace_range(2 * place..2 * place + 2, "ff");
        assert_ne!(of(&other), of(&hash()));
        assert_eq!(word(&other, place), Some("zebra"));
    }
    assert_eq!(of("no hash"), "");
}

#[test]
fn what_was_noted_is_read_in_every_hand() {
    let words = of(&hash());
    let apart: Vec<String> = words.split(' ').map(str::to_uppercase).collect();
    let hands = [
        vec![words.clone()],
        apart,
        vec![words.replace(' ', ", ")],
        vec![format!(" {}. ", words.replace(' ', "-"))],
        vec![words.replace(' ', "\n")],
        vec![hash()],
        vec![hash().to_uppercase()],
    ];
    for pieces in hands {
        assert_eq!(Noted::parse(&pieces).unwrap().fit(&hash()), Fit::Whole, "{pieces:?}");
    }
}

#[test]
fn one_word_that_is_off_is_named_and_two_are_too_many() {
    for place in 0..HOW_MANY {
        for wrong in ["zebra", "mumbling"] {
            let words = of(&hash());
            let mut spoken: Vec<&str> = words.split(' ').collect();
            spoken[place] = wrong;
            let noted = Noted::parse(&spoken).unwrap();
            assert_eq!(noted.fit(&hash()), Fit::AllBut(place));
            assert_eq!(noted.unknown(), (wrong == "mumbling").then_some(place));
            spoken[(place + 1) % HOW_MANY] = "zebra";
            assert_eq!(Noted::parse(&spoken).unwrap().fit(&hash()), Fit::Not);
        }
    }
}

#[test]
fn what_cannot_have_been_noted_is_refused_and_not_repeated() {
    assert_eq!(Noted::parse(&["acorn almond"]), Err(NotNoted::Count(2)));
    assert_eq!(Noted::parse::<&str>(&[]), Err(NotNoted::Count(0)));
    assert_eq!(Noted::parse(&[hash().split_off(2)]), Err(NotNoted::Count(1)));
    let seven = ["Zoë"; 7].join(" ");
    assert_eq!(Noted::parse(&[seven.as_str()]), Err(NotNoted::Count(7)));
    let several = Noted::parse(&["acorn almond Zoë Zoë acorn acorn acorn acorn"]).unwrap_err();
    assert_eq!(several, NotNoted::Unknown(2));
    assert!(!several.to_string().contains("Zoë"));
}

#[test]
fn a_word_is_heard_as_the_byte_that_it_was_spoken_for() {
    assert!((0..=255).all(|spoken| byte_of(for_byte(spoken)) == Some(spoken)));
    assert_eq!((byte_of(""), byte_of("Acorn"), byte_of("# Eight")), (None, None, None));
}
