//! Saving on a disk that is full or read-only, in the real program: it says so, the text stays in the form, and once
//! there is room it is saved.

use dsl_desk::cabinet::backup::kept;
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::Work;
use dsl_desk::desk::{Act, Desk, setup};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::part2::Section;

use super::day::Hands as _;
use super::pty::Terminal;
use crate::small_disk::SmallDisk;
use crate::support::{PASSPHRASE, amina, asked, now, part1, passphrase};

const ADVICE: &str = "Refer today, and ring again on Monday";

fn folder(small: &SmallDisk) -> Folder {
    Folder::new(small.path().join("desk"))
}

/// A desk with a concern about Zoe Marsh, closed.
fn set_up(small: &SmallDisk) {
    let mut desk = setup::set_up(folder(small), asked(), Work::Token, now()).unwrap();
    desk.act(&Act::TypeIn(Box::new(part1("Zoe Marsh", Some("2014-03-02")))), None, now()).unwrap();
}

fn opened(small: &SmallDisk) -> Terminal {
    let (mut terminal, _) = Terminal::open(folder(small).root());
    unlock(&mut terminal);
    terminal
}

fn unlock(terminal: &mut Terminal) {
    terminal.sees("Amina Khan").types(PASSPHRASE).press(&["Enter"]);
}

/// Opens the form for advice over the concern, with the text in it and nothing saved.
fn types_advice(terminal: &mut Terminal) {
    terminal.is_at("Concern 1").press(&["a"]);
    terminal.is_at("Concern 1, Zoe Marsh: Advice sought").press(&["Tab"]).types("Jo Bloggs").press(&["Tab"]);
    terminal.types(ADVICE).sees(ADVICE);
}

fn advice(small: &SmallDisk) -> Vec<String> {
    let desk = Desk::open(folder(small), &amina(), passphrase()).unwrap();
    assert!(desk.verify().unwrap().is_content());
    let concern = desk.concern(ConcernId(1)).unwrap();
    let advice = concern.sections().filter_map(|(_, section)| match section {
        Section::Advice(advice) => Some(advice.advice.to_string()),
        _ => None,
    });
    advice.collect()
}

#[test]
fn a_save_on_a_full_disk_keeps_the_text_and_works_once_there_is_room() {
    SmallDisk::with(
        "tui::full_disk::a_save_on_a_full_disk_keeps_the_text_and_works_once_there_is_room",
        |small| {
            set_up(small);
            let mut terminal = opened(small);
            terminal.puts_off();
            // A backup that is begun with the opening gives room back when it has none.
            terminal.waits_for("a backup", || kept(&folder(small).backups()).len() == 1);
            terminal.sees("Zoe Marsh").press(&["Enter"]).is_at("Concern 1: in danger now?").press(&["n"]);
            types_advice(&mut terminal);
            small.fill();
            terminal
                .press(&["Ctrl-S"])
                .sees("The disk is full; nothing was lost, but this was not saved.")
                .sees(ADVICE);
            terminal.types(" at nine").press(&["Ctrl-S"]).sees("The disk is full").sees("Monday at nine");
            small.make_room();
            terminal.press(&["Ctrl-S"]).is_at("Concern 1").press(&["q"]).ends();
            assert_eq!(advice(small), [format!("{ADVICE} at nine")]);
        },
    );
}

#[test]
fn a_save_on_a_read_only_disk_keeps_the_text_and_works_once_it_is_writable() {
    SmallDisk::with(
        "tui::full_disk::a_save_on_a_read_only_disk_keeps_the_text_and_works_once_it_is_writable",
        |small| {
            set_up(small);
            small.make_read_only();
            let mut terminal = opened(small);
            // Nobody is asked what cannot be recorded.
            terminal.sees("Zoe Marsh").press(&["Enter"]);
            types_advice(&mut terminal);
            terminal.press(&["Ctrl-S"]).sees("opened for reading only").sees(ADVICE);
            small.make_writable();
            terminal.press(&["Ctrl-L"]).sees("locked");
            unlock(&mut terminal);
            // What could not be kept was held until it can be, and is there as after any lock.
            terminal
                .is_at("Concern 1, Zoe Marsh: Advice sought")
                .sees(ADVICE)
                .press(&["Ctrl-S"])
                .puts_off()
                .is_at("Inbox")
                .press(&["q"])
                .ends();
            assert_eq!(advice(small), [ADVICE]);
        },
    );
}
