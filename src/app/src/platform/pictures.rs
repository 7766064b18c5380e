//! Pictures: decoded, scaled down and encoded anew by the browser.
//!
//! The browser turns a photo as its camera held it (EXIF) while it decodes it. What comes out has no notes of
//! the camera any more.

use super::files::PickedFile;
use js_sys::{Array, Uint8Array};
use thiserror::Error;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, Url,
};

/// The media type of what is kept.
const MEDIA: &str = "image/jpeg";
/// The qualities that are tried, the best first.
const QUALITIES: [f64; 4] = [0.85, 0.7, 0.55, 0.4];

/// How large a kept picture may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The most bytes of a file that is opened.
    pub file: u64,
    /// The most bytes that are kept.
    pub bytes: usize,
    /// The sides that are tried in turn, the longest first.
    pub sides: [u32; 3],
}

/// Why a file did not become a picture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The file is too large to open.
    #[error("the file has {size} bytes")]
    TooLarge {
        /// The file's size, in bytes.
        size: u64,
    },
    /// The browser cannot decode it: another kind of file, or a damaged one.
    #[error("not a picture that the browser can read")]
    Unreadable,
    /// The browser did not encode it.
    #[error("the picture cannot be encoded")]
    NotEncoded,
}

/// A picture as it is kept: upright, within the bounds. `fitted` tells width and height at most so long.
///
/// # Errors
/// [`PictureError`]. Nothing of the file is changed.
pub async fn scaled(
    file: &PickedFile,
    bounds: Bounds,
    fitted: impl Fn(u32, u32, u32) -> Option<(u32, u32)>,
) -> Result<Vec<u8>, PictureError> {
    let size = file.size();
    if size > bounds.file {
        return Err(PictureError::TooLarge { size });
    }
    let unreadable = |_: JsValue| PictureError::Unreadable;
    let window = web_sys::window().ok_or(PictureError::Unreadable)?;
    let decoding = window
        .create_image_bitmap_with_blob(file.as_blob())
        .map_err(unreadable)?;
    let picture: ImageBitmap = JsFuture::from(decoding)
        .await
        .and_then(JsCast::dyn_into)
        .map_err(unreadable)?;
    let mut smallest = None;
    'sides: for side in bounds.sides {
        let (width, height) =
            fitted(picture.width(), picture.height(), side).ok_or(PictureError::Unreadable)?;
        let canvas = drawn(&picture, width, height).ok_or(PictureError::NotEncoded)?;
        for quality in QUALITIES {
            let bytes = encoded(&canvas, quality)
                .await
                .ok_or(PictureError::NotEncoded)?;
            let fits = bytes.len() <= bounds.bytes;
            smallest = Some(bytes);
            if fits {
                break 'sides;
            }
        }
    }
    picture.close();
    smallest
        .filter(|bytes| bytes.len() <= bounds.bytes)
        .ok_or(PictureError::NotEncoded)
}

fn drawn(picture: &ImageBitmap, width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    // A picture that is clear in places would turn black.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width.into(), height.into())
        .ok()?;
    Some(canvas)
}

async fn encoded(canvas: &HtmlCanvasElement, quality: f64) -> Option<Vec<u8>> {
    let encoding = js_sys::Promise::new(&mut |done, _| {
        let told = Closure::once_into_js(move |blob: JsValue| {
            // Nobody waits for it any more when this fails.
            let _ = done.call1(&JsValue::NULL, &blob);
        });
        // One that cannot be told apart from no picture: the promise then ends with nothing.
        let _ = canvas.to_blob_with_type_and_encoder_options(
            told.unchecked_ref(),
            MEDIA,
            &quality.into(),
        );
    });
    let blob: Blob = JsFuture::from(encoding).await.ok()?.dyn_into().ok()?;
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// An address under which the page can show a kept picture; it is given up by [`PictureAddress::drop`].
#[derive(Debug)]
pub struct PictureAddress(String);

impl PictureAddress {
    /// The address of a picture's bytes; `None` when the browser has no room for it.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(MEDIA);
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for PictureAddress {
    fn drop(&mut self) {
        // An address that is already invalid is what is wanted.
        let _ = Url::revoke_object_url(&self.0);
    }
}
