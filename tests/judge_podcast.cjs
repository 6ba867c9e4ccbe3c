// Read Podcasting 2.0 transcripts with transcriptator, which podcast apps are made with. First
// argument: where it is installed; then files. Prints for each file which format it is taken for,
// and what each segment says.
const fs = require("fs");
const path = require("path");

const [home, ...files] = process.argv.slice(2);
const { convertFile, determineFormat } = require(path.resolve(home));
const verdict = {};
for (const file of files) {
  const text = fs.readFileSync(file, "utf8");
  const said = convertFile(text).map((it) => [it.speaker ?? null, it.startTime, it.endTime, it.body]);
  verdict[file] = { format: determineFormat(text), said };
}
process.stdout.write(JSON.stringify(verdict));
