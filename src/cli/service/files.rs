//! One file of an installation: what it shall hold, and how it gets there.

use std::fs;
use std::fs::File;
use std::fs::Permissions;
use std::io;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;

/// A file that belongs to the installation.
#[derive(Debug)]
pub(super) struct Place {
    /// Absolute, as the installed system sees it.
    pub(super) path: PathBuf,
    content: Content,
    mode: u32,
    owner: Owner,
}

/// What an installation did with a file, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was not there.
    Installed,
    /// It held something else and was replaced.
    Updated,
    /// It is as it shall be.
    Unchanged,
    /// It holds the operator's own text and stays.
    KeptYours,
}

#[derive(Debug)]
enum Content {
    Text(String),
    CopyOf(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Replaced by every installation.
    Us,
    /// Written once, then the operator's.
    Them,
}

impl Place {
    /// The program: a copy of `binary` that everybody may run.
    pub(super) fn program(path: impl Into<PathBuf>, binary: &Path) -> Place {
        let content = Content::CopyOf(binary.to_owned());
        Place { path: path.into(), content, mode: 0o755, owner: Owner::Us }
    }

    /// A text that every installation brings up to date.
    pub(super) fn ours(path: impl Into<PathBuf>, text: impl Into<String>) -> Place {
        let content = Content::Text(text.into());
        Place { path: path.into(), content, mode: 0o644, owner: Owner::Us }
    }

    /// A text that is the operator's once it is there.
    pub(super) fn theirs(path: impl Into<PathBuf>, text: impl Into<String>) -> Place {
        Place { owner: Owner::Them, ..Place::ours(path, text) }
    }

    /// What [`Place::put`] would do at `target`; writes nothing.
    pub(super) fn compare(&self, target: &Path) -> io::Result<Outcome> {
        let metadata = match self.owner {
            // A link is the operator's as well, wherever it leads.
            Owner::Them => fs::symlink_metadata(target),
            Owner::Us => fs::metadata(target),
        };
        let metadata = match metadata {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Outcome::Installed),
            Err(error) => return Err(error),
        };
        if self.owner == Owner::Them {
            // Also when it cannot be read: it is there, so it stays.
            let same = self.is_content_of(target).unwrap_or(false);
            return Ok(if same { Outcome::Unchanged } else { Outcome::KeptYours });
        }
        let same_mode = metadata.permissions().mode() & 0o7777 == self.mode;
        let same = same_mode && self.is_content_of(target)?;
        Ok(if same { Outcome::Unchanged } else { Outcome::Updated })
    }

    /// Brings `target` to what it shall be.
    pub(super) fn put(&self, target: &Path) -> io::Result<Outcome> {
        let outcome = self.compare(target)?;
        match outcome {
            Outcome::Installed | Outcome::Updated => self.write(target)?,
            Outcome::Unchanged | Outcome::KeptYours => {}
        }
        Ok(outcome)
    }

    fn is_content_of(&self, target: &Path) -> io::Result<bool> {
        match &self.content {
            Content::Text(text) => Ok(fs::read(target)? == text.as_bytes()),
            Content::CopyOf(original) => {
                let same_length = fs::metadata(original)?.len() == fs::metadata(target)?.len();
                Ok(same_length && fs::read(original)? == fs::read(target)?)
            }
        }
    }

    /// Writes beside `target`, then renames: a program that runs from it is not disturbed.
    fn write(&self, target: &Path) -> io::Result<()> {
        let Some(dir) = target.parent() else {
            return Err(io::Error::other("the path has no directory"));
        };
        make_dir(dir)?;
        let mut file = tempfile::Builder::new().prefix(".dealwatch-").tempfile_in(dir)?;
        match &self.content {
            Content::Text(text) => file.write_all(text.as_bytes())?,
            Content::CopyOf(original) => {
                io::copy(&mut File::open(original)?, &mut file)?;
            }
        }
        file.as_file().set_permissions(Permissions::from_mode(self.mode))?;
        file.as_file().sync_all()?;
        let placed = match self.owner {
            Owner::Us => file.persist(target),
            // It may have come into being since the comparison.
            Owner::Them => file.persist_noclobber(target),
        };
        placed.map(drop).map_err(|error| error.error)
    }
}

/// Makes the directories that are missing, readable by all whatever the umask says.
///
/// The service runs as its own user and must get to its configuration.
fn make_dir(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent() {
        make_dir(parent)?;
    }
    match fs::create_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => return Ok(()),
        made => made?,
    }
    fs::set_permissions(dir, Permissions::from_mode(0o755))
}
