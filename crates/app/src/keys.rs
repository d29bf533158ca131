//! The master key is changed or leaves the site: who may, and on whose word.
//!
//! What the key is and where it lies is the store's business; nothing of it is kept here.

use crate::App;
use crate::authority::{Matter, Viewer, seat_in};
use crate::codec::capacity_text;
use crate::error::Result;
use crate::login::Login;
use base::{ActId, Digest};
use casefile::Refusal;
use std::path::Path;
use store::Actor;
use zeroize::Zeroizing;

/// An officer who has just given password and second factor; [`App::vouch`] alone makes one.
pub struct Vouched(Viewer);

/// A master key that was changed.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// How many keys are wrapped under it.
    pub keys: u64,
    /// Its fingerprint.
    pub fingerprint: Digest,
}

impl App {
    /// Changes the master key; `handed_over` as in [`store::Store::begin_rotation`]. The site is to be opened anew after it.
    ///
    /// # Errors
    /// Not found for whoever is no administrator; the store, then the old or the new key works.
    pub async fn rotate_master_key(&self, viewer: &Viewer, handed_over: Option<&Path>) -> Result<Rotated> {
        let seat = seat_in(viewer, Matter::HoldKeys).ok_or_else(Refusal::not_found)?;
        let rotation = self.store.begin_rotation(handed_over)?;
        let keys = rotation.rewrap().await?;
        rotation
            .record(Actor::Person(viewer.person), &capacity_text(seat.capacity))
            .await?;
        rotation.settle().await?;
        Ok(Rotated {
            keys,
            fingerprint: rotation.fingerprint(),
        })
    }

    /// Splits the master key for two people: `first` is an administrator, `second` another of the three
    /// officers. Both are on the site's record before the halves are handed out.
    ///
    /// # Errors
    /// One person twice, or people who do not hold these two roles.
    pub async fn export_master_key(
        &self,
        act: ActId,
        Vouched(first): &Vouched,
        Vouched(second): &Vouched,
    ) -> Result<[Zeroizing<String>; 2]> {
        let seat = seat_in(first, Matter::HoldKeys).filter(|_| first.person != second.person);
        let (Some(seat), Some(other)) = (seat, seat_in(second, Matter::WitnessKeys)) else {
            return Err(Refusal::not_you(
                "two-officers",
                "导出主密钥要两个人：一名系统管理员，另一名三员，不能是同一个人。",
                "请两个人一起，各输各的账号和密码。",
                "",
            )
            .into());
        };
        let people =
            [(first.person, seat), (second.person, other)].map(|(person, seat)| (person, capacity_text(seat.capacity)));
        Ok(self.store.split_master_key(act, people).await?)
    }

    /// The word of whoever has logged in, second factor included; the session ends with it.
    ///
    /// # Errors
    /// Who cannot go on at the login page either: half a login, a first password, a second factor that is due.
    pub async fn vouch(&self, login: &Login) -> Result<Vouched> {
        let viewer = self.viewer(&login.token).await?.ok_or_else(unproved)?;
        self.logout(&login.token).await?;
        let first = match login.must_change {
            true => "请先登录改密码，再来。",
            false if self.factor_due(&viewer).await? => "请先登录，设好第二道验证，再来。",
            false => return Ok(Vouched(viewer)),
        };
        Err(Refusal::not_yet("login-first", "这个账号还不能用来导出主密钥。", first, "").into())
    }
}

fn unproved() -> Refusal {
    Refusal::not_you("login", "登录没有完成。", "请重新输密码和第二道验证的码。", "")
}
