//! The filters of a search as the record knows them: which children, which people, which days. What nobody is called is
//! left out and said.

use chrono::NaiveDate;

use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::words::{self, Group};
use crate::cabinet::table::{child, merged, person};
use crate::cabinet::{Db, Result};
use crate::desk::finder::Finder;
use crate::desk::wording::Wording;
use crate::domain::ids::ChildId;
use crate::domain::text::clean;
use crate::search::{Asking, Filter, Query, WhichChild, begins_words};

/// More children of one name than these are not looked through key by key.
const MOST_CHILDREN: usize = 100;
/// As many ways to go on as fit on a line.
const MOST_NAMES: usize = 6;
const FIRST_DAY: (i32, u32, u32) = (1900, 1, 1);
const LAST_DAY: (i32, u32, u32) = (2199, 12, 31);

/// The filters, as far as they were understood.
#[derive(Default)]
pub(super) struct Narrowed {
    pub(super) groups: Vec<Group>,
    /// Rows of other children's chronologies are not shown.
    pub(super) children: Option<Vec<ChildId>>,
    /// In sentences without their stops.
    pub(super) notes: Vec<String>,
}

impl Narrowed {
    pub(super) fn read(
        db: &Db,
        reader: &Reader,
        finder: &mut Finder,
        wording: &mut Wording,
        asking: &Asking,
    ) -> Result<Self> {
        let mut narrowed = Self { notes: asking.misunderstood().to_vec(), ..Self::default() };
        let filters = asking.filters();
        if !filters.kinds.is_empty() {
            narrowed.of_terms(filters.kinds.iter().map(|kind| words::of_kind(*kind)).collect());
        }
        if filters.from.is_some() || filters.to.is_some() {
            let day = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
            let from = filters.from.unwrap_or_else(|| day(FIRST_DAY));
            narrowed.of_terms(words::between(from, filters.to.unwrap_or_else(|| day(LAST_DAY))));
        }
        narrowed.people(db, &filters.by)?;
        narrowed.children(db, reader, finder, wording, &filters.children)?;
        Ok(narrowed)
    }

    fn of_terms(&mut self, terms: Vec<String>) {
        self.groups.push(Group::Terms(terms));
    }

    fn people(&mut self, db: &Db, names: &[String]) -> Result<()> {
        let known = if names.is_empty() { Vec::new() } else { person::names(db)? };
        let mut terms = Vec::new();
        for name in names {
            let of: Vec<_> = known.iter().filter(|(_, known)| begins_words(name, known)).collect();
            if of.is_empty() {
                self.notes.push(format!(
                    "Nobody who has recorded anything is called \"{}\", so by: was left out. Try fewer letters",
                    clean(name)
                ));
            }
            terms.extend(of.into_iter().map(|(person, _)| words::by(person)));
        }
        if !terms.is_empty() {
            self.of_terms(terms);
        }
        Ok(())
    }

    fn children(
        &mut self,
        db: &Db,
        reader: &Reader,
        finder: &mut Finder,
        wording: &mut Wording,
        asked: &[WhichChild],
    ) -> Result<()> {
        let mut children = Vec::new();
        for which in asked {
            match which {
                WhichChild::Number(number) if child::get(db, *number).is_ok() => {
                    children.push(merged::kept(db, *number)?);
                }
                WhichChild::Number(number) => {
                    self.notes
                        .push(format!("There is no child {number}, so child: was left out. Try a name"));
                }
                WhichChild::Called(name) => children.extend(self.called(db, finder, name)?),
            }
        }
        if !children.is_empty() {
            children.sort_unstable();
            children.dedup();
            self.groups.push(Group::Entries(wording.of_children(db, reader, &children)?));
            self.children = Some(children);
        }
        Ok(())
    }

    fn called(&mut self, db: &Db, finder: &mut Finder, name: &str) -> Result<Vec<ChildId>> {
        let mut found = children_called(db, finder, name, MOST_CHILDREN + 1)?;
        let name = clean(name);
        if found.is_empty() {
            self.notes
                .push(format!("No child is called \"{name}\", so child: was left out. Try fewer letters"));
        }
        if found.len() > MOST_CHILDREN {
            found.truncate(MOST_CHILDREN);
            self.notes.push(format!(
                "More than {MOST_CHILDREN} children are called \"{name}\", so not all were looked through. Type more of the name"
            ));
        }
        Ok(found.into_iter().map(|(child, _)| child).collect())
    }
}

/// The likeliest of those whose name has words that begin so.
fn children_called(db: &Db, finder: &mut Finder, name: &str, most: usize) -> Result<Vec<(ChildId, String)>> {
    let hits = finder.ready(db)?.children(&Query::beginnings(name), most);
    let mut found = Vec::new();
    for hit in hits {
        let child = child::get(db, hit.id)?;
        let also = child::also(db, hit.id)?;
        let mut names = std::iter::once(&child).chain(&also).flat_map(|child| child.details.names());
        if names.any(|known| begins_words(name, known)) {
            found.push((hit.id, child.details.name.one_line()));
        }
    }
    Ok(found)
}

/// Names with which what is being typed may go on.
pub(super) fn names(db: &Db, finder: &mut Finder, asking: &Asking) -> Result<Vec<String>> {
    let mut names = match asking.names_wanted() {
        Some((Filter::Child, typed)) if !Query::parse(typed).is_empty() => {
            children_called(db, finder, typed, MOST_NAMES)?.into_iter().map(|(_, name)| name).collect()
        }
        Some((Filter::By, _)) => person::names(db)?.into_iter().map(|(_, name)| name).collect(),
        None | Some((Filter::Child | Filter::Kind | Filter::From | Filter::To, _)) => Vec::new(),
    };
    names.dedup();
    Ok(names)
}
