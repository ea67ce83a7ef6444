//! Who opens the desk, and with which passphrase. Nothing about any child is on this screen.

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::asking::{Asking, HandOver, Kind};
use super::drafts::Drafts;
use super::inbox::Inbox;
use super::reading::Reading;
use super::set_up::SetUpScreen;
use super::{Layer, no_recovery_key};
use crate::cabinet::Access;
use crate::desk::answer::{AskReceiver, DeskInfo, PersonChoice};
use crate::desk::{Reply, Request};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::Consumed;
use crate::tui::widgets::list::{ListState, Move};
use crate::tui::widgets::secret_field::SecretField;

#[derive(Default)]
pub struct Unlock {
    people: Vec<PersonChoice>,
    list: ListState,
    passphrase: SecretField,
    state: State,
}

#[derive(Default)]
enum State {
    /// Who may open the desk is not known yet.
    #[default]
    Looking,
    Asking,
    /// The desk is being opened: scrypt takes its half second.
    Opening,
    /// It was not opened; what happened and what to do.
    Refused(String),
    /// Nor did anybody say who may open it, so that there is nobody to ask.
    Nobody(String),
}

impl Unlock {
    fn person(&self) -> Option<&PersonChoice> {
        self.people.get(self.list.selected()?)
    }

    fn may_type(&self) -> bool {
        match self.state {
            State::Asking | State::Refused(_) => true,
            State::Looking | State::Opening | State::Nobody(_) => false,
        }
    }

    /// Another person's passphrase is another one.
    fn choose(&mut self, step: Move) -> Effects {
        let before = self.list.selected();
        self.list.shift(step, self.people.len());
        if self.list.selected() != before {
            self.passphrase = SecretField::default();
            self.state = State::Asking;
        }
        Vec::new()
    }

    fn submit(&mut self) -> Effects {
        if self.passphrase.is_empty() {
            return Vec::new();
        }
        let Some(person) = self.person().map(|choice| choice.person.clone()) else { return Vec::new() };
        self.state = State::Opening;
        vec![Effect::Ask(Request::Unlock { person, passphrase: self.passphrase.take() })]
    }

    fn may_open(&mut self, people: Vec<PersonChoice>) -> Effects {
        self.list = ListState::new(people.len());
        self.people = people;
        self.state = State::Asking;
        Vec::new()
    }
}

/// What follows when the desk has opened: the inbox, over it the question who receives a concern about the lead, over
/// that what was left unfinished, and over that what is wrong with the record.
pub(super) fn opened(cx: &Cx, info: DeskInfo) -> Effects {
    let unfinished = info.drafts > 0;
    let warning = info.standing.last_seen.sentences();
    let can_be_changed = info.standing.access == Access::Write;
    let asked = info.receiver.as_ref().filter(|_| can_be_changed).map(|ask| match ask {
        AskReceiver::Who => Kind::Receiver,
        AskReceiver::Passphrase(receiver) => Kind::HandOver(HandOver::to_the_receiver(receiver)),
    });
    let notice = (info.lacks_recovery_key && can_be_changed).then(|| no_recovery_key(&cx.keymap));
    let mut effects = vec![Effect::Opened(info), Effect::Main(Box::new(Layer::Inbox(Inbox::default())))];
    effects.extend(asked.map(|kind| Layer::Asking(Asking::new(kind)).open()));
    if unfinished {
        effects.push(Layer::Drafts(Drafts::left_unfinished()).open());
    }
    effects
        .extend(warning.map(|text| Layer::Reading(Reading::new("Before you go on".to_owned(), text)).open()));
    effects.extend(notice.map(Effect::Say));
    effects
}

