//! What was being written and is not saved: after a crash, a lost terminal, or Esc.
//!
//! Names the forms and whom they are about, and never shows what was written in them.

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::form::{self, Form, FormKind, OF_ANOTHER_EDITION, clock};
use super::{Layer, step};
use crate::cabinet::table::draft::Draft;
use crate::desk::answer::Subject;
use crate::desk::{Reply, Request};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::columns::fit;
use crate::tui::widgets::list::{self, ListState, Present};
use crate::tui::widgets::wrap::wrap;

/// Rows before the list.
const HEAD: u16 = 2;

#[derive(Default)]
pub struct Drafts {
    /// None until the desk has told.
    drafts: Option<Vec<Draft>>,
    /// Whom each of them is about, once the desk has told.
    whom: Vec<Text>,
    list: ListState,
    height: usize,
    only: Only,
}

/// What a draft becomes that is the only one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Only {
    /// Somebody asked for the list.
    #[default]
    Row,
    /// The desk was opened: whoever was writing goes on writing.
    Form,
}

impl Drafts {
    /// What somebody finds who opens the desk again.
    pub fn left_unfinished() -> Self {
        Self { only: Only::Form, ..Self::default() }
    }

    fn selected(&self) -> Option<&Draft> {
        self.drafts.as_ref()?.get(self.list.selected()?)
    }

    /// What the desk has. Only the first answer may open anything by itself.
    fn told(&mut self, drafts: Vec<Draft>) -> Effects {
        let first = self.drafts.is_none();
        let form = match drafts.as_slice() {
            [only] if first && self.only == Only::Form => form_of(only),
            _ => None,
        };
        self.take_in(drafts);
        if let Some(form) = form {
            return vec![Effect::Replace(Box::new(Layer::Form(form)))];
        }
        let subjects: Vec<Subject> = self.subjects().map(|(_, subject)| subject).collect();
        let ask = (!subjects.is_empty()).then(|| Effect::Ask(Request::Whom(subjects)));
        ask.into_iter().collect()
    }

    /// The places of the drafts that are about somebody, and what they are written on.
    fn subjects(&self) -> impl Iterator<Item = (usize, Subject)> {
        let kind = |draft: &Draft| FormKind::from_slot(&draft.slot, &draft.body)?.subject();
        let drafts = self.drafts.as_deref().unwrap_or_default();
        drafts.iter().enumerate().filter_map(move |(place, draft)| Some((place, kind(draft)?)))
    }

    /// Names come in the order in which they were asked for; those of a list that has changed since are not these.
    fn named(&mut self, names: Vec<Text>) -> Effects {
        let places: Vec<usize> = self.subjects().map(|(place, _)| place).collect();
        if places.len() == names.len() {
            for (place, name) in places.into_iter().zip(names) {
                if let Some(whom) = self.whom.get_mut(place) {
                    *whom = name;
                }
            }
        }
        Vec::new()
    }

    /// Takes the list in; the draft that was selected stays so.
    fn take_in(&mut self, drafts: Vec<Draft>) {
        let slot = self.selected().map(|draft| draft.slot.clone());
        self.list.resize(drafts.len());
        if let Some(place) = drafts.iter().position(|draft| Some(&draft.slot) == slot.as_ref()) {
            self.list.select(place);
        }
        self.whom = drafts.iter().map(|draft| form::named_in(&draft.slot, &draft.body)).collect();
        self.drafts = Some(drafts);
    }

    fn open(&self) -> Effects {
        let Some(draft) = self.selected() else { return Vec::new() };
        match form_of(draft) {
            Some(form) => vec![Layer::Form(form).open()],
            None => vec![Effect::Say(format!("This draft cannot be opened here. {OF_ANOTHER_EDITION}"))],
        }
    }

    fn empty(&self) -> &'static str {
        match self.drafts {
            Some(_) => "No drafts. What you write is kept here until it is saved or discarded.",
            None => "",
        }
    }
}

/// None for a draft of another edition of the program.
fn form_of(draft: &Draft) -> Option<Form> {
    FormKind::from_slot(&draft.slot, &draft.body).map(Form::new)
}

fn row(draft: &Draft, whom: &Text, now: DateTime<Utc>, width: usize) -> Line<'static> {
    let form = FormKind::from_slot(&draft.slot, &draft.body)
        .map_or_else(|| "a form of another edition".to_owned(), |kind| kind.title(whom));
    let when = clock(draft.saved_at, now);
    Line::from(fit(&format!("you were writing at {when}: {form}"), width))
}

