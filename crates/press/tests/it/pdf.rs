//! A PDF read back with poppler's `pdftotext`: its text, and where on the page each character stands.

use std::path::PathBuf;
use std::process::Command;

/// A PDF on disk, under the target directory.
pub struct Pdf(PathBuf);

impl Pdf {
    pub fn read(name: &str, bytes: &[u8]) -> Pdf {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
        std::fs::write(&path, bytes).unwrap();
        Pdf(path)
    }

    fn poppler(&self, tool: &str, args: &[&str]) -> String {
        let output = Command::new(tool)
            .args(args)
            .arg(&self.0)
            .args((tool == "pdftotext").then_some("-"))
            .output();
        let output = output.unwrap_or_else(|e| panic!("{tool}: {e}; install poppler-utils"));
        assert!(
            output.status.success(),
            "{tool}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// The text as laid out.
    pub fn text(&self) -> String {
        self.poppler("pdftotext", &["-layout"])
    }
}
