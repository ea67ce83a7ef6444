//! The councils in whose areas children live: the list of `data/areas.toml`, which is part of the program.
//!
//! No council is named in the code. What decides by area (whom to ring) stays where it is decided.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::text::Text;

const SHIPPED: &str = include_str!("../../data/areas.toml");

/// Where a service answers that is rung from everywhere. It is no area: no child lives in it.
pub const NATIONAL: &str = "national";

/// The council in whose area the child lives: it decides who is rung. In records and files it is its id.
///
/// An id that the data does not know is one of a record that was made with other data: it stays, and is its own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Text")]
pub struct Area(Text);

impl From<Text> for Area {
    /// On one line, since it stands in lists.
    fn from(id: Text) -> Self {
        Self(Text::from(id.one_line()))
    }
}

impl Area {
    /// Every area, in the order of the file. A test reads the file, so that it is never empty in a release.
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Area>> =
            LazyLock::new(|| shipped().area.iter().map(|row| Area(Text::new(&row.id))).collect());
        &ALL
    }

    /// The area of an id, whatever its capitals.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|area| area.has_id(id))
    }

    /// What people write where they are asked for the area. None where it is no area of the data, or more than one.
    pub fn read(written: &str) -> Option<Self> {
        shipped().read(written).map(|row| Self(Text::new(&row.id)))
    }

    pub fn id(&self) -> &str {
        &self.0
    }

    pub fn name(&self) -> &str {
        self.row().map_or(&self.0, |row| &row.name)
    }

    /// For a narrow column.
    pub fn short(&self) -> &str {
        self.row().map_or(&self.0, |row| &row.short)
    }

    fn has_id(&self, id: &str) -> bool {
        id.trim().eq_ignore_ascii_case(&self.0)
    }

    fn row(&self) -> Option<&'static Row> {
        shipped().area.iter().find(|row| row.id == *self.0)
    }
}

/// What all the areas together are called, in a narrow column.
pub fn all_in_short() -> &'static str {
    &shipped().all
}

/// How to tell the ids apart: a sentence, or nothing.
pub fn told_apart() -> &'static str {
    &shipped().apart
}

/// The words for where a service answers.
pub fn words() -> impl Iterator<Item = &'static str> {
    Area::all().iter().map(Area::id).chain([NATIONAL])
}

/// Whether a service that answers for these words is rung from everywhere.
pub fn is_national(words: &[Text]) -> bool {
    words.iter().any(|word| is_word(word, NATIONAL))
}

/// The areas among the words for where a service answers, in the order of the file; after them those that the data does
/// not know.
pub fn served(words: &[Text]) -> Vec<Area> {
    let known = Area::all().iter().filter(|area| words.iter().any(|word| area.has_id(word))).cloned();
    let unknown = words
        .iter()
        .filter(|word| !word.is_blank() && !is_word(word, NATIONAL) && Area::by_id(word).is_none())
        .map(|word| Area::from(word.clone()));
    known.chain(unknown).collect()
}

fn is_word(written: &str, word: &str) -> bool {
    written.trim().eq_ignore_ascii_case(word)
}

/// `data/areas.toml`.
#[derive(Default, Deserialize)]
struct Shipped {
    all: String,
    apart: String,
    beside: Vec<String>,
    area: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    short: String,
    names: Vec<String>,
}

fn shipped() -> &'static Shipped {
    static FILE: LazyLock<Shipped> = LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());
    &FILE
}

impl Shipped {
    fn read(&self, written: &str) -> Option<&Row> {
        let written = self.telling(written);
        self.area.iter().find(|row| row.names().any(|name| self.telling(name) == written))
    }

    /// The words that say which area is meant; all of them where none does, so that "city" can be somebody's name.
    fn telling(&self, text: &str) -> Vec<String> {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let (beside, telling): (Vec<&str>, Vec<&str>) =
            words.clone().partition(|word| self.beside.iter().any(|beside| beside == word));
        let words = if telling.is_empty() { beside } else { telling };
        words.into_iter().map(str::to_owned).collect()
    }
}

