//! Which desk, who, and with which passphrase.
//!
//! A passphrase comes from a terminal or a file, never from an argument or the environment: both can be read by
//! others on the same machine.

use std::env;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use zeroize::Zeroizing;

use super::failure::{Failure, Result, complain};
use crate::cabinet::files::Folder;
use crate::cabinet::keys::Passphrase;
use crate::cabinet::{Error, restore};
use crate::desk::people::Keeper;
use crate::desk::{self, Desk};
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::PersonId;

const FOLDER_VARIABLE: &str = "DSL_DESK_DIR";

#[derive(clap::Args)]
pub(super) struct Opening {
    /// The desk's folder; otherwise what `DSL_DESK_DIR` says, otherwise this machine's data folder.
    #[arg(long, global = true, value_name = "DIR")]
    desk: Option<PathBuf>,
    /// A file that holds the passphrase; - reads standard input.
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Which cabinet: `general`, or `senior` for whoever receives a concern about the DSL.
    #[arg(long, global = true, value_name = "CABINET", default_value = CabinetName::General.label(), value_parser = a_cabinet())]
    cabinet: CabinetName,
    /// Who opens the desk, where several people use it.
    #[arg(long = "as", global = true, value_name = "PERSON")]
    person: Option<String>,
    /// Open a desk on a network file system or in a synced folder all the same: what two people write at once may be
    /// lost.
    #[arg(long, global = true)]
    network_folder_at_my_risk: bool,
}

fn a_cabinet() -> impl clap::builder::TypedValueParser<Value = CabinetName> {
    PossibleValuesParser::new(CabinetName::ALL.map(CabinetName::label))
        .map(|label| CabinetName::from_label(&label).unwrap_or_default())
}

impl Opening {
    pub(super) fn cabinet(&self) -> CabinetName {
        self.cabinet
    }

    pub(super) fn reads_standard_input(&self) -> bool {
        self.passphrase_file.as_deref().is_some_and(is_standard_input)
    }

    fn folder(&self) -> Result<Folder> {
        let named = self
            .desk
            .clone()
            .or_else(|| env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from));
        let folder = named.or_else(platform_folder).map(Folder::new);
        let folder = folder.map(|folder| folder.with(self.cabinet)).ok_or_else(|| {
            Failure::said("This machine has no data folder for the desk. Name a folder with --desk.")
        })?;
        Ok(if self.network_folder_at_my_risk { folder.at_own_risk() } else { folder })
    }

    /// The same, whole: a restore that was cut off is finished first. What was done is the second.
    pub(super) fn whole_folder(&self) -> Result<(Folder, Option<String>)> {
        let folder = self.folder()?;
        let finished =
            restore::finish(&folder)?.map(|aside| match aside.as_deref().and_then(Path::file_name) {
                Some(aside) => {
                    format!("A cut-off restore is finished; the old desk is in {}.", aside.to_string_lossy())
                }
                None => "A cut-off restore is finished; there was no desk before.".to_owned(),
            });
        Ok((folder, finished))
    }

    /// The same for whoever has no screen to say it on.
    pub(super) fn finished_folder(&self) -> Result<Folder> {
        let (folder, finished) = self.whole_folder()?;
        if let Some(sentences) = finished {
            complain(&sentences);
        }
        Ok(folder)
    }

    /// Opens the desk that was named, as whoever was named.
    pub(super) fn desk(&self) -> Result<Desk> {
        self.keeper().map(Keeper::into_desk)
    }

    /// The same with the keys in hand, for whoever changes people.
    pub(super) fn keeper(&self) -> Result<Keeper> {
        let folder = self.finished_folder()?;
        let person = self.person(&folder)?;
        Ok(Keeper::open(folder, &person, self.passphrase("Passphrase: ")?)?)
    }

    pub(super) fn passphrase(&self, prompt: &str) -> Result<Passphrase> {
        match &self.passphrase_file {
            Some(file) => passphrase_of(file),
            None => typed(prompt),
        }
    }

    /// The file of a passphrase, where one was named.
    pub(super) fn passphrase_file(&self) -> Option<&Path> {
        self.passphrase_file.as_deref()
    }

    /// Whoever was named.
    pub(super) fn named(&self) -> Option<PersonId> {
        self.person.as_deref().map(PersonId::from_name)
    }

    /// Whoever was named; where nobody was, the one person there is.
    pub(super) fn person(&self, folder: &Folder) -> Result<PersonId> {
        if let Some(named) = self.named() {
            return Ok(named);
        }
        let people = desk::people(folder)?;
        match people.as_slice() {
            [one] => Ok(one.person.clone()),
            [] => Err(Failure::said(
                "Nobody may open this desk: its folder of people is empty. Put the files back from a backup.",
            )),
            several => {
                let names: Vec<&str> = several.iter().map(|one| one.person.0.as_str()).collect();
                Err(Error::WhichPerson(names.join(", ")).into())
            }
        }
    }
}

/// `-` stands for standard input wherever a file can be named.
pub(super) fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

fn platform_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "dsl-desk").map(|dirs| dirs.data_dir().to_owned())
}

pub(super) fn typed(prompt: &str) -> Result<Passphrase> {
    // The prompt goes to the terminal itself and never to standard output.
    rpassword::prompt_password(prompt).map(Passphrase::from).map_err(|_| {
        Failure::said(
            "There is no terminal on which to ask for the passphrase. Name a file that holds it with --passphrase-file.",
        )
    })
}

pub(super) fn passphrase_of(file: &Path) -> Result<Passphrase> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = if is_standard_input(file) {
        io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes).map(drop))
    };
    read.map_err(|error| {
        Failure::Said(format!(
            "The passphrase file could not be read: {error}. Check what --passphrase-file names."
        ))
    })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Failure::said(
            "The passphrase file is not text in UTF-8. Write the passphrase on one line of a text file.",
        )
    })?;
    Ok(Passphrase::from(without_newline(text).to_owned()))
}

/// Editors and `echo` end a file with one newline, which is not part of the passphrase.
fn without_newline(text: &str) -> &str {
    let line = text.strip_suffix('\n').unwrap_or(text);
    line.strip_suffix('\r').filter(|_| line.len() < text.len()).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::without_newline;

    #[test]
    fn one_newline_is_dropped_and_nothing_else() {
        assert_eq!(without_newline("four words\n"), "four words");
        assert_eq!(without_newline("four words\r\n"), "four words");
        assert_eq!(without_newline("four words\n\n"), "four words\n");
        assert_eq!(without_newline(" four words \r"), " four words \r");
    }
}
