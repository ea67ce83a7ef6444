//! What other programs write (`tests/data/contacts/`), a dialect each. Everybody in them is invented.

use proptest::prelude::*;

use crate::domain::contact::ContactDetails;
use crate::domain::text::Text;
use crate::intake::contacts::{Card, Cards, Refusal, read};

const APPLE: &[u8] = include_bytes!("../../../tests/data/contacts/apple_3.vcf");
const GOOGLE: &[u8] = include_bytes!("../../../tests/data/contacts/google_3.vcf");
const OUTLOOK: &[u8] = include_bytes!("../../../tests/data/contacts/outlook_2_1.vcf");
const ANDROID: &[u8] = include_bytes!("../../../tests/data/contacts/android_2_1.vcf");
const NOKIA: &[u8] = include_bytes!("../../../tests/data/contacts/nokia_2_1.vcf");
const LATIN: &[u8] = include_bytes!("../../../tests/data/contacts/latin_2_1.vcf");
const STANDARD: &[u8] = include_bytes!("../../../tests/data/contacts/standard_4.vcf");
const THUNDERBIRD: &[u8] = include_bytes!("../../../tests/data/contacts/thunderbird_4.vcf");
const UTF16: &[u8] = include_bytes!("../../../tests/data/contacts/windows_utf16.vcf");
const EVOLUTION: &[u8] = include_bytes!("../../../tests/data/contacts/evolution_3.vcf");
const ESCAPES: &[u8] = include_bytes!("../../../tests/data/contacts/escapes_3.vcf");
const NEXTCLOUD: &[u8] = include_bytes!("../../../tests/data/contacts/nextcloud_4.vcf");
const AGENT: &[u8] = include_bytes!("../../../tests/data/contacts/agent_2_1.vcf");
const MACINTOSH: &[u8] = include_bytes!("../../../tests/data/contacts/macintosh_3.vcf");
const NAMELESS: &[u8] = include_bytes!("../../../tests/data/contacts/nameless.vcf");
const CUT_SHORT: &[u8] = include_bytes!("../../../tests/data/contacts/cut_short.vcf");
const HOSTILE: &[u8] = include_bytes!("../../../tests/data/contacts/hostile_3.vcf");

