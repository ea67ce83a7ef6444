//! The register of concerns about people who work here (D16): what is kept of each, and what a careful reader
//! would see in several of one person. It counts and shows the rows; it concludes nothing.
//!
//! Who is the same person as whom is the desk's to say.

use super::category;
use super::ids::ConcernId;
use super::moment::{Moment, short_day};
use super::staff_route::Leg;
use super::text::Text;

/// From here on somebody should read them together.
const SEVERAL: usize = 3;
/// What every concern about staff may be called, and says nothing of what it was.
const ANY_KIND: [&str; 2] = ["low-level-concern", "staff-allegation"];

/// A concern about somebody, as the register keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub concern: ConcernId,
    /// When it happened, as told.
    pub at: Moment,
    pub what: Text,
    /// What it is about: ids or words of the reporter's.
    pub kinds: Vec<Text>,
    pub judged: Judged,
}

/// Whether it meets the harm threshold; what does stands beside what does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    LowLevel,
    Met,
    /// Nobody has decided it: it may be either.
    NotYet,
}

/// What stands out in the concerns about one person, with the concerns that were counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    Several {
        concerns: Vec<ConcernId>,
        first: Moment,
        last: Moment,
    },
    SameKind {
        kind: Text,
        concerns: Vec<ConcernId>,
    },
    /// Others about them met the threshold.
    MetThreshold {
        concerns: Vec<ConcernId>,
    },
    /// Of others nobody has decided whether they do.
    NotDecided {
        concerns: Vec<ConcernId>,
    },
}

/// In the order in which they are to be read.
pub fn patterns(kept: &[Kept]) -> Vec<Pattern> {
    let judged = |judged| kept.iter().filter(move |kept| kept.judged == judged);
    let low: Vec<&Kept> = judged(Judged::LowLevel).collect();
    let mut found: Vec<Pattern> = several(&low).into_iter().collect();
    found.extend(same_kinds(&low));
    let met = numbers(judged(Judged::Met));
    if !met.is_empty() {
        found.push(Pattern::MetThreshold { concerns: met });
    }
    let open = numbers(judged(Judged::NotYet));
    if !open.is_empty() {
        found.push(Pattern::NotDecided { concerns: open });
    }
    found
}

fn several(low: &[&Kept]) -> Option<Pattern> {
    let days = || low.iter().map(|kept| kept.at);
    let first = days().min_by_key(|at| at.date())?;
    let last = days().max_by_key(|at| at.date())?;
    (low.len() >= SEVERAL).then(|| Pattern::Several { concerns: numbers(low.iter().copied()), first, last })
}

fn same_kinds(low: &[&Kept]) -> Vec<Pattern> {
    let mut kinds: Vec<&Text> = Vec::new();
    for kind in low.iter().flat_map(|kept| &kept.kinds) {
        if !kinds.contains(&kind) && !ANY_KIND.contains(&kind.trim()) {
            kinds.push(kind);
        }
    }
    let of = |kind: &&Text| {
        let concerns = numbers(low.iter().copied().filter(|kept| kept.kinds.contains(kind)));
        (concerns.len() > 1).then(|| Pattern::SameKind { kind: (*kind).clone(), concerns })
    };
    kinds.iter().filter_map(of).collect()
}

fn numbers<'k>(kept: impl Iterator<Item = &'k Kept>) -> Vec<ConcernId> {
    kept.map(|kept| kept.concern).collect()
}

impl Kept {
    /// What it is about, beyond that it is about staff; in words, and nothing where that is all.
    pub fn kinds_in_words(&self) -> String {
        let says_more = |kind: &&Text| !ANY_KIND.contains(&kind.trim());
        let kinds: Vec<Text> = self.kinds.iter().filter(says_more).cloned().collect();
        category::names(&kinds)
    }
}

impl Pattern {
    /// What was counted, and where it stands.
    pub fn sentence(&self) -> String {
        match self {
            Self::Several { concerns, first, last } => format!(
                "{} low-level concerns, {} to {}: {}.",
                concerns.len(),
                short_day(first.date()),
                short_day(last.date()),
                listed(concerns)
            ),
            Self::SameKind { kind, concerns } => {
                let name = category::names(std::slice::from_ref(kind));
                format!("\"{name}\" {} times: {}.", concerns.len(), listed(concerns))
            }
            Self::MetThreshold { concerns } => {
                format!("Met the harm threshold: {}.", listed(concerns))
            }
            Self::NotDecided { concerns } => {
                format!("Not decided yet, whether it meets the harm threshold: {}.", listed(concerns))
            }
        }
    }
}

fn listed(concerns: &[ConcernId]) -> String {
    let numbers: Vec<String> = concerns.iter().map(ToString::to_string).collect();
    let word = if numbers.len() == 1 { "concern" } else { "concerns" };
    format!("{word} {}", numbers.join(", "))
}

/// What is to be read above the register, with where it was read.
pub const READ_TOGETHER: Leg = Leg {
    says: "Read those of one person together: several may come to what one does not.",
    duty: "D16",
    source: "paragraphs 423-426",
    edition: "KCSIE 2025, part four, as schools quote it",
};

/// How long they are kept: advice, for nothing is ever destroyed by itself.
pub const KEPT_UNTIL: Leg = Leg {
    says: "Keep them at least until the person leaves.",
    duty: "D17",
    source: "no source",
    edition: "from memory; not read",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(concern: i64, day: &str, kinds: &[&str], judged: Judged) -> Kept {
        Kept {
            concern: ConcernId(concern),
            at: Moment::parse(day).unwrap(),
            what: "A lift home.".into(),
            kinds: kinds.iter().map(|kind| Text::from(*kind)).collect(),
            judged,
        }
    }

    fn said(kept: &[Kept]) -> Vec<String> {
        patterns(kept).iter().map(Pattern::sentence).collect()
    }

    #[test]
    fn one_or_two_of_different_kinds_stand_out_in_nothing() {
        assert!(said(&[]).is_empty());
        let one = kept(3, "2026-09-01", &["low-level-concern", "hazing"], Judged::LowLevel);
        let other = kept(9, "2026-11-02", &["low-level-concern", "bullying"], Judged::LowLevel);
        assert!(said(&[one, other]).is_empty());
    }

    #[test]
    fn three_of_one_person_and_twice_the_same_are_counted_with_their_numbers() {
        let all = [
            kept(14, "2026-11-20", &["low-level-concern", "bullying"], Judged::LowLevel),
            kept(9, "2026-10-02", &["low-level-concern"], Judged::LowLevel),
            kept(3, "2026-09-01T10:00", &["low-level-concern", "bullying"], Judged::LowLevel),
        ];
        assert_eq!(
            said(&all),
            [
                "3 low-level concerns, Tue 1 Sep 2026 to Fri 20 Nov 2026: concerns 14, 9, 3.",
                "\"Bullying\" 2 times: concerns 14, 3.",
            ]
        );
    }

    #[test]
    fn one_that_met_the_threshold_is_named_and_not_counted() {
        let all = [kept(3, "2026-09-01", &[], Judged::LowLevel), kept(4, "2026-09-02", &[], Judged::Met)];
        assert_eq!(said(&all), ["Met the harm threshold: concern 4."]);
    }

    #[test]
    fn one_of_which_nothing_is_decided_is_named_and_not_counted() {
        let low = |concern| kept(concern, "2026-09-01", &[], Judged::LowLevel);
        let all = [low(3), low(4), kept(5, "2026-09-02", &[], Judged::NotYet)];
        assert_eq!(said(&all), ["Not decided yet, whether it meets the harm threshold: concern 5."]);
    }
}
