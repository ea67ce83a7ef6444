//! One form for everything that is written: fields, checks, draft, save.
//!
//! What a form asks is in the files of the forms (`part1`, `part2`, `chronology`, `status`, `book`); here is what all of them
//! do. Nothing typed is lost: it is kept as a draft while it is typed, and until the desk has said that it is recorded.

mod asked;
mod asking;
mod book;
mod categories;
mod choice;
mod chronology;
mod decision;
mod draft;
mod ending;
mod field;
mod follow_up;
mod gates;
mod input;
pub mod kind;
mod line;
mod moment;
mod part1;
mod part2;
mod picker;
pub(super) mod restrict;
mod same;
mod sharing;
mod sheet;
mod slot;
mod staff;
mod status;
mod suggest;
#[cfg(test)]
pub(in crate::tui) mod testing;
#[cfg(test)]
mod tests;
mod view;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use serde_json::{Map, Value};

use crate::cabinet::table::concern::Concern;
use crate::cabinet::table::draft::Draft;
use crate::desk::answer::{Scope as Where, Subject};
use crate::desk::{Reply, Request};
use crate::domain::case::Case;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::screens::ring::Ring;
use asked::{Asked, Unanswered};
pub use asking::{OF_ANOTHER_EDITION, clock};
pub use decision::Given;
use draft::Keeping;
use field::Field;
pub use follow_up::{Moving, StepKind};
use input::{Input, Press, Took, is_plain};
pub use kind::{Calling, FormKind};
use picker::Wish;
pub use same::Verdict;
use sheet::{Sheet, Trouble};
pub use status::Held;

/// Whom the draft of a report names, to tell it from others; blank for other forms, whose names the desk has.
pub fn named_in(slot: &str, body: &str) -> Text {
    let is_part1 = FormKind::from_slot(slot, body).is_some_and(|kind| kind.is_part1());
    if is_part1 { part1::first_name_in(body) } else { Text::default() }
}

pub struct Form {
    pub kind: FormKind,
    sheet: Sheet,
    stage: Stage,
    keeping: Keeping,
    trouble: Option<Trouble>,
    notice: Option<Notice>,
    unanswered: Unanswered,
    pending: Option<Pending>,
    /// The name of whom it is written on, once the desk has told.
    whom: Text,
    /// The concern that it is written on: what she is asked on the telephone stands there.
    beside: Option<Box<Concern>>,
    /// The same as the rules read it, where they have anything to say.
    case: Option<Box<Case>>,
}

/// What the desk could not do, until it can; or what it has to say.
struct Notice {
    of: Asked,
    says: String,
}

/// What waits for the answer of whoever is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    Record,
    Discard,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Not on the stack yet.
    New,
    /// The desk is asked whether there is a draft.
    Fetching,
    Writing,
    /// What was written here before cannot be read: nothing is typed over it.
    Unread,
    /// It closes as soon as the desk has said that the text is kept.
    Leaving,
    /// The desk is asked to record it.
    Saving,
    /// The desk is asked to record that nobody answered.
    Unanswered,
    /// The desk is asked to let go of it.
    Discarding,
}

impl Form {
    pub fn new(kind: FormKind) -> Self {
        let sheet = sheet_of(&kind);
        Self {
            kind,
            sheet,
            stage: Stage::New,
            keeping: Keeping::default(),
            trouble: None,
            notice: None,
            unanswered: Unanswered::default(),
            pending: None,
            whom: Text::default(),
            beside: None,
            case: None,
        }
    }

    /// Whom to ring for what is being written; of a report, as far as it is written.
    pub(in crate::tui) fn to_ring_about(&self, cx: &Cx) -> Option<Ring> {
        match (&self.kind, self.kind.subject()) {
            (FormKind::Part1 { .. }, _) => Some(Ring::told(part1::told(&self.sheet, cx.now))),
            (_, subject) => subject.map(|subject| Ring::new(Some(subject))),
        }
    }

    /// What it is called, with the name of whom it is about.
    fn called(&self) -> String {
        let whom = if self.kind.is_part1() { part1::first_name(&self.sheet) } else { self.whom.clone() };
        self.kind.title(&whom)
    }

