//! Two people change the details of one child or contact: what each of them changed is kept, and where both changed
//! the same detail nobody is overruled silently.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::cabinet::{Error, Result};

/// `mine` was made of `before`; meanwhile the record has come to say `now`. What the two changes come to together.
pub(super) fn merged<T: Serialize + DeserializeOwned>(before: &T, mine: &T, now: &T) -> Result<T> {
    let (before, mine, mut now) = (details(before)?, details(mine)?, details(now)?);
    // A detail that is not given has no key.
    let known = before.keys().chain(mine.keys()).chain(now.keys());
    let keys: BTreeSet<String> = known.cloned().collect();
    for key in keys {
        let (old, new, standing) = (before.get(&key), mine.get(&key), now.get(&key));
        if new == old || new == standing {
            continue;
        }
        if standing != old {
            return Err(overtaken());
        }
        match new {
            Some(new) => drop(now.insert(key, new.clone())),
            None => drop(now.remove(&key)),
        }
    }
    serde_json::from_value(Value::Object(now)).map_err(|_| Error::NotKept)
}

fn details<T: Serialize>(of: &T) -> Result<Map<String, Value>> {
    match serde_json::to_value(of) {
        Ok(Value::Object(details)) => Ok(details),
        Ok(_) | Err(_) => Err(Error::NotKept),
    }
}

fn overtaken() -> Error {
    Error::Refused(
        "Somebody else has changed the same detail since this was opened. Copy what you need, discard this draft and \
         open it again."
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::merged;
    use crate::domain::area::Area;
    use crate::domain::child::ChildDetails;

    fn before() -> ChildDetails {
        ChildDetails {
            name: "Zoë Marsh".into(),
            date_of_birth: "2012-03-03".parse().ok(),
            form: "5B".into(),
            ..ChildDetails::default()
        }
    }

    #[test]
    fn what_each_of_them_changed_is_kept() {
        let mine = ChildDetails { form: "6B".into(), date_of_birth: None, ..before() };
        let now = ChildDetails { area: Area::read("Rutland"), ..before() };
        let both = ChildDetails { area: Area::read("Rutland"), ..mine.clone() };
        assert_eq!(merged(&before(), &mine, &now).unwrap(), both);
        assert_eq!(merged(&before(), &mine, &before()).unwrap(), mine);
        assert_eq!(merged(&before(), &mine, &mine).unwrap(), mine, "both said the same");
    }

    #[test]
    fn nobody_is_overruled_silently() {
        let mine = ChildDetails { form: "6B".into(), ..before() };
        let now = ChildDetails { form: "7A".into(), ..before() };
        assert!(merged(&before(), &mine, &now).is_err());
    }
}
