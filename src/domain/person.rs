//! Somebody who may open the desk, as the ledger knows them, and what they may do there.

use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use super::text::Text;

/// A person and the key that proves what they signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub person: PersonId,
    /// Full name, never initials.
    pub name: Text,
    /// Job, as it stands under a signature.
    pub role: Text,
    /// Ed25519 public key, hexadecimal.
    pub signing_key: String,
    /// age X25519 public key, to which the cabinet's keys are sealed; none in entries from before it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    #[serde(default)]
    pub right: Right,
}

/// Whoever receives a concern about the DSL (R14, H23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// Full name, never initials.
    pub name: Text,
    pub role: Text,
}

/// The public half of the words that are locked away for the day when a passphrase is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryKey {
    /// age X25519 public key.
    pub recipient: String,
    /// Ed25519 public key, hexadecimal.
    pub signing_key: String,
}

/// What somebody was admitted to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// The designated safeguarding lead. Whoever was admitted before there were rights founded the desk and is one.
    #[default]
    Lead,
    Deputy,
    /// Chief executive or trustee.
    Senior,
    Reader,
}

/// What is done at a desk, as far as it takes a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Read,
    Record,
    /// Read who has opened what (R19).
    ReadWhoLooked,
    /// Say who may open the desk.
    ChangePeople,
    /// Give somebody new keys in place of their forgotten ones. It takes the recovery key, and no right stands for it.
    Recover,
}

impl Right {
    pub const ALL: [Self; 4] = [Self::Lead, Self::Deputy, Self::Senior, Self::Reader];

    /// As it is written on the command line and in tables.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Deputy => "deputy",
            Self::Senior => "senior",
            Self::Reader => "reader",
        }
    }

    /// What it is to have it, in a few words.
    pub fn means(self) -> &'static str {
        match self {
            Self::Lead => "records, and says who opens the desk",
            Self::Deputy => "reads and records",
            Self::Senior => "chief executive, trustee",
            Self::Reader => "reads, and records nothing",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.label() == label)
    }

    /// Whether whoever has it answers for the desk: somebody of them must be able to read whatever is in it.
    pub fn answers_for_the_desk(self) -> bool {
        match self {
            Self::Lead | Self::Senior => true,
            Self::Deputy | Self::Reader => false,
        }
    }

    pub fn may(self, doing: Doing) -> bool {
        match (self, doing) {
            (
                Self::Lead | Self::Senior,
                Doing::Read | Doing::Record | Doing::ReadWhoLooked | Doing::ChangePeople,
            )
            | (Self::Deputy, Doing::Read | Doing::Record)
            | (Self::Reader, Doing::Read) => true,
            (Self::Deputy, Doing::ReadWhoLooked | Doing::ChangePeople)
            | (Self::Reader, Doing::Record | Doing::ReadWhoLooked | Doing::ChangePeople)
            | (Self::Lead | Self::Senior | Self::Deputy | Self::Reader, Doing::Recover) => false,
        }
    }
}

/// Why somebody cannot be removed, in two sentences; none where they can. Somebody must be left who can admit others.
pub fn must_stay(person: &PersonId, remover: &PersonId, members: &[Person]) -> Option<&'static str> {
    let mut other_leads =
        members.iter().filter(|member| member.right == Right::Lead && member.person != *person);
    if person == remover {
        Some("Nobody removes themselves. Ask another lead to do it.")
    } else if other_leads.next().is_none() {
        Some("They are the last lead of this desk. Admit another lead first.")
    } else {
        None
    }
}

/// Why somebody's right cannot become another one, in two sentences; none where it can.
pub fn must_keep_right(
    person: &PersonId,
    to: Right,
    changer: &PersonId,
    members: &[Person],
) -> Option<&'static str> {
    let of = |member: &&Person| member.person == *person;
    let Some(Person { right: from, .. }) = members.iter().find(of) else {
        return Some("There is nobody of that name on this desk. `dsl-desk people list` names everybody.");
    };
    let mut other_leads =
        members.iter().filter(|member| member.right == Right::Lead && member.person != *person);
    match (*from, to) {
        _ if person == changer => Some("Nobody changes their own right. Ask another lead to do it."),
        (from, to) if from == to => Some("They have that right already. Nothing was changed."),
        (Right::Senior, _) => Some(
            "A senior belongs to another cabinet too, whose key they would keep. Remove them, and add them anew under the other right.",
        ),
        (_, Right::Senior) => Some(
            "A senior belongs to another cabinet too, with keys of its own. Remove them, and add them anew as a senior.",
        ),
        (Right::Lead, _) if other_leads.next().is_none() => {
            Some("They are the last lead of this desk. Make somebody else a lead first.")
        }
        (Right::Lead | Right::Deputy | Right::Reader, _) => None,
    }
}

