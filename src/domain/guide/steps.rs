//! The steps of every concern.

use chrono::{DateTime, Utc};

use super::{Opens, Stands, Step, about_danger, baby, clock};
use crate::domain::case::{Case, Running};
use crate::domain::category;
use crate::domain::concern::About;
use crate::domain::decision::{Course, Decision, DecisionKind, Sharing};
use crate::domain::gate;
use crate::domain::part2::{Section, SectionKind};
use crate::domain::rule;
use crate::domain::text::Text;
use crate::domain::triage::State;
use crate::domain::working_time;

/// The form of Part 2 and the flow chart, for what no rule has.
const FLOW_CHART: &str = "S3:421-443 · S3, 2023-2024";
const FORM: &str = "S3:514-554 · S3, 2023-2024";
/// D4, D5.
const DECISION_DUE: &str = "D4, D5 · KCSIE, quoted by pages of 2023 to 2025";

impl Step {
    /// One that can be answered and is not.
    pub(super) fn new(opens: Opens, asks: impl Into<String>, why: impl Into<String>, cited: String) -> Self {
        let (asks, why) = (asks.into(), why.into());
        let (stands, says, demands) = (Stands::Now, String::new(), Vec::new());
        Self { opens, asks, why, cited, stands, says, is_overdue: false, demands }
    }

    /// Done with this answer, where there is one.
    pub(super) fn done(self, says: Option<String>) -> Self {
        match says {
            Some(says) => Self { stands: Stands::Done, says, ..self },
            None => self,
        }
    }

    /// Later, where it waits for something and is not done.
    pub(super) fn after(self, waits_for: Option<&str>) -> Self {
        match waits_for {
            Some(says) if self.stands == Stands::Now => {
                Self { stands: Stands::Later, says: says.to_owned(), ..self }
            }
            Some(_) | None => self,
        }
    }

    /// Not needed, where there is a reason and it is not done.
    pub(super) fn not_needed(self, because: Option<&str>) -> Self {
        match because {
            Some(says) if self.stands != Stands::Done => {
                Self { stands: Stands::NotNeeded, says: says.to_owned(), ..self }
            }
            Some(_) | None => self,
        }
    }
}

/// What some rules say, one after the other.
pub(super) fn says(rules: &[u8]) -> String {
    rules.iter().filter_map(|number| rule::get(*number)).map(|rule| rule.says).collect::<Vec<_>>().join(" ")
}

pub(super) fn cited(rules: &[u8]) -> String {
    let cited = rules.iter().filter_map(|number| rule::get(*number)).map(rule::Rule::cited);
    cited.collect::<Vec<_>>().join("; ")
}

/// Answered with yes it is asked again, until the answer is no.
pub(super) fn danger(case: &Case) -> Step {
    let step = Step::new(Opens::Danger, about_danger(&case.part1), says(&[1]), cited(&[1]));
    match case.danger() {
        Some(danger) if danger.in_danger => Step { says: format!("yes, {}: is it over?", danger.at), ..step },
        Some(danger) => step.done(Some(format!("no, {}", danger.at))),
        None => step,
    }
}

/// When it came, what it is about and how serious it is.
pub(super) fn seriousness(case: &Case) -> Vec<Step> {
    let mut steps = vec![
        section(case, SectionKind::Received, "When did it reach you, and from whom?", FORM),
        categories(case),
    ];
    steps.extend(parts(case));
    let why = "As your partnership's threshold document says. Every change stands in the chronology with its reason.";
    let level = Step::new(
        Opens::Decision(DecisionKind::Level),
        "How serious is it?",
        why,
        "D34, S3:443 · S3, 2023-2024".to_owned(),
    );
    steps
        .push(level.done(case.level().map(|level| format!("{}: {}", level.name(), level.reason.one_line()))));
    steps
}

fn categories(case: &Case) -> Step {
    let named = category::names(case.categories());
    let step =
        Step::new(Opens::Decision(DecisionKind::Categories), "What is it about?", says(&[29]), cited(&[29]));
    let step = Step { demands: category::demands_of(case.categories()), ..step };
    match case.latest(DecisionKind::Categories) {
        Some(_) => step.done(Some(named)),
        // The reporter's word is where she begins.
        None if named.is_empty() => step,
        None => Step { says: format!("the report says: {named}"), ..step },
    }
}

/// A part for each child, where there are several or it is between children (R25).
fn parts(case: &Case) -> Vec<Step> {
    let children = &case.part1.children;
    if children.is_empty() || (children.len() == 1 && !is_between_children(case)) {
        return Vec::new();
    }
    let part = |(position, child): (u32, &Text)| {
        let asks = format!("What is the part of {} in it?", child.one_line());
        Step::new(Opens::PartOf(position), asks, says(&[25]), cited(&[25])).done(part_of(case, position))
    };
    (0..).zip(children.iter().map(|child| &child.name)).map(part).collect()
}

/// Whether a category asks for the parts of children.
fn is_between_children(case: &Case) -> bool {
    category::demands_of(case.categories()).iter().any(|demand| demand.rule == Some(25))
}

