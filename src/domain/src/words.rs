//! Text in the two languages of the product. A text cannot exist in one of them alone.

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language for a browser's preference such as `zh-CN` or `en-GB`: Chinese for any
    /// Chinese, English for everything else.
    pub fn for_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// The BCP 47 tag to announce to the browser.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// One fixed text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text in a language.
    pub const fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A text in both languages.
pub const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_chinese_browser_gets_chinese() {
        for tag in ["zh", "zh-CN", "zh-Hant-TW", "ZH-hk"] {
            assert_eq!(Lang::for_tag(tag), Lang::Zh);
        }
        for tag in ["en-US", "de", "", "azh"] {
            assert_eq!(Lang::for_tag(tag), Lang::En);
        }
    }
}
