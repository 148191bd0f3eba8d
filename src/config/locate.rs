//! The one rule for where the configuration and the data are.
//!
//! `doctor` and `config check` print what the rule found and by which of its lines.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;

pub use crate::source::catalogue::VARIABLE_PREFIX;

/// Where a service's configuration is.
pub const SYSTEM_CONFIG: &str = "/etc/dealwatch/dealwatch.toml";
/// The variable that names a configuration.
pub const CONFIG_VARIABLE: &str = "DEALWATCH_CONFIG";

/// What the rule looks at, as the process found it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `--config`.
    pub config_argument: Option<PathBuf>,
    /// `--data-dir`.
    pub data_dir_argument: Option<PathBuf>,
    /// `$DEALWATCH_CONFIG`.
    pub config_variable: Option<PathBuf>,
    /// `$STATE_DIRECTORY`, as systemd sets it; the first of a list.
    pub state_directory: Option<PathBuf>,
    /// `$XDG_CONFIG_HOME`.
    pub xdg_config_home: Option<PathBuf>,
    /// `$XDG_DATA_HOME`.
    pub xdg_data_home: Option<PathBuf>,
    /// `$HOME`.
    pub home: Option<PathBuf>,
    /// Variables that a source's headers may name; see [`VARIABLE_PREFIX`].
    pub variables: BTreeMap<String, Hidden>,
}

/// The value of a variable, which may be a secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A place and the line of the rule that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file or directory.
    pub path: PathBuf,
    /// For people: `--config`, `data_dir in …`, `STATE_DIRECTORY`, …
    pub by: String,
}

impl Place {
    fn new(path: impl Into<PathBuf>, by: impl Into<String>) -> Place {
        Place { path: path.into(), by: by.into() }
    }
}

/// The configuration file; `None` means the compiled-in defaults.
///
/// A file that is named must exist; those of the rule's other lines are used if readable.
/// `readable` is asked so that the rule itself stays without side effects.
pub fn config(around: &Surroundings, readable: impl Fn(&Path) -> bool) -> Option<Place> {
    if let Some(path) = &around.config_argument {
        return Some(Place::new(path, "--config"));
    }
    if let Some(path) = &around.config_variable {
        return Some(Place::new(path, format!("${CONFIG_VARIABLE}")));
    }
    if readable(Path::new(SYSTEM_CONFIG)) {
        return Some(Place::new(SYSTEM_CONFIG, "the system's place"));
    }
    let xdg = xdg(around.xdg_config_home.as_ref(), around.home.as_ref(), ".config")?;
    let path = xdg.join("dealwatch.toml");
    readable(&path).then(|| Place::new(path, "the XDG place"))
}

/// The data directory; the error says what to set.
pub fn data_dir(
    around: &Surroundings,
    configured: Option<&PathBuf>,
    config: Option<&Place>,
) -> Result<Place, String> {
    if let Some(path) = &around.data_dir_argument {
        return Ok(Place::new(path, "--data-dir"));
    }
    if let (Some(path), Some(config)) = (configured, config) {
        let path = config.path.parent().map_or_else(|| path.clone(), |dir| dir.join(path));
        return Ok(Place::new(path, format!("data_dir in {}", config.path.display())));
    }
    if let Some(path) = &around.state_directory {
        return Ok(Place::new(path, "$STATE_DIRECTORY"));
    }
    xdg(around.xdg_data_home.as_ref(), around.home.as_ref(), ".local/share")
        .map(|path| Place::new(path, "the XDG place"))
        .ok_or_else(|| "no place for the data: set --data-dir, data_dir or $HOME".to_owned())
}

/// The XDG base directory specification: an absolute variable, else a folder below home.
fn xdg(variable: Option<&PathBuf>, home: Option<&PathBuf>, below: &str) -> Option<PathBuf> {
    let base = match variable.filter(|path| path.is_absolute()) {
        Some(path) => path.clone(),
        None => home?.join(below),
    };
    Some(base.join("dealwatch"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Surroundings {
        Surroundings { home: Some("/home/a".into()), ..Surroundings::default() }
    }

    #[track_caller]
    fn check(around: &Surroundings, readable: &[&str], expected: Option<&str>) {
        let found = config(around, |path| readable.iter().any(|known| Path::new(known) == path));
        assert_eq!(found.map(|place| place.path), expected.map(PathBuf::from));
    }

    #[test]
    fn the_configuration_is_found_in_the_order_of_the_rule() {
        let own = "/home/a/.config/dealwatch/dealwatch.toml";
        check(&person(), &[], None);
        check(&person(), &[own], Some(own));
        check(&person(), &[own, SYSTEM_CONFIG], Some(SYSTEM_CONFIG));
        let named = Surroundings { config_variable: Some("/b.toml".into()), ..person() };
        check(&named, &[own, SYSTEM_CONFIG], Some("/b.toml"));
        let given = Surroundings { config_argument: Some("/c.toml".into()), ..named };
        check(&given, &[own, SYSTEM_CONFIG], Some("/c.toml"));
    }

    #[test]
    fn a_shell_asks_the_log_that_the_service_fills() {
        // The service has STATE_DIRECTORY, a shell has not: what the shared configuration says
        // must come first.
        let file = Place::new(SYSTEM_CONFIG, "the system's place");
        let configured = Some(PathBuf::from("/var/lib/dealwatch"));
        let service = Surroundings { state_directory: Some("/var/lib/x".into()), ..person() };
        for around in [service, person()] {
            let place = data_dir(&around, configured.as_ref(), Some(&file)).unwrap();
            assert_eq!(place.path, Path::new("/var/lib/dealwatch"));
        }
    }

    #[test]
    fn without_any_place_the_remedy_is_named() {
        let error = data_dir(&Surroundings::default(), None, None).unwrap_err();
        assert_eq!(error, "no place for the data: set --data-dir, data_dir or $HOME");
    }
}
