//! Many lines that are narrowed key by key: folded once, and what a letter has excluded is not looked at again.

use super::closeness::{Initials, Reach};
use super::folded::Words;
use super::matching::{self, Nearness, fits};
use super::query::Query;
use super::reading;

/// Lines in their order, each known by its place.
pub struct Lines {
    reach: Reach,
    lines: Vec<Words>,
    /// For each line, apart from it: most are excluded by these, and then their words need not be fetched.
    initials: Vec<Initials>,
    /// What was asked last, and the places of the lines that it kept; none where all are to be asked.
    asked: Option<Query>,
    kept: Vec<usize>,
}

/// Whose line it is, where that is said, and what else stands there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line<'t> {
    pub name: &'t str,
    pub text: &'t str,
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
        Self { reach, lines: Vec::new(), initials: Vec::new(), asked: None, kept: Vec::new() }
    }

    pub fn push(&mut self, line: Line) {
        self.put(self.lines.len(), line);
    }

    /// Puts a line in at a place; those from there on move down.
    pub fn put(&mut self, place: usize, Line { name, text }: Line) {
        let place = place.min(self.lines.len());
        let words = Words::new(&[name, text], self.reach);
        self.initials.insert(place, words.initials());
        self.lines.insert(place, words);
        self.asked = None;
    }

    /// Takes out the line at a place; nothing happens where there is none.
    pub fn take(&mut self, place: usize) {
        if place < self.lines.len() {
            self.initials.remove(place);
            self.lines.remove(place);
            self.asked = None;
        }
    }

    /// The places of the lines that fit, in order.
    pub fn narrow(&mut self, typed: &str) -> &[usize] {
        let query = Query::parse(typed);
        if !self.asked.as_ref().is_some_and(|before| query.goes_on_from(before)) {
            self.kept = (0..self.lines.len()).collect();
        }
        self.keep_what_fits(&query);
        self.asked = Some(query);
        &self.kept
    }

    /// The same, each with how near it is.
    pub fn narrow_with_nearness(&mut self, typed: &str) -> impl Iterator<Item = (Nearness, usize)> {
        self.narrow(typed);
        let query = Query::parse(typed);
        let readings = reading::readings(query.len());
        let lines = &self.lines;
        self.kept.iter().filter_map(move |place| {
            Some((matching::nearness(&query, &readings, lines.get(*place)?), *place))
        })
    }

    fn keep_what_fits(&mut self, query: &Query) {
        let Some(first) = query.typed().next() else { return };
        let readings = reading::readings(query.len());
        let (lines, initials, reach) = (&self.lines, &self.initials, self.reach);
        let may_begin = |place: &usize| initials.get(*place).is_some_and(|line| first.may_begin(*line));
        if query.len() == 1 && first.is_one_letter() {
            return self.kept.retain(may_begin);
        }
        let fits_all =
            |place: &usize| lines.get(*place).is_some_and(|line| fits(query, &readings, line, reach));
        self.kept.retain(|place| may_begin(place) && fits_all(place));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Line, Lines};
    use crate::search::typing::{altered, key_by_key};
    use crate::search::{Nearness, Query, match_running_text, match_text};

    const TEXTS: [&str; 6] = [
        "Rang CAMHS about the bruises; mum was upset",
        "Jean-Luc O\u{2019}Brien did not come in",
        "0116 305 0005, asked for Amina Khan 10B",
        "Wójcik family moved house",
        "bruise on the arm, seen by the nurse",
        "",
    ];

    fn told(text: &str) -> Line<'_> {
        Line { name: "", text }
    }

    fn filled(mut lines: Lines) -> Lines {
        for text in TEXTS {
            lines.push(told(text));
        }
        lines
    }

    #[test]
    fn letters_that_are_taken_back_bring_back_what_they_excluded() {
        let mut lines = filled(Lines::running());
        assert_eq!(lines.narrow("bruise"), [0, 4]);
        assert_eq!(lines.narrow("bruise nurse"), [4]);
        assert_eq!(lines.narrow("bruise"), [0, 4]);
        lines.push(told("a second bruise"));
        assert_eq!(lines.narrow("bruise"), [0, 4, 6]);
        assert_eq!(lines.narrow("").len(), 7);
    }

    #[test]
    fn initials_narrow_and_are_let_go_of_where_the_second_is_the_beginning_of_a_word() {
        let mut lines = filled(Lines::running());
        lines.push(told("Attended A&E with a cut hand"));
        lines.push(told("A & E rang at eleven"));
        lines.push(told("A and early call"));
        assert_eq!(lines.narrow("A&E"), [6, 7]);
        assert_eq!(lines.narrow("a & e"), [6, 7]);
        assert_eq!(lines.narrow("a & early"), [8]);
    }

    #[test]
    fn the_name_is_nearest_and_what_stands_there_is_nearer_than_what_is_like_it() {
        let near = |typed: &str, name: &str, text: &str| {
            let mut lines = Lines::short();
            lines.push(Line { name, text });
            lines.narrow_with_nearness(typed).next().map(|(near, _)| near)
        };
        for (typed, name, text, nearness) in [
            ("kit", "Kit Moss", "", Some(Nearness::Name)),
            ("moss kit", "Kit Moss", "", Some(Nearness::Name)),
            ("o brien", "Aoife O\u{2019}Brien", "", Some(Nearness::Name)),
            ("zoe", "Zoë Smith", "", Some(Nearness::Name)),
            ("kit mo", "Kit Moss", "", Some(Nearness::NameBeginnings)),
            ("jeanluc", "Jean-Luc Moss", "", Some(Nearness::NameBeginnings)),
            ("kit", "Asha Noor", "no PE kit", Some(Nearness::Words)),
            ("asha kit", "Asha Noor", "no PE kit", Some(Nearness::Words)),
            ("kit", "Asha Noor", "told in the kitchen", Some(Nearness::Beginnings)),
            ("mhd", "Mohammed Khan", "", Some(Nearness::Like)),
            ("kit mhd", "Kit Mohammed", "", Some(Nearness::Like)),
            ("kit", "Zoë Smith", "", None),
        ] {
            assert_eq!(near(typed, name, text), nearness, "{typed}: {name} {text}");
        }
    }

    #[test]
    fn a_line_is_put_in_and_taken_out_at_its_place() {
        let mut lines = filled(Lines::running());
        assert_eq!(lines.narrow("bruise"), [0, 4]);
        lines.put(1, told("a second bruise"));
        assert_eq!(lines.narrow("bruise"), [0, 1, 5]);
        lines.take(0);
        assert_eq!(lines.narrow("bruise"), [0, 4]);
        lines.take(6);
        assert_eq!(lines.narrow("").len(), 6);
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
