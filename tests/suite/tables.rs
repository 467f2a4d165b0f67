//! People's own tables: as they come, with what is wrong told by row and column.

use crate::support::{dictum, project, works};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const ROWS: usize = 5_000;

fn path(folder: &Path, name: &str) -> (PathBuf, String) {
    let path = folder.join(name);
    let shown = path.to_str().expect("a path").to_owned();
    (path, shown)
}

/// A spreadsheet as people keep them: a title above the headings, blank rows, dates in every fashion,
/// curly quotes, ids that come twice, numbers and dates that are none. Gives rows and what is wrong.
fn untidy() -> (Vec<Vec<String>>, usize, usize, usize) {
    let mut rows = vec![
        vec!["外交言论摘录（草稿）".to_owned()],
        vec![],
        ["编号", "引文", "讲话人", "日期", "对方", "国家", "备注"].map(str::to_owned).to_vec(),
    ];
    let (mut good, mut twice, mut undated) = (0, 0, 0);
    for n in 0..ROWS {
        if n % 97 == 0 {
            rows.push(vec![String::new(), "  ".to_owned()]);
        }
        let day = n % 28 + 1;
        let date = match n % 6 {
            0 => format!("2021年3月{day}日"),
            1 => format!("2021/3/{day}"),
            2 => format!("March {day}, 2021"),
            3 => "2021-03".to_owned(),
            4 => format!("2021-03-{day:02}"),
            _ => String::new(),
        };
        let mut row = vec![
            format!("r{n}"),
            format!("“第{n}次谈到合作”，他说，\n“并愿提供援助”。"),
            "习近平".to_owned(),
            date,
            "马克龙".to_owned(),
            "法国".to_owned(),
            "x".to_owned(),
        ];
        match n {
            _ if n % 1000 == 11 => {
                row[0] = format!("r{}", n - 1);
                twice += 1;
            }
            _ if n % 1000 == 12 => row[1].clear(),
            _ if n % 1000 == 13 => row[2].clear(),
            _ if n % 1000 == 14 => {
                "去年春天".clone_into(&mut row[3]);
                undated += 1;
                good += 1;
            }
            _ => good += 1,
        }
        rows.push(row);
    }
    (rows, good, twice, undated)
}

fn csv_bytes(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        let empty = [String::new()];
        writer.write_record(if row.is_empty() { &empty[..] } else { row }).expect("a row");
    }
    writer.into_inner().expect("bytes")
}

#[test]
fn five_thousand_untidy_rows_in_gbk_come_in_and_each_bad_one_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (rows, good, twice, undated) = untidy();
    let (file, shown) = path(folder.path(), "摘录.csv");
    let text = String::from_utf8(csv_bytes(&rows)).expect("text");
    let (bytes, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost);
    fs::write(&file, &bytes).expect("a file");

    let run = dictum(project(), &["extract", &shown]);
    assert!(run.code == 2 && run.stderr.contains("--encoding gb"), "{}", run.stderr);
    let arguments = ["extract", &shown, "--encoding", "gb18030", "--column", "id=编号"];
    let run = dictum(project(), &arguments);
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout.lines().count(), good);
    let count = |told: &str| run.stderr.lines().filter(|line| line.contains(told)).count();
    assert_eq!(count("error: no text"), 5);
    assert_eq!(count("error: no speaker"), 5);
    assert_eq!(count("is no date"), undated);
    assert_eq!(count("names two different quotations"), twice);
    assert_eq!(count("column 7 `备注` is not read"), 1);
    // Each is told with the line of the file that it is on.
    let line = text[..text.find("r12,").expect("the row")].matches('\n').count() + 1;
    assert!(run.stderr.contains(&format!(".csv:{line}: error: no text")), "{line} in {}", run.stderr);
    // Every fashion of date is the same day.
    let records: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let dates = |n: usize| {
        records.iter().find(|record| record["id"] == format!("r{n}")).expect("the row")["date"].clone()
    };
    assert_eq!(
        [0, 1, 2, 3, 4, 5].map(dates),
        ["2021-03-01", "2021-03-02", "2021-03-03", "2021-03", "2021-03-05", ""]
            .map(|date| if date.is_empty() { serde_json::Value::Null } else { date.into() })
    );
    assert!(records[0]["text"].as_str().expect("text").starts_with("“第0次谈到合作”，他说，\n"));
}

