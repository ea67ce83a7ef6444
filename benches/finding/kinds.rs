//! The kinds of query: how each alters what stands on the roll, and which children it then fits. What is fair is decided
//! in `queries.rs`.

use chrono::Datelike as _;
use dsl_desk::search::fold;
use fastrand::Rng;

use super::ear::heard;
use super::known::Known;
use super::roll::{Child, without_accents};
use super::slips::Slip;

macro_rules! kinds {
    ($($kind:ident: $slug:literal, $what:literal;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Kind { $($kind),* }

        impl Kind {
            pub(crate) const ALL: &[Self] = &[$(Self::$kind),*];

            /// As `--misses` takes it.
            pub(crate) fn slug(self) -> &'static str {
                match self { $(Self::$kind => $slug),* }
            }

            /// As the table calls it.
            pub(crate) fn what(self) -> &'static str {
                match self { $(Self::$kind => $what),* }
            }
        }
    };
}

kinds! {
    Exact: "exact", "full name, in any case";
    Accents: "accents", "accents dropped";
    Joints: "joints", "apostrophe, hyphen, space";
    Reversed: "reversed", "family name first";
    GivenForm: "given-form", "given name, form";
    FamilyForm: "family-form", "family name, form";
    FamilyYear: "family-year", "family name, year of birth";
    OneWord: "one-word", "one word alone, rare";
    Missing: "missing", "a letter missing";
    Doubled: "doubled", "a letter doubled";
    Wrong: "wrong", "a letter wrong";
    Swapped: "swapped", "two letters swapped";
    FirstLetter: "first-letter", "a slip at the first letter";
    TwoSlips: "two-slips", "two slips in a long word";
    Keys: "keys", "typed fast: keys beside, no space";
    Heard: "heard", "heard: sounds respelt by rule";
    HeardKnown: "heard-known", "heard: known respellings";
    OtherForm: "other-form", "another form of the given name";
    OtherFamily: "other-family", "another form of the family name";
    Short: "short", "short form, family name";
    Initial: "initial", "initial, family name";
    FamilyInitial: "family-initial", "family name, initial";
    Beginnings: "beginnings", "beginnings of both words";
    GivenBeginning: "given-beginning", "given name, beginning of family";
    HalfFamily: "half-family", "half of a double-barrelled name";
    MiddleLeft: "middle-left", "middle name left out";
    MiddleAdded: "middle-added", "a middle name added, off a list";
    NameForm: "name-form", "name, form";
    NameBorn: "name-born", "name, date of birth";
    FormAndSlip: "form-and-slip", "another form, slip in the family name";
}

/// What of a child has to be the same for a result to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The whole name with its middle name.
    FullName,
    /// Given and family name.
    Name,
    NameAndForm,
    NameAndYear,
    NameAndBirth,
}

impl Wanted {
    pub(crate) fn is_met(self, result: &Child, target: &Child) -> bool {
        let name = result.folded.short == target.folded.short;
        match self {
            Self::FullName => result.folded.full == target.folded.full,
            Self::Name => name,
            Self::NameAndForm => name && result.form == target.form,
            Self::NameAndYear => name && result.born.year() == target.born.year(),
            Self::NameAndBirth => name && result.born == target.born,
        }
    }
}

/// Which children of the roll a query fits as well as its target, by its construction.
#[derive(Clone, Debug)]
pub(crate) enum Fits {
    /// No others, by its construction.
    ItsName,
    NameAndForm {
        name: String,
        form: String,
    },
    NameAndYear {
        name: String,
        year: i32,
    },
    Word(String),
    Initial {
        family: String,
        initial: char,
    },
    Beginnings(String, String),
    Half {
        given: String,
        half: String,
    },
    /// One of these given names with one of these family names.
    Forms {
        given: Vec<String>,
        family: Vec<String>,
    },
    /// One of the names that a short form may stand for or begin.
    Short {
        short: String,
        long: Vec<String>,
        family: String,
    },
}

