//! Every document through the press, and its PDF read back with poppler.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod content;
mod every;
mod fonts;
mod geometry;
mod pdf;
#[path = "../../../documents/tests/it/samples.rs"]
mod samples;

use documents::{Document, Press, Rendered, prepare};
use pdf::Pdf;
use press::TypstPress;
use std::path::PathBuf;
use std::sync::LazyLock;

/// One press for all tests: the fonts of `scripts/fonts.sh` as the site's, then the system's.
static PRESS: LazyLock<TypstPress> = LazyLock::new(|| TypstPress::new(&[site_fonts()]));

fn site_fonts() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.cache/fonts"))
}

fn print(name: &str, document: &Document) -> (Rendered, Pdf) {
    let rendered = PRESS
        .pdf(&prepare(document))
        .unwrap_or_else(|e| panic!("{name}: {e:?}"));
    let pdf = Pdf::read(name, &rendered.bytes);
    (rendered, pdf)
}
