//! Whom to ring, first to last, for this child at this minute: the rules of `data/routing.toml`, applied to the book.
//!
//! No service and no council is named here. What is in the code and in no data file is danger: 999 comes before
//! everything while anybody is in it, and last where nobody answers (H1, R1).

mod data;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::area::Area;
use super::bank_holiday;
use super::concern::{self, Part1};
use super::contact::{Conflict, ContactDetails, Number};
use super::emergency;
use super::freshness::Freshness;
use super::hours::Standing;
use super::ids::{ChildId, ContactId};
use super::moment::Moment;
use super::text::{Text, sentence};
use data::Rule;
pub use data::{Part, part, parts};

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
        let by_category = || part1.categories.iter().find_map(data::purpose_of);
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
    /// What is doubtful about the answer as a whole, and what to do.
    pub warnings: Vec<String>,
    /// Where the child lives decides, and is not known: the answer has everybody, whichever it is.
    pub needs_area: bool,
}

/// Who is in the book, as far as the routing knows them.
pub type Book<'b> = &'b [(ContactId, &'b ContactDetails)];

/// Whom to ring.
pub fn route(question: &Question, book: Book) -> Route {
    let mut chain = Chain {
        question,
        book,
        met: BTreeSet::new(),
        there: Vec::new(),
        closed: Vec::new(),
        silent: Vec::new(),
    };
    let rules: Vec<&Rule> = data::rules().iter().filter(|rule| rule.fits(question)).collect();
    for rule in &rules {
        for key in &rule.ring {
            chain.add(key, rule);
        }
    }
    let Chain { there, closed, silent, .. } = chain;
    let needs_area = question.area.is_none() && rules.iter().any(|rule| !rule.areas.is_empty());
    let warnings = warnings(question, needs_area, &rules, book);
    let mut first: Vec<String> = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.first.is_empty()) {
        if !first.contains(&rule.first) {
            first.push(rule.first.clone());
        }
    }
    let mut steps = there;
    // In danger before everybody; or else where nobody was there.
    steps.insert(if question.danger { 0 } else { steps.len() }, emergency(question));
    steps.extend(closed);
    steps.extend(silent);
    Route { steps, first, warnings, needs_area }
}

fn warnings(question: &Question, needs_area: bool, rules: &[&Rule], book: Book) -> Vec<String> {
    let mut warnings = Vec::new();
    if needs_area {
        let whose = if question.about == About::Child { "the child lives" } else { "they live" };
        warnings.push(format!(
            "Where {whose} is not known, so services of every area are listed. Say which area."
        ));
    }
    let is_unknown =
        |key: &&String| part(key).is_none() && !book.iter().any(|(_, known)| known.key.as_str() == **key);
    let unknown: BTreeSet<&String> = rules.iter().flat_map(|rule| &rule.ring).filter(is_unknown).collect();
    warnings.extend(unknown.into_iter().map(|key| {
        format!("The book has nobody under \"{key}\", whom the rules name. Add the shipped contacts again.")
    }));
    warnings.extend(bank_holiday::warning(Moment::At(question.at).date()));
    warnings
}

/// Why somebody is rung.
struct Reason<'r> {
    rule: &'r Rule,
    why: String,
    /// Beside what the book says of them.
    caution: Text,
}

/// The steps as they come together.
struct Chain<'q> {
    question: &'q Question,
    book: Book<'q>,
    met: BTreeSet<ContactId>,
    /// Whoever is there, or may be.
    there: Vec<Step>,
    closed: Vec<Step>,
    /// Those of whom the book has no number.
    silent: Vec<Step>,
}

