//! A few questions on one page, answered one after the other. Unlike a form it keeps no draft: passphrases are among
//! the answers.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::cabinet::keys::Passphrase;
use crate::domain::person::Right;
use crate::domain::text::Text;
use crate::tui::layer::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::secret_field::SecretField;
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::{Consumed, Focus, write};

/// Columns of the questions, where there is room for the answers beside them.
const LABELS: u16 = 34;

/// The questions, each known by a `Q`, and which of them is being answered.
pub(super) struct Questions<Q> {
    rows: Vec<Row<Q>>,
    at: usize,
}

/// One question.
pub(super) struct Row<Q> {
    question: Q,
    label: &'static str,
    field: Field,
    above: Above,
}

enum Field {
    Text(TextField),
    Secret(SecretField),
    /// One of these rights.
    Right(Right, &'static [Right]),
}

/// What parts a question from the one before.
enum Above {
    Nothing,
    Gap,
    Heading(&'static str),
}

/// A line of the page.
enum Shown<'s, Q> {
    Gap,
    Heading(&'static str),
    Row(&'s Row<Q>, Focus),
}

impl<Q> Row<Q> {
    fn new(question: Q, label: &'static str, field: Field) -> Self {
        Self { question, label, field, above: Above::Nothing }
    }

    /// With an answer that may be kept.
    pub(super) fn text(question: Q, label: &'static str, suggestion: &str) -> Self {
        Self::new(question, label, Field::Text(TextField::new(suggestion)))
    }

    pub(super) fn secret(question: Q, label: &'static str) -> Self {
        Self::new(question, label, Field::Secret(SecretField::default()))
    }

    pub(super) fn right(question: Q, label: &'static str, chosen: Right, of: &'static [Right]) -> Self {
        Self::new(question, label, Field::Right(chosen, of))
    }

    pub(super) fn after_a_gap(self) -> Self {
        Self { above: Above::Gap, ..self }
    }

    pub(super) fn under(self, heading: &'static str) -> Self {
        Self { above: Above::Heading(heading), ..self }
    }
}

impl<Q: Copy + PartialEq> Questions<Q> {
    pub(super) fn new(rows: Vec<Row<Q>>) -> Self {
        Self { rows, at: 0 }
    }

    fn row(&self, question: Q) -> Option<&Row<Q>> {
        self.rows.iter().find(|row| row.question == question)
    }

    fn row_mut(&mut self, question: Q) -> Option<&mut Row<Q>> {
        self.rows.iter_mut().find(|row| row.question == question)
    }

    fn here(&mut self) -> Option<&mut Field> {
        self.rows.get_mut(self.at).map(|row| &mut row.field)
    }

    pub(super) fn at(&self) -> Option<Q> {
        self.rows.get(self.at).map(|row| row.question)
    }

    pub(super) fn is_first(&self) -> bool {
        self.at == 0
    }

    pub(super) fn is_last(&self) -> bool {
        self.at + 1 >= self.rows.len()
    }

    pub(super) fn go_to(&mut self, question: Q) {
        self.at = self.rows.iter().position(|row| row.question == question).unwrap_or(self.at);
    }

    /// To the first passphrase, or else to the first question: what was typed there has gone with the request.
    pub(super) fn start_over(&mut self) {
        let secret = |row: &Row<Q>| matches!(row.field, Field::Secret(_));
        self.at = self.rows.iter().position(secret).unwrap_or(0);
    }

    pub(super) fn next(&mut self) {
        self.at = (self.at + 1).min(self.rows.len().saturating_sub(1));
    }

    pub(super) fn previous(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    /// Empty for what is no text.
    pub(super) fn typed(&self, question: Q) -> &str {
        match self.row(question).map(|row| &row.field) {
            Some(Field::Text(field)) => field.text().trim(),
            Some(Field::Secret(_) | Field::Right(..)) | None => "",
        }
    }

    pub(super) fn text(&self, question: Q) -> Text {
        Text::new(self.typed(question))
    }

    /// For judging it; never to be kept.
    pub(super) fn exposed(&self, question: Q) -> &str {
        match self.row(question).map(|row| &row.field) {
            Some(Field::Secret(field)) => field.expose(),
            Some(Field::Text(_) | Field::Right(..)) | None => "",
        }
    }

    /// Hands a passphrase over and empties its field.
    pub(super) fn take(&mut self, question: Q) -> Passphrase {
        match self.row_mut(question).map(|row| &mut row.field) {
            Some(Field::Secret(field)) => field.take(),
            Some(Field::Text(_) | Field::Right(..)) | None => Passphrase::default(),
        }
    }

    pub(super) fn chosen(&self, question: Q) -> Option<Right> {
        match self.row(question).map(|row| &row.field) {
            Some(Field::Right(right, _)) => Some(*right),
            Some(Field::Text(_) | Field::Secret(_)) | None => None,
        }
    }

    /// Whether the answer is picked and not typed.
    pub(super) fn is_picked(&self) -> bool {
        self.rows.get(self.at).is_some_and(|row| matches!(row.field, Field::Right(..)))
    }

    /// The answer before or after, round and round.
    pub(super) fn turn(&mut self, by: Turn) {
        if let Some(Field::Right(chosen, of)) = self.here() {
            let place = of.iter().position(|right| right == chosen).unwrap_or(0);
            let place = match by {
                Turn::Back => place + of.len() - 1,
                Turn::On => place + 1,
            };
            *chosen = of.get(place % of.len().max(1)).copied().unwrap_or(*chosen);
        }
    }

    pub(super) fn on_key(&mut self, key: KeyEvent) -> Consumed {
        match self.here() {
            Some(Field::Text(field)) => field.on_key(key),
            Some(Field::Secret(field)) => field.on_key(key),
            Some(Field::Right(..)) | None => Consumed::No,
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        match self.here() {
            Some(Field::Text(field)) => field.paste(text),
            Some(Field::Secret(field)) => field.paste(text),
            Some(Field::Right(..)) | None => {}
        }
    }

    fn lines(&self) -> Vec<Shown<'_, Q>> {
        let mut lines = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            match row.above {
                Above::Nothing => {}
                Above::Gap => lines.push(Shown::Gap),
                Above::Heading(heading) => lines.extend([Shown::Gap, Shown::Heading(heading)]),
            }
            let focus = if place == self.at { Focus::Here } else { Focus::Elsewhere };
            lines.push(Shown::Row(row, focus));
        }
        lines
    }

    /// Rows that it takes.
    pub(super) fn height(&self) -> u16 {
        u16::try_from(self.lines().len()).unwrap_or(u16::MAX)
    }

    /// Draws as much as fits, with the question that is being answered among it.
    pub(super) fn draw(&self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let lines = self.lines();
        let here = lines.iter().position(|line| matches!(line, Shown::Row(_, Focus::Here))).unwrap_or(0);
        let above = (here + 1).saturating_sub(area.height.into());
        for (place, line) in area.rows().zip(lines.iter().skip(above)) {
            let cursor = match line {
                Shown::Gap => None,
                Shown::Heading(heading) => {
                    write(heading, place, frame.buffer_mut(), cx.theme.text);
                    None
                }
                Shown::Row(row, focus) => row.draw(*focus, place, frame.buffer_mut(), &cx.theme),
            };
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        }
    }
}

impl<Q> Row<Q> {
    fn draw(&self, focus: Focus, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let labels = LABELS.min(area.width / 2);
        let [label, field] = Layout::horizontal([Constraint::Length(labels), Constraint::Min(0)]).areas(area);
        let (mark, style) = match focus {
            Focus::Here => ("> ", theme.title),
            Focus::Elsewhere => ("  ", theme.dim),
        };
        write(&format!("{mark}{}", self.label), label, buf, style);
        match &self.field {
            Field::Text(text) => text.draw(field, buf, theme, focus),
            Field::Secret(secret) => secret.draw(field, buf, theme, focus),
            Field::Right(right, _) => {
                let style = if focus == Focus::Here { theme.field_focused } else { theme.field };
                write(&format!("{}: {}", right.label(), right.means()), field, buf, style);
                buf.set_style(field.intersection(buf.area), style);
                None
            }
        }
    }
}

/// Which way answers are turned through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Back,
    On,
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;

    fn questions() -> Questions<u8> {
        Questions::new(vec![
            Row::text(0, "Name", " Grace Osei "),
            Row::right(1, "Right", Right::Deputy, &Right::ALL),
            Row::secret(2, "Passphrase").after_a_gap(),
        ])
    }

    #[test]
    fn answers_are_known_by_their_questions() {
        let mut questions = questions();
        assert_eq!(
            (questions.typed(0), questions.chosen(1), questions.typed(2)),
            ("Grace Osei", Some(Right::Deputy), "")
        );
        questions.go_to(2);
        assert!(questions.is_last());
        questions.on_key(KeyEvent::from(KeyCode::Char('x')));
        assert_eq!((questions.exposed(2), questions.typed(2)), ("x", ""), "a passphrase is no text");
        questions.take(2);
        assert_eq!(questions.exposed(2), "");
    }

    #[test]
    fn a_right_is_turned_through_and_not_typed() {
        let mut questions = questions();
        questions.next();
        assert_eq!(questions.on_key(KeyEvent::from(KeyCode::Char('x'))), Consumed::No);
        let mut seen = Vec::new();
        for _ in 0..Right::ALL.len() {
            questions.turn(Turn::On);
            seen.extend(questions.chosen(1));
        }
        assert_eq!(seen, [Right::Senior, Right::Reader, Right::Lead, Right::Deputy]);
        questions.turn(Turn::Back);
        assert_eq!(questions.chosen(1), Some(Right::Lead));
    }

    #[test]
    fn what_failed_begins_again_at_the_passphrase() {
        let mut questions = questions();
        questions.start_over();
        assert_eq!(questions.at(), Some(2));
    }
}
