//! Sentences as people write them, with the rules that they are warned of, and those that are meant otherwise.

use super::Place::{Action, Advice, Facts, Opinion, Other, OwnWords};
use super::{Place, cautions};

fn rules(text: &str, of: Place) -> Vec<u8> {
    cautions(text, of).iter().map(|caution| caution.rule).collect()
}

#[track_caller]
fn each(rule: u8, of: Place, texts: &[&str]) {
    are(&[rule], of, texts);
}

#[track_caller]
fn none(of: Place, texts: &[&str]) {
    are(&[], of, texts);
}

/// All that are wrong at once: a word of the data changes several.
#[track_caller]
fn are(wanted: &[u8], of: Place, texts: &[&str]) {
    let wrong: Vec<_> =
        texts.iter().map(|text| (rules(text, of), text)).filter(|(got, _)| got != wanted).collect();
    assert!(wrong.is_empty(), "not {wanted:?}: {wrong:#?}");
}

#[test]
fn interviewing_questioning_and_statements() {
    each(
        7,
        Action,
        &[
            "I interviewed him in the office.",
            "Mr Osei INTERVIEWED the two boys.",
            "Interviewing both children tomorrow.",
            "We then questioned him about the bruise.",
            "Questioned Zoë before lunch.",
            "Will question the other pupils after break.",
            "Took a statement from her.",
            "Mr Osei took their statements.",
            "Statements were taken from three pupils.",
            "We investigated and found nothing.",
            "I will investigate this further.",
            "The school carried out an internal investigation.",
            "Cross-examined him about the times.",
            "He was interrogated in front of the class.",
            "I did not ring home but interviewed his sister.",
            "Rang the police. I interviewed her while we waited.",
            "I rang First Response and interviewed the child.",
            "Head of year obtained a written statement.",
            "Our own investigation says otherwise.",
            "I probed for more.",
            "She was questioned by her tutor.",
            "He was questioned by me.",
        ],
    );
}

#[test]
fn what_is_not_done_or_is_others_work_is_no_investigation() {
    none(
        Action,
        &[
            "I did not interview him.",
            "He was not interviewed.",
            "Nobody questioned the child.",
            "We didn’t take a statement from her.",
            "Did not question him or take a statement.",
            "Told not to investigate.",
            "Reminded staff never to interview the child.",
            "Listened without questioning her.",
            "He will be interviewed by police.",
            "She will be interviewed on Friday.",
            "She was interviewed by a detective and a social worker.",
            "The police interviewed him at home.",
            "Police took a statement from her mother.",
            "Social care will investigate.",
            "Section 47: the social worker interviewed both boys.",
            "Referred to the police to investigate.",
            "He was interviewed under caution.",
            "He was interviewed for a place at college.",
            "Asked for advice on whether to interview the child.",
            "Return home interview by the county team.",
            "Mum questioned him about it at home.",
            "The hospital is investigating his stomach pain.",
            "She asked a question about the trip.",
            "He is questioning her identity.",
            "I questioned whether this is enough.",
            "The bank statement was on the table.",
            "Instead of interviewing him, I listened.",
            "Ofsted will investigate the complaint.",
            "Asked the caretaker to investigate the noise.",
            "See question A on the form.",
            "The investigating officer rang.",
        ],
    );
}

#[test]
fn what_others_advise_is_theirs() {
    none(
        Advice,
        &[
            "They will interview her at home this afternoon.",
            "Investigating officer will ring back.",
            "Do not interview him or take a statement.",
            "An investigation has begun.",
        ],
    );
    each(7, Advice, &["Told them that we interviewed him.", "I had already questioned her."]);
}

#[test]
fn leading_questions() {
    each(
        8,
        Facts,
        &[
            "I asked \"did he touch you?\"",
            "I asked, “Did Dad hit you?”",
            "Asked her: has anyone at home hurt you? Said no. Then: did your uncle hurt you?",
            "I said 'was it your brother who hit you?'",
            "\"He hit you, didn't he?\" I asked.",
            "Is it true that he came into your room, I asked.",
            "I asked her did mummy make you do it",
        ],
    );
    none(
        Facts,
        &[
            "I asked what happened.",
            "I asked \"what did he do to you?\"",
            "\"Who hurt you?\" I asked.",
            "I asked \"where did he hit you?\"",
            "I did not ask \"did he touch you?\"",
            "Asked her whether she was hurt.",
            "The police asked \"did he touch you?\"",
            "Mum asked \"did he hit you?\"",
            "Can you tell me about that?",
            "I asked \"has anybody hurt you?\"",
            "Dad did not hit you, she said.",
        ],
    );
}

