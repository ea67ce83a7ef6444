//! Where the draft of a form is kept, and which form a draft belongs to.
//!
//! A slot names the form; whatever more is needed to open it again (what a correction corrects, a contact's details)
//! lies in the draft's body under [`TARGET`]. Slots are shown to nobody and hold no child's words.

use chrono::DateTime;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::follow_up::StepKind;
use super::kind::FormKind;
use super::same::Verdict;
use crate::desk::answer::Subject;
use crate::domain::decision::DecisionKind;
use crate::domain::ids::{ChildId, ConcernId, ContactId, Seq};
use crate::domain::part2::SectionKind;

/// The key of a draft's body that is not a field.
pub(super) const TARGET: &str = "target";

impl FormKind {
    pub fn slot(&self) -> String {
        match self {
            Self::Section { concern, section } => format!("part2/{concern}/{}", section.name()),
            Self::Decision { concern, kind, given } => {
                format!("decision/{concern}/{}/{}", kind.name(), given.position)
            }
            Self::FollowUp { subject, preset } => {
                let which = if preset.is_blank() { "own" } else { preset.as_str() };
                format!("due/{}/{which}", about(Some(*subject)))
            }
            Self::Step { moving, kind } => {
                format!("step/{}/{}/{}", moving.follow_up, kind.name(), moving.rung)
            }
            Self::Call { subject, calling } => {
                let about = about(*subject);
                let contact =
                    calling.contact.map_or_else(|| "emergency".to_owned(), |contact| contact.to_string());
                format!("call/{about}/{contact}")
            }
            Self::Part1 { begun: None } => "part1".to_owned(),
            Self::Part1 { begun: Some(at) } => format!("part1/{}", at.timestamp_millis()),
            Self::Relink { concern, position, .. } => format!("link/{concern}/{position}"),
            Self::Restrict { concern, .. } => format!("restrict/{concern}"),
            Self::Note { child } => format!("note/{child}"),
            Self::Correct { concern, corrects, field, .. } => format!("correct/{concern}/{corrects}/{field}"),
            Self::CorrectNote { child, corrects, .. } => format!("note/{child}/{corrects}"),
            Self::Child { child, .. } => format!("child/{child}"),
            Self::Flag { child } => format!("status/{child}"),
            Self::Unflag { child, flagged, .. } => format!("status/{child}/{flagged}"),
            Self::Same { verdict, children: [other, kept], .. } => {
                format!("same/{}/{other}/{kept}", verdict.name())
            }
            Self::NewContact { of: None } => "contact/new".to_owned(),
            Self::NewContact { of: Some((child, key)) } => format!("contact/new/{child}/{key}"),
            Self::Settle { contact, place, .. } => format!("contact/{contact}/settle-{place}"),
            Self::EditContact { contact, .. } => format!("contact/{contact}"),
            Self::RetireContact { contact, .. } => format!("contact/{contact}/retire"),
        }
    }

    /// What the slot does not say of the form.
    pub(super) fn target(&self) -> Value {
        match self {
            Self::Section { .. }
            | Self::Part1 { .. }
            | Self::Note { .. }
            | Self::Flag { .. }
            | Self::NewContact { .. } => Value::Null,
            Self::Unflag { held, .. } => json!(held),
            Self::Decision { given, .. } => json!(given),
            Self::FollowUp { subject, preset } => json!((subject, preset)),
            Self::Step { moving, .. } => json!(moving),
            Self::Call { subject, calling } => json!((subject, calling)),
            Self::Correct { was, .. } | Self::CorrectNote { was, .. } => json!(was),
            Self::Relink { to, name, .. } => json!((to, name)),
            Self::Restrict { members, .. } => json!(members),
            Self::Child { details, .. } => json!(details),
            Self::Same { names, .. } => json!(names),
            Self::EditContact { details, .. } => json!(details),
            Self::RetireContact { title, .. } => json!(title),
            Self::Settle { says, whose, .. } => json!((says, whose)),
        }
    }

