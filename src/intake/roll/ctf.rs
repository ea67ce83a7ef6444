//! The Department for Education's Common Transfer File: who is sent from one school to another, as XML.
//!
//! Editions differ, so tags count by their own names: whatever stands before a colon, tags that are not known and all
//! attributes are stepped over, and a name may stand in the pupil or in its basic details. The library reads a file that
//! was cut short without a word; whatever was opened must be closed again here.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::names::Names;
use super::{
    Kind, MAX_TEXT, NO_BIRTHDAY, NO_LEAVING_DATE, NO_UPN, Pupil, Refusal, Roll, Row, day, few_enough, year,
};
use crate::domain::text::Text;
use crate::domain::upn::Upn;
use crate::intake::contacts::Losses;

/// Of the name of a tag and all its attributes, in bytes: a hundred times what one has.
const LONGEST_TAG: usize = 16_384;
/// How deep tags stand in each other: ten times as deep as they do.
const DEEPEST: usize = 64;
/// The outermost tag, in small letters.
const ROOT: &str = "ctfile";

/// Reads every pupil.
pub(super) fn read(text: &str) -> Result<Roll, Refusal> {
    let mut reader = Reader::from_str(text);
    // Schools' programs write `&` in names of places.
    reader.config_mut().allow_dangling_amp = true;
    let mut reading = Reading::default();
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(tag) => reading.open(&tag)?,
            Event::Empty(tag) => {
                reading.open(&tag)?;
                reading.close()?;
            }
            Event::End(BytesEnd { .. }) => reading.close()?,
            Event::Text(text) => reading.say(&text.xml10_content()),
            Event::CData(text) => reading.say(&text.xml10_content()),
            Event::GeneralRef(reference) => reading.say(&resolved(&reference)),
            Event::DocType(_) => return Err(Refusal::DocumentType),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return reading.finish(),
        }
    }
}

/// A character that was written as a reference; what names anything else stays as it is written.
fn resolved(reference: &BytesRef) -> String {
    let name = reference.xml10_content();
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        Ok(None) | Err(_) => {
            resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
        }
    }
}

/// A file while it is read.
#[derive(Default)]
struct Reading {
    /// The names of the tags that are open, in small letters.
    path: Vec<String>,
    /// The root was closed: nothing may follow it.
    is_over: bool,
    /// What the innermost tag has said so far.
    said: String,
    header: BTreeMap<String, String>,
    pupil: BTreeMap<String, String>,
    /// One school of the pupil's history.
    school: BTreeMap<String, String>,
    /// When the pupil left the school that sent the file.
    left: Option<String>,
    rows: Vec<Row>,
}

/// Where a tag stands, as far as that matters.
enum Place<'p> {
    Header(String),
    Pupil,
    /// Of the pupil or of the basic details.
    Detail(&'p str),
    School,
    OfSchool(&'p str),
    Elsewhere,
}

fn place(path: &[String]) -> Place<'_> {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names.as_slice() {
        [_, "header", rest @ ..] => Place::Header(rest.concat()),
        [_, "ctfpupildata" | "pupils", "pupil", rest @ ..] => match rest {
            [] => Place::Pupil,
            [detail] | ["basicdetails", detail] => Place::Detail(detail),
            ["schoolhistory", "school"] => Place::School,
            ["schoolhistory", "school", detail] => Place::OfSchool(detail),
            [..] => Place::Elsewhere,
        },
        [..] => Place::Elsewhere,
    }
}

