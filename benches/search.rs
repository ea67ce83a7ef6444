//! One keystroke of the finder, one look-up in the vocabulary of running text; beside fuzzy-matcher alone over
//! the same lines. `cargo bench --bench search`.

use std::sync::LazyLock;

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use dsl_desk::search::{Card, Index, Query, Vocabulary, match_running_text, match_text};
use fastrand::Rng;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

const CHILDREN: usize = 50_000;
const CONTACTS: usize = 10_000;
const WORDS: usize = 100_000;

/// Typed letter by letter: each word in full, misspelt, joined, and what finds nobody.
const TYPED: [&str; 8] =
    ["a", "mo", "jhon", "amina khan", "p patel 10b", "mohammed hussain", "o brien", "xqzv"];

const GIVEN: [&str; 40] = [
    "Amina",
    "Mohammed",
    "Zoë",
    "John",
    "Łukasz",
    "Siobhán",
    "Aisha",
    "Oliver",
    "Priya",
    "Jean-Luc",
    "Fatima",
    "Ngozi",
    "Harpreet",
    "Katarzyna",
    "Yusuf",
    "Emily",
    "Abdirahman",
    "Shivani",
    "Noah",
    "Ayaan",
    "Chloe",
    "Maryam",
    "Jakub",
    "Isla",
    "Hamza",
    "Zainab",
    "Ethan",
    "Anjali",
    "Thomas",
    "Khadija",
    "Leo",
    "Sumaya",
    "Rohan",
    "Grace",
    "Bilal",
    "Niamh",
    "Arjun",
    "Ella",
    "Ismail",
    "Freya",
];
const FAMILY: [&str; 40] = [
    "Khan",
    "Patel",
    "Smith",
    "O’Brien",
    "Wójcik",
    "Hussain",
    "Singh",
    "Kaur",
    "Begum",
    "Jones",
    "Okonkwo",
    "McDonald",
    "Ali",
    "Ahmed",
    "Kowalski",
    "Mistry",
    "Taylor",
    "Osman",
    "Chauhan",
    "Brown",
    "Desai",
    "Hassan",
    "Nowak",
    "Wright",
    "Modi",
    "Farah",
    "Clarke",
    "Solanki",
    "Iqbal",
    "Green",
    "Parmar",
    "Mohamud",
    "Walker",
    "Lad",
    "Rahman",
    "Evans",
    "Joshi",
    "Abdi",
    "Harris",
    "Thakrar",
];
const ENDINGS: [&str; 12] =
    ["", "son", "ova", "ani", "ford", "well", "ski", "eh", "pour", "ton", "wala", "man"];
const ROLES: [&str; 10] = [
    "Social worker",
    "Health visitor",
    "School nurse",
    "Duty officer",
    "Designated safeguarding lead",
    "Early help worker",
    "Police liaison",
    "Youth worker",
    "Paediatrician",
    "Headteacher",
];
const SYLLABLES: [&str; 24] = [
    "ba", "con", "der", "es", "fur", "gen", "hal", "in", "jo", "kel", "lam", "mer", "nor", "op", "per",
    "qui", "ris", "sta", "ter", "un", "ver", "wick", "yel", "ze",
];

struct Child {
    name: String,
    form: String,
    born: NaiveDate,
}

fn one_of<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    rng.choice(words).copied().unwrap_or_default()
}

/// Thousands of different family names out of forty.
fn full_name(rng: &mut Rng) -> String {
    let middle = if rng.u8(..4) == 0 { one_of(rng, &GIVEN) } else { "" };
    format!("{} {middle} {}{}", one_of(rng, &GIVEN), one_of(rng, &FAMILY), one_of(rng, &ENDINGS))
}

fn child(rng: &mut Rng) -> Child {
    let days = rng.i64(0..4000);
    Child {
        name: full_name(rng),
        form: format!("{}{}", rng.u8(7..12), rng.char('A'..'F')),
        born: NaiveDate::from_ymd_opt(2008, 9, 1).unwrap_or_default() + chrono::Duration::days(days),
    }
}

