//! The four that are asked: ours as the finder has it, and the three others on the same folded lines, each in the
//! configuration that is best for it.

use dsl_desk::search::{Card, Index, Query, fold};
use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};
use rusqlite::Connection;

use super::roll::Child;

/// How far down a list a child is looked for.
pub(crate) const LIMIT: usize = 50;

/// Somebody to ask; answers are places on the roll, best first.
pub(crate) trait Finder: Send {
    fn find(&mut self, typed: &str) -> Vec<usize>;

    /// A whole name off a list, which may hold a word that the roll has not.
    fn find_listed(&mut self, name: &str) -> Vec<usize> {
        self.find(name)
    }
}

/// The index as `desk::finder` fills it.
pub(crate) struct Ours(Index<usize>);

impl Ours {
    pub(crate) fn new(roll: &[Child]) -> Self {
        let mut index = Index::new();
        for (place, child) in roll.iter().enumerate() {
            index.insert(place, &Card::new().name(&child.full_name()).form(&child.form).born(child.born));
        }
        Self(index)
    }
}

impl Finder for Ours {
    fn find(&mut self, typed: &str) -> Vec<usize> {
        self.0.find(&Query::parse(typed), LIMIT).into_iter().map(|hit| hit.id).collect()
    }

    fn find_listed(&mut self, name: &str) -> Vec<usize> {
        self.0.find_like(name, "", LIMIT).into_iter().map(|hit| hit.id).collect()
    }
}

/// Best score first, then the shorter line, as `fzf` has it.
fn best(mut scored: Vec<(i64, usize, usize)>) -> Vec<usize> {
    scored.sort_unstable_by_key(|(score, length, place)| (-score, *length, *place));
    scored.into_iter().take(LIMIT).map(|(_, _, place)| place).collect()
}

/// fuzzy-matcher, word by word in any order: all must match, their scores are added.
pub(crate) struct Fuzzy {
    matcher: SkimMatcherV2,
    lines: Vec<String>,
}

impl Fuzzy {
    pub(crate) fn new(roll: &[Child]) -> Self {
        Self {
            matcher: SkimMatcherV2::default().ignore_case(),
            lines: roll.iter().map(Child::line).collect(),
        }
    }
}

impl Finder for Fuzzy {
    fn find(&mut self, typed: &str) -> Vec<usize> {
        let folded = fold(typed);
        let score = |line: &str| {
            folded.split(' ').try_fold(0, |sum, word| Some(sum + self.matcher.fuzzy_match(line, word)?))
        };
        let lines = self.lines.iter().enumerate();
        best(lines.filter_map(|(place, line)| Some((score(line)?, line.len(), place))).collect())
    }
}

/// nucleo, word by word in any order.
pub(crate) struct Nucleo {
    matcher: Matcher,
    lines: Vec<Utf32String>,
}

impl Nucleo {
    pub(crate) fn new(roll: &[Child]) -> Self {
        let lines = roll.iter().map(|child| Utf32String::from(child.line())).collect();
        Self { matcher: Matcher::new(Config::DEFAULT), lines }
    }
}

impl Finder for Nucleo {
    fn find(&mut self, typed: &str) -> Vec<usize> {
        let pattern = Pattern::new(&fold(typed), CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut score = |line: Utf32Str<'_>| pattern.score(line, &mut self.matcher);
        let lines = self.lines.iter().enumerate();
        let scored =
            lines.filter_map(|(place, line)| Some((score(line.slice(..))?.into(), line.len(), place)));
        best(scored.collect())
    }
}

/// `SQLite`'s trigram index: any of the query's trigrams, words' beginnings and ends among them, ranked by bm25.
pub(crate) struct Trigram(Connection);

impl Trigram {
    pub(crate) fn new(roll: &[Child]) -> rusqlite::Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        connection.execute_batch("CREATE VIRTUAL TABLE line USING fts5(text, tokenize='trigram')")?;
        let all = connection.transaction()?;
        for (place, child) in (0_i64..).zip(roll) {
            let line = format!(" {} ", child.line());
            all.execute("INSERT INTO line (rowid, text) VALUES (?1, ?2)", (place, line))?;
        }
        all.commit()?;
        Ok(Self(connection))
    }

    fn ask(&self, trigrams: &str) -> rusqlite::Result<Vec<usize>> {
        let mut statement = self.0.prepare_cached(
            "SELECT rowid FROM line WHERE line MATCH ?1 ORDER BY bm25(line), rowid LIMIT ?2",
        )?;
        let rows = statement.query_map((trigrams, LIMIT), |row| row.get(0))?;
        rows.collect()
    }
}

impl Finder for Trigram {
    fn find(&mut self, typed: &str) -> Vec<usize> {
        let letters: Vec<char> = format!(" {} ", fold(typed)).chars().collect();
        let mut trigrams: Vec<String> =
            letters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect();
        trigrams.sort_unstable();
        trigrams.dedup();
        if trigrams.is_empty() { Vec::new() } else { self.ask(&trigrams.join(" OR ")).expect("an answer") }
    }
}
