//! The closed words of `domain` as GraphQL enums: one list, never copied.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, OutputType, Positioned, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry},
};
use domain::process::Word;

/// A word of a closed set; its GraphQL value is the word in upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumOf<T: Word>(pub T);

fn shown<T: Word>(word: T) -> String {
    word.word().to_uppercase()
}

/// Titles in both languages, then what the word means.
fn told<T: Word>(word: T) -> Option<String> {
    let meaning = word.meaning().trim();
    let text = match word.titles() {
        Some((zh, _)) if meaning == zh => word.titles().map(|(zh, en)| format!("{zh}: {en}."))?,
        Some((zh, en)) => format!("{zh}: {en}. {meaning}"),
        None => meaning.to_owned(),
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn describe<T: Word>() -> MetaType {
    let values: IndexMap<String, MetaEnumValue> = T::all()
        .iter()
        .map(|word| {
            let name = shown(*word);
            let value = MetaEnumValue {
                name: name.clone(),
                description: told(*word),
                deprecation: Deprecation::NoDeprecated,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                directive_invocations: Vec::new(),
            };
            (name, value)
        })
        .collect();
    MetaType::Enum {
        name: T::NAME.to_owned(),
        description: Some(T::MEANING.trim().to_owned()),
        enum_values: values,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<EnumOf<T>>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

impl<T: Word> OutputType for EnumOf<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| describe::<T>())
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(async_graphql::Name::new(shown(self.0))))
    }
}

impl<T: Word> InputType for EnumOf<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| describe::<T>())
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let text = match &value {
            Some(Value::Enum(name)) => name.to_string(),
            Some(Value::String(text)) => text.clone(),
            _ => return Err(InputValueError::expected_type(value.unwrap_or_default())),
        };
        T::all().iter().copied().find(|word| shown(*word) == text).map(EnumOf).ok_or_else(|| {
            let allowed: Vec<_> = T::all().iter().map(|word| shown(*word)).collect();
            InputValueError::custom(format!("“{text}” is not among the allowed words: {}", allowed.join(", ")))
        })
    }

    fn to_value(&self) -> Value {
        Value::Enum(async_graphql::Name::new(shown(self.0)))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
