//! How the list of people is drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::People;
use crate::desk::people::{Listed, Members, PeopleFile};
use crate::domain::moment::Moment;
use crate::domain::person::Right;
use crate::domain::rule::{self, Rule};
use crate::search::Query;
use crate::tui::layer::Cx;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::{write, write_wrapped};

/// `senior`.
const RIGHT: usize = 6;
/// `Fri 20 Nov 2026`.
const SINCE: usize = 15;
/// `! missing`.
const FILE: usize = 11;
/// A name longer than this is cut before the role is.
const NAME: usize = 32;
/// Columns further apart are read as two lists.
const ROLE: usize = 48;
/// Rows beneath the list: who is selected in full, who opens no concern about the lead, and whether there is a recovery
/// key.
const FOOT: u16 = 5;

/// As short as it can be said on a row.
const NOT_THE_LEADS: &str = "A concern about the lead is not theirs to open.";

pub(super) fn draw(people: &mut People, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = area.intersection(frame.area());
    let Some(members) = &people.members else {
        write("One moment …", area, frame.buffer_mut(), cx.theme.text);
        return;
    };
    let foot = FOOT.min(area.height / 2);
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(0), Constraint::Length(foot)]).areas(area);
    let room = usize::from(area.width.saturating_sub(GUTTER));
    write(&format!("  {}", heading(room, &cx.theme)), head, frame.buffer_mut(), cx.theme.dim);
    people.height = body.height.into();
    let window = people.list.window(body.height.into());
    let shown = members.listed.get(window.clone()).unwrap_or_default();
    let rows: Vec<Line> = shown.iter().map(|listed| row(listed, room, &cx.theme)).collect();
    let present = Present { first: window.start, rows: &rows };
    list::draw(&mut people.list, present, body, frame.buffer_mut(), &cx.theme);
    let text = people.selected().map(about).unwrap_or_default();
    let parts = [Constraint::Min(0), Constraint::Max(1), Constraint::Max(2)];
    let [about, lead, recovery] = Layout::vertical(parts).areas(foot);
    write_wrapped(&text, about, frame.buffer_mut(), cx.theme.text);
    let cited = rule::get(14).map(Rule::cited).unwrap_or_default();
    write(&format!("{NOT_THE_LEADS} {cited}"), lead, frame.buffer_mut(), cx.theme.dim);
    let style = if people.members.as_ref().is_some_and(|members| members.has_recovery_key) {
        cx.theme.dim
    } else {
        cx.theme.warn
    };
    let said = people.members.as_ref().map(recovery_key).unwrap_or_default();
    write_wrapped(said, recovery, frame.buffer_mut(), style);
}

/// The widths of name and role.
fn widths(room: usize) -> [usize; 2] {
    let left = room.saturating_sub(RIGHT + SINCE + FILE + 5);
    let name = (left / 2).min(NAME);
    [name, (left - name).min(ROLE)]
}

fn heading(room: usize, theme: &Theme) -> Line<'static> {
    columns(["Name", "Role", "Right", "Since", "File"], room, theme)
}

fn row(listed: &Listed, room: usize, theme: &Theme) -> Line<'static> {
    let person = &listed.person;
    let since = Moment::Date(Moment::At(listed.since).date()).to_string();
    let cells =
        [&person.name.one_line(), &person.role.one_line(), person.right.label(), &since, file(listed.file)];
    columns(cells, room, theme)
}

fn columns(texts: [&str; 5], room: usize, theme: &Theme) -> Line<'static> {
    let [name, role] = widths(room);
    let widths = [name, role, RIGHT, SINCE, FILE];
    let cells: Vec<Cell> = texts.into_iter().zip(widths).map(|(text, width)| Cell(text, width)).collect();
    cells::row(&cells, &Query::parse(""), theme)
}

fn file(file: PeopleFile) -> &'static str {
    match file {
        PeopleFile::AsAdmitted => "as admitted",
        PeopleFile::Differs => "! differs",
        PeopleFile::Missing => "! missing",
    }
}

/// Whoever is selected, whole.
fn about(listed: &Listed) -> String {
    let person = &listed.person;
    let file = match listed.file {
        PeopleFile::AsAdmitted => "",
        PeopleFile::Differs => " Their people file is not as the record has it: put it back from a backup.",
        PeopleFile::Missing => " Their people file cannot be read: put it back from a backup.",
    };
    let right = match person.right {
        Right::Senior => "senior: also receives a concern about the lead".to_owned(),
        right => format!("{}: {}", right.label(), right.means()),
    };
    format!("{}, {}. {right}.{file}", person.name.one_line(), person.role.one_line())
}

fn recovery_key(members: &Members) -> &'static str {
    if members.has_recovery_key {
        "There is a recovery key: its words open the desk when a passphrase is forgotten."
    } else {
        "There is no recovery key: where every passphrase is lost, the desk is lost."
    }
}
