//! `dsl-desk`: the terminal desk of a designated safeguarding lead.

pub mod domain;
