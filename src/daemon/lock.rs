//! One writer per log: a lock file in the data directory.

use std::fs::File;
use std::fs::TryLockError;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use anyhow::Context;

use crate::store::open_shared;

/// The lock's name in the data directory.
const NAME: &str = "dealwatch.lock";

/// Makes the data directory if it is missing and takes its lock; dropping the file gives it back,
/// and so does a crash.
pub fn take(data_dir: &Path) -> anyhow::Result<File> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(data_dir)
        .with_context(|| format!("cannot make the data directory {}", data_dir.display()))?;
    let path = data_dir.join(NAME);
    let file = open_shared(&path).with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => anyhow::bail!(
            "another dealwatch is writing to {}; stop it, or ask it through the same command",
            data_dir.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}
