//! `dsl-desk ring`: whom to ring, now or at a given minute, first to last.

use std::ffi::OsStr;

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde::Serialize;

use super::failure::{Failure, Result};
use super::layout::{beneath, field};
use super::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::answer::Subject;
use crate::domain::area::Area;
use crate::domain::contact::Checked;
use crate::domain::freshness::Freshness;
use crate::domain::hours::Standing;
use crate::domain::ids::{ConcernId, ContactId};
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::number::read_aloud;
use crate::domain::routing::{About, Purpose, Question, Route, Step, Whom};
use crate::domain::source;
use crate::domain::text::Text;
use crate::domain::when;

pub(super) const SHAPE: &str = "With --json one document:
  { at, question: { danger, area, about, for }, first: [text], warnings: [text],
    answers: [ { contact, name, phone, open: true | false | null, until?, opens?, why, source: [text],
                 number_source: [text], rules: [text], checked?: { on, by }, person,
                 role, organisation, note, cautions: [text], stale } ] }
`contact` is none for 999. `open` is null where no source says when it is answered.";

#[derive(clap::Args)]
pub(super) struct Args {
    /// Somebody is in danger, or a crime is happening now.
    #[arg(long)]
    danger: bool,
    /// Where the child or adult lives.
    #[arg(long, value_name = "AREA", value_parser = Areas)]
    area: Option<Area>,
    /// Whom it is about.
    #[arg(long, value_name = "WHOM")]
    about: Option<About>,
    /// What the call is for.
    #[arg(long = "for", value_name = "WHAT")]
    purpose: Option<Purpose>,
    /// A concern of the desk, which says all of that itself.
    #[arg(long, value_name = "CONCERN")]
    concern: Option<ConcernId>,
    /// At another minute than this: "fri 16:30", "2026-12-25 10:00".
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
}

/// However people write an area, and the ids of them all for whoever wrote none.
#[derive(Clone)]
struct Areas;

impl TypedValueParser for Areas {
    type Value = Area;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        written: &OsStr,
    ) -> std::result::Result<Area, clap::Error> {
        written.to_str().and_then(Area::read).ok_or_else(|| {
            let ids = Area::all().iter().map(|area| area.id().to_owned()).collect();
            let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
            let which = arg.map(ToString::to_string).unwrap_or_default();
            error.insert(ContextKind::InvalidArg, ContextValue::String(which));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(ids));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let known = Area::all().iter().map(|area| PossibleValue::new(area.id()).help(area.name()));
        Some(Box::new(known))
    }
}

impl ValueEnum for About {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.label()))
    }
}

impl ValueEnum for Purpose {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.label()))
    }
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let at = args.at.as_deref().map_or(Ok(now), |at| minute(at, now))?;
    let mut question = desk.ring_about(args.concern.map(Subject::Concern), at)?.question;
    question.danger |= args.danger;
    question.area = args.area.clone().or(question.area);
    if let Some(about) = args.about {
        question.about = about;
        // Nobody rings about a colleague to report what is no allegation.
        question.purpose = Purpose::usual_for(about);
    }
    question.purpose = args.purpose.unwrap_or(question.purpose);
    let route = desk.ring(&question)?;
    match out.form() {
        Form::Json => out.document(&Document::of(&question, &route)),
        Form::Plain => plain(out, &question, &route),
    }
}

/// Leans to the future: whoever asks for another minute plans.
fn minute(written: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    match when::parse_due(written, now) {
        Ok(Moment::At(at)) => Ok(at),
        Ok(Moment::Date(_)) | Err(_) => Err(Failure::said(
            "The time after --at cannot be read. Write a day and a time, like \"fri 16:30\" or \"2026-12-25 10:00\".",
        )),
    }
}

#[derive(Serialize)]
struct Document<'r> {
    at: String,
    question: Asked<'r>,
    first: &'r [String],
    answers: Vec<Answer<'r>>,
    warnings: &'r [String],
}

