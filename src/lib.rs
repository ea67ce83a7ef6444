//! `dsl-desk`: the terminal desk of a designated safeguarding lead.

pub mod cabinet;
pub mod desk;
pub mod domain;
pub mod search;
pub mod tui;
