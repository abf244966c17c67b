//! Class by Order 36 arts. 8–10. Where the law leaves it open, the range that an admissible answer may fall in.

use domain::record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, RecordClass, RecordFacts};

/// Lowest and highest class that the facts admit, what has to be decided, and the articles.
pub(super) struct ClassRange {
    pub low: RecordClass,
    pub high: RecordClass,
    pub asks: Vec<String>,
    pub cites: Vec<String>,
}

pub(super) fn range(facts: &RecordFacts) -> ClassRange {
    let mut found = ClassRange { low: RecordClass::Minor, high: RecordClass::Minor, asks: Vec::new(), cites: Vec::new() };
    for penalty in &facts.penalties {
        let (low, high, cite) = of(*penalty, facts.procedure);
        if low != high {
            found.asks.push(match penalty.kind {
                PenaltyKind::Fine => "fine_size".to_owned(),
                _ => "class_of_unlawful_gains".to_owned(),
            });
        }
        found.low = found.low.max(low);
        found.high = found.high.max(high);
        found.cites.push(cite.to_owned());
    }
    if facts.severe_listing.is_some() {
        found.low = RecordClass::Severe;
        found.high = RecordClass::Severe;
        found.cites.push("order_36_2025/art_10".to_owned());
    }
    // An open question that cannot change the class asks for nothing.
    if found.low == found.high {
        found.asks.clear();
    }
    found.cites.sort();
    found.cites.dedup();
    found
}

fn of(penalty: Penalty, procedure: PenaltyProcedure) -> (RecordClass, RecordClass, &'static str) {
    use RecordClass::{General, Minor, Severe};
    if procedure == PenaltyProcedure::Summary {
        return (Minor, Minor, "order_36_2025/art_8");
    }
    match (penalty.kind, penalty.size) {
        (PenaltyKind::Warning | PenaltyKind::PublicCriticism, _) | (PenaltyKind::Fine, Some(FineSize::Smaller)) => {
            (Minor, Minor, "order_36_2025/art_8")
        }
        (PenaltyKind::Fine, Some(FineSize::Larger)) | (PenaltyKind::ConfiscationOfIllegalProperty, _) => {
            (General, General, "order_36_2025/art_9")
        }
        (PenaltyKind::Fine, Some(FineSize::Huge)) => (Severe, Severe, "order_36_2025/art_10"),
        (PenaltyKind::Fine, None) | (PenaltyKind::ConfiscationOfUnlawfulGains, _) => {
            (Minor, Severe, "order_36_2025/art_11")
        }
        _ => (Severe, Severe, "order_36_2025/art_10"),
    }
}
