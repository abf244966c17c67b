//! Lines that cannot be answered: which code, at which field; the lines around them are.

use serde_json::Value;

use crate::cli::program::run;

/// Each line with the code and the field of its error; none where it is answered.
fn refused(question: &str, rows: &[(&str, &str, &str)]) {
    // The last line ends without a line feed.
    let asked: Vec<&str> = rows.iter().map(|(line, ..)| *line).collect();
    let out = run(&["law", question], &[], &asked.join("\n")).good().out;
    let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), rows.len(), "{out}");
    for ((line, code, field), answer) in rows.iter().zip(answers) {
        let error = &answer["error"];
        assert_eq!(
            (error["code"].as_str().unwrap_or_default(), error["field"].as_str().unwrap_or_default()),
            (*code, *field),
            "{line}: {answer}"
        );
    }
}

#[test]
fn limits_that_cannot_be_counted() {
    refused(
        "due",
        &[
            (r#"{"from":"2026-10-01","count":3,"unit":"WORKING_DAY"}"#, "", ""),
            ("", "NOT_JSON", ""),
            ("[1]", "NOT_JSON", ""),
            (r#"{"from":"2026-10-01","count":3"#, "NOT_JSON", ""),
            (r#"{"from":"2026-10-01","count":3,"unit":"DAY"} {}"#, "NOT_JSON", ""),
            (r#"{"from":"2026-02-30","count":3,"unit":"DAY"}"#, "IMPOSSIBLE_DATE", "from"),
            (r#"{"from":"2026-10-01","count":0,"unit":"DAY"}"#, "COUNT_OUT_OF_RANGE", "count"),
            (r#"{"from":"2026-10-01","count":3661,"unit":"DAY"}"#, "COUNT_OUT_OF_RANGE", "count"),
            (r#"{"from":"2026-10-01","count":-1,"unit":"DAY"}"#, "VALUE_OUT_OF_RANGE", "count"),
            (r#"{"from":"2026-10-01","count":"3","unit":"DAY"}"#, "WRONG_TYPE", "count"),
            (r#"{"from":"2026-10-01","count":3,"unit":"WEEK"}"#, "UNKNOWN_WORD", "unit"),
            (r#"{"from":"2026-10-01","count":3}"#, "MISSING_FIELD", "unit"),
            (r#"{"from":"2026-10-01","count":3,"unit":"DAY","till":1}"#, "UNKNOWN_FIELD", "till"),
            (
                r#"{"from":"2026-10-01","count":3,"unit":"DAY","pauses":[{"first":"2026-10-02","last":"2026-10-02","why":1}]}"#,
                "UNKNOWN_FIELD",
                "pauses[0].why",
            ),
            (r#"{"from":"2026-10-01","count":3,"unit":"DAY","pauses":[{"first":"2026-10-02"}]}"#, "MISSING_FIELD", "pauses[0].last"),
            (
                r#"{"from":"2026-10-01","count":3,"unit":"DAY","pauses":[{"first":"2026-10-03","last":"2026-10-02"}]}"#,
                "PAUSE_ENDS_BEFORE_IT_BEGINS",
                "pauses[0].last",
            ),
            (
                r#"{"from":"2026-10-01","count":3,"unit":"DAY","pauses":[{"first":"2026-10-03","last":"9026-10-02"}]}"#,
                "PAUSES_TOO_LONG",
                "pauses",
            ),
            (r#"{"from":"9990-10-01","count":3660,"unit":"MONTH"}"#, "DATE_OUT_OF_RANGE", "count"),
            (r#"{"from":"2026-10-01","count":3,"unit":"WORKING_DAY"}"#, "", ""),
        ],
    );
}

#[test]
fn facts_that_cannot_be() {
    let facts = |more: &str| format!(r#"{{"subjectKind":"LEGAL_PERSON","procedure":"ORDINARY","findingDate":"2026-05-10"{more}}}"#);
    let rows = [
        (r#","penalties":[{"kind":"WARNING"}]"#, "", ""),
        ("", "NO_PENALTY", "penalties"),
        (r#","penalties":[{"kind":"PRISON"}]"#, "UNKNOWN_WORD", "penalties[0].kind"),
        (r#","penalties":[{"kind":"WARNING"},{"kind":"FINE","until":"2026-06-31"}]"#, "IMPOSSIBLE_DATE", "penalties[1].until"),
        (r#","penalties":[{"kind":"WARNING"}],"colour":"red""#, "UNKNOWN_FIELD", "colour"),
        (r#","severeListing":{"ownTermYears":4}"#, "LISTING_TERM_WITHOUT_LAW", "severeListing.law"),
        (r#","severeListing":{"ownTermYears":4,"law":" "}"#, "LISTING_TERM_WITHOUT_LAW", "severeListing.law"),
        (r#","severeListing":{"ownTermYears":4000000000,"law":"x"}"#, "COUNT_OUT_OF_RANGE", "severeListing.ownTermYears"),
        (r#","severeListing":{"ownTermYears":-1}"#, "VALUE_OUT_OF_RANGE", "severeListing.ownTermYears"),
        (r#","severeListing":{"ownTermYears":4,"law":"x"}"#, "", ""),
        (
            r#","penalties":[{"kind":"WARNING"}],"publicationNecessity":{"months":4,"reason":"r"}"#,
            "NECESSITY_TERM",
            "publicationNecessity.months",
        ),
        (
            r#","penalties":[{"kind":"WARNING"}],"publicationNecessity":{"months":3,"reason":" "}"#,
            "NECESSITY_WITHOUT_REASON",
            "publicationNecessity.reason",
        ),
        (r#","penalties":[{"kind":"WARNING"}],"publicationNecessity":{"months":3}"#, "MISSING_FIELD", "publicationNecessity.reason"),
        (r#","penalties":[{"kind":"WARNING"}],"substancePolicy":"HARSH""#, "UNKNOWN_WORD", "substancePolicy"),
    ];
    let lines: Vec<String> = rows.iter().map(|(more, ..)| facts(more)).collect();
    let rows: Vec<_> = lines.iter().zip(rows).map(|(line, (_, code, field))| (line.as_str(), code, field)).collect();
    refused("assess", &rows);
}

#[test]
fn identifiers_of_no_kind() {
    refused(
        "id",
        &[
            (r#"{"kind":"USCC","value":"91110000600037341L"}"#, "", ""),
            (r#"{"kind":"PASSPORT","value":"1"}"#, "UNKNOWN_WORD", "kind"),
            (r#"{"kind":"USCC"}"#, "MISSING_FIELD", "value"),
            (r#"{"kind":"USCC","value":""}"#, "", ""),
        ],
    );
}
