//! Rebinding: the `[keys]` of `config.toml`. Reads text; which file that was, the caller knows.
//!
//! ```toml
//! [keys]
//! inbox.pile = "F5"
//! list.up = ["Up", "k", "w"]
//! ```
//!
//! A line names a scope and an action of it, and all the keys that it shall have; what is not named keeps the keys
//! that it was made with. What cannot be used never stops the desk: it is a [`Problem`] with its line, and the
//! action that it is about keeps its own keys.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::chord::Named;
use super::{Action, BINDINGS, Binding, Chord, Hint, Keymap, Scope};
use crate::domain::text::clean;

/// A line that was not followed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// The keys that a config asks for, as far as it can be followed, and what could not be, in the order of its lines.
pub fn read(text: &str) -> (Keymap, Vec<Problem>) {
    let mut reading = Reading { text, wishes: Vec::new(), problems: Vec::new() };
    reading.document();
    reading.settle();
    reading.problems.sort_by_key(|problem| problem.line);
    (Keymap { rows: rows(&reading.wishes) }, reading.problems)
}

/// Why a chord cannot be bound anywhere, if it cannot.
fn unusable(chord: Chord) -> Option<&'static str> {
    match chord {
        Chord::Ctrl(c) if !c.is_ascii_lowercase() || KEPT_BY_TERMINALS.contains(&c) => {
            Some("is kept by terminals for themselves; take another letter")
        }
        Chord::F(n) if !(1..=12).contains(&n) => Some("is not on most keyboards; take F1 to F12"),
        // What cannot be seen cannot be found in the help either.
        Chord::Char(c)
            if c != ' '
                && (c.is_control() || c.is_whitespace() || clean(&c.to_string()) != c.to_string()) =>
        {
            Some("cannot be seen; take another key")
        }
        Chord::Named(Named::Other) => Some("is not a key"),
        Chord::Char(_) | Chord::Ctrl(_) | Chord::F(_) | Chord::Named(_) => None,
    }
}

/// Ctrl with these is what Backspace, Tab and Enter send, what tmux and screen take, or what stops the program.
const KEPT_BY_TERMINALS: [char; 8] = ['a', 'b', 'h', 'i', 'j', 'm', 'q', 'z'];

/// Whether a text field would have the chord. What is offered is taken before that, at the end of the text, where
/// `Right` has nothing else to do.
fn is_for_typing(scope: Scope, action: Action, chord: Chord) -> bool {
    let is_offered = action == Action::Complete && chord == Chord::Named(Named::Right);
    has_text_fields(scope) && edits_text(chord) && !is_offered
}

/// Whether a text field takes the chord before the keymap is asked.
fn edits_text(chord: Chord) -> bool {
    match chord {
        Chord::Char(_) => true,
        Chord::Ctrl(c) => matches!(c, 'u' | 'w' | 'y'),
        Chord::Named(key) => {
            matches!(
                key,
                Named::Backspace | Named::Delete | Named::Left | Named::Right | Named::Home | Named::End
            )
        }
        Chord::F(_) => false,
    }
}

/// Whether somebody may be typing where the scope works.
fn has_text_fields(scope: Scope) -> bool {
    match scope {
        Scope::Always
        | Scope::Finder
        | Scope::Form
        | Scope::Call
        | Scope::Asking
        | Scope::Later
        | Scope::Unlock
        | Scope::SetUp => true,
        Scope::Everywhere
        | Scope::List
        | Scope::Inbox
        | Scope::Concern
        | Scope::Danger
        | Scope::Guide
        | Scope::Closing
        | Scope::Children
        | Scope::Child
        | Scope::Statuses
        | Scope::Compare
        | Scope::Contacts
        | Scope::Due
        | Scope::People
        | Scope::Ring
        | Scope::Choice
        | Scope::Choosing
        | Scope::Confirm
        | Scope::Reading => false,
    }
}

/// Without these somebody could be caught on a screen, or not be able to blank it.
fn must_have_a_key(scope: Scope, action: Action) -> bool {
    scope == Scope::Always || matches!(action, Action::Back | Action::Enter | Action::Quit | Action::Save)
}

/// An action of a scope and the keys that it shall have.
struct Wish {
    scope: Scope,
    action: Action,
    chords: Vec<Chord>,
    line: usize,
}

