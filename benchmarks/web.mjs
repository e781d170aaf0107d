// Measures the page of a file in headless Chromium with the processor slowed; see web.py. Writes, in
// milliseconds, the first screen from opening the file, each answer, and each search.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../tests/sheets/browser/", import.meta.url));
const { chromium } = require("playwright-core");
const [file, slowed, rounds] = process.argv.slice(2);
const WORDS = "he said he will send my nudes to everyone if i dont pay";

const browser = await chromium.launch({
  executablePath: process.env.FINGERPOST_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
});
const found = { first: [], answers: [], ending: [], searches: [], firstSearch: [] };
for (let round = 0; round < Number(rounds); round += 1) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(slowed) });
  await page.addInitScript(watch);
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => globalThis.firstAt !== undefined, null, { timeout: 60000 });
  found.first.push(await page.evaluate(() => globalThis.firstAt));
  await page.keyboard.press("1");
  await page.waitForTimeout(300);
  for (const [list, words] of [["firstSearch", WORDS], ["searches", `${WORDS} again`]]) {
    found[list].push(await page.evaluate(typed, words));
  }
  await page.evaluate(typed, "");
  // The first of the list, and then the last of all answers, to an ending.
  for (const at of [0, 0, -1, -1, -1, -1, -1, -1, -1]) {
    const spent = await page.evaluate(chosen, at);
    if (spent === null) break;
    const ended = await page.evaluate(() => !document.querySelector(".choices"));
    found[ended ? "ending" : "answers"].push(spent);
  }
  await page.close();
}
await browser.close();
console.log(JSON.stringify(found));

// In the page: notes when the first answers can be seen, from the moment of opening.
function watch() {
  const look = () => {
    if (!document.querySelector(".choices")) return requestAnimationFrame(look);
    requestAnimationFrame(() => { globalThis.firstAt = performance.now(); });
  };
  look();
}

// In the page: chooses an answer; the time until the next screen is laid out and painted.
async function chosen(at) {
  const all = document.querySelectorAll(".choices > li > *");
  if (all.length === 0) return null;
  const begun = performance.now();
  all[at < 0 ? all.length - 1 : at].click();
  document.querySelector("form .onward")?.click();
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
  });
}

// In the page: types some words at once, and the time until what was found is painted.
async function typed(words) {
  const field = document.querySelector("#said");
  const begun = performance.now();
  field.value = words;
  field.dispatchEvent(new Event("input"));
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
  });
}
