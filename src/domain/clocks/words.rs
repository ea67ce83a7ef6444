//! A follow-up made of a row of the data: by which rule, from which source, and how its time was worked out.

use chrono::{DateTime, NaiveTime, SubsecRound as _, Utc};

use super::super::deadline::Deadline;
use super::super::follow_up::FollowUp;
use super::super::moment::{Moment, from_london, short_day};
use super::super::source;
use super::super::text::{Text, capital};
use super::super::working_time::{Span, due_days};

/// Set from a moment on.
pub fn set(deadline: &Deadline, from: DateTime<Utc>) -> FollowUp {
    set_since(deadline, from, &deadline.from)
}

/// Counted from something else than the data says: from `since`, in words.
pub(super) fn set_since(deadline: &Deadline, from: DateTime<Utc>, since: &str) -> FollowUp {
    let from = from.trunc_subsecs(0);
    let due = deadline.due(from);
    let latest = deadline.at_most.map(|at_most| at_most.from(from));
    FollowUp { due, latest, note: Text::from(counted(deadline, from, since)), ..of(deadline) }
}

/// For one school of those that are told.
pub(super) fn to_tell(due: &FollowUp, school: Text) -> FollowUp {
    // The school first: a row that is cut must not read as that of another school.
    let what = Text::from(format!("{}: tell its safeguarding lead", school.one_line()));
    FollowUp { what, about: school, ..due.clone() }
}

/// What the data says of it, without a time.
pub(super) fn of(deadline: &Deadline) -> FollowUp {
    FollowUp {
        what: Text::from(deadline.what.as_str()),
        who: Text::from(deadline.who.as_str()),
        deadline: Text::from(deadline.id.as_str()),
        rule: Text::from(cited(deadline)),
        ..FollowUp::default()
    }
}

/// `D4, D5: millbrookprimary.org.uk/…`; the edition, where there is no source.
fn cited(deadline: &Deadline) -> String {
    let read: Vec<String> = deadline.sources.iter().map(source::in_short).collect();
    let read = if read.is_empty() { deadline.edition.clone() } else { read.join("; ") };
    format!("{}: {read}", deadline.rules.join(", "))
}

/// `Within one working day from the referral, Fri 20 Nov 2026 16:40; bank holidays are allowed for.`, and whatever else
/// there is to know of the time.
fn counted(deadline: &Deadline, from: DateTime<Utc>, since: &str) -> String {
    let span = deadline.within;
    let begun = begun(from);
    let mut said = vec![format!("{} from {since}, {begun}; {}.", capital(&span.to_string()), passing(span))];
    if let Span::Days(days) = span {
        let both = due_days(begun.date(), days);
        let [calendar, working] = [both.calendar, both.working].map(short_day);
        said.push(format!("By the calendar that is {calendar}, and in working days {working}."));
    }
    if let Some(last) = deadline.at_most {
        let latest = short_day(Moment::At(last.from(from)).date());
        said.push(format!("At the very latest {latest}."));
    }
    if !deadline.stated {
        said.push(format!("No source gives this time: {}.", proposed(deadline)));
    }
    said.extend(span.warning(from));
    said.join(" ")
}

/// The day alone where that is what was told.
fn begun(from: DateTime<Utc>) -> Moment {
    let date = Moment::At(from).date();
    let is_first_minute = from == from_london(date.and_time(NaiveTime::MIN));
    if is_first_minute { Moment::Date(date) } else { Moment::At(from) }
}

fn passing(span: Span) -> &'static str {
    match span {
        Span::Hours(_) => "nights and weekends count",
        Span::Days(_) | Span::Months(_) => "weekends count",
        Span::WorkingDays(_) | Span::CloseOfWorkingDay | Span::CloseOfNextWorkingDay => {
            "bank holidays are allowed for"
        }
    }
}

/// Of what was read nowhere the edition says so.
fn proposed(deadline: &Deadline) -> &str {
    if deadline.sources.is_empty() { &deadline.edition } else { "it is the desk's own proposal" }
}
