//! `dsl-desk contacts export`: the book for another program. Contacts that are retired stay behind.

use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use super::super::failure::Result;
use super::super::layout::field;
use super::super::opening::is_standard_input;
use super::super::out::{Form, Out};
use super::super::private_file;
use super::ALL;
use crate::desk::Desk;
use crate::domain::contact::ContactDetails;
use crate::domain::text::Text;
use crate::paper::{contacts_csv, vcard};

pub(super) const SHAPE: &str = "\
With --json: { file, format: \"vcard-4.0\" | \"vcard-3.0\" | \"csv\", contacts, text? }
where text is what was written, if no file was named.";

#[derive(clap::Args)]
pub(super) struct Args {
    /// The file to write, which must not be there yet; - or nothing writes to standard output.
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// The version of vCard: 3 for programs that know no newer one.
    #[arg(long = "version", value_name = "VERSION", default_value = "4")]
    edition: Edition,
}

#[derive(Clone, Copy, ValueEnum)]
enum Edition {
    #[value(name = "3", alias = "3.0")]
    Three,
    #[value(name = "4", alias = "4.0")]
    Four,
}

#[derive(Serialize)]
struct Document {
    file: Text,
    format: &'static str,
    contacts: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

pub(super) fn run(args: &Args, desk: &mut Desk, out: &mut Out) -> Result<()> {
    let book = desk.contacts("", ALL)?.rows;
    let contacts: Vec<ContactDetails> = book
        .into_iter()
        .filter(|contact| contact.retired.is_blank())
        .map(|contact| contact.details)
        .collect();
    let (format, text) = written(args, &contacts);
    let to_standard_output = is_standard_input(&args.file);
    if !to_standard_output {
        private_file::write_new(desk.folder(), &args.file, &text)?;
    }
    let file = Text::from(args.file.to_string_lossy().into_owned());
    match (out.form(), to_standard_output) {
        (Form::Json, _) => {
            let text = to_standard_output.then_some(text);
            out.document(&Document { file, format, contacts: contacts.len(), text })
        }
        (Form::Plain, true) => out.verbatim(&text),
        (Form::Plain, false) => field(out, "Written", &format!("{} contacts to {file}", contacts.len())),
    }
}

fn written(args: &Args, contacts: &[ContactDetails]) -> (&'static str, String) {
    let is_table = args.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    match args.edition {
        _ if is_table => ("csv", contacts_csv::written(contacts)),
        Edition::Three => ("vcard-3.0", vcard::written(contacts, vcard::Version::Three)),
        Edition::Four => ("vcard-4.0", vcard::written(contacts, vcard::Version::Four)),
    }
}
