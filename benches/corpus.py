"""A made-up corpus of any size in Dictum's own formats, the same bytes each time.

Usage: python3 benches/corpus.py N OUT [--seed S] [--tables]

Writes `OUT/records.jsonl`, N complete records as `dictum extract` prints them, and `OUT/data/`, a folder for
`--data` with the data set and the authorities that the records name. With --tables, `OUT/tables/` holds the
same records as CSV for programs that map tables; `map_peers/tables.py` says which. A smaller corpus is the
beginning of a bigger one.

Nobody in it lives and nothing in it was said. What makes real corpora hard is there: dates that are months,
years or spans of days, events that several quotations share, two languages, people nobody knows, texts with
quotation marks, line ends, tabs, backslashes and characters outside the Basic Multilingual Plane.
"""

import argparse
import calendar
import csv
import hashlib
import json
import random
import re
from collections import namedtuple
from datetime import date, timedelta
from itertools import accumulate, count, islice
from pathlib import Path

SPACE = "https://example.org/corpus/"
PEOPLE, STRANGERS, COUNTRIES = 150, 400, 190
SENTENCES = {"zh": 40_000, "en": 8000}
OF_EACH_PLACE = 12
FIRST_DAY, DAYS = date(1995, 1, 1), 11_000

# Name, kind of text, how often of 100, labels, and how a citation calls it. The first and the last are of
# `ontology/event-types.ttl`. Those that have an occasion or a title are mostly without a counterpart.
EventType = namedtuple("EventType", "name mode share label citation")
EVENT_TYPES = [
    EventType("meeting", "official-readout", 28, {"en": "meeting", "zh": "会见"},
              {"en": "meeting with {whom}, {date}", "zh": "{date}会见{whom}"}),
    EventType("talks", "official-readout", 14, {"en": "talks", "zh": "会谈"},
              {"en": "talks with {whom}, {date}", "zh": "{date}同{whom}会谈"}),
    EventType("phone-call", "official-readout", 16, {"en": "phone call", "zh": "通话"},
              {"en": "phone call with {whom}, {date}", "zh": "{date}同{whom}通话"}),
    EventType("reply-letter", "letter-text", 8, {"en": "reply letter", "zh": "复信"},
              {"en": "reply letter to {whom}, {date}", "zh": "{date}给{whom}的复信"}),
    EventType("condolence-message", "letter-text", 8, {"en": "condolence message", "zh": "慰问电"},
              {"en": "message of condolence to {whom}, {date}", "zh": "{date}致{whom}的慰问电"}),
    EventType("speech", "speech-excerpt", 18, {"en": "speech", "zh": "讲话"},
              {"en": "speech at {what}, {date}", "zh": "{date}在{what}的讲话"}),
    EventType("article", "published-text", 8, {"en": "article", "zh": "文章"},
              {"en": "article “{what}”, {date}", "zh": "{date}《{what}》"}),
]
FIELD_OF_WORDS = {"speech": "occasion", "article": "title"}

