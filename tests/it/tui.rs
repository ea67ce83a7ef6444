//! The screens, as somebody at the keyboard sees them.

mod day;
mod leaving;
mod picture;
mod pty;
mod user;
