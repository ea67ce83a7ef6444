//! What is decided about a concern, what is due, and what is true of a child for a time: the acts that record them.

use chrono::{DateTime, NaiveDate, Utc};

use super::act::{Saved, one, reasoned, refused};
use super::{clocking, restricting};
use crate::cabinet::table::{child, concern, flag, follow_up, merged};
use crate::cabinet::{Result, Writer};
use crate::domain::category;
use crate::domain::clocks::{self, Event};
use crate::domain::closing::Gap;
use crate::domain::concern::Part1;
use crate::domain::decision::{Closed, Course, Decision, Excused, Reopened};
use crate::domain::entry::{Entry, Subject};
use crate::domain::flag as known;
use crate::domain::follow_up::{FollowUp, NotDue, Step};
use crate::domain::ids::{ChildId, ConcernId, FollowUpId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::domain::triage::{State, Urgency};

pub(super) fn decide(writer: &mut Writer, concern: ConcernId, decision: &Decision) -> Result<Saved> {
    decision.check().map_err(refused)?;
    if let Decision::Categories(about) = decision {
        about.check_after(&concern::categories(writer.db(), concern)?).map_err(refused)?;
    }
    let state = concern::inbox_row(writer.db(), &writer.reader()?, concern)?.state;
    match (decision, state) {
        (Decision::Reopened(_), State::New | State::Open | State::Signed) => {
            return Err(refused("This concern is not closed. Open it again to see how it stands."));
        }
        (Decision::Closed(_), State::Closed) => {
            return Err(refused("This concern is closed already. Open it again to see why."));
        }
        (Decision::Closed(closed), _) => may_close(writer, concern, closed)?,
        _ => {}
    }
    let mut saved = match (decision, state) {
        // Nobody refers a concern and leaves it closed: it is reopened for the same reasons (R21).
        (Decision::Course(taken), State::Closed) if taken.course == Course::Refer => {
            decide(writer, concern, &Decision::Reopened(Reopened { reason: taken.reasons.clone() }))?
        }
        // Nor is a child in danger of whom nobody is reminded (R1).
        (Decision::Danger(danger), State::Closed) if danger.in_danger => {
            let reason = Text::from("Somebody is in danger now.");
            decide(writer, concern, &Decision::Reopened(Reopened { reason }))?
        }
        _ => Saved::default(),
    };
    let urgency = urgency(writer, concern, decision)?;
    saved.and(one(writer, &Entry::Decided { concern, decision: decision.clone(), urgency })?);
    saved.and(clocking::follows(writer, concern, Event::Decided(decision))?);
    if let Decision::Categories(_) = decision {
        saved.and(restricting::where_decided(writer, concern)?);
    }
    Ok(saved)
}

/// How urgent the concern is by what it is decided to be about, where that changes it.
pub(crate) fn urgency(writer: &Writer, concern: ConcernId, decision: &Decision) -> Result<Option<Urgency>> {
    let Decision::Categories(about) = decision else { return Ok(None) };
    let whole = concern::get(writer.db(), &writer.reader()?, concern)?;
    let part1 = Part1 { categories: about.categories.clone(), ..whole.standing() };
    let stands = whole.row.urgency;
    Ok(Some(stands.by_categories(&part1, category::is_urgent)).filter(|becomes| *becomes != stands))
}

/// It is looked at again, and not in the past (R21). What is missing is read anew, for another desk may have written since:
/// a reason stands for each gap, and for nothing else.
fn may_close(writer: &Writer, concern: ConcernId, closed: &Closed) -> Result<()> {
    if closed.review <= Moment::At(writer.now()).date() {
        return Err(refused("Choose a later day for the review: it is today or before."));
    }
    let gaps = concern::get(writer.db(), &writer.reader()?, concern)?.missing();
    let is_excused = |gap: &Gap| closed.excused.iter().any(|excused| *excused.missing == *gap.says);
    let is_missing = |excused: &Excused| gaps.iter().any(|gap| *excused.missing == *gap.says);
    if gaps.iter().all(is_excused) && closed.excused.iter().all(is_missing) {
        return Ok(());
    }
    Err(refused("What is missing is not what you have given reasons for. Go back and read the list again."))
}

/// Something is due about a concern or a child.
pub(super) fn set_follow_up(writer: &mut Writer, subject: Subject, due: &FollowUp) -> Result<Saved> {
    due.check().map_err(refused)?;
    match subject {
        Subject::Concern(concern) => {
            concern::inbox_row(writer.db(), &writer.reader()?, concern)?;
        }
        Subject::Child(child) => {
            child::get(writer.db(), child)?;
        }
    }
    let follow_up = writer.next_follow_up()?;
    one(writer, &Entry::FollowUpSet { follow_up, subject, due: due.clone() })
}

/// One step on with it. What is answered or dropped is moved no more: another is set.
pub(super) fn move_follow_up(
    writer: &mut Writer,
    follow_up: FollowUpId,
    step: &Step,
    now: DateTime<Utc>,
) -> Result<Saved> {
    step.check().map_err(refused)?;
    if matches!(step, Step::Postponed { to, .. } if *to <= now) {
        return Err(refused(NotDue::Past));
    }
    let due = follow_up::get(writer.db(), &writer.reader()?, follow_up)?;
    if due.is_settled {
        return Err(refused("This has been answered already. Open its concern to see how."));
    }
    let (subject, what) = (due.subject, due.set.what.clone());
    let mut saved = one(writer, &Entry::FollowUpMoved { follow_up, subject, what, step: step.clone() })?;
    if let (Subject::Concern(concern), Some(overridden)) =
        (due.subject, clocks::beyond_the_last(&due.set, step))
    {
        let decision = Decision::Overridden(overridden);
        saved.and(one(writer, &Entry::Decided { concern, decision, urgency: None })?);
    }
    saved.and(clocking::moved(writer, &due, step)?);
    Ok(saved)
}

/// One that there is already is recorded by its id, whoever wrote it by hand.
pub(super) fn flag(
    writer: &mut Writer,
    child: ChildId,
    flag: &Text,
    from: NaiveDate,
    reason: &Text,
) -> Result<Saved> {
    reasoned(flag, "Say what is true of the child.")?;
    child::get(writer.db(), child)?;
    let flag = known::recorded(flag);
    let is_true = |known: &flag::Flagged| known.to.is_none() && known.flag == flag;
    if flag::of_child(writer.db(), child)?.iter().any(is_true) {
        return Err(refused("That is recorded already, and has not ended. Open the child again to see it."));
    }
    one(writer, &Entry::ChildFlagged { child, flag, from, reason: reason.clone() })
}

/// It has ended; the entry that said so stays under the number that it was written under.
pub(super) fn unflag(
    writer: &mut Writer,
    child: ChildId,
    flagged: Seq,
    to: NaiveDate,
    reason: &Text,
) -> Result<Saved> {
    reasoned(reason, "Say why it has ended.")?;
    let known = flag::of_child(writer.db(), child)?;
    let Some(known) = known.iter().find(|known| known.seq == flagged && known.to.is_none()) else {
        return Err(refused("That has ended already. Open the child again to see when."));
    };
    if to < known.from {
        return Err(refused("Choose a later day: it would end before it began."));
    }
    let child = flag::holder(writer.db(), flagged)?.unwrap_or(merged::kept(writer.db(), child)?);
    let (flag, reason) = (known.flag.clone(), reason.clone());
    one(writer, &Entry::ChildUnflagged { child, flagged, flag, to, reason })
}
