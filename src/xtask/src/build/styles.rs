//! One style sheet for the page. The sources are split along ideas; a visitor asks once, and one file
//! packs tighter than several.

use std::fs;
use std::path::Path;

use super::PAGE;
use crate::error::{Error, Result};

/// The sheet's name. The digits stand where [`super::names`] puts those of the content.
const SHEET: &str = "style-0000000000000000.css";

/// Joins the sheets that the page links, in its order, and links the one in place of the first.
pub(super) fn join(site: &Path) -> Result<()> {
    let page = site.join(PAGE);
    let text = fs::read_to_string(&page).map_err(Error::file(&page))?;
    let (text, names) = with_one_link(&text)?;
    let mut joined = String::new();
    for name in names {
        let sheet = site.join(name);
        joined += fs::read_to_string(&sheet)
            .map_err(Error::file(&sheet))?
            .trim();
        fs::remove_file(&sheet).map_err(Error::file(&sheet))?;
    }
    let sheet = site.join(SHEET);
    fs::write(&sheet, joined).map_err(Error::file(&sheet))?;
    fs::write(&page, text).map_err(Error::file(&page))
}

/// The page with its first link to a style sheet leading to [`SHEET`] and without the others, and the
/// names of the sheets that it linked.
fn with_one_link(page: &str) -> Result<(String, Vec<String>)> {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("<link") {
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |length| start + length + 1);
        let tag = &rest[start..end];
        text += &rest[..start];
        rest = &rest[end..];
        if attribute(tag, "rel") != Some("stylesheet") {
            text += tag;
            continue;
        }
        if attribute(tag, "media").is_some() {
            return Err(Error::advised(
                format!("joining the style sheets would lose the media of {tag}"),
                "put the rules inside @media in the sheet itself",
            ));
        }
        let name = attribute(tag, "href")
            .and_then(|href| href.rsplit('/').next())
            .unwrap_or_default();
        if names.is_empty() {
            text += &tag.replace(name, SHEET);
        }
        names.push(name.to_owned());
    }
    if names.is_empty() {
        return Err(Error::Problem("the page links no style sheet".to_owned()));
    }
    Ok((text + rest, names))
}

/// An attribute's value, with quotes or, as the minifier leaves it, without.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([' ', '>']).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::{SHEET, with_one_link};

    #[test]
    fn one_link_stands_where_the_first_stood() {
        for (page, joined) in [
            (
                "<link rel=icon href=i.svg><link href=/at/b-1.css rel=stylesheet>\
                 <link href=/at/a-2.css rel=stylesheet><script></script>",
                format!(
                    "<link rel=icon href=i.svg><link href=/at/{SHEET} rel=stylesheet>\
                     <script></script>"
                ),
            ),
            (
                "<head><link rel=\"stylesheet\" href=\"./b-1.css\"/>\n\
                 <link rel=\"stylesheet\" href=\"./a-2.css\"/></head>",
                format!("<head><link rel=\"stylesheet\" href=\"./{SHEET}\"/>\n</head>"),
            ),
        ] {
            let (text, names) = with_one_link(page).unwrap();
            assert_eq!(text, joined);
            assert_eq!(names, ["b-1.css", "a-2.css"]);
        }
    }

    #[test]
    fn what_would_change_the_looks_is_refused() {
        for page in [
            "<link href=b-1.css rel=stylesheet media=print>",
            "<link rel=icon href=i.svg>",
        ] {
            assert!(with_one_link(page).is_err(), "{page}");
        }
    }
}
