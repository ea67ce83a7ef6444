//! Part 2: what the designated safeguarding lead did (form F2), section by section.
//!
//! Each section is saved as an entry of its own. What may not be saved yet is said by [`Section::check`].

use serde::{Deserialize, Serialize};

use super::ids::ContactId;
use super::moment::Moment;
use super::person::is_full_name;
use super::text::{Text, sentence};

/// "Time and date information received by DSL, and from whom."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    pub at: Moment,
    pub from: Text,
}

/// "Any advice sought by DSL (date, time, name, role, organisation, and advice given)."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    pub at: Moment,
    #[serde(default)]
    pub name: Text,
    #[serde(default)]
    pub role: Text,
    #[serde(default)]
    pub organisation: Text,
    pub advice: Text,
    /// Whom of the book she rang, where she picked one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
}

/// "Action taken … with reasons. Note time, date, names, who information shared with and when."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    pub at: Moment,
    pub what: Text,
    #[serde(default)]
    pub reasons: Text,
    #[serde(default)]
    pub shared_with: Text,
}

/// Why parents are not told (R5, S2:148-154).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    Harm,
    Crime,
    Delay,
    /// None of the three that the policy gives; the reasons say which.
    Other,
}

impl Ground {
    pub const ALL: [Self; 4] = [Self::Harm, Self::Crime, Self::Delay, Self::Other];

    pub fn label(self) -> &'static str {
        match self {
            Self::Harm => "it would put somebody at greater risk of serious harm",
            Self::Crime => "it would hamper the prevention or detection of a serious crime",
            Self::Delay => "it would mean a delay that cannot be justified",
            Self::Other => "another reason, written below",
        }
    }
}

/// "Parents informed Y/N and reasons."
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parents {
    pub informed: bool,
    pub reasons: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// Where they were not informed; none in records from before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Whether it is about a parent or carer (R4), where they were informed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_is_concern: Option<bool>,
}

/// "Outcome: names of individuals or agencies who have given information regarding outcome of any referral."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub at: Moment,
    pub from: Text,
    pub text: Text,
}

/// "Where can additional information regarding child or incident be found?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherInformation {
    pub text: Text,
}

/// "Should a concern or confidential file be commenced if there is not already one? Why?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCommenced {
    pub commence: bool,
    pub why: Text,
}

/// "Signed" and "Printed name". The signature itself is the one on the ledger entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub name: Text,
    pub role: Text,
}

/// One section of Part 2, filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "section", rename_all = "kebab-case")]
pub enum Section {
    Received(Received),
    Advice(Advice),
    Action(Action),
    Parents(Parents),
    Outcome(Outcome),
    FurtherInformation(FurtherInformation),
    FileCommenced(FileCommenced),
    Signed(Signature),
}

/// Which section, without its contents: for outlines, keys and drafts. In the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    Received,
    Advice,
    Action,
    Parents,
    Outcome,
    FurtherInformation,
    FileCommenced,
    Signed,
}

impl SectionKind {
    /// Whether the form asks when it happened.
    pub fn has_moment(self) -> bool {
        match self {
            Self::Received | Self::Advice | Self::Action | Self::Parents | Self::Outcome => true,
            Self::FurtherInformation | Self::FileCommenced | Self::Signed => false,
        }
    }

    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Advice,
        Self::Action,
        Self::Parents,
        Self::Outcome,
        Self::FurtherInformation,
        Self::FileCommenced,
        Self::Signed,
    ];

    /// As in the ledger's bodies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Advice => "advice",
            Self::Action => "action",
            Self::Parents => "parents",
            Self::Outcome => "outcome",
            Self::FurtherInformation => "further-information",
            Self::FileCommenced => "file-commenced",
            Self::Signed => "signed",
        }
    }

    /// The words of the form, shortened.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::Advice => "Advice sought",
            Self::Action => "Action taken",
            Self::Parents => "Parents informed",
            Self::Outcome => "Outcome",
            Self::FurtherInformation => "Further information",
            Self::FileCommenced => "File commenced",
            Self::Signed => "Signed",
        }
    }

    /// The question that the form asks.
    pub fn question(self) -> &'static str {
        match self {
            Self::Received => "When did this reach you, and from whom?",
            Self::Advice => "Whom did you ask, and what did they advise?",
            Self::Action => "What was done, why, and with whom was it shared?",
            Self::Parents => "Were the parents informed? Why, or why not?",
            Self::Outcome => "What came of it, and who told you?",
            Self::FurtherInformation => "Where can more be found (pupil file, serious incident book)?",
            Self::FileCommenced => "Should a confidential file be commenced? Why?",
            Self::Signed => "Sign Part 2 with your name",
        }
    }
}

/// Why a section cannot be saved yet: what to fill in, in the words of the form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfinished {
    #[error("Say from whom you received it.")]
    From,
    #[error("Write down what they advised.")]
    Advice,
    #[error("Say who gave the advice: a name, a role or an organisation.")]
    Adviser,
    #[error("Say what was done.")]
    What,
    #[error("Give the reasons for the action.")]
    ActionReasons,
    #[error("Give the reasons, whichever the answer.")]
    ParentsReasons,
    #[error("Say who told you the outcome.")]
    OutcomeFrom,
    #[error("Write down the outcome.")]
    Outcome,
    #[error("Say where further information is kept.")]
    FurtherInformation,
    #[error("Say why, whichever the answer.")]
    Why,
    #[error("Sign with your full name, not initials.")]
    Name,
}

