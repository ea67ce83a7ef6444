//! What tests of screens share: a fixed time, keys, and the screen as text.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::desk::answer::{DeskInfo, Standing};
use crate::tui::keymap::Keymap;
use crate::tui::layer::{Cx, Effects, Mouse, Surface, Typed};
use crate::tui::theme::Theme;

/// Friday 20 November 2026, ten past two, at Amina Khan's desk.
pub(in crate::tui) fn cx() -> Cx {
    Cx {
        now: "2026-11-20T14:10:00Z".parse().unwrap_or_default(),
        theme: Theme::coloured(),
        keymap: Keymap::default(),
        mouse: Mouse::Off,
        elsewhere: Vec::new(),
        desk: Some(DeskInfo {
            organisation: "Maple Road School".into(),
            name: "Amina Khan".into(),
            role: "Designated Safeguarding Lead".into(),
            receiver: None,
            drafts: 0,
            standing: Standing::default(),
            lacks_recovery_key: false,
            cabinet: crate::domain::cabinet::CabinetName::General,
            opens_both: false,
            may_record: true,
        }),
    }
}

/// A key as the app gives it to a layer: text first, then the keymap.
pub(in crate::tui) fn press(layer: &mut impl Surface, cx: &Cx, code: KeyCode) -> Effects {
    key(layer, cx, KeyEvent::new(code, KeyModifiers::NONE))
}

pub(in crate::tui) fn control(layer: &mut impl Surface, cx: &Cx, letter: char) -> Effects {
    key(layer, cx, KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
}

fn key(layer: &mut impl Surface, cx: &Cx, key: KeyEvent) -> Effects {
    match layer.typed(cx, key) {
        Typed::Taken(effects) => effects,
        Typed::NotText => {
            let action = cx.keymap.action(layer.scopes(), &key);
            action.map_or_else(Vec::new, |action| layer.act(cx, action))
        }
    }
}

/// Types a text, and says what came of it.
pub(in crate::tui) fn write(layer: &mut impl Surface, cx: &Cx, text: &str) -> Effects {
    text.chars().flat_map(|letter| press(layer, cx, KeyCode::Char(letter))).collect()
}

/// The screen as a reader sees it, row by row.
pub(in crate::tui) fn screen(layer: &mut impl Surface, width: u16, height: u16) -> String {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(_) = terminal.draw(|frame| layer.draw(&cx(), frame, frame.area()));
    // The backend cannot print a screen without columns.
    if width == 0 { String::new() } else { terminal.backend().to_string() }
}
