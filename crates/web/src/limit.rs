//! How fast one address or one session is answered: generous for an office behind one address, slow for a machine that
//! tries everything. Past it the answer is 429 with the seconds to wait; nothing is refused that carries what somebody
//! typed, but a login, whose own page keeps the form it carries ([`login`]). Of a form with files the files alone are
//! held back ([`Held`]); a piece of a file comes again by itself.
//!
//! The address is counted first, and a session only where it is one: what an outsider makes up is no bucket of its own.
//!
//! Counted in memory: a restart forgets it, and each process counts for itself. Wrong passwords are `app`'s to count.
//! Where the edge knows no address, as in a test or behind a socket, pages are not counted.

use crate::extract::{SESSION, cookie};
use crate::values::FILES_BYTES;
use crate::{Web, error, origin};
use app::uploads::PIECE;
use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
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
/// Codes after the password, from one address: as many as logins, counted by themselves.
const CODES: Rate = LOGINS;
/// Files of one session, in pieces: twenty photographs of the largest size and half as many again, then 256 KB a second.
const FILES: Rate = Rate {
    burst: 2_400,
    every: 1_000_000,
};
/// Files from one address: what ten people send at once, and 2.5 MB a second from then on.
const ALL_FILES: Rate = Rate {
    burst: 24_000,
    every: 100_000,
};
/// What takes the site long, of one session: searching contents, exports, printing all, papers before they are issued,
/// figures, verifying the record.
const COSTLY: Rate = Rate {
    burst: 30,
    every: 2_000_000,
};

/// As many pieces as nobody sends at once.
const MOST_PIECES: i64 = 1_000_000;

/// The most that is remembered: full buckets are forgotten, then the one that is full first.
const MOST: usize = 10_000;

/// When each bucket will be full again.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<String, Timestamp>>);

impl Limits {
    /// Takes `n` of `rate`; the seconds to wait where there are not so many.
    fn take(&self, key: String, rate: Rate, n: i64, now: Timestamp) -> Result<(), i64> {
        let Ok(mut full_at) = self.0.lock() else { return Ok(()) };
        if full_at.len() >= MOST {
            full_at.retain(|_, full| *full > now);
        }
        let full = full_at.get(&key).map_or(now, |full| (*full).max(now));
        let after = Timestamp(full.0 + n * rate.every);
        let over = after.0 - now.0 - rate.burst * rate.every;
        if over > 0 {
            return Err((over + 999_999) / 1_000_000);
        }
        if full_at.len() >= MOST && !full_at.contains_key(&key) {
            let first = full_at.iter().min_by_key(|(_, full)| **full);
            if let Some(first) = first.map(|(key, _)| key.clone()) {
                full_at.remove(&first);
            }
        }
        full_at.insert(key, after);
        Ok(())
    }
}

/// The files of this form are not taken: so many seconds are to be waited. The rest of it is.
#[derive(Clone, Copy)]
pub struct Held(pub i64);

/// Answers, or says how long to wait.
pub async fn limited(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let kind = kind(&request);
    let pieces = if kind == Kind::Files { pieces(&request) } else { 1 };
    let (of_address, of_session) = match kind {
        Kind::Free => (None, None),
        Kind::Page => (Some(("page", PAGES)), None),
        Kind::Costly => (Some(("page", PAGES)), Some(("costly", COSTLY))),
        Kind::Piece | Kind::Files => (Some(("files", ALL_FILES)), Some(("files", FILES))),
    };
    let mut counted = match of_address {
        Some((what, rate)) => by_address(&web, &request, what, rate, pieces),
        None => Ok(()),
    };
    let token = cookie(request.headers(), SESSION).filter(|_| of_session.is_some() && counted.is_ok());
    if let (Some((what, rate)), Some(session)) = (of_session, session(&web, token).await) {
        counted = take(&web, format!("{what}/{session}"), rate, pieces);
    }
    match counted {
        Ok(()) => {}
        Err(seconds) if kind == Kind::Files => {
            request.extensions_mut().insert(Held(seconds));
        }
        Err(seconds) => return error::too_fast(seconds),
    }
    next.run(request).await
}

/// Whether one more may log in from where the request comes.
///
/// # Errors
/// The seconds to wait.
pub fn login(web: &Web, request: &Request) -> Result<(), i64> {
    by_address(web, request, "login", LOGINS, 1)
}

