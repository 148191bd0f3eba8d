//! A webhook receiver that remembers what it was sent and can be told not to answer.

use std::sync::Mutex;
use std::sync::PoisonError;

use serde::Deserialize;
use serde::Serialize;
use tokio::sync::watch;

/// One delivery as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Counted from 1 over all deliveries.
    pub number: u64,
    /// The header `webhook-id`.
    pub id: Option<String>,
    /// The header `webhook-timestamp`.
    pub timestamp: Option<String>,
    /// The header `webhook-signature`.
    pub signature: Option<String>,
    /// As text; what is no UTF-8 is replaced.
    pub body: String,
    /// Whether the sink got as far as answering it; `false` while, or because, it was held.
    pub answered: bool,
}

/// What of a delivery is remembered.
#[derive(Debug, Clone, Default)]
pub(super) struct Delivered {
    pub id: Option<String>,
    pub timestamp: Option<String>,
    pub signature: Option<String>,
    pub body: String,
}

/// The receiver. Deliveries are answered at once, but for the one that is to be held.
#[derive(Debug, Default)]
pub(super) struct Sink {
    arrivals: Mutex<Vec<Arrival>>,
    /// The number of the delivery that gets no answer.
    held: watch::Sender<Option<u64>>,
}

impl Sink {
    /// From now on the delivery with this number gets no answer until [`Sink::release`].
    pub(super) fn hold(&self, number: u64) {
        self.held.send_replace(Some(number));
    }

    /// Lets a held delivery be answered and holds no later one.
    pub(super) fn release(&self) {
        self.held.send_replace(None);
    }

    pub(super) fn log(&self) -> Vec<Arrival> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers a delivery and returns when it may be answered; dropped when the client goes.
    pub(super) async fn receive(&self, delivered: Delivered) -> u64 {
        let number = self.record(delivered);
        let mut held = self.held.subscribe();
        // The sender lives in `self`, so the wait ends only by its condition.
        let _sender_gone = held.wait_for(|held| *held != Some(number)).await.is_err();
        self.mark_answered(number);
        number
    }

    fn record(&self, delivered: Delivered) -> u64 {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        let number = arrivals.len() as u64 + 1;
        let Delivered { id, timestamp, signature, body } = delivered;
        arrivals.push(Arrival { number, id, timestamp, signature, body, answered: false });
        number
    }

    fn mark_answered(&self, number: u64) {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(arrival) = arrivals.iter_mut().find(|arrival| arrival.number == number) {
            arrival.answered = true;
        }
    }
}
