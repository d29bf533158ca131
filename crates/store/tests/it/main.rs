//! One suite, run on both engines: each test takes a place (SQLite or PostgreSQL) and is named once in `on_both!`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod blind;
mod cluster;
mod disk;
mod envelope;
mod erase;
mod figures;
mod golden;
mod keys;
mod killed;
mod lists;
mod order;
mod place;
mod rotate;
mod side;
mod tamper;
mod views;

/// Makes `sqlite::<test>` and `postgres::<test>` of each function named.
macro_rules! on_both {
    ($($name:ident)+) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::place::Place::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::place::Place::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both;