#[test]
fn a_workbook_with_merged_cells_dates_and_errors_is_read_as_people_see_it() {
    use rust_xlsxwriter::{Format, Formula, Workbook};
    let folder = tempfile::tempdir().expect("a folder");
    let (file, shown) = path(folder.path(), "quotes.xlsx");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").expect("a name");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Quotes").expect("a name");
    let (plain, day) = (Format::new(), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.merge_range(0, 0, 0, 4, "Collected in spring", &plain).expect("merged");
    for (column, heading) in (0..).zip(["Quote", "Said by", "Date", "Country", "Notes"]) {
        sheet.write_string(1, column, heading).expect("written");
    }
    for row in 2..5 {
        sheet.write_string(row, 0, format!("We stand together, number {row}.")).expect("written");
        sheet.write_number(row, 4, row).expect("written");
    }
    sheet.merge_range(2, 1, 4, 1, "Jane Doe", &plain).expect("merged");
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2021, 5, 3).expect("a day");
    sheet.write_datetime_with_format(2, 2, &date, &day).expect("written");
    sheet.write_string(3, 2, "May 2021").expect("written");
    sheet.write_formula(4, 2, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
    workbook.save(&file).expect("saved");

    let run = dictum(project(), &["extract", &shown]);
    assert!(run.stderr.contains("the table is empty"), "{}", run.stderr);
    let run = dictum(project(), &["extract", &shown, "--worksheet", "Quote"]);
    assert!(run.code == 2 && run.stderr.contains("did you mean `Quotes`?"), "{}", run.stderr);
    let run = dictum(project(), &["extract", &shown, "--worksheet", "Quotes"]);
    let records: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let told: Vec<_> =
        records.iter().map(|record| (record["speaker"].as_str(), record["date"].as_str())).collect();
    assert_eq!(
        told,
        [
            (Some("Jane Doe"), Some("2021-05-03")),
            (Some("Jane Doe"), Some("2021-05")),
            (Some("Jane Doe"), None)
        ]
    );
    assert!(run.stderr.contains("quotes.xlsx:5: error: column 3"), "{}", run.stderr);
}

#[test]
fn a_packed_table_and_one_in_utf16_are_read_and_identifiers_win_over_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = "text,speaker,speaker_id\nOne word.,Li Wei,person:li-wei-1960\nAnother word.,Li Wei,person:li-wei-1975\n";
    let (file, shown) = path(folder.path(), "packed.csv.gz");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(table.as_bytes()).expect("packed");
    fs::write(&file, packer.finish().expect("packed")).expect("a file");
    let query = "SELECT ?who WHERE { ?q schema:creator ?who } ORDER BY ?who";
    let people = works(project(), &["query", query, "--input", &shown, "--format", "csv"]);
    assert!(people.contains("person/li-wei-1960") && people.contains("person/li-wei-1975"), "{people}");

    let (file, shown) = path(folder.path(), "wide.csv");
    let mut bytes = vec![0xFF, 0xFE];
    table.encode_utf16().for_each(|unit| bytes.extend(unit.to_le_bytes()));
    fs::write(&file, bytes).expect("a file");
    assert_eq!(works(project(), &["extract", &shown]).lines().count(), 2);
}

#[test]
fn a_source_in_another_encoding_keeps_the_checksum_of_its_bytes_and_is_proved() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "●习近平\n\n病毒没有国界。\n\n（2021年5月3日同法国总统马克龙通话）\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let (file, shown) = path(folder.path(), "page.txt");
    fs::write(&file, &bytes).expect("a file");
    let run = dictum(project(), &["verify", &shown, "--encoding", "gb18030"]);
    assert!(run.code == 0 && run.stdout.contains("are the words they claim"), "{}{}", run.stdout, run.stderr);
    let graph = works(project(), &["export", &shown, "--encoding", "gb18030"]);
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(graph.contains(&format!("dictum:sha256 \"{hex}\"")) && graph.contains("dictum:textSha256 \""));
    // What a description says of the encoding serves as well.
    fs::write(
        folder.path().join("page.ttl"),
        "<https://w3id.org/dictum/source/page> <https://w3id.org/dictum/ns#encoding> \"gb18030\" .\n",
    )
    .expect("a description");
    works(project(), &["verify", &shown]);
}

#[test]
fn an_answer_goes_into_a_spreadsheet() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, shown) = path(folder.path(), "answer.xlsx");
    works(project(), &["query", "contacts-by-country", "-o", &shown]);
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&file).expect("a workbook");
    let range = calamine::Reader::worksheet_range_at(&mut workbook, 0).expect("a sheet").expect("a sheet");
    let csv = works(project(), &["query", "contacts-by-country", "--format", "csv"]);
    assert_eq!(range.rows().count(), csv.lines().count());
    assert!(range.rows().nth(1).expect("a row").iter().any(|cell| matches!(cell, calamine::Data::Float(_))));
    let (_, marked) = path(folder.path(), "answer.csv");
    works(project(), &["query", "contacts-by-country", "--bom", "-o", &marked]);
    let bytes = fs::read(&marked).expect("a file");
    assert!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]));
    assert_eq!(&bytes[3..], csv.as_bytes());
}

