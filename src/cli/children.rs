//! `dsl-desk children`: what is done with many children at once: the roll comes in, and who was entered twice is listed.
//! Whom the desk knows is listed by `find`.

mod duplicates;
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
    /// List pairs of children who may be one, entered twice, the likeliest first.
    #[command(after_long_help = duplicates::SHAPE)]
    Duplicates,
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    match &args.what {
        What::Import(args) => import::run(args, desk, now, out),
        What::Duplicates => duplicates::run(desk, out),
    }
}
