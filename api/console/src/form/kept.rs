//! What the house knows already, as if it was typed: a form that changes something begins with what is there.

use serde_json::Value;

use super::Typed;

/// Puts the values of a case into the fields of the forms that an act asks for, where they bear the same name.
pub fn into(asks: &Value, case: &Value, typed: &mut Typed) {
    for ask in asks.as_array().into_iter().flatten() {
        let field = ask["field"].as_str().unwrap_or_default();
        if ask["kind"] == "FORM" {
            fields(&ask["form"], case, field, typed);
        }
    }
}

fn fields(asks: &Value, from: &Value, prefix: &str, typed: &mut Typed) {
    for ask in asks.as_array().into_iter().flatten() {
        let field = ask["field"].as_str().unwrap_or_default();
        let name = format!("{prefix}.{field}");
        let value = known(from, field);
        match (ask["kind"].as_str().unwrap_or_default(), value) {
            ("FORM", value) if value.is_object() => fields(&ask["form"], value, &name, typed),
            ("ROWS", Value::Array(rows)) => {
                for (place, row) in rows.iter().enumerate() {
                    fields(&ask["form"], row, &format!("{name}.{place}"), typed);
                }
            }
            (_, Value::Array(all)) => {
                for one in all.iter().filter_map(|one| one.as_str().or(one["key"].as_str())) {
                    typed.put(&name, one.to_owned());
                }
            }
            (_, Value::String(text)) => typed.put(&name, text.clone()),
            (_, Value::Number(number)) => typed.put(&name, number.to_string()),
            (_, Value::Bool(yes)) => typed.put(&name, if *yes { "yes" } else { "no" }.to_owned()),
            _ => {}
        }
    }
}

/// A value under the name of a field; what belongs to the subject or its contact stands there.
fn known<'a>(from: &'a Value, field: &str) -> &'a Value {
    match field {
        // What is shown with stars is not what was given.
        "contactName" | "contactPhone" | "contactEmail" if from["contact"]["masked"] == true => &Value::Null,
        "subjectKind" => &from["subject"]["kind"],
        "subjectName" => &from["subject"]["name"],
        "uscc" if from["subject"].is_object() => &from["subject"]["uscc"],
        "contactName" => &from["contact"]["name"],
        "contactPhone" => &from["contact"]["phone"],
        "contactEmail" if from["contact"].is_object() => &from["contact"]["email"],
        _ => &from[field],
    }
}