    /// What the draft of this form holds.
    fn values(&self) -> Map<String, Value> {
        let mut values = self.sheet.values();
        let target = self.kind.target();
        if !target.is_null() {
            values.insert(slot::TARGET.to_owned(), target);
        }
        values
    }

    fn begin(&mut self, cx: &Cx) -> Effects {
        self.sheet.begin(cx.now);
        if let Some(desk) = cx.desk.as_ref().filter(|_| self.kind.is_signature()) {
            part2::show_signatory(&mut self.sheet, desk);
        }
        if let (FormKind::Step { moving, .. }, Some(desk)) = (&self.kind, &cx.desk) {
            follow_up::offer_me(&mut self.sheet, moving, desk);
        }
        let rung = self.kind.calling().cloned();
        let took = rung.and_then(|calling| part2::rung(&mut self.sheet, &calling));
        self.keeping = Keeping::begin(self.kind.slot(), self.values());
        let mut effects = self.fetch();
        effects.extend(took.into_iter().flat_map(|took| self.carry_out(cx, took)));
        effects.extend(self.ask_about());
        effects
    }

    /// About whom it is written.
    fn ask_about(&mut self) -> Effects {
        let whom = self.kind.subject().map(|subject| match subject {
            Subject::Concern(concern) => Request::Concern(concern),
            Subject::Child(_) => Request::Whom(vec![subject]),
        });
        whom.map(|request| self.ask(Asked::Whom, request)).into_iter().collect()
    }

    fn fetch(&mut self) -> Effects {
        self.stage = Stage::Fetching;
        vec![self.ask(Asked::Draft, Request::Draft(self.kind.slot()))]
    }

    fn restore(&mut self, cx: &Cx, draft: &Draft) -> Effects {
        let Ok(mut body) = serde_json::from_str::<Map<String, Value>>(&draft.body) else {
            self.unreadable(OF_ANOTHER_EDITION);
            return Vec::new();
        };
        self.kind.written_against(&draft.slot, &draft.body);
        if self.kind.is_asked_anew() {
            self.sheet = sheet_of(&self.kind);
        }
        self.kind.as_asked(&draft.slot, &draft.body, &mut body);
        if self.kind.is_part1() {
            part1::make_room(&mut self.sheet, &body);
        }
        let wishes = self.sheet.restore(&body);
        self.settle(cx.now);
        self.keeping.restored(body, self.values());
        let mut effects = vec![Effect::Say(asking::restored(draft.saved_at, cx.now))];
        effects.extend(wishes.into_iter().flat_map(|took| self.carry_out(cx, took)));
        effects
    }

    fn took(&mut self, cx: &Cx, took: Took) -> Typed {
        if took == Took::No {
            return Typed::NotText;
        }
        self.forget_trouble();
        if matches!(took, Took::Picker(Wish::Fill | Wish::Fetch(_))) {
            self.sheet.next();
        }
        let effects = self.carry_out(cx, took);
        self.settle(cx.now);
        Typed::Taken(effects)
    }

    fn carry_out(&mut self, cx: &Cx, took: Took) -> Effects {
        match took {
            Took::No | Took::Yes => {}
            Took::Answered => return self.answered(),
            Took::Next => self.sheet.next(),
            Took::Previous => self.sheet.previous(),
            Took::Pressed(Press::Another) => part1::add_child(&mut self.sheet),
            Took::Pressed(Press::Save) => return self.save(cx),
            Took::Picker(wish) => return self.grant(wish),
        }
        Vec::new()
    }

    fn answered(&mut self) -> Effects {
        match self.sheet.next_question() {
            Some(()) => Vec::new(),
            None => vec![Effect::Say(asking::LAST_QUESTION.to_owned())],
        }
    }

    fn grant(&mut self, wish: Wish) -> Effects {
        match wish {
            Wish::Nothing | Wish::NotMine => {}
            Wish::GoOn => self.sheet.next(),
            Wish::Fill => self.fill(),
            Wish::Fetch(contact) => return vec![self.ask(Asked::Book, Request::Contact(contact))],
            Wish::Find(query) => {
                let find = Request::Find { query, scope: Where::Contacts, limit: picker::MOST };
                return vec![self.ask(Asked::Book, find)];
            }
        }
        Vec::new()
    }

