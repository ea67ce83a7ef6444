//! The screens, as somebody at the keyboard sees them.

mod picture;
mod user;
