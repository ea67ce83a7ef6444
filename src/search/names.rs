//! Names that are one name: `Yousef` and Yusuf, `Bill` and William, as `data/names.toml` has them.
//!
//! A name that was typed stands for its other forms, and a short form for the names of which it is short. The first
//! letters of one stand for all that it may become, so that typing on never brings back what was excluded.

use std::sync::LazyLock;

use serde::Deserialize;

use super::closeness::{Closeness, Initials, Why};
use super::fold::fold;

/// From so many letters on the beginning of a name stands for its other forms. One letter is the business of
/// [`Membership::initials`].
const BEGINNING_FROM: usize = 2;
/// What a whole form scores at least, and a beginning never.
pub(super) const WHOLE: u16 = 600;

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(include_str!("../../data/names.toml")));

/// What `data/names.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Vec<Group>,
    family: Vec<Group>,
}

/// Forms of one name, and what they are shortened to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    forms: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
}

/// Whether a word is a whole form of a name or a short one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Length {
    Whole,
    Short,
}

/// That a word is a form of a name: of which group, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Membership {
    group: u32,
    length: Length,
}

/// A folded word, without the spaces within it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    word: Box<str>,
    of: Membership,
    /// Abdul Rahman.
    is_two_words: bool,
}

struct Names {
    /// In the order of their words.
    members: Vec<Member>,
    /// The places of those that are two words.
    two_words: Vec<usize>,
    /// For each group, the first letters of its members.
    initials: Vec<Initials>,
}

impl Names {
    /// Data that cannot be read names nobody; a test reads it.
    fn read(data: &str) -> Self {
        let file: Result<File, _> = toml::from_str(data);
        let all = file.into_iter().flat_map(|file| file.name.into_iter().chain(file.family));
        let (mut members, mut initials) = (Vec::new(), Vec::new());
        for (group, Group { forms, short }) in (0..).zip(all) {
            let forms = forms.iter().map(|form| (form, Length::Whole));
            let all = forms.chain(short.iter().map(|short| (short, Length::Short)));
            let first = members.len();
            members.extend(all.map(|(form, length)| Member::new(form, Membership { group, length })));
            let mut letters = Initials::default();
            members.iter().skip(first).for_each(|member: &Member| letters.add(&member.initial()));
            initials.push(letters);
        }
        members.sort_unstable();
        let places = members.iter().enumerate().filter(|(_, member)| member.is_two_words);
        let two_words = places.map(|(place, _)| place).collect();
        Self { members, two_words, initials }
    }

    fn beginning_with(&self, typed: &str) -> impl Iterator<Item = &Member> {
        let from = self.members.partition_point(|member| *member.word < *typed);
        self.members.get(from..).unwrap_or_default().iter().take_while(move |m| m.word.starts_with(typed))
    }

    fn called(&self, name: &str) -> impl Iterator<Item = &Member> {
        self.beginning_with(name).take_while(move |member| *member.word == *name)
    }
}

impl Member {
    fn new(form: &str, of: Membership) -> Self {
        let folded = fold(form);
        let word = folded.replace(' ', "");
        Self { is_two_words: word.len() < folded.len(), word: word.into(), of }
    }

    fn initial(&self) -> Vec<char> {
        self.word.chars().take(1).collect()
    }
}

impl Membership {
    /// Of a folded word: none where it is no name that the data knows.
    pub(super) fn of(name: &[char]) -> Vec<Self> {
        let name: String = name.iter().collect();
        NAMES.called(&name).map(|member| member.of).collect()
    }

    /// The first letters of all forms of the name.
    pub(super) fn initials(self) -> Initials {
        NAMES.initials.get(self.group()).copied().unwrap_or_default()
    }

    /// The groups are numbered from 0.
    pub(super) fn group(self) -> usize {
        usize::try_from(self.group).unwrap_or(usize::MAX)
    }
}

/// The names for which a word may stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Kin {
    /// In the order of their groups; the share of it that was typed, in hundredths.
    typed: Vec<(Membership, u16)>,
    /// Forms of them that are two words.
    two_words: Vec<(Box<[char]>, Closeness)>,
}

impl Kin {
    /// Of a folded word.
    pub(super) fn of(typed: &str) -> Self {
        let letters = typed.chars().count();
        let share =
            |member: &Member| u16::try_from(100 * typed.len() / member.word.len().max(1)).unwrap_or(0);
        let stands = |member: &&Member| letters >= BEGINNING_FROM || *member.word == *typed;
        let mut kin: Vec<(Membership, u16)> =
            NAMES.beginning_with(typed).filter(stands).map(|member| (member.of, share(member))).collect();
        kin.sort_unstable();
        // Of several forms of a group the one of which most was typed.
        kin.reverse();
        kin.dedup_by_key(|(of, _)| *of);
        kin.reverse();
        if kin.is_empty() {
            return Self::default();
        }
        let kin = Self { typed: kin, two_words: Vec::new() };
        let two_words = NAMES.two_words.iter().filter_map(|place| NAMES.members.get(*place));
        Self { two_words: two_words.filter_map(|member| kin.and(member)).collect(), ..kin }
    }

