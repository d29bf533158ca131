//! What the application asks of a press. The one that runs is in the crate `press`; tests may use a plain one.

use crate::Prepared;
use base::Digest;

/// Makes PDF out of prepared documents.
pub trait Press: Send + Sync {
    /// Renders `prepared`. The same input with the same renderer and fonts gives the same bytes.
    fn pdf(&self, prepared: &Prepared) -> Result<Rendered, PressError>;
}

/// A rendered document and what made it, as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The renderer and its version, e.g. `typst 0.15.1`.
    pub renderer: String,
    /// The digest of the template ([`Prepared::template_digest`]).
    pub template: Digest,
    /// The fonts whose shapes stand in the PDF, by name.
    pub fonts: Vec<FontUsed>,
    /// Characters that no installed font can draw; each was printed as its code, e.g. 〔U+1F9FF〕.
    pub missing: Vec<char>,
}

/// A font used in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontUsed {
    /// The face's name.
    pub name: String,
    /// The SM3 of the font file.
    pub digest: Digest,
}

/// Why a document could not be rendered. The display is what a user sees; `Template` carries the cause for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// No face for a role, and nothing to fall back on.
    #[error("缺少文书用的字体（{roles}），不能生成文书。请安装 fonts-noto-cjk，或者把字体文件放进字体目录，再试一次。")]
    NoFonts {
        /// The roles without a face, e.g. 仿宋、黑体.
        roles: String,
    },
    /// The template and the data do not fit, or the PDF does not meet its standard: a fault of the program.
    #[error("文书没有生成，已办的事都已保存。请把时间和文书名称告诉系统管理员。")]
    Template {
        /// What the renderer said.
        cause: String,
    },
}
