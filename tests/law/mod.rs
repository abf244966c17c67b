//! The law as data: classes and terms, citations, load checks.

mod assess;
mod by_api;
mod calculators;
mod carried;
mod derivations;
mod grounds;
mod loading;
mod opened;
mod pages;
mod queries;
mod refusals;
mod review;
mod settings;
mod source;
mod tables;
mod words;
mod words_loaded;
