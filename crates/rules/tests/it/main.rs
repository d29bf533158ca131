//! The packs under `policies/`, and small packs written for the tests.

mod oracle;
mod packs;
mod puyang;
mod validity;
