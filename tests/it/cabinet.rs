//! The record: what is written is proven, kept and private.

mod disk;
mod keys;
mod ledger;
mod tamper;
mod witness;
