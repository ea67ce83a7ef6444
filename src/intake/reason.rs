//! Why a file or a row was not taken in: what happened, and what to do.
//!
//! A reason is written to a plain file in `incoming/rejected/`, so it never repeats what the report says. Rows,
//! lines and our own field names are the only particulars that it may hold.

use crate::domain::concern::Incomplete;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("The file is empty. Ask for the report again.")]
    Empty,
    #[error("The file is larger than 25 MB. Send the reports in smaller files, without attachments.")]
    TooLarge,
    #[error("The file is a workbook or another packed file. Open it, save it as CSV, and drop that here.")]
    Workbook,
    #[error(
        "The file is a document or a picture. Type the report in at the desk, or send it as JSON or CSV."
    )]
    Document,
    #[error("The file holds no report. Check that the right file was sent.")]
    NoReports,
    #[error("The file holds more than 10,000 reports. Divide it into several files.")]
    TooMany,
    #[error("A report has more than 1,000 fields or columns. Leave out what does not belong to it.")]
    TooManyFields,
    #[error("A report is longer than 500,000 characters. Divide it, or send part of it as a paper file.")]
    ReportTooLong,
    #[error("A field is longer than 200,000 characters. Divide it, or send that part as a paper file.")]
    TooLong,

    #[error("The JSON is not in UTF-8. Save it again in UTF-8.")]
    NotUtf8,
    #[error("The JSON is wrong in line {line}, column {column}. Correct it there, or write the file anew.")]
    NotJson { line: usize, column: usize },
    #[error("The JSON ends too early, in line {line}. The file was cut short: send it again.")]
    CutShort { line: usize },
    #[error("A letter or a number in the JSON is broken. Write the report anew.")]
    BrokenValue,
    #[error("A field is written twice in the same place of the JSON. Keep one of the two.")]
    Twice,
    #[error("The JSON is nested more than 64 deep. Use the plain form of a concern file.")]
    TooDeep,
    #[error("This is not a report but a single value. Write each report between braces.")]
    NotAnObject,
    #[error("The field `format` is missing. Put \"format\": \"dsl-desk.concern/1\" into every report.")]
    NoFormat,
    #[error("The report is of another format or version. This desk reads dsl-desk.concern/1.")]
    OtherFormat,
    #[error("The field `{field}` holds something of the wrong kind. Write {expected} there.")]
    WrongType { field: String, expected: &'static str },
    #[error("The field `{field}` holds a word that the format does not have. Use {allowed}.")]
    NotAChoice { field: String, allowed: String },
    #[error("The date in `{field}` cannot be read. Write it as 2026-11-20, or as 2026-11-20T14:10.")]
    NotADate { field: String },

    #[error(
        "No row with the form's column names was found. \
         Send the CSV with its first row, or a JSON file of the format dsl-desk.concern/1."
    )]
    NoHeader,
    #[error("A quotation mark that opens in row {row} is never closed. Export the table again.")]
    OpenQuote { row: u32 },

    // These are said of rows and of concern files alike, so they name neither columns nor fields.
    #[error("No child is named. Fill in the pupil's name.")]
    NoChild,
    #[error("A report names more than 50 children. Divide it into several reports.")]
    TooManyChildren,
    #[error("A child's name is empty. Fill it in, or write \"not known\".")]
    UnnamedChild,
    #[error("The member of staff is not named. Fill in whom it is about.")]
    NoStaff,
    #[error("The account is empty. Say at least who, what, where or when.")]
    NoAccount,
    #[error("The reporter is not named. Fill in who is reporting this.")]
    NoReporter,

    #[error(
        "The report would not be kept as it is written. Write its dates and anything unusual in it anew."
    )]
    NotKept,

    #[error("This is a folder. Drop the files that are in it here, one by one.")]
    Folder,
    #[error("This is a link to something else. Drop the file itself here.")]
    Link,
    #[error("The file has a second name elsewhere. Drop a copy of it here.")]
    SecondName,
    #[error("This is not a file that can be read. Remove it, and drop a plain file here.")]
    NotAFile,
    #[error("There is no such file. Check its name and its folder.")]
    Missing,
    #[error("The desk is not allowed to read the file. Change its permissions, and drop it here again.")]
    Forbidden,
    #[error("The file could not be read from the disk. Copy it here again.")]
    Unreadable,
}

impl From<Incomplete> for Reason {
    fn from(incomplete: Incomplete) -> Self {
        match incomplete {
            Incomplete::NoChild => Self::NoChild,
            Incomplete::TooManyChildren => Self::TooManyChildren,
            Incomplete::UnnamedChild => Self::UnnamedChild,
            Incomplete::NoStaff => Self::NoStaff,
            Incomplete::NoAccount => Self::NoAccount,
            Incomplete::NoReporter => Self::NoReporter,
        }
    }
}