impl Fits {
    pub(crate) fn fits(&self, child: &Child) -> bool {
        let name = &child.folded;
        // Nothing in a lone word says whether it is a given or a family name.
        let has = |own: &str| format!(" {} ", name.full).contains(&format!(" {own} "));
        match self {
            Self::ItsName => false,
            Self::NameAndForm { name: own, form } => has(own) && child.form == *form,
            Self::NameAndYear { name: own, year } => has(own) && child.born.year() == *year,
            Self::Word(word) => name.full.split(' ').any(|own| own == word),
            Self::Initial { family, initial } => {
                // The initial of a middle name is one too.
                let words = name.full.split(' ');
                let mut others = words.filter(|word| !family.split(' ').any(|of_family| of_family == *word));
                name.family == *family && others.any(|word| word.starts_with(*initial))
            }
            Self::Beginnings(one, other) => {
                let words: Vec<&str> = name.full.split(' ').collect();
                let starts = |with: &str, not: Option<usize>| {
                    words.iter().enumerate().any(|(at, word)| Some(at) != not && word.starts_with(with))
                };
                words.iter().enumerate().any(|(at, word)| word.starts_with(one) && starts(other, Some(at)))
            }
            Self::Forms { given, family } => given.contains(&name.given) && family.contains(&name.family),
            Self::Short { short, long, family } => {
                name.family == *family && (name.given.starts_with(short) || long.contains(&name.given))
            }
            Self::Half { given, half } => {
                name.given == *given && name.family.split(' ').any(|own| own == half)
            }
        }
    }
}

/// A query before it is known to be fair.
pub(crate) struct Altered {
    pub(crate) typed: String,
    pub(crate) wanted: Wanted,
    pub(crate) fits: Fits,
    /// What was replaced by what, where that comes from a list: no pair is to fill the whole kind.
    pub(crate) pair: Option<(String, String)>,
}

fn by_name(typed: String) -> Altered {
    Altered { typed, wanted: Wanted::Name, fits: Fits::ItsName, pair: None }
}

fn fitting(typed: String, fits: Fits) -> Altered {
    Altered { fits, ..by_name(typed) }
}

fn with(typed: String, wanted: Wanted) -> Altered {
    Altered { wanted, ..by_name(typed) }
}

/// The child asked for in this way, if its name can be altered so.
pub(crate) fn alter(
    kind: Kind,
    child: &Child,
    all: &[Child],
    known: &Known,
    rng: &mut Rng,
) -> Option<Altered> {
    let (given, family) = (child.folded.given.as_str(), child.folded.family.as_str());
    let slipped =
        |slip: Slip, rng: &mut Rng| one_word(child, rng, |word, rng| slip.inside(word, rng)).map(by_name);
    match kind {
        Kind::Exact => Some(with(in_any_case(&child.full_name(), rng), Wanted::FullName)),
        Kind::Accents => {
            let name = format!("{} {}", child.given, child.family);
            let plain = without_accents(&name);
            (plain != name.replace('’', "'")).then(|| by_name(in_any_case(&plain, rng)))
        }
        Kind::Joints => joints(child, rng).map(by_name),
        Kind::Reversed => {
            let comma = if rng.bool() { "," } else { "" };
            Some(by_name(format!("{}{comma} {}", child.family, child.given)))
        }
        Kind::GivenForm | Kind::FamilyForm | Kind::FamilyYear => Some(one_name_and_detail(kind, child, rng)),
        Kind::OneWord => {
            let word = rng.choice([given, family])?;
            (!word.contains(' ')).then(|| fitting(word.to_owned(), Fits::Word(word.to_owned())))
        }
        Kind::Missing => slipped(Slip::Missing, rng),
        Kind::Doubled => slipped(Slip::Doubled, rng),
        Kind::Wrong => slipped(Slip::Wrong, rng),
        Kind::Swapped => slipped(Slip::Swapped, rng),
        Kind::FirstLetter => one_word(child, rng, first_letter).map(by_name),
        Kind::TwoSlips => one_word(child, rng, two_slips).map(by_name),
        Kind::Keys => typed_fast(child, rng).map(by_name),
        Kind::Heard => one_word(child, rng, long_enough_to_hear).map(by_name),
        Kind::HeardKnown => known_respelling(child, known, rng),
        Kind::OtherForm | Kind::OtherFamily | Kind::Short | Kind::FormAndSlip => {
            from_a_list(kind, child, known, rng)
        }
        Kind::Initial | Kind::FamilyInitial => initial(kind, child),
        Kind::Beginnings | Kind::GivenBeginning => beginnings(kind, child, rng),
        Kind::HalfFamily => {
            let halves: Vec<&str> = family.split(' ').collect();
            let half =
                rng.choice(halves).filter(|_| child.family.contains('-') && !child.family.contains(' '))?;
            let fits = Fits::Half { given: given.to_owned(), half: half.to_owned() };
            (half.len() > 3).then(|| fitting(format!("{given} {half}"), fits))
        }
        Kind::MiddleLeft => (!child.middle.is_empty()).then(|| by_name(format!("{given} {family}"))),
        Kind::MiddleAdded => {
            let middle = fold(&rng.choice(all)?.given);
            (child.middle.is_empty() && middle != given)
                .then(|| by_name(format!("{given} {middle} {family}")))
        }
        Kind::NameForm => Some(with(format!("{given} {family} {}", form(child, rng)), Wanted::NameAndForm)),
        Kind::NameBorn => born(child, rng),
    }
}

