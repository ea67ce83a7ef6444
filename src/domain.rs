//! The words of safeguarding as types, and its rules.
//!
//! Pure: no files, no clock, no SQL, no terminal. Whatever can go wrong here is a value, not an I/O error.
//! Everything that came from outside is held as [`text::Text`], so nothing in the domain can carry a control sequence.

pub mod allegation;
pub mod area;
pub mod bank_holiday;
pub mod cabinet;
pub mod call;
pub mod card;
pub mod case;
pub mod category;
pub mod caution;
pub mod child;
pub mod child_part;
pub mod chronology;
pub mod clarity;
pub mod clocks;
pub mod closing;
pub mod concern;
pub mod contact;
pub mod deadline;
pub mod decision;
pub mod defused;
pub mod discovery;
pub mod emergency;
pub mod entry;
pub mod escalation;
pub mod field;
pub mod flag;
pub mod follow_up;
pub mod freshness;
pub mod gate;
pub mod guide;
pub mod headwords;
pub mod hours;
pub mod ids;
pub mod level;
pub mod low_level;
pub mod moment;
pub mod number;
pub mod part2;
pub mod pattern;
pub mod person;
pub mod phrase;
pub mod receiving;
pub mod routing;
pub mod rule;
pub mod school;
pub mod sharing;
pub mod source;
pub mod staff_route;
pub mod text;
pub mod triage;
pub mod upn;
pub mod when;
pub mod working_time;
