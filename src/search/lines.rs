//! Many lines that are narrowed key by key: folded once, and what a letter has excluded is not looked at again.

use super::closeness::Reach;
use super::folded::Words;
use super::matching::fits;
use super::query::Query;
use super::reading;

/// Lines in their order, each known by its place.
pub struct Lines {
    reach: Reach,
    lines: Vec<Words>,
    /// What was asked last, and the places of the lines that it kept.
    typed: String,
    kept: Vec<usize>,
}

impl Lines {
    /// Names and titles: keeps what [`super::match_text`] matches.
    pub fn short() -> Self {
        Self::within(Reach::Line)
    }

    /// Keeps what [`super::match_running_text`] matches.
    pub fn running() -> Self {
        Self::within(Reach::Running)
    }

    fn within(reach: Reach) -> Self {
        Self { reach, lines: Vec::new(), typed: String::new(), kept: Vec::new() }
    }

    pub fn push(&mut self, text: &str) {
        self.kept.push(self.lines.len());
        self.lines.push(Words::new(text));
        self.forget();
    }

    /// The places of the lines that fit, in order.
    pub fn narrow(&mut self, typed: &str) -> &[usize] {
        if !typed.starts_with(&self.typed) {
            self.forget();
        }
        let query = Query::parse(typed);
        let readings = reading::readings(query.len());
        let (lines, reach) = (&self.lines, self.reach);
        self.kept.retain(|place| lines.get(*place).is_some_and(|line| fits(&query, &readings, line, reach)));
        typed.clone_into(&mut self.typed);
        &self.kept
    }

    /// The next question is asked of all lines.
    fn forget(&mut self) {
        if !self.typed.is_empty() {
            self.typed.clear();
            self.kept = (0..self.lines.len()).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Lines;
    use crate::search::typing::{altered, key_by_key};
    use crate::search::{Query, match_running_text, match_text};

    const TEXTS: [&str; 6] = [
        "Rang CAMHS about the bruises; mum was upset",
        "Jean-Luc O\u{2019}Brien did not come in",
        "0116 305 0005, asked for Amina Khan 10B",
        "Wójcik family moved house",
        "bruise on the arm, seen by the nurse",
        "",
    ];

    fn filled(mut lines: Lines) -> Lines {
        for text in TEXTS {
            lines.push(text);
        }
        lines
    }

    #[test]
    fn letters_that_are_taken_back_bring_back_what_they_excluded() {
        let mut lines = filled(Lines::running());
        assert_eq!(lines.narrow("bruise"), [0, 4]);
        assert_eq!(lines.narrow("bruise nurse"), [4]);
        assert_eq!(lines.narrow("bruise"), [0, 4]);
        lines.push("a second bruise");
        assert_eq!(lines.narrow("bruise"), [0, 4, 6]);
        assert_eq!(lines.narrow("").len(), 7);
    }

    proptest! {
        #[test]
        fn the_same_lines_as_one_by_one(of in 0..TEXTS.len(), at in 0..30usize, put in "[a-z0-9 ]{0,2}") {
            let (mut short, mut running) = (filled(Lines::short()), filled(Lines::running()));
            for typed in key_by_key(&altered(TEXTS[of], at, &put)) {
                let query = Query::parse(&typed);
                let by = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
                    (0..TEXTS.len()).filter(|place| fits(TEXTS[*place])).collect()
                };
                prop_assert_eq!(short.narrow(&typed), by(&|text| match_text(&query, text).is_some()));
                prop_assert_eq!(running.narrow(&typed), by(&|text| match_running_text(&query, text).is_some()));
            }
        }
    }
}
