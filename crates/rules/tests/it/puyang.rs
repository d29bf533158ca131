//! 濮民〔2024〕16号.

use crate::packs::pack;

#[test]
fn the_pack_parses() {
    let pack = pack("410900/pumin-2024-16");
    println!("{} questions, {} clauses", pack.questions.len(), pack.clauses.len());
    let none = pack.evaluate(&Default::default(), &Default::default(), None).unwrap();
    println!("{none:?}");
}
