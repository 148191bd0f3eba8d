//! The configured sources as one value.

use std::collections::HashMap;

use super::host_key;
use crate::domain::Source;
use crate::domain::SourceId;

/// The sources in the order of the configuration; ids are unique.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    sources: Vec<Source>,
    /// Of each source, in the same order.
    host_keys: Vec<String>,
    by_id: HashMap<SourceId, usize>,
}

impl Registry {
    /// Later sources replace earlier ones of the same id in place, so that an operator's file can
    /// override the shipped catalogue; within one file, ids are checked by
    /// [`super::catalogue::parse`].
    pub fn new(sources: impl IntoIterator<Item = Source>) -> Registry {
        let mut registry = Registry::default();
        for source in sources {
            let host_key = host_key(&source.url);
            if let Some(&index) = registry.by_id.get(&source.id) {
                registry.sources[index] = source;
                registry.host_keys[index] = host_key;
            } else {
                registry.by_id.insert(source.id.clone(), registry.sources.len());
                registry.sources.push(source);
                registry.host_keys.push(host_key);
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
        self.with_hosts().map(|(source, _)| source).filter(|source| source.enabled)
    }

    /// Those that share politeness towards one host; see [`host_key`].
    pub fn of_host<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Source> {
        self.with_hosts().filter(move |(_, of)| *of == key).map(|(source, _)| source)
    }

    /// All, each with the key of its host.
    pub(super) fn with_hosts(&self) -> impl Iterator<Item = (&Source, &str)> {
        self.sources.iter().zip(self.host_keys.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::catalogue;

    fn sources(text: &str) -> Vec<Source> {
        catalogue::parse(Path::new("sources.toml"), text).unwrap()
    }

    #[test]
    fn an_operators_source_takes_the_place_of_the_shipped_one() {
        let shipped = "
            [[source]]
            id = 'a'
            url = 'https://www.one.test/a'
            [[source]]
            id = 'b'
            url = 'https://api.one.test/b'
        ";
        let own = "
            [[source]]
            id = 'a'
            url = 'https://two.test/a'
            enabled = false
        ";
        let registry = Registry::new(sources(shipped).into_iter().chain(sources(own)));
        let ids = |found: Vec<&Source>| {
            found.iter().map(|source| source.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(registry.all().iter().collect()), ["a", "b"]);
        assert_eq!(ids(registry.enabled().collect()), ["b"]);
        assert_eq!(ids(registry.of_host("one.test").collect()), ["b"]);
        assert_eq!(ids(registry.of_host("two.test").collect()), ["a"]);
        assert!(registry.get(&"a".into()).is_some() && registry.get(&"c".into()).is_none());
    }
}