    /// The form to which a draft belongs; none for a draft of another edition of the program.
    pub fn from_slot(slot: &str, body: &str) -> Option<Self> {
        let mut parts = slot.splitn(4, '/');
        match [(); 4].map(|()| parts.next()) {
            [Some("part1"), None, None, None] => Some(Self::Part1 { begun: None }),
            [Some("part1"), Some(begun), None, None] => {
                Some(Self::Part1 { begun: Some(DateTime::from_timestamp_millis(begun.parse().ok()?)?) })
            }
            [Some("part2"), Some(concern), Some(section), None] => {
                Some(Self::Section { concern: concern.parse().ok()?, section: section_of(section)? })
            }
            [Some("decision"), Some(concern), Some(kind), Some(_)] => {
                decision(concern.parse().ok()?, kind, body)
            }
            [Some("due"), Some(_), Some(_), None] => follow_up(body),
            [Some("step"), Some(_), Some(kind), Some(_)] => step(kind, body),
            [Some("call"), Some(_), Some(_), None] => {
                let (subject, calling) = target_of(body)?;
                Some(Self::Call { subject, calling })
            }
            [Some("link"), Some(concern), Some(position), None] => {
                link(concern.parse().ok()?, position.parse().ok()?, body)
            }
            [Some("restrict"), Some(concern), None, None] => {
                Some(Self::Restrict { concern: concern.parse().ok()?, members: target_of(body)? })
            }
            [Some("note"), Some(child), None, None] => Some(Self::Note { child: child.parse().ok()? }),
            [Some("note"), Some(child), Some(corrects), None] => {
                note_correction(child.parse().ok()?, corrects.parse().ok()?, body)
            }
            [Some("correct"), Some(concern), Some(corrects), Some(field)] => {
                correction(concern.parse().ok()?, corrects.parse().ok()?, field, body)
            }
            [Some("status"), Some(child), flagged, None] => status(child.parse().ok()?, flagged, body),
            [Some("child"), Some(child), None, None] => child_details(child.parse().ok()?, body),
            [Some("same"), Some(verdict), Some(other), Some(kept)] => Some(Self::Same {
                verdict: Verdict::ALL.into_iter().find(|known| known.name() == verdict)?,
                children: [other.parse().ok()?, kept.parse().ok()?],
                names: target_of(body)?,
            }),
            [Some("contact"), Some("new"), None, None] => Some(Self::NewContact { of: None }),
            [Some("contact"), Some("new"), Some(child), Some(key)] => {
                Some(Self::NewContact { of: Some((child.parse().ok()?, key.into())) })
            }
            [Some("contact"), Some(contact), Some(what), None] if what.starts_with("settle-") => {
                let (says, whose) = target_of(body)?;
                let place = what.strip_prefix("settle-")?.parse().ok()?;
                Some(Self::Settle { contact: contact.parse().ok()?, place, says, whose })
            }
            [Some("contact"), Some(contact), None, None] => contact_details(contact.parse().ok()?, body),
            [Some("contact"), Some(contact), Some("retire"), None] => {
                Some(Self::RetireContact { contact: contact.parse().ok()?, title: target_of(body)? })
            }
            _ => None,
        }
    }
}

fn about(subject: Option<Subject>) -> String {
    match subject {
        Some(Subject::Concern(concern)) => format!("concern-{concern}"),
        Some(Subject::Child(child)) => format!("child-{child}"),
        None => "nothing".to_owned(),
    }
}

fn follow_up(body: &str) -> Option<FormKind> {
    let (subject, preset) = target_of(body)?;
    Some(FormKind::FollowUp { subject, preset })
}

fn step(wanted: &str, body: &str) -> Option<FormKind> {
    let kind = StepKind::ALL.into_iter().find(|known| known.name() == wanted)?;
    Some(FormKind::Step { moving: target_of(body)?, kind })
}

fn decision(concern: ConcernId, kind: &str, body: &str) -> Option<FormKind> {
    let kind = DecisionKind::ALL.into_iter().find(|known| known.name() == kind)?;
    Some(FormKind::Decision { concern, kind, given: target_of(body)? })
}

fn link(concern: ConcernId, position: u32, body: &str) -> Option<FormKind> {
    let (to, name) = target_of(body)?;
    Some(FormKind::Relink { concern, position, to, name })
}

fn correction(concern: ConcernId, corrects: Seq, field: &str, body: &str) -> Option<FormKind> {
    Some(FormKind::Correct { concern, corrects, field: field.parse().ok()?, was: target_of(body)? })
}

fn note_correction(child: ChildId, corrects: Seq, body: &str) -> Option<FormKind> {
    Some(FormKind::CorrectNote { child, corrects, was: target_of(body)? })
}

fn status(child: ChildId, flagged: Option<&str>, body: &str) -> Option<FormKind> {
    Some(match flagged {
        None => FormKind::Flag { child },
        Some(flagged) => FormKind::Unflag { child, flagged: flagged.parse().ok()?, held: target_of(body)? },
    })
}

fn child_details(child: ChildId, body: &str) -> Option<FormKind> {
    Some(FormKind::Child { child, details: Box::new(target_of(body)?) })
}

fn contact_details(contact: ContactId, body: &str) -> Option<FormKind> {
    Some(FormKind::EditContact { contact, details: Box::new(target_of(body)?) })
}

fn target_of<T: DeserializeOwned>(body: &str) -> Option<T> {
    let mut body: Map<String, Value> = serde_json::from_str(body).ok()?;
    serde_json::from_value(body.remove(TARGET)?).ok()
}

