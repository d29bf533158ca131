//! The templates, embedded: each stands on the one base sheet of GB/T 9704. Which document has which is the table of
//! documents in `lib.rs`.

/// What every template may import, and the name it imports it by: the sheet, and the parts that report and conclusion
/// share.
pub(crate) const SHARED: [(&str, &str); 2] = [
    ("gb9704.typ", include_str!("../../../templates/documents/gb9704.typ")),
    ("parts.typ", include_str!("../../../templates/documents/parts.typ")),
];

/// Makes [`TemplateName`] of the table of documents.
macro_rules! templates {
    ($($kind:ident $chinese:literal $file:literal)+) => {
        /// A template by the name of its document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum TemplateName {
            $(#[doc = $chinese] $kind),+
        }

        impl TemplateName {
            /// Every template.
            pub const ALL: &[TemplateName] = &[$(TemplateName::$kind),+];

            /// Every file a press needs for this template, name and source: its own first, then what it imports.
            pub fn sources(self) -> [(&'static str, &'static str); 3] {
                let own = match self {
                    $(TemplateName::$kind => ($file, include_str!(concat!("../../../templates/documents/", $file))),)+
                };
                [own, $crate::template::SHARED[0], $crate::template::SHARED[1]]
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
    };
}

pub(crate) use templates;
