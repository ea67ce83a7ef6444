//! Which child of the desk a reporter meant.
//!
//! An exact match links itself: the same folded name and the same date of birth. A near one asks. Where nobody
//! is like that, the desk gets to know a new child. The person at the desk can link differently at any time.

use std::collections::BTreeSet;

use super::act::{LinkTo, Saved};
use super::answer::{Alike, Candidate};
use super::finder::Finder;
use super::{clocking, restricting};
use crate::cabinet::table::child::{self, Child};
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::{concern, merged};
use crate::cabinet::{Db, Error, Result, Writer};
use crate::domain::case::CaseChild;
use crate::domain::category;
use crate::domain::child::{ChildDetails, LinkHow};
use crate::domain::clocks::Event;
use crate::domain::concern::{NamedChild, Part1};
use crate::domain::entry::{Entry, Source};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::text::Text;
use crate::domain::triage::Urgency;
use crate::search::{Agreement, names_agree};

/// How a child of the desk compares with a child who was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Exact,
    /// The same name; one of the dates of birth is not known.
    SameName,
    /// Nearly the same name, and nothing against it.
    NearName,
    /// The same name, but another date of birth.
    OtherBirthday,
}

impl Likeness {
    pub(super) fn of(known: &ChildDetails, named: &NamedChild) -> Option<Self> {
        let birthdays = known.date_of_birth.zip(named.date_of_birth).map(|(a, b)| a == b);
        match (agreement(known, &named.name), birthdays) {
            (Agreement::Same, Some(true)) => Some(Self::Exact),
            (Agreement::Same, None) => Some(Self::SameName),
            (Agreement::Same, Some(false)) => Some(Self::OtherBirthday),
            (Agreement::Near, Some(true) | None) => Some(Self::NearName),
            (Agreement::Near, Some(false)) | (Agreement::Different, _) => None,
        }
    }

    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Exact => "same name and date of birth",
            Self::SameName => "same name; a date of birth is not known",
            Self::NearName => "nearly the same name",
            Self::OtherBirthday => "same name, another date of birth",
        }
    }
}

/// By whichever of the child's names it is that agrees best.
pub(super) fn agreement(known: &ChildDetails, name: &Text) -> Agreement {
    known.names().map(|known| names_agree(known, name)).min().unwrap_or(Agreement::Different)
}

/// Children of the desk who may be meant, the likeliest first.
fn candidates(db: &Db, known: &Finder, named: &NamedChild) -> Result<Vec<(Likeness, Child)>> {
    let mut found = Vec::new();
    if named.is_not_known() {
        return Ok(found);
    }
    let like = known.children_like(&named.name, named.date_of_birth).into_iter().map(|hit| hit.id);
    for id in like.collect::<BTreeSet<ChildId>>() {
        // Of one who was entered twice, the entry that is likest: what is linked to it stays with it if they are parted.
        let mut entered = Vec::new();
        for number in merged::numbers(db, id)? {
            let child = child::get(db, number)?;
            entered.extend(Likeness::of(&child.details, named).map(|likeness| (likeness, child)));
        }
        found.extend(entered.into_iter().min_by_key(|(likeness, _)| *likeness));
    }
    found.sort_by_key(|(likeness, child)| (*likeness, child.id));
    Ok(found)
}

/// Of the children who are new with this very concern, and so not in the index yet: a report may name one twice.
fn named_above(above: &[Child], named: &NamedChild) -> impl Iterator<Item = (Likeness, Child)> {
    above.iter().filter_map(|child| Some((Likeness::of(&child.details, named)?, child.clone())))
}

/// What the desk decides by itself.
enum Sure {
    Known(ChildId),
    New,
    /// Somebody must look: nobody fits exactly, or several do, or nobody is named.
    Ask,
}

fn sure(named: &NamedChild, likely: &[(Likeness, Child)]) -> Sure {
    if named.is_not_known() {
        return Sure::Ask;
    }
    let mut exact = likely.iter().filter(|(likeness, _)| *likeness == Likeness::Exact);
    match (exact.next(), exact.next()) {
        (Some((_, child)), None) => Sure::Known(child.id),
        (None, _) if likely.is_empty() => Sure::New,
        _ => Sure::Ask,
    }
}

