//! What the ring screen asks, and its answers, each of which is one key: a digit.

use crate::domain::area::Area;
use crate::domain::routing::{About, Purpose, Question};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Which council?
    Area,
    Whom,
    Purpose,
}

/// Digits for answers; an area has a 0 besides.
const MOST: usize = 9;

impl Asks {
    /// Of a child or an adult it is where they live. For an allegation the report says no more.
    pub(super) fn question(self, about: About) -> &'static str {
        match (self, about) {
            (Self::Area, About::Child) => "Where does the child live? One key:",
            (Self::Area, About::Adult) => "Where does the adult live? One key:",
            (Self::Area, About::Staff | About::Member | About::Dsl) => "Which council's area is it? One key:",
            (Self::Whom, _) => "Whom is it about? One key:",
            (Self::Purpose, _) => "What is the call for? One key:",
        }
    }

    /// The answers from 1 on, in words.
    pub(super) fn answers(self) -> Vec<String> {
        let mut answers: Vec<String> = match self {
            Self::Area => {
                let named = |area: &Area| match (area.name(), area.short()) {
                    (name, short) if name == short => name.to_owned(),
                    (name, short) => format!("{name} ({short})"),
                };
                Area::all().iter().map(named).collect()
            }
            Self::Whom => About::ALL.iter().map(|about| about.label().to_owned()).collect(),
            Self::Purpose => Purpose::ALL.iter().map(|purpose| purpose.label().to_owned()).collect(),
        };
        answers.truncate(MOST);
        answers
    }

    /// Whether a digit is an answer.
    pub(super) fn has(self, digit: u32) -> bool {
        usize::try_from(digit).is_ok_and(|place| (1..=self.answers().len()).contains(&place))
    }

    /// What a digit changes in the question.
    pub(super) fn answer(self, digit: u32, question: &mut Question) {
        let Some(place) = usize::try_from(digit).ok().and_then(|digit| digit.checked_sub(1)) else { return };
        match self {
            Self::Area => question.area = Area::all().get(place).cloned(),
            Self::Whom => {
                let about = About::ALL.get(place).copied().unwrap_or_default();
                // Nobody rings about a colleague to report what is no allegation.
                if Purpose::usual_for(question.about) == question.purpose {
                    question.purpose = Purpose::usual_for(about);
                }
                question.about = about;
            }
            Self::Purpose => question.purpose = Purpose::ALL.get(place).copied().unwrap_or_default(),
        }
    }
}
