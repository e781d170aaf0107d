// A QR code as an SVG, from the modules that Python has found for it; twin of sheets/qr.py.

const QUIET_ZONE = 4; // modules
const LEAST_MM = 0.65; // the width of a module

// `code` is a square of bits, row by row, in base64. `says` is the text instead of the picture.
export function qrCode(doc, code, says, large) {
  const bits = [...atob(code)].map((c) => c.charCodeAt(0).toString(2).padStart(8, "0")).join("");
  const inner = Math.floor(Math.sqrt(bits.length));
  const side = inner + 2 * QUIET_ZONE;
  const width = side * Math.max((large ? 30 : 25) / inner, LEAST_MM);
  const dark = Array.from({ length: inner }, (_, y) => {
    const runs = [...bits.slice(y * inner, (y + 1) * inner).matchAll(/1+/g)];
    return runs.map(({ index, 0: { length } }) => {
      return `M${index + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`;
    });
  });
  const element = (name, attributes) => {
    const made = doc.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const size = `${Number(width.toPrecision(4))}mm`;
  const told = { role: "img", "aria-label": says, width: size, height: size };
  const picture = element("svg", {
    ...told,
    viewBox: `0 0 ${side} ${side}`,
    "shape-rendering": "crispEdges",
  });
  picture.append(
    element("path", { fill: "#fff", d: `M0 0h${side}v${side}H0z` }),
    element("path", { d: dark.flat().join("") }),
  );
  return picture;
}
