//! What a concern sets going by itself, and what stops by itself: pure, of a [`Case`] as it stands after what happened.
//!
//! How long each clock runs is in `data/deadlines.toml`; here is when one begins. None begins twice for one concern,
//! but with a new referral, a new closing, or what is met or known after all: each of those is owed anew. What stops
//! by itself stops by an entry with its reason. Whatever is not certain is left to run: she answers it with one key.

mod words;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::allegation::Threshold;
use super::case::{Case, ON_ROLL, Running, is_of_school};
use super::concern::About;
use super::decision::{Closed, Course, CourseTaken, Decision, Overridden, Sharing};
use super::discovery::{Discovery, MUTILATION};
use super::field::{ChildField, CorrectedField};
use super::follow_up::{FollowUp, Step};
use super::guide::baby;
use super::moment::{Moment, from_london, short_day};
use super::part2::{Advice, Section};
use super::staff_route::Position;
use super::text::{Text, sentence};
use super::triage::State;
use super::working_time::Span;
use super::{deadline, gate};
pub use words::set;

const BABY: &str = "baby-referral";

/// What has just been recorded of a concern.
#[derive(Clone, Copy, Debug)]
pub enum Event<'e> {
    /// Part 1 came in.
    Arrived,
    /// It was settled who a child is: where they are on roll may be known by that.
    Linked,
    /// Part 1 was put right in what clocks hang on: whom it is about, or what.
    Corrected,
    /// A section of Part 2.
    Written(&'e Section),
    Decided(&'e Decision),
}

/// What follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// In this order: what stops comes before what takes its place.
    pub stopped: Vec<(Running, Step)>,
    pub set: Vec<FollowUp>,
}

/// When a clock that was set before is set again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    Never,
    /// What it asks is owed anew.
    UnlessRunning,
}

/// What follows from what has just been recorded; `case` holds it already.
pub fn turn(event: Event, case: &Case, now: DateTime<Utc>) -> Turn {
    let mut turn = Turn::default();
    turn.on_roll_elsewhere(case, event, now);
    match event {
        Event::Arrived | Event::Corrected => {
            if case.is_about_staff() {
                turn.begin(case, "lado", case.received_at, Again::Never);
            }
            turn.mutilation(case);
            turn.baby(case, now);
        }
        Event::Written(Section::Advice(advice)) if gate::is_of_lado(advice) => turn.lado_heard(case, advice),
        Event::Linked => turn.baby(case, now),
        Event::Written(_) => {}
        Event::Decided(decision) => turn.decided(case, decision, now),
    }
    turn
}

impl Turn {
    fn decided(&mut self, case: &Case, decision: &Decision, now: DateTime<Utc>) {
        match decision {
            Decision::Categories(_) => {
                self.called_an_allegation(case, now);
                self.baby(case, now);
                self.mutilation(case);
            }
            Decision::Course(taken) => self.course(case, taken, now),
            Decision::Threshold(threshold) => self.threshold(case, threshold, now),
            Decision::Discovery(discovery) => self.discovered(case, discovery, now),
            Decision::Sharing(sharing) => self.shared(case, sharing),
            Decision::Closed(closed) => self.closed(case, closed),
            Decision::Danger(_)
            | Decision::Level(_)
            | Decision::PartOfChild(_)
            | Decision::Overridden(_)
            | Decision::Allegation(_)
            | Decision::Replied(_)
            | Decision::Reopened(_) => {}
        }
    }

    /// By its row of the data, where that says how long it runs.
    fn begin(&mut self, case: &Case, id: &str, from: DateTime<Utc>, again: Again) {
        let runs = match again {
            Again::Never => case.was_due(id),
            Again::UnlessRunning => case.is_due(id),
        };
        if !runs {
            self.set.extend(deadline::by_id(id).map(|deadline| set(deadline, from)));
        }
    }

