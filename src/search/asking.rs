//! What is asked of running text: words, "phrases in quotes", `-words` that are not to be there, and filters.
//!
//! A phrase that is still open at the end counts as the words that it has so far, so that typing on only ever narrows.
//! What is excluded is excluded as it stands and not as it may be misspelt: nobody misses an entry for a slip of the keys.
//!
//! A filter that is not understood is left out and said ([`Asking::misunderstood`]).

mod completing;
mod pieces;

use chrono::{DateTime, NaiveDate, Utc};

use super::fold::fold;
use super::query::Query;
use crate::domain::chronology::RowKind;
use crate::domain::ids::ChildId;
use crate::domain::part2::SectionKind;
use crate::domain::text::clean;
use crate::domain::when;
pub use completing::Completion;
pub use pieces::Filter;
use pieces::{Piece, Quoted, Sign};

/// Whose chronology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhichChild {
    Number(ChildId),
    /// The beginnings of the words of a name.
    Called(String),
}

/// Days, kinds and people that an entry has to be of. Of several of a sort any will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub children: Vec<WhichChild>,
    pub kinds: Vec<RowKind>,
    /// Names, as they were typed.
    pub by: Vec<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Filters {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it happened on one of the days.
    pub fn has_day(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    pub fn has_kind(&self, kind: RowKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether somebody of that name may be meant.
    pub fn has_author(&self, name: &str) -> bool {
        self.by.is_empty() || self.by.iter().any(|typed| begins_words(typed, name))
    }
}

/// Whether each word that was typed begins a word of the name.
pub fn begins_words(typed: &str, name: &str) -> bool {
    let (typed, name) = (fold(typed), fold(name));
    typed.split(' ').all(|typed| name.split(' ').any(|word| word.starts_with(typed)))
}

/// Folded words that stand beside each other, or one alone.
pub type Phrase = Vec<String>;

#[derive(Clone, Debug, Default)]
pub struct Asking {
    words: String,
    phrases: Vec<Phrase>,
    without: Vec<Phrase>,
    filters: Filters,
    misunderstood: Vec<String>,
    completing: Option<completing::Open>,
}

impl Asking {
    /// Days are counted from `now`.
    pub fn parse(typed: &str, now: DateTime<Utc>) -> Self {
        let pieces = pieces::cut(typed);
        let mut asking = Self { completing: completing::Open::of(typed, &pieces), ..Self::default() };
        let mut rest = pieces.as_slice();
        while let Some((piece, after)) = rest.split_first() {
            let taken = asking.take(piece, after, now);
            rest = after.get(taken..).unwrap_or_default();
        }
        asking
    }

    /// How many of the pieces after it belong to it.
    fn take(&mut self, piece: &Piece, after: &[Piece], now: DateTime<Utc>) -> usize {
        match (piece.filter, piece.sign) {
            (Some(filter), Sign::Unwanted) => {
                self.misunderstood
                    .push(format!("Only words can be taken out with a \"-\", and not {}", filter.label()));
            }
            (Some(_), Sign::Wanted) if piece.value.trim().is_empty() => {}
            (Some(filter @ (Filter::From | Filter::To)), Sign::Wanted) => {
                return self.day(filter, piece, after, now);
            }
            (Some(Filter::Child), Sign::Wanted) => self.filters.children.push(which_child(piece.value)),
            (Some(Filter::By), Sign::Wanted) => self.filters.by.push(piece.value.to_owned()),
            (Some(Filter::Kind), Sign::Wanted) => self.kind(piece.value),
            (None, Sign::Unwanted) => self.without.extend(phrase(piece.value)),
            (None, Sign::Wanted) => match piece.quoted {
                Quoted::Yes => self.phrases.extend(phrase(piece.value)),
                Quoted::No | Quoted::Open => {
                    self.words.push(' ');
                    self.words.push_str(piece.value);
                }
            },
        }
        0
    }

    fn day(&mut self, filter: Filter, piece: &Piece, after: &[Piece], now: DateTime<Utc>) -> usize {
        let going_on = after.iter().take_while(|next| piece.quoted == Quoted::No && goes_on_a_day(next));
        let words: Vec<&str> = std::iter::once(piece.value).chain(going_on.map(|next| next.value)).collect();
        let longest_first = (1..=words.len()).rev();
        let said = |count: usize| words.get(..count).map(|words| words.join(" ")).unwrap_or_default();
        let days = longest_first
            .into_iter()
            .find_map(|count| Some((count, when::parse_span(&said(count), now).ok()?)));
        let Some((count, days)) = days else {
            let (name, value) = (filter.label(), clean(piece.value));
            self.misunderstood.push(format!(
                "\"{name}{value}\" is no day, so it was left out. Write {name}20/11/2026, {name}nov or {name}\"last week\""
            ));
            return 0;
        };
        if filter == Filter::From {
            let from = *days.start();
            self.filters.from = Some(self.filters.from.map_or(from, |known| known.max(from)));
        } else {
            let to = *days.end();
            self.filters.to = Some(self.filters.to.map_or(to, |known| known.min(to)));
        }
        count - 1
    }

    fn kind(&mut self, typed: &str) {
        let before = self.filters.kinds.len();
        self.filters.kinds.extend(RowKind::ALL.into_iter().filter(|kind| is_called(*kind, typed)));
        if self.filters.kinds.len() == before {
            let kinds: Vec<&str> = RowKind::ALL.into_iter().map(RowKind::label).collect();
            self.misunderstood.push(format!(
                "\"kind:{}\" is no kind of entry, so it was left out. Write kind: and one of {}",
                clean(typed),
                kinds.join(", ")
            ));
        }
    }

    /// The words that may be misspelt or only begun.
    pub fn words(&self) -> Query {
        Query::parse(&self.words)
    }

    /// The same as they were typed.
    pub fn typed_words(&self) -> &str {
        &self.words
    }

    /// All words that are to be there, those of the phrases too: for names, and for marking.
    pub fn all_words(&self) -> Query {
        let phrases: Vec<String> = self.phrases.iter().map(|phrase| phrase.join(" ")).collect();
        Query::parse(&format!("{} {}", phrases.join(" "), self.words))
    }

    /// To be found as they stand.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Not to be there.
    pub fn without(&self) -> &[Phrase] {
        &self.without
    }

    pub fn filters(&self) -> &Filters {
        &self.filters
    }

    /// Nothing to look for, and nothing to narrow to. What is merely excluded is nothing to look for.
    pub fn is_empty(&self) -> bool {
        fold(&self.words).is_empty() && self.phrases.is_empty() && self.filters.is_empty()
    }

    /// What was left out of it, each in a sentence without its stop: what happened and what to do.
    pub fn misunderstood(&self) -> &[String] {
        &self.misunderstood
    }

    /// Whether every phrase stands in the text, and nothing that was excluded does. A phrase does not run over lines.
    pub fn agrees_with(&self, text: &str) -> bool {
        if self.phrases.is_empty() && self.without.is_empty() {
            return true;
        }
        let lines: Vec<String> = text.lines().map(|line| format!(" {} ", fold(line))).collect();
        let holds = |phrase: &Phrase| {
            let phrase = format!(" {} ", phrase.join(" "));
            lines.iter().any(|line| line.contains(&phrase))
        };
        self.phrases.iter().all(holds) && !self.without.iter().any(holds)
    }
}

fn phrase(quoted: &str) -> Option<Phrase> {
    let words: Phrase = fold(quoted).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    (!words.is_empty()).then_some(words)
}

fn which_child(typed: &str) -> WhichChild {
    typed.parse().map_or_else(|_| WhichChild::Called(typed.to_owned()), WhichChild::Number)
}

/// By its label, or by what the form calls the section; a plural is the same kind.
fn is_called(kind: RowKind, typed: &str) -> bool {
    let typed = fold(typed);
    let section = SectionKind::ALL.into_iter().find(|section| RowKind::from(*section) == kind);
    let is_section = section.is_some_and(|section| fold(section.label()).starts_with(&typed));
    let label = fold(kind.label());
    label.starts_with(&typed) || typed.strip_suffix('s') == Some(&label) || is_section
}

/// `nov 2026` and `3 days ago` need no quotation marks; other words after a day are looked for.
fn goes_on_a_day(piece: &Piece) -> bool {
    const GOES_ON: [&str; 14] = [
        "ago",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "last",
        "this",
        "of",
        "before",
        "yesterday",
    ];
    let word = piece.value.to_lowercase();
    let is_month = when::is_month(&word);
    piece.is_plain()
        && (word.starts_with(|c: char| c.is_ascii_digit()) || GOES_ON.contains(&&*word) || is_month)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::{Asking, WhichChild};
    use crate::domain::chronology::RowKind;
    use crate::domain::ids::ChildId;
    use crate::search::typing::key_by_key;

    fn now() -> DateTime<Utc> {
        "2026-11-20T14:10:00Z".parse().unwrap()
    }

    fn asked(typed: &str) -> Asking {
        Asking::parse(typed, now())
    }

    fn words(typed: &str) -> Vec<String> {
        asked(typed).words().words().collect()
    }

    #[test]
    fn words_phrases_and_what_is_excluded() {
        let asking = asked("knife \"Blue-Folder\" -bag -\u{201c}not this\u{201d} \"one\"");
        assert_eq!(asking.words().words().collect::<Vec<_>>(), ["knife"]);
        assert_eq!(asking.phrases(), [vec!["blue", "folder"], vec!["one"]]);
        assert_eq!(asking.without(), [vec!["bag"], vec!["not", "this"]]);
        assert_eq!(words("knife \"blue fol"), ["knife", "blue", "fol"], "an open phrase is its words so far");
        assert!(asked("-bag").is_empty() && asked("kind:").is_empty() && !asked("kind:advice").is_empty());
    }

    #[test]
    fn phrases_stand_on_one_line_and_word_for_word() {
        let agrees =
            |typed: &str| asked(typed).agrees_with("He kept a blue folder.\nUnder the bed, he said.");
        assert!(agrees("\"blue folder\"") && agrees("\"the bed\" -folders -\"folder blue\""));
        assert!(!agrees("\"blue fold\"") && !agrees("\"folder under\"") && !agrees("\"blue folder\" -bed"));
    }

    #[test]
    fn filters() {
        let asking = asked("child:12 child:\"zoë m\" kind:adv by:khan from:nov 2026 knife to:3 days ago");
        let filters = asking.filters();
        assert_eq!(
            filters.children,
            [WhichChild::Number(ChildId(12)), WhichChild::Called("zoë m".to_owned())]
        );
        assert_eq!(
            (filters.kinds.as_slice(), filters.by.as_slice()),
            (&[RowKind::Advice][..], &["khan".to_owned()][..])
        );
        assert_eq!(filters.from, Some("2026-11-01".parse().unwrap()));
        assert_eq!(filters.to, Some("2026-11-17".parse().unwrap()));
        assert_eq!(words("child:12 from:nov 2026 knife to:3 days ago"), ["knife"]);
        assert!(
            filters.has_author("Amina Khan, Designated Safeguarding Lead")
                && !filters.has_author("Grace Osei")
        );
        assert!(asking.misunderstood().is_empty());
        assert_eq!(words("10:30 bus:12"), ["10", "30", "bus", "12"], "no filters");
        let parents = asked("kind:concerns kind:parents kind:further").filters().kinds.clone();
        assert_eq!(parents, [RowKind::Concern, RowKind::Parents, RowKind::FurtherInformation]);
    }

    #[test]
    fn what_is_not_understood_is_said_and_left_out() {
        for typed in ["from:soonish", "kind:zebra", "-kind:advice", "to:99/99"] {
            let asking = asked(&format!("knife {typed}"));
            assert_eq!((asking.misunderstood().len(), asking.filters().is_empty()), (1, true), "{typed}");
            assert_eq!(asking.words().words().next().as_deref(), Some("knife"));
        }
        let said = asked("from:soonish").misunderstood()[0].clone();
        assert!(said.starts_with("\"from:soonish\" is no day"), "{said}");
    }

    proptest! {
        /// Where no filter is typed and no quotation closed, a letter more never brings back what was excluded.
        #[test]
        fn typing_on_only_narrows(typed in "[ab ]{0,8}(\"[ab ]{0,8})?") {
            let text = "ab ba abba baab bab";
            let mut before = true;
            for typed in key_by_key(&typed) {
                let asking = asked(&typed);
                let fits = asking.agrees_with(text)
                    && asking.words().words().all(|word| text.split(' ').any(|there| there.starts_with(&word)));
                prop_assert!(before || !fits, "{}", typed);
                before = fits;
            }
        }
    }
}
