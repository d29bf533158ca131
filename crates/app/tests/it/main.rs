//! The use cases over a real store (SQLite), the real Puyang pack, a clock that is told the time and a press that
//! prints plain text.

mod accounts;
mod authority;
mod changed;
mod city;
mod counted;
mod factor;
mod family;
mod files;
mod golden;
mod grounds;
mod keys;
mod kin;
mod kin_corrected;
mod leaving;
mod lists;
mod login;
mod mended;
mod officers;
mod oidc;
mod packs;
mod papers;
mod path;
mod privacy;
mod retention;
mod secrecy;
mod site;
mod together;
