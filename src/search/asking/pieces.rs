//! What was typed, cut into words, quotations and filters. What they mean is not known here.

/// What a search of running text can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Child,
    Kind,
    By,
    From,
    To,
}

impl Filter {
    pub const ALL: [Self; 5] = [Self::Child, Self::Kind, Self::By, Self::From, Self::To];

    /// As it is typed, the colon with it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Child => "child:",
            Self::Kind => "kind:",
            Self::By => "by:",
            Self::From => "from:",
            Self::To => "to:",
        }
    }
}

/// How a piece stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    No,
    Yes,
    /// The second mark is not typed yet.
    Open,
}

/// Something that is not to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Wanted,
    Unwanted,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// Where it begins in what was typed.
    pub(super) start: usize,
    pub(super) sign: Sign,
    pub(super) filter: Option<Filter>,
    pub(super) value: &'t str,
    pub(super) quoted: Quoted,
}

impl Piece<'_> {
    /// A word and nothing else.
    pub(super) fn is_plain(&self) -> bool {
        self.sign == Sign::Wanted && self.filter.is_none() && self.quoted == Quoted::No
    }
}

/// Straight, or as telephones and word processors make them; an apostrophe is none.
const MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];

pub(super) fn cut(typed: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (piece, after) = first(rest, typed.len() - rest.len());
        pieces.push(piece);
        rest = after.trim_start();
    }
    pieces
}

fn first(text: &str, start: usize) -> (Piece<'_>, &str) {
    let unwanted =
        text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != '-'));
    let (sign, text) = match unwanted {
        Some(rest) => (Sign::Unwanted, rest),
        None => (Sign::Wanted, text),
    };
    let (filter, text) = match filter(text) {
        Some((filter, rest)) => (Some(filter), rest),
        None => (None, text),
    };
    let (value, quoted, after) = value(text);
    (Piece { start, sign, filter, value, quoted }, after)
}

fn filter(text: &str) -> Option<(Filter, &str)> {
    Filter::ALL.into_iter().find_map(|filter| {
        let (name, rest) = text.split_at_checked(filter.label().len())?;
        name.eq_ignore_ascii_case(filter.label()).then_some((filter, rest))
    })
}

fn value(text: &str) -> (&str, Quoted, &str) {
    let Some(inside) = text.strip_prefix(MARKS) else {
        let (word, after) =
            text.find(char::is_whitespace).and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
        return (word, Quoted::No, after);
    };
    match inside.split_once(MARKS) {
        Some((value, after)) => (value, Quoted::Yes, after),
        None => (inside, Quoted::Open, ""),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Filter, Quoted, Sign, cut};

    #[test]
    fn words_quotations_and_filters() {
        let cut = cut(
            "knife -bag \u{201c}blue folder\u{201d} -\"not this\" Child:\"Zoë M\" kind:ad e-mail - it's from: \"so f",
        );
        let told: Vec<_> =
            cut.iter().map(|piece| (piece.sign, piece.filter, piece.value, piece.quoted)).collect();
        let (wanted, unwanted) = (Sign::Wanted, Sign::Unwanted);
        assert_eq!(
            told,
            [
                (wanted, None, "knife", Quoted::No),
                (unwanted, None, "bag", Quoted::No),
                (wanted, None, "blue folder", Quoted::Yes),
                (unwanted, None, "not this", Quoted::Yes),
                (wanted, Some(Filter::Child), "Zoë M", Quoted::Yes),
                (wanted, Some(Filter::Kind), "ad", Quoted::No),
                (wanted, None, "e-mail", Quoted::No),
                (wanted, None, "-", Quoted::No),
                (wanted, None, "it's", Quoted::No),
                (wanted, Some(Filter::From), "", Quoted::No),
                (wanted, None, "so f", Quoted::Open),
            ]
        );
        assert_eq!(cut[4].start, "knife -bag \u{201c}blue folder\u{201d} -\"not this\" ".len());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_cut(typed in "[-a:\" “”»é\u{3000}kindbyto]{0,30}") {
            for piece in cut(&typed) {
                prop_assert!(typed.is_char_boundary(piece.start) && piece.start <= typed.len());
            }
        }
    }
}