#[test]
fn names_that_nobody_bears_are_decided_in_a_table_and_come_back_as_authorities() {
    let copy = crate::support::copy_of_project();
    let folder = copy.path();
    fs::write(
        folder.join("quotes.csv"),
        "text,speaker,date,counterpart,counterpart_office,represents\nWe agreed.,Jane Doe,2021-05-03,Macrone,President,France\n",
    )
    .expect("a table");
    works(folder, &["build", "quotes.csv"]);
    let mut reader = csv::Reader::from_path(folder.join("out/unreconciled.csv")).expect("a table");
    let columns = reader.headers().expect("headings").clone();
    let index = |name: &str| columns.iter().position(|column| column == name).expect("a column");
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 2);
    let macron = rows.iter().position(|row| row[index("name_as_printed")] == "Macrone").expect("the row");
    let why = &rows[macron][index("candidates")];
    assert!(why.contains("person:emmanuel-macron (held an office for place:france on 2021-05-03"), "{why}");
    rows[macron][index("id")] = "person:emmanuel-macron".to_owned();
    let jane = 1 - macron;
    for (column, value) in [
        ("id", "jane-doe"),
        ("name_en", "Jane Doe"),
        ("wikidata", "Q42x"),
        ("post_en", "Secretary of the Club"),
        ("represents", "place:italy"),
    ] {
        rows[jane][index(column)] = value.to_owned();
    }
    let write = |rows: &[Vec<String>]| {
        let mut writer = csv::Writer::from_path(folder.join("data/authorities/mine.csv")).expect("a file");
        writer.write_record(&columns).expect("written");
        for row in rows {
            writer.write_record(row).expect("written");
        }
    };
    write(&rows);
    let run = dictum(folder, &["build", "quotes.csv"]);
    assert!(
        run.stderr.contains("mine.csv:") && run.stderr.contains("`Q42x` is no identifier"),
        "{}",
        run.stderr
    );
    rows[jane][index("wikidata")] = "Q42".to_owned();
    write(&rows);
    works(folder, &["build", "quotes.csv"]);
    let left = fs::read_to_string(folder.join("out/unreconciled.csv")).expect("a table");
    assert_eq!(left.lines().count(), 1, "{left}");
    let graph = fs::read_to_string(folder.join("out/graph.ttl")).expect("a graph");
    assert!(
        graph.contains("dictum:counterpart person:emmanuel-macron")
            && graph.contains("schema:creator person:jane-doe")
    );
}

#[test]
fn semicolons_between_cells_are_seen_and_an_open_quotation_mark_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, shown) = path(folder.path(), "european.csv");
    fs::write(&file, "text;speaker;date\n\"One word, and another.\";Jane Doe;2021-05-03\n").expect("a file");
    let record = works(project(), &["extract", &shown]);
    assert!(
        record.contains("\"text\":\"One word, and another.\"") && record.contains("2021-05-03"),
        "{record}"
    );
    fs::write(&file, "text,speaker\nGood.,Jane Doe\n\"Open,Jane Doe\nLost.,Jane Doe\n").expect("a file");
    let run = dictum(project(), &["extract", &shown]);
    assert_eq!((run.code, run.stdout.lines().count()), (1, 1));
    assert!(run.stderr.contains("european.csv:3: error: a `\"` is opened in this row"), "{}", run.stderr);
}

#[test]
fn what_is_lost_or_doubtful_in_a_table_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, shown) = path(folder.path(), "clumsy.csv");
    let told = |text: &str, arguments: &[&str]| {
        fs::write(&file, text).expect("a file");
        dictum(project(), &[&["extract", &shown], arguments].concat()).stderr
    };
    let wide = told("text,speaker,date\nOne, two, and three.,Angela Merkel,2020-03-25\n", &[]);
    assert!(wide.contains(":2: warning: the row has 5 cells, and there are 3 headings"), "{wide}");
    let merged = told("text,speaker,date\n\"Second,A,2020-03-26\nThird.\",A,2020-03-27\n", &[]);
    assert!(merged.contains(":2: warning: a cell of this row runs over several lines"), "{merged}");
    let unknown = told("text,speaker\nOne.,A\n", &["--column", "id=Code"]);
    assert!(
        unknown.contains("no heading `Code` for the column `id`\n  help: the headings are: text, speaker"),
        "{unknown}"
    );
    let empty = told("text,speaker\n", &[]);
    assert!(empty.contains("there is no row under the headings"), "{empty}");
    let wide_signs = told("text,speaker,counterparts\nOne.,A,博索纳罗｜总统｜巴西；杜达｜总统｜波兰\n", &[]);
    assert_eq!(wide_signs, "");

    // A build that found nothing leaves an earlier one alone.
    let out = folder.path().join("out");
    let arguments = ["build", &shown, "--out", out.to_str().expect("a path")];
    works(project(), &arguments);
    let before = crate::support::files(&out);
    fs::write(&file, "text,speaker\n").expect("a file");
    let run = dictum(project(), &arguments);
    assert!(run.code == 2 && run.stderr.contains("no quotation was found"), "{}", run.stderr);
    assert_eq!(crate::support::files(&out), before);

    // Nor is a file in the data folder passed over without a word.
    let copy = crate::support::copy_of_project();
    fs::write(copy.path().join("data/Decisions.csv"), "a,b,decision\n").expect("a file");
    let run = dictum(copy.path(), &["extract"]);
    assert!(run.stderr.contains("Decisions.csv: warning: nothing is read from this file"), "{}", run.stderr);
}
