//! dealwatch.
fn main() {}
