//! The invented school as it stands in `data/demo`: the shapes of those files and nothing else.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use crate::cabinet::{Error, Result};
use crate::desk::gates::Reason;
use crate::desk::shipped;
use crate::domain::allegation::{AllegationOutcome, Limb};
use crate::domain::area::Area;
use crate::domain::child::ChildDetails;
use crate::domain::child_part::ChildPart;
use crate::domain::concern::{About, Account, NamedStaff};
use crate::domain::decision::{Consent, Course, Told};
use crate::domain::discovery::Found;
use crate::domain::entry::NoteKind;
use crate::domain::ids::ContactId;
use crate::domain::part2::FileCommenced;
use crate::domain::text::Text;

const CONCERNS: [&str; 10] = [
    include_str!("../../data/demo/concerns/01.toml"),
    include_str!("../../data/demo/concerns/02.toml"),
    include_str!("../../data/demo/concerns/03.toml"),
    include_str!("../../data/demo/concerns/04.toml"),
    include_str!("../../data/demo/concerns/05.toml"),
    include_str!("../../data/demo/concerns/06.toml"),
    include_str!("../../data/demo/concerns/07.toml"),
    include_str!("../../data/demo/concerns/08.toml"),
    include_str!("../../data/demo/concerns/09.toml"),
    include_str!("../../data/demo/concerns/10.toml"),
];

/// Everything that the invented school is made of.
pub(super) struct Material {
    pub(super) lead: Lead,
    pub(super) staff: BTreeMap<String, Staff>,
    pub(super) children: BTreeMap<String, ChildDetails>,
    pub(super) concerns: Vec<Concern>,
    pub(super) events: Vec<Event>,
    pub(super) statuses: Vec<Status>,
    /// The shipped contacts by the names that the data gives them.
    pub(super) contacts: BTreeMap<String, ContactId>,
}

impl Material {
    pub(super) fn read() -> Result<Self> {
        let school: School = parse(include_str!("../../data/demo/school.toml"))?;
        let children: Children = parse(include_str!("../../data/demo/children.toml"))?;
        let events: Events = parse(include_str!("../../data/demo/events.toml"))?;
        let statuses: Statuses = parse(include_str!("../../data/demo/status.toml"))?;
        let mut concerns = Vec::new();
        for file in CONCERNS {
            concerns.extend(parse::<Concerns>(file)?.concern);
        }
        Ok(Self {
            lead: school.desk,
            staff: school.staff.into_iter().map(|staff| (staff.key.clone(), staff)).collect(),
            children: children.child.into_iter().map(|child| (child.key, child.details)).collect(),
            concerns,
            events: events.event,
            statuses: statuses.status,
            contacts: shipped_contacts(),
        })
    }
}

/// Set-up writes the shipped contacts first and in their order, so their numbers follow from their places.
fn shipped_contacts() -> BTreeMap<String, ContactId> {
    shipped::contacts().iter().map(|contact| contact.key.to_string()).zip((1..).map(ContactId)).collect()
}

/// Reads a file that was built in; a test reads all of them, so a fault never leaves the workshop.
pub(super) fn parse<T: DeserializeOwned>(file: &str) -> Result<T> {
    toml::from_str(file).map_err(|_| {
        Error::Refused(
            "The invented school cannot be read. Please report this; no desk was changed.".to_owned(),
        )
    })
}

#[derive(Deserialize)]
struct School {
    desk: Lead,
    staff: Vec<Staff>,
}

/// Whose desk it is.
#[derive(Deserialize)]
pub(super) struct Lead {
    pub(super) name: Text,
    pub(super) title: Text,
}

#[derive(Deserialize)]
pub(super) struct Staff {
    key: String,
    pub(super) name: Text,
    pub(super) job_title: Text,
}

#[derive(Deserialize)]
struct Children {
    child: Vec<Child>,
}

#[derive(Deserialize)]
struct Child {
    key: String,
    #[serde(flatten)]
    details: ChildDetails,
}

#[derive(Deserialize)]
struct Events {
    event: Vec<Event>,
}

/// A row of the chronology that was added by hand.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) child: String,
    pub(super) days_ago: u64,
    #[serde(deserialize_with = "time")]
    pub(super) time: Option<NaiveTime>,
    pub(super) kind: NoteKind,
    pub(super) text: Text,
}

#[derive(Deserialize)]
struct Statuses {
    status: Vec<Status>,
}

/// What was true of a child for a time, or still is.
#[derive(Deserialize)]
pub(super) struct Status {
    pub(super) child: String,
    pub(super) flag: Text,
    pub(super) days_ago: u64,
    pub(super) reason: Text,
    pub(super) ended_days_ago: Option<u64>,
    #[serde(default)]
    pub(super) ended_because: Text,
}

#[derive(Deserialize)]
struct Concerns {
    concern: Vec<Concern>,
}

