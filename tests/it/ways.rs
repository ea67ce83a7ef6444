//! Each way that we know of in which somebody without the right could read or change a record, and the test that tries
//! it. A way without a test fails here; so does a test that was renamed or taken away.

use std::fs;
use std::path::Path;

/// How somebody would do it; the file of the test under `tests/it/`; its name.
const WAYS: [(&str, &str, &str); 43] = [
    // Somebody else's keys.
    ("opens another person's file", "cabinet/people.rs", "nobody_opens_the_desk_with_anothers_passphrase"),
    ("guesses a passphrase", "cabinet/keys.rs", "a_wrong_passphrase_is_said_to_be_one"),
    (
        "names a file outside of the folder",
        "cabinet/keys.rs",
        "a_name_that_leads_out_of_the_folder_is_nobody",
    ),
    ("renames their own file", "cabinet/people.rs", "a_person_file_under_another_name_is_nobody"),
    ("swaps the key files of two desks", "cabinet/people.rs", "keys_of_another_cabinet_open_nothing"),
    ("swaps the key files of two cabinets", "desk/senior.rs", "nobody_else_opens_it"),
    ("tries words of a recovery key", "cabinet/recovery.rs", "other_words_open_nothing"),
    (
        "uses words that were replaced",
        "cabinet/recovery.rs",
        "a_new_key_that_was_cut_off_leaves_the_words_from_before",
    ),
    ("uses the words of the other cabinet", "desk/senior.rs", "its_own_words_recover_it"),
    // Somebody who may do less, or nothing any more.
    ("was removed", "cabinet/leaving.rs", "whoever_has_left_opens_nothing_and_what_they_wrote_stays"),
    (
        "was removed, and puts their file back",
        "desk/senior.rs",
        "only_its_members_admit_to_it_and_remove_from_it",
    ),
    (
        "opens an old backup",
        "cabinet/leaving.rs",
        "a_backup_from_before_still_opens_for_whoever_has_left_and_one_from_after_does_not",
    ),
    ("records without the right", "cabinet/people.rs", "rights_are_kept_to_at_the_desk"),
    ("imports contacts without the right", "cli/contacts.rs", "whoever_may_not_record_imports_nothing"),
    ("gives themselves another right", "cabinet/people.rs", "a_right_that_somebody_gave_themselves_is_named"),
    ("gets a right by the words", "cabinet/recovery.rs", "whoever_has_the_words_gets_no_other_right"),
    ("admits somebody without the right", "cabinet/people.rs", "somebody_whom_nobody_admitted_is_named"),
    (
        "removes somebody without the right",
        "cabinet/leaving.rs",
        "a_removal_needs_a_right_a_reason_and_somebody_else",
    ),
    (
        "recovers somebody without the words",
        "cabinet/recovery.rs",
        "nobody_records_a_recovery_without_the_words",
    ),
    ("reads who has looked", "desk/seeing.rs", "who_has_looked_is_for_leads_and_seniors_to_read"),
    (
        "takes away that they have looked",
        "desk/seeing.rs",
        "a_sighting_can_be_neither_changed_nor_taken_away",
    ),
    // A restricted concern.
    (
        "types the number of a restricted concern",
        "desk/restricted.rs",
        "nor_is_it_opened_or_written_on_by_its_number",
    ),
    ("asks every command for it", "cli/restricted.rs", "no_command_tells_of_it_to_somebody_who_is_not_named"),
    (
        "asks whom to ring about it",
        "cli/ring.rs",
        "a_restricted_concern_says_nothing_to_whom_it_does_not_name",
    ),
    ("looks for it on every screen", "tui/restricted.rs", "no_screen_shows_it_to_somebody_who_is_not_named"),
    (
        "reads it in the file that it came in",
        "desk/restricted.rs",
        "a_file_that_holds_a_restricted_report_beside_others_is_not_shown",
    ),
    ("was named on it, and left", "desk/restricted.rs", "where_everybody_named_has_left_the_leads_open_it"),
    // People files.
    ("edits a name or a role", "cabinet/people.rs", "a_name_and_a_role_in_an_edited_file_change_nothing"),
    ("edits a public key", "cabinet/people.rs", "a_recipient_in_an_edited_file_is_never_sealed_to"),
    ("plants a file", "cabinet/people.rs", "an_admission_that_was_cut_off_opens_nothing_and_is_done_again"),
    // The database.
    ("signs in another's name", "cabinet/people.rs", "a_line_in_anothers_name_is_named"),
    ("changes any byte of the ledger", "cabinet/tamper.rs", "any_byte_of_any_column_names_its_entry"),
    ("changes what the screens read", "cabinet/tamper.rs", "every_projection_is_compared"),
    (
        "cuts off the newest entries",
        "cabinet/witness.rs",
        "a_tail_cut_off_with_all_its_traces_is_missed_by_whoever_noted_it",
    ),
    (
        "rewrites everything with every key",
        "cabinet/witness.rs",
        "a_ledger_rewritten_with_every_key_is_content_and_yet_not_what_was_noted",
    ),
    (
        "puts an old database back",
        "cabinet/last_seen.rs",
        "an_old_file_put_back_is_told_until_somebody_accepts_it",
    ),
    (
        "forges the note of the newest entry",
        "cabinet/last_seen.rs",
        "a_note_that_is_forged_or_unreadable_is_told_and_stops_nobody",
    ),
    (
        "puts an old database into a backup",
        "cabinet/restore.rs",
        "an_older_database_under_a_newer_note_is_refused",
    ),
    // The lead, and what is about her.
    (
        "looks for it on every screen",
        "tui/senior.rs",
        "the_lead_sees_nothing_of_what_is_about_her_on_any_screen",
    ),
    ("asks every command for it", "cli/senior.rs", "no_command_of_the_lead_tells_of_it"),
    (
        "looks for it in the folder",
        "desk/senior.rs",
        "a_concern_about_the_dsl_is_in_the_senior_cabinet_and_nowhere_else",
    ),
    ("looks for it in a backup", "desk/senior.rs", "backups_of_one_cabinet_hold_nothing_of_the_other"),
    (
        "makes another senior cabinet",
        "desk/senior.rs",
        "a_senior_cabinet_that_was_replaced_is_told_to_its_members",
    ),
];

#[test]
fn every_way_has_its_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for (way, file, test) in WAYS {
        let source =
            fs::read_to_string(folder.join(file)).unwrap_or_else(|_| panic!("{way}: there is no {file}"));
        let is_test = source.contains(&format!("#[test]\nfn {test}()"));
        assert!(is_test, "{way}: {file} has no test {test}");
    }
}