fn cards(bytes: &[u8]) -> Cards {
    read(bytes, "a.vcf").unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The first card of a file.
fn first(bytes: &[u8]) -> (ContactDetails, Vec<String>) {
    card(cards(bytes).cards.remove(0))
}

fn card(card: Card) -> (ContactDetails, Vec<String>) {
    let lost = card.lost.iter().map(ToString::to_string).collect();
    (card.result.unwrap_or_else(|refusal| panic!("{refusal}")), lost)
}

fn numbers(details: &ContactDetails) -> Vec<(&str, &str)> {
    details.numbers.iter().map(|one| (one.number.as_str(), one.note.as_str())).collect()
}

/// Organisation, service, role, name.
#[track_caller]
fn is_called(details: &ContactDetails, expected: [&str; 4]) {
    let called = [&details.organisation, &details.service, &details.role, &details.name];
    assert_eq!(called.map(Text::as_str), expected);
}

#[test]
fn apple() {
    let mut read = cards(APPLE).cards;
    let (hub, none) = card(read.remove(1));
    is_called(&hub, ["Weirgate Family Hub", "", "", ""]);
    assert_eq!((numbers(&hub), none.len()), (vec![("01632 960150", "main")], 0));
    let (zoe, lost) = card(read.remove(0));
    is_called(&zoe, ["Weirgate Community School", "Pastoral", "Attendance lead", "Dr Zoë Marlowe-Finch"]);
    assert_eq!(
        numbers(&zoe),
        [("01632 960101", "school office"), ("07700 900101", "mobile"), ("01632 960109", "work, fax")]
    );
    assert_eq!(zoe.web.as_str(), "https://weirgate.example/pastoral");
    assert_eq!(zoe.emails[0].as_str(), "z.marlowe@weirgate.example");
    assert_eq!(zoe.purpose.as_str(), "Rings back before nine.\nAsk for the office, not the head.");
    assert_eq!(lost, ["a postal address", "a birthday", "a photograph"]);
}

#[test]
fn google() {
    let (ngozi, lost) = first(GOOGLE);
    is_called(&ngozi, ["Weirgate Family Hub", "", "Early help worker", "Ngọzi Okafor-Bell"]);
    assert_eq!(
        numbers(&ngozi),
        [("+447700900102", "mobile"), ("+44 1632 960102", "work"), ("01632 960103", "out of hours")]
    );
    assert_eq!(ngozi.emails.len(), 2);
    assert_eq!(lost, ["the label of an e-mail address", "a birthday", "a nickname", "a category (2 times)"]);
}

#[test]
fn outlook() {
    let (siobhan, lost) = first(OUTLOOK);
    is_called(
        &siobhan,
        ["Leicestershire Example Council", "Children’s duty team", "Duty social worker", "Siobhán O’Brien"],
    );
    assert_eq!(siobhan.purpose.as_str(), "Direct line – not for parents.");
    assert_eq!(
        numbers(&siobhan),
        [("(01632) 960104", "work"), ("07700 900104", "mobile"), ("(01632) 960105", "work, fax")]
    );
    assert_eq!(
        lost,
        ["the field X-MS-OL-DESIGN", "a postal address (2 times)", "a messaging address", "a photograph"]
    );
}

#[test]
fn android() {
    let (zoe, lost) = first(ANDROID);
    is_called(&zoe, ["", "", "", "Zoë Müller 😀"]);
    assert_eq!(zoe.purpose.as_str(), "Meets every Thursday; ask, first.\nTwo");
    assert_eq!(numbers(&zoe), [("07700900105", "mobile"), ("01632960105", "school")]);
    assert_eq!(lost, ["the field X-ANDROID-CUSTOM"]);
}

#[test]
fn quoted_printable_without_a_character_set_and_a_missing_full_name() {
    let (lukasz, lost) = first(NOKIA);
    is_called(&lukasz, ["", "", "", "Łukasz Nowak"]);
    assert_eq!(numbers(&lukasz), [("+447700900106", "mobile"), ("01632960106", "home")]);
    assert_eq!(lost, ["the field X-CLASS"]);
    is_called(&first(LATIN).0, ["", "", "", "René Faßbender"]);
}

#[test]
fn the_standard() {
    let (line, lost) = first(STANDARD);
    is_called(&line, ["Rutland Example Council", "Designated officer, Allegations line", "", ""]);
    assert_eq!(numbers(&line), [("+44-1632-960-108 ext 12", "work"), ("0800-1111", "")]);
    assert_eq!(line.web.as_str(), "https://rutland.example/lado?a=1;b=2");
    assert_eq!((line.areas[0].as_str(), line.audiences[0].as_str()), ("rutland", "staff"));
    assert_eq!((line.purpose.as_str(), line.hours.as_str()), ("For what is alleged of staff.", "9am to 5pm"));
    assert_eq!(line.caution.as_str(), "Ring before speaking to the person.");
    assert_eq!(lost, ["a language", "a place on the map", "a time zone", "a logo"]);
}

#[test]
fn thunderbird_with_a_mark_before_it() {
    let (aisha, lost) = first(THUNDERBIRD);
    is_called(&aisha, ["Weirgate Clinic", "", "School nurse", "Aisha Rahman"]);
    assert_eq!(numbers(&aisha), [("01632 960110", "work"), ("07700 900110 (mum)", "mobile")]);
    assert_eq!(lost, ["a nickname", "the field CUSTOM1"]);
}

#[test]
fn letters_of_every_kind() {
    let (sharlotta, _) = first(UTF16);
    is_called(&sharlotta, ["", "", "", "Шарлотта Example"]);
    assert_eq!(sharlotta.purpose.as_str(), "Interpreter 😀");
    let unmarked = first(&UTF16[2..]).0;
    assert!(unmarked == sharlotta);
    let (evolution, lost) = first(EVOLUTION);
    assert_eq!(
        evolution.purpose.as_str(),
        "A note of a Gaelic speaker who says go raibh maith agat, slán and fáilte."
    );
    assert_eq!(lost, ["a related person"]);
    let (escapes, _) = first(ESCAPES);
    is_called(&escapes, ["", "", "", "Zoë Adeyemi 😀"]);
    assert_eq!(escapes.purpose.as_str(), "half a letter \u{fffd} and a path C:\\users");
    is_called(&first(MACINTOSH).0, ["", "", "", "Fiona Grant"]);
}

#[test]
fn groups_and_cards_within_cards() {
    let (partners, lost) = first(NEXTCLOUD);
    is_called(&partners, ["", "Safeguarding partners", "", ""]);
    assert_eq!(lost, ["the members of a group (2 times)", "a social media profile", "a related person"]);
    let read = cards(AGENT).cards;
    assert_eq!(read.len(), 1);
    let (bo, lost) = first(AGENT);
    assert_eq!(numbers(&bo), [("01632 960116", "")]);
    assert_eq!(lost, ["a card inside the card"]);
}

#[test]
fn who_it_is_may_have_to_be_looked_for() {
    let mut read = cards(NAMELESS).cards;
    let (fiona, _) = card(read.remove(2));
    is_called(&fiona, ["", "", "", "Ms Fiona Jane Grant MBE"]);
    assert_eq!(numbers(&fiona), [("999", "")]);
    assert_eq!(read[1].result.as_ref().err(), Some(&Refusal::NoName));
    is_called(&card(read.remove(0)).0, ["Weirgate Food Bank", "", "", ""]);
}

#[test]
fn what_is_cut_short_or_broken_is_told() {
    let mut read = cards(CUT_SHORT);
    assert_eq!(read.lost[0].as_str(), "lines outside of any card");
    assert_eq!(read.cards[1].result.as_ref().err(), Some(&Refusal::CutShort));
    let (whole, lost) = card(read.cards.remove(0));
    assert_eq!((numbers(&whole), lost), (vec![("101", "")], vec!["a line that is no field".to_owned()]));
}

#[test]
fn files_that_are_no_cards() {
    for (bytes, refusal) in [
        (b"".as_slice(), Refusal::Empty),
        (b"PK\x03\x04", Refusal::Workbook),
        (b"%PDF-1.7", Refusal::Document),
        (b"hello", Refusal::NoCards),
    ] {
        assert_eq!(read(bytes, "a.vcf").err(), Some(refusal));
    }
    let many = "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(10_001);
    assert_eq!(read(many.as_bytes(), "a.vcf").err(), Some(Refusal::TooMany));
    let of = |fields: &str| format!("BEGIN:VCARD\nVERSION:4.0\nFN:A\n{fields}END:VCARD\n").into_bytes();
    let refused = |fields: &str| cards(&of(fields)).cards.remove(0).result.err();
    assert_eq!(refused(&format!("NOTE:{}\n", "x".repeat(10_001))), Some(Refusal::TooLong));
    assert_eq!(refused(&"TEL:101\n".repeat(51)), Some(Refusal::TooManyWays));
    let deep = format!("{}{}", "AGENT:\nBEGIN:VCARD\n".repeat(100_000), "END:VCARD\n".repeat(100_000));
    assert_eq!(refused(&deep), None, "cards within cards are counted, and nothing is nested");
}

/// Nothing in it moves a terminal, and it can be written into the record and read back as it was.
fn holds(bytes: &[u8]) {
    let Ok(read) = read(bytes, "a.vcf") else { return };
    for card in &read.cards {
        let shown: String = card.lost.iter().map(Text::as_str).collect();
        let written = card.result.as_ref().map(|details| serde_json::to_string(details).unwrap());
        let written = written.unwrap_or_default();
        assert!(!(shown + &written).contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{b}']));
        if let Ok(details) = &card.result {
            assert!(serde_json::from_str::<ContactDetails>(&written).unwrap() == *details);
        }
    }
}

#[test]
fn control_characters_never_come_in() {
    let (sly, _) = first(HOSTILE);
    assert_eq!(sly.name.as_str(), "␛[2JSly ⟨U+202E⟩gnol␇");
    holds(HOSTILE);
}

fn sample() -> impl Strategy<Value = Vec<u8>> {
    let all = [APPLE, GOOGLE, OUTLOOK, ANDROID, NOKIA, STANDARD, UTF16, EVOLUTION, ESCAPES, AGENT, HOSTILE];
    prop::sample::select(all.to_vec()).prop_map(<[u8]>::to_vec)
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        holds(&bytes);
        holds(&[b"BEGIN:VCARD\nFN:A\n", bytes.as_slice(), b"\nEND:VCARD\n"].concat());
    }

    #[test]
    fn changed_samples_are_read_or_refused(
        mut bytes in sample(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        holds(&bytes);
    }

    #[test]
    fn shortened_samples_are_read_or_refused(bytes in sample(), end in any::<prop::sample::Index>()) {
        holds(&bytes[..end.index(bytes.len())]);
    }
}
