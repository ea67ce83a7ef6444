//! `data/cautions.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Place;
use crate::domain::phrase::Phrases;

const SHIPPED: &str = include_str!("../../../data/cautions.toml");

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    not: Vec<String>,
    turns: Vec<String>,
    others: Vec<String>,
    caution: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: u8,
    source: String,
    says: String,
    r#in: Vec<Place>,
    #[serde(default)]
    quoted: bool,
    #[serde(default)]
    others_may: bool,
    words: Vec<String>,
    unless: Vec<String>,
}

/// The file, its phrases ready to be looked for.
pub(super) struct Book {
    /// What is looked for, each with which rule it is of.
    pub(super) words: Phrases<usize>,
    pub(super) rules: Vec<Rule>,
    pub(super) not: Phrases<()>,
    pub(super) turns: Phrases<()>,
    pub(super) others: Phrases<()>,
}

pub(super) struct Rule {
    pub(super) rule: u8,
    pub(super) source: String,
    pub(super) says: String,
    pub(super) places: Vec<Place>,
    pub(super) quoted: bool,
    pub(super) others_may: bool,
    pub(super) unless: Phrases<()>,
}

impl Book {
    fn new(file: File) -> Self {
        let words = file.caution.iter().enumerate();
        let words = words.flat_map(|(nth, written)| written.words.iter().map(move |word| (&**word, nth)));
        Self {
            words: Phrases::new(words),
            not: plain(&file.not),
            turns: plain(&file.turns),
            others: plain(&file.others),
            rules: file.caution.into_iter().map(Rule::new).collect(),
        }
    }
}

impl Rule {
    fn new(written: Written) -> Self {
        Self {
            rule: written.rule,
            places: written.r#in,
            quoted: written.quoted,
            others_may: written.others_may,
            unless: plain(&written.unless),
            source: written.source,
            says: written.says,
        }
    }
}

fn plain(written: &[String]) -> Phrases<()> {
    Phrases::new(written.iter().map(|phrase| (&**phrase, ())))
}

/// A test reads the file, so that it is never empty in a release.
pub(super) fn shipped() -> &'static Book {
    static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(toml::from_str(SHIPPED).unwrap_or_default()));
    &BOOK
}