impl Surface for Unlock {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Unlock]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Locked".to_owned()
    }

    /// A passphrase that is typed ahead keeps its first letters.
    fn is_ready(&self) -> bool {
        !matches!(self.state, State::Looking)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        match self.state {
            State::Looking => vec![Effect::Ask(Request::Who)],
            State::Asking | State::Opening | State::Refused(_) | State::Nobody(_) => Vec::new(),
        }
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        if self.may_type() && self.passphrase.on_key(key) == Consumed::Yes {
            self.state = State::Asking;
            return Typed::Taken(Vec::new());
        }
        Typed::NotText
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        if self.may_type() {
            self.passphrase.paste(text);
        }
        Vec::new()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match action {
            Action::Enter if self.may_type() => self.submit(),
            Action::Up if self.may_type() => self.choose(Move::Up),
            Action::Down if self.may_type() => self.choose(Move::Down),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::NoDesk => vec![Effect::Replace(Box::new(Layer::SetUp(SetUpScreen::default())))],
            Reply::People(people) => self.may_open(people),
            Reply::Open(info) => opened(cx, *info),
            Reply::Failed(sentence) => {
                self.passphrase = SecretField::default();
                self.state = match self.state {
                    State::Looking | State::Nobody(_) => State::Nobody(sentence),
                    State::Asking | State::Opening | State::Refused(_) => State::Refused(sentence),
                };
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::cabinet::last_seen::LastSeen;
    use crate::domain::ids::{PersonId, Seq};
    use crate::domain::person::Receiver;
    use crate::domain::text::Text;
    use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, info, press, sizes, type_in};

    fn person(id: &str, name: &str) -> PersonChoice {
        PersonChoice { person: PersonId(id.to_owned()), name: Text::from(name), role: Text::from("DSL") }
    }

    fn of(people: Vec<PersonChoice>) -> Unlock {
        let mut unlock = Unlock::default();
        assert!(matches!(asked(unlock.refresh(&cx())).as_slice(), [Request::Who]));
        unlock.reply(&cx(), Reply::People(people));
        unlock
    }

    #[test]
    fn where_there_is_no_desk_one_is_set_up() {
        let effects = Unlock::default().reply(&cx(), Reply::NoDesk);
        assert!(matches!(effects.as_slice(), [Effect::Replace(layer)] if matches!(**layer, Layer::SetUp(_))));
    }

    #[test]
    fn one_person_types_and_presses_enter() {
        let mut unlock = of(vec![person("amina-khan", "Amina Khan")]);
        assert!(type_in(&mut unlock, "quiet ?:1n q").is_empty());
        let requests = asked(press(&mut unlock, KeyCode::Enter));
        assert!(matches!(requests.as_slice(), [Request::Unlock { person, .. }] if person.0 == "amina-khan"));
        assert!(drawn(&mut unlock, 80, 22).contains("Opening…"));
        assert!(asked(press(&mut unlock, KeyCode::Enter)).is_empty(), "once is enough");
    }

    #[test]
    fn nobody_can_count_the_letters() {
        let (mut short, mut long) = (of(vec![person("a", "A")]), of(vec![person("a", "A")]));
        type_in(&mut short, "x");
        type_in(&mut long, "correct horse battery staple");
        assert_eq!(drawn(&mut short, 80, 22), drawn(&mut long, 80, 22));
    }

    #[test]
    fn another_person_is_another_passphrase() {
        let mut unlock = of(vec![person("amina-khan", "Amina Khan"), person("joe", HARD_NAME)]);
        type_in(&mut unlock, "mine");
        press(&mut unlock, KeyCode::Down);
        assert!(press(&mut unlock, KeyCode::Enter).is_empty(), "the field was emptied");
        type_in(&mut unlock, "his");
        let requests = asked(press(&mut unlock, KeyCode::Enter));
        assert!(matches!(requests.as_slice(), [Request::Unlock { person, .. }] if person.0 == "joe"));
    }

    #[test]
    fn a_refusal_is_said_and_the_field_is_empty() {
        let mut unlock = of(vec![person("amina-khan", "Amina Khan")]);
        type_in(&mut unlock, "wrong");
        press(&mut unlock, KeyCode::Enter);
        unlock.reply(&cx(), Reply::Failed("That did not open it. Try again.".to_owned()));
        assert!(drawn(&mut unlock, 80, 22).contains("That did not open it."));
        assert!(press(&mut unlock, KeyCode::Enter).is_empty());
    }

    #[test]
    fn an_empty_folder_of_people_is_said_only_where_it_is_empty() {
        assert!(drawn(&mut of(Vec::new()), 80, 22).contains("its folder of people is empty"));
        let mut unlock = Unlock::default();
        unlock.reply(&cx(), Reply::Failed("The cabinet is not there. Restore a backup.".to_owned()));
        let screen = drawn(&mut unlock, 80, 22);
        assert!(screen.contains("The desk cannot be opened.") && screen.contains("Restore a backup."));
        assert!(!screen.contains("is empty") && !screen.contains("Passphrase"), "{screen}");
    }

    #[test]
    fn what_was_left_unfinished_opens_over_the_inbox() {
        let layers = |info| {
            let effects = Unlock::default().reply(&cx(), Reply::Open(Box::new(info)));
            (
                effects.len(),
                matches!(effects.last(), Some(Effect::Open(top)) if matches!(**top, Layer::Drafts(_))),
            )
        };
        assert_eq!(layers(info()), (2, false));
        assert_eq!(layers(DeskInfo { drafts: 1, ..info() }), (3, true));
    }

    #[test]
    fn who_receives_a_concern_about_the_lead_is_asked_until_it_is_known() {
        let top = |info| {
            let mut effects = Unlock::default().reply(&cx(), Reply::Open(Box::new(info)));
            let Some(Effect::Open(mut top)) = effects.pop() else { panic!("nothing is asked") };
            drawn(top.surface_mut(), 80, 22)
        };
        let asks = |ask| DeskInfo { receiver: Some(ask), ..info() };
        assert!(top(asks(AskReceiver::Who)).contains("If a concern is about you, who receives it?"));
        let receiver = Receiver { name: "Grace Osei".into(), role: "Chief executive".into() };
        assert!(top(asks(AskReceiver::Passphrase(receiver))).contains("Hand the keyboard to Grace Osei."));
        let mut read_only = asks(AskReceiver::Who);
        read_only.standing.access = Access::Read;
        assert_eq!(
            Unlock::default().reply(&cx(), Reply::Open(Box::new(read_only))).len(),
            2,
            "it could not be answered"
        );
    }

    #[test]
    fn that_there_is_no_recovery_key_is_said_at_each_opening() {
        let info = DeskInfo { lacks_recovery_key: true, ..info() };
        let effects = Unlock::default().reply(&cx(), Reply::Open(Box::new(info)));
        assert!(matches!(effects.last(), Some(Effect::Say(said)) if said.contains("Make one: P, then w.")));
    }

    #[test]
    fn an_older_record_is_told_before_anything_else() {
        let of = "2026-11-20T14:10:00Z".parse().unwrap();
        let last_seen = LastSeen::Older { entries: Seq(120), of, found: Seq(97) };
        let mut info = DeskInfo { drafts: 1, ..info() };
        info.standing.last_seen = last_seen;
        let mut effects = Unlock::default().reply(&cx(), Reply::Open(Box::new(info)));
        let Some(Effect::Open(mut top)) = effects.pop() else { panic!("nothing is told") };
        let told = drawn(top.surface_mut(), 80, 22);
        assert!(told.contains("This record is older than the one last seen here (entry 120"), "{told}");
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        let mut unlock = of((0..40).map(|n| person(&n.to_string(), HARD_NAME)).collect());
        for (width, height) in sizes() {
            drawn(&mut unlock, width, height);
        }
    }
}
