//! A person's own catalogue on disk: written whole or not at all, and put in force.

use std::fs;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context as _;
use url::Url;

use crate::cli::printer::Printer;
use crate::config::Loaded;
use crate::daemon::control;
use crate::daemon::control::Request;
use crate::domain::Source;
use crate::parse;
use crate::source::own;

/// Adds the sources to the first catalogue that may be written; returns where they are now.
pub(super) fn add(loaded: &Loaded, new: &[Source]) -> anyhow::Result<PathBuf> {
    let mut refused = Vec::new();
    for path in loaded.own_catalogues() {
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        let whole = own::added(&path, &text, new)?;
        match write(&path, &whole, &loaded.data_dir.path) {
            Ok(()) => return Ok(path),
            Err(error) => refused.push(format!("{}: {error}", path.display())),
        }
    }
    anyhow::bail!(
        "cannot write your own catalogue ({}); name one in `sources.files` that you may write",
        refused.join("; ")
    )
}

/// Beside the old one first, so that a full disk leaves the old one as it was.
fn write(path: &Path, text: &str, data_dir: &Path) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if dir == data_dir {
        fs::create_dir_all(dir)?;
    }
    let mut new = tempfile::Builder::new().prefix(".sources").tempfile_in(dir)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    let permissions = match fs::metadata(path) {
        Ok(old) => old.permissions(),
        Err(_) => std::os::unix::fs::PermissionsExt::from_mode(0o664),
    };
    fs::set_permissions(new.path(), permissions)?;
    // A link is kept, and what it leads to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    new.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Puts a changed catalogue in force if a daemon runs; says what came of it.
pub(super) fn put_in_force(loaded: &Loaded, printer: &mut Printer) -> anyhow::Result<()> {
    let words = match control::ask(&loaded.data_dir.path, &Request::Reload) {
        Ok(Some(control::Reply { error: None, .. })) => "the daemon has it in force".to_owned(),
        Ok(Some(control::Reply { error: Some(error), .. })) => {
            format!("the daemon did not take it over: {error}; see `dealwatch config check`")
        }
        Ok(None) => "no daemon runs here; the next `dealwatch run` or `poll` has it".to_owned(),
        Err(error) => format!("the daemon cannot be asked ({error}); run `dealwatch reload`"),
    };
    printer.say(&words)?;
    Ok(())
}

/// The source that has this address already, or nearly.
pub(super) fn known<'a>(loaded: &'a Loaded, url: &Url) -> Option<&'a Source> {
    let key = parse::url::canonical(url);
    loaded.registry.all().iter().find(|source| parse::url::canonical(&source.url) == key)
}
