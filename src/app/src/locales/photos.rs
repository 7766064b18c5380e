//! Texts of photos.

use super::{Lang, Words, words};

/// Photos.
pub const PHOTOS: Words = words("照片", "Photos");
/// One photo.
pub const PHOTO: Words = words("照片", "Photo");
/// Takes one with the camera.
pub const TAKE: Words = words("拍照", "Take a photo");
/// Chooses some that the device has.
pub const CHOOSE: Words = words("选择照片", "Choose photos");
/// Photos are being scaled down.
pub const BUSY: Words = words("正在处理照片…", "Preparing photos…");
/// There is none.
pub const NONE: Words = words(
    "还没有照片。拍下现场，事后不用争论。",
    "No photos yet. Show how it is on site, and nobody argues later.",
);
/// Takes one away.
pub const REMOVE: Words = words("移除照片", "Remove the photo");
/// It was taken away.
pub const REMOVED: Words = words("已移除照片", "Photo removed");
/// This device does not have the picture.
pub const ELSEWHERE: Words = words("图片不在这台设备上", "The picture is not on this device");

/// A photo's number.
pub fn numbered(lang: Lang, number: usize) -> String {
    match lang {
        Lang::Zh => format!("照片 {number}"),
        Lang::En => format!("Photo {number}"),
    }
}

/// Photos were added.
pub fn added(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("已添加 {count} 张照片"),
        Lang::En if count == 1 => "Photo added".to_owned(),
        Lang::En => format!("{count} photos added"),
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// A file is too large to open.
pub fn too_large(lang: Lang, name: &str, size: u64, limit: u64) -> String {
    let (size, limit) = (megabytes(size), megabytes(limit));
    match lang {
        Lang::Zh => format!("「{name}」有 {size} MB，最多 {limit} MB。请用较小的尺寸再拍一张。"),
        Lang::En => format!(
            "“{name}” has {size} MB; at most {limit} MB can be opened. Take it again in a smaller size."
        ),
    }
}

/// A file is no picture, or a damaged one.
pub fn unreadable(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("「{name}」不是能打开的图片，或者已损坏。没有添加。"),
        Lang::En => format!(
            "“{name}” is not a picture that can be opened, or it is damaged. It was not added."
        ),
    }
}

/// The browser did not encode it.
pub fn not_encoded(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("「{name}」没能缩小保存，可能内存不足。没有添加，请再试一次。"),
        Lang::En => format!(
            "“{name}” could not be scaled down, perhaps for lack of memory. It was not added; try again."
        ),
    }
}
