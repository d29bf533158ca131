//! Packs as the tests hold them: read from `policies/` at run time.

use rules::Pack;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of a pack under `policies/`.
pub fn folder(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies").join(id)
}

/// A pack's files: names relative to its folder, and bytes.
pub fn files(id: &str) -> Vec<(String, Vec<u8>)> {
    let root = folder(id);
    let mut files = Vec::new();
    for place in [root.clone(), root.join("clauses"), root.join("cases")] {
        for entry in fs::read_dir(&place).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = entry
                    .path()
                    .strip_prefix(&root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                files.push((name, fs::read(entry.path()).unwrap()));
            }
        }
    }
    files
}

/// Parses files.
pub fn parse(files: &[(String, Vec<u8>)]) -> Result<Pack, Vec<String>> {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    Pack::parse(&files).map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

/// The pack.
pub fn pack(id: &str) -> Pack {
    parse(&files(id)).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

/// A procedure that has what a procedure must have.
pub fn small_procedure() -> String {
    let text = "{ version = \"1\", title = \"t\", paragraphs = [] }";
    format!(
        "[procedure]\nstarters = [\"person\"]\ndecider = {{ kind = \"bureau\" }}\ninvestigators = 2\nopinions = []\n\
         withhold_opinions = false\nsilence = \"wait\"\nhear_applicant = true\ndeadlines = []\nsteps = []\n\
         decline_grounds = []\nrecusal_grounds = []\nmajor_grounds = []\nreview_levels = 0\nreview_days = 0\n\
         reminders = []\nclaims = []\ndegradations = []\nwork_kinds = []\nwork_links = []\n\
         declaration = {text}\nleaflet = {text}\nresult_note = \"\"\n"
    )
}
