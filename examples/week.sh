#!/usr/bin/env bash
# A week with synlint in a repository of training data, acted out: prints every command, what it says and its exit code.
# Usage: examples/week.sh FOLDER   (a new folder; git, pre-commit and synlint must be on the PATH)
set -uo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1" && cd "$1" || exit 2

day() { printf '\n## %s\n\n' "$*"; }
run() {
  printf '```text\n$ %s\n' "$*"
  eval "$*" 2>&1 | sed -e "s#$here#SYNLINT#g" -e "s#$PWD#.#g" | grep -v '^\[INFO\]'
  printf '```\nexit code %s\n\n' "${PIPESTATUS[0]}"
}
row() { printf '{"question": "%s", "answer": "%s"}\n' "$1" "$2"; }

git init -q -b main . && git config user.email a@example.org && git config user.name A
things=(tide loaf cloud train bee lamp quilt chess map kettle)
good() { for n in $(seq "$1" "$2"); do row "Where is the ${things[$((n % 10))]} number $n kept?" "It stands on shelf $((n * 7 % 50)), behind the ${things[$((n * 3 % 10))]} that came in week $n."; done; }

day "Monday: the hook is installed, and good data passes"
cat > .pre-commit-config.yaml <<EOF
repos:
  - repo: file://$here
    rev: $(git -C "$here" rev-parse HEAD)
    hooks:
      - id: synlint
EOF
good 1 60 > train.jsonl
run pre-commit install
git add . && run "git commit -q -m 'First batch'"

day "Tuesday: bad data is refused"
{ good 61 100; row "What is the capital of Peru?" "As an AI language model, I cannot know that."; } > batch-2.jsonl
for n in 1 2 3 4 5 6 7 8; do row "Which river is number $n on the map?" ""; done >> batch-2.jsonl
git add . && run "git commit -q -m 'Second batch'"
git reset -q

day "Wednesday: an old corpus with findings of its own is taken in, with a baseline"
{ good 101 160; for n in 1 2 3 4 5; do row "Which colour is lamp $n?" ""; done; } > old.jsonl
run synlint check old.jsonl --output brief
run synlint baseline write old.jsonl
run synlint check old.jsonl --baseline .synlint-baseline.json --output brief

day "Thursday: new rows in it are judged, the known ones are not"
row "Which colour is lamp 6?" "N/A" >> old.jsonl
run synlint check old.jsonl --baseline .synlint-baseline.json --output concise

day "Friday: one finding is ignored with a reason, the others are mended by hand"
run synlint check batch-2.jsonl --output concise
id=$(synlint check batch-2.jsonl --output json 2>/dev/null | python3 -c 'import json, sys; print(next(f["fingerprint"] for f in json.load(sys.stdin)["findings"] if f["rule"].startswith("LEX")))')
code=$(synlint check batch-2.jsonl --output json 2>/dev/null | python3 -c 'import json, sys; print(next(f["rule"] for f in json.load(sys.stdin)["findings"] if f["rule"].startswith("LEX")))')
cp batch-2.jsonl batch-2.before.jsonl
run "echo '$id $code batch-2.jsonl  # shows how such an answer looks' >> .synlintignore"
sed -i 's/"answer": ""/"answer": "The Loire, drawn in blue."/' batch-2.jsonl
run synlint check batch-2.jsonl --output concise

day "And did it get better?"
run synlint diff batch-2.before.jsonl batch-2.jsonl
