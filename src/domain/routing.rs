//! Whom to ring, first to last, for this child at this minute: the rules of `data/routing.toml`, applied to the book.
//!
//! No service and no council is named here. What is in the code and in no data file is danger: 999 comes before
//! everything while anybody is in it, and last where nobody answers (H1, R1).

mod chain;
mod data;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::area::Area;
use super::bank_holiday;
use super::concern::{self, Part1};
use super::contact::ContactDetails;
use super::freshness::Freshness;
use super::hours::Standing;
use super::ids::{ChildId, ContactId};
use super::moment::Moment;
use super::text::Text;
pub use data::{Part, keys, part, parts};
use data::{Rule, Rules};

/// Whom a call is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    #[default]
    Child,
    Adult,
    /// A member of staff or a volunteer.
    Staff,
    /// An elected member of a council.
    Member,
    /// The designated safeguarding lead.
    Dsl,
}

impl About {
    pub const ALL: [Self; 5] = [Self::Child, Self::Adult, Self::Staff, Self::Member, Self::Dsl];

    /// The word in data, on the command line and in `--json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adult => "adult",
            Self::Staff => "staff",
            Self::Member => "member",
            Self::Dsl => "dsl",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Child => "a child",
            Self::Adult => "an adult at risk",
            Self::Staff => "staff or a volunteer",
            Self::Member => "an elected member",
            Self::Dsl => "the safeguarding lead",
        }
    }

    /// Whom a report is about. That somebody is an elected member is on no form.
    pub fn of(part1: &Part1) -> Self {
        match part1.about {
            concern::About::Child => Self::Child,
            concern::About::Adult => Self::Adult,
            concern::About::Staff if part1.staff.iter().any(|staff| staff.is_dsl == Some(true)) => Self::Dsl,
            concern::About::Staff => Self::Staff,
        }
    }
}

/// What a call is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    #[default]
    Report,
    Advice,
    Allegation,
    Crime,
    DomesticAbuse,
    Radicalisation,
    Whistleblowing,
    Fgm,
}

impl Purpose {
    pub const ALL: [Self; 8] = [
        Self::Report,
        Self::Advice,
        Self::Allegation,
        Self::Crime,
        Self::DomesticAbuse,
        Self::Radicalisation,
        Self::Whistleblowing,
        Self::Fgm,
    ];

    /// The word in data, on the command line and in `--json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Advice => "advice",
            Self::Allegation => "allegation",
            Self::Crime => "crime",
            Self::DomesticAbuse => "domestic-abuse",
            Self::Radicalisation => "radicalisation",
            Self::Whistleblowing => "whistleblowing",
            Self::Fgm => "fgm",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Report => "to report a concern",
            Self::Advice => "to ask for advice",
            Self::Allegation => "an allegation",
            Self::Crime => "a crime that is over",
            Self::DomesticAbuse => "domestic abuse",
            Self::Radicalisation => "radicalisation",
            Self::Whistleblowing => "whistleblowing",
            Self::Fgm => "FGM",
        }
    }

    /// What a call about a report is for. Of a child or an adult the categories say; what is reported of staff is an
    /// allegation, whatever else it is (R13).
    pub fn of(part1: &Part1) -> Self {
        let about = About::of(part1);
        let by_category = || data::purpose_of(&part1.categories);
        match about {
            About::Child | About::Adult => by_category().unwrap_or_else(|| Self::usual_for(about)),
            About::Staff | About::Member | About::Dsl => Self::usual_for(about),
        }
    }

    /// What most calls about them are for: of people who work with children, an allegation.
    pub fn usual_for(about: About) -> Self {
        match about {
            About::Child | About::Adult => Self::Report,
            About::Staff | About::Member | About::Dsl => Self::Allegation,
        }
    }
}

/// What decides who is rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Somebody is in danger, or a crime is happening.
    pub danger: bool,
    /// Where the child lives.
    pub area: Option<Area>,
    pub about: About,
    pub purpose: Purpose,
    /// Whose own contacts count: the children of the concern.
    pub children: Vec<ChildId>,
    pub at: DateTime<Utc>,
}

