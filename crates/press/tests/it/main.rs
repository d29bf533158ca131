//! Every document through the press, and its PDF read back with poppler.

mod pdf;
#[path = "../../../documents/tests/it/samples.rs"]
mod samples;

use documents::{Document, Press, PressError, Rendered, prepare};
use pdf::Pdf;
use press::{Fonts, TypstPress};
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

#[test]
fn every_document_comes_out() {
    for (name, document) in samples::all() {
        let (rendered, pdf) = print(name, &document);
        println!(
            "{name}: {} pages, {} bytes {:?}",
            rendered.pages,
            rendered.bytes.len(),
            rendered.fonts
        );
        println!("{}", pdf.text());
    }
}
