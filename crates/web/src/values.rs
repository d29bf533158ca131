//! What a person typed: a form's body or a query as a multimap, cleaned once, with the limits of the edge.
//!
//! Texts are NFC, trimmed, with line ends as `\n`; control characters are refused, the rest is kept for the person to
//! mend. Files are kept apart, each within [`FILE_BYTES`]. What a text means is not known here; [`crate::read::Read`]
//! asks that.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use casefile::FieldRefusal;
use casefile::case::File;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The most bytes of one uploaded file (一个最大 20 MB).
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// The most bytes of a request with files.
pub const BODY_BYTES: usize = 100 * 1024 * 1024;
/// The most bytes of a request without files.
pub const TEXT_BYTES: usize = 2 * 1024 * 1024;
/// The most values of one form.
const VALUES: usize = 2000;
/// The most bytes of one text, far above the longest a form allows.
const ONE_TEXT_BYTES: usize = 256 * 1024;

/// A file as it came, not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The name the browser gave, without cleaning.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    texts: BTreeMap<String, Vec<String>>,
    uploads: BTreeMap<String, Vec<Upload>>,
    stored: BTreeMap<String, Vec<File>>,
    /// What could not be taken as it came: control characters, a file too large.
    pub refused: Vec<FieldRefusal>,
}

/// Why a body could not be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Above the limits of the edge.
    TooLarge,
    /// Neither a form nor a form with files.
    NotAForm,
}

impl Values {
    /// The values of a query string or an urlencoded body.
    ///
    /// # Errors
    /// More values than any form has.
    pub fn urlencoded(bytes: &[u8]) -> Result<Values, Unreadable> {
        let mut values = Values::default();
        for (n, (name, text)) in form_urlencoded::parse(bytes).enumerate() {
            if n >= VALUES {
                return Err(Unreadable::TooLarge);
            }
            values.put(&name, &text);
        }
        Ok(values)
    }