#[test]
fn promises_and_secrets() {
    each(
        9,
        Facts,
        &[
            "I promised not to tell.",
            "Promised him that I would not tell anyone.",
            "I told him I would keep it secret.",
            "I said I'd keep it to myself.",
            "I told her \"I won't tell anyone\".",
            "I said “I'll keep it to myself”.",
        ],
    );
    each(
        9,
        Action,
        &[
            "Told her it stays between us.",
            "He told me in confidence.",
            "I assured her of complete confidentiality.",
            "Promised to keep it quiet.",
            "Promised confidentiality.",
            "We agreed to keep it confidential.",
            "I told him I wouldn’t tell his mum.",
            "I promised we will keep this private.",
        ],
    );
    none(
        Facts,
        &[
            "He was not promised anything.",
            "I did not promise to keep it secret.",
            "I told her I could not keep it secret.",
            "Explained that I cannot promise not to tell.",
            "I never promised confidentiality.",
            "Dad made her promise not to tell.",
            "He told her to keep it secret.",
            "His uncle promised to keep it secret.",
            "She said \"it is our secret\".",
            "She has grown in confidence.",
            "He is lacking in confidence since October.",
            "There was an argument between us and the neighbours.",
            "I said that I will not tell anyone who need not know.",
            "She promised to come on Monday.",
            "I wouldn't promise to keep it between us.",
            "I will not tell his mum today: she is the concern.",
            "We told First Response we will keep an eye on him.",
            "I said I would keep it in his file.",
            "Spoken of in confidence with the LADO.",
            "She is in our secret Santa.",
        ],
    );
}

#[test]
fn the_child_writes_and_signs_nothing() {
    each(
        10,
        Action,
        &[
            "Asked her to write it down.",
            "I got Zoë to write down what happened.",
            "Had him write a statement.",
            "Signed by the child.",
            "Child's signature: Z. Ahmed",
            "The pupil’s signature is on page 2.",
            "The pupils’ signatures are below.",
            "Statement signed and dated.",
            "She signed the statement.",
            "The child has signed this record.",
            "She wrote it down for me.",
            "He wrote his own statement.",
            "Notes were signed by both pupils.",
            "Made him sign it.",
            "The teacher made the children write statements.",
        ],
    );
    none(
        Action,
        &[
            "I did not ask her to write anything down.",
            "She was not asked to write it down.",
            "The record was never signed by the child.",
            "Asked Mr Osei to write down what he saw.",
            "Asked the teacher to write his account.",
            "Asked me to write it down.",
            "Mrs Green signed the statement.",
            "Asked mum to sign the form.",
            "She signed up for the summer club.",
            "I asked her to write a story about the trip.",
            "Asked him to write his name on the test.",
            "I wrote it down at once.",
            "Personal statement for college.",
            "The police asked her to sign her statement.",
            "Consent form signed by her mother.",
            "Miss Green said she wrote it down at once.",
            "She signed the form for the trip.",
            "His signature is missing from the register.",
            "Told her to write down her homework.",
        ],
    );
}

#[test]
fn neutral_words() {
    each(
        25,
        Facts,
        &[
            "The victim sat on the left.",
            "Both victims are in Year 9.",
            "The victims' friends came, too.",
            "The perpetrator left the room.",
            "He is an abuser.",
            "The alleged perpetrator's phone",
            "Police have spoken to the victim.",
        ],
    );
    none(
        Facts,
        &[
            "She said \"I am the victim here\".",
            "He said he is “no victim”.",
            "Gave her the number of Victim Support.",
            "The Victims’ Code was explained; so was the Victims and Prisoners Act.",
            "Mother is a victim of domestic abuse.",
            "Father is on a perpetrator programme.",
            "He is a known drug abuser.",
            "Did not call anybody a victim.",
            "Child A pushed child B.",
        ],
    );
}

#[test]
fn what_the_child_said_is_left_alone_but_for_a_promise_of_the_adult() {
    none(
        OwnWords,
        &[
            "He interviewed me and made me sign it. I am the victim.",
            "Dad said did he touch you",
            "it is our secret and he told me in confidence",
            "Dad made me promise not to tell",
            "he is a perpetrator",
        ],
    );
    each(9, OwnWords, &["I told him I would keep it secret.", "I promised her that I won't tell."]);
}

#[test]
fn a_text_has_its_cautions_in_their_order_and_says_where() {
    let text = "Zoë asked the victim; I interviewed him. He wrote a statement. The victim left.";
    let found = cautions(text, Opinion);
    let words: Vec<_> = found.iter().map(|one| (one.rule, text.get(one.words.clone()).unwrap())).collect();
    assert_eq!(words, [(25, "victim"), (7, "interviewed"), (10, "wrote a statement"), (25, "victim")]);
    assert!(found.iter().all(|one| one.source.starts_with("S3:") && one.says.ends_with('.')));
    assert!(cautions("", Other).is_empty());
}

#[test]
fn words_that_come_again_and_again_are_each_found_once() {
    let text = "The victim interviewed him. ".repeat(500);
    assert_eq!(cautions(&text, Facts).len(), 1000);
}
