//! The templates, embedded: each stands on the one base sheet of GB/T 9704.

use base::Digest;

/// The sheet every template imports, and the name it imports it by.
const BASE: (&str, &str) = ("gb9704.typ", include_str!("../../../templates/documents/gb9704.typ"));

/// A template by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TemplateName {
    /// 收件回执
    Receipt,
    /// 受理通知书
    Acceptance,
    /// 不予受理决定书
    Decline,
    /// 申辩告知书
    DefenceNotice,
    /// 认定报告
    Report,
    /// 认定结果告知书
    ResultNotice,
    /// 送达回证
    ServiceReceipt,
}

impl TemplateName {
    /// Every template.
    pub const ALL: [TemplateName; 7] = [
        TemplateName::Receipt,
        TemplateName::Acceptance,
        TemplateName::Decline,
        TemplateName::DefenceNotice,
        TemplateName::Report,
        TemplateName::ResultNotice,
        TemplateName::ServiceReceipt,
    ];

    /// The template's file and its source.
    pub fn source(self) -> (&'static str, &'static str) {
        macro_rules! template {
            ($file:literal) => {
                (
                    $file,
                    include_str!(concat!("../../../templates/documents/", $file)),
                )
            };
        }
        match self {
            TemplateName::Receipt => template!("receipt.typ"),
            TemplateName::Acceptance => template!("acceptance.typ"),
            TemplateName::Decline => template!("decline.typ"),
            TemplateName::DefenceNotice => template!("defence-notice.typ"),
            TemplateName::Report => template!("report.typ"),
            TemplateName::ResultNotice => template!("result-notice.typ"),
            TemplateName::ServiceReceipt => template!("service-receipt.typ"),
        }
    }

    /// Every file a press needs for this template: its own first, then what it imports.
    pub fn sources(self) -> [(&'static str, &'static str); 2] {
        [self.source(), BASE]
    }

    /// The SM3 over the names and sources of all these files.
    pub fn digest(self) -> Digest {
        let mut all = String::new();
        for (file, source) in self.sources() {
            all.push_str(&format!("{file} {}\n", Digest::of(source)));
        }
        Digest::of(all)
    }
}
