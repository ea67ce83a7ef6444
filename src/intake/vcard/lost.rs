//! What is lost of a card, in plain words. Which fields the book has is `fields`'s.

use calcard::vcard::VCardProperty;

/// Fields that speak to programs and not to people: of these nothing is said.
const FOR_PROGRAMS: [&str; 24] = [
    "BEGIN",
    "CLIENTPIDMAP",
    "CREATED",
    "END",
    "JSPROP",
    "KIND",
    "MAILER",
    "N",
    "NAME",
    "PRODID",
    "PROFILE",
    "REV",
    "SORT-STRING",
    "SOURCE",
    "UID",
    "VERSION",
    "X-ABADR",
    "X-ABLABEL",
    "X-ABSHOWAS",
    "X-ABUID",
    "X-ADDRESSBOOKSERVER-KIND",
    "X-EVOLUTION-FILE-AS",
    "X-IMAGETYPE",
    "X-MS-OL-DEFAULT-POSTAL-ADDRESS",
];

/// What people call the others.
const WORDS: [(&str, &[&str]); 20] = [
    ("a postal address", &["ADR", "LABEL", "X-MS-ADR"]),
    ("a photograph", &["PHOTO", "X-MS-CARDPICTURE"]),
    ("a logo", &["LOGO"]),
    ("a birthday", &["BDAY", "X-BDAY"]),
    ("an anniversary", &["ANNIVERSARY", "X-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY"]),
    ("a date", &["DEATHDATE", "X-ABDATE"]),
    ("a nickname", &["NICKNAME"]),
    ("a sex or pronouns", &["GENDER", "GRAMGENDER", "PRONOUNS", "X-GENDER", "X-WAB-GENDER"]),
    (
        "a messaging address",
        &[
            "IMPP",
            "X-AIM",
            "X-GTALK",
            "X-GOOGLE-TALK",
            "X-ICQ",
            "X-JABBER",
            "X-MSN",
            "X-QQ",
            "X-SIP",
            "X-SKYPE",
            "X-SKYPE-USERNAME",
            "X-YAHOO",
            "X-MS-IMADDRESS",
        ],
    ),
    ("a social media profile", &["SOCIALPROFILE", "X-SOCIALPROFILE", "X-TWITTER"]),
    (
        "a related person",
        &[
            "RELATED",
            "AGENT",
            "X-ABRELATEDNAMES",
            "X-SPOUSE",
            "X-EVOLUTION-SPOUSE",
            "X-MANAGER",
            "X-MS-MANAGER",
            "X-EVOLUTION-MANAGER",
            "X-ASSISTANT",
            "X-MS-ASSISTANT",
            "X-EVOLUTION-ASSISTANT",
        ],
    ),
    ("the members of a group", &["MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"]),
    (
        "how a name is said",
        &[
            "SOUND",
            "X-PHONETIC-FIRST-NAME",
            "X-PHONETIC-MIDDLE-NAME",
            "X-PHONETIC-LAST-NAME",
            "X-PHONETIC-ORG",
        ],
    ),
    ("a language", &["LANG", "LANGUAGE", "X-MS-LANGUAGE"]),
    ("a place on the map", &["GEO"]),
    ("a time zone", &["TZ"]),
    ("a key or certificate", &["KEY", "X-CERTIFICATE"]),
    ("a calendar's address", &["FBURL", "CALURI", "CALADRURI", "X-EVOLUTION-VIDEO-URL"]),
    ("an interest or a skill", &["EXPERTISE", "HOBBY", "INTEREST", "ORG-DIRECTORY"]),
    ("a mark of privacy", &["CLASS"]),
];

/// The longest name of a field that is repeated.
const LONGEST: usize = 40;

/// What a field is called that the book has no place for; none where nobody misses it.
pub(super) fn word(property: &VCardProperty) -> Option<String> {
    let name = property.as_str().to_ascii_uppercase();
    if FOR_PROGRAMS.contains(&name.as_str()) {
        return None;
    }
    let known = WORDS.iter().find(|(_, names)| names.contains(&name.as_str()));
    let unknown = || format!("the field {}", name.chars().take(LONGEST).collect::<String>());
    Some(known.map_or_else(unknown, |(word, _)| (*word).to_owned()))
}
