//! The rules R1 to R36: what each asks, how hard, where it was read, and the screen that applies it.
//!
//! The list alone, for the foot of a screen and for the tests. What a rule does lives with whatever applies it.

use serde::Deserialize;

use Force::{Advises, AsksForAReason, Blocks};

/// How hard a rule holds. Nothing ever blocks a referral (R6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// It is said where it matters, and holds nobody up.
    Advises,
    /// What it asks is done, or the reason why not is an entry.
    #[serde(rename = "asks")]
    AsksForAReason,
    Blocks,
}

impl Force {
    /// The word in the table of `data/README.md`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Advises => "advises",
            Self::AsksForAReason => "asks for a reason",
            Self::Blocks => "blocks",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub number: u8,
    /// One sentence or two, as a screen shows it.
    pub says: &'static str,
    /// Documents and lines, commas between them; the first decides.
    pub source: &'static str,
    /// Of when that is; newer guidance in its place where there is some.
    pub edition: &'static str,
    pub force: Force,
    /// The screen that applies it.
    pub where_: &'static str,
}

impl Rule {
    /// `R3 · S1:163 · S1, 2024`, for the foot of a screen.
    pub fn cited(&self) -> String {
        format!("R{} · {} · {}", self.number, self.source, self.edition)
    }
}

/// 4 of `R4`, and of nothing that is written otherwise.
pub fn number(written: &str) -> Option<u8> {
    let number = written.strip_prefix('R')?.parse().ok()?;
    (written == format!("R{number}")).then_some(number)
}

/// The edition of the document that a single source is a line of: `S3, 2023-2024` of `S3:344`.
pub fn edition(source: &str) -> Option<&'static str> {
    let (code, _) = source.split_once(':')?;
    [S0, S1, S2, S3, S4].into_iter().find(|edition| edition.split(',').next() == Some(code))
}

/// By its number; none beyond R36.
pub fn get(number: u8) -> Option<&'static Rule> {
    const RULES: &[Rule] = &ALL;
    RULES.iter().find(|rule| rule.number == number)
}

// What each document says of its own date, as in `data/sources.toml`, which a test compares.
const S0: &str = "S0, July 2024";
const S1: &str = "S1, 2024";
const S2: &str = "S2, undated, cites guidance of 2018";
const S3: &str = "S3, 2023-2024";
const S4: &str = "S4, 16 July 2025";
/// The golden rules that S1 and S2 go by were replaced (D21).
const SHARING: &str = "information sharing advice of May 2024";

