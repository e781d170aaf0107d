// Validates each page that is named by the rules that html-validate recommends, and writes as one
// JSON list what they complain of. The numbers of our class "number" are never broken, by CSS,
// and of "dial" is a sentence that leads to a number.
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:recommended"],
    rules: { "tel-non-breaking": ["error", { ignoreClasses: ["number", "dial"] }] },
  }),
);

const complaints = [];
for (const file of process.argv.slice(2)) {
  const { results } = await validator.validateFile(file);
  for (const { messages } of results)
    for (const { ruleId, message, line } of messages)
      complaints.push({ file, line, rule: ruleId, message });
}
console.log(JSON.stringify(complaints));
