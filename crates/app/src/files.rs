//! Files handed in: checked by size and by content, stored encrypted, read back by who may see them.
//!
//! The file is kept as it came (原件). Of a photograph that says where it was taken, a copy without the place is stored
//! beside it and shown in its stead.

use crate::App;
use crate::authority::{self, Standing, Viewer};
use crate::error::{Failure, Result};
use crate::{load, masking, photo, redact};
use base::Digest;
use casefile::case::File;
use casefile::{Case, Refusal};
use store::{KeyRef, Store};

/// The largest file, in bytes (ux.md 2.2).
pub const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// The most pixels of a picture: what an old office computer still opens.
const MOST_PIXELS: usize = 40_000_000;

/// What may be handed in, by content: photographs, PDF, Word, Excel.
const KINDS: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/bmp",
    "image/gif",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

/// Checks and stores a file under a key, and the copy to be shown where it says a place.
///
/// # Errors
/// A refusal at the field `files` that names the file and says that all else is kept.
pub(crate) async fn put(store: &Store, name: &str, bytes: Vec<u8>, under: KeyRef) -> Result<File> {
    let name = clean(name);
    let media = check(&name, bytes.len() as u64, &bytes)?;
    let shown = put_copy(store, &name, media, &bytes, under).await?;
    let stored = store.put_file(bytes, under).await?;
    Ok(File {
        address: stored.address.to_string(),
        name,
        media: media.into(),
        size: stored.size,
        digest: stored.plain.to_string(),
        shown,
        shrunk: false,
    })
}

/// Stores the copy that is shown of a photograph that says where it was taken; its address. `None` for other files.
pub(crate) async fn put_copy(
    store: &Store,
    name: &str,
    media: &str,
    bytes: &[u8],
    under: KeyRef,
) -> Result<Option<String>> {
    if !photo::has_place(bytes) {
        return Ok(None);
    }
    let Some(copy) = photo::without_place(media, bytes) else {
        let sentence = format!("“{name}”里带有拍摄地点，去不掉。请把照片截屏，传截屏的那张。{REST}");
        return Err(Refusal::field("files", sentence).into());
    };
    Ok(Some(store.put_file(copy, under).await?.address.to_string()))
}

/// What every sentence about one file ends with.
const REST: &str = "其他内容都存好了。";

/// Checks a file of `size` bytes by what is there of it, its beginning at least.
///
/// # Errors
/// A refusal at the field `files` that names the file and says that all else is kept.
pub(crate) fn check(name: &str, size: u64, bytes: &[u8]) -> Result<&'static str> {
    let refuse = |sentence: String| Err(Refusal::field("files", format!("“{name}”{sentence}{REST}")).into());
    if size == 0 {
        return refuse("这个文件是空的，请重新选。".into());
    }
    if size > LARGEST_FILE as u64 {
        let megabytes = size.div_ceil(1024 * 1024);
        return refuse(format!("有 {megabytes} MB，超过 20 MB。请选小一点的，或者改传照片。"));
    }
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    if found.is_some_and(|mime| mime.starts_with("image/hei")) {
        return refuse(
            "是苹果手机的 HEIC 照片，办案的电脑打不开。请把照片截屏，传截屏的那张；或者在手机“设置”的“相机”里把格式改成“兼容性最佳”，再拍一张。"
                .into(),
        );
    }
    let Some(kind) = found.and_then(|mime| KINDS.iter().find(|kind| **kind == mime)) else {
        return match is_locked_office(bytes) {
            true => refuse("加了密码，别人打不开。请去掉密码再传，或者打印出来拍照上传。".into()),
            false => refuse("这种文件打不开。照片、PDF、Word、Excel 都行，请换一个。".into()),
        };
    };
    // Readers take what stands before the head of a PDF along; a browser may take it for a page.
    if *kind == "application/pdf" && !begins_as_pdf(bytes) {
        return refuse("不是完整的 PDF。请重新导出，或者打印出来拍照上传。".into());
    }
    if *kind == "application/pdf" && is_locked_pdf(bytes) {
        return refuse("加了密码，别人打不开。请去掉密码再传，或者打印出来拍照上传。".into());
    }
    if carries_program(kind, bytes) {
        return refuse("里面夹带了程序，不能收。请打印出来拍照上传，或者把照片截屏，传截屏的那张。".into());
    }
    let whole = bytes.len() as u64 == size;
    if whole && matches!(*kind, "image/jpeg" | "image/png") && photo::pixels(bytes).is_none() {
        return refuse("打不开，可能没有存完整。请重新拍，或者重新选。".into());
    }
    if let Some(pixels) = photo::pixels(bytes).filter(|pixels| *pixels > MOST_PIXELS) {
        return refuse(format!(
            "有 {} 万像素，太大了，办案的电脑打不开。请在手机相机里把照片尺寸调小一点再拍，或者把照片截屏，传截屏的那张。",
            pixels / 10_000
        ));
    }
    Ok(kind)
}

