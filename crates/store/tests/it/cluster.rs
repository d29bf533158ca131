//! One throw-away PostgreSQL for this suite, and a fresh database of it for each test that asks.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::postgres::Cluster;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// The address of a fresh database.
pub async fn fresh_database() -> String {
    let made = tokio::task::spawn_blocking(|| {
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::SeqCst));
        CLUSTER.get_or_init(Cluster::start).database(&name)
    });
    made.await.unwrap()
}
