// Opens each page that is named in headless Chromium, at 1280 and at 320 pixels, prints it to a PDF
// beside it, and writes as one JSON list what was found. Nothing that a page asks for is fetched.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.FINGERPOST_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
});

async function look(file) {
  const url = pathToFileURL(file).href;
  const context = await browser.newContext();
  const requests = [];
  await context.route("**/*", (route) => {
    const asked = route.request().url();
    if (asked === url) return route.continue();
    requests.push(asked);
    return route.abort();
  });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("dialog", (dialog) => said.push(dialog.message()) && dialog.dismiss());

  const at = {};
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(url);
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.evaluate(axe);
    const { violations, incomplete } = await page.evaluate(() => globalThis.axe.run());
    const shown = await page.evaluate(() => document.body.innerText);
    const codes = await page.locator("svg").filter({ visible: true }).count();
    await page.locator(".fold").evaluateAll((boxes) => boxes.forEach((box) => box.click()));
    const opened = await page.evaluate(() => document.body.innerText);
    at[width] = { scrolls, shown, codes, opened, violations: violations.flatMap(each), unsure: incomplete.flatMap(each) };
  }
  await page.emulateMedia({ media: "print" });
  const colours = await page.evaluate(pairsOfColours);
  const smallest = await page.evaluate(smallestText);
  await page.pdf({ path: `${file}.pdf`, preferCSSPageSize: true });
  await context.close();
  return { file, requests, said, at, colours, smallest };
}

// One line for each element that a rule of axe is about, with its reasons.
function each({ id, nodes }) {
  return nodes.map(({ html, any }) => {
    const why = any.map(({ data }) => data?.messageKey ?? "").join(" ");
    return `${id}: ${html} (${why})`;
  });
}

// The colours of all letters, each with that of what lies behind them.
function pairsOfColours() {
  const pairs = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    let behind = texts.currentNode.parentElement;
    const letters = getComputedStyle(behind).color;
    const ground = (element) => getComputedStyle(element).backgroundColor;
    while (behind.parentElement && ground(behind) === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
    pairs.add(`${letters} on ${ground(behind)}`);
  }
  return [...pairs];
}

// The size of the smallest letters, in points.
function smallestText() {
  let smallest = Infinity;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    const pixels = parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize);
    smallest = Math.min(smallest, Math.round(pixels * 72) / 96);
  }
  return smallest;
}

const found = [];
for (const file of process.argv.slice(2)) found.push(await look(file));
await browser.close();
console.log(JSON.stringify(found));
