// The rule by which an address becomes a link, as in every format; twin of sheets/document.py.

const HOST = String.raw`(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}`;
const HTTPS = String.raw`https://${HOST}(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?`;
const NUMBER = String.raw`(?:tel|sms):\+?[0-9]{3,15}|tel:18001[0-9]{3,15}`;
const EMAIL = String.raw`mailto:[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@${HOST}`;
const LINK = new RegExp(`^(?:${HTTPS}|${NUMBER}|${EMAIL})$`);

// Whether an address may become a link; all others stay plain text.
export const followable = (uri) => LINK.test(uri);

// A text as a link to an address, or as itself where that may not be followed. It may end a row
// after each slash.
export function linked(doc, text, uri) {
  const made = doc.createElement(followable(uri) ? "a" : "span");
  made.append(...text.split(/(?<=[^/]\/)(?!\/)/).flatMap((part, at) => at ? [doc.createElement("wbr"), part] : [part]));
  if (followable(uri)) made.href = uri;
  return made;
}