fn part_of(case: &Case, position: u32) -> Option<String> {
    case.decisions.iter().rev().find_map(|(_, decision)| match decision {
        Decision::PartOfChild(of) if of.position == position => Some(of.part.label().to_owned()),
        _ => None,
    })
}

/// Advice, and what the parents are told.
pub(super) fn consulting(case: &Case) -> Vec<Step> {
    let why = "Usually with the lead of the body that commissions you, or with the duty team. It can be asked without names.";
    let advice = Step::new(
        Opens::Section(SectionKind::Advice),
        "Whom did you ask, and what was advised?",
        why,
        format!("{FLOW_CHART}; {}", cited(&[32])),
    );
    let is_advice = |section: &Section| match section {
        Section::Advice(advice) => gate::reached_somebody(advice),
        _ => false,
    };
    let given = case.sections.iter().rev().map(|(_, section)| section).find(|section| is_advice(section));
    let mut steps = vec![advice.done(given.map(in_short))];
    if case.part1.about != About::Adult {
        steps.push(parents(case));
    }
    steps
}

/// R3 where illness may be made up; otherwise R4 and R5.
fn parents(case: &Case) -> Step {
    let fabricated = case.is_about("fabricated-illness");
    let rules: &[u8] = if fabricated { &[3] } else { &[5, 4] };
    let step =
        Step::new(Opens::Section(SectionKind::Parents), "Were the parents told?", says(rules), cited(rules));
    let waits = (fabricated && !case.has(SectionKind::Advice)).then_some("first: advice");
    step.done(written(case, SectionKind::Parents)).after(waits)
}

/// Not referring needs reasons as much as referring does (D2), and no consent is needed for it (R6).
pub(super) fn course(case: &Case, now: DateTime<Utc>) -> Step {
    let about = case.part1.about;
    let reasons = "Not referring needs reasons as much as referring does.";
    // The rule on consent (R6) is about children.
    let (why, rules): (_, &[u8]) = match about {
        About::Child | About::Staff => {
            (format!("Refer, early help, or support and monitoring. {reasons} {}", says(&[6])), &[6, 21])
        }
        About::Adult => (format!("Refer, other help, or support and monitoring. {reasons}"), &[21]),
    };
    let step = Step::new(
        Opens::Decision(DecisionKind::Course),
        "Still concerned? What is done about it?",
        why,
        format!("D2, {FLOW_CHART}; {}", cited(rules)),
    );
    let taken =
        case.course().map(|taken| format!("{}: {}", taken.course.label_for(about), taken.reasons.one_line()));
    let is_judged = case.latest(DecisionKind::Categories).is_some() && case.level().is_some();
    let waits =
        (!is_judged && !baby::applies(case, now)).then_some("first: what it is about, how serious it is");
    step.done(taken).after(waits)
}

/// What follows from the course.
pub(super) fn following(case: &Case, now: DateTime<Utc>) -> Vec<Step> {
    let action = section(case, SectionKind::Action, "What has been done, and by whom?", FORM);
    let shares = Step::new(
        Opens::Decision(DecisionKind::Sharing),
        "What was shared, with whom, and why?",
        says(&[22, 35]),
        cited(&[22, 35]),
    );
    let waits = case.course().is_none().then_some("first: what is done about it");
    let mut steps = vec![action.after(waits), shares.done(last_shared(case)).after(waits)];
    // Told of every concern, whatever else is done about it (R20).
    steps.extend(on_roll(case));
    steps.push(outcome(case, now).after(waits));
    steps
}

fn shared(case: &Case) -> impl Iterator<Item = &Sharing> {
    case.decisions.iter().rev().filter_map(|(_, decision)| match decision {
        Decision::Sharing(sharing) => Some(sharing),
        _ => None,
    })
}

fn last_shared(case: &Case) -> Option<String> {
    let last = shared(case).next()?;
    let verb = if last.is_shared { "shared with" } else { "not shared with" };
    Some(format!("{verb} {}", last.with.one_line()))
}

/// Each school at which a child is on roll, where that is another than this (R20).
fn on_roll(case: &Case) -> impl Iterator<Item = Step> {
    let step = |(place, school): (usize, Text)| {
        let asks = format!("On-roll school told? {}", school.one_line());
        let told = shared(case)
            .find(|sharing| case.tells(sharing, &school))
            .map(|sharing| format!("told: {}", sharing.with.one_line()));
        let ever = || case.ever_to_tell(&school).filter(|_| !case.is_to_tell(&school));
        let answered = ever().any(|set| set.is_answered).then(|| "answered".to_owned());
        Step::new(Opens::OnRollSchool(place), asks, says(&[20]), cited(&[20]))
            .done(told.or(answered))
            .not_needed(clock::let_go(ever()).as_deref())
    };
    case.schools_elsewhere().into_iter().enumerate().map(step)
}

