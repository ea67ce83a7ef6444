//! One field on the screen: its label, what is typed, and beneath it what was understood, offered or is missing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::categories::Categories;
use super::super::choice::Choice;
use super::super::field::{Field, Key};
use super::super::gates::Word;
use super::super::input::{Input, Press};
use super::super::moment::{Meaning, MomentInput, Tense};
use super::super::picker::{Offer, Picker};
use super::super::sheet::{NOT_A_BIRTHDAY, NOT_A_TIME, Trouble};
use super::super::suggest::Suggest;
use super::caution;
use crate::domain::category::{self, Category, Demand};
use crate::domain::child;
use crate::domain::emergency;
use crate::domain::moment::Moment;
use crate::domain::rule::{self, Force};
use crate::domain::text::Text;
use crate::domain::when;
use crate::tui::layer::Cx;
use crate::tui::widgets::Focus;
use crate::tui::widgets::columns::{columns, fit};
use crate::tui::widgets::wrap::wrap;

/// The column for the mark of the field with the cursor.
const GUTTER: u16 = 2;
/// Rows of a long text while the cursor is elsewhere.
const ROWS_AT_REST: usize = 3;
/// Rows of a text field that is written in, however little stands there.
const ROWS_TO_WRITE: usize = 4;
const ROWS_SHOWN: usize = 6;

/// With fewer rows for the fields, those are left to what is written.
const ROOM_FOR_RULES: u16 = 12;

/// Of words that the form put there.
const OFFERED: &str = "Filled in for you: what you type takes its place; End adds to it.";

pub(super) struct Block<'f> {
    field: &'f Field,
    focus: Focus,
    /// The label, in as many rows as it takes.
    label: Vec<Line<'static>>,
    rows: u16,
    below: Vec<Line<'static>>,
}

/// What is to be said of the fields.
#[derive(Clone, Copy)]
pub(super) struct Said<'s> {
    pub(super) trouble: Option<&'s Trouble>,
    pub(super) words: &'s [Word],
}

impl<'f> Block<'f> {
    pub(super) fn new(cx: &Cx, field: &'f Field, here: bool, said: Said, size: Size) -> Self {
        let focus = if here { Focus::Here } else { Focus::Elsewhere };
        let width = usize::from(size.width.saturating_sub(GUTTER));
        let mut below: Vec<Line<'static>> = Vec::new();
        if let Some(trouble) = said.trouble.filter(|trouble| trouble.key == field.key) {
            let lines = wrap(&format!("! {}", trouble.says), width);
            below.extend(lines.into_iter().map(|line| line.style(cx.theme.warn)));
        }
        below.extend(beneath(cx, field, focus, width));
        below.extend(
            said.words.iter().filter(|word| word.key == field.key).flat_map(|word| ruled(cx, word, width)),
        );
        let foot = if here {
            foot(cx, field, said, Size { width: size.width.saturating_sub(GUTTER), ..size })
        } else {
            Vec::new()
        };
        // It stands where there was room to write, so that what is around does not jump.
        let rows = rows(&field.input, focus, width, size.height, ROWS_TO_WRITE.saturating_sub(foot.len()));
        below.extend(foot);
        Self { field, focus, label: wrap(&field.label, width), rows, below }
    }

    pub(super) fn is_focused(&self) -> bool {
        self.focus == Focus::Here
    }

    pub(super) fn height(&self) -> u16 {
        let below = u16::try_from(self.below.len()).unwrap_or(u16::MAX);
        self.rows.saturating_add(self.label_rows()).saturating_add(below)
    }

    fn label_rows(&self) -> u16 {
        u16::try_from(self.label.len()).unwrap_or(u16::MAX).max(1)
    }

