//! The decisions about a concern beside Part 2: what each asks, and the decision that the answers make.
//!
//! "In danger now?" has a screen of its own; here it is only asked how it is known that danger is over. What was decided
//! against advice is recorded where it was advised.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::categories::Categories as Picked;
use super::choice::Choice;
use super::field::{Field, Key};
use super::input::Input;
use super::sheet::{Sheet, Trouble};
use super::{gates, sharing, staff};
use crate::desk::Act;
use crate::domain::category;
use crate::domain::child_part::ChildPart;
use crate::domain::closing::Gap;
use crate::domain::concern::{About, Part1};
use crate::domain::decision::{
    Categories, Closed, Course, CourseTaken, Danger, Decision, DecisionKind, Excused, Level, PartOfChild,
    Reopened, Replied, Undecided,
};
use crate::domain::discovery::{Discovery, Found};
use crate::domain::ids::ConcernId;
use crate::domain::level;
use crate::domain::moment::Moment;
use crate::domain::text::Text;

const LEVEL: Key = Key::new("level");
const CATEGORIES: Key = Key::new("categories");
const CHILD: Key = Key::new("child");
const PART: Key = Key::new("part");
pub(super) const COURSE: Key = Key::new("course");
const FOUND: Key = Key::new("found");
const TO: Key = Key::new("to");
const IN_WRITING: Key = Key::new("in_writing");
pub(super) const WHAT: Key = Key::new("what");
pub(super) const WITH: Key = Key::new("with");
pub(super) const FROM: Key = Key::new("from");
const SAID: Key = Key::new("said");
const REVIEW: Key = Key::new("review");
const MISSING: Key = Key::new("missing");
pub(super) const REASON: Key = Key::new("reason");
pub(super) const AT: Key = Key::new("at");

pub(super) const WHEN: &str = "As people say it: now, today 14:10, yesterday, fri 9.30, 20/11. The day comes first, in London time. What was understood is shown beneath.";
pub(super) const WHY: &str = "It stands in the chronology with your name.";

/// With what a form begins, beside the concern's number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which child of Part 1, from 0.
    #[serde(default)]
    pub position: u32,
    /// Whom it is about, or what stands there already.
    #[serde(default)]
    pub text: Text,
    /// What an inspector would miss.
    #[serde(default)]
    pub missing: Vec<Text>,
    /// What is offered to be shared.
    #[serde(default)]
    pub what: Text,
    /// Whose words the answers are in.
    #[serde(default)]
    pub about: About,
}

