//! The sections of Part 2 (form F2): what each asks, and the section that the answers make.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;

use super::choice::{Choice, NO, YES};
use super::field::{Field, Key};
use super::gates;
use super::input::{Input, Took};
use super::kind::Calling;
use super::picker::Picker;
use super::sheet::{Sheet, Trouble};
use crate::cabinet::table::concern::Concern;
use crate::desk::Act;
use crate::desk::answer::{DeskInfo, Subject};
use crate::domain::caution::Place;
use crate::domain::ids::ContactId;
use crate::domain::moment::Moment;
use crate::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Ground, Outcome, Parents, Received, Section,
    SectionKind, Signature, Unfinished,
};
use crate::domain::text::Text;

const WHOM: Key = Key::new("contact");
const ROLE: Key = Key::new("role");
const ORGANISATION: Key = Key::new("organisation");
pub(super) const NAME: Key = Key::new("name");
const AT: Key = Key::new("at");
const FROM: Key = Key::new("from");
const ADVICE: Key = Key::new("advice");
pub(super) const WHAT: Key = Key::new("what");
const REASONS: Key = Key::new("reasons");
const SHARED_WITH: Key = Key::new("shared_with");
pub(super) const INFORMED: Key = Key::new("informed");
pub(super) const GROUND: Key = Key::new("ground");
pub(super) const PARENT: Key = Key::new("parent");
const TEXT: Key = Key::new("text");
const COMMENCE: Key = Key::new("commence");
const WHY: Key = Key::new("why");

const WHEN: &str = "As people say it: now, today 14:10, yesterday, fri 9.30, 20/11. The day comes first, in London time. What was understood is shown beneath.";

pub(super) fn questions(section: SectionKind) -> Vec<Field> {
    match section {
        SectionKind::Received => received(),
        SectionKind::Advice => advice(),
        SectionKind::Action => action(),
        SectionKind::Parents => parents(),
        SectionKind::Outcome => outcome(),
        SectionKind::FurtherInformation => vec![Field::area(
            TEXT,
            "Where is it kept?",
            "The pupil file, the serious incident book, the notes made at the time. Original notes are kept and never destroyed.",
        )
        .of(Place::Other)],
        SectionKind::FileCommenced => file_commenced(),
        SectionKind::Signed => vec![
            Field::shown(NAME, "Printed name", ""),
            Field::shown(ROLE, "Role", ""),
            Field::shown(
                WHY,
                "What signing does",
                "Your signature closes Part 2. Whatever is added later is marked as added after signing. Save to sign; you are asked once more.",
            ),
        ],
    }
}

fn received() -> Vec<Field> {
    vec![
        Field::now(AT, "When did it reach you?", WHEN),
        Field::line(FROM, "From whom?", "Name and job of whoever told you or handed over Part 1."),
    ]
}

/// Whom, who answered, and what they said come first: that is the order of a call.
fn advice() -> Vec<Field> {
    vec![
        Field::new(
            WHOM,
            "Whom did you ring? A few letters",
            "Finds somebody in the book; Enter fills in name, role and organisation as far as the book has them, and keeps the number in view. Somebody whom the book does not have is kept as the organisation. You may ask without naming the child.",
            Input::Contact(Picker::default()),
        ),
        Field::line(NAME, "Name of who answered", "Ask for it early, and how it is spelt."),
        gates::despite(13),
        Field::area(
            ADVICE,
            "Advice given",
            "What they told you to do, in their words where you can. Say so if they told you to do nothing.",
        )
        .of(Place::Advice),
        Field::now(AT, "When?", WHEN),
        Field::line(ROLE, "Role", "What they are: duty social worker, LADO, call handler."),
        Field::line(ORGANISATION, "Organisation", "Whom they work for."),
    ]
}

fn action() -> Vec<Field> {
    vec![
        Field::area(
            WHAT,
            "Action taken",
            "Such as a referral (and whether the MARF was sent), early help, monitoring. It is not for the desk to investigate or to interview.",
        )
        .of(Place::Action),
        gates::despite(13),
        Field::area(
            REASONS,
            "Reasons",
            "Why this and not something else. Reasons are recorded for every decision.",
        )
        .of(Place::Action),
        Field::area(
            SHARED_WITH,
            "Shared with whom, and when? (may stay empty)",
            "Names and times. Tell only those who need to know, and what they need to know.",
        )
        .of(Place::Action),
        Field::now(AT, "When?", WHEN),
    ]
}

