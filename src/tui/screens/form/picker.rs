//! Whom was rung, out of the book, by a few letters. 999 comes first wherever the letters fit it (H1).
//!
//! Choosing fills the fields beside it, and the number stays in view while the rest is typed.

mod call;

use chrono::{DateTime, Utc};
use crossterm::event::{KeyCode, KeyEvent};
use serde_json::{Value, json};

use super::suggest::{Stroke, Suggest};
use crate::desk::answer::{Found, Target};
use crate::domain::area::Area;
use crate::domain::contact::ContactDetails;
use crate::domain::emergency;
use crate::domain::ids::ContactId;
use crate::domain::text::Text;
use crate::search::tokens;
use crate::tui::widgets::text_field::TextField;

/// How many of the book are asked for.
pub(super) const MOST: usize = 12;

/// The beginnings of these bring up 999.
const EMERGENCY_WORDS: [&str; 5] = [emergency::NUMBER, "emergency", "police", "ambulance", "danger"];

/// What is written in a draft for 999, which is not in the book.
const EMERGENCY: &str = "emergency";

#[derive(Clone, Default)]
pub(super) struct Picker {
    pub(super) suggest: Suggest,
    /// What the book has for the letters as they stand.
    hits: Vec<(ContactId, Text, Text)>,
    looking: Looking,
    picked: Option<Picked>,
    /// What the fields beside were last filled with.
    filled: Adviser,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Looking {
    #[default]
    Done,
    /// The letters are with the desk.
    Waiting,
    /// Enter was quicker than the desk: the first that comes is meant.
    FirstIsMeant,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    Emergency,
    Known { contact: ContactId, name: Text, detail: Text },
}

/// Who was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    Emergency,
    /// The desk is asked for the rest.
    Asked(ContactId),
    /// The same, for a draft whose fields have their text already.
    Restored(ContactId),
    Known(ContactId, Box<ContactDetails>),
}

/// What the form has to do after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Nothing,
    Find(String),
    /// Somebody was chosen; the fields beside can be filled as far as they are known.
    Fill,
    /// The same, once the desk has told the details.
    Fetch(ContactId),
    /// Go on to the next field; the choice follows.
    GoOn,
    NotMine,
}

/// What the fields beside are filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adviser {
    pub(super) name: String,
    pub(super) role: String,
    pub(super) organisation: String,
}

impl Picker {
    pub(super) fn offers(&self) -> Vec<Offer> {
        let known = self.hits.iter().map(|(contact, name, detail)| Offer::Known {
            contact: *contact,
            name: name.clone(),
            detail: detail.clone(),
        });
        fits_emergency(self.suggest.field.text())
            .then_some(Offer::Emergency)
            .into_iter()
            .chain(known)
            .collect()
    }

