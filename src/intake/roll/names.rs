//! The parts of a name that a list has in columns or tags of their own, and the full names that they come to.

use super::Pupil;
use crate::domain::text::Text;

/// As far as the list gives them; blank where it does not.
#[derive(Default)]
pub(super) struct Names {
    pub(super) full: String,
    pub(super) forename: String,
    pub(super) middle: String,
    pub(super) surname: String,
    pub(super) preferred_forename: String,
    pub(super) preferred_surname: String,
    pub(super) former_surname: String,
}

impl Names {
    /// Gives a pupil the name by which they are known, and beside it the legal one and those of before: each is a name by
    /// which somebody may ask for them.
    pub(super) fn put_into(self, pupil: &mut Pupil) {
        let known_surname = either(&self.preferred_surname, &self.surname);
        let known_forename = either(&self.preferred_forename, &self.forename);
        let known = if ends_with(known_forename, known_surname) {
            // Some write the whole preferred name there.
            joined(&[known_forename])
        } else {
            joined(&[known_forename, known_surname])
        };
        let full = turned(&self.full);
        let has_parts = !known_forename.is_empty() && !known_surname.is_empty();
        let (name, more) = if has_parts || full.is_empty() { (known, full) } else { (full, known) };
        let legal = joined(&[&self.forename, &self.surname]);
        let with_middle = joined(&[&self.forename, &self.middle, &self.surname]);
        let former = match self.former_surname.as_str() {
            "" => String::new(),
            surname => joined(&[known_forename, surname]),
        };
        let mut others: Vec<String> = Vec::new();
        for other in [legal, with_middle, former, more] {
            let is_known = |known: &String| known.to_lowercase() == other.to_lowercase();
            // A forename alone is no name by which anybody is found.
            if other.contains(' ') && !is_known(&name) && !others.iter().any(is_known) {
                others.push(other);
            }
        }
        pupil.name = Text::from(name);
        pupil.other_names = others.into_iter().map(Text::from).collect();
    }
}

fn either<'n>(preferred: &'n str, otherwise: &'n str) -> &'n str {
    if preferred.trim().is_empty() { otherwise.trim() } else { preferred.trim() }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// `Marsh, Zoë` as it is said.
fn turned(full: &str) -> String {
    match full.split_once(',') {
        Some((surname, forename)) if !forename.contains(',') => joined(&[forename, surname]),
        Some(_) | None => joined(&[full]),
    }
}

/// Whether a name of several words ends with the surname.
fn ends_with(name: &str, surname: &str) -> bool {
    let (name, surname) = (name.to_lowercase(), surname.to_lowercase());
    !surname.is_empty() && name.strip_suffix(&surname).is_some_and(|before| before.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::{Names, Pupil};

    fn come_to(names: Names) -> Vec<String> {
        let mut pupil = Pupil::default();
        names.put_into(&mut pupil);
        [&pupil.name].into_iter().chain(&pupil.other_names).map(ToString::to_string).collect()
    }

    #[test]
    fn known_first_then_legal_with_every_name_and_of_before() {
        let names = come_to(Names {
            forename: "Katarzyna".into(),
            middle: " Anna  Maria ".into(),
            surname: "Nowak".into(),
            preferred_forename: "Kasia".into(),
            former_surname: "Wójcik".into(),
            ..Names::default()
        });
        let all = ["Kasia Nowak", "Katarzyna Nowak", "Katarzyna Anna Maria Nowak", "Kasia Wójcik"];
        assert_eq!(names, all);
    }

    #[test]
    fn a_full_name_counts_where_its_parts_are_not_given() {
        let full = |full: &str| come_to(Names { full: full.into(), ..Names::default() });
        assert_eq!(full("Marsh, Zoë"), ["Zoë Marsh"]);
        assert_eq!(full("Zoë  Marsh"), ["Zoë Marsh"]);
        assert_eq!(full("Marsh, Zoë, 7B"), ["Marsh, Zoë, 7B"]);
        let (full, forename, surname) = ("MARSH, Zoë".into(), "Zoë".into(), "Marsh".into());
        assert_eq!(come_to(Names { full, forename, surname, ..Names::default() }), ["Zoë Marsh"]);
        let (full, preferred_forename) = ("Robert Lee".into(), "Bob".into());
        assert_eq!(come_to(Names { full, preferred_forename, ..Names::default() }), ["Robert Lee"]);
    }

    #[test]
    fn a_whole_preferred_name_is_no_forename() {
        let (forename, surname, preferred_forename) = ("Robert".into(), "Lee".into(), "Bob Lee".into());
        let names = come_to(Names { forename, surname, preferred_forename, ..Names::default() });
        assert_eq!(names, ["Bob Lee", "Robert Lee"]);
    }
}
