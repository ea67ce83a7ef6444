//! What the tests of the screens share: a desk at a fixed time, keys in, the drawn screen out.

use chrono::{DateTime, Utc};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::cabinet::table::child::Child;
use crate::cabinet::table::concern::{Concern, ConcernLine, InboxRow};
use crate::desk::Request;
use crate::desk::answer::{DeskInfo, Standing};
use crate::domain::child::ChildDetails;
use crate::domain::concern::{About, Account, NamedChild, Part1, Reporter};
use crate::domain::entry::{Entry, Source};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::part2::Section;
use crate::domain::text::Text;
use crate::domain::triage::{State, Urgency};
use crate::tui::keymap::Keymap;
use crate::tui::layer::{Cx, Effect, Effects, Mouse, Surface, Typed};
use crate::tui::theme::Theme;

/// Sunday 22 November 2026, 14:00 in London.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-22T14:00:00Z".parse().unwrap()
}

pub(crate) fn info() -> DeskInfo {
    DeskInfo {
        organisation: Text::from("Rowan School"),
        name: Text::from("Amina Khan"),
        role: Text::from("Designated Safeguarding Lead"),
        receiver: None,
        drafts: 0,
        standing: Standing::default(),
        lacks_recovery_key: false,
        cabinet: crate::domain::cabinet::CabinetName::General,
        opens_both: false,
        may_record: true,
    }
}

pub(crate) fn cx() -> Cx {
    Cx {
        now: now(),
        theme: Theme::plain(),
        keymap: Keymap::default(),
        mouse: Mouse::Off,
        desk: Some(info()),
        elsewhere: Vec::new(),
    }
}

/// The sizes at which every screen is drawn, the impossible ones too.
pub(crate) fn sizes() -> [(u16, u16); 10] {
    [(80, 22), (120, 38), (200, 58), (60, 18), (40, 8), (20, 5), (9, 3), (2, 2), (1, 1), (5, 0)]
}

/// Presses a key as the app does: text first, then the keymap.
pub(crate) fn press(layer: &mut dyn Surface, code: KeyCode) -> Effects {
    let (cx, key) = (cx(), KeyEvent::from(code));
    match layer.typed(&cx, key) {
        Typed::Taken(effects) => effects,
        Typed::NotText => {
            cx.keymap.action(layer.scopes(), &key).map_or_else(Vec::new, |action| layer.act(&cx, action))
        }
    }
}

pub(crate) fn type_in(layer: &mut dyn Surface, text: &str) -> Effects {
    text.chars().flat_map(|c| press(layer, KeyCode::Char(c))).collect()
}

/// The requests among the effects.
pub(crate) fn asked(effects: Effects) -> Vec<Request> {
    let request = |effect| match effect {
        Effect::Ask(request) => Some(request),
        _ => None,
    };
    effects.into_iter().filter_map(request).collect()
}

/// The screen as its rows of text.
pub(crate) fn drawn(layer: &mut dyn Surface, width: u16, height: u16) -> String {
    drawn_in(layer, &cx(), width, height)
}

pub(crate) fn drawn_in(layer: &mut dyn Surface, cx: &Cx, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| layer.draw(cx, frame, frame.area())).unwrap();
    terminal.backend().to_string()
}

/// A name that breaks careless layouts: wide, combining, right to left, and long.
pub(crate) const HARD_NAME: &str = "日本語 Zoe\u{308} محمد Featherstonehaugh-Cholmondeley-Okonkwo-Ní Bhriain";

pub(crate) fn row(concern: i64, named: &str) -> InboxRow {
    InboxRow {
        concern: ConcernId(concern),
        received_at: now() - chrono::Duration::hours(2),
        urgency: Urgency::Routine,
        about: About::Child,
        named: Text::from(named),
        form: Text::from("10B"),
        gist: Text::from("Came in with a mark on her arm."),
        reporter: Text::from("Tom Reed"),
        job_title: Text::from("Teaching assistant"),
        state: State::New,
        level: 0,
        due: None,
        unlinked: 0,
        restricted: false,
    }
}

pub(crate) fn child(id: i64, name: &str) -> Child {
    let details = ChildDetails {
        name: Text::from(name),
        date_of_birth: chrono::NaiveDate::from_ymd_opt(2011, 3, 4),
        form: Text::from("10B"),
        ..ChildDetails::default()
    };
    Child::new(ChildId(id), details)
}

/// Concern 7, about Zoë Smith, of whom the desk does not know yet who she is.
pub(crate) fn concern() -> Concern {
    let part1 = Part1 {
        children: vec![NamedChild { name: Text::from("Zoë Smith"), ..NamedChild::default() }],
        reporter: Reporter { name: Text::from("Tom Reed"), job_title: Text::from("Tutor"), email: None },
        reasons: Text::from("A mark on her arm."),
        account: Account { child_words: Text::from("I fell, innit"), ..Account::default() },
        opinion: Text::from("She seemed afraid."),
        ..Part1::default()
    };
    Concern {
        row: InboxRow { unlinked: 1, ..row(7, "Zoë Smith") },
        seq: Seq(20),
        source: Source::Typed,
        received_by: Text::from("Amina Khan, Designated Safeguarding Lead"),
        part1,
        children: vec![None],
        restriction: None,
        due: Vec::new(),
        organisation: Text::from("Weirgate School"),
        lines: Vec::new(),
    }
}

/// A line of the ledger by Amina Khan.
pub(crate) fn line(seq: i64, entry: Entry) -> ConcernLine {
    ConcernLine {
        seq: Seq(seq),
        recorded_at: now(),
        by: Text::from("Amina Khan, Designated Safeguarding Lead"),
        entry,
        added_after_signing: false,
    }
}

pub(crate) fn written(seq: i64, section: Section) -> ConcernLine {
    line(seq, Entry::Part2 { concern: ConcernId(7), section })
}