/// Whether a PDF's head comes first, but for a mark of byte order and white space.
fn begins_as_pdf(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// Whether a PDF is encrypted: its trailer says so, in plain, wherever it stands.
fn is_locked_pdf(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| *byte == b'/')
        .any(|name| name.starts_with(b"Encrypt"))
}

/// Words of a page in a picture; of so many letters that no picture has them by chance.
const IN_PICTURES: [&[u8]; 4] = [b"<script", b"<iframe", b"<!doctype", b"javascript:"];
/// Names of what a PDF does by itself. Files packed into it are let be: vouchers have their data there.
const IN_PDFS: [&[u8]; 2] = [b"/javascript", b"/launch"];
/// The name of the part with macros, in new and in old files of Word and Excel.
const IN_OFFICE: [&[u8]; 2] = [b"vbaproject.bin", b"_\0v\0b\0a\0_\0p\0r\0o\0j\0e\0c\0t\0"];

/// Whether a file carries, where it can be read in plain, what another program would run: a picture that is a page as
/// well, a PDF that acts, macros.
fn carries_program(kind: &str, bytes: &[u8]) -> bool {
    let words: &[&[u8]] = match kind {
        "application/pdf" => &IN_PDFS,
        picture if picture.starts_with("image/") => &IN_PICTURES,
        _ => &IN_OFFICE,
    };
    let lower: Vec<u8> = bytes.to_ascii_lowercase();
    words.iter().any(|word| {
        let mut rest = &lower[..];
        while let Some(at) = rest.iter().position(|byte| *byte == word[0]) {
            rest = &rest[at..];
            if rest.starts_with(word) {
                return true;
            }
            rest = &rest[1..];
        }
        false
    })
}

/// Whether it is a Word or Excel file with a password: a container whose one entry is called so.
fn is_locked_office(bytes: &[u8]) -> bool {
    let entry: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xD0\xCF\x11\xE0") && bytes.windows(entry.len()).any(|window| window == entry)
}

/// A file's name without path, control characters and marks that turn the direction of reading, at most 100
/// characters.
pub(crate) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !turns(*c))
        .take(100)
        .collect();
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
        let Some(standing) = authority::standing(viewer, &loaded.case) else {
            return Err(Refusal::not_found().into());
        };
        let lost = || Refusal::field("files", "刚才选的文件没有存住，请重新选。其他内容都存好了。");
        let place: Digest = address.parse().map_err(|_| lost())?;
        // What the case names already and keeps from this reader does not become theirs by its address.
        let seen = redact::case(&loaded.case, viewer, standing);
        let at_place = |file: &File| [Some(&file.address), file.shown.as_ref()].contains(&Some(&place.to_string()));
        if named(&loaded.case).any(at_place) && !named(&seen).any(at_place) {
            return Err(lost().into());
        }
        let bytes = self
            .store
            .get_file(place, KeyRef::Case(loaded.case.id))
            .await
            .map_err(|_| lost())?;
        let name = clean(name);
        let media = check(&name, bytes.len() as u64, &bytes)?;
        let shown = put_copy(&self.store, &name, media, &bytes, KeyRef::Case(loaded.case.id)).await?;
        Ok(File {
            address: place.to_string(),
            media: media.into(),
            name,
            size: bytes.len() as u64,
            digest: Digest::of(&bytes).to_string(),
            shown,
            shrunk: false,
        })
    }

    /// A file that the case names and the viewer may see: of a photograph with a place the copy without it.
    ///
    /// # Errors
    /// Not found; a damaged file is a failure.
    pub async fn file(&self, viewer: &Viewer, number: &str, address: &str) -> Result<(File, Vec<u8>)> {
        self.fetch(viewer, number, address, false).await
    }

    /// A file as it was handed in (原件), for whom its ring admits to that.
    ///
    /// # Errors
    /// Not found; a damaged file is a failure.
    pub async fn original(&self, viewer: &Viewer, number: &str, address: &str) -> Result<(File, Vec<u8>)> {
        self.fetch(viewer, number, address, true).await
    }

    async fn fetch(&self, viewer: &Viewer, number: &str, address: &str, original: bool) -> Result<(File, Vec<u8>)> {
        let id = self.case_id(number).await?;
        let loaded = load::case(&self.store, id).await?;
        let Some(standing) = authority::standing(viewer, &loaded.case) else {
            return Err(Refusal::not_found().into());
        };
        let loaded = match standing {
            Standing::Applicant => loaded,
            _ => masking::masked(&loaded),
        };
        let seen = redact::case(&loaded.case, viewer, standing);
        let Some(file) = named(&seen).find(|file| file.address == address).cloned() else {
            return Err(Refusal::not_found().into());
        };
        let address = match &file.shown {
            Some(_) if original && !authority::may_have_original(viewer, standing, &seen, &file) => {
                return Err(Refusal::not_found().into());
            }
            Some(shown) if !original => shown,
            _ => &file.address,
        };
        let bytes = self.store.get_file(parsed(address)?, KeyRef::Case(id)).await?;
        self.note_reading(viewer, &loaded.case, &format!("file:{address}"))
            .await?;
        Ok((file, bytes))
    }
}