    /// Draws as much as there is room for, and says where the terminal's cursor belongs.
    pub(super) fn draw(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let (mark, bar, style) = match self.focus {
            Focus::Here => ("> ", "│ ", cx.theme.title),
            Focus::Elsewhere => ("  ", "  ", cx.theme.text),
        };
        buf.set_stringn(area.x, area.y, mark, area.width.into(), style);
        let text = Rect { x: area.x.saturating_add(GUTTER), ..area }.intersection(area);
        for (row, line) in text.rows().zip(&self.label) {
            buf.set_line(row.x, row.y, &line.clone().style(style), row.width);
        }
        let inside = text.intersection(Rect {
            y: area.y.saturating_add(self.label_rows()),
            height: self.rows,
            ..text
        });
        for row in inside.rows() {
            buf.set_stringn(area.x, row.y, bar, area.width.into(), cx.theme.title);
        }
        let rest = area.rows().skip(usize::from(self.rows) + usize::from(self.label_rows()));
        for (row, line) in rest.zip(&self.below) {
            let width = row.width.saturating_sub(GUTTER);
            buf.set_line(row.x.saturating_add(GUTTER).min(area.right()), row.y, line, width);
        }
        if inside.is_empty() { None } else { draw_input(cx, &self.field.input, buf, inside, self.focus) }
    }
}

/// What is warned of; or else by which rule the field is asked, unless that has something to say to the answer.
fn foot(cx: &Cx, field: &Field, said: Said, size: Size) -> Vec<Line<'static>> {
    let width = usize::from(size.width);
    let cautions = caution::beneath(cx, field, width);
    let asked_by =
        field.rule.and_then(rule::get).filter(|_| cautions.is_empty() && size.height >= ROOM_FOR_RULES);
    let Some(rule) = asked_by else { return cautions };
    let word =
        Word { key: field.key, force: Force::Advises, says: rule.says.to_owned(), cited: rule.cited() };
    let is_said = said.words.iter().any(|known| known.key == word.key && known.cited == word.cited);
    if is_said { Vec::new() } else { ruled(cx, &word, width) }
}

/// What a rule says to the answer, and how hard; then where that was read, on a row of its own where it does not fit.
fn ruled(cx: &Cx, word: &Word, width: usize) -> Vec<Line<'static>> {
    let (mark, style) = match word.force {
        Force::Advises => ("", cx.theme.dim),
        Force::AsksForAReason => ("! ", cx.theme.warn),
        Force::Blocks => ("! Not so: ", cx.theme.warn),
    };
    let mut rows: Vec<String> =
        wrap(&format!("{mark}{}", word.says), width).iter().map(ToString::to_string).collect();
    match rows.last_mut().filter(|row| columns(row) + columns(&word.cited) + GAP <= width) {
        Some(row) => row.extend(["  ", &word.cited]),
        None => rows.push(fit(&word.cited, width)),
    }
    rows.into_iter().map(|row| Line::styled(row, style)).collect()
}

fn rows(input: &Input, focus: Focus, width: usize, height: u16, least: usize) -> u16 {
    let rows = match input {
        Input::Area(area) => {
            let lines = area.height(width);
            match focus {
                Focus::Elsewhere => lines.clamp(1, ROWS_AT_REST),
                Focus::Here => {
                    let most = (usize::from(height) * 2 / 3).max(1);
                    (lines + 1).max(least).min(most)
                }
            }
        }
        Input::Shown(text) => wrap(text, width).len().clamp(1, ROWS_SHOWN),
        Input::Choice(choice) => laid_out(choice, width).len().max(1),
        Input::Line(_)
        | Input::Moment(_)
        | Input::Birth(_)
        | Input::Categories(_)
        | Input::Contact(_)
        | Input::Button(_) => 1,
    };
    u16::try_from(rows).unwrap_or(u16::MAX)
}

fn draw_input(cx: &Cx, input: &Input, buf: &mut Buffer, area: Rect, focus: Focus) -> Option<Position> {
    match input {
        Input::Line(line) => line.field().draw(area, buf, &cx.theme, focus),
        Input::Birth(field) => field.draw(area, buf, &cx.theme, focus),
        Input::Moment(input) => input.line.field().draw(area, buf, &cx.theme, focus),
        Input::Categories(categories) => categories.suggest.field.draw(area, buf, &cx.theme, focus),
        Input::Contact(picker) => picker.suggest.field.draw(area, buf, &cx.theme, focus),
        Input::Area(text) => {
            let cursor = text.draw(area, buf, &cx.theme, focus);
            if focus == Focus::Elsewhere {
                buf.set_style(area, cx.theme.field);
            }
            cursor
        }
        Input::Choice(choice) => draw_choice(cx, choice, buf, area, focus),
        Input::Shown(text) => {
            for (row, line) in area.rows().zip(wrap(text, area.width.into())) {
                buf.set_line(row.x, row.y, &line.style(cx.theme.text), row.width);
            }
            None
        }
        Input::Button(press) => {
            let style = if focus == Focus::Here { cx.theme.selected } else { cx.theme.dim };
            buf.set_stringn(area.x, area.y, does(*press), area.width.into(), style);
            (focus == Focus::Here).then(|| area.as_position())
        }
    }
}

