//! Finds the fonts: the site's directories first, then the system's, one face a role and whatever else may draw a
//! character that none of them has. Which directories a site has comes in as an argument, never from the environment.

use crate::role::{Fit, Role};
use base::Digest;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use ttf_parser::name_id;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontVariant};
use typst::utils::LazyHash;

/// Where Debian keeps fonts.
const SYSTEM: [&str; 3] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
];

/// Of the system's fonts only files so named are opened: a desktop may have gigabytes of others.
const SYSTEM_FILES: [&str; 17] = [
    "fandol",
    "fangsong",
    "fzfs",
    "fzxbs",
    "hanamin",
    "kaiti",
    "lxgwwenkai",
    "notosanscjk",
    "notoserifcjk",
    "simfang",
    "simhei",
    "simkai",
    "simsun",
    "sourcehansans",
    "sourcehanserif",
    "ukai",
    "xiaobiaosong",
];

/// System fonts that play no role and may still draw a symbol.
const SYSTEM_EXTRAS: [&str; 3] = ["dejavusans", "hanaminb", "simsunextb"];

/// How deep a font directory is searched.
const DEPTH: usize = 6;

/// The fonts of this installation.
pub struct Fonts {
    slots: Vec<Slot>,
    book: LazyHash<FontBook>,
    covered: Vec<bool>,
    report: FontReport,
}

struct Slot {
    font: Font,
    name: String,
    digest: OnceLock<Digest>,
}

/// Which face plays each role. Its display is what `jinzhi doctor` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontReport {
    /// One entry a role.
    pub roles: Vec<RoleFace>,
    /// Faces that play no role but may draw what the others lack.
    pub extras: Vec<String>,
    /// Files in the site's directories that could not be used.
    pub unreadable: Vec<PathBuf>,
}

/// The face of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleFace {
    /// The role.
    pub role: Role,
    /// The face, if there is one.
    pub face: Option<Face>,
}

/// A face as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Whether it is of the style the role asks for.
    pub proper: bool,
}

/// A font read but not yet given a part.
struct Candidate {
    path: PathBuf,
    data: Bytes,
    index: u32,
    name: String,
    /// All its names and the file's, lower-case and without separators.
    names: String,
    site: bool,
}

impl Fonts {
    /// Looks through `site`'s directories, then the system's.
    pub fn find(site: &[PathBuf]) -> Fonts {
        Fonts::find_in(site, &SYSTEM.map(PathBuf::from))
    }

    /// Looks through `site`'s directories, where every font counts, then through `system`'s, where known ones do.
    pub fn find_in(site: &[PathBuf], system: &[PathBuf]) -> Fonts {
        let mut unreadable = Vec::new();
        let mut found = Vec::new();
        for (directories, is_site) in [(site, true), (system, false)] {
            for directory in directories {
                let mut files = Vec::new();
                font_files(directory, DEPTH, &mut files);
                files.sort();
                for path in files {
                    let known =
                        |name: &str| SYSTEM_FILES.iter().any(|f| name.contains(f)) || SYSTEM_EXTRAS.contains(&name);
                    if !is_site && !known(&plain(&stem(&path))) {
                        continue;
                    }
                    let before = found.len();
                    read(&path, is_site, &mut found);
                    if is_site && found.len() == before {
                        unreadable.push(path);
                    }
                }
            }
        }
        Fonts::cast(found, unreadable)
    }

    /// Gives the roles.
    fn cast(mut found: Vec<Candidate>, unreadable: Vec<PathBuf>) -> Fonts {
        let mut slots = Vec::new();
        let mut book = FontBook::new();
        let mut covered = vec![false; 0x11_0000];
        let mut add = |candidate: &Candidate, family: &str| {
            let Some(font) = Font::new(candidate.data.clone(), candidate.index) else {
                return false;
            };
            let mut info = font.info().clone();
            for c in info.coverage.iter() {
                if let Some(place) = covered.get_mut(c as usize) {
                    *place = true;
                }
            }
            info.family = family.to_owned();
            info.variant = FontVariant::default();
            book.push(info);
            slots.push(Slot {
                font,
                name: candidate.name.clone(),
                digest: OnceLock::new(),
            });
            true
        };

        let mut roles = Vec::new();
        let mut used = vec![false; found.len()];
        for role in Role::ALL {
            let mut face = None;
            if let Some((place, fit)) = choose(role, &found)
                && add(&found[place], role.name())
            {
                used[place] = true;
                let Candidate { name, path, .. } = &found[place];
                face = Some(Face {
                    name: name.clone(),
                    path: path.clone(),
                    proper: fit == Fit::Proper,
                });
            }
            roles.push(RoleFace { role, face });
        }
        let mut extras = Vec::new();
        for (candidate, used) in found.drain(..).zip(used) {
            let extra = candidate.site || SYSTEM_EXTRAS.contains(&plain(&stem(&candidate.path)).as_str());
            if !used && extra && add(&candidate, &candidate.name) {
                extras.push(candidate.name);
            }
        }
        Fonts {
            slots,
            book: LazyHash::new(book),
            covered,
            report: FontReport {
                roles,
                extras,
                unreadable,
            },
        }
    }

