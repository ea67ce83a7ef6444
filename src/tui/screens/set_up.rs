//! First run: organisation, full name, role and passphrase, and then the inbox.

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::unlock::opened;
use crate::desk::passphrase::Strength;
use crate::desk::request::SetUp;
use crate::desk::{Reply, Request};
use crate::domain::person::is_full_name;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::Consumed;
use crate::tui::widgets::secret_field::SecretField;
use crate::tui::widgets::text_field::TextField;

pub struct SetUpScreen {
    organisation: TextField,
    name: TextField,
    role: TextField,
    passphrase: SecretField,
    again: SecretField,
    at: Question,
    strength: Strength,
    state: State,
}

/// The five questions, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Organisation,
    Name,
    Role,
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

impl Question {
    const ALL: [Self; 5] = [Self::Organisation, Self::Name, Self::Role, Self::Passphrase, Self::Again];

    fn label(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation",
            Self::Name => "Your full name, not initials",
            Self::Role => "Your role",
            Self::Passphrase => "Passphrase",
            Self::Again => "The passphrase again",
        }
    }

    fn next(self) -> Option<Self> {
        Self::ALL.into_iter().skip_while(|question| *question != self).nth(1)
    }

    fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().take_while(|question| *question != self).last()
    }
}

impl Default for SetUpScreen {
    fn default() -> Self {
        Self {
            organisation: TextField::default(),
            name: TextField::default(),
            role: TextField::new("Designated Safeguarding Lead"),
            passphrase: SecretField::default(),
            again: SecretField::default(),
            at: Question::Organisation,
            strength: Strength::Empty,
            state: State::Asking,
        }
    }
}

impl SetUpScreen {
    fn is_making(&self) -> bool {
        matches!(self.state, State::Making)
    }

    fn on_key(&mut self, key: KeyEvent) -> Consumed {
        match self.at {
            Question::Organisation => self.organisation.on_key(key),
            Question::Name => self.name.on_key(key),
            Question::Role => self.role.on_key(key),
            Question::Passphrase => self.passphrase.on_key(key),
            Question::Again => self.again.on_key(key),
        }
    }

    fn paste(&mut self, text: &str) {
        match self.at {
            Question::Organisation => self.organisation.paste(text),
            Question::Name => self.name.paste(text),
            Question::Role => self.role.paste(text),
            Question::Passphrase => self.passphrase.paste(text),
            Question::Again => self.again.paste(text),
        }
    }

    fn changed(&mut self) {
        self.state = State::Asking;
        let known = [self.organisation.text(), self.name.text(), self.role.text()];
        self.strength = Strength::of(self.passphrase.expose(), &known);
    }

    fn go(&mut self, to: Option<Question>) -> Effects {
        self.at = to.unwrap_or(self.at);
        Vec::new()
    }

    /// The first answer that will not do, and what to do about it.
    fn amiss(&self) -> Option<(Question, String)> {
        let say = |question, sentence: &str| Some((question, sentence.to_owned()));
        if self.organisation.text().trim().is_empty() {
            return say(Question::Organisation, "Give the name of the organisation.");
        }
        if !is_full_name(self.name.text()) {
            return say(
                Question::Name,
                "Give your full name: it stands beside everything that you write, and is your signature.",
            );
        }
        if self.role.text().trim().is_empty() {
            return say(Question::Role, "Give your role.");
        }
        match &self.strength {
            Strength::Empty => return say(Question::Passphrase, "Choose a passphrase."),
            Strength::Trivial(sentence) => return say(Question::Passphrase, sentence),
            Strength::Weak(_) | Strength::Strong(_) => {}
        }
        if self.passphrase.expose() != self.again.expose() {
            return say(Question::Again, "The two passphrases differ. Type it again.");
        }
        None
    }

    /// An answer that will not do is told at once, and not after five.
    fn answered(&mut self, next: Question) -> Effects {
        if let Some((_, sentence)) = self.amiss().filter(|(question, _)| *question == self.at) {
            self.state = State::Amiss(sentence);
            return Vec::new();
        }
        self.go(Some(next))
    }

