//! `dealwatch service`: puts the files of the system service in place and says how they stand.
//!
//! # Invariants
//!
//! - A configuration that is there is never touched.
//! - Every file is written beside its place and renamed into it, so that a running service never
//!   sees half of one and an interrupted installation can be repeated.
//! - Nothing is started, no user is made: what changes the system beyond files is printed for the
//!   operator to run.
//!
//! # Not here
//!
//! What the service may do: `systemd/dealwatch.service`.

use std::fs;
use std::io;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

mod files;

use files::Outcome;
use files::Place;

/// Arguments of `dealwatch service`.
#[derive(Debug, clap::Args)]
pub struct ServiceArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ServiceCommand,
}

/// The subcommands of `dealwatch service`.
#[derive(Debug, clap::Subcommand)]
pub enum ServiceCommand {
    /// Put the binary, the unit, its user, its directories and a configuration in place
    Install(InstallArgs),
    /// Say for each of these files whether it is in place, and whether the service runs
    Status(StatusArgs),
}

/// Arguments of `dealwatch service install`.
#[derive(Debug, clap::Args)]
pub struct InstallArgs {
    /// Where the files go.
    #[command(flatten)]
    pub target: TargetArgs,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `dealwatch service status`.
#[derive(Debug, clap::Args)]
pub struct StatusArgs {
    /// Where the files are.
    #[command(flatten)]
    pub target: TargetArgs,
}

/// The system that the service is installed on.
#[derive(Debug, Clone, clap::Args)]
pub struct TargetArgs {
    /// Directory that stands for `/`: a mounted image, or the staging tree of a package
    #[arg(long, value_name = "DIR", default_value = "/")]
    pub root: PathBuf,
    /// The binary goes to PREFIX/bin
    #[arg(long, value_name = "PREFIX", default_value = "/usr/local")]
    pub prefix: PathBuf,
}

/// Installs the service's files; `binary` is the program to copy, usually the running one.
///
/// # Errors
///
/// If the prefix cannot be used, or a file cannot be read or written; without permission the
/// message says to use sudo.
pub fn install(args: &InstallArgs, binary: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let places = places(&args.target.prefix, binary)?;
    let mut replaced = false;
    for place in &places {
        let path = under(&args.target.root, &place.path);
        let outcome = if args.dry_run { place.compare(&path) } else { place.put(&path) }
            .map_err(|error| explain(error, &path))?;
        replaced |= outcome == Outcome::Updated;
        writeln!(out, "{:<20} {}", said(outcome, args.dry_run), path.display())?;
    }
    writeln!(out)?;
    if args.dry_run {
        writeln!(out, "Nothing was written.")?;
        return Ok(());
    }
    if !is_system(&args.target.root) {
        writeln!(out, "Staged below {}; on the system itself:", args.target.root.display())?;
    }
    out.write_all(next_steps(replaced).as_bytes())?;
    Ok(())
}

/// Says how each file stands and, on the running system, what systemd says of the service.
///
/// Returns whether everything that [`install`] and its next steps put in place is there.
///
/// # Errors
///
/// If the prefix cannot be used or a file that exists cannot be read.
pub fn status(args: &StatusArgs, binary: &Path, out: &mut dyn Write) -> anyhow::Result<bool> {
    let root = &args.target.root;
    let mut complete = true;
    for place in places(&args.target.prefix, binary)? {
        let path = under(root, &place.path);
        let outcome = place.compare(&path).map_err(|error| explain(error, &path))?;
        complete &= outcome != Outcome::Installed;
        writeln!(out, "{:<20} {}", found(outcome), path.display())?;
    }
    for path in overrides(root) {
        writeln!(out, "{:<20} {}", "changed by you", path.display())?;
    }
    complete &= report_user(root, out)?;
    complete &= report_data(root, out)?;
    if is_system(root) {
        out.write_all(systemd_says().as_bytes())?;
    }
    Ok(complete)
}

/// The user the unit runs as; `sysusers.conf` makes it.
const USER: &str = "dealwatch";
/// The unit's `StateDirectory=`.
const DATA_DIR: &str = "/var/lib/dealwatch";
/// Set-group-id, for the user and the group alone; the unit's `StateDirectoryMode=`.
const DATA_MODE: u32 = 0o2770;
/// Where the unit file as written expects the binary.
const UNIT_PREFIX: &str = "/usr/local/bin/dealwatch";

/// Every file of the service, with its path as the installed system sees it.
fn places(prefix: &Path, binary: &Path) -> anyhow::Result<Vec<Place>> {
    let program = program(prefix)?;
    let unit = include_str!("../../systemd/dealwatch.service").replace(UNIT_PREFIX, &program);
    let sysusers = include_str!("../../systemd/sysusers.conf");
    let tmpfiles = include_str!("../../systemd/tmpfiles.conf");
    let config = for_service(include_str!("../../config/dealwatch.toml"));
    Ok(vec![
        Place::program(program, binary),
        Place::ours("/usr/lib/systemd/system/dealwatch.service", unit),
        Place::ours("/usr/lib/sysusers.d/dealwatch.conf", sysusers),
        Place::ours("/usr/lib/tmpfiles.d/dealwatch.conf", tmpfiles),
        Place::theirs("/etc/dealwatch/dealwatch.toml", config),
    ])
}

/// The path of the binary under `prefix`, as it is written into the unit.
fn program(prefix: &Path) -> anyhow::Result<String> {
    let shown = prefix.display();
    anyhow::ensure!(prefix.is_absolute(), "the prefix {shown} is not absolute");
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-".contains(c);
    let text = prefix.to_str().filter(|text| text.chars().all(plain)).with_context(|| {
        format!("the prefix {shown} holds a character that a unit file reads differently")
    })?;
    let hidden = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"];
    if let Some(dir) = hidden.iter().find(|dir| prefix.starts_with(dir)) {
        anyhow::bail!("the service cannot see {dir}; choose a prefix such as /usr/local or /opt");
    }
    Ok(format!("{}/bin/dealwatch", text.trim_end_matches('/')))
}

/// The shipped configuration with the service's data directory set.
///
/// A shell does not have the service's `STATE_DIRECTORY`, so the configuration, which both read,
/// is what makes a command typed there ask the same log.
fn for_service(template: &str) -> String {
    let set = format!("data_dir = \"{DATA_DIR}\"");
    let is_key = |line: &&str| {
        let rest = line.trim_start_matches(['#', ' ']).strip_prefix("data_dir");
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    match template.lines().find(is_key) {
        Some(line) => template.replacen(line, &set, 1),
        None => format!("{set}\n\n{template}"),
    }
}

fn next_steps(replaced: bool) -> String {
    let restart = if replaced {
        "  systemctl restart dealwatch                     # if it ran before: the new version\n"
    } else {
        ""
    };
    format!(
        "Next, as root (each may be repeated):
  systemd-sysusers dealwatch.conf                 # the user and group {USER}
  systemd-tmpfiles --create dealwatch.conf        # {DATA_DIR}
  systemctl daemon-reload
  systemctl enable --now dealwatch
{restart}  usermod --append --groups {USER} YOUR_NAME   # to read and decide; then log in again

Settings: /etc/dealwatch/dealwatch.toml, applied by `systemctl reload dealwatch`.
Its log: `journalctl -u dealwatch`. How it stands: `dealwatch doctor`.
"
    )
}

/// What `install` says of one file.
fn said(outcome: Outcome, dry_run: bool) -> &'static str {
    match (outcome, dry_run) {
        (Outcome::Installed, false) => "installed",
        (Outcome::Installed, true) => "would be installed",
        (Outcome::Updated, false) => "updated",
        (Outcome::Updated, true) => "would be updated",
        (Outcome::Unchanged, _) => "unchanged",
        (Outcome::KeptYours, false) => "kept yours",
        (Outcome::KeptYours, true) => "would keep yours",
    }
}

/// What `status` says of one file, from what an installation would do.
fn found(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Installed => "missing",
        Outcome::Updated => "another version",
        Outcome::Unchanged => "in place",
        Outcome::KeptYours => "yours",
    }
}

