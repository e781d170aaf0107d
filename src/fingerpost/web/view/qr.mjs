// A QR code as an SVG, from the modules that Python has found for it; twin of sheets/qr.py.
import { say } from "../engine/messages.mjs";

const QUIET_ZONE = 4; // modules
const LEAST_MM = 0.65; // the width of a module

// The code of an address, which people read as `text`. Each of `codes` is a square of bits, row by
// row, in base64.
export function qrCode(codes, uri, text, large) {
  const bitsOf = (byte) => byte.charCodeAt(0).toString(2).padStart(8, "0");
  const bits = [...atob(codes.get(uri))].map(bitsOf).join("");
  const inner = Math.floor(Math.sqrt(bits.length)), side = inner + 2 * QUIET_ZONE;
  const width = side * Math.max((large ? 30 : 25) / inner, LEAST_MM);
  const rows = Array.from({ length: inner }, (_, y) => bits.slice(y * inner, (y + 1) * inner));
  const dark = rows.flatMap((row, y) => {
    return [...row.matchAll(/1+/g)].map(({ index: x, 0: { length } }) => {
      return `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`;
    });
  });
  const element = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const size = `${Number(width.toPrecision(4))}mm`, viewBox = `0 0 ${side} ${side}`;
  const says = say("sheet.to-scan", { text });
  const told = { role: "img", "aria-label": says, width: size, height: size, viewBox };
  const white = element("path", { fill: "#fff", d: `M0 0h${side}v${side}H0z` });
  const path = element("path", { d: dark.join("") });
  return element("svg", { ...told, "shape-rendering": "crispEdges" }, white, path);
}
