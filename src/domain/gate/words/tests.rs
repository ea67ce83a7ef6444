//! What is read off the words of a record, and what is not.

use super::spoken::PERSON;
use super::*;
use crate::domain::moment::Moment;
use crate::domain::part2::Advice;
use crate::domain::text::Text;

fn advice(role: &str, organisation: &str) -> Advice {
    Advice {
        at: Moment::parse("2026-11-20").unwrap(),
        name: Text::from("Jo Constable"),
        role: role.into(),
        organisation: organisation.into(),
        advice: "Wait.".into(),
        contact: None,
    }
}

#[test]
fn the_file_is_read_whole() {
    let file: File = toml::from_str(SHIPPED).unwrap();
    assert!(file.spoken.words.iter().all(|words| words.contains(PERSON) || words == "shared with @"));
    assert!(!file.advisers.lado.is_empty() && !file.spoken.called.is_empty());
}

#[test]
fn whose_advice_it_is_stands_in_the_role_or_the_organisation() {
    for (role, organisation) in [
        ("duty social worker", "the county"),
        ("", "Children's Services"),
        ("Duty worker", "First Response"),
        ("DC", "Police"),
        ("child abuse investigation unit", ""),
        ("mother's social worker", ""),
        ("Social worker for the mother, name not given", "the city"),
        ("duty worker; would not say more", "MASH"),
        ("PC 1234", "Leicestershire Police"),
    ] {
        assert!(is_of_social_care_or_police(&advice(role, organisation)), "{role} of {organisation}");
    }
    for (role, organisation) in [
        ("", ""),
        ("consultant paediatrician", "the hospital"),
        ("retired police officer", "chair of governors"),
        ("school social worker", "the school"),
        ("duty worker", "Adult Social Care"),
        ("LADO", "the county"),
        ("Parent; not social worker", ""),
        ("Parent, not a social worker", ""),
        ("no social worker", "the school"),
        ("isn't police", ""),
        ("mother", "Police"),
        ("police officer and father of the child", ""),
        ("friend of the mother, who works for the police", ""),
        ("head teacher, quoting the duty social worker", "the school"),
        ("nurse; has spoken to social care", "the surgery"),
        ("head teacher", "social care not involved yet"),
        ("used to be a social worker", ""),
    ] {
        assert!(!is_of_social_care_or_police(&advice(role, organisation)), "{role} of {organisation}");
    }
}

#[test]
fn a_parent_is_a_parent_by_name_too() {
    let by = |name: &str| Advice { name: name.into(), ..advice("social worker", "") };
    assert!(is_of_social_care_or_police(&by("Jo Constable")));
    for name in ["Zoe's mother", "the child's father, Tom"] {
        assert!(!is_of_social_care_or_police(&by(name)), "{name}");
    }
}

#[test]
fn the_designated_officer_is_not_a_designated_safeguarding_officer() {
    for (role, organisation) in
        [("LADO", ""), ("Local Authority Designated Officer", "the city"), ("duty", "Allegations Line")]
    {
        assert!(is_of_lado(&advice(role, organisation)), "{role} of {organisation}");
    }
    for role in ["Designated Safeguarding Officer", "duty social worker", "former LADO"] {
        assert!(!is_of_lado(&advice(role, "")), "{role}");
    }
}

#[test]
fn somebody_was_spoken_to_where_it_says_so_of_them() {
    let person = Person::of("Peregrine Quillfeather");
    for text in [
        "Spoke to Mr Quillfeather in the office.",
        "The head had a quiet word with Peregrine.",
        "Mr Quillfeather was told at three.",
        "The member of staff was suspended.",
        "Quillfeather told by the head, a colleague beside him.",
        "Rang Peregrine Quillfeather at home",
    ] {
        assert!(person.is_spoken_to_in(text), "{text}");
    }
    for text in [
        "",
        "Nobody has spoken to Mr Quillfeather.",
        "Rang the LADO before anybody spoke to Mr Quillfeather.",
        "Spoke to him and to her mother.",
        "Mr Quillfeather told the class to wait.",
        "We will speak to Mr Quillfeather on Monday.",
        "Spoke to Mr Osei.",
    ] {
        assert!(!person.is_spoken_to_in(text), "{text}");
    }
}

#[test]
fn a_name_without_words_is_found_nowhere() {
    assert!(!Person::of("Mr").is_named_in("Mr Osei, Mr Marsh"));
    assert!(Person::of("Mr Osei").is_named_in("the head; Mr Osei"));
}

fn of(name: &str, role: &str, organisation: &str) -> Advice {
    Advice { name: name.into(), ..advice(role, organisation) }
}

