//! Who may open the desk, on the screens: the first run to its end, and every change of people.

use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::person::Right;

use super::user::User;
use crate::support::{PASSPHRASE, Place, THEIRS, World};

fn at(place: &Place) -> User {
    User::at(place.folder.root(), 80, 24)
}

/// Amina at the list of people.
fn among_people(place: &Place) -> User {
    let mut amina = at(place);
    amina.unlocks().press(&["P"]).sees("as admitted");
    amina
}

fn is_content(place: &Place) {
    assert_eq!(place.open().unwrap().verify().unwrap().problems, Vec::<String>::new());
}

/// The words on the screen, in their order.
fn words(user: &User) -> Vec<String> {
    let screen = user.screen();
    let numbered = screen.lines().filter(|line| line.trim_start().starts_with(char::is_numeric));
    let words: Vec<String> = numbered
        .flat_map(str::split_whitespace)
        .filter(|word| word.chars().all(char::is_alphabetic))
        .map(str::to_owned)
        .collect();
    assert_eq!(words.len(), 17, "{screen}");
    words
}

/// Copies the words to paper and gives back the two that are asked for.
fn gives_back(user: &mut User) -> Vec<String> {
    let words = words(user);
    user.press(&["Enter"]);
    for line in user.screen().lines() {
        let number = line.trim_start_matches(['>', ' ']).strip_prefix("Word ").map(str::trim);
        if let Some(number) = number.and_then(|rest| rest.split_whitespace().next()) {
            let place: usize = number.parse().unwrap();
            user.types(&words[place - 1]).press(&["Enter"]);
        }
    }
    words
}

/// The seven questions of the first run.
fn sets_up(amina: &mut User) {
    amina.types("Abbey Fields School").press(&["Enter"]).types("Amina Khan").press(&["Enter", "Enter"]);
    amina.types("Fiona Grant").press(&["Enter", "Enter"]);
    amina.types(PASSPHRASE).press(&["Enter"]).types(PASSPHRASE).press(&["Enter"]);
}

#[test]
fn the_first_run_makes_a_recovery_key_and_hands_the_keyboard_over() {
    let place = Place::empty();
    let mut amina = at(&place);
    sets_up(&mut amina);
    amina.sees("seventeen words").sees("the desk is lost");
    let words = gives_back(&mut amina);
    amina.sees("Hand the keyboard to Fiona Grant.");
    amina.types(THEIRS).press(&["Enter"]).types(THEIRS).press(&["Enter"]);
    amina.sees("Fiona Grant opens the desk from now on.").press(&["Esc", "Ctrl-L"]);
    drop(amina);
    let fiona = PersonId::from_name("Fiona Grant");
    assert_eq!(place.open_as(&fiona).unwrap().me().role.as_str(), "Chief executive");
    let recovering =
        dsl_desk::desk::people::recovery::Recovering::open(place.folder.clone(), &fiona, &words.join(" "));
    assert!(recovering.is_ok());
    drop(recovering);
    is_content(&place);
}

#[test]
fn what_is_put_off_is_asked_at_each_opening_and_makes_nothing() {
    let place = Place::empty();
    let mut amina = at(&place);
    sets_up(&mut amina);
    let words = words(&amina);
    amina.press(&["Enter", "Esc"]).sees("There is no recovery key").press(&["Esc"]).sees("Inbox");
    for _ in 0..2 {
        amina.press(&["Ctrl-L"]).types(PASSPHRASE).press(&["Enter"]);
        amina.sees("Hand the keyboard to Fiona Grant.").sees("There is no recovery key");
        amina.press(&["Esc"]).sees("Nothing is waiting").does_not_see("Fiona Grant");
    }
    drop(amina);
    let desk = place.open().unwrap();
    assert!(!desk.has_recovery_key().unwrap() && desk.members().unwrap().len() == 1);
    drop(desk);
    let recovering = dsl_desk::desk::people::recovery::Recovering::open(
        place.folder.clone(),
        &PersonId::from_name("Amina Khan"),
        &words.join(" "),
    );
    assert!(recovering.is_err(), "words that nobody gave back open nothing");
    is_content(&place);
}

#[test]
fn a_lock_on_the_way_leaves_no_recovery_key_and_no_words() {
    let place = Place::empty();
    let mut amina = at(&place);
    sets_up(&mut amina);
    let words = words(&amina);
    amina.press(&["F12"]).sees("The desk is locked.");
    let screen = amina.screen();
    assert!(!words.iter().any(|word| screen.contains(&format!(" {word} "))), "{screen}");
    assert!(!place.open().unwrap().has_recovery_key().unwrap());
}

#[test]
fn who_receives_a_concern_about_the_lead_is_asked_until_it_is_known() {
    let place = World::new().close();
    let mut amina = at(&place);
    amina.types(PASSPHRASE).press(&["Enter"]).sees("If a concern is about you, who receives it?");
    amina.press(&["Esc", "Ctrl-L"]).types(PASSPHRASE).press(&["Enter"]);
    amina.sees("If a concern is about you, who receives it?");
    amina.types("Amina Khan").press(&["Enter"]).sees("It cannot be yourself.").press(&["Backspace"; 10]);
    amina.types("Fiona Grant").press(&["Enter", "Enter"]).sees("Hand the keyboard to Fiona Grant.");
    amina.press(&["Esc", "Ctrl-L"]).types(PASSPHRASE).press(&["Enter"]);
    amina.sees("Hand the keyboard to Fiona Grant.").press(&["Shift-Tab"]).sees("who receives it?");
    drop(amina);
    let beth = place.admit("Beth Jones", Right::Deputy);
    let mut user = at(&place);
    user.press(&["Down"]).types(THEIRS).press(&["Enter"]).does_not_see("receives").sees("Inbox");
    drop(user);
    assert_eq!(place.open_as(&beth).unwrap().me().name.as_str(), "Beth Jones");
    is_content(&place);
}