    pub(super) fn on_key(&mut self, key: KeyEvent) -> Wish {
        let offers = self.offers();
        match self.suggest.on_key(key, offers.len()) {
            Stroke::Typed => self.look(),
            Stroke::Moved => Wish::Nothing,
            Stroke::Chose(place) => offers.get(place).map_or(Wish::Nothing, |offer| self.choose(offer)),
            Stroke::NotMine if key.code == KeyCode::Enter => self.enter(),
            Stroke::NotMine => Wish::NotMine,
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Wish {
        self.suggest.paste(text);
        self.look()
    }

    /// What the book has. Answers to other letters are late and are ignored.
    pub(super) fn found(&mut self, query: &str, mut hits: Vec<Found>) -> Wish {
        if query != self.suggest.field.text() {
            return Wish::Nothing;
        }
        // Whoever can be rung comes first; otherwise the order in which they were found stays.
        hits.sort_by_key(Found::is_without_number);
        self.hits = hits.into_iter().filter_map(contact_of).collect();
        let looking = std::mem::take(&mut self.looking);
        match (looking, self.offers().first()) {
            (Looking::FirstIsMeant, Some(first)) => self.choose(first),
            (Looking::Done | Looking::Waiting | Looking::FirstIsMeant, _) => Wish::Nothing,
        }
    }

    /// The details of whom was chosen.
    pub(super) fn told(&mut self, contact: ContactId, details: &ContactDetails) -> Wish {
        let wish = match self.picked {
            Some(Picked::Asked(asked)) if asked == contact => Wish::Fill,
            Some(Picked::Restored(asked)) if asked == contact => Wish::Nothing,
            Some(Picked::Emergency | Picked::Asked(_) | Picked::Restored(_) | Picked::Known(..)) | None => {
                return Wish::Nothing;
            }
        };
        self.picked = Some(Picked::Known(contact, Box::new(details.clone())));
        wish
    }

    /// Somebody whom she has rung already; 999 where it is nobody of the book.
    pub(super) fn pick(&mut self, contact: Option<ContactId>) -> Wish {
        match contact {
            None => {
                self.picked = Some(Picked::Emergency);
                Wish::Fill
            }
            Some(contact) => {
                self.picked = Some(Picked::Asked(contact));
                Wish::Fetch(contact)
            }
        }
    }

    /// For the record; 999 is not in the book and has no number of its own.
    pub(super) fn contact(&self) -> Option<ContactId> {
        match self.picked.as_ref()? {
            Picked::Emergency => None,
            Picked::Asked(contact) | Picked::Restored(contact) | Picked::Known(contact, _) => Some(*contact),
        }
    }

    fn adviser(&self) -> Adviser {
        match &self.picked {
            Some(Picked::Emergency) => {
                let (role, organisation) = (emergency::ROLE.to_owned(), emergency::SERVICE.to_owned());
                Adviser { name: String::new(), role, organisation }
            }
            Some(Picked::Known(_, details)) => Adviser {
                name: details.name.to_string(),
                role: call::joined(&[&details.service, &details.role], ", "),
                organisation: details.organisation.to_string(),
            },
            Some(Picked::Asked(_) | Picked::Restored(_)) | None => Adviser::default(),
        }
    }

    /// What stays in view while she is on the telephone: the numbers, the hours, what to be careful of.
    pub(super) fn in_view(&self, now: DateTime<Utc>) -> Vec<String> {
        match &self.picked {
            Some(Picked::Emergency) => vec![format!("Ring {}: {}", emergency::NUMBER, emergency::SERVICE)],
            Some(Picked::Known(_, details)) => call::lines(details, now),
            Some(Picked::Asked(_) | Picked::Restored(_)) | None => Vec::new(),
        }
    }

    /// Where whoever was picked is not for the area in which the child lives.
    pub(super) fn elsewhere(&self, home: &Area) -> Option<String> {
        let Some(Picked::Known(_, details)) = &self.picked else { return None };
        call::elsewhere(details, home)
    }

    /// Whom, and the letters that are still in the field.
    pub(super) fn value(&self) -> Value {
        let picked = match &self.picked {
            None => Value::Null,
            Some(Picked::Emergency) => json!(EMERGENCY),
            Some(Picked::Asked(contact) | Picked::Restored(contact) | Picked::Known(contact, _)) => {
                json!(contact)
            }
        };
        match self.suggest.field.text() {
            "" => picked,
            letters => json!([picked, letters]),
        }
    }

    pub(super) fn restore(&mut self, value: &Value) -> Wish {
        if let Some([picked, letters]) = value.as_array().map(Vec::as_slice) {
            self.suggest.field = TextField::new(letters.as_str().unwrap_or_default());
            return self.restore(picked);
        }
        if value.as_str() == Some(EMERGENCY) {
            self.picked = Some(Picked::Emergency);
            return Wish::Nothing;
        }
        let Some(contact) = value.as_i64().map(ContactId) else { return Wish::Nothing };
        self.picked = Some(Picked::Restored(contact));
        Wish::Fetch(contact)
    }

    /// What is typed where nobody was picked: whom the book does not have.
    pub(super) fn letters(&self) -> &str {
        if self.picked.is_none() { self.suggest.field.text().trim() } else { "" }
    }

    /// The name that was filled in, which nobody has typed.
    pub(super) fn filled_name(&self) -> &str {
        &self.filled.name
    }

    /// What the fields beside are to say, and what they were filled with before.
    pub(super) fn fill(&mut self) -> (Adviser, Adviser) {
        let adviser = self.adviser();
        let before = std::mem::replace(&mut self.filled, adviser.clone());
        (adviser, before)
    }

    fn look(&mut self) -> Wish {
        self.hits.clear();
        let letters = self.suggest.field.text();
        if letters.trim().is_empty() {
            self.looking = Looking::Done;
            return Wish::Nothing;
        }
        self.looking = Looking::Waiting;
        Wish::Find(letters.to_owned())
    }

    fn enter(&mut self) -> Wish {
        match self.looking {
            Looking::Done | Looking::FirstIsMeant => Wish::NotMine,
            Looking::Waiting => {
                self.looking = Looking::FirstIsMeant;
                Wish::GoOn
            }
        }
    }

    fn choose(&mut self, offer: &Offer) -> Wish {
        self.suggest.clear();
        self.hits.clear();
        self.looking = Looking::Done;
        match offer {
            Offer::Emergency => {
                self.picked = Some(Picked::Emergency);
                Wish::Fill
            }
            Offer::Known { contact, .. } => {
                self.picked = Some(Picked::Asked(*contact));
                Wish::Fetch(*contact)
            }
        }
    }
}

fn contact_of(found: Found) -> Option<(ContactId, Text, Text)> {
    match found.target {
        Target::Contact(contact) => Some((contact, found.name, found.detail)),
        Target::Child(_) | Target::Concern(_) | Target::Entry { .. } => None,
    }
}

/// Whether these letters may be meant for 999. `fir` is not: it begins First Response, which is rung every day.
fn fits_emergency(letters: &str) -> bool {
    let typed = tokens(letters);
    let begins_one = |word: &String| EMERGENCY_WORDS.iter().any(|known| known.starts_with(word.as_str()));
    !typed.is_empty() && typed.iter().all(|word| word == "fire" || begins_one(word))
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::{
        ContactDetails, ContactId, DateTime, Found, KeyCode, KeyEvent, Offer, Picker, Target, Text, Utc, Wish,
    };
    use crate::desk::answer::NO_NUMBER;

    fn now() -> DateTime<Utc> {
        "2026-11-20T14:10:00Z".parse().unwrap()
    }

    fn press(picker: &mut Picker, code: KeyCode) -> Wish {
        picker.on_key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn first_response() -> Vec<Found> {
        vec![Found {
            target: Target::Contact(ContactId(6)),
            name: "First Response".into(),
            detail: "0116 496 0005".into(),
            why: String::new(),
            score: 9,
        }]
    }

    #[test]
    fn whoever_can_be_rung_comes_first() {
        let hit = |id, name: &str, detail: &str| Found {
            target: Target::Contact(ContactId(id)),
            name: name.into(),
            detail: detail.into(),
            why: String::new(),
            score: 20 - id,
        };
        let mut picker = Picker::default();
        press(&mut picker, KeyCode::Char('x'));
        let silent = format!("{NO_NUMBER}, SafeLives");
        let hits =
            vec![hit(1, "a", &silent), hit(2, "b", "101"), hit(3, "c", &silent), hit(4, "d", "0800 1111")];
        picker.found("x", hits);
        let names: Vec<Text> = picker.hits.into_iter().map(|(_, name, _)| name).collect();
        assert_eq!(names, ["b", "d", "a", "c"].map(Text::from));
    }

    #[test]
    fn an_answer_to_other_letters_is_ignored() {
        let mut picker = Picker::default();
        press(&mut picker, KeyCode::Char('x'));
        press(&mut picker, KeyCode::Char('y'));
        assert_eq!(picker.found("x", first_response()), Wish::Nothing);
        assert!(picker.offers().is_empty());
    }

    #[test]
    fn enter_before_the_answer_means_the_first() {
        let mut picker = Picker::default();
        assert_eq!(press(&mut picker, KeyCode::Char('x')), Wish::Find("x".to_owned()));
        assert_eq!(press(&mut picker, KeyCode::Enter), Wish::GoOn);
        assert_eq!(picker.found("x", first_response()), Wish::Fetch(ContactId(6)));
        assert_eq!(picker.contact(), Some(ContactId(6)));
    }

    #[test]
    fn nine_nine_nine_comes_first_where_the_letters_fit() {
        for letters in ["999", "poli", "emerg"] {
            let mut picker = Picker::default();
            assert_eq!(picker.paste(letters), Wish::Find(letters.to_owned()));
            picker.found(letters, first_response());
            assert_eq!(picker.offers().first(), Some(&Offer::Emergency), "{letters}");
            assert_eq!(press(&mut picker, KeyCode::Enter), Wish::Fill);
            assert!(picker.in_view(now())[0].contains("999"));
        }
    }

    #[test]
    fn the_first_letters_of_first_response_are_not_the_fire_brigade() {
        let mut picker = Picker::default();
        picker.paste("fir");
        assert!(picker.offers().is_empty());
        picker.paste("e");
        assert_eq!(picker.offers(), [Offer::Emergency]);
    }

    #[test]
    fn a_doubtful_number_is_shown_with_its_caution() {
        let mut picker = Picker::default();
        picker.paste("x");
        picker.found("x", first_response());
        press(&mut picker, KeyCode::Enter);
        let details = ContactDetails { caution: "Sources differ.".into(), ..ContactDetails::default() };
        assert_eq!(picker.told(ContactId(5), &details), Wish::Nothing);
        assert_eq!(picker.told(ContactId(6), &details), Wish::Fill);
        assert!(picker.in_view(now()).iter().any(|line| line.contains("Sources differ.")));
    }
}