/// The address a file is stored under.
pub(crate) fn parsed(address: &str) -> Result<Digest> {
    address
        .parse()
        .map_err(|_| Failure::Record(format!("file address {address}")))
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
        (round.ending.iter().filter_map(|ending| ending.scan.as_ref()))
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
        .chain(case.papers.iter().map(|paper| &paper.file))
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
            ("照片\u{202E}gpj.exe", "照片gpj.exe"),
            ("..", "文件"),
            ("", "文件"),
        ];
        for (given, kept) in table {
            assert_eq!(clean(given), kept);
        }
        assert_eq!(clean(&"长".repeat(300)).chars().count(), 100);
    }

    #[test]
    fn what_cannot_be_opened_is_told_with_what_to_do() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let locked = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>";
        let office = [
            &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..],
            &[0; 504],
            b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        ]
        .concat();
        let huge = b"\xFF\xD8\xFF\xC0\0\x0B\x08\x17\xE8\x1F\xE0\x01\x01\x11\0\xFF\xD9";
        let table: [(&str, &[u8], &str); 4] = [
            ("照片.heic", heic, "HEIC"),
            ("材料.pdf", locked, "加了密码"),
            ("材料.docx", &office, "加了密码"),
            ("照片.jpg", huge, "4993 万像素"),
        ];
        for (name, bytes, told) in table {
            let Err(Failure::Refused(refusal)) = check(name, bytes.len() as u64, bytes) else {
                panic!("{name} taken")
            };
            let sentence = &refusal.fields[0].sentence;
            assert!(
                sentence.contains(told) && sentence.contains(name) && sentence.contains("请"),
                "{sentence}"
            );
        }
    }

    #[test]
    fn what_carries_a_program_is_told() {
        let excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let table: [(&str, &[u8], bool); 8] = [
            ("image/gif", b"GIF89a/*<ScRiPt>*/", true),
            ("image/jpeg", b"\xFF\xD8\xFF<x:xmpmeta><rdf:RDF/></x:xmpmeta>", false),
            ("application/pdf", b"%PDF-1.7 /S/JavaScript", true),
            ("application/pdf", b"%PDF-1.7 <script> in a text", false),
            (excel, b"PK\x03\x04 xl/vbaProject.bin", true),
            (excel, b"PK\x03\x04 xl/workbook.xml", false),
            ("application/msword", b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", true),
            ("application/msword", b"__VBA__", false),
        ];
        for (kind, bytes, carries) in table {
            assert_eq!(
                carries_program(kind, bytes),
                carries,
                "{kind} {}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn content_counts_not_the_name() {
        let pdf = b"%PDF-1.7 ...";
        assert_eq!(check("a.jpg", 12, pdf).unwrap(), "application/pdf");
        for (name, bytes) in [
            ("空.pdf", &b""[..]),
            ("程序.pdf", b"MZ\x90\x00program"),
            ("网页.jpg", b"<html></html>"),
            ("网页.pdf", b"<script>alert(1)</script>%PDF-1.7"),
            ("半张.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0"),
        ] {
            let Err(Failure::Refused(refusal)) = check(name, bytes.len() as u64, bytes) else {
                panic!("{name} taken")
            };
            assert!(refusal.fields[0].sentence.contains(name));
        }
        assert!(check("大.pdf", LARGEST_FILE as u64 + 1, pdf).is_err());
    }
}
