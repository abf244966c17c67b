.PHONY: run walk test browser pictures mutants bench soak lint generate verify

run: ## the demo city on embedded SQLite: builds it once, then serves it
	@test -f demo/xinxiu.sqlite || echo "needs Rust 1.95 and a C compiler; the first build takes some minutes and 3 GB of disk"
	@cargo build --locked --bin xinxiu
	@test -f demo/xinxiu.sqlite || cargo run --locked --quiet --bin xinxiu -- --data demo demo
	@echo "in a browser, open the address below without /graphql: /sign-in lists the demo accounts, all with the password demo-city-2026"
	@cargo run --locked --quiet --bin xinxiu -- --data demo serve

walk: ## plays the main job on the running demo city, from a spreadsheet to the released company, and checks the trail
	@cargo run --locked --quiet -p tests --example walk -- --data demo
	@cargo run --locked --quiet --bin xinxiu -- --data demo audit verify

test: ## lint, then every proof, on SQLite and on a PostgreSQL that is installed (as root), started and stopped here
	@tests/lint.sh --without-advisories
	@tests/services.sh

browser: ## the console in a real browser: every page for axe, and the jobs of people
	@tests/browser.sh

pictures: ## the same, and keeps a picture of every page in target/pictures
	@PICTURES="$(CURDIR)/target/pictures" tests/browser.sh

mutants: ## takes every guard out of every row, one by one: a test notices each, and spin says which property breaks
	@cargo test --locked --quiet -p tests --test proof -- engine::places --nocapture
	@cargo run --locked --quiet --bin xinxiu -- workflows prove --without-each-guard

verify: ## checks the demo city's trail from the first entry to the last row
	@cargo run --locked --quiet --bin xinxiu -- --data demo audit verify

bench: ## measures the repair process against the database's own limit, and prints a table
	@tests/bench.sh

soak: ## 220,000 hostile questions to a served demo city, none of which is a fault of the house or holds it up; then 300 kills with acts in flight
	@tests/soak.sh

lint: ## format, clippy with every warning an error, and what may come into the tree: bans, licences, sources
	@tests/lint.sh

generate: ## rewrites what is checked in but follows from law and code: the mutations of the processes, the GraphQL schema, their pages
	@cargo run --locked --quiet -p workflows --example mutations -- api/src/graphql/processes
	@cargo fmt --all
	@cargo run --locked --quiet --bin xinxiu -- sdl > api/schema.graphql
	@cargo run --locked --quiet --bin xinxiu -- workflows book --out .github/processes
