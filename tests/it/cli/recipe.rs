//! The desk without the program: what the README says about its files is enough to read and to check it. After the
//! desk is made, nothing of this project's own code is used: only `age`, SQLCipher, SHA-256 and Ed25519.

use std::fs;
use std::path::Path;

use age::secrecy::SecretString;
use ed25519_dalek::{Signature, VerifyingKey};
use rusqlite::{Connection, Row};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::desk::{program, said};

const PASSPHRASE: &str = "seven kettles, no lids";

/// A desk with one report and the advice that was taken on it, made by the program alone.
fn made() -> TempDir {
    let root = TempDir::new().unwrap();
    let runs = |args: &[&str]| {
        let mut command = program();
        command.current_dir(root.path()).args(["--desk", "desk", "--passphrase-file", "-"]);
        let said = said(command.args(args), PASSPHRASE);
        assert_eq!(said.code, 0, "{}", said.err);
    };
    runs(&["setup", "--org", "Weirgate", "--name", "Amina Khan", "--role", "DSL"]);
    let report = super::desk::concern("Zoë Okonkwo").to_string();
    fs::write(root.path().join("report.json"), report).unwrap();
    let part2 =
        json!({ "advice": [{ "at": "2026-11-20", "name": "Dr Patel", "advice": "Weigh her on Monday." }] });
    fs::write(root.path().join("part2.json"), part2.to_string()).unwrap();
    runs(&["import", "report.json"]);
    runs(&["annotate", "1", "--from", "part2.json"]);
    root
}

/// `sed -n '/BEGIN AGE/,/END AGE/p' people/amina-khan.toml | age -d > identity.txt`
fn identity(desk: &Path) -> String {
    let file = fs::read_to_string(desk.join("people/amina-khan.toml")).unwrap();
    let sealed = file.lines().skip_while(|line| !line.contains("BEGIN AGE"));
    let until =
        sealed.scan(false, |over, line| (!std::mem::replace(over, line.contains("END AGE"))).then_some(line));
    // `sed` prints whole lines, and `age` minds nothing that stands before its own.
    let sealed: Vec<&str> = until.map(|line| line.rsplit('"').next().unwrap()).collect();
    let passphrase = age::scrypt::Identity::new(SecretString::from(PASSPHRASE));
    let plain = age::decrypt(&passphrase, format!("{}\n", sealed.join("\n")).as_bytes()).unwrap();
    String::from_utf8(plain).unwrap()
}

/// `age -d -i identity.txt cabinets/general.keys`
fn database_key(desk: &Path, identity: &str) -> String {
    let key = identity.lines().find(|line| !line.starts_with('#')).unwrap();
    let key: age::x25519::Identity = key.parse().unwrap();
    let plain = age::decrypt(&key, &fs::read(desk.join("cabinets/general.keys")).unwrap()).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    let line = plain.lines().find(|line| line.starts_with("database = ")).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

/// `sqlcipher cabinets/general.db`
fn database(desk: &Path, key: &str) -> Connection {
    let db = Connection::open(desk.join("cabinets/general.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\";")).unwrap();
    db
}

struct Line {
    seq: i64,
    /// Time, author, kind and body.
    said: [String; 4],
    prev: String,
    hash: String,
    signature: String,
}

impl Line {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        let said = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
        Ok(Self { seq: row.get(0)?, said, prev: row.get(5)?, hash: row.get(6)?, signature: row.get(7)? })
    }

    /// The SHA-256 of six lines: number, time, author, kind, body, previous hash.
    fn six_lines(&self) -> String {
        format!("{}\n{}\n{}\n", self.seq, self.said.join("\n"), self.prev)
    }
}

fn ledger(db: &Connection) -> Vec<Line> {
    let sql = "SELECT seq, recorded_at, author, kind, body, prev, hash, signature FROM ledger ORDER BY seq";
    let mut statement = db.prepare(sql).unwrap();
    statement.query_map([], Line::read).unwrap().map(Result::unwrap).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn the_readmes_recipe_reads_the_record_and_proves_it() {
    let root = made();
    let desk = root.path().join("desk");
    let key = database_key(&desk, &identity(&desk));
    let lines = ledger(&database(&desk, &key));
    // The first entry admits the founder, with her public key.
    let founder: Value = serde_json::from_str(&lines[0].said[3]).unwrap();
    let signer = unhex(founder["signing_key"].as_str().unwrap()).try_into().unwrap();
    let signer = VerifyingKey::from_bytes(&signer).unwrap();
    let mut prev = "0".repeat(64);
    for (number, line) in (1..).zip(&lines) {
        assert_eq!((line.seq, &line.prev), (number, &prev));
        prev = hex(&Sha256::digest(line.six_lines()));
        assert_eq!(line.hash, prev);
        let signature = Signature::from_slice(&unhex(&line.signature)).unwrap();
        signer.verify_strict(prev.as_bytes(), &signature).unwrap();
    }
    let body_of = |kind: &str| &lines.iter().find(|line| line.said[2] == kind).unwrap().said[3];
    assert!(body_of("concern-received").contains("Zoë Okonkwo"));
    assert!(body_of("part2").contains("Weigh her on Monday."));
}
