//! What is asked, of whom, and what becomes of the answers.

use crate::desk::passphrase::Strength;
use crate::desk::people::NewPerson;
use crate::desk::setup::ReceiverFault;
use crate::desk::{Act, Request};
use crate::domain::person::{Person, Receiver, Right, is_full_name};
use crate::domain::text::Text;
use crate::tui::layer::{Cx, Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::asking::Asking;
use crate::tui::screens::passphrase::Twice;
use crate::tui::screens::questions::{Questions, Row};

pub enum Kind {
    /// Who receives a concern about the lead (R14)?
    Receiver,
    /// Somebody types the passphrase that they choose.
    HandOver(HandOver),
    /// Who is to be admitted?
    Add,
    /// One's own passphrase, with the one before.
    Passphrase,
    Remove(Person),
    ChangeRight(Person),
}

/// Whom the keyboard is handed to.
pub struct HandOver {
    pub new: NewPerson,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They receive concerns about the lead.
    Receives,
    Admitted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Name,
    Role,
    Right,
    Old,
    Passphrase,
    Again,
    Reason,
}

const PASSPHRASE: Twice<Question> = Twice { first: Question::Passphrase, again: Question::Again };

/// A senior belongs to another cabinet too, so nobody becomes one by being called so.
const CHANGEABLE: [Right; 3] = [Right::Lead, Right::Deputy, Right::Reader];

pub const NOT_YOURSELF: &str = "It cannot be yourself. Name the chief executive or a trustee.";
pub const THEIR_ROLE: &str = "Give their role.";
const FULL_NAME: &str = "Give their full name: it stands beside everything that they write.";

impl HandOver {
    pub fn to_the_receiver(receiver: &Receiver) -> Self {
        let Receiver { name, role } = receiver.clone();
        Self { new: NewPerson { name, role, right: Right::Senior }, why: Why::Receives }
    }
}

impl Kind {
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Receiver => "Who receives it",
            Self::HandOver(_) => "Their passphrase",
            Self::Add => "Admitting somebody",
            Self::Passphrase => "Your passphrase",
            Self::Remove(_) => "Removing somebody",
            Self::ChangeRight(_) => "Changing a right",
        }
    }

    /// Whether the desk asks again at its next opening.
    pub(super) fn can_wait(&self) -> bool {
        match self {
            Self::Receiver => true,
            Self::HandOver(hand_over) => hand_over.why == Why::Receives,
            Self::Add | Self::Passphrase | Self::Remove(_) | Self::ChangeRight(_) => false,
        }
    }

    pub(super) fn questions(&self) -> Questions<Question> {
        let reason = |label| Row::text(Question::Reason, label, "");
        Questions::new(match self {
            Self::Receiver => vec![
                Row::text(Question::Name, "Their full name, not initials", ""),
                Row::text(Question::Role, "Their role", "Chief executive"),
            ],
            Self::HandOver(_) => PASSPHRASE.rows("A passphrase of your own").into(),
            Self::Add => vec![
                Row::text(Question::Name, "Their full name, not initials", ""),
                Row::text(Question::Role, "Their role", ""),
                Row::right(Question::Right, "What they may do", Right::Deputy, &Right::ALL),
            ],
            Self::Passphrase => {
                let mut rows = vec![Row::secret(Question::Old, "Your passphrase now")];
                rows.extend(PASSPHRASE.rows("The new passphrase"));
                rows
            }
            Self::Remove(_) => vec![reason("Why they are removed")],
            Self::ChangeRight(person) => vec![
                Row::right(Question::Right, "What they may do", person.right, &CHANGEABLE),
                reason("Why"),
            ],
        })
    }

    pub(super) fn heading(&self) -> String {
        match self {
            Self::Receiver => "If a concern is about you, who receives it?".to_owned(),
            Self::HandOver(HandOver { new, .. }) => format!("Hand the keyboard to {}.", new.name.one_line()),
            Self::Add => "Who is to open the desk?".to_owned(),
            Self::Passphrase => "Another passphrase of your own.".to_owned(),
            Self::Remove(person) => format!("Remove {}, {}?", person.name.one_line(), person.role.one_line()),
            Self::ChangeRight(person) => format!("What may {} do?", person.name.one_line()),
        }
    }

    /// What has to be known before it is answered.
    pub(super) fn explained(&self) -> String {
        match self {
            Self::Receiver => "A concern about the lead goes to them, and to nobody else of this desk: the chief \
                               executive, say, or the chair of trustees. The desk asks at each opening until it \
                               knows."
                .to_owned(),
            Self::HandOver(HandOver { new, why: Why::Receives }) => format!(
                "{}, {}, receives a concern about the lead, which nobody else of this desk can read. They choose a \
                 passphrase of their own, and nobody else learns it. If they are not here, put it off: the desk \
                 asks again at its next opening. Shift-Tab names somebody else.",
                new.name.one_line(),
                new.role.one_line()
            ),
            Self::HandOver(HandOver { new, why: Why::Admitted }) => format!(
                "{}, choose a passphrase of your own. Nobody else learns it, and nobody can reset it: write it down \
                 and lock it away.",
                new.name.one_line()
            ),
            Self::Add => "A lead or senior may admit and remove others. The keyboard is handed to them afterwards: \
                          they choose a passphrase of their own."
                .to_owned(),
            Self::Passphrase => "The old one still opens copies of your people file that were made before, those in \
                                 backups among them."
                .to_owned(),
            Self::Remove(_) => "The cabinet gets another key, so that their passphrase opens nothing that is recorded \
                                from then on. What they recorded stays. Copies of the desk from before, every backup \
                                included, still open for them. Nobody else may have the desk open meanwhile."
                .to_owned(),
            Self::ChangeRight(_) => "It holds from their next entry on. A senior belongs to another cabinet too: \
                                     whoever is to become one, or to stop being one, is removed and admitted anew."
                .to_owned(),
        }
    }

    /// From the passphrase of whoever receives a concern about the lead to the question who that is.
    pub(super) fn before(&self) -> Effects {
        match self {
            Self::HandOver(HandOver { why: Why::Receives, .. }) => {
                vec![Effect::Replace(Box::new(Layer::Asking(Asking::new(Self::Receiver))))]
            }
            Self::Receiver
            | Self::HandOver(_)
            | Self::Add
            | Self::Passphrase
            | Self::Remove(_)
            | Self::ChangeRight(_) => Vec::new(),
        }
    }

    /// What is being done while nobody can type.
    pub(super) fn doing(&self) -> &'static str {
        match self {
            Self::Receiver | Self::ChangeRight(_) | Self::Add => "One moment …",
            Self::HandOver(_) => "Making their keys …",
            Self::Passphrase => "Opening your keys, and sealing them again …",
            Self::Remove(_) => "Giving the cabinet another key. On a large desk this takes a while …",
        }
    }

    pub(super) fn chooses_passphrase(&self) -> bool {
        matches!(self, Self::HandOver(_) | Self::Passphrase)
    }

    /// What a thief would try first.
    pub(super) fn known(&self, cx: &Cx) -> Vec<String> {
        let desk = cx.desk.iter().flat_map(|desk| [&desk.organisation, &desk.name, &desk.role]);
        let theirs = match self {
            Self::HandOver(HandOver { new, .. }) => vec![&new.name, &new.role],
            Self::Receiver | Self::Add | Self::Passphrase | Self::Remove(_) | Self::ChangeRight(_) => {
                Vec::new()
            }
        };
        desk.chain(theirs).map(Text::one_line).collect()
    }

    /// The first answer that will not do, and what to do about it.
    pub(super) fn amiss(
        &self,
        cx: &Cx,
        questions: &Questions<Question>,
        strength: &Strength,
    ) -> Option<(Question, String)> {
        let say = |question, sentence: &str| Some((question, sentence.to_owned()));
        let is_blank = |question| questions.typed(question).is_empty();
        match self {
            Self::Receiver => {
                let (name, role) = (questions.typed(Question::Name), questions.typed(Question::Role));
                let me = cx.desk.as_ref().map(|desk| desk.name.as_str()).unwrap_or_default();
                match ReceiverFault::of(name, role, me)? {
                    ReceiverFault::NotNamed => say(Question::Name, FULL_NAME),
                    ReceiverFault::Oneself => say(Question::Name, NOT_YOURSELF),
                    ReceiverFault::NoRole => say(Question::Role, THEIR_ROLE),
                }
            }
            Self::Add if !is_full_name(questions.typed(Question::Name)) => say(Question::Name, FULL_NAME),
            Self::Add if is_blank(Question::Role) => say(Question::Role, THEIR_ROLE),
            Self::Passphrase if questions.exposed(Question::Old).is_empty() => {
                say(Question::Old, "Type the passphrase with which you open the desk now.")
            }
            Self::HandOver(_) | Self::Passphrase => PASSPHRASE.amiss(questions, strength),
            Self::Remove(_) | Self::ChangeRight(_) if is_blank(Question::Reason) => {
                say(Question::Reason, "Give the reason: it stands in the record.")
            }
            Self::Add | Self::Remove(_) | Self::ChangeRight(_) => None,
        }
    }

    /// What the desk is asked; of whom is admitted, that they may be.
    pub(super) fn submitted(&self, questions: &mut Questions<Question>) -> Effects {
        let (name, role) = (questions.text(Question::Name), questions.text(Question::Role));
        let reason = questions.text(Question::Reason);
        let right = questions.chosen(Question::Right);
        let request = match self {
            Self::Receiver => Request::Act { act: Act::NameReceiver(Receiver { name, role }), draft: None },
            Self::Add => Request::MayAdmit(NewPerson { name, role, right: right.unwrap_or(Right::Reader) }),
            Self::HandOver(HandOver { new, .. }) => {
                let passphrase = questions.take(Question::Passphrase);
                Request::AdmitPerson { new: new.clone(), passphrase }
            }
            Self::Passphrase => Request::ChangePassphrase {
                old: questions.take(Question::Old),
                new: questions.take(Question::Passphrase),
            },
            Self::Remove(Person { person, .. }) => Request::RemovePerson { person: person.clone(), reason },
            Self::ChangeRight(Person { person, right: before, .. }) => {
                Request::ChangeRight { person: person.clone(), right: right.unwrap_or(*before), reason }
            }
        };
        vec![Effect::Ask(request)]
    }

    /// What follows when the desk has done it.
    pub(super) fn done(&self, questions: &Questions<Question>) -> Effects {
        let (name, role) = (questions.text(Question::Name), questions.text(Question::Role));
        let hand_over = |hand_over| {
            vec![Effect::Replace(Box::new(Layer::Asking(Asking::new(Self::HandOver(hand_over)))))]
        };
        let said = match self {
            Self::Receiver => return hand_over(HandOver::to_the_receiver(&Receiver { name, role })),
            Self::Add => {
                let right = questions.chosen(Question::Right).unwrap_or(Right::Reader);
                return hand_over(HandOver { new: NewPerson { name, role, right }, why: Why::Admitted });
            }
            Self::HandOver(HandOver { new, .. }) => {
                format!("{} opens the desk from now on. Take the keyboard back.", new.name.one_line())
            }
            Self::Passphrase => "Your passphrase is changed.".to_owned(),
            Self::Remove(person) => {
                format!(
                    "{} opens the desk no longer, and the cabinet has another key.",
                    person.name.one_line()
                )
            }
            Self::ChangeRight(person) => match questions.chosen(Question::Right) {
                Some(right) => format!("{} is a {} now.", person.name.one_line(), right.label()),
                None => String::new(),
            },
        };
        vec![Effect::Close, Effect::Say(said)]
    }
}
