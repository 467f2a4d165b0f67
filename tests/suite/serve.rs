//! `dictum serve` as its clients meet it, the friendly and the others.

use crate::support::{append, copy_of_project, dictum, project};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A server that ends with its test.
struct Server {
    process: Child,
    address: String,
}

/// A reply, read to its end.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(folder: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dictum"));
        command.args(["serve", "--bind", "127.0.0.1:0", "--log", "none"]).args(more).current_dir(folder);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        Self { address: address.expect("it says where it is").to_owned(), process }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        // No test waits for ever.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    fn send(&self, request: &[u8]) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request).unwrap();
        read(stream)
    }

    fn get(&self, path: &str) -> Reply {
        self.get_with(path, "")
    }

    /// `headers` are lines that each end as such lines do.
    fn get_with(&self, path: &str, headers: &str) -> Reply {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n").as_bytes())
    }

    fn post(&self, path: &str, media: &str, body: &str) -> Reply {
        let length = body.len();
        self.send(
            format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {media}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
                .as_bytes(),
        )
    }

    fn ask(&self, query: &str) -> Reply {
        self.post("/query", "application/sparql-query", query)
    }

    fn answers(&self) -> bool {
        self.ask("ASK { ?s ?p ?o }").body.contains("true")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(mut stream: TcpStream) -> Reply {
    let mut bytes = Vec::new();
    // What came before the connection was cut counts.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Reply { status, head: head.to_lowercase(), body: body.to_owned() }
}

/// A query whose evaluation never looks whether it should stop.
fn endless() -> String {
    let values: String = (0..1000).map(|number| format!("{number} ")).collect();
    let tables: String =
        ["a", "b", "c", "d", "e"].map(|name| format!("VALUES ?{name} {{ {values} }} ")).concat();
    format!("SELECT (COUNT(*) AS ?n) {{ {tables} FILTER (?a + ?b + ?c + ?d + ?e < 0) }}")
}

#[test]
fn a_project_is_served_with_an_address_for_everything() {
    let server = Server::start(project(), &[]);
    assert_eq!(server.get("/health").body, "ok\n");
    let page = server.get("/");
    assert!(
        page.status == 200 && page.head.contains("content-security-policy") && page.head.contains("nosniff")
    );
    let list = server.get_with("/api", "Accept: text/html\r\n");
    assert!(list.body.contains("<form") && list.head.contains("form-action 'self'"), "{list:?}");
    let answer = server.get("/api/contacts-by-country.csv?country=Italy");
    let asked = dictum(project(), &["query", "contacts-by-country", "--set", "country=Italy", "-f", "csv"]);
    assert_eq!((answer.status, answer.body), (200, asked.stdout));
    let missing = server.get("/api/contacts-by-countri");
    assert!(
        missing.status == 404 && missing.body.contains("did you mean `contacts-by-country`"),
        "{missing:?}"
    );
    let wrong = server.get("/api/contacts-by-country?country=Atlantis");
    assert!(wrong.status == 400 && wrong.body.contains("no value for `country`"), "{wrong:?}");
    let text = server.get("/api/contacts-by-country.rq?country=Italy");
    assert!(text.body.contains("VALUES ?country { <https://w3id.org/dictum/place/italy> }"), "{text:?}");
    let language = server.get("/api/themes?lang=fr");
    assert!(language.status == 400 && language.body.contains("there are en, zh"), "{language:?}");
    let picture = server.get("/api/networks/leaders.svg");
    assert!(picture.head.contains("image/svg+xml") && picture.body.contains("</svg>"));
    let thing = server.get_with("/person/xi-jinping", "Accept: text/html\r\n");
    assert!(thing.body.contains("<h1>Xi Jinping</h1>"), "{thing:?}");
    let file = thing.body.split('"').find(|part| part.starts_with("/person/")).expect("a link to RDF");
    assert_eq!(file, "/person/xi-jinping.ttl");
    assert!(server.get(file).body.contains("person:xi-jinping a "), "{file}");
    let known = server.get("/api/totals");
    let version = known.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again =
        server.get_with("/api/totals", &format!("If-None-Match: {}\r\n", version.replace("w/", "W/")));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let found = server.get("/api/explorer/search?q=Italy");
    assert!(found.body.contains("\"at\":[3]"), "{found:?}");
}

#[test]
fn whoever_would_change_something_hears_that_nothing_can_be_changed() {
    let server = Server::start(project(), &[]);
    let refused = server.send(b"DELETE /api/totals HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_eq!(refused.status, 405, "{refused:?}");
    assert!(refused.head.contains("allow: get") && refused.head.contains("application/problem+json"));
    assert!(refused.body.contains("nothing can be changed here"), "{refused:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_the_system_has_ended_is_replaced() {
    let server = Server::start(project(), &["--workers", "1"]);
    assert!(server.answers());
    let tasks = fs::read_dir(format!("/proc/{}/task", server.process.id())).unwrap();
    // A thread may have ended meanwhile.
    let children = tasks.filter_map(|task| fs::read_to_string(task.unwrap().path().join("children")).ok());
    let workers = children.collect::<String>();
    assert_eq!(workers.split_whitespace().count(), 1, "{workers}");
    let ended = Command::new("sh").args(["-c", &format!("kill -9 {workers}")]).status().unwrap();
    assert!(ended.success());
    // It is gone when its process is no more than a name that nobody has asked for yet, and all other threads are over.
    let of_process = format!("/proc/{}", workers.trim());
    let state = || fs::read_to_string(format!("{of_process}/stat")).unwrap_or_default();
    let threads = || fs::read_dir(format!("{of_process}/task")).map_or(0, Iterator::count);
    let begun = Instant::now();
    while !state().is_empty() && (!state().contains(") Z ") || threads() > 1) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", state());
        thread::sleep(Duration::from_millis(10));
    }
    assert!(server.answers());
}

#[test]
fn a_page_of_rows_says_where_the_next_one_is() {
    let server = Server::start(project(), &[]);
    let whole = server.get("/api/themes.csv").body;
    let (mut address, mut lines) = ("/api/themes.csv?limit=7".to_owned(), Vec::new());
    loop {
        let page = server.get(&address);
        lines.extend(page.body.lines().skip(1).map(str::to_owned));
        let link = page.head.lines().find_map(|line| line.strip_prefix("link: <")?.split_once('>'));
        match link {
            Some((next, _)) => next.clone_into(&mut address),
            None => break,
        }
    }
    assert_eq!(lines, whole.lines().skip(1).map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn queries_that_would_never_end_are_answered_at_their_limit_and_the_server_goes_on() {
    let server = Server::start(project(), &["--timeout", "2", "--workers", "2"]);
    let query = endless();
    thread::scope(|scope| {
        let asked: Vec<_> = (0..10).map(|_| scope.spawn(|| server.ask(&query))).collect();
        // Meanwhile the catalogue answers as ever.
        let start = Instant::now();
        assert_eq!(server.get("/api/totals.csv").status, 200);
        assert!(start.elapsed() < Duration::from_secs(10));
        for reply in asked {
            let reply = reply.join().unwrap();
            assert!([503, 504].contains(&reply.status), "{reply:?}");
            assert!(reply.status == 504 || reply.head.contains("retry-after"), "{reply:?}");
        }
    });
    assert!(server.answers());
    // What looks at the clock is stopped in order; the rows of a million million would be no answer either.
    let product = server.ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
    assert_eq!(product.status, 504);
}

#[test]
fn who_does_not_read_the_answer_keeps_nobody_waiting() {
    let server = Server::start(project(), &["--timeout", "3", "--workers", "1"]);
    // Rows for ever, none of which is read: the only worker is free again when its time is over.
    let query = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    let mut stuck = server.connect();
    let head = format!(
        "POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n",
        query.len()
    );
    stuck.write_all(format!("{head}{query}").as_bytes()).unwrap();
    thread::sleep(Duration::from_secs(1));
    assert!(server.answers());
    // More answers than any buffer holds: what is not taken is not kept.
    let many = 40;
    let mut silent = server.connect();
    let request = "GET /store?default HTTP/1.1\r\nHost: x\r\nAccept: application/n-triples\r\n\r\n";
    silent.write_all(request.repeat(many).as_bytes()).unwrap();
    thread::sleep(Duration::from_secs(30));
    let mut bytes = Vec::new();
    let _ = silent.read_to_end(&mut bytes);
    let replies = String::from_utf8_lossy(&bytes).matches("HTTP/1.1 200 OK").count();
    assert!(replies < many, "{replies} answers were kept");
    assert!(server.answers());
}

#[test]
fn an_answer_that_is_too_long_is_broken_off_and_never_taken_for_whole() {
    let server = Server::start(project(), &["--rows", "1000"]);
    let long = server.ask("SELECT * { ?s ?p ?o }");
    let whole = long.body.trim_end().ends_with("]}}");
    assert!(long.status == 413 || !whole, "{}", &long.body[long.body.len() - 100..]);
    let fitting = server.ask("SELECT * { ?s ?p ?o } LIMIT 1000");
    assert_eq!((fitting.status, fitting.body.matches("\"s\":").count()), (200, 1000));
    let question = server.get("/api/theme-evidence?limit=2000");
    assert!(question.status == 200, "{question:?}");
}

#[test]
fn what_takes_too_much_or_is_not_allowed_is_refused_and_survived() {
    let server = Server::start(project(), &["--timeout", "5", "--memory", "256"]);
    let doubled: String =
        (0..40).map(|step| format!("BIND (CONCAT(?a{step}, ?a{step}) AS ?a{}) ", step + 1)).collect();
    let cases = [
        (
            format!("SELECT (STRLEN(?a40) AS ?n) {{ BIND (\"aaaaaaaaaaaaaaaa\" AS ?a0) {doubled} }}"),
            [507, 504],
        ),
        (format!("ASK {}{}", "{".repeat(20_000), "}".repeat(20_000)), [400, 400]),
        (format!("ASK {{ FILTER ({}true) }}", "!".repeat(20_000)), [400, 400]),
        (format!("SELECT * {{ ?s ?p ?o {} }}", "FILTER (1 = 1) ".repeat(20_000)), [400, 400]),
        (
            "SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), \"(((a{1,99}){1,99}){1,99}){1,99}\") }".to_owned(),
            [200, 504],
        ),
        ("SELECT * { SERVICE <http://127.0.0.1:7878/query> { ?s ?p ?o } }".to_owned(), [400, 400]),
        ("LOAD <file:///etc/passwd>".to_owned(), [400, 400]),
        ("CLEAR ALL".to_owned(), [400, 400]),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }".to_owned(), [400, 400]),
        ("SELECT * { ?s ?p }".to_owned(), [400, 400]),
    ];
    for (query, statuses) in cases {
        let reply = server.ask(&query);
        assert!(statuses.contains(&reply.status), "{}: {reply:?}", &query[..query.len().min(80)]);
    }
    assert_eq!(server.post("/query", "application/sparql-update", "CLEAR ALL").status, 403);
    assert_eq!(server.post("/query", "application/x-www-form-urlencoded", "update=CLEAR+ALL").status, 403);
    assert_eq!(server.post("/query", "text/plain", "ASK {}").status, 415);
    assert!(server.answers());
}

#[test]
fn requests_that_are_none_are_refused_and_survived() {
    let server = Server::start(project(), &[]);
    for path in [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/api/..%2f..%2fCargo.toml",
        "/%00",
        "/%ff",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let long = server.post("/query", "application/sparql-query", &"x".repeat(2 << 20));
    assert!([0, 413].contains(&long.status), "{long:?}");
    let mut flood = String::new();
    (0..1000).for_each(|number| write!(flood, "X-{number}: y\r\n").unwrap());
    assert!([0, 400, 431].contains(&server.get_with("/health", &flood).status));
    assert!([0, 400, 414, 431].contains(&server.get(&format!("/{}", "x".repeat(1 << 20))).status));
    assert!([0, 400].contains(&server.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").status));
    // More is promised than comes: the sender hears so, or is hung up on.
    thread::scope(|scope| {
        let slow_body = scope.spawn(|| {
            server.send(b"POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK")
        });
        let slow_head = scope.spawn(|| server.send(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: "));
        assert_eq!(server.get("/health").status, 200);
        let start = Instant::now();
        assert_eq!(slow_body.join().unwrap().status, 408);
        assert!([0, 408].contains(&slow_head.join().unwrap().status));
        assert!(start.elapsed() < Duration::from_secs(40), "both were let go in time");
    });
    assert!(server.answers());
}

#[test]
fn markup_and_control_characters_of_quotations_stay_text() {
    let copy = copy_of_project();
    let text = "</script><img src=x onerror=alert(1)>\u{2028}\u{1}&amp; \"quoted\"";
    let record = serde_json::json!({ "text": text, "speaker": "<b>Somebody</b>", "date": "2020-01-01", "source": "a" });
    fs::write(copy.path().join("one.json"), serde_json::json!([record]).to_string()).unwrap();
    let server = Server::start(copy.path(), &["--input", "one.json"]);
    let index = server.get("/api/explorer").body;
    assert!(index.contains("Somebody"));
    let records: serde_json::Value =
        serde_json::from_str(&server.get("/api/explorer/records?at=0").body).unwrap();
    assert_eq!(records["records"][0]["text"], text);
    let id = records["records"][0]["id"].as_str().unwrap();
    let page = server.get_with(&format!("/quotation/{id}"), "Accept: text/html\r\n");
    assert!(page.body.contains("&lt;img src=x") && !page.body.contains("<img"), "{page:?}");
    let table = server.get("/api/quotations.html").body;
    assert!(table.contains("&lt;/script&gt;&lt;img") && !table.contains("</script>"));
}

#[test]
fn changed_data_are_read_again_and_broken_data_are_not_served() {
    let copy = copy_of_project();
    let server = Server::start(copy.path(), &["--watch"]);
    let label = |wanted: &str| {
        let start = Instant::now();
        loop {
            let page = server.get("/api/dataset.csv").body;
            if page.contains(wanted) || start.elapsed() > Duration::from_secs(30) {
                return page;
            }
            thread::sleep(Duration::from_millis(200));
        }
    };
    assert!(!label("Dictum").contains("Another title"));
    let path = copy.path().join("data/dataset.ttl");
    append(&path, "\n<https://w3id.org/dictum/dataset> dct:title \"Another title\"@fr .\n");
    assert!(label("Another title").contains("Another title"));
    append(&path, "\nthis is no Turtle\n");
    thread::sleep(Duration::from_secs(5));
    assert!(label("Another title").contains("Another title"));
    assert!(server.answers());
}

#[test]
fn one_page_of_another_origin_may_read_where_it_is_allowed() {
    let server = Server::start(project(), &["--cors", "https://example.org"]);
    let reply = server.get_with("/api/totals", "Origin: https://example.org\r\n");
    assert!(reply.head.contains("access-control-allow-origin: https://example.org"), "{reply:?}");
    let closed = Server::start(project(), &[]);
    assert!(
        !closed.get_with("/api/totals", "Origin: https://example.org\r\n").head.contains("access-control")
    );
}

#[test]
fn the_explorer_in_one_file_has_everything_or_says_how_to_get_it() {
    let run = dictum(project(), &["export", "-f", "html"]);
    if dictum::explorer::IS_BUILT {
        let data =
            run.stdout.split("id=\"dictum-data\">").nth(1).and_then(|rest| rest.split("</script>").next());
        let data: serde_json::Value = serde_json::from_str(data.unwrap()).unwrap();
        assert_eq!(data["records"].as_array().unwrap().len(), 51);
        assert_eq!(data["index"]["quotations"]["id"][0], data["records"][0]["id"]);
        assert!(data["index"]["queries"][0]["answer"]["rows"].is_array());
        let withheld = dictum(project(), &["export", "-f", "html", "--text", "none"]).stdout;
        assert!(!withheld.contains(data["records"][0]["text"].as_str().unwrap()));
    } else {
        assert!(run.code == 2 && run.stderr.contains("npm run build"), "{}", run.stderr);
    }
}

#[test]
fn an_address_that_is_taken_and_a_graph_that_is_none_are_told() {
    let server = Server::start(project(), &[]);
    let taken = dictum(project(), &["serve", "--bind", &server.address]);
    assert!(taken.code == 2 && taken.stderr.contains("cannot be served"), "{}", taken.stderr);
    let none = dictum(project(), &["serve", "--bind", "127.0.0.1:0", "--graph", "no-such.ttl"]);
    assert!(none.code == 2 && none.stderr.contains("no-such.ttl"), "{}", none.stderr);
}
