//! `dsl-desk children duplicates`: who may have been entered twice. Whether they are one is said at the desk.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cabinet::table::child::Child;
use crate::cli::failure::Result;
use crate::cli::layout::{Column, table};
use crate::cli::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::answer::{Pair, born};
use crate::desk::request::Window;
use crate::domain::ids::ChildId;
use crate::domain::text::Text;

pub(super) const SHAPE: &str = "\
With --json, one document:
  [ { children: [ { child, name, date_of_birth?, form?, school? } ], why } ]
Pairs that were told apart are left out. Open the child at the desk to say whether two are one.";

const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };
const HEAD: [Column; 3] = [
    Column { title: "one", most: 40 },
    Column { title: "other", most: 40 },
    Column { title: "why", most: 60 },
];

#[derive(Serialize)]
struct Listed<'p> {
    children: [Known<'p>; 2],
    why: &'p str,
}

#[derive(Serialize)]
struct Known<'p> {
    child: ChildId,
    name: &'p Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_of_birth: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'p Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<&'p Text>,
}

pub(super) fn run(desk: &mut Desk, out: &mut Out) -> Result<()> {
    let pairs = desk.duplicates(None, "", ALL)?.rows;
    match out.form() {
        Form::Json => out.document(&pairs.iter().map(listed).collect::<Vec<_>>()),
        Form::Plain if pairs.is_empty() => out.line("No two children are alike."),
        Form::Plain => {
            let row = |pair: &Pair| [named(&pair.one), named(&pair.other), pair.why.clone()];
            table(out, HEAD, &pairs.iter().map(row).collect::<Vec<_>>())
        }
    }
}

fn listed(pair: &Pair) -> Listed<'_> {
    Listed { children: [known(&pair.one), known(&pair.other)], why: &pair.why }
}

fn known(child: &Child) -> Known<'_> {
    let told = |text| Some(text).filter(|text: &&Text| !text.is_blank());
    Known {
        child: child.id,
        name: &child.details.name,
        date_of_birth: child.details.date_of_birth,
        form: told(&child.details.form),
        school: told(&child.details.school),
    }
}

/// `7 Zoë Smith, b. 4 Mar 2011`.
fn named(child: &Child) -> String {
    format!("{} {}, {}", child.id, child.details.name.one_line(), born(child.details.date_of_birth))
}
