//! Files in and texts out: picking, reading, saving, sharing, copying.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Reflect, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DomException, Event, File, HtmlAnchorElement, HtmlInputElement,
    Navigator, ShareData, Url,
};

/// How long a saved file's address stays valid, in milliseconds: some browsers fetch it only once the
/// person has agreed.
const ADDRESS_LIFE_MS: u32 = 60_000;

/// A file that the person picked; nothing of it is read yet.
#[derive(Clone, Debug)]
pub struct PickedFile {
    file: File,
}

/// Why a file could not be read or saved.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// The file is larger than the caller takes.
    #[error("the file has {size} bytes, the limit is {limit}")]
    TooLarge {
        /// The file's size, in bytes.
        size: u64,
        /// The most the caller takes, in bytes.
        limit: u64,
    },
    /// The file cannot be read: moved, removed or changed since it was picked, or no right to read it.
    #[error("the file cannot be read: {detail}")]
    Unreadable {
        /// What the browser said.
        detail: String,
    },
    /// The browser did not save the file.
    #[error("the file cannot be saved: {detail}")]
    NotSaved {
        /// What the browser said.
        detail: String,
    },
}

/// The files that the person picked, from the `change` event of an `<input type="file">`. The input is
/// emptied, so that picking the same file again is a change too.
#[must_use]
pub fn picked(event: &Event) -> Vec<PickedFile> {
    let Some(input) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
    else {
        return Vec::new();
    };
    let files = input.files().map_or_else(Vec::new, |files| {
        (0..files.length())
            .filter_map(|index| files.get(index))
            .map(|file| PickedFile { file })
            .collect()
    });
    input.set_value("");
    files
}

impl PickedFile {
    /// The file's name, without a folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.file.name()
    }

    /// The file's size, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.file.size() as u64
    }

    /// The file as the browser knows it.
    #[must_use]
    pub fn as_blob(&self) -> &Blob {
        &self.file
    }

    /// The file's bytes. A file of more than `limit` bytes is refused before any of it is read.
    ///
    /// # Errors
    /// [`FileError::TooLarge`], [`FileError::Unreadable`].
    pub async fn read(&self, limit: u64) -> Result<Vec<u8>, FileError> {
        let size = self.size();
        if size > limit {
            return Err(FileError::TooLarge { size, limit });
        }
        let buffer = JsFuture::from(self.file.array_buffer())
            .await
            .map_err(|error| FileError::Unreadable {
                detail: what_was_said(&error),
            })?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

impl From<File> for PickedFile {
    fn from(file: File) -> Self {
        Self { file }
    }
}

/// Saves bytes as a download called `name`, of the media type `media`.
///
/// # Errors
/// [`FileError::NotSaved`]. The browser does not tell whether the person then keeps the file.
pub fn save(name: &str, media: &str, bytes: &[u8]) -> Result<(), FileError> {
    try_save(name, media, bytes).map_err(|error| FileError::NotSaved {
        detail: what_was_said(&error),
    })
}

fn try_save(name: &str, media: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or("no page")?;
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&file_name(name));
    link.click();
    Timeout::new(ADDRESS_LIFE_MS, move || {
        // An address that is already invalid is what is wanted.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

/// A name that every system takes: no separators, no reserved signs, no control characters, at most 120
/// characters.
#[must_use]
pub fn file_name(name: &str) -> String {
    let clean: String = name
        .chars()
        .map(|c| {
            if c.is_control() || r#"/\:*?"<>|"#.contains(c) {
                '-'
            } else {
                c
            }
        })
        .collect();
    let clean = clean.trim().trim_start_matches('.');
    if clean.chars().count() <= 120 {
        return clean.to_owned();
    }
    // The ending says what the file is, so the name before it is cut.
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 8 => (stem, format!(".{ending}")),
        _ => (clean, String::new()),
    };
    let stem: String = stem.chars().take(120 - ending.len()).collect();
    stem + &ending
}

/// What became of a text that was to be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The person passed it on.
    PassedOn,
    /// The device cannot share, so it lies on the clipboard: say so.
    Copied,
    /// The person changed their mind.
    Cancelled,
}

/// The text reached neither another app nor the clipboard. Show it for copying by hand.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the text could not be copied: {detail}")]
pub struct NotCopied {
    /// What the browser said.
    pub detail: String,
}

/// Offers a text to the device's other apps, or puts it on the clipboard where that is not possible.
/// Call it from a tap: browsers allow it nowhere else.
///
/// # Errors
/// [`NotCopied`].
pub async fn share(title: &str, text: &str) -> Result<Shared, NotCopied> {
    if let Some(navigator) = navigator()
        && has(&navigator, "share")
    {
        let data = ShareData::new();
        data.set_title(title);
        data.set_text(text);
        match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => return Ok(Shared::PassedOn),
            Err(error) if is_named(&error, "AbortError") => return Ok(Shared::Cancelled),
            // Not allowed, or nothing to share with: the clipboard is left.
            Err(_) => {}
        }
    }
    copy(text).await.map(|()| Shared::Copied)
}

/// A link that opens a mail in the device's own program (RFC 6068); without an address the person
/// chooses whom it goes to.
#[must_use]
pub fn mail_link(addresses: &[String], subject: &str, text: &str) -> String {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let to: Vec<String> = addresses.iter().map(|address| encoded(address)).collect();
    let body = text.replace('\n', "\r\n");
    format!(
        "mailto:{}?subject={}&body={}",
        to.join(","),
        encoded(subject),
        encoded(&body)
    )
}

/// Puts a text on the clipboard. Call it from a tap.
///
/// # Errors
/// [`NotCopied`].
pub async fn copy(text: &str) -> Result<(), NotCopied> {
    let clipboard = navigator().filter(|navigator| has(navigator, "clipboard"));
    let Some(navigator) = clipboard else {
        return Err(NotCopied {
            detail: "no clipboard".to_owned(),
        });
    };
    match JsFuture::from(navigator.clipboard().write_text(text)).await {
        Ok(_) => Ok(()),
        Err(error) => Err(NotCopied {
            detail: what_was_said(&error),
        }),
    }
}

fn navigator() -> Option<Navigator> {
    web_sys::window().map(|window| window.navigator())
}

/// Whether the browser has a property; older ones and pages without a safe connection lack some.
fn has(navigator: &Navigator, name: &str) -> bool {
    Reflect::get(navigator, &name.into()).is_ok_and(|value| !value.is_undefined())
}

fn is_named(error: &JsValue, name: &str) -> bool {
    error
        .dyn_ref::<DomException>()
        .is_some_and(|error| error.name() == name)
}

fn what_was_said(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_suit_every_system() {
        assert_eq!(file_name("同行 2026/03:a.xlsx"), "同行 2026-03-a.xlsx");
        assert_eq!(file_name(" ..hidden\n"), "hidden-");
        let long = file_name(&("长".repeat(300) + ".csv"));
        assert_eq!(long.chars().count(), 120);
        assert!(long.ends_with("长.csv"));
    }
}
