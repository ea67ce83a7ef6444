//! One report as a tree of values that is safe to keep: cleaned, bounded, and with no field lost to a namesake.
//!
//! `serde_json::Value` alone would let the last of two fields of one name win in silence.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::domain::text::clean;
use crate::intake::{MAX_FIELD, Reason};

/// Deeper nesting is nobody's report. The reader's own limit, at 128, protects the stack.
const MAX_DEPTH: usize = 64;

pub(super) fn read(text: &str) -> Result<Value, Reason> {
    let fault = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let tree = Tree { depth: 0, fault: &fault }.deserialize(&mut reader);
    tree.map_err(|_| fault.take().unwrap_or(Reason::BrokenValue))
}

/// Reads one value; what is wrong with it is left in `fault`, since a reader's error is only a sentence.
#[derive(Clone, Copy)]
struct Tree<'f> {
    depth: usize,
    fault: &'f Cell<Option<Reason>>,
}

impl Tree<'_> {
    fn refuse<T, E: Error>(self, reason: Reason) -> Result<T, E> {
        self.fault.set(Some(reason));
        Err(E::custom("refused"))
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return self.refuse(Reason::TooDeep);
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn text<E: Error>(self, raw: &str) -> Result<String, E> {
        if raw.len() > MAX_FIELD && raw.chars().count() > MAX_FIELD {
            return self.refuse(Reason::TooLong);
        }
        Ok(clean(raw))
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    /// A fraction is kept as text: it may lose its last digit between writing and reading, and entries are hashed.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.to_string().into())
    }

    fn visit_str<E: Error>(self, raw: &str) -> Result<Value, E> {
        self.text(raw).map(Value::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(inner)?;
            if map.insert(self.text(&name)?, value).is_some() {
                return self.refuse(Reason::Twice);
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;
    use crate::intake::Reason;

    fn nested(depth: usize) -> String {
        format!("{}1{}", "[".repeat(depth), "]".repeat(depth))
    }

    #[test]
    fn the_same_field_twice_is_refused_at_any_depth() {
        assert_eq!(read(r#"{"a":[{"b":1,"b":2}]}"#), Err(Reason::Twice));
    }

    #[test]
    fn sixty_four_deep_is_read_and_one_more_is_not() {
        assert!(read(&nested(64)).is_ok());
        assert_eq!(read(&nested(65)), Err(Reason::TooDeep));
        assert_eq!(read(&nested(100_000)), Err(Reason::TooDeep));
    }

    #[test]
    fn names_and_words_are_cleaned() {
        assert_eq!(read("{\"a\\u001b\":[\"b\\u202e\"]}"), Ok(json!({"a␛": ["b⟨U+202E⟩"]})));
    }

    #[test]
    fn half_a_letter_or_an_endless_number_is_broken() {
        assert_eq!(read(r#""\ud83d""#), Err(Reason::BrokenValue));
        assert_eq!(read("1e999"), Err(Reason::BrokenValue));
    }

    #[test]
    fn a_field_may_be_long_but_not_endless() {
        assert!(read(&json!("ë".repeat(200_000)).to_string()).is_ok());
        assert_eq!(read(&json!("e".repeat(200_001)).to_string()), Err(Reason::TooLong));
    }

    #[test]
    fn a_fraction_becomes_text() {
        assert_eq!(read("1.5"), Ok(json!("1.5")));
        assert_eq!(read("-3"), Ok(json!(-3)));
    }
}