# Themes of `ontology/themes.ttl` with some of the cues that show them.
CUES = {
    "africa-developing-countries": {"zh": ["非洲国家"], "en": ["African countries"]},
    "aid-given": {"zh": ["力所能及的援助", "力所能及的帮助"], "en": ["offer assistance to"]},
    "aid-received-gratitude": {"zh": ["患难见真情", "投桃报李"], "en": ["grateful for the support"]},
    "bilateral-friendship": {"zh": ["两国关系", "战略伙伴"], "en": ["bilateral relations", "strategic partnership"]},
    "border-quarantine-imported-cases": {"zh": ["输入病例"], "en": ["travel restrictions"]},
    "citizens-students-abroad": {"zh": ["留学生"], "en": ["overseas citizens"]},
    "covid-19-pandemic": {"zh": ["疫情"], "en": ["the pandemic"]},
    "experience-sharing": {"zh": ["防控经验", "诊疗经验"], "en": ["sharing experience"]},
    "g20": {"zh": ["二十国集团"], "en": ["Group of 20"]},
    "international-cooperation": {"zh": ["国际合作", "抗疫合作"], "en": ["joint response"]},
    "life-and-health": {"zh": ["生命健康", "生命安全和身体健康"], "en": ["life and health"]},
    "openness-transparency": {"zh": ["公开、透明", "及时发布信息"], "en": ["open and transparent"]},
    "prevention-control": {"zh": ["防控措施", "防控举措"], "en": ["prevention and control measures"]},
    "public-health-governance": {"zh": ["公共卫生体系", "全球卫生治理"], "en": ["global health governance"]},
    "public-health-security": {"zh": ["公共卫生安全"], "en": ["global health security"]},
    "responsible-major-country": {"zh": ["负责任大国"], "en": ["responsible major country"]},
    "resumption-of-work": {"zh": ["复工复产"], "en": ["resumption of work"]},
    "solidarity-shared-future": {"zh": ["团结合作", "人类命运共同体"], "en": ["a shared future for mankind"]},
    "stigma-politicisation": {"zh": ["污名化"], "en": ["stigmatization"]},
    "sympathy-condolence": {"zh": ["诚挚慰问"], "en": ["sincere sympathy"]},
    "trade-supply-chains": {"zh": ["供应链", "国际贸易"], "en": ["supply chains", "international trade"]},
    "united-nations": {"zh": ["联合国宪章"], "en": ["UN Charter"]},
    "vaccines-medicines-research": {"zh": ["疫苗", "科研攻关"], "en": ["vaccines", "medical research"]},
    "world-economy": {"zh": ["世界经济"], "en": ["global economy"]},
}

# What sentences are made of: the words of each row, of which every `*` of a form takes one by chance. There
# are so many that few sentences are alike over the length that makes a shared wording of them.
ROWS = {
    "zh": {
        "who": "我们 各国 大家 双方 各方 人民 青年 专家 学者 学校 工人 农民 企业 家庭 城市 乡村 邻居 老师 医生 同行 朋友 代表 社会 "
               "读者 市民 船员 牧民 渔民 画家 司机 编辑 译者 厨师 园丁 木匠 邮差 记者 裁缝 乐队 球队",
        "modal": "应当 愿意 需要 可以 正在 希望 能够 已经 必须 准备 打算 继续 始终 往往 逐步 共同 分别 再次 及时 主动",
        "verb": "推动 支持 讨论 关注 重视 研究 促进 完善 落实 总结 介绍 安排 组织 开展 拓展 探索 改进 规划 记录 整理 参加 宣传 "
                "检查 调整 恢复 筹备 商量 观察 维护 保留 增加 学习 听取 回答 寻找 建立 打造 修订 评估 展示",
        "like": "新的 旧的 重要 长期 日常 地方 海上 山区 城乡 春季 冬季 公共 民间 传统 现代 基层 共同 跨境 科学 文化 艺术 体育 绿色 数字",
        "matter": "教育 铁路 港口 音乐 书籍 桥梁 种子 气象 道路 市场 电网 水利 森林 渔业 农田 航线 图书 展览 课程 工艺 住房 灯塔 "
                  "邮政 花园 地图 语言 语法 诗歌 戏剧 电影 摄影 天文 地质 考古 陶瓷 纺织 茶叶 果园 牧场 湿地 候鸟 湖泊 岛屿 渡船 "
                  "车站 机场 仓库 码头 工厂 学堂 医院 剧院 球场 公园 档案 账目 标准 方案 计划 项目",
        "then": "然后 随后 同时 从而 并且 因此 接着 另外 今后 最终 眼下 如今 此外 当年 明年 往后",
    },
    "en": {
        "who": "we|many people|all sides|the experts|young people|both peoples|farmers|doctors|sailors|"
               "engineers|printers|gardeners|readers|carpenters|the clerks|neighbours|singers|drivers",
        "modal": "will|should|can|must|want to|hope to|plan to|like to|often|rarely|always|sometimes|today",
        "verb": "discuss|remember|describe|examine|improve|arrange|support|follow|study|collect|repair|plan|"
                "count|compare|prepare|explain|restore|record|exhibit|protect|translate|gather|measure|visit",
        "like": "new|old|important|local|maritime|alpine|public|common|modern|traditional|green|wooden",
        "matter": "schools|railways|music|books|harbours|forecasts|roads|museums|bridges|seeds|markets|"
                  "maps|orchards|lighthouses|libraries|languages|poems|films|photographs|ceramics|textiles",
        "then": "and then|and so|but also|while others|and later|and again|before they|until some|as they",
    },
}
FORMS = {
    "zh": ["*who*modal*verb{}，*then*verb*matter。", "*then，*who*modal*verb{}。", "*who*modal*verb{}！",
           "*like*matter、*matter和{}，*who*modal*verb；", "*then*who*verb*matter，*modal*verb{}。",
           "*who*verb{}，*verb*like*matter。"],
    "en": ["*who *modal *verb {}, *then *verb *matter. ", "*who *modal *verb *like *matter, *then *verb {}. ",
           "*like *matter and {}: *who *modal *verb them! ", "*who *verb {}, *then *verb *like *matter. "],
}
OF_PLACE = {
    "zh": ["*who在{}*verb*matter。", "{}的*who*modal*verb*matter。", "*who从{}来，*verb*like*matter。"],
    "en": ["*who from {} *verb *matter. ", "*who *modal *verb *like *matter in {}. "],
}
# Words that name a country only through the event.
OF_EVENT = {"zh": ("我们珍视同", "贵国", "的情谊。"), "en": ("We think well of ", "your country", ". ")}
HARD = {
    "zh": ['有人说"很好"，有人说"再等等"。', "第一点如下：\n第二点随后。", "项目\t数量\t备注。", "旧档案存于 C:\\档案\\一。",
           '原文作"甲\\乙"。\n'],
    "en": ['Some say "fine", some say "wait". ', "First this.\nThen that. ", "Item\tnumber\tnote. ",
           "It is kept in C:\\old\\files. "],
}
ASTRAL = {"zh": ["孩子们画了一个🎈。", "地名中有𠮷字。", "大家鼓掌👏🏽。"], "en": ["The children drew a 🎈. ", "Clap 👏🏽. "]}
HEADING = {"zh": ["关于*like*matter", "*verb*like*matter", "*matter和*matter"],
           "en": ["On *like *matter", "*like *matter and *matter", "*matter of *who"]}
