//! The program from outside. One binary; the folders mirror `src/`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on says so by failing"
)]

mod architecture;
mod cabinet;
mod cli;
mod desk;
mod fuzz;
mod rules;
#[cfg(target_os = "linux")]
mod small_disk;
mod support;
mod tui;
mod ways;