    fn submit(&mut self) -> Effects {
        if let Some((question, sentence)) = self.amiss() {
            if question == Question::Again {
                self.again = SecretField::default();
            }
            self.at = question;
            self.state = State::Amiss(sentence);
            return Vec::new();
        }
        self.state = State::Making;
        self.again = SecretField::default();
        self.strength = Strength::Empty;
        let answer = |field: &TextField| Text::new(field.text().trim());
        vec![Effect::Ask(Request::SetUp(Box::new(SetUp {
            organisation: answer(&self.organisation),
            name: answer(&self.name),
            role: answer(&self.role),
            receiver: None,
            passphrase: self.passphrase.take(),
        })))]
    }

    /// The passphrase has gone with the request, so it is asked for again.
    fn failed(&mut self, sentence: String) -> Effects {
        self.at = Question::Passphrase;
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
        if self.is_making() || self.on_key(key) == Consumed::No {
            return Typed::NotText;
        }
        self.changed();
        Typed::Taken(Vec::new())
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        if !self.is_making() {
            self.paste(text);
            self.changed();
        }
        Vec::new()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match action {
            _ if self.is_making() => Vec::new(),
            Action::NextField => self.go(self.at.next()),
            Action::PreviousField => self.go(self.at.previous()),
            Action::Enter => match self.at.next() {
                Some(next) => self.answered(next),
                None => self.submit(),
            },
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Open(info) => opened(info),
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

    /// Answers in the order of the questions, each followed by Enter. The role's suggestion is kept.
    fn answered(answers: [&str; 5]) -> (SetUpScreen, Vec<Request>) {
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
    fn five_answers_make_a_desk() {
        let (mut screen, requests) = answered(["Rowan School", "Amina Khan", "", GOOD, GOOD]);
        let [Request::SetUp(made)] = requests.as_slice() else { panic!("nothing was asked") };
        assert_eq!((&*made.organisation, &*made.name), ("Rowan School", "Amina Khan"));
        assert_eq!(&*made.role, "Designated Safeguarding Lead");
        assert!(drawn(&mut screen, 80, 22).contains("Making the desk…"));
        let effects = screen.reply(&cx(), Reply::Open(info()));
        assert!(matches!(effects.as_slice(), [Effect::Opened(_), Effect::Main(_)]));
    }

    #[test]
    fn initials_are_asked_for_again() {
        let mut screen = SetUpScreen::default();
        type_in(&mut screen, "Rowan School");
        press(&mut screen, KeyCode::Enter);
        type_in(&mut screen, "A. K.");
        press(&mut screen, KeyCode::Enter);
        assert_eq!(screen.at, Question::Name, "it is told at once");
        assert!(drawn(&mut screen, 80, 22).contains("> Your full name"));
    }

    #[test]
    fn a_trivial_passphrase_is_asked_for_again() {
        let (mut screen, requests) = answered(["Rowan School", "Amina Khan", "", "rowan school", ""]);
        assert!(requests.is_empty());
        assert!(drawn(&mut screen, 80, 22).contains("Choose a longer one."));
        assert_eq!(screen.at, Question::Passphrase);
    }

    #[test]
    fn two_that_differ_are_asked_for_again() {
        let (mut screen, requests) = answered(["Rowan School", "Amina Khan", "", GOOD, "something else"]);
        assert!(requests.is_empty());
        assert!(screen.again.is_empty());
        assert!(drawn(&mut screen, 80, 22).contains("The two passphrases differ."));
    }

    #[test]
    fn the_estimate_and_the_loss_are_told_while_typing() {
        let mut screen = SetUpScreen { at: Question::Passphrase, ..SetUpScreen::default() };
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
        assert_eq!(screen.organisation.text(), "qn?:1/");
        press(&mut screen, KeyCode::Down);
        press(&mut screen, KeyCode::Up);
        assert_eq!(screen.at, Question::Organisation);
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        let (mut screen, _) = answered([HARD_NAME, HARD_NAME, HARD_NAME, "short", ""]);
        for (width, height) in sizes() {
            drawn(&mut screen, width, height);
        }
    }
}
