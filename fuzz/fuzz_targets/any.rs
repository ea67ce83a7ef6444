//! One program for all targets, as SQLCipher is large: `FUZZ_TARGET` names the one that is run.

#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::cell::OnceCell;
use std::env;

use libfuzzer_sys::fuzz_target;
use targets::{Bench, TARGETS, Target};

thread_local! {
    static CHOSEN: OnceCell<(&'static Target, Bench)> = const { OnceCell::new() };
}

fn choose() -> (&'static Target, Bench) {
    let name = env::var("FUZZ_TARGET").unwrap_or_default();
    let target = TARGETS.iter().find(|target| target.name == name);
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    let target = target.unwrap_or_else(|| panic!("FUZZ_TARGET is one of {}", names.join(", ")));
    (target, Bench::new())
}

fuzz_target!(|bytes: &[u8]| {
    CHOSEN.with(|chosen| {
        let (target, bench) = chosen.get_or_init(choose);
        (target.run)(bench, bytes);
    });
});