/// Adds the remedy where there is one.
fn explain(error: io::Error, path: &Path) -> anyhow::Error {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => {
            ": this needs root; run `sudo dealwatch service install`, or try `--root DIR` first"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            ": the file system is read-only; stage the files with `--root DIR` instead"
        }
        _ => "",
    };
    anyhow::Error::from(error).context(format!("cannot put {} in place{remedy}", path.display()))
}

/// Units and drop-ins of the operator, which win over the installed one.
fn overrides(root: &Path) -> Vec<PathBuf> {
    let whole = under(root, "/etc/systemd/system/dealwatch.service");
    let dir = under(root, "/etc/systemd/system/dealwatch.service.d");
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    if whole.exists() {
        paths.insert(0, whole);
    }
    paths
}

fn report_user(root: &Path, out: &mut dyn Write) -> io::Result<bool> {
    let passwd = fs::read_to_string(under(root, "/etc/passwd")).unwrap_or_default();
    let exists = passwd.lines().any(|line| line.split(':').next() == Some(USER));
    if exists {
        writeln!(out, "{:<20} user {USER}", "in place")?;
    } else {
        writeln!(out, "{:<20} user {USER}: run `systemd-sysusers dealwatch.conf`", "missing")?;
    }
    Ok(exists)
}

fn report_data(root: &Path, out: &mut dyn Write) -> io::Result<bool> {
    let path = under(root, DATA_DIR);
    let Ok(metadata) = fs::metadata(&path) else {
        let remedy = "run `systemd-tmpfiles --create dealwatch.conf`";
        writeln!(out, "{:<20} {}: {remedy}", "missing", path.display())?;
        return Ok(false);
    };
    let mode = metadata.permissions().mode() & 0o7777;
    if mode == DATA_MODE {
        writeln!(out, "{:<20} {}", "in place", path.display())?;
    } else {
        let shown = path.display();
        writeln!(out, "{:<20} {shown}: mode {mode:o} instead of {DATA_MODE:o}", "wrong")?;
    }
    Ok(mode == DATA_MODE)
}

/// What systemd says, or why it says nothing.
fn systemd_says() -> String {
    let properties = "--property=ActiveState,SubState,UnitFileState,NRestarts";
    match Command::new("systemctl").args(["show", "dealwatch.service", properties]).output() {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into(),
        Ok(output) => format!("systemctl: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => format!("systemctl cannot be run: {error}\n"),
    }
}

fn is_system(root: &Path) -> bool {
    root == Path::new("/")
}

/// `path` of the installed system, seen from here.
fn under(root: &Path, path: impl AsRef<Path>) -> PathBuf {
    let path = path.as_ref();
    root.join(path.strip_prefix("/").unwrap_or(path))
}

#[cfg(test)]
mod tests;
