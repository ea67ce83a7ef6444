//! How well each did, by kind: found first, found among the first five, mean reciprocal rank.

use super::kinds::Kind;
use super::peers::{Finder, LIMIT};
use super::queries::Asked;
use super::roll::Child;

/// Where the child came in the list, from 1 on; none where it is not in it.
pub(crate) type Ranks = Vec<Option<usize>>;

pub(crate) fn ranks(finder: &mut dyn Finder, asked: &[Asked], roll: &[Child]) -> Ranks {
    let find = |asked: &Asked| match asked.kind {
        // Typing on excludes whoever has no such word; a list is asked otherwise.
        Kind::MiddleAdded => rank(&finder.find_listed(&asked.typed), asked, roll),
        _ => rank(&finder.find(&asked.typed), asked, roll),
    };
    asked.iter().map(find).collect()
}

fn rank(found: &[usize], asked: &Asked, roll: &[Child]) -> Option<usize> {
    let target = roll.get(asked.target)?;
    let is_it = |place: &usize| roll.get(*place).is_some_and(|child| asked.wanted.is_met(child, target));
    found.iter().position(is_it).map(|place| place + 1)
}

#[derive(Default)]
struct Sum {
    asked: u32,
    first: u32,
    first_five: u32,
    reciprocal: f64,
}

impl Sum {
    fn add(&mut self, rank: Option<usize>) {
        self.asked += 1;
        if let Some(rank) = rank {
            self.first += u32::from(rank == 1);
            self.first_five += u32::from(rank <= 5);
            self.reciprocal += 1.0 / f64::from(u32::try_from(rank).expect("a short list"));
        }
    }

    fn cells(&self) -> String {
        let share = |part: f64| part / f64::from(self.asked.max(1));
        let [first, five] = [self.first, self.first_five].map(|found| share(found.into()));
        format!("  {first:.3} {five:.3} {:.3}", share(self.reciprocal))
    }
}

/// One line for each kind, and one for all.
pub(crate) fn print(asked: &[Asked], finders: &[(&str, Ranks)]) {
    print!("{:<40}{:>5}", "", "");
    for (name, _) in finders {
        print!("  {name:<17}");
    }
    print!("\n{:<40}{:>5}", "", "asked");
    println!("{}", format!("  {:<17}", "s@1   s@5   mrr").repeat(finders.len()));
    for kind in Kind::ALL {
        print_line(kind.what(), asked, finders, |asked| asked.kind == *kind);
    }
    print_line("all", asked, finders, |_| true);
    println!(
        "A result counts by its name, and by form or date of birth where these were typed; mrr within {LIMIT}."
    );
    println!(
        "Fair: by construction, at most four children of other names fit as well as the one who is meant."
    );
}

fn print_line(what: &str, asked: &[Asked], finders: &[(&str, Ranks)], is_in: impl Fn(&Asked) -> bool) {
    let count = asked.iter().filter(|asked| is_in(asked)).count();
    print!("{what:<40}{count:>5}");
    for (_, ranks) in finders {
        let mut sum = Sum::default();
        asked.iter().zip(ranks).filter(|(asked, _)| is_in(asked)).for_each(|(_, rank)| sum.add(*rank));
        print!("{}", sum.cells());
    }
    println!();
}

/// What was typed, for whom, where that child came, and who came first.
pub(crate) fn print_misses(
    of: impl Fn(Kind) -> bool,
    asked: &[Asked],
    ranks: &Ranks,
    roll: &[Child],
    ours: &mut dyn Finder,
) {
    for (asked, rank) in asked.iter().zip(ranks).filter(|(asked, _)| of(asked.kind)) {
        if rank.is_some_and(|rank| rank <= 5) {
            continue;
        }
        let name = |place: &usize| roll.get(*place).map(Child::line).unwrap_or_default();
        let place = rank.map_or("-".to_owned(), |rank| rank.to_string());
        let first = ours.find(&asked.typed).first().map(name).unwrap_or_default();
        let kind = asked.kind.slug();
        println!(
            "{kind:<16} {:<32} wanted {:<44} at {place:>3}; first {first}",
            asked.typed,
            name(&asked.target)
        );
    }
}
