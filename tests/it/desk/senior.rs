//! The senior cabinet: what is for it never reaches the lead's, and nobody but its members opens it (R14, R18).

use std::fs;
use std::path::PathBuf;

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::backup::{self, Check};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{CabinetKeys, PersonFile, Work};
use dsl_desk::cabinet::restore::Checked;
use dsl_desk::cabinet::sealed::Sealed;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::answer::{AskReceiver, Scope};
use dsl_desk::desk::people::recovery::Recovering;
use dsl_desk::desk::people::{Keeper, NewPerson};
use dsl_desk::desk::worker::{Clock, Service};
use dsl_desk::desk::{Act, Desk, Reply, Request};
use dsl_desk::domain::cabinet::CabinetName;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::ids::{ConcernId, PersonId};
use dsl_desk::domain::person::{Receiver, Right};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::support::{ALL, Place, World, amina, everything_under, minutes, now, part1, passphrase, theirs};

/// In every report that is for the senior cabinet, and nowhere else.
const WORD: &str = "Quillfeather";

/// A desk with a chief executive, who receives what is about the lead.
struct Two {
    place: Place,
    chief: PersonId,
}

impl Two {
    fn new() -> Self {
        let place = World::new().close();
        let chief = place.admit("Rosalind Amery", Right::Senior);
        Self { place, chief }
    }

    fn lead(&self) -> Desk {
        self.place.open().unwrap()
    }

    fn chief(&self) -> Desk {
        self.place.open_as(&self.chief).unwrap().beside().unwrap().unwrap()
    }

    fn senior(&self) -> Folder {
        self.place.folder.with(CabinetName::Senior)
    }

    fn drop_in(&self, name: &str, contents: &str) {
        fs::write(self.place.folder.incoming().join(name), contents).unwrap();
    }

    /// What lies in the drop folder, by the ending.
    fn lying(&self, ending: &str) -> Vec<PathBuf> {
        let mut found = everything_under(&self.place.folder.incoming());
        found.retain(|path| path.extension().is_some_and(|found| found == ending));
        found
    }

    /// Nowhere in the folder is the word to be read.
    fn holds_no_word(&self) -> bool {
        let files = everything_under(self.place.folder.root()).into_iter().filter(|path| path.is_file());
        let word = WORD.as_bytes();
        files.map(|file| fs::read(file).unwrap()).all(|bytes| bytes.windows(word.len()).all(|at| at != word))
    }
}

/// Looks until everything that lies there has been steady for long enough.
fn looks(desk: &mut Desk) {
    // A few files are dealt with at each look.
    for minute in 1..12 {
        desk.look(minutes(minute)).unwrap();
    }
}

fn concerns(desk: &mut Desk) -> Vec<ConcernId> {
    let rows = desk.inbox(Pile::Waiting, "", ALL, now()).unwrap().rows;
    rows.iter().map(|row| row.concern).collect()
}

fn is_content(desk: &Desk) {
    assert_eq!(desk.verify().unwrap().problems, Vec::<String>::new());
}

fn report(staff: &Value) -> Value {
    json!({
        "format": "dsl-desk.concern/1", "about": "staff", "staff": staff,
        "reporter": {"name": "Pat Tester"}, "account": {"what": format!("Of {WORD}")},
    })
}

fn about_the_dsl() -> Value {
    report(&json!({"name": "Amina Khan", "is_dsl": true}))
}

#[test]
fn a_concern_about_the_dsl_is_in_the_senior_cabinet_and_nowhere_else() {
    let two = Two::new();
    let mut lead = two.lead();
    let before = lead.entries().unwrap();
    two.drop_in("report.json", &about_the_dsl().to_string());
    let looked = [1, 2, 3].map(|minute| lead.look(minutes(minute)).unwrap());
    assert!(looked.iter().all(|looked| looked.arrived.is_empty() && looked.trouble.is_none()));
    assert_eq!((lead.entries().unwrap(), concerns(&mut lead)), (before, Vec::new()));
    assert!(lead.find(WORD, Scope::Everything, 9).unwrap().is_empty());
    assert_eq!(lead.standing().unwrap().rejected, 0);
    assert!(two.lying("json").is_empty() && two.lying("sealed").len() == 1 && two.holds_no_word());
    // Looking again changes nothing.
    looks(&mut lead);
    assert_eq!((lead.entries().unwrap(), two.lying("sealed").len()), (before, 1));
    let mut chief = two.chief();
    looks(&mut chief);
    let [concern] = concerns(&mut chief)[..] else { panic!("it is there once") };
    assert!(chief.concern(concern).unwrap().part1.account.what.contains(WORD));
    assert!(two.lying("sealed").is_empty());
    is_content(&lead);
    is_content(&chief);
}

