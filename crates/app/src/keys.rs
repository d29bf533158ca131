//! The master key is changed or leaves the site: who may, and on whose word.
//!
//! What the key is and where it lies is the store's business; nothing of it is kept here.

use crate::App;
use crate::authority::{Matter, Viewer, seat_in};
use crate::codec::capacity_text;
use crate::error::Result;
use crate::login::Origin;
use base::{ActId, Digest};
use casefile::Refusal;
use std::path::Path;
use store::Actor;
use zeroize::Zeroizing;

/// Somebody who vouches with a password.
pub struct Officer {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: Zeroizing<String>,
}

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
    /// A wrong password, one person twice, or people who do not hold these two roles.
    pub async fn export_master_key(
        &self,
        act: ActId,
        first: &Officer,
        second: &Officer,
    ) -> Result<[Zeroizing<String>; 2]> {
        let first = self.vouched(first).await?;
        let second = self.vouched(second).await?;
        let seat = seat_in(&first, Matter::HoldKeys).filter(|_| first.person != second.person);
        let (Some(seat), Some(other)) = (seat, seat_in(&second, Matter::WitnessKeys)) else {
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

    /// The person whose name and password these are; as at the login page, with all its precautions.
    async fn vouched(&self, officer: &Officer) -> Result<Viewer> {
        let here = Origin {
            browser: "服务器命令行".into(),
            ..Origin::default()
        };
        let login = self.login(&officer.login, &officer.password, &here).await?;
        let viewer = self.viewer(&login.token).await?;
        self.logout(&login.token).await?;
        if login.must_change {
            return Err(Refusal::field("password", "这个密码是别人给的。请先登录改密码，再来。").into());
        }
        viewer.ok_or_else(|| Refusal::not_found().into())
    }
}
