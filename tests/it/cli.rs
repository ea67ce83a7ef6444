//! The real binary: what it prints, where, and its exit code.

mod annotate;
mod backup;
mod children;
mod chronology;
mod contacts;
mod demo;
mod desk;
mod due;
mod duplicates;
mod find;
#[cfg(target_os = "linux")]
mod full_disk;
mod import;
mod inbox;
mod opening;
mod people;
mod recipe;
mod restricted;
mod ring;
mod senior;
mod setup;
mod show;
mod terminal;
mod usage;
mod verify;
