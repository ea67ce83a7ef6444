//! Several of the categories of `data/categories.toml`, each found by a few letters.

use crossterm::event::KeyEvent;
use serde_json::{Value, json};

use super::suggest::{Stroke, Suggest};
use crate::domain::category::{self, Category};
use crate::search::{Query, match_text};
use crate::tui::widgets::text_field::TextField;

#[derive(Clone, Default)]
pub(super) struct Categories {
    pub(super) suggest: Suggest,
    chosen: Vec<&'static Category>,
}

impl Categories {
    /// Those of these ids are chosen at the outset; they are parted by semicolons.
    pub(super) fn of(ids: &str) -> Self {
        let chosen = ids.split(';').filter_map(|id| category::by_id(id.trim())).collect();
        Self { chosen, ..Self::default() }
    }

    pub(super) fn chosen(&self) -> &[&'static Category] {
        &self.chosen
    }

    /// What the letters bring up, the best first; everything where there are none.
    pub(super) fn offers(&self) -> Vec<&'static Category> {
        let query = Query::parse(self.suggest.field.text());
        let fitting = category::all()
            .iter()
            .filter_map(|category| match_text(&query, &category.name).map(|found| (found.score, category)));
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        fitting.into_iter().map(|(_, category)| category).collect()
    }

    pub(super) fn on_key(&mut self, key: KeyEvent) -> Stroke {
        let offers = self.offers();
        let stroke = self.suggest.on_key(key, offers.len());
        if let Stroke::Chose(place) = stroke
            && let Some(category) = offers.get(place)
        {
            self.toggle(category);
            self.suggest.clear();
        }
        stroke
    }

    fn toggle(&mut self, category: &'static Category) {
        match self.chosen.iter().position(|chosen| chosen.id == category.id) {
            Some(place) => {
                self.chosen.remove(place);
            }
            None => self.chosen.push(category),
        }
    }

    /// The ids, and the letters that are still in the field.
    pub(super) fn value(&self) -> Value {
        let ids: Vec<&str> = self.chosen.iter().map(|category| category.id.as_str()).collect();
        match self.suggest.field.text() {
            "" => json!(ids),
            letters => json!({ "ids": ids, "letters": letters }),
        }
    }

    pub(super) fn restore(&mut self, value: &Value) {
        let ids =
            value.get("ids").unwrap_or(value).as_array().into_iter().flatten().filter_map(Value::as_str);
        self.chosen = ids.filter_map(category::by_id).collect();
        if let Some(letters) = value.get("letters").and_then(Value::as_str) {
            self.suggest.field = TextField::new(letters);
        }
    }
}
