//! A name that is to be protected, typed where others read it: told once before anything is recorded, by whoever may know
//! the name anyway. To all others it is not known, so nothing is told them either.
//!
//! Names are those that were given with protected evidence. What is written about somebody without their name is not
//! noticed.

use crate::desk::Desk;
use crate::form::{Field, Form, choices};
use crate::values::Values;
use casefile::act::ActName;
use casefile::{FieldRefusal, Refusal};
use std::collections::BTreeSet;

/// The box in which it is said that the name is to stay.
const MEANT: &str = "marked";

/// Whether a name stands in what was typed, and nobody said that it is to stay.
///
/// # Errors
/// A refusal at every field with a name in it.
pub fn check(desk: &Desk, values: &Values) -> Result<(), Refusal> {
    if !values.text(MEANT).is_empty() || is_protected(desk, values) {
        return Ok(());
    }
    let names: BTreeSet<&String> = desk.case.evidence.iter().flat_map(|one| &one.protects).collect();
    let told = |(field, texts): (&str, &[String])| {
        let name = names.iter().find(|name| texts.iter().any(|text| holds(text, name)))?;
        Some(FieldRefusal {
            field: field.into(),
            sentence: format!(
                "这里有要保护的人的姓名“{name}”，申请人和别的人可能读到。请换个说法，或者勾选最后一项再提交。"
            ),
        })
    };
    let found: Vec<FieldRefusal> = values.texts().filter_map(told).collect();
    match found.is_empty() {
        true => Ok(()),
        false => Err(Refusal::fields(found)),
    }
}

/// The form with what is wrong, and the box.
pub fn ask(form: Form, refusal: &Refusal) -> Form {
    let meant = choices(&[("1", "我看过了，就要这样写")]);
    form.field(Field::checks(MEANT, "里面有要保护的人的姓名", meant).optional())
        .refuse(refusal)
}

/// What nobody but those who may know the name will read.
fn is_protected(desk: &Desk, values: &Values) -> bool {
    match desk.act {
        ActName::AddEvidence => values.text("ring") == "protected",
        ActName::Transfer => values.text("what") == "clue",
        _ => false,
    }
}

/// Whether the name stands in the text, however it is spaced.
fn holds(text: &str, name: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(text).contains(&letters(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_however_it_is_spaced() {
        for (text, expected) in [
            ("据欧阳举发反映", true),
            ("据欧阳 举\n发反映", true),
            ("据欧阳反映", false),
            ("", false),
        ] {
            assert_eq!(holds(text, "欧阳举发"), expected, "{text}");
        }
    }
}
