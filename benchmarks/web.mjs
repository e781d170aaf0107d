// Measures a page in headless Chromium with the processor slowed; see web.py. Writes milliseconds:
// of a page with nothing but a button (the floor), of the first screen from opening the file, of each
// answer, of endings and of searches.
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
const found = { floor: [], first: [], answers: [], endings: [], searches: [] };
for (let round = 0; round < Number(rounds); round += 1) {
  const [empty, floor] = await opened(new URL("empty_page.html", import.meta.url).href);
  found.floor.push(floor);
  await empty.close();
  const [page, first] = await opened(pathToFileURL(file).href);
  found.first.push(first);
  await page.locator(".choices button").first().click();
  // The first search waits until the index is built, while one types.
  await page.evaluate(typed, WORDS);
  found.searches.push(await page.evaluate(typed, `${WORDS} today`));
  await page.evaluate(typed, "");
  // The first tree, nobody in danger, and then the last of all answers, to an ending.
  for (const at of [0, 0, -1, -1, -1, -1, -1, -1, -1]) {
    const spent = await page.evaluate(chosen, at);
    if (spent === null) break;
    const ended = await page.evaluate(() => !document.querySelector(".choices"));
    found[ended ? "endings" : "answers"].push(spent);
  }
  await page.close();
}
await browser.close();
console.log(JSON.stringify(found));

// A page, and when its first answers are painted.
async function opened(url) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(slowed) });
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.firstAt !== undefined, null, { timeout: 60000 });
  return [page, await page.evaluate(() => globalThis.firstAt)];
}

// In the page: notes when the first answers are painted, from the moment of opening.
function watch() {
  const look = () => {
    if (!document.querySelector(".choices")) return requestAnimationFrame(look);
    return requestAnimationFrame(() => { globalThis.firstAt = performance.now(); });
  };
  look();
}

// In the page: chooses an answer; the time until the next screen is painted.
function chosen(at) {
  const all = [...document.querySelectorAll(".choices > li > *")];
  if (all.length === 0) return null;
  const begun = performance.now();
  all.at(at).click();
  document.querySelector("form .onward")?.click();
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
  });
}

// In the page: types some words at once; the time until what was found is painted, without the
// pause in which another key may come.
function typed(words) {
  const field = document.querySelector("#said"), shown = field.form.nextSibling.nextSibling;
  const PAUSE = 150;
  field.value = words;
  const begun = performance.now();
  field.dispatchEvent(new Event("input"));
  return new Promise((done) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun - PAUSE)));
    }).observe(shown, { childList: true });
  });
}
