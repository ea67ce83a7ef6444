//! What the finder offers: 999, what the desk found, and the commands that have a key everywhere.

use crate::desk::answer::{Found, Scope as Where, Target};
use crate::domain::text::Text;
use crate::domain::{emergency, source};
use crate::search::tokens;
use crate::tui::keymap::{Action, Chord, Scope};
use crate::tui::layer::{Cx, Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::child::ChildScreen;
use crate::tui::screens::children::Children;
use crate::tui::screens::concern::ConcernScreen;
use crate::tui::screens::contact::ContactScreen;
use crate::tui::screens::contacts::Contacts;
use crate::tui::screens::drafts::Drafts;
use crate::tui::screens::due::DueScreen;
use crate::tui::screens::form::{Form, FormKind};
use crate::tui::screens::help::Help;
use crate::tui::screens::inbox::Inbox;
use crate::tui::screens::people::People;
use crate::tui::screens::reading::Reading;
use crate::tui::screens::register::Register;

/// By which words 999 is found.
const EMERGENCY: &str = "999 police ambulance fire emergency danger";

pub(super) enum Entry {
    Emergency,
    Found(Found),
    Command(Command),
}

/// By which an entry is known again when the record has changed.
#[derive(PartialEq, Eq)]
pub(super) enum Key {
    Emergency,
    Found(Target),
    Command(Action),
}

/// Something that a key does everywhere.
pub(super) struct Command {
    action: Action,
    pub(super) label: &'static str,
    pub(super) help: &'static str,
    pub(super) chord: Chord,
}

/// 999 first where the letters may mean it; then a command that is named in full; then what was found, and the
/// commands that begin like that. A child comes before a command that merely begins with the same letters.
pub(super) fn all(cx: &Cx, typed: &str, place: Where, hits: Vec<Found>) -> Vec<Entry> {
    let words = tokens(typed);
    let emergency = begins(&words, EMERGENCY).then_some(Entry::Emergency);
    let (named, begun) = match place {
        Where::Everything => commands(cx, &words),
        Where::Children | Where::Contacts | Where::Chronology => (Vec::new(), Vec::new()),
    };
    let named = named.into_iter().map(Entry::Command);
    let begun = begun.into_iter().map(Entry::Command);
    emergency.into_iter().chain(named).chain(hits.into_iter().map(Entry::Found)).chain(begun).collect()
}

/// Every word that was typed begins one of the words.
fn begins(typed: &[String], words: &str) -> bool {
    typed.iter().all(|typed| words.split(' ').any(|word| word.starts_with(typed.as_str())))
}

/// Those that are named in full, and those that only begin so.
fn commands(cx: &Cx, typed: &[String]) -> (Vec<Command>, Vec<Command>) {
    let mut commands: Vec<Command> = Vec::new();
    for row in cx.keymap.rows(&[Scope::Everywhere, Scope::Always]) {
        let known = commands.iter().any(|command| command.action == row.action);
        if !known && effects(cx, row.action).is_some() && begins(typed, row.label) {
            commands.push(Command { action: row.action, label: row.label, help: row.help, chord: row.chord });
        }
    }
    let typed = typed.join(" ");
    commands.into_iter().partition(|command| command.label == typed)
}

impl Entry {
    pub(super) fn key(&self) -> Key {
        match self {
            Self::Emergency => Key::Emergency,
            Self::Found(found) => Key::Found(found.target),
            Self::Command(command) => Key::Command(command.action),
        }
    }

    /// The finder gives its place to what was chosen; going back leads to where it was opened.
    pub(super) fn open(&self, cx: &Cx) -> Effects {
        let layer = match self {
            Self::Emergency => {
                let heading = format!("{}  {}", emergency::NUMBER, emergency::SERVICE);
                let sources = source::listed(&emergency::SOURCES.map(Text::from));
                let text = format!("{}\n\nSources: {sources}\n{}", emergency::PURPOSE, emergency::REJECTED);
                Layer::Reading(Reading::new(heading, text))
            }
            Self::Command(command) => return effects(cx, command.action).unwrap_or_default(),
            Self::Found(found) => match found.target {
                Target::Child(child) => Layer::Child(ChildScreen::new(child, None)),
                Target::Entry { seq, child, .. } => Layer::Child(ChildScreen::new(child, Some(seq))),
                Target::Contact(contact) => Layer::Contact(ContactScreen::new(contact)),
                Target::Concern(concern) => Layer::Concern(ConcernScreen::new(concern)),
            },
        };
        vec![Effect::Replace(Box::new(layer))]
    }
}

/// What a command does; none where the action means something only on a screen.
fn effects(cx: &Cx, action: Action) -> Option<Effects> {
    let main = |layer| Some(vec![Effect::Main(Box::new(layer))]);
    let instead = |layer| Some(vec![Effect::Replace(Box::new(layer))]);
    match action {
        Action::Inbox => main(Layer::Inbox(Inbox::default())),
        Action::Children => main(Layer::Children(Children::default())),
        Action::Contacts => main(Layer::Contacts(Contacts::default())),
        Action::Due => main(Layer::Due(DueScreen::default())),
        Action::NewConcern => instead(Layer::Form(Form::new(FormKind::new_concern(cx.now)))),
        Action::People => instead(Layer::People(People::default())),
        Action::Drafts => instead(Layer::Drafts(Drafts::default())),
        Action::Register => instead(Layer::Register(Register::default())),
        Action::Help => instead(Layer::Help(Help::new(&[Scope::Everywhere, Scope::List]))),
        Action::Lock => Some(vec![Effect::Lock]),
        Action::Quit => Some(vec![Effect::Quit]),
        _ => None,
    }
}
