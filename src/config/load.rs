//! Reads the files and makes everything of them that the daemon starts with.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::Config;
use super::headers;
use super::locate;
use super::locate::Place;
use super::locate::Surroundings;
use super::problems::ConfigError;
use crate::domain::Source;
use crate::entity::EntityTable;
use crate::source;
use crate::source::Registry;
use crate::source::catalogue;

/// The database's name in the data directory.
const DATABASE: &str = "dealwatch.db";
/// A person's own entities, beside the configuration or in the data directory.
const OWN_ENTITIES: &str = "entities.toml";
/// A person's own sources, in the same places.
const OWN_SOURCES: &str = "sources.toml";

/// A configuration that was accepted, with what it stands for.
#[derive(Debug)]
pub struct Loaded {
    /// As written, defaults filled in.
    pub config: Config,
    /// Where it stands; `None` means the compiled-in defaults.
    pub place: Option<Place>,
    /// Where the data is.
    pub data_dir: Place,
    /// Every source, also those that are not polled.
    pub registry: Registry,
    /// A person's own catalogues in the order they were read.
    pub catalogues: Vec<PathBuf>,
    /// Shipped and own entities.
    pub entities: EntityTable,
    /// What works but should be looked at.
    pub warnings: Vec<String>,
}

impl Loaded {
    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data_dir.path.join(DATABASE)
    }

    /// Where a person's own sources may be written, the best place first: the first catalogue that
    /// is read, else a new one beside the configuration or in the data directory.
    pub fn own_catalogues(&self) -> Vec<PathBuf> {
        match self.catalogues.first() {
            Some(first) => vec![first.clone()],
            None => own_places(self.place.as_ref(), Some(&self.data_dir.path), OWN_SOURCES),
        }
    }

    /// The configuration's place, for people.
    pub fn config_words(&self) -> String {
        match &self.place {
            Some(place) => format!("{} (by {})", place.path.display(), place.by),
            None => "none found: the compiled-in defaults".to_owned(),
        }
    }

    /// The data's place, for people.
    pub fn data_words(&self) -> String {
        format!("{} (by {})", self.data_dir.path.display(), self.data_dir.by)
    }
}

/// Finds the configuration by the one rule, reads it and everything it names.
pub fn load(around: &Surroundings) -> Result<Loaded, ConfigError> {
    let place = locate::config(around, |path| fs::File::open(path).is_ok());
    let (path, config) = match &place {
        Some(place) => (place.path.clone(), read(&place.path)?),
        None => (PathBuf::from("the built-in configuration"), Config::default()),
    };
    let mut problems = config.alerts().problems();
    problems.extend(config.http.problems().into_iter().map(|problem| format!("http.{problem}")));
    problems.extend(config.fetch.problems().into_iter().map(|problem| format!("fetch.{problem}")));
    let beside = path.parent().unwrap_or(Path::new("")).to_owned();
    let data_dir = locate::data_dir(around, config.data_dir.as_ref(), place.as_ref());
    let own = data_dir.as_ref().ok().map(|place| place.path.as_path());
    let files = |named: &[PathBuf], name| files(named, &beside, place.as_ref(), own, name);
    let catalogues = files(&config.sources.files, OWN_SOURCES);
    let mut missing = Vec::new();
    let registry = sources(&config, &catalogues, &beside, around, &mut problems, &mut missing)?;
    let entities = entities(&files(&config.entities.files, OWN_ENTITIES), &mut problems)?;
    let data_dir = data_dir.map_err(|problem| problems.push(problem)).ok();
    match (problems.is_empty(), data_dir) {
        (true, Some(data_dir)) => {
            let mut warnings = warnings(&config, &registry);
            warnings.extend(missing);
            warnings.extend(passed_over(place.as_ref()));
            Ok(Loaded { config, place, data_dir, registry, catalogues, entities, warnings })
        }
        _ => Err(ConfigError::Problems { path, problems }),
    }
}

fn read(path: &Path) -> Result<Config, ConfigError> {
    let text = read_text(path)?;
    toml::from_str(&text)
        .map_err(|source| ConfigError::Parse { path: path.to_owned(), source: Box::new(source) })
}

fn read_text(path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })
}

