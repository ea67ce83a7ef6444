//! Tables as Google and Outlook export them. Everybody in them is invented.

use crate::domain::contact::ContactDetails;
use crate::domain::text::Text;
use crate::intake::contacts::{Cards, Refusal, read};

const GOOGLE: &[u8] = include_bytes!("../../../tests/data/contacts/google.csv");
const OUTLOOK: &[u8] = include_bytes!("../../../tests/data/contacts/outlook.csv");

fn cards(bytes: &[u8]) -> Cards {
    read(bytes, "contacts.csv").unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn numbers(details: &ContactDetails) -> Vec<(&str, &str)> {
    details.numbers.iter().map(|one| (one.number.as_str(), one.note.as_str())).collect()
}

#[test]
fn google() {
    let read = cards(GOOGLE);
    let ngozi = read.cards[0].result.as_ref().unwrap();
    assert_eq!((ngozi.name.as_str(), ngozi.role.as_str()), ("Ngọzi Okafor-Bell", "Early help worker"));
    assert_eq!(
        numbers(ngozi),
        [("+447700900102", "mobile"), ("01632 960102", "out of hours"), ("01632 960103", "out of hours")]
    );
    assert_eq!((ngozi.emails.len(), ngozi.web.as_str()), (2, "https://hub.example"));
    assert_eq!((read.cards[0].place, ngozi.purpose.as_str()), (2, "Thursdays"));
    assert_eq!(read.cards[1].result.as_ref().err(), Some(&Refusal::NoName));
    assert_eq!(read.lost.iter().map(Text::as_str).collect::<Vec<_>>(), ["the column “Nickname”"]);
}

#[test]
fn outlook() {
    let read = cards(OUTLOOK);
    let siobhan = read.cards[0].result.as_ref().unwrap();
    assert_eq!((siobhan.name.as_str(), siobhan.role.as_str()), ("Dr Siobhán O’Brien", "Duty social worker"));
    assert_eq!(siobhan.service.as_str(), "Children’s duty team");
    assert_eq!(
        numbers(siobhan),
        [("(01632) 960105", "fax"), ("(01632) 960104", "work"), ("07700 900104", "mobile")]
    );
    assert_eq!((siobhan.purpose.as_str(), siobhan.hours.as_str()), ("Direct line", "9 to 5"));
    assert_eq!(siobhan.areas[0].as_str(), "rutland");
    assert_eq!(read.cards[0].lost[0].as_str(), "a category");
    assert_eq!(read.lost[0].as_str(), "the column “Business Street”");
}

#[test]
fn columns_by_their_usual_labels_and_semicolons() {
    let read = cards("Name;Title;Phone;Areas\nPriya Shah;Head;\"'+44 1632 960121\";rutland\n".as_bytes());
    let priya = read.cards[0].result.as_ref().unwrap();
    assert_eq!((priya.role.as_str(), numbers(priya)), ("Head", vec![("+44 1632 960121", "")]));
}

#[test]
fn tables_that_cannot_be_read() {
    for (text, refusal) in [
        ("a,b\n1,2\n", Refusal::NoHeader),
        ("Name,Phone\n", Refusal::NoCards),
        ("\"Name,Phone\n", Refusal::OpenQuote { row: 1 }),
    ] {
        assert_eq!(read(text.as_bytes(), "a.csv").err(), Some(refusal));
    }
    let open = cards(b"Name,Phone\nA,1\n\"B,2\nC,3\n");
    assert!(open.cards[0].result.is_ok());
    assert_eq!(open.cards[1].result.as_ref().err(), Some(&Refusal::OpenQuote { row: 3 }));
}
