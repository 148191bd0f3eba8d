//! Connections: only so many at once, and none that is silent for long.
//!
//! A visitor who opens connections and never asks would otherwise take file handles that the
//! poller needs.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Context;
use std::task::Poll;
use std::task::ready;
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::ReadBuf;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio::time::Sleep;

/// Beyond this many the kernel keeps newcomers waiting; a browser opens six.
pub(super) const MAX_CONNECTIONS: usize = 256;

/// Longer than an answer may take; shorter than a browser's patience with an idle connection.
pub(super) const MAX_SILENCE: Duration = Duration::from_secs(30);

/// Lets connections in.
pub(super) struct Door {
    listener: TcpListener,
    places: Arc<Semaphore>,
    silence: Duration,
}

impl Door {
    pub(super) fn new(listener: TcpListener, connections: usize, silence: Duration) -> Door {
        Door { listener, places: Arc::new(Semaphore::new(connections)), silence }
    }
}

impl Listener for Door {
    type Io = Visit;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Visit, SocketAddr) {
        let place = Arc::clone(&self.places).acquire_owned().await;
        // Through axum, which knows which errors to wait out.
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let deadline = Box::pin(tokio::time::sleep(self.silence));
        // The semaphore is never closed, so there is always a place.
        (Visit { stream, deadline, silence: self.silence, _place: place.ok() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when nothing moves in it for too long.
pub(super) struct Visit {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    silence: Duration,
    _place: Option<OwnedSemaphorePermit>,
}

impl Visit {
    /// Passes on what happened, and begins to wait anew; if nothing did, looks at the clock.
    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        moved: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            let next = Instant::now() + self.silence;
            self.deadline.as_mut().reset(next);
            return moved;
        }
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Visit {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.watched(context, moved)
    }
}

impl AsyncWrite for Visit {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, moved)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.watched(context, moved)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;
    use tokio::io::AsyncWriteExt as _;

    use super::*;

    async fn door(connections: usize, silence: Duration) -> Door {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Door::new(listener, connections, silence)
    }

    #[tokio::test]
    async fn a_silent_visitor_is_shown_out() {
        let mut door = door(1, Duration::from_millis(20)).await;
        let _visitor = TcpStream::connect(Listener::local_addr(&door).unwrap()).await.unwrap();
        let (mut visit, _) = door.accept().await;
        let error = visit.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_place_is_free_again_when_a_visitor_leaves() {
        let mut door = door(1, Duration::from_mins(1)).await;
        let address = Listener::local_addr(&door).unwrap();
        let mut first = TcpStream::connect(address).await.unwrap();
        let (mut visit, _) = door.accept().await;
        first.write_u8(7).await.unwrap();
        assert_eq!(visit.read_u8().await.unwrap(), 7);
        let _second = TcpStream::connect(address).await.unwrap();
        assert_eq!(door.places.available_permits(), 0);
        drop(visit);
        door.accept().await;
    }
}
