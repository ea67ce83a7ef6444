//! What is decided about a concern beside Part 2: is a child in danger, how serious it is, what is done, what is shared, when it
//! is closed. Each decision is an entry of its own with its reasons (D1, R21).
//!
//! What a decision sets going is `clocks`'; when one is asked for is `guide`'s.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::allegation::{AllegationEnded, Threshold};
use super::category;
use super::child_part::ChildPart;
use super::concern::About;
use super::discovery::Discovery;
use super::level;
use super::moment::{Moment, short_day};
pub use super::sharing::{Consent, Sharing, Told};
use super::text::{Text, sentence};

/// "Is a child in danger now?" (R1): the first question about every concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Danger {
    pub in_danger: bool,
    /// When it was answered.
    pub at: Moment,
    /// How it is known; whom she rang, and what they said.
    #[serde(default)]
    pub said: Text,
}

/// How serious it is, by `data/levels.toml` (D34).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub level: u8,
    pub reason: Text,
}

/// What the concern is about, as the DSL sees it: ids of `data/categories.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Categories {
    pub categories: Vec<Text>,
    #[serde(default)]
    pub reason: Text,
}

impl Categories {
    /// Whether something that it was about is left out. A word of the report that stands for no category is none.
    pub fn takes_away_from(&self, before: &[Text]) -> bool {
        let known = before.iter().filter_map(|text| category::by_name_or_id(text));
        known.into_iter().any(|known| !category::is_among(&known.id, &self.categories))
    }

    /// Rules hang on what it is about, so a reason is given where that becomes less (D1).
    pub fn check_after(&self, before: &[Text]) -> Result<(), Undecided> {
        if self.reason.is_blank() && self.takes_away_from(before) {
            return Err(Undecided::TakenAway);
        }
        Ok(())
    }
}

/// The part of one child in it, in neutral words (R25); `position` as in Part 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOfChild {
    pub position: u32,
    pub part: ChildPart,
    #[serde(default)]
    pub reason: Text,
}

/// What is done about it (the flow chart, S3:425-443).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// To social care, with the written form after the call.
    Refer,
    EarlyHelp,
    /// Resolved or no longer held: support is agreed, and somebody looks again.
    Monitor,
}

impl Course {
    pub const ALL: [Self; 3] = [Self::Refer, Self::EarlyHelp, Self::Monitor];

    /// As the chronology says it, which knows of no concern that is about nobody's child.
    pub fn label(self) -> &'static str {
        self.label_for(About::Child)
    }

    /// In the words of whom the concern is about.
    pub fn label_for(self, about: About) -> &'static str {
        match (self, about) {
            (Self::Refer, About::Child | About::Staff) => "refer to children's social care",
            (Self::Refer, About::Adult) => "refer to adult social care",
            (Self::EarlyHelp, About::Child | About::Staff) => "early help, no referral",
            (Self::EarlyHelp, About::Adult) => "other help, no referral",
            (Self::Monitor, About::Child | About::Staff | About::Adult) => {
                "no referral; support and monitoring"
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseTaken {
    pub course: Course,
    pub at: Moment,
    /// To whom: who took the referral, who gives the support.
    #[serde(default)]
    pub to: Text,
    /// Of not referring as much as of referring (D2).
    pub reasons: Text,
    /// Whether the written form went with it; a call alone is followed by one (D6).
    #[serde(default)]
    pub in_writing: bool,
}

/// What a rule advised, and what was decided anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// By its number: `R4`, `D10`.
    pub rule: Text,
    pub advised: Text,
    pub reason: Text,
}

/// What was said back to the reporter, and no more than may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    pub to: Text,
    pub at: Moment,
    pub said: Text,
}

/// Something that an inspector would miss, and why the concern is closed without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excused {
    pub missing: Text,
    pub reason: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub reason: Text,
    /// When somebody looks at it again (R21).
    pub review: NaiveDate,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excused: Vec<Excused>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    pub reason: Text,
}

/// Something decided about a concern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Decision {
    Danger(Danger),
    Level(Level),
    Categories(Categories),
    PartOfChild(PartOfChild),
    Course(CourseTaken),
    Sharing(Sharing),
    Overridden(Overridden),
    Threshold(Threshold),
    Discovery(Discovery),
    Allegation(AllegationEnded),
    Replied(Replied),
    Closed(Closed),
    Reopened(Reopened),
}

