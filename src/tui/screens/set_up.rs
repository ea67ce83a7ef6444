//! First run: organisation, full name, role, who receives a concern about the person herself (R14), and a passphrase;
//! then the recovery key, and then the inbox.

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::asking::{NOT_YOURSELF, THEIR_ROLE};
use super::passphrase::Twice;
use super::questions::{Questions, Row};
use super::recovery::RecoveryPage;
use super::unlock::opened;
use crate::desk::answer::DeskInfo;
use crate::desk::passphrase::Strength;
use crate::desk::request::SetUp;
use crate::desk::setup::ReceiverFault;
use crate::desk::{Reply, Request};
use crate::domain::person::{Receiver, is_full_name};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::Consumed;

pub struct SetUpScreen {
    questions: Questions<Question>,
    strength: Strength,
    state: State,
}

/// The seven questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Organisation,
    Name,
    Role,
    Receiver,
    ReceiverRole,
    Passphrase,
    Again,
}

enum State {
    Asking,
    /// The desk is being made.
    Making,
    /// What has to be put right first.
    Amiss(String),
}

const PASSPHRASE: Twice<Question> = Twice { first: Question::Passphrase, again: Question::Again };

const WHO_RECEIVES: &str = "If a concern is about you, who receives it?";

impl Default for SetUpScreen {
    fn default() -> Self {
        let [first, again] = PASSPHRASE.rows("Passphrase");
        let questions = Questions::new(vec![
            Row::text(Question::Organisation, "Organisation", ""),
            Row::text(Question::Name, "Your full name, not initials", ""),
            Row::text(Question::Role, "Your role", "Designated Safeguarding Lead"),
            Row::text(Question::Receiver, "Their full name, not initials", "").under(WHO_RECEIVES),
            Row::text(Question::ReceiverRole, "Their role", "Chief executive"),
            first.after_a_gap(),
            again,
        ]);
        Self { questions, strength: Strength::Empty, state: State::Asking }
    }
}

impl SetUpScreen {
    fn is_making(&self) -> bool {
        matches!(self.state, State::Making)
    }

    fn changed(&mut self) {
        self.state = State::Asking;
        let known = [Question::Organisation, Question::Name, Question::Role, Question::Receiver];
        let known = known.map(|question| self.questions.typed(question));
        self.strength = Strength::of(self.questions.exposed(Question::Passphrase), &known);
    }

    /// The first answer that will not do, and what to do about it.
    fn amiss(&self) -> Option<(Question, String)> {
        let say = |question, sentence: &str| Some((question, sentence.to_owned()));
        let typed = |question| self.questions.typed(question);
        if typed(Question::Organisation).is_empty() {
            return say(Question::Organisation, "Give the name of the organisation.");
        }
        if !is_full_name(typed(Question::Name)) {
            return say(
                Question::Name,
                "Give your full name: it stands beside everything that you write, and is your signature.",
            );
        }
        if typed(Question::Role).is_empty() {
            return say(Question::Role, "Give your role.");
        }
        let receiver = [Question::Receiver, Question::ReceiverRole, Question::Name].map(typed);
        let [receiver, their_role, dsl] = receiver;
        match ReceiverFault::of(receiver, their_role, dsl) {
            Some(ReceiverFault::NotNamed) => say(
                Question::Receiver,
                "Give the full name of somebody above you, or of a trustee. The desk is not made without.",
            ),
            Some(ReceiverFault::Oneself) => say(Question::Receiver, NOT_YOURSELF),
            Some(ReceiverFault::NoRole) => say(Question::ReceiverRole, THEIR_ROLE),
            None => PASSPHRASE.amiss(&self.questions, &self.strength),
        }
    }

    /// An answer that will not do is told at once, and not after seven.
    fn answered(&mut self) -> Effects {
        match self.amiss().filter(|(question, _)| Some(*question) == self.questions.at()) {
            Some((_, sentence)) => self.state = State::Amiss(sentence),
            None => self.questions.next(),
        }
        Vec::new()
    }

    fn submit(&mut self) -> Effects {
        if let Some((question, sentence)) = self.amiss() {
            if question == Question::Again {
                drop(self.questions.take(Question::Again));
            }
            self.questions.go_to(question);
            self.state = State::Amiss(sentence);
            return Vec::new();
        }
        self.state = State::Making;
        drop(self.questions.take(Question::Again));
        self.strength = Strength::Empty;
        vec![Effect::Ask(Request::SetUp(Box::new(SetUp {
            organisation: self.questions.text(Question::Organisation),
            name: self.questions.text(Question::Name),
            role: self.questions.text(Question::Role),
            passphrase: self.questions.take(Question::Passphrase),
            receiver: Some(Receiver {
                name: self.questions.text(Question::Receiver),
                role: self.questions.text(Question::ReceiverRole),
            }),
        })))]
    }

    /// The passphrase has gone with the request, so it is asked for again.
    fn failed(&mut self, sentence: String) -> Effects {
        self.questions.start_over();
        self.state = State::Amiss(sentence);
        Vec::new()
    }
}

