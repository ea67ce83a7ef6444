//! The rules R1 to R36, as the desk keeps them. A test of a rule begins with its number and the kind of case that it is:
//! `r3_applies_…`, `r3_does_not_apply_…`, `r3_overridden_…`.

mod categories;
mod clocks;
mod closing;
mod gates;
mod guide;
mod listed;
mod patterns;
mod record;
mod routing;
mod sharing;
mod staff;
mod words;
mod working_time;
