//! Who opened a form before the case moved on hears what happened since: by whom, when, what it is called, never what it
//! says. What is not in the record for their eyes has not happened for them: an applicant's form is neither held up by
//! the institutions' own acts nor tells of them.

use crate::authority::{self, Viewer};
use crate::error::Result;
use crate::load::{Entry, Loaded};
use crate::redact;
use casefile::{Event, Refusal};

/// Whether an event moves the case for whoever has a form open: not a reminder, and not an order of secrecy, of which
/// its applicant must not hear that way.
fn moves(event: &Event) -> bool {
    use Event::{Reminded, SecrecyConfirmed, SecrecyOrdered};
    !matches!(event, Reminded(_) | SecrecyOrdered(_) | SecrecyConfirmed(_))
}

/// What happened since `version` that the viewer may hear of.
fn since<'a>(loaded: &'a Loaded, version: u64, viewer: &Viewer) -> Vec<&'a Entry> {
    let standing = authority::standing(viewer, &loaded.case);
    let heard = |entry: &&Entry| {
        let shown = |standing| redact::shows(viewer, standing, &loaded.case, entry);
        entry.meta.version > version && moves(&entry.event) && standing.is_some_and(shown)
    };
    loaded.entries.iter().filter(heard).collect()
}

/// Refuses a form that was opened before the case moved on.
pub(crate) fn not_overtaken(loaded: &Loaded, expected: Option<u64>, viewer: &Viewer) -> Result<()> {
    let Some(version) = expected else { return Ok(()) };
    if since(loaded, version, viewer).is_empty() && version <= loaded.case.version {
        return Ok(());
    }
    Err(overtaken(loaded, version, viewer).into())
}

/// What happened since `version`, by whom and when.
pub(crate) fn overtaken(loaded: &Loaded, version: u64, viewer: &Viewer) -> Refusal {
    let since = since(loaded, version, viewer).into_iter();
    let since = since.filter(|entry| !matches!(entry.event, Event::PaperMade(_)));
    let told: Vec<String> = since
        .map(|entry| {
            let wall = entry.meta.recorded.wall();
            let who = if entry.meta.stood.name.is_empty() {
                "系统"
            } else {
                &entry.meta.stood.name
            };
            format!(
                "{who}在 {:02}:{:02} 办了“{}”",
                wall.hour(),
                wall.minute(),
                entry.event.title()
            )
        })
        .collect();
    match told.is_empty() {
        true => Refusal::conflict("刚才正在记别的事。请再提交一次。"),
        false => Refusal::conflict(format!("您打开后，{}。", told.join("，"))),
    }
}
