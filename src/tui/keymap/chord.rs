//! One key with its modifiers, as it is typed, written in `config.toml`, and shown.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Equality is exact: `a` and `A` are different keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chord {
    Char(char),
    Ctrl(char),
    F(u8),
    Named(Named),
}

/// Keys that have a name on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// A key that no binding uses.
    Other,
}

const NAMES: [(Named, &str); 14] = [
    (Named::Enter, "Enter"),
    (Named::Esc, "Esc"),
    (Named::Tab, "Tab"),
    (Named::BackTab, "Shift-Tab"),
    (Named::Backspace, "Backspace"),
    (Named::Delete, "Delete"),
    (Named::Up, "Up"),
    (Named::Down, "Down"),
    (Named::Left, "Left"),
    (Named::Right, "Right"),
    (Named::Home, "Home"),
    (Named::End, "End"),
    (Named::PageUp, "PgUp"),
    (Named::PageDown, "PgDn"),
];

impl Chord {
    pub fn of(key: &KeyEvent) -> Self {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            // No chord of ours uses Alt: terminals mix it up with Esc.
            _ if key.modifiers.contains(KeyModifiers::ALT) => Self::Named(Named::Other),
            KeyCode::Char(c) if ctrl => Self::Ctrl(c.to_ascii_lowercase()),
            KeyCode::Char(c) => Self::Char(c),
            KeyCode::F(n) => Self::F(n),
            code => Self::Named(named(code)),
        }
    }
}

fn named(code: KeyCode) -> Named {
    match code {
        KeyCode::Enter => Named::Enter,
        KeyCode::Esc => Named::Esc,
        KeyCode::Tab => Named::Tab,
        KeyCode::BackTab => Named::BackTab,
        KeyCode::Backspace => Named::Backspace,
        KeyCode::Delete => Named::Delete,
        KeyCode::Up => Named::Up,
        KeyCode::Down => Named::Down,
        KeyCode::Left => Named::Left,
        KeyCode::Right => Named::Right,
        KeyCode::Home => Named::Home,
        KeyCode::End => Named::End,
        KeyCode::PageUp => Named::PageUp,
        KeyCode::PageDown => Named::PageDown,
        _ => Named::Other,
    }
}

/// As it is shown: `Ctrl-K`, `F12`, `Enter`, `j`.
impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_uppercase()),
            Self::F(n) => format!("F{n}"),
            Self::Named(named) => {
                NAMES.iter().find(|(key, _)| key == named).map_or("?", |(_, name)| name).to_owned()
            }
        };
        f.pad(&text)
    }
}

/// A chord that cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a key; write it as `a`, `Ctrl-K`, `F2`, `Enter`, `PgUp`")]
pub struct NotAChord;

impl FromStr for Chord {
    type Err = NotAChord;

    fn from_str(text: &str) -> Result<Self, NotAChord> {
        if let Some((key, _)) = NAMES.iter().find(|(_, name)| name.eq_ignore_ascii_case(text)) {
            return Ok(Self::Named(*key));
        }
        if text.eq_ignore_ascii_case("space") {
            return Ok(Self::Char(' '));
        }
        let mut letters = text.chars();
        if let (Some(c), None) = (letters.next(), letters.next()) {
            return Ok(Self::Char(c));
        }
        if let Some(c) = text.to_ascii_lowercase().strip_prefix("ctrl-").and_then(|key| key.parse().ok()) {
            return Ok(Self::Ctrl(c));
        }
        text.strip_prefix(['f', 'F']).and_then(|n| n.parse().ok()).map(Self::F).ok_or(NotAChord)
    }
}