#[test]
fn of_a_sheet_only_the_rows_about_the_dsl_are_set_apart() {
    let two = Two::new();
    let sheet = format!(
        "Pupil's name,Member of staff concerned,Is it the DSL?,What happened,Your name\n\
         Zoë Marsh,,,Of Zoë,Pat Tester\n,Amina Khan,Yes,Of {WORD},Pat Tester\nNiamh Byrne,,,Of Niamh,Pat Tester\n\
         ,Amina Khan,Yes,,{WORD}\n"
    );
    two.drop_in("forms.csv", &sheet);
    let mut lead = two.lead();
    looks(&mut lead);
    assert_eq!(concerns(&mut lead).len(), 2);
    for concern in concerns(&mut lead) {
        assert!(!lead.original(concern).unwrap().1.contains(WORD), "the file as it arrived");
    }
    assert!(two.lying("csv").is_empty() && two.lying("sealed").len() == 2 && two.holds_no_word());
    let mut chief = two.chief();
    looks(&mut chief);
    // One of them says nothing of what happened: she reads it as it was written.
    assert_eq!(concerns(&mut chief).len(), 2);
    assert!(two.lying("sealed").is_empty() && two.holds_no_word());
    is_content(&lead);
}

#[test]
fn what_a_reporter_does_not_want_the_dsl_to_see_is_set_apart() {
    let two = Two::new();
    let mut report = report(&json!({"name": "Mr V"}));
    report["not_for_dsl"] = json!(true);
    two.drop_in("asked.json", &report.to_string());
    // It cannot be taken in as it is either.
    report["account"] = json!({});
    two.drop_in("bad.json", &json!([report]).to_string());
    let mut lead = two.lead();
    looks(&mut lead);
    assert!(concerns(&mut lead).is_empty() && lead.standing().unwrap().rejected == 0);
    assert!(two.lying("sealed").len() == 2 && two.lying("json").is_empty() && two.holds_no_word());
    let mut chief = two.chief();
    looks(&mut chief);
    let all = concerns(&mut chief);
    assert_eq!(all.len(), 2);
    let read = all.iter().map(|concern| chief.concern(*concern).unwrap().part1);
    assert!(read.into_iter().any(|part1| part1.reasons.contains("cannot be read")));
}

#[test]
fn in_doubt_it_is_set_apart() {
    let two = Two::new();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut report = about_the_dsl();
        report["staff"]["is_dsl"] = Value::Null;
        change(&mut report);
        report.to_string()
    };
    let cut_short = with(&|report| report["not_for_dsl"] = json!(true));
    let reports = [
        with(&|report| report["staff"] = json!("Amina Khan")),
        with(&|report| report["staff"] = json!({"name": "AK"})),
        with(&|report| report["staff"] = json!({"name": "our Professor Khan (office)"})),
        with(&|report| report["notForDsl"] = json!(true)),
        with(&|report| report["staff"] = json!({"name": "our safeguarding lead"})),
        with(&|report| report["staff"] = json!({"name": ""})),
        with(&|report| report["not_for_dsl"] = json!("yes")),
        with(&|report| {
            report["about"] = json!("adult");
            report["account"]["who"] = json!("Amina Khan");
        }),
        cut_short[..cut_short.len() - 3].to_owned(),
    ];
    for (number, report) in reports.iter().enumerate() {
        two.drop_in(&format!("{number}.json"), report);
    }
    let sheet = format!("Is this about,What happened,Your name\nA member of staff,Of {WORD},Pat Tester\n");
    two.drop_in("sheet.csv", &sheet);
    let mut lead = two.lead();
    looks(&mut lead);
    assert_eq!((concerns(&mut lead).len(), lead.standing().unwrap().rejected), (0, 0));
    assert!(two.lying("sealed").len() == reports.len() + 1 && two.holds_no_word());
    let mut chief = two.chief();
    looks(&mut chief);
    assert_eq!(concerns(&mut chief).len(), reports.len() + 1);
    is_content(&chief);
}

