// In Chromium: each ending as the page lays it out for print, and, where a job names one, a PDF of it.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { perJob } from "./jobs.mjs";

const inBrowser = createRequire(new URL("../../sheets/browser/", import.meta.url));
const { chromium } = inBrowser("playwright-core");
const HOME = "https://page.test/";

let browser;

// An open page with the style of what is written, in which the modules can draw.
async function prepare({ data, style, executablePath }) {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const context = await browser.newContext();
  const blank = `<!DOCTYPE html><html lang="en-GB"><head><style>${style}</style></head>
    <body><header>ON-SCREEN</header><main><h1>ON-SCREEN</h1></main></body></html>`;
  await context.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ body: blank, contentType: "text/html" });
    const path = resolve(process.argv[2], `.${pathname}`);
    return route.fulfill({ path, contentType: "text/javascript" });
  });
  const page = await context.newPage();
  await page.goto(HOME);
  await page.evaluate(async (given) => {
    const { libraryFrom } = await import("/engine/library.mjs");
    const { page: pageOf } = await import("/engine/page.mjs");
    const { endingOf } = await import("/view/ending.mjs");
    globalThis.paper = await import("/view/paper.mjs");
    const library = libraryFrom(given);
    globalThis.lay = ({ tree: name, outcome, facts, ...paper }) => {
      const tree = library.trees.get(name);
      const known = new Map(Object.entries(facts).map(([fact, values]) => [fact, new Set(values)]));
      const view = pageOf(library, tree, tree.outcomes.get(outcome), known, null);
      const bilingual = library.bilingual.includes(view.nation);
      const nodes = endingOf(view, { codes: library.scanned, paper: { ...paper, bilingual } });
      globalThis.paper.layOut(nodes, { large: paper.large, child: view.under_13 });
    };
  }, data);
  return page;
}

// What is laid out: its texts, those before the break of a child's, what each code to scan stands
// beside and how it is drawn, and the size of letters.
function told() {
  const main = document.querySelector(".paper"), parts = [...main.children];
  main.querySelectorAll("wbr").forEach((each) => each.remove());
  main.normalize(); // where a row may end is nothing that is read
  const textsOf = (node) => node.data ?? [...node.childNodes].flatMap(textsOf);
  const front = parts.slice(0, parts.findIndex(({ className }) => className === "break") + 1);
  const besides = (code) => code.closest("li").textContent;
  const codes = [...main.querySelectorAll("svg")].map((each) =>
    [besides(each), each.outerHTML]);
  const size = getComputedStyle(document.documentElement).getPropertyValue("--print");
  return { texts: textsOf(main), front: front.flatMap(textsOf), codes, size, is_seen: main.checkVisibility() };
}

// What a paper has left behind that was taken away.
function rest() {
  const root = document.documentElement;
  return [...document.querySelectorAll(".paper"), root.className, root.style.cssText].join("");
}

async function look({ pdf, ...job }, page) {
  await page.evaluate((each) => globalThis.lay(each), job);
  if (pdf) await page.pdf({ path: pdf, preferCSSPageSize: true });
  const found = await page.evaluate(told);
  await page.evaluate(() => globalThis.paper.layOut(null));
  return { ...found, rest: await page.evaluate(rest) };
}

await perJob(look, prepare);
await browser.close();
