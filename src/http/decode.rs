//! Content encodings: gzip, br and zstd, each with a cap on what comes out.
//!
//! The client library would decompress too, but without a cap before it has read everything.

use std::io;
use std::io::Read;

use reqwest::header::CONTENT_ENCODING;
use reqwest::header::HeaderMap;

/// The `Accept-Encoding` field.
pub(super) const OFFERED: &str = "gzip, br, zstd";
/// More layers than this nobody sends in earnest.
const MAX_LAYERS: usize = 2;
/// RFC 9659: a decoder for HTTP need not support windows over 8 MB.
const ZSTD_WINDOW_LOG: u32 = 23;
/// The buffer of the brotli reader.
const BUFFER_BYTES: usize = 8 * 1024;

/// Why a body stays closed.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Not one of those that were offered.
    #[error("unknown content encoding `{0}`")]
    Unknown(String),
    /// Encoded over and over.
    #[error("more than {MAX_LAYERS} content encodings, one over the other")]
    Layers,
    /// Not what its label says, or cut off.
    #[error("damaged {encoding} data")]
    Damaged {
        /// The label.
        encoding: &'static str,
        /// What the decoder said.
        source: io::Error,
    },
    /// A bomb, or a body over the cap.
    #[error("too large after decompression")]
    TooLarge,
}

/// The encodings in the order they were applied; `identity` counts for nothing.
pub(super) fn encodings(headers: &HeaderMap) -> Vec<String> {
    headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .flat_map(|value| {
            let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
            value.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>()
        })
        .filter(|name| !name.is_empty() && name != "identity")
        .collect()
}

/// Undoes the encodings, the last applied first; no step yields more than `limit` bytes.
pub fn decode(body: Vec<u8>, encodings: &[String], limit: u64) -> Result<Vec<u8>, DecodeError> {
    if encodings.len() > MAX_LAYERS {
        return Err(DecodeError::Layers);
    }
    // 204, 304 and HEAD may keep the label without a body.
    if body.is_empty() {
        return Ok(body);
    }
    encodings.iter().rev().try_fold(body, |body, encoding| {
        let mut out = Vec::new();
        layer(&body, encoding, limit, &mut out).map(|()| out)
    })
}

/// What can be read of the beginning, at most `limit` bytes: nothing, if it makes no sense.
pub(super) fn prefix(body: Vec<u8>, encodings: &[String], limit: u64) -> Vec<u8> {
    let layers = encodings.iter().rev().take(MAX_LAYERS);
    let mut out = layers.fold(body, |body, encoding| {
        let mut out = Vec::new();
        // What came out before the end or the damage is the beginning that is wanted.
        drop(layer(&body, encoding, limit, &mut out));
        out
    });
    out.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    out
}

fn layer(body: &[u8], encoding: &str, limit: u64, out: &mut Vec<u8>) -> Result<(), DecodeError> {
    match encoding {
        "gzip" | "x-gzip" => capped(flate2::read::MultiGzDecoder::new(body), "gzip", limit, out),
        "br" => capped(brotli::Decompressor::new(body, BUFFER_BYTES), "br", limit, out),
        "zstd" => {
            let damaged = |source| DecodeError::Damaged { encoding: "zstd", source };
            let mut reader = zstd::stream::read::Decoder::new(body).map_err(damaged)?;
            reader.window_log_max(ZSTD_WINDOW_LOG).map_err(damaged)?;
            capped(reader, "zstd", limit, out)
        }
        other => Err(DecodeError::Unknown(other.to_owned())),
    }
}

/// Reads one byte more than allowed, to tell the end from the cap.
fn capped(
    reader: impl Read,
    encoding: &'static str,
    limit: u64,
    out: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    reader
        .take(limit.saturating_add(1))
        .read_to_end(out)
        .map_err(|source| DecodeError::Damaged { encoding, source })?;
    if out.len() as u64 > limit { Err(DecodeError::TooLarge) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(data).unwrap();
        out.finish().unwrap()
    }

    fn zstd(data: &[u8]) -> Vec<u8> {
        zstd::stream::encode_all(data, 3).unwrap()
    }

    fn br(data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        brotli::CompressorWriter::new(&mut out, 4096, 5, 20).write_all(data).unwrap();
        out
    }

    fn names(encodings: &[&str]) -> Vec<String> {
        encodings.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        let text = "数千万元 and a seed round, again and again. ".repeat(50).into_bytes();
        for (packed, encodings) in [
            (gzip(&text), vec!["gzip"]),
            (gzip(&text), vec!["x-gzip"]),
            (br(&text), vec!["br"]),
            (zstd(&text), vec!["zstd"]),
            (br(&gzip(&text)), vec!["gzip", "br"]),
            (text.clone(), vec![]),
        ] {
            let out = decode(packed, &names(&encodings), 100_000).unwrap();
            assert_eq!(out, text, "{encodings:?}");
        }
    }

    #[test]
    fn a_bomb_stops_at_the_cap() {
        let zeros = vec![0; 4_000_000];
        for (packed, encoding) in
            [(gzip(&zeros), "gzip"), (br(&zeros), "br"), (zstd(&zeros), "zstd")]
        {
            assert!(packed.len() < 10_000, "{encoding}");
            let error = decode(packed, &names(&[encoding]), 100_000).unwrap_err();
            assert!(matches!(error, DecodeError::TooLarge), "{encoding}: {error}");
        }
    }

    #[test]
    fn a_beginning_is_what_came_out_before_the_cut() {
        let text = "User-agent: * and so on\n".repeat(200).into_bytes();
        let packed = gzip(&text);
        let half = packed.split_at(packed.len() * 3 / 4).0.to_vec();
        let out = prefix(half, &names(&["gzip"]), 100);
        assert!(out.is_empty() || text.starts_with(&out));
        assert_eq!(prefix(packed, &names(&["gzip"]), 100), text.split_at(100).0);
        assert_eq!(prefix(b"abc".to_vec(), &names(&["lzma"]), 100), b"");
        assert_eq!(prefix(b"abc".to_vec(), &[], 2), b"ab");
    }

    #[test]
    fn what_is_damaged_unknown_or_wrapped_too_often_is_refused() {
        let cut = gzip(b"a text that ends early").split_at(20).0.to_vec();
        for (body, encodings, words) in [
            (cut, vec!["gzip"], "damaged gzip data"),
            (b"plain".to_vec(), vec!["zstd"], "damaged zstd data"),
            (b"plain".to_vec(), vec!["lzma"], "unknown content encoding `lzma`"),
            (b"plain".to_vec(), vec!["gzip", "gzip", "gzip"], "more than 2 content encodings"),
        ] {
            let error = decode(body, &names(&encodings), 100_000).unwrap_err();
            assert!(error.to_string().starts_with(words), "{error}");
        }
    }
}
