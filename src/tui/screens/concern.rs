//! Part 1 as received, and Part 2 as an outline with what is missing. Part 1 is sealed: what looks like editing it
//! is a correction that is shown beside it.

mod children;
pub(super) mod decided;
pub(super) mod head;
pub(super) mod keys;
pub(super) mod part1;
pub(super) mod part2;
pub(super) mod signing;
pub(super) mod unfinished;
pub(super) mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::closing;
use super::danger::DangerScreen;
use super::due::setting;
use super::form::restrict::Member;
use super::form::{Form, FormKind};
use super::guide::GuideScreen;
use super::reading::Reading;
use super::{sightings, step};
use crate::cabinet::table::concern::{Concern, ConcernLine};
use crate::desk::answer::{Candidate, PersonChoice, Subject};
use crate::desk::{Reply, Request};
use crate::domain::case::Case;
use crate::domain::decision::DecisionKind;
use crate::domain::entry::{Entry, Source};
use crate::domain::field::CorrectedField;
use crate::domain::ids::{ConcernId, Seq};
use crate::domain::part2::SectionKind;
use crate::domain::text::Text;
use crate::domain::triage::State;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::list::Move;
use crate::tui::widgets::outline::OutlineState;
use children::unlinked;
use part1::Field;
use part2::Pick;
use unfinished::Draft;

pub struct ConcernScreen {
    pub concern: ConcernId,
    whole: Option<Box<Concern>>,
    /// The same as the rules read it: made once, and not for each frame.
    case: Option<Box<Case>>,
    /// Why it could not be read.
    failed: Option<String>,
    /// Whom of the desk the first child that is not linked might be.
    likely: Likely,
    /// What is written and not recorded.
    unfinished: Vec<Draft>,
    part: Part,
    one: OutlineState,
    two: OutlineState,
    /// For what a form was opened, and the newest line before that.
    writing: Option<(Writing, Seq)>,
    danger: Asked,
}

/// What is written in a form above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Section(SectionKind),
    Decision(DecisionKind),
}

/// Whether the question about danger was put: once for each time that the concern is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    NotYet,
    Once,
}

/// The part that the keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    One,
    Two,
}

enum Likely {
    NotAsked,
    Asked,
    Known(Vec<Candidate>),
}

impl ConcernScreen {
    pub fn new(concern: ConcernId) -> Self {
        Self {
            concern,
            whole: None,
            case: None,
            failed: None,
            likely: Likely::NotAsked,
            unfinished: Vec::new(),
            part: Part::One,
            one: OutlineState::default(),
            two: OutlineState::default(),
            writing: None,
            danger: Asked::NotYet,
        }
    }

    fn field(&self) -> Option<Field> {
        part1::fields(self.whole.as_deref()?).into_iter().nth(self.one.selected())
    }

    fn pick(&self) -> Option<Pick> {
        part2::outline(self.whole.as_deref()?).get(self.two.selected()).copied()
    }

    fn shift(&mut self, cx: &Cx, step: Move) {
        let Some(concern) = self.whole.as_deref() else { return };
        match self.part {
            Part::One => {
                let pieces = view::part1_pieces(concern, self.one.width(), &cx.theme);
                self.one.shift(step, &pieces);
            }
            Part::Two => {
                let pieces = view::part2_pieces(concern, &self.unfinished, self.two.width(), cx);
                self.two.shift(step, &pieces);
            }
        }
    }

    fn go_to(&mut self, part: Part) -> Effects {
        self.part = part;
        Vec::new()
    }

    /// The entries of Part 2 move when something is written; the selection stays with its own.
    fn loaded(&mut self, cx: &Cx, concern: Box<Concern>) -> Effects {
        let selected = self.pick();
        self.failed = None;
        let written = self.written(&concern);
        self.case = Some(Box::new(concern.case()));
        self.whole = Some(concern);
        if written.is_some() {
            self.part = Part::Two;
        }
        self.reselect(written.or(selected));
        let mut effects = vec![Effect::Ask(Request::Saw(self.subject()))];
        if let Some(position) = self.first_unlinked() {
            self.likely = Likely::Asked;
            effects.push(Effect::Ask(Request::Candidates { concern: self.concern, position }));
        }
        effects.extend(self.ask_about_danger(cx));
        effects
    }

    /// The first question about every concern (R1), of whoever can record the answer.
    fn ask_about_danger(&mut self, cx: &Cx) -> Option<Effect> {
        let concern = self.whole.as_deref()?;
        let is_open = concern.row.state != State::Closed && head::danger(concern).is_none();
        if self.danger == Asked::Once || !is_open || !cx.may_record() {
            return None;
        }
        self.danger = Asked::Once;
        Some(self.danger_screen())
    }

