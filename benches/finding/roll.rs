//! The roll: invented children, drawn with a seed from the names of Leicester's communities. No query is made here.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use dsl_desk::search::fold;
use fastrand::Rng;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// School years, each with forms from A to J.
const YEARS: i32 = 13;
const FORMS: char = 'J';
/// Children of Year 0 would be born from September of this year on.
const BORN_BEFORE_YEAR_1: i32 = 2021;

/// One of a hundred, for each of these things that happen to names.
const MIDDLE: u32 = 33;
const PLAIN_LETTERS: u32 = 40;
const OTHER_FAMILY: u32 = 6;
const DOUBLE_BARRELLED: u32 = 5;
const DOUBLE_GIVEN: u32 = 3;

/// A child as a school system has it.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub(crate) given: String,
    pub(crate) middle: String,
    pub(crate) family: String,
    /// As `10B`.
    pub(crate) form: String,
    pub(crate) born: NaiveDate,
    pub(crate) folded: Folded,
}

/// The words of a name as they are compared.
#[derive(Clone, Debug)]
pub(crate) struct Folded {
    pub(crate) given: String,
    pub(crate) family: String,
    /// Given and family name.
    pub(crate) short: String,
    /// With the middle name.
    pub(crate) full: String,
}

impl Child {
    fn new([given, middle, family]: [String; 3], form: String, born: NaiveDate) -> Self {
        let folded = Folded {
            given: fold(&given),
            family: fold(&family),
            short: fold(&format!("{given} {family}")),
            full: fold(&format!("{given} {middle} {family}")),
        };
        Self { given, middle, family, form, born, folded }
    }

    /// As it stands on the roll.
    pub(crate) fn full_name(&self) -> String {
        if self.middle.is_empty() {
            format!("{} {}", self.given, self.family)
        } else {
            format!("{} {} {}", self.given, self.middle, self.family)
        }
    }

    /// What a finder of lines is given: folded, with form and date.
    pub(crate) fn line(&self) -> String {
        format!(
            "{} {} {}",
            self.folded.full,
            fold(&self.form),
            fold(&self.born.format("%d/%m/%Y %B").to_string())
        )
    }
}

#[derive(Deserialize)]
struct File {
    community: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    called: String,
    share: u32,
    girls: String,
    boys: String,
    families: String,
}

struct Community {
    called: String,
    share: u32,
    girls: Weighted,
    boys: Weighted,
    families: Weighted,
}

/// Names by the sum of the weights up to each.
struct Weighted {
    names: BTreeMap<u32, String>,
    sum: u32,
}

impl Weighted {
    /// `weight: name, name; weight: name;`
    fn read(text: &str) -> Self {
        let (mut names, mut sum) = (BTreeMap::new(), 0);
        for group in text.split(';').map(str::trim).filter(|group| !group.is_empty()) {
            let (weight, list) = group.split_once(':').expect("a weight before the names");
            let weight: u32 = weight.trim().parse().expect("a weight");
            for name in list.split(',').map(str::trim) {
                sum += weight;
                names.insert(sum, name.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        Self { names, sum }
    }

    fn draw(&self, rng: &mut Rng) -> &str {
        let (_, name) = self.names.range(rng.u32(1..=self.sum)..).next().expect("a name");
        name
    }
}

/// So many children, the same ones for the same seed.
pub(crate) fn roll(seed: u64, count: usize) -> Vec<Child> {
    let file: File = toml::from_str(concat!(include_str!("names.toml"), include_str!("names_more.toml")))
        .expect("the names");
    let communities: Vec<Community> = file.community.into_iter().map(read).collect();
    let mut rng = Rng::with_seed(seed);
    (0..count).map(|_| child(&communities, &mut rng)).collect()
}

fn read(written: Written) -> Community {
    Community {
        called: written.called,
        share: written.share,
        girls: Weighted::read(&written.girls),
        boys: Weighted::read(&written.boys),
        families: Weighted::read(&written.families),
    }
}

fn community<'a>(communities: &'a [Community], rng: &mut Rng) -> &'a Community {
    let sum: u32 = communities.iter().map(|community| community.share).sum();
    let mut left = rng.u32(..sum);
    for community in communities {
        if left < community.share {
            return community;
        }
        left -= community.share;
    }
    unreachable!("it was less than the sum")
}

fn one_in_hundred(rng: &mut Rng, times: u32) -> bool {
    rng.u32(..100) < times
}

fn child(communities: &[Community], rng: &mut Rng) -> Child {
    let own = community(communities, rng);
    let is_girl = rng.bool();
    let givens = if is_girl { &own.girls } else { &own.boys };
    let mut given = givens.draw(rng).to_owned();
    if one_in_hundred(rng, DOUBLE_GIVEN) && !given.contains('-') {
        given = format!("{given}-{}", givens.draw(rng));
    }
    let middle = middle(own, is_girl, rng);
    let of = if one_in_hundred(rng, OTHER_FAMILY) { community(communities, rng) } else { own };
    let mut family = family(of, is_girl, rng);
    if one_in_hundred(rng, DOUBLE_BARRELLED) && !family.contains(['-', ' ']) {
        let second = self::family(community(communities, rng), is_girl, rng);
        if second != family && !second.contains(['-', ' ']) {
            family = format!("{family}-{second}");
        }
    }
    let mut name = [given, middle, family];
    if one_in_hundred(rng, PLAIN_LETTERS) {
        name = name.map(|part| without_accents(&part));
    }
    let (form, born) = form_and_birth(rng);
    Child::new(name, form, born)
}

/// Somali children bear their father's name; Sikh boys and girls Singh and Kaur where these are not the family's.
fn middle(of: &Community, is_girl: bool, rng: &mut Rng) -> String {
    match of.called.as_str() {
        "Somali" => of.boys.draw(rng).to_owned(),
        "Punjabi Sikh" if one_in_hundred(rng, 60) => if is_girl { "Kaur" } else { "Singh" }.to_owned(),
        _ if one_in_hundred(rng, MIDDLE) => if is_girl { &of.girls } else { &of.boys }.draw(rng).to_owned(),
        _ => String::new(),
    }
}

/// A daughter of Kowalski is Kowalska.
fn family(of: &Community, is_girl: bool, rng: &mut Rng) -> String {
    let name = of.families.draw(rng);
    match name.strip_suffix('i').filter(|_| is_girl && of.called == "Polish") {
        Some(stem) if stem.ends_with("sk") || stem.ends_with("ck") || stem.ends_with("dzk") => {
            format!("{stem}a")
        }
        Some(_) | None => name.to_owned(),
    }
}

fn form_and_birth(rng: &mut Rng) -> (String, NaiveDate) {
    let year = rng.i32(1..=YEARS);
    let first = NaiveDate::from_ymd_opt(BORN_BEFORE_YEAR_1 - year, 9, 1).expect("a date");
    (format!("{year}{}", rng.char('A'..=FORMS)), first + Days::new(rng.u64(..365)))
}

/// As an English keyboard has it: apostrophes and hyphens stay.
pub(crate) fn without_accents(text: &str) -> String {
    let plain = text.nfd().filter(|letter| !is_combining_mark(*letter));
    plain
        .flat_map(|letter| {
            let other = match letter {
                'ł' => "l",
                'Ł' => "L",
                'ø' => "o",
                'Ø' => "O",
                'đ' => "d",
                'Đ' => "D",
                'ı' => "i",
                'ß' => "ss",
                '’' => "'",
                _ => "",
            };
            other.chars().chain(Some(letter).filter(|_| other.is_empty()))
        })
        .collect()
}
