//! Two children beside each other, before somebody says whether they are one. Which of them is kept is marked, and
//! whoever looks chooses; what stands of the other is shown before it is done.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Layer;
use super::child::ChildScreen;
use super::form::{Form, FormKind, Verdict};
use super::step;
use crate::desk::answer::{Compared, Side};
use crate::desk::{Reply, Request};
use crate::domain::ids::ChildId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::columns::{fit, pad};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::wrap::wrap;

/// `Also entered as`, and the mark of what differs.
const LABEL: usize = 18;
const DIFFERS: &str = "≠ ";

pub struct Compare {
    children: [ChildId; 2],
    both: Option<Box<Compared>>,
    kept: Place,
    failed: Option<String>,
    scroll: Scroll,
}

/// Where one of them stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Left,
    Right,
}

impl Compare {
    /// The first is kept, unless it is chosen otherwise.
    pub fn new(children: [ChildId; 2]) -> Self {
        Self { children, both: None, kept: Place::Left, failed: None, scroll: Scroll::default() }
    }

    /// The one who is kept, and the other.
    fn marked(&self) -> Option<[&Side; 2]> {
        let [left, right] = &self.both.as_deref()?.sides;
        Some(match self.kept {
            Place::Left => [left, right],
            Place::Right => [right, left],
        })
    }

    fn open(&self) -> Effects {
        let layer = self.marked().map(|[kept, _]| Layer::Child(ChildScreen::new(kept.child.id, None)));
        layer.map(Layer::open).into_iter().collect()
    }

    /// The form takes this place: when it is recorded, there are not two any more, or nothing is left to ask.
    fn say(&self, verdict: Verdict) -> Effects {
        let form = |[kept, other]: [&Side; 2]| {
            let children = [other.child.id, kept.child.id];
            let names = [other.child.details.name.clone(), kept.child.details.name.clone()];
            Effect::Replace(Box::new(Layer::Form(Form::new(FormKind::Same { verdict, children, names }))))
        };
        self.marked().map(form).into_iter().collect()
    }

    fn lines(&self, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        let Some(both) = &self.both else {
            return wrap(self.failed.as_deref().unwrap_or("One moment …"), width);
        };
        let asked = match both.why.as_str() {
            "" => "Are these one child? Nothing that is known of them speaks for it.".to_owned(),
            why => format!("Are these one child ({why})?"),
        };
        let mut lines: Vec<Line> =
            wrap(&asked, width).into_iter().map(|line| line.style(cx.theme.title)).collect();
        lines.push(Line::default());
        lines.push(self.keeps(cx, width));
        let [left, right] = both.sides.each_ref().map(told);
        for ((label, left), (_, right)) in left.iter().zip(&right) {
            lines.extend(row(label, left, right, width));
        }
        lines.push(Line::default());
        lines.extend(self.consequence(cx, width));
        lines
    }

    /// Which of them is kept, over their columns.
    fn keeps(&self, cx: &Cx, width: usize) -> Line<'static> {
        let [left, right] = match self.kept {
            Place::Left => ["> kept", "  read as the other"],
            Place::Right => ["  read as the other", "> kept"],
        };
        let column = column(width);
        let line = format!("{}{} {}", " ".repeat(LABEL), pad(left, column), pad(right, column));
        Line::styled(fit(&line, width), cx.theme.key)
    }

    fn consequence(&self, cx: &Cx, width: usize) -> Vec<Line<'static>> {
        let Some([kept, other]) = self.marked() else { return Vec::new() };
        let key = |action| cx.keymap.key(Scope::Compare, action);
        wrap(
            &format!(
                "{}: they are one child, and {} (number {}) is read as {} (number {}), with both histories. Nothing is \
                 moved or lost, and the child's screen parts them again. {} and {} choose who is kept; those details \
                 stand, and can be corrected.\n{}: they are two children, and the desk does not ask again.",
                key(Action::Merge),
                other.child.details.name.one_line(),
                other.child.id,
                kept.child.details.name.one_line(),
                kept.child.id,
                key(Action::Left),
                key(Action::Right),
                key(Action::TellApart),
            ),
            width,
        )
    }
}

fn column(width: usize) -> usize {
    width.saturating_sub(LABEL + 1) / 2
}

