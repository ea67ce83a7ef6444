//! One line on the screen against the query: whether it stays, how well it fits, and which letters to mark.

use std::ops::Range;

use super::closeness::{Closeness, Pattern, Reach, Why};
use super::folded::{Folded, Word, Words};
use super::fuzzy::letters_in_order;
use super::numbers;
use super::query::Query;
use super::reading::{self, Candidate, Reading, Unit};

/// How a text fits a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Higher is better; about 1000 where every word is exact.
    pub score: u32,
    /// The bytes of the original to mark: whole letters as a reader sees them, in order, without overlaps.
    pub marks: Vec<Range<usize>>,
    /// The weakest of the reasons.
    pub why: Why,
}

/// How the columns of one line fit a query, each word in whichever column it fits best.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LineMatch {
    score: u32,
    /// As [`Match::marks`], for each column.
    marks: Vec<Vec<Range<usize>>>,
    why: Why,
}

/// A short text: a name, a title. An empty query keeps everything and marks nothing.
pub fn match_text(query: &Query, text: &str) -> Option<Match> {
    match_columns(query, &[text]).map(only_column)
}

/// Running text, by its words and never by letters in order.
pub fn match_running_text(query: &Query, text: &str) -> Option<Match> {
    matched(query, &[text], Reach::Running).map(only_column)
}

/// A line of short texts: each word of the query has to be in one of them.
fn match_columns(query: &Query, columns: &[&str]) -> Option<LineMatch> {
    matched(query, columns, Reach::Line)
}

/// What to mark in a line that the index found: as generous as the index, and a word that is in none of the
/// columns is left out.
pub fn highlight(query: &Query, columns: &[&str]) -> Vec<Vec<Range<usize>>> {
    if query.is_empty() {
        return vec![Vec::new(); columns.len()];
    }
    let line = Line::new(query, columns, Reach::Roll);
    let best = line.sightings.iter().filter_map(|found| found.iter().max_by_key(|s| s.closeness.score));
    let best: Vec<&Sighting> = best.collect();
    line.marks(query, &best)
}

/// Whether a line would match, without saying how.
pub(super) fn fits(query: &Query, readings: &[Vec<Unit>], line: &Words, reach: Reach) -> bool {
    let is_there = |(unit, pattern)| Look { line, unit, pattern, reach }.is_anywhere();
    let there: Vec<bool> = query.units().enumerate().map(is_there).collect();
    let all_there = |units: &Vec<Unit>| units.iter().all(|unit| there.get(unit.index) == Some(&true));
    readings.iter().any(all_there)
}

/// How near a line that fits is to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Each typed word stands in the name.
    Name,
    /// Each stands in the name, or is the beginning of one of its words.
    NameBeginnings,
    /// Each typed word stands in the line.
    Words,
    /// Each stands in it, or is the beginning of one of its words.
    Beginnings,
    /// It is only like it.
    Like,
}

/// The column of a line in which the name stands.
pub(super) const NAME: usize = 0;

/// Whether the name is near, and else whether the line is.
pub(super) fn nearness(query: &Query, readings: &[Vec<Unit>], line: &Words) -> Nearness {
    match nearest(query, readings, line, |word| word.column == NAME) {
        Nearness::Words => Nearness::Name,
        Nearness::Beginnings => Nearness::NameBeginnings,
        Nearness::Name | Nearness::NameBeginnings | Nearness::Like => {
            nearest(query, readings, line, |_| true)
        }
    }
}

/// The nearest of the readings, each as near as the farthest of its units, among some of the words.
fn nearest(query: &Query, readings: &[Vec<Unit>], line: &Words, is_of: fn(&Word) -> bool) -> Nearness {
    let of_unit = |(unit, pattern)| Look { line, unit, pattern, reach: Reach::Line }.nearness(is_of);
    let near: Vec<Nearness> = query.units().enumerate().map(of_unit).collect();
    let farthest = |units: &Vec<Unit>| units.iter().filter_map(|unit| near.get(unit.index)).max().copied();
    readings.iter().filter_map(farthest).min().unwrap_or(Nearness::Like)
}

