//! 濮民〔2024〕16号.

use crate::packs::pack;

const PUYANG: &str = "410900/pumin-2024-16";

#[test]
fn the_pack_is_sound() {
    let problems: Vec<String> = pack(PUYANG).check().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