impl Section {
    pub fn kind(&self) -> SectionKind {
        match self {
            Self::Received(_) => SectionKind::Received,
            Self::Advice(_) => SectionKind::Advice,
            Self::Action(_) => SectionKind::Action,
            Self::Parents(_) => SectionKind::Parents,
            Self::Outcome(_) => SectionKind::Outcome,
            Self::FurtherInformation(_) => SectionKind::FurtherInformation,
            Self::FileCommenced(_) => SectionKind::FileCommenced,
            Self::Signed(_) => SectionKind::Signed,
        }
    }

    /// May this be saved? Reasons are asked wherever the form asks for them (D1, D2).
    pub fn check(&self) -> Result<(), Unfinished> {
        let needed: &[(&Text, Unfinished)] = match self {
            Self::Received(s) => &[(&s.from, Unfinished::From)],
            Self::Advice(s) => {
                if s.name.is_blank() && s.role.is_blank() && s.organisation.is_blank() {
                    return Err(Unfinished::Adviser);
                }
                &[(&s.advice, Unfinished::Advice)]
            }
            Self::Action(s) => &[(&s.what, Unfinished::What), (&s.reasons, Unfinished::ActionReasons)],
            Self::Parents(s) => &[(&s.reasons, Unfinished::ParentsReasons)],
            Self::Outcome(s) => &[(&s.from, Unfinished::OutcomeFrom), (&s.text, Unfinished::Outcome)],
            Self::FurtherInformation(s) => &[(&s.text, Unfinished::FurtherInformation)],
            Self::FileCommenced(s) => &[(&s.why, Unfinished::Why)],
            Self::Signed(s) if !is_full_name(&s.name) => return Err(Unfinished::Name),
            Self::Signed(_) => &[],
        };
        match needed.iter().find(|(text, _)| text.is_blank()) {
            Some((_, missing)) => Err(missing.clone()),
            None => Ok(()),
        }
    }

    /// When it happened, as told; sections without a time of their own have none.
    pub fn happened(&self) -> Option<Moment> {
        match self {
            Self::Received(s) => Some(s.at),
            Self::Advice(s) => Some(s.at),
            Self::Action(s) => Some(s.at),
            Self::Outcome(s) => Some(s.at),
            Self::Parents(s) => s.at,
            Self::FurtherInformation(_) | Self::FileCommenced(_) | Self::Signed(_) => None,
        }
    }

    /// The section as one sentence of a chronology (F3: "information/details of concerns or contact").
    pub fn sentence(&self) -> String {
        match self {
            Self::Received(s) => format!("Received from {}.", s.from),
            Self::Advice(s) => format!("{} {}", s.beginning(), s.advice),
            Self::Action(s) if s.shared_with.is_blank() => {
                format!("Action taken: {} Reasons: {}", sentence(&s.what), s.reasons)
            }
            Self::Action(s) => {
                let (what, reasons) = (sentence(&s.what), sentence(&s.reasons));
                format!("Action taken: {what} Reasons: {reasons} Shared with: {}", s.shared_with)
            }
            Self::Parents(s) => s.sentence(),
            Self::Outcome(s) => format!("Outcome, from {}: {}", s.from, s.text),
            Self::FurtherInformation(s) => format!("Further information: {}", s.text),
            Self::FileCommenced(s) if s.commence => format!("Confidential file to be commenced: {}", s.why),
            Self::FileCommenced(s) => format!("No confidential file to be commenced: {}", s.why),
            Self::Signed(s) => format!("Part 2 signed by {}.", named(&[&s.name, &s.role])),
        }
    }
}

impl Advice {
    /// As it stands once it was put right. It is put right in one sentence: whose advice it is goes on only where that
    /// sentence begins as before, and otherwise it is that of nobody whom a rule knows.
    pub fn put_right(&self, instead: &Text, happened_at: Option<Moment>) -> Self {
        let at = happened_at.unwrap_or(self.at);
        let sentence = instead.one_line();
        match sentence.strip_prefix(&Text::from(self.beginning()).one_line()) {
            Some(advice) => Self { at, advice: Text::from(advice.trim_start()), ..self.clone() },
            None => Self {
                at,
                // No name: whose it is stands in the words, if anywhere.
                name: Text::from("Put right"),
                role: Text::default(),
                organisation: Text::default(),
                advice: instead.clone(),
                contact: None,
            },
        }
    }

    /// Whose it is, as far as that is known.
    pub fn whose(&self) -> String {
        named(&[&self.name, &self.role, &self.organisation])
    }

    fn beginning(&self) -> String {
        format!("Advice sought from {}:", self.whose())
    }
}

impl Parents {
    fn sentence(&self) -> String {
        let answer = match (self.informed, self.ground, self.parent_is_concern) {
            (true, _, Some(true)) => "Parents informed; a parent or carer is the concern.".to_owned(),
            (true, _, _) => "Parents informed.".to_owned(),
            (false, Some(ground), _) if ground != Ground::Other => {
                format!("Parents not informed: {}.", ground.label())
            }
            (false, _, _) => "Parents not informed.".to_owned(),
        };
        format!("{answer} Reasons: {}", self.reasons)
    }
}

/// The parts that are known, joined by commas.
fn named(parts: &[&Text]) -> String {
    let known: Vec<&str> = parts.iter().filter(|part| !part.is_blank()).map(|part| part.as_str()).collect();
    known.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Section, Signature, Unfinished};

    fn signed(name: &str) -> Result<(), Unfinished> {
        Section::Signed(Signature { name: name.into(), role: "DSL".into() }).check()
    }

    #[test]
    fn a_signature_is_a_name_and_not_initials() {
        assert_eq!(signed("A. K."), Err(Unfinished::Name));
        assert_eq!(signed("LI NA"), Ok(()));
    }
}
