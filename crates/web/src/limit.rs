//! How fast one address or one session is answered: generous for an office behind one address, slow for a machine that
//! tries everything. Past it the answer is 429 with the seconds to wait; nothing is refused that carries what somebody
//! typed, but a login, whose own page keeps the form it carries ([`login`]).
//!
//! Counted in memory: a restart forgets it, and each process counts for itself. Wrong passwords are `app`'s to count.
//! Where the edge knows no address, as in a test or behind a socket, pages are not counted.

use crate::extract::{SESSION, cookie};
use crate::{Web, error, origin};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use base::{Digest, Timestamp};
use std::collections::HashMap;
use std::sync::Mutex;

/// How many at once, and after how many microseconds one more.
#[derive(Clone, Copy)]
struct Rate {
    burst: i64,
    every: i64,
}

/// Pages of one address: a hundred people who open a dozen at once, and fifty a second from then on.
const PAGES: Rate = Rate {
    burst: 1_200,
    every: 20_000,
};
/// Logins from one address: an office in the morning. Each right or wrong one takes a core for a while.
const LOGINS: Rate = Rate {
    burst: 60,
    every: 1_000_000,
};
/// What takes the site long, of one session: searching contents, exports, printing all, papers before they are issued,
/// figures, verifying the record.
const COSTLY: Rate = Rate {
    burst: 30,
    every: 2_000_000,
};

/// The most that is remembered; full buckets are forgotten first.
const MOST: usize = 10_000;

/// When each bucket will be full again.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<String, Timestamp>>);

impl Limits {
    /// Takes one of `rate`; the seconds to wait where there is none.
    fn take(&self, key: String, rate: Rate, now: Timestamp) -> Result<(), i64> {
        let Ok(mut full_at) = self.0.lock() else { return Ok(()) };
        if full_at.len() >= MOST {
            full_at.retain(|_, full| *full > now);
        }
        let full = full_at.get(&key).map_or(now, |full| (*full).max(now));
        let after = Timestamp(full.0 + rate.every);
        let over = after.0 - now.0 - rate.burst * rate.every;
        if over > 0 {
            return Err((over + 999_999) / 1_000_000);
        }
        if full_at.len() < MOST || full_at.contains_key(&key) {
            full_at.insert(key, after);
        }
        Ok(())
    }
}

/// Answers, or says how long to wait.
pub async fn limited(State(web): State<Web>, request: Request, next: Next) -> Response {
    let address = origin::of(&web, request.headers(), request.extensions()).address;
    let counted = match (kind(&request), cookie(request.headers(), SESSION)) {
        (Kind::Costly, Some(session)) => Some((format!("costly/{}", Digest::of(session)), COSTLY)),
        (Kind::Page | Kind::Costly, _) => Some((format!("page/{address}"), PAGES)),
        (Kind::Free, _) => None,
    };
    let counted = counted.filter(|(key, _)| !key.ends_with('/'));
    match counted.map_or(Ok(()), |(key, rate)| take(&web, key, rate)) {
        Ok(()) => next.run(request).await,
        Err(seconds) => error::too_fast(seconds),
    }
}

/// Whether one more may log in from where the request comes.
///
/// # Errors
/// The seconds to wait.
pub fn login(web: &Web, request: &Request) -> Result<(), i64> {
    match origin::of(web, request.headers(), request.extensions()).address {
        none if none.is_empty() => Ok(()),
        address => take(web, format!("login/{address}"), LOGINS),
    }
}

fn take(web: &Web, key: String, rate: Rate) -> Result<(), i64> {
    let limits = web.limits.as_ref();
    limits.map_or(Ok(()), |limits| limits.take(key, rate, web.app.now()))
}

enum Kind {
    /// Style, script and pictures; forms, which carry what somebody typed.
    Free,
    Costly,
    Page,
}

fn kind(request: &Request) -> Kind {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let deep = path == "/cases" && query.split('&').any(|pair| pair == "deep=1");
    match *request.method() {
        Method::POST if path.contains("/papers/") => Kind::Costly,
        Method::GET if deep || ["/cases/export", "/figures", "/audit"].contains(&path) => Kind::Costly,
        Method::GET if path.ends_with("/print") => Kind::Costly,
        Method::GET if !path.starts_with("/assets/") => Kind::Page,
        _ => Kind::Free,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked at these milliseconds: whether it is answered, or the seconds to wait.
    #[test]
    fn a_bucket_over_time() {
        let rate = Rate {
            burst: 2,
            every: 1_000_000,
        };
        let limits = Limits::default();
        for (at, expected) in [
            (0, Ok(())),
            (0, Ok(())),
            (0, Err(1)),
            (400, Err(1)),
            (1_000, Ok(())),
            (1_000, Err(1)),
            (60_000, Ok(())),
            (60_000, Ok(())),
            (60_000, Err(1)),
        ] {
            let now = Timestamp(1_000_000_000 + at * 1_000);
            assert_eq!(limits.take("page/10.0.0.1".into(), rate, now), expected, "at {at}");
        }
        let now = Timestamp(1_000_000_000);
        assert_eq!(limits.take("page/10.0.0.2".into(), rate, now), Ok(()), "each by itself");
    }

    #[test]
    fn what_is_full_again_is_forgotten() {
        let limits = Limits::default();
        for n in 0..MOST + 5 {
            let now = Timestamp(n as i64 * 1_000_000);
            assert_eq!(limits.take(format!("page/{n}"), PAGES, now), Ok(()));
        }
        assert!(limits.0.lock().unwrap().len() < 10);
    }
}
