//! What a row must say to be told as a referral or as a contact visit. Read off the words, since no field says so.

/// How many words back a "not" still speaks of what follows: "did not make a referral".
const NOT_BEFORE: usize = 4;
const NOT: [&str; 8] = ["no", "not", "without", "never", "against", "whether", "considered", "instead"];

const CONTACT: [&str; 5] =
    ["contact visit", "contact session", "contact centre", "supervised contact", "family time"];
/// A visit that did not take place is none.
const OFF: [&str; 5] = ["cancelled", "called off", "did not take place", "did not go ahead", "postponed"];

/// Whether an action was a referral: "Referred to First Response", "MARF sent". What was not referred does not count,
/// nor what was merely thought of.
pub fn speaks_of_a_referral(action: &str) -> bool {
    let folded = action.to_lowercase();
    let sentences = folded.split(['.', ';', '\n']);
    sentences.map(words).any(|words| {
        let places = words.iter().enumerate().filter(|(_, word)| is_referral(word)).map(|(place, _)| place);
        places.into_iter().any(|place| {
            let before = words.iter().take(place).rev().take(NOT_BEFORE);
            !before
                .into_iter()
                .any(|word| NOT.contains(word) || word.ends_with("n't") || word.ends_with("n’t"))
        })
    })
}

fn words(sentence: &str) -> Vec<&str> {
    let is_of_a_word = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
    sentence.split(|c| !is_of_a_word(c)).filter(|word| !word.is_empty()).collect()
}

fn is_referral(word: &str) -> bool {
    matches!(word, "referral" | "referred" | "marf" | "rereferred")
}

/// Whether a row tells that the child saw somebody of their family by arrangement.
pub fn speaks_of_a_contact_visit(text: &str) -> bool {
    let folded = text.to_lowercase();
    let has = |phrase: &&str| folded.contains(*phrase);
    CONTACT.iter().any(has) && !OFF.iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_referral_is_what_was_done() {
        for said in [
            "Referred to First Response by telephone",
            "MARF sent at 15:10.",
            "Rang First Response; made a referral",
            "Parents were not told. Referral made to social care.",
        ] {
            assert!(speaks_of_a_referral(said), "{said}");
        }
        for said in [
            "No referral for now",
            "Decided not to make a referral",
            "We didn't refer; no MARF",
            "Considered a referral and rang the mother instead",
            "Offered breakfast club",
            "Her preferred name is Zo",
            "",
        ] {
            assert!(!speaks_of_a_referral(said), "{said}");
        }
    }

    #[test]
    fn a_contact_visit_is_one_that_took_place() {
        for said in
            ["Contact visit with father, Saturday", "Supervised contact at the Contact Centre", "Family time"]
        {
            assert!(speaks_of_a_contact_visit(said), "{said}");
        }
        for said in ["Contact visit was cancelled by father", "Telephone contact with her aunt", "Home visit"]
        {
            assert!(!speaks_of_a_contact_visit(said), "{said}");
        }
    }
}
