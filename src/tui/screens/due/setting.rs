//! "What is due?": one's own, the file of a child who leaves, or one of the presets, which are from memory and say so.

use crate::desk::answer::Subject;
use crate::domain::deadline::{self, Deadline};
use crate::domain::text::Text;
use crate::tui::layer::Effect;
use crate::tui::screens::Layer;
use crate::tui::screens::choice::{Answer, Choice};
use crate::tui::screens::form::{Form, FormKind};

/// Asks which, and opens its form.
pub(in crate::tui::screens) fn which(subject: Subject) -> Effect {
    let own = Answer { text: "something of your own".to_owned(), effect: form(subject, Text::default()) };
    let preset = |preset: &Deadline| Answer {
        text: format!("{} ({})", preset.what, preset.edition),
        effect: form(subject, Text::from(preset.id.as_str())),
    };
    // Of a child who leaves without a roll that says so.
    let of_child = match subject {
        Subject::Child(_) => deadline::by_id("file-transfer"),
        Subject::Concern(_) => None,
    };
    let known = of_child.into_iter().chain(deadline::presets());
    let answers = std::iter::once(own).chain(known.map(preset)).collect();
    Layer::Choice(Choice::new("What is due?".to_owned(), answers)).open()
}

fn form(subject: Subject, preset: Text) -> Effect {
    Layer::Form(Form::new(FormKind::FollowUp { subject, preset })).open()
}
