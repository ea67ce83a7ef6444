//! Finding: folding, matching and ranking, for the finder, every list, and the linking of arrivals.
//!
//! Pure: no SQL, no files, no terminal. Only `fuzzy.rs` names fuzzy-matcher.
//!
//! ```text
//!  text ──fold──▶ words ──▶ Pattern (typed) against word ──▶ Closeness: how near, and why
//!                                       │
//!         one line on the screen ◀──────┼──────▶ Index: every child and contact, ranked
//!         match_text, highlight         └──────▶ Vocabulary: the words of all running text
//! ```
//!
//! What makes a word near is in a file for each: its letters (`spelling`, `fuzzy`), its sound (`sound`), and which names
//! are one (`names`, out of `data/names.toml`); `closeness` weighs them. What may be asked of running text beside words
//! is read in `asking`; where it is looked for is the cabinet's business.
//!
//! Everything is compared word by word and never letter by letter across a sentence, where letters in order
//! match nearly everything and mean nothing.
//!
//! **Typing more letters never brings back what they exclude.** A word may be misspelt as often as its *own*
//! length allows, not that of what was typed so far; and what was typed need only agree with its beginning. So
//! whatever agrees with `jhon` agreed with `jho`, `jh` and `j`. The price is that the first letters of a word
//! exclude little: they put the likeliest first.

mod agreement;
mod asking;
mod card;
mod closeness;
mod excerpt;
mod fold;
mod folded;
mod fuzzy;
mod index;
mod letters;
mod lines;
mod matching;
mod names;
mod numbers;
mod query;
mod reading;
mod sound;
mod spelling;
#[cfg(test)]
mod typing;
mod vocabulary;

pub use agreement::{Agreement, names_agree};
pub use asking::{Asking, Completion, Filter, Filters, Phrase, WhichChild, begins_words};
pub use card::{Card, Field, Standing};
pub use closeness::{Closeness, UNSUPPORTED, Why, keep_supported};
pub use excerpt::{Excerpt, Sought};
pub use fold::{fold, letters_of, tokens};
pub use index::{Hit, Index};
pub use lines::{Line, Lines};
pub use matching::{Match, Nearness, highlight, match_running_text, match_text};
pub use names::read_names;
pub use query::Query;
pub use vocabulary::Vocabulary;
