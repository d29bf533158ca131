//! Pictures' insides without their pixels: how many there are, where the picture was taken, which way up it is, the
//! small picture a camera puts in; and the copy without the place.
//!
//! A copy keeps what draws the picture and which way up it is, nothing else: no place, no device, no time, no second
//! picture behind the first. Nothing is decoded here, so the work is bounded by the bytes; what a picture shows is not
//! known.

use exif::{Context, Exif, In, Reader, Tag};
use std::io::Cursor;

/// How far into a file metadata in words is looked for.
const HEAD: usize = 256 * 1024;
/// The most bytes of a small picture.
const SMALL: usize = 64 * 1024;

/// How many pixels a picture has; `None` where it does not say.
pub fn pixels(bytes: &[u8]) -> Option<usize> {
    let size = imagesize::blob_size(bytes).ok()?;
    size.width.checked_mul(size.height)
}

/// Whether a picture says where it was taken.
pub fn has_place(bytes: &[u8]) -> bool {
    let in_exif = read(bytes).is_some_and(|exif| {
        let place = |tag: Tag| tag.context() == Context::Gps && tag != Tag::GPSVersionID;
        exif.fields().any(|field| place(field.tag))
    });
    in_exif || contains(&bytes[..bytes.len().min(HEAD)], b"GPSLatitude")
}

/// The copy without place data; `None` where the file is not built as its kind is.
pub fn without_place(media: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let up = orientation(bytes);
    match media {
        "image/jpeg" => jpeg(bytes, up),
        "image/png" => png(bytes, up),
        "image/webp" => webp(bytes, up),
        _ => None,
    }
}

/// The small picture that a camera put into a JPEG, as a JPEG of its own.
pub fn small(bytes: &[u8]) -> Option<Vec<u8>> {
    let exif = read(bytes)?;
    let number = |tag| {
        let field = exif.get_field(tag, In::THUMBNAIL)?;
        usize::try_from(field.value.get_uint(0)?).ok()
    };
    let (at, length) = (
        number(Tag::JPEGInterchangeFormat)?,
        number(Tag::JPEGInterchangeFormatLength)?,
    );
    let small = exif.buf().get(at..at.checked_add(length)?)?;
    if small.len() > SMALL {
        return None;
    }
    jpeg(small, orientation(bytes))
}

fn read(bytes: &[u8]) -> Option<Exif> {
    let read = Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes));
    read.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// Which way up, where it is not the usual one.
fn orientation(bytes: &[u8]) -> Option<u8> {
    let exif = read(bytes)?;
    let up = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(up).ok().filter(|up| (2..=8).contains(up))
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// A block of metadata that says which way up, and nothing else.
fn block(up: u8) -> [u8; 26] {
    // Little-endian; one entry, tag 0x0112, one short.
    let mut block = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
    block[18] = up;
    block
}

/// Cut after the end of the first picture: phones put films and second pictures with places of their own behind it.
fn jpeg(bytes: &[u8], up: Option<u8>) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    let mut copy = Vec::with_capacity(bytes.len());
    copy.extend(b"\xFF\xD8");
    if let Some(up) = up {
        copy.extend(b"\xFF\xE1\0\x22Exif\0\0");
        copy.extend(block(up));
    }
    loop {
        let (&0xFF, after) = rest.split_first()? else {
            return None;
        };
        let marker = *after.first()?;
        match marker {
            // Bytes that only fill.
            0xFF => rest = after,
            0xD9 => {
                copy.extend(b"\xFF\xD9");
                return Some(copy);
            }
            0x01 | 0xD0..=0xD7 => {
                copy.extend([0xFF, marker]);
                rest = &after[1..];
            }
            0xDA => {
                let head = length(after.get(1..3)?)? + 2;
                let drawn = head + scan(rest.get(head..)?);
                copy.extend(&rest[..drawn]);
                rest = &rest[drawn..];
                if rest.is_empty() {
                    // A picture that was broken off is shown as far as it goes.
                    copy.extend(b"\xFF\xD9");
                    return Some(copy);
                }
            }
            _ => {
                let end = length(after.get(1..3)?)? + 2;
                let segment = rest.get(..end)?;
                if draws(marker, segment.get(4..)?) {
                    copy.extend(segment);
                }
                rest = &rest[end..];
            }
        }
    }
}

fn length(bytes: &[u8]) -> Option<usize> {
    let length = usize::from(u16::from_be_bytes(bytes.try_into().ok()?));
    (length >= 2).then_some(length)
}

/// How many bytes of drawn picture there are before the next marker.
fn scan(bytes: &[u8]) -> usize {
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7);
    bytes.windows(2).position(is_marker).unwrap_or(bytes.len())
}

