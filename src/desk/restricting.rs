//! Who opens a concern that is not for everybody at the desk (R13, R16, R17).
//!
//! A concern about staff names its people as it comes in, by an entry like any other, so that the record says who they
//! were and why. By hand, whoever may open a concern names others; a restriction that is there is never lifted.

use super::Desk;
use super::act::Saved;
use super::answer::PersonChoice;
use crate::cabinet::table::restriction::{self, ABOUT_STAFF};
use crate::cabinet::table::{concern, person};
use crate::cabinet::{Error, Result, Writer};
use crate::domain::case::Case;
use crate::domain::concern::Part1;
use crate::domain::entry::Entry;
use crate::domain::ids::{ConcernId, PersonId};
use crate::domain::person::{Person, Right};
use crate::domain::text::Text;
use crate::search::{Agreement, names_agree};

impl Desk {
    /// Everybody who can be named on a concern.
    pub fn colleagues(&self) -> Result<Vec<PersonChoice>> {
        let all = person::all(self.cabinet.db())?.into_iter();
        Ok(all.map(|Person { person, name, role, .. }| PersonChoice { person, name, role }).collect())
    }
}

/// Restricts a concern that is about staff.
pub(crate) fn about_staff(writer: &mut Writer, concern: ConcernId, part1: &Part1) -> Result<Saved> {
    if !part1.is_about_staff() {
        return Ok(Saved::default());
    }
    keep(writer, concern, part1)
}

fn keep(writer: &mut Writer, concern: ConcernId, part1: &Part1) -> Result<Saved> {
    if person::is_senior_cabinet(writer.db())? {
        return in_the_senior_cabinet(writer, concern, part1);
    }
    let named = named_by_rule(&person::all(writer.db())?, &subject(part1));
    let author = writer.author()?.person;
    let is_kept_from_author = !named.iter().any(|person| person.person == author);
    let people = named.iter().map(|person| person.person.clone()).collect();
    let entry = writer.append(&Entry::ConcernRestricted { concern, people, reason: ABOUT_STAFF.into() })?;
    let kept_for = named.into_iter().filter(|_| is_kept_from_author).map(|person| person.name).collect();
    Ok(Saved { entries: vec![entry], kept_for, ..Saved::default() })
}

/// All of its members receive what comes there, but whoever it is about.
fn in_the_senior_cabinet(writer: &mut Writer, concern: ConcernId, part1: &Part1) -> Result<Saved> {
    let members = person::all(writer.db())?;
    let subject = subject(part1);
    let others = members.iter().filter(|member| is_another(member, &subject));
    let others: Vec<PersonId> = others.map(|member| member.person.clone()).collect();
    if others.is_empty() || others.len() == members.len() {
        return Ok(Saved::default());
    }
    let restricted = Entry::ConcernRestricted { concern, people: others, reason: ABOUT_STAFF.into() };
    Ok(Saved { entries: vec![writer.append(&restricted)?], ..Saved::default() })
}

/// Whom it is about, by name.
fn subject(part1: &Part1) -> String {
    part1.staff.as_ref().map(|staff| staff.name.one_line()).unwrap_or_default()
}

fn is_another(member: &Person, subject: &str) -> bool {
    names_agree(&member.name, subject) == Agreement::Different
}

/// The leads, unless it may be about them; where that leaves nobody, the seniors; and somebody must be able to act. The
/// senior cabinet has seniors alone.
fn named_by_rule(members: &[Person], subject: &str) -> Vec<Person> {
    let with = |right: Right| members.iter().filter(move |member| member.right == right).cloned();
    let is_other = |member: &Person| is_another(member, subject);
    let choices = [
        with(Right::Lead).filter(is_other).collect(),
        with(Right::Senior).filter(is_other).collect(),
        with(Right::Lead).collect::<Vec<_>>(),
        with(Right::Senior).collect(),
    ];
    choices.into_iter().find(|people| !people.is_empty()).unwrap_or_default()
}

/// Names the people who open a concern from here on.
pub(super) fn restrict(
    writer: &mut Writer,
    concern: ConcernId,
    people: &[PersonId],
    reason: &Text,
) -> Result<Saved> {
    if reason.is_blank() {
        return Err(refused("Say why: the reason stands in the record beside who opens it."));
    }
    if people.is_empty() {
        return Err(refused("Nobody would open it. Name at least one person of the desk."));
    }
    let members = person::all(writer.db())?;
    if !people.iter().all(|named| members.iter().any(|member| member.person == *named)) {
        return Err(refused(
            "Somebody who is named is not a person of this desk. Name people who can open it.",
        ));
    }
    // Whoever answers for the desk leaves herself out where she is involved (R17), and is shut out by nobody else.
    let answers = |member: &&Person| member.right.answers_for_the_desk();
    let is_kept_from_all = !members.iter().filter(answers).any(|member| people.contains(&member.person));
    if is_kept_from_all && writer.author()?.right == Right::Deputy {
        return Err(refused("No lead or senior would open it. Name at least one of them as well."));
    }
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    let entry = writer.append(&Entry::ConcernRestricted { concern, people, reason: reason.clone() })?;
    Ok(Saved { entries: vec![entry], ..Saved::default() })
}

/// The same for a concern of which it is put right that it is about staff.
pub(super) fn where_corrected(writer: &mut Writer, concern: ConcernId, case: &Case) -> Result<Saved> {
    if !case.is_about_staff() || restriction::is_restricted(writer.db(), concern)? {
        return Ok(Saved::default());
    }
    keep(writer, concern, &case.part1)
}

/// The same for one of which it was decided, by its categories.
pub(super) fn where_decided(writer: &mut Writer, concern: ConcernId) -> Result<Saved> {
    let case = concern::get(writer.db(), &writer.reader()?, concern)?.case();
    where_corrected(writer, concern, &case)
}

fn refused(sentences: &str) -> Error {
    Error::Refused(sentences.to_owned())
}

#[cfg(test)]
mod tests {
    use super::named_by_rule;
    use crate::domain::ids::PersonId;
    use crate::domain::person::{Person, Right};

    fn named(members: &[(&str, Right)], subject: &str) -> Vec<String> {
        let member = |(name, right): &(&str, Right)| Person {
            person: PersonId::from_name(name),
            name: (*name).into(),
            role: "Colleague".into(),
            signing_key: String::new(),
            recipient: None,
            right: *right,
        };
        let members: Vec<Person> = members.iter().map(member).collect();
        named_by_rule(&members, subject).into_iter().map(|person| person.name.to_string()).collect()
    }

    #[test]
    fn leads_are_named_unless_it_may_be_about_them() {
        let (lead, senior) = (Right::Lead, Right::Senior);
        let desk =
            [("Amina Khan", lead), ("Grace Osei", lead), ("Kit Moss", senior), ("Tom Reed", Right::Deputy)];
        assert_eq!(named(&desk, "Sam Field"), ["Amina Khan", "Grace Osei"]);
        assert_eq!(named(&desk, ""), ["Amina Khan", "Grace Osei"]);
        assert_eq!(named(&desk, "Mrs Amina Khan"), ["Grace Osei"]);
        assert_eq!(named(&desk, "Amena Khan"), ["Grace Osei"], "as somebody misspells it");
        assert_eq!(named(&desk[..1], "Amina Khan"), ["Amina Khan"], "somebody must be able to act");
        assert_eq!(named(&[desk[0], desk[2], desk[3]], "Khan, Amina"), ["Kit Moss"]);
        assert_eq!(named(&desk[2..3], "Kit Moss"), ["Kit Moss"], "in a cabinet without leads");
    }
}