    /// Each school that a child is on roll at is told of every concern, whatever else is done (R20). What becomes known
    /// later than the concern itself is not overdue before anybody could know it.
    fn on_roll_elsewhere(&mut self, case: &Case, event: Event, now: DateTime<Utc>) {
        let Some(deadline) = deadline::by_id(ON_ROLL).filter(|_| case.state != State::Closed) else { return };
        let due = match event {
            Event::Arrived => set(deadline, case.received_at),
            _ => words::set_since(deadline, now, "when the school became known"),
        };
        let untold = case.schools_elsewhere().into_iter().filter(|school| !case.was_to_tell(school));
        self.set.extend(untold.map(|school| words::to_tell(&due, school)));
    }

    /// What was shared with a school is what was to be told it.
    fn shared(&mut self, case: &Case, sharing: &Sharing) {
        let schools = case.schools_elsewhere();
        let is_told = |running: &&Running| {
            let mut of_clock =
                schools.iter().filter(|school| is_of_school(&running.about, school)).peekable();
            of_clock.peek().is_some() && of_clock.all(|school| case.tells(sharing, school))
        };
        let to_tell = case.running.iter().filter(|running| running.deadline.as_str() == ON_ROLL);
        let text = Text::from(format!("Told, as recorded: {}", sentence(&sharing.what)));
        let step = Step::Answered { at: sharing.at, from: sharing.with.clone(), text };
        self.stopped.extend(to_tell.filter(is_told).map(|running| (running.clone(), step.clone())));
    }

    /// The teacher's own duty, which nobody takes over (D26, R28). Until somebody has said that it is only suspected, it
    /// is taken for known.
    fn mutilation(&mut self, case: &Case) {
        if case.is_about(MUTILATION)
            && case.discovery().is_none()
            && !case.was_due(MUTILATION)
            && let Some(deadline) = deadline::by_id(MUTILATION)
        {
            let told = case.part1.incident_at.map_or(case.received_at, |at| began(at, case.received_at));
            let since = "what was reported, until it is said when it was found";
            self.set
                .push(by_the_teacher(case, words::set_since(deadline, told.min(case.received_at), since)));
        }
    }

    /// A mark on a baby is referred the same day (R2).
    fn baby(&mut self, case: &Case, now: DateTime<Utc>) {
        if baby::applies(case, now) && case.course().is_none() {
            self.begin(case, BABY, case.received_at, Again::Never);
        }
    }

    /// What is known is due from when it was found, unless it was reported; what is only suspected is not.
    fn discovered(&mut self, case: &Case, discovery: &Discovery, now: DateTime<Utc>) {
        if !discovery.found.is_known() {
            let reason = Text::from(format!("Suspected, and not known: {}", sentence(&discovery.reason)));
            return self.stop(case, MUTILATION, &Step::Dropped { reason });
        }
        let Some(deadline) = deadline::by_id(MUTILATION) else { return };
        let due = set(deadline, began(discovery.at, now));
        let is_answered = case.ever_due(MUTILATION).any(|set| set.is_answered);
        let runs_so = case.is_due(MUTILATION) && case.ever_due(MUTILATION).any(|set| set.due == due.due);
        if !is_answered && !runs_so {
            let reason = Text::from(format!("Counted anew, from when it was found: {}.", discovery.at));
            self.stop(case, MUTILATION, &Step::Dropped { reason });
            self.set.push(by_the_teacher(case, due));
        }
    }

    /// Whoever has the designated officer's advice has told them, and has their answer (D13).
    fn lado_heard(&mut self, case: &Case, advice: &Advice) {
        let (from, text) = (Text::from(advice.whose()), advice.advice.clone());
        let step = Step::Answered { at: advice.at, from, text };
        self.stop(case, "lado", &step);
        self.stop(case, "lado-answer", &step);
    }

    fn course(&mut self, case: &Case, taken: &CourseTaken, now: DateTime<Utc>) {
        let from = began(taken.at, now);
        let referred = match taken.course {
            Course::Refer => {
                Step::Answered { at: taken.at, from: taken.to.clone(), text: taken.reasons.clone() }
            }
            Course::EarlyHelp | Course::Monitor => Step::Dropped { reason: taken.reasons.clone() },
        };
        self.stop(case, BABY, &referred);
        match taken.course {
            Course::Refer => self.referred(case, taken, from),
            // Somebody looks again whether it has become any better (R21).
            Course::EarlyHelp | Course::Monitor => self.begin(case, "review", from, Again::UnlessRunning),
        }
    }