/// Whether it is a name to sign with, and not initials: those stand beside every entry, and for nobody in
/// particular.
///
/// Single letters are initials, and so are a few capitals on their own (`A. K.`, `AK`). Short names are names:
/// `LI NA`, `Bo Li`, `Cher`.
pub fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty()).collect();
    let has_a_word = words.iter().any(|word| word.chars().count() > 1);
    let are_capitals = matches!(words.as_slice(), [only] if is_a_few_capitals(only));
    has_a_word && !are_capitals
}

fn is_a_few_capitals(word: &str) -> bool {
    word.chars().count() <= 3 && word.contains(char::is_uppercase) && !word.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{Doing, Person, Right, is_full_name, must_keep_right, must_stay};
    use crate::domain::ids::PersonId;

    fn member(person: &PersonId, right: Right) -> Person {
        Person {
            person: person.clone(),
            name: "A B".into(),
            role: "C".into(),
            signing_key: String::new(),
            recipient: None,
            right,
        }
    }

    #[test]
    fn nobody_changes_their_own_right_and_nobody_becomes_a_senior_by_it() {
        let [amina, beth, carys, nobody] =
            ["amina", "beth", "carys", "nobody"].map(|id| PersonId(id.to_owned()));
        let members =
            [member(&amina, Right::Lead), member(&beth, Right::Senior), member(&carys, Right::Reader)];
        for (person, to, changer, keeps) in [
            (&carys, Right::Deputy, &amina, false),
            (&carys, Right::Lead, &beth, false),
            (&carys, Right::Reader, &amina, true),
            (&carys, Right::Senior, &amina, true),
            (&beth, Right::Lead, &amina, true),
            (&beth, Right::Deputy, &beth, true),
            (&amina, Right::Deputy, &amina, true),
            (&amina, Right::Deputy, &beth, true),
            (&nobody, Right::Deputy, &amina, true),
        ] {
            assert_eq!(must_keep_right(person, to, changer, &members).is_some(), keeps, "{person} {to:?}");
        }
        let two = [member(&amina, Right::Lead), member(&beth, Right::Lead)];
        assert_eq!(must_keep_right(&amina, Right::Reader, &beth, &two), None);
    }

    #[test]
    fn nobody_removes_themselves_or_the_last_lead() {
        let [amina, beth, carys] = ["amina", "beth", "carys"].map(|id| PersonId(id.to_owned()));
        let members =
            [member(&amina, Right::Lead), member(&beth, Right::Senior), member(&carys, Right::Reader)];
        for (person, remover, stays) in [
            (&amina, &amina, true),
            (&amina, &beth, true),
            (&beth, &amina, false),
            (&carys, &beth, false),
            (&beth, &beth, true),
        ] {
            assert_eq!(must_stay(person, remover, &members).is_some(), stays, "{person} by {remover}");
        }
        let two = [member(&amina, Right::Lead), member(&beth, Right::Lead)];
        assert_eq!(must_stay(&amina, &beth, &two), None);
    }

    #[test]
    fn an_entry_from_before_there_were_rights_admits_a_lead() {
        let body = r#"{"name":"Amina Khan","person":"amina-khan","role":"DSL","signing_key":"00"}"#;
        let founder: Person = serde_json::from_str(body).unwrap();
        assert_eq!((founder.right, founder.recipient), (Right::Lead, None));
    }

    #[test]
    fn who_may_do_what() {
        for (right, read, record, change_people) in [
            (Right::Lead, true, true, true),
            (Right::Deputy, true, true, false),
            (Right::Senior, true, true, true),
            (Right::Reader, true, false, false),
        ] {
            let may = [Doing::Read, Doing::Record, Doing::ChangePeople].map(|doing| right.may(doing));
            assert_eq!(may, [read, record, change_people], "{right:?}");
            assert!(!right.may(Doing::Recover), "that takes the words");
            assert_eq!(right.may(Doing::ReadWhoLooked), change_people, "{right:?}");
            assert_eq!(Right::from_label(right.label()), Some(right));
        }
    }

    #[test]
    fn initials_are_no_name() {
        for name in ["", "  ", ".", "A", "AK", "AJK", "A-K", "A.K.", "A. K.", "J F K", "A\u{a0}K"] {
            assert!(!is_full_name(name), "{name}");
        }
    }

    #[test]
    fn names_may_be_short() {
        let names =
            ["Amina Khan", "LI NA", "Bo Li", "Al Ng", "Cher", "A. Khan", "O Brien", "J. Ó Briain", "张伟"];
        for name in names {
            assert!(is_full_name(name), "{name}");
        }
    }
}
