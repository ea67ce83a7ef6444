//! The part of a running text in which the words stand that were looked for.

use std::borrow::Cow;

use super::fold::fold;

/// Words before the one that was found, so that it does not stand alone.
const BEFORE: usize = 3;

/// The line from a little before the first of the words on; whole where that is near its beginning. `words` are folded.
pub fn excerpt<'t>(line: &'t str, words: &[String]) -> Cow<'t, str> {
    let is_wanted = |word: &str| fold(word).split(' ').any(|part| words.iter().any(|wanted| wanted == part));
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        if is_wanted(word) {
            break;
        }
        starts.push(at);
        at += word.len() + 1;
    }
    // Where none of them stands there, the line is whole as well.
    let from = starts.len().checked_sub(BEFORE).filter(|from| *from > BEFORE && at < line.len());
    match from.and_then(|from| line.get(*starts.get(from)?..)) {
        Some(rest) => Cow::Owned(format!("… {rest}")),
        None => Cow::Borrowed(line),
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn it_begins_a_little_before_the_word() {
        let text = "Concern 12. The tutor told us on Friday that a knife was in his bag, he said.";
        assert_eq!(excerpt(text, &["knife".to_owned()]), "… Friday that a knife was in his bag, he said.");
    }

    #[test]
    fn what_stands_near_the_beginning_is_not_cut() {
        let text = "Zoë\u{301} O\u{2019}Brien came late.";
        assert_eq!(excerpt(text, &["obrien".to_owned()]), text);
        assert_eq!(excerpt(text, &["nowhere".to_owned()]), text);
    }
}
