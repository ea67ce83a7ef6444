//! How what is being typed may go on: the name of a filter, or what it is narrowed to.

use super::begins_words;
use super::pieces::{Filter, Piece, Quoted, Sign};
use crate::domain::chronology::RowKind;
use crate::search::fold::fold;

/// One letter may begin anything.
const LEAST_LETTERS: usize = 2;
const DAYS: [&str; 7] = ["today", "yesterday", "monday", "this week", "last week", "last month", "last year"];

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// All that is in the field then.
    pub typed: String,
    /// What takes the place of the last word.
    pub offer: String,
}

/// The last piece, while it is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Open {
    before: String,
    filter: Option<Filter>,
    value: String,
}

impl Open {
    pub(super) fn of(typed: &str, pieces: &[Piece]) -> Option<Self> {
        let last = pieces.last().filter(|last| last.sign == Sign::Wanted)?;
        let is_typed = match last.quoted {
            Quoted::No => !typed.ends_with(char::is_whitespace),
            Quoted::Open => last.filter.is_some(),
            Quoted::Yes => false,
        };
        let before = typed.get(..last.start)?.to_owned();
        is_typed.then(|| Self { before, filter: last.filter, value: last.value.to_owned() })
    }

    fn completion(&self, offer: String) -> Completion {
        // A value is followed by something else; a filter by its value.
        let after = if offer.ends_with(':') { "" } else { " " };
        Completion { typed: format!("{}{offer}{after}", self.before), offer }
    }

    fn names_of_filters(&self) -> Vec<String> {
        let typed = self.value.to_lowercase();
        let begins = |filter: &Filter| typed.len() >= LEAST_LETTERS && filter.label().starts_with(&typed);
        Filter::ALL.into_iter().filter(begins).map(|filter| filter.label().to_owned()).collect()
    }

    fn values(&self, filter: Filter, names: &[String]) -> Vec<String> {
        let typed = fold(&self.value);
        let among = |known: &[&str]| -> Vec<String> {
            known.iter().filter(|known| known.starts_with(&typed)).map(|known| (*known).to_owned()).collect()
        };
        match filter {
            Filter::Kind => among(&RowKind::ALL.map(RowKind::label)),
            Filter::From | Filter::To => among(&DAYS),
            Filter::Child | Filter::By => {
                names.iter().filter(|name| begins_words(&typed, name)).cloned().collect()
            }
        }
    }
}

impl super::Asking {
    /// The filter that is being typed, and what there is of its value: names are known to the desk alone.
    pub fn names_wanted(&self) -> Option<(Filter, &str)> {
        let open = self.completing.as_ref()?;
        match open.filter? {
            filter @ (Filter::Child | Filter::By) => Some((filter, &open.value)),
            Filter::Kind | Filter::From | Filter::To => None,
        }
    }

    /// How it may go on, the likeliest first. `names` are those for [`Self::names_wanted`].
    pub fn completions(&self, names: &[String]) -> Vec<Completion> {
        let Some(open) = &self.completing else { return Vec::new() };
        let offers = match open.filter {
            None => open.names_of_filters(),
            Some(filter) => {
                let quoted = |value: String| {
                    let marks = if value.contains(' ') { "\"" } else { "" };
                    format!("{}{marks}{value}{marks}", filter.label())
                };
                open.values(filter, names).into_iter().map(quoted).collect()
            }
        };
        offers.into_iter().map(|offer| open.completion(offer)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Asking;
    use crate::domain::chronology::RowKind;

    fn offers(typed: &str) -> Vec<String> {
        let asking = Asking::parse(typed, "2026-11-20T14:10:00Z".parse().unwrap());
        let names = ["Amina Khan".to_owned(), "Grace Osei".to_owned()];
        asking.completions(&names).into_iter().map(|completion| completion.typed).collect()
    }

    #[test]
    fn filters_and_what_they_narrow_to() {
        assert_eq!(offers("knife ki"), ["knife kind:"]);
        assert_eq!(offers("knife kind:ad"), ["knife kind:advice "]);
        assert_eq!(offers("kind:").len(), RowKind::ALL.len());
        assert_eq!(offers("by:kh"), ["by:\"Amina Khan\" "]);
        assert_eq!(offers("by:\"amina k"), ["by:\"Amina Khan\" "]);
        assert_eq!(offers("from:last w"), [""; 0], "a space ends what is not quoted");
        assert_eq!(offers("from:\"last w"), ["from:\"last week\" "]);
        assert_eq!(offers("to:y"), ["to:yesterday "]);
    }

    #[test]
    fn what_is_whole_goes_on_with_nothing() {
        for typed in ["", "k", "knife", "kind:advice ", "-ki", "\"ki", "by:\"Amina Khan\"", "kind:zebra"] {
            assert_eq!(offers(typed), [""; 0], "{typed}");
        }
    }
}
