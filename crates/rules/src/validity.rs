//! Which packs govern a case: procedure and substance are picked apart.

use crate::{Basis, Pack};
use base::Date;

/// One pack as it stands at this site.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The day of publication as entered at installation; it goes before the pack's own.
    pub published_on: Option<Date>,
}

/// Picks the packs that govern a case: the procedure in force on receipt, the substance in force at the conduct or a
/// newer one that is milder. Receipt is never refused for it: what cannot be picked is `None` (依据待定).
pub fn select(versions: &[Version<'_>], conduct: Date, received: Date) -> Basis {
    let _ = (versions, conduct, received);
    Basis {
        procedure: None,
        substance: None,
        reasons: Vec::new(),
    }
}