fn parents() -> Vec<Field> {
    vec![
        Field::choice(
            INFORMED,
            "Were the parents informed?",
            "Parents are told unless that would put somebody at greater risk, hamper the police, or lose time without cause. A referral waits for nobody's consent.",
            Choice::yes_no(),
        ),
        Field::choice(
            GROUND,
            "On which ground were they not told?",
            "The first three are those of the policy. Space goes from one to the next.",
            Choice::among(Ground::ALL.map(Ground::label)),
        )
        .only_if(INFORMED, NO),
        gates::despite(3),
        gates::despite(13),
        Field::choice(
            PARENT,
            "Is a parent or carer the concern?",
            "Anybody who cares for the child at home. Where they are, social care or the police speak to them, and not you.",
            Choice::yes_no(),
        )
        .only_if(INFORMED, YES),
        gates::despite(4),
        Field::area(REASONS, "Reasons, whichever the answer", "Why they were told, or why not (yet).")
            .of(Place::Action),
        Field::moment(AT, "When were they told? (may stay empty)", WHEN).only_if(INFORMED, YES),
    ]
}

fn outcome() -> Vec<Field> {
    vec![
        Field::line(FROM, "Who told you?", "Names of the people or agencies who gave you the outcome."),
        Field::area(
            TEXT,
            "Outcome",
            "What came of it. If you are not content with it, the next step is to escalate.",
        )
        .of(Place::Advice),
        Field::now(AT, "When?", WHEN),
    ]
}

fn file_commenced() -> Vec<Field> {
    vec![
        Field::choice(
            COMMENCE,
            "Should a confidential file be commenced?",
            "If there is not already one. The file goes with the child to the next school.",
            Choice::yes_no(),
        ),
        Field::area(WHY, "Why, whichever the answer?", "Reasons are recorded for every decision.")
            .of(Place::Action),
    ]
}

/// Name, role and organisation of whom she rang. What she typed there herself stays.
pub(super) fn fill_from_picked(sheet: &mut Sheet) {
    let Some((adviser, before)) = sheet.picker_mut().map(Picker::fill) else { return };
    for (key, text, last) in [
        (NAME, adviser.name, before.name),
        (ROLE, adviser.role, before.role),
        (ORGANISATION, adviser.organisation, before.organisation),
    ] {
        let standing = sheet.text(key);
        if (standing.is_blank() || *standing == *last)
            && let Some(input) = sheet.input_mut(key)
        {
            input.offer(&text);
        }
    }
}

/// When the report came in, and who wrote it: what is asked in most cases.
pub(super) fn fill_from_report(sheet: &mut Sheet, concern: &Concern) {
    let reporter = &concern.part1.reporter;
    let names = [&reporter.name, &reporter.job_title].map(Text::one_line);
    let from = names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let at = concern.row.received_at.with_timezone(&London).format("%-d/%-m/%Y %H:%M").to_string();
    for (key, text) in [(FROM, from), (AT, at)] {
        if let Some(input) = sheet.input_mut(key) {
            input.offer(&text);
        }
    }
}

/// Whose desk it is signs, and nobody else.
pub(super) fn show_signatory(sheet: &mut Sheet, desk: &DeskInfo) {
    for (key, words) in [(NAME, &desk.name), (ROLE, &desk.role)] {
        if let Some(Input::Shown(text)) = sheet.input_mut(key) {
            *text = words.to_string();
        }
    }
}

/// The section, or the first thing that is missing (D1, D2).
pub(super) fn section(kind: SectionKind, sheet: &Sheet, now: DateTime<Utc>) -> Result<Section, Trouble> {
    let section = match kind {
        SectionKind::Received => {
            Section::Received(Received { at: sheet.needed_moment(AT, now)?, from: sheet.text(FROM) })
        }
        SectionKind::Advice => Section::Advice(Advice {
            at: sheet.needed_moment(AT, now)?,
            name: sheet.text(NAME),
            role: sheet.text(ROLE),
            organisation: organisation(sheet),
            advice: sheet.text(ADVICE),
            contact: contact(sheet),
        }),
        SectionKind::Action => Section::Action(Action {
            at: sheet.needed_moment(AT, now)?,
            what: sheet.text(WHAT),
            reasons: sheet.text(REASONS),
            shared_with: sheet.text(SHARED_WITH),
        }),
        SectionKind::Parents => Section::Parents(told(sheet, now)?),
        SectionKind::Outcome => Section::Outcome(Outcome {
            at: sheet.needed_moment(AT, now)?,
            from: sheet.text(FROM),
            text: sheet.text(TEXT),
        }),
        SectionKind::FurtherInformation => {
            Section::FurtherInformation(FurtherInformation { text: sheet.text(TEXT) })
        }
        SectionKind::FileCommenced => Section::FileCommenced(FileCommenced {
            commence: sheet.answered(COMMENCE)?,
            why: sheet.text(WHY),
        }),
        SectionKind::Signed => {
            Section::Signed(Signature { name: sheet.shown(NAME), role: sheet.shown(ROLE) })
        }
    };
    section.check().map_err(|missing| Trouble::new(field_of(&missing), missing.to_string()))?;
    Ok(section)
}