    fn danger_screen(&self) -> Effect {
        Layer::Danger(DangerScreen::new(self.concern)).open()
    }

    fn subject(&self) -> Subject {
        Subject::Concern(self.concern)
    }

    /// The entry that the form left in the record: whoever has written it wants to see it.
    fn written(&mut self, now: &Concern) -> Option<Pick> {
        let (wanted, newest) = self.writing?;
        let is_it = |line: &&ConcernLine| match (&line.entry, wanted) {
            (Entry::Part2 { section, .. }, Writing::Section(kind)) => section.kind() == kind,
            (Entry::Decided { decision, .. }, Writing::Decision(kind)) => decision.kind() == kind,
            _ => false,
        };
        let seq = now.lines.iter().filter(|line| line.seq > newest).find(is_it)?.seq;
        self.writing = None;
        Some(Pick::Entry(seq))
    }

    fn reselect(&mut self, selected: Option<Pick>) {
        let (Some(concern), Some(selected)) = (self.whole.as_deref(), selected) else { return };
        if let Some(row) = part2::outline(concern).iter().position(|pick| *pick == selected) {
            self.two.select(row);
        }
    }

    fn enter(&mut self) -> Effects {
        match self.part {
            Part::One => self.field().map_or_else(Vec::new, |field| read_field(&field)),
            Part::Two => match self.pick() {
                Some(Pick::Section(section)) => self.write(section),
                Some(Pick::Decisions) => self.what_next(),
                Some(Pick::Entry(seq)) => self.read_entry(seq),
                None => Vec::new(),
            },
        }
    }

    fn read_entry(&self, seq: Seq) -> Effects {
        let Some(concern) = self.whole.as_deref() else { return Vec::new() };
        let (label, text) = match (part2::entry(concern, seq), decided::row(concern, seq)) {
            (Some((line, section)), _) => (section.kind().label(), part2::in_full(concern, line, section)),
            (None, Some(row)) => {
                (row.label, format!("{}\n\n{}\n\n{}", row.when(), row.text, part2::written_by(row.line)))
            }
            (None, None) => return Vec::new(),
        };
        let heading = format!("Concern {}: {label}", self.concern);
        vec![Layer::Reading(Reading::new(heading, text)).open()]
    }

    fn what_next(&self) -> Effects {
        vec![Layer::Guide(GuideScreen::new(self.concern)).open()]
    }

    /// What is written in the form that opens now is selected when it closes.
    fn writes(&mut self, what: Writing) {
        if let Some(concern) = self.whole.as_deref() {
            let newest = concern.lines.last().map_or(concern.seq, |line| line.seq);
            self.writing = Some((what, newest));
        }
    }

    fn decide(&mut self, kind: DecisionKind) -> Effects {
        self.writes(Writing::Decision(kind));
        let Some(concern) = self.whole.as_deref() else { return Vec::new() };
        match kind {
            DecisionKind::Danger => vec![self.danger_screen()],
            DecisionKind::PartOfChild => decided::part(concern),
            DecisionKind::Threshold | DecisionKind::Allegation if !concern.case().is_about_staff() => {
                say("This concern is not about a member of staff.")
            }
            kind => vec![decided::form(concern, kind)],
        }
    }

    fn write(&mut self, section: SectionKind) -> Effects {
        self.writes(Writing::Section(section));
        match section {
            SectionKind::Signed => self.sign(),
            SectionKind::Received
            | SectionKind::Advice
            | SectionKind::Action
            | SectionKind::Parents
            | SectionKind::Outcome
            | SectionKind::FurtherInformation
            | SectionKind::FileCommenced => vec![self.section_form(section)],
        }
    }

    fn section_form(&self, section: SectionKind) -> Effect {
        form(FormKind::Section { concern: self.concern, section })
    }

    fn sign(&self) -> Effects {
        let drafts = unfinished::sections(&self.unfinished);
        self.whole.as_deref().map_or_else(Vec::new, |concern| signing::sign(concern, &drafts))
    }

    fn correct(&self) -> Effects {
        let Some((corrects, field, stands)) = self.correctable() else {
            return say("Select what is wrong, then press this key again. What was decided is decided anew.");
        };
        let concern = self.concern;
        vec![form(FormKind::Correct { concern, corrects, field, was: stands })]
    }

