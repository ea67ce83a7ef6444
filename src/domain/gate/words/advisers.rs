//! Whose advice it is: of children's social care or the police, of the designated officer, of the family, or of nobody
//! because nobody was reached.

use std::sync::LazyLock;

use super::{is_denied, phrases, shipped};
use crate::domain::part2::Advice;
use crate::domain::phrase::{Phrases, Reading, Word};
use crate::domain::text::Text;

/// The longest beginning of what is meant otherwise.
const LEAD: usize = 3;
/// A sentence of no more words says one thing only, and so does a text of no more.
const SHORT: usize = 5;
const BRIEF: usize = 8;

/// Whether advice is that of children's social care or the police (R3).
pub(in crate::domain::gate) fn is_of_social_care_or_police(advice: &Advice) -> bool {
    static WHO: LazyLock<Phrases<()>> =
        LazyLock::new(|| phrases(shipped().advisers.social_care.iter().chain(&shipped().advisers.police)));
    is_anybodys(advice) && (is_of(advice, &WHO) || is_of_an_officer(advice))
}

/// Whether it is that of the designated officer (R13).
pub fn is_of_lado(advice: &Advice) -> bool {
    static WHO: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.lado));
    is_anybodys(advice) && is_of(advice, &WHO)
}

/// A parent who is one of them as well advises as nobody, and whoever was not reached has advised nothing.
fn is_anybodys(advice: &Advice) -> bool {
    let [role, organisation] = [&advice.role, &advice.organisation].map(|text| Reading::new(text));
    let is_related = is_of_the_family(&advice.name)
        || [role, organisation].iter().any(|reading| is_related(reading) || has(reading, &PET_NAMES));
    !is_related && !is_unreached(advice)
}

/// They have to be it: somebody who speaks of one is none.
fn is_of(advice: &Advice, who: &Phrases<()>) -> bool {
    static DENIED: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.denied));
    [&advice.role, &advice.organisation].into_iter().any(|text| {
        let reading = Reading::new(text);
        let is_them = |place: usize| {
            let is_called = |(end, ())| end > place + 1 || !is_another_word(text, &reading, place);
            who.at(&reading, place).any(is_called) && !is_otherwise(&reading, place)
        };
        reading.places().any(|place| is_them(place) && !is_denied(&reading, place, &DENIED))
    })
}

/// Whether words that are found are part of what is meant otherwise.
fn is_otherwise(reading: &Reading, place: usize) -> bool {
    static NOT: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.not));
    let mut starts = place.saturating_sub(LEAD)..=place;
    starts.any(|start| NOT.at(reading, start).any(|(end, ())| end > place))
}

/// The short form of a service is a word as well: where more follows, it is the service in capitals only.
fn is_another_word(text: &str, reading: &Reading, place: usize) -> bool {
    static IN_CAPITALS: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.in_capitals));
    IN_CAPITALS.is_at(reading, place)
        && reading.is_one_sentence(place, place + 1)
        && !is_in_capitals(text, reading, place)
}

fn is_in_capitals(text: &str, reading: &Reading, place: usize) -> bool {
    let written = text.get(reading.range(&(place..place + 1))).unwrap_or_default();
    !written.chars().any(char::is_lowercase)
}

/// A rank is two letters, which are much else: it begins the role, or stands before the name of somebody of whom
/// nothing else is known.
fn is_of_an_officer(advice: &Advice) -> bool {
    let is_named = || {
        let is_bare = advice.role.is_blank() && advice.organisation.is_blank();
        is_bare
            && begins_with_a_rank(&advice.name, |text, reading, end| {
                reading.word(end).is_some_and(|next| next.is_capital) && !is_first_name(text, reading)
            })
    };
    begins_with_a_rank(&advice.role, ends_with_the_rank) || is_named()
}

