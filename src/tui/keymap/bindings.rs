//! The rows. A chord that is bound twice in one scope fails a test; no row uses Alt, nor Ctrl with a letter that
//! terminals keep for themselves.

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

use Action as A;
use Hint::{Foot, Help};
use Scope as S;

/// Every key of the desk.
pub static BINDINGS: &[Binding] = &[
    row(S::Always, ctrl('l'), A::Lock, "lock", "Blank the screen and lock.", Help),
    row(S::Always, Chord::F(12), A::Lock, "lock", "Blank the screen and lock.", Help),
    row(S::Everywhere, key('1'), A::Inbox, "inbox", "Go to the inbox.", Help),
    row(S::Everywhere, key('2'), A::Children, "children", "Go to the children.", Help),
    row(S::Everywhere, key('3'), A::Contacts, "contacts", "Go to the contacts.", Help),
    row(
        S::Everywhere,
        ctrl('k'),
        A::Finder,
        "find",
        "Find a child, a contact or a word, from anywhere.",
        Foot,
    ),
    row(
        S::Everywhere,
        key(':'),
        A::Finder,
        "find",
        "Find a child, a contact or a word, from anywhere.",
        Help,
    ),
    row(S::Everywhere, key('n'), A::NewConcern, "new concern", "Type a new concern (Part 1).", Foot),
    row(S::Everywhere, key('D'), A::Drafts, "drafts", "What you were writing and have not saved.", Help),
    row(S::Everywhere, key('?'), A::Help, "help", "The keys that work here.", Foot),
    row(S::Everywhere, named(Named::Esc), A::Back, "back", "Go back.", Help),
    row(S::Everywhere, key('q'), A::Quit, "quit", "Leave the desk. What you were writing is kept.", Foot),
    row(S::List, named(Named::Up), A::Up, "up", "Up a row.", Help),
    row(S::List, named(Named::Down), A::Down, "down", "Down a row.", Help),
    row(S::List, key('k'), A::Up, "up", "Up a row.", Help),
    row(S::List, key('j'), A::Down, "down", "Down a row.", Help),
    row(S::List, named(Named::PageUp), A::PageUp, "page up", "Up a page.", Help),
    row(S::List, named(Named::PageDown), A::PageDown, "page down", "Down a page.", Help),
    row(S::List, named(Named::Home), A::Top, "top", "To the first row.", Help),
    row(S::List, named(Named::End), A::Bottom, "end", "To the last row.", Help),
    row(S::List, key('g'), A::Top, "top", "To the first row.", Help),
    row(S::List, key('G'), A::Bottom, "end", "To the last row.", Help),
    row(S::List, named(Named::Enter), A::Enter, "open", "Open what is selected.", Foot),
    row(
        S::List,
        key('/'),
        A::Narrow,
        "narrow",
        "Narrow the list by a few letters; Esc shows all again.",
        Foot,
    ),
    row(S::Inbox, named(Named::Tab), A::Pile, "signed", "Between what is waiting and what is signed.", Foot),
    row(S::Concern, key('e'), A::Received, "received", "When this reached you, and from whom.", Help),
    row(S::Concern, key('a'), A::Advice, "advice", "Write down advice that you sought.", Foot),
    row(S::Concern, key('t'), A::ActionTaken, "action", "Write down an action taken.", Foot),
    row(S::Concern, key('p'), A::Parents, "parents", "Were the parents informed, and why?", Foot),
    row(S::Concern, key('o'), A::Outcome, "outcome", "Write down an outcome and who told you.", Foot),
    row(S::Concern, key('i'), A::FurtherInformation, "further", "Where further information is kept.", Help),
    row(S::Concern, key('f'), A::FileCommenced, "file", "Whether a file should be commenced, and why.", Help),
    row(S::Concern, key('s'), A::Sign, "sign", "Sign Part 2.", Foot),
    row(S::Concern, key('c'), A::Correct, "correct", "Put a mistake right; both versions are shown.", Help),
    row(S::Concern, key('l'), A::Link, "which child", "Say which child of the desk is meant.", Help),
    row(S::Concern, key('h'), A::OpenChild, "chronology", "Open the child's chronology.", Foot),
    row(S::Concern, key('v'), A::Original, "original", "Show the file as it arrived.", Help),
    row(S::Child, key('+'), A::AddRow, "add a row", "Add a contact or an event to the chronology.", Foot),
    row(S::Child, named(Named::Tab), A::Kinds, "kinds", "Narrow the chronology to one kind of row.", Foot),
    row(S::Child, key('c'), A::Correct, "correct", "Correct the child's details.", Help),
    row(S::Contacts, key('c'), A::Copy, "copy number", "Copy the number to the clipboard.", Foot),
    row(S::Contacts, key('+'), A::Add, "add", "Add a contact of your own.", Foot),
    row(S::Contacts, key('e'), A::Edit, "correct", "Correct this contact.", Foot),
    row(S::Contacts, key('x'), A::Retire, "retire", "Retire this contact; it stays in the record.", Help),
    row(S::Finder, named(Named::Up), A::Up, "up", "Up a row.", Help),
    row(S::Finder, named(Named::Down), A::Down, "down", "Down a row.", Help),
    row(S::Finder, named(Named::PageUp), A::PageUp, "page up", "Up a page.", Help),
    row(S::Finder, named(Named::PageDown), A::PageDown, "page down", "Down a page.", Help),
    row(S::Finder, named(Named::Enter), A::Enter, "open", "Open what is selected.", Foot),
    row(
        S::Finder,
        named(Named::Tab),
        A::Kinds,
        "where",
        "Everything, children, contacts or chronology.",
        Foot,
    ),
    row(S::Finder, named(Named::Esc), A::Back, "close", "Close the finder.", Foot),
    row(S::Form, ctrl('s'), A::Save, "save", "Save.", Foot),
    row(S::Form, Chord::F(2), A::Save, "save", "Save.", Help),
    row(S::Form, named(Named::Tab), A::NextField, "next", "To the next field.", Foot),
    row(S::Form, named(Named::BackTab), A::PreviousField, "previous", "To the field before.", Help),
    row(
        S::Form,
        named(Named::Esc),
        A::Back,
        "back, keep text",
        "Go back; the text is kept as a draft.",
        Foot,
    ),
    row(S::Form, ctrl('x'), A::Discard, "discard", "Discard this draft, after a question.", Help),
    row(S::Form, ctrl('k'), A::Finder, "find", "Find something without leaving the form.", Help),
    row(S::Form, Chord::F(1), A::Help, "help", "What this field is for, and the keys.", Foot),
    row(S::Choice, named(Named::Left), A::Left, "left", "The answer before.", Help),
    row(S::Choice, named(Named::Right), A::Right, "right", "The next answer.", Help),
    row(S::Choice, key(' '), A::Pick, "choose", "Choose the next answer.", Help),
    row(S::Choice, named(Named::Up), A::PreviousField, "previous", "To the field before.", Help),
    row(S::Choice, named(Named::Down), A::NextField, "next", "To the next field.", Help),
    row(S::Choice, named(Named::Enter), A::NextField, "next", "To the next field.", Help),
    row(S::Choice, key('y'), A::Yes, "yes", "Yes.", Help),
    row(S::Choice, key('n'), A::No, "no", "No.", Help),
    row(S::Confirm, named(Named::Left), A::Left, "left", "The answer before.", Help),
    row(S::Confirm, named(Named::Right), A::Right, "right", "The next answer.", Help),
    row(S::Confirm, named(Named::Tab), A::Right, "next", "The next answer.", Foot),
    row(S::Confirm, named(Named::Enter), A::Enter, "choose", "Do what is marked.", Foot),
    row(S::Confirm, named(Named::Esc), A::Back, "no", "Leave everything as it is.", Foot),
    row(S::Reading, named(Named::Up), A::Up, "up", "Up a line.", Help),
    row(S::Reading, named(Named::Down), A::Down, "down", "Down a line.", Foot),
    row(S::Reading, key('k'), A::Up, "up", "Up a line.", Help),
    row(S::Reading, key('j'), A::Down, "down", "Down a line.", Help),
    row(S::Reading, named(Named::PageUp), A::PageUp, "page up", "Up a page.", Help),
    row(S::Reading, named(Named::PageDown), A::PageDown, "page down", "Down a page.", Help),
    row(S::Reading, named(Named::Enter), A::Back, "close", "Close.", Help),
    row(S::Reading, named(Named::Esc), A::Back, "close", "Close.", Foot),
    row(S::Unlock, named(Named::Enter), A::Enter, "open", "Open the desk.", Foot),
    row(S::Unlock, named(Named::Esc), A::Quit, "leave", "Leave without opening.", Foot),
];
