//! Small marks: the dealer's glyph, badges with a tone, the mark of internal things.

use super::icon::Icon;
use crate::locales::shell;
use crate::state::scene::scene;
use tongxing_domain::id::Uuid;
use tongxing_domain::pacing::Rag;
use tongxing_view::prelude::*;

/// How something stands. Always said in a word as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Worth watching.
    Watch,
    /// Needs doing.
    Risk,
    /// Good to know.
    Info,
    /// Neither good nor bad.
    None,
}

impl Tone {
    /// The value of `data-tone`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Watch => "watch",
            Self::Risk => "risk",
            Self::Info => "info",
            Self::None => "none",
        }
    }
}

/// The tone of a goal's standing.
pub const fn rag_tone(rag: Rag) -> Tone {
    match rag {
        Rag::Good => Tone::Good,
        Rag::Watch => Tone::Watch,
        Rag::Risk => Tone::Risk,
        Rag::TooEarly | Rag::NoData => Tone::None,
    }
}

/// A word with a tone.
pub fn badge(tone: Tone, word: impl Into<String>) -> View {
    view! { <span class="badge" data-tone=tone.key()>{word.into()}</span> }
}

/// Parts with a dot between them; none of them breaks.
pub fn dotted(parts: Vec<String>) -> View {
    parts
        .into_iter()
        .enumerate()
        .map(|(place, part)| {
            view! {
                {(place > 0).then_some(" · ")}
                <span class="nowrap">{part}</span>
            }
        })
        .collect_view()
        .into_view()
}

/// The mark of something that the dealer never sees.
pub fn internal_mark() -> View {
    view! { <span class="internal">{Icon::Lock.draw()}{scene().t(shell::INTERNAL)}</span> }
}

/// A dealer's glyph: one character of its name in a colour of its own.
pub fn glyph(name: &str, id: Uuid, large: bool) -> View {
    view! {
        <span class="glyph" data-hue=glyph_hue(id).to_string() data-size=large.then_some("large") aria-hidden="true">
            {glyph_text(name)}
        </span>
    }
}

/// A glyph's colour, 0–7.
pub fn glyph_hue(id: Uuid) -> u8 {
    let mix = |sum: u8, byte: &u8| sum.wrapping_mul(31).wrapping_add(*byte);
    id.as_bytes().iter().fold(0, mix) % 8
}

/// A glyph's text. Place names and legal forms tell nothing apart: 宁波华盛厨电有限公司 is 华.
pub fn glyph_text(name: &str) -> String {
    const PLACES: &[&str] = &[
        "北京",
        "上海",
        "天津",
        "重庆",
        "杭州",
        "宁波",
        "温州",
        "嘉兴",
        "绍兴",
        "金华",
        "台州",
        "湖州",
        "南京",
        "苏州",
        "无锡",
        "常州",
        "南通",
        "扬州",
        "徐州",
        "合肥",
        "芜湖",
        "广州",
        "深圳",
        "佛山",
        "东莞",
        "中山",
        "珠海",
        "武汉",
        "长沙",
        "南昌",
        "郑州",
        "洛阳",
        "济南",
        "青岛",
        "烟台",
        "成都",
        "绵阳",
        "西安",
        "昆明",
        "贵阳",
        "南宁",
        "福州",
        "厦门",
        "泉州",
        "沈阳",
        "大连",
        "长春",
        "哈尔滨",
        "石家庄",
        "太原",
        "兰州",
        "海口",
    ];
    let name = name.trim();
    let core = PLACES
        .iter()
        .find_map(|place| name.strip_prefix(place))
        .map(|rest| rest.strip_prefix('市').unwrap_or(rest))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name);
    let mut words = core
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    match words.next() {
        Some(first) if first.is_ascii() => {
            let second = words.next().filter(char::is_ascii);
            [Some(first), second]
                .into_iter()
                .flatten()
                .flat_map(char::to_uppercase)
                .collect()
        }
        Some(first) => first.to_string(),
        None => "·".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::glyph_text;

    #[test]
    fn a_glyph_is_what_tells_names_apart() {
        assert_eq!(glyph_text("宁波华盛厨电有限公司"), "华");
        assert_eq!(glyph_text("杭州市西子厨卫"), "西");
        assert_eq!(glyph_text("Golden home kitchens"), "GH");
        assert_eq!(glyph_text("上海"), "上");
        assert_eq!(glyph_text("  "), "·");
    }
}