#[derive(Deserialize)]
pub(super) struct Concern {
    pub(super) days_ago: u64,
    #[serde(deserialize_with = "time")]
    pub(super) time: Option<NaiveTime>,
    pub(super) written_after_minutes: i64,
    pub(super) children: Vec<String>,
    /// Names as the reporter got them, by the keys of the children who are meant.
    #[serde(default)]
    pub(super) as_written: BTreeMap<String, Text>,
    pub(super) about: About,
    pub(super) staff: Option<NamedStaff>,
    pub(super) reporter: String,
    pub(super) area: Option<Area>,
    pub(super) immediate_danger: Option<bool>,
    pub(super) told_dsl_in_person: Option<bool>,
    pub(super) categories: Vec<Text>,
    pub(super) reasons: Text,
    pub(super) account: Account,
    pub(super) opinion: Text,
    pub(super) actions: Text,
    pub(super) told: Vec<Text>,
    pub(super) other_information: Text,
    pub(super) part2: Option<Part2>,
}

#[derive(Deserialize)]
pub(super) struct Part2 {
    pub(super) received_after_minutes: i64,
    pub(super) received_from: Text,
    /// How serious she took it to be, and why; none of what is about staff.
    pub(super) level: Option<u8>,
    #[serde(default)]
    pub(super) level_reason: Text,
    /// The part of each child named, where it is between children.
    #[serde(default)]
    pub(super) parts: Vec<ChildPart>,
    /// What was done, with the reasons of the first action.
    pub(super) course: Option<Course>,
    /// The limbs of the harm threshold, of what is about staff.
    pub(super) limbs: Option<Vec<Limb>>,
    #[serde(default)]
    pub(super) limbs_reason: Text,
    /// Whether mutilation is known or suspected.
    pub(super) discovery: Option<Discovered>,
    #[serde(default)]
    pub(super) advice: Vec<AdviceGiven>,
    #[serde(default)]
    pub(super) actions: Vec<ActionTaken>,
    pub(super) parents_informed: Option<ParentsTold>,
    #[serde(default)]
    pub(super) sharing: Vec<SharedOrNot>,
    /// How an allegation ended.
    pub(super) allegation: Option<Ended>,
    #[serde(default)]
    pub(super) outcomes: Vec<OutcomeHeard>,
    pub(super) further_information: Option<Text>,
    pub(super) file_commenced: Option<FileCommenced>,
    pub(super) signed: bool,
    /// Of what was closed.
    pub(super) reopened: Option<OpenAgain>,
}

#[derive(Deserialize)]
pub(super) struct AdviceGiven {
    pub(super) after_minutes: i64,
    /// The shipped contact who was rung; empty where it is none of them.
    pub(super) contact: String,
    pub(super) name: Text,
    pub(super) role: Text,
    pub(super) organisation: Text,
    pub(super) advice: Text,
}

#[derive(Deserialize)]
pub(super) struct ActionTaken {
    pub(super) after_minutes: i64,
    pub(super) what: Text,
    pub(super) reasons: Text,
    pub(super) shared_with: Text,
}

#[derive(Deserialize)]
pub(super) struct ParentsTold {
    pub(super) after_minutes: i64,
    pub(super) informed: bool,
    pub(super) reasons: Text,
    pub(super) parent_is_concern: Option<bool>,
    /// Why, where a rule asks for it.
    #[serde(default)]
    pub(super) despite: Vec<Reason>,
}

#[derive(Deserialize)]
pub(super) struct SharedOrNot {
    pub(super) after_minutes: i64,
    pub(super) is_shared: bool,
    pub(super) what: Text,
    pub(super) with: Text,
    pub(super) purpose: Text,
    pub(super) consent: Consent,
    pub(super) reasons: Text,
    #[serde(default)]
    pub(super) without_consent: Text,
    pub(super) told: Option<Told>,
}

#[derive(Deserialize)]
pub(super) struct Discovered {
    pub(super) after_minutes: i64,
    pub(super) found: Found,
    pub(super) reason: Text,
}

#[derive(Deserialize)]
pub(super) struct Ended {
    pub(super) after_minutes: i64,
    pub(super) outcome: AllegationOutcome,
    pub(super) from: Text,
    pub(super) reasons: Text,
}

#[derive(Deserialize)]
pub(super) struct OpenAgain {
    pub(super) days_ago: u64,
    pub(super) reason: Text,
}

#[derive(Deserialize)]
pub(super) struct OutcomeHeard {
    pub(super) after_minutes: i64,
    pub(super) from: Text,
    pub(super) text: Text,
}

/// `14:10`, or nothing where only the day is known.
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<NaiveTime>, D::Error> {
    let written = String::deserialize(deserializer)?;
    if written.is_empty() {
        return Ok(None);
    }
    NaiveTime::parse_from_str(&written, "%H:%M").map(Some).map_err(D::Error::custom)
}
