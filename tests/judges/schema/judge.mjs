// Judges the schema: graphql-eslint's relay rules, graphql-inspector's validation of documents, and its comparison with the
// schema of the last release. Exit code 1 if anything is not as it should be.
//
// judge.mjs SCHEMA DOCUMENTS RELEASED: the schema, a folder of documents, the schema of the last release (may be missing).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CriticalityLevel, diff, validate } from "@graphql-inspector/core";
import * as graphqlEslint from "@graphql-eslint/eslint-plugin";
import { Linter } from "eslint";
import { buildSchema, Source } from "graphql";

const [schemaFile, documents, released] = process.argv.slice(2);
const sdl = readFileSync(schemaFile, "utf8");
const plugin = graphqlEslint.default ?? graphqlEslint;

// Where the schema departs from a rule: since when, and why.
const rules = {
  // 2026-11-28: a page is read forwards as a rule; before/last stand only where a list is read from its end as well.
  "relay-arguments": ["error", { includeBoth: false }],
  "relay-connection-types": "error",
  // 2026-11-28: what is bounded by the law or by one case (points, reasons, articles, deadlines) is a plain list: a page of
  // it would be of no use to anybody. Lists without a bound are connections, as the other rules ask.
  // 2026-11-28: an entry of the trail, of the public list and of the log of sign-ins has a number or a place of its own, which
  // is what people write down, and no global id.
  "relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
  "relay-page-info": "error",
};

let bad = 0;
const say = (line) => {
  bad += 1;
  console.log(line);
};

const found = new Linter({ configType: "flat" }).verify(
  sdl,
  [
    {
      files: ["**/*.graphql"],
      plugins: { "@graphql-eslint": plugin },
      languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: schemaFile } } },
      rules: Object.fromEntries(Object.entries(rules).map(([name, level]) => [`@graphql-eslint/${name}`, level])),
    },
  ],
  { filename: "schema.graphql" },
);
for (const one of found) say(`${one.ruleId ?? "the schema cannot be read"}, line ${one.line}: ${one.message}`);
console.log(`relay rules: ${Object.keys(rules).length}, found: ${found.length}`);

const schema = buildSchema(sdl);
const files = readdirSync(documents).filter((name) => name.endsWith(".graphql")).sort();
const sources = files.map((name) => new Source(readFileSync(join(documents, name), "utf8"), name));
const wrong = validate(schema, sources);
for (const one of wrong) for (const fault of one.errors) say(`${one.source.name}: ${fault.message}`);
console.log(`documents: ${files.length}, not valid: ${wrong.length}`);

if (existsSync(released)) {
  const changes = await diff(buildSchema(readFileSync(released, "utf8")), schema);
  const breaking = changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking);
  for (const change of breaking) say(`breaks clients of the last release: ${change.message}`);
  console.log(`changes since the last release: ${changes.length}, breaking: ${breaking.length}`);
} else {
  console.log("no release yet: nothing to compare with");
}
process.exit(bad ? 1 : 0);