/// Which decision, without its contents: for keys, forms and drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    Danger,
    Level,
    Categories,
    PartOfChild,
    Course,
    Sharing,
    Overridden,
    Threshold,
    Discovery,
    Allegation,
    Replied,
    Closed,
    Reopened,
}

impl DecisionKind {
    pub const ALL: [Self; 13] = [
        Self::Danger,
        Self::Level,
        Self::Categories,
        Self::PartOfChild,
        Self::Course,
        Self::Sharing,
        Self::Overridden,
        Self::Threshold,
        Self::Discovery,
        Self::Allegation,
        Self::Replied,
        Self::Closed,
        Self::Reopened,
    ];

    /// As in the ledger's bodies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Level => "level",
            Self::Categories => "categories",
            Self::PartOfChild => "part-of-child",
            Self::Course => "course",
            Self::Sharing => "sharing",
            Self::Overridden => "overridden",
            Self::Threshold => "threshold",
            Self::Discovery => "discovery",
            Self::Allegation => "allegation",
            Self::Replied => "replied",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }

    /// On a line of the concern, and as the title of its form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Danger => "In danger now?",
            Self::Level => "Level",
            Self::Categories => "What it is about",
            Self::PartOfChild => "A child's part in it",
            Self::Course => "What is done",
            Self::Sharing => "Information shared",
            Self::Overridden => "Decided against advice",
            Self::Threshold => "Harm threshold",
            Self::Discovery => "FGM: known or suspected",
            Self::Allegation => "Outcome of the allegation",
            Self::Replied => "Reply to the reporter",
            Self::Closed => "Closed",
            Self::Reopened => "Reopened",
        }
    }
}

/// Why a decision cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    #[error("Give the reason; it stands in the chronology.")]
    Reason,
    #[error("Choose what it is about.")]
    NoCategory,
    #[error("Say why it is no longer about what you took away: rules hang on it.")]
    TakenAway,
    #[error("Give the reasons: not referring needs them as much as referring does.")]
    CourseReasons,
    #[error("Say to whom it was referred.")]
    To,
    #[error("Say what was shared, or what was not.")]
    What,
    #[error("Say with whom.")]
    With,
    #[error("Say for what purpose.")]
    Purpose,
    #[error("Say why without consent. No consent is needed to keep a child safe, only the reason.")]
    WithoutConsent,
    #[error("Say whether they are told that it was shared.")]
    Told,
    #[error("Say who decided it.")]
    From,
    #[error("Say what was said.")]
    Reply,
    #[error("Say to whom.")]
    Whom,
}

impl Decision {
    pub fn kind(&self) -> DecisionKind {
        match self {
            Self::Danger(_) => DecisionKind::Danger,
            Self::Level(_) => DecisionKind::Level,
            Self::Categories(_) => DecisionKind::Categories,
            Self::PartOfChild(_) => DecisionKind::PartOfChild,
            Self::Course(_) => DecisionKind::Course,
            Self::Sharing(_) => DecisionKind::Sharing,
            Self::Overridden(_) => DecisionKind::Overridden,
            Self::Threshold(_) => DecisionKind::Threshold,
            Self::Discovery(_) => DecisionKind::Discovery,
            Self::Allegation(_) => DecisionKind::Allegation,
            Self::Replied(_) => DecisionKind::Replied,
            Self::Closed(_) => DecisionKind::Closed,
            Self::Reopened(_) => DecisionKind::Reopened,
        }
    }

    /// May this be saved? Reasons are asked wherever something is decided (D1, D2, R21).
    pub fn check(&self) -> Result<(), Undecided> {
        let needed: &[(&Text, Undecided)] = match self {
            Self::Categories(about) if about.categories.is_empty() => return Err(Undecided::NoCategory),
            Self::Danger(_) | Self::PartOfChild(_) | Self::Categories(_) => &[],
            Self::Level(level) => &[(&level.reason, Undecided::Reason)],
            Self::Course(taken) if taken.course == Course::Refer => {
                &[(&taken.to, Undecided::To), (&taken.reasons, Undecided::CourseReasons)]
            }
            Self::Course(taken) => &[(&taken.reasons, Undecided::CourseReasons)],
            Self::Sharing(sharing) => return sharing.check(),
            Self::Overridden(overridden) => &[(&overridden.reason, Undecided::Reason)],
            Self::Threshold(threshold) => &[(&threshold.reason, Undecided::Reason)],
            Self::Discovery(discovery) => &[(&discovery.reason, Undecided::Reason)],
            Self::Allegation(ended) => &[(&ended.from, Undecided::From), (&ended.reasons, Undecided::Reason)],
            Self::Replied(replied) => &[(&replied.to, Undecided::Whom), (&replied.said, Undecided::Reply)],
            Self::Closed(closed) => {
                if closed.excused.iter().any(|excused| excused.reason.is_blank()) {
                    return Err(Undecided::Reason);
                }
                &[(&closed.reason, Undecided::Reason)]
            }
            Self::Reopened(reopened) => &[(&reopened.reason, Undecided::Reason)],
        };
        match needed.iter().find(|(text, _)| text.is_blank()) {
            Some((_, missing)) => Err(*missing),
            None => Ok(()),
        }
    }