    /// What the book fills in is nobody's writing: a call that was only looked at leaves no draft.
    fn fill(&mut self) {
        let is_untouched = self.kind.calling().is_some() && !self.keeping.is_worth_keeping(self.values());
        part2::fill_from_picked(&mut self.sheet);
        if is_untouched {
            self.keeping = Keeping::begin(self.kind.slot(), self.values());
        }
    }

    fn forget_trouble(&mut self) {
        let here = self.sheet.focused().map(|field| field.key);
        self.trouble.take_if(|trouble| Some(trouble.key) == here);
    }

    /// An answer that is picked and not typed.
    fn pick(&mut self, action: Action) {
        self.forget_trouble();
        let Some(Input::Choice(choice)) = self.sheet.focused_mut().map(|field| &mut field.input) else {
            return;
        };
        match action {
            Action::Left => choice.previous(),
            Action::Right => choice.next(),
            Action::Pick => choice.turn(),
            Action::Yes => choice.choose(choice::YES),
            Action::No => choice.choose(choice::NO),
            Action::NotSaid => choice.choose(choice::NOT_SAID),
            _ => {}
        }
    }

    fn is_text_in_a_choice(&mut self, cx: &Cx, key: KeyEvent) -> bool {
        let is_answer = cx.keymap.action(self.scopes(), &key).is_some();
        let Some(Input::Choice(choice)) = self.sheet.focused_mut().map(|field| &mut field.input) else {
            return false;
        };
        if matches!(key.code, KeyCode::Char(_)) && is_plain(key) {
            return !choice.takes_letter(is_answer);
        }
        choice.ends_letters();
        false
    }

    /// Every question of the form goes through here.
    fn ask(&mut self, asked: Asked, request: Request) -> Effect {
        self.unanswered.add(asked);
        Effect::Ask(request)
    }

    fn keep(&mut self) -> Effects {
        let due = self.keeping.ask(self.values(), self.sheet.cursor());
        due.map(|request| self.ask(Asked::Keeping, request)).into_iter().collect()
    }

    /// Nothing is typed over a draft that may be whole after all.
    fn unreadable(&mut self, why: &str) {
        self.stage = Stage::Unread;
        self.notice = Some(Notice { of: Asked::Draft, says: asking::unread(why) });
    }

    /// Whether what is typed has a place where it stays.
    fn takes_text(&self) -> bool {
        match self.stage {
            Stage::New | Stage::Fetching | Stage::Writing => true,
            Stage::Unread | Stage::Leaving | Stage::Saving | Stage::Unanswered | Stage::Discarding => false,
        }
    }

    fn fetched(&mut self, cx: &Cx, draft: Option<&Draft>) -> Effects {
        if self.stage != Stage::Fetching {
            return Vec::new();
        }
        self.stage = Stage::Writing;
        match draft {
            Some(draft) => self.restore(cx, draft),
            None if self.kind.is_part1() => vec![self.ask(Asked::Others, Request::Drafts)],
            None => Vec::new(),
        }
    }

    /// A new concern starts empty. What was begun before and is of another child, perhaps, is not forgotten.
    fn beside(&mut self, drafts: &[Draft]) -> Effects {
        let other = |draft: &Draft| {
            let kind = FormKind::from_slot(&draft.slot, &draft.body);
            draft.slot != self.keeping.slot() && kind.is_some_and(|kind| kind.is_part1())
        };
        if drafts.iter().any(other) {
            self.notice = Some(Notice { of: Asked::Others, says: asking::ANOTHER_UNFINISHED.to_owned() });
        }
        Vec::new()
    }
}

fn sheet_of(kind: &FormKind) -> Sheet {
    let mut fields = kind.questions();
    fields.push(Field::save());
    Sheet::new(fields)
}

impl Surface for Form {
    /// Keys that are faster than the desk wait for its answer, so that none is lost: before the text of earlier is
    /// back, and until it is known whether the form closes.
    fn is_ready(&self) -> bool {
        // What the report says already is not asked, and not found missing either.
        let is_filled_in = !(self.kind.is_receipt() && self.unanswered.holds(Asked::Whom));
        is_filled_in
            && !matches!(
                self.stage,
                Stage::Fetching | Stage::Leaving | Stage::Saving | Stage::Unanswered | Stage::Discarding
            )
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.sheet.focused() {
            Some(_) if self.kind.calling().is_some() => &[Scope::Call, Scope::Form],
            Some(field) if field.input.is_choice() => &[Scope::Choice, Scope::Form],
            Some(_) | None => &[Scope::Form],
        }
    }