fn from_list(typed: String, from: &str, to: &str) -> Altered {
    Altered { pair: Some((from.to_owned(), to.to_owned())), ..by_name(typed) }
}

/// One of the two names, told apart by the form or the year of birth.
fn one_name_and_detail(kind: Kind, child: &Child, rng: &mut Rng) -> Altered {
    let (given, family) = (child.folded.given.clone(), child.folded.family.clone());
    if kind == Kind::FamilyYear {
        let year = child.born.year();
        let altered = fitting(format!("{family} {year}"), Fits::NameAndYear { name: family, year });
        return Altered { wanted: Wanted::NameAndYear, ..altered };
    }
    let (typed, own) = (form(child, rng), child.form.clone());
    let altered = if kind == Kind::GivenForm {
        fitting(format!("{given} {typed}"), Fits::NameAndForm { name: given, form: own })
    } else {
        fitting(format!("{family} {typed}"), Fits::NameAndForm { name: family, form: own })
    };
    Altered { wanted: Wanted::NameAndForm, ..altered }
}

/// Another name for the given or the family name.
fn from_a_list(kind: Kind, child: &Child, known: &Known, rng: &mut Rng) -> Option<Altered> {
    let (given, family) = (child.folded.given.as_str(), child.folded.family.as_str());
    if kind == Kind::OtherFamily {
        let other = known.other_family(family, rng)?;
        let fits = Fits::Forms { given: vec![given.to_owned()], family: known.families_of(family) };
        return Some(Altered { fits, ..from_list(format!("{given} {}", fold(&other)), family, &other) });
    }
    if kind == Kind::Short {
        let short = known.short_form(given, rng)?;
        let long = known.long_forms_of(&short);
        let fits = Fits::Short { short: fold(&short), long, family: family.to_owned() };
        return Some(Altered { fits, ..from_list(format!("{} {family}", fold(&short)), given, &short) });
    }
    let other = known.other_form(given, rng)?;
    let typed = if kind == Kind::FormAndSlip {
        rng.choice(Slip::FOUR)?.inside(family, rng).filter(|_| !family.contains(' '))?
    } else {
        family.to_owned()
    };
    let fits = Fits::Forms { given: known.forms_of(given), family: vec![family.to_owned()] };
    Some(Altered { fits, ..from_list(format!("{} {typed}", fold(&other)), given, &other) })
}

fn in_any_case(name: &str, rng: &mut Rng) -> String {
    match rng.u32(..3) {
        0 => name.to_owned(),
        1 => name.to_lowercase(),
        _ => name.to_uppercase(),
    }
}

fn form(child: &Child, rng: &mut Rng) -> String {
    let lower = child.form.to_lowercase();
    match lower.char_indices().last().filter(|_| rng.u32(..3) == 0) {
        Some((at, letter)) => format!("{} {letter}", lower.get(..at).unwrap_or_default()),
        None => lower,
    }
}

/// Given and family name with one of their words altered.
fn one_word(
    child: &Child,
    rng: &mut Rng,
    change: impl Fn(&str, &mut Rng) -> Option<String>,
) -> Option<String> {
    let words: Vec<&str> = child.folded.short.split(' ').collect();
    let place = rng.usize(..words.len());
    let changed = change(words.get(place)?, rng)?;
    let written =
        words.iter().enumerate().map(|(at, word)| if at == place { changed.as_str() } else { word });
    Some(written.collect::<Vec<_>>().join(" "))
}

