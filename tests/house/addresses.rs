//! An address to which no mail can go is refused where it is given, not when the first letter is due.

use serde_json::{Value, json};

use crate::{
    cli::program::run,
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(addresses_are_refused_where_they_are_given);

/// Address and the reason of its refusal.
const WRONG: [(&str, &str); 8] = [
    ("zhang；li@example.invalid", "ADDRESS_NOT_ASCII"),
    ("张三@example.invalid", "ADDRESS_NOT_ASCII"),
    ("a@example.invalid, b@example.invalid", "ADDRESS_SPACE"),
    ("a@example.invalid;b@example.invalid", "ADDRESS_MALFORMED"),
    ("Zhang <a@example.invalid>", "ADDRESS_SPACE"),
    ("nobody", "ADDRESS_MALFORMED"),
    ("zhang@example", "ADDRESS_DOMAIN_INCOMPLETE"),
    ("a@127.0.0.1", "ADDRESS_MALFORMED"),
];

fn reason(answer: &Value) -> (&Value, &Value) {
    (&answer["errors"][0]["extensions"]["reason"], &answer["errors"][0]["extensions"]["field"])
}

async fn addresses_are_refused_where_they_are_given(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let letter = world.paper("counter", "承诺书").await;
    for (address, code) in WRONG {
        let mut form = steps::application();
        form["contactEmail"] = json!(address);
        let input =
            json!({ "record": id, "application": form, "channel": "COUNTER", "receivedOn": "2026-06-22", "commitmentLetter": letter });
        let answer = world.act("counter", "registerRepairApplication", input).await;
        assert_eq!(reason(&answer), (&json!(code), &json!("input.application.contactEmail")), "{address}: {answer}");
        let objection = json!({ "ground": "CONTENT_WRONG", "statement": "金额有误", "contactEmail": address });
        let answer = world
            .act(
                "counter",
                "registerObjection",
                json!({ "challenged": id, "objection": objection, "cameBy": "DIRECT", "receivedOn": "2026-06-22" }),
            )
            .await;
        assert_eq!(reason(&answer), (&json!(code), &json!("input.objection.contactEmail")), "{address}: {answer}");
        let add = "mutation($input: AddAccountInput!) { addAccount(input: $input) { account } }";
        let token = world.token("admin").await;
        let answer = world
            .ask(
                Some(&token),
                add,
                json!({ "input": { "login": "someone-new", "password": "long-enough-1234-word", "name": "某人", "email": address } }),
            )
            .await;
        assert_eq!(reason(&answer), (&json!(code), &json!("input.email")), "{address}: {answer}");
        let data = world.folder().display().to_string();
        let place = ["--data", &data, "--database", &world.database, "--origin", "test.example/log"];
        let added = run(
            &[&place[..], &["user", "add", "someone-new", "--name", "某人", "--email", address]].concat(),
            &[],
            "long-enough-1234-word",
        );
        assert!(added.code == 1 && added.err.contains(code), "{address}: {} {}", added.out, added.err);
    }
    let accounts = world.query("admin", "{ seats { id } }", json!({})).await;
    assert!(accounts["seats"].is_array(), "nothing half written hinders: {accounts}");
    world.finish().await;
}

#[test]
fn senders_are_checked_by_what_sends() {
    let folder = crate::support::smtp::scratch("senders");
    let data = folder.display().to_string();
    let good = [
        "xinxiu@example.org",
        "Xinxiu <xinxiu@example.org>",
        "信修 <xinxiu@example.org>",
        "\"Bureau, City\" <xinxiu@example.org>",
        "<xinxiu@example.org>",
    ];
    for sender in good {
        run(&["--data", &data, "check-config"], &[("XINXIU_MAIL_FROM", sender)], "").good();
    }
    let wrong = [
        "nobody",
        "xinxiu@localhost",
        "Xinxiu <xinxiu@example>",
        "a@b@example.org",
        "信修@example.org",
        "Xinxiu xinxiu@example.org",
        "Xinxiu <xinxiu@example.org",
        "Xinxiu <xinxiu@example.org> extra",
        "<a@example.org> <b@example.org>",
        "a@example.org, b@example.org",
        "",
        " ",
    ];
    for sender in wrong {
        let found = run(&["--data", &data, "check-config"], &[("XINXIU_MAIL_FROM", sender)], "");
        assert!(found.code == 2 && found.err.contains("mail_from"), "{sender}: {} {} {}", found.code, found.out, found.err);
    }
    let plain = run(&["--data", &data, "check-config"], &[("XINXIU_SMTP_HOST", "mail.example.org"), ("XINXIU_SMTP_TLS", "plain")], "");
    assert!(plain.code == 2 && plain.err.contains("mail.example.org"), "{} {}", plain.out, plain.err);
    std::fs::write(folder.join("ca.pem"), "no certificate").expect("the folder can be written");
    let ca = folder.join("ca.pem").display().to_string();
    let unfit = run(&["--data", &data, "check-config"], &[("XINXIU_SMTP_HOST", "mail.example.org"), ("XINXIU_SMTP_CA_FILE", &ca)], "");
    assert!(unfit.code == 2 && unfit.err.contains("certificate"), "{} {}", unfit.out, unfit.err);
    std::fs::remove_dir_all(folder).ok();
}