#[derive(Serialize)]
struct Asked<'r> {
    danger: bool,
    area: Option<&'r Area>,
    about: About,
    #[serde(rename = "for")]
    purpose: Purpose,
}

#[derive(Serialize)]
struct Answer<'r> {
    contact: Option<ContactId>,
    name: &'r Text,
    /// Whoever holds the role, of a contact of the desk's own.
    person: &'r Text,
    phone: Option<&'r Text>,
    open: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<String>,
    why: &'r str,
    source: &'r [Text],
    number_source: &'r [Text],
    rules: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<&'r Checked>,
    role: &'r Text,
    organisation: &'r Text,
    note: &'r Text,
    cautions: &'r [Text],
    stale: bool,
}

impl<'r> Document<'r> {
    fn of(question: &'r Question, route: &'r Route) -> Self {
        Self {
            at: rfc3339(question.at),
            question: Asked {
                danger: question.danger,
                area: question.area.as_ref(),
                about: question.about,
                purpose: question.purpose,
            },
            first: &route.first,
            answers: route.steps.iter().map(Answer::of).collect(),
            warnings: &route.warnings,
        }
    }
}

impl<'r> Answer<'r> {
    fn of(step: &'r Step) -> Self {
        let (until, opens) = match step.standing {
            Standing::Open { until } => (Some(rfc3339(until)), None),
            Standing::Closed { opens, .. } => (None, opens.map(rfc3339)),
            Standing::NotStated | Standing::Always => (None, None),
        };
        let checked = match &step.freshness {
            Some(Freshness::Checked(checked) | Freshness::CheckedLongAgo(checked)) => Some(checked),
            Some(Freshness::SourceOutOfDate(_) | Freshness::Unchecked) | None => None,
        };
        Self {
            contact: match step.whom {
                Whom::Emergency => None,
                Whom::Contact(contact) => Some(contact),
            },
            name: &step.called,
            person: &step.name,
            phone: step.number.as_ref(),
            open: step.standing.is_open(),
            until,
            opens,
            why: &step.why,
            source: &step.read_in,
            number_source: &step.sources,
            rules: &step.rules,
            checked,
            role: &step.role,
            organisation: &step.organisation,
            note: &step.note,
            cautions: &step.cautions,
            stale: step.freshness.as_ref().is_some_and(Freshness::is_stale),
        }
    }
}

fn plain(out: &mut Out, question: &Question, route: &Route) -> Result<()> {
    let area = question.area.as_ref().map_or("not known", Area::name);
    let (about, purpose) = (question.about.label(), question.purpose.label());
    let asked = format!("About {about}, {purpose}; area: {area}.");
    field(out, &Moment::At(question.at).to_string(), &asked)?;
    for sentence in route.first.iter().chain(&route.warnings) {
        field(out, "", &format!("! {sentence}"))?;
    }
    out.line("")?;
    for (place, step) in route.steps.iter().enumerate() {
        let number = step.number.as_ref().map_or_else(|| "no number in the book".to_owned(), read_aloud);
        field(out, &format!("{}  {number}", place + 1), &who(step))?;
        if step.number.is_some() {
            beneath(out, &step.standing.words(question.at))?;
        }
        beneath(out, &format!("{} ({})", step.why, listed(&step.read_in)))?;
        for caution in &step.cautions {
            beneath(out, &format!("! {}", caution.one_line()))?;
        }
        if let Some(freshness) = step.freshness.as_ref().filter(|freshness| !freshness.badge().is_empty()) {
            beneath(out, &format!("{}. Read in: {}.", freshness.sentence(), listed(&step.sources)))?;
        }
    }
    Ok(())
}

fn who(step: &Step) -> String {
    let parts = [&step.called, &step.name, &step.organisation, &step.note];
    let mut parts: Vec<String> =
        parts.into_iter().map(Text::one_line).filter(|part| !part.is_empty()).collect();
    parts.dedup();
    parts.join(", ")
}

fn listed(sources: &[Text]) -> String {
    sources.iter().map(source::in_short).collect::<Vec<_>>().join("; ")
}