/// In the order of their numbers. Two block: what cannot be taken back once it is said (R3), and reading about oneself
/// (R14). Those ask for a reason whose neglect would have to be explained later; the others advise.
pub const ALL: [Rule; 36] = [
    Rule {
        number: 1,
        says: "If anyone is in danger now, ring 999 before you write, and say that it is a child safeguarding matter.",
        source: "S1:168, S2:669, S2:702, S0:83",
        edition: S1,
        force: AsksForAReason,
        where_: "danger screen",
    },
    Rule {
        number: 2,
        says: "Refer any bruise, mark or injury of a baby who cannot yet move about, however it is explained.",
        source: "S1:115",
        edition: "S1, 2024; the local procedure on babies of June 2022",
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 3,
        says: "Where illness may be made up or brought about, tell the parents only on recorded advice of social care or the police.",
        source: "S1:163",
        edition: S1,
        force: Blocks,
        where_: "parents form",
    },
    Rule {
        number: 4,
        says: "Where the concern is about a parent or carer, do not contact them about it: social care or the police will.",
        source: "S2:182",
        edition: S2,
        force: AsksForAReason,
        where_: "parents form",
    },
    Rule {
        number: 5,
        says: "Otherwise tell the parents, unless it makes serious harm likelier, hampers the police or delays enquiries without cause.",
        source: "S2:148-154",
        edition: S2,
        force: AsksForAReason,
        where_: "parents form",
    },
    Rule {
        number: 6,
        says: "A referral needs nobody's consent. Write down whether it was asked for, and if not, why.",
        source: "S1:163, S2:145, S4:108-116",
        edition: SHARING,
        force: Advises,
        where_: "guide",
    },
    Rule {
        number: 7,
        says: "Nobody here investigates: only social care, the police or the NSPCC interview a child or anybody else about it.",
        source: "S3:344, S2:27, S2:172-180",
        edition: S3,
        force: Advises,
        where_: "Part 2 forms",
    },
    Rule {
        number: 8,
        says: "Ask little and openly, suggest no answer, and do not have the child tell it again to somebody else.",
        source: "S1:155, S1:159, S3:333-336, S2:630",
        edition: S1,
        force: Advises,
        where_: "new concern form",
    },
    Rule {
        number: 9,
        says: "Promise no secrets: say whom you will have to tell.",
        source: "S1:154, S1:297, S2:181, S2:359, S3:330, S3:418",
        edition: S1,
        force: Advises,
        where_: "new concern form",
    },
    Rule {
        number: 10,
        says: "A child writes no statement about abuse and does not sign the record.",
        source: "S3:338",
        edition: S3,
        force: Advises,
        where_: "Part 2 forms",
    },
    Rule {
        number: 11,
        says: "Write down the very words, slang too, how the child seemed, and when it was said.",
        source: "S1:162, S3:337",
        edition: S1,
        force: Advises,
        where_: "new concern form",
    },
    Rule {
        number: 12,
        says: "Destroy no notes. Write down where the originals are kept.",
        source: "S1:161, S2:364",
        edition: S1,
        force: AsksForAReason,
        where_: "closing check",
    },
    Rule {
        number: 13,
        says: "The lead hears of an allegation at once, and the designated officer (LADO) before the person is spoken to.",
        source: "S1:240-249",
        edition: "S1, 2024; KCSIE 2025, part four, for the four limbs",
        force: AsksForAReason,
        where_: "ring screen",
    },
    Rule {
        number: 14,
        says: "A concern about the lead goes to the head of the organisation at once, and the lead cannot open it.",
        source: "S1:250",
        edition: S1,
        force: Blocks,
        where_: "people screen",
    },
    Rule {
        number: 15,
        says: "Tell the head of the organisation that a referral was made.",
        source: "S1:160",
        edition: S1,
        force: Advises,
        where_: "due screen",
    },
    Rule {
        number: 16,
        says: "Of an elected member the monitoring officer is told; of staff or a volunteer, human resources.",
        source: "S2:133-134",
        edition: S2,
        force: Advises,
        where_: "ring screen",
    },
    Rule {
        number: 17,
        says: "Choose somebody who is not involved, and name the people who may open it, with the reason.",
        source: "S2:106",
        edition: S2,
        force: AsksForAReason,
        where_: "form of who may open it",
    },
    Rule {
        number: 18,
        says: "Whoever would rather not tell the lead may tell a manager, human resources or the lead trustee.",
        source: "S0:49-50",
        edition: S0,
        force: Advises,
        where_: "new concern form",
    },
    Rule {
        number: 19,
        says: "Only those who need to know are told, and the record keeps who has looked.",
        source: "S3:348, S2:143, S1:160",
        edition: S3,
        force: Advises,
        where_: "concern screen",
    },
    Rule {
        number: 20,
        says: "Whatever else is done, tell the lead of the school that the pupil is on roll at as well.",
        source: "S3:77, S3:123, S3:349-350",
        edition: S3,
        force: AsksForAReason,
        where_: "due screen",
    },
    Rule {
        number: 21,
        says: "Write down each decision and why, keep it under review, and refer again if nothing gets better.",
        source: "S3:422-425",
        edition: S3,
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 22,
        says: "Whether you share or not, write down what, with whom, what for and why.",
        source: "S1:342",
        edition: SHARING,
        force: AsksForAReason,
        where_: "sharing form",
    },
    Rule {
        number: 23,
        says: "Every concern has a row in the chronology, with its number.",
        source: "S3:460",
        edition: S3,
        force: Advises,
        where_: "chronology",
    },
    Rule {
        number: 24,
        says: "Keep what was seen and heard apart from what somebody thinks of it.",
        source: "S3:505",
        edition: S3,
        force: AsksForAReason,
        where_: "closing check",
    },
    Rule {
        number: 25,
        says: "Give each child a part in neutral words, and neither \"victim\" nor \"perpetrator\".",
        source: "S3:269",
        edition: S3,
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 26,
        says: "Never ask about domestic abuse in front of partner or family. Think of a DASH assessment and of housing.",
        source: "S2:553-555",
        edition: S2,
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 27,
        says: "Where an attack may be about to happen, ring 999 first; otherwise think of Channel, through council or police.",
        source: "S2:515, S4:168",
        edition: S2,
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 28,
        says: "A teacher who knows of FGM tells the police themselves by the close of the next working day: nobody can do it for them.",
        source: "S3:316",
        edition: "S3, 2023-2024; gov.uk, mandatory reporting of FGM",
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 29,
        says: "Choose the categories, and read what each asks for before you decide.",
        source: "S3:151-179, S2:442-488",
        edition: S3,
        force: AsksForAReason,
        where_: "guide",
    },
    Rule {
        number: 30,
        says: "Where an agency does not act, go one rung up the ladder and write it down.",
        source: "S4:172, S4:195, S3:436",
        edition: S4,
        force: Advises,
        where_: "due screen",
    },
    Rule {
        number: 31,
        says: "Go on watching after you have reported: set the day on which you look again.",
        source: "S4:146",
        edition: S4,
        force: AsksForAReason,
        where_: "closing check",
    },
    Rule {
        number: 32,
        says: "Before you share without consent, weigh the risk and tell the person where that is safe. Advice can be asked without names.",
        source: "S4:118, S1:338",
        edition: SHARING,
        force: AsksForAReason,
        where_: "sharing form",
    },
    Rule {
        number: 33,
        says: "Ring the police directly only in an emergency; otherwise social care brings them in.",
        source: "S3:341-342",
        edition: S3,
        force: Advises,
        where_: "ring screen",
    },
    Rule {
        number: 34,
        says: "Somebody who is not suitable is referred to the Disclosure and Barring Service, with human resources.",
        source: "S1:251, S2:271",
        edition: S1,
        force: AsksForAReason,
        where_: "closing check",
    },
    Rule {
        number: 35,
        says: "Data protection law does not stop you from sharing what keeps a child safe.",
        source: "S1:296, S2:157, S3:263, S4:108",
        edition: SHARING,
        force: Advises,
        where_: "sharing form",
    },
    Rule {
        number: 36,
        says: "With no lead or deputy there, go to a senior leader; out of hours, to the duty team, the police desk for advice or the NSPCC.",
        source: "S3:419, S2:708-753",
        edition: S3,
        force: Advises,
        where_: "ring screen",
    },
];

