//! Weighing what a first visit loads.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::build::{PAGE, SERVICE_WORKER, SiteFile, kept, parts};
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
/// all that it keeps then; below, of the parts that are loaded when they are first needed. Fails when the
/// first visit is above the limit.
pub(crate) fn run(site: &Path) -> Result<()> {
    let mut files = kept(site)?;
    for name in [PAGE, SERVICE_WORKER] {
        let path = site.join(name);
        let bytes = fs::read(&path).map_err(Error::file(&path))?;
        files.push(SiteFile {
            path: name.to_owned(),
            bytes,
        });
    }
    let parts = parts(site)?;
    let (first, later) = (weigh_all(&files)?, weigh_all(&parts)?);
    print(&first, &later).map_err(Error::file(Path::new("standard output")))?;
    let brotli = total(&first).brotli;
    if brotli > LIMIT {
        return Err(Error::advised(
            format!(
                "a first visit loads {brotli} bytes, {} more than the limit",
                brotli - LIMIT
            ),
            "see which file grew; `cargo tree --package tongxing-app --target wasm32-unknown-unknown` \
             shows what pulls a crate in",
        ));
    }
    Ok(())
}

/// Files with their weights, the heaviest first.
fn weigh_all(files: &[SiteFile]) -> Result<Vec<(&str, Weight)>> {
    let mut weights = Vec::new();
    for file in files {
        let weight = weigh(&file.bytes).map_err(Error::file(Path::new(&file.path)))?;
        weights.push((file.path.as_str(), weight));
    }
    weights.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.brotli));
    Ok(weights)
}

fn total(weights: &[(&str, Weight)]) -> Weight {
    weights
        .iter()
        .fold(Weight::default(), |sum, (_, weight)| Weight {
            raw: sum.raw + weight.raw,
            gzip: sum.gzip + weight.gzip,
            brotli: sum.brotli + weight.brotli,
        })
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

fn print(first: &[(&str, Weight)], later: &[(&str, Weight)]) -> io::Result<()> {
    let widest = first
        .iter()
        .chain(later)
        .map(|(path, _)| path.len())
        .fold("when first needed".len(), usize::max);
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:widest$} {:>10} {:>10} {:>10}",
        "bytes", "raw", "gzip", "brotli"
    )?;
    let mut list = |name: &str, weights: &[(&str, Weight)]| {
        let total = ("", total(weights));
        for (path, Weight { raw, gzip, brotli }) in weights.iter().chain([&total]) {
            let name = if path.is_empty() { name } else { path };
            writeln!(out, "{name:widest$} {raw:>10} {gzip:>10} {brotli:>10}")?;
        }
        writeln!(out)
    };
    list("first visit", first)?;
    list("when first needed", later)?;
    writeln!(out, "limit of the first visit, brotli: {LIMIT}")
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
