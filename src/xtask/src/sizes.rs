//! Weighing what a first visit loads.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build::{PAGE, SERVICE_WORKER, SiteFile, precached};
use crate::error::{Error, Result};

/// Bytes that a first visit may load, compressed with brotli.
const LIMIT: usize = 400_000;

/// A file's weight in bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the weight of everything that the first visit to a site loads: the page, the service worker, and
/// all that it keeps. Fails above the limit.
pub(crate) fn run(site: &Path) -> Result<()> {
    let mut files = precached(site)?;
    for name in [PAGE, SERVICE_WORKER] {
        let path = site.join(name);
        let bytes = fs::read(&path).map_err(Error::file(&path))?;
        files.push(SiteFile {
            path: name.to_owned(),
            bytes,
        });
    }
    let mut weights = Vec::new();
    let mut total = Weight::default();
    for file in &files {
        let weight = weigh(&file.bytes).map_err(Error::file(&site.join(&file.path)))?;
        total.raw += weight.raw;
        total.gzip += weight.gzip;
        total.brotli += weight.brotli;
        weights.push((file.path.as_str(), weight));
    }
    weights.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.brotli));
    print(&weights, total).map_err(Error::file(Path::new("standard output")))?;
    if total.brotli > LIMIT {
        return Err(Error::advised(
            format!(
                "a first visit loads {} bytes, {} more than the limit",
                total.brotli,
                total.brotli - LIMIT
            ),
            "see which file grew; `cargo tree --package tongxing-app --target wasm32-unknown-unknown` \
             shows what pulls a crate in",
        ));
    }
    Ok(())
}

/// Compresses at the highest levels: what a host that compresses beforehand sends.
fn weigh(bytes: &[u8]) -> io::Result<Weight> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let gzip = gzip.finish()?.len();
    let mut brotli = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut brotli, 1 << 16, 11, 22);
        writer.write_all(bytes)?;
        writer.flush()?;
    }
    Ok(Weight {
        raw: bytes.len(),
        gzip,
        brotli: brotli.len(),
    })
}

fn print(weights: &[(&str, Weight)], total: Weight) -> io::Result<()> {
    let widest = weights
        .iter()
        .map(|(path, _)| path.len())
        .max()
        .unwrap_or(0)
        .max(12);
    let mut out = io::stdout().lock();
    let mut line = |name: &str, weight: &Weight| {
        let Weight { raw, gzip, brotli } = weight;
        writeln!(out, "{name:widest$} {raw:>10} {gzip:>10} {brotli:>10}")
    };
    for (path, weight) in weights {
        line(path, weight)?;
    }
    line("total", &total)?;
    writeln!(out, "{:widest$} {:>10} {:>10} {LIMIT:>10}", "limit", "", "")?;
    writeln!(
        out,
        "{:widest$} {:>10} {:>10} {:>10}  (bytes)",
        "", "raw", "gzip", "brotli"
    )
}

#[cfg(test)]
mod tests {
    use super::weigh;

    #[test]
    fn repetition_compresses_and_nothing_weighs_nothing() {
        let weight = weigh(&b"tongxing ".repeat(1000)).unwrap();
        assert_eq!(weight.raw, 9000);
        assert!(weight.brotli < weight.gzip && weight.gzip < 100);
        assert_eq!(weigh(&[]).unwrap().raw, 0);
    }
}