/// Whether one more code may be tried from where the request comes.
///
/// # Errors
/// The seconds to wait.
pub fn code(web: &Web, request: &Request) -> Result<(), i64> {
    by_address(web, request, "code", CODES, 1)
}

/// Counts where the request comes from; nothing where the edge knows no address.
fn by_address(web: &Web, request: &Request, what: &str, rate: Rate, n: i64) -> Result<(), i64> {
    match origin::of(web, request.headers(), request.extensions()).address {
        none if none.is_empty() => Ok(()),
        address => take(web, format!("{what}/{address}"), rate, n),
    }
}

/// The session of a token, where somebody is logged in by it.
async fn session(web: &Web, token: Option<String>) -> Option<Digest> {
    let token = token?;
    web.app.viewer(&token).await.ok()??;
    Some(Digest::of(&token))
}

fn take(web: &Web, key: String, rate: Rate, n: i64) -> Result<(), i64> {
    let limits = web.limits.as_ref();
    limits.map_or(Ok(()), |limits| limits.take(key, rate, n, web.app.now()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Style, script and pictures; forms, which carry what somebody typed.
    Free,
    Costly,
    Page,
    /// A piece of a file.
    Piece,
    /// A form that may carry files.
    Files,
}

/// How many pieces are coming with a form; where it does not say, as many as are taken of one.
fn pieces(request: &Request) -> i64 {
    let coming = request.body().size_hint().upper().unwrap_or(FILES_BYTES as u64);
    i64::try_from(coming.div_ceil(PIECE as u64))
        .unwrap_or(MOST_PIECES)
        .clamp(1, MOST_PIECES)
}

fn kind(request: &Request) -> Kind {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let form = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let with_files = form.is_some_and(|form| form.starts_with(b"multipart/"));
    let deep = path == "/cases" && query.split('&').any(|pair| pair == "deep=1");
    match *request.method() {
        Method::POST if path.contains("/papers/") => Kind::Costly,
        Method::POST if path.ends_with("/pieces") => Kind::Piece,
        Method::POST if with_files => Kind::Files,
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
            assert_eq!(limits.take("page/10.0.0.1".into(), rate, 1, now), expected, "at {at}");
        }
        let now = Timestamp(1_000_000_000);
        assert_eq!(
            limits.take("page/10.0.0.2".into(), rate, 1, now),
            Ok(()),
            "each by itself"
        );
    }

    /// Twenty photographs of 20 MB at once, and then the pieces one by one.
    #[test]
    fn twenty_photographs_are_not_held_back() {
        let (limits, now) = (Limits::default(), Timestamp(1_000_000_000));
        let photographs = 20 * (crate::values::FILE_BYTES / PIECE) as i64;
        for n in 0..photographs {
            assert_eq!(limits.take("files/a".into(), FILES, 1, now), Ok(()), "piece {n}");
        }
        let more = FILES.burst - photographs;
        assert_eq!(limits.take("files/a".into(), FILES, more, now), Ok(()));
        assert_eq!(limits.take("files/a".into(), FILES, 3, now), Err(3));
        assert_eq!(
            limits.take("files/a".into(), FILES, 3, Timestamp(now.0 + 3_000_000)),
            Ok(())
        );
        let more_than_ever = limits.take("files/b".into(), FILES, MOST_PIECES, now);
        assert!(more_than_ever.is_err());
    }

    #[test]
    fn what_is_full_again_is_forgotten() {
        let limits = Limits::default();
        for n in 0..MOST + 5 {
            let now = Timestamp(n as i64 * 1_000_000);
            assert_eq!(limits.take(format!("page/{n}"), PAGES, 1, now), Ok(()));
        }
        assert!(limits.0.lock().unwrap().len() < 10);
    }

    /// However many there are, a new one is counted: the one that is full first makes room.
    #[test]
    fn nobody_is_pushed_out_of_being_counted() {
        let (limits, now) = (Limits::default(), Timestamp(1_000_000_000));
        for n in 0..MOST {
            assert_eq!(limits.take(format!("files/{n}"), FILES, 100, now), Ok(()));
        }
        assert_eq!(limits.take("login/a".into(), LOGINS, LOGINS.burst, now), Ok(()));
        assert_eq!(limits.take("login/a".into(), LOGINS, 1, now), Err(1));
        assert_eq!(limits.0.lock().unwrap().len(), MOST);
    }
}
