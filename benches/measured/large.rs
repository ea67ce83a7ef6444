//! The desk that is measured: the one that `DSL_DESK_BENCH` names, or a small one that is thrown away.

use std::env;
use std::sync::OnceLock;

use chrono::{NaiveDate, Utc};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::Passphrase;
use dsl_desk::demo::Size;
use dsl_desk::demo::desks::{PASSPHRASE, of_size};
use dsl_desk::desk::{Desk, people};
use tempfile::TempDir;

const CHILDREN: usize = 2_000;
const ENTRIES_TO_A_CHILD: u64 = 20;

static FOLDER: OnceLock<Folder> = OnceLock::new();

/// The folder is thrown away with what is returned.
pub(crate) fn find_or_make() -> Option<TempDir> {
    if let Some(there) = env::var_os("DSL_DESK_BENCH") {
        FOLDER.get_or_init(|| Folder::new(there));
        return None;
    }
    let made = TempDir::with_prefix("dsl-desk-bench-").expect("a folder for the desk");
    let folder = FOLDER.get_or_init(|| Folder::new(made.path()));
    let children = env::var("DSL_DESK_CHILDREN").ok().and_then(|n| n.parse().ok()).unwrap_or(CHILDREN);
    let size = Size::new(children, children as u64 * ENTRIES_TO_A_CHILD);
    of_size(folder.clone(), size, 1, Utc::now(), |_, _| {}).expect("a large desk");
    Some(made)
}

pub(crate) fn today() -> NaiveDate {
    Utc::now().date_naive()
}

pub(crate) fn open() -> Desk {
    let folder = FOLDER.get().expect("main has named the folder").clone();
    let someone = people(&folder).expect("a desk").first().expect("somebody who may open it").person.clone();
    Desk::open(folder, &someone, Passphrase::from(PASSPHRASE)).expect("the demo's passphrase opens it")
}
