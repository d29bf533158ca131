//! What a use case may answer instead of a result: a refusal for the person, or a failure for the log.

use casefile::Refusal;

/// Why a use case did not do what was asked. A person sees a refusal as it is; of a failure only that the typed text
/// is not lost and whom to call. The cause goes to the log.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A refusal, in words.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The record holds what this build cannot read.
    #[error("record: {0}")]
    Record(String),
    /// The press.
    #[error(transparent)]
    Press(#[from] documents::PressError),
    /// Something that cannot happen unless a part of the program is wrong.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::Refused(Box::new(refusal))
    }
}

/// A task that broke off. The words of a panic may quote what somebody wrote: they go nowhere.
impl From<tokio::task::JoinError> for Failure {
    fn from(error: tokio::task::JoinError) -> Failure {
        let how = if error.is_panic() { "panicked" } else { "was cancelled" };
        Failure::Internal(format!("a task {how}"))
    }
}

/// The result of a use case.
pub type Result<T, E = Failure> = std::result::Result<T, E>;
