//! The open desk: the one place where the cabinet, the drop folder and the index meet.
//!
//! Commands call the methods of [`Desk`] directly. Screens put the same calls as [`Request`]s to the
//! [`worker`], which owns the desk on a thread of its own, and get [`Reply`]s back. Nothing here draws or prints.

pub mod act;
pub mod answer;
pub mod request;

pub use act::{Act, Saved};
pub use request::{Reply, Request};
