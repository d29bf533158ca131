//! The packs under `policies/`, and small packs written for the tests.

mod broken;
mod foreign;
mod oracle;
mod packs;
mod puyang;
mod validity;
