//! A photograph as a phone makes it, small enough to stand in a test: a place, which way up, a small picture inside,
//! and what phones put around.

/// Metadata that says which way up and a place (35° 42′ 30″ north), and holds the small picture `small`.
pub fn metadata(up: u8, small: &[u8]) -> Vec<u8> {
    let number = |n: usize| u32::try_from(n).expect("a short file").to_le_bytes();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value,
        ]
        .concat()
    };
    // At 8 the first list, at 38 that of the place, at 68 the latitude, at 92 the list of the small picture, at 122 itself.
    let latitude: Vec<u8> = [35u32, 42, 30]
        .iter()
        .flat_map(|n| n.to_le_bytes().into_iter().chain(1u32.to_le_bytes()))
        .collect();
    [
        b"II*\0\x08\0\0\0".to_vec(),
        b"\x02\0".to_vec(),
        entry(0x0112, 3, 1, [up, 0, 0, 0]),
        entry(0x8825, 4, 1, number(38)),
        number(92).to_vec(),
        b"\x02\0".to_vec(),
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, number(68)),
        number(0).to_vec(),
        latitude,
        b"\x02\0".to_vec(),
        entry(0x0201, 4, 1, number(122)),
        entry(0x0202, 4, 1, number(small.len())),
        number(0).to_vec(),
        small.to_vec(),
    ]
    .concat()
}

/// One segment of a JPEG.
pub fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("a short segment");
    [&[0xFF, marker][..], &length.to_be_bytes(), data].concat()
}

/// A photograph of 3 × 2 pixels, lying on its side: with a place, a small picture, words of the phone, and a second
/// picture behind it.
pub fn photograph() -> Vec<u8> {
    let behind = [&b"\xFF\xD8"[..], &segment(0xE1, b"Exif\0\0second place"), b"\xFF\xD9"].concat();
    let small = [
        &b"\xFF\xD8"[..],
        &segment(0xDA, b"\x01\x01\0\0\x3F\0"),
        b"small\xFF\xD9",
    ]
    .concat();
    [
        &b"\xFF\xD8"[..],
        &segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        &segment(0xE1, &[&b"Exif\0\0"[..], &metadata(6, &small)].concat()),
        &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0GPSLatitude"),
        &segment(0xED, b"Photoshop 3.0\0PUYANG"),
        &segment(0xFE, b"PHONE"),
        &segment(0xC0, b"\x08\0\x02\0\x03\x01\x01\x11\0"),
        &segment(0xDA, b"\x01\x01\0\0\x3F\0"),
        b"drawn\xFF\0picture\xFF\xD0more",
        b"\xFF\xD9",
        &behind,
    ]
    .concat()
}
