//! The configured sources as one value.

use std::collections::HashMap;

use super::host_key;
use crate::domain::Source;
use crate::domain::SourceId;

/// The sources in the order of the configuration; ids are unique.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    sources: Vec<Source>,
    by_id: HashMap<SourceId, usize>,
}

impl Registry {
    /// Later sources replace earlier ones of the same id in place, so that an operator's file can
    /// override the shipped catalogue; within one file, ids are checked by
    /// [`super::catalogue::parse`].
    pub fn new(sources: impl IntoIterator<Item = Source>) -> Registry {
        let mut registry = Registry::default();
        for source in sources {
            if let Some(&index) = registry.by_id.get(&source.id) {
                registry.sources[index] = source;
            } else {
                registry.by_id.insert(source.id.clone(), registry.sources.len());
                registry.sources.push(source);
            }
        }
        registry
    }

    /// All, disabled ones too.
    pub fn all(&self) -> &[Source] {
        &self.sources
    }

    /// One source.
    pub fn get(&self, id: &SourceId) -> Option<&Source> {
        self.by_id.get(id).and_then(|&index| self.sources.get(index))
    }

    /// Those that are polled.
    pub fn enabled(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.enabled)
    }

    /// Those that share politeness towards one host; see [`host_key`].
    pub fn of_host<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Source> {
        self.sources.iter().filter(move |source| host_key(&source.url) == key)
    }
}
