//! The register of low-level concerns about people who work here (D16), by person, as far as whoever asks may open them.

use super::Desk;
use crate::cabinet::Result;
use crate::cabinet::table::concern::{self, Concern};
use crate::cabinet::table::restriction;
use crate::domain::low_level::{Judged, Kept, Pattern, patterns};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::search::{Agreement, names_agree};

/// What stands before a name and is no part of it.
const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam"];

/// Somebody about whom there is a concern: a low-level one, one that met the threshold, or one of which that is not decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnRegister {
    /// As the newest concern calls them.
    pub name: Text,
    pub role: Text,
    /// The newest first; with those that met the threshold, and those that may.
    pub kept: Vec<Kept>,
    /// Others on the register who may be the same person.
    pub alike: Vec<Text>,
}

impl OnRegister {
    /// How many low-level concerns.
    pub fn count(&self) -> usize {
        self.judged(Judged::LowLevel)
    }

    /// How many met the threshold: those are for the designated officer, and stay here to be read with the others.
    pub fn met(&self) -> usize {
        self.judged(Judged::Met)
    }

    /// Of how many nobody has decided whether they meet it.
    pub fn not_decided(&self) -> usize {
        self.judged(Judged::NotYet)
    }

    fn judged(&self, judged: Judged) -> usize {
        self.kept.iter().filter(|kept| kept.judged == judged).count()
    }

    pub fn patterns(&self) -> Vec<Pattern> {
        patterns(&self.kept)
    }

    /// The newest of all that is kept.
    pub fn newest(&self) -> Option<&Kept> {
        self.kept.first()
    }
}

/// A concern about somebody.
struct OfStaff {
    name: Text,
    role: Text,
    kept: Kept,
}

impl OfStaff {
    fn of(concern: &Concern) -> Option<Self> {
        let case = concern.case();
        let judged = match case.threshold() {
            Some(threshold) if threshold.is_low_level() => Judged::LowLevel,
            Some(_) => Judged::Met,
            None if case.is_about_staff() => Judged::NotYet,
            None => return None,
        };
        let kinds = case.categories().to_vec();
        let part1 = case.part1;
        let at = part1.happened().unwrap_or(Moment::At(case.received_at));
        let what = Text::from(part1.gist());
        let staff = part1.staff.unwrap_or_default();
        let name = if staff.name.is_blank() { Text::from(NOT_NAMED) } else { staff.name };
        let kept = Kept { concern: concern.row.concern, at, what, kinds, judged };
        Some(Self { name, role: staff.job_title.unwrap_or_default(), kept })
    }
}

impl Desk {
    /// Everybody about whom there is a concern, from its arrival on: those of whom one met the threshold first, then those
    /// of whom one may, then whoever has most. Nobody leaves it because something worse came: what is low-level is read
    /// together with that (R13, D16).
    pub fn low_level_register(&self) -> Result<Vec<OnRegister>> {
        let mut people: Vec<OnRegister> = Vec::new();
        let mut all = self.of_staff()?;
        all.sort_by_key(|one| std::cmp::Reverse((one.kept.at.date(), one.kept.concern)));
        for OfStaff { name, role, kept } in all {
            match people.iter_mut().find(|known| agreement(&known.name, &name) == Agreement::Same) {
                Some(known) => {
                    if known.role.is_blank() {
                        known.role = role;
                    }
                    known.kept.push(kept);
                }
                None => people.push(OnRegister { name, role, kept: vec![kept], alike: Vec::new() }),
            }
        }
        let names: Vec<Text> = people.iter().map(|person| person.name.clone()).collect();
        for person in &mut people {
            let near = |name: &&Text| agreement(name, &person.name) == Agreement::Near;
            person.alike = names.iter().filter(near).cloned().collect();
        }
        // Within the same counts the newest stays first.
        people.sort_by_key(|person| {
            std::cmp::Reverse((person.met() > 0, person.not_decided() > 0, person.kept.len()))
        });
        Ok(people)
    }

    /// Concerns about staff are restricted from their arrival, so that they are among those that are.
    fn of_staff(&self) -> Result<Vec<OfStaff>> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let mut all = Vec::new();
        for id in restriction::open_to(db, reader)? {
            all.extend(OfStaff::of(&concern::get(db, reader, id)?));
        }
        Ok(all)
    }
}

/// Whom a report calls to account and does not name: nobody knows whether two of them are one.
const NOT_NAMED: &str = "(not named)";

/// "Mr Fearon" may be Trevor Fearon.
fn agreement(one: &str, other: &str) -> Agreement {
    if [one, other].contains(&NOT_NAMED) {
        return Agreement::Different;
    }
    names_agree(&without_title(one), &without_title(other))
}

fn without_title(name: &str) -> String {
    let is_title = |word: &str| {
        let letters = word.trim_end_matches('.').to_lowercase();
        TITLES.contains(&letters.as_str())
    };
    name.split_whitespace().filter(|word| !is_title(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Agreement, agreement};

    #[test]
    fn a_title_is_no_part_of_a_name() {
        assert_eq!(agreement("Mr. Trevor Fearon", "trevor fearon"), Agreement::Same);
        assert_eq!(agreement("Mr Fearon", "Trevor Fearon"), Agreement::Near);
        assert_eq!(agreement("Mr Fearon", "Mr Osei"), Agreement::Different);
    }
}
