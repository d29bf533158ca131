//! Everything a template can see: itself, the sheet it imports, the data and the fonts. No disk, no network, no today.

use crate::fonts::Fonts;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

/// The file a template reads its data from.
const DATA: &str = "data.json";

/// One document about to be set.
pub(crate) struct Desk<'a> {
    library: &'a LazyHash<Library>,
    fonts: &'a Fonts,
    main: FileId,
    sources: Vec<Source>,
    data: (FileId, Bytes),
}

impl<'a> Desk<'a> {
    /// `files` are name and source, the template first. `None` where a name is no path.
    pub(crate) fn new(
        library: &'a LazyHash<Library>,
        fonts: &'a Fonts,
        files: &[(&str, &str)],
        data: String,
    ) -> Option<Desk<'a>> {
        let sources: Vec<Source> = files
            .iter()
            .map(|(name, source)| Some(Source::new(id(name)?, (*source).to_owned())))
            .collect::<Option<_>>()?;
        Some(Desk {
            library,
            fonts,
            main: sources.first()?.id(),
            sources,
            data: (id(DATA)?, Bytes::from_string(data)),
        })
    }
}

fn id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.sources.iter().find(|source| source.id() == id);
        source.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            Ok(self.data.1.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
