//! What leaves the desk: the book as vCards, or as a table; what is due as a calendar.
//!
//! Everything here is text made of what it is given. It opens no file, asks no record and prints nothing: where the
//! text goes is for whoever asked.

pub mod contacts_csv;
pub mod ics;
pub mod vcard;
