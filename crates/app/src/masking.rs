//! What is known of a family, masked (遮盖): whoever is not the applicant reads a case whose texts say 张某某 and
//! 410922********0028. Done once, on the events a case is made of, so that no page, list or export has anything else.
//!
//! Knows nothing of who may see it whole: that is `reading::family`. What stands in an uploaded file stands there.

use crate::load::{Entry, Loaded};
use base::mask;
use casefile::Case;
use casefile::event::Event;

/// The case and its entries with the family's data masked. For reading only: nothing is decided on it.
pub(crate) fn masked(whole: &Loaded) -> Loaded {
    let application = whole.case.application.as_ref();
    let household = application.map(|application| application.text.household.as_str());
    let household = household.unwrap_or_default();
    let mut masked = Loaded {
        case: Case::default(),
        entries: Vec::with_capacity(whole.entries.len()),
    };
    for Entry { meta, event } in &whole.entries {
        let mut event = event.with_texts(&|text| mask::text(text, household));
        if let Event::Received(received) = &mut event {
            received.sealed.application.household = mask::name(household);
        }
        masked.case.apply(meta, &event);
        masked.entries.push(Entry {
            meta: meta.clone(),
            event,
        });
    }
    masked
}
