//! Somebody at the keyboard, on one thread and at a fixed time: keys in, screen out.

use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::Work;
use dsl_desk::desk::worker::{Clock, Service};
use dsl_desk::tui::app::{App, Event, Tell};
use dsl_desk::tui::asker::Asker;
use dsl_desk::tui::frame;
use dsl_desk::tui::keymap::Keymap;
use dsl_desk::tui::keymap::chord::{Chord, Named};
use dsl_desk::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::day::Hands;
use crate::support::PASSPHRASE;

/// The Friday on which every test happens: 20 November 2026, 14:10 in London.
pub(super) fn friday() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-20T14:10:00Z").unwrap().to_utc()
}

pub(super) struct User {
    app: App,
    terminal: Terminal<TestBackend>,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl User {
    /// Sits down at the desk in a folder, at a terminal of a given size.
    pub(super) fn at(folder: &Path, width: u16, height: u16) -> Self {
        let now = Arc::new(Mutex::new(friday()));
        let told = Arc::clone(&now);
        let clock = Clock::new(move || *told.lock().unwrap());
        let service = Service::new(Folder::new(folder), Work::Token, clock.clone());
        let app = App::new(clock, Asker::here(service), Keymap::default(), Theme::coloured());
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut user = Self { app, terminal, now };
        user.event(Event::Redraw);
        user
    }

    fn event(&mut self, event: Event) {
        self.app.event(event);
        self.terminal
            .draw(|frame| {
                frame::draw(&mut self.app, frame);
            })
            .unwrap();
    }

    /// Presses keys as the README writes them: `Ctrl-S`, `Tab`, `a`.
    #[track_caller]
    pub(super) fn press(&mut self, keys: &[&str]) -> &mut Self {
        for key in keys {
            let chord: Chord = key.parse().unwrap_or_else(|_| panic!("no such key: {key}"));
            self.event(Event::Key(key_of(chord)));
        }
        self
    }

    /// Types text letter by letter, as a person does.
    pub(super) fn types(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.event(Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
        }
        self
    }

    pub(super) fn pastes(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.to_owned()));
        self
    }

    /// Time passes, and the desk looks at its drop folder.
    pub(super) fn waits(&mut self, seconds: i64) -> &mut Self {
        *self.now.lock().unwrap() += Duration::seconds(seconds);
        self.event(Event::Tick);
        self
    }

    pub(super) fn resizes(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.terminal.resize(ratatui::layout::Rect::new(0, 0, width, height)).unwrap();
        self.event(Event::Redraw);
        self
    }

    /// Opens the desk with the passphrase of the tests' own desks.
    pub(super) fn unlocks(&mut self) -> &mut Self {
        self.types(PASSPHRASE).press(&["Enter"]);
        self.puts_off()
    }

    /// Answers another day who receives a concern about the lead: the tests' desks ask at each opening.
    pub(super) fn puts_off(&mut self) -> &mut Self {
        if self.title().contains("Who receives it") { self.press(&["Esc"]) } else { self }
    }

    pub(super) fn has_left(&self) -> bool {
        self.app.is_over()
    }

    pub(super) fn clipboard(&mut self) -> Vec<String> {
        let told = self.app.take_outbox().into_iter();
        told.filter_map(|tell| match tell {
            Tell::Clipboard(text) => Some(text),
            Tell::Mouse(_) => None,
        })
        .collect()
    }

    pub(super) fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    /// The screen as lines of text.
    pub(super) fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width.max(1));
        let rows = buffer.content.chunks(width).map(|row| {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            line.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// What the title bar says.
    pub(super) fn title(&self) -> String {
        let buffer = self.buffer();
        buffer.content.iter().take(buffer.area.width.into()).map(ratatui::buffer::Cell::symbol).collect()
    }

    #[track_caller]
    pub(super) fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "not on the screen: {text:?}\n{screen}");
        self
    }

    #[track_caller]
    pub(super) fn does_not_see(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "on the screen: {text:?}\n{screen}");
        self
    }
}

/// The same words for a day that also happens in a terminal.
impl Hands for User {
    fn press(&mut self, keys: &[&str]) -> &mut Self {
        Self::press(self, keys)
    }

    fn types(&mut self, text: &str) -> &mut Self {
        Self::types(self, text)
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        Self::sees(self, text)
    }

    fn does_not_see(&mut self, text: &str) -> &mut Self {
        Self::does_not_see(self, text)
    }

    fn waits(&mut self) -> &mut Self {
        Self::waits(self, 1).waits(1)
    }

    fn is_at(&mut self, title: &str) -> &mut Self {
        assert!(self.title().contains(&format!("· {title} ")), "not at {title}:\n{}", self.screen());
        self
    }
}

fn key_of(chord: Chord) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match chord {
        Chord::Char(c) => plain(KeyCode::Char(c)),
        Chord::Ctrl(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
        Chord::F(n) => plain(KeyCode::F(n)),
        Chord::Named(named) => plain(match named {
            Named::Enter => KeyCode::Enter,
            Named::Esc | Named::Other => KeyCode::Esc,
            Named::Tab => KeyCode::Tab,
            Named::BackTab => KeyCode::BackTab,
            Named::Backspace => KeyCode::Backspace,
            Named::Delete => KeyCode::Delete,
            Named::Up => KeyCode::Up,
            Named::Down => KeyCode::Down,
            Named::Left => KeyCode::Left,
            Named::Right => KeyCode::Right,
            Named::Home => KeyCode::Home,
            Named::End => KeyCode::End,
            Named::PageUp => KeyCode::PageUp,
            Named::PageDown => KeyCode::PageDown,
        }),
    }
}
