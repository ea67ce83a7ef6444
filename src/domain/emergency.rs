//! 999: the one contact that no file, import or correction can change (H1, R1).
//!
//! One of the source policies prints 101 for a child at immediate risk (S3:435) against every other source that
//! names a number and the councils' own pages; that is why the number is in the program and not in the data.

/// What to dial where a child is in immediate danger.
pub const NUMBER: &str = "999";
/// What it is called.
pub const SERVICE: &str = "Police, ambulance or fire: emergency";
/// Who answers.
pub const ROLE: &str = "call handler";
/// When to dial it, and what to say (R1).
pub const PURPOSE: &str = "Anyone in immediate danger or a crime in progress: ring first, write afterwards. Say that it is a child safeguarding matter.";
/// Where it was read.
pub const SOURCES: [&str; 4] = ["S0:83", "S1:168", "S2:3", "S2:229"];
/// What to do, and then the sentence that contradicts it: whoever reads the first words alone is told right.
pub const REJECTED: &str = "Ring 999 for a child at immediate risk, never 101: one template says 101 (S3:435), every other source that gives a number says 999.";

#[cfg(test)]
mod tests {
    use super::{NUMBER, REJECTED};

    #[test]
    fn the_instruction_comes_before_what_contradicts_it() {
        assert!(REJECTED.starts_with(&format!("Ring {NUMBER} for a child at immediate risk, never 101:")));
    }
}
