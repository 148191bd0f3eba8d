//! Reading of documents: away from the async threads, for a limited time, and whatever happens to
//! one document happens to no other.

use std::time::Duration;

use crate::pipeline::PipelineError;

/// Reading a document takes milliseconds, and what the guards let pass a second at the most; none
/// holds up the others for longer. Its thread goes on to its own end.
const DEADLINE: Duration = Duration::from_secs(30);

/// Runs `read` on a thread that may block.
pub(super) async fn off_thread<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, PipelineError> + Send + 'static,
) -> Result<T, PipelineError> {
    within(DEADLINE, read).await
}

async fn within<T: Send + 'static>(
    deadline: Duration,
    read: impl FnOnce() -> Result<T, PipelineError> + Send + 'static,
) -> Result<T, PipelineError> {
    match tokio::time::timeout(deadline, tokio::task::spawn_blocking(read)).await {
        Ok(Ok(read)) => read,
        Ok(Err(_panic)) => Err(PipelineError::Panicked),
        Err(_late) => Err(PipelineError::Late { secs: deadline.as_secs() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PollCause;

    #[tokio::test]
    async fn a_document_that_takes_too_long_is_given_up_by_name() {
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let error = within(Duration::ZERO, move || Ok(wait.recv())).await.unwrap_err();
        assert_eq!(error.to_string(), "reading it took more than 0s");
        assert_eq!(error.cause(), PollCause::Unreadable);
        drop(release);
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_its_document() {
        let error = off_thread(|| -> Result<(), _> { panic!("odd") }).await.unwrap_err();
        assert_eq!(error.cause(), PollCause::Internal);
    }
}
