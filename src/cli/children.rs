//! `dsl-desk children`: the roll comes in. Whom the desk knows is listed by `find`.

mod import;

use chrono::{DateTime, Utc};
use clap::Subcommand;

use super::failure::Result;
use super::out::Out;
use crate::desk::Desk;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Take a school's roll in: CSV or a Common Transfer File. Shows first who is new, changed, left or back.
    #[command(after_long_help = import::SHAPE)]
    Import(import::Args),
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    match &args.what {
        What::Import(args) => import::run(args, desk, now, out),
    }
}
