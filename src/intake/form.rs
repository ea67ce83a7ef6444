//! The cells of one row put into the fields of Part 1.
//!
//! A worry is never refused for a date or an odd answer: what cannot be understood stays beside the form, under its
//! column's name, and the field is empty. Where two columns fill one field the first that was filled in counts, and
//! the other is kept as well.

use serde_json::Value;

use super::Reason;
use super::dates::{self, Order, Said};
use super::header::Role;
use super::labels::{Field, Prose};
use super::pupils::Pupils;
use super::unknown::Unknown;
use crate::domain::area::Area;
use crate::domain::category;
use crate::domain::concern::{About, NamedStaff, Part1};
use crate::domain::moment::{Moment, from_london};
use crate::domain::receiving::Markings;
use crate::domain::text::{Text, clean};
use crate::domain::triage::says_yes;

/// What somebody wrote under a column's name.
pub(super) struct Cell<'c> {
    pub(super) label: String,
    pub(super) text: &'c str,
}

impl Cell<'_> {
    pub(super) fn keep_in(self, unknown: &mut Unknown) {
        unknown.keep(&self.label, Value::String(clean(self.text)));
    }
}

pub(super) struct Form<'c> {
    times: Order,
    part1: Part1,
    about: Option<About>,
    adult: Text,
    staff: NamedStaff,
    pupils: Pupils<'c>,
    /// A date and a time in columns of their own, which come in either order.
    incident: Option<Cell<'c>>,
    incident_time: Option<Cell<'c>>,
    /// Answers to "What are you worried about?", until the other columns of the row are known.
    worries: Vec<Cell<'c>>,
    unknown: Unknown,
}

/// Whether a field holds all of a cell now, or the cell has to be kept besides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Whole,
    NotWhole,
}

impl<'c> Form<'c> {
    /// An empty form; `times` is how the machine writes its own.
    pub(super) fn new(times: Order) -> Self {
        Self {
            times,
            part1: Part1::default(),
            about: None,
            adult: Text::default(),
            staff: NamedStaff::default(),
            pupils: Pupils::default(),
            incident: None,
            incident_time: None,
            worries: Vec::new(),
            unknown: Unknown::default(),
        }
    }

    pub(super) fn fill(&mut self, role: Role, cell: Cell<'c>) {
        match role {
            Role::Child { place, field } => self.pupils.put(place, field, cell, &mut self.unknown),
            Role::Field(Field::IncidentAt) if self.incident.is_none() => self.incident = Some(cell),
            Role::Field(Field::IncidentTime) if self.incident_time.is_none() => {
                self.incident_time = Some(cell);
            }
            Role::Field(Field::Worry) => self.worries.push(cell),
            Role::Field(field) => {
                if self.put(field, cell.text) == Taken::NotWhole {
                    cell.keep_in(&mut self.unknown);
                }
            }
            Role::Kept => cell.keep_in(&mut self.unknown),
        }
    }

    fn put(&mut self, field: Field, text: &str) -> Taken {
        let part1 = &mut self.part1;
        let line = text.trim();
        match field {
            Field::AdultName => first(&mut self.adult, line),
            Field::StaffName => first(&mut self.staff.name, line),
            Field::StaffJob => first(self.staff.job_title.get_or_insert_default(), line),
            Field::StaffIsDsl => yes_or_no(&mut self.staff.is_dsl, line),
            Field::About => one_of(&mut self.about, about(line)),
            Field::Area => one_of(&mut part1.area, Area::read(line)),
            Field::Danger => yes_or_no(&mut part1.immediate_danger, line),
            Field::NotForDsl => not_for_dsl(&mut part1.not_for_dsl, line),
            Field::ToldDsl => yes_or_no(&mut part1.told_dsl_in_person, line),
            Field::IncidentAt | Field::IncidentTime | Field::Worry => Taken::NotWhole,
            Field::WrittenAt => moment(&mut part1.written_at, dates::read(line, Order::DayFirst)),
            Field::SentAt => moment(&mut part1.written_at, dates::read(line, self.times)),
            Field::ReporterName => first(&mut part1.reporter.name, line),
            Field::ReporterJob => first(&mut part1.reporter.job_title, line),
            // Microsoft writes "anonymous" here.
            Field::ReporterEmail if !line.contains('@') => Taken::NotWhole,
            Field::ReporterEmail => first(part1.reporter.email.get_or_insert_default(), line),
            Field::Prose(prose) => first(prose_of(part1, prose), text),
            Field::Told => list(&mut part1.told, parted(line)),
            Field::Categories => list(&mut part1.categories, category::parted(line)),
        }
    }

