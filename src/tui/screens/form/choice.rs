//! One answer out of a few that are all on the screen.

use std::borrow::Cow;

pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";
pub(super) const NOT_SAID: &str = "not said";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    answers: Vec<Cow<'static, str>>,
    /// What each answer means, where that does not stand in it.
    means: Vec<&'static str>,
    chosen: Option<usize>,
    letters: Letters,
}

/// Letters that were pressed one after the other, and what was chosen before the first of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Letters {
    #[default]
    None,
    Answers {
        before: Option<usize>,
    },
    /// There was one among them that is no answer: somebody is typing a text.
    Text,
}

impl Choice {
    /// Nothing is chosen until somebody does.
    pub(super) fn open(answers: &'static [&'static str]) -> Self {
        Self::among(answers.iter().copied())
    }

    /// The same, of what is made at run time.
    pub(super) fn among(answers: impl IntoIterator<Item = &'static str>) -> Self {
        let answers = answers.into_iter().map(Cow::Borrowed).collect();
        Self { answers, means: Vec::new(), chosen: None, letters: Letters::None }
    }

    /// The first answer stands until another is chosen.
    pub(super) fn with_first(answers: &'static [&'static str]) -> Self {
        Self { chosen: Some(0), ..Self::open(answers) }
    }

    /// What stands in the record can be chosen, too, if it is none of the answers; so that saving does not change it.
    pub(super) fn or_as_it_stands(mut self, word: &str) -> Self {
        if !word.is_empty() && !self.answers().any(|answer| answer == word) {
            self.answers.push(Cow::Owned(word.to_owned()));
        }
        self
    }

    /// With what each of the answers means, in their order: what the chosen one does is shown beneath.
    pub(super) fn meaning_each(self, means: impl IntoIterator<Item = &'static str>) -> Self {
        Self { means: means.into_iter().collect(), ..self }
    }

    pub(super) fn yes_no() -> Self {
        Self::open(&[YES, NO])
    }

    /// What was not said is neither yes nor no, and somebody has to say that it was not.
    pub(super) fn yes_no_not_said() -> Self {
        Self::open(&[YES, NO, NOT_SAID])
    }

    pub(super) fn answers(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().map(Cow::as_ref)
    }

    pub(super) fn chosen(&self) -> Option<&str> {
        self.chosen.and_then(|place| self.answers.get(place)).map(Cow::as_ref)
    }

    /// What the answer that was chosen means.
    pub(super) fn meaning(&self) -> Option<&'static str> {
        self.chosen.and_then(|place| self.means.get(place)).copied()
    }

    /// Chooses by the word; a word that is none of the answers changes nothing.
    pub(super) fn choose(&mut self, word: &str) {
        let place = self.answers().position(|answer| answer == word);
        if let Some(place) = place {
            self.chosen = Some(place);
        }
    }

    /// A letter was pressed, and whether it is an answer. Gives whether it is to be taken as one: a name that is typed
    /// here answers nothing, whatever letters are in it.
    pub(super) fn takes_letter(&mut self, is_answer: bool) -> bool {
        self.letters = match (self.letters, is_answer) {
            (Letters::None, true) => Letters::Answers { before: self.chosen },
            (letters @ Letters::Answers { .. }, true) => letters,
            (Letters::Answers { before }, false) => {
                self.chosen = before;
                Letters::Text
            }
            (Letters::None, false) | (Letters::Text, _) => Letters::Text,
        };
        self.letters != Letters::Text
    }

    /// Another key was pressed: whatever letters come now are answers again.
    pub(super) fn ends_letters(&mut self) {
        self.letters = Letters::None;
    }

    pub(super) fn next(&mut self) {
        let after = self.chosen.map_or(0, |place| place + 1);
        self.chosen = Some(after.min(self.answers.len().saturating_sub(1)));
    }

    pub(super) fn previous(&mut self) {
        self.chosen = Some(self.chosen.map_or(0, |place| place.saturating_sub(1)));
    }

    /// The next, and round again.
    pub(super) fn turn(&mut self) {
        self.chosen = Some(self.chosen.map_or(0, |place| (place + 1) % self.answers.len().max(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;

    #[test]
    fn a_question_that_asks_has_no_answer_at_first() {
        assert_eq!(Choice::yes_no().chosen(), None);
        assert_eq!(Choice::yes_no_not_said().chosen(), None);
    }

    /// `y`, `n` and `s` are answers.
    fn type_in(choice: &mut Choice, text: &str) {
        for letter in text.chars() {
            let answer =
                [('y', "yes"), ('n', "no"), ('s', "not said")].into_iter().find(|(key, _)| *key == letter);
            if choice.takes_letter(answer.is_some()) {
                choice.choose(answer.map_or("", |(_, word)| word));
            }
        }
    }

    #[test]
    fn a_name_typed_here_answers_nothing() {
        let mut choice = Choice::yes_no_not_said();
        type_in(&mut choice, "simon way");
        assert_eq!(choice.chosen(), None);
        choice.ends_letters();
        type_in(&mut choice, "n");
        type_in(&mut choice, "y");
        assert_eq!(choice.chosen(), Some("yes"), "somebody who thinks again");
        choice.ends_letters();
        type_in(&mut choice, "nobody");
        assert_eq!(choice.chosen(), Some("yes"), "what was answered before stands");
    }

    #[test]
    fn what_stands_in_the_record_is_an_answer_once() {
        let answers = |word| Choice::with_first(&["yes", "no"]).or_as_it_stands(word).answers().count();
        assert_eq!((answers("perhaps"), answers("no"), answers("")), (3, 2, 2));
        let mut choice = Choice::with_first(&["yes", "no"]).or_as_it_stands("perhaps");
        choice.choose("perhaps");
        assert_eq!(choice.chosen(), Some("perhaps"));
    }

    #[test]
    fn arrows_stop_at_the_ends_and_turning_goes_round() {
        let mut choice = Choice::yes_no();
        choice.next();
        assert_eq!(choice.chosen(), Some("yes"));
        choice.next();
        choice.next();
        assert_eq!(choice.chosen(), Some("no"));
        choice.turn();
        assert_eq!(choice.chosen(), Some("yes"));
        choice.previous();
        choice.choose("maybe");
        assert_eq!(choice.chosen(), Some("yes"));
    }
}
