//! Logins beside bare verifications of the same hash, two at once on either side: what looking up, counting and recording
//! a login costs beside the password itself.

use crate::measure::{Failed, Figure, Goal, Times};
use crate::site::{PASSWORD, Site};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How many at once: as many as a site looks at.
const AT_ONCE: usize = 2;
/// Logins of one turn.
const LOGINS: usize = 20;
/// Both sides take turns this often, so that a busy machine is busy for both.
const TURNS: usize = 10;

/// The time of one login, so many of them at once.
pub async fn figures() -> Result<Vec<Figure>, Failed> {
    let folder = TempDir::new()?;
    let site = found(folder.path()).await?;
    let hash = Argon2::default()
        .hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16])
        .map_err(|error| error.to_string())?;
    let hash: Arc<str> = hash.to_string().into();
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(logins(&site).await?);
        peers.push(verifications(&hash).await?);
    }
    let (ours, peers) = (Times::of(ours), Times::of(peers));
    let rate = |time: Duration| 1.0 / time.as_secs_f64();
    let figure = Figure {
        what: format!("login, {AT_ONCE} at once: {:.0} a second", rate(ours.median())),
        goal: Goal::None,
        peer: format!(
            "argon2id verifies, {AT_ONCE} at once: {:.0} a second",
            rate(peers.median())
        ),
        peer_median: peers.median(),
        times: ours,
    };
    site.close().await?;
    Ok(vec![figure])
}

async fn found(folder: &Path) -> Result<Site, Failed> {
    let site = Site::found(folder).await?;
    site.at(9, 21, 9)?;
    Ok(site)
}

/// The time of one of [`LOGINS`].
async fn logins(site: &Site) -> Result<Duration, Failed> {
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for who in ["局长", "市协调人"].into_iter().take(AT_ONCE) {
        let app = site.app.clone();
        running.spawn(async move {
            for _ in 0..LOGINS / AT_ONCE {
                app.login(who, PASSWORD, &Default::default()).await?;
            }
            Ok::<_, app::Failure>(())
        });
    }
    for done in running.join_all().await {
        done?;
    }
    Ok(start.elapsed() / LOGINS as u32)
}

/// The time of one of as many verifications.
async fn verifications(hash: &Arc<str>) -> Result<Duration, Failed> {
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let hash = Arc::clone(hash);
        running.spawn_blocking(move || {
            (0..LOGINS / AT_ONCE).all(|_| {
                let hash = PasswordHash::new(&hash);
                hash.is_ok_and(|hash| Argon2::default().verify_password(PASSWORD.as_bytes(), &hash).is_ok())
            })
        });
    }
    if !running.join_all().await.into_iter().all(|good| good) {
        return Err("a right password is wrong".into());
    }
    Ok(start.elapsed() / LOGINS as u32)
}
