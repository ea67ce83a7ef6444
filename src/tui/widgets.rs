//! Parts that several screens are made of. Each is a plain state with its own tests, and a way to draw it.
//!
//! Nothing here knows a screen, an action or the keymap: a text input takes the keys that are text and says whether
//! it did ([`Consumed`]), a list is moved by calls. Widths are terminal columns, letters are grapheme clusters.

pub mod columns;
pub mod wrap;
