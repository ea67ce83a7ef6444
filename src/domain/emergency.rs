//! 999: the one contact that no file, import or correction can change (H1, R1).
//!
//! One of the source policies prints 101 for a child at immediate risk (S3:435) against every other source and
//! the councils' own pages; that is why the number is in the program and not in the data.

/// What to dial where a child is in immediate danger.
pub const NUMBER: &str = "999";
/// What it is called.
pub const SERVICE: &str = "Police, ambulance or fire: emergency";
/// When to dial it, and what to say (R1).
pub const PURPOSE: &str = "Anyone in immediate danger or a crime in progress: ring first, write afterwards. Say that it is a child safeguarding matter.";
/// Where it was read.
pub const SOURCES: [&str; 4] = ["S0:83", "S1:168", "S2:3", "S2:702"];
/// The sentence that contradicts it, and why it is not followed.
pub const REJECTED: &str =
    "S3:435 says to dial 101 for a child at immediate risk. Not followed: every other source says 999.";
