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
  const size = document ? printSize(document, main) : "";
  const kinds = { "on-paper": document, large: document?.large, child: document?.child, long: size };
  for (const [kind, on] of Object.entries(kinds)) root.classList.toggle(kind, Boolean(on));
  root.style.setProperty("--print", size);
  doc.querySelector(".paper")?.remove();
  if (main) doc.body.append(main);
}

// The size in which a long sheet is printed, if that may get it on few sides; else empty. Nobody
// can try before it is printed, so the number of its letters decides.
function printSize(document, main) {
  if (document.large || !document.most_sides) return "";
  const parts = [...main.children];
  const last = parts.findLastIndex((part) => part.className === "break");
  const breaks = parts.filter((part) => part.className === "break").length;
  const letters = parts.slice(last + 1).map((part) => part.textContent.replaceAll("\n", ""));
  const room = (document.most_sides - breaks) * LETTERS_OF_A_SIDE;
  const size = USUAL * Math.min(1, Math.sqrt(room / [...letters.join("")].length));
  return size === USUAL ? "" : `${Math.max(size, SMALLEST).toFixed(1)}pt`;
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
  const listed = (name, lines) => block(name, "", lines.map((line) => element("li", "", line)));
  const labelled = (label) => label && [element("b", "", `${label}:`), " "];
  const first = document.blocks.find(({ kind }) => kind === "Heading" || kind === "Box");
  const boxHeading = first?.kind === "Box" ? "h2" : "h3"; // none is skipped

  function way(address) {
    const made = linked(doc, address.text, address.uri);
    made.className = isNumber(address) ? "number" : "address";
    return [made, address.note && [", ", element("span", "note", address.note)]].flat();
  }

  function picture(address, alone) {
    const { text, uri, label } = address;
    const code = qrCode(doc, codes.get(uri), say("sheet.to-scan", { text }), document.large);
    const number = isNumber(address);
    const caption = !alone && element("span", number ? "" : "worded", number ? text : label);
    return element("p", "", code, "\n", caption, caption && "\n");
  }

  // A service: name, QR codes, addresses, steps and notes.
  function service({ title, addresses, steps, notes, urgent }) {
    const scanned = addresses.filter((each) => each.scan && codes.has(each.uri));
    const alone = scanned.length === 1;
    const pictures = scanned.map((each) => picture(each, alone));
    return block(
      "div",
      urgent ? "box urgent" : "box",
      element(boxHeading, "", title),
      scanned.length > 0 && block("div", alone ? "codes alone" : "codes", pictures),
      addresses.map((each) => element("p", "way", labelled(each.label), way(each))),
      steps.length > 0 && listed("ol", steps),
      notes.map(({ label, text }) => element("p", "", labelled(label), text)),
    );
  }

  // A service on one line.
  function brief({ title, addresses }) {
    const ways = addresses.map((each, number) => [
      number > 0 && "· ",
      element("span", "way", `${each.label} `, way(each)),
      "\n",
    ]);
    return element("li", "", element("b", "", title), "\n", ways.flat());
  }

  const drawnAs = {
    Heading: ({ text, inner }) => element(inner ? "h3" : "h2", "", text),
    Paragraph: ({ text, strong }) => element("p", strong && "strong", text),
    Steps: ({ lines }) => listed("ol", lines),
    Points: ({ lines }) => listed("ul", lines),
    Box: service,
    Brief: ({ boxes }) => block("ul", "brief", boxes.map(brief)),
    Blank: ({ label, lines }) => {
      const room = Array.from({ length: lines }, () => element("div", "line"));
      return block("div", "blank", element("p", "", label), room);
    },
    Code: ({ label, letters, note }) => {
      const code = element("p", "", label, " ", element("span", "letters", letters));
      return block("div", "sheet-code", code, note && element("p", "", note));
    },
    Fine: ({ lines }) => block("div", "fine", lines.map((line) => element("p", "", line))),
    Break: () => element("div", "break"),
  };
  const above = [["banner", document.banner], ["kicker", document.kicker]];
  return block(
    "main",
    "paper",
    block("div", "top", above.map(([kind, words]) => words && element("p", kind, words))),
    element("h1", "", document.title),
    document.blocks.map((each) => drawnAs[each.kind](each)),
  );
}

const isNumber = ({ uri, text }) => /^(?:tel|sms):/.test(uri) && text.length <= LONGEST_UNBROKEN;
