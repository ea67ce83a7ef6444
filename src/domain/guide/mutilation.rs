//! Where a concern is about female genital mutilation: is it known or suspected, and, where it is known, has the teacher who
//! found it told the police (D26, R28)? Nobody takes that over from them; the desk sees that it is done.

use chrono::{DateTime, Utc};

use super::steps::{cited, says};
use super::{Opens, Step};
use crate::domain::case::Case;
use crate::domain::decision::DecisionKind;
use crate::domain::discovery::{D26, MUTILATION};
use crate::domain::text::sentence;
use crate::domain::working_time::{self, DueState};

pub(super) fn steps(case: &Case, now: DateTime<Utc>) -> Vec<Step> {
    if !case.is_about(MUTILATION) && case.discovery().is_none() {
        return Vec::new();
    }
    vec![known(case), police(case, now)]
}

fn known(case: &Case) -> Step {
    let why = "Known is what the girl told, or what was seen; it is never looked for. What is only suspected goes the usual way.";
    let says = case.discovery().map(|known| format!("{}. {}", known.found.label(), sentence(&known.reason)));
    Step::new(
        Opens::Decision(DecisionKind::Discovery),
        "Is mutilation known, or suspected?",
        why,
        format!("{D26}; {}", cited(&[28])),
    )
    .done(says)
}

fn police(case: &Case, now: DateTime<Utc>) -> Step {
    let why = format!("{} Usually on 101. Ask whether they have, and write down the reference.", says(&[28]));
    let is_known = case.discovery().is_some_and(|discovery| discovery.found.is_known());
    let is_answered = case.ever_due(MUTILATION).any(|set| set.is_answered);
    let runs = case.running.iter().find(|running| running.deadline.as_str() == MUTILATION);
    let step =
        Step::new(Opens::Police, "Has the teacher told the police?", why, format!("{D26}; {}", cited(&[28])));
    let step = step.done(is_answered.then(|| "yes, as recorded".to_owned()));
    match runs {
        // How late it is goes before whoever owes it.
        Some(due) if working_time::state(due.due, now) == DueState::Overdue => {
            Step { says: due.who.one_line(), ..step }
        }
        Some(due) => {
            Step { says: format!("{}: {}", due.who.one_line(), working_time::left(due.due, now)), ..step }
        }
        None if is_known => step.not_needed(Some("due no longer, by your word")),
        None => step.not_needed(Some("it is suspected, and not known")),
    }
}
