//! Lays out how Chinese signs sound in few bytes: the table of the `pinyin` crate knows tones, readings and
//! rare signs that nobody searches by, and would be a sixth of the first visit.
//!
//! Two planes of a byte for each sign of U+4E00 to U+9FFF: the initial, then the final, as numbers of the
//! lists in `src/search/sounds.rs`; 255 for a sign without a reading. Apart they compress twice as well.

use pinyin::ToPinyin as _;
use std::{env, fs, io, path::Path};

#[path = "src/search/sounds.rs"]
mod sounds;

use sounds::{FINALS, FIRST, INITIALS, LAST, NONE};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/search/sounds.rs");
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let parts: Vec<(u8, u8)> = (FIRST..=LAST).map(parts).collect();
    let initials = parts.iter().map(|(initial, _)| *initial);
    let finals = parts.iter().map(|(_, final_)| *final_);
    let planes: Vec<u8> = initials.chain(finals).collect();
    fs::write(Path::new(&folder).join("sounds.bin"), planes)
}

/// Signs that names are written with beyond the two standard lists.
const NAMES: &str = "喆堃珺玥祎翀煊昇甯犇垚燊頔旻晞禛祺玕珅珩玙玮珞珽琎琤琮琭瑄瑀瑢璟璠璐琯焜烜淏浥洺湉溍濛旸昶栩楗樾橦檬\
沄沚蓁彧怿愔嫄妤娅婳媖孖峣嶷仝伃佲俣冇冮凇劼勍卲叡闫濠鎏鑫焱淼晟晗昕昀骐骁骉骢翊翎翯霈霂霏靓颢颉飏饴馔邈遨逯郗郜鄯酆钰钺铖锟镕镒\
濮祉禤祐秾稷穰窈筠箐篁粲糸綦缇缦罡罹羿翥翾耜聿肇脩臻舢艟芃芊苒苡茏茜荻菀菡萸葳蒨蔺蕤薇藜蘅虬虢蜓衍衎袆褚觅觐誉谌谡贇赟跞轩辉";

/// Whether names are written with a sign: it is in the standard for simplified Chinese (GB 2312), among
/// the frequent half of that for traditional Chinese (Big5), or known from names.
fn is_used(sign: char) -> bool {
    let text = sign.to_string();
    let (simplified, _, unknown) = encoding_rs::GBK.encode(&text);
    let in_gb2312 = !unknown && matches!(*simplified, [0xB0..=0xF7, 0xA1..=0xFE]);
    let (traditional, _, unknown) = encoding_rs::BIG5.encode(&text);
    let in_big5 = !unknown && matches!(*traditional, [0xA4..=0xC6, _]);
    in_gb2312 || in_big5 || NAMES.contains(sign)
}

/// The numbers of a sign's initial and final.
fn parts(sign: char) -> (u8, u8) {
    let none = (NONE, NONE);
    if !is_used(sign) {
        return none;
    }
    let Some(sound) = sign.to_pinyin() else {
        return none;
    };
    // On a keyboard ü is v.
    let plain = sound.plain().replace('ü', "v").replace('ê', "e");
    // "zh" before "z": the longest initial that leaves a final.
    let split = |initial: usize| {
        let rest = plain.strip_prefix(INITIALS[initial])?;
        let rest = FINALS.iter().position(|known| *known == rest)?;
        Some((initial as u8, rest as u8))
    };
    (0..INITIALS.len())
        .filter_map(split)
        .max_by_key(|(initial, _)| INITIALS[usize::from(*initial)].len())
        .unwrap_or(none)
}