#[test]
fn another_senior_reads_what_came_before_and_nobody_what_is_about_themselves() {
    let two = Two::new();
    let mut lead = two.lead();
    two.drop_in("lead.json", &about_the_dsl().to_string());
    looks(&mut lead);
    looks(&mut two.chief());
    let new = NewPerson { name: "Tomos Vaughan".into(), role: "Trustee".into(), right: Right::Senior };
    let mut keeper = Keeper::open(two.place.folder.clone(), &two.chief, theirs()).unwrap();
    let trustee = keeper.add(&new, theirs(), Work::Token, now()).unwrap().person;
    drop(keeper);
    let mut report = report(&json!({"name": "Rosalind Amery"}));
    report["not_for_dsl"] = json!(true);
    two.drop_in("chief.json", &report.to_string());
    for minute in 12..16 {
        lead.look(minutes(minute)).unwrap();
    }
    let mut trustee = two.place.open_as(&trustee).unwrap().beside().unwrap().unwrap();
    looks(&mut trustee);
    assert_eq!(concerns(&mut trustee).len(), 2);
    assert_eq!(concerns(&mut two.chief()).len(), 1);
}

#[test]
fn another_concern_about_staff_stays() {
    let two = Two::new();
    let mut lead = two.lead();
    two.drop_in("report.json", &report(&json!({"name": "Mr V", "is_dsl": false})).to_string());
    looks(&mut lead);
    assert_eq!((concerns(&mut lead).len(), two.lying("sealed").len()), (1, 0));
}

#[test]
fn before_there_is_a_receiver_it_waits_and_holds_up_nothing() {
    let world = World::new();
    let place = world.close();
    assert_eq!(place.open().unwrap().info().unwrap().receiver, Some(AskReceiver::Who));
    let sheet = format!(
        "Pupil's name,Member of staff concerned,What happened,Your name\n\
         Zoë Marsh,,Of Zoë,Pat Tester\n,Amina Khan,Of {WORD},Pat Tester\n"
    );
    fs::write(place.folder.incoming().join("forms.csv"), &sheet).unwrap();
    fs::write(place.folder.incoming().join("report.json"), about_the_dsl().to_string()).unwrap();
    let mut lead = place.open().unwrap();
    looks(&mut lead);
    assert_eq!(concerns(&mut lead).len(), 1);
    assert_eq!(lead.standing().unwrap().rejected, 0);
    assert_eq!(typed_about_the_dsl(&mut lead).unwrap_err().to_string().matches("kept").count(), 1);
    let named = Receiver { name: "Rosalind Amery".into(), role: "Chief executive".into() };
    lead.act(&Act::NameReceiver(named.clone()), None, now()).unwrap();
    assert_eq!(lead.info().unwrap().receiver, Some(AskReceiver::Passphrase(named)));
    drop(lead);
    let two = Two { chief: place.admit("Rosalind Amery", Right::Senior), place };
    let mut lead = two.lead();
    assert_eq!(lead.info().unwrap().receiver, None);
    assert!(!two.holds_no_word(), "it waits as it came");
    looks(&mut lead);
    assert!(two.holds_no_word() && concerns(&mut lead).len() == 1);
    let mut chief = two.chief();
    looks(&mut chief);
    assert_eq!(concerns(&mut chief).len(), 2);
}

fn typed_about_the_dsl(desk: &mut Desk) -> Result<(), Error> {
    let mut part1 = Part1 { about: About::Staff, ..part1("Nobody", None) };
    part1.children.clear();
    part1.account.what = format!("Of {WORD}").as_str().into();
    part1.staff = Some(NamedStaff { name: "Amina Khan".into(), ..NamedStaff::default() });
    desk.act(&Act::TypeIn(Box::new(part1)), Some("new"), now()).map(drop)
}

