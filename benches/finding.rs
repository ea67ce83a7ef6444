//! How good finding is: a roll of 20,000 invented children, each query asking for one of them in an altered way.
//!
//! `cargo bench --bench finding` makes the report; `cargo bench --bench finding -- tune` asks other queries on another
//! roll, which are those to tune by, and with `--misses KIND` (or `--misses all`) lists what was not in the first five.
//! The misses of the report are not for looking at while tuning, so it has no such list.
//!
//! Rules. The roll's names are in `finding/names.toml` and beside it, with their sources; communities, given names
//! and family names are drawn by weight, with other spellings of a name beside each other, middle names,
//! double-barrelled names, and letters without accents for some, as real rolls have them. A query counts as answered
//! by a child whose folded given and family name are the target's (with the middle name where it was typed in full;
//! with the form or the date of birth where those were typed): many children share a name, and the query cannot say
//! more. A query is fair if, by its construction, at most four children of other names fit it as well as the one who
//! is meant. No pair of a list fills a kind. Of the lists of other forms, short forms and respellings
//! (`finding/forms.toml`, `finding/short.toml`), tuning and report have each their own half, but for a few names that
//! everybody thinks of. A name with a middle name more than the roll has is asked as `find --batch` asks it, by two
//! words of the name: in the finder a further word excludes whoever has not got it.
//!
//! The three others are asked in the same run, on the same folded lines, name, form and date of birth.

use std::env;
use std::thread;

mod finding {
    pub(crate) mod ear;
    pub(crate) mod kinds;
    pub(crate) mod known;
    pub(crate) mod peers;
    pub(crate) mod queries;
    pub(crate) mod roll;
    pub(crate) mod score;
    pub(crate) mod slips;
}

use finding::kinds::Kind;
use finding::known::{Half, Known};
use finding::peers::{Finder, Fuzzy, Nucleo, Ours, Trigram};
use finding::queries::queries;
use finding::roll::{Child, roll};
use finding::score::{Ranks, print, print_misses, ranks};

const CHILDREN: usize = 20_000;
const OF_EACH_KIND: usize = 120;

/// Makes somebody to ask, out of the roll.
type Make = fn(&[Child]) -> Box<dyn Finder>;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let is_tuning = arguments.iter().any(|argument| argument == "tune");
    let misses = arguments.iter().skip_while(|argument| *argument != "--misses").nth(1);
    let (half, seed, what) =
        if is_tuning { (Half::Tuning, 17, "tuning") } else { (Half::Report, 4242, "report") };
    let roll = roll(seed, CHILDREN);
    let asked = queries(&roll, &Known::of(half), seed, OF_EACH_KIND);
    println!("{what}: {} queries to a roll of {} children", asked.len(), roll.len());
    if let Some(misses) = misses.filter(|_| is_tuning) {
        assert!(
            misses == "all" || Kind::ALL.iter().any(|kind| kind.slug() == misses),
            "no such kind: {misses}"
        );
        let mut ours = Ours::new(&roll);
        let ranks = ranks(&mut ours, &asked, &roll);
        print_misses(|kind| misses == "all" || kind.slug() == misses, &asked, &ranks, &roll, &mut ours);
        print(&asked, &[("ours", ranks)]);
        return;
    }
    let finders: [(&str, Make); 4] = [
        ("ours", |roll| Box::new(Ours::new(roll))),
        ("fuzzy-matcher", |roll| Box::new(Fuzzy::new(roll))),
        ("nucleo", |roll| Box::new(Nucleo::new(roll))),
        ("trigrams", |roll| Box::new(Trigram::new(roll).expect("a trigram index"))),
    ];
    let results: Vec<(&str, Ranks)> = thread::scope(|scope| {
        let (roll, asked) = (&roll, &asked);
        let running =
            finders.map(|(name, new)| (name, scope.spawn(move || ranks(&mut *new(roll), asked, roll))));
        running.into_iter().map(|(name, thread)| (name, thread.join().expect("its ranks"))).collect()
    });
    print(&asked, &results);
}
