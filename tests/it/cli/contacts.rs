use std::fs;
use std::path::Path;

use dsl_desk::desk::Act;
use dsl_desk::desk::request::Window;
use dsl_desk::domain::hours::Hours;
use dsl_desk::domain::ids::ContactId;
use dsl_desk::domain::text::Text;
use serde_json::{Value, json};

use super::desk::{Said, TestDesk, program, said};

#[test]
fn the_emergency_number_comes_first_and_everything_is_there() {
    let desk = TestDesk::new();
    let book = desk.json(&["contacts"]);
    assert_eq!(book[0]["numbers"][0]["number"], "999");
    assert!(book[0]["contact"].is_null());
    assert!(book.as_array().unwrap().len() > 20);
    let shipped = &book[1];
    assert!(shipped["contact"].is_i64());
    assert_eq!(shipped["checked"], false);
    assert!(shipped["retired"].is_null());
    for key in [
        "organisation",
        "service",
        "role",
        "areas",
        "audiences",
        "purpose",
        "emails",
        "web",
        "hours",
        "out_of_hours",
        "sources",
        "caution",
    ] {
        assert!(shipped.get(key).is_some(), "{key}");
    }
}

#[test]
fn in_words() {
    let said = TestDesk::new().run(["contacts"]);
    assert!(said.out.starts_with("Emergency              Police"), "{}", said.out);
    assert_eq!(said.out.lines().nth(1).unwrap().trim(), "999: always");
    assert!(said.out.contains("Caution: Ring 999 for a child at immediate risk, never 101"), "{}", said.out);
    assert!(said.out.contains("Not yet checked: nobody here has rung it."));
    assert!(
        said.out
            .contains("0116 305 0004: Mon-Thu 08:30-17:00, Fri 08:30-16:30, bank holidays assumed closed")
    );
}

#[test]
fn sources_are_in_words_for_people_and_codes_for_programs() {
    let desk = TestDesk::new();
    let said = desk.run(["contacts"]);
    assert!(
        said.out.contains("Police and Crime Commissioner's policy, line 186 (S1:186, 2024); "),
        "{}",
        said.out
    );
    let book = desk.json(&["contacts"]);
    let sources = |contact: &Value| contact["sources"].as_array().unwrap().clone();
    assert!(book.as_array().unwrap().iter().any(|contact| sources(contact).contains(&"S1:186".into())));
}

const GRACE: &str = "lantern walnut bicycle six";

/// A card of one person.
fn card(name: &str, fields: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{fields}END:VCARD\r\n")
}

/// What an import says of each card, and at the end of the file.
fn imported(desk: &TestDesk, file: &Path, more: &[&str]) -> (Said, Vec<Value>, Value) {
    let mut args = vec!["--json", "contacts", "import", file.to_str().unwrap()];
    args.extend(more);
    let said = desk.run(args);
    let mut items = said.items();
    let last = items.pop().unwrap_or_default();
    (said, items, last)
}

fn results(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["result"].as_str().unwrap()).collect()
}

fn entries(desk: &TestDesk) -> Value {
    let verified = desk.json(&["verify"]);
    assert_eq!(verified["ok"], true);
    verified["cabinets"][0]["entries"].clone()
}

#[test]
fn nothing_is_recorded_without_a_yes() {
    let desk = TestDesk::new();
    let file = desk.file("priya.vcf", &card("Priya Shah", "TEL:07700 900130\r\nADR:;;1 Bank St;;;;\r\n"));
    let before = entries(&desk);
    let (said, items, last) = imported(&desk, &file, &[]);
    said.could_not("There is no terminal on which to ask");
    assert!(said.err.contains("--yes"));
    assert_eq!((results(&items), &last["recorded"]), (vec!["new"], &json!(false)));
    assert_eq!(items[0]["lost"], json!(["a postal address"]));
    assert_eq!(entries(&desk), before);
}

