//! The gate in front of the parser: nothing unbounded gets past it. Refusals cost well under a millisecond.

use std::{collections::HashMap, time::Duration};

use apollo_parser::{
    Parser,
    cst::{self, CstNode},
};

/// What a document may cost.
#[derive(Clone, Copy, Debug)]
pub struct DoorLimits {
    pub max_body_bytes: usize,
    pub max_tokens: usize,
    pub max_recursion: usize,
    pub max_aliases: usize,
    pub max_directives: usize,
    /// Bytes of an answer.
    pub max_answer_bytes: usize,
    /// How long a body may take to come.
    pub body_time: Duration,
    /// Fields after every fragment is put in its place.
    pub max_expanded_fields: u64,
}

impl Default for DoorLimits {
    fn default() -> Self {
        Self {
            max_body_bytes: 256 * 1024,
            max_tokens: 2000,
            max_recursion: 64,
            max_aliases: 30,
            max_directives: 20,
            max_answer_bytes: 8 * 1024 * 1024,
            body_time: Duration::from_secs(20),
            max_expanded_fields: 1000,
        }
    }
}

/// Why a document is not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// With line and column, both from 1, where the place is known.
    Parse(String, Option<(usize, usize)>),
    Limit(String),
    /// A text that no database column takes.
    Nul,
}

/// Lets a document through, or says why not.
///
/// # Errors
/// [`Refused`] with the limit it breaks.
pub fn check(query: &str, limits: &DoorLimits) -> Result<(), Refused> {
    let tree = Parser::new(query).token_limit(limits.max_tokens).recursion_limit(limits.max_recursion).parse();
    if let Some(error) = tree.errors().next() {
        return Err(if error.is_limit() {
            too_much(error.message(), limits)
        } else {
            Refused::Parse(error.message().to_owned(), Some(place(query, error.index())))
        });
    }
    if holds_nul(&tree) {
        return Err(Refused::Nul);
    }
    let mut counts = Counts::default();
    let mut fragments = HashMap::new();
    let mut operations = Vec::new();
    for definition in tree.document().definitions() {
        match definition {
            cst::Definition::FragmentDefinition(fragment) => {
                let name = fragment.fragment_name().and_then(|name| name.name()).map(|name| name.text().to_string());
                let size = fragment.selection_set().map(|set| weigh(&set, &mut counts)).unwrap_or_default();
                fragments.insert(name.unwrap_or_default(), size);
            }
            cst::Definition::OperationDefinition(operation) => {
                operations.push(operation.selection_set().map(|set| weigh(&set, &mut counts)).unwrap_or_default());
            }
            other => {
                let at = usize::from(other.syntax().text_range().start());
                return Err(Refused::Parse(
                    format!("只接受操作和片段。Only operations and fragments are run here, not {}.", other.syntax().kind_name()),
                    Some(place(query, at)),
                ));
            }
        }
    }
    counts.within(limits)?;
    let mut known = HashMap::new();
    for operation in &operations {
        let size = expand(operation, &fragments, &mut known, 0)?;
        if size > limits.max_expanded_fields {
            let most = limits.max_expanded_fields;
            return Err(Refused::Limit(format!(
                "字段超过{most}个，请减少字段或者分次查询。The document asks for more than {most} fields; ask for fewer, or in several requests."
            )));
        }
    }
    Ok(())
}

/// A limit of the parser, told by what its message speaks of: nesting, else the length of the document.
fn too_much(message: &str, limits: &DoorLimits) -> Refused {
    let (levels, parts) = (limits.max_recursion, limits.max_tokens);
    Refused::Limit(if message.contains("recursion") {
        format!("嵌套超过{levels}层，请减少嵌套。The document is nested deeper than {levels} levels; nest less.")
    } else {
        format!(
            "文档超过{parts}个词，请写短些，值放在变量中。The document has more than {parts} tokens; make it shorter, with values as variables."
        )
    })
}

/// Line and column of a byte, both from 1.
fn place(text: &str, index: usize) -> (usize, usize) {
    let before = text.get(..index).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
    (line, column)
}

/// Whether a text of the document is or spells the character NUL.
fn holds_nul(tree: &apollo_parser::SyntaxTree) -> bool {
    let texts = tree.document().syntax().descendants().filter_map(cst::StringValue::cast);
    texts.into_iter().any(|text| spells_nul(&text.source_string()))
}

/// Whether a literal holds NUL as it is, or as an escape; in a block no escape counts.
fn spells_nul(literal: &str) -> bool {
    let block = literal.starts_with("\"\"\"");
    let mut rest = literal.chars();
    while let Some(character) = rest.next() {
        match character {
            '\0' => return true,
            '\\' if !block && rest.next() == Some('u') => {
                let digits: String = rest.clone().take_while(|next| *next != '}').filter(|next| *next != '{').take(4).collect();
                if !digits.is_empty() && digits.chars().all(|digit| digit == '0') {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

trait KindName {
    fn kind_name(&self) -> String;
}

impl KindName for apollo_parser::SyntaxNode {
    fn kind_name(&self) -> String {
        format!("{:?}", self.kind()).to_lowercase()
    }
}

#[derive(Default)]
struct Counts {
    aliases: usize,
    directives: usize,
}

impl Counts {
    fn within(&self, limits: &DoorLimits) -> Result<(), Refused> {
        if self.aliases > limits.max_aliases {
            let most = limits.max_aliases;
            return Err(Refused::Limit(format!(
                "别名超过{most}个，请分次请求。There are more than {most} aliases; send several requests."
            )));
        }
        if self.directives > limits.max_directives {
            let most = limits.max_directives;
            return Err(Refused::Limit(format!("指令超过{most}个，请减少指令。There are more than {most} directives; use fewer.")));
        }
        Ok(())
    }
}

/// Fields of a selection set by itself, and the fragments it spreads.
#[derive(Clone, Debug, Default)]
struct Weight {
    fields: u64,
    spreads: Vec<String>,
}

fn weigh(set: &cst::SelectionSet, counts: &mut Counts) -> Weight {
    let mut weight = Weight::default();
    for node in set.syntax().descendants() {
        if let Some(field) = cst::Field::cast(node.clone()) {
            weight.fields += 1;
            counts.aliases += usize::from(field.alias().is_some());
        } else if let Some(spread) = cst::FragmentSpread::cast(node.clone()) {
            let name = spread.fragment_name().and_then(|name| name.name()).map(|name| name.text().to_string());
            weight.spreads.extend(name);
        } else if cst::Directive::cast(node).is_some() {
            counts.directives += 1;
        }
    }
    weight
}

/// Size with every fragment in its place; each fragment is counted once and remembered.
fn expand(weight: &Weight, fragments: &HashMap<String, Weight>, known: &mut HashMap<String, u64>, depth: usize) -> Result<u64, Refused> {
    if depth > 64 {
        let words = "片段相互引用过深或者成环，请直接写出字段。Fragments spread each other too deep or in a circle; write the fields out.";
        return Err(Refused::Limit(words.to_owned()));
    }
    let mut size = weight.fields;
    for name in &weight.spreads {
        let part = match (known.get(name), fragments.get(name)) {
            (Some(part), _) => *part,
            (None, Some(fragment)) => {
                let part = expand(fragment, fragments, known, depth + 1)?;
                known.insert(name.clone(), part);
                part
            }
            (None, None) => 0,
        };
        size = size.saturating_add(part);
    }
    Ok(size)
}
