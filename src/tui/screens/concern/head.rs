//! The head of a concern: what has to be seen before anything is read. Danger first, then how serious it is, what is
//! done, and the nearest clock.

use chrono::{DateTime, Utc};
use ratatui::style::Style;

use super::view::{key_of, who};
use super::{Likely, unlinked};
use crate::cabinet::table::concern::Concern;
use crate::domain::allegation::Threshold;
use crate::domain::case::{Case, Running};
use crate::domain::category;
use crate::domain::decision::{Danger, Decision};
use crate::domain::emergency;
use crate::domain::guide;
use crate::domain::level;
use crate::domain::moment::{Moment, short_day};
use crate::domain::text::sentence;
use crate::domain::triage::{State, Urgency};
use crate::domain::working_time::{self, DueState};
use crate::tui::keymap::Action;
use crate::tui::layer::Cx;

/// D13, D15.
const STAFF: &str = "About staff: ring the LADO within a working day, before you speak to the person.";

/// Whom it is about, as in the inbox.
pub(in crate::tui::screens) fn named(concern: &Concern) -> String {
    let row = &concern.row;
    match format!("{} {}", row.named.one_line(), row.form.one_line()).trim() {
        "" => format!("({})", row.about.label()),
        named => named.to_owned(),
    }
}

/// The last answer to the question about danger, with its time.
pub(in crate::tui::screens) fn danger(concern: &Concern) -> Option<String> {
    last_danger(concern).map(in_words)
}

/// Whether the last answer was yes: it is not over until somebody says how they know.
pub(in crate::tui::screens) fn is_in_danger(concern: &Concern) -> bool {
    last_danger(concern).is_some_and(|danger| danger.in_danger)
}

fn last_danger(concern: &Concern) -> Option<&Danger> {
    concern
        .decisions()
        .filter_map(|(_, decision)| match decision {
            Decision::Danger(danger) => Some(danger),
            _ => None,
        })
        .last()
}

fn in_words(danger: &Danger) -> String {
    format!("{}, {}", if danger.in_danger { "yes" } else { "no" }, danger.at)
}

/// From so many rows on there is room for what the level means (D34).
const ROOM_FOR_MEANING: u16 = 34;

/// A line each; `rows` is how many the whole screen has.
pub(super) fn lines(
    concern: &Concern,
    case: &Case,
    likely: &Likely,
    rows: u16,
    cx: &Cx,
) -> Vec<(String, Style)> {
    let (row, theme) = (&concern.row, &cx.theme);
    let title = format!(
        "Concern {}: {}, {}, {}",
        row.concern,
        named(concern),
        row.urgency.label(),
        row.state.label()
    );
    let mut head = vec![(title, theme.title)];
    let danger = last_danger(concern);
    match danger {
        Some(danger) if danger.in_danger => head.push((danger_now(danger, cx), theme.danger)),
        None if row.state != State::Closed => head.push((not_answered(concern, cx), theme.danger)),
        Some(_) | None => {}
    }
    let calm =
        danger.filter(|danger| !danger.in_danger).map(|danger| format!("In danger: {}", in_words(danger)));
    let stands = calm.into_iter().chain(standing(case, cx.now)).collect::<Vec<_>>().join(" · ");
    if !stands.is_empty() {
        head.push((stands, theme.text));
    }
    if rows >= ROOM_FOR_MEANING {
        head.extend(level_means(case).map(|text| (text, theme.dim)));
    }
    if !case.categories().is_empty() {
        head.push((format!("About: {}", category::names(case.categories())), theme.text));
    }
    // Below the threshold it is not for the designated officer (D16).
    if case.is_about_staff() && !case.threshold().is_some_and(Threshold::is_low_level) {
        head.push((STAFF.to_owned(), theme.warn));
    }
    if let Some(restriction) = &concern.restriction {
        let reason = sentence(&restriction.reason);
        head.push((format!("Restricted to {}. {reason}", restriction.who()), theme.warn));
    }
    head.extend(closed(concern, cx).map(|text| (text, theme.mark)));
    head.extend(which_child(concern, likely, cx).map(|text| (text, theme.warn)));
    head
}

/// Why nothing more is done, until when, and that it can be.
fn closed(concern: &Concern, cx: &Cx) -> Option<String> {
    let (line, closed) = concern.closed()?;
    let (on, review) = (Moment::At(line.recorded_at).date(), short_day(closed.review));
    let key = key_of(cx, Action::CloseConcern);
    let reason = sentence(&closed.reason.one_line());
    Some(format!("Closed {}; looked at again {review}; {key} reopens it. {reason}", short_day(on)))
}

fn danger_now(danger: &Danger, cx: &Cx) -> String {
    let key = key_of(cx, Action::Danger);
    format!("In danger: {}. Ring {} first; {key} when it is over.", in_words(danger), emergency::NUMBER)
}

fn not_answered(concern: &Concern, cx: &Cx) -> String {
    let asks = match concern.row.urgency {
        Urgency::Danger => format!("In danger now, says the report: ring {} first.", emergency::NUMBER),
        Urgency::Soon | Urgency::Routine => {
            format!("{} Not answered yet.", guide::about_danger(&concern.part1))
        }
    };
    let key = key_of(cx, Action::Danger);
    if cx.may_record() { format!("{asks} {key} answers.") } else { asks }
}

/// The level, what is done, and the nearest clock, as far as they are known.
fn standing(case: &Case, now: DateTime<Utc>) -> Vec<String> {
    let level = case.level().map(crate::domain::decision::Level::name);
    let course = case.course().map(|taken| taken.course.label_for(case.part1.about).to_owned());
    let clock = case.running.first().map(|running| clock(running, now));
    [level, course, clock].into_iter().flatten().collect()
}

/// `Level 2: what the threshold document says of it.`
fn level_means(case: &Case) -> Option<String> {
    let level = level::by_id(case.level()?.level)?;
    Some(format!("{}: {}", level.name, level.means))
}

/// `due Mon 30 Nov 17:00: Local authority's decision`.
fn clock(running: &Running, now: DateTime<Utc>) -> String {
    let due = match working_time::state(running.due, now) {
        DueState::Coming => "due ",
        DueState::Today | DueState::Overdue => "",
    };
    format!("{due}{}: {}", working_time::left(running.due, now), running.what.one_line())
}

/// The question for the first child of whom it is not settled who they are.
fn which_child(concern: &Concern, likely: &Likely, cx: &Cx) -> Option<String> {
    let named = concern.part1.children.get(unlinked(concern)?)?.name.one_line();
    let key = key_of(cx, Action::Link);
    Some(match likely {
        Likely::NotAsked | Likely::Asked => format!("Which child is \"{named}\"? {key} answers."),
        Likely::Known(likely) => match likely.first() {
            Some(first) => format!("Is \"{named}\" {}? {key} answers.", who(&first.child)),
            None => format!("Nobody on this desk is like \"{named}\". {key} says who it is."),
        },
    })
}