struct Reading<'t> {
    text: &'t str,
    wishes: Vec<Wish>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn document(&mut self) {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let reason = format!("cannot be read: {}", clean(error.message()));
            self.refuse(&error.span().unwrap_or(0..0), reason);
        }
        for (name, value) in document.get_ref() {
            match (name.get_ref().as_ref(), value.get_ref().as_table()) {
                ("keys", Some(scopes)) => {
                    scopes.iter().for_each(|(scope, actions)| self.scope(scope, actions));
                }
                // Read by whoever locks.
                ("lock", _) => {}
                ("keys", None) => self.refuse(&name.span(), "`keys` is a table; write `[keys]`".to_owned()),
                (other, _) => {
                    let reason = format!(
                        "`{}` is not known; keys belong under `[keys]`, the time to lock under `[lock]`",
                        clean(other)
                    );
                    self.refuse(&name.span(), reason);
                }
            }
        }
        self.wishes.sort_by_key(|wish| wish.line);
    }

    fn scope(&mut self, scope: &Spanned<Cow<str>>, actions: &Spanned<DeValue>) {
        let Some(actions) = actions.get_ref().as_table() else {
            let reason = format!(
                "`{}` needs an action; write it as `inbox.pile = \"F5\"`, without quotation marks before the `=`",
                clean(scope.get_ref()),
            );
            return self.refuse(&scope.span(), reason);
        };
        for (action, keys) in actions {
            match self.wish(scope.get_ref(), action, keys.get_ref()) {
                Ok(wish) => self.wishes.push(wish),
                Err(reason) => self.refuse(&action.span(), reason),
            }
        }
    }

    fn wish(&self, scope: &str, action: &Spanned<Cow<str>>, keys: &DeValue) -> Result<Wish, String> {
        let row = named(scope, action.get_ref())?;
        let chords = chords(keys)?;
        for chord in &chords {
            if let Some(why) = unusable(*chord) {
                return Err(format!("{} {why}", clean(&chord.to_string())));
            }
            if is_for_typing(row.scope, row.action, *chord) {
                return Err(format!("{chord} is for typing there; take Ctrl and a letter, or F1 to F12"));
            }
        }
        if chords.is_empty() && must_have_a_key(row.scope, row.action) {
            return Err(format!("`{scope}.{}` must have a key", action.get_ref()));
        }
        Ok(Wish { scope: row.scope, action: row.action, chords, line: self.line(&action.span()) })
    }

    /// Drops wishes, the last first, until no key means two things at once. What is left is never less than the
    /// rows that were made, which have no such key.
    fn settle(&mut self) {
        while let Some((place, reason)) = self.clash() {
            let wish = self.wishes.remove(place);
            self.problems.push(Problem { line: wish.line, reason });
        }
    }

    fn clash(&self) -> Option<(usize, String)> {
        let rows = rows(&self.wishes);
        self.wishes.iter().enumerate().rev().find_map(|(place, wish)| {
            let taken =
                rows.iter().find(|row| wish.chords.contains(&row.chord) && wish.is_disturbed_by(row))?;
            let reason = format!("{} is already `{}.{}`", taken.chord, name(taken.scope), name(taken.action));
            Some((place, reason))
        })
    }

    fn refuse(&mut self, span: &Range<usize>, reason: String) {
        self.problems.push(Problem { line: self.line(span), reason });
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1
    }
}

impl Wish {
    fn is_for(&self, row: &Binding) -> bool {
        self.scope == row.scope && self.action == row.action
    }

    /// Keys that work always work in every scope.
    fn is_disturbed_by(&self, row: &Binding) -> bool {
        let together = self.scope == row.scope || self.scope == Scope::Always || row.scope == Scope::Always;
        together && !self.is_for(row)
    }
}

/// The rows with the wishes in their places.
fn rows(wishes: &[Wish]) -> Vec<Binding> {
    let mut rows: Vec<Binding> = Vec::with_capacity(BINDINGS.len());
    for row in BINDINGS.iter() {
        match wishes.iter().find(|wish| wish.is_for(row)) {
            None => rows.push(row.clone()),
            Some(wish) if rows.iter().any(|done| wish.is_for(done)) => {}
            Some(wish) => rows.extend(rebound(wish)),
        }
    }
    rows
}

/// The first key takes the hint in the footer, so that there is one.
fn rebound(wish: &Wish) -> impl Iterator<Item = Binding> {
    let made = BINDINGS.iter().filter(|row| wish.is_for(row));
    let model = made.min_by_key(|row| row.hint == Hint::Help);
    let hints = model.map(|row| row.hint).into_iter().chain(std::iter::repeat(Hint::Help));
    let keys = wish.chords.iter().zip(hints);
    keys.filter_map(move |(chord, hint)| Some(Binding { chord: *chord, hint, ..model?.clone() }))
}

fn named(scope: &str, action: &str) -> Result<&'static Binding, String> {
    let mut of_scope = BINDINGS.iter().filter(|row| name(row.scope) == scope).peekable();
    if of_scope.peek().is_none() {
        return Err(format!(
            "there is no `{}`; there are {}",
            clean(scope),
            names(BINDINGS.iter().map(|row| row.scope))
        ));
    }
    let actions = names(of_scope.clone().map(|row| row.action));
    of_scope
        .find(|row| name(row.action) == action)
        .ok_or_else(|| format!("`{scope}` has no `{}`; it has {actions}", clean(action)))
}

fn chords(keys: &DeValue) -> Result<Vec<Chord>, String> {
    let written: Option<Vec<&str>> = match (keys.as_str(), keys.as_array()) {
        (Some(one), _) => Some(vec![one]),
        (None, Some(several)) => several.iter().map(|key| key.get_ref().as_str()).collect(),
        (None, None) => None,
    };
    let written = written.ok_or("write the key in quotation marks, or several as `[\"Up\", \"k\"]`")?;
    let mut chords = Vec::new();
    for text in written {
        let chord = text.parse().map_err(|why| format!("`{}` {why}", clean(text)))?;
        if !chords.contains(&chord) {
            chords.push(chord);
        }
    }
    Ok(chords)
}

/// The word of a scope or an action in the file.
fn name(value: impl Serialize) -> String {
    toml::Value::try_from(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn names<T: Serialize + PartialEq>(values: impl Iterator<Item = T>) -> String {
    let mut names: Vec<String> = values.map(|value| format!("`{}`", name(value))).collect();
    names.dedup();
    names.join(", ")
}

#[cfg(test)]
mod tests;