fn only_column(line: LineMatch) -> Match {
    let marks = line.marks.into_iter().next().unwrap_or_default();
    Match { score: line.score, marks, why: line.why }
}

fn matched(query: &Query, columns: &[&str], reach: Reach) -> Option<LineMatch> {
    if query.is_empty() {
        return Some(LineMatch { score: 0, marks: vec![Vec::new(); columns.len()], why: Why::Open });
    }
    let line = Line::new(query, columns, reach);
    let reading = reading::best(&reading::readings(query.len()), &line.candidates(), None)?;
    let marks = line.marks(query, &line.fallen(&reading));
    Some(LineMatch { score: reading.score, marks, why: reading.why })
}

/// A unit of the query seen in the line.
#[derive(Clone, Debug)]
struct Sighting {
    unit: usize,
    /// The word of the line, the first where it runs over several.
    word: usize,
    closeness: Closeness,
    /// The letters that were taken for it.
    letters: Range<usize>,
}

/// A folded line and what was seen in it, for each unit of the query.
struct Line {
    folded: Folded,
    sightings: Vec<Vec<Sighting>>,
}

impl Line {
    fn new(query: &Query, columns: &[&str], reach: Reach) -> Self {
        let folded = Folded::new(columns);
        let look = |(unit, pattern)| Look { line: folded.words(), unit, pattern, reach }.sightings();
        let sightings = query.units().enumerate().map(look).collect();
        Self { folded, sightings }
    }

    fn candidates(&self) -> Vec<Vec<Candidate>> {
        let candidate = |seen: &Sighting| Candidate {
            target: Some(seen.word),
            score: u32::from(seen.closeness.score),
            why: seen.closeness.why,
        };
        self.sightings.iter().map(|found| found.iter().map(candidate).collect()).collect()
    }

    /// What a reading fell on; and a word that stands there several times is meant each time.
    fn fallen(&self, reading: &Reading) -> Vec<&Sighting> {
        let places = reading.fallen.iter().filter_map(|(unit, candidate)| {
            let found = self.sightings.get(unit.index)?;
            let chosen = found.iter().find(|seen| Some(seen.word) == candidate.target)?;
            Some(found.iter().filter(|seen| seen.closeness == chosen.closeness))
        });
        places.flatten().collect()
    }

    fn marks(&self, query: &Query, seen: &[&Sighting]) -> Vec<Vec<Range<usize>>> {
        let units: Vec<&Pattern> = query.units().collect();
        let letters = seen.iter().flat_map(|seen| {
            match units.get(seen.unit).filter(|_| seen.closeness.why == Why::Letters) {
                Some(pattern) => self.letters_in_order(pattern, seen),
                None => seen.letters.clone().collect(),
            }
        });
        self.folded.origins(letters.collect())
    }

    fn letters_in_order(&self, pattern: &Pattern, seen: &Sighting) -> Vec<usize> {
        letters_in_order(pattern.letters(), self.folded.words().letters(seen.letters.clone()))
            .map(|found| found.at.iter().map(|at| seen.letters.start + at).collect())
            .unwrap_or_default()
    }
}

/// One unit of the query being looked for in a line.
struct Look<'a> {
    line: &'a Words,
    unit: usize,
    pattern: &'a Pattern,
    reach: Reach,
}