#[test]
fn what_the_dsl_types_about_herself_is_sealed_too() {
    let two = Two::new();
    let mut lead = two.lead();
    lead.keep_draft("new", &format!("Of {WORD}"), now()).unwrap();
    let before = lead.entries().unwrap();
    typed_about_the_dsl(&mut lead).unwrap();
    assert_eq!((lead.entries().unwrap(), lead.drafts().unwrap()), (before, Vec::new()));
    assert!(two.holds_no_word());
    let mut chief = two.chief();
    looks(&mut chief);
    assert_eq!(concerns(&mut chief).len(), 1);
}

#[test]
fn a_sealed_report_is_taken_in_by_the_cabinet_that_it_is_sealed_to() {
    let two = Two::new();
    let mut lead = two.lead();
    let identity = PersonFile::load(&two.place.folder, &amina()).unwrap().unlock(passphrase()).unwrap();
    let mine = CabinetKeys::unseal(&two.place.folder.keys(), &identity).unwrap().intake_key().unwrap();
    let another = CabinetKeys::generate().unwrap().intake_key().unwrap();
    let report = report(&json!({"name": "Mr V"})).to_string();
    for (name, to) in [("mine", mine), ("another", another)] {
        let file = Sealed::seal(&to, report.as_bytes()).unwrap().to_file().unwrap();
        two.drop_in(&format!("{name}.sealed"), &String::from_utf8(file).unwrap());
    }
    looks(&mut lead);
    let left = two.lying("sealed");
    assert_eq!((concerns(&mut lead).len(), left.len()), (1, 1));
    assert!(left[0].ends_with("another.sealed"), "it stays, and is not mentioned");
    assert_eq!(lead.standing().unwrap().rejected, 0);
}

#[test]
fn a_changed_sealed_report_is_told_to_its_receiver_alone() {
    let two = Two::new();
    let mut lead = two.lead();
    two.drop_in("report.json", &about_the_dsl().to_string());
    looks(&mut lead);
    let sealed = two.lying("sealed").remove(0);
    let text = fs::read_to_string(&sealed).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let ciphertext = file["ciphertext"].as_str().unwrap().to_owned();
    let other = if ciphertext.starts_with('A') { "B" } else { "A" };
    file["ciphertext"] = json!(format!("{other}{}", &ciphertext[1..]));
    fs::write(&sealed, file.to_string()).unwrap();
    let told = [12, 13, 14].map(|minute| lead.look(minutes(minute)).unwrap().trouble);
    assert_eq!(told, [None, None, None]);
    let mut chief = two.chief();
    let told = [1, 2, 3].map(|minute| chief.look(minutes(minute)).unwrap().trouble);
    assert!(told.iter().flatten().any(|told| told.contains("damaged")), "{told:?}");
    assert!(sealed.exists() && concerns(&mut chief).is_empty());
}

#[test]
fn nobody_else_opens_it() {
    let two = Two::new();
    let deputy = two.place.admit("Grace Osei", Right::Deputy);
    assert!(two.lead().beside().unwrap().is_none());
    assert!(two.place.open_as(&deputy).unwrap().beside().unwrap().is_none());
    for (person, passphrase) in [(amina(), passphrase()), (deputy, theirs())] {
        let opened = Desk::open(two.senior(), &person, passphrase);
        assert!(matches!(opened.err(), Some(Error::NotAMember)));
    }
    // The keys of the general cabinet in the place of its own open nothing.
    fs::copy(two.place.folder.keys(), two.senior().keys()).unwrap();
    assert!(matches!(Desk::open(two.senior(), &amina(), passphrase()).err(), Some(Error::NotACabinet)));
    // Neither does its own file in the place of the general one.
    fs::copy(two.senior().database(), two.place.folder.database()).unwrap();
    assert!(two.place.open().is_err());
}