#[test]
fn new_then_the_same_then_different_and_the_old_one_stays_in_the_record() {
    let desk = TestDesk::new();
    let file = desk.file("priya.vcf", &card("Priya Shah", "TEL:07700900130 (mum)\r\n"));
    let (said, items, last) = imported(&desk, &file, &["--yes"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let contact = last["entries"][0]["contact"].as_i64().unwrap();
    assert_eq!(
        (results(&items), &items[0]["contact"], &last["recorded"]),
        (vec!["new"], &Value::Null, &json!(true))
    );

    let again = imported(&desk, &file, &["--yes"]);
    assert_eq!((results(&again.1), &again.1[0]["contact"]), (vec!["same"], &json!(contact)));
    assert_eq!((again.0.code, &again.2["entries"]), (0, &json!([])));

    let changed =
        desk.file("priya2.vcf", &card("Priya Shah", "TEL:+44 7700 900130\r\nTEL:101\r\nTITLE:Head\r\n"));
    let (_, items, last) = imported(&desk, &changed, &["--yes"]);
    assert_eq!(items[0]["differences"][0], json!({ "field": "role", "book": "", "card": "Head" }));
    assert_eq!(items[0]["differences"][1], json!({ "field": "number", "book": "", "card": "101" }));
    assert_eq!(last["entries"].as_array().unwrap().len(), 1);
    let book = desk.json(&["contacts"]);
    let priya = book.as_array().unwrap().iter().find(|one| one["contact"] == contact).unwrap();
    assert_eq!(priya["numbers"][0]["number"], "07700900130 (mum)", "as it was typed");
    assert_eq!(priya["role"], "Head");
    entries(&desk);
}

#[test]
fn a_preview_in_words() {
    let desk = TestDesk::new();
    let cards = [card("Priya Shah", "TEL;TYPE=CELL:07700900130\r\nPHOTO;ENCODING=b:AAAA\r\n"), card(" ", "")]
        .concat();
    let file = desk.file("two.vcf", &cards);
    let said = desk.run(["contacts", "import", "--yes", file.to_str().unwrap()]);
    said.could_not("Of 2 cards 1 could not be taken in.");
    assert!(said.out.contains("Card 1, new            Priya Shah\n"), "{}", said.out);
    assert!(said.out.contains("number: + 07700 900130 (mobile)\n"), "{}", said.out);
    assert!(said.out.contains("Not taken in: a photograph."));
    assert!(said.out.contains("1 new, 0 different, 0 the same, 1 rejected.\nOne entry was recorded.\n"));
    let listed = desk.run(["contacts"]);
    assert!(listed.out.contains("07700 900130 (mobile)"), "grouped for reading aloud");
}

#[test]
fn on_a_terminal_it_asks() {
    let desk = TestDesk::new();
    let file = desk.file("priya.vcf", &card("Priya Shah", "TEL:07700 900130\r\n"));
    let args = ["contacts", "import", file.to_str().unwrap()];
    let declined = desk.on_a_terminal(&args, 80, "no\n");
    assert!(declined.contains("Add 1 and change 0 contacts? (yes or no)"), "{declined}");
    assert!(declined.contains("Nothing was recorded."));
    let wanted = desk.on_a_terminal(&args, 80, "yes\n");
    assert!(wanted.contains("One entry was recorded."), "{wanted}");
}

#[test]
fn the_book_goes_out_and_comes_back_the_same() {
    let desk = TestDesk::new();
    let more = desk.file("more.vcf", &[
        card("Priya Shah", "TEL;TYPE=WORK:+44 1632 960130\r\nEMAIL:a@example.org\r\nEMAIL:b@example.org\r\nORG:=1+2;\r\n"),
        card("Zoë Ó Briain", "TEL:999\r\nTEL:0800 1111\r\nNOTE:One\\, two\\;\\nthree\r\n"),
    ].concat());
    assert_eq!(imported(&desk, &more, &["--yes"]).0.code, 0);
    let before = entries(&desk);
    let contacts = desk.json(&["contacts"]).as_array().unwrap().len() - 1;
    for (name, version) in [("book.vcf", "4"), ("book3.vcf", "3"), ("book.csv", "4")] {
        let path = more.with_file_name(name);
        let exported = desk.json(&["contacts", "export", path.to_str().unwrap(), "--version", version]);
        assert_eq!(exported["contacts"], contacts);
        let (said, items, last) = imported(&desk, &path, &[]);
        assert_eq!(said.code, 0, "{name}: {}", said.err);
        assert_eq!(
            (items.len(), &last["same"], &last["lost"]),
            (contacts, &json!(contacts), &json!([])),
            "{name}"
        );
        for item in &items {
            assert_eq!(
                (&item["result"], &item["lost"]),
                (&json!("same"), &json!([])),
                "{name}: {}",
                item["card"]
            );
        }
    }
    assert_eq!(entries(&desk), before);
    let table = fs::read_to_string(more.with_file_name("book.csv")).unwrap();
    assert!(table.contains("'=1+2") && table.contains("'+44 1632 960130"), "no cell is a formula");
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let desk = TestDesk::new();
    let there = desk.file("there.vcf", "mine");
    desk.run(["contacts", "export", there.to_str().unwrap()])
        .could_not("There is a file of that name already.");
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    desk.run(["contacts", "export", "/nowhere/at/all.vcf"]).could_not("The file could not be written");
    let said = desk.run(["contacts", "export", "-"]);
    assert!(said.out.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n") && !said.out.contains('\u{1b}'));
    assert!(said.out.contains("\\nCaution: "), "cautions go with the number");
    assert_eq!(desk.json(&["contacts", "export"])["text"].as_str().unwrap(), said.out);
    assert_eq!(desk.run(["contacts", "export", "--version", "2"]).code, 2);
}

#[test]
fn a_retired_contact_is_left_alone() {
    let desk = TestDesk::new();
    let file = desk.file("priya.vcf", &card("Priya Shah", "TEL:07700 900130\r\n"));
    let (_, _, last) = imported(&desk, &file, &["--yes"]);
    let contact = ContactId(last["entries"][0]["contact"].as_i64().unwrap());
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    desk.open().act(&Act::RetireContact { contact, reason: "Has left".into() }, None, at).unwrap();
    let (said, items, last) = imported(&desk, &file, &["--yes"]);
    said.could_not("Of 1 cards 1 could not be taken in.");
    assert!(items[0]["reason"].as_str().unwrap().starts_with("The contact is retired and was left alone."));
    assert_eq!((&items[0]["contact"], &last["recorded"]), (&json!(contact.0), &json!(false)));
    let exported = desk.run(["contacts", "export"]);
    assert!(!exported.out.contains("Priya Shah"));
}

#[test]
fn whoever_may_not_record_imports_nothing() {
    let desk = TestDesk::new();
    let add = ["people", "add", "--name", "Grace Osei", "--role", "Governor", "--right", "reader"];
    let added = desk.run_with_input(&[&add[..], &["--new-passphrase-file", "-"]].concat(), GRACE);
    assert_eq!(added.code, 0, "{}", added.err);
    let file = desk.file("priya.vcf", &card("Priya Shah", "TEL:07700 900130\r\n"));
    let as_grace = |args: &[&str]| {
        let mut command = program();
        command.arg("--desk").arg(desk.folder()).args(["--passphrase-file", "-", "--as", "grace-osei"]);
        said(command.args(args), GRACE)
    };
    for more in [&[][..], &["--yes"]] {
        let refused = as_grace(&[&["contacts", "import", file.to_str().unwrap()], more].concat());
        refused.could_not("This is not for a reader to do");
        assert_eq!(refused.out, "");
    }
    assert_eq!(as_grace(&["contacts", "export"]).code, 0, "what they may read they may take with them");
}

#[test]
fn what_cannot_be_read_says_why_and_names_nobody() {
    let desk = TestDesk::new();
    let said = |name: &str, text: &str| {
        let file = desk.file(name, text);
        desk.run(["contacts", "import", "--yes", file.to_str().unwrap()])
    };
    said("empty.vcf", "").could_not("The file is empty.");
    said("table.csv", "a,b\n1,2\n").could_not("No row with the names of columns was found.");
    said("book.xlsx", "PK\u{3}\u{4}").could_not("The file is a workbook");
    desk.run(["contacts", "import", "--yes", "nowhere.vcf"]).could_not("There is no such file.");
    let folder = desk.folder();
    desk.run(["contacts", "import", folder.to_str().unwrap()])
        .could_not("This is not a file that can be read.");
    let cut = said("cut.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Zoë Okonkwo\n");
    cut.could_not("Of 1 cards 1 could not be taken in.");
    assert!(cut.out.contains("The card was cut short"), "{}", cut.out);
}

#[test]
fn the_emergency_number_of_the_program_stays_as_it_is() {
    let desk = TestDesk::new();
    let first = desk.json(&["contacts"])[0].clone();
    let file = desk
        .file("sly.vcf", &card("Police, ambulance or fire: emergency", "TEL:999\r\nTEL:01632 960199\r\n"));
    let (_, items, _) = imported(&desk, &file, &["--yes"]);
    assert_eq!(results(&items), ["rejected"]);
    // Its number is one like any other.
    let file = desk.file("ward.vcf", &card("Ward 7", "TEL:999\r\nTEL:01632 960199\r\n"));
    assert_eq!(results(&imported(&desk, &file, &["--yes"]).1), ["new"]);
    assert_eq!(desk.json(&["contacts"])[0], first);
}

/// A desk of an earlier edition has contacts that the rules do not know.
#[test]
fn what_the_program_brings_along_completes_an_older_book() {
    let desk = TestDesk::new();
    let again = desk.run(["contacts", "import", "--shipped", "--yes", "--json"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(again.items().last().unwrap()["same"], dsl_desk::desk::shipped::contacts().len());
    // As a desk was set up before: no key, no hours, and a role that somebody has corrected.
    let mut open = desk.open();
    let all = Window { offset: 0, limit: 999 };
    let book = open.contacts("", all).unwrap().rows;
    let known = book.into_iter().find(|known| known.details.key.as_str() == "rutland-children").unwrap();
    let mut older = known.details.clone();
    (older.key, older.role) = (Text::default(), "duty desk".into());
    older.numbers[0].hours = Hours::NotStated;
    let (before, details) = (Box::new(known.details), Box::new(older));
    let act = Act::CorrectContact { contact: known.id, before, details, reason: "As it was".into() };
    open.act(&act, None, "2026-11-20T09:00:00Z".parse().unwrap()).unwrap();
    drop(open);
    let ring = |desk: &TestDesk| desk.run(["ring", "--area", "rutland", "--at", "2026-11-26 10:00"]).out;
    assert!(ring(&desk).contains("contacts import --shipped"), "{}", ring(&desk));
    assert_eq!(desk.run(["contacts", "import", "--shipped", "--yes"]).code, 0);
    assert!(ring(&desk).contains("1  01572 758 407"), "{}", ring(&desk));
    let book = desk.json(&["contacts"]);
    let row = book.as_array().unwrap().iter().find(|row| row["key"] == "rutland-children").unwrap();
    assert_eq!(row["role"], "duty desk");
}

/// A card in the name of a council's duty line, with hours at which nobody rings and a number of its own.
#[test]
fn a_card_closes_no_line_that_the_rules_ring() {
    let desk = TestDesk::new();
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Children's Social Care, Duty and Advice\r\n\
                ORG:Leicester City Council;Children's Social Care\\, Duty and Advice\r\nTEL:0116 454 1004\r\n\
                TEL:01632 960777\r\n\
                NOTE:Hours: 0116 454 1004 Mon 00:00-00:01\\; 01632 960777 always\\nCaution: Closed.\r\nEND:VCARD\r\n";
    let file = desk.file("duty.vcf", card);
    let said = desk.run(["contacts".as_ref(), "import".as_ref(), "--yes".as_ref(), file.as_os_str()]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("its hours and cautions, which are corrected at the desk"), "{}", said.out);
    let answers = desk.json(&["ring", "--area", "leicester"])["answers"].clone();
    assert_eq!((&answers[0]["phone"], &answers[0]["open"]), (&json!("0116 454 1004"), &json!(true)));
    assert_eq!(answers[1]["phone"], "01632 960777");
    assert_eq!(answers[1]["number_source"], json!(["duty.vcf"]), "no policy says so");
    assert_eq!(answers[1]["open"], Value::Null);
}

#[test]
fn no_card_calls_itself_what_the_program_calls_999() {
    let desk = TestDesk::new();
    let card =
        |name: &str| format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{name}\r\nTEL:01632 960116\r\nEND:VCARD\r\n");
    let cards = ["Police\\, ambulance or fire: emergency", "999"].map(card).concat();
    let file = desk.file("police.vcf", &cards);
    let said = desk.run(["contacts".as_ref(), "import".as_ref(), "--yes".as_ref(), file.as_os_str()]);
    assert_eq!(said.out.matches("calls itself what the program calls 999").count(), 2, "{}", said.out);
    assert_eq!(said.code, 1);
}