impl Surface for SetUpScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::SetUp]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Setting up".to_owned()
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        if self.is_making() || self.questions.on_key(key) == Consumed::No {
            return Typed::NotText;
        }
        self.changed();
        Typed::Taken(Vec::new())
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        if !self.is_making() {
            self.questions.paste(text);
            self.changed();
        }
        Vec::new()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match action {
            _ if self.is_making() => Vec::new(),
            Action::NextField => {
                self.questions.next();
                Vec::new()
            }
            Action::PreviousField => {
                self.questions.previous();
                Vec::new()
            }
            Action::Enter if self.questions.is_last() => self.submit(),
            Action::Enter => self.answered(),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Open(info) => {
                // The page that makes one says so, too.
                let mut effects = opened(cx, DeskInfo { lacks_recovery_key: false, ..*info });
                effects.push(Layer::Recovery(RecoveryPage::of_a_new_desk()).open());
                effects
            }
            Reply::Failed(sentence) => self.failed(sentence),
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
    use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, info, press, sizes, type_in};

    /// Answers in the order of the questions, each followed by Enter. The roles' suggestions are kept.
    fn answered(answers: [&str; 7]) -> (SetUpScreen, Vec<Request>) {
        let mut screen = SetUpScreen::default();
        let mut effects = Vec::new();
        for answer in answers {
            type_in(&mut screen, answer);
            effects.extend(press(&mut screen, KeyCode::Enter));
        }
        (screen, asked(effects))
    }

    const GOOD: &str = "marzipan kettle orbit thistle";

    #[test]
    fn seven_answers_make_a_desk() {
        let answers = ["Rowan School", "Amina Khan", "", "Grace Osei", "", GOOD, GOOD];
        let (mut screen, requests) = answered(answers);
        let [Request::SetUp(made)] = requests.as_slice() else { panic!("nothing was asked") };
        assert_eq!((&*made.organisation, &*made.name), ("Rowan School", "Amina Khan"));
        assert_eq!(&*made.role, "Designated Safeguarding Lead");
        let receiver = Receiver { name: "Grace Osei".into(), role: "Chief executive".into() };
        assert_eq!(made.receiver, Some(receiver));
        assert!(drawn(&mut screen, 80, 22).contains("Making the desk…"));
        let effects = screen.reply(&cx(), Reply::Open(Box::new(info())));
        let [Effect::Opened(_), Effect::Main(_), Effect::Open(top)] = effects.as_slice() else {
            panic!("{} effects", effects.len());
        };
        assert!(matches!(**top, Layer::Recovery(_)), "the words come before anything else");
    }

    #[test]
    fn it_does_not_go_on_without_somebody_who_receives_what_is_about_oneself() {
        for nobody in ["", "G. O.", "Amina Khan", "amina  KHAN"] {
            let answers = ["Rowan School", "Amina Khan", "", nobody, "", "", ""];
            let (mut screen, requests) = answered(answers);
            assert!(requests.is_empty());
            assert_eq!(screen.questions.at(), Some(Question::Receiver), "{nobody}");
            assert!(!matches!(screen.state, State::Asking), "{nobody}");
            for _ in 0..9 {
                press(&mut screen, KeyCode::Tab);
            }
            assert!(press(&mut screen, KeyCode::Enter).is_empty(), "nor from the last question");
            assert_eq!(screen.questions.at(), Some(Question::Receiver), "{nobody}");
        }
    }

    #[test]
    fn initials_are_asked_for_again() {
        let mut screen = SetUpScreen::default();
        type_in(&mut screen, "Rowan School");
        press(&mut screen, KeyCode::Enter);
        type_in(&mut screen, "A. K.");
        press(&mut screen, KeyCode::Enter);
        assert_eq!(screen.questions.at(), Some(Question::Name), "it is told at once");
        assert!(drawn(&mut screen, 80, 22).contains("> Your full name"));
    }

    #[test]
    fn a_trivial_passphrase_is_asked_for_again() {
        let (mut screen, requests) =
            answered(["Rowan School", "Amina Khan", "", "Grace Osei", "", "rowan school", ""]);
        assert!(requests.is_empty());
        assert!(drawn(&mut screen, 80, 22).contains("Choose a longer one."));
        assert_eq!(screen.questions.at(), Some(Question::Passphrase));
    }

    #[test]
    fn two_that_differ_are_asked_for_again() {
        let (mut screen, requests) =
            answered(["Rowan School", "Amina Khan", "", "Grace Osei", "", GOOD, "something else"]);
        assert!(requests.is_empty());
        assert_eq!(screen.questions.exposed(Question::Again), "");
        assert!(drawn(&mut screen, 80, 22).contains("The two passphrases differ."));
    }

    #[test]
    fn the_estimate_and_the_loss_are_told_while_typing() {
        let mut screen = SetUpScreen::default();
        screen.questions.go_to(Question::Passphrase);
        type_in(&mut screen, GOOD);
        let screen = drawn(&mut screen, 80, 22);
        assert!(screen.contains("Guessed in centuries from a stolen copy."), "{screen}");
        assert!(screen.contains("nobody can reset it"), "{screen}");
        assert!(!screen.contains("marzipan"));
    }

    #[test]
    fn letters_are_never_keys_here() {
        let mut screen = SetUpScreen::default();
        type_in(&mut screen, "qn?:1/");
        assert_eq!(screen.questions.typed(Question::Organisation), "qn?:1/");
        press(&mut screen, KeyCode::Down);
        press(&mut screen, KeyCode::Up);
        assert_eq!(screen.questions.at(), Some(Question::Organisation));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        let (mut screen, _) = answered([HARD_NAME, HARD_NAME, HARD_NAME, HARD_NAME, HARD_NAME, "short", ""]);
        for (width, height) in sizes() {
            drawn(&mut screen, width, height);
        }
    }
}