    /// When it happened, as told.
    pub fn happened(&self) -> Option<Moment> {
        match self {
            Self::Danger(danger) => Some(danger.at),
            Self::Course(taken) => Some(taken.at),
            Self::Sharing(sharing) => Some(sharing.at),
            Self::Replied(replied) => Some(replied.at),
            Self::Discovery(discovery) => Some(discovery.at),
            Self::Level(_)
            | Self::Categories(_)
            | Self::PartOfChild(_)
            | Self::Overridden(_)
            | Self::Threshold(_)
            | Self::Allegation(_)
            | Self::Closed(_)
            | Self::Reopened(_) => None,
        }
    }

    /// The decision as a row of a chronology tells it (F3).
    pub fn sentence(&self) -> String {
        self.sentence_for(About::Child)
    }

    /// The same, where it is known whom the concern is about.
    pub fn sentence_for(&self, about: About) -> String {
        match self {
            Self::Danger(danger) => {
                let answer = if danger.in_danger { "yes" } else { "no" };
                joined(&[format!("In danger now: {answer}."), danger.said.one_line()])
            }
            Self::Level(level) => format!("{}. Reason: {}", level.name(), sentence(&level.reason)),
            Self::Categories(named) => joined(&[
                format!("About: {}.", category::names(&named.categories)),
                after("Reason: ", &named.reason),
            ]),
            Self::PartOfChild(of) => joined(&[
                format!("Child {}: {}.", of.position + 1, of.part.label()),
                after("Reason: ", &of.reason),
            ]),
            Self::Course(taken) => {
                let form = match (taken.course, taken.in_writing) {
                    (Course::Refer, true) => "In writing.",
                    (Course::Refer, false) => "By telephone.",
                    (Course::EarlyHelp | Course::Monitor, _) => "",
                };
                let label = format!("Decided: {}.", taken.course.label_for(about));
                let to =
                    if taken.to.is_blank() { String::new() } else { format!("To {}.", taken.to.one_line()) };
                joined(&[label, to, form.to_owned(), after("Reasons: ", &taken.reasons)])
            }
            Self::Sharing(sharing) => sharing.sentence(),
            Self::Overridden(overridden) => format!(
                "{} advised: {} Decided otherwise: {}",
                overridden.rule,
                sentence(&overridden.advised),
                sentence(&overridden.reason)
            ),
            Self::Threshold(threshold) => threshold.sentence(),
            Self::Discovery(discovery) => discovery.sentence(),
            Self::Allegation(ended) => ended.sentence(),
            Self::Replied(replied) => {
                format!("Reply to {}: {}", replied.to.one_line(), sentence(&replied.said))
            }
            Self::Closed(closed) => closed.sentence(),
            Self::Reopened(reopened) => format!("Reopened. Reason: {}", sentence(&reopened.reason)),
        }
    }
}

impl Level {
    /// As `data/levels.toml` calls it.
    pub fn name(&self) -> String {
        level::by_id(self.level).map_or_else(|| format!("Level {}", self.level), |level| level.name.clone())
    }
}

impl Closed {
    fn sentence(&self) -> String {
        let excused = |excused: &Excused| {
            format!("{} Closed all the same: {}", sentence(&excused.missing), sentence(&excused.reason))
        };
        let mut parts = vec![format!("Closed. Reason: {}", sentence(&self.reason))];
        parts.push(format!("To be looked at again on {}.", short_day(self.review)));
        parts.extend(self.excused.iter().map(excused));
        joined(&parts)
    }
}

/// The parts that say something, one after the other.
pub(super) fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// Nothing where nothing was written.
pub(super) fn after(label: &str, text: &Text) -> String {
    if text.is_blank() { String::new() } else { format!("{label}{}", sentence(text)) }
}
