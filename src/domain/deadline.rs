//! The clocks that a concern can set: who must do what by when. The list of `data/deadlines.toml`, which is part of the
//! program.
//!
//! How a time is counted is [`working_time`](super::working_time)'s, whom to ring when nobody answers
//! [`escalation`](super::escalation)'s. When a clock is set and when it stops is not decided here.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::hours::Hours;
use super::text::Text;
use super::working_time::Span;

const SHIPPED: &str = include_str!("../../data/deadlines.toml");

/// Whoever leads on safeguarding, where she is who must act: nobody is rung about it.
pub const YOU: &str = "you";

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    pub id: String,
    pub what: String,
    pub who: String,
    /// What it is counted from, in words.
    pub from: String,
    pub within: Span,
    /// The last time of all, where a source has two.
    pub at_most: Option<Span>,
    /// Whether a source gives the time. Otherwise it is the desk's own proposal.
    #[serde(default)]
    pub stated: bool,
    pub rules: Vec<String>,
    #[serde(default)]
    pub sources: Vec<Text>,
    pub edition: String,
    #[serde(default)]
    pub note: String,
}

impl Deadline {
    /// By which rules it runs, where they were read, and in which edition.
    pub fn cited(&self) -> String {
        let sources: Vec<&str> = self.sources.iter().map(Text::as_str).collect();
        format!("{} · {} · {}", self.rules.join(", "), sources.join(", "), self.edition)
    }

    /// When it is due, counted from what it is counted from.
    pub fn due(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        self.within.from(from)
    }
}

/// By which hours working days are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    pub hours: Hours,
    pub sources: Vec<Text>,
    pub edition: String,
    pub note: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    office_hours: OfficeHours,
    deadline: Vec<Deadline>,
    preset: Vec<Deadline>,
}

fn shipped() -> &'static Shipped {
    // A test reads the file, so that it is never empty in a release.
    static ALL: LazyLock<Shipped> = LazyLock::new(|| read(SHIPPED).unwrap_or_default());
    &ALL
}

fn read(file: &str) -> Result<Shipped, toml::de::Error> {
    toml::from_str(file)
}

/// Every clock that the program may set, in the order of the file.
pub fn all() -> &'static [Deadline] {
    &shipped().deadline
}

/// What is offered where a follow-up is set by hand, the employer's own among it. The program sets none by itself.
pub fn presets() -> &'static [Deadline] {
    &shipped().preset
}

/// A clock of either list.
pub fn by_id(id: &str) -> Option<&'static Deadline> {
    all().iter().chain(presets()).find(|deadline| deadline.id == id)
}

