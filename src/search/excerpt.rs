//! The part of a running text in which the words stand that were looked for.

use std::collections::HashMap;

use super::fold::fold_into;

/// Words before the first that was found, so that it does not stand alone.
const BEFORE: usize = 3;
/// Within so many words they are read at one glance.
const GLANCE: usize = 12;

/// What is looked for: of each group any word will do.
#[derive(Debug, Default)]
pub struct Sought {
    /// The groups of each folded word.
    groups: HashMap<String, Vec<usize>>,
    count: usize,
}

impl Sought {
    /// The words are folded.
    pub fn new(groups: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut sought = Self::default();
        for group in groups {
            for word in group {
                sought.groups.entry(word).or_default().push(sought.count);
            }
            sought.count += 1;
        }
        sought
    }

    /// How many groups there are.
    pub fn count(&self) -> usize {
        self.count
    }

    fn groups_of(&self, word: &str) -> &[usize] {
        self.groups.get(word).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A line of text, from a little before what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub line: String,
    /// How many of what was wanted stand together there.
    pub found: usize,
    /// How many of it stand anywhere in the line.
    pub anywhere: usize,
}

impl Excerpt {
    /// The line from a little before the place where most of what is wanted stands together; whole where that is near
    /// its beginning.
    pub fn of(line: &str, sought: &Sought) -> Self {
        let mut at = 0;
        let mut starts = Vec::new();
        // For each word of the line, which of the wanted it is.
        let mut hits: Vec<(usize, usize)> = Vec::new();
        let mut folded = String::new();
        for (place, word) in line.split(' ').enumerate() {
            starts.push(at);
            at += word.len() + 1;
            folded.clear();
            fold_into(word, &mut folded);
            hits.extend(which(&folded, sought).into_iter().map(|which| (place, which)));
        }
        let (place, found) = densest(&hits);
        let from = place.checked_sub(BEFORE).filter(|from| *from > BEFORE);
        let rest = from.and_then(|from| line.get(*starts.get(from)?..));
        let mut anywhere: Vec<usize> = hits.iter().map(|(_, which)| *which).collect();
        anywhere.sort_unstable();
        anywhere.dedup();
        let line = rest.map_or_else(|| line.to_owned(), |rest| format!("… {rest}"));
        Self { line, found, anywhere: anywhere.len() }
    }
}

/// Of which groups a folded word is, or one of its parts, or all of them written as one.
fn which(folded: &str, sought: &Sought) -> Vec<usize> {
    let mut which: Vec<usize> = folded.split(' ').flat_map(|part| sought.groups_of(part)).copied().collect();
    if folded.contains(' ') {
        which.extend(sought.groups_of(&folded.replace(' ', "")));
        which.sort_unstable();
        which.dedup();
    }
    which
}

/// Where the most stand within a glance, the first such place; and how many.
fn densest(hits: &[(usize, usize)]) -> (usize, usize) {
    let mut best = (0, 0);
    for (nth, (place, _)) in hits.iter().enumerate() {
        let near = hits.iter().skip(nth).take_while(|(other, _)| other - place < GLANCE);
        let mut together: Vec<usize> = near.map(|(_, which)| *which).collect();
        together.sort_unstable();
        together.dedup();
        if together.len() > best.1 {
            best = (*place, together.len());
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Sought};

    fn excerpt(text: &str, wanted: &[&str]) -> (String, usize) {
        let sought = Sought::new(wanted.iter().map(|word| vec![(*word).to_owned()]));
        let Excerpt { line, found, .. } = Excerpt::of(text, &sought);
        (line, found)
    }

    const TEXT: &str = "Concern 12. The tutor told us on Friday that a knife was in his bag, he said.";

    #[test]
    fn it_begins_a_little_before_the_word() {
        assert_eq!(
            excerpt(TEXT, &["knife"]),
            ("… Friday that a knife was in his bag, he said.".to_owned(), 1)
        );
    }

    #[test]
    fn what_stands_near_the_beginning_is_not_cut() {
        let text = "Zoë\u{301} O\u{2019}Brien came late.";
        assert_eq!(excerpt(text, &["obrien"]), (text.to_owned(), 1));
        assert_eq!(excerpt(text, &["nowhere"]), (text.to_owned(), 0));
    }

    #[test]
    fn it_shows_the_place_where_most_of_the_words_stand() {
        let text = format!("A bag was found in the yard by the gate. {TEXT}");
        let (line, found) = excerpt(&text, &["bag", "knife"]);
        assert_eq!((line.as_str(), found), ("… Friday that a knife was in his bag, he said.", 2));
    }
}
