# make demo   set everything up, import the sample archive, show what came out of it
# make test   all tests
# make lint   style, types, and the direction of imports
# make benchmarks  accuracy, agreement across documents, speed, scale and the review, written into docs/
# make clean  remove the environment and what the demo made
.PHONY: demo test lint format lock benchmarks clean setup-run setup-dev

bin := .venv/bin
sources := schemas extractors pipeline review benchmarks tests fixtures scripts

setup-run:
	@scripts/setup run

setup-dev:
	@scripts/setup dev

demo: setup-run
	@scripts/demo

test: setup-dev
	$(bin)/pytest -n 2

lint: setup-dev
	$(bin)/ruff check $(sources)
	$(bin)/ruff format --check $(sources)
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/python scripts/check_dependencies.py

format: setup-dev
	$(bin)/ruff check --fix $(sources)
	$(bin)/ruff format $(sources)

lock:
	scripts/lock

benchmarks: setup-dev
	$(bin)/python -m benchmarks.accuracy --write docs/accuracy.md
	$(bin)/python -m benchmarks.across --write docs/across.md
	$(bin)/python -m benchmarks.generated --write docs/generated.md --plot docs/generated.png
	$(bin)/python -m benchmarks.charts --write docs/charts.md
	$(bin)/python -m benchmarks.double_reading --write docs/double-reading.md --plot docs/reliability.png
	$(bin)/python -m benchmarks.scans --write docs/scans.md
	$(bin)/python -m benchmarks.speed --write docs/speed.md
	$(bin)/python -m benchmarks.scale --write docs/scale.md --plot docs/scale.svg
	$(bin)/python -m benchmarks.review --write docs/review-speed.md

clean:
	rm -rf .venv .demo .setup.lock