    /// Who may receive it, of what was filled in so far.
    pub(super) fn markings(self) -> Markings {
        let staff = Some(self.staff).filter(|staff| *staff != NamedStaff::default());
        let is_named = staff.as_ref().is_some_and(|staff| !staff.name.is_blank());
        Markings {
            is_of_nobody_named: self.about == Some(About::Staff) && !is_named,
            staff,
            not_for_dsl: self.part1.not_for_dsl,
        }
    }

    pub(super) fn finish(mut self) -> Result<Part1, Reason> {
        self.date_the_incident();
        self.place_the_worries();
        self.place_the_adult();
        let staff = Some(self.staff).filter(|staff| *staff != NamedStaff::default());
        let children = self.pupils.finish(&mut self.unknown);
        let by_names = if staff.is_some() {
            About::Staff
        } else if children.is_empty() && !self.adult.is_blank() {
            About::Adult
        } else {
            About::Child
        };
        let mut reporter = self.part1.reporter;
        if reporter.name.is_blank() {
            // An account's address names its owner well enough to ask back.
            reporter.name = reporter.email.clone().unwrap_or_default();
        }
        Ok(Part1 {
            about: self.about.unwrap_or(by_names),
            children,
            staff,
            reporter,
            unknown: self.unknown.into_map()?,
            ..self.part1
        })
    }

    /// Part 1 has no field of its own for an adult; they come first of those who were involved.
    fn place_the_adult(&mut self) {
        let who = &mut self.part1.account.who;
        *who = match (self.adult.is_blank(), who.is_blank()) {
            (true, _) => return,
            (false, true) => self.adult.clone(),
            (false, false) => Text::from(format!("{}\n{who}", self.adult)),
        };
    }

    fn date_the_incident(&mut self) {
        if let Some(cell) = self.incident.take() {
            let said = dates::read(cell.text, Order::DayFirst);
            if moment(&mut self.part1.incident_at, said) == Taken::NotWhole {
                cell.keep_in(&mut self.unknown);
            }
        }
        if let Some(cell) = self.incident_time.take() {
            match (self.part1.incident_at, dates::time(cell.text)) {
                (Some(Moment::Date(date)), Some(time)) => {
                    self.part1.incident_at = Some(Moment::At(from_london(date.and_time(time))));
                }
                (Some(Moment::Date(_) | Moment::At(_)) | None, _) => cell.keep_in(&mut self.unknown),
            }
        }
        // "When (date and time of incident)?" is a question of the account; its answer may be as good as a date.
        if self.part1.incident_at.is_none() {
            let _ =
                moment(&mut self.part1.incident_at, dates::read(&self.part1.account.when, Order::DayFirst));
        }
    }

    /// What happened where no other answer says that, otherwise why it is recorded.
    fn place_the_worries(&mut self) {
        for worry in std::mem::take(&mut self.worries) {
            let part1 = &mut self.part1;
            let taken = match first(&mut part1.account.what, worry.text) {
                Taken::Whole => Taken::Whole,
                Taken::NotWhole => first(&mut part1.reasons, worry.text),
            };
            if taken == Taken::NotWhole {
                worry.keep_in(&mut self.unknown);
            }
        }
    }
}

fn prose_of(part1: &mut Part1, prose: Prose) -> &mut Text {
    match prose {
        Prose::Reasons => &mut part1.reasons,
        Prose::Who => &mut part1.account.who,
        Prose::What => &mut part1.account.what,
        Prose::ChildWords => &mut part1.account.child_words,
        Prose::Where => &mut part1.account.place,
        Prose::When => &mut part1.account.when,
        Prose::Witnesses => &mut part1.account.witnesses,
        Prose::Opinion => &mut part1.opinion,
        Prose::Actions => &mut part1.actions,
        Prose::Other => &mut part1.other_information,
    }
}

