//! Reading of documents: away from the async threads, as many at once as there are cores, for a
//! limited time, and whatever happens to one document happens to no other.

use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::pipeline::PipelineError;

/// Reading a document takes milliseconds, and what the guards let pass a second at the most; none
/// holds up the others for longer. Its thread goes on to its own end.
const DEADLINE: Duration = Duration::from_secs(30);

/// Where documents are read. More at once than there are cores would only hold more of them, and
/// what their readers need, in memory.
#[derive(Debug)]
pub struct Desk(Semaphore);

impl Default for Desk {
    fn default() -> Desk {
        Desk(Semaphore::new(available_parallelism().map_or(1, NonZero::get)))
    }
}

impl Desk {
    /// Runs `read` on a thread that may block, in its turn.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> Result<T, PipelineError> + Send + 'static,
    ) -> Result<T, PipelineError> {
        // Never closed; without a seat it would be read all the same.
        let _seat = self.0.acquire().await.ok();
        within(DEADLINE, read).await
    }
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
        let desk = Desk::default();
        let error = desk.read(|| -> Result<(), _> { panic!("odd") }).await.unwrap_err();
        assert_eq!(error.cause(), PollCause::Internal);
    }
}