struct Desk {
    children: Index<usize>,
    contacts: Index<usize>,
    /// What fuzzy-matcher is given: a line for each child and contact.
    lines: Vec<String>,
}

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let mut rng = Rng::with_seed(7);
    let (mut children, mut contacts) = (Index::new(), Index::new());
    let mut lines = Vec::with_capacity(CHILDREN + CONTACTS);
    for id in 0..CHILDREN {
        let Child { name, form, born } = child(&mut rng);
        children.insert(id, &Card::new().name(&name).form(&form).born(born).role("Beaumont Academy"));
        lines.push(format!("{name} {form} {born}"));
    }
    for id in 0..CONTACTS {
        let (name, role) = (full_name(&mut rng), one_of(&mut rng, &ROLES));
        let phone = format!("0116 {} {}", rng.u32(200..999), rng.u32(1000..9999));
        let purpose = "advice and referral when a child may be at risk of harm";
        contacts.insert(id, &Card::new().name(&name).role(role).text(purpose).phone(&phone));
        lines.push(format!("{name} {role} {phone}"));
    }
    Desk { children, contacts, lines }
});

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut rng = Rng::with_seed(11);
    let mut vocabulary: Vocabulary =
        [("safeguarding", 900), ("strategy", 400), ("bruise", 200)].into_iter().collect();
    while vocabulary.len() < WORDS {
        let syllables = rng.usize(2..5);
        let word: String = (0..syllables).map(|_| one_of(&mut rng, &SYLLABLES)).collect();
        vocabulary.add(&format!("{word}{}", one_of(&mut rng, &ENDINGS)), rng.u64(1..50));
    }
    vocabulary
});

fn main() {
    LazyLock::force(&DESK);
    LazyLock::force(&VOCABULARY);
    divan::main();
}

/// The last key of the query: children and contacts, twenty of each.
#[divan::bench(args = TYPED)]
fn find(bencher: Bencher, typed: &str) {
    bencher.bench(|| {
        let query = Query::parse(black_box(typed));
        (DESK.children.find(&query, 20), DESK.contacts.find(&query, 20))
    });
}

/// The same by fuzzy-matcher alone: every line scored, the best twenty kept.
#[divan::bench(args = TYPED)]
fn fuzzy_matcher_alone(bencher: Bencher, typed: &str) {
    let matcher = SkimMatcherV2::default().ignore_case();
    bencher.bench(|| {
        let scored = DESK.lines.iter().enumerate();
        let mut hits: Vec<(i64, usize)> = scored
            .filter_map(|(id, line)| Some((matcher.fuzzy_match(line, black_box(typed))?, id)))
            .collect();
        hits.sort_unstable_by(|a, b| b.cmp(a));
        hits.truncate(20);
        hits
    });
}

#[divan::bench(args = ["safeguarding", "safegaurding", "strat", "bruse", "sta", "zzz"])]
fn expand(bencher: Bencher, typed: &str) {
    bencher.bench(|| VOCABULARY.expand(black_box(typed), 40));
}

/// A hundred rows of a list while it narrows.
#[divan::bench(args = ["jhon smith", "khan 10b"])]
fn narrow_100_lines(bencher: Bencher, typed: &str) {
    let query = Query::parse(typed);
    bencher.bench(|| DESK.lines.iter().take(100).filter(|line| match_text(&query, line).is_some()).count());
}

#[divan::bench]
fn narrow_100_running_texts(bencher: Bencher) {
    let query = Query::parse("briuses nurse");
    let text = "Spoke to the school nurse, who had seen two bruises on the left arm and asked how they came about; \
                he said that he fell at home. Mum was rung at 14:10 and will come in on Friday.";
    bencher.bench(|| (0..100).filter(|_| match_running_text(&query, black_box(text)).is_some()).count());
}

#[divan::bench]
fn build_the_indexes(bencher: Bencher) {
    let mut rng = Rng::with_seed(7);
    let children: Vec<Child> = (0..CHILDREN).map(|_| child(&mut rng)).collect();
    bencher.bench(|| {
        let mut index = Index::new();
        for (id, Child { name, form, born }) in children.iter().enumerate() {
            index.insert(id, &Card::new().name(name).form(form).born(*born));
        }
        index.len()
    });
}
