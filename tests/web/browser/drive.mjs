// Does jobs in headless Chromium, each in a context of its own: a line of JSON is a list of them, and
// is answered with a line of what was seen, until there are no more. One browser is for all of them.
// The network is watched by the driver: whatever is asked for but the file itself is told.
//
// playwright-core, since the tests of sheets have it: puppeteer-core, tried beside it, walks and
// prints in the same time (3.3 s of the clock, the mean of four), and takes four times the room.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../sheets/browser/", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const launch = {
  executablePath: process.env.FINGERPOST_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
};

const isFilled = () => [...document.querySelectorAll("details")].every((each) => each.children.length > 1);

// Only colours differ in these.
const LOOKS = [{ colorScheme: "dark" }, { forcedColors: "active" }];

// What is done, each with its argument. What one returns is seen.
const DOES = {
  key: ({ page }, key) => page.keyboard.press(key),
  // A button that is folded away is opened first.
  click: async ({ page }, name) => {
    const button = page.getByRole("button", { name, exact: true, includeHidden: true }).first();
    await button.evaluate((each) => each.closest("details")?.setAttribute("open", ""));
    await button.click();
  },
  choose: ({ page }, at) => page.locator(".choices > li > *").nth(at - 1).click(),
  tick: ({ page }, at) => page.locator(".choices input").nth(at - 1).click(),
  // What is shown on request is made a moment after it is opened.
  open: async ({ page }, summary) => {
    await page.locator("summary", { hasText: summary }).first().click();
    await page.waitForFunction(isFilled);
  },
  type: ({ page }, words) => page.keyboard.type(words),
  focus: ({ page }, selector) => page.locator(selector).focus(),
  wait: ({ page }, selector) => page.locator(selector).first().waitFor(),
  reload: ({ page }) => page.reload(),
  // Leaves by the browser's own way back, and comes again by its way forward.
  awayAndBack: async ({ page }) => {
    await page.goto("about:blank");
    await page.goBack();
    await page.locator("header").waitFor();
  },
  // What a page of the web would be, where there is none.
  answer: ({ context }, url) => context.route(url, (route) => route.fulfill({ body: "elsewhere" })),
  backInBrowser: ({ page }) => page.goBack(),
  forwardInBrowser: ({ page }) => page.goForward(),
  pdf: ({ page }, path) => page.pdf({ path, preferCSSPageSize: true }),
  view: ({ page }, path) => page.screenshot({ path }),
  picture: ({ page }, path) => page.screenshot({ path, fullPage: true }),
  run: ({ page }, code) => page.evaluate(code),
  // What lies under the bars that stay at the top and at the foot is not told apart from what can be scrolled out.
  // What is shown on request is there first: axe is unsure of headings that come as it looks.
  // In print it cannot tell how close lines lie, and all letters are black.
  axe: async ({ page }, media) => {
    await page.waitForFunction(isFilled);
    if (media) await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media });
    await page.evaluate(() => {
      for (const bar of document.querySelectorAll("header, footer, .onto")) bar.style.position = "static";
    });
    await page.evaluate(axe);
    const found = [await page.evaluate(() => globalThis.axe.run())];
    if (media) await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: null });
    for (const look of media ? [] : LOOKS) {
      await page.emulateMedia(look);
      found.push(await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2aa"] })));
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    }
    const [violations, unsure] = ["violations", "incomplete"].map((kind) => found.flatMap((run) => run[kind].flatMap(each)));
    return { violations, unsure: media ? [] : unsure };
  },
  see: ({ page }) => page.evaluate(seen),
  // What a screen reader is told of the element that has the focus.
  focused: async ({ page, context }) => {
    const session = await context.newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const node = nodes.find(({ properties = [], role }) =>
      role.value !== "RootWebArea" && properties.some(({ name, value }) => name === "focused" && value.value));
    return node && { role: node.role.value, name: node.name.value, description: node.description?.value ?? "" };
  },
  // Another tab with the same file, and back to the first.
  secondTab: async (job) => {
    job.first = job.page;
    job.page = await job.context.newPage();
    await job.page.goto(job.url);
    await job.page.locator("header").waitFor();
  },
  firstTab: (job) => { job.page = job.first; },
};

async function done({ file, width = 1280, height = 800, profile, steps, before, now, ...settings }) {
  const browser = profile ? null : await shared();
  const options = { viewport: { width, height }, ...settings };
  const context = browser
    ? await browser.newContext(options)
    : await chromium.launchPersistentContext(profile, { ...launch, ...options });
  try {
    return await walked(context, { file, steps, before, now, scripts: settings.javaScriptEnabled !== false });
  } finally {
    await context.close();
  }
}

async function walked(context, { file, steps, before, now, scripts }) {
  const url = pathToFileURL(file).href;
  context.setDefaultTimeout(15000);
  const requests = [], said = [];
  context.on("request", (request) => request.url() !== url && requests.push(request.url()));
  // What the policy refuses is never sent.
  context.on("requestfailed", (request) => {
    if (request.failure().errorText === "csp") requests.splice(requests.indexOf(request.url()), 1);
  });
  context.on("page", (page) => {
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("dialog", (dialog) => said.push(dialog.message()) && dialog.dismiss());
  });
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  if (now) await page.clock.setFixedTime(now);
  await page.goto(url);
  if (scripts && !before) await page.locator("header").waitFor();
  const job = { page, context, url }, sees = [];
  for (const [does, argument] of steps) {
    const found = await DOES[does](job, argument);
    if (["axe", "see", "focused", "run"].includes(does)) sees.push(found ?? null);
  }
  return { sees, requests, said };
}

let browser;
async function shared() {
  browser ??= await chromium.launch(launch);
  return browser;
}

// Runs in the page: what somebody sees there, and what is left of them.
function seen() {
  const stored = () => [localStorage.length, sessionStorage.length, document.cookie.length];
  const texts = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent);
  return {
    title: document.title,
    url: location.href,
    heading: texts("h1").join(" | "),
    text: document.body?.innerText ?? "",
    choices: texts(".choices .says"),
    wide: document.documentElement?.scrollWidth ?? 0,
    leave: JSON.stringify(document.querySelector(".leave")?.getBoundingClientRect()),
    focus: document.activeElement?.tagName ?? "",
    history: history.length,
    stored: location.protocol === "about:" ? [0, 0, 0] : stored(),
    left: document.documentElement?.outerHTML.length ?? 0,
  };
}

// One line for each element that a rule of axe is about, with its reasons.
function each({ id, nodes }) {
  return nodes.map(({ html, any }) => {
    const why = any.map(({ data }) => data?.messageKey ?? "").join(" ");
    return `${id}: ${html} (${why})`;
  });
}

async function allDone(jobs) {
  const found = [];
  for (const job of jobs) found.push(await done(job));
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const told = await allDone(JSON.parse(line)).then((found) => ({ found }), ({ stack }) => ({ threw: stack }));
  console.log(JSON.stringify(told));
}
await browser?.close();
