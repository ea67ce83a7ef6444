//! The desk as screens and commands use it.

mod arrivals;
mod asking;
mod calls;
mod chronology;
mod closing;
mod drafts;
mod finding;
mod ground;
mod inbox;
mod killed;
mod linking;
mod narrowing;
mod register;
mod restricted;
mod routing;
mod seeing;
mod senior;
mod setup;
mod status;
mod together;
mod twins;
#[cfg(target_os = "linux")]
mod wiped;
mod writer;
