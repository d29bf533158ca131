//! Files handed in: checked by size and by content, stored encrypted, read back by who may see them.
//!
//! The file is kept as it came. Knows nothing of pictures' insides; a copy without place data comes with a later
//! issue.

use crate::App;
use crate::authority::{self, Viewer};
use crate::error::{Failure, Result};
use crate::{load, redact};
use base::Digest;
use casefile::case::File;
use casefile::{Case, Refusal};
use store::{KeyRef, Store};

/// The largest file, in bytes (ux.md 2.2).
pub const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// What may be handed in, by content: photographs, PDF, Word, Excel.
const KINDS: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heif",
    "image/bmp",
    "image/gif",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// Checks and stores a file under a key.
///
/// # Errors
/// A refusal at the field `files` that names the file and says that all else is kept.
pub(crate) async fn put(store: &Store, name: &str, bytes: Vec<u8>, under: KeyRef) -> Result<File> {
    let name = clean(name);
    let media = check(&name, &bytes)?;
    let stored = store.put_file(bytes, under).await?;
    Ok(File {
        address: stored.address.to_string(),
        name,
        media: media.into(),
        size: stored.size,
        digest: stored.plain.to_string(),
    })
}

fn check(name: &str, bytes: &[u8]) -> Result<&'static str> {
    let refuse = |sentence: String| Err(Refusal::field("files", sentence).into());
    if bytes.is_empty() {
        return refuse(format!("“{name}”这个文件是空的，请重新选。其他内容都存好了。"));
    }
    if bytes.len() > LARGEST_FILE {
        let megabytes = bytes.len().div_ceil(1024 * 1024);
        return refuse(format!(
            "“{name}”有 {megabytes} MB，超过 20 MB。请选小一点的。其他内容都存好了。"
        ));
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    match found.and_then(|mime| KINDS.iter().find(|kind| **kind == mime)) {
        Some(kind) => Ok(kind),
        None => refuse(format!(
            "“{name}”这种文件打不开。照片、PDF、Word、Excel 都行，请换一个。其他内容都存好了。"
        )),
    }
}

/// A file's name without path and control characters, at most 100 characters.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(100).collect();
    match kept.trim().trim_matches('.') {
        "" => "文件".into(),
        name => name.into(),
    }
}

impl App {
    /// Stores a file for an act on a case. It belongs to the case once an act names it.
    ///
    /// # Errors
    /// Not found; or a refusal that names the file.
    pub async fn put_file(&self, viewer: &Viewer, number: &str, name: &str, bytes: Vec<u8>) -> Result<File> {
        let loaded = self.loaded(number).await?;
        if authority::standing(viewer, &loaded.case).is_none() {
            return Err(Refusal::not_found().into());
        }
        put(&self.store, name, bytes, KeyRef::Case(loaded.case.id)).await
    }

    /// A file stored for an act that was then refused, named again by its address and name: not to be sent twice.
    ///
    /// # Errors
    /// Not found; or a refusal where there is no such file in the case.
    pub async fn kept_file(&self, viewer: &Viewer, number: &str, address: &str, name: &str) -> Result<File> {
        let loaded = self.loaded(number).await?;
        if authority::standing(viewer, &loaded.case).is_none() {
            return Err(Refusal::not_found().into());
        }
        let lost = || Refusal::field("files", "刚才选的文件没有存住，请重新选。其他内容都存好了。");
        let place: Digest = address.parse().map_err(|_| lost())?;
        let bytes = self
            .store
            .get_file(place, KeyRef::Case(loaded.case.id))
            .await
            .map_err(|_| lost())?;
        let name = clean(name);
        Ok(File {
            address: place.to_string(),
            media: check(&name, &bytes)?.into(),
            name,
            size: bytes.len() as u64,
            digest: Digest::of(&bytes).to_string(),
        })
    }

    /// A file that the case names and the viewer may see.
    ///
    /// # Errors
    /// Not found; a damaged file is a failure.
    pub async fn file(&self, viewer: &Viewer, number: &str, address: &str) -> Result<(File, Vec<u8>)> {
        let id = self.case_id(number).await?;
        let loaded = load::case(&self.store, id).await?;
        let Some(standing) = authority::standing(viewer, &loaded.case) else {
            return Err(Refusal::not_found().into());
        };
        let seen = redact::case(&loaded.case, standing);
        let Some(file) = named(&seen).find(|file| file.address == address).cloned() else {
            return Err(Refusal::not_found().into());
        };
        let address: Digest = file
            .address
            .parse()
            .map_err(|_| Failure::Record(format!("file address {address}")))?;
        let bytes = self.store.get_file(address, KeyRef::Case(id)).await?;
        self.note_reading(viewer, &loaded.case, &format!("file:{address}"))
            .await?;
        Ok((file, bytes))
    }
}

/// Every file a case names, those of its earlier rounds among them.
fn named(case: &Case) -> impl Iterator<Item = &File> {
    let on_paper = case.paper.iter().map(|paper| &paper.scan);
    let supplement = case.supplement.iter().filter_map(|asked| asked.answer.as_ref());
    let signed = (case.amendments.iter().filter_map(|amendment| amendment.scan.as_ref()))
        .chain(case.ending.iter().filter_map(|ending| ending.scan.as_ref()))
        .chain(case.reviews.iter().filter_map(|review| review.signed.as_ref()))
        .chain(&case.statement.papers);
    let earlier = case.rounds.iter().flat_map(|round| {
        (round.report.iter().map(|r| &r.file))
            .chain(round.services.iter().flat_map(|s| [&s.file, &s.receipt]))
            .chain(round.ending.iter().filter_map(|ending| ending.scan.as_ref()))
            .chain(round.reviews.iter().filter_map(|review| review.signed.as_ref()))
            .chain(&round.statement.papers)
    });
    let application = case
        .application
        .iter()
        .flat_map(|a| a.text.files.iter().map(|(file, _)| file));
    application
        .chain(on_paper)
        .chain(supplement.flat_map(|answer| answer.files.iter().map(|(file, _)| file)))
        .chain(signed)
        .chain(case.evidence.iter().filter_map(|e| e.file.as_ref()))
        .chain(case.reports.iter().map(|r| &r.file))
        .chain(case.services.iter().flat_map(|s| [&s.file, &s.receipt]))
        .chain(earlier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_path() {
        let table = [
            ("照片.jpg", "照片.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\用户\\入户.pdf", "入户.pdf"),
            ("a\u{0}b\n.png", "ab.png"),
            ("..", "文件"),
            ("", "文件"),
        ];
        for (given, kept) in table {
            assert_eq!(clean(given), kept);
        }
        assert_eq!(clean(&"长".repeat(300)).chars().count(), 100);
    }

    #[test]
    fn content_counts_not_the_name() {
        let pdf = b"%PDF-1.7 ...";
        assert_eq!(check("a.jpg", pdf).unwrap(), "application/pdf");
        for (name, bytes) in [
            ("空.pdf", &b""[..]),
            ("程序.pdf", b"MZ\x90\x00program"),
            ("网页.jpg", b"<html></html>"),
        ] {
            let Err(Failure::Refused(refusal)) = check(name, bytes) else {
                panic!("{name} taken")
            };
            assert!(refusal.fields[0].sentence.contains(name));
        }
        let large = [&b"%PDF-1.7"[..], &vec![0; LARGEST_FILE]].concat();
        assert!(check("大.pdf", &large).is_err());
    }
}
