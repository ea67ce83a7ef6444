//! Words by which running text is known to speak of something: hints, so that nobody has to write it twice.
//!
//! They err on the side of asking: whoever is asked in vain gives the reason in a line.

use std::sync::LazyLock;

use crate::domain::concern::names_nobody;
use crate::domain::phrase::{Phrases, Reading};

/// How far from the notes the place may stand where they are kept.
const NEAR: usize = 12;

/// What tells where the notes are that were written at the time.
struct Originals {
    notes: Phrases<()>,
    kept: Phrases<()>,
    /// There is nothing to keep.
    none: Phrases<()>,
    /// What must not become of them (R12).
    gone: Phrases<()>,
}

static ORIGINALS: LazyLock<Originals> = LazyLock::new(|| Originals {
    notes: phrases(&[
        "original|originals|notes|notebook|notebooks|jotter|jottings|handwritten",
        "hand written",
        "the|a|this|his|her|their|my|one|sticky|written note",
        "paper copy|copies|form",
        "scrap|slip|sheet of paper",
        "post it",
    ]),
    kept: phrases(&[
        "in|at|with|inside|under|behind|kept|held|stored|filed|locked|attached|pinned",
        "cabinet|safe|drawer|folder|file|office|cupboard|box|envelope|archive|book",
    ]),
    none: phrases(&[
        "no original|originals|notes|note|notebook|jottings|handwritten|written|paper|rough",
        "nothing .. written|handwritten|paper",
        "not|never .. written down|by",
        "none",
    ]),
    gone: phrases(&[
        "destroyed|shredded|binned|burnt|burned|discarded|lost|missing|mislaid|deleted",
        "threw|thrown away|out",
    ]),
});

/// Whether the text says where the notes that were written at the time are kept, or that there are none.
pub(super) fn keeps_originals(text: &str) -> bool {
    let Originals { notes, kept, none, gone } = &*ORIGINALS;
    let reading = Reading::new(text);
    let near = |place: usize, of: &Phrases<()>| {
        let mut around = place.saturating_sub(NEAR)..place + NEAR;
        around.any(|place| of.is_at(&reading, place))
    };
    reading.places().any(|place| {
        none.is_at(&reading, place) && near(place, notes)
            || notes.is_at(&reading, place) && near(place, kept) && !near(place, gone)
    })
}

const CHILD: &str = "child|pupil|student|girl|boy|young";
const SAYS: &str = "said|says|told|tells|wants|wanted|wishes|wished|feels|felt|hopes|hoped|prefers|preferred|describes|described|explained|agreed";
const VIEW: &str = "view|views|voice|wish|wishes|words|feelings|account|opinion";

/// Whether the text tells what the child says or wants. `children` are their names as they were reported.
pub(super) fn has_the_childs_voice(text: &str, children: &[&str]) -> bool {
    let names: Vec<String> = children.iter().filter_map(|name| first_name(name)).collect();
    let who = names.iter().fold(CHILD.to_owned(), |who, name| format!("{who}|{name}"));
    let whose = who.split('|').map(|who| format!("{who}'s")).collect::<Vec<_>>().join("|");
    let told = [
        format!("{who} .. {SAYS}"),
        format!("{whose} .. {VIEW}"),
        format!("{VIEW} of the? {who}"),
        format!("spoke|spoken|talked|talking to|with the? {who}"),
    ];
    let reading = Reading::new(text);
    let is_told = |phrases: &[String]| {
        let phrases = Phrases::new(phrases.iter().map(|phrase| (phrase.as_str(), ())));
        reading.places().any(|place| phrases.is_at(&reading, place))
    };
    // "She says" is the child's where the child is named beside it.
    let is_named = reading
        .places()
        .any(|place| reading.text(place).is_some_and(|word| names.iter().any(|name| name == word)));
    is_told(&told) || is_named && is_told(&[format!("he|she|they {SAYS}")])
}

/// The first word of a name, in small letters; none where nobody is named.
fn first_name(name: &str) -> Option<String> {
    let reading = Reading::new(name);
    let first = reading.text(0)?;
    (!names_nobody(name)).then(|| first.to_owned())
}

/// Whether the text speaks of a referral to the Disclosure and Barring Service.
pub(super) fn speaks_of_barring(text: &str) -> bool {
    static BARRING: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&["dbs|barring|barred"]));
    static REFERRAL: LazyLock<Phrases<()>> =
        LazyLock::new(|| phrases(&["refer|refers|referral|referred|referring"]));
    let reading = Reading::new(text);
    let has = |of: &Phrases<()>| reading.places().any(|place| of.is_at(&reading, place));
    has(&BARRING) && has(&REFERRAL)
}

/// Whether the text speaks of somebody by words of ours for them.
pub(super) fn speaks_of(text: &str, known_as: &[&str]) -> bool {
    let known = phrases(known_as);
    let reading = Reading::new(text);
    reading.places().any(|place| known.is_at(&reading, place))
}

fn phrases(written: &[&str]) -> Phrases<()> {
    Phrases::new(written.iter().map(|phrase| (*phrase, ())))
}

#[cfg(test)]
mod tests {
    use super::{has_the_childs_voice, keeps_originals, speaks_of_barring};

    #[test]
    fn originals_are_spoken_of_or_asked_for() {
        for text in [
            "Original notes: locked cabinet in the lead's office.",
            "The handwritten sheet is in the blue folder.",
            "Original notes of T. Reed are kept in the safe.",
            "Pupil file. There are no handwritten notes.",
            "Typed straight in; nothing was written on paper. Original: none.",
            "Her note is pinned to the form.",
            "Notes with Tom Reed",
            "Post-it in an envelope, file 12",
        ] {
            assert!(keeps_originals(text), "{text}");
        }
        for text in [
            "Pupil file and serious incident book.",
            "Please note that mother works nights in Leicester.",
            "Notes to follow.",
            "Original notes were shredded in the office.",
            "He threw away the notes that he made in class.",
            "None.",
            "",
        ] {
            assert!(!keeps_originals(text), "{text}");
        }
    }

    #[test]
    fn the_childs_voice_is_heard_or_asked_for() {
        let names = ["Zoë Marsh", "not known"];
        for text in [
            "Spoke with Zoë, who is tired.",
            "The child said that it was fine.",
            "ZOË would like to stay: she says that her nan is kind.",
            "The pupil's own wishes: to go home.",
            "Views of the child: none yet.",
        ] {
            assert!(has_the_childs_voice(text, &names), "{text}");
        }
        for text in [
            "She said that we should refer.",
            "Zoë is in year 5.",
            "Mother says no.",
            "The girl's mother said so.",
            "",
        ] {
            assert!(!has_the_childs_voice(text, &names), "{text}");
        }
    }

    #[test]
    fn a_referral_to_the_barring_service_is_no_check() {
        assert!(speaks_of_barring("Referred to the Disclosure and Barring Service."));
        assert!(!speaks_of_barring("His DBS check is of 2024."));
    }
}
