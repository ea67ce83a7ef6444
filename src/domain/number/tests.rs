//! Numbers as people write them. Those of people are Ofcom's for drama.

use proptest::prelude::*;

use super::{grouped, line, note, parts, same_line};

fn alike(numbers: &[&str]) {
    for one in numbers {
        for other in numbers {
            assert!(same_line(one, other), "{one} / {other}");
        }
    }
}

#[test]
fn one_line_however_it_is_written() {
    alike(&["0116 3050005", "0116 305 0005", "(0116) 305-0005", "+44 (0)116 305 0005", "0044 116 305 0005"]);
    alike(&[
        "07700 900123",
        "+447700900123",
        "447700900123",
        "44 (0)7700 900123",
        "+44 07700.900123",
        "07700 900123 (mum)",
    ]);
    alike(&["0800 1111", "08001111", "+44 800 1111", "Childline 0800 1111"]);
    alike(&["18001 0116 496 0001", "18001 +44 116 496 0001", "1800101164960001"]);
    alike(&["+353 1 496 0000", "00353 1 496 0000", "+353 (0)1 496 0000"]);
    alike(&["01632 960123 ext 12", "01632 960123 x12", "Tel: 01632 960123"]);
}

#[test]
fn short_codes_are_numbers_like_any_other() {
    for short in ["999", "101", "111", "112", "116123"] {
        assert_eq!(line(short).as_str(), short);
        assert!(!same_line(short, &format!("0{short}")) && !same_line(short, "0800 1111"));
    }
    assert!(same_line("999", "9 9 9"));
    assert!(same_line("116 123", "116123"));
}

#[test]
fn other_lines() {
    for (one, other) in [
        ("0116 305 0005", "0116 305 0006"),
        ("18001 0116 496 0001", "0116 496 0001"),
        ("0116 496 0001", "496 0001"),
        ("", ""),
        ("ask at reception", ""),
        ("0800 REVERSE", "0800 FLOWERS"),
        ("0800 REVERSE", "0800 7383773"),
        ("+353 1 496 0000", "01 496 0000"),
    ] {
        assert!(!same_line(one, other), "{one} / {other}");
    }
}

#[test]
fn what_is_written_beside_a_number_is_its_note() {
    for (typed, noted) in [
        ("07700 900123 (mum)", "mum"),
        ("01632 960123 ext 12", "ext 12"),
        ("01632 960123 x12", "x12"),
        ("Mobile: 07700 900123", "Mobile"),
        ("Tel. 01632 960123 - ask for the office", "Tel. ask for the office"),
        ("07700 900123 or 01632 960456", "or 01632 960456"),
        ("0116 305 0005", ""),
        ("(0116) 305 0005", ""),
    ] {
        assert_eq!(note(typed).as_str(), noted, "{typed}");
    }
}

#[test]
fn grouped_for_reading_aloud() {
    for (typed, read) in [
        ("01164541004", "0116 454 1004"),
        ("0116 3050005", "0116 305 0005"),
        ("01572758407", "01572 758 407"),
        ("+44 20 79460000", "020 7946 0000"),
        ("0161 4960000", "0161 496 0000"),
        ("07700900123", "07700 900123"),
        ("08001111", "0800 1111"),
        ("08088005000", "0808 800 5000"),
        ("0300 1231234", "0300 123 1234"),
        ("015394 32123", "015394 32123"),
        ("999", "999"),
        ("101", "101"),
        ("116123", "116 123"),
        ("1800101164960001", "18001 0116 496 0001"),
        ("07700900123 (mum)", "07700 900123 (mum)"),
        ("Tel: +441164960001 ext 12", "Tel: 0116 496 0001 ext 12"),
    ] {
        assert_eq!(grouped(typed), read, "{typed}");
    }
}

#[test]
fn what_is_not_understood_stays_as_it_was_typed() {
    for typed in ["+353 1 496 0000", "0800 REVERSE", "ask at reception", "", "0116", "496-0001", "  x  "] {
        assert_eq!(grouped(typed), typed);
    }
}

fn number_like() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9+() .x-]{0,24}",
        "(\\+44|0044|44|00|18001 ?)?[ (]{0,2}0?[0-9 ()]{6,14}( ?\\(mum\\)| ext [0-9]{1,3}| x)?",
        "[A-Za-zİß0-9+ ]{0,14}",
    ]
}

#[test]
fn a_number_too_short_for_its_code_reads_as_itself() {
    for typed in ["0044(0)000(0", "+001234567", "+00 44 (0)", "0044(0)", "+1(0)23456", "+44(0)1234"] {
        let once = line(typed);
        assert_eq!(line(once.as_str()).as_str(), once.as_str(), "{typed}");
    }
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(typed in number_like()) {
        let once = line(&typed);
        let twice = line(once.as_str());
        prop_assert_eq!(twice.as_str(), once.as_str());
    }

    #[test]
    fn grouping_keeps_the_line_and_the_note(typed in number_like()) {
        let read = grouped(&typed);
        prop_assert!(line(&read) == line(&typed));
        prop_assert_eq!(note(&read), note(&typed));
        prop_assert_eq!(grouped(&read), read);
    }

    #[test]
    fn nothing_that_was_typed_is_lost(typed in number_like()) {
        let parts = parts(&typed);
        let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(seen(&format!("{}{}{}", parts.before, parts.dialled, parts.after)), seen(&typed));
    }
}