    fn and(&self, two_words: &Member) -> Option<(Box<[char]>, Closeness)> {
        Some((two_words.word.chars().collect(), self.closeness(two_words.of)?))
    }

    /// Whether what was typed is itself known as a short form only.
    pub(super) fn is_short(&self) -> bool {
        self.typed.iter().all(|(of, _)| of.length == Length::Short)
    }

    /// How near a name is to what was typed as another form of it.
    pub(super) fn closeness(&self, name: Membership) -> Option<Closeness> {
        let from = self.typed.partition_point(|(of, _)| of.group < name.group);
        let of_group = self.typed.get(from..)?.iter().take_while(|(of, _)| of.group == name.group);
        of_group
            .map(|(of, share)| begun(relation(of.length, name.length), *share))
            .max_by_key(|closeness| closeness.score)
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = usize> {
        self.typed.iter().map(|(of, _)| of.group())
    }

    pub(super) fn two_words(&self) -> impl Iterator<Item = (&[char], Closeness)> {
        self.two_words.iter().map(|(name, closeness)| (&**name, *closeness))
    }
}

/// How near one member of a group is to another: what was typed, and what is entered.
fn relation(typed: Length, entered: Length) -> Closeness {
    let (score, why) = match (typed, entered) {
        (Length::Short, Length::Whole) => (860, Why::ShortFor),
        (Length::Whole, Length::Whole) => (760, Why::Form),
        (Length::Whole, Length::Short) => (700, Why::LongFor),
        (Length::Short, Length::Short) => (WHOLE, Why::Form),
    };
    Closeness { score, why }
}

/// The same where only a share of it was typed, in hundredths.
fn begun(whole: Closeness, share: u16) -> Closeness {
    if share >= 100 { whole } else { Closeness { score: whole.score / 4 + share * 3 / 2, ..whole } }
}

/// Whether two folded words are forms of one name, whole or short.
pub(super) fn are_one(a: &str, b: &str) -> bool {
    a != b && NAMES.called(a).any(|member| NAMES.called(b).any(|other| other.of.group == member.of.group))
}

/// Reads the names that are one name, so that the first key need not wait for it.
pub fn read_names() {
    LazyLock::force(&NAMES);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closeness(typed: &str, name: &str) -> Option<Closeness> {
        let kin = Kin::of(typed);
        let names = Membership::of(&name.chars().collect::<Vec<_>>());
        names.into_iter().filter_map(|name| kin.closeness(name)).max_by_key(|closeness| closeness.score)
    }

    fn why(typed: &str, name: &str) -> Option<Why> {
        closeness(typed, name).map(|closeness| closeness.why)
    }

    #[test]
    fn forms_and_short_forms() {
        assert_eq!(why("bill", "william"), Some(Why::ShortFor));
        assert_eq!(why("mo", "mohammed"), Some(Why::ShortFor));
        assert_eq!(why("kasia", "katarzyna"), Some(Why::ShortFor));
        assert_eq!(why("william", "bill"), Some(Why::LongFor));
        assert_eq!(why("mohammed", "muhammad"), Some(Why::Form));
        assert_eq!(why("shivaun", "siobhan"), Some(Why::Form));
        assert_eq!(why("eefa", "aoife"), Some(Why::Form));
        assert_eq!(why("yusuf", "ibrahim"), None);
        assert!(are_one("mohd", "mohammed") && are_one("mohammed", "mohd") && !are_one("mohammed", "ahmed"));
    }

    #[test]
    fn a_beginning_stands_for_what_it_may_become() {
        assert_eq!(why("bil", "william"), Some(Why::ShortFor));
        assert_eq!(why("shivau", "siobhan"), Some(Why::Form));
        assert_eq!(why("b", "william"), None);
        let score = |typed| closeness(typed, "siobhan").unwrap().score;
        assert!(score("shivau") < WHOLE && score("shivaun") > WHOLE);
    }

    #[test]
    fn the_data_is_read_whole_and_no_form_stands_in_two_groups() {
        let file: File = toml::from_str(include_str!("../../data/names.toml")).unwrap();
        for groups in [&file.name, &file.family] {
            let of_group = |(number, group): (usize, &Group)| -> Vec<(String, usize)> {
                group.forms.iter().map(|form| (fold(form).replace(' ', ""), number)).collect()
            };
            let mut forms: Vec<(String, usize)> = groups.iter().enumerate().flat_map(of_group).collect();
            assert!(forms.len() > 100 && forms.iter().all(|(form, _)| form.chars().count() > 1));
            // Written as one word and as two it may stand in one group.
            forms.sort_unstable();
            forms.dedup();
            let twice: Vec<_> = forms.windows(2).filter(|pair| pair[0].0 == pair[1].0).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }
}
