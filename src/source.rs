//! The registry of sources and the cadence at which they are polled.
