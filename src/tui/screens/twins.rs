//! Children who may have been entered twice: all pairs, or whoever is like one child. And what is said at once when a
//! second entry is made.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::Layer;
use super::browse::{Browse, Browsing, Head, Lack, Listing, Rest, draw_note};
use super::candidates::{Candidates, detail};
use super::cells::{self, Cell};
use super::compare::Compare;
use super::confirm::{Confirm, Question};
use crate::cabinet::table::child::Child;
use crate::desk::answer::{Alike, Pair};
use crate::desk::request::Window;
use crate::desk::{Reply, Request, Saved};
use crate::domain::ids::ChildId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::columns::columns;
use crate::tui::widgets::write;

/// Both of the selected pair, in full.
const FOOT: u16 = 2;
/// `same name and date of birth`, and no wider than half of the screen.
const WHY: usize = 27;

pub struct Twins {
    list: Browse<Pairs>,
}

struct Pairs {
    /// Whose; all there are where it is nobody's.
    of: Option<ChildId>,
}

impl Listing for Pairs {
    type Row = Pair;
    type Id = [ChildId; 2];

    fn id(pair: &Pair) -> [ChildId; 2] {
        [pair.one.id, pair.other.id]
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Duplicates { of: self.of, narrow, window }
    }
}

impl Twins {
    /// All pairs.
    pub fn all() -> Self {
        Self { list: Browse::new(Pairs { of: None }, Rest::First) }
    }

    /// Whoever is like one child; letters find anybody else.
    pub fn of(child: ChildId) -> Self {
        Self { list: Browse::new(Pairs { of: Some(child) }, Rest::First) }
    }

    fn open(&self) -> Effects {
        let layer =
            self.list.selected().map(|pair| Layer::Compare(Compare::new([pair.one.id, pair.other.id])));
        layer.map(Layer::open).into_iter().collect()
    }

    fn instead(&self, lack: Lack) -> &'static str {
        match (lack, self.list.listing().of) {
            (Lack::Waiting, _) => "One moment …",
            (Lack::Narrowed, _) => "Nobody is called that. Press Esc to see all.",
            (Lack::Empty, None) => "No two children are alike. Nobody seems to be entered twice.",
            (Lack::Empty, Some(_)) => "Nobody is like this child. / looks for any child by name.",
        }
    }

    fn head(&self) -> &'static str {
        match self.list.listing().of {
            None => "Who may be one child, the likeliest first",
            Some(_) => "Who may be this child, entered a second time",
        }
    }
}

impl Surface for Twins {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Entered twice?".to_owned()
    }

    fn browsing(&mut self) -> Option<&mut dyn Browsing> {
        Some(&mut self.list)
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        self.list.act(action).unwrap_or_else(|| match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        })
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Duplicates(page) => self.list.arrived(page),
            Reply::Failed(sentence) => self.list.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let foot = if area.height > 8 { FOOT } else { 0 };
        let heights = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(foot)];
        let [head, body, foot] = Layout::vertical(heights).areas(area);
        self.list.draw_head(cx, frame, head, Head { what: self.head(), more: "" });
        if let Some(lack) = self.list.lack() {
            return draw_note(cx, frame, body, self.instead(lack));
        }
        let query = self.list.query();
        let is_of_one = self.list.listing().of.is_some();
        self.list.draw(cx, frame, body, |pair, width| {
            let (one, other) = if is_of_one {
                (pair.other.details.name.one_line(), detail(&pair.other))
            } else {
                (pair.one.details.name.one_line(), pair.other.details.name.one_line())
            };
            let why = columns(&pair.why).clamp(WHY, (width / 2).max(WHY));
            let left = width.saturating_sub(why + 2);
            let cells = [Cell(&one, left / 2), Cell(&other, left - left / 2), Cell(&pair.why, why)];
            cells::row(&cells, &query, &cx.theme)
        });
        if let Some(pair) = self.list.marked() {
            for (row, child) in foot.rows().zip([&pair.one, &pair.other]) {
                write(&named(child), row, frame.buffer_mut(), cx.theme.dim);
            }
        }
    }
}

/// `Zoë Smith (10B, b. 4 Mar 2011)`.
fn named(child: &Child) -> String {
    format!("{} ({})", child.details.name.one_line(), detail(child))
}

