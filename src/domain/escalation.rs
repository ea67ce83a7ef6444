//! The ladder when nobody answers, or when the answer leaves a child where it was: whom to ring next. The list of
//! `data/escalation.toml`, which is part of the program.
//!
//! Which number that is, is the book's; that a rung was tried is an entry. No rung is in place of 999.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::follow_up::FollowUp;
use super::text::Text;
use super::working_time::Span;
use super::{clocks, deadline};

const SHIPPED: &str = include_str!("../../data/escalation.toml");

/// The ladder of whoever has none of their own.
const OTHERS: &str = "others";

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Who owes the answer, as [`Deadline::who`](deadline::Deadline::who) has it.
    pub of: String,
    /// From 1, up its own ladder.
    pub step: usize,
    /// A role, in words.
    pub whom: String,
    /// How long the rung before has, at the latest.
    pub within: Span,
    pub says: String,
    pub sources: Vec<Text>,
    pub edition: String,
}

#[derive(Deserialize)]
struct Shipped {
    rung: Vec<Rung>,
}

/// Every rung of every ladder, in the order of the file. A test reads the file, so that it is never empty in a release.
pub fn ladder() -> &'static [Rung] {
    static ALL: LazyLock<Vec<Rung>> =
        LazyLock::new(|| toml::from_str(SHIPPED).map(|shipped: Shipped| shipped.rung).unwrap_or_default());
    &ALL
}

/// The rungs for whoever owes an answer, the first one first; none where it is the desk's own lead.
pub fn ladder_of(who: &str) -> &'static [Rung] {
    if who == deadline::YOU {
        return &[];
    }
    own(who).or_else(|| own(OTHERS)).unwrap_or_default()
}

fn own(who: &str) -> Option<&'static [Rung]> {
    let is_of = |rungs: &&[Rung]| rungs.first().is_some_and(|rung| rung.of == who);
    ladder().chunk_by(|one, next| one.of == next.of).find(is_of)
}

/// Whom to ring after that many rungs were tried; none when the ladder has been climbed.
pub fn next_rung(who: &str, tried: usize) -> Option<&'static Rung> {
    ladder_of(who).get(tried)
}

/// Whom to ring about something that is due, and by when: the first rung once its time has passed, each further one when
/// the rung before has had its own. `rung` is the highest that was tried, at `tried_at`.
pub fn next(
    of: &FollowUp,
    due: DateTime<Utc>,
    rung: u32,
    tried_at: Option<DateTime<Utc>>,
) -> Option<(&'static Rung, DateTime<Utc>)> {
    let tried = usize::try_from(rung).unwrap_or(usize::MAX);
    let next = next_rung(&clocks::owed_by(of), tried)?;
    let from = if tried == 0 { due } else { tried_at.unwrap_or(due) };
    Some((next, next.within.from(from)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{OTHERS, ladder, ladder_of, next_rung};
    use crate::domain::deadline::{self, YOU};
    use crate::domain::working_time::Span;

    const WHO: [&str; 5] = ["local authority", "LADO", "police", "the teacher who found it", OTHERS];

    #[test]
    fn each_ladder_stands_together_and_counts_from_one() {
        assert_eq!(ladder().iter().map(|rung| rung.of.as_str()).collect::<BTreeSet<_>>(), WHO.into());
        for who in WHO {
            let steps: Vec<usize> = ladder_of(who).iter().map(|rung| rung.step).collect();
            assert_eq!(steps, (1..=steps.len()).collect::<Vec<_>>(), "{who}");
            assert!(steps.len() >= 2 && ladder_of(who).iter().all(|rung| rung.of == who), "{who}");
        }
        assert_eq!(ladder().len(), WHO.into_iter().map(|who| ladder_of(who).len()).sum::<usize>());
    }

    #[test]
    fn every_ladder_begins_at_once_with_somebody_of_its_own() {
        let first = |who: &str| next_rung(who, 0).unwrap();
        assert!(WHO.into_iter().all(|who| first(who).within == Span::Hours(0)));
        assert_eq!(WHO.map(|who| &first(who).whom).into_iter().collect::<BTreeSet<_>>().len(), WHO.len());
    }

    #[test]
    fn rungs_follow_each_other_until_there_are_none() {
        assert_eq!(next_rung("local authority", 1).unwrap().whom, "their team manager");
        assert_eq!(next_rung("local authority", 4), None);
        assert_eq!(next_rung("receiving school", 3), ladder_of(OTHERS).last());
        assert_eq!(next_rung(YOU, 0), None);
    }

    #[test]
    fn social_care_s_times_are_those_of_the_comparison_and_say_so() {
        let later = ladder_of("local authority").get(1..).unwrap();
        let times: Vec<Span> = later.iter().map(|rung| rung.within).collect();
        assert_eq!(times, [Span::Hours(48), Span::WorkingDays(5), Span::Hours(48)]);
        assert!(later.iter().all(|rung| rung.edition.contains("Local times not found")));
    }

    #[test]
    fn no_time_is_passed_off_as_a_rule_of_the_region() {
        for rung in ladder() {
            let says = |word: &str| rung.edition.contains(word);
            assert!(
                says("not verified here") || says("the desk's own proposal"),
                "{} {}",
                rung.of,
                rung.step
            );
            assert!(!rung.sources.is_empty() && rung.says.ends_with(['.', '?']), "{} {}", rung.of, rung.step);
        }
    }

    #[test]
    fn whoever_may_keep_silent_can_be_escalated() {
        for clock in deadline::all().iter().chain(deadline::presets()) {
            assert_eq!(ladder_of(&clock.who).is_empty(), clock.who == YOU, "{}", clock.id);
        }
    }

    /// A slip in a word would leave somebody on the ladder of everybody else.
    #[test]
    fn ladders_are_of_those_who_owe_something() {
        let known = deadline::all().iter().map(|deadline| deadline.who.as_str());
        let known: BTreeSet<&str> = known.chain(["police", OTHERS]).collect();
        assert!(ladder().iter().all(|rung| known.contains(rung.of.as_str())));
    }
}
