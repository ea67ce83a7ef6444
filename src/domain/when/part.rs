//! A part of a day: `this morning`, `yesterday lunchtime`, `fri pm`, `last night`, `after school`.
//!
//! It is no time, and none is made of it: alone it gives the day. Beside a time it settles which of two is meant.

use chrono::{NaiveDate, NaiveTime, Timelike as _};

use super::day::{self, Lean, Today};
use super::tokens::Reader;

/// The first and the last of its hours.
#[derive(Clone, Copy)]
pub(super) struct Part(u32, u32);

impl Part {
    pub(super) fn has(self, time: NaiveTime) -> bool {
        (self.0..=self.1).contains(&time.hour())
    }
}

/// What follows midnight is of two nights to those who speak of it, so it is of neither.
const NIGHT: Part = Part(17, 23);

const OF_ANY_DAY: [(&str, Part); 6] = [
    ("morning", Part(0, 11)),
    ("am", Part(0, 11)),
    ("afternoon", Part(12, 18)),
    ("pm", Part(12, 23)),
    ("evening", Part(16, 23)),
    ("night", NIGHT),
];

/// Said without a day, these are of the school day that everybody is in.
const OF_A_SCHOOL_DAY: [(&str, Part); 20] = [
    ("before school", Part(6, 9)),
    ("breakfast club", Part(6, 9)),
    ("registration", Part(8, 14)),
    ("tutor time", Part(8, 15)),
    ("form time", Part(8, 15)),
    ("assembly", Part(8, 15)),
    ("morning break", Part(9, 11)),
    ("break time", Part(9, 15)),
    ("breaktime", Part(9, 15)),
    ("break", Part(9, 15)),
    ("playtime", Part(9, 15)),
    ("lunch time", Part(11, 14)),
    ("lunchtime", Part(11, 14)),
    ("lunch", Part(11, 14)),
    ("dinner time", Part(11, 14)),
    ("dinnertime", Part(11, 14)),
    ("home time", Part(14, 16)),
    ("hometime", Part(14, 16)),
    ("end of school", Part(14, 16)),
    ("after school", Part(14, 18)),
];

/// `period 3`, wherever in the day a school has put it.
const LESSON: Part = Part(8, 17);

/// A part on its own, as it stands after a day or a time: `in the morning`, `at lunch`, `pm`.
pub(super) fn read(reader: &mut Reader) -> Option<Part> {
    reader.attempt(|reader| {
        let _in_the = reader.word_in(&["in", "at", "during"]);
        let _the = reader.word_in(&["the"]);
        of_a_school_day(reader).or_else(|| of_any_day(reader))
    })
}

/// A day, and the part of it if one was named.
pub(super) fn of_day(reader: &mut Reader, today: Today) -> Option<(NaiveDate, Option<Part>)> {
    reader
        .attempt(|reader| of_today(reader, today))
        .or_else(|| reader.attempt(|reader| last_night(reader, today)))
        .or_else(|| reader.attempt(|reader| before_its_day(reader, today)))
        .or_else(|| reader.attempt(|reader| after_its_day(reader, today)))
        .or_else(|| reader.attempt(|reader| school_day(reader, today)))
}

/// `this morning`, `earlier this afternoon`, `tonight`, `earlier today`.
fn of_today(reader: &mut Reader, today: Today) -> Option<(NaiveDate, Option<Part>)> {
    let _first_thing = reader.phrase("first thing");
    let earlier = reader.phrase_in(&["earlier on", "earlier", "later on", "later"]);
    if reader.word_in(&["tonight"]).is_some() {
        return Some((today.date, Some(NIGHT)));
    }
    if earlier.is_some() && reader.word_in(&["today"]).is_some() {
        return Some((today.date, read(reader)));
    }
    reader.word_in(&["this"])?;
    let part = of_a_school_day(reader).or_else(|| of_any_day(reader))?;
    Some((today.date, Some(part)))
}

fn last_night(reader: &mut Reader, today: Today) -> Option<(NaiveDate, Option<Part>)> {
    let _late = reader.word_in(&["late"]);
    reader.phrase_in(&["last night", "last evening"])?;
    Some((today.date.pred_opt()?, Some(NIGHT)))
}

/// `the morning of 20 Nov`, `lunchtime on Friday`, `first thing yesterday`.
fn before_its_day(reader: &mut Reader, today: Today) -> Option<(NaiveDate, Option<Part>)> {
    let part = match reader.phrase("first thing") {
        Some(()) => Part(6, 11),
        None => read(reader)?,
    };
    let _of = reader.word_in(&["of"]);
    Some((day::read(reader, today)?, Some(part)))
}

fn after_its_day(reader: &mut Reader, today: Today) -> Option<(NaiveDate, Option<Part>)> {
    let date = day::read(reader, today)?;
    Some((date, read(reader)))
}

/// `lunchtime`: today's, in what has happened. What is still to come may be tomorrow's.
fn school_day(reader: &mut Reader, today: Today) -> Option<(NaiveDate, Option<Part>)> {
    match today.lean {
        Lean::Future => None,
        Lean::Past => {
            let _at = reader.word_in(&["at", "in", "during"]);
            of_a_school_day(reader).map(|part| (today.date, Some(part)))
        }
    }
}

fn of_a_school_day(reader: &mut Reader) -> Option<Part> {
    reader.one_of(&OF_A_SCHOOL_DAY).or_else(|| {
        reader.attempt(|reader| {
            reader.word_in(&["period", "lesson", "p"])?;
            reader.short_number().map(|_| LESSON)
        })
    })
}

fn of_any_day(reader: &mut Reader) -> Option<Part> {
    reader.attempt(|reader| {
        let _roughly = reader.word_in(&["early", "mid", "late"]);
        let _hyphen = reader.mark('-');
        reader.one_of(&OF_ANY_DAY)
    })
}