    /// Which face plays each role.
    pub fn report(&self) -> &FontReport {
        &self.report
    }

    /// Whether some font draws `c`.
    pub fn draws(&self, c: char) -> bool {
        self.covered[c as usize]
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, place: usize) -> Option<Font> {
        self.slots.get(place).map(|slot| slot.font.clone())
    }

    /// The name and the file's digest of a font that came from here.
    pub(crate) fn identity(&self, font: &Font) -> Option<(String, Digest)> {
        let slot = self.slots.iter().find(|slot| slot.font == *font)?;
        Some((
            slot.name.clone(),
            *slot.digest.get_or_init(|| Digest::of(slot.font.data())),
        ))
    }
}

impl FontReport {
    /// The roles that neither a face of their own nor the full fallback can play.
    pub fn missing(&self) -> Vec<Role> {
        let face = |role: &RoleFace| role.face.is_some();
        if self.roles.iter().any(|role| role.role == Role::Song && face(role)) {
            return Vec::new();
        }
        self.roles
            .iter()
            .filter(|role| !face(role))
            .map(|role| role.role)
            .collect()
    }

    /// Whether every role has a face of its own style.
    pub fn is_proper(&self) -> bool {
        self.roles
            .iter()
            .all(|role| role.face.as_ref().is_some_and(|face| face.proper))
    }
}

impl fmt::Display for FontReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = self.missing();
        for RoleFace { role, face } in &self.roles {
            match face {
                Some(face) if face.proper => writeln!(f, "{role}：{}（{}）", face.name, face.path.display())?,
                Some(face) => writeln!(f, "{role}：用 {} 代替（{}）", face.name, face.path.display())?,
                None if missing.contains(role) => writeln!(f, "{role}：没有字体，不能生成文书")?,
                None => writeln!(f, "{role}：没有字体，用宋体代替")?,
            }
        }
        if !self.extras.is_empty() {
            writeln!(f, "另备：{}", self.extras.join("、"))?;
        }
        for path in &self.unreadable {
            writeln!(f, "不能用的字体文件：{}", path.display())?;
        }
        Ok(())
    }
}

/// The best face for `role`: the site's before the system's, then in the order the role wants.
fn choose(role: Role, found: &[Candidate]) -> Option<(usize, Fit)> {
    [true, false].into_iter().find_map(|site| {
        role.wanted().iter().find_map(|(name, fit)| {
            let place = found.iter().position(|c| c.site == site && c.names.contains(name))?;
            Some((place, *fit))
        })
    })
}

/// Every font file under `directory`. A directory that is not there holds none.
fn font_files(directory: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if path.is_dir() {
            if depth > 0 {
                font_files(&path, depth - 1, files);
            }
        } else if ["ttf", "otf", "ttc", "otc"].contains(&extension.as_str()) {
            files.push(path);
        }
    }
}

/// Adds every face of the file.
fn read(path: &Path, site: bool, found: &mut Vec<Candidate>) {
    let Ok(bytes) = std::fs::read(path) else { return };
    let data = Bytes::new(bytes);
    for index in 0..ttf_parser::fonts_in_collection(&data).unwrap_or(1) {
        let Ok(face) = ttf_parser::Face::parse(&data, index) else {
            continue;
        };
        let mut names = plain(&stem(path));
        let mut name = stem(path);
        for entry in face.names() {
            if ![name_id::FAMILY, name_id::FULL_NAME, name_id::POST_SCRIPT_NAME].contains(&entry.name_id) {
                continue;
            }
            let Some(text) = entry.to_string() else { continue };
            names.push('/');
            names.push_str(&plain(&text));
            if entry.name_id == name_id::FULL_NAME && text.is_ascii() {
                name = text;
            }
        }
        found.push(Candidate {
            path: path.to_owned(),
            data: data.clone(),
            index,
            name,
            names,
            site,
        });
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Lower-case, without separators.
fn plain(name: &str) -> String {
    name.to_lowercase().replace([' ', '-', '_', '.'], "")
}
