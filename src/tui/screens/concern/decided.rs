//! What was decided about a concern and what is due, as rows of its outline; and the form in which each is decided.

use crate::cabinet::table::concern::{Concern, ConcernLine};
use crate::domain::concern::About;
use crate::domain::decision::DecisionKind;
use crate::domain::entry::Entry;
use crate::domain::ids::Seq;
use crate::domain::moment::Moment;
use crate::domain::text::sentence;
use crate::tui::keymap::Action;
use crate::tui::layer::{Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::choice::{Answer, Choice};
use crate::tui::screens::form::{Form, FormKind, Given};

/// A decision, something due, or what became of it.
pub(super) struct Row<'c> {
    pub(super) line: &'c ConcernLine,
    pub(super) label: &'static str,
    pub(super) text: String,
    happened: Option<Moment>,
}

impl Row<'_> {
    /// When it happened, or when it was written where it has no time of its own.
    pub(super) fn when(&self) -> Moment {
        self.happened.unwrap_or(Moment::At(self.line.recorded_at))
    }
}

/// In the order in which they were recorded.
pub(super) fn rows(concern: &Concern) -> impl Iterator<Item = Row<'_>> {
    let about = concern.about();
    concern.lines.iter().filter_map(move |line| of_line(line, about))
}

pub(super) fn row(concern: &Concern, seq: Seq) -> Option<Row<'_>> {
    rows(concern).find(|row| row.line.seq == seq)
}

fn of_line(line: &ConcernLine, about: About) -> Option<Row<'_>> {
    let (label, text, happened) = match &line.entry {
        Entry::Decided { decision, .. } => {
            (decision.kind().label(), decision.sentence_for(about), decision.happened())
        }
        Entry::FollowUpSet { due, .. } => {
            let mut parts = vec![format!("{}, by {}: {}.", due.who, Moment::At(due.due), due.what)];
            let more = [&due.note, &due.rule].into_iter().filter(|text| !text.is_blank());
            parts.extend(more.map(|text| sentence(text)));
            ("Set", parts.join(" "), None)
        }
        Entry::FollowUpMoved { what, step, .. } => {
            ("What became of it", format!("{what}: {}", step.sentence()), step.happened())
        }
        _ => return None,
    };
    Some(Row { line, label, text, happened })
}

/// The decision that a key on the concern opens the form of.
pub(super) fn kind(action: Action) -> Option<DecisionKind> {
    KEYS.into_iter().find(|(_, of)| *of == action).map(|(kind, _)| kind)
}

/// The key's action by which a decision is made; some are made elsewhere.
pub(in crate::tui::screens) fn action(kind: DecisionKind) -> Option<Action> {
    KEYS.into_iter().find(|(of, _)| *of == kind).map(|(_, action)| action)
}

const KEYS: [(DecisionKind, Action); 9] = [
    (DecisionKind::Danger, Action::Danger),
    (DecisionKind::Level, Action::Level),
    (DecisionKind::Categories, Action::Categories),
    (DecisionKind::PartOfChild, Action::PartOfChild),
    (DecisionKind::Course, Action::Course),
    (DecisionKind::Sharing, Action::Sharing),
    (DecisionKind::Threshold, Action::Threshold),
    (DecisionKind::Allegation, Action::Allegation),
    (DecisionKind::Replied, Action::Reply),
];

/// Its form, with what stands there already.
pub(in crate::tui::screens) fn form(concern: &Concern, kind: DecisionKind) -> Effect {
    let given = match kind {
        DecisionKind::Categories => Given::about(concern.case().categories()),
        DecisionKind::Replied => Given::to_reporter(&concern.part1),
        DecisionKind::Course => Given::course_about(concern.about()),
        _ => Given::default(),
    };
    opened(concern, kind, given)
}

/// The form for what is shared with a school where a child is on roll, by its place among those that are told (R20).
pub(in crate::tui::screens) fn with_the_school(concern: &Concern, place: usize) -> Effect {
    let case = concern.case();
    let school = case.schools_elsewhere().into_iter().nth(place).unwrap_or_default();
    let given = Given::to_school(&school, place).of_children(&case.on_roll_at(&school));
    opened(concern, DecisionKind::Sharing, given)
}

/// The form for the part of one child, by their place in Part 1.
pub(in crate::tui::screens) fn part_of(concern: &Concern, position: u32) -> Effect {
    let place = usize::try_from(position).unwrap_or(usize::MAX);
    let text = concern.part1.children.get(place).map(|child| child.name.clone()).unwrap_or_default();
    opened(concern, DecisionKind::PartOfChild, Given { position, text, ..Given::default() })
}

/// Of the only child at once; of several, whose part it is is asked first.
pub(super) fn part(concern: &Concern) -> Effects {
    let children = || (0..).zip(&concern.part1.children);
    match concern.part1.children.as_slice() {
        [] => vec![Effect::Say("This concern names no child.".to_owned())],
        [_] => vec![part_of(concern, 0)],
        _ => {
            let answers = children()
                .map(|(place, child)| Answer { text: child.name.one_line(), effect: part_of(concern, place) })
                .collect();
            vec![Layer::Choice(Choice::new("Whose part in it?".to_owned(), answers)).open()]
        }
    }
}

fn opened(concern: &Concern, kind: DecisionKind, given: Given) -> Effect {
    Layer::Form(Form::new(FormKind::Decision { concern: concern.row.concern, kind, given })).open()
}