/// What is known of one of them, each under its label.
fn told(side: &Side) -> Vec<(&'static str, String)> {
    let numbers = |count: usize, all: String| if count == 0 { "none".to_owned() } else { all };
    let concerns: Vec<String> = side.concerns.iter().map(ToString::to_string).collect();
    let also: Vec<String> = side.also.iter().map(|also| also.details.name.one_line()).collect();
    let mut told: Vec<(&'static str, String)> = side.child.details.told().into_iter().collect();
    told.push(("Also entered as", also.join(", ")));
    told.push(("Number", side.child.id.to_string()));
    told.push(("Concerns", numbers(concerns.len(), format!("{}: {}", concerns.len(), concerns.join(", ")))));
    told.push((
        "Chronology",
        if side.rows == 1 { "1 row".to_owned() } else { format!("{} rows", side.rows) },
    ));
    told
}

/// What only counts differs for any two.
fn is_detail(label: &str) -> bool {
    !matches!(label, "Also entered as" | "Number" | "Concerns" | "Chronology")
}

/// A detail of both, in as many lines as the longer takes; none where neither has it.
fn row(label: &str, left: &str, right: &str, width: usize) -> Vec<Line<'static>> {
    if left.is_empty() && right.is_empty() {
        return Vec::new();
    }
    let differs = is_detail(label) && left != right;
    let column = column(width);
    let cell = |text: &str| -> Vec<String> {
        wrap(if text.is_empty() { "not given" } else { text }, column.max(2))
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let (left, right) = (cell(left), cell(right));
    let line = |place: usize| {
        let label = match (place, differs) {
            (0, true) => format!("{DIFFERS}{label}"),
            (0, false) => format!("  {label}"),
            _ => String::new(),
        };
        let at = |cell: &[String]| pad(cell.get(place).map_or("", String::as_str), column);
        Line::from(fit(&format!("{}{} {}", pad(&label, LABEL), at(&left), at(&right)), width))
    };
    (0..left.len().max(right.len())).map(line).collect()
}

impl Surface for Compare {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Compare, Scope::Reading, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Entered twice?".to_owned()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Compare(self.children))]
    }

    fn is_ready(&self) -> bool {
        self.both.is_some() || self.failed.is_some()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.scroll.shift(step);
            return Vec::new();
        }
        match action {
            Action::Left => self.kept = Place::Left,
            Action::Right => self.kept = Place::Right,
            Action::Merge => return self.say(Verdict::One),
            Action::TellApart => return self.say(Verdict::Two),
            Action::OpenChild => return self.open(),
            Action::Back => return vec![Effect::Close],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Compared(both) => (self.both, self.failed) = (Some(both), None),
            // Somebody else has merged them meanwhile: there is nothing to be said any more.
            Reply::Failed(sentence) => (self.both, self.failed) = (None, Some(sentence)),
            _ => {}
        }
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let lines = self.lines(cx, area.width.into());
        self.scroll.draw(&lines, area, frame.buffer_mut());
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::domain::ids::ConcernId;
    use crate::domain::text::Text;
    use crate::tui::screens::testing::{HARD_NAME, child, cx, drawn, press, sizes};

    fn compare(name: &str) -> Compare {
        let side = |id, name, concerns: &[i64], rows| Side {
            child: child(id, name),
            also: Vec::new(),
            concerns: concerns.iter().copied().map(ConcernId).collect(),
            rows,
        };
        let mut left = side(3, "Zoë Smith", &[9, 4], 12);
        left.child.details.school = Text::from("Abbey Fields");
        let sides = [left, side(8, name, &[], 1)];
        let mut compare = Compare::new([ChildId(3), ChildId(8)]);
        compare.refresh(&cx());
        compare.reply(
            &cx(),
            Reply::Compared(Box::new(Compared { sides, why: "nearly the same name".to_owned() })),
        );
        compare
    }

    fn form(effects: &Effects) -> &FormKind {
        match &effects[..] {
            [Effect::Replace(layer)] => match &**layer {
                Layer::Form(form) => &form.kind,
                _ => panic!("another layer"),
            },
            _ => panic!("no form"),
        }
    }

    #[test]
    fn what_differs_is_marked_and_what_neither_has_is_left_out() {
        let lines = drawn(&mut compare("Zoe Smyth"), 80, 22);
        for row in ["≠ Name", "≠ School", "not given", "  Form", "2: 9, 4", "12 rows", "1 row ", "> kept"]
        {
            assert!(lines.contains(row), "{row}\n{lines}");
        }
        assert!(
            !lines.contains("≠ Form") && !lines.contains("Area") && !lines.contains("Also entered"),
            "{lines}"
        );
        assert!(lines.contains("Zoe Smyth (number 8) is read as Zoë Smith"), "{lines}");
    }

    #[test]
    fn whoever_looks_chooses_who_is_kept() {
        let mut compare = compare("Zoe Smyth");
        let kind = press(&mut compare, KeyCode::Char('m'));
        let FormKind::Same { verdict: Verdict::One, children, .. } = form(&kind) else {
            panic!("another form")
        };
        assert_eq!(*children, [ChildId(8), ChildId(3)]);
        press(&mut compare, KeyCode::Right);
        let kind = press(&mut compare, KeyCode::Char('m'));
        let FormKind::Same { children, names, .. } = form(&kind) else { panic!("another form") };
        assert_eq!((children[1], names[1].as_str()), (ChildId(8), "Zoe Smyth"));
        let kind = press(&mut compare, KeyCode::Char('x'));
        assert!(matches!(form(&kind), FormKind::Same { verdict: Verdict::Two, .. }));
        let effects = press(&mut compare, KeyCode::Char('h'));
        assert!(
            matches!(&effects[..], [Effect::Open(layer)] if matches!(&**layer, Layer::Child(child) if child.child.0 == 8))
        );
    }

    #[test]
    fn merged_meanwhile_there_is_nothing_to_say() {
        let mut compare = compare("Zoe Smyth");
        compare.reply(&cx(), Reply::Failed("These two are read as one child already.".to_owned()));
        assert!(press(&mut compare, KeyCode::Char('m')).is_empty());
        assert!(drawn(&mut compare, 80, 22).contains("read as one child already"));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut compare(HARD_NAME), width, height);
            drawn(&mut Compare::new([ChildId(1), ChildId(2)]), width, height);
        }
    }
}
