//! One line of text, and whose words stand in it.

use crossterm::event::KeyEvent;

use crate::tui::widgets::Consumed;
use crate::tui::widgets::text_field::TextField;

#[derive(Clone, Default)]
pub(super) struct LineInput {
    field: TextField,
    standing: Standing,
}

/// Whose words stand in the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// The form's: the first letter takes their place.
    Offered,
    /// Somebody's who typed them, or went into the others to change them.
    #[default]
    Typed,
}

impl LineInput {
    /// Words that stay, with the cursor at their end.
    pub(super) fn new(text: &str) -> Self {
        Self { field: TextField::new(text), standing: Standing::Typed }
    }

    /// Words that are right as a rule.
    pub(super) fn offered(text: &str) -> Self {
        let standing = if text.is_empty() { Standing::Typed } else { Standing::Offered };
        Self { field: TextField::new(text), standing }
    }

    pub(super) fn field(&self) -> &TextField {
        &self.field
    }

    pub(super) fn text(&self) -> &str {
        self.field.text()
    }

    pub(super) fn is_offered(&self) -> bool {
        self.standing == Standing::Offered
    }

    pub(super) fn on_key(&mut self, key: KeyEvent) -> Consumed {
        if self.is_offered() && is_letter(key) {
            self.field = TextField::default();
        }
        let consumed = self.field.on_key(key);
        if consumed == Consumed::Yes {
            self.standing = Standing::Typed;
        }
        consumed
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.is_offered() {
            self.field = TextField::default();
        }
        self.field.paste(text);
        self.standing = Standing::Typed;
    }
}

/// Whether a key puts something into an empty field.
fn is_letter(key: KeyEvent) -> bool {
    let mut empty = TextField::default();
    empty.on_key(key);
    !empty.text().is_empty()
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::{KeyEvent, LineInput};

    fn press(input: &mut LineInput, code: KeyCode) {
        input.on_key(KeyEvent::from(code));
    }

    fn type_in(input: &mut LineInput, text: &str) {
        text.chars().for_each(|letter| press(input, KeyCode::Char(letter)));
    }

    #[test]
    fn what_is_typed_takes_the_place_of_what_is_offered() {
        let mut input = LineInput::offered("now");
        type_in(&mut input, "yesterday");
        assert_eq!(input.text(), "yesterday");
        let mut pasted = LineInput::offered("now");
        pasted.paste("20/11");
        type_in(&mut pasted, " 9am");
        assert_eq!(pasted.text(), "20/11 9am");
    }

    #[test]
    fn whoever_goes_into_the_words_keeps_them() {
        for (key, left) in [(KeyCode::Left, "no!w"), (KeyCode::Backspace, "no!"), (KeyCode::End, "now!")] {
            let mut input = LineInput::offered("now");
            press(&mut input, key);
            type_in(&mut input, "!");
            assert_eq!(input.text(), left);
        }
        let mut passed = LineInput::offered("now");
        press(&mut passed, KeyCode::Enter);
        assert_eq!(passed.text(), "now");
    }

    #[test]
    fn what_somebody_wrote_is_added_to() {
        let mut input = LineInput::new("Ring");
        type_in(&mut input, " back");
        assert_eq!(input.text(), "Ring back");
    }
}