fn outcome(case: &Case, now: DateTime<Utc>) -> Step {
    let why = "A social worker says within one working day what happens next. If nothing is heard, ask.";
    let step = Step::new(
        Opens::Section(SectionKind::Outcome),
        "What came of it, and who told you?",
        why,
        DECISION_DUE.to_owned(),
    );
    let awaited = case.running.iter().find(|running| running.deadline.as_str() == clock::DECISION);
    let says = |running: &Running| format!("awaited: {}", working_time::left(running.due, now));
    // Once its time is past, nobody waits for it: she asks.
    let step = match awaited.filter(|running| running.due <= now) {
        Some(late) => Step { says: says(late), ..step },
        None => step,
    };
    let awaited = awaited.filter(|running| running.due > now).map(says);
    let not_referred = case.course().is_some_and(|taken| taken.course == Course::Monitor);
    step.done(written(case, SectionKind::Outcome))
        .after(awaited.as_deref())
        .not_needed(not_referred.then_some("nothing was referred"))
}

/// The reply, the papers, the signature, and the end.
pub(super) fn ending(case: &Case) -> Vec<Step> {
    let why = "That it has arrived and is being acted on, and thanks; no more than they need to know.";
    let replied = case.latest(DecisionKind::Replied).and_then(|decision| match decision {
        Decision::Replied(replied) => Some(format!("{}, {}", replied.to.one_line(), replied.at)),
        _ => None,
    });
    let reply = Step::new(
        Opens::Decision(DecisionKind::Replied),
        "What do you say to whoever reported it?",
        why,
        cited(&[19]),
    );
    let undecided = case.course().is_none().then_some("first: what is done about it");
    let papers = [
        section(case, SectionKind::FileCommenced, "Is a file to be commenced, and why?", FORM),
        Step::new(
            Opens::Section(SectionKind::FurtherInformation),
            "Where is more kept, originals too?",
            says(&[12]),
            cited(&[12]),
        )
        .done(written(case, SectionKind::FurtherInformation)),
    ];
    let mut steps = vec![reply.done(replied)];
    steps.extend(papers.map(|step| step.after(undecided)));
    steps.extend([sign(case), close(case)]);
    steps
}

fn sign(case: &Case) -> Step {
    let is_missing =
        |kind: &SectionKind| *kind != SectionKind::Signed && case.needs(*kind) && !case.has(*kind);
    let empty = SectionKind::ALL.into_iter().filter(is_missing);
    let empty: Vec<&str> = empty.map(SectionKind::label).collect();
    let waits = (!empty.is_empty()).then(|| format!("first: {}", empty.join(", ")));
    let why = "Signing closes Part 2; whatever comes later is marked as added after it.";
    Step::new(Opens::Section(SectionKind::Signed), "Is Part 2 complete? Sign it.", why, FORM.to_owned())
        .done(written(case, SectionKind::Signed))
        .after(waits.as_deref())
}

fn close(case: &Case) -> Step {
    let closed = case.latest(DecisionKind::Closed).filter(|_| case.state == State::Closed);
    let closed = closed.and_then(|decision| match decision {
        Decision::Closed(closed) => Some(closed.reason.one_line()),
        _ => None,
    });
    let waits = if !case.has(SectionKind::Signed) {
        Some("first: Part 2 is signed")
    } else if case.running.iter().any(|running| running.deadline.as_str() != "review") {
        Some("first: what is still due")
    } else {
        None
    };
    let asks = match case.part1.about {
        About::Child | About::Staff => "Is it over for the child? Close it.",
        About::Adult => "Is it over for the adult? Close it.",
    };
    Step::new(Opens::Closing, asks, says(&[21, 31]), cited(&[21, 31])).done(closed).after(waits)
}

/// A section of Part 2 under the form's own question.
fn section(case: &Case, kind: SectionKind, asks: &str, from: &str) -> Step {
    Step::new(Opens::Section(kind), asks, kind.question(), from.to_owned()).done(written(case, kind))
}

/// What was last written in a section.
pub(super) fn written(case: &Case, kind: SectionKind) -> Option<String> {
    let mut latest = case.sections.iter().rev().map(|(_, section)| section);
    latest.find(|section| section.kind() == kind).map(in_short)
}

fn in_short(section: &Section) -> String {
    match section {
        Section::Received(received) => format!("{}, from {}", received.at, received.from.one_line()),
        Section::Advice(advice) => {
            let whom =
                [&advice.name, &advice.role, &advice.organisation].into_iter().find(|text| !text.is_blank());
            format!("{}: {}", whom.map(Text::one_line).unwrap_or_default(), advice.advice.one_line())
        }
        Section::Action(action) => action.what.one_line(),
        Section::Parents(parents) => {
            let answer = if parents.informed { "yes" } else { "no" };
            format!("{answer}: {}", parents.reasons.one_line())
        }
        Section::Outcome(outcome) => format!("{}: {}", outcome.from.one_line(), outcome.text.one_line()),
        Section::FurtherInformation(further) => further.text.one_line(),
        Section::FileCommenced(file) => {
            format!("{}: {}", if file.commence { "yes" } else { "no" }, file.why.one_line())
        }
        Section::Signed(signature) => signature.name.one_line(),
    }
}
