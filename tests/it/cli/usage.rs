use super::desk::{program, said};

#[test]
fn wrong_usage_is_two_and_never_repeats_what_was_written() {
    let wrong: [&[&str]; 9] = [
        &["Okonkwo"],
        &["show", "Okonkwo"],
        &["show"],
        &["chronology", "Zoë", "Okonkwo"],
        &["find"],
        &["find", "a", "--in", "Okonkwo"],
        &["find", "a", "--limit", "Okonkwo"],
        &["find", "a", "--Okonkwo"],
        &["annotate", "1", "--from", "-", "--passphrase-file", "-"],
    ];
    for args in wrong {
        let said = said(program().args(args), "");
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        assert!(!said.err.contains("Okonkwo"), "{}", said.err);
        assert!(said.err.ends_with("See `dsl-desk --help`, or --help after a command.\n"), "{}", said.err);
    }
}

#[test]
fn usage_says_what_a_value_may_be() {
    let said = said(program().args(["find", "a", "--in", "somewhere"]), "");
    assert!(said.err.contains("children, contacts, chronology"), "{}", said.err);
}

#[test]
fn a_passphrase_is_never_an_argument() {
    let help = said(program().arg("--help"), "");
    assert_eq!(help.code, 0);
    for command in
        ["demo", "setup", "import", "inbox", "show", "chronology", "annotate", "find", "contacts", "verify"]
    {
        assert!(help.out.contains(&format!("  {command}")), "{command}\n{}", help.out);
    }
    assert_eq!(said(program().args(["inbox", "--passphrase", "seven kettles"]), "").code, 2);
}
