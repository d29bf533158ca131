//! Tests over the whole crate: what every kind of event looks like for ever, and what holds in any sequence of acts.

pub use casefile::*;

mod determinations;
mod golden;
mod samples;
mod sequences;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// So many sequences, the same each time; where PROPTEST_CASES is set (`./test --long`), as many as it says, fresh ones.
pub fn runner(cases: u32) -> TestRunner {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return TestRunner::new(config);
    }
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(Config { cases, ..config }, rng)
}

#[path = "../../src/testing.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the fixtures of the unit tests, of which these need a part"
)]
mod testing;
