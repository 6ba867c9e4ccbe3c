// Judge IMSC documents with imscJS. First argument: where npm's imsc is installed; then files.
// Prints for each file what it complains of, and the text on the screen at each moment of change.
const fs = require("fs");
const path = require("path");

const [home, ...files] = process.argv.slice(2);
const main = path.join(path.resolve(home), "src", "main", "js");
const { fromXML } = require(path.join(main, "doc.js")); // main.js itself asks for a browser
const { generateISD } = require(path.join(main, "isd.js"));

const readText = (element) =>
  element.kind === "br" ? "\n" : (element.text || "") + (element.contents || []).map(readText).join("");

const verdict = {};
for (const file of files) {
  const faults = [];
  const blame = (kind) => (message) => faults.push(`${kind}: ${message}`) && false;
  const handler = { info: blame("info"), warn: blame("warn"), error: blame("error"), fatal: blame("fatal") };
  const document = fromXML(fs.readFileSync(file, "utf8"), handler);
  const shown = document.getMediaTimeEvents().map((time) => {
    const isd = generateISD(document, time, handler);
    return [time, isd.contents.map(readText).join("\n")];
  });
  verdict[file] = { faults, shown };
}
process.stdout.write(JSON.stringify(verdict));
