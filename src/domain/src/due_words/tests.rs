//! Lines that name a day, and lines that do not.

use super::*;
use proptest::prelude::*;

/// A Tuesday.
const TODAY: &str = "2026-11-24";

fn found(line: &str) -> Option<String> {
    find(line, parse_date(TODAY).unwrap()).map(|date| date.to_string())
}

#[test]
fn chinese_lines_name_their_days() {
    for (line, want) in [
        ("今天把报价发过去", "2026-11-24"),
        ("明天送样机", "2026-11-25"),
        ("后天回电", "2026-11-26"),
        ("大后天到货", "2026-11-27"),
        ("周五前给方案", "2026-11-27"),
        ("星期一开会", "2026-11-30"),
        ("周二再谈", "2026-11-24"),
        ("本周日培训", "2026-11-29"),
        ("下周五前把样机摆好", "2026-12-04"),
        ("下下周三复盘", "2026-12-09"),
        ("下个星期二拜访", "2026-12-01"),
        ("下周确认", "2026-12-04"),
        ("周末做活动", "2026-11-29"),
        ("月底回款 20 万", "2026-11-30"),
        ("下月底前补货", "2026-12-31"),
        ("下个月5号发货", "2026-12-05"),
        ("下个月上新", "2026-12-31"),
        ("季度末冲量", "2026-12-31"),
        ("年底返利兑现", "2026-12-31"),
        ("3天内答复", "2026-11-27"),
        ("三天后回访", "2026-11-27"),
        ("两周内装好", "2026-12-08"),
        ("十五天内付清", "2026-12-09"),
        ("2个月后看效果", "2027-01-24"),
        ("12月5日到货", "2026-12-05"),
        ("３月５号交样", "2027-03-05"),
        ("十二月三号签约", "2026-12-03"),
        ("28号对账", "2026-11-28"),
        ("5号对账", "2026-12-05"),
        ("2027年1月8日开业", "2027-01-08"),
        ("一月底验收", "2027-01-31"),
    ] {
        assert_eq!(found(line).as_deref(), Some(want), "{line}");
    }
}

#[test]
fn english_lines_name_their_days() {
    for (line, want) in [
        ("Send the quote today", "2026-11-24"),
        ("call back tomorrow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("samples by Friday", "2026-11-27"),
        ("by next Friday", "2026-12-04"),
        ("this Thursday", "2026-11-26"),
        ("Monday morning", "2026-11-30"),
        ("within 3 days", "2026-11-27"),
        ("in two weeks", "2026-12-08"),
        ("in a month", "2026-12-24"),
        ("pay by end of month", "2026-11-30"),
        ("by the end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("before year end", "2026-12-31"),
        ("end of the quarter", "2026-12-31"),
        ("on 5 March", "2027-03-05"),
        ("Dec 3rd delivery", "2026-12-03"),
        ("due 2026-12-24.", "2026-12-24"),
    ] {
        assert_eq!(found(line).as_deref(), Some(want), "{line}");
    }
}

#[test]
fn other_numbers_and_words_are_no_dates() {
    for line in [
        "补 3 台样机",
        "订单 20261205 已发",
        "单价 12.5 元",
        "周先生负责",
        "mayor visits the shop",
        "sunny spell",
        "tel 138-1234-5678",
        "2026-02-30",
        "满意度 95%",
        "三月份的账",
        "上周五已到货",
        "上个月底对过账",
        "去年底的返利",
        "we met last Friday",
        "",
    ] {
        assert_eq!(found(line), None, "{line}");
    }
}

#[test]
fn the_first_date_counts() {
    assert_eq!(
        found("明天先电话，下周五拜访").as_deref(),
        Some("2026-11-25")
    );
}

proptest! {
    #[test]
    fn any_line_is_read_or_passed_over(line in ".{0,60}", words in "[下本周月年底末三十一0-9日号个后内 ]{0,12}") {
        let today = parse_date(TODAY).unwrap();
        let _ = (find(&line, today), find(&words, today));
    }

    /// Every full date within a line is found.
    #[test]
    fn full_dates_are_found(days in 0i64..20_000) {
        let date = add_days(parse_date("2000-01-01").unwrap(), days);
        prop_assert_eq!(find(&format!("交货 {date} 前"), date), Some(date));
    }
}