#[cfg(test)]
mod tests {
    use super::{ALL, Force, S0, S1, S2, S3, S4, edition, get, number};
    use crate::domain::source;

    #[test]
    fn each_is_found_by_its_number_and_none_beyond_them() {
        for (number, rule) in (1..).zip(ALL) {
            assert_eq!(get(number), Some(&rule), "R{number}");
        }
        assert_eq!((get(0), get(37)), (None, None));
    }

    #[test]
    fn every_source_is_a_line_of_its_document() {
        for rule in ALL {
            for code in rule.source.split(", ") {
                assert!(source::is_inside(code), "R{}: {code}", rule.number);
            }
        }
    }

    #[test]
    fn every_edition_is_what_the_first_document_says_of_itself_or_newer_guidance() {
        for edition in [S0, S1, S2, S3, S4] {
            let (code, dated) = edition.split_once(", ").unwrap();
            let document = source::all().iter().find(|document| document.code == code).unwrap();
            assert!(document.dated.starts_with(dated), "{edition}: {}", document.dated);
        }
        for rule in ALL {
            let (first, _) = rule.source.split_once(':').unwrap();
            let is_newer = rule.edition == super::SHARING;
            assert!(is_newer || rule.edition.starts_with(first), "{}", rule.cited());
        }
    }

    #[test]
    fn what_is_shown_is_short_and_a_sentence() {
        for rule in ALL {
            assert!(rule.says.ends_with('.') && rule.says.chars().count() <= 125, "{}", rule.says);
            assert!(!rule.where_.is_empty());
        }
    }

    #[test]
    fn two_block_and_no_referral_is_held_up() {
        let blocking = ALL.into_iter().filter(|rule| rule.force == Force::Blocks);
        assert_eq!(blocking.map(|rule| rule.number).collect::<Vec<_>>(), [3, 14]);
        assert_eq!(get(6).unwrap().force, Force::Advises);
    }

    #[test]
    fn a_number_and_an_edition_are_read_off_what_is_written() {
        assert_eq!(
            (number("R4"), number("R36"), number("D4"), number("R7, R10")),
            (Some(4), Some(36), None, None)
        );
        assert_eq!((edition("S3:344"), edition("gov.uk")), (Some(S3), None));
    }

    #[test]
    fn it_is_cited_with_its_line_and_its_edition() {
        assert_eq!(get(3).unwrap().cited(), "R3 · S1:163 · S1, 2024");
    }
}