#[test]
fn only_its_members_admit_to_it_and_remove_from_it() {
    let two = Two::new();
    let new = NewPerson { name: "Tomos Vaughan".into(), role: "Trustee".into(), right: Right::Senior };
    let by_lead = two.place.keeper().add(&new, theirs(), Work::Token, now());
    assert!(by_lead.unwrap_err().to_string().contains("senior cabinet"));
    let mut chief = Keeper::open(two.place.folder.clone(), &two.chief, theirs()).unwrap();
    let trustee = chief.add(&new, theirs(), Work::Token, now()).unwrap().person;
    assert!(two.place.open_as(&trustee).unwrap().beside().unwrap().is_some());
    drop(chief);
    // What was written before they leave stays theirs to have read; what comes after does not open to them.
    let theirs_before = fs::read(two.place.folder.person(&trustee)).unwrap();
    let by_lead = two.place.keeper().remove(&trustee, &"Left".into(), now());
    assert!(by_lead.err().unwrap().to_string().contains("senior cabinet"));
    let chief = Keeper::open(two.place.folder.clone(), &two.chief, theirs()).unwrap();
    is_content(&chief.remove(&trustee, &"Left".into(), now()).unwrap());
    is_content(&two.chief());
    fs::write(two.place.folder.person(&trustee), theirs_before).unwrap();
    for folder in [two.place.folder.clone(), two.senior()] {
        assert!(matches!(Desk::open(folder, &trustee, theirs()).err(), Some(Error::NotAMember)));
    }
}

#[test]
fn nobody_is_added_in_the_senior_cabinet_itself() {
    let two = Two::new();
    let mut senior = Keeper::open(two.senior(), &two.chief, theirs()).unwrap();
    let new = NewPerson { name: "Tomos Vaughan".into(), role: "Trustee".into(), right: Right::Senior };
    assert!(senior.add(&new, theirs(), Work::Token, now()).is_err());
    assert!(!two.place.folder.person(&PersonId("tomos-vaughan".to_owned())).exists());
}

#[test]
fn backups_of_one_cabinet_hold_nothing_of_the_other() {
    let two = Two::new();
    let lead = two.lead();
    let mut chief = two.chief();
    typed_about_the_dsl(&mut chief).unwrap();
    let general = lead.back_up(None, Check::Replayed, now()).unwrap();
    let senior = chief.back_up(None, Check::Replayed, now()).unwrap();
    let stick = two.place.beside("stick");
    chief.back_up(Some(stick.clone()), Check::Opened, now()).unwrap();
    assert_eq!(backup::kept(&two.place.folder.backups()), std::slice::from_ref(&general));
    assert_eq!(backup::kept(&two.senior().backups()), std::slice::from_ref(&senior));
    assert_eq!(backup::kept(&stick), []);
    let named = |path: &PathBuf, part: &str| {
        everything_under(path).iter().filter(|file| file.to_string_lossy().contains(part)).count()
    };
    assert_eq!(named(&general.path, "senior."), 0);
    assert_eq!(named(&senior.path, "general."), 0);
}

fn goes_back(
    desk: &Folder,
    to: &backup::Kept,
    person: &PersonId,
    passphrase: dsl_desk::cabinet::keys::Passphrase,
) {
    let from = Folder::new(&to.path).with(desk.cabinet());
    Checked::of(desk, &from, person, passphrase, |_| Ok(u64::MAX)).unwrap().put_in_place(minutes(9)).unwrap();
}

#[test]
fn going_back_with_one_cabinet_leaves_the_other() {
    let two = Two::new();
    let mut chief = two.chief();
    let early = chief.back_up(None, Check::Opened, now()).unwrap();
    typed_about_the_dsl(&mut chief).unwrap();
    let mut lead = two.lead();
    let general = lead.back_up(None, Check::Opened, now()).unwrap();
    lead.act(&Act::TypeIn(Box::new(part1("Zoë Marsh", None))), None, now()).unwrap();
    drop((lead, chief));
    goes_back(&two.place.folder, &general, &amina(), passphrase());
    assert!(concerns(&mut two.lead()).is_empty());
    assert_eq!(concerns(&mut two.chief()).len(), 1, "hers is as it was");
    goes_back(&two.senior(), &early, &two.chief, theirs());
    assert!(concerns(&mut two.chief()).is_empty());
    is_content(&two.chief());
    is_content(&two.lead());
}