#[test]
fn somebody_is_admitted_gets_another_right_and_leaves() {
    let place = World::new().close();
    let mut amina = among_people(&place);
    amina.press(&["+"]).types("Beth Jones").press(&["Enter"]).types("Deputy lead").press(&["Enter"]);
    amina.sees("deputy: reads and records").press(&["Enter"]).sees("Hand the keyboard to Beth Jones.");
    amina.types(THEIRS).press(&["Enter"]).types(THEIRS).press(&["Enter"]).sees("opens the desk from now on");
    amina.sees("Beth Jones").sees("as admitted");
    amina.press(&["Down", "e", "Right", "Enter"]).types("Has taken over").press(&["Enter"]);
    let beth = PersonId::from_name("Beth Jones");
    amina.sees("Beth Jones is a reader now.");
    assert_eq!(place.open_as(&beth).unwrap().members().unwrap()[1].person.right, Right::Reader);
    amina.press(&["x"]).sees("Remove Beth Jones, Deputy lead?").types("Left the school").press(&["Enter"]);
    amina.sees("the cabinet has another key").does_not_see("Deputy lead");
    assert!(place.open_as(&beth).is_err());
    // The desk goes on under the other key.
    amina.press(&["n", "Esc", "P", "+"]).types("Beth Jones").press(&["Enter"]).types("Governor");
    amina.press(&["Enter", "Enter"]).sees("Hand the keyboard to Beth Jones.");
    drop(amina);
    is_content(&place);
}

#[test]
fn nobody_is_removed_while_another_desk_is_open_and_nothing_is_lost_by_trying() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let place = world.close();
    let beth = place.admit("Beth Jones", Right::Deputy);
    let other = place.open_as(&beth).unwrap();
    let mut amina = at(&place);
    amina
        .unlocks()
        .press(&["Enter", "i"])
        .types("In the pupil file")
        .waits(1)
        .press(&["Esc", "P", "Down", "x"]);
    amina.types("Left the school").press(&["Enter"]).sees("The desk is open elsewhere");
    assert_eq!(other.members().unwrap().len(), 2);
    drop(other);
    // The reason is still there.
    amina.press(&["Enter"]).sees("the cabinet has another key");
    drop(amina);
    assert!(place.open_as(&beth).is_err());
    assert_eq!(place.open().unwrap().drafts().unwrap().len(), 1);
    is_content(&place);
}

#[test]
fn a_form_below_outlives_a_removal() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let place = world.close();
    place.admit("Beth Jones", Right::Deputy);
    let mut amina = at(&place);
    amina.unlocks().press(&["Enter", "n", "i"]).types("In the pupil").waits(1);
    amina.press(&["Ctrl-K"]).types("people").press(&["Enter", "Down", "x"]).types("Left").press(&["Enter"]);
    amina.sees("the cabinet has another key").press(&["Esc"]).sees("In the pupil");
    amina.types(" file").waits(1).does_not_see("another desk").press(&["Ctrl-S"]).sees("Recorded at");
    let concern = dsl_desk::domain::entry::Subject::Concern(dsl_desk::domain::ids::ConcernId(1));
    assert_eq!(place.open().unwrap().seen_by(concern).unwrap().len(), 1, "it was opened once");
    drop(amina);
    is_content(&place);
}

#[test]
fn ones_own_passphrase_is_changed_with_the_old_one_only() {
    let place = World::new().close();
    let beth = place.admit("Beth Jones", Right::Reader);
    let mut user = at(&place);
    user.press(&["Down"]).types(THEIRS).press(&["Enter", "P"]).sees("as admitted");
    user.press(&["+"]).sees("You may change your own passphrase.");
    let new = "thistle orbit marzipan two";
    user.press(&["p"]).types("not hers").press(&["Enter"]).types(new).press(&["Enter"]).types(new);
    user.press(&["Enter"]).sees("does not open this desk");
    assert!(place.open_as(&beth).is_ok());
    user.types(THEIRS).press(&["Enter"]).types(new).press(&["Enter"]).types(new).press(&["Enter"]);
    user.sees("Your passphrase is changed.");
    assert!(place.open_as(&beth).is_err());
    user.press(&["Ctrl-L", "Down"]).types(new).press(&["Enter"]).sees("Inbox");
}

#[test]
fn other_words_take_the_place_of_those_before() {
    let place = World::new().close();
    let before = place.keeper().make_recovery_key(crate::support::now()).unwrap();
    let mut amina = among_people(&place);
    amina.press(&["w"]).sees("The words from before open the desk until these are made.");
    let opens = |words: &str| {
        let amina = PersonId::from_name("Amina Khan");
        dsl_desk::desk::people::recovery::Recovering::open(place.folder.clone(), &amina, words).is_ok()
    };
    let before = secrecy::ExposeSecret::expose_secret(&before).to_owned();
    assert!(opens(&before));
    let words = gives_back(&mut amina);
    amina.sees("The recovery key is made.");
    assert!(opens(&words.join(" ")) && !opens(&before));
}
