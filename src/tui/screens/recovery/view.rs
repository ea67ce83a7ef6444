//! How the recovery key is drawn. The words go from where they are kept into the cells of the screen, and into no text
//! in between.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::{Occasion, RecoveryPage, State, Which};
use crate::desk::people::recovery::Drawn;
use crate::tui::layer::Cx;
use crate::tui::screens::narrow_column;
use crate::tui::widgets::secret_field::SecretField;
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{Focus, write, write_wrapped};

/// Words on a line, so that they can be copied by hand without losing one's place.
const ON_A_LINE: usize = 4;
/// Columns of a number, the longest word and a gap.
const WORD: u16 = 16;
/// Columns of `17 `.
const NUMBER: u16 = 3;

const HEADING: &str = "The recovery key: seventeen words.";
const WHAT_FOR: &str = "Write them down on paper and lock it away. They open the desk, for whoever has them, when a \
                        passphrase is forgotten. Nobody can show them again.";
const LOSS: &str = "Where every passphrase and these words are lost, the desk is lost: nobody can open it, the makers \
                    of this program included.";
const NEXT: &str =
    "When they are on paper, press Enter: two of them are asked back. Until then no key is made.";
const BEFORE: &str = "The words from before open the desk until these are made.";
const GIVE_BACK: &str = "Two of the words, from the paper. They are not shown while you type.";

pub(super) fn draw(page: &RecoveryPage, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = narrow_column(area);
    let texts = match page.occasion {
        Occasion::First => vec![WHAT_FOR, LOSS],
        Occasion::Again => vec![WHAT_FOR, LOSS, BEFORE],
    };
    let texts: Vec<_> = texts.iter().flat_map(|text| wrap(text, area.width.into())).collect();
    let rows = u16::try_from(texts.len()).unwrap_or(u16::MAX);
    let [heading, above, words, said] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Length(rows + 1),
        Constraint::Length(6),
        Constraint::Min(2),
    ])
    .areas(area);
    write(HEADING, heading, frame.buffer_mut(), cx.theme.title);
    for (place, row) in above.rows().zip(&texts) {
        frame.buffer_mut().set_line(place.x, place.y, row, place.width);
    }
    let then = match &page.state {
        State::NotAsked => "Press Enter to try again.",
        State::Drawing => "One moment …",
        State::Shown(drawn) => {
            draw_words(drawn, cx, frame, words);
            NEXT
        }
        State::AskedBack(drawn, fields, which) => {
            draw_asked(drawn, fields, *which, cx, frame, words);
            GIVE_BACK
        }
        State::Making(_) => "Making the recovery key…",
    };
    match &page.said {
        Some(sentence) => write_wrapped(sentence, said, frame.buffer_mut(), cx.theme.warn),
        None => write_wrapped(then, said, frame.buffer_mut(), cx.theme.text),
    }
}

fn draw_words(drawn: &Drawn, cx: &Cx, frame: &mut Frame, area: Rect) {
    let columns = [WORD; ON_A_LINE].map(Constraint::Length);
    let places: Vec<Rect> =
        area.rows().flat_map(|row| Layout::horizontal(columns).areas::<ON_A_LINE>(row)).collect();
    for (place, cell) in places.iter().enumerate() {
        let Some(word) = drawn.word(place) else { return };
        let [number, letters] =
            Layout::horizontal([Constraint::Length(NUMBER), Constraint::Min(0)]).areas(*cell);
        let buf = frame.buffer_mut();
        write(&format!("{:>2}", place + 1), number, buf, cx.theme.dim);
        let letters = letters.intersection(buf.area);
        if !letters.is_empty() {
            buf.set_stringn(letters.x, letters.y, word, letters.width.into(), cx.theme.title);
        }
    }
}

fn draw_asked(
    drawn: &Drawn,
    fields: &[SecretField; 2],
    which: Which,
    cx: &Cx,
    frame: &mut Frame,
    area: Rect,
) {
    let asked = drawn.ask.iter().zip(fields).zip([Which::First, Which::Second]);
    for (row, ((place, field), this)) in area.rows().zip(asked) {
        let [label, letters] =
            Layout::horizontal([Constraint::Length(WORD), Constraint::Max(2 * WORD)]).areas(row);
        let here = this == which;
        let (mark, style) = if here { ("> ", cx.theme.title) } else { ("  ", cx.theme.dim) };
        write(&format!("{mark}Word {}", place + 1), label, frame.buffer_mut(), style);
        let focus = if here { Focus::Here } else { Focus::Elsewhere };
        if let Some(cursor) = field.draw(letters, frame.buffer_mut(), &cx.theme, focus) {
            frame.set_cursor_position(cursor);
        }
    }
}
