//! Forms with a real desk behind them: what is saved is recorded, and its draft is gone with it.

use chrono::TimeDelta;
use crossterm::event::KeyCode;

use super::super::testing::{control, cx, press, screen, write};
use super::super::{Form, FormKind};
use super::section;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::Work;
use crate::desk::request::SetUp;
use crate::desk::worker::{Clock, Service};
use crate::desk::{Reply, Request};
use crate::domain::ids::ConcernId;
use crate::domain::part2::{Section, SectionKind};
use crate::tui::layer::{Effect, Effects, Surface as _};

struct Desk {
    service: Service,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn set_up() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = Folder::new(folder.path().to_owned());
        let mut service = Service::new(at, Work::Token, Clock::new(|| cx().now));
        let asked = SetUp {
            organisation: "Maple Road School".into(),
            name: "Amina Khan".into(),
            role: "Designated Safeguarding Lead".into(),
            receiver: None,
            passphrase: "four quiet walking boots".to_owned().into(),
        };
        assert!(matches!(service.answer(Request::SetUp(Box::new(asked))), Reply::Open(_)));
        Self { service, _folder: folder }
    }

    fn open(&mut self, kind: FormKind) -> Form {
        let mut form = Form::new(kind);
        let effects = form.refresh(&cx());
        self.answer(&mut form, effects);
        form
    }

    /// Answers whatever is asked until nothing is; says what else was wanted.
    fn answer(&mut self, form: &mut Form, effects: Effects) -> Vec<String> {
        let mut said = Vec::new();
        let mut queue = effects;
        while let Some(effect) = (!queue.is_empty()).then(|| queue.remove(0)) {
            match effect {
                Effect::Ask(request) => queue.extend(form.reply(&cx(), self.service.answer(request))),
                Effect::Say(sentence) => said.push(sentence),
                _ => {}
            }
        }
        said
    }

    fn write(&mut self, form: &mut Form, text: &str) {
        let effects = write(form, &cx(), text);
        self.answer(form, effects);
    }

    fn press(&mut self, form: &mut Form, code: KeyCode) {
        let effects = press(form, &cx(), code);
        self.answer(form, effects);
    }

    fn save(&mut self, form: &mut Form) -> Vec<String> {
        let effects = control(form, &cx(), 's');
        self.answer(form, effects)
    }

    fn drafts(&mut self) -> usize {
        let Reply::Drafts(drafts) = self.service.answer(Request::Drafts) else { panic!("no list") };
        drafts.len()
    }

    fn part1(&mut self) -> Vec<String> {
        let mut form = self.open(FormKind::new_concern(cx().now));
        self.write(&mut form, "n");
        form.sheet.next();
        form.sheet.next();
        self.write(&mut form, "Zoë Ahmed");
        for words in ["y", "She came without shoes.", "Mr Osei"] {
            self.save(&mut form);
            self.write(&mut form, words);
        }
        self.save(&mut form)
    }
}

#[test]
fn a_concern_and_the_advice_on_it_are_recorded_and_leave_no_draft() {
    let mut desk = Desk::set_up();
    assert_eq!(desk.part1(), ["Recorded at 14:10: concern 1."]);
    let concern = ConcernId(1);
    let mut form = desk.open(FormKind::Section { concern, section: SectionKind::Advice });
    desk.write(&mut form, "fir");
    desk.press(&mut form, KeyCode::Enter);
    assert!(screen(&mut form, 80, 22).contains("First Response"), "{}", screen(&mut form, 80, 22));
    desk.write(&mut form, "Jo Bloggs");
    desk.press(&mut form, KeyCode::Enter);
    desk.write(&mut form, "Refer today.");
    let effects = form.tick(&cx());
    desk.answer(&mut form, effects);
    assert_eq!(desk.drafts(), 1);
    assert_eq!(desk.save(&mut form), ["Recorded at 14:10: Concern 1, Zoë Ahmed: Advice sought."]);
    assert_eq!(desk.drafts(), 0);
    let Reply::Concern(concern) = desk.service.answer(Request::Concern(concern)) else {
        panic!("no concern")
    };
    let advice = concern.sections().find_map(|(_, section)| match section {
        Section::Advice(advice) => Some(advice),
        _ => None,
    });
    assert!(advice.is_some_and(|advice| advice.contact.is_some() && &*advice.advice == "Refer today."));
}

#[test]
fn whom_the_book_does_not_have_is_kept_as_the_organisation_and_a_date_of_long_ago_is_questioned() {
    let mut desk = Desk::set_up();
    desk.part1();
    let concern = ConcernId(1);
    let mut form = desk.open(FormKind::Section { concern, section: SectionKind::Advice });
    for words in ["Zzyzx Trust", "Jo Bloggs", "Wait until Monday."] {
        desk.write(&mut form, words);
        desk.press(&mut form, KeyCode::Tab);
    }
    desk.write(&mut form, "1/1/1900 09:00");
    let asked = control(&mut form, &cx(), 's');
    let shown = screen(&mut form, 80, 40);
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Open(_))), "is the date right?\n{shown}");
    let effects = form.confirmed(&cx());
    assert_eq!(desk.answer(&mut form, effects), ["Recorded at 14:10: Concern 1, Zoë Ahmed: Advice sought."]);
    let Reply::Concern(concern) = desk.service.answer(Request::Concern(concern)) else {
        panic!("no concern")
    };
    let kept = concern.sections().any(|(_, section)| match section {
        Section::Advice(advice) => &*advice.organisation == "Zzyzx Trust" && advice.contact.is_none(),
        _ => false,
    });
    assert!(kept);
}

#[test]
fn a_new_concern_never_takes_up_the_words_of_another() {
    let mut desk = Desk::set_up();
    for (name, minutes) in [("Zoë Ahmed", 1), ("Ava Reed", 2)] {
        let mut form = desk.open(FormKind::new_concern(cx().now + TimeDelta::minutes(minutes)));
        assert_eq!(screen(&mut form, 80, 22).contains("Another new concern is not finished"), minutes == 2);
        form.sheet.next();
        form.sheet.next();
        desk.write(&mut form, name);
        assert!(!screen(&mut form, 80, 22).contains("Zoë Ahmed") || minutes == 1);
        desk.press(&mut form, KeyCode::Esc);
    }
    let Reply::Drafts(drafts) = desk.service.answer(Request::Drafts) else { panic!("no list") };
    let held = |name: &str| drafts.iter().filter(|draft| draft.body.contains(name)).count();
    assert_eq!((drafts.len(), held("Zoë Ahmed"), held("Ava Reed")), (2, 1, 1));
}

#[test]
fn a_draft_outlives_its_form() {
    let mut desk = Desk::set_up();
    desk.part1();
    let mut form = desk.open(section(SectionKind::Outcome));
    desk.write(&mut form, "CAIU");
    desk.press(&mut form, KeyCode::Esc);
    assert_eq!(desk.drafts(), 1);
    let mut again = desk.open(section(SectionKind::Outcome));
    assert!(screen(&mut again, 80, 22).contains("CAIU"));
    for _ in 0..4 {
        desk.press(&mut again, KeyCode::Backspace);
    }
    desk.press(&mut again, KeyCode::Esc);
    assert_eq!(desk.drafts(), 0, "nothing is left of what was taken back");
}
