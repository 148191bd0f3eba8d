//! What commands share: the surroundings, the configuration, the log they ask.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;
use jiff::Timestamp;

use crate::config::Loaded;
use crate::config::locate::Hidden;
use crate::config::locate::Surroundings;
use crate::config::locate::VARIABLE_PREFIX;
use crate::store::Store;

/// Wrong use that the argument parser cannot see.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// The surroundings of one command.
pub struct Context {
    surroundings: Surroundings,
}

impl Context {
    /// Reads the environment.
    pub fn new(config: Option<PathBuf>, data_dir: Option<PathBuf>) -> Context {
        let variable = |name: &str| {
            std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
        };
        let first_of_list = |list: PathBuf| {
            let list = list.into_os_string().into_string().ok()?;
            list.split(':').next().map(PathBuf::from)
        };
        Context {
            surroundings: Surroundings {
                config_argument: config,
                data_dir_argument: data_dir,
                config_variable: variable(crate::config::locate::CONFIG_VARIABLE),
                state_directory: variable("STATE_DIRECTORY").and_then(first_of_list),
                xdg_config_home: variable("XDG_CONFIG_HOME"),
                xdg_data_home: variable("XDG_DATA_HOME"),
                home: variable("HOME"),
                variables: header_variables(),
            },
        }
    }

    /// The surroundings, for what prints them.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The configuration by the one rule.
    pub fn load(&self) -> anyhow::Result<Loaded> {
        Ok(crate::config::load(&self.surroundings)?)
    }

    /// The log, to ask it.
    pub fn log(&self) -> anyhow::Result<(Loaded, Store)> {
        let loaded = self.load()?;
        let path = loaded.database();
        let store = Store::open_read_only(&path)
            .context("cannot open the log (`dealwatch doctor` says which is asked)")?;
        Ok((loaded, store))
    }
}

/// What the headers of a source may name.
fn header_variables() -> BTreeMap<String, Hidden> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with(VARIABLE_PREFIX))
        .map(|(name, value)| (name, Hidden(value)))
        .collect()
}

/// The time, for commands.
#[allow(clippy::disallowed_methods, reason = "commands are where the clock is read")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