#[test]
fn going_back_to_before_the_senior_cabinet_loses_none_of_it() {
    let place = World::new().close();
    let before = place.backed_up(now());
    let two = Two { chief: place.admit("Rosalind Amery", Right::Senior), place };
    typed_about_the_dsl(&mut two.chief()).unwrap();
    goes_back(&two.place.folder, &before, &amina(), passphrase());
    let mut lead = two.lead();
    assert_eq!(lead.info().unwrap().receiver, Some(AskReceiver::Who), "this record knows of none");
    // Whoever is a member of it alone still opens it.
    let mut chief = Desk::open(two.senior(), &two.chief, theirs()).unwrap();
    assert_eq!(concerns(&mut chief).len(), 1);
    drop(chief);
    two.drop_in("report.json", &about_the_dsl().to_string());
    looks(&mut lead);
    assert!(concerns(&mut lead).is_empty() && two.lying("json").len() == 1, "it waits");
    drop(lead);
    // Another begins; the one before is set aside whole.
    two.place.admit("Tomos Vaughan", Right::Senior);
    let aside = everything_under(&two.place.folder.cabinets());
    assert!(
        aside
            .iter()
            .any(|file| file.to_string_lossy().contains("set-aside-senior-") && file.ends_with("senior.db"))
    );
}

#[test]
fn its_own_words_recover_it() {
    let two = Two::new();
    let senior_words =
        Keeper::open(two.senior(), &two.chief, theirs()).unwrap().make_recovery_key(now()).unwrap();
    let general_words = two.place.keeper().make_recovery_key(now()).unwrap();
    typed_about_the_dsl(&mut two.chief()).unwrap();
    // The words of the general cabinet give her new keys there, and open nothing here.
    let words = general_words.expose_secret();
    assert!(matches!(Recovering::open(two.senior(), &two.chief, words).err(), Some(Error::WordsReplaced)));
    let recovering = Recovering::open(two.place.folder.clone(), &two.chief, words).unwrap();
    recovering.recover(passphrase(), Work::Token, now()).unwrap();
    let desk = Desk::open(two.place.folder.clone(), &two.chief, passphrase()).unwrap();
    assert!(desk.beside().unwrap().is_none(), "not with other keys");
    let words = senior_words.expose_secret();
    let recovering = Recovering::open(two.senior(), &two.chief, words).unwrap();
    recovering.recover(passphrase(), Work::Token, now()).unwrap();
    let mut chief = desk.beside().unwrap().unwrap();
    assert_eq!(concerns(&mut chief).len(), 1);
    is_content(&chief);
}

#[test]
fn a_senior_cabinet_that_was_replaced_is_told_to_its_members() {
    let two = Two::new();
    let mut service = Service::new(two.place.folder.clone(), Work::Token, Clock::new(now));
    let told = |service: &mut Service| {
        let unlock = Request::Unlock { person: two.chief.clone(), passphrase: theirs() };
        let Reply::Open(info) = service.answer(unlock) else { panic!("it opens") };
        let Reply::Looked { standing, .. } = service.answer(Request::Look) else { panic!("it looks") };
        service.answer(Request::Lock);
        assert_eq!(standing.senior_cabinet_replaced, info.standing.senior_cabinet_replaced);
        (info.opens_both, standing.senior_cabinet_replaced)
    };
    assert_eq!(told(&mut service), (true, false));
    // The lead takes it away, and names somebody of her own choice.
    let files = ["db", "keys", "seen"].map(|ending| two.senior().database().with_extension(ending));
    let aside = files.each_ref().map(|file| two.place.beside(&file.file_name().unwrap().to_string_lossy()));
    for (file, aside) in files.iter().zip(&aside).filter(|(file, _)| file.exists()) {
        fs::rename(file, aside).unwrap();
    }
    two.place.admit("Tomos Vaughan", Right::Senior);
    assert_eq!(told(&mut service), (false, true));
    // Neither does it help to put the files back: reports are sealed to the other key still.
    for (file, aside) in files.iter().zip(&aside).filter(|(_, aside)| aside.exists()) {
        fs::rename(aside, file).unwrap();
    }
    assert_eq!(told(&mut service), (true, true));
}