    /// What is selected: its line, its name, and what stands there by the latest correction.
    fn correctable(&self) -> Option<(Seq, CorrectedField, Text)> {
        let concern = self.whole.as_deref()?;
        let (seq, name, written) = match self.part {
            Part::One => {
                let field = self.field()?;
                (concern.seq, field.name?, field.text.unwrap_or_default())
            }
            Part::Two => match self.pick()? {
                Pick::Section(_) | Pick::Decisions => return None,
                Pick::Entry(seq) => {
                    let (_, section) = part2::entry(concern, seq)?;
                    (seq, CorrectedField::Section(section.kind()), Text::from(section.sentence()))
                }
            },
        };
        let latest = concern.corrections(seq, &name).last().map(|found| found.instead.clone());
        Some((seq, name, latest.unwrap_or(written)))
    }

    fn original(&self) -> Effects {
        match self.whole.as_deref().map(|concern| &concern.source) {
            Some(Source::File { .. }) => vec![Effect::Ask(Request::Original(self.concern))],
            Some(Source::Typed) => say("This was typed at the desk: there is no file."),
            None => Vec::new(),
        }
    }

    fn restrict(&self, colleagues: Vec<PersonChoice>) -> Effects {
        let Some(concern) = self.whole.as_deref() else { return Vec::new() };
        let member = |colleague| Member::of(colleague, concern.restriction.as_ref());
        let members = colleagues.into_iter().map(member).collect();
        vec![form(FormKind::Restrict { concern: self.concern, members })]
    }

    /// It is for others from now on: nothing of it stays on the screen.
    fn restricted(&mut self, sentences: String) -> Effects {
        *self = Self { failed: Some(sentences), ..Self::new(self.concern) };
        Vec::new()
    }

    fn could_not(&mut self, sentence: String) -> Effects {
        if self.whole.is_some() {
            return vec![Effect::Say(sentence)];
        }
        self.failed = Some(sentence);
        Vec::new()
    }
}

fn read_field(field: &Field) -> Effects {
    let text = field.text.as_ref().map_or_else(|| "Nothing was said here.".to_owned(), Text::to_string);
    vec![Layer::Reading(Reading::new(format!("Part 1: {}", field.label), text)).open()]
}

fn form(kind: FormKind) -> Effect {
    Layer::Form(Form::new(kind)).open()
}

fn say(sentence: &str) -> Effects {
    vec![Effect::Say(sentence.to_owned())]
}

impl Surface for ConcernScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Concern, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        format!("Concern {}", self.concern)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Concern(self.concern)), Effect::Ask(Request::Drafts)]
    }

    fn is_ready(&self) -> bool {
        self.whole.is_some() || self.failed.is_some()
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.shift(cx, step);
            return Vec::new();
        }
        if let Some(section) = keys::section(action) {
            return self.write(section);
        }
        if let Some(kind) = decided::kind(action) {
            return self.decide(kind);
        }
        match action {
            Action::WhatNext => self.what_next(),
            Action::Left if self.part == Part::One => vec![Effect::Act(Action::Menu)],
            Action::Left => self.go_to(Part::One),
            Action::Right => self.go_to(Part::Two),
            Action::OtherPart => self.go_to(match self.part {
                Part::One => Part::Two,
                Part::Two => Part::One,
            }),
            Action::Enter => self.enter(),
            Action::Correct => self.correct(),
            Action::Link => self.link(),
            Action::OpenChild => self.open_child(),
            Action::Original => self.original(),
            Action::CloseConcern => self.whole.as_deref().map_or_else(Vec::new, closing::turn),
            Action::ReferAgain => self.whole.as_deref().map_or_else(Vec::new, closing::refer_again),
            Action::Restrict => vec![Effect::Ask(Request::Colleagues)],
            Action::FollowUp => vec![setting::which(self.subject())],
            Action::SeenBy => vec![Effect::Ask(Request::SeenBy(self.subject()))],
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Concern(concern) if concern.row.concern == self.concern => self.loaded(cx, concern),
            Reply::Candidates { position, likely } if Some(position) == self.first_unlinked() => {
                self.likely = Likely::Known(likely);
                Vec::new()
            }
            Reply::Drafts(drafts) => {
                self.unfinished = unfinished::of(self.concern, &drafts);
                Vec::new()
            }
            Reply::Original { name, text } => {
                vec![Layer::Reading(Reading::new(name.one_line(), text.to_string())).open()]
            }
            Reply::SeenBy(seen) => vec![sightings(&format!("concern {}", self.concern), &seen)],
            Reply::Colleagues(colleagues) => self.restrict(colleagues),
            Reply::Restricted { concern, sentences } if concern == self.concern => self.restricted(sentences),
            Reply::Failed(sentence) => self.could_not(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
