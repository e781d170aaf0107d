// A document as elements to print on A4; twin of sheets/formats/html.py.

import { say } from "../engine/messages.mjs";
import { linked } from "./links.mjs";
import { qrCode } from "./qr.mjs";

const USUAL = 12, SMALLEST = 10; // points of letters
const LETTERS_OF_A_SIDE = 1750; // of the usual size
const LONGEST_UNBROKEN = 20; // characters of a number

// Puts a document where print finds it, and nothing else; null takes away what was there.
// `codes` are those of all addresses that can be scanned, `scanned` of a library.
export function layOut(document, doc, codes) {
  const root = doc.documentElement;
  const main = document && drawn(document, doc, codes);
  const { large, child } = document ?? {}, long = main ? printSize(document, main) : "";
  const kinds = Object.entries({ "on-paper": document, large, child, long });
  for (const [kind, on] of kinds) root.classList.toggle(kind, Boolean(on));
  root.style.setProperty("--print", long);
  doc.querySelector(".paper")?.remove();
  if (main) doc.body.append(main);
}

// The size in which a long sheet is printed, if that may get it on few sides; else empty. Nobody
// can try before it is printed, so the number of its letters decides.
function printSize({ large, most_sides }, main) {
  if (large || !most_sides) return "";
  const isBreak = ({ className }) => className === "break", parts = [...main.children];
  const room = (most_sides - parts.filter(isBreak).length) * LETTERS_OF_A_SIDE;
  const behind = parts.slice(parts.findLastIndex(isBreak) + 1).map((part) => part.textContent);
  const size = USUAL * Math.sqrt(room / [...behind.join("").replaceAll("\n", "")].length);
  return size >= USUAL ? "" : `${Math.max(size, SMALLEST).toFixed(1)}pt`;
}

// The main element of a sheet.
export function drawn(document, doc, codes) {
  const element = (name, kind, ...children) => {
    const made = doc.createElement(name);
    if (kind) made.className = kind;
    made.append(...children.flat().filter(Boolean));
    return made;
  };
  // With white space between its children, which parts those that stand in a line.
  const block = (name, kind, ...children) => {
    const parted = children.flat().filter(Boolean).flatMap((each) => [each, "\n"]);
    return element(name, kind, "\n", parted);
  };
  const lines = (name, said) => said.map((line) => element(name, "", line));
  const listed = (name, said) => said.length > 0 && block(name, "", lines("li", said));
  const labelled = (label) => label && [element("b", "", `${label}:`), " "];
  const first = document.blocks.find(({ kind }) => kind === "Heading" || kind === "Box");
  const boxHeading = first?.kind === "Box" ? "h2" : "h3"; // none is skipped

  function way({ text, uri, note }) {
    const made = linked(doc, text, uri);
    made.className = isNumber(text, uri) ? "number" : "address";
    return [made, ...(note ? [", ", element("span", "note", note)] : [])];
  }

  function picture({ text, uri, label }, alone) {
    const code = qrCode(doc, codes.get(uri), say("sheet.to-scan", { text }), document.large);
    const caption = isNumber(text, uri) ? ["", text] : ["worded", label];
    return element("p", "", code, "\n", alone ? "" : [element("span", ...caption), "\n"]);
  }

  // A service: name, QR codes, addresses, steps and notes.
  function service({ title, addresses, steps, notes, urgent }) {
    const scanned = addresses.filter((each) => each.scan && codes.has(each.uri));
    const alone = scanned.length === 1, pictures = scanned.map((each) => picture(each, alone));
    return block("div", urgent ? "box urgent" : "box", [
      element(boxHeading, "", title),
      pictures.length > 0 && block("div", alone ? "codes alone" : "codes", pictures),
      ...addresses.map((each) => element("p", "way", labelled(each.label), way(each))),
      listed("ol", steps),
      ...notes.map(({ label, text }) => element("p", "", labelled(label), text)),
    ]);
  }

  // A service on one line.
  function brief({ title, addresses }) {
    const ways = addresses.flatMap((each, number) => [
      number > 0 && "· ", element("span", "way", `${each.label} `, way(each)), "\n",
    ]);
    return element("li", "", element("b", "", title), "\n", ways);
  }

  const drawnAs = {
    Heading: ({ text, inner }) => element(inner ? "h3" : "h2", "", text),
    Paragraph: ({ text, strong }) => element("p", strong && "strong", text),
    Steps: ({ lines: said }) => listed("ol", said),
    Points: ({ lines: said }) => listed("ul", said),
    Box: service,
    Brief: ({ boxes }) => block("ul", "brief", boxes.map(brief)),
    Blank: ({ label, lines: count }) => {
      const room = Array.from({ length: count }, () => element("div", "line"));
      return block("div", "blank", element("p", "", label), room);
    },
    Code: ({ label, letters, note }) => {
      const code = element("p", "", label, " ", element("span", "letters", letters));
      return block("div", "sheet-code", code, note && element("p", "", note));
    },
    Fine: ({ lines: said }) => block("div", "fine", lines("p", said)),
    Break: () => element("div", "break"),
  };
  const { title, banner, kicker, blocks } = document;
  const above = [["banner", banner], ["kicker", kicker]].filter(([, words]) => words);
  const top = block("div", "top", above.map(([kind, words]) => element("p", kind, words)));
  const parts = blocks.map((each) => drawnAs[each.kind](each));
  return block("main", "paper", top, element("h1", "", title), parts);
}

function isNumber(text, uri) {
  return /^(?:tel|sms):/.test(uri) && text.length <= LONGEST_UNBROKEN;
}