fn begins_with_a_rank(text: &Text, is_one: impl Fn(&str, &Reading, usize) -> bool) -> bool {
    static RANKS: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.ranks));
    let reading = Reading::new(text);
    !is_otherwise(&reading, 0) && RANKS.at(&reading, 0).any(|(end, ())| is_one(text, &reading, end))
}

/// Whether a number, a name, a place or nothing follows, or something apart from it.
fn ends_with_the_rank(text: &str, reading: &Reading, end: usize) -> bool {
    static AFTER: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.after_rank));
    let is_one_more = |next: &Word| {
        let written = text.get(next.at.clone()).unwrap_or_default();
        next.is_capital || written.chars().any(|letter| letter.is_ascii_digit())
    };
    let is_apart = || {
        let behind = text.get(reading.range(&(0..end)).end..).unwrap_or_default();
        behind.trim_start().starts_with([',', '('])
    };
    reading.word(end).is_none_or(is_one_more) || AFTER.is_at(reading, end) || is_apart()
}

fn is_first_name(text: &str, reading: &Reading) -> bool {
    static FIRST_NAMES: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.first_names));
    FIRST_NAMES.is_at(reading, 0) && !is_in_capitals(text, reading, 0)
}

/// Whether somebody was reached at all: a try is no advice.
pub fn reached_somebody(advice: &Advice) -> bool {
    !is_unreached(advice)
}

/// Whether it says of whom was asked, or of what they said, that nobody was reached.
fn is_unreached(advice: &Advice) -> bool {
    static ADVISER: LazyLock<Phrases<()>> = LazyLock::new(|| {
        let lists = &shipped().unreached;
        phrases(lists.adviser.iter().chain(&lists.short).chain(&lists.said))
    });
    let asked = [&advice.name, &advice.role, &advice.organisation];
    asked.into_iter().any(|text| has(&Reading::new(text), &ADVISER))
        || says_nobody_was_reached(&advice.advice)
}

fn says_nobody_was_reached(text: &str) -> bool {
    static SAID: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().unreached.said));
    static SHORTLY: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().unreached.short));
    static BRIEFLY: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().unreached.brief));
    static NOT: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().unreached.not));
    let reading = Reading::new(text);
    let is_short = |place: usize| {
        let same = reading.places().filter(|other| reading.is_one_sentence(*other, place));
        same.count() <= SHORT
    };
    let is_said = |place: usize| {
        SAID.is_at(&reading, place)
            || SHORTLY.is_at(&reading, place) && is_short(place)
            || BRIEFLY.is_at(&reading, place) && reading.places().len() <= BRIEF
    };
    reading.places().any(|place| is_said(place) && !is_denied(&reading, place, &NOT))
}

static PET_NAMES: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.pet_names));

fn has(reading: &Reading, what: &Phrases<()>) -> bool {
    reading.places().any(|place| what.is_at(reading, place))
}

/// Whether it is somebody from around the child: not who is there for them.
fn is_related(reading: &Reading) -> bool {
    static FOR_THEM: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.for_them));
    let is_for = |place: usize| {
        let mut starts = place.saturating_sub(LEAD)..place;
        starts.any(|start| FOR_THEM.at(reading, start).any(|(end, ())| end == place))
    };
    reading.places().any(|place| is_related_at(reading, place) && !is_for(place))
}

/// Whether one of them is named there.
pub(super) fn is_related_at(reading: &Reading, place: usize) -> bool {
    static RELATED: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().advisers.related));
    RELATED.is_at(reading, place)
}

/// Whether a text names somebody from around the child, and not who is there for them. What a grandmother is called may
/// be a stranger's first name.
pub(in crate::domain::gate) fn is_of_the_family(text: &str) -> bool {
    let reading = Reading::new(text);
    let is_a_name = reading.word(0).zip(reading.word(1)).is_some_and(|(_, last)| last.is_capital);
    let is_pet_name = |place: usize| PET_NAMES.is_at(&reading, place) && !(place == 0 && is_a_name);
    is_related(&reading) || reading.places().any(is_pet_name)
}
