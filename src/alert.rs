//! Tells receivers what changed: reads owed messages from the outbox and delivers them.
