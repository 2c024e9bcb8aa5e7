// Elements, made of text and attributes only: nothing is ever parsed as HTML.

const svgNames = new Set(['svg', 'g', 'path', 'rect', 'text', 'title', 'marker', 'defs', 'tspan']);

// h returns an element. Functions among the properties listen to events, and null
// or false leaves a property out.
export function h(name, properties, ...children) {
  const e = svgNames.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') e.addEventListener(key, value);
    else if (key === 'value' || key === 'checked' || key === 'disabled' || key === 'open') e[key] = value;
    else e.setAttribute(key, value === true ? '' : String(value));
  }
  e.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return e;
}

export const $ = (id) => document.getElementById(id);

// show replaces what an element contains.
export function show(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
}

// notice tells the reader something, in the line below the header.
export function notice(text) {
  const n = $('notice');
  n.textContent = text;
  n.hidden = !text;
}

export async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Select and copy by hand';
  }
  setTimeout(() => { button.textContent = label; }, 1500);
}

// later returns a function that calls f once it has not been called for some
// milliseconds.
export function later(f, ms) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...args), ms);
  };
}

export const number = (n) => Number(n).toLocaleString('en-US');

export function bytes(n) {
  if (n < 1024) return `${n} B`;
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(1)} KB` : `${(n / 1024 / 1024).toFixed(1)} MB`;
}