impl Reading {
    fn open(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        if tag.len() > LONGEST_TAG {
            return Err(Refusal::LongTag);
        }
        if self.is_over {
            return Err(Refusal::Damaged);
        }
        if self.path.len() >= DEEPEST {
            return Err(Refusal::TooDeep);
        }
        self.path.push(tag.local_name().as_ref().to_ascii_lowercase());
        if self.path.len() == 1 && self.path.iter().any(|root| root != ROOT) {
            return Err(Refusal::NotATransfer);
        }
        self.said.clear();
        match place(&self.path) {
            Place::Pupil => {
                few_enough(self.rows.len() + 1)?;
                self.pupil.clear();
                self.left = None;
            }
            Place::School => self.school.clear(),
            Place::Header(_) | Place::Detail(_) | Place::OfSchool(_) | Place::Elsewhere => {}
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        // One letter more than is taken is enough to refuse it.
        let room = (MAX_TEXT + 1).saturating_sub(self.said.chars().count());
        self.said.extend(text.chars().take(room));
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let said = std::mem::take(&mut self.said);
        let said = said.trim();
        match place(&self.path) {
            Place::Header(name) => put(&mut self.header, &name, said),
            Place::Detail(name) => put(&mut self.pupil, name, said),
            Place::OfSchool(name) => put(&mut self.school, name, said),
            Place::School => self.look_at_school(),
            Place::Pupil => self.take_pupil(),
            Place::Elsewhere => {}
        }
        self.path.pop().ok_or(Refusal::Damaged)?;
        self.is_over |= self.path.is_empty();
        Ok(())
    }

    /// A date of leaving counts where it is of the school that sent the file, or of the one that calls itself the last.
    fn look_at_school(&mut self) {
        let of = |name: &str| self.school.get(name).map(String::as_str);
        let is_last = of("lastschool").is_some_and(|said| matches!(said, "true" | "1" | "TRUE" | "True"));
        let code = ["lea", "estab"].map(of);
        let sender =
            ["sourceschoollea", "sourceschoolestab"].map(|name| self.header.get(name).map(String::as_str));
        let is_sender = code.iter().all(Option::is_some) && code == sender;
        if is_last || is_sender {
            self.left = of("leavingdate").map(str::to_owned).or(self.left.take());
        }
    }

    fn take_pupil(&mut self) {
        let place = u32::try_from(self.rows.len() + 1).unwrap_or(u32::MAX);
        let mut losses = Losses::default();
        let mut take =
            |names: &[&str]| names.iter().find_map(|name| self.pupil.remove(*name)).unwrap_or_default();
        let names = Names {
            full: String::new(),
            forename: take(&["forename", "legalforename"]),
            middle: take(&["middlenames", "middlename"]),
            surname: take(&["surname", "legalsurname"]),
            preferred_forename: take(&["preferredforename"]),
            preferred_surname: take(&["preferredsurname"]),
            former_surname: take(&["formersurname"]),
        };
        let (born, upn, ncyear) = (take(&["dob"]), take(&["upn"]), take(&["ncyearactual"]));
        let mut pupil = Pupil {
            date_of_birth: read_or_lose(&born, day, NO_BIRTHDAY, &mut losses),
            upn: read_or_lose(&upn, Upn::read, NO_UPN, &mut losses),
            year: year(&ncyear),
            left: read_or_lose(&self.left.take().unwrap_or_default(), day, NO_LEAVING_DATE, &mut losses),
            ..Pupil::default()
        };
        names.put_into(&mut pupil);
        self.rows.push(Row { place, result: pupil.whole(), lost: losses.into_texts() });
    }

    fn finish(self) -> Result<Roll, Refusal> {
        if !self.path.is_empty() {
            return Err(Refusal::Damaged);
        }
        if !self.is_over {
            return Err(Refusal::NotATransfer);
        }
        let said = |names: &[&str]| {
            names.iter().find_map(|name| self.header.get(*name)).cloned().unwrap_or_default()
        };
        let from = Text::from(said(&["sourceschoolschoolname", "sourceschoolname"]));
        // An authority has letters where a school has its number.
        let is_for_a_school = said(&["destschoolestab"]).chars().any(|c| c.is_ascii_digit());
        let to = is_for_a_school.then(|| Text::from(said(&["destschoolschoolname", "destschoolname"])));
        let is_partial = said(&["documentqualifier"]).eq_ignore_ascii_case("partial");
        Ok(Roll { kind: Kind::Transfer { from, to, is_partial }, rows: self.rows, lost: Vec::new() })
    }
}

/// What was said first stands.
fn put(into: &mut BTreeMap<String, String>, name: &str, said: &str) {
    if !said.is_empty() {
        into.entry(name.to_owned()).or_insert_with(|| said.to_owned());
    }
}

/// None where nothing is said; what cannot be read is lost.
fn read_or_lose<T>(
    said: &str,
    read: impl FnOnce(&str) -> Option<T>,
    what: &'static str,
    losses: &mut Losses,
) -> Option<T> {
    let found = read(said);
    if found.is_none() && !said.is_empty() {
        losses.add(what);
    }
    found
}