/// Advice on the telephone, wherever it belongs: of a concern it is a section of Part 2.
pub(super) fn call(subject: Option<Subject>, sheet: &Sheet, now: DateTime<Utc>) -> Result<Act, Trouble> {
    let section = section(SectionKind::Advice, sheet, now)?;
    Ok(match (subject, section) {
        (Some(Subject::Concern(concern)), section) => Act::Section { concern, section },
        (Some(Subject::Child(child)), Section::Advice(advice)) => {
            Act::NoteCall { child: Some(child), advice }
        }
        (_, Section::Advice(advice)) => Act::NoteCall { child: None, advice },
        // The fields of advice make advice.
        (_, _) => return Err(Trouble::new(ADVICE, "Write down what they said.")),
    })
}

/// What she has typed of what they said; the rest is filled in.
pub(super) fn is_said(sheet: &Sheet) -> bool {
    let filled = sheet.picker().map(Picker::filled_name).unwrap_or_default();
    let name = sheet.text(NAME);
    !sheet.text(ADVICE).is_blank() || !name.is_blank() && name.as_str() != filled
}

/// Whom she has rung, out of the ring screen.
pub(super) fn rung(sheet: &mut Sheet, calling: &Calling) -> Option<Took> {
    let wish = sheet.picker_mut().map(|picker| picker.pick(calling.contact));
    sheet.go_to(NAME);
    wish.map(Took::Picker)
}

/// What belongs to the other answer is left out, whatever was chosen before the answer changed.
fn told(sheet: &Sheet, now: DateTime<Utc>) -> Result<Parents, Trouble> {
    let informed = sheet.answered(INFORMED)?;
    let ground = ground(sheet);
    if !informed && ground.is_none() {
        return Err(Trouble::new(GROUND, "Choose the ground: Space or the arrows go through them."));
    }
    Ok(Parents {
        informed,
        reasons: sheet.text(REASONS),
        at: if informed { sheet.moment(AT, now)? } else { None },
        ground: ground.filter(|_| !informed),
        parent_is_concern: if informed { Some(sheet.answered(PARENT)?) } else { None },
    })
}

fn ground(sheet: &Sheet) -> Option<Ground> {
    Ground::ALL.into_iter().find(|ground| Some(ground.label()) == sheet.word(GROUND))
}

/// What the rules have something to say to, as far as it is answered.
pub(super) fn so_far(kind: SectionKind, sheet: &Sheet, now: DateTime<Utc>) -> Option<Section> {
    let at = Moment::At(now);
    Some(match kind {
        SectionKind::Parents => {
            let informed = sheet.yes_or_no(INFORMED)?;
            let parent_is_concern = sheet.yes_or_no(PARENT);
            Section::Parents(Parents {
                informed,
                ground: ground(sheet),
                parent_is_concern,
                at: sheet.moment(AT, now).ok().flatten(),
                ..Parents::default()
            })
        }
        SectionKind::Action => Section::Action(Action {
            at,
            what: sheet.text(WHAT),
            reasons: sheet.text(REASONS),
            shared_with: sheet.text(SHARED_WITH),
        }),
        SectionKind::Advice => Section::Advice(Advice {
            at,
            name: sheet.text(NAME),
            role: sheet.text(ROLE),
            organisation: sheet.text(ORGANISATION),
            advice: sheet.text(ADVICE),
            contact: None,
        }),
        SectionKind::Received
        | SectionKind::Outcome
        | SectionKind::FurtherInformation
        | SectionKind::FileCommenced
        | SectionKind::Signed => return None,
    })
}

/// Beneath which field a rule speaks.
pub(super) fn spoken_at(kind: SectionKind, rule: u8) -> Key {
    match (kind, rule) {
        (SectionKind::Parents, 4) => PARENT,
        (SectionKind::Parents, 5) => GROUND,
        (SectionKind::Parents, _) => INFORMED,
        (SectionKind::Advice, _) => NAME,
        (_, _) => WHAT,
    }
}

/// Or what was typed of somebody whom the book does not have.
fn organisation(sheet: &Sheet) -> Text {
    let typed = sheet.text(ORGANISATION);
    let letters = sheet.picker().map(Picker::letters).unwrap_or_default();
    if typed.is_blank() { Text::from(letters) } else { typed }
}

fn contact(sheet: &Sheet) -> Option<ContactId> {
    sheet.picker().and_then(Picker::contact)
}

fn field_of(missing: &Unfinished) -> Key {
    match missing {
        Unfinished::From | Unfinished::OutcomeFrom => FROM,
        Unfinished::Advice => ADVICE,
        Unfinished::Adviser | Unfinished::Name => NAME,
        Unfinished::What => WHAT,
        Unfinished::ActionReasons | Unfinished::ParentsReasons => REASONS,
        Unfinished::Outcome | Unfinished::FurtherInformation => TEXT,
        Unfinished::Why => WHY,
    }
}