pub fn office_hours() -> &'static OfficeHours {
    &shipped().office_hours
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Deadline, SHIPPED, all, by_id, office_hours, presets, read};
    use crate::domain::clocks;
    use crate::domain::moment::Moment;
    use crate::domain::working_time::Span;

    /// What other code asks for by name.
    const IDS: [&str; 12] = [
        "baby-referral",
        "la-decision",
        "marf",
        "chief-executive",
        "on-roll-school",
        "monitor",
        "review",
        "lado",
        "lado-answer",
        "fgm",
        "file-transfer",
        "file-receipt",
    ];

    #[test]
    fn the_file_has_the_clocks_that_the_program_knows_by_name() {
        let ids: Vec<&str> = all().iter().map(|deadline| deadline.id.as_str()).collect();
        assert_eq!(ids, IDS);
        let both: BTreeSet<&str> =
            ids.into_iter().chain(presets().iter().map(|one| one.id.as_str())).collect();
        assert_eq!(both.len(), all().len() + presets().len(), "an id comes twice");
        assert!(by_id("core-group").is_some() && by_id("no-such").is_none());
        assert!(office_hours().hours.to_string().contains("Fri 08:30-16:30"));
    }

    #[test]
    fn the_numbers_are_those_that_the_duties_give() {
        let within = |id: &str| by_id(id).unwrap().within;
        assert_eq!(within("la-decision"), Span::WorkingDays(1));
        assert_eq!(within("marf"), Span::Hours(24));
        assert_eq!(within("lado"), Span::WorkingDays(1));
        assert_eq!(within("fgm"), Span::CloseOfNextWorkingDay);
        assert_eq!(by_id("fgm").unwrap().at_most, Some(Span::Months(1)));
        assert_eq!(within("file-transfer"), Span::Days(5));
    }

    #[test]
    fn a_clock_is_counted_from_what_it_says() {
        let Moment::At(start) = Moment::parse("2026-11-20T16:29").unwrap() else { panic!() };
        let Moment::At(due) = Moment::parse("2026-11-23T16:29").unwrap() else { panic!() };
        assert_eq!(by_id("la-decision").unwrap().due(start), due);
    }

    #[test]
    fn what_is_shown_in_a_list_is_short_and_says_enough() {
        for deadline in all().iter().chain(presets()) {
            let long = deadline.what.chars().count();
            assert!((8..=48).contains(&long), "{}: {long}", deadline.id);
            assert!(!deadline.from.is_empty() && !deadline.rules.is_empty(), "{}", deadline.id);
        }
        assert!(all().iter().all(|deadline| deadline.note.ends_with('.') && deadline.edition.ends_with('.')));
    }

    /// What stands in no document is not passed off as read, and the desk's own times not as somebody's.
    #[test]
    fn a_time_has_a_source_or_says_that_it_has_none() {
        for deadline in all() {
            assert!(!deadline.sources.is_empty(), "{}", deadline.id);
            let says = |word: &str| deadline.edition.contains(word);
            let admits = ["no time", "without a time"].into_iter().any(says);
            assert_eq!(deadline.stated, !admits, "{}", deadline.id);
        }
        for preset in presets() {
            assert!(says_whose_it_is(preset), "{}", preset.id);
        }
    }

    /// Only remembered, and says so; or out of a document, or stated by whoever's edition that is. It stands in
    /// brackets behind what is due, and so ends without a stop.
    fn says_whose_it_is(preset: &Deadline) -> bool {
        let is_remembered = preset.sources.is_empty() && !preset.stated;
        let is_shown = !preset.edition.is_empty() && !preset.edition.ends_with('.');
        is_shown && is_remembered == (preset.edition == REMEMBERED)
    }

    const REMEMBERED: &str = "from memory; not verified";

    /// As `data/README.md` tells an employer to write it.
    const EMPLOYERS_OWN: &str = r#"
        [[preset]]
        id = "own-supervision"
        what = "Talk the concern over in supervision"
        who = "you"
        from = "the arrival of the concern"
        within = { working_days = 10 }
        stated = true
        rules = ["4.2"]
        edition = "our policy of September 2026"
    "#;

    #[test]
    fn a_clock_of_an_employers_own_is_offered_behind_the_others() {
        let with = read(&format!("{SHIPPED}{EMPLOYERS_OWN}")).unwrap();
        assert_eq!(with.deadline, all(), "the program sets what it did");
        let (own, others) = with.preset.split_last().unwrap();
        assert_eq!((own.id.as_str(), others), ("own-supervision", presets()));
        assert!(says_whose_it_is(own));
        let set = clocks::set(own, "2026-11-20T12:00:00Z".parse().unwrap());
        assert_eq!(Moment::At(set.due).to_string(), "Fri 4 Dec 2026 12:00");
        assert_eq!(set.rule.as_str(), "4.2: our policy of September 2026");
        assert!(!set.note.contains("No source"), "{}", set.note);
    }

    #[test]
    fn a_preset_is_not_passed_off_as_read() {
        let own = || read(&format!("{SHIPPED}{EMPLOYERS_OWN}")).unwrap().preset.pop().unwrap();
        let read_somewhere = Deadline { sources: vec!["S1:160".into()], stated: false, ..own() };
        assert!(says_whose_it_is(&read_somewhere));
        for wrong in [
            Deadline { stated: false, ..own() },
            Deadline { edition: REMEMBERED.to_owned(), ..own() },
            Deadline { edition: String::new(), ..own() },
        ] {
            assert!(!says_whose_it_is(&wrong), "{wrong:?}");
        }
    }
}
