//! A newsroom on loopback with made-up stories, for `demo` and for tests.
