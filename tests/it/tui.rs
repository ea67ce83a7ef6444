//! The screens, as somebody at the keyboard sees them.

mod counted;
mod day;
mod leaving;
mod picture;
mod pictures;
mod pty;
mod sizes;
mod typing;
mod user;
