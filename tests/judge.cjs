// Judge WebVTT files with W3C's parser. First argument: where webvtt-parser is installed; then
// pairs of a kind (captions, descriptions, chapters) and a file. Prints the errors as JSON.
const fs = require("fs");
const path = require("path");

const [home, ...pairs] = process.argv.slice(2);
const { WebVTTParser } = require(path.resolve(home));
const entities = JSON.parse(fs.readFileSync(path.join(home, "html-entities.json"), "utf8"));
const verdict = {};
for (let i = 0; i < pairs.length; i += 2) {
  const parser = new WebVTTParser(entities);
  verdict[pairs[i + 1]] = parser.parse(fs.readFileSync(pairs[i + 1], "utf8"), pairs[i]).errors;
}
process.stdout.write(JSON.stringify(verdict));
