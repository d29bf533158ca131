//! Uploaded files on their way into the case: stored through `app`, then named in the values.

use crate::extract::Visit;
use crate::values::Values;
use app::Failure;
use casefile::FieldRefusal;

/// Stores every upload of the form in the case `number`. A file that is refused is told at its field; the others stay.
///
/// # Errors
/// A failure of the store.
pub async fn store(visit: &Visit, number: &str, values: &mut Values) -> Result<(), Failure> {
    for (field, uploads) in values.take_uploads() {
        for upload in uploads {
            match visit
                .app
                .put_file(&visit.viewer, number, &upload.name, upload.bytes)
                .await
            {
                Ok(file) => values.put_file(&field, file),
                Err(Failure::Refused(refusal)) => {
                    let sentence = format!("{}{}", refusal.sentence, refusal.next);
                    values.refused.push(FieldRefusal {
                        field: field.clone(),
                        sentence,
                    });
                }
                Err(failure) => return Err(failure),
            }
        }
    }
    Ok(())
}
