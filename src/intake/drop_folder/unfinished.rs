//! What lies in the drop folder under a name that is not read: hidden, or of a program that has not finished.
//!
//! Most of it is gone in a moment. What stays may be a report that nobody will ever see, so it is said, once.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use chrono::{DateTime, TimeDelta, Utc};

use super::stamp::Stamp;
use crate::domain::text::Text;

/// Longer than a report takes over any network.
const LEFT_LYING: TimeDelta = TimeDelta::minutes(10);
/// As much of a name as a line has room for, in letters.
const NAME_SHOWN: usize = 30;

#[derive(Default)]
pub(super) struct Unfinished {
    seen: BTreeMap<OsString, Sighting>,
}

struct Sighting {
    stamp: Stamp,
    since: DateTime<Utc>,
    said: Said,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    NotYet,
    Already,
}

/// Hidden, or of a program that will give it another name. What systems leave behind on their own is neither.
pub(super) fn is_unfinished(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || [".part", ".tmp", ".crdownload"].iter().any(|end| name.ends_with(end))
}

impl Unfinished {
    /// Looks at what lies there now. What has changed may still be finished.
    pub(super) fn look(&mut self, entries: BTreeMap<OsString, Stamp>, now: DateTime<Utc>) {
        self.seen.retain(|name, _| entries.contains_key(name));
        for (name, stamp) in entries {
            let first = || Sighting { stamp, since: now, said: Said::NotYet };
            let sighting = self.seen.entry(name).or_insert_with(first);
            if sighting.stamp != stamp || sighting.since > now {
                *sighting = first();
            }
        }
    }

    /// What has stayed as it is for long and was not said yet, in a sentence.
    pub(super) fn say(&mut self, now: DateTime<Utc>) -> Option<String> {
        let mut left = Vec::new();
        for (name, sighting) in &mut self.seen {
            if sighting.said == Said::NotYet && now - sighting.since >= LEFT_LYING {
                sighting.said = Said::Already;
                left.push(name.as_os_str());
            }
        }
        let (first, others) = left.split_first()?;
        let (them, are, others) = match others.len() {
            0 => ("it", "is", String::new()),
            1 => ("them", "are", " and another file".to_owned()),
            more => ("them", "are", format!(" and {more} other files")),
        };
        Some(format!(
            "{}{others} in incoming/ {are} not read: hidden or unfinished. Rename {them}, or remove {them}.",
            shown(first)
        ))
    }
}

/// A name that reaches neither the terminal as it is nor over the end of the line.
fn shown(name: &OsStr) -> String {
    let name = Text::new(&name.to_string_lossy()).one_line();
    let mut letters = name.chars();
    let short: String = letters.by_ref().take(NAME_SHOWN).collect();
    if letters.next().is_some() { format!("{short}…") } else { short }
}
