//! Who may open a concern: a question for each person of the desk, and why.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, NO, YES};
use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use crate::cabinet::table::restriction::{Presence, Restriction};
use crate::desk::Act;
use crate::desk::answer::PersonChoice;
use crate::domain::ids::{ConcernId, PersonId};
use crate::domain::text::Text;

const OPENS: Key = Key::new("opens");
const REASON: Key = Key::new("reason");

/// Somebody who can be named, and whether they open it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    person: PersonId,
    name: Text,
    role: Text,
    opens: bool,
}

impl Member {
    /// Everybody opens a concern that is not restricted; of one that is, those who are named.
    pub fn of(colleague: PersonChoice, restriction: Option<&Restriction>) -> Self {
        let PersonChoice { person, name, role } = colleague;
        let is_named = |restriction: &Restriction| {
            let mut here = restriction.people.iter().filter(|named| named.presence == Presence::Here);
            here.any(|named| named.person == person)
        };
        let opens = restriction.is_none_or(is_named);
        Self { person, name, role, opens }
    }
}

pub(super) fn questions(members: &[Member]) -> Vec<Field> {
    let question = |(place, member): (usize, &Member)| {
        let label = format!("{}, {}", member.name.one_line(), member.role.one_line());
        let help = "Yes names them: they find it and open it. For the others it is in no list, search or chronology.";
        let opens = if member.opens { YES } else { NO };
        Field::choice(OPENS.nth(place), label, help, Choice::yes_no()).with(opens).by(17)
    };
    let mut fields: Vec<Field> = members.iter().enumerate().map(question).collect();
    fields.push(Field::area(REASON, "Why these people?", "It stands in the record with your name.").by(17));
    fields
}

pub(super) fn act(concern: ConcernId, members: &[Member], sheet: &Sheet) -> Result<Act, Trouble> {
    let people: Vec<PersonId> = named(members, sheet).map(|member| member.person.clone()).collect();
    if people.is_empty() {
        return Err(Trouble::new(OPENS, "Somebody has to be able to open it: name at least one person."));
    }
    let reason = sheet.needed(REASON, "Say why these people and nobody else.")?;
    Ok(Act::Restrict { concern, people, reason })
}

/// Whether somebody of that name says that they do not open it themselves any more.
pub(super) fn leaves_out(name: &Text, members: &[Member], sheet: &Sheet) -> bool {
    let is_there = |member: &Member| member.name == *name;
    members.iter().any(is_there) && !named(members, sheet).any(is_there)
}

fn named<'m>(members: &'m [Member], sheet: &'m Sheet) -> impl Iterator<Item = &'m Member> {
    let places = members.iter().enumerate();
    places.filter(|(place, _)| sheet.yes_or_no(OPENS.nth(*place)) == Some(true)).map(|(_, member)| member)
}
