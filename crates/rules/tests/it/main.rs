//! The packs under `policies/`, and small packs written for the tests.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod broken;
mod foreign;
mod oracle;
mod packs;
mod puyang;
mod validity;
