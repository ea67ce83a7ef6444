//! The record: what is written is proven, kept and private.

mod backup;
mod disk;
mod flips;
mod keys;
mod last_seen;
mod leaving;
mod ledger;
mod people;
mod recovery;
mod restore;
mod tamper;
mod witness;
