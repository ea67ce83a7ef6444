//! What other programs of the same user may not see of this one: no core dump, no debugger, no reading of its memory
//! (T20, T22). Where the system does not allow that to be asked, nothing is different.

/// Before anything secret is in memory.
#[cfg(unix)]
pub(super) fn keep_to_oneself() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // A limit that is lower already stays.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    not_dumpable();
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn not_dumpable() {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn not_dumpable() {}

#[cfg(not(unix))]
pub(super) fn keep_to_oneself() {}
