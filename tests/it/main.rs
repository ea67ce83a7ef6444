//! The program from outside. One binary; the folders mirror `src/`.

mod architecture;
mod cli;
mod tui;
