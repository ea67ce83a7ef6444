//! The rows. A chord that is bound twice in one scope fails a test; no row uses Alt, nor Ctrl with a letter that
//! terminals keep for themselves.

mod casework;
mod desk;

use std::sync::LazyLock;

use super::chord::Named;
use super::{Action, Binding, Chord, Hint, Scope};

const fn row(
    scope: Scope,
    chord: Chord,
    action: Action,
    label: &'static str,
    help: &'static str,
    hint: Hint,
) -> Binding {
    Binding { scope, chord, action, label, help, hint }
}

const fn key(c: char) -> Chord {
    Chord::Char(c)
}

const fn ctrl(c: char) -> Chord {
    Chord::Ctrl(c)
}

const fn named(key: Named) -> Chord {
    Chord::Named(key)
}

/// Every key of the desk.
pub static BINDINGS: LazyLock<Vec<Binding>> = LazyLock::new(|| [desk::ROWS, casework::ROWS].concat());