impl Question {
    /// Nothing is known but the time.
    pub fn at(at: DateTime<Utc>) -> Self {
        Self {
            danger: false,
            area: None,
            about: About::default(),
            purpose: Purpose::default(),
            children: Vec::new(),
            at,
        }
    }
}

/// Who is rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    Emergency,
    Contact(ContactId),
}

/// One answer: a number, and all that is needed before it is dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub whom: Whom,
    /// What the rules know them as; blank of 999, and of whoever is rung instead of somebody else.
    pub key: Text,
    /// What the service is called.
    pub called: Text,
    pub name: Text,
    pub role: Text,
    pub organisation: Text,
    /// As it was written; none where the book has no number.
    pub number: Option<Text>,
    pub note: Text,
    pub standing: Standing,
    /// Why this one, in a sentence.
    pub why: String,
    /// The rules of the domain by which it is: `R13`.
    pub rules: Vec<String>,
    /// Where that was read.
    pub read_in: Vec<Text>,
    /// Where the number was read.
    pub sources: Vec<Text>,
    /// Sources that disagree, and what to be careful of.
    pub cautions: Vec<Text>,
    /// How far the number can be relied on; none for 999.
    pub freshness: Option<Freshness>,
}

/// The answer, first to last. It is never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub steps: Vec<Step>,
    /// What to know before anybody is rung.
    pub first: Vec<String>,
    /// The rules of the domain by which that is.
    pub first_by: Vec<String>,
    /// What is doubtful about the answer as a whole, and what to do.
    pub warnings: Vec<String>,
    /// Where the child lives decides, and is not known: the answer has everybody, whichever it is.
    pub needs_area: bool,
}

/// Who is in the book, as far as the routing knows them.
pub type Book<'b> = &'b [(ContactId, &'b ContactDetails)];

/// Whom to ring.
pub fn route(question: &Question, book: Book) -> Route {
    by(data::shipped(), question, book)
}

/// The same by other rules.
fn by(all: &Rules, question: &Question, book: Book) -> Route {
    let area = question.area.as_ref().filter(|area| all.know(area)).cloned();
    let known = Question { area, ..question.clone() };
    let rules: Vec<&Rule> = all.rule.iter().filter(|rule| rule.fits(&known)).collect();
    let needs_area = known.area.is_none() && rules.iter().any(|rule| !rule.areas.is_empty());
    let mut warnings: Vec<String> = needs_area.then(|| whose_area(question)).into_iter().collect();
    warnings.extend(nobody_under(all, &rules, book));
    warnings.extend(bank_holiday::warning(Moment::At(question.at).date()));
    let (mut first, mut first_by) = (Vec::new(), Vec::new());
    for rule in rules.iter().filter(|rule| !rule.first.is_empty()) {
        add_new(&mut first, std::iter::once(&rule.first));
        add_new(&mut first_by, &rule.rules);
    }
    Route { steps: chain::steps(question, book, &rules), first, first_by, warnings, needs_area }
}

/// Each once.
fn add_new<'t>(known: &mut Vec<String>, more: impl IntoIterator<Item = &'t String>) {
    for text in more {
        if !known.contains(text) {
            known.push(text.clone());
        }
    }
}

fn whose_area(question: &Question) -> String {
    let whose = if question.about == About::Child { "the child lives" } else { "they live" };
    let what = match &question.area {
        Some(area) => format!("No rule is for {}, where {whose}", area.name()),
        None => format!("Where {whose} is not known"),
    };
    format!("{what}, so services of every area are listed. Say which area.")
}

/// What the rules name and the book does not have.
fn nobody_under(all: &Rules, rules: &[&Rule], book: Book) -> Vec<String> {
    let is_unknown =
        |key: &&String| all.part(key).is_none() && !book.iter().any(|(_, known)| known.key.as_str() == **key);
    let unknown: BTreeSet<&String> = rules.iter().flat_map(|rule| &rule.ring).filter(is_unknown).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let named = unknown.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
    vec![format!(
        "The rules name contacts that the book does not have, or that were retired: {named}. Add them anew, or run `dsl-desk contacts import --shipped`."
    )]
}

#[cfg(test)]
mod tests;