/// The files that the configuration names, and those of this name in the places for a person's
/// own that are there, each once.
fn files(
    named: &[PathBuf],
    beside: &Path,
    place: Option<&Place>,
    data_dir: Option<&Path>,
    name: &str,
) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = named.iter().map(|file| beside.join(file)).collect();
    let same = |a: &Path, b: &Path| a == b || fs::canonicalize(a).ok() == fs::canonicalize(b).ok();
    for path in own_places(place, data_dir, name).into_iter().filter(|path| path.is_file()) {
        if !files.iter().any(|known| same(known, &path)) {
            files.push(path);
        }
    }
    files
}

/// Where a person's own files are found without being named: beside the configuration, and in the
/// data directory.
fn own_places(place: Option<&Place>, data_dir: Option<&Path>, name: &str) -> Vec<PathBuf> {
    let beside = place.and_then(|place| place.path.parent());
    [beside, data_dir].into_iter().flatten().map(|dir| dir.join(name)).collect()
}

/// The shipped catalogue and the configuration's own files; a later source with a known id takes
/// its place.
fn sources(
    config: &Config,
    files: &[PathBuf],
    beside: &Path,
    around: &Surroundings,
    problems: &mut Vec<String>,
    warnings: &mut Vec<String>,
) -> Result<Registry, ConfigError> {
    let wishes = &config.sources;
    let mut all: Vec<Source> = Vec::new();
    let mut add = |path: &Path, text: &str| match catalogue::parse(path, text) {
        Ok(sources) => {
            for source in sources {
                all.retain(|known| known.id != source.id);
                all.push(source);
            }
        }
        Err(error) => problems.push(error.to_string()),
    };
    if wishes.shipped {
        add(Path::new("the shipped catalogue"), catalogue::SHIPPED);
    }
    for path in files {
        let text = read_text(path)?;
        add(path, &text);
    }
    let mut switch = |key: &str, ids: &[String], enabled: bool| {
        for id in ids {
            match all.iter_mut().find(|source| source.id.as_str() == id) {
                Some(source) => source.enabled = enabled,
                None => problems.push(format!(
                    "sources.{key}: there is no source `{id}`; `dealwatch sources list --all` \
                     lists them"
                )),
            }
        }
    };
    switch("enable", &wishes.enable, true);
    switch("disable", &wishes.disable, false);
    for source in all.iter_mut().filter(|source| source.enabled) {
        let missing = headers::read(source, beside, around).into_iter();
        warnings.extend(missing.map(|words| format!("{words}; the source is not polled without")));
        for name in source::template::open(source.url.as_str()) {
            problems.push(format!(
                "source.{}.url: `{{{name}}}` has no value: repeat the source in a file of your own",
                source.id
            ));
        }
    }
    Ok(Registry::new(all))
}

fn entities(files: &[PathBuf], problems: &mut Vec<String>) -> Result<EntityTable, ConfigError> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        texts.push((file.display().to_string(), read_text(file)?));
    }
    let texts: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    if texts.is_empty() {
        return Ok(EntityTable::shipped().clone());
    }
    match EntityTable::shipped().with_added(&texts) {
        Ok(table) => Ok(table),
        Err(error) => {
            problems.push(error.to_string());
            Ok(EntityTable::shipped().clone())
        }
    }
}

/// The system's configuration that is there and cannot be read: the rule passes it over, and
/// somebody will wonder why.
fn passed_over(place: Option<&Place>) -> Option<String> {
    let system = Path::new(locate::SYSTEM_CONFIG);
    let used = place.is_some_and(|place| place.path == system || place.by.starts_with(['-', '$']));
    (!used && system.exists()).then(|| {
        format!(
            "{} is there but cannot be read, so it is not used; are you in the group dealwatch?",
            system.display()
        )
    })
}

/// What works but should be looked at.
fn warnings(config: &Config, registry: &Registry) -> Vec<String> {
    let mut warnings = Vec::new();
    let any = registry.enabled().next().is_some();
    if any && config.http.contact_is_placeholder() {
        let strict = registry.enabled().filter(|source| source::needs_contact(source)).count();
        let unasked = match strict {
            0 => String::new(),
            1 => ", and 1 source is not asked without one".to_owned(),
            more => format!(", and {more} sources are not asked without one"),
        };
        warnings.push(format!(
            "http.contact is not set: publishers cannot reach you and may refuse us{unasked}; set it \
             to a mail address that you read"
        ));
    }
    if !any {
        warnings.push("no source is enabled: nothing will be polled".to_owned());
    }
    warnings
}