fn section_of(wanted: &str) -> Option<SectionKind> {
    SectionKind::ALL.into_iter().find(|section| section.name() == wanted)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::super::decision::Given;
    use super::super::follow_up::{Moving, StepKind};
    use super::super::kind::Calling;
    use super::super::restrict::Member;
    use super::super::status::Held;
    use super::{DecisionKind, FormKind, SectionKind, TARGET, Verdict};
    use crate::desk::act::LinkTo;
    use crate::desk::answer::{PersonChoice, Subject};
    use crate::domain::child::ChildDetails;
    use crate::domain::concern::About;
    use crate::domain::contact::ContactDetails;
    use crate::domain::field::CorrectedField;
    use crate::domain::ids::{ChildId, ConcernId, ContactId, FollowUpId, PersonId, Seq};
    use crate::domain::text::Text;

    fn every_kind() -> Vec<FormKind> {
        let (concern, child, contact) = (ConcernId(7), ChildId(12), ContactId(3));
        let sections = SectionKind::ALL.map(|section| FormKind::Section { concern, section });
        let details =
            Box::new(ContactDetails { service: "First Response".into(), ..ContactDetails::default() });
        let named = Box::new(ChildDetails { name: "Zoë Ahmed".into(), ..ChildDetails::default() });
        let field = CorrectedField::Unknown("Bus/tram".into());
        let day = "2026-06-30".parse().unwrap();
        let [person, name, role] = ["amina-khan", "Amina Khan", "DSL"];
        let amina =
            PersonChoice { person: PersonId(person.to_owned()), name: name.into(), role: role.into() };
        let member = Member::of(amina, None);
        sections
            .into_iter()
            .chain([
                FormKind::Part1 { begun: None },
                FormKind::Part1 { begun: DateTime::from_timestamp_millis(1_795_000_000_123) },
                FormKind::Decision { concern, kind: DecisionKind::Level, given: Given::default() },
                FormKind::Decision {
                    concern,
                    kind: DecisionKind::PartOfChild,
                    given: Given {
                        position: 1,
                        text: "Zoë Ahmed".into(),
                        missing: vec!["A time.".into()],
                        what: "The concern.".into(),
                        about: About::Adult,
                    },
                },
                FormKind::FollowUp { subject: Subject::Child(child), preset: Text::default() },
                FormKind::FollowUp { subject: Subject::Concern(concern), preset: "core-group".into() },
                FormKind::Step { moving: moving(), kind: StepKind::Tried },
                FormKind::Relink {
                    concern, position: 1, to: LinkTo::Known(child), name: "Zoë Ahmed".into()
                },
                FormKind::Relink { concern, position: 0, to: LinkTo::New, name: "A new child".into() },
                FormKind::Restrict { concern, members: vec![member] },
                FormKind::Note { child },
                FormKind::Correct { concern, corrects: Seq(40), field, was: "Monday".into() },
                FormKind::CorrectNote { child, corrects: Seq(41), was: "Rang home".into() },
                FormKind::Child { child, details: named },
                FormKind::Flag { child },
                FormKind::Unflag { child, flagged: Seq(44), held: Held::new("ehcp".into(), day) },
                same(Verdict::One),
                same(Verdict::Two),
                same(Verdict::Parted),
                FormKind::NewContact { of: None },
                FormKind::NewContact { of: Some((child, "social-worker".into())) },
                FormKind::Settle {
                    contact,
                    place: 1,
                    says: "One says 101, one says 999.".into(),
                    whose: "First Response".into(),
                },
                FormKind::Call { subject: Some(Subject::Child(child)), calling: calling(Some(contact)) },
                FormKind::Call { subject: None, calling: calling(None) },
                FormKind::EditContact { contact, details },
                FormKind::RetireContact { contact, title: "First Response".into() },
            ])
            .collect()
    }

    fn moving() -> Moving {
        Moving {
            follow_up: FollowUpId(9),
            subject: Subject::Concern(ConcernId(7)),
            what: "Local authority's decision on the referral".into(),
            whom: "their team manager".into(),
            rung: 2,
            latest: None,
        }
    }

    fn same(verdict: Verdict) -> FormKind {
        let names = ["Zoe Ahmad".into(), "Zoë Ahmed".into()];
        FormKind::Same { verdict, children: [ChildId(19), ChildId(12)], names }
    }

    fn calling(contact: Option<ContactId>) -> Calling {
        let begun =
            DateTime::from_timestamp_millis(1_795_000_000_000 + contact.map_or(0, |contact| contact.0));
        Calling {
            contact,
            whom: "First Response".into(),
            number: "0116 496 0005".into(),
            begun: begun.unwrap(),
        }
    }

    #[test]
    fn every_form_is_found_again_by_its_slot_and_body() {
        for kind in every_kind() {
            let body = json!({ TARGET: kind.target() }).to_string();
            let again = FormKind::from_slot(&kind.slot(), &body).unwrap();
            assert_eq!(
                (again.slot(), again.title(&Text::default()), again.target()),
                (kind.slot(), kind.title(&Text::default()), kind.target())
            );
        }
    }

    #[test]
    fn slots_of_other_editions_open_nothing() {
        for slot in [
            "",
            "part1/soon",
            "part3/7",
            "part2/7/poem",
            "note/x",
            "status/x",
            "status/12/44",
            "contact/3/retire/now",
            "correct/7",
            "correct/7/40/poem",
        ] {
            assert!(FormKind::from_slot(slot, "{}").is_none(), "{slot}");
        }
    }
}
