//! The register of low-level concerns about people who work here (D16), by person, as far as whoever asks may open them.

use super::Desk;
use crate::cabinet::Result;
use crate::cabinet::table::concern::{self, Concern};
use crate::cabinet::table::restriction;
use crate::domain::low_level::{Kept, Pattern, patterns};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::search::{Agreement, names_agree};

/// What stands before a name and is no part of it.
const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam"];

/// Somebody about whom there is a low-level concern, or one that met the threshold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnRegister {
    /// As the newest concern calls them.
    pub name: Text,
    pub role: Text,
    /// The newest first; with those that met the threshold.
    pub kept: Vec<Kept>,
    /// Others on the register who may be the same person.
    pub alike: Vec<Text>,
}

impl OnRegister {
    /// How many low-level concerns.
    pub fn count(&self) -> usize {
        self.kept.iter().filter(|kept| kept.is_low_level).count()
    }

    /// How many met the threshold: those are for the designated officer, and stay here to be read with the others.
    pub fn met(&self) -> usize {
        self.kept.len() - self.count()
    }

    pub fn patterns(&self) -> Vec<Pattern> {
        patterns(&self.kept)
    }

    /// The newest of all that is kept.
    pub fn newest(&self) -> Option<&Kept> {
        self.kept.first()
    }
}

/// A concern about somebody, of which it is decided whether it meets the threshold.
struct Decided {
    name: Text,
    role: Text,
    kept: Kept,
}

impl Decided {
    fn of(concern: &Concern) -> Option<Self> {
        let case = concern.case();
        let is_low_level = case.threshold()?.is_low_level();
        let kinds = case.categories().to_vec();
        let part1 = case.part1;
        let at = part1.happened().unwrap_or(Moment::At(case.received_at));
        let what = Text::from(part1.gist());
        let staff = part1.staff?;
        let kept = Kept { concern: concern.row.concern, at, what, kinds, is_low_level };
        Some(Self { name: staff.name, role: staff.job_title.unwrap_or_default(), kept })
    }
}

impl Desk {
    /// Everybody about whose concern it is decided whether it meets the threshold: those of whom one did first, then whoever
    /// has most. Nobody leaves it because something worse came: what is low-level is read together with that (R13, D16).
    pub fn low_level_register(&self) -> Result<Vec<OnRegister>> {
        let mut people: Vec<OnRegister> = Vec::new();
        let mut decided = self.decided_about_staff()?;
        decided.sort_by_key(|one| std::cmp::Reverse((one.kept.at.date(), one.kept.concern)));
        for Decided { name, role, kept } in decided {
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
        people.sort_by_key(|person| std::cmp::Reverse((person.met() > 0, person.kept.len())));
        Ok(people)
    }

    /// Concerns about staff are restricted from their arrival, so that they are among those that are.
    fn decided_about_staff(&self) -> Result<Vec<Decided>> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let mut decided = Vec::new();
        for id in restriction::open_to(db, reader)? {
            decided.extend(Decided::of(&concern::get(db, reader, id)?));
        }
        Ok(decided)
    }
}

/// "Mr Fearon" may be Trevor Fearon.
fn agreement(one: &str, other: &str) -> Agreement {
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