fn does(press: Press) -> &'static str {
    match press {
        Press::Another => "[ Enter adds one ]",
        Press::Save => "[ Enter records this ]",
    }
}

/// `(x) yes  ( ) no`: all of the answers, and which one stands. Those that do not fit beside each other go below.
fn draw_choice(cx: &Cx, choice: &Choice, buf: &mut Buffer, area: Rect, focus: Focus) -> Option<Position> {
    let mut cursor = area.as_position();
    for (place, answers) in area.rows().zip(laid_out(choice, area.width.into())) {
        let (mut spans, mut column) = (Vec::new(), 0);
        for Answer { text, is_chosen } in answers {
            if is_chosen {
                let column = u16::try_from(column + 1).unwrap_or(u16::MAX).min(area.width - 1);
                cursor = Position::new(place.x + column, place.y);
            }
            column += columns(&text) + GAP;
            let style = if is_chosen && focus == Focus::Here { cx.theme.selected } else { cx.theme.text };
            spans.push(Span::styled(text, style));
            spans.push(Span::raw(" ".repeat(GAP)));
        }
        buf.set_line(place.x, place.y, &Line::from(spans), place.width);
    }
    (focus == Focus::Here).then_some(cursor)
}

/// Columns between two answers.
const GAP: usize = 2;

struct Answer {
    text: String,
    is_chosen: bool,
}

/// The answers, row by row.
fn laid_out(choice: &Choice, width: usize) -> Vec<Vec<Answer>> {
    let (mut rows, mut left): (Vec<Vec<Answer>>, usize) = (Vec::new(), 0);
    for answer in choice.answers() {
        let is_chosen = choice.chosen() == Some(answer);
        let text = format!("({}) {answer}", if is_chosen { 'x' } else { ' ' });
        let needed = columns(&text);
        let answer = Answer { text, is_chosen };
        if let Some(row) = rows.last_mut().filter(|_| needed <= left) {
            row.push(answer);
        } else {
            left = width;
            rows.push(vec![answer]);
        }
        left = left.saturating_sub(needed + GAP);
    }
    rows
}

fn beneath(cx: &Cx, field: &Field, focus: Focus, width: usize) -> Vec<Line<'static>> {
    match &field.input {
        Input::Moment(input) => echo(cx, input, focus).into_iter().map(|line| cut(line, width)).collect(),
        Input::Birth(birth) => {
            born(cx, birth.text(), focus).into_iter().map(|line| cut(line, width)).collect()
        }
        Input::Categories(categories) => categories_beneath(cx, field.key, categories, focus, width),
        Input::Contact(picker) => contacts_beneath(cx, picker, focus, width),
        Input::Line(line) if focus == Focus::Here && line.is_offered() => {
            vec![Line::styled(fit(OFFERED, width), cx.theme.dim)]
        }
        Input::Choice(choice) => {
            let means = choice.meaning().map(|means| wrap(means, width)).unwrap_or_default();
            means.into_iter().map(|line| line.style(cx.theme.dim)).collect()
        }
        Input::Line(_) | Input::Area(_) | Input::Shown(_) | Input::Button(_) => Vec::new(),
    }
}

type Styled = (String, Style);

fn cut((text, style): Styled, width: usize) -> Line<'static> {
    Line::styled(fit(&text, width), style)
}

/// What was understood, in words.
fn echo(cx: &Cx, input: &MomentInput, focus: Focus) -> Option<Styled> {
    match input.meaning(cx.now) {
        Meaning::Nothing => None,
        Meaning::NotUnderstood => Some(not_understood(cx, NOT_A_TIME, focus)),
        Meaning::Understood(moment) if is_doubtful(input.tense, moment, cx) => {
            let doubt = if input.tense == Tense::Due { "past already?" } else { "still to come?" };
            Some((format!("= {}: {doubt}", when::describe(moment, cx.now)), cx.theme.warn))
        }
        Meaning::Understood(moment) => Some((format!("= {}", when::describe(moment, cx.now)), cx.theme.dim)),
    }
}

