//! Headers whose value stands in the environment or in a file, read with the configuration.

use std::fs;
use std::path::Path;

use super::locate::Surroundings;
use crate::domain::HeaderValue;
use crate::domain::Source;

/// Puts every value in its place; returns what cannot be had, as `key: what is wrong`. The source
/// then cannot be polled, and everything else works.
pub(super) fn read(source: &mut Source, beside: &Path, around: &Surroundings) -> Vec<String> {
    let mut problems = Vec::new();
    let id = source.id.clone();
    let headers = source.recipe.request.iter_mut().flat_map(|request| &mut request.headers);
    for (name, value) in headers {
        let (text, value) = match value {
            HeaderValue::Text(_) => continue,
            HeaderValue::Variable { env, value } => (variable(around, env), value),
            HeaderValue::File { file, value } => (first_line(&beside.join(file)), value),
        };
        let plain = |text: String| {
            let is_plain = text.chars().all(|c| c.is_ascii() && !c.is_control());
            is_plain.then_some(text).ok_or_else(|| "its value is not plain ASCII".to_owned())
        };
        match text.and_then(plain) {
            Ok(text) => *value = Some(text),
            Err(reason) => problems.push(format!("source.{id}.request.headers.{name}: {reason}")),
        }
    }
    problems
}

fn variable(around: &Surroundings, name: &str) -> Result<String, String> {
    let text = around.variables.get(name).map(|hidden| hidden.0.trim().to_owned());
    text.filter(|text| !text.is_empty()).ok_or_else(|| format!("${name} is not set"))
}

fn first_line(path: &Path) -> Result<String, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        return Err(format!("{} is empty", path.display()));
    }
    Ok(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::locate::Hidden;
    use crate::source::catalogue;

    #[test]
    fn values_come_from_the_environment_and_from_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("key"), "from-file\nmore").unwrap();
        let text = "
            [[source]]
            id = 'a'
            url = 'https://a.test/'
            [source.request.headers]
            'X-A' = { env = 'DEALWATCH_A' }
            'X-B' = { file = 'key' }
            'X-C' = { env = 'DEALWATCH_NONE' }
            'X-D' = { file = 'none' }
            'X-E' = 'plain'
        ";
        let mut source = catalogue::parse(Path::new("a"), text).unwrap().remove(0);
        let variables = [("DEALWATCH_A".to_owned(), Hidden("from-environment".to_owned()))];
        let around = Surroundings { variables: variables.into(), ..Surroundings::default() };
        let problems = read(&mut source, folder.path(), &around);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("source.a.request.headers.X-C: $DEALWATCH_NONE is not set"));
        assert!(problems[1].contains("source.a.request.headers.X-D: cannot read"));
        let headers = source.recipe.request.unwrap().headers;
        assert_eq!(headers["X-A"].reveal(), Some("from-environment"));
        assert_eq!(headers["X-B"].reveal(), Some("from-file"));
    }
}