fn first_letter(word: &str, rng: &mut Rng) -> Option<String> {
    let slip = rng.choice(Slip::FOUR)?;
    if word.len() > 3 { slip.at(word, 0, rng) } else { None }
}

fn two_slips(word: &str, rng: &mut Rng) -> Option<String> {
    let once = rng.choice(Slip::FOUR)?.inside(word, rng)?;
    let twice = rng.choice(Slip::FOUR)?.inside(&once, rng)?;
    (word.chars().count() >= 8 && twice != word).then_some(twice)
}

fn long_enough_to_hear(word: &str, rng: &mut Rng) -> Option<String> {
    if word.len() > 3 { heard(word, rng) } else { None }
}

fn typed_fast(child: &Child, rng: &mut Rng) -> Option<String> {
    match rng.u32(..5) {
        0 if child.middle.is_empty() => Some(child.folded.short.replace(' ', "")),
        0 => None,
        1 | 2 => one_word(child, rng, |word, rng| Slip::Brushed.inside(word, rng)),
        _ => one_word(child, rng, |word, rng| Slip::Neighbour.inside(word, rng)),
    }
}

/// What joins the parts of a name written another way, or `Mc` apart.
fn joints(child: &Child, rng: &mut Rng) -> Option<String> {
    let name = without_accents(&format!("{}\t{}", child.given, child.family)).to_lowercase();
    let name = match name.split_once("\tmc").filter(|_| rng.bool()) {
        Some((given, rest)) => format!("{given}\tmc'{rest}"),
        None => name,
    };
    let joints = ['\'', '-', ' '];
    let written: String = name
        .chars()
        .filter_map(|letter| {
            if letter == '\t' {
                return Some(' ');
            }
            if joints.contains(&letter) { if rng.bool() { Some(' ') } else { None } } else { Some(letter) }
        })
        .collect();
    name.contains(joints).then_some(written)
}

fn known_respelling(child: &Child, known: &Known, rng: &mut Rng) -> Option<Altered> {
    let (given, family) = (&child.folded.given, &child.folded.family);
    if let Some(other) = known.respelling(given, rng) {
        return Some(from_list(format!("{} {family}", fold(&other)), given, &other));
    }
    let other = known.respelling(family, rng)?;
    Some(from_list(format!("{given} {}", fold(&other)), family, &other))
}

fn initial(kind: Kind, child: &Child) -> Option<Altered> {
    let family = &child.folded.family;
    let initial = child.folded.given.chars().next()?;
    let typed =
        if kind == Kind::Initial { format!("{initial} {family}") } else { format!("{family} {initial}") };
    Some(fitting(typed, Fits::Initial { family: family.clone(), initial }))
}

fn beginnings(kind: Kind, child: &Child, rng: &mut Rng) -> Option<Altered> {
    let given = child.folded.given.split(' ').next()?;
    let family = child.folded.family.split(' ').find(|word| word.len() > 3)?;
    let start = |word: &str, letters: usize| word.chars().take(letters).collect::<String>();
    let (one, other) = if kind == Kind::Beginnings {
        (start(given, rng.usize(2..=4)), start(family, rng.usize(2..=4)))
    } else {
        (given.to_owned(), start(family, rng.usize(1..=3)))
    };
    Some(fitting(format!("{one} {other}"), Fits::Beginnings(one, other)))
}

fn born(child: &Child, rng: &mut Rng) -> Option<Altered> {
    const WAYS: [(&str, Wanted); 9] = [
        ("%d/%m/%Y", Wanted::NameAndBirth),
        ("%-d/%-m/%y", Wanted::NameAndBirth),
        ("%d.%m.%Y", Wanted::NameAndBirth),
        ("%d %m %y", Wanted::NameAndBirth),
        ("%-d %B %Y", Wanted::NameAndBirth),
        ("%-d %b %Y", Wanted::NameAndBirth),
        ("%Y-%m-%d", Wanted::NameAndBirth),
        ("%B %Y", Wanted::NameAndYear),
        ("%Y", Wanted::NameAndYear),
    ];
    let (way, wanted) = rng.choice(WAYS)?;
    Some(with(format!("{} {}", child.folded.short, child.born.format(way)), wanted))
}
