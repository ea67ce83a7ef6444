//! The screens, as somebody at the keyboard sees them.

mod arrows;
mod backups;
mod cited;
mod corrected;
mod counted;
mod day;
#[cfg(target_os = "linux")]
mod full_disk;
mod guide;
mod leaving;
mod locking;
mod looking;
mod older;
mod outside;
mod people;
mod picture;
mod pictures;
mod presets;
mod pty;
mod restricted;
mod ring;
mod senior;
mod sizes;
mod twins;
mod two;
mod typing;
mod user;
mod walk;