impl Chain<'_> {
    fn add(&mut self, key: &str, rule: &Rule) {
        let is_theirs = |details: &ContactDetails| {
            details.of_child.is_none_or(|child| self.question.children.contains(&child))
        };
        let found = self.book.iter().filter(|(_, details)| details.key.as_str() == key && is_theirs(details));
        let (of_child, of_all): (Vec<_>, Vec<_>) = found.partition(|(_, details)| details.of_child.is_some());
        // The row without a number only asks for the child's own; where that is there, it has done its work.
        let is_needed = |details: &ContactDetails| of_child.is_empty() || details.dialled().next().is_some();
        let of_all: Vec<_> = of_all.into_iter().filter(|(_, details)| is_needed(details)).collect();
        for (id, details) in of_child.iter().chain(&of_all).copied() {
            self.place(id, details, &Reason { rule, why: rule.why.clone(), caution: Text::default() });
        }
    }

    fn place(&mut self, id: ContactId, details: &ContactDetails, reason: &Reason) {
        if !self.met.insert(id) {
            self.also(id, &reason.caution);
            return;
        }
        let mut numbers = details.dialled().filter(|number| !number.aside).peekable();
        if numbers.peek().is_none() {
            self.silent.push(self.step(id, details, None, reason));
        }
        for number in numbers {
            let step = self.step(id, details, Some(number), reason);
            if step.standing.is_open() == Some(false) {
                self.instead(details, number, reason.rule);
                self.closed.push(step);
            } else {
                self.there.push(step);
            }
        }
    }

    /// One more thing to be careful of with somebody who is rung already.
    fn also(&mut self, id: ContactId, caution: &Text) {
        for step in self.there.iter_mut().filter(|step| step.whom == Whom::Contact(id)) {
            if !caution.is_blank() && !step.cautions.contains(caution) {
                step.cautions.push(caution.clone());
            }
        }
    }

    /// Whom to ring while a number is closed takes its place.
    fn instead(&mut self, closed: &ContactDetails, number: &Number, rule: &Rule) {
        let wanted = number.instead.trim();
        let found = self.book.iter().find(|(id, details)| {
            !wanted.is_empty() && (details.key.as_str() == wanted || id.to_string() == wanted)
        });
        if let Some((id, details)) = found {
            let why = format!("In place of {}, which is closed.", Text::from(closed.title()).one_line());
            self.place(*id, details, &Reason { rule, why, caution: rule.instead.clone() });
        }
    }

    fn step(
        &self,
        id: ContactId,
        details: &ContactDetails,
        number: Option<&Number>,
        reason: &Reason,
    ) -> Step {
        let at = self.question.at;
        let caution = Some(&details.caution).filter(|caution| !caution.is_blank()).cloned();
        // A caution is written for the moment of the call; the conflict itself can be read in the book.
        let disagree = |conflict: &Conflict| match caution {
            Some(_) => Text::from("Sources disagree about it."),
            None => Text::from(format!("Sources disagree. {}", sentence(&conflict.says))),
        };
        let conflict = details.open_conflicts().next().map(disagree);
        let stand_in = Some(&reason.caution).filter(|caution| !caution.is_blank()).cloned();
        Step {
            whom: Whom::Contact(id),
            called: Text::from(details.title()),
            name: details.name.clone(),
            role: details.role.clone(),
            organisation: details.organisation.clone(),
            number: number.map(|number| number.number.clone()),
            note: number.map(|number| number.note.clone()).unwrap_or_default(),
            standing: number.map_or(Standing::NotStated, |number| number.hours.at(at)),
            why: reason.why.clone(),
            rules: reason.rule.rules.clone(),
            read_in: reason.rule.sources.clone(),
            sources: number.map_or(&*details.sources, |number| details.sources_of(number)).to_vec(),
            cautions: stand_in.into_iter().chain(caution).chain(conflict).collect(),
            freshness: number.map(|number| Freshness::of(details, number, Moment::At(at).date())),
        }
    }
}

fn emergency(question: &Question) -> Step {
    let why = if question.danger {
        emergency::PURPOSE
    } else {
        "If nobody answers and it cannot wait, or as soon as anybody is in danger."
    };
    Step {
        whom: Whom::Emergency,
        called: Text::from(emergency::SERVICE),
        name: Text::default(),
        role: Text::from(emergency::ROLE),
        organisation: Text::default(),
        number: Some(Text::from(emergency::NUMBER)),
        note: Text::default(),
        standing: Standing::Always,
        why: why.to_owned(),
        rules: vec!["R1".to_owned(), "H1".to_owned()],
        read_in: emergency::SOURCES.map(Text::from).to_vec(),
        sources: emergency::SOURCES.map(Text::from).to_vec(),
        cautions: Vec::new(),
        freshness: None,
    }
}