    /// The values of a posted form.
    ///
    /// # Errors
    /// A body that is too large or no form.
    pub async fn of(request: Request) -> Result<Values, Unreadable> {
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let multipart = Multipart::from_request(request, &())
                .await
                .map_err(|_| Unreadable::NotAForm)?;
            return Values::multipart(multipart).await;
        }
        let empty = kind.is_empty();
        if !empty && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Unreadable::NotAForm);
        }
        let bytes = axum::body::to_bytes(request.into_body(), TEXT_BYTES)
            .await
            .map_err(|_| Unreadable::TooLarge)?;
        Values::urlencoded(&bytes)
    }

    async fn multipart(mut parts: Multipart) -> Result<Values, Unreadable> {
        let mut values = Values::default();
        let mut n = 0;
        while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
            n += 1;
            if n > VALUES {
                return Err(Unreadable::TooLarge);
            }
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let limit = if file.is_some() { FILE_BYTES } else { ONE_TEXT_BYTES };
            let mut bytes = Vec::new();
            let mut size = 0;
            while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
                size += chunk.len();
                if size <= limit {
                    bytes.extend_from_slice(&chunk);
                }
            }
            match file {
                // A file field left alone arrives with an empty name and no bytes.
                Some(file) if file.is_empty() && size == 0 => {}
                Some(file) if size > limit => values.refuse(&name, too_large(&file, size)),
                Some(file) => values
                    .uploads
                    .entry(name)
                    .or_default()
                    .push(Upload { name: file, bytes }),
                None if size > limit => return Err(Unreadable::TooLarge),
                None => values.put(&name, &String::from_utf8_lossy(&bytes)),
            }
        }
        Ok(values)
    }

    /// Adds a text under `name`, cleaned.
    pub fn put(&mut self, name: &str, text: &str) {
        let (cleaned, dirty) = clean(text);
        // A password is what was typed, spaces included.
        let text = if name.contains("password") {
            text.to_owned()
        } else {
            cleaned
        };
        if dirty {
            self.refuse(name, "里面有看不见的控制字符，已经去掉。请看一下再提交。");
        }
        self.texts.entry(name.into()).or_default().push(text);
    }

    fn refuse(&mut self, field: &str, sentence: impl Into<String>) {
        self.refused.push(FieldRefusal {
            field: field.into(),
            sentence: sentence.into(),
        });
    }

    /// Whether anything came under `name`.
    pub fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// The first text under `name`; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Every text under `name`, in the order of the page.
    pub fn all(&self, name: &str) -> &[String] {
        self.texts.get(name).map_or(&[], Vec::as_slice)
    }

    /// Every name with its texts.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.texts.iter().map(|(name, texts)| (name.as_str(), texts.as_slice()))
    }

    /// Every text of the form, by name; what a draft keeps.
    pub fn into_texts(self) -> BTreeMap<String, Vec<String>> {
        self.texts
    }

    /// Takes a name out.
    pub fn remove(&mut self, name: &str) {
        self.texts.remove(name);
    }

    /// The uploads not stored yet, by field; taken out to be stored.
    pub fn take_uploads(&mut self) -> BTreeMap<String, Vec<Upload>> {
        std::mem::take(&mut self.uploads)
    }

    /// Whether any file came along.
    pub fn has_uploads(&self) -> bool {
        !self.uploads.is_empty()
    }

    /// The files a refused form had stored already: field, address, name.
    pub fn kept(&self) -> Vec<(String, String, String)> {
        let of = |name: &str, text: &str| {
            let (field, (address, file)) = (name.strip_suffix(".kept")?, text.split_once(' ')?);
            Some((field.to_owned(), address.to_owned(), file.to_owned()))
        };
        let texts = self.texts.iter();
        texts
            .flat_map(|(name, texts)| texts.iter().filter_map(move |text| of(name, text)))
            .collect()
    }

    /// Notes that a file of the field `name` is stored.
    pub fn put_file(&mut self, name: &str, file: File) {
        self.stored.entry(name.into()).or_default().push(file);
    }

    /// The stored files of the field `name`.
    pub fn files(&self, name: &str) -> &[File] {
        self.stored.get(name).map_or(&[], Vec::as_slice)
    }
}

impl From<BTreeMap<String, Vec<String>>> for Values {
    fn from(texts: BTreeMap<String, Vec<String>>) -> Values {
        Values {
            texts,
            ..Values::default()
        }
    }
}

fn unreadable(error: axum::extract::multipart::MultipartError) -> Unreadable {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Unreadable::TooLarge
    } else {
        Unreadable::NotAForm
    }
}

fn too_large(name: &str, size: usize) -> String {
    let mb = size.div_ceil(1024 * 1024);
    format!("“{name}”有 {mb} MB，超过 20 MB。请选小一点的，或者改传照片。其他内容都存好了。")
}

/// NFC, trimmed, `\n` line ends; and whether control characters had to be taken out.
fn clean(text: &str) -> (String, bool) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut dirty = false;
    let text: String = text
        .nfc()
        .filter(|c| {
            let bad = c.is_control() && !matches!(c, '\n' | '\t');
            dirty |= bad;
            !bad
        })
        .collect();
    (text.trim().to_owned(), dirty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned() {
        let table = [
            ("a=%20%E7%8E%8B%E4%B8%BD%20", "王丽", 0),
            ("a=x%0D%0Ay", "x\ny", 0),
            ("a=e%CC%81", "é", 0),
            ("a=a%00b", "ab", 1),
            ("a=", "", 0),
            ("b=1", "", 0),
        ];
        for (body, expected, refused) in table {
            let values = Values::urlencoded(body.as_bytes()).unwrap();
            assert_eq!((values.text("a"), values.refused.len()), (expected, refused), "{body}");
        }
    }

    #[test]
    fn a_form_has_an_end() {
        assert_eq!(
            Values::urlencoded("a=1&".repeat(VALUES + 1).as_bytes()),
            Err(Unreadable::TooLarge)
        );
    }
}
