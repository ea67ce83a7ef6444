//! The children of the desk by name.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::Layer;
use super::browse::{Browse, Browsing, Head, Lack, Listing, Rest, draw_note};
use super::cells::{self, Cell};
use super::child::ChildScreen;
use super::twins::Twins;
use crate::desk::answer::{ChildRow, Target};
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::ids::ChildId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};

/// The widest that a name's column becomes.
const NAME: usize = 40;
/// `some of its letters`, the longest of the reasons.
const WHY: usize = 19;
/// Below this there is no room for why.
const NARROW: usize = 60;
/// `Child protection plan`, the most serious.
const STATUS: usize = 21;
/// `Education, health and care plan`, the longest.
const MOST_STATUS: usize = 31;
/// `b. 14 Mar 2011, 10B…`: what a status leaves of the details, at least.
const DETAIL: usize = 20;

pub struct Children {
    list: Browse<Roll>,
}

struct Roll;

impl Listing for Roll {
    type Row = ChildRow;
    type Id = Target;

    fn id(row: &ChildRow) -> Target {
        row.found.target
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Children { narrow, window }
    }
}

impl Default for Children {
    fn default() -> Self {
        Self { list: Browse::new(Roll, Rest::First) }
    }
}

impl Children {
    /// The child that the cursor is on.
    pub fn selected(&self) -> Option<ChildId> {
        match self.list.selected()?.found.target {
            Target::Child(child) => Some(child),
            Target::Contact(_) | Target::Concern(_) | Target::Entry { .. } => None,
        }
    }

    fn open(&self) -> Effects {
        match self.list.selected().map(|row| row.found.target) {
            Some(Target::Child(child) | Target::Entry { child, .. }) => {
                vec![Layer::Child(ChildScreen::new(child, None)).open()]
            }
            Some(Target::Contact(_) | Target::Concern(_)) | None => Vec::new(),
        }
    }

    fn instead(lack: Lack, cx: &Cx) -> String {
        match lack {
            Lack::Waiting => "One moment …".to_owned(),
            Lack::Narrowed => "No child has a name like that. Press Esc to see all.".to_owned(),
            Lack::Empty => {
                let key = cx.keymap.chord(&[Scope::Everywhere], Action::NewConcern);
                let key = key.map(|key| format!(" Press {key} to type a concern.")).unwrap_or_default();
                format!(
                    "No children yet. They come with the concerns that name them, or with the school's roll: \
                     dsl-desk children import.{key}"
                )
            }
        }
    }
}

impl Surface for Children {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Children, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Children".to_owned()
    }

    fn browsing(&mut self) -> Option<&mut dyn Browsing> {
        Some(&mut self.list)
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        self.list.act(action).unwrap_or_else(|| match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            Action::Twins => vec![Layer::Twins(Twins::all()).open()],
            _ => Vec::new(),
        })
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Children(page) => self.list.arrived(page),
            Reply::Failed(sentence) => self.list.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
        self.list.draw_head(cx, frame, head, Head { what: "By surname", more: "" });
        if let Some(lack) = self.list.lack() {
            return draw_note(cx, frame, body, &Self::instead(lack, cx));
        }
        let query = self.list.query();
        self.list.draw(cx, frame, body, |row, width| cells::row(&cells(row, width), &query, &cx.theme));
    }
}

/// Who it is, what is true of them where there is room for it, and why they were found.
fn cells(row: &ChildRow, width: usize) -> [Cell<'_>; 4] {
    let found = &row.found;
    let why = if found.why.is_empty() || width < NARROW { 0 } else { WHY };
    // What tells two of one name apart is not cut.
    let name = (width.saturating_sub(why) * 11 / 25).min(NAME);
    let detail = width.saturating_sub(name + why + 2);
    let room = detail.saturating_sub(DETAIL + 1);
    let status = row.status.as_deref().filter(|_| room >= STATUS).unwrap_or_default();
    let taken = if status.is_empty() { 0 } else { room.min(MOST_STATUS) };
    let left = if taken == 0 { detail } else { detail - taken - 1 };
    [Cell(&found.name, name), Cell(&found.detail, left), Cell(status, taken), Cell(&found.why, why)]
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::desk::answer::{Found, Page};
    use crate::domain::ids::ChildId;
    use crate::domain::text::Text;
    use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, press, sizes, type_in};

    fn row(id: i64, name: &str, status: Option<&str>) -> ChildRow {
        let (target, name) = (Target::Child(ChildId(id)), Text::from(name));
        let detail = Text::from("b. 14 Mar 2011, 10B, Weirgate School");
        let found = Found { target, name, detail, why: String::new(), score: 0 };
        ChildRow { found, status: status.map(str::to_owned) }
    }

    fn screen() -> Children {
        let mut children = Children::default();
        children.refresh(&cx());
        let rows = vec![
            row(1, "Łukasz Wójcik", None),
            row(2, "Zoë Smith", Some("Child protection plan")),
            row(3, HARD_NAME, Some(HARD_NAME)),
        ];
        children.reply(&cx(), Reply::Children(Page { rows, offset: 0, total: 3 }));
        children
    }

    #[test]
    fn enter_opens_the_child() {
        let mut children = screen();
        press(&mut children, KeyCode::Down);
        let effects = press(&mut children, KeyCode::Enter);
        let Some(Effect::Open(layer)) = effects.first() else { panic!("nothing opened") };
        assert!(matches!(**layer, Layer::Child(ref child) if child.child == ChildId(2)));
    }

    #[test]
    fn letters_narrow_and_are_never_commands() {
        let mut children = screen();
        press(&mut children, KeyCode::Char('/'));
        let requests = asked(type_in(&mut children, "qn1"));
        assert_eq!(requests.len(), 3);
        assert!(matches!(&requests[2], Request::Children { narrow, .. } if narrow == "qn1"));
    }

    #[test]
    fn esc_goes_back_only_when_all_is_shown() {
        let mut children = screen();
        type_in(&mut children, "/z");
        assert!(matches!(press(&mut children, KeyCode::Esc)[..], [Effect::Ask(_)]));
        assert!(matches!(press(&mut children, KeyCode::Esc)[..], [Effect::Close]));
    }

    #[test]
    fn what_is_true_of_a_child_stands_in_the_row_where_there_is_room() {
        let shown = drawn(&mut screen(), 80, 22);
        let zoe = shown.lines().find(|line| line.contains("Zoë Smith")).unwrap();
        assert!(zoe.contains("b. 14 Mar 2011, 10B…"), "{shown}");
        assert!(zoe.contains("Child protection plan"), "{shown}");
        let narrow = drawn(&mut screen(), 60, 18);
        assert!(!narrow.contains("protection") && narrow.contains("b. 14 Mar 2011, 10B"), "{narrow}");
    }

    #[test]
    fn an_empty_desk_says_what_to_do() {
        let mut children = Children::default();
        children.refresh(&cx());
        assert!(drawn(&mut children, 80, 22).contains("One moment"));
        children.reply(&cx(), Reply::Children(Page::default()));
        assert!(drawn(&mut children, 100, 22).contains("Press n to type a concern."));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut screen(), width, height);
        }
        let lines = drawn(&mut screen(), 80, 22);
        assert!(lines.contains("> Łukasz Wójcik"), "{lines}");
        assert!(lines.contains("1 of 3"), "{lines}");
    }
}