/// What has happened lies behind, and what is due ahead.
fn is_doubtful(tense: Tense, moment: Moment, cx: &Cx) -> bool {
    let is_today = moment == Moment::Date(Moment::At(cx.now).date());
    match tense {
        Tense::Happened => when::is_future(moment, cx.now),
        Tense::Due => !is_today && !when::is_future(moment, cx.now),
    }
}

fn born(cx: &Cx, text: &str, focus: Focus) -> Option<Styled> {
    if text.trim().is_empty() {
        return None;
    }
    let today = Moment::At(cx.now).date();
    Some(match when::parse_date_of_birth(text, today) {
        Some(date) => {
            let age = child::age(date, today).map(|age| format!(", {age} old")).unwrap_or_default();
            (format!("= {}{age}", Moment::Date(date)), cx.theme.dim)
        }
        None => not_understood(cx, NOT_A_BIRTHDAY, focus),
    })
}

/// Nobody is reproached while they are still typing.
fn not_understood(cx: &Cx, says: &str, focus: Focus) -> Styled {
    match focus {
        Focus::Here => ("= not a date yet".to_owned(), cx.theme.dim),
        Focus::Elsewhere => (format!("! {says}"), cx.theme.warn),
    }
}

fn categories_beneath(
    cx: &Cx,
    key: Key,
    categories: &Categories,
    focus: Focus,
    width: usize,
) -> Vec<Line<'static>> {
    let names: Vec<&str> = categories.chosen().iter().map(|category| category.name.as_str()).collect();
    let mut lines = Vec::new();
    if !names.is_empty() {
        lines.extend(wrap(&format!("Chosen: {}", names.join("; ")), width));
    }
    if focus == Focus::Here {
        let offers = categories.offers();
        lines.extend(list(cx, &categories.suggest, &offers, width, |category| {
            (format!("{}  {}", category.name, category.note), cx.theme.text)
        }));
        let marked = categories.suggest.window(offers.len()).and_then(|(_, marked)| offers.get(marked));
        lines.extend(marked.into_iter().flat_map(|category| signs(cx, key, category, width)));
    } else {
        let ids: Vec<Text> = categories.chosen().iter().map(|category| category.id.as_str().into()).collect();
        lines.extend(category::demands_of(&ids).into_iter().flat_map(|demand| asked(cx, key, demand, width)));
    }
    lines
}

/// What to look for in what is marked, and what it asks for beyond the usual.
fn signs(cx: &Cx, key: Key, category: &Category, width: usize) -> Vec<Line<'static>> {
    let look_for = wrap(&format!("Look for: {}.", category.look_for().join("; ")), width);
    let look_for = look_for.into_iter().map(|line| line.style(cx.theme.dim));
    look_for.chain(category.demands().iter().flat_map(|demand| asked(cx, key, demand, width))).collect()
}

fn asked(cx: &Cx, key: Key, demand: &Demand, width: usize) -> Vec<Line<'static>> {
    let word = Word { key, force: demand.force, says: demand.says.clone(), cited: demand.cited() };
    ruled(cx, &word, width)
}

fn contacts_beneath(cx: &Cx, picker: &Picker, focus: Focus, width: usize) -> Vec<Line<'static>> {
    if focus == Focus::Elsewhere {
        return Vec::new();
    }
    list(cx, &picker.suggest, &picker.offers(), width, |offer| match offer {
        Offer::Emergency => (format!("{}  {}", emergency::NUMBER, emergency::SERVICE), cx.theme.danger),
        Offer::Known { name, detail, .. } => {
            (format!("{}  {}", name.one_line(), detail.one_line()), cx.theme.text)
        }
    })
}

/// The rows that the letters bring up, with the one that Enter chooses marked.
fn list<T>(
    cx: &Cx,
    suggest: &Suggest,
    offers: &[T],
    width: usize,
    words: impl Fn(&T) -> Styled,
) -> Vec<Line<'static>> {
    let Some((rows, marked)) = suggest.window(offers.len()) else { return Vec::new() };
    let shown = offers.iter().enumerate().skip(rows.start).take(rows.len());
    let line = |(place, offer): (usize, &T)| {
        let (text, style) = words(offer);
        let (mark, style) = if place == marked { ("> ", cx.theme.selected) } else { ("  ", style) };
        Line::styled(fit(&format!("{mark}{text}"), width), style)
    };
    shown.map(line).collect()
}
