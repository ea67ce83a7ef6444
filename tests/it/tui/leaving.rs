//! The real program is left in every way: asked to, told to, and killed. What was being typed is there afterwards,
//! and nothing of the record is on the terminal.

use std::fs;

use super::day::Hands as _;
use super::pty::Terminal;
use crate::support::{PASSPHRASE, Place, World};

const CHILD: &str = "Zoe Marsh";
const HALF_TYPED: &str = "Do not tell the father before";

/// A desk with one concern, open in a terminal, with a half-typed advice entry on the screen.
struct Interrupted {
    place: Place,
    terminal: Terminal,
    /// How the terminal was set before the desk took it.
    before: String,
}

impl Interrupted {
    fn new() -> Self {
        let mut world = World::new();
        world.concern(CHILD, Some("2014-03-02"));
        let place = world.close();
        let (terminal, before) = Terminal::open(place.folder.root());
        let mut writing = Self { place, terminal, before };
        writing.unlocks();
        writing.terminal.puts_off();
        writing
            .terminal
            .is_at("Inbox")
            .sees(CHILD)
            .press(&["Enter"])
            .is_at("Concern 1: in danger now?")
            .press(&["n"])
            .is_at("Concern 1")
            .press(&["a"]);
        writing
            .terminal
            .is_at("Concern 1, Zoe Marsh: Advice sought")
            .press(&["Tab"])
            .types("Jo Bloggs")
            .press(&["Tab"]);
        writing.terminal.types(HALF_TYPED).sees(HALF_TYPED);
        writing
    }

    fn unlocks(&mut self) {
        self.terminal.sees("Amina Khan").types(PASSPHRASE).press(&["Enter"]);
    }

    /// Another desk on the same cabinet sees what was kept.
    fn draft(&self) -> String {
        let drafts = self.place.open().unwrap().drafts().unwrap();
        drafts.iter().map(|draft| draft.body.as_str()).collect()
    }

    /// Opens the desk anew: it says what was being written, and has the text.
    #[track_caller]
    fn opens_with_the_text(mut self) {
        self.terminal = Terminal::open(self.place.folder.root()).0;
        self.unlocks();
        self.terminal.sees("you were writing").press(&["Enter"]).is_at("Concern 1, Zoe Marsh: Advice sought");
        self.terminal.sees("Jo Bloggs").sees(HALF_TYPED);
    }

    /// The main screen, its scrollback, the cursor and the line discipline are as they were.
    #[track_caller]
    fn has_left_nothing(&mut self) {
        assert_eq!(self.terminal.discipline(), self.before);
        self.terminal.look(|shown| {
            let screen = shown.parser.screen_mut();
            assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
            screen.set_scrollback(usize::MAX);
            assert_eq!((screen.scrollback(), screen.contents().trim()), (0, ""));
        });
    }
}

#[test]
fn a_kill_costs_no_more_than_the_last_second() {
    let mut writing = Interrupted::new();
    let desk = writing.place.open().unwrap();
    let is_kept = || desk.drafts().unwrap().iter().any(|draft| draft.body.contains(HALF_TYPED));
    writing.terminal.waits_for("the draft", is_kept);
    drop(desk);
    writing.terminal.signal("KILL");
    writing.terminal.ends();
    writing.opens_with_the_text();
}

#[test]
fn being_told_to_stop_keeps_the_text_and_clears_the_screen() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut writing = Interrupted::new();
        writing.terminal.signal(signal);
        writing.terminal.ends();
        writing.has_left_nothing();
        assert!(writing.draft().contains(HALF_TYPED), "{signal}");
        writing.opens_with_the_text();
    }
}

#[test]
fn leaving_with_q_clears_the_screen() {
    let mut writing = Interrupted::new();
    writing.terminal.press(&["Esc"]).is_at("Concern 1").press(&["q"]).ends();
    writing.has_left_nothing();
    assert!(writing.draft().contains(HALF_TYPED));
    // A copied file is a whole one: no journal is left beside it.
    let journal = writing.place.folder.database().with_extension("db-wal");
    assert!(fs::metadata(journal).map_or(0, |file| file.len()) == 0);
}