impl Row {
    /// However people write it.
    fn names(&self) -> impl Iterator<Item = &str> {
        [&self.id, &self.name].into_iter().chain(&self.names).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(areas: &[Area]) -> Vec<&str> {
        areas.iter().map(Area::id).collect()
    }

    fn read(written: &str) -> Option<String> {
        Area::read(written).map(|area| area.id().to_owned())
    }

    #[test]
    fn the_shipped_file_is_read_whole() {
        assert_eq!(ids(Area::all()), ["leicester", "leicestershire", "rutland"]);
        let names: Vec<(&str, &str)> = Area::all().iter().map(|area| (area.name(), area.short())).collect();
        assert_eq!(
            names,
            [("Leicester", "City"), ("Leicestershire", "County"), ("Rutland", "Rutland")],
            "the screens and the pictures of them say these"
        );
        assert_eq!(all_in_short(), "LLR");
        assert_eq!(
            words().collect::<Vec<_>>(),
            ["leicester", "leicestershire", "rutland", "national"],
            "the words of the contact book"
        );
    }

    /// What the list of contacts has for it.
    const COLUMN: usize = 8;

    /// Whatever region's file this is.
    #[test]
    fn every_area_can_be_told_from_the_others_and_fits() {
        let rows = &shipped().area;
        let distinct = |of: fn(&Row) -> &str| rows.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|row| &row.id), rows.len());
        assert_eq!(distinct(|row| &row.name), rows.len());
        assert_eq!(distinct(|row| &row.short), rows.len());
        for row in rows {
            assert_ne!(row.id, NATIONAL);
            assert!(row.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", row.id);
            assert!(row.short.chars().count() <= COLUMN, "{} is cut in the list", row.short);
            for name in row.names() {
                assert_eq!(read(name).as_deref(), Some(row.id.as_str()), "{name} is another area's as well");
            }
        }
    }

    #[test]
    fn a_council_is_read_with_or_without_its_kind() {
        for written in
            ["Leicester", "leicester city", "Leicester City Council", "City of Leicester", "LEICESTER."]
        {
            assert_eq!(read(written).as_deref(), Some("leicester"), "{written}");
        }
        assert_eq!(read("the Leicestershire County").as_deref(), Some("leicestershire"));
        assert_eq!(read("my council: Rutland").as_deref(), Some("rutland"));
        for written in
            ["", "?", "city", "the county council", "Leicester or Leicestershire", "Derby", "national"]
        {
            assert_eq!(read(written), None, "{written}");
        }
    }

    #[test]
    fn another_regions_file_is_read_as_well() {
        let file = r#"
            all = "Derbys"
            apart = ""
            beside = ["city", "council"]
            [[area]]
            id = "derby"
            name = "Derby"
            short = "Derby"
            names = ["the city"]
            [[area]]
            id = "high-peak"
            name = "High Peak"
            short = "Peak"
            names = ["Glossop & Buxton", "city council"]
        "#;
        let elsewhere: Shipped = toml::from_str(file).unwrap();
        let read = |written| elsewhere.read(written).map(|row| row.id.as_str());
        assert_eq!(read("Derby City Council"), Some("derby"));
        assert_eq!(read("The city"), Some("derby"));
        assert_eq!(read("high peak"), Some("high-peak"));
        assert_eq!(read("Peak High"), None);
        assert_eq!(read("glossop, buxton"), Some("high-peak"));
        assert_eq!(read("City council"), Some("high-peak"), "a name of nothing else is one, too");
        assert_eq!(read("council"), None);
    }

    #[test]
    fn on_the_disk_it_is_its_id_and_nothing_else() {
        let rutland = Area::read("Rutland").unwrap();
        assert_eq!(serde_json::to_string(&rutland).unwrap(), r#""rutland""#);
        assert_eq!(serde_json::from_str::<Area>(r#""rutland""#).unwrap(), rutland);
        assert!(serde_json::from_str::<Area>("7").is_err());
    }

    #[test]
    fn an_area_of_other_data_is_kept_as_it_was_written() {
        let derby: Area = serde_json::from_str(r#""derby""#).unwrap();
        assert_eq!((derby.id(), derby.name(), derby.short()), ("derby", "derby", "derby"));
        assert_eq!(serde_json::to_string(&derby).unwrap(), r#""derby""#);
        let hostile: Area = serde_json::from_str(r#""derby\n\u001b[2J""#).unwrap();
        assert_eq!(hostile.name(), "derby ␛[2J");
    }

    #[test]
    fn where_a_service_answers_is_in_the_order_of_the_file() {
        let of = |words: &[&str]| served(&words.iter().copied().map(Text::from).collect::<Vec<_>>());
        assert_eq!(ids(&of(&["derby", " Rutland", "leicester"])), ["leicester", "rutland", "derby"]);
        assert_eq!(ids(&of(&["National", " "])), Vec::<&str>::new());
        assert!(is_national(&["rutland".into(), "National".into()]));
        assert!(!is_national(&["rutland".into()]));
    }
}
