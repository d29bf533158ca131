//! Uploaded files on their way into the case: stored through `app`, then named in the values.

use crate::extract::Visit;
use crate::values::Values;
use app::Failure;
use casefile::FieldRefusal;
use casefile::case::File;

/// Stores every upload of the form in the case `number`, and finds again what a refused form had stored before. A
/// file that is refused is told at its field; the others stay.
///
/// # Errors
/// A failure of the store.
pub async fn store(visit: &Visit, number: &str, values: &mut Values) -> Result<(), Failure> {
    for (field, uploads) in values.take_uploads() {
        for upload in uploads {
            let stored = visit
                .app
                .put_file(&visit.viewer, number, &upload.name, upload.bytes)
                .await;
            take(values, &field, stored)?;
        }
    }
    for (field, address, name) in values.kept() {
        let kept = visit.app.kept_file(&visit.viewer, number, &address, &name).await;
        take(values, &field, kept)?;
    }
    Ok(())
}

fn take(values: &mut Values, field: &str, file: Result<File, Failure>) -> Result<(), Failure> {
    match file {
        Ok(file) => values.put_file(field, file),
        Err(Failure::Refused(refusal)) => {
            let told = refusal.fields.first().map(|wrong| wrong.sentence.clone());
            let sentence = told.unwrap_or_else(|| format!("{}{}", refusal.sentence, refusal.next));
            values.refused.push(FieldRefusal {
                field: field.into(),
                sentence,
            });
        }
        Err(failure) => return Err(failure),
    }
    Ok(())
}
