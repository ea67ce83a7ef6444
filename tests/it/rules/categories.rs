//! What a kind of concern asks for beyond the usual: the demands of `data/signs.toml`.

use dsl_desk::domain::category::{self, Category, Demand};
use dsl_desk::domain::child_part::ChildPart;
use dsl_desk::domain::rule::Force;
use dsl_desk::domain::text::Text;

/// What these categories ask for by one rule.
fn asked(rule: u8, categories: &[&str]) -> Vec<&'static Demand> {
    let given: Vec<Text> = categories.iter().copied().map(Text::from).collect();
    category::demands_of(&given).into_iter().filter(|demand| demand.rule == Some(rule)).collect()
}

fn says(demands: &[&Demand], part: &str) -> bool {
    demands.iter().any(|demand| demand.says.contains(part))
}

#[test]
fn r2_applies_by_the_category_and_it_asks_for_a_reason() {
    let demands = asked(2, &["non-mobile-baby-mark"]);
    assert_eq!((demands.len(), demands[0].force), (1, Force::AsksForAReason));
    assert!(category::is_urgent(&"non-mobile-baby-mark".into()));
    assert!(asked(2, &["physical-abuse", "neglect"]).is_empty());
}

#[test]
fn r25_applies_between_children_each_has_a_part_in_neutral_words() {
    for id in ["child-on-child", "harmful-sexual-behaviour", "sexual-harassment", "sexual-violence", "hazing"]
    {
        assert!(says(&asked(25, &[id]), "neutral words"), "{id}");
    }
}

#[test]
fn r25_does_not_apply_to_what_adults_do() {
    assert!(asked(25, &["domestic-abuse", "neglect"]).is_empty());
}

#[test]
fn r25_applies_to_our_own_words_for_a_child() {
    let parts = ChildPart::ALL.into_iter().map(|part| part.label().to_owned());
    let signs = |category: &Category| category.look_for().join(" ");
    let demands = |category: &Category| {
        category.demands().iter().map(|demand| demand.says.clone()).collect::<Vec<_>>().join(" ")
    };
    let shown = category::all().iter().flat_map(|one| [one.note.clone(), signs(one), demands(one)]);
    for words in parts.chain(shown) {
        let words = words.to_lowercase();
        for word in ["victim", "perpetrator", "offender", "culprit", "bully "] {
            assert!(!words.contains(word), "{words}");
        }
    }
}

#[test]
fn r25_applies_where_harm_is_significant_to_both_children() {
    for id in ["child-on-child", "harmful-sexual-behaviour", "sexual-violence"] {
        let demands = asked(25, &[id]);
        let both = demands.iter().find(|demand| demand.says.contains("Think of both")).unwrap();
        assert_eq!(both.force, Force::AsksForAReason, "{id}");
    }
    assert!(!says(&asked(25, &["hazing"]), "Think of both"));
}

#[test]
fn r26_applies_nobody_is_asked_of_domestic_abuse_in_front_of_others() {
    let demands = asked(26, &["Domestic abuse"]);
    for part in ["Never ask", "DASH", "housing"] {
        assert!(says(&demands, part), "{part}");
    }
    assert!(says(&asked(26, &["teenage-relationship-abuse"]), "Never ask"));
}

#[test]
fn r26_does_not_apply_to_other_troubles_of_a_family() {
    assert!(!says(&asked(26, &["teenage-relationship-abuse"]), "DASH"), "there is no partner at home");
    assert!(asked(26, &["family-circumstances"]).is_empty());
}

#[test]
fn r27_applies_an_attack_that_may_be_about_to_happen_is_999_before_channel() {
    let demands = asked(27, &["radicalisation"]);
    assert!(demands[0].says.contains("999") && demands[1].says.contains("Channel"));
}

#[test]
fn r27_does_not_apply_to_hatred_alone() {
    assert!(asked(27, &["racist-abuse", "bullying"]).is_empty());
}

#[test]
fn r28_applies_a_known_case_is_the_teachers_own_report() {
    let demands = asked(28, &["fgm"]);
    let known = demands.iter().find(|demand| demand.says.starts_with("Known")).unwrap();
    for part in ["the teacher", "101", "close of the next working day", "Nobody can do it for them"] {
        assert!(known.says.contains(part), "{part}");
    }
}

#[test]
fn r28_does_not_apply_to_a_suspicion_or_to_another_offence() {
    let demands = asked(28, &["fgm"]);
    let suspected = demands.iter().find(|demand| demand.says.starts_with("Suspected")).unwrap();
    assert!(!suspected.says.contains("101"));
    // The template calls upskirting a duty of the same kind, which could not be confirmed (H29).
    assert!(asked(28, &["upskirting", "honour-based-abuse"]).is_empty());
}

#[test]
fn r29_applies_what_is_known_to_need_more_than_the_usual_says_so() {
    for id in
        ["sexual-exploitation", "criminal-exploitation", "county-lines", "forced-marriage", "sharing-nudes"]
    {
        assert!(!asked(29, &[id]).is_empty(), "{id}");
    }
    assert!(says(&asked(29, &["sharing-nudes"]), "Do not look at"));
}

#[test]
fn r29_does_not_apply_where_the_usual_is_enough() {
    assert!(asked(29, &["bullying", "no category of ours"]).is_empty());
}
