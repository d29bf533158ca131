//! The password once more, where an act is signed: asked here, so that no page can forget it.

use crate::App;
use crate::authority::Viewer;
use crate::error::{Failure, Result};
use casefile::Refusal;
use casefile::act::ActName;

/// What a person gives to sign an act. Has no `Debug`: it never reaches a log.
#[derive(Clone, Copy, Default)]
pub struct Signature<'a> {
    password: &'a str,
}

impl<'a> Signature<'a> {
    /// Nothing, for acts that are not signed.
    pub fn none() -> Signature<'static> {
        Signature::default()
    }

    /// The signer's own password.
    pub fn of(password: &'a str) -> Signature<'a> {
        Signature { password }
    }
}

/// Whether an act is signed: what binds an institution or ends somebody's part in the case. The application is signed
/// with its declaration, see `receive`.
pub fn is_signed(act: ActName) -> bool {
    use ActName::{
        Conclude, Confirm, ConfirmSecrecy, DecideReview, Defer, Determine, Issue, Opine, OrderSecrecy, Redetermine,
        RuleRecusal, SignConclusion,
    };
    matches!(
        act,
        Conclude
            | SignConclusion
            | Opine
            | Determine
            | Redetermine
            | Issue
            | RuleRecusal
            | Confirm
            | DecideReview
            | Defer
            | OrderSecrecy
            | ConfirmSecrecy
    )
}

impl App {
    /// Checks the signature of an act, where it is signed.
    ///
    /// # Errors
    /// A refusal at the field `password`.
    pub(crate) async fn signed(&self, viewer: &Viewer, act: ActName, signature: Signature<'_>) -> Result<()> {
        match is_signed(act) {
            true => self.check_password(viewer, signature.password).await,
            false => Ok(()),
        }
    }

    /// Checks the viewer's own password again, for a signature. Wrong ones are counted under the person: only who sits
    /// in a session of theirs gets so far, so nobody outside can lock them out of signing.
    ///
    /// # Errors
    /// A refusal at the field `password`.
    pub async fn check_password(&self, viewer: &Viewer, password: &str) -> Result<()> {
        let refused = |sentence: String| Failure::from(Refusal::field("password", sentence));
        if password.is_empty() {
            return Err(refused("还没输密码。请输入您的密码，其他内容都还在。".into()));
        }
        let counter = super::signing(viewer.person);
        let turn = self.verifying.acquire().await;
        let locks = match self.knock_at(&counter, self.clock.now()).await {
            Ok(locks) => locks,
            Err(Failure::Refused(refusal)) => return Err(refused(format!("{}其他内容都还在。", refusal.sentence))),
            Err(other) => return Err(other),
        };
        let account = self.store.account_of(viewer.person).await?;
        let hash = account
            .as_ref()
            .map_or(self.no_such_hash.as_str(), |account| account.password.as_str());
        let right = self.verify(password, hash).await?;
        if !right {
            self.traced(Some(viewer.person), super::WITHIN, locks).await?;
            return Err(refused("密码不对。请再输一次，其他内容都还在。".into()));
        }
        self.store.forget_attempts(&counter).await?;
        drop(turn);
        Ok(())
    }
}
