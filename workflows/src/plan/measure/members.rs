//! Members of an object of a question, each read as what it has to be.

use std::borrow::Cow;

use time::Date;

use super::{
    fault::{Code, Fault, Place},
    node::Node,
};

/// Most items of a list.
pub const LIST: usize = 1_000_000;
/// Most characters of a key, and of a text that becomes part of a reason.
pub const TEXT: usize = 200;
/// The largest whole number that every reader of JSON keeps exactly: 2⁵³ − 1.
const NUMBER: u64 = (1 << 53) - 1;

/// An object whose members are all known, and none twice.
#[derive(Clone, Copy, Debug)]
pub struct Object<'p, 'n, 'a> {
    place: &'p Place<'p>,
    members: &'n [(Cow<'a, str>, Node<'a>)],
}

/// The members of an object.
pub fn members<'n, 'a>(node: &'n Node<'a>, place: &Place<'_>) -> Result<&'n [(Cow<'a, str>, Node<'a>)], Fault> {
    match node {
        Node::Object(members) => Ok(members),
        _ => Err(place.fault(Code::BadJson)),
    }
}

/// The items of a list.
pub fn items<'n, 'a>(node: &'n Node<'a>, place: &Place<'_>) -> Result<&'n [Node<'a>], Fault> {
    match node {
        Node::List(items) if items.len() > LIST => Err(place.fault(Code::TooLong)),
        Node::List(items) => Ok(items),
        _ => Err(place.fault(Code::BadJson)),
    }
}

/// A text that is neither empty nor long, on one line: keys and reasons stand in lines with tabs between them.
pub fn text<'n>(node: &'n Node<'_>, place: &Place<'_>) -> Result<&'n str, Fault> {
    match node {
        Node::Text(text) if text.is_empty() || text.chars().any(char::is_control) => Err(place.fault(Code::BadWord)),
        Node::Text(text) if text.chars().count() > TEXT => Err(place.fault(Code::TooLong)),
        Node::Text(text) => Ok(text),
        _ => Err(place.fault(Code::BadWord)),
    }
}

/// One of a closed set of words.
pub fn word<T>(node: &Node<'_>, place: &Place<'_>, known: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    match node {
        Node::Text(text) => known(text),
        _ => None,
    }
    .ok_or_else(|| place.fault(Code::BadWord))
}

impl<'p, 'n, 'a> Object<'p, 'n, 'a> {
    /// # Errors
    /// When it is no object, or has a member twice or one that is not known.
    pub fn of(node: &'n Node<'a>, place: &'p Place<'p>, known: &[&str]) -> Result<Self, Fault> {
        let members = members(node, place)?;
        let mut seen = vec![false; known.len()];
        for (name, _) in members {
            let here = Place::Member(place, name);
            let at = known.iter().position(|known| known == name).ok_or_else(|| here.fault(Code::UnknownField))?;
            if std::mem::replace(&mut seen[at], true) {
                return Err(here.fault(Code::DuplicateKey));
            }
        }
        Ok(Self { place, members })
    }

    /// The place of a member.
    pub fn at(&self, name: &'static str) -> Place<'p> {
        Place::Member(self.place, name)
    }

    /// A member that may be absent, which is the same as null.
    pub fn find(&self, name: &str) -> Option<&'n Node<'a>> {
        let (_, node) = self.members.iter().find(|(known, _)| known == name)?;
        (*node != Node::Null).then_some(node)
    }

    /// A member that has to be there.
    pub fn need(&self, name: &'static str) -> Result<&'n Node<'a>, Fault> {
        self.find(name).ok_or_else(|| self.at(name).fault(Code::MissingField))
    }

    pub fn list(&self, name: &'static str) -> Result<&'n [Node<'a>], Fault> {
        items(self.need(name)?, &self.at(name))
    }

    pub fn text(&self, name: &'static str) -> Result<&'n str, Fault> {
        text(self.need(name)?, &self.at(name))
    }

    pub fn text_if_any(&self, name: &'static str) -> Result<Option<&'n str>, Fault> {
        self.find(name).map(|node| text(node, &self.at(name))).transpose()
    }

    pub fn word<T>(&self, name: &'static str, known: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
        word(self.need(name)?, &self.at(name), known)
    }

    pub fn word_if_any<T>(&self, name: &'static str, known: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Fault> {
        self.find(name).map(|node| word(node, &self.at(name), known)).transpose()
    }

    pub fn flag(&self, name: &'static str) -> Result<bool, Fault> {
        match self.need(name)? {
            Node::Flag(flag) => Ok(*flag),
            _ => Err(self.at(name).fault(Code::BadWord)),
        }
    }

    pub fn number(&self, name: &'static str) -> Result<u64, Fault> {
        match self.need(name)? {
            Node::Number(Some(number)) if *number <= NUMBER => Ok(*number),
            _ => Err(self.at(name).fault(Code::BadNumber)),
        }
    }

    pub fn number_if_any(&self, name: &'static str) -> Result<Option<u64>, Fault> {
        self.find(name).map(|_| self.number(name)).transpose()
    }

    pub fn day(&self, name: &'static str) -> Result<Date, Fault> {
        let day = match self.need(name)? {
            Node::Text(text) => domain::day::parse(text),
            _ => None,
        };
        day.ok_or_else(|| self.at(name).fault(Code::BadDate))
    }

    pub fn day_if_any(&self, name: &'static str) -> Result<Option<Date>, Fault> {
        self.find(name).map(|_| self.day(name)).transpose()
    }
}
