//! The screens: events in, state changes, effects out.
//!
//! ```text
//!  terminal ──key──▶ topmost layer ──text field? it takes printable keys first
//!                          │ otherwise
//!                          ▼
//!            keymap (rows of data) ──▶ Action ──▶ the layer ──▶ Effect::Ask(Request)
//!                                                                      │
//!  draw ◀── state ◀── the layer ◀── Event::Desk(ticket, Reply) ◀── worker: one transaction ◀┘
//! ```
//!
//! Three threads: the loop, the key reader, the worker that owns the desk. The loop sleeps until something
//! arrives or is due, drains its channel, draws once. Nothing here opens a file or names SQL.

pub mod app;
mod arrived;
pub mod asker;
pub mod frame;
pub mod keymap;
pub mod layer;
pub mod run;
pub mod screens;
pub mod settings;
mod stack;
pub mod terminal;
pub mod theme;
pub mod widgets;
