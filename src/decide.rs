//! What people decide about deals, checked and stored.
