//! The program from outside. One binary; the folders mirror `src/`.

mod cli;