OFFICES = [("President", "总统"), ("Prime Minister", "总理"), ("Foreign Minister", "外交部长"), ("Speaker", "议长")]
MONTHS = calendar.month_name
BODIES = [("League of {}", "{}联盟"), ("Forum of {}", "{}论坛"), ("Bank of {}", "{}银行"),
          ("Council of {}", "{}理事会")]
GROUPS = [("the students of the summer school", "暑期学校全体学生"), ("the crews of the ferries", "各渡轮船员"),
          ("the gardeners of the old town", "老城园丁"), ("the readers of the library", "图书馆读者")]
SYLLABLES = [
    ("阿", "a"), ("巴", "ba"), ("卡", "ka"), ("达", "da"), ("埃", "e"), ("法", "fa"), ("加", "ga"),
    ("伊", "i"), ("科", "ko"), ("拉", "la"), ("马", "ma"), ("纳", "na"), ("奥", "o"), ("帕", "pa"),
    ("里", "ri"), ("萨", "sa"), ("塔", "ta"), ("乌", "u"), ("维", "vi"), ("佐", "zo"), ("鲁", "ru"),
    ("莫", "mo"), ("吉", "ji"), ("佩", "pe"), ("索", "so"), ("托", "to"), ("努", "nu"),
]

escape = json.encoder.encode_basestring  # A JSON string that keeps the characters of every script.
Thing = namedtuple("Thing", "key kind label office represents")
# Words with all that stands in them, at places counted from their start.
Sentence = namedtuple("Sentence", "words escaped length themes mentions")


def digest(*fields):
    """The hash that names end in, as `src/iri.rs` makes it."""
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()[:16]


def segment(name):
    """A name as a part of an IRI; the names here hold letters, blanks and `·` only."""
    return name.replace(" ", "_")


