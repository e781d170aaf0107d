// Walks a page in headless Firefox, at 360 pixels, and writes what was seen as one JSON list. It speaks
// to Firefox by its own Marionette, since playwright-core speaks only to Firefox builds of its own.
//
//     node firefox.mjs FIREFOX FILE PORT AXE STEPS
//
// Each step is [what, argument]: "run" code in the page, "go" back or forward, "see", or "axe".
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [firefox, file, port, axe, steps] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "firefox-"));
writeFileSync(join(profile, "user.js"), `user_pref("marionette.port", ${port});\n`);
const asked = ["--headless", "--marionette", "--remote-allow-system-access", "--profile", profile];
const browser = spawn(firefox, asked, { stdio: "ignore" });
const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// A message is its length in bytes, a colon, and JSON: first a greeting, then an answer to each call.
const waiting = [];
let read = Buffer.alloc(0), number = 0;
function listen(data) {
  read = Buffer.concat([read, data]);
  for (let at = read.indexOf(":"); at > 0; at = read.indexOf(":")) {
    const end = at + 1 + Number(read.subarray(0, at));
    if (read.length < end) return;
    const message = JSON.parse(read.subarray(at + 1, end));
    const [, , wrong, told] = Array.isArray(message) ? message : [];
    read = read.subarray(end);
    const { done, failed } = waiting.shift();
    if (wrong) failed(new Error(wrong.message));
    else done(told);
  }
}

async function connected() {
  for (let tries = 0; tries < 300; tries += 1) {
    const socket = connect(Number(port), "127.0.0.1");
    const greeted = new Promise((done, failed) => { waiting.push({ done, failed }); });
    socket.on("data", listen);
    try {
      await once(socket, "connect");
      await greeted;
      return socket;
    } catch {
      waiting.shift();
      await pause(100);
    }
  }
  throw new Error("Firefox does not answer");
}

const seen = `return {
  heading: [...document.querySelectorAll("h1")].map((each) => each.textContent).join(" | "),
  url: location.href, wide: document.documentElement?.scrollWidth ?? 0, history: history.length,
  focus: document.activeElement?.tagName ?? "", text: document.body?.innerText ?? "",
  below: document.querySelector(".steps > li")?.getBoundingClientRect().bottom ?? 0,
}`;

try {
  const socket = await connected();
  const call = (name, given = {}) => {
    const message = JSON.stringify([0, number += 1, name, given]);
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    return new Promise((done, failed) => { waiting.push({ done, failed }); });
  };
  const run = async (script, kind = "") =>
    (await call(`WebDriver:Execute${kind}Script`, { script, args: [] })).value;
  await call("WebDriver:NewSession", { capabilities: {} });
  await call("Marionette:SetContext", { value: "chrome" });
  await run("gBrowser.selectedBrowser.style.maxWidth = '360px'"); // no window is so narrow
  await call("Marionette:SetContext", { value: "content" });
  await call("WebDriver:Navigate", { url: pathToFileURL(file).href });
  const sees = [];
  for (const [what, argument] of JSON.parse(steps)) {
    if (what === "run") await run(`return ${argument}`);
    else if (what === "go") await call(`WebDriver:${argument}`);
    else if (what === "see") sees.push(await run(seen));
    else sees.push(await run(`${readFileSync(axe, "utf8")}
      const done = arguments[0];
      axe.run().then(({ violations }) => done(violations.map(({ id }) => id)));`, "Async"));
    await pause(400); // what is shown on request comes a moment later, and so does leaving
  }
  console.log(JSON.stringify(sees));
  socket.destroy();
} finally {
  browser.kill();
  await once(browser, "exit");
  rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
}
