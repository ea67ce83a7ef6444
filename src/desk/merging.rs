//! What may be said of two children who are alike: that they are one, that they are two, and, of two who were read as
//! one, that they are two after all. Each is one entry with its reason.

use super::act::{Saved, one, reasoned, refused};
use super::clocking;
use crate::cabinet::table::{child, merged};
use crate::cabinet::{Result, Writer};
use crate::domain::entry::Entry;
use crate::domain::ids::ChildId;
use crate::domain::text::Text;

/// Nobody is entered more often; a chronology is read under all of its numbers at once.
const MOST_NUMBERS: usize = 64;

/// From here on `child` is read as `into`. Both stand for themselves until then: whoever was merged meanwhile, at
/// another desk perhaps, is looked at again first. So there is no chain that leads back to where it began.
pub(super) fn merge(writer: &mut Writer, child: ChildId, into: ChildId, reason: &Text) -> Result<Saved> {
    reasoned(reason, "Say how you know that they are one child.")?;
    if child == into {
        return Err(refused("That is one child and not two. Choose another one to merge with."));
    }
    for number in [child, into] {
        child::get(writer.db(), number)?;
        if merged::into_whom(writer.db(), number)?.is_some() {
            return Err(refused(if merged::kept(writer.db(), child)? == merged::kept(writer.db(), into)? {
                "They are read as one child already. There is nothing to merge."
            } else {
                "One of them has been merged with another child meanwhile. Look at them again before you merge."
            }));
        }
    }
    if merged::numbers(writer.db(), child)?.len() + merged::numbers(writer.db(), into)?.len() > MOST_NUMBERS {
        return Err(refused(
            "So many entries are hardly one child. Part those that are not, and then merge again.",
        ));
    }
    let mut saved = one(writer, &Entry::ChildrenMerged { child, into, reason: reason.clone() })?;
    saved.and(clocking::of_child(writer, into)?);
    Ok(saved)
}

/// They are two again, each with what was recorded under their own number.
pub(super) fn part(writer: &mut Writer, child: ChildId, reason: &Text) -> Result<Saved> {
    reasoned(reason, "Say how you know that they are two children.")?;
    child::get(writer.db(), child)?;
    let from = merged::into_whom(writer.db(), child)?
        .ok_or_else(|| refused("This child is not merged with another. There is nothing to part."))?;
    one(writer, &Entry::ChildrenParted { child, from, reason: reason.clone() })
}

/// They are alike and are two, and nobody asks again.
pub(super) fn tell_apart(
    writer: &mut Writer,
    child: ChildId,
    other: ChildId,
    reason: &Text,
) -> Result<Saved> {
    reasoned(reason, "Say how you know that they are two children.")?;
    let kept = |child| child::kept(writer.db(), child);
    if kept(child)?.id == kept(other)?.id {
        return Err(refused("They are read as one child. Part them on their own screen instead."));
    }
    one(writer, &Entry::ChildrenToldApart { child, other, reason: reason.clone() })
}