/// 11/5/26 is in May where another row of the same machine says 20/11/26, so that neither row stands alone.
#[test]
fn rows_that_explain_each_other_are_parted_and_none_is_lost() {
    let two = Two::new();
    let sheet = format!(
        "Start time,Completion time,Pupil's name,Member of staff concerned,What happened,Your name\n\
         20/11/26 9:01:00,20/11/26 9:05:00,,Amina Khan,Of {WORD},Pat Tester\n\
         11/5/26 9:01:00,11/5/26 9:05:00,Zoë Marsh,,Of Zoë,Pat Tester\n\
         12/5/26 9:01:00,12/5/26 9:05:00,Niamh Byrne,,,Pat Tester\n"
    );
    two.drop_in("forms.csv", &sheet);
    let mut lead = two.lead();
    looks(&mut lead);
    let [concern] = concerns(&mut lead)[..] else { panic!("Zoë's is in") };
    let written = lead.concern(concern).unwrap().part1.written_at.unwrap();
    assert_eq!(written.to_string(), "Mon 11 May 2026 09:05");
    assert_eq!(lead.standing().unwrap().rejected, 1, "the one without an account");
    assert!(two.holds_no_word());
    let mut chief = two.chief();
    looks(&mut chief);
    assert_eq!(concerns(&mut chief).len(), 1);
    is_content(&lead);
}

#[test]
fn where_all_that_is_left_is_rejected_the_rest_alone_lies_there() {
    let two = Two::new();
    let sheet = format!(
        "Pupil's name,Member of staff concerned,What happened,Your name\n\
         ,Amina Khan,Of {WORD},Pat Tester\nZoë Marsh,,,Pat Tester\n"
    );
    two.drop_in("forms.csv", &sheet);
    let mut lead = two.lead();
    looks(&mut lead);
    assert_eq!(lead.standing().unwrap().rejected, 1);
    assert!(two.holds_no_word() && two.lying("sealed").len() == 1);
}

#[test]
fn a_report_about_the_dsl_that_was_sealed_to_the_general_cabinet_goes_to_the_other() {
    let two = Two::new();
    let mut lead = two.lead();
    let mine = two.place.keeper().intake_key().unwrap();
    let file = Sealed::seal(&mine, about_the_dsl().to_string().as_bytes()).unwrap().to_file().unwrap();
    two.drop_in("report.sealed", &String::from_utf8(file).unwrap());
    looks(&mut lead);
    assert!(concerns(&mut lead).is_empty() && two.lying("sealed").len() == 1);
    let mut chief = two.chief();
    looks(&mut chief);
    assert_eq!(concerns(&mut chief).len(), 1);
}

#[test]
fn what_waits_is_sealed_as_soon_as_somebody_is_admitted_at_another_desk() {
    let place = World::new().close();
    fs::write(place.folder.incoming().join("report.json"), about_the_dsl().to_string()).unwrap();
    let mut lead = place.open().unwrap();
    lead.noticed_change().unwrap();
    looks(&mut lead);
    let two = Two { chief: place.admit("Rosalind Amery", Right::Senior), place };
    assert!(lead.noticed_change().unwrap());
    for minute in 12..16 {
        lead.look(minutes(minute)).unwrap();
    }
    assert!(two.holds_no_word() && two.lying("sealed").len() == 1);
}

#[test]
fn somebody_who_was_a_senior_and_comes_back_as_a_deputy_keeps_their_file() {
    let two = Two::new();
    let new = NewPerson { name: "Tomos Vaughan".into(), role: "Trustee".into(), right: Right::Senior };
    let mut chief = Keeper::open(two.place.folder.clone(), &two.chief, theirs()).unwrap();
    let trustee = chief.add(&new, theirs(), Work::Token, now()).unwrap().person;
    drop(chief.remove(&trustee, &"Another office".into(), now()).unwrap());
    two.place.admit("Tomos Vaughan", Right::Deputy);
    Keeper::open(two.senior(), &two.chief, theirs()).unwrap().make_recovery_key(minutes(1)).unwrap();
    assert!(two.place.open_as(&trustee).is_ok());
}
