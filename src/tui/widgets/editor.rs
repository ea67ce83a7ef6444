//! Text, a cursor and its undo: what a field and an area have in common. Knows neither keys nor the screen.
//!
//! The cursor stands between grapheme clusters, so that one Backspace takes away what the reader sees as one letter.
//! Not `Debug`: the text is somebody's words.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::GraphemeCursor;

use super::Consumed;
use super::stroke::Stroke;
use crate::domain::text::clean;

#[derive(Clone, Default)]
pub(super) struct Editor {
    text: String,
    cursor: usize,
    done: Vec<Change>,
    undone: Vec<Change>,
    run: Run,
    edition: u64,
}

/// `removed` was replaced by `inserted` at byte `at`.
#[derive(Clone)]
struct Change {
    at: usize,
    removed: String,
    inserted: String,
}

/// What is being done in one go, and so is undone in one go.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Run {
    #[default]
    Ended,
    Typing,
    Erasing,
}

impl Editor {
    pub(super) fn new(raw: &str) -> Self {
        let text = clean(raw);
        Self { cursor: text.len(), text, ..Self::default() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Another number for every text that has stood here.
    pub(super) fn edition(&self) -> u64 {
        self.edition
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(super) fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after_cursor(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    pub(super) fn move_to(&mut self, at: usize) {
        self.run = Run::Ended;
        self.cursor = self.at_or_before(at);
    }

    /// Everything that needs no layout; where up is, and where a line ends, the caller knows.
    pub(super) fn apply(&mut self, stroke: Stroke) -> Consumed {
        match stroke {
            Stroke::Insert(c) => {
                self.replace(self.cursor..self.cursor, &clean(c.encode_utf8(&mut [0; 4])), Run::Typing);
            }
            Stroke::Backspace => self.replace(self.boundary_before()..self.cursor, "", Run::Erasing),
            Stroke::Delete => self.replace(self.cursor..self.boundary_after(), "", Run::Erasing),
            Stroke::EraseWord => self.replace(self.word_before()..self.cursor, "", Run::Erasing),
            Stroke::Left => self.move_to(self.boundary_before()),
            Stroke::Right => self.move_to(self.boundary_after()),
            Stroke::WordLeft => self.move_to(self.word_before()),
            Stroke::WordRight => self.move_to(self.word_after()),
            Stroke::TextStart => self.move_to(0),
            Stroke::TextEnd => self.move_to(self.text.len()),
            Stroke::Undo => self.undo(),
            Stroke::Redo => self.redo(),
            Stroke::Newline
            | Stroke::Up
            | Stroke::Down
            | Stroke::PageUp
            | Stroke::PageDown
            | Stroke::LineStart
            | Stroke::LineEnd => return Consumed::No,
        }
        Consumed::Yes
    }

    pub(super) fn newline(&mut self) {
        self.replace(self.cursor..self.cursor, "\n", Run::Typing);
    }

    /// One action, whatever its length.
    pub(super) fn paste(&mut self, cleaned: &str) {
        self.replace(self.cursor..self.cursor, cleaned, Run::Ended);
    }

    fn replace(&mut self, range: Range<usize>, with: &str, run: Run) {
        let removed = self.text.get(range.clone()).unwrap_or_default().to_owned();
        if removed.is_empty() && with.is_empty() {
            return;
        }
        let change = Change { at: range.start, removed, inserted: with.to_owned() };
        self.exchange(change.at, change.removed.len(), with);
        self.undone.clear();
        let goes_on = run != Run::Ended && run == self.run;
        self.run = run;
        match self.done.last_mut() {
            Some(last) if goes_on && last.continues_with(&change) => last.join(&change),
            Some(_) | None => self.done.push(change),
        }
    }

    fn undo(&mut self) {
        self.run = Run::Ended;
        if let Some(change) = self.done.pop() {
            self.exchange(change.at, change.inserted.len(), &change.removed);
            self.undone.push(change);
        }
    }

    fn redo(&mut self) {
        self.run = Run::Ended;
        if let Some(change) = self.undone.pop() {
            self.exchange(change.at, change.removed.len(), &change.inserted);
            self.done.push(change);
        }
    }

    fn exchange(&mut self, at: usize, length: usize, with: &str) {
        self.text.replace_range(at..at + length, with);
        self.edition += 1;
        // A letter may have joined its neighbours, as a mark does.
        self.cursor = self.at_or_after(at + with.len());
    }

    fn boundary_before(&self) -> usize {
        self.grapheme_cursor(self.cursor).prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn boundary_after(&self) -> usize {
        let end = self.text.len();
        self.grapheme_cursor(self.cursor).next_boundary(&self.text, 0).ok().flatten().unwrap_or(end)
    }

    fn at_or_before(&self, at: usize) -> usize {
        let mut cursor = self.grapheme_cursor(at);
        match cursor.is_boundary(&self.text, 0) {
            Ok(false) => cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0),
            Ok(true) | Err(_) => at,
        }
    }

    fn at_or_after(&self, at: usize) -> usize {
        let mut cursor = self.grapheme_cursor(at);
        match cursor.is_boundary(&self.text, 0) {
            Ok(false) => cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len()),
            Ok(true) | Err(_) => at,
        }
    }

    fn grapheme_cursor(&self, at: usize) -> GraphemeCursor {
        GraphemeCursor::new(at, self.text.len(), true)
    }

    fn word_before(&self) -> usize {
        let before = self.before_cursor().trim_end_matches(|c| !in_word(c)).trim_end_matches(in_word);
        self.at_or_before(before.len())
    }

    fn word_after(&self) -> usize {
        let after = self.after_cursor().trim_start_matches(in_word).trim_start_matches(|c| !in_word(c));
        self.at_or_after(self.text.len() - after.len())
    }
}

impl Change {
    /// Typing goes on to the end of a word and the space after it; erasing goes on in its direction.
    fn continues_with(&self, next: &Self) -> bool {
        if next.removed.is_empty() {
            let word_ended = self.inserted.ends_with(char::is_whitespace);
            let word_begins = !next.inserted.starts_with(char::is_whitespace);
            self.at + self.inserted.len() == next.at && !(word_ended && word_begins)
        } else {
            next.at + next.removed.len() == self.at || next.at == self.at
        }
    }

    fn join(&mut self, next: &Self) {
        if next.at < self.at {
            self.removed.insert_str(0, &next.removed);
            self.at = next.at;
        } else {
            self.removed.push_str(&next.removed);
        }
        self.inserted.push_str(&next.inserted);
    }
}

/// Letters and digits, with what is written on and inside them.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is left on the screen, with the cursor as `|`.
    fn shown(editor: &Editor) -> String {
        let mut text = editor.text.clone();
        text.insert(editor.cursor, '|');
        text
    }

    fn typed(editor: &mut Editor, text: &str) {
        for c in text.chars() {
            editor.apply(Stroke::Insert(c));
        }
    }

    #[test]
    fn backspace_takes_a_whole_letter() {
        let mut editor = Editor::new("Zoe\u{308}👨\u{200d}👩\u{200d}👧");
        editor.apply(Stroke::Backspace);
        assert_eq!(shown(&editor), "Zoe\u{308}|");
        editor.apply(Stroke::Backspace);
        assert_eq!(shown(&editor), "Zo|");
    }

    #[test]
    fn a_mark_joins_the_letter_before_it() {
        let mut editor = Editor::new("oe");
        editor.apply(Stroke::Left);
        typed(&mut editor, "\u{308}");
        assert_eq!(shown(&editor), "o\u{308}|e");
        editor.apply(Stroke::Left);
        assert_eq!(shown(&editor), "|o\u{308}e");
    }

    #[test]
    fn words_are_jumped_over() {
        let mut editor = Editor::new("O’Neill said, \"no\"");
        for stop in [
            "O’Neill said, \"|no\"",
            "O’Neill |said, \"no\"",
            "|O’Neill said, \"no\"",
            "|O’Neill said, \"no\"",
        ] {
            editor.apply(Stroke::WordLeft);
            assert_eq!(shown(&editor), stop);
        }
        editor.apply(Stroke::WordRight);
        assert_eq!(shown(&editor), "O’Neill |said, \"no\"");
        editor.apply(Stroke::EraseWord);
        assert_eq!(shown(&editor), "|said, \"no\"");
    }

    #[test]
    fn undo_goes_word_by_word_and_a_paste_is_one() {
        let mut editor = Editor::default();
        typed(&mut editor, "she said");
        editor.paste(" a great deal\nmore");
        let mut steps = Vec::new();
        for _ in 0..4 {
            editor.apply(Stroke::Undo);
            steps.push(shown(&editor));
        }
        assert_eq!(steps, ["she said|", "she |", "|", "|"]);
        for _ in 0..4 {
            editor.apply(Stroke::Redo);
        }
        assert_eq!(shown(&editor), "she said a great deal\nmore|");
    }

    #[test]
    fn erasing_is_undone_together() {
        let mut editor = Editor::new("bruises");
        for stroke in [Stroke::Backspace, Stroke::Backspace, Stroke::Left, Stroke::Delete] {
            editor.apply(stroke);
        }
        assert_eq!(shown(&editor), "brui|");
        editor.apply(Stroke::Undo);
        assert_eq!(shown(&editor), "bruis|");
        editor.apply(Stroke::Undo);
        assert_eq!(shown(&editor), "bruises|");
    }

    #[test]
    fn a_control_that_is_typed_is_shown() {
        let mut editor = Editor::default();
        typed(&mut editor, "\u{202e}");
        assert_eq!(editor.text(), "⟨U+202E⟩");
    }

    fn any_stroke() -> impl Strategy<Value = Stroke> {
        prop_oneof![
            4 => prop::sample::select("a b\u{308}é日👨\u{200d}👩🇬🇧".chars().collect::<Vec<_>>()).prop_map(Stroke::Insert),
            3 => prop::sample::select(vec![
                Stroke::Backspace, Stroke::Delete, Stroke::EraseWord, Stroke::Left, Stroke::Right, Stroke::WordLeft,
                Stroke::WordRight, Stroke::TextStart, Stroke::TextEnd, Stroke::Undo, Stroke::Redo,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn everything_can_be_undone_and_redone(strokes in prop::collection::vec(any_stroke(), 0..60)) {
            let mut editor = Editor::new("as it was");
            for stroke in strokes {
                editor.apply(stroke);
                prop_assert_eq!(editor.at_or_before(editor.cursor), editor.cursor);
            }
            while !editor.undone.is_empty() {
                editor.apply(Stroke::Redo);
            }
            let end = editor.text.clone();
            while !editor.done.is_empty() {
                editor.apply(Stroke::Undo);
            }
            prop_assert_eq!(editor.text(), "as it was");
            while !editor.undone.is_empty() {
                editor.apply(Stroke::Redo);
            }
            prop_assert_eq!(editor.text(), end);
        }
    }
}
