//! The password once more, where an act is signed.

use crate::App;
use crate::authority::Viewer;
use crate::error::{Failure, Result};
use casefile::Refusal;

impl App {
    /// Checks the viewer's own password again, for a signature. Wrong ones are counted under the person: only who sits
    /// in a session of theirs gets so far, so nobody outside can lock them out of signing.
    ///
    /// # Errors
    /// A refusal at the field `password`.
    pub async fn check_password(&self, viewer: &Viewer, password: &str) -> Result<()> {
        let refused = |sentence: String| Failure::from(Refusal::field("password", sentence));
        let counter = super::signing(viewer.person);
        let turn = self.verifying.acquire().await;
        match self.knock_at(&counter, self.clock.now()).await {
            Ok(_) => {}
            Err(Failure::Refused(refusal)) => return Err(refused(format!("{}其他内容都还在。", refusal.sentence))),
            Err(other) => return Err(other),
        }
        let account = self.store.account_of(viewer.person).await?;
        let hash = account
            .as_ref()
            .map_or(self.no_such_hash.as_str(), |account| account.password.as_str());
        let right = self.verify(password, hash).await?;
        drop(turn);
        if !right {
            return Err(refused("密码不对。请再输一次，其他内容都还在。".into()));
        }
        Ok(self.store.forget_attempts(&counter).await?)
    }
}
