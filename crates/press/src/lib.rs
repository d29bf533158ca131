//! Turns what `documents` prepares into PDF, with typst and fonts found by role.
//!
//! Deliberately absent: the case, the record, the clock, the environment and the network. Which document is printed,
//! when, and where it is kept is decided elsewhere; `cli` alone wires this crate, so that nothing else builds typst.

mod fonts;
mod role;
mod world;

pub use fonts::{Face, FontReport, Fonts, RoleFace};
pub use role::{Fit, Role};

use documents::{FontUsed, Prepared, Press, PressError, Rendered};
use std::collections::BTreeSet;
use std::path::PathBuf;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Desk;

/// The renderer as the record names it.
pub const RENDERER: &str = "typst 0.15.1";

/// How many documents back typst's memory reaches.
const MEMORY: usize = 10;

/// The press: typst with the fonts of this installation.
pub struct TypstPress {
    fonts: Fonts,
    library: LazyHash<Library>,
}

impl TypstPress {
    /// A press with the fonts of `site`'s directories, then the system's. Reads them once, here; what is lacking is
    /// said by [`TypstPress::report`], and by [`Press::pdf`] where nothing can be printed without it.
    pub fn new(site: &[PathBuf]) -> TypstPress {
        TypstPress::with(Fonts::find(site))
    }

    /// A press with `fonts`.
    pub fn with(fonts: Fonts) -> TypstPress {
        TypstPress {
            fonts,
            library: LazyHash::new(Library::default()),
        }
    }

    /// Which face plays each role.
    pub fn report(&self) -> &FontReport {
        self.fonts.report()
    }
}

impl Press for TypstPress {
    fn pdf(&self, prepared: &Prepared) -> Result<Rendered, PressError> {
        let lacking = self.report().missing();
        if !lacking.is_empty() {
            let roles: Vec<&str> = lacking.iter().map(|role| role.name()).collect();
            return Err(PressError::NoFonts {
                roles: roles.join("、"),
            });
        }
        let data = std::str::from_utf8(&prepared.data).map_err(|e| fault(format!("data: {e}")))?;
        let (data, missing) = spell_out(data, &self.fonts);
        let desk = Desk::new(&self.library, &self.fonts, &prepared.template.sources(), data)
            .ok_or_else(|| fault("a template's name is no path".to_owned()))?;
        let rendered = self.render(&desk, prepared);
        comemo::evict(MEMORY);
        rendered.map(|(bytes, pages, fonts)| Rendered {
            bytes,
            pages,
            renderer: RENDERER.to_owned(),
            template: prepared.template_digest,
            fonts,
            missing,
        })
    }
}

impl TypstPress {
    fn render(&self, desk: &Desk<'_>, prepared: &Prepared) -> Result<(Vec<u8>, usize, Vec<FontUsed>), PressError> {
        let document: PagedDocument = typst::compile(desk).output.map_err(|errors| causes(&errors))?;
        let date = prepared.date;
        // A legal date has no hour; midnight in Shanghai stands for it.
        let midnight = u8::try_from(date.month())
            .ok()
            .zip(u8::try_from(date.day()).ok())
            .and_then(|(month, day)| Datetime::from_ymd_hms(date.year().into(), month, day, 0, 0, 0))
            .and_then(|at| Timestamp::new_local(at, 8 * 60));
        let options = PdfOptions {
            ident: Smart::Custom(format!("{}\n{}", prepared.title, base::Digest::of(&prepared.data))),
            creator: Smart::Custom(None),
            timestamp: midnight,
            standards: PdfStandards::new(&[PdfStandard::A_2a]).map_err(|e| fault(e.message().to_string()))?,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| causes(&errors))?;
        let mut fonts = BTreeSet::new();
        for page in document.pages() {
            self.fonts_of(&page.frame, &mut fonts);
        }
        Ok((bytes, document.pages().len(), fonts.into_iter().collect()))
    }

    /// Adds the fonts that `frame` is set in.
    fn fonts_of(&self, frame: &Frame, fonts: &mut BTreeSet<FontUsed>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.fonts_of(&group.frame, fonts),
                FrameItem::Text(text) => {
                    if let Some((name, digest)) = self.fonts.identity(text.font.font()) {
                        fonts.insert(FontUsed { name, digest });
                    }
                }
                _ => {}
            }
        }
    }
}

/// Puts the code of a character in its place where no font can draw it, so that nothing comes out blank. Outside
/// strings JSON is ASCII, so the data may be treated as one text.
fn spell_out(data: &str, fonts: &Fonts) -> (String, Vec<char>) {
    let missing: BTreeSet<char> = data
        .chars()
        .filter(|c| !c.is_ascii() && !is_ignorable(*c) && !fonts.draws(*c))
        .collect();
    let mut spelled = String::with_capacity(data.len());
    for c in data.chars() {
        if missing.contains(&c) {
            spelled.push_str(&format!("〔U+{:04X}〕", u32::from(c)));
        } else {
            spelled.push(c);
        }
    }
    (spelled, missing.into_iter().collect())
}

/// Characters without a shape of their own: joiners and variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn fault(cause: String) -> PressError {
    PressError::Template { cause }
}

fn causes(errors: &[SourceDiagnostic]) -> PressError {
    let causes: Vec<String> = errors
        .iter()
        .map(|e| {
            std::iter::once(&e.message)
                .chain(e.hints.iter().map(|h| &h.v))
                .map(|m| m.as_str())
                .collect::<Vec<_>>()
                .join(" · ")
        })
        .collect();
    fault(causes.join("; "))
}