/// The question that follows on a second entry; none where nobody is alike.
pub(super) fn noticed(saved: &Saved) -> Option<Effect> {
    let (text, look) = match saved.alike.first()? {
        Alike::Entered(pair) => {
            let look = match saved.alike.len() {
                1 => Layer::Compare(Compare::new([pair.one.id, pair.other.id])),
                _ => Layer::Twins(Twins::of(pair.one.id)),
            };
            let text = format!(
                "{} may be {}, entered a second time: {}.",
                named(&pair.one),
                named(&pair.other),
                pair.why
            );
            (text, look)
        }
        Alike::Named { concern, position, name, candidate } => {
            let text = format!(
                "Concern {concern} names {}, who may be {}: {}. Until somebody says who is meant, it stands in no \
                 chronology of theirs.",
                name.one_line(),
                named(&candidate.child),
                candidate.why
            );
            (text, Layer::Candidates(Candidates::new(*concern, *position)))
        }
    };
    let more = match saved.alike.len() {
        1 => String::new(),
        2 => " There is one more.".to_owned(),
        alike => format!(" There are {} more.", alike - 1),
    };
    let question = Question {
        heading: "Is that a child who is here already?".to_owned(),
        text: format!("{text}{more}"),
        harmless: "Later",
        other: "Look at them",
        effects: vec![look.open()],
    };
    Some(Layer::Confirm(Confirm::new(question)).open())
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::desk::answer::{Candidate, Page};
    use crate::domain::ids::ConcernId;
    use crate::tui::screens::testing::{HARD_NAME, asked, child, cx, drawn, press, sizes, type_in};

    fn pair(one: i64, other: i64, name: &str) -> Pair {
        let why = "same name and date of birth".to_owned();
        Pair { one: child(one, name), other: child(other, "Zoe Smyth"), why }
    }

    fn shown(mut twins: Twins) -> Twins {
        twins.refresh(&cx());
        let rows = vec![pair(1, 2, "Zoë Smith"), pair(3, 4, HARD_NAME)];
        twins.reply(&cx(), Reply::Duplicates(Page { rows, offset: 0, total: 2 }));
        twins
    }

    #[test]
    fn a_pair_is_on_one_line_and_the_selected_one_in_full_below() {
        let lines = drawn(&mut shown(Twins::all()), 80, 22);
        assert!(lines.contains("> Zoë Smith") && lines.contains("same name and date of birth"), "{lines}");
        assert!(lines.contains("Zoë Smith (10B, b. 4 Mar 2011)"), "{lines}");
        assert!(lines.contains("Zoe Smyth (10B, b. 4 Mar 2011)"), "{lines}");
        let lines = drawn(&mut shown(Twins::of(ChildId(1))), 80, 22);
        assert!(lines.contains("> Zoe Smyth") && lines.contains("this child"), "{lines}");
    }

    #[test]
    fn enter_lays_the_two_beside_each_other() {
        let mut twins = shown(Twins::all());
        press(&mut twins, KeyCode::Down);
        let effects = press(&mut twins, KeyCode::Enter);
        assert!(matches!(&effects[..], [Effect::Open(layer)] if matches!(**layer, Layer::Compare(_))));
    }

    #[test]
    fn letters_look_for_anybody() {
        let requests = asked(type_in(&mut shown(Twins::of(ChildId(1))), "/x"));
        let [Request::Duplicates { of: Some(ChildId(1)), narrow, .. }] = &requests[..] else { panic!() };
        assert_eq!(narrow, "x");
    }

    #[test]
    fn nobody_alike_is_said() {
        let mut twins = Twins::all();
        twins.refresh(&cx());
        twins.reply(&cx(), Reply::Duplicates(Page::default()));
        assert!(drawn(&mut twins, 80, 22).contains("No two children are alike."));
    }

    fn question(alike: Vec<Alike>) -> Option<Question> {
        match noticed(&Saved { alike, ..Saved::default() })? {
            Effect::Open(layer) => match *layer {
                Layer::Confirm(confirm) => Some(confirm.question),
                _ => None,
            },
            _ => None,
        }
    }

    #[test]
    fn a_second_entry_is_asked_about_and_nothing_else_is() {
        assert!(question(Vec::new()).is_none());
        let entered = || Alike::Entered(Box::new(pair(1, 2, "Zoë Smith")));
        let one = question(vec![entered()]).unwrap();
        assert!(one.text.starts_with("Zoë Smith (10B, b. 4 Mar 2011) may be Zoe Smyth (10B"), "{}", one.text);
        assert!(matches!(&one.effects[..], [Effect::Open(layer)] if matches!(**layer, Layer::Compare(_))));
        let two = question(vec![entered(), entered()]).unwrap();
        assert!(two.text.ends_with("There is one more."), "{}", two.text);
        assert!(matches!(&two.effects[..], [Effect::Open(layer)] if matches!(**layer, Layer::Twins(_))));
        let candidate =
            Box::new(Candidate { child: child(1, "Zoë Smith"), why: "nearly the same name".to_owned() });
        let named = Alike::Named { concern: ConcernId(7), position: 1, name: "Zoe Smyth".into(), candidate };
        let named = question(vec![named]).unwrap();
        assert!(
            named.text.starts_with("Concern 7 names Zoe Smyth, who may be Zoë Smith (10B"),
            "{}",
            named.text
        );
        assert!(
            matches!(&named.effects[..], [Effect::Open(layer)] if matches!(**layer, Layer::Candidates(_)))
        );
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut shown(Twins::all()), width, height);
            drawn(&mut shown(Twins::of(ChildId(1))), width, height);
        }
    }
}
