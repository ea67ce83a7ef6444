//! Rules on what is written: R7 to R10 and R25, as cautions give them while somebody types.

use dsl_desk::domain::caution::{Place, cautions};
use dsl_desk::domain::source;
use dsl_desk::domain::text::Text;

/// Every field that an account may stand in, but for the child's own words.
const WRITTEN: [Place; 4] = [Place::Facts, Place::Opinion, Place::Action, Place::Other];

#[track_caller]
fn applies(rule: u8, code: &str, texts: &[&str]) {
    for text in texts {
        for place in WRITTEN {
            let found = cautions(text, place);
            let one = found.iter().find(|caution| caution.rule == rule);
            let one = one.unwrap_or_else(|| panic!("R{rule} is not said of {text:?} among {place:?}"));
            assert_eq!(one.source, code);
            assert_ne!(source::in_full(&Text::from(one.source)), one.source, "no such document or line");
            assert!(text.get(one.words.clone()).is_some_and(|words| !words.is_empty()));
        }
    }
}

#[track_caller]
fn does_not_apply(texts: &[&str]) {
    for text in texts {
        for place in WRITTEN {
            assert_eq!(cautions(text, place), [], "{text} among {place:?}");
        }
    }
}

#[test]
fn r7_applies_nobody_here_investigates() {
    applies(
        7,
        "S3:344",
        &[
            "Mr Osei interviewed both boys in his office.",
            "We questioned her again after lunch.",
            "I took a statement from the teaching assistant.",
            "The school carried out an investigation of its own.",
            "We investigated this, but the police will interview him as well.",
        ],
    );
}

#[test]
fn r7_does_not_apply_to_social_care_police_and_advice_against_it() {
    does_not_apply(&[
        "The boys were not interviewed.",
        "He will be interviewed by the police on Monday.",
        "The social worker took a statement from her mother.",
        "Advised not to investigate or to question anybody.",
        "I listened, and asked what had happened.",
    ]);
}

#[test]
fn r7_does_not_apply_to_what_others_say_that_they_will_do() {
    assert_eq!(cautions("They will interview him at home on Monday.", Place::Advice), []);
    assert_eq!(cautions("I told them that we interviewed him.", Place::Advice).len(), 1);
}

#[test]
fn r8_applies_to_questions_that_suggest_an_answer() {
    applies(
        8,
        "S3:334",
        &["I asked \"did he touch you?\"", "I asked “did dad hit you”", "\"Has she hurt you?\" I asked."],
    );
}

#[test]
fn r8_does_not_apply_to_open_questions_and_those_of_the_police() {
    does_not_apply(&[
        "I asked \"what happened?\"",
        "I asked \"who hit you?\" and \"where did he hit you?\"",
        "I did not ask \"did he touch you?\"",
        "The police officer asked \"did he touch you?\"",
    ]);
}

#[test]
fn r9_applies_nobody_promises_secrecy() {
    applies(
        9,
        "S3:330",
        &[
            "I promised not to tell.",
            "I told him I would keep it secret.",
            "I said that it stays between us.",
            "She told me this in confidence.",
        ],
    );
}

#[test]
fn r9_does_not_apply_to_what_was_not_promised_or_by_others() {
    does_not_apply(&[
        "She was not promised that anybody would keep it secret.",
        "I explained that I cannot promise confidentiality.",
        "His uncle made him promise not to tell.",
        "She is growing in confidence.",
    ]);
}

#[test]
fn r9_applies_alone_to_the_childs_own_words() {
    let found = cautions("I told him I would keep it secret.", Place::OwnWords);
    assert_eq!(found.iter().map(|caution| caution.rule).collect::<Vec<_>>(), [9]);
    for text in
        ["dad said its our secret", "they interviewed me, I am the victim, I signed it", "did he hit you"]
    {
        assert_eq!(cautions(text, Place::OwnWords), [], "{text}");
    }
}

#[test]
fn r10_applies_the_child_neither_writes_nor_signs() {
    applies(
        10,
        "S3:338",
        &[
            "I asked her to write it down.",
            "The note was signed by the child.",
            "The child's signature is below.",
            "Statement signed on 20 November.",
        ],
    );
}

#[test]
fn r10_does_not_apply_to_what_adults_write_and_sign() {
    does_not_apply(&[
        "She was not asked to write it down.",
        "I asked Mr Osei to write down what he saw.",
        "The consent form was signed by her mother.",
        "I wrote down her words and signed the record.",
    ]);
}

#[test]
fn r25_applies_to_what_children_are_called() {
    applies(
        25,
        "S3:269",
        &["The victim is in Year 9.", "Moved the perpetrator to another set.", "He is an abuser."],
    );
}

#[test]
fn r25_does_not_apply_to_what_is_quoted_or_is_a_name() {
    does_not_apply(&[
        "She said \"I am always the victim\".",
        "Gave the family the number of Victim Support.",
        "Child A is in Year 9, child B in Year 10.",
    ]);
}
