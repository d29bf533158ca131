//! What a person typed: a form's body or a query as a multimap, cleaned once, with the limits of the edge.
//!
//! Texts are NFC, trimmed, with line ends as `\n`. What Word and keyboards leave behind unseen is taken out; control
//! characters are taken out and told. Files are kept apart, each within [`FILE_BYTES`]. What a text means is not known
//! here; [`crate::read::Read`] asks that.

use crate::limit::Held;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use casefile::FieldRefusal;
use casefile::case::File;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The most bytes of one uploaded file (一个最大 20 MB).
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// The most bytes of all files of one request that are taken; the rest are told at their field, the texts stay.
pub const FILES_BYTES: usize = 100 * 1024 * 1024;
/// The most bytes of a request that are read at all.
pub const BODY_BYTES: usize = 400 * 1024 * 1024;
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
            let held = request.extensions().get().copied();
            let multipart = Multipart::from_request(request, &())
                .await
                .map_err(|_| Unreadable::NotAForm)?;
            return Values::multipart(multipart, held).await;
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

    async fn multipart(mut parts: Multipart, held: Option<Held>) -> Result<Values, Unreadable> {
        let mut values = Values::default();
        let (mut n, mut taken) = (0, 0);
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
                let kept = file.is_none() || held.is_none();
                if kept && size <= limit && taken + size <= FILES_BYTES {
                    bytes.extend_from_slice(&chunk);
                }
            }
            match file {
                // A file field left alone arrives with an empty name and no bytes.
                Some(file) if file.is_empty() && size == 0 => {}
                Some(file) if let Some(Held(seconds)) = held => values.refuse(&name, too_often(&file, seconds)),
                Some(file) if size > limit => values.refuse(&name, too_large(&file, size)),
                Some(file) if taken + size > FILES_BYTES => values.refuse(&name, too_many(&file)),
                Some(file) => {
                    taken += size;
                    values
                        .uploads
                        .entry(name)
                        .or_default()
                        .push(Upload { name: file, bytes });
                }
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

    fn refuse(&mut self, name: &str, sentence: impl Into<String>) {
        // A day is one field of three parts.
        let whole = [".year", ".month", ".day"]
            .iter()
            .find_map(|part| name.strip_suffix(part));
        self.refused.push(FieldRefusal {
            field: whole.unwrap_or(name).into(),
            sentence: sentence.into(),
        });
    }

    /// Whether anything came under `name`.
    pub fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// The state of the case that the form stood on; `None` where it names none. What is no number is older than any
    /// state, so that a garbled form is refused as one that was overtaken.
    pub fn version(&self) -> Option<u64> {
        match self.text("version") {
            "" => None,
            text => Some(text.parse().unwrap_or(0)),
        }
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

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn too_many(name: &str) -> String {
    let (name, mb) = (base_name(name), FILES_BYTES / 1024 / 1024);
    format!("一次选的文件合起来超过 {mb} MB，“{name}”没有收。请分几次提交。其他内容都存好了。")
}

fn too_often(name: &str, seconds: i64) -> String {
    let name = base_name(name);
    format!("短时间内传的文件太多了，“{name}”没有收。请等 {seconds} 秒，再选一次。其他内容都在。")
}

fn too_large(name: &str, size: usize) -> String {
    let name = base_name(name);
    let mb = size.div_ceil(1024 * 1024);
    format!("“{name}”有 {mb} MB，超过 20 MB。请选小一点的，或者改传照片。其他内容都存好了。")
}

/// NFC, trimmed, `\n` line ends, nothing unseen; and whether control characters had to be taken out.
fn clean(text: &str) -> (String, bool) {
    let mut dirty = false;
    let text: String = text
        .replace("\r\n", "\n")
        .nfc()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(c),
            // Ends of lines and pages, as Word pastes them.
            '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            // Spaces that do not break.
            '\u{A0}' | '\u{2007}' | '\u{202F}' => Some(' '),
            c if is_unseen(c) => None,
            c if c.is_control() => {
                dirty = true;
                None
            }
            c => Some(c),
        })
        .collect();
    let text = text.trim();
    // Joiners and variants mean nothing without what they join or vary.
    let joins = |c: char| matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    match text.chars().all(|c| joins(c) || c.is_whitespace()) {
        true => (String::new(), dirty),
        false => (text.to_owned(), dirty),
    }
}

/// Characters nobody sees and nobody typed: soft hyphens, spaces of no width, marks that turn the direction of
/// reading, fillers.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
    )
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
            // Blanks of every kind are nothing.
            ("a=%C2%A0%E3%80%80%E2%80%8B%EF%BB%BF%E2%80%8D%E3%85%A4", "", 0),
            // Word: a line's end, a space that does not break, a soft hyphen; its quotes stay.
            (
                "a=%E2%80%9C%E5%85%A5%C2%AD%E6%88%B7%E2%80%9D%0B%C2%A0%E6%A0%B8%C2%A0%E6%9F%A5",
                "“入户”\n 核 查",
                0,
            ),
            // Right to left, and a family of emoji.
            ("a=%E2%80%AE%E7%8E%8B%E2%80%8F", "王", 0),
            ("a=%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9", "👨\u{200D}👩", 0),
            // A rare name with the shape of its character.
            ("a=%E8%91%9B%F3%A0%84%80", "葛\u{E0100}", 0),
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
