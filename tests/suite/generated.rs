//! Generated pages: random lay-out, dates, events and invented counterparts; extraction returns what
//! was generated. `DICTUM_CASES` sets how many (a few hundred in an ordinary run).

use crate::spans::read_records;
use dictum::record::Record;
use proptest::prelude::*;
use proptest::sample::select;

/// One excerpt of a page and what must be found in it.
#[derive(Debug, Clone)]
struct Excerpt {
    paragraphs: Vec<String>,
    date: (String, Option<String>),
    event: (&'static str, &'static str, &'static str),
    people: Vec<(String, String, String)>,
    layout: usize,
}

const SYLLABLES: [&str; 22] = [
    "阿", "巴", "卡", "达", "埃", "法", "加", "哈", "伊", "杰", "科", "拉", "洛", "尼", "奥", "佩", "罗",
    "萨", "塔", "乌", "维", "扎",
];
const PLACES: [&str; 13] = [
    "法国",
    "德国",
    "埃及",
    "新西兰",
    "巴布亚新几内亚",
    "特立尼达和多巴哥",
    "圣多美和普林西比",
    "老挝",
    "南非",
    "智利",
    "塞尔维亚",
    "印度尼西亚",
    "刚果（布）",
];
const OFFICES: [&str; 14] = [
    "总统",
    "总理",
    "首相",
    "国王",
    "外交部长",
    "副总统兼外长",
    "国防大臣",
    "议长",
    "总统特使",
    "前总统",
    "候任总理",
    "人民党中央总书记、国家主席",
    "能源与基础设施部长",
    "秘书长",
];

/// Type, words before the counterparts, words after; several counterparts fit all of them.
const EVENTS: [(&str, &str, &str); 13] = [
    ("phone-call", "同", "通话"),
    ("phone-call", "应约同", "通电话"),
    ("video-meeting", "同", "举行视频会晤"),
    ("meeting", "会见", "时的讲话"),
    ("meeting", "在北京会见", "时的谈话"),
    ("meeting", "分别会见", "时的讲话"),
    ("talks", "同", "会谈时的讲话"),
    ("condolence-message", "就当地发生地震致", "的慰问电"),
    ("condolence-message", "致", "的唁电"),
    ("congratulatory-message", "致", "的贺信"),
    ("reply-letter", "给", "的回信"),
    ("joint-press", "同", "共同会见记者时的讲话"),
    ("letter", "致", "的信"),
];

fn name() -> impl Strategy<Value = String> {
    let part = || proptest::collection::vec(select(&SYLLABLES[..]), 2..5).prop_map(|parts| parts.concat());
    prop_oneof![3 => part(), 1 => (part(), part()).prop_map(|(first, last)| format!("{first}·{last}"))]
}

fn person() -> impl Strategy<Value = (String, String, String)> {
    (select(&PLACES[..]), select(&OFFICES[..]), name())
        .prop_map(|(place, office, name)| (place.into(), office.into(), name))
}

/// As written, and in EDTF.
fn date() -> impl Strategy<Value = (String, Option<String>)> {
    let digits = |number: u32| {
        number
            .to_string()
            .bytes()
            .map(|b| ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"][usize::from(b - b'0')])
            .collect::<String>()
    };
    (1949..2030_u32, 1..=12_u32, 1..=28_u32, 0..7_u8).prop_map(move |(year, month, day, form)| match form {
        0 => (format!("{year}年{month}月"), Some(format!("{year}-{month:02}"))),
        1 => (format!("{year}年"), Some(format!("{year}"))),
        2 => (format!("{year} 年 {month} 月 {day} 日"), Some(format!("{year}-{month:02}-{day:02}"))),
        3 if day < 28 => (
            format!("{year}年{month}月{day}日至{}日", day + 1),
            Some(format!("{year}-{month:02}-{day:02}/{year}-{month:02}-{:02}", day + 1)),
        ),
        4 if month < 10 && day < 10 => (
            format!("{}年{}月{}日", digits(year), digits(month), digits(day)),
            Some(format!("{year}-{month:02}-{day:02}")),
        ),
        5 => (format!("{year}年2月30日"), None),
        _ => (format!("{year}年{month}月{day}日"), Some(format!("{year}-{month:02}-{day:02}"))),
    })
}

fn excerpt() -> impl Strategy<Value = Excerpt> {
    let sentence = select(
        &[
            "中方愿意提供帮助。",
            "要守望相助。",
            "（一）病毒没有国界；疫情不分种族！",
            "他说：“好。”",
            "这是2019年（去年）的事。",
            "第一，要合作。",
        ][..],
    );
    let paragraph = proptest::collection::vec(sentence, 1..4).prop_map(|parts| parts.concat());
    let paragraphs = proptest::collection::vec(paragraph, 1..4);
    (paragraphs, date(), select(&EVENTS[..]), proptest::collection::vec(person(), 1..4), 0..6_usize).prop_map(
        |(paragraphs, date, event, people, layout)| Excerpt { paragraphs, date, event, people, layout },
    )
}

impl Excerpt {
    fn citation(&self) -> String {
        let people: Vec<String> =
            self.people.iter().map(|(place, office, name)| format!("{place}{office}{name}")).collect();
        let joined = match people.as_slice() {
            [first, second] => format!("{first}和{second}"),
            _ => people.join("、"),
        };
        format!("{}{}{joined}{}", self.date.0, self.event.1, self.event.2)
    }

    fn page(&self) -> String {
        let text = self.paragraphs.join("\n\n");
        let citation = self.citation();
        match self.layout {
            0 => format!("{text}\n\n({citation})\n\n"),
            1 => format!("{text}\n（{citation}）\n\n"),
            2 => format!("{text}（{citation}）\n"),
            3 => format!("{text}\n\n——{citation}\n\n"),
            4 => format!("　　{text}\r\n\r\n　　（{citation}）\r\n"),
            _ => format!("◆ {text}\n（{citation}）\n图为会见现场。\n"),
        }
    }
}

fn wrong(excerpt: &Excerpt, found: &Record) -> Option<String> {
    let people: Vec<_> = found
        .counterparts
        .iter()
        .map(|one| {
            (
                one.represents.clone().unwrap_or_default(),
                one.office.clone().unwrap_or_default(),
                one.name.clone(),
            )
        })
        .collect();
    let text = excerpt.paragraphs.join("\n");
    let kind = found.event.as_ref().map(|event| event.kind.as_str()).unwrap_or_default();
    let citation = excerpt.citation();
    (found.text != text
        || found.citation.as_ref() != Some(&citation)
        || found.date != excerpt.date.1
        || kind != excerpt.event.0
        || people != excerpt.people)
        .then(|| format!("{excerpt:?}\n{found:?}"))
}

/// How many cases a property is tried on.
pub fn cases() -> u32 {
    std::env::var("DICTUM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn extraction_returns_what_was_generated(excerpts in proptest::collection::vec(excerpt(), 1..5)) {
        let page: String = "●某某\n\n".chars().chain(excerpts.iter().flat_map(|excerpt| excerpt.page().chars().collect::<Vec<_>>())).collect();
        let found = read_records(&page, Some("zh"));
        prop_assert_eq!(found.len(), excerpts.len(), "{}", page);
        for (excerpt, found) in excerpts.iter().zip(&found) {
            prop_assert!(wrong(excerpt, found).is_none(), "{}", wrong(excerpt, found).unwrap_or_default());
        }
    }
}
