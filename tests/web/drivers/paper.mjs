// In Chromium: the sheet of each job as the page draws and prints it, and as Python's file has it.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { perJob } from "./jobs.mjs";

const inBrowser = createRequire(new URL("../../sheets/browser/", import.meta.url));
const { chromium } = inBrowser("playwright-core");
const HOME = "https://page.test/";

let browser;

// Two open pages: one in which the modules can draw, with the style of the page, and one for files.
async function prepare({ data, style, executablePath }) {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const context = await browser.newContext();
  const blank = `<!DOCTYPE html><html lang="en-GB"><head><style>${style}</style></head>
    <body><header>Leave</header><main><h1>On the screen</h1></main></body></html>`;
  await context.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ body: blank, contentType: "text/html" });
    const path = resolve(process.argv[2], `.${pathname}`);
    return route.fulfill({ path, contentType: "text/javascript" });
  });
  const ours = await context.newPage();
  await ours.goto(HOME);
  await ours.evaluate(async (given) => {
    const { libraryFrom } = await import("/engine/library.mjs");
    const { layOut } = await import("/sheets/paper.mjs");
    const { scanned } = libraryFrom(given);
    globalThis.lay = (sheet) => layOut(sheet, document, scanned);
  }, data);
  return { ours, theirs: await context.newPage() };
}

// What a sheet is: its elements, with all their attributes and texts, and what the root says of it.
function told(selector) {
  const of = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const attributes = [...node.attributes].map(({ name, value }) => [name, value]);
    const named = attributes.filter(([name]) => name !== "xmlns").sort();
    return [node.localName, named, ...[...node.childNodes].map(of)];
  };
  const root = document.documentElement;
  const main = document.querySelector(selector).cloneNode(true);
  main.normalize();
  const kinds = [...root.classList].filter((kind) => kind !== "on-paper").sort();
  const size = getComputedStyle(root).getPropertyValue("--print").trim();
  return { main: [...main.childNodes].map(of), kinds, size };
}

// What a sheet has left behind that was taken away.
function rest() {
  const root = document.documentElement;
  return [...document.querySelectorAll(".paper"), root.className, root.style.cssText].join("");
}

async function look({ document: sheet, html, pdf }, { ours, theirs }) {
  await ours.evaluate((each) => globalThis.lay(each), sheet);
  await theirs.setContent(html);
  if (pdf) {
    await ours.pdf({ path: `${pdf}-ours.pdf`, preferCSSPageSize: true });
    await theirs.pdf({ path: `${pdf}-theirs.pdf`, preferCSSPageSize: true });
  }
  const found = {
    ours: await ours.evaluate(told, ".paper"),
    theirs: await theirs.evaluate(told, "main"),
    is_seen: await ours.locator(".paper").isVisible(),
  };
  await ours.evaluate(() => globalThis.lay(null));
  return { ...found, rest: await ours.evaluate(rest) };
}

await perJob(look, prepare);
await browser.close();