/// Whether a segment of a JPEG draws the picture: tables and frames, its colours; no other application's data.
fn draws(marker: u8, data: &[u8]) -> bool {
    match marker {
        0xE0 => data.starts_with(b"JFIF\0"),
        0xE2 => data.starts_with(b"ICC_PROFILE\0"),
        0xEE => data.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

fn png(bytes: &[u8], up: Option<u8>) -> Option<Vec<u8>> {
    const KEPT: &[&[u8; 4]] = &[
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD",
        b"acTL", b"fcTL", b"fdAT",
    ];
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n")?;
    let mut copy = bytes[..8].to_vec();
    loop {
        let size = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let kind: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let chunk = rest.get(..size.checked_add(12)?)?;
        if KEPT.contains(&&kind) {
            copy.extend(chunk);
        }
        if kind == *b"IHDR"
            && let Some(up) = up
        {
            let named = [&b"eXIf"[..], &block(up)].concat();
            copy.extend(26u32.to_be_bytes());
            copy.extend(&named);
            copy.extend(crc(&named).to_be_bytes());
        }
        if kind == *b"IEND" {
            return Some(copy);
        }
        rest = &rest[chunk.len()..];
    }
}

/// The check of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            1 => 0xEDB8_8320 ^ (crc >> 1),
            _ => crc >> 1,
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn webp(bytes: &[u8], up: Option<u8>) -> Option<Vec<u8>> {
    const KEPT: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    // In the first byte of VP8X: there is metadata of that kind.
    const EXIF: u8 = 0x08;
    const XMP: u8 = 0x04;
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WEBP" {
        return None;
    }
    let mut copy = bytes[..12].to_vec();
    let mut rest = &bytes[12..];
    while !rest.is_empty() {
        let kind: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let size = usize::try_from(u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?)).ok()?;
        let end = size.checked_add(8 + size % 2)?.min(rest.len());
        let chunk = rest.get(..end).filter(|chunk| chunk.len() >= size + 8)?;
        if KEPT.contains(&&kind) {
            let at = copy.len();
            copy.extend(chunk);
            if kind == *b"VP8X" {
                let flags = copy.get_mut(at + 8)?;
                *flags = *flags & !(EXIF | XMP) | if up.is_some() { EXIF } else { 0 };
            }
        }
        rest = &rest[end..];
    }
    if let Some(up) = up {
        copy.extend(b"EXIF\x1A\0\0\0");
        copy.extend(block(up));
    }
    let size = u32::try_from(copy.len() - 8).ok()?;
    copy[4..8].copy_from_slice(&size.to_le_bytes());
    Some(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::photo::{metadata, photograph, segment};

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let named = [&kind[..], data].concat();
        let size = u32::try_from(data.len()).expect("a short chunk");
        [&size.to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
    }

    fn pieces(media: &str) -> Vec<u8> {
        match media {
            "image/jpeg" => photograph(),
            "image/png" => [
                b"\x89PNG\r\n\x1A\n".to_vec(),
                chunk(b"IHDR", b"\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0"),
                chunk(b"eXIf", &metadata(6, b"")),
                chunk(b"tEXt", b"PHONE"),
                chunk(b"IDAT", b"drawn"),
                chunk(b"IEND", b""),
            ]
            .concat(),
            _ => {
                let riff = |kind: &[u8; 4], data: &[u8]| {
                    let size = u32::try_from(data.len()).expect("a short chunk");
                    let pad = if data.len() % 2 == 1 { &b"\0"[..] } else { b"" };
                    [&kind[..], &size.to_le_bytes(), data, pad].concat()
                };
                let body = [
                    b"WEBP".to_vec(),
                    riff(b"VP8X", b"\x0C\0\0\0\x02\0\0\x01\0\0"),
                    riff(b"VP8 ", b"drawn"),
                    riff(b"EXIF", &metadata(6, b"")),
                    riff(b"XMP ", b"GPSLatitude PHONE"),
                ]
                .concat();
                riff(b"RIFF", &body)
            }
        }
    }

    #[test]
    fn the_copy_keeps_the_picture_and_which_way_up_and_loses_the_place() {
        for media in ["image/jpeg", "image/png", "image/webp"] {
            let original = pieces(media);
            assert!(has_place(&original), "{media}");
            let copy = without_place(media, &original).expect(media);
            assert!(!has_place(&copy), "{media}");
            assert_eq!(orientation(&copy), Some(6), "{media}");
            assert_eq!(pixels(&copy), Some(6), "{media}");
            for gone in [&b"PHONE"[..], b"PUYANG", b"second place", b"GPSLatitude"] {
                assert!(!contains(&copy, gone), "{media}");
            }
            assert!(contains(&copy, b"drawn"), "{media}");
            assert_eq!(
                without_place(media, &copy).as_ref(),
                Some(&copy),
                "{media}: a copy of the copy"
            );
        }
        let copy = without_place("image/jpeg", &photograph()).expect("a copy");
        assert!(copy.ends_with(b"drawn\xFF\0picture\xFF\xD0more\xFF\xD9"));
    }

    #[test]
    fn no_bytes_make_it_fall() {
        for media in ["image/jpeg", "image/png", "image/webp"] {
            let whole = pieces(media);
            for cut in 0..whole.len() {
                without_place(media, &whole[..cut]);
                has_place(&whole[..cut]);
                small(&whole[..cut]);
                let mut bent = whole.clone();
                bent[cut] ^= 0xFF;
                without_place(media, &bent);
                small(&bent);
                pixels(&bent);
            }
        }
    }

    #[test]
    fn the_small_picture_is_taken_out_the_same_way_up() {
        let small = small(&photograph()).expect("a small picture");
        assert!(contains(&small, b"small") && orientation(&small) == Some(6));
    }

    #[test]
    fn a_picture_without_a_place_says_none() {
        let plain = [b"\xFF\xD8".to_vec(), segment(0xFE, b"x"), b"\xFF\xD9".to_vec()].concat();
        assert!(!has_place(&plain) && !has_place(b"") && !has_place(b"%PDF-1.7"));
    }
}