impl Given {
    fn text(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A referral, and not whatever else may be done.
    pub fn referral(about: About) -> Self {
        Self { about, ..Self::text(Course::Refer.label_for(about)) }
    }

    /// What is done about a child, or about an adult.
    pub fn course_about(about: About) -> Self {
        Self { about, ..Self::default() }
    }

    /// An answer to whoever reported it.
    pub fn to_reporter(part1: &Part1) -> Self {
        let known = [&part1.reporter.name, &part1.reporter.job_title];
        let known: Vec<String> =
            known.into_iter().filter(|part| !part.is_blank()).map(Text::one_line).collect();
        Self::text(known.join(", "))
    }

    /// The lead of a school is told. By its place among those that are told: what is begun for one is not taken up for another.
    pub fn to_school(school: &Text, place: usize) -> Self {
        let position = Self::of_school(place);
        Self { position, ..Self::text(format!("Safeguarding lead, {}", school.one_line())) }
    }

    /// What is shared with nobody of them has 0.
    pub fn of_school(place: usize) -> u32 {
        u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// What is told is of these children: a school hears of its own.
    pub fn of_children(self, names: &[Text]) -> Self {
        let known = names.iter().filter(|name| !name.is_blank()).map(Text::one_line);
        let whom = known.collect::<Vec<_>>().join(", ");
        let what = if whom.is_empty() { whom } else { format!("The concern about {whom}.") };
        Self { what: what.into(), ..self }
    }

    /// What it is about so far, to be changed.
    pub fn about(categories: &[Text]) -> Self {
        let known = categories.iter().filter_map(|text| category::by_name_or_id(text));
        let ids: Vec<&str> = known.map(|category| category.id.as_str()).collect();
        Self::text(ids.join("; "))
    }

    /// A reason is asked for each of these.
    pub fn gaps(gaps: &[Gap]) -> Self {
        let missing = gaps.iter().map(|gap| Text::from(gap.says.as_str())).collect();
        Self { missing, ..Self::default() }
    }
}

pub(super) fn questions(kind: DecisionKind, given: &Given) -> Vec<Field> {
    match kind {
        DecisionKind::Level => level(),
        DecisionKind::Categories => vec![
            Field::new(
                CATEGORIES,
                "What is it about? A few letters",
                "Enter chooses what is marked, and takes it back. A concern may be about several things.",
                Input::Categories(Picked::of(&given.text)),
            ),
            Field::area(REASON, "Why? (may stay empty if none is taken away)", WHY),
        ],
        DecisionKind::PartOfChild => vec![
            Field::shown(CHILD, "Child", given.text.one_line()),
            Field::choice(
                PART,
                "What is their part in it?",
                "Neutral words: what is said, and not what is proved. Each child of a concern has a part of their own.",
                Choice::among(ChildPart::ALL.map(ChildPart::label)),
            ),
            Field::area(REASON, "How do you know? (may stay empty)", WHY),
        ],
        DecisionKind::Course => course(given),
        DecisionKind::Sharing => sharing::questions(given),
        DecisionKind::Threshold => staff::threshold_questions(),
        DecisionKind::Discovery => discovery(),
        DecisionKind::Allegation => staff::allegation_questions(),
        DecisionKind::Replied => vec![
            Field::line(TO, "To whom?", "Name and job of whoever reported it.").with(&given.text),
            Field::area(
                SAID,
                "What was said",
                "That it came, that it is being acted on, and thanks. What is done and what is known stays with those who need it.",
            )
            .with(REPLY),
            Field::now(AT, "When?", WHEN),
        ],
        DecisionKind::Closed => closing(given),
        DecisionKind::Reopened => vec![Field::area(REASON, "Why is it reopened?", WHY)],
        DecisionKind::Danger => vec![Field::area(
            REASON,
            "How do you know that it is over?",
            "Who says so, and where they are now. It stands in the chronology with your name; until it is recorded the danger stays.",
        )],
        DecisionKind::Overridden => Vec::new(),
    }
}

/// What the form asks, over its fields.
pub(super) fn question(kind: DecisionKind, given: &Given) -> &'static str {
    match kind {
        DecisionKind::Danger => "Danger was recorded here. How is it known that it is over?",
        DecisionKind::Level => "How serious is it?",
        DecisionKind::Categories => "What is it about? It may be about several things.",
        DecisionKind::PartOfChild => "What is this child's part in it, in neutral words?",
        DecisionKind::Course => "What is done about it, and why?",
        DecisionKind::Sharing => "What was shared, or not, with whom, and why?",
        DecisionKind::Overridden => "Why was it decided otherwise?",
        DecisionKind::Threshold => "Does it meet the harm threshold? One yes is enough.",
        DecisionKind::Discovery => "Is mutilation known, or only suspected?",
        DecisionKind::Allegation => "How did the allegation end? In the words of the guidance.",
        DecisionKind::Replied => "What do you say back, and to whom?",
        DecisionKind::Closed if given.missing.is_empty() => {
            "Why is it closed, and when does somebody look again?"
        }
        DecisionKind::Closed => "Why is each of these left so? Then: why is it closed, and until when?",
        DecisionKind::Reopened => "Why is it reopened?",
    }
}

/// What may be said back without telling more than the reporter needs to know (R19).
const REPLY: &str = "Thank you. Your report has reached me and is being acted on. Tell me at once if you see or hear more, and talk about it with nobody else.";

fn level() -> Vec<Field> {
    vec![
        Field::choice(
            LEVEL,
            "Which level?",
            "The levels of your partnership's threshold document. Every change stands in the chronology with its reason.",
            Choice::among(level::all().iter().map(|level| level.name.as_str()))
                .meaning_each(level::all().iter().map(|level| level.means.as_str())),
        ),
        Field::area(REASON, "Why this level?", WHY),
    ]
}

fn course(given: &Given) -> Vec<Field> {
    let refer = Course::Refer.label_for(given.about);
    let (help, in_writing, form) = match given.about {
        About::Child | About::Staff => (
            "Still concerned: refer, and again if nothing gets better; that reopens a closed concern. Safe, and help is wanted: early help. Resolved: support, and somebody looks again. No consent is needed to refer.",
            "Has the written form (MARF) gone with it?",
            "After a call the form follows within 24 hours; the desk reminds you until it has gone.",
        ),
        About::Adult => (
            "Still concerned: refer, and again if nothing gets better; that reopens a closed concern. Safe, and help is wanted: other help. Resolved: support, and somebody looks again. Say in the reasons what the adult wants.",
            "In writing?",
            "Whether it went in writing, in the form that adult social care asks for.",
        ),
    };
    let courses = Course::ALL.map(|course| course.label_for(given.about));
    vec![
        Field::choice(COURSE, "What is done?", help, Choice::among(courses)).with(&given.text),
        gates::despite(2),
        Field::line(TO, "To whom?", "The service, and the name of who took it.").only_if(COURSE, refer),
        Field::choice(IN_WRITING, in_writing, form, Choice::yes_no()).only_if(COURSE, refer),
        Field::area(
            REASON,
            "Reasons, whichever it is",
            "Why this, and why not the others. Not referring needs reasons as much as referring does.",
        ),
        Field::now(AT, "When?", WHEN),
    ]
}

fn discovery() -> Vec<Field> {
    vec![
        Field::choice(
            FOUND,
            "Known, or suspected?",
            "Known: whoever teaches her and found it tells the police themselves, by the close of the next working day (D26). Suspected: the usual way. Nobody examines a child.",
            Choice::among(Found::ALL.map(Found::label)),
        ),
        Field::moment(AT, "When was it told or seen?", WHEN),
        Field::area(REASON, "How is it known, or why suspected?", WHY),
    ]
}

fn closing(given: &Given) -> Vec<Field> {
    let why = |(place, missing): (usize, &Text)| {
        let help = "Why the concern is closed although this is so. Or go back (Esc keeps what you wrote) and mend it.";
        Field::area(MISSING.nth(place), missing.one_line(), help)
    };
    let mut fields: Vec<Field> = given.missing.iter().enumerate().map(why).collect();
    fields.extend([
        Field::area(REASON, "Why is it closed?", WHY),
        Field::due(
            REVIEW,
            "On which day is it looked at again?",
            "Like in 6 weeks, or 1 March. Somebody looks again whether the child's life is better, and refers again if it is not.",
        )
        .by(31),
    ]);
    fields
}

/// The draft of a form that asked about other gaps: each reason goes to the gap that it was given for.
pub(super) fn carried_over(given: &Given, before: &Given, draft: &mut Map<String, Value>) {
    let reasons: Vec<Option<Value>> =
        (0..before.missing.len()).map(|place| draft.remove(&MISSING.nth(place).to_string())).collect();
    for (place, missing) in given.missing.iter().enumerate() {
        let known = before.missing.iter().position(|known| known == missing);
        if let Some(Some(reason)) = known.and_then(|known| reasons.get(known)) {
            draft.insert(MISSING.nth(place).to_string(), reason.clone());
        }
    }
}

/// The act, or the first thing that is missing.
pub(super) fn act(
    concern: ConcernId,
    kind: DecisionKind,
    given: &Given,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<Act, Trouble> {
    let reason = sheet.text(REASON);
    let decision = match kind {
        DecisionKind::Level => {
            let chosen = chosen(sheet, LEVEL, level::all().iter(), |level| level.name.as_str())?;
            Decision::Level(Level { level: chosen.id, reason })
        }
        DecisionKind::Categories => {
            Decision::Categories(Categories { categories: categories(sheet), reason })
        }
        DecisionKind::PartOfChild => {
            let part = chosen(sheet, PART, ChildPart::ALL, |part| part.label())?;
            Decision::PartOfChild(PartOfChild { position: given.position, part, reason })
        }
        DecisionKind::Course => Decision::Course(course_taken(given.about, sheet, now, reason)?),
        DecisionKind::Sharing => Decision::Sharing(sharing::shared(sheet, now, reason)?),
        DecisionKind::Threshold => Decision::Threshold(staff::threshold(sheet, reason)?),
        DecisionKind::Discovery => Decision::Discovery(Discovery {
            found: chosen(sheet, FOUND, Found::ALL, |found| found.label())?,
            at: sheet.needed_moment(AT, now)?,
            reason,
        }),
        DecisionKind::Allegation => Decision::Allegation(staff::ended(sheet, reason)?),
        DecisionKind::Replied => Decision::Replied(Replied {
            to: sheet.text(TO),
            at: sheet.needed_moment(AT, now)?,
            said: sheet.text(SAID),
        }),
        DecisionKind::Closed => Decision::Closed(closed(given, sheet, now)?),
        DecisionKind::Reopened => Decision::Reopened(Reopened { reason }),
        DecisionKind::Danger => Decision::Danger(over(sheet, now)?),
        DecisionKind::Overridden => {
            return Err(Trouble::new(REASON, "This is not decided here."));
        }
    };
    check(&decision, given).map_err(|missing| Trouble::new(field_of(missing), missing.to_string()))?;
    Ok(Act::Decide { concern, decision })
}

/// From yes to no; every other answer is one key on its own screen.
fn over(sheet: &Sheet, now: DateTime<Utc>) -> Result<Danger, Trouble> {
    let said = sheet.needed(REASON, "Say how it is known that it is over.")?;
    let at = Moment::At(now);
    Ok(Danger { in_danger: false, at: at.writable().unwrap_or(at), said })
}

fn check(decision: &Decision, given: &Given) -> Result<(), Undecided> {
    decision.check()?;
    if let Decision::Categories(about) = decision {
        let before: Vec<Text> = given.text.split(';').map(Text::from).collect();
        about.check_after(&before)?;
    }
    Ok(())
}

fn categories(sheet: &Sheet) -> Vec<Text> {
    match sheet.input(CATEGORIES) {
        Some(Input::Categories(picked)) => {
            picked.chosen().iter().map(|category| Text::from(category.id.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

fn course_taken(
    about: About,
    sheet: &Sheet,
    now: DateTime<Utc>,
    reasons: Text,
) -> Result<CourseTaken, Trouble> {
    let course = chosen(sheet, COURSE, Course::ALL, |course| course.label_for(about))?;
    let refers = course == Course::Refer;
    Ok(CourseTaken {
        course,
        at: sheet.needed_moment(AT, now)?,
        to: if refers { sheet.text(TO) } else { Text::default() },
        in_writing: refers && sheet.answered(IN_WRITING)?,
        reasons,
    })
}

/// What is done, as far as it is answered.
pub(super) fn course_so_far(about: About, sheet: &Sheet, now: DateTime<Utc>) -> Option<CourseTaken> {
    let course = chosen(sheet, COURSE, Course::ALL, |course| course.label_for(about)).ok()?;
    let (to, reasons) = (Text::default(), Text::default());
    Some(CourseTaken { course, at: Moment::At(now), to, reasons, in_writing: false })
}

fn closed(given: &Given, sheet: &Sheet, now: DateTime<Utc>) -> Result<Closed, Trouble> {
    let mut excused = Vec::new();
    for (place, missing) in given.missing.iter().enumerate() {
        let key = MISSING.nth(place);
        let reason = sheet.needed(key, "Say why it is closed without this, or go back and mend it.")?;
        excused.push(Excused { missing: missing.clone(), reason });
    }
    let reason = sheet.needed(REASON, &Undecided::Reason.to_string())?;
    let review = sheet
        .moment(REVIEW, now)?
        .map(Moment::date)
        .ok_or_else(|| Trouble::new(REVIEW, "Say on which day somebody looks at it again."))?;
    if review <= Moment::At(now).date() {
        return Err(Trouble::new(REVIEW, "Choose a later day: this is today or before."));
    }
    Ok(Closed { reason, review, excused })
}

/// Which of the answers was chosen.
pub(super) fn chosen<T>(
    sheet: &Sheet,
    key: Key,
    all: impl IntoIterator<Item = T>,
    label: impl Fn(&T) -> &'static str,
) -> Result<T, Trouble> {
    let word = sheet.word(key);
    let known = all.into_iter().find(|one| Some(label(one)) == word);
    known.ok_or_else(|| Trouble::new(key, "Choose one of the answers: the arrows or Space change it."))
}

fn field_of(missing: Undecided) -> Key {
    match missing {
        Undecided::Reason | Undecided::TakenAway | Undecided::CourseReasons => REASON,
        Undecided::NoCategory => CATEGORIES,
        Undecided::To | Undecided::Whom => TO,
        Undecided::What => WHAT,
        Undecided::With => WITH,
        Undecided::Purpose => sharing::PURPOSE,
        Undecided::From => FROM,
        Undecided::Reply => SAID,
        Undecided::WithoutConsent => sharing::WITHOUT,
        Undecided::Told => sharing::TOLD,
    }
}
