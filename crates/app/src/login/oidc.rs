//! Logging in on the word of the provider the site trusts: whom it vouches for under a login name is let in as if they
//! had typed its password, second factor and first password included. What the provider said is proved at the edge; the
//! protocol is not known here. A password stays necessary to sign.

use super::{Login, Nothing, Origin};
use crate::App;
use crate::beside::{Beside, by_themselves};
use crate::error::Result;
use casefile::Refusal;
use serde::Serialize;
use store::{StreamName, ViewChanges};

/// On the person's stream: the provider vouched for them. What it let them into follows as an event of its own.
pub(super) const VOUCHED: &str = "vouched/1";

#[derive(Serialize)]
struct Word<'a> {
    address: &'a str,
    browser: &'a str,
    issuer: &'a str,
}

impl App {
    /// A secret for a browser to keep while its owner is with the provider.
    pub fn fresh_secret(&self) -> String {
        self.token()
    }

    /// Logs in whoever `issuer` vouches for under a login name. Their 姓名 does not do: it is not theirs alone.
    ///
    /// # Errors
    /// One refusal for no such account and a closed one alike.
    pub async fn login_vouched(&self, name: &str, issuer: &str, from: &Origin) -> Result<Login> {
        let person = self.store.account(name).await?.map(|account| account.person);
        let viewer = match person {
            Some(person) => self.seated(person).await?,
            None => None,
        };
        let Some(viewer) = viewer else {
            self.traced(person, &from.address, false).await?;
            return Err(no_account(name).into());
        };
        let (by, capacity) = by_themselves(&viewer);
        let word = Word {
            address: &from.address,
            browser: &from.browser,
            issuer,
        };
        let what = Beside {
            stream: StreamName::Person(viewer.person),
            expected: None,
            kind: VOUCHED,
            act: self.fresh_act(),
            by,
            capacity,
            views: ViewChanges::default(),
        };
        self.beside(what, &Nothing {}, Some(&word)).await?;
        self.proved(&viewer, from).await
    }
}

fn no_account(name: &str) -> Refusal {
    Refusal::not_you(
        "vouched-unknown",
        format!("统一身份认证里的账号“{name}”，在本系统没有可用的账号。"),
        "请用本系统的账号和密码登录，或者找系统管理员。",
        "",
    )
}