    fn title(&self, _cx: &Cx) -> String {
        self.called()
    }

    fn refresh(&mut self, cx: &Cx) -> Effects {
        match self.stage {
            Stage::New => self.begin(cx),
            // What was recorded meanwhile may be what a rule waits for.
            Stage::Writing if self.is_gated() => self.ask_about(),
            Stage::Fetching
            | Stage::Writing
            | Stage::Unread
            | Stage::Leaving
            | Stage::Saving
            | Stage::Unanswered
            | Stage::Discarding => Vec::new(),
        }
    }

    fn typed(&mut self, cx: &Cx, key: KeyEvent) -> Typed {
        if !self.takes_text() {
            return Typed::NotText;
        }
        if self.is_text_in_a_choice(cx, key) {
            return Typed::Taken(vec![Effect::Say(asking::NO_TEXT_HERE.to_owned())]);
        }
        let Some(field) = self.sheet.focused_mut() else { return Typed::NotText };
        let took = field.input.on_key(cx.now, key);
        self.took(cx, took)
    }

    fn pasted(&mut self, cx: &Cx, text: &str) -> Effects {
        let takes_text = self.takes_text();
        let Some(field) = self.sheet.focused_mut().filter(|_| takes_text) else {
            return Vec::new();
        };
        let took = field.input.on_paste(cx.now, text);
        match self.took(cx, took) {
            Typed::Taken(effects) => effects,
            Typed::NotText => Vec::new(),
        }
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        match action {
            Action::Save if self.stage == Stage::Unread => return self.fetch(),
            Action::Back if self.stage == Stage::Unread => return vec![Effect::Close],
            _ if !self.takes_text() => {}
            Action::Save => return self.save(cx),
            Action::Back => return self.leave(),
            Action::Discard => return self.discard(),
            Action::NoAnswer => return self.no_answer(),
            Action::Help => return vec![asking::help(cx, self.sheet.focused(), self.scopes())],
            Action::Enter => return self.answered(),
            Action::NextField => self.sheet.next(),
            Action::PreviousField => self.sheet.previous(),
            other => {
                self.pick(other);
                self.settle(cx.now);
            }
        }
        Vec::new()
    }

    fn confirmed(&mut self, cx: &Cx) -> Effects {
        self.go_on(cx)
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        let asked = self.unanswered.next();
        self.notice.take_if(|notice| Some(notice.of) == asked);
        let wish = match reply {
            Reply::Failed(says) | Reply::Restricted { sentences: says, .. } => {
                return self.failed(asked, says);
            }
            Reply::Draft(draft) => return self.fetched(cx, draft.as_ref()),
            Reply::Drafts(drafts) => return self.beside(&drafts),
            Reply::Whom(names) => {
                self.whom = names.into_iter().next().unwrap_or_default();
                None
            }
            Reply::Concern(concern) => {
                self.lies_beside(concern, cx.now);
                None
            }
            Reply::DraftKept => return self.kept(asked),
            Reply::Saved(saved) => return self.saved(cx, &saved),
            Reply::Found { query, finding } => {
                self.sheet.picker_mut().map(|picker| picker.found(&query, finding.hits))
            }
            Reply::Contact(contact) => {
                self.sheet.picker_mut().map(|picker| picker.told(contact.id, &contact.details))
            }
            _ => None,
        };
        wish.map_or_else(Vec::new, |wish| self.grant(wish))
    }

    fn tick(&mut self, _cx: &Cx) -> Effects {
        if self.stage == Stage::Writing { self.keep() } else { Vec::new() }
    }

    fn unsaved(&self) -> Option<Request> {
        match self.stage {
            Stage::Writing | Stage::Leaving => self.keeping.unsaved(self.values(), self.sheet.cursor()),
            // Asked already, before the act that takes the draft with it; or there is nothing of her own in it.
            Stage::New
            | Stage::Fetching
            | Stage::Unread
            | Stage::Saving
            | Stage::Unanswered
            | Stage::Discarding => None,
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}
