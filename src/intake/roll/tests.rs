//! Rolls of several systems, and files that are none. Everybody is invented.

use std::fmt::Write as _;

use super::{Kind, Pupil, Refusal, Roll, read};
use crate::domain::text::Text;

const SIMS: &[u8] = include_bytes!("../../../tests/data/roll/sims.csv");
const ARBOR: &[u8] = include_bytes!("../../../tests/data/roll/arbor.csv");
const BROMCOM: &[u8] = include_bytes!("../../../tests/data/roll/bromcom.csv");
const PLAIN: &[u8] = include_bytes!("../../../tests/data/roll/plain.csv");
const CTF_20: &[u8] = include_bytes!("../../../tests/data/roll/ctf_20.xml");
const CTF_25: &[u8] = include_bytes!("../../../tests/data/roll/ctf_25.xml");

fn roll(bytes: &[u8]) -> Roll {
    read(bytes).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn refused(bytes: &[u8]) -> Refusal {
    read(bytes).err().unwrap()
}

fn pupil(roll: &Roll, at: usize) -> &Pupil {
    roll.rows[at].result.as_ref().unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Name, date of birth, form, year, school, UPN.
fn told(pupil: &Pupil) -> [String; 6] {
    [
        pupil.name.to_string(),
        pupil.date_of_birth.map(|born| born.to_string()).unwrap_or_default(),
        pupil.form.to_string(),
        pupil.year.to_string(),
        pupil.school.to_string(),
        pupil.upn.as_ref().map(|upn| upn.as_str().to_owned()).unwrap_or_default(),
    ]
}

fn others(pupil: &Pupil) -> Vec<&str> {
    pupil.other_names.iter().map(Text::as_str).collect()
}

fn lost(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(Text::as_str).collect()
}

#[test]
fn as_sims_exports_it_in_windows_letters() {
    let roll = roll(SIMS);
    assert!(matches!(roll.kind, Kind::Table));
    assert_eq!(roll.rows.iter().map(|row| row.place).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
    let zoe = pupil(&roll, 0);
    assert_eq!(told(zoe), ["Zoë Marsh", "2015-03-03", "7B", "Year 7", "", "D820123415001"]);
    assert_eq!(others(zoe), ["Zoë Anne Marsh"]);
    assert_eq!(pupil(&roll, 1).name.as_str(), "Niamh O’Brien");
    let kasia = pupil(&roll, 2);
    assert_eq!(
        (kasia.name.as_str(), others(kasia)),
        ("Kasia Nowak", vec!["Katarzyna Nowak", "Katarzyna Maria Nowak"])
    );
    assert_eq!(pupil(&roll, 3).left, "2026-07-17".parse().ok());
    assert_eq!(pupil(&roll, 4).upn, None);
    assert_eq!(lost(&roll.rows[4].lost), ["a UPN whose check letter is wrong"]);
    assert_eq!(lost(&roll.lost), ["the column “Admission Number”"]);
}

#[test]
fn as_arbor_exports_it_under_a_title() {
    let roll = roll(ARBOR);
    let school = "Weirgate Academy";
    assert_eq!(told(pupil(&roll, 0)), ["Zoë Marsh", "2015-03-03", "7B", "Year 7", school, "D820123415001"]);
    assert_eq!(told(pupil(&roll, 1)), ["Ife Adeyemi-Cole", "2014-11-02", "7C", "Year 7", school, ""]);
    let joao = pupil(&roll, 2);
    assert_eq!((joao.name.as_str(), joao.form.as_str()), ("João \"Joãozinho\" Silva", ""));
    assert!(joao.upn.is_some(), "however it is written");
    assert_eq!(roll.rows[0].place, 4);
}

#[test]
fn as_bromcom_exports_it_with_tabs_in_utf_16() {
    let roll = roll(BROMCOM);
    assert_eq!(told(pupil(&roll, 0)), ["Zoë Marsh", "2015-03-03", "7B", "", "", "D820123415001"]);
    let amina = pupil(&roll, 1);
    assert_eq!((amina.name.as_str(), amina.date_of_birth), ("Amina Khan", None));
    assert_eq!(lost(&roll.rows[1].lost), ["a date of birth that could not be read"]);
    assert_eq!(amina.left, "2027-08-31".parse().ok(), "what is still to come is not for the reader to judge");
}

#[test]
fn a_plain_list_with_semicolons() {
    let roll = roll(PLAIN);
    assert_eq!(told(pupil(&roll, 0)), ["Łukasz Wójcik", "2017-04-12", "Oak", "", "", ""]);
    assert_eq!(roll.rows[1].result.as_ref().err(), Some(&Refusal::NoName));
    assert_eq!(roll.rows[2].result.as_ref().err(), Some(&Refusal::NotAName), "a line of totals");
    assert_eq!(pupil(&roll, 3).name.as_str(), "Jo Smith");
    assert_eq!(lost(&roll.lost), ["the column “Notes”"]);
}

#[test]
fn the_first_column_of_a_label_is_the_childs() {
    let roll = roll(b"Forename,Surname,DOB,Forename,Surname\nAva,Reed,1/2/2015,Ruth,Reed-Hall\n");
    assert_eq!(pupil(&roll, 0).name.as_str(), "Ava Reed");
    assert_eq!(lost(&roll.lost), ["the column “Forename”", "the column “Surname”"]);
}

#[test]
fn a_transfer_of_a_schools_own_roll() {
    let roll = roll(CTF_20);
    let Kind::Transfer { from, to, is_partial } = &roll.kind else { panic!("no transfer") };
    assert_eq!((from.as_str(), to.is_none(), *is_partial), ("Weirgate School", true, false));
    let zoe = pupil(&roll, 0);
    assert_eq!(told(zoe), ["Zoë Marsh", "2015-03-03", "", "Year 7", "", "D820123415001"]);
    assert_eq!(others(zoe), ["Zoë Anne Marsh", "Zoë Finch"], "and none of a parent");
    assert_eq!(zoe.left, None, "she left another school");
    let niamh = pupil(&roll, 1);
    assert_eq!((niamh.name.as_str(), niamh.left), ("Niamh O'Brien & Søn", "2026-10-23".parse().ok()));
}

#[test]
fn a_transfer_with_prefixes_and_names_in_the_basic_details() {
    let roll = roll(CTF_25);
    let Kind::Transfer { from, to, is_partial } = &roll.kind else { panic!("no transfer") };
    assert_eq!(
        (from.as_str(), to.as_deref(), *is_partial),
        ("Abbey Fields Primary", Some("Weirgate School"), true)
    );
    let renee = pupil(&roll, 0);
    assert_eq!(told(renee)[..4], ["Renée Petit", "2015-06-09", "", "Reception"]);
    assert_eq!(renee.left, "2026-07-17".parse().ok());
    assert_eq!(roll.rows[1].result.as_ref().err(), Some(&Refusal::NoName));
}

#[test]
fn a_transfer_in_utf_16() {
    let text = std::str::from_utf8(CTF_20).unwrap();
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(pupil(&roll(&utf_16), 0)), told(pupil(&roll(CTF_20), 0)));
}

#[test]
fn a_transfer_that_was_cut_short_anywhere_is_refused_whole() {
    let text = std::str::from_utf8(CTF_20).unwrap().trim_end();
    for (end, _) in text.char_indices().skip(1) {
        let cut = read(&text.as_bytes()[..end]);
        assert!(cut.is_err(), "cut after {end} bytes");
    }
    assert!(read(text.as_bytes()).is_ok());
    let whole = text.find("    <Pupil>\n      <UPN>").unwrap();
    assert_eq!(refused(&text.as_bytes()[..whole]), Refusal::Damaged);
}

/// A transfer of one pupil, with this before it and in its tag.
fn transfer(before: &str, attributes: &str) -> Vec<u8> {
    let name = "<Surname>Reed</Surname><Forename>Ava</Forename>";
    format!("{before}<CTfile><Pupils><Pupil{attributes}>{name}</Pupil></Pupils></CTfile>").into_bytes()
}

#[test]
fn what_no_transfer_has_is_refused() {
    assert_eq!(pupil(&roll(&transfer("", "")), 0).name.as_str(), "Ava Reed");
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;\">]>";
    assert_eq!(refused(&transfer(bomb, "")), Refusal::DocumentType);
    let mut many = String::new();
    for number in 0..80_000 {
        write!(many, " a{number}=\"1\"").unwrap();
    }
    assert_eq!(refused(&transfer("", &many)), Refusal::LongTag);
    assert_eq!(refused("<CTfile>".repeat(100_000).as_bytes()), Refusal::TooDeep);
    assert_eq!(refused(b"<html><body>Sign in</body></html>"), Refusal::NotATransfer);
    assert_eq!(refused(b"<!-- nothing -->"), Refusal::NotATransfer);
    assert_eq!(refused(b"<CTfile></CTfile>"), Refusal::NoPupils);
    assert_eq!(refused(b"<CTfile></CTfile><CTfile></CTfile>"), Refusal::Damaged);
    assert_eq!(refused(b"<CTfile><Pupils></CTfile></Pupils>"), Refusal::Damaged);
    assert_eq!(refused(b"</CTfile>"), Refusal::Damaged);
    let long =
        format!("<CTfile><Pupils><Pupil><Surname>{}</Surname></Pupil></Pupils></CTfile>", "R".repeat(2_000));
    assert_eq!(roll(long.as_bytes()).rows[0].result.as_ref().err(), Some(&Refusal::TooLong));
}

#[test]
fn an_entity_that_nobody_declared_stays_as_it_is_written() {
    let text = "<CTfile><Pupils><Pupil><Surname>Reed&who; & Co</Surname></Pupil></Pupils></CTfile>";
    assert_eq!(pupil(&roll(text.as_bytes()), 0).name.as_str(), "Reed&who; & Co");
}

#[test]
fn what_is_no_roll_is_refused_with_advice() {
    assert_eq!(refused(b""), Refusal::Empty);
    assert_eq!(refused(b"\xef\xbb\xbf \n"), Refusal::Empty);
    assert_eq!(refused(b"PK\x03\x04rest"), Refusal::Workbook);
    assert_eq!(refused(b"%PDF-1.7"), Refusal::Document);
    assert_eq!(refused(b"hello"), Refusal::NoHeader);
    assert_eq!(refused(b"First Name,Last Name,Phone\nAva,Reed,0116\n"), Refusal::NoHeader, "an address book");
    assert_eq!(refused(b"Date of birth,Form\n1/2/2015,7B\n"), Refusal::NoHeader);
    assert_eq!(refused(b"Name,Form\n"), Refusal::NoPupils);
    assert_eq!(refused(b"Name,Form\n\"Ava,7B\n"), Refusal::OpenQuote { row: 2 });
    let concerns: &[&[u8]] = &[
        include_bytes!("../../../tests/data/intake/ms_forms.csv"),
        include_bytes!("../../../tests/data/intake/google_forms.csv"),
        include_bytes!("../../../tests/data/intake/printed_labels.csv"),
    ];
    for bytes in concerns {
        assert!(matches!(refused(bytes), Refusal::Concerns | Refusal::NoHeader));
    }
    assert_eq!(refused(&vec![b'<'; 26 * 1024 * 1024]), Refusal::TooLarge);
}

#[test]
fn no_reason_repeats_what_a_row_says() {
    let roll = roll("Name,Form\nQuillfeather 7B,Oak\n".as_bytes());
    let reason = roll.rows[0].result.as_ref().err().unwrap().to_string();
    assert!(!reason.contains("Quill") && reason.matches(". ").count() >= 1, "{reason}");
}

#[test]
fn control_characters_never_come_in() {
    let text = "Name,Form,School\nAva\u{1b}[J Reed,7\u{202e}B,W\u{7}\n";
    assert!(
        told(pupil(&roll(text.as_bytes()), 0))
            .iter()
            .all(|text| !text.contains(['\u{1b}', '\u{202e}', '\u{7}']))
    );
}