impl Look<'_> {
    fn sightings(&self) -> Vec<Sighting> {
        if self.pattern.is_number() {
            return self.within_words().chain(self.in_numbers()).collect();
        }
        self.within_words().collect()
    }

    fn is_anywhere(&self) -> bool {
        self.within_words().next().is_some() || (self.pattern.is_number() && !self.in_numbers().is_empty())
    }

    fn nearness(&self, is_of: fn(&Word) -> bool) -> Nearness {
        let typed = self.pattern.letters();
        let words = self.line.all();
        let of_word = |(at, word): (usize, &Word)| match self.line.letters(word.letters.clone()) {
            letters if letters == typed => Nearness::Words,
            letters if letters.starts_with(typed) => Nearness::Beginnings,
            _ => match words.get(at + 1..).and_then(|next| self.in_joined_words(at, word, next)) {
                Some(_) => Nearness::Beginnings,
                None => Nearness::Like,
            },
        };
        let some = words.iter().enumerate().filter(|(_, word)| is_of(word));
        some.map(of_word).min().unwrap_or(Nearness::Like)
    }

    fn within_words(&self) -> impl Iterator<Item = Sighting> {
        let words = self.line.all();
        words.iter().enumerate().filter_map(|(at, word)| {
            self.in_word(at, word).or_else(|| self.in_joined_words(at, word, words.get(at + 1..)?))
        })
    }

    fn seen(&self, word: usize, closeness: Closeness, letters: Range<usize>) -> Sighting {
        Sighting { unit: self.unit, word, closeness, letters }
    }

    fn in_word(&self, at: usize, word: &Word) -> Option<Sighting> {
        let letters = self.line.letters(word.letters.clone());
        let by_letters = if self.pattern.may_match(word.outline, self.reach) {
            self.pattern.closeness(letters, word.outline, self.reach)
        } else {
            None
        };
        let by_name = self.as_a_name(at);
        let closeness = match (by_letters, by_name) {
            (Some(one), Some(other)) => one.beside(other),
            (one, other) => one.or(other)?,
        };
        let taken = self.taken(letters, closeness.why);
        let start = word.letters.start;
        Some(self.seen(at, closeness, start + taken.start..start + taken.end))
    }

    /// As another form of the name that the word at a place is.
    fn as_a_name(&self, at: usize) -> Option<Closeness> {
        let near = self.line.names_at(at).filter_map(|name| self.pattern.kin_closeness(name, self.reach));
        near.max_by_key(|closeness| closeness.score)
    }

    /// Which letters of the word were taken for what was typed.
    fn taken(&self, letters: &[char], why: Why) -> Range<usize> {
        let typed = self.pattern.letters();
        match why {
            Why::Letters | Why::ShortFor | Why::LongFor | Why::Form => 0..letters.len(),
            // The last letter may be the one that is missing.
            Why::Misspelt | Why::Alike if letters.len() <= typed.len() + 1 => 0..letters.len(),
            Why::Misspelt | Why::Alike => 0..typed.len().min(letters.len()),
            Why::Exact | Why::Beginning | Why::Joined | Why::Open => {
                let start = letters.windows(typed.len()).position(|run| run == typed).unwrap_or(0);
                start..start + typed.len()
            }
        }
    }

    /// `jeanluc` where Jean and Luc stand beside each other.
    fn in_joined_words(&self, at: usize, word: &Word, next: &[Word]) -> Option<Sighting> {
        let typed = self.pattern.letters();
        if typed.len() <= word.letters.len() {
            return None;
        }
        let end = next.iter().take_while(|other| other.column == word.column).last()?.letters.end;
        let letters = word.letters.start..word.letters.start + typed.len();
        let joined = letters.end <= end && self.line.letters(letters.clone()) == typed;
        joined.then(|| self.seen(at, Closeness::JOINED, letters))
    }

    /// A run of digits in a telephone number that is written in groups.
    fn in_numbers(&self) -> Vec<Sighting> {
        let words = self.line.all();
        let groups = |(_, word): &(usize, &Word)| numbers::is_number(self.line.letters(word.letters.clone()));
        let mut found = Vec::new();
        let mut rest: Vec<(usize, &Word)> = words.iter().enumerate().filter(groups).collect();
        while let Some(&(at, first)) = rest.first() {
            let together = rest
                .iter()
                .enumerate()
                .take_while(|(step, (word_at, word))| *word_at == at + step && word.column == first.column)
                .count();
            let number: Vec<(usize, &Word)> = rest.drain(..together).collect();
            let end = number.last().map_or(first.letters.end, |(_, last)| last.letters.end);
            found.extend(self.in_number(at, first.letters.start..end));
        }
        found
    }

    fn in_number(&self, at: usize, digits: Range<usize>) -> Option<Sighting> {
        let run = numbers::find_run(self.line.letters(digits.clone()), self.pattern.letters())?;
        let letters = digits.start + run.start..digits.start + run.end;
        Some(self.seen(at, Closeness { score: 800, why: Why::Beginning }, letters))
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use super::{Why, highlight, match_columns, match_running_text, match_text};
    use crate::search::Query;
    use crate::search::typing::{altered, key_by_key};

    fn fits(typed: &str, text: &str) -> bool {
        match_text(&Query::parse(typed), text).is_some()
    }

    fn in_brackets(text: &str, marks: &[Range<usize>]) -> String {
        let mut shown = text.to_owned();
        for mark in marks.iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        shown
    }

    fn marked(typed: &str, text: &str) -> String {
        in_brackets(text, &match_text(&Query::parse(typed), text).unwrap().marks)
    }

    fn line(columns: [&str; 3], marks: &[Vec<Range<usize>>]) -> Vec<String> {
        columns.iter().zip(marks).map(|(text, marks)| in_brackets(text, marks)).collect()
    }

    #[test]
    fn names_that_must_be_found() {
        for (typed, text) in [
            ("zoe", "Zoë Smith"),
            ("Sian", "Siân"),
            ("muller", "Müller"),
            ("siobhan", "Siobhán Ní Bhriain"),
            ("smith john", "John Smith"),
            ("oneill", "O'Neill"),
            ("oneill", "O’Neill"),
            ("o'neill", "O’Neill"),
            ("o neill", "O’Neill"),
            ("lukasz", "Łukasz Wójcik"),
            ("ngozi", "Ngọzi"),
            ("jhon", "John Smith"),
            ("jhon smith", "John Smith"),
            ("obrien", "O'Brien"),
            ("o brien", "O’Brien"),
            ("obrien", "Niamh O Brien"),
            ("mcdonald", "Ava Mc Donald"),
            ("mc donald", "Ava McDonald"),
            ("jeanluc", "Jean-Luc Picard"),
            ("jean luc", "Jeanluc Picard"),
            ("vanderberg", "Eva van der Berg"),
        ] {
            assert!(fits(typed, text), "{typed} / {text}");
        }
        for (typed, text) in [("zoe", "Zara Smith"), ("smith jane", "John Smith"), ("jonathan", "Joseph Ann")]
        {
            assert!(!fits(typed, text), "{typed} / {text}");
        }
    }

    #[test]
    fn telephone_numbers_by_any_run_of_digits() {
        for (typed, text) in [
            ("07700 900123", "07700900123"),
            ("07700900123", "07700 900123"),
            ("+447700900123", "07700 900123"),
            ("07700 900123", "+44 7700 900123"),
            ("0116 3050005", "+44 (0)116 305 0005"),
            ("+44 (0)116 305 0005", "0116 305 0005"),
            ("163", "0116 305 0005"),
            ("900123", "07700 900123 (mum)"),
            ("999", "999"),
            ("0123", "07700 900123"),
        ] {
            assert!(fits(typed, text), "{typed} / {text}");
        }
        assert!(!fits("901", "07700 900123"));
        assert!(!fits("686", "07700 900123 (mum)"));
    }

    #[test]
    fn what_was_meant_is_marked_in_the_original() {
        assert_eq!(marked("zoe", "Zoë Smith"), "[Zoë] Smith");
        assert_eq!(marked("obr", "Niamh O’Brien"), "Niamh [O’Br]ien");
        assert_eq!(marked("o brien", "O'Brien"), "[O'Brien]");
        assert_eq!(marked("jeanlu", "Jean-Luc"), "[Jean]-[Lu]c");
        assert_eq!(marked("jhon sm", "John Smith"), "[John] [Sm]ith");
        assert_eq!(marked("lksz", "Łukasz"), "[Ł]u[k]a[sz]");
        assert_eq!(marked("mhd", "Mohammed Khan"), "[Mohammed] Khan");
        assert_eq!(marked("7009", "07700 900123"), "07[700] [9]00123");
        assert_eq!(marked("+44116", "0116 305 0005"), "[0116] 305 0005");
        assert_eq!(marked("stras", "Straße"), "[Straß]e");
        assert_eq!(marked("", "Zoë"), "Zoë");
    }

    #[test]
    fn the_better_fit_scores_higher() {
        let score = |typed: &str, text: &str| match_text(&Query::parse(typed), text).unwrap().score;
        assert!(score("ali khan", "Ali Khan") > score("ali khan", "Khan Ali"));
        assert!(score("ali", "Ali Khan") > score("ali", "Alison Khan"));
        assert!(score("ali ali", "Ali Ali") > score("ali ali", "Ali Khan"));
        assert!(score("p patel", "Patrick Patel") > score("p patel", "Amit Patel"));
    }

    #[test]
    fn running_text_is_matched_by_words() {
        let text = "Rang CAMHS about the bruises; mum was upset.";
        let query = Query::parse("briuses camhs");
        let found = match_running_text(&query, text).unwrap();
        assert_eq!(found.why, Why::Misspelt);
        assert_eq!(in_brackets(text, &found.marks), "Rang [CAMHS] about the [bruises]; mum was upset.");
        assert!(match_running_text(&Query::parse("camus"), "can a mum use it").is_none());
    }

    #[test]
    fn a_line_is_matched_across_its_columns() {
        let columns = ["Amina Khan", "10B", "bruise"];
        let found = match_columns(&Query::parse("khan 10b"), &columns).unwrap();
        assert_eq!(line(columns, &found.marks), ["Amina [Khan]", "[10B]", "bruise"]);
        assert!(match_columns(&Query::parse("khan 11"), &columns).is_none());
    }

    #[test]
    fn a_hit_is_marked_as_generously_as_it_was_found() {
        let columns = ["Amina Khan", "10B", "bruise"];
        let marks = highlight(&Query::parse("xhan 11"), &columns);
        assert_eq!(line(columns, &marks), ["Amina [Khan]", "10B", "bruise"]);
    }

    fn names() -> impl Strategy<Value = String> {
        "(Zoë|John|Aisha|Łukasz|Mohammed|Jean-Luc|O’Brien|Mc Donald|van der Berg|Ali|07700 900123)\
         ( (Smith|Khan|Li|Patel|Kowalski|Ó Briain|10B|0116 305 0005)){0,2}"
    }

    proptest! {
        #[test]
        fn marks_are_whole_letters_of_the_text(text in any::<String>(), typed in any::<String>()) {
            let line = [text.as_str(), "Amina Khan"];
            for marks in highlight(&Query::parse(&typed), &line) {
                prop_assert!(marks.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
            for mark in match_text(&Query::parse(&text), &text).unwrap().marks {
                prop_assert!(text.get(mark).is_some_and(|marked| !marked.is_empty()));
            }
        }

        #[test]
        fn typing_on_never_brings_back(name in names(), other in names(), at in 0..12usize, put in "[a-k0-2 ]?") {
            let typed = altered(&other, at, &put);
            let kept: Vec<bool> = key_by_key(&typed).map(|typed| fits(&typed, &name)).collect();
            prop_assert!(kept.is_sorted_by(|before, after| before >= after), "{} / {}: {:?}", typed, name, kept);
        }
    }
}