def expand(key):
    """The IRI of a short name: `place:x`."""
    return SPACE + key.replace(":", "/", 1)


class World:
    """Who and what there is: speakers, counterparts, people unknown to the authorities, countries, bodies."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.taken = set()
        self.countries = [self.thing("place", *self.name(3, 4)) for _ in range(COUNTRIES)]
        self.bodies = []
        for number in range(2 * len(BODIES)):
            zh, en = self.name(2, 3)
            form = BODIES[number % len(BODIES)]
            self.bodies.append(self.thing("body", form[1].format(zh), form[0].format(en)))
        self.speakers = [self.person(self.countries[0]) for _ in range(5)]
        self.people = [self.person(self.side()) for _ in range(PEOPLE)]
        strangers = [self.person(self.side())._replace(key=None) for _ in range(STRANGERS)]
        groups = [Thing(None, "group", {"zh": zh, "en": en}, None, None) for en, zh in GROUPS]
        bodies = [body._replace(kind="body") for body in self.bodies]
        self.strangers = strangers + groups + bodies

    def choose(self, values):
        return values[int(self.chance.random() * len(values))]

    def name(self, least, most):
        """A name in Chinese and English that nobody has yet."""
        while True:
            parts = [self.choose(SYLLABLES) for _ in range(self.chance.randint(least, most))]
            zh, en = ("".join(part) for part in zip(*parts))
            if zh not in self.taken:
                self.taken.add(zh)
                return zh, en.capitalize()

    def thing(self, kind, zh, en, office=None, represents=None):
        return Thing(f"{kind}:{en.lower().replace(' ', '-')}", kind, {"zh": zh, "en": en}, office, represents)

    def side(self):
        """What somebody stands for: a country, the first more often than the last, or seldom a body."""
        if self.chance.random() < 0.06:
            return self.choose(self.bodies)
        return self.countries[min(int(self.chance.expovariate(1 / 50)), COUNTRIES - 1)]

    def person(self, side):
        (zh, en), (family_zh, family_en) = self.name(2, 3), self.name(2, 4)
        office = ("Secretary-General", "秘书长") if side.kind == "body" else self.choose(OFFICES)
        return self.thing("person", f"{zh}·{family_zh}", f"{en} {family_en}", office, side)


class Words:
    """Sentences, headings and the like in one language, made once and drawn from."""

    def __init__(self, language, world):
        self.language, self.chance, self.choose = language, world.chance, world.choose
        between = " " if language == "zh" else "|"
        self.rows = {name: row.split(between) for name, row in ROWS[language].items()}
        # Forms in pieces: words that stay, then by turns the name of a row and words that stay.
        self.forms = [self.pieces(form) for form in FORMS[language]]
        self.concepts = list(CUES)
        self.sentences = [self.sentence() for _ in range(SENTENCES[language])]
        self.themed = [sentence for sentence in self.sentences if sentence.themes]
        forms = [self.pieces(form) for form in OF_PLACE[language]] * OF_EACH_PLACE
        self.places = [self.of_place(place, form) for place in world.countries for form in forms]
        self.hard = [plain(words) for words in HARD[language]]
        self.astral = [plain(words) for words in ASTRAL[language]]
        headings = [self.pieces(form) for form in HEADING[language]]
        self.headings = sorted({capital(self.fill(self.choose(headings))) for _ in range(500)})

    def pieces(self, form):
        return re.split(r"\*([a-z]+)", form)

    def fill(self, pieces):
        chosen = pieces.copy()
        for place in range(1, len(pieces), 2):
            chosen[place] = self.choose(self.rows[pieces[place]])
        return "".join(chosen)

    def sentence(self):
        """Two of three show a theme."""
        theme = self.choose(self.concepts) if self.chance.random() < 0.67 else None
        form = self.fill(self.choose(self.forms))
        if theme is None:
            return plain(capital(form.replace("{}", self.choose(self.rows["matter"]))))
        cue, start = self.choose(CUES[theme][self.language]), form.index("{")
        shown = (f'{{"concept":"theme:{theme}","start":', start, len(cue),
                 f',"exact":{escape(cue)},"cue":{escape(cue)}}}', f"theme:{theme}")
        return plain(capital(form.replace("{}", cue)))._replace(themes=[shown])

    def of_place(self, place, form):
        name, form = place.label[self.language], self.fill(form)
        mention = mention_of(place.key, "", form.index("{"), name)
        return plain(capital(form.format(name)))._replace(mentions=[mention])

    def of_event(self, key):
        before, word, after = OF_EVENT[self.language]
        mention = mention_of(key, '"basis":"event",', len(before), word)
        return plain(before + word + after)._replace(mentions=[mention])


def capital(words):
    return words[:1].upper() + words[1:]


def plain(words):
    return Sentence(words, escape(words)[1:-1], len(words), [], [])


def mention_of(key, basis, start, words):
    return f'{{"key":{escape(key)},{basis}"start":', start, len(words), f',"exact":{escape(words)}}}'


def counterpart_json(thing, language):
    """A counterpart as a record has it; only known people have an id."""
    office, side = thing.office, thing.represents
    fields = {
        "name": thing.label[language],
        "kind": thing.kind,
        "office": office and office[language == "zh"],
        "represents": side and side.label[language],
        "id": thing.key,
        "basis": thing.key and "known-name",
        "key": side and side.key,
    }
    kept = {name: value for name, value in fields.items() if value or name in ("office", "represents")}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def printed(thing, language):
    """A counterpart as a citation has it."""
    name, office, side = thing.label[language], thing.office, thing.represents
    if office is None:
        return name
    if language == "zh":
        return f"{side.label['zh']}{office[1]}{name}"
    return f"{office[0]} {name} of {side.label['en']}"


def participant(thing, language):
    """The IRI of a counterpart, which is made from the printed name where nobody knows it."""
    if thing.key:
        return expand(thing.key)
    name, kind = thing.label[language], "person" if thing.kind == "person" else "body"
    represents = thing.represents.key if thing.represents else ""
    return f"{SPACE}{kind}/{segment(name)}-{digest(name, represents)}"


class Counterparts:
    """Everything about a counterpart that a record or an event needs, made once."""

    def __init__(self, world, language):
        made = lambda thing: (counterpart_json(thing, language), printed(thing, language),
                              participant(thing, language), thing.represents and thing.represents.key)
        self.people = [made(thing) for thing in world.people]
        self.strangers = [made(thing) for thing in world.strangers]
        # The nth is met 1/n as often as the first.
        self.weights = list(accumulate(1 / number for number in range(1, PEOPLE + 1)))

    def draw(self, chance, many):
        if chance.random() < 0.02:
            return [self.strangers[int(chance.random() * len(self.strangers))]]
        drawn = chance.choices(self.people, cum_weights=self.weights, k=many)
        return drawn if len(set(drawn)) == many else drawn[:1]


class Calendar:
    """Dates as records write them, with their bounds and as each language prints them."""

    def __init__(self):
        self.days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
        self.iso = [str(day) for day in self.days]
        self.zh = [f"{day.year}年{day.month}月{day.day}日" for day in self.days]
        self.en = [f"{day.day} {MONTHS[day.month]} {day.year}" for day in self.days]

    def draw(self, chance, language):
        """Date, first and last day, words."""
        index, kind = int(chance.random() * (DAYS - 10)), chance.random()
        iso, day, words = self.iso[index], self.days[index], (self.zh if language == "zh" else self.en)
        if kind >= 0.14:
            return iso, iso, iso, words[index]
        if kind < 0.12:
            last = calendar.monthrange(day.year, day.month)[1]
            name = f"{day.year}年{day.month}月" if language == "zh" else f"{MONTHS[day.month]} {day.year}"
            return iso[:7], f"{iso[:7]}-01", f"{iso[:7]}-{last}", name
        if kind < 0.13:
            name = f"{day.year}年" if language == "zh" else f"{day.year}"
            return iso[:4], f"{iso[:4]}-01-01", f"{iso[:4]}-12-31", name
        end = index + 1 + int(chance.random() * 6)
        name = f"{words[index]}至{words[end]}" if language == "zh" else f"{words[index]} to {words[end]}"
        return f"{iso}/{self.iso[end]}", iso, self.iso[end], name


class Corpus:
    """Draws one record after another; nothing depends on how many are wanted."""

    def __init__(self, seed):
        self.world = World(seed)
        self.words = {language: Words(language, self.world) for language in ("zh", "en")}
        self.counterparts = {language: Counterparts(self.world, language) for language in ("zh", "en")}
        self.calendar = Calendar()
        self.chance = random.Random(seed + 1)
        self.shares = list(accumulate(kind.share for kind in EVENT_TYPES))

    def records(self):
        """Lines of JSON without end; a document is in one language, and so is an event."""
        for document in count(1):
            language = "en" if document % 16 == 5 else "zh"
            yield from self.document(f"press-{document:07}", int(200 ** self.chance.random()), language)

    def document(self, source, size, language):
        pool, random_number = self.words[language], self.chance.random
        each, left, event, section = 1 + int(random_number() * size), 0, None, None
        for n in range(1, size + 1):
            if (n - 1) % each == 0:
                section = escape(pool.headings[int(random_number() * len(pool.headings))])
            if left == 0:
                event, left = self.event(language), 1 + int(random_number() ** 2.2 * 3)
            left -= 1
            yield self.record(source, n, section, language, event)

    def event(self, language):
        """What the records of an event share: a part of their JSON, the citation, the one country met."""
        chance = self.chance
        kind = chance.choices(EVENT_TYPES, cum_weights=self.shares)[0]
        speaker = self.world.speakers[max(0, int(chance.random() * 40) - 35)]
        when, earliest, latest, printed_date = self.calendar.draw(chance, language)
        field = FIELD_OF_WORDS.get(kind.name)
        alone = field is not None and chance.random() < 0.85
        met = [] if alone else self.counterparts[language].draw(chance, 1 if chance.random() < 0.88 else 2)
        headings = self.words[language].headings
        what = headings[int(chance.random() * len(headings))]
        whom = ("、" if language == "zh" else " and ").join(words for _, words, _, _ in met)
        citation = kind.citation[language].format(whom=whom, what=what, date=printed_date)
        keys = sorted({key for _, _, key, _ in met}) or [what]
        name = f"{when.replace('/', '..')}-{kind.name}-{digest(expand(speaker.key), kind.name, when, *keys)}"
        extra = f',"{field}":{escape(what)}' if field else ""
        if kind.name == "phone-call" and chance.random() < 0.1:
            extra = ',"initiative":' + ('"应约"' if language == "zh" else '"by appointment"')
        before = (f'"language":"{language}","text_mode":"{kind.mode}",'
                  f'"speaker":{escape(speaker.label[language])},"speaker_id":"{speaker.key}",'
                  f'"speaker_basis":"known-name",'
                  f'"date":"{when}","earliest":"{earliest}","latest":"{latest}",'
                  f'"event":{{"id":"{name}","type":"{kind.name}"{extra}}},"citation":{escape(citation)},'
                  f'"counterparts":[{",".join(text for text, _, _, _ in met)}],"themes":[')
        return before, citation, met[0][3] if len(met) == 1 else None

    def sentences(self, language, country):
        """The sentences of one text, one of which shows a theme."""
        pool, random_number = self.words[language], self.chance.random
        goal = (55 + 90 * random_number()) * (1 if language == "zh" else 2.6)
        if random_number() < 0.03:
            goal = 200 + 1700 * random_number()
        found = [pool.themed[int(random_number() * len(pool.themed))]]
        odd = random_number()
        if odd < 0.02:
            found.append(pool.hard[int(odd * 50 * len(pool.hard))])
        elif odd < 0.022:
            found.append(pool.astral[int((odd - 0.02) * 500 * len(pool.astral))])
        named = random_number()
        if named < 0.45:
            found.append(pool.places[int(random_number() * len(pool.places))])
        if named < 0.15:
            found.append(pool.places[int(random_number() * len(pool.places))])
        elif country and named < 0.25:
            found.append(pool.of_event(country))
        length = sum(sentence.length for sentence in found)
        while length < goal:
            sentence = pool.sentences[int(random_number() * len(pool.sentences))]
            found.append(sentence)
            length += sentence.length
        return found

    def record(self, source, n, section, language, event):
        before, citation, country = event
        sentences = self.sentences(language, country)
        most, at, themes, mentions, main = 1 + int(self.chance.random() ** 1.6 * 5), 0, [], [], None
        for sentence in sentences:
            for opening, start, length, rest, concept in sentence.themes:
                if len(themes) < most:
                    themes.append(f'{opening}{at + start},"end":{at + start + length}{rest}')
                    main = main or concept
            for opening, start, length, rest in sentence.mentions:
                mentions.append(f'{opening}{at + start},"end":{at + start + length}{rest}')
            at += sentence.length
        text = "".join([sentence.words for sentence in sentences])
        escaped = "".join([sentence.escaped for sentence in sentences])
        if language == "en":  # The blank after the last sentence.
            text, escaped = text[:-1], escaped[:-1]
        return (f'{{"id":"{source}-{digest(text, citation)}","source":"{source}","n":{n},"section":{section},'
                f'"text":"{escaped}",{before}{",".join(themes)}],"main_theme":"{main}",'
                f'"mentions":[{",".join(mentions)}],"spans":null}}\n')


DATASET = """# A made-up data set, to measure with. Nobody in it lives and nothing in it was said.

