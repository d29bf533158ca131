//! The packs under `policies/`, and small packs written for the tests.

mod packs;
mod puyang;