fn first(slot: &mut Text, text: &str) -> Taken {
    if !slot.is_blank() {
        return Taken::NotWhole;
    }
    *slot = Text::new(text);
    Taken::Whole
}

fn one_of<T>(slot: &mut Option<T>, choice: Option<T>) -> Taken {
    if slot.is_some() || choice.is_none() {
        return Taken::NotWhole;
    }
    *slot = choice;
    Taken::Whole
}

fn moment(slot: &mut Option<Moment>, said: Said) -> Taken {
    match said {
        Said::Exactly(moment) => one_of(slot, Some(moment)),
        Said::Partly(moment) => {
            slot.get_or_insert(moment);
            Taken::NotWhole
        }
        Said::Nothing => Taken::NotWhole,
    }
}

fn parted(text: &str) -> Vec<Text> {
    text.split([';', '\n']).map(str::trim).filter(|item| !item.is_empty()).map(Text::new).collect()
}

fn list(slot: &mut Vec<Text>, items: Vec<Text>) -> Taken {
    if !slot.is_empty() {
        return Taken::NotWhole;
    }
    *slot = items;
    Taken::Whole
}

/// A plain answer is taken. "Yes" with words after it counts too, for danger is never talked down; "no, but …" does not.
/// Whatever is no no: a tick, a cross, a sentence. One such answer is enough.
fn not_for_dsl(slot: &mut Option<bool>, text: &str) -> Taken {
    let mut answer = None;
    let taken = yes_or_no(&mut answer, text);
    let asks = answer != Some(false);
    *slot = Some(asks || *slot == Some(true));
    taken
}

fn yes_or_no(slot: &mut Option<bool>, text: &str) -> Taken {
    let answer = text.to_lowercase();
    let answer = answer.trim_end_matches(['.', '!', ' ']);
    match answer {
        "yes" | "y" | "true" | "1" | "yes it is" | "yes i have" => one_of(slot, Some(true)),
        "no" | "n" | "false" | "0" | "no it is not" | "no i have not" | "not yet" => {
            one_of(slot, Some(false))
        }
        _ => {
            if says_yes(text) {
                slot.get_or_insert(true);
            }
            Taken::NotWhole
        }
    }
}

fn about(text: &str) -> Option<About> {
    match plain_words(&text.to_lowercase()).as_slice() {
        ["child" | "children" | "pupil" | "pupils" | "student" | "students" | "young", ..] => {
            Some(About::Child)
        }
        ["adult" | "parent" | "carer", ..] => Some(About::Adult),
        ["staff" | "colleague" | "volunteer" | "teacher", ..] | ["member", "staff", ..] => Some(About::Staff),
        _ => None,
    }
}

/// The words without those that carry nothing: "A member of staff", "The council's staff".
fn plain_words(text: &str) -> Vec<&str> {
    const EMPTY: [&str; 8] = ["a", "an", "the", "of", "city", "county", "council", "my"];
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && !EMPTY.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Taken, about, yes_or_no};
    use crate::domain::concern::About;

    fn answer(text: &str) -> (Option<bool>, Taken) {
        let mut slot = None;
        let taken = yes_or_no(&mut slot, text);
        (slot, taken)
    }

    #[test]
    fn plain_answers_are_taken() {
        for yes in ["Yes", "y", "TRUE", "1", "yes."] {
            assert!(answer(yes) == (Some(true), Taken::Whole), "{yes}");
        }
        for no in ["No", "n", "false", "0", "No!"] {
            assert!(answer(no) == (Some(false), Taken::Whole), "{no}");
        }
    }

    #[test]
    fn yes_with_words_is_yes_and_the_words_are_kept() {
        assert!(answer("Yes - he is outside") == (Some(true), Taken::NotWhole));
    }

    #[test]
    fn no_with_words_is_not_said() {
        for text in ["No, but tonight perhaps", "not sure", "Yesterday", "none"] {
            assert!(answer(text) == (None, Taken::NotWhole), "{text}");
        }
    }

    #[test]
    fn whom_it_is_about_in_any_words() {
        assert_eq!(about("A pupil"), Some(About::Child));
        assert_eq!(about("Parent or carer"), Some(About::Adult));
        assert_eq!(about("A member of staff"), Some(About::Staff));
        assert_eq!(about("Somebody"), None);
    }
}