#[test]
fn a_rank_is_of_the_police_where_it_is_a_rank_and_a_short_name_where_it_is_no_word() {
    for (name, role, organisation) in [
        ("DC Brown", "", "Leicestershire Constabulary"),
        ("", "", "Constabulary"),
        ("PC Smith", "", ""),
        ("Pc Smith", "", ""),
        ("DI Marsh", "", ""),
        ("Detective Sergeant Osei", "", ""),
        ("Brown", "DC", ""),
        ("Brown", "DC 1234", ""),
        ("", "PC Brown", ""),
        ("Brown", "DS, child abuse", ""),
        ("Brown", "Detective Inspector", ""),
        ("Brown", "Inspector", "Leicestershire Police"),
        ("Brown", "", "Leicester MASH"),
        ("Brown", "mash", ""),
        ("Brown", "mash team", ""),
        ("Nana Osei", "social worker", ""),
        ("declined to give a name", "call handler", "First Response"),
    ] {
        let advice = of(name, role, organisation);
        assert!(is_of_social_care_or_police(&advice), "{name}, {role} of {organisation}");
    }
    for (name, role, organisation) in [
        ("Brown", "", "Washington DC"),
        ("Brown", "", "Mash potato cafe"),
        ("Brown", "manager", "Mash and grill"),
        ("Brown", "PC technician", ""),
        ("Brown", "PC Technician", "the school"),
        ("Brown", "PC - technician", ""),
        ("Brown", "Ofsted inspector", ""),
        ("Brown", "Chief inspector of schools", "Ofsted"),
        ("Brown", "Detective novelist", ""),
        ("Brown", "DI, declined to answer", ""),
        ("Brown", "nan, works for social care", ""),
        ("her nan", "works for social care", ""),
        ("Brown", "godmother, social worker", ""),
        ("Brown", "a neighbour in the police", ""),
        ("Di Marsh", "", ""),
        ("Di Marsh", "head", ""),
        ("PC Smith", "IT helpdesk", ""),
        ("Jo Constable", "", ""),
        ("Brown", "worker", "First Response Training Ltd"),
    ] {
        let advice = of(name, role, organisation);
        assert!(!is_of_social_care_or_police(&advice), "{name}, {role} of {organisation}");
    }
}

#[test]
fn whoever_was_not_reached_has_advised_nothing() {
    for role in [
        "LADO - line engaged, left voicemail",
        "tried LADO, nobody there",
        "LADO, no answer",
        "LADO (unavailable)",
        "unable to reach the LADO",
        "LADO, waiting for a call back",
        "Left voicemail with the LADO",
        "LADO declined to answer",
    ] {
        assert!(!is_of_lado(&advice(role, "")), "{role}");
    }
    for (role, organisation) in [
        ("unable to reach social care", ""),
        ("Left voicemail with First Response", ""),
        ("First Response - engaged", ""),
        ("duty worker", "First Response, rang out"),
    ] {
        assert!(!is_of_social_care_or_police(&advice(role, organisation)), "{role} of {organisation}");
    }
    let said = |text: &str| Advice { advice: text.into(), ..advice("LADO", "") };
    for text in [
        "No answer. Will try again.",
        "Line engaged.",
        "Engaged.",
        "Voicemail",
        "Left a second message.",
        "Rang three times and nobody answered.",
        "Nobody there",
        "The number rang out, so the duty desk is next.",
        "Tried twice.",
        "Could not get through to anybody today.",
        "I am waiting for them to ring back.",
        "They will ring me back.",
        "They didn't pick up.",
        "Held for forty minutes in a queue, then gave up and wrote to them instead.",
        "The call went unanswered, as on every day of this week.",
        "The office was closed when it was rung at half past five.",
        "I didn’t get through to anybody on the duty desk this afternoon.",
        "There was nobody available to take the call on this line.",
    ] {
        assert!(!is_of_lado(&said(text)), "{text}");
    }
    for text in [
        "Wait.",
        "Tell nobody yet.",
        "If there is no answer at home, ring 999.",
        "Do not speak to him; she will ring back tomorrow.",
        "Not to be left alone with children. They will ring back on Monday with a date.",
        "Do not leave a message for the mother.",
        "The mother did not answer the door to them; refer.",
        "Family engaged with early help before; try that again.",
    ] {
        assert!(is_of_lado(&said(text)), "{text}");
    }
}

#[test]
fn it_is_read_from_whom_advice_keeps_it() {
    let person = Person::of("Peregrine Quillfeather");
    let kept = |text: &str| kept_from(text, Some(&person));
    let is_only = |kept: &[KeptFrom], one| !kept.is_empty() && kept.iter().all(|from| *from == one);
    for text in [
        "Do not tell the parents.",
        "Don't tell mum yet",
        "The parents are not to be told.",
        "Do not inform or contact the family.",
        "Nobody is to speak to the mother before we do.",
        "Say nothing to the father.",
        "No contact with the family.",
        "Do not ring the home.",
        "Keep this from the mother.",
        "Hold off telling her parents.",
    ] {
        assert!(is_only(&kept(text), KeptFrom::Family), "{text}: {:?}", kept(text));
    }
    for text in
        ["Do not speak to him yet.", "Do not tell Mr Quillfeather.", "He is not ready: do not speak to him."]
    {
        assert!(is_only(&kept(text), KeptFrom::Person), "{text}: {:?}", kept(text));
    }
    assert_eq!(kept("Do not speak to her yet."), [KeptFrom::Unsaid]);
    assert_eq!(kept("Do not question the child."), [KeptFrom::Children]);
    for text in [
        "",
        "The mother may be told on Monday.",
        "Tell the parents today.",
        "Do not wait but tell the parents.",
        "The child must not go home. Tell the parents.",
        "Refer today; nobody needs to agree.",
    ] {
        assert_eq!(kept(text), [], "{text}");
    }
}

#[test]
fn what_a_grandmother_is_called_may_be_a_name() {
    assert!(is_of_the_family("Zoe's nan") && is_of_the_family("nan") && is_of_the_family("Her mother"));
    assert!(!is_of_the_family("Nana Osei, social worker"));
}
