//! Articles that are loaded while the house runs bring their words.

use api::app::App;
use sha2::{Digest, Sha256};

use super::words::{BOOK, text};
use crate::{cli::program::run, on_both, support::world::World};

on_both!(new_articles_are_loaded_with_their_words);

async fn load(world: &World, files: &[&str], commit: bool) -> crate::cli::program::Run {
    let folder = world.folder().display().to_string();
    let place = ["--data", &folder, "--database", &world.database, "--origin", "test.example/log", "--json", "law", "load"];
    run(&[&place[..], files, if commit { &["--commit"] } else { &[] }].concat(), &[], "")
}

fn sources(app: &App, citation: &str) -> (Option<String>, Option<String>) {
    let rules = app.rules();
    let of = rules.law.sources();
    (of.quote(citation).map(|quote| quote.words.clone()), of.absent(citation).map(|why| why.en))
}

async fn new_articles_are_loaded_with_their_words(world: World) {
    let file = |name: &str, text: &str| {
        let path = world.folder().join(name).display().to_string();
        std::fs::write(&path, text).expect("a file");
        path
    };
    // An instrument that a rulebook brings along has no words yet, and says so.
    load(&world, &[&file("r_99.toml", BOOK)], true).await.good();
    let list = text("sources.toml").replacen("articles = [\"art_9_1\", \"art_23\"", "articles = [\"art_9_1\", \"art_24\", \"art_23\"", 1);
    let words = "第二十四条 虚构的条文，只用于测试。";
    let entry = format!("\n[[article]]\nkey = \"art_24\"\nwords = \"{words}\"\nsha256 = \"{:x}\"\n", Sha256::digest(words));
    let (list, more) = (file("list.toml", &list), file("more.toml", &(text("words/review_rules_2026.toml") + &entry)));
    let alone = load(&world, &[&list], true).await;
    assert!(alone.code == 1 && alone.out.contains("has no entry"), "{}", alone.out);
    // Whichever is named first, the list goes before the words.
    let done = load(&world, &[&more, &list], true).await.good().json();
    assert_eq!(done["entries"].as_array().map(Vec::len), Some(2), "{done}");
    api::work::rounds::make(&world.app).await.expect("the server's rounds");
    assert_eq!(sources(&world.app, "review_rules_2026/art_24"), (Some(words.to_owned()), None));
    let (none, why) = sources(&world.app, "order_99_2027/art_8");
    assert!(none.is_none() && why.is_some_and(|why| why.starts_with("The instrument came with a rulebook")));
    world.finish().await;
}
