//! One stack of layers: screens and everything that opens over them.
//!
//! A layer owns its state, says which keys it knows (by scope), and draws itself. Events are offered to the
//! topmost layer only; what it wants done comes back as [`Effect`]s, which the app carries out.

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::keymap::{Action, Keymap, Scope};
use super::screens::browse::Browsing;
use super::theme::Theme;
use super::widgets::list::ListState;
use crate::cabinet::Access;
use crate::desk::answer::{DeskInfo, OpenElsewhere};
use crate::desk::{Reply, Request};
use crate::domain::call::Tried;
use crate::domain::ids::ConcernId;

/// What every layer may read. Passed first, never stored.
pub struct Cx {
    /// The time of this event, by the injected clock.
    pub now: DateTime<Utc>,
    pub theme: Theme,
    pub keymap: Keymap,
    pub mouse: Mouse,
    /// The open desk; none while it is locked.
    pub desk: Option<DeskInfo>,
    /// Concerns that are open at another desk as well.
    pub elsewhere: Vec<OpenElsewhere>,
}

impl Cx {
    /// Whether whoever is at the desk can record anything in it.
    pub fn may_record(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.may_record && desk.standing.access == Access::Write)
    }

    /// Who else has a concern open, where somebody has.
    pub fn open_elsewhere(&self, concern: ConcernId) -> Option<String> {
        let others = self.elsewhere.iter().filter(|open| open.concern == concern);
        let others: Vec<String> = others.map(|open| open.who.one_line()).collect();
        (!others.is_empty()).then(|| format!("Open at another desk: {}.", others.join(", ")))
    }
}

/// Off until somebody wants it: while it is on, the terminal cannot select text with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    #[default]
    Off,
    On,
}

/// What a layer wants done. Nothing else moves the program.
pub enum Effect {
    /// The reply comes back to the layer that asked.
    Ask(Request),
    /// Opens a layer over this one.
    Open(Box<super::screens::Layer>),
    /// Closes this layer; the one below is told to look again.
    Close,
    /// Closes this layer and opens another in its place.
    Replace(Box<super::screens::Layer>),
    /// Closes everything and opens a main screen.
    Main(Box<super::screens::Layer>),
    /// Does what a key would do, in the layer that is then on top.
    Act(Action),
    /// Puts text on the clipboard (OSC 52).
    Copy(String),
    /// A call that was begun from the ring screen has come to an end; what was not answered, where nobody did.
    CallEnded {
        unanswered: Option<Tried>,
    },
    /// The question that the layer below put was answered with what is not harmless.
    Confirmed,
    /// A sentence at the foot of the screen until the next key.
    Say(String),
    /// The desk was opened: the title bar has its names.
    Opened(DeskInfo),
    /// Keep what is being typed, close the desk, show the unlock screen.
    Lock,
    Quit,
}

pub type Effects = Vec<Effect>;

/// Whether a layer took a key as text.
pub enum Typed {
    /// It was text (or a key that a text field knows); the keymap is not asked.
    Taken(Effects),
    /// It was not; the keymap is asked.
    NotText,
}

/// What every layer can do. The closed enum `Layer` picks the implementation.
pub trait Surface {
    /// The scopes whose bindings work here, the nearest first. Footer and help are printed from them.
    fn scopes(&self) -> &'static [Scope];

    /// Words for the title bar.
    fn title(&self, cx: &Cx) -> String;

    /// The list that the layer is made around, where it is: its questions, its narrowing and its rows are the layer's.
    fn browsing(&mut self) -> Option<&mut dyn Browsing> {
        None
    }

    /// What it asks of the desk when it opens, and again when the layer above it closes or the record changes.
    fn refresh(&mut self, _cx: &Cx) -> Effects {
        self.browsing().map(Browsing::refresh).unwrap_or_default()
    }

    /// Whether keys can be acted on. Those that are typed ahead wait for the answer that makes it so.
    fn is_ready(&self) -> bool {
        true
    }

    /// Text fields take their keys before the keymap is asked.
    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        self.browsing().map_or(Typed::NotText, |list| list.typed(key))
    }

    /// The list in which a click selects.
    fn list_mut(&mut self) -> Option<&mut ListState> {
        self.browsing().map(Browsing::list_mut)
    }

    /// A paste is one act, never a series of keys.
    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        self.browsing().map(|list| list.pasted(text)).unwrap_or_default()
    }

    /// An action from the keymap.
    fn act(&mut self, cx: &Cx, action: Action) -> Effects;

    /// Its own question over it was answered with what is not harmless.
    fn confirmed(&mut self, _cx: &Cx) -> Effects {
        Vec::new()
    }

    /// What the desk said to a question of this layer's.
    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects;

    /// Twice a second: the time for autosave.
    fn tick(&mut self, _cx: &Cx) -> Effects {
        self.browsing().map(Browsing::ask_for_missing).unwrap_or_default()
    }

    /// What must be kept when the desk locks or the program is told to stop.
    fn unsaved(&self) -> Option<Request> {
        None
    }

    /// Draws into the body of the screen, between title bar and footer. Told the size it has, so that lists know
    /// their window; it may remember the size but not change what is shown.
    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect);

    /// Whether the layer below shows around it.
    fn cover(&self) -> Cover {
        Cover::Whole
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// The whole body.
    Whole,
    /// Some of it: the layer below is drawn first.
    Over,
}
