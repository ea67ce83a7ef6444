//! The record: what is written is proven, kept and private.

mod disk;
mod keys;
mod last_seen;
mod ledger;
mod tamper;
mod witness;
