//! The desk as screens and commands use it.

mod arrivals;
mod chronology;
mod drafts;
mod finding;
mod linking;
mod narrowing;
mod seeing;
mod setup;
mod together;
