//! From whom advice says that something is to be kept: "do not tell the parents", "nobody is to speak to him".

use std::sync::LazyLock;

use super::advisers::is_related_at;
use super::{NEAR, Person, before, denies, phrases, shipped};
use crate::domain::phrase::{Phrases, Reading};

/// Who is not to be told, or spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain::gate) enum KeptFrom {
    Family,
    Children,
    /// Of whom it is, or somebody who is only "him" or "them".
    Person,
    /// It says nobody.
    Unsaid,
}

/// All from whom it is kept. `person` is whoever may be meant beside the family.
pub(in crate::domain::gate) fn kept_from(text: &str, person: Option<&Person>) -> Vec<KeptFrom> {
    static TELLING: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.telling));
    static KEEPING: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.keeping));
    let reading = Reading::new(text);
    let is_kept = |place: &usize| {
        KEEPING.is_at(&reading, *place) || TELLING.is_at(&reading, *place) && is_forbidden(&reading, *place)
    };
    reading.places().filter(is_kept).flat_map(|place| from(&reading, place, person)).collect()
}

fn is_forbidden(reading: &Reading, place: usize) -> bool {
    static NOT: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.not));
    let mut same = before(reading, place).take_while(|before| !turns(reading, *before));
    same.any(|before| denies(reading, before, &NOT))
}

/// Where another thought begins.
fn turns(reading: &Reading, place: usize) -> bool {
    static TURNS: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.turns));
    TURNS.is_at(reading, place)
}

/// Whoever stands near in the same thought, on either side: nobody is to tell them, or they are not to be told.
fn from(reading: &Reading, place: usize, person: Option<&Person>) -> Vec<KeptFrom> {
    static HOME: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.home));
    static CHILDREN: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.children));
    static THEM: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().kept.them));
    let is_same = |near: &usize| reading.is_one_sentence(*near, place) && !turns(reading, *near);
    let near: Vec<usize> = before(reading, place)
        .take_while(is_same)
        .chain((place..=place + NEAR).take_while(is_same))
        .collect();
    let has = |is: &dyn Fn(usize) -> bool| near.iter().any(|near| is(*near));
    let is_person = |near: usize| {
        THEM.is_at(reading, near) || person.is_some_and(|person| person.names.is_at(reading, near))
    };
    let all = [
        (has(&|near| HOME.is_at(reading, near) || is_related_at(reading, near)), KeptFrom::Family),
        (has(&|near| CHILDREN.is_at(reading, near)), KeptFrom::Children),
        (has(&is_person), KeptFrom::Person),
    ];
    let named: Vec<KeptFrom> =
        all.into_iter().filter(|(is_there, _)| *is_there).map(|(_, from)| from).collect();
    if named.is_empty() { vec![KeptFrom::Unsaid] } else { named }
}
