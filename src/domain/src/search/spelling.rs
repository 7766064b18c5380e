//! How a Chinese name sounds, for people who type letters.

use super::sounds::{FINALS, FIRST, INITIALS, LAST, NONE};

/// The initials, then the finals, of all signs; laid out by `build.rs`.
static PLANES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sounds.bin"));

/// How a sign most commonly sounds: the beginning and the rest of its syllable. `None` for what is not
/// a Chinese sign, or so rare that no name has it.
fn sound(sign: char) -> Option<(&'static str, &'static str)> {
    if sign == '〇' {
        return Some(("l", "ing"));
    }
    if !(FIRST..=LAST).contains(&sign) {
        return None;
    }
    let place = (sign as u32 - FIRST as u32) as usize;
    let (initials, finals) = PLANES.split_at(PLANES.len() / 2);
    let initial = *initials.get(place).filter(|initial| **initial != NONE)?;
    let end = finals.get(place)?;
    Some((INITIALS.get(initial as usize)?, FINALS.get(*end as usize)?))
}

/// A name in letters: its syllables, each beginning a new entry. What is not Chinese stays as
/// it is, a run of it as one syllable.
pub(super) fn syllables(folded: &str, is_person: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = folded;
    if is_person && let Some((word, sounds)) = starting_with(SURNAMES, rest) {
        found.extend(sounds.split(' ').map(str::to_owned));
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    let mut in_run = false;
    while let Some(c) = rest.chars().next() {
        if FIRST_SIGNS.contains(c)
            && let Some((word, sounds)) = starting_with(WORDS, rest)
        {
            found.extend(sounds.split(' ').map(str::to_owned));
            rest = rest.get(word.len()..).unwrap_or_default();
            in_run = false;
            continue;
        }
        match (sound(c), found.last_mut()) {
            (Some((initial, rest)), _) => {
                found.push([initial, rest].concat());
                in_run = false;
            }
            (None, Some(run)) if in_run => run.push(c),
            (None, _) => {
                found.push(c.to_string());
                in_run = true;
            }
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    found
}

/// The first letters of syllables; a run of other signs keeps all of its own.
pub(super) fn initials(syllables: &[String], folded: &str) -> String {
    syllables
        .iter()
        .flat_map(|syllable| {
            let whole = folded.contains(syllable.as_str());
            syllable.chars().take(if whole { usize::MAX } else { 1 })
        })
        .collect()
}

fn starting_with(
    list: &'static [(&'static str, &'static str)],
    text: &str,
) -> Option<(&'static str, &'static str)> {
    list.iter()
        .find(|(word, _)| text.starts_with(word))
        .copied()
}

/// The first signs of [`WORDS`], so that most signs are not compared with each word.
const FIRST_SIGNS: &str = "重厦六蚌番佛铅大乐音西单会店家成调旅同行长都曾翟覃";

/// Words in which a sign sounds other than the most common way; longer ones first.
const WORDS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("厦门", "xia men"),
    ("六安", "lu an"),
    ("蚌埠", "beng bu"),
    ("番禺", "pan yu"),
    ("佛山", "fo shan"),
    ("铅山", "yan shan"),
    ("大埔", "da bu"),
    ("乐清", "yue qing"),
    ("音乐", "yin yue"),
    ("西藏", "xi zang"),
    ("单县", "shan xian"),
    ("会计", "kuai ji"),
    ("店长", "dian zhang"),
    ("家长", "jia zhang"),
    ("成长", "cheng zhang"),
    ("调查", "diao cha"),
    ("调度", "diao du"),
    ("旅行", "lv xing"),
    ("同行", "tong xing"),
    ("行知", "xing zhi"),
    ("长", "chang"),
    ("行", "hang"),
    ("都", "du"),
    ("调", "tiao"),
    ("曾", "zeng"),
    ("翟", "zhai"),
    ("覃", "qin"),
];

/// Family names that sound other than the sign does elsewhere.
const SURNAMES: &[(&str, &str)] = &[
    ("万俟", "mo qi"),
    ("尉迟", "yu chi"),
    ("单于", "chan yu"),
    ("单", "shan"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("区", "ou"),
    ("查", "zha"),
    ("乐", "yue"),
    ("朴", "piao"),
    ("缪", "miao"),
    ("盖", "ge"),
    ("薄", "bo"),
    ("员", "yun"),
    ("种", "chong"),
    ("召", "shao"),
    ("折", "she"),
    ("繁", "po"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use pinyin::ToPinyin as _;

    #[test]
    fn every_word_is_reached() {
        for (word, sounds) in WORDS {
            assert_eq!(syllables(word, false).join(" "), *sounds);
        }
        for (name, sounds) in SURNAMES {
            assert_eq!(syllables(name, true).join(" "), *sounds);
        }
    }

    #[test]
    fn signs_sound_as_the_list_that_the_table_is_made_from_says() {
        let mut known = 0;
        for sign in FIRST..=LAST {
            let Some((initial, rest)) = sound(sign) else {
                continue;
            };
            let listed = sign.to_pinyin().map(|sound| sound.plain());
            let listed = listed.map(|plain| plain.replace('ü', "v").replace('ê', "e"));
            assert_eq!(Some([initial, rest].concat()), listed, "{sign}");
            known += 1;
        }
        assert!((8_500..9_500).contains(&known), "{known}");
    }

    #[test]
    fn names_sound_in_simplified_and_traditional_signs_and_in_rare_ones() {
        let sounds = |name| syllables(name, false).join(" ");
        assert_eq!(sounds("苏州听澜厨卫"), "su zhou ting lan chu wei");
        assert_eq!(sounds("廣東龍鳳電業"), "guang dong long feng dian ye");
        assert_eq!(sounds("喆堃珺玥"), "zhe kun jun yue");
    }
}