/// Takes a Part 1 in: the concern, and a link for each child that is certain or new.
pub(super) fn receive(
    writer: &mut Writer,
    finder: &mut Finder,
    part1: &Part1,
    source: Source,
) -> Result<Saved> {
    // Before anything is appended: what is not committed must not be in the index. All but the newest entries are
    // in it already, so that the other desk waits for little.
    let known = finder.ready(writer.db())?;
    let concern = writer.next_concern()?;
    let urgency = Urgency::of(part1, category::is_urgent);
    let received = Entry::ConcernReceived { concern, source, urgency, part1: Box::new(part1.clone()) };
    let mut saved =
        Saved { entries: vec![writer.append(&received)?], concern: Some(concern), ..Saved::default() };
    saved.and(restricting::about_staff(writer, concern, part1)?);
    let mut above = Vec::new();
    let mut who = Vec::new();
    for (position, child) in (0..).zip(&part1.children) {
        let mut likely = candidates(writer.db(), known, child)?;
        likely.extend(named_above(&above, child));
        let entries = &mut saved.entries;
        who.push(match sure(child, &likely) {
            Sure::Known(child) => {
                let how = LinkHow::Exact;
                let link = Entry::ChildLinked { concern, position, child, how, reason: Text::default() };
                entries.push(writer.append(&link)?);
                let known = likely.iter().find(|(_, known)| known.id == child);
                known.map(|(_, known)| case_child(&known.details)).unwrap_or_default()
            }
            Sure::New => {
                let details = ChildDetails::as_reported(child, part1.area.clone());
                let (id, appended) = link_new(writer, concern, position, &details, &Text::default())?;
                entries.extend(appended);
                let known = case_child(&details);
                above.push(Child::new(id, details));
                known
            }
            // The concern is listed with the question.
            Sure::Ask => {
                let name = child.name.clone();
                let likeliest = likely.into_iter().next().map(|likely| candidate(writer.db(), likely));
                saved.alike.extend(likeliest.transpose()?.map(|candidate| Alike::Named {
                    concern,
                    position,
                    name,
                    candidate: Box::new(candidate),
                }));
                CaseChild::default()
            }
        });
    }
    saved.and(clocking::arrived(writer, concern, part1, who)?);
    Ok(saved)
}

fn case_child(details: &ChildDetails) -> CaseChild {
    CaseChild { date_of_birth: details.date_of_birth, school: details.school.clone() }
}

fn link_new(
    writer: &mut Writer,
    concern: ConcernId,
    position: u32,
    details: &ChildDetails,
    reason: &Text,
) -> Result<(ChildId, [Seq; 2])> {
    let child = writer.next_child()?;
    let added = writer.append(&Entry::ChildAdded { child, details: details.clone() })?;
    let how = LinkHow::New;
    let linked =
        writer.append(&Entry::ChildLinked { concern, position, child, how, reason: reason.clone() })?;
    Ok((child, [added, linked]))
}

/// Says which child is meant. A link that is already there is only changed with a reason.
pub(super) fn link(
    writer: &mut Writer,
    concern: ConcernId,
    position: u32,
    to: LinkTo,
    reason: &Text,
) -> Result<Saved> {
    let whole = concern::get(writer.db(), &writer.reader()?, concern)?;
    let place = usize::try_from(position).unwrap_or(usize::MAX);
    let (Some(named), Some(linked)) = (whole.part1.children.get(place), whole.children.get(place)) else {
        return Err(Error::Refused("The concern names no such child. Open it again.".to_owned()));
    };
    if linked.is_some() && reason.is_blank() {
        return Err(Error::Refused("Say why it is another child than was thought.".to_owned()));
    }
    let entries = match to {
        LinkTo::New => {
            let details = ChildDetails::as_reported(named, whole.part1.area.clone());
            link_new(writer, concern, position, &details, reason)?.1.to_vec()
        }
        LinkTo::Known(child) => {
            child::get(writer.db(), child)?;
            let is_linked = linked.as_ref().map(|linked| same_child(writer.db(), linked.id, child));
            if is_linked.transpose()? == Some(true) {
                return Err(Error::Refused("The concern names this child already.".to_owned()));
            }
            let (how, reason) = (LinkHow::Chosen, reason.clone());
            vec![writer.append(&Entry::ChildLinked { concern, position, child, how, reason })?]
        }
    };
    let mut saved = Saved { entries, concern: Some(concern), ..Saved::default() };
    saved.and(clocking::follows(writer, concern, Event::Linked)?);
    Ok(saved)
}

fn same_child(db: &Db, one: ChildId, other: ChildId) -> Result<bool> {
    Ok(merged::kept(db, one)? == merged::kept(db, other)?)
}

/// The question "which child?", with its answers.
pub(super) fn answers(
    db: &Db,
    reader: &Reader,
    known: &Finder,
    concern: ConcernId,
    position: u32,
) -> Result<Vec<Candidate>> {
    let whole = concern::get(db, reader, concern)?;
    let place = usize::try_from(position).unwrap_or(usize::MAX);
    let Some(named) = whole.part1.children.get(place) else { return Ok(Vec::new()) };
    candidates(db, known, named)?.into_iter().map(|likely| candidate(db, likely)).collect()
}

/// As they are kept, whichever entry of theirs is meant.
fn candidate(db: &Db, (likeness, entered): (Likeness, Child)) -> Result<Candidate> {
    Ok(Candidate { child: child::kept(db, entered.id)?, why: likeness.why().to_owned() })
}