impl Surface for Drafts {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choosing, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Drafts".to_owned()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Drafts)]
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Drafts(drafts) => self.told(drafts),
            Reply::Whom(names) => self.named(names),
            Reply::Failed(sentence) => vec![Effect::Say(sentence)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let area = area.intersection(frame.area());
        let drafts = self.drafts.as_deref().unwrap_or_default();
        if drafts.is_empty() {
            for (line, text) in area.rows().zip(wrap(self.empty(), area.width.into())) {
                frame.buffer_mut().set_line(line.x, line.y, &text, line.width);
            }
            return;
        }
        let head = "Not saved yet. Enter opens the form with your text.";
        frame.buffer_mut().set_stringn(area.x, area.y, head, area.width.into(), cx.theme.title);
        let below = HEAD.min(area.height);
        let body = Rect { y: area.y + below, height: area.height - below, ..area };
        let window = self.list.window(body.height.into());
        let width = usize::from(body.width.saturating_sub(list::GUTTER));
        let shown = drafts.iter().zip(&self.whom).skip(window.start).take(window.len());
        let rows: Vec<Line> = shown.map(|(draft, whom)| row(draft, whom, cx.now, width)).collect();
        list::draw(
            &mut self.list,
            Present { first: window.start, rows: &rows },
            body,
            frame.buffer_mut(),
            &cx.theme,
        );
        self.height = body.height.into();
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::{Action, Draft, Drafts, Effect, Layer, Reply, Surface};
    use super::{Request, Subject};
    use crate::domain::ids::ConcernId;
    use crate::tui::screens::form::testing::{cx, press, screen};

    const SECRET: &str = "she said that at home";

    fn draft(slot: &str, body: &str) -> Draft {
        Draft { slot: slot.to_owned(), body: body.into(), saved_at: cx().now }
    }

    fn told(drafts: Vec<Draft>) -> Drafts {
        let mut screen = Drafts::default();
        screen.reply(&cx(), Reply::Drafts(drafts));
        screen
    }

    #[test]
    fn the_list_names_form_and_time_and_nothing_that_was_written() {
        let body = format!("{{\"advice\":\"{SECRET}\"}}");
        let shown = screen(&mut told(vec![draft("part2/7/advice", &body)]), 80, 22);
        assert!(shown.contains("you were writing at 14:10: Concern 7: Advice sought"), "{shown}");
        assert!(!shown.contains(SECRET));
    }

    #[test]
    fn enter_opens_the_form_again() {
        let mut drafts = told(vec![draft("part1", "{}"), draft("part2/7/advice", "{}")]);
        press(&mut drafts, &cx(), KeyCode::Down);
        let effects = press(&mut drafts, &cx(), KeyCode::Enter);
        let [Effect::Open(layer)] = effects.as_slice() else { panic!("nothing was opened") };
        let Layer::Form(form) = layer.as_ref() else { panic!("not a form") };
        assert_eq!(form.kind.slot(), "part2/7/advice");
    }

    #[test]
    fn the_only_thing_left_unfinished_opens_by_itself() {
        let unlocked = |drafts| Drafts::left_unfinished().reply(&cx(), Reply::Drafts(drafts));
        let effects = unlocked(vec![draft("part2/7/advice", "{}")]);
        assert!(matches!(effects.as_slice(), [Effect::Replace(layer)] if matches!(**layer, Layer::Form(_))));
        let two = unlocked(vec![draft("part1", "{}"), draft("part2/7/advice", "{}")]);
        let [Effect::Ask(Request::Whom(subjects))] = two.as_slice() else {
            panic!("a form opened by itself")
        };
        assert_eq!(subjects, &[Subject::Concern(ConcernId(7))]);
        assert!(unlocked(vec![draft("part9/7", "{}")]).is_empty(), "of another edition");
    }

    #[test]
    fn nothing_opens_by_itself_when_somebody_comes_back_to_the_list() {
        let mut drafts = Drafts::left_unfinished();
        drafts.reply(&cx(), Reply::Drafts(vec![draft("part1", "{}"), draft("part2/7/advice", "{}")]));
        assert!(drafts.reply(&cx(), Reply::Drafts(vec![draft("part1", "{}")])).is_empty());
        let asked_for = Drafts::default().reply(&cx(), Reply::Drafts(vec![draft("part1", "{}")]));
        assert!(asked_for.is_empty());
    }

    #[test]
    fn whom_each_is_about_is_said() {
        let mut drafts = told(vec![draft("part1", r#"{"child-name":"Ava Reed"}"#), draft("note/3", "{}")]);
        drafts.reply(&cx(), Reply::Whom(vec!["Zoë Marsh".into()]));
        let shown = screen(&mut drafts, 80, 22);
        assert!(
            shown.contains("New concern, Part 1: Ava Reed") && shown.contains("Zoë Marsh: a row"),
            "{shown}"
        );
    }

    #[test]
    fn no_key_is_offered_that_does_nothing() {
        let cx = cx();
        let scopes = told(vec![draft("part1", "{}")]).scopes();
        assert!(cx.keymap.rows(scopes).all(|row| row.action != Action::Narrow));
    }

    #[test]
    fn a_draft_of_another_edition_stays() {
        let mut drafts = told(vec![draft("part9/7", "{}")]);
        assert!(matches!(press(&mut drafts, &cx(), KeyCode::Enter).as_slice(), [Effect::Say(_)]));
    }

    #[test]
    fn any_size_is_drawn() {
        let many: Vec<Draft> = (0..90).map(|n| draft(&format!("note/{n}"), "{}")).collect();
        for (width, height) in [(0, 0), (1, 1), (2, 9), (60, 20), (200, 60)] {
            screen(&mut told(many.clone()), width, height);
            screen(&mut Drafts::default(), width, height);
        }
    }
}
