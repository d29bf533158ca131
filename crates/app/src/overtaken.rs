//! Who opened a form before the case moved on hears what happened since: by whom, when, what it is called, never what it
//! says.

use crate::error::Result;
use crate::load::Loaded;
use casefile::{Event, Refusal};

/// Whether an event moves the case for whoever has a form open: not a reminder, and not an order of secrecy, of which
/// its applicant must not hear that way.
fn moves(event: &Event) -> bool {
    use Event::{Reminded, SecrecyConfirmed, SecrecyOrdered};
    !matches!(event, Reminded(_) | SecrecyOrdered(_) | SecrecyConfirmed(_))
}

/// Refuses a form that was opened before the case moved on.
pub(crate) fn not_overtaken(loaded: &Loaded, expected: Option<u64>) -> Result<()> {
    let Some(version) = expected else { return Ok(()) };
    let mut since = loaded.entries.iter().filter(|entry| entry.meta.version > version);
    if since.all(|entry| !moves(&entry.event)) && version <= loaded.case.version {
        return Ok(());
    }
    Err(overtaken(loaded, version).into())
}

/// What happened since `version`, by whom and when.
pub(crate) fn overtaken(loaded: &Loaded, version: u64) -> Refusal {
    let papers = |event: &Event| matches!(event, Event::PaperMade(_));
    let since = loaded
        .entries
        .iter()
        .filter(|entry| entry.meta.version > version && moves(&entry.event) && !papers(&entry.event));
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