    fn referred(&mut self, case: &Case, taken: &CourseTaken, from: DateTime<Utc>) {
        if taken.in_writing && case.is_due("marf") {
            let text = Text::from("The written form has gone.");
            self.stop(case, "marf", &Step::Answered { at: taken.at, from: taken.to.clone(), text });
            if case.is_due("la-decision") {
                // The form after the call, and no second referral: that one is still to be decided.
                return;
            }
        }
        let again = if case.referrals() > 1 { Again::UnlessRunning } else { Again::Never };
        self.begin(case, "la-decision", from, again);
        // The form is one of children's social care.
        if !taken.in_writing && case.part1.about != About::Adult {
            self.begin(case, "marf", from, again);
        }
        if !is_about_the_head(case) {
            self.begin(case, "chief-executive", from, again);
        }
        self.begin(case, "monitor", from, again);
    }

    /// Below the threshold nobody is waiting for the designated officer (D16); above it they are told, late or not.
    fn threshold(&mut self, case: &Case, threshold: &Threshold, now: DateTime<Utc>) {
        if threshold.limbs.is_empty() {
            let reason = Text::from("It does not meet the harm threshold: a low-level concern.");
            self.stop(case, "lado", &Step::Dropped { reason });
        } else if was_low_level(case) && !case.is_due("lado") {
            self.lado_after_all(case, now);
        } else {
            self.begin(case, "lado", now, Again::Never);
        }
    }

    /// What is called an allegation only now is the officer's from now on.
    fn called_an_allegation(&mut self, case: &Case, now: DateTime<Utc>) {
        if case.is_about_staff()
            && case.threshold().is_none()
            && !case.was_due("lado")
            && let Some(lado) = deadline::by_id("lado")
        {
            self.set.push(words::set_since(lado, now, "the decision that it is about staff"));
        }
    }

    /// A new time from the new decision, beside the one that was let go.
    fn lado_after_all(&mut self, case: &Case, now: DateTime<Utc>) {
        let Some(lado) = deadline::by_id("lado") else { return };
        let mut due = words::set_since(lado, now, "the decision that it meets the threshold");
        if let Some(first) = case.ever_due("lado").next() {
            let before = Moment::At(first.due);
            due.note = Text::from(format!("{} From its arrival it was due {before}.", due.note));
        }
        self.set.push(due);
    }

    /// The day that was set then takes the place of the one before.
    fn closed(&mut self, case: &Case, closed: &Closed) {
        let day = short_day(closed.review);
        let reason = Text::from(format!("Closed; it is looked at again on {day}."));
        self.stop(case, "review", &Step::Dropped { reason });
        let Some(review) = deadline::by_id("review") else { return };
        self.set.push(FollowUp {
            due: end_of(closed.review),
            note: Text::from(format!("On {day}: the day that was set when the concern was closed.")),
            ..words::of(review)
        });
    }

    fn stop(&mut self, case: &Case, id: &str, step: &Step) {
        let running = case.running.iter().filter(|running| running.deadline.as_str() == id);
        self.stopped.extend(running.map(|running| (running.clone(), step.clone())));
    }
}

/// A child who has left with concerns: their file follows them (D18). Which day they begin elsewhere nobody has said, and
/// it is not before they left.
pub fn left(on: NaiveDate) -> Option<FollowUp> {
    let transfer = deadline::by_id("file-transfer")?;
    let due = set(transfer, from_london(on.and_time(NaiveTime::MIN)));
    let note =
        format!("It is not known when they start there, so the day on which they left counts. {}", due.note);
    Some(FollowUp { note: Text::from(note), ..due })
}

/// They are back before the file had gone.
pub fn returned() -> Step {
    Step::Dropped { reason: Text::from("The child is on the roll again.") }
}