@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .

<{space}dataset> a void:Dataset, dcat:Dataset ;
    dct:title "Made-up quotations, to measure with"@en, "测试用虚构引语"@zh ;
    dct:description "Every person, country and word is invented."@en, "人物、国家和言论均为虚构。"@zh ;
    void:uriSpace "{space}" ;
    dct:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
    dct:rights "No rights are claimed."@en, "不主张任何权利。"@zh ;
    dct:language "en", "zh" .
"""
PLACES = """# Made-up countries.

@prefix place: <{space}place/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
COLUMNS = ["id", "kind", "name_en", "name_zh", "post_en", "post_zh", "represents", "start", "start_source"]


def write_table(path, things):
    """A table of authorities; two of three have the post that they hold, from before the first day."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for number, thing in enumerate(things):
            row = [thing.key, thing.kind, thing.label["en"], thing.label["zh"]]
            if thing.office and number % 3 < 2:
                (en, zh), side = thing.office, thing.represents
                row += [f"{en} of {side.label['en']}", side.label["zh"] + zh, side.key]
                row += [str(FIRST_DAY), "made up"]
            out.writerow(row + [""] * (len(COLUMNS) - len(row)))


def write_data(world, folder):
    authorities = folder / "authorities"
    authorities.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.ttl").write_text(DATASET.format(space=SPACE), encoding="utf-8")
    blocks = [PLACES.format(space=SPACE)]
    for place in sorted(world.countries):
        labels = f'"{place.label["en"]}"@en, "{place.label["zh"]}"@zh'
        blocks.append(f"{place.key} a schema:Place ;\n    skos:prefLabel {labels} .\n")
    (authorities / "places.ttl").write_text("\n".join(blocks), encoding="utf-8")
    write_table(authorities / "bodies.csv", world.bodies)
    write_table(authorities / "people.csv", world.speakers + world.people)


def write_corpus(many, folder, seed=1):
    corpus = Corpus(seed)
    write_data(corpus.world, folder / "data")
    with open(folder / "records.jsonl", "w", encoding="utf-8", newline="") as out:
        out.writelines(islice(corpus.records(), many))


def main():
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("many", metavar="N", type=int, help="how many records")
    parser.add_argument("folder", metavar="OUT", type=Path, help="folder to write to")
    parser.add_argument("--seed", metavar="S", type=int, default=1)
    parser.add_argument("--tables", action="store_true", help="write tables for other programs as well")
    options = parser.parse_args()
    write_corpus(options.many, options.folder, options.seed)
    if options.tables:
        from map_peers.tables import write_tables

        write_tables(options.folder)


if __name__ == "__main__":
    main()
