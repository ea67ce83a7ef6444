//! Sentences with initials, opinion and dates, and such as only look alike.

use super::{initials, lacks_time, opinion_words};
use crate::domain::moment::Moment;

#[test]
fn initials_are_found() {
    for (text, wanted) in [
        ("J.S. told me", vec!["J.S."]),
        ("I spoke to J. S. today", vec!["J. S."]),
        ("A.B.C. came late", vec!["A.B.C."]),
        ("AB said that", vec!["AB"]),
        ("spoke to JS and KL", vec!["JS", "KL"]),
        ("JS's phone, JS’s bag", vec!["JS's", "JS’s"]),
        ("Mr K took him home", vec!["Mr K"]),
        ("child JS and her friend KL, child M.N.", vec!["JS", "KL", "M.N."]),
        ("Mrs T. and Miss P", vec!["Mrs T", "Miss P"]),
        ("AB hit KD; AB ran", vec!["AB", "KD"]),
        ("K said that he fell", vec!["K"]),
        ("M's mum rang, M was late", vec!["M"]),
        ("AJT reported it to the DSL", vec!["AJT"]),
        ("ÉL told her", vec!["ÉL"]),
        ("Mum of AB/KD", vec!["AB", "KD"]),
    ] {
        assert_eq!(initials(text), wanted, "{text}");
    }
}

#[test]
fn abbreviations_words_and_labels_are_no_initials() {
    for text in [
        "MARF sent by the DSL; the LADO was told.",
        "FGM, EHCP, SEND and CAMHS; her GP at A&E.",
        "NSPCC, TA in PE and IT, UK, OK.",
        "P.E. kit in the U.K. at 9 a.m.",
        "N.B. the TAs and the DSLs know.",
        "Child A pushed child B.",
        "child A and B said so",
        "I was there. A was the mark.",
        "Pupil C said no, and pupil D told Mr Osei.",
        "Form JS, class KW, 7JS and 10AB",
        "LE1 6FB",
        "CFS-LADO@leics.gov.uk, AB_notes",
        "Child A and child B. A asked, B said no; B cried.",
        "She shouted NO and SHE PUSHED TOM",
        "SHE HIT TOM",
        "Mr Osei, Mrs O'Neil and Dr Ali",
        "Mr K Osei",
        "vitamin D is low",
        "X-ray, T-shirt, e-mail",
        "on TV, DVD and USB",
        "PC Jones and DC Ali",
        "Year III, part IV",
        "",
    ] {
        assert_eq!(initials(text), [""; 0], "{text}");
    }
}

#[test]
fn opinion_among_facts_is_found() {
    for (text, wanted) in [
        ("Obviously he did it.", vec!["Obviously"]),
        ("She is clearly lying.", vec!["is clearly lying"]),
        ("I think he fell.", vec!["I think"]),
        ("He seems fine. He SEEMS tired.", vec!["seems"]),
        ("It was probably his brother, perhaps.", vec!["probably", "perhaps"]),
        ("This is typical of her.", vec!["typical"]),
        ("attention-seeking again", vec!["attention-seeking"]),
        ("She is manipulative and naughty.", vec!["manipulative", "naughty"]),
        ("In my opinion it was him.", vec!["In my opinion"]),
        ("He must have been pushed.", vec!["must have been"]),
        ("Apparently mum was out.", vec!["Apparently"]),
        ("late as usual", vec!["as usual"]),
        ("He is making it up.", vec!["making it up"]),
        ("I'm sure it was him", vec!["I'm sure"]),
        ("poor parenting", vec!["poor parenting"]),
    ] {
        assert_eq!(opinion_words(text), wanted, "{text}");
    }
}

#[test]
fn facts_and_other_peoples_words_are_no_opinion() {
    for text in [
        "She was tearful and appeared upset.",
        "She said \"I think he fell\".",
        "He told me: “it was obviously Tom”.",
        "The mark was clearly visible.",
        "I could see clearly across the yard.",
        "He was lying on the floor.",
        "A bruise of 2 cm on the left arm.",
        "He thought that it was Monday.",
        "She made it up to the third floor.",
        "She goes to the dramatic society.",
        "He felt sick.",
        "As a matter of course the door was locked.",
        "He was manipulated into carrying bags.",
        "",
    ] {
        assert_eq!(opinion_words(text), [""; 0], "{text}");
    }
}

#[test]
fn a_day_alone_lacks_its_time() {
    assert!(lacks_time(Moment::parse("2026-11-20").unwrap()));
    assert!(!lacks_time(Moment::parse("2026-11-20T14:10").unwrap()));
}
