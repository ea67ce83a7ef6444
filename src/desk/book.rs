//! The book keeps itself honest: numbers that were checked, and sources that were settled. Each is an entry.

use chrono::{DateTime, Utc};

use super::act::Saved;
use crate::cabinet::table::contact::{self, Contact};
use crate::cabinet::{Error, Result, Writer};
use crate::domain::contact::{Checked, ContactDetails};
use crate::domain::entry::Entry;
use crate::domain::ids::ContactId;
use crate::domain::moment::Moment;
use crate::domain::text::Text;

/// Why the book says something else after a check.
const RUNG: &str = "Rung from this desk, and reached.";

/// Whoever is at the desk has rung the number and reached whom they wanted.
pub(super) fn checked(
    writer: &mut Writer,
    id: ContactId,
    number: &Text,
    now: DateTime<Utc>,
) -> Result<Saved> {
    let mut details = standing(writer, id)?;
    let by = Text::from(writer.author()?.name.one_line());
    let on = Moment::At(now).date();
    let known = details.numbers.iter_mut().find(|known| known.number == *number);
    known.ok_or_else(|| Error::Refused(CHANGED.to_owned()))?.checked = Some(Checked { on, by });
    correct(writer, id, details, RUNG.into())
}

/// Sources that disagree, and which of them is right.
pub(super) fn settled(writer: &mut Writer, id: ContactId, says: &Text, how: &Text) -> Result<Saved> {
    if how.is_blank() {
        return Err(Error::Refused("Say how it was settled: what is right, and how you know.".to_owned()));
    }
    let mut details = standing(writer, id)?;
    let open =
        details.conflicts.iter_mut().find(|conflict| conflict.says == *says && conflict.settled.is_blank());
    open.ok_or_else(|| Error::Refused(CHANGED.to_owned()))?.settled = how.clone();
    correct(writer, id, details, how.clone())
}

/// Whoever is to be rung instead is in the book: a slip would leave nobody to ring at night.
pub(super) fn may_stand_in(writer: &Writer, details: &ContactDetails) -> Result<()> {
    for number in details.numbers.iter().filter(|number| !number.instead.is_blank()) {
        let wanted = number.instead.trim();
        let is_key =
            contact::with_keys(writer.db())?.iter().any(|known| known.details.key.as_str() == wanted);
        let is_known = || {
            let id = wanted.parse().ok()?;
            contact::get(writer.db(), id).ok().filter(|known| known.retired.is_blank())
        };
        if !is_key && is_known().is_none() {
            return Err(Error::Refused(format!(
                "Whom to ring instead of {} is not in the book. Give the number of their contact, which stands in it.",
                number.number.one_line()
            )));
        }
    }
    Ok(())
}

const CHANGED: &str = "Somebody has changed this contact meanwhile. Look at it again.";

fn standing(writer: &Writer, id: ContactId) -> Result<ContactDetails> {
    let Contact { details, retired, .. } = contact::get(writer.db(), id)?;
    if retired.is_blank() {
        return Ok(details);
    }
    Err(Error::Refused(
        "This contact is retired. Add it as a new contact if it is to be rung again.".to_owned(),
    ))
}

fn correct(writer: &mut Writer, contact: ContactId, details: ContactDetails, reason: Text) -> Result<Saved> {
    Ok(Saved::of(writer.append(&Entry::ContactCorrected { contact, details: Box::new(details), reason })?))
}