/// What is awaited once this is done: a receipt for a file, an answer to a report.
pub fn after(done: &FollowUp, step: &Step, now: DateTime<Utc>) -> Option<FollowUp> {
    let Step::Answered { at, .. } = step else { return None };
    let next = match done.deadline.as_str() {
        "file-transfer" => "file-receipt",
        "lado" => "lado-answer",
        _ => return None,
    };
    Some(set(deadline::by_id(next)?, began(*at, now)))
}

/// Put off beyond the last time that its source allows: what was advised, and the reason why it is done all the same.
pub fn beyond_the_last(due: &FollowUp, step: &Step) -> Option<Overridden> {
    let Step::Postponed { to, reason } = step else { return None };
    let latest = due.latest.filter(|latest| to > latest)?;
    let rule = deadline::by_id(&due.deadline)?.rules.join(", ");
    let advised = format!("{}: at the very latest {}.", due.what, short_day(Moment::At(latest).date()));
    Some(Overridden { rule: Text::from(rule), advised: Text::from(advised), reason: reason.clone() })
}

/// On whose ladder it is when nobody answers: whoever owes it by the data, though the record may name them.
pub fn owed_by(due: &FollowUp) -> String {
    deadline::by_id(&due.deadline).map_or_else(|| due.who.one_line(), |deadline| deadline.who.clone())
}

/// The last second of a day, where somebody names the day alone.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    Span::Days(0).from(from_london(day.and_time(NaiveTime::MIN)))
}

/// A day without a time has begun by now if it is today, and otherwise with its first minute: nothing is due later for it.
pub fn began(at: Moment, now: DateTime<Utc>) -> DateTime<Utc> {
    match at {
        Moment::At(at) => at,
        Moment::Date(day) if day == Moment::At(now).date() => now,
        Moment::Date(day) => from_london(day.and_time(NaiveTime::MIN)),
    }
}

/// Whether a clock may begin by a correction of this field, beside those that urgency hangs on.
pub fn hang_on(field: &CorrectedField) -> bool {
    matches!(field, CorrectedField::Child(_, ChildField::School))
}

/// Owed by whoever reported it, where they teach.
fn by_the_teacher(case: &Case, due: FollowUp) -> FollowUp {
    let reporter = &case.part1.reporter;
    if !teaches(&reporter.job_title) {
        return due;
    }
    FollowUp {
        who: Text::from(format!("{}, {}", reporter.name.one_line(), reporter.job_title.one_line())),
        ..due
    }
}

/// Whether the threshold before the latest was not met.
fn was_low_level(case: &Case) -> bool {
    let thresholds = case.decisions.iter().rev().filter_map(|(_, decision)| match decision {
        Decision::Threshold(threshold) => Some(threshold),
        _ => None,
    });
    thresholds.skip(1).take(1).any(|threshold| threshold.limbs.is_empty())
}

/// By what was decided that they are, or else by their job.
fn is_about_the_head(case: &Case) -> bool {
    const HEADS: [&str; 6] =
        ["chief executive", "chief executive officer", "ceo", "headteacher", "head teacher", "principal"];
    let job = case.part1.staff.as_ref().and_then(|staff| staff.job_title.as_ref());
    match case.threshold().and_then(|threshold| threshold.position) {
        Some(position) => position == Position::Head,
        None => job.is_some_and(|job| HEADS.contains(&plain(job).as_str())),
    }
}

/// Whoever does teaching work; whoever assists them does not.
fn teaches(job: &Text) -> bool {
    let job = plain(job);
    let does = |word: &str| ["teacher", "headteacher", "lecturer", "tutor"].contains(&word);
    let assists = ["teaching assistant", "assistant to"].iter().any(|words| job.contains(words));
    !assists && job.split(' ').any(does)
}

/// Lower case, words of letters and digits alone, without an article.
fn plain(text: &Text) -> String {
    let lower = text.one_line().replace(['\'', '’'], "").to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "the");
    words.collect::<Vec<_>>().join(" ")
}
